"""How figures are written for readers: decimal comma and narrow no-break spaces in French."""

from __future__ import annotations

import difflib
import math
from collections.abc import Sequence

from ptce_qual.translation import _, language_in_use

NOTHING = "–"
_THIN = "\u202f"
_FEW = 20  # names that are all told


def number(value: float, places: int | None = None) -> str:
    """Return a number with so many decimals; without `places`, three significant digits at the most."""
    if value is None or math.isnan(value):
        return NOTHING
    if math.isinf(value):
        return "∞" if value > 0 else "−∞"
    trimmed = places is None
    if places is None:
        places = 0 if value == round(value) or abs(value) >= 100 else max(0, 2 - math.floor(math.log10(abs(value))))
    told = f"{value:,.{places}f}"
    if trimmed and "." in told:
        told = told.rstrip("0").rstrip(".")
    told = told.replace("-", "−" if told.strip("-0.") else "")
    if language_in_use() == "fr":
        return told.replace(",", _THIN).replace(".", ",")
    return told


def count(value: float) -> str:
    """Return a whole number."""
    return number(value, 0)


def percent(value: float, places: int | None = 1) -> str:
    """Return a share in percent; without `places`, three significant digits at the most."""
    if value is None or math.isnan(value):
        return NOTHING
    return f"{number(100 * value, places)}{_THIN if language_in_use() == 'fr' else ''}%"


def p_value(value: float) -> str:
    """Return a p-value with three decimals, never 0."""
    if value is None or math.isnan(value):
        return NOTHING
    return f"< {number(0.001, 3)}" if value < 0.001 else number(value, 3)


def reason(error: OSError) -> str:
    """Return why a file could not be read or written, in the language in use where that is known."""
    if isinstance(error, FileNotFoundError):
        return _("there is no such file or folder")
    if isinstance(error, PermissionError):
        return _("permission denied")
    if isinstance(error, IsADirectoryError):
        return _("it is a folder")
    return error.strerror or str(error)


def polarity(value: str) -> str:
    """Return what is said of a theme, in the language in use."""
    return {"affirmed": _("Affirmed"), "negated": _("Negated"), "hypothetical": _("Hypothetical")}.get(value, value)


def unknown(message: str, name: str, known: Sequence[str]) -> str:
    """Return a message about a name that is unknown, with the one that was meant, or all where they are few."""
    close = difflib.get_close_matches(name, known, 1)
    if close:
        return _("{message}; did you mean « {close} »?", message=message, close=close[0])
    if 0 < len(known) <= _FEW:
        return _("{message}; there are: {names}", message=message, names=", ".join(known))
    return message


def interval(low: float, high: float, places: int | None = None) -> str:
    """Return the bounds of an interval in brackets."""
    return _("[{low}; {high}]", low=number(low, places), high=number(high, places))
