"""How figures are written in tables for people; files and programs get them whole."""

from __future__ import annotations

import math

_NONE = "–"


def p_cell(value: float) -> str:
    """Return a p-value with three decimals, never 0."""
    if math.isnan(value):
        return _NONE
    return "<0.001" if value < 0.001 else f"{value:.3f}"


def decimals(value: float, places: int) -> str:
    """Return a number with so many decimals."""
    return _NONE if math.isnan(value) else f"{value:.{places}f}"


def amount(value: float) -> str:
    """Return an amount of any size: three significant digits, and all those before the point."""
    if math.isnan(value):
        return _NONE
    if abs(value) >= 100 or value == round(value):
        return f"{value:,.0f}".replace(",", "\u00a0")
    return f"{value:.3g}"


def percent(value: float) -> str:
    """Return a share in percent."""
    return _NONE if math.isnan(value) else f"{100 * value:.1f} %"
