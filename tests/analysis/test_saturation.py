"""Saturation: curves counted one by one, exact expectations over orders, Guest, Namey & Chen's runs, dates."""

from __future__ import annotations

from math import comb

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ptce_qual.analysis.coded_corpus import CodedCorpus
from ptce_qual.analysis.saturation import (
    Criterion,
    RandomOrders,
    new_codes,
    ordered_interviews,
    random_new_codes,
    reached,
    saturation,
    saturation_thresholds,
)
from ptce_qual.analysis.saturation.interviews import parse_day
from ptce_qual.codebook.model import Code, Codebook
from ptce_qual.errors import InputError
from ptce_qual.model import Case, Coding, Corpus, Segmentation, Transcript, Turn

TABLES = st.integers(0, 6).flatmap(
    lambda codes: st.lists(st.lists(st.booleans(), min_size=codes, max_size=codes), min_size=1, max_size=9).map(
        lambda rows: np.array(rows, dtype=bool).reshape(len(rows), codes)
    )
)


def interview(name, codes, case="c", **attributes):
    """Return a transcript of two respondents' turns and an interviewer's, and its codings: code → turn."""
    turns = (Turn(("R",), "respondent", 0, 4), Turn(("E",), "interviewer", 4, 8), Turn(("S",), "unknown", 8, 12))
    places = {"R": (0, 4), "E": (4, 8), "S": (8, 12)}
    codings = [
        Coding(f"{name}{code}{who}", name, *places[who], places[who], code, "rules", "affirmed", ())
        for code, who in (told if isinstance(told, tuple) else (told, "R") for told in codes)
    ]
    return Transcript(name, "x" * 12, turns, case, attributes), codings


def corpus(*interviews, codes="abcdef"):
    transcripts = sorted((one for one, _codings in interviews), key=lambda one: one.id)
    cases = tuple(Case(name, name) for name in sorted({one.case_id for one in transcripts}))
    codebook = Codebook(
        title="", codes=[Code(id="top", label="Top"), *(Code(id=c, label=c, parent="top") for c in codes)]
    )
    return CodedCorpus(
        Corpus(tuple(transcripts), cases),
        {one.id: Segmentation(one.id, ((0, 12),), (), ()) for one in transcripts},
        codebook,
        tuple(coding for _one, codings in interviews for coding in codings),
    )


@given(TABLES)
def test_new_codes_counted_one_by_one(present):
    seen, expected = set(), []
    for row in present:
        found = set(np.flatnonzero(row)) - seen
        expected.append(len(found))
        seen |= found
    assert new_codes(present).tolist() == expected


@given(TABLES, st.integers(0, 5))
def test_each_random_order_meets_all_codes_once(present, seed):
    drawn = random_new_codes(present, RandomOrders(20, seed))
    assert drawn.shape == (20, len(present))
    assert (drawn.sum(axis=1) == present.any(axis=0).sum()).all()
    assert (drawn == random_new_codes(present, RandomOrders(20, seed))).all()


def test_random_orders_have_the_exact_expectation():
    present = np.random.default_rng(1).random((9, 12)) < 0.3
    drawn = np.cumsum(random_new_codes(present, RandomOrders(20_000)), axis=1).mean(axis=0)
    # A code in m of n interviews is met within k of them unless all k are among the n − m others (rarefaction).
    counts = present.sum(axis=0)
    exact = [sum(1 - comb(9 - m, k) / comb(9, k) for m in counts.tolist()) for k in range(1, 10)]
    assert drawn == pytest.approx(exact, abs=0.05)


@pytest.mark.parametrize(
    ("new", "criterion", "needed", "share"),
    [
        # a base of 37 codes; runs 5–6, 6–7, 7–8 bring 19 %, 8 %, 3 %: six interviews, confirmed by two
        ([16, 10, 7, 4, 5, 2, 1, 0], (4, 2, 0.05), 6, 1 / 37),
        ([16, 10, 7, 4, 5, 2, 1, 0, 0], (4, 2, 0.0), 7, 0),
        ([16, 10, 7, 4, 5, 2, 1, 0], (4, 2, 0.0), -1, 1 / 37),
        ([16, 10, 7, 4, 5, 2, 1, 0, 0], (4, 3, 0.05), 6, 1 / 37),
        ([16, 10, 7, 4, 5, 2, 1, 0], (5, 2, 0.05), 6, 1 / 42),
        ([10, 5, 3, 2, 1, 0], (4, 2, 0.05), 4, 1 / 20),  # 5 % is not more than 5 %
        ([10, 5, 3, 2, 2, 0], (4, 2, 0.05), -1, 2 / 20),
        ([30, 20, 6, 4, 3, 0], (4, 2, 0.05), 4, 3 / 60),
        ([0, 0, 0, 0, 0, 0], (4, 2, 0.05), -1, None),
        ([0, 0, 0, 0, 0, 1, 0, 0], (4, 2, 0.0), -1, None),
    ],
)
def test_base_run_and_threshold(new, criterion, needed, share):
    found, known, added = reached(np.array([new]), Criterion(*criterion))
    assert found[0] == needed
    if share is None:
        assert known[0] == 0
    else:
        assert added[0] / known[0] == pytest.approx(share)


