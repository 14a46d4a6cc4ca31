"""Which codes stand together: how often two codes touch the same unit, beside what independence would make of them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from statistics import NormalDist

import numpy as np
import numpy.typing as npt
import pandas as pd

from ptce_qual.analysis.coded_corpus import CodedCorpus
from ptce_qual.analysis.counting import Counting
from ptce_qual.analysis.multiple_testing import Floats
from ptce_qual.analysis.unit_names import unit_name
from ptce_qual.analysis.units import Booleans, Integers, UnitKind, incidence, units
from ptce_qual.result import Result
from ptce_qual.translation import _

COLUMNS = (
    "source", "target", "n1", "n2", "n12", "units", "jaccard", "expected", "odds_ratio", "odds_ratio_low",
    "odds_ratio_high", "corrected",
)  # fmt: skip
CONFIDENCE = 0.95


def cooccurrence(
    coded: CodedCorpus,
    counting: Counting | None = None,
) -> Result:
    """Return, for each pair of codes, on how many units both stand.

    Columns: `n1`, `n2`, `n12`, the units that a coding of the one, of the other, of both touches, of `units`;
    `jaccard`, n12 ÷ (n1 + n2 - n12) (Jaccard 1901; the c coefficient of ATLAS.ti on units, so that it stays in [0, 1]);
    `expected`, n1·n2 ÷ units; `odds_ratio` with its 95 % interval (Woolf 1955, Annals of Human Genetics 19,
    p. 251-253), where `corrected` tells that 0.5 was added to each cell because one was empty (Haldane 1956, ibid. 20,
    p. 309-311; Anscombe 1956, Biometrika 43, p. 461-464). Sorted by n12, then by Jaccard.

    Args:
        counting: the units and codes. A code that takes in its descendants' codings makes no pair with these.

    Raises:
        InputError: a code that the codebook has not.
    """
    counting = counting or Counting()
    codes, coded = counting.codes_of(coded), counting.codings_of(coded)
    counted = units(coded, counting.unit)
    table = _pairs(incidence(coded, counted, codes), list(codes), list(codes.values()))
    ordered = table.sort_values(["n12", "jaccard"], ascending=False, kind="stable", ignore_index=True)
    title = _("Codes that stand together, on {units}", units=unit_name(counting.unit))
    return Result(title, ordered, _notes(counting.unit, len(counted)))


def code_counts(
    coded: CodedCorpus,
    counting: Counting | None = None,
) -> Result:
    """Return, for each code of a `cooccurrence`, its label, its branch (the code at its root) and its units."""
    counting = counting or Counting()
    codes, coded = counting.codes_of(coded), counting.codings_of(coded)
    counts = incidence(coded, units(coded, counting.unit), codes).sum(axis=0).tolist()
    rows = [(code_id, *_label_and_branch(coded, code_id), count) for code_id, count in zip(codes, counts, strict=True)]
    table = pd.DataFrame(rows, columns=["code_id", "label", "branch", "count"])
    return Result(_("Codes, on {units}", units=unit_name(counting.unit)), table)


def odds_ratio(
    n1: npt.ArrayLike, n2: npt.ArrayLike, n12: npt.ArrayLike, total: int
) -> tuple[Floats, Floats, Floats, Booleans]:
    """Return odds ratios, the bounds of their 95 % intervals, and whether 0.5 was added to the cells.

    Not a number where one of the two stands on no unit or on all: then there is nothing to compare.
    """
    first, second, both = (np.asarray(count, dtype=np.float64) for count in (n1, n2, n12))
    cells = np.stack([both, first - both, second - both, total - first - second + both])
    corrected = (cells == 0).any(axis=0)
    cells = cells + 0.5 * corrected
    log_ratio = np.log(cells[0]) + np.log(cells[3]) - np.log(cells[1]) - np.log(cells[2])
    reach = NormalDist().inv_cdf((1 + CONFIDENCE) / 2) * np.sqrt((1 / cells).sum(axis=0))
    constant = (first == 0) | (first == total) | (second == 0) | (second == total)
    ratio, low, high = (
        np.where(constant, np.nan, np.exp(value)) for value in (log_ratio, log_ratio - reach, log_ratio + reach)
    )
    return ratio, low, high, corrected & ~constant


def _pairs(touched: Booleans, names: Sequence[str], ids: Sequence[frozenset[str]]) -> pd.DataFrame:
    total = len(touched)
    # float32 would count wrongly past 16 million units; whole numbers of 64 bits have no fast matrix product.
    together = (touched.T.astype(np.float64) @ touched.astype(np.float64)).astype(np.int64)
    places = [(a, b) for a, b in combinations(range(len(names)), 2) if not _nested(ids[a], ids[b])]
    first, second = np.array(places, dtype=np.int64).reshape(-1, 2).T
    n1, n2, n12 = together[first, first], together[second, second], together[first, second]
    ratio, low, high, corrected = odds_ratio(n1, n2, n12, total)
    return pd.DataFrame(
        {
            "source": pd.Series([names[place] for place, _other in places], dtype=object),
            "target": pd.Series([names[place] for _other, place in places], dtype=object),
            "n1": n1,
            "n2": n2,
            "n12": n12,
            "units": total,
            "jaccard": _ratio(n12, n1 + n2 - n12),
            "expected": n1 * n2 / max(total, 1),
            "odds_ratio": ratio,
            "odds_ratio_low": low,
            "odds_ratio_high": high,
            "corrected": corrected,
        },
        columns=list(COLUMNS),
    )


def _ratio(part: Integers, whole: Integers) -> Floats:
    ratio: Floats = np.divide(part, whole, out=np.full(len(part), np.nan), where=whole > 0)
    return ratio


def _nested(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether one code takes in the other's codings, so that they always stand together."""
    return one <= other or other <= one


def _label_and_branch(coded: CodedCorpus, code_id: str) -> tuple[str, str]:
    code = coded.codebook.by_id.get(code_id)
    if code is None:
        return code_id, code_id
    label = code.label
    while code.parent is not None and code.parent in coded.codebook.by_id:
        code = coded.codebook.by_id[code.parent]
    return label, code.id


def _notes(unit: UnitKind, total: int) -> tuple[str, ...]:
    return (
        _(
            "n1, n2, n12: {units} that a coding of the one code, of the other, of both touches, of {total}; "
            "Jaccard = n12 ÷ (n1 + n2 − n12); expected = n1·n2 ÷ {total}, if the two were independent.",
            units=unit_name(unit),
            total=total,
        ),
        _(
            "Odds ratio with its interval at {level} (Woolf 1955); where `corrected` (*), 0.5 was added to each cell, "
            "for one was empty (Haldane–Anscombe).",
            level="95 %",
        ),
        _(
            "The interval takes {units} as independent and each pair alone: those of one interview are not, and of "
            "many pairs some fall outside 1 by chance.",
            units=unit_name(unit),
        ),
    )
