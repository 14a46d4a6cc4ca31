"""Axes: round steps between bounds, and where values fall on them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from ptce_qual.report.figures.board import GREY, Board
from ptce_qual.wording import number

_STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)


@dataclass(frozen=True, slots=True)
class Scale:
    """Values from `low` to `high` laid on points from `start` to `end`."""

    low: float
    high: float
    start: float
    end: float

    def at(self, value: float) -> float:
        """Return where a value stands."""
        return self.start + (value - self.low) / ((self.high - self.low) or 1) * (self.end - self.start)

    def steps(self, about: int = 5) -> list[float]:
        """Return round values within the bounds, about as many as asked for."""
        step = round_step((self.high - self.low) or 1, about)
        first = math.ceil(self.low / step - 1e-9)
        return [place * step for place in range(first, math.floor(self.high / step + 1e-9) + 1)]


def round_step(reach: float, about: int, least: float = 0) -> float:
    """Return the smallest round step of which at most so many go into a reach."""
    power: float = 10.0 ** math.floor(math.log10(reach / about))
    return max(least, next(one * power for one in _STEPS if one * power * about >= reach * (1 - 1e-9)))


def rounded_up(value: float, about: int = 5, least: float = 0) -> float:
    """Return the first round step that is no less than a value."""
    step = round_step(max(value, 1e-9), about, least)
    return math.ceil(value / step - 1e-9) * step


def draw_grid(board: Board, scale: Scale, top: float, bottom: float, steps: Sequence[float] | None = None) -> None:
    """Draw upright lines at round values, and these below them."""
    values = scale.steps() if steps is None else list(steps)
    board.lines([[(scale.at(value), top), (scale.at(value), bottom)] for value in values], colour=GREY, width=0.35)
    places = decimals(values)
    for value in values:
        board.text(scale.at(value), bottom + 8, number(value, places), align="center", size=7)


def plain(value: float) -> str:
    """Return a value as short as it is: all its decimals where they are two at most, else three significant digits."""
    places = decimals([value])
    return number(value, places if places <= 2 else None)


def decimals(values: Sequence[float]) -> int:
    """Return how many decimals tell values apart."""
    return next((places for places in range(6) if all(abs(v - round(v, places)) < 1e-9 for v in values)), 6)
