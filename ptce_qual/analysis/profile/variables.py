"""What of the attributes of cases can be tested, and as what: numbers, two groups, or several."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np

from ptce_qual.analysis.multiple_testing import Floats
from ptce_qual.analysis.profile.case_attributes import CaseAttributes
from ptce_qual.analysis.units import Booleans, Integers

Test = Literal["spearman", "mann_whitney", "kruskal_wallis"]
FEWEST_CASES = 4
"""Below it no order of the cases is rare: 3 cases have 6."""
FEWEST_IN_GROUP = 2


@dataclass(frozen=True, slots=True)
class Variable:
    """An attribute, or one of its values, of the cases of which it is told.

    Args:
        value: of two groups, the one that the other is compared with.
        told: which cases.
        numbers: theirs, for `spearman`.
        labels: their groups; of two, 1 is `value`.
        groups: what the labels stand for, of several groups.
    """

    attribute: str
    value: str
    test: Test
    told: Booleans
    numbers: Floats
    labels: Integers
    groups: tuple[str, ...] = ()


def variables(found: CaseAttributes) -> tuple[list[Variable], list[str]]:
    """Return what can be tested, and the names of the attributes that can't: too few cases share or differ in them."""
    made: list[Variable] = []
    untested: list[str] = []
    for name, numbers in found.numbers.items():
        told = ~np.isnan(numbers)
        if told.sum() >= FEWEST_CASES and len(np.unique(numbers[told])) > 1:
            made.append(Variable(name, "", "spearman", told, numbers[told], np.zeros(0, dtype=np.int64)))
        else:
            untested.append(name)
    for name, values in found.categories.items():
        own = list(_of_values(name, values)) if name in found.multiple else list(_of_groups(name, values))
        made += own
        untested += [] if own else [name]
    return made, untested


def _of_values(name: str, values: tuple[tuple[str, ...], ...]) -> Iterator[Variable]:
    """Yield, for each value, the cases that have it against those that have not."""
    told = np.array([bool(parts) for parts in values], dtype=np.bool_)
    for value in sorted({part for parts in values for part in parts}):
        labels = np.array([value in parts for parts in values if parts], dtype=np.int64)
        if _is_enough(labels):
            yield Variable(name, value, "mann_whitney", told, np.zeros(0), labels)


def _of_groups(name: str, values: tuple[tuple[str, ...], ...]) -> Iterator[Variable]:
    told = np.array([bool(parts) for parts in values], dtype=np.bool_)
    given = [parts[0] for parts in values if parts]
    groups = tuple(sorted(set(given)))
    labels = np.array([groups.index(value) for value in given], dtype=np.int64)
    if not _is_enough(labels):
        return
    if len(groups) == 2:
        yield Variable(name, groups[0], "mann_whitney", told, np.zeros(0), 1 - labels)
    else:
        yield Variable(name, "", "kruskal_wallis", told, np.zeros(0), labels, groups)


def _is_enough(labels: Integers) -> bool:
    sizes = np.bincount(labels)
    enough = int((sizes >= FEWEST_IN_GROUP).sum()) >= 2 and len(labels) >= FEWEST_IN_GROUP * len(sizes)
    return enough and len(labels) >= FEWEST_CASES
