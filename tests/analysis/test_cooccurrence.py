"""Pairs of codes: counts by hand, odds ratios against published figures and scipy, and properties."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_corpora import Interview, codebook, made
from scipy.stats.contingency import odds_ratio as scipys

from ptce_qual.analysis.cooccurrence import code_counts, cooccurrence, odds_ratio
from ptce_qual.analysis.counting import Counting
from ptce_qual.errors import InputError

BOOK = codebook("branch", ("a", "branch"), ("b", "branch"), "c", "d")
SPOKEN = [("a", "b"), ("a", "b", "c"), ("a",), ("b",), (), (), (), ()]
CODED = made(BOOK, [Interview("one", SPOKEN, turns=2), Interview("two", [("a", "c"), ()], turns=1)])


def test_counts_by_hand() -> None:
    table = cooccurrence(CODED).table
    assert table[["source", "target"]].apply(tuple, axis=1).tolist() == [
        ("a", "c"), ("a", "b"), ("b", "c"), ("a", "d"), ("b", "d"), ("c", "d"),
    ]  # fmt: skip
    first = table.iloc[1]
    assert first[["n1", "n2", "n12", "units"]].tolist() == [4, 3, 2, 10]
    assert first["jaccard"] == pytest.approx(2 / 5)
    assert first["expected"] == pytest.approx(1.2)
    assert first["odds_ratio"] == pytest.approx((2 * 5) / (2 * 1))
    assert not first["corrected"]


def test_sorted_by_n12_then_jaccard() -> None:
    rows = cooccurrence(CODED).table[["n12", "jaccard"]].to_numpy().tolist()
    assert rows == sorted(rows, reverse=True)


def test_turns_as_units() -> None:
    row = cooccurrence(CODED, Counting(unit="turn")).table.set_index(["source", "target"]).loc[("a", "b")]
    assert row[["n1", "n2", "n12", "units"]].tolist() == [2, 1, 1, 3]


def test_woolf_1955_peptic_ulcer_and_blood_groups_in_london() -> None:
    # 911 of group O and 579 of group A among the ill, 4578 and 4219 among the others
    ratio, low, high, corrected = odds_ratio(911 + 579, 911 + 4578, 911, 911 + 579 + 4578 + 4219)
    assert float(ratio) == pytest.approx(1.4500, abs=0.0001)
    reach = 1.959964 * (1 / 911 + 1 / 579 + 1 / 4578 + 1 / 4219) ** 0.5
    assert [float(low), float(high)] == pytest.approx([1.45002 * np.exp(-reach), 1.45002 * np.exp(reach)], rel=1e-4)
    assert not corrected


@given(*[st.integers(1, 60)] * 4)
def test_the_ratio_is_the_sample_odds_ratio_of_scipy(both: int, first: int, second: int, neither: int) -> None:
    ratio, low, high, corrected = odds_ratio(both + first, both + second, both, both + first + second + neither)
    assert float(ratio) == pytest.approx(scipys([[both, first], [second, neither]], kind="sample").statistic)
    interval = scipys([[both, first], [second, neither]], kind="sample").confidence_interval(0.95)
    assert [float(low), float(high)] == pytest.approx([interval.low, interval.high])
    assert not corrected


def test_an_empty_cell_is_corrected_by_one_half() -> None:
    ratio, low, high, corrected = odds_ratio(3, 4, 0, 20)
    assert float(ratio) == pytest.approx((0.5 * 13.5) / (3.5 * 4.5))
    reach = 1.959964 * (1 / 0.5 + 1 / 3.5 + 1 / 4.5 + 1 / 13.5) ** 0.5
    assert float(np.log(high / low)) == pytest.approx(2 * reach, rel=1e-6)
    assert corrected


def test_a_code_on_no_unit_or_on_all_has_no_odds_ratio() -> None:
    for first in (0, 20):
        ratio, low, high, corrected = odds_ratio(first, 4, min(first, 4), 20)
        assert np.isnan([ratio, low, high]).all()
        assert not corrected


@given(st.lists(st.lists(st.sampled_from("abcd"), max_size=4), max_size=12))
def test_bounds(spoken: list[list[str]]) -> None:
    coded = made(BOOK, [Interview("one", [tuple(sorted(set(codes))) for codes in spoken])])
    table = cooccurrence(coded).table
    assert len(table) == 6
    told = table["jaccard"].dropna()
    assert told.between(0, 1).all()
    assert (table["n12"] <= table[["n1", "n2"]].min(axis=1)).all()
    assert (table["expected"] <= table[["n1", "n2"]].min(axis=1) + 1e-9).all()
    ratios = table.dropna(subset="odds_ratio")
    assert (ratios["odds_ratio_low"] <= ratios["odds_ratio"]).all()
    assert (ratios["odds_ratio"] <= ratios["odds_ratio_high"]).all()


def test_a_code_makes_no_pair_with_those_it_takes_in() -> None:
    table = cooccurrence(CODED, Counting(descendants=True)).table
    pairs = set(table[["source", "target"]].apply(tuple, axis=1))
    assert ("branch", "a") not in pairs
    assert ("branch", "c") in pairs


@pytest.mark.parametrize("interviews", [[], [Interview("one", [])], [Interview("one", [(), ()])]])
def test_nothing_coded(interviews: list[Interview]) -> None:
    table = cooccurrence(made(BOOK, interviews)).table
    assert table["n12"].tolist() == [0] * 6
    assert table[["jaccard", "odds_ratio"]].isna().all().all()


def test_one_code_makes_no_pair() -> None:
    table = cooccurrence(CODED, Counting(codes=["a"])).table
    assert table.empty
    assert "n12" in table


def test_counts_of_codes() -> None:
    rows = code_counts(CODED).table.to_dict("records")
    assert rows[0] == {"code_id": "a", "label": "A", "branch": "branch", "count": 4}
    assert rows[2] == {"code_id": "c", "label": "C", "branch": "c", "count": 2}


def test_an_unknown_code_is_refused() -> None:
    with pytest.raises(InputError, match="« branch »"):
        cooccurrence(CODED, Counting(codes=["bramch"]))
