"""Wrong usage, told in the language in use: Typer has these sentences in English only."""

from __future__ import annotations

import re
from collections.abc import Callable

from ptce_qual.translation import _

_Told = Callable[[re.Match[str]], str]


def _invalid(found: re.Match[str]) -> str:
    return _("{name} can't be used: {reason}", name=found[1], reason=told(found[2]))


_SENTENCES: tuple[tuple[str, _Told], ...] = (
    (
        r"No such option: (\S+) \(Possible options: (.+)\)",
        lambda m: _("There is no option {name}. Did you mean {known}?", name=m[1], known=m[2]),
    ),
    (r"No such option: (\S+)", lambda m: _("There is no option {name}.", name=m[1])),
    (r"Missing argument (.+?)\.", lambda m: _("The argument {name} is missing.", name=m[1])),
    (r"Missing option (.+?)\.", lambda m: _("The option {name} is missing.", name=m[1])),
    (r"Option (.+) requires an argument\.", lambda m: _("The option {name} needs a value.", name=m[1])),
    (r"Option (.+) does not take a value\.", lambda m: _("The option {name} takes no value.", name=m[1])),
    (r"Got unexpected extra argument\(s\) \((.+)\)", lambda m: _("Too many arguments: {given}", given=m[1])),
    (r"Invalid value for ('.+?'(?: \(env var: '\w+'\))?): (.+)", _invalid),
    (r"Value error, (.+) is not one of (.+?)\.?", lambda m: _("{value} is none of {known}", value=m[1], known=m[2])),
    (r"Input should be a valid integer.*", lambda _m: _("it is no whole number")),
    (r"Input should be a valid number.*", lambda _m: _("it is no number")),
    (r"Input should be greater than or equal to (\S+)", lambda m: _("it is less than {least}", least=m[1])),
    (r"Input should be less than or equal to (\S+)", lambda m: _("it is more than {most}", most=m[1])),
)


def told(sentence: str) -> str:
    """Return a sentence of Typer in the language in use; as it is where it is none that is known."""
    for pattern, say in _SENTENCES:
        found = re.fullmatch(pattern, sentence, re.DOTALL)
        if found:
            return say(found)
    return sentence


def is_of_usage(error: Exception) -> bool:
    """Tell whether an error is one that Typer raised for a wrong command line."""
    return hasattr(error, "format_message")


def print_usage_error(error: Exception) -> int:
    """Print an error that Typer raised for a wrong command line, and return its exit code."""
    from typer.rich_utils import rich_format_error

    sentence = told(error.format_message())  # type: ignore[attr-defined]
    error.format_message = lambda: sentence  # type: ignore[attr-defined]
    rich_format_error(error)  # type: ignore[arg-type]
    return int(getattr(error, "exit_code", 2))
