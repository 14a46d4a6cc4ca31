"""The categories of the cases counted, and amounts broken down into their parts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import TypedDict

import numpy as np
import pandas as pd

from ptce_qual.analysis.coded_corpus import CodedCorpus
from ptce_qual.analysis.profile.case_attributes import CaseAttributes, case_attributes
from ptce_qual.analysis.profile.figures import refused_notes
from ptce_qual.result import Result
from ptce_qual.translation import _

COLUMNS = ("kind", "attribute", "value", "cases", "n", "missing", "share", "sum", "sum_share", "mean", "median")
_ROUNDING = 1e-6


class Breakdown(TypedDict, total=False):
    """Amounts that make up a whole: the attributes that are its parts, and the one that holds the whole."""

    label: str
    total: str | None
    parts: Sequence[str]


def case_counts(
    coded: CodedCorpus, *, attributes: Sequence[str] = (), breakdowns: Mapping[str, Breakdown] | None = None
) -> Result:
    """Return how many cases have each value of the attributes that are not numeric, and the parts of amounts.

    `kind` is `category`; `multiple`, where a case may have several values, so that shares add up to more than 1; or
    `part`, one attribute of a breakdown: `cases` are those with an amount above 0, `sum` the amounts of all,
    `sum_share` the sum ÷ that of all parts, `mean` and `median` those of all cases told, zeros included. `share` is
    `cases` ÷ `n`.

    Args:
        attributes: those of cases; all for none.
        breakdowns: by name.

    Raises:
        InputError: no case has such an attribute.
    """
    everything = case_attributes(coded.corpus.cases)
    found = case_attributes(coded.corpus.cases, attributes) if attributes else everything
    rows = [row for name in found.categories for row in _of_category(found, name)]
    asked = {
        name: parts
        for name, breakdown in _in_order(breakdowns or {}, everything)
        if (parts := [part for part in breakdown["parts"] if part in everything.numbers])
        and (not attributes or {name, breakdown.get("total"), *parts} & {*attributes})
    }
    for name, parts in asked.items():
        rows += _of_parts(everything, name, parts)
    notes = (
        _("A case counts once for each of its values; `n`: the cases of which a value is told; `share` = cases ÷ n."),
        *refused_notes(found),
        *_of_breakdowns(everything, breakdowns or {}, asked),
    )
    return Result(_("Cases by category"), pd.DataFrame(rows, columns=list(COLUMNS)), notes)


def _in_order(breakdowns: Mapping[str, Breakdown], known: CaseAttributes) -> list[tuple[str, Breakdown]]:
    """Return breakdowns in the order of their parts in the cases' file: a manifest keeps no order of keys."""
    places = {name: place for place, name in enumerate(known.numbers)}
    least = {name: min(places.get(part, len(places)) for part in told["parts"]) for name, told in breakdowns.items()}
    return sorted(breakdowns.items(), key=lambda one: (least[one[0]], one[0]))


def _of_category(found: CaseAttributes, name: str) -> Iterator[tuple[object, ...]]:
    values = found.categories[name]
    told = sum(bool(parts) for parts in values)
    kind = "multiple" if name in found.multiple else "category"
    counts = Counter(part for parts in values for part in parts)
    for value, count in sorted(counts.items(), key=lambda one: (-one[1], one[0])):
        yield kind, name, value, count, told, len(values) - told, count / told, np.nan, np.nan, np.nan, np.nan


def _of_parts(found: CaseAttributes, name: str, parts: Sequence[str]) -> Iterator[tuple[object, ...]]:
    whole = sum(float(np.nansum(found.numbers[part])) for part in parts)
    for part in parts:
        values = found.numbers[part]
        told = values[~np.isnan(values)]
        with_amount, amount = int((told > 0).sum()), float(told.sum())
        yield (
            "part", name, part, with_amount, len(told), len(values) - len(told), with_amount / len(told), amount,
            amount / whole if whole else np.nan, float(told.mean()), float(np.median(told)),
        )  # fmt: skip


def _of_breakdowns(
    found: CaseAttributes, breakdowns: Mapping[str, Breakdown], asked: Mapping[str, Sequence[str]]
) -> Iterator[str]:
    for name, breakdown in _in_order(breakdowns, found):
        missing = [part for part in breakdown["parts"] if part not in found.numbers]
        if missing:
            yield _(
                "{breakdown}: no numeric attribute of the cases: {names}.", breakdown=name, names=", ".join(missing)
            )
        total = breakdown.get("total")
        if total is None or total not in found.numbers or name not in asked or missing:
            continue
        sums = np.sum([found.numbers[part] for part in asked[name]], axis=0)
        wrong = np.abs(sums - found.numbers[total]) > _ROUNDING * np.maximum(1, np.abs(sums))
        cases = [case for case, is_wrong in zip(found.cases, wrong.tolist(), strict=True) if is_wrong]
        if cases:
            yield _(
                "{breakdown}: the parts do not add up to {total} for: {cases}.",
                breakdown=name,
                total=total,
                cases=", ".join(cases),
            )
