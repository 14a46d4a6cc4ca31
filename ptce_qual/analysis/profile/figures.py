"""The numeric attributes of the cases beside published figures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TypedDict

import numpy as np
import pandas as pd

from ptce_qual.analysis.coded_corpus import CodedCorpus
from ptce_qual.analysis.multiple_testing import Floats
from ptce_qual.analysis.profile.case_attributes import CaseAttributes, case_attributes
from ptce_qual.result import Result
from ptce_qual.translation import _, _n
from ptce_qual.wording import unknown

COLUMNS = (
    "attribute", "n", "missing", "minimum", "q1", "median", "q3", "maximum", "mean", "reference_statistic", "reference",
    "difference",
)  # fmt: skip


class Reference(TypedDict, total=False):
    """Published figures: where, and by attribute the median or the mean."""

    source: str
    medians: Mapping[str, float]
    means: Mapping[str, float]


def case_figures(coded: CodedCorpus, *, attributes: Sequence[str] = (), reference: Reference | None = None) -> Result:
    """Return the distribution of each numeric attribute of the cases, beside what was published of it.

    Quartiles are by linear interpolation between order statistics: Hyndman & Fan 1996 (The American Statistician 50,
    p. 361-365), type 7, the default of R and numpy. `difference` is the cases' median, or mean where
    `reference_statistic` says so, minus the published one.

    Args:
        attributes: those of cases; all numeric ones for none.

    Raises:
        InputError: no case has such an attribute.
    """
    found = case_attributes(coded.corpus.cases, attributes)
    published = reference or {}
    rows = [_row(name, values, published) for name, values in found.numbers.items()]
    table = pd.DataFrame(rows, columns=list(COLUMNS))
    return Result(_("Profile of the cases"), table, tuple(_notes(coded, found, published, attributes)))


def _row(name: str, values: Floats, published: Reference) -> tuple[object, ...]:
    told = values[~np.isnan(values)]
    spread = np.quantile(told, [0, 0.25, 0.5, 0.75, 1], method="linear").tolist()
    mean = float(told.mean())
    median, by_mean = published.get("medians", {}).get(name), published.get("means", {}).get(name)
    compared: tuple[object, ...] = ("", np.nan, np.nan)
    if median is not None:
        compared = ("median", float(median), spread[2] - median)
    elif by_mean is not None:
        compared = ("mean", float(by_mean), mean - by_mean)
    return (name, len(told), len(values) - len(told), *spread, mean, *compared)


def _notes(coded: CodedCorpus, found: CaseAttributes, published: Reference, attributes: Sequence[str]) -> Iterator[str]:
    cases = len(coded.corpus.cases)
    yield _n("{count} case; `missing`: those of which nothing is told.",
             "{count} cases; `missing`: those of which nothing is told.", cases)  # fmt: skip
    yield _("Quartiles by linear interpolation (Hyndman & Fan 1996, type 7).")
    yield from refused_notes(found)
    if not found.numbers:
        yield _("No attribute of the cases is numeric.")
    if published.get("source"):
        yield _("Published figures: {source}.", source=published["source"].rstrip("."))
    named = {*published.get("medians", {}), *published.get("means", {})}
    known = {name for case in coded.corpus.cases for name in case.attributes}
    for name in sorted(named):
        if name not in found.numbers and (name not in known or not attributes):
            yield _of_unused(name, sorted(known))


def refused_notes(found: CaseAttributes) -> Iterator[str]:
    """Yield what was told and could not be counted."""
    for name, values in found.refused.items():
        told = ", ".join(f"{case} « {value} »" for case, value in values)
        yield _("{attribute}: no number, and counted as missing: {values}.", attribute=name, values=told)


def _of_unused(name: str, known: Sequence[str]) -> str:
    if name in known:
        return _("A figure is published of « {name} », which is not numeric here.", name=name)
    return unknown(_("A figure is published of « {name} », which no case has", name=name), name, known)
