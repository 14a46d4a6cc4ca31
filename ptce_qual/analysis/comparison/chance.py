"""How often clusters dealt out to the groups at random differ as much as those observed do."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ptce_qual.analysis.contingency import chi_squared
from ptce_qual.analysis.multiple_testing import Floats
from ptce_qual.analysis.permutation import ROUNDING, Relabellings
from ptce_qual.analysis.units import Integers


@dataclass(frozen=True, slots=True)
class Chance:
    """p-values by permutation; not numbers where a statistic is none.

    Args:
        codes: of the χ² of each code's table.
        cells: codes × groups, of the size of the adjusted residuals.
        whole: of the χ² of codes × groups.
    """

    codes: Floats
    cells: Floats
    whole: float


def chance(coded: Integers, units: Integers, labels: Integers, relabellings: Relabellings) -> Chance:
    """Return how often the same clusters, dealt out to the groups anew, reach what is observed.

    Args:
        coded: clusters × codes, the coded units.
        units: the units of each cluster.
        labels: the group of each cluster.
        relabellings: of these labels.
    """
    count = int(labels.max()) + 1
    observed = _statistics(coded, units, labels[np.newaxis], count)
    lowest = [statistic[0] * (1 - ROUNDING) - ROUNDING for statistic in observed]
    reached = [np.zeros(level.shape) for level in lowest]
    for chunk in relabellings.chunks():
        statistics = _statistics(coded, units, chunk, count)
        for place, statistic in enumerate(statistics):
            reached[place] += (statistic >= lowest[place]).sum(axis=0)
    by_code, by_cell, whole = (
        np.where(np.isnan(level), np.nan, relabellings.p_value(total))
        for total, level in zip(reached, lowest, strict=True)
    )
    return Chance(by_code, by_cell, float(whole))


def _statistics(coded: Integers, units: Integers, labels: Integers, count: int) -> tuple[Floats, Floats, Floats]:
    """Return, for each order: χ² by code, adjusted residuals squared by code and group, χ² of codes × groups.

    The margin of coded units is the same in all orders, which spares making the tables: of a code that touches the
    share p of all units, a group of n units adds (coded - n·p)² ÷ (n·p·(1 - p)) to χ².
    """
    sums = _sums(np.column_stack([coded, units]), labels, count)
    inside, sizes = sums[:, :-1], sums[:, -1:]
    total = units.sum()
    share = (coded.sum(axis=0) / total)[:, np.newaxis]
    constant = (share == 0) | (share == 1)
    expected = sizes * share
    parts = (inside - expected) ** 2 / np.where(constant, np.nan, expected * (1 - share))
    return parts.sum(axis=-1), parts / (1 - sizes / total), _whole(inside[:, share[:, 0] > 0])


def _sums(by_cluster: Integers, labels: Integers, count: int) -> Floats:
    """Return orders × columns × groups, the sums of each column over the clusters of each group.

    A matrix product with the labels' indicators would cost orders × clusters × groups for each column; most codes touch
    few clusters, and only these are gone through.
    """
    places = labels + count * np.arange(len(labels))[:, np.newaxis]
    sums = np.empty((len(labels), by_cluster.shape[1], count))
    for column, weights in enumerate(by_cluster.T):
        touched = np.flatnonzero(weights)
        told = np.broadcast_to(weights[touched].astype(np.float64), (len(labels), len(touched)))
        counted = np.bincount(places[:, touched].ravel(), told.ravel(), minlength=len(labels) * count)
        sums[:, column] = counted.reshape(len(labels), count)
    return sums


def _whole(tables: Floats) -> Floats:
    if tables.shape[1] < 2:
        return np.full(len(tables), np.nan)
    return chi_squared(tables)