@given(
    st.lists(st.lists(st.integers(0, 5), min_size=9, max_size=9), min_size=1, max_size=4),
    st.integers(1, 6),
    st.integers(1, 4),
    st.sampled_from([0.0, 0.05, 0.2]),
)
def test_runs_looked_at_one_by_one(new, base, run, threshold):
    found, _known, _added = reached(np.array(new), Criterion(base, run, threshold))
    for order, needed in zip(new, found.tolist(), strict=True):
        known = sum(order[:base])
        starts = [
            start
            for start in range(base, len(order) - run + 1)
            if known and sum(order[start : start + run]) / known <= threshold
        ]
        assert needed == (starts[0] if starts else -1)


@pytest.mark.parametrize("told", [(0, 2, 0.05), (4, 0, 0.05), (4, 2, -0.1), (4, 2, 1.0)])
def test_criteria_that_are_none(told):
    with pytest.raises(ValueError, match="criterion"):
        Criterion(*told)
    with pytest.raises(ValueError, match="random order"):
        RandomOrders(0)


@pytest.mark.parametrize(
    ("told", "day"),
    [
        ("2013", (2013, 0, 0)),
        ("2013-11", (2013, 11, 0)),
        ("2013-11-21", (2013, 11, 21)),
        ("2013-11-21T09:30:00", (2013, 11, 21)),
        (" 21/11/2013 ", (2013, 11, 21)),
        ("21.11.2013", (2013, 11, 21)),
        ("11/2013", (2013, 11, 0)),
        ("2013-13-01", None),
        ("novembre 2013", None),
        ("", None),
    ],
)
def test_days(told, day):
    assert parse_day(told) == day


def test_the_curve_in_the_order_of_dates():
    coded = corpus(
        interview("t1", "abb", date="2013-11-21"),
        interview("t2", "bc", date="1/2/2013"),
        interview("t3", "", date="2013-06"),
        interview("t0", "ad", date="?"),
        interview("t4", "cd"),
    )
    result = saturation(coded, orders=RandomOrders(50))
    table = result.table
    assert list(table["interview"]) == ["t2", "t3", "t1", "t0", "t4"]
    assert list(table["date"]) == ["1/2/2013", "2013-06", "2013-11-21", "", ""]
    assert list(table["codes"]) == [2, 0, 2, 2, 2]
    assert list(table["new_codes"]) == [2, 0, 1, 1, 0]
    assert list(table["new_code_ids"]) == ["b|c", "", "a", "d", ""]
    assert list(table["cumulative_codes"]) == [2, 2, 3, 4, 4]
    assert list(table["cumulative_share"]) == [0.5, 0.5, 0.75, 1, 1]
    assert table["cumulative_median"].iloc[-1] == table["cumulative_p5"].iloc[-1] == 4
    assert (table["cumulative_p5"] <= table["cumulative_median"]).all()
    assert (table["cumulative_median"] <= table["cumulative_p95"]).all()
    assert any("2 without a date" in note for note in result.notes)
    assert any("Braun & Clarke 2019" in note for note in result.notes)


def test_without_dates_in_the_order_of_ids():
    result = saturation(corpus(interview("t2", "a"), interview("t1", "b"), interview("t10", "c")))
    assert list(result.table["interview"]) == ["t1", "t10", "t2"]
    assert any("order of their ids" in note for note in result.notes)


