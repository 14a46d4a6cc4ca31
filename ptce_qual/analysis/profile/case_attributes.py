"""The attributes of cases as what they are: numbers, categories, or several categories apart by `|`."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np

from ptce_qual.analysis.multiple_testing import Floats
from ptce_qual.errors import InputError
from ptce_qual.model import Case
from ptce_qual.translation import _
from ptce_qual.wording import unknown

SEPARATOR = "|"
NOT_TOLD = frozenset({"", "?", "-", "–", "—", "na", "n/a", "n.a.", "nc", "n.c.", "nd", "n.d."})
_NUMBER = re.compile(r"([+-]?(?:\d{1,3}(?:[ \u00a0\u202f]\d{3})+|\d+)(?:[.,]\d+)?)[ \u00a0\u202f]?(%?)", re.ASCII)
_SPACES = str.maketrans({" ": "", "\u00a0": "", "\u202f": "", ",": "."})


@dataclass(frozen=True, slots=True)
class CaseAttributes:
    """What is known of the cases, in the order in which their file tells it.

    Args:
        cases: their ids.
        numbers: attribute → a number by case, not a number where none is told.
        categories: attribute → the values of each case, none where nothing is told.
        multiple: those of the categories of which a case may have several.
        refused: attribute of numbers → the cases whose value is none, with the value.
    """

    cases: tuple[str, ...]
    numbers: dict[str, Floats]
    categories: dict[str, tuple[tuple[str, ...], ...]]
    multiple: frozenset[str]
    refused: dict[str, tuple[tuple[str, str], ...]]

    def of_cases(self, cases: Collection[str]) -> CaseAttributes:
        """Return what is known of some of the cases."""
        kept = [place for place, case in enumerate(self.cases) if case in cases]
        return CaseAttributes(
            cases=tuple(self.cases[place] for place in kept),
            numbers={name: values[kept] for name, values in self.numbers.items()},
            categories={name: tuple(values[place] for place in kept) for name, values in self.categories.items()},
            multiple=self.multiple,
            refused={name: tuple(one for one in told if one[0] in cases) for name, told in self.refused.items()},
        )


def case_attributes(cases: Sequence[Case], names: Sequence[str] = ()) -> CaseAttributes:
    """Sort the attributes of cases into numbers and categories.

    An attribute is one of numbers where at least half of the values told are: the others are refused, and named.

    Args:
        names: the attributes wanted; all for none.

    Raises:
        InputError: no case has an attribute of this name.
    """
    known = list(dict.fromkeys(name for case in cases for name in case.attributes))
    for name in names:
        if name not in known:
            raise _unknown(name, known)
    told = {name: [_told(case.attributes.get(name, "")) for case in cases] for name in known}
    numbers, categories, refused = {}, {}, {}
    for name in [one for one in known if one in names or not names]:
        values = [number(value) for value in told[name]]
        given = [value for value in told[name] if value]
        if given and 2 * sum(value is not None for value in values) >= len(given):
            numbers[name] = np.array([np.nan if value is None else value for value in values], dtype=np.float64)
            refused[name] = tuple(
                (case.id, text)
                for case, text, value in zip(cases, told[name], values, strict=True)
                if text and value is None
            )
        else:
            categories[name] = tuple(_parts(value) for value in told[name])
    multiple = frozenset(name for name in categories if any(SEPARATOR in value for value in told[name]))
    return CaseAttributes(
        cases=tuple(case.id for case in cases),
        numbers=numbers,
        categories=categories,
        multiple=multiple,
        refused={name: values for name, values in refused.items() if values},
    )


def number(text: str) -> float | None:
    """Return the number that a cell holds: with a point or a comma, spaces between thousands, `%` for hundredths."""
    found = _NUMBER.fullmatch(text.strip())
    if found is None:
        return None
    value = float(found[1].translate(_SPACES))
    return value / 100 if found[2] else value


def _told(value: str) -> str:
    return "" if value.strip().lower() in NOT_TOLD else value.strip()


def _parts(value: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(part for part in map(_told, value.split(SEPARATOR)) if part))


def _unknown(name: str, known: Sequence[str]) -> InputError:
    return InputError(unknown(_("no case has the attribute « {name} »", name=name), name, known))
