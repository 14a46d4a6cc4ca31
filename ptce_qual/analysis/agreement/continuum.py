"""What coders marked on continua of characters, and the lengths at which their marks meet.

A continuum is one transcript. Boundaries of all coders' units cut it into stretches in which nobody's mark changes;
every length below is a sum over stretches, so the cost follows the number of units, not of characters. Lengths add up
over transcripts, whose continua are so joined: a unit never crosses from one into the next.

Equations are those of Krippendorff, Mathet, Bouvry & Widlöcher 2016, Quality & Quantity 50:2347–2364.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from ptce_qual.analysis.agreement.patterns import Floats, Integers

Unit: TypeAlias = tuple[int, int, int]
GAP = 0


@dataclass(frozen=True, slots=True)
class Continuum:
    """One transcript as several coders marked it.

    Args:
        length: in characters.
        units: for each coder (start, end, value): half-open, ascending, not overlapping, the value a number from 0.
            None for a coder who did not read the transcript: that is missing, and not one long gap.

    Raises:
        ValueError: units overlap, are empty, or lie outside.
    """

    length: int
    units: tuple[tuple[Unit, ...] | None, ...]

    def __post_init__(self) -> None:
        for units in self.units:
            position = 0
            for start, end, value in units or ():
                if not position <= start < end <= self.length or value < 0:
                    raise ValueError(f"unit {start}–{end} of value {value} is out of place")
                position = end


@dataclass(frozen=True, slots=True, eq=False)
class Lengths:
    """Lengths of one transcript, or summed over several; each array is of one number a value, gaps first.

    Args:
        same: observed coincidences of a value with itself, the diagonal of eq. 1.
        total: observed coincidences of a value with any, the margins of eq. 1.
        own: what a unit would add by coincidence with itself: squared lengths of units, and lengths of gaps (eq. 4).
    """

    same: Floats
    total: Floats
    own: Floats


def joined_spans(spans: Iterable[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Return the union of one coder's spans of one code, ascending: those that overlap become one unit.

    Spans that only touch stay two units, as two sentences coded one after the other are.
    """
    joined: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return tuple(joined)


def values_of(continua: Sequence[Continuum]) -> Integers:
    """Return the values that occur, ascending."""
    found = {value for continuum in continua for units in continuum.units for _start, _end, value in units or ()}
    return np.array(sorted(found), dtype=np.int64)


def readings(continuum: Continuum) -> list[tuple[Unit, ...]]:
    """Return the units of each coder who read the transcript."""
    return [units for units in continuum.units if units is not None]


def all_lengths(continuum: Continuum, values: Integers) -> Lengths:
    """Measure units and gaps (eq. 1 and 4); zeros where fewer than two coders read the transcript."""
    read = readings(continuum)
    size = len(values) + 1
    if len(read) < 2:
        return _no_lengths(size)
    marks, widths, _bounds = _stretches(read, continuum.length, values)
    column, stretch, count = _counts(marks)
    same = np.bincount(column, count * (count - 1) * widths[stretch], size) / (len(read) - 1)
    total = np.bincount(column, count * widths[stretch], size).astype(np.float64)
    own = np.zeros(size)
    own[GAP] = total[GAP]
    for units in read:
        array = _array(units)
        np.add.at(own, 1 + np.searchsorted(values, array[:, 2]), (array[:, 1] - array[:, 0]).astype(np.float64) ** 2)
    return Lengths(same=same, total=total, own=own)


def valued_lengths(continuum: Continuum, values: Integers) -> Lengths:
    """Measure where units of two coders meet, gaps set aside (eq. 10): zeros for gaps.

    What a unit would add by coincidence with itself is the square of the length at which it meets other coders' units,
    averaged over these coders. Of two coders there is no other reading of the equation; of three, the published value
    (Krippendorff 2019, fig. 12.11) decides between this one and others.
    """
    read = readings(continuum)
    size = len(values) + 1
    if len(read) < 2:
        return _no_lengths(size)
    marks, widths, bounds = _stretches(read, continuum.length, values)
    column, stretch, count = _counts(marks)
    valued = column != GAP
    column, stretch, count = column[valued], stretch[valued], count[valued]
    others = (marks != GAP).sum(axis=0) - 1
    pairs = len(read) - 1
    own = np.zeros(size)
    marked = np.concatenate([np.zeros((len(read), 1)), np.cumsum((marks != GAP) * widths, axis=1)], axis=1)
    for coder, units in enumerate(read):
        array = _array(units)
        start, end = np.searchsorted(bounds, array[:, 0]), np.searchsorted(bounds, array[:, 1])
        met = np.delete(marked[:, end] - marked[:, start], coder, axis=0).sum(axis=0) / pairs
        np.add.at(own, 1 + np.searchsorted(values, array[:, 2]), met**2)
    same = np.bincount(column, count * (count - 1) * widths[stretch], size) / pairs
    total = np.bincount(column, count * others[stretch] * widths[stretch], size) / pairs
    return Lengths(same=same, total=total, own=own)


def meetings(continuum: Continuum) -> tuple[int, int]:
    """Count the pairs of units of different coders that meet, and the units that meet any."""
    read = [_array(units) for units in readings(continuum)]
    pairs = met = 0
    for coder, units in enumerate(read):
        found = np.zeros(len(units), dtype=np.int64)
        for other in read[:coder] + read[coder + 1 :]:
            before_end = np.searchsorted(other[:, 0], units[:, 1], side="left")
            found += before_end - np.searchsorted(other[:, 1], units[:, 0], side="right")
        pairs += int(found.sum())
        met += int((found > 0).sum())
    return pairs // 2, met


def _stretches(read: Sequence[tuple[Unit, ...]], length: int, values: Integers) -> tuple[Integers, Floats, Integers]:
    """Return coders × stretches, the column of the value (0 for a gap), the stretches' lengths, and their bounds."""
    arrays = [_array(units) for units in read]
    bounds = np.unique(np.concatenate([np.array([0, length]), *(array[:, :2].reshape(-1) for array in arrays)]))
    steps = np.zeros((len(read), len(bounds)), dtype=np.int64)
    for coder, array in enumerate(arrays):
        column = 1 + np.searchsorted(values, array[:, 2])
        np.add.at(steps[coder], np.searchsorted(bounds, array[:, 0]), column)
        np.add.at(steps[coder], np.searchsorted(bounds, array[:, 1]), -column)
    return np.cumsum(steps, axis=1)[:, :-1], np.diff(bounds).astype(np.float64), bounds


def _counts(marks: Integers) -> tuple[Integers, Integers, Integers]:
    """Return the columns and stretches that go together, and how many coders' mark is of the column there."""
    stretches = marks.shape[1]
    found, count = np.unique(marks * stretches + np.arange(stretches), return_counts=True)
    return found // max(stretches, 1), found % max(stretches, 1), count


def _array(units: tuple[Unit, ...]) -> Integers:
    return np.array(units, dtype=np.int64).reshape(-1, 3)


def _no_lengths(columns: int) -> Lengths:
    return Lengths(np.zeros(columns), np.zeros(columns), np.zeros(columns))