def test_groups_are_looked_at_by_themselves():
    coded = corpus(
        interview("t1", "ab", case="x", stage="young"),
        interview("t2", [("b", "R"), ("c", "S"), ("d", "E")], case="y", stage="old"),
        interview("t3", "c", case="x"),
    )
    by_case = saturation(coded, by=["case"], orders=RandomOrders(10)).table
    assert by_case["group"].tolist() == ["(all)"] * 3 + ["x"] * 2 + ["y"]
    assert by_case["new_codes"].tolist() == [2, 1, 0, 2, 1, 2]
    alone = saturation(corpus(interview("t1", "ab"), interview("t3", "c")), orders=RandomOrders(10)).table
    inside = by_case[by_case["group"] == "x"].reset_index(drop=True)
    for column in ("new_codes", "cumulative_codes", "cumulative_p5", "new_p95"):
        assert inside[column].tolist() == alone[column].tolist()
    by_role = saturation(coded, by=["role"], orders=RandomOrders(10)).table
    assert by_role[by_role["group"] == "unknown"]["new_code_ids"].tolist() == ["", "c", ""]
    by_stage = saturation(coded, by=["stage"], orders=RandomOrders(10)).table
    assert by_stage["group"].unique().tolist() == ["(all)", "", "old", "young"]
    with pytest.raises(InputError, match="did you mean « stage »"):
        saturation(coded, by=["stages"])


def test_cases_as_interviews():
    coded = corpus(
        interview("t1", "a", case="y", date="2014"),
        interview("t2", "b", case="x", date="2013-05"),
        interview("t3", "c", case="y", date="2013-01"),
    )
    table = saturation(coded, item="case", orders=RandomOrders(10)).table
    assert table[["interview", "date", "new_codes"]].to_numpy().tolist() == [["y", "2013-01", 2], ["x", "2013-05", 1]]


def test_with_descendants_branches_count():
    coded = corpus(interview("t1", "a"), interview("t2", "b"))
    table = saturation(coded, descendants=True, orders=RandomOrders(10)).table
    assert table["new_code_ids"].tolist() == ["top|a", "b"]


def test_thresholds_of_a_corpus():
    met = ["abcdefghij", "klmnop", "qrs", "t", "", "u", "", "", ""]
    codes = "abcdefghijklmnopqrstu"
    coded = corpus(*(interview(f"t{place}", told) for place, told in enumerate(met)), codes=codes)
    result = saturation_thresholds(coded, orders=RandomOrders(200))
    table = result.table.set_index(["base", "run", "threshold"])
    assert table.loc[(4, 2, 0.05), "saturation"] == "4+2"
    assert table.loc[(4, 2, 0.05), "new_information"] == pytest.approx(1 / 20)
    assert table.loc[(4, 2, 0.0), ["saturation", "interviews_needed", "base_codes"]].tolist() == ["6+2", 6, 20]
    assert table.loc[(6, 3, 0.0), "saturation"] == "6+3"
    assert (table["undefined"] == "").all()
    assert (table["random_reached_share"] <= 1).all()
    assert table["random_p5"].min() >= 4
    (row,) = saturation_thresholds(coded, [Criterion(9, 1, 0.5)], orders=RandomOrders(5)).table.to_dict("records")
    assert (row["saturation"], row["undefined"]) == ("", "too_few_interviews")
    assert np.isnan(row["random_reached_share"])
    (row,) = saturation_thresholds(coded, [Criterion(1, 1, 0.0)], orders=RandomOrders(5)).table.to_dict("records")
    assert row["saturation"] == "4+1"


def test_what_is_not_reached_says_why():
    late = corpus(*(interview(f"t{place}", code) for place, code in enumerate("abcdef")))
    row = saturation_thresholds(late, [Criterion(4, 2, 0.05)]).table.iloc[0]
    assert (row["saturation"], row["undefined"], row["new_codes"], row["new_information"]) == (
        "",
        "not_reached",
        2,
        0.5,
    )
    assert row["random_reached_share"] == 0
    empty = corpus(*(interview(f"t{place}", "") for place in range(8)))
    row = saturation_thresholds(empty, [Criterion(4, 2, 0.05)]).table.iloc[0]
    assert (row["undefined"], row["base_codes"]) == ("no_code_in_base", 0)


@pytest.mark.parametrize(
    "coded", [corpus(), corpus(interview("t", "")), corpus(interview("t", "a")), corpus(codes="a")]
)
@pytest.mark.parametrize("by", [[], ["case"], ["role", "case"]])
@pytest.mark.parametrize("item", ["transcript", "case"])
def test_next_to_nothing_is_an_answer(coded, by, item):
    for function in (saturation, saturation_thresholds):
        result = function(coded, by=by, item=item, orders=RandomOrders(5))
        assert result.notes
    assert len(ordered_interviews(coded, by=by, item=item)[0].ids) == len(coded.corpus.transcripts)


def test_the_same_twice():
    coded = corpus(*(interview(f"t{place}", code) for place, code in enumerate(["ab", "c", "ad", "", "ef"])))
    for function in (saturation, saturation_thresholds):
        assert function(coded).table.to_csv() == function(coded).table.to_csv()
