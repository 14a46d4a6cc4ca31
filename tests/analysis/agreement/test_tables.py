"""Tables of agreement: published tables laid on texts, cells against coefficients by themselves, what must hold."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from published import BINARY, GWET, two_coders
from several_coders import coding, corpus, turn

from ptce_qual.analysis.agreement import (
    ALL_MEASURES,
    MEASURES,
    CoderComparison,
    Continuum,
    Sampling,
    agreement,
    coder_agreement,
    coding_alpha,
    disagreements,
    intervals,
    judgements,
    pair_agreement,
    pair_matrix,
    polarity_agreement,
    unitizing_alpha,
)
from ptce_qual.errors import InputError

FEW = Sampling(samples=20)


def sentences(count):
    return "Abcd. " * count


def laid(ratings, code="a", names="wxyz"):
    """Return rows of codings from coders × sentences, 1 for coded."""
    return [
        (names[coder], "t0", 6 * place, 6 * place + 5, code)
        for coder, row in enumerate(ratings)
        for place, mark in enumerate(row)
        if mark == 1
    ]


def compared(ratings, **options):
    names = "wxyz"[: len(ratings)]
    multiple = coding(corpus([sentences(len(ratings[0]))]), laid(ratings), dict.fromkeys(names, ("t0",)))
    return CoderComparison(multiple, sampling=FEW, **options)


def row_of(result, code="a"):
    return result.table.set_index("code_id").loc[code]


def test_published_tables_through_texts():
    skewed = row_of(coder_agreement(compared(two_coders(GWET))))
    assert skewed["cohen_kappa"] == pytest.approx(0.314442, abs=5e-7)
    assert skewed["gwet_ac1"] == pytest.approx(0.808, abs=5e-4)
    assert (skewed["units"], skewed["coded_any"], skewed["coded_all"], skewed["disagreements"]) == (100, 20, 5, 15)
    assert skewed["prevalence_index"] == pytest.approx((5 - 80) / 100)
    assert skewed["bias_index"] == pytest.approx((8 - 7) / 100)
    assert (skewed["coded:w"], skewed["coded:x"]) == (13, 12)
    assert row_of(coder_agreement(compared(BINARY)))["krippendorff_alpha"] == pytest.approx(0.095238, abs=5e-7)


def test_published_continua_through_texts():
    text = "x" * 55 + "."
    one = [
        (c, "t0", s, e, "a") for c, s, e in (("w", 3, 15), ("w", 22, 53), ("x", 3, 10), ("x", 22, 53), ("y", 22, 46))
    ]
    result = row_of(coder_agreement(CoderComparison(coding(corpus([text]), one), sampling=FEW)))
    assert result["unitizing_alpha"] == pytest.approx(0.5645449, abs=5e-8)
    assert "coding_alpha=one_value_meets" in result["undefined"]
    book = {  # Krippendorff 2019, fig. 12.11: seven codes, of which none overlap
        "w": ((0, 7, 1), (7, 13, 2), (30, 32, 5), (32, 37, 6), (37, 44, 6), (44, 60, 7)),
        "x": ((0, 7, 1), (7, 13, 3), (13, 21, 5), (32, 44, 6)),
        "y": ((0, 7, 1), (7, 13, 4), (13, 21, 5), (32, 37, 6), (37, 41, 6), (41, 44, 6)),
    }
    spans = [(c, "t0", start, end, f"c{value}") for c, units in book.items() for start, end, value in units]
    coded = corpus(["x" * 59 + "."], codes=[f"c{value}" for value in range(1, 8)])
    whole = row_of(coder_agreement(CoderComparison(coding(coded, spans), sampling=FEW)), "(all)")
    assert whole["unitizing_alpha"] == pytest.approx(0.510, abs=5e-4)
    assert whole["coding_alpha"] == pytest.approx(0.724, abs=5e-4)


def test_sets_of_codes_are_compared_where_codes_overlap():
    spans = [("w", "t0", 0, 10, "a"), ("w", "t0", 4, 8, "b"), ("x", "t0", 0, 8, "a"), ("x", "t0", 4, 8, "b")]
    found = row_of(coder_agreement(CoderComparison(coding(corpus(["x" * 19 + "."]), spans), sampling=FEW)), "(all)")
    continuum = Continuum(20, (((0, 4, 0), (4, 8, 1), (8, 10, 0)), ((0, 4, 0), (4, 8, 1))))
    assert found["unitizing_alpha"] == pytest.approx(unitizing_alpha([continuum]).value)
    assert found["coding_alpha"] == pytest.approx(coding_alpha([continuum]).value)


def test_a_coding_over_an_interviewers_question_is_one_unit():
    text = "Abcd. Efgh. Ijkl."
    turns = {0: [turn(0, 5), turn(6, 11, "interviewer", "E"), turn(12, 17)]}
    spans = [("w", "t0", 0, 17, "a"), ("x", "t0", 0, 5, "a"), ("x", "t0", 12, 17, "a"), ("y", "t0", 6, 11, "a")]
    found = coder_agreement(CoderComparison(coding(corpus([text], turns=turns), spans), sampling=FEW))
    continuum = Continuum(10, (((0, 10, 0),), ((0, 5, 0), (5, 10, 0)), ()))
    assert row_of(found)["unitizing_alpha"] == pytest.approx(unitizing_alpha([continuum]).value)
    assert any("1 coding touches nothing" in note for note in found.notes)


def drawn(seed, transcripts=4, coders="wxy"):
    """Return codings by chance on transcripts of 3 to 6 sentences, of which coders read some."""
    random = np.random.default_rng(seed)
    counts = random.integers(3, 7, transcripts)
    coded = corpus([sentences(count) for count in counts], codes=("a", "b", "c"))
    read, spans = {}, []
    for coder in coders:
        read[coder] = [f"t{place}" for place in range(transcripts) if random.random() < 0.8]
        for name in read[coder]:
            for place in range(counts[int(name[1])]):
                for code in "abc":
                    if random.random() < 0.4:
                        start = 6 * place + int(random.integers(0, 4))
                        polarity = ["affirmed", "negated", "hypothetical", None][random.integers(4)]
                        spans.append((coder, name, start, start + int(random.integers(1, 7)), code, polarity))
    return coding(coded, [s for s in spans if s[3] <= 6 * counts[int(s[1][1])]], read)


@given(st.integers(0, 10**6), st.sampled_from(["sentence", "turn", "character"]), st.booleans())
@settings(max_examples=40, deadline=None)
def test_cells_are_the_coefficients_of_the_judgements(seed, unit, by_transcript):
    multiple = drawn(seed)
    cluster = "transcript" if by_transcript or unit == "character" else "unit"
    result = coder_agreement(CoderComparison(multiple, unit, cluster, sampling=FEW)).table.set_index("code_id")
    judged = judgements(multiple, unit)
    marks = judged.marks.astype(int)
    laid_codes = [place for place in range(3) if (marks[:, place] == 1).any()]
    by_code = {code: marks[:, place] for place, code in enumerate(judged.codes)}
    by_code["(all)"] = np.concatenate([marks[:, place] for place in laid_codes] or [marks[:, 0, :0]], axis=1)
    for code, ratings in by_code.items():
        copies = len(laid_codes) if code == "(all)" else 1
        repeats = np.tile(judged.repeats, copies)
        units = np.repeat(ratings, repeats, axis=1)
        transcripts = np.repeat(np.tile(judged.units.transcript, copies), repeats)
        shared = (units >= 0).sum(axis=0) >= 2
        row = result.loc[code]
        assert row["units"] == shared.sum()
        assert row["units_set_aside"] == (~shared).sum()
        assert row["disagreements"] == row["coded_any"] - row["coded_all"]
        for measure in MEASURES:
            expected = agreement(units[:, shared], measure, categories=2)
            assert (expected.value is None) == pd.isna(row[measure])
            assert expected.value is None or row[measure] == pytest.approx(expected.value, abs=1e-9)
            assert (f"{measure}={expected.undefined}" in row["undefined"]) == (expected.value is None)
        if code != "(all)":
            clusters = transcripts[shared] if cluster == "transcript" else None
            interval = intervals(
                units[:, shared], ["krippendorff_alpha"], clusters=clusters, categories=2, sampling=FEW
            )["krippendorff_alpha"]
            low, high = row["krippendorff_alpha_low"], row["krippendorff_alpha_high"]
            assert (interval.low is None) == pd.isna(low)
            assert interval.low is None or (low, high) == pytest.approx((interval.low, interval.high))
    for measure in MEASURES:
        defined = [result.loc[code, measure] for code in "abc" if not pd.isna(result.loc[code, measure])]
        assert result.loc["(mean)", measure] == pytest.approx(np.mean(defined) if defined else np.nan, nan_ok=True)


@given(st.integers(0, 10**6), st.permutations("wxy"))
@settings(max_examples=25, deadline=None)
def test_the_order_of_coders_changes_no_measure(seed, order):
    multiple = drawn(seed)
    first = coder_agreement(CoderComparison(multiple, sampling=FEW)).table
    second = coder_agreement(CoderComparison(multiple.of(order), sampling=FEW)).table
    for table in (first, second):
        table["bias_index"] = table["bias_index"].abs()  # its sign tells which of the two lays the code more often
    pd.testing.assert_frame_equal(first[sorted(first)], second[sorted(first)])


@given(st.integers(0, 10**6))
@settings(max_examples=25, deadline=None)
def test_pairs_are_comparisons_of_two(seed):
    multiple = drawn(seed)
    pairs = pair_agreement(CoderComparison(multiple, sampling=FEW))
    for pair in combinations("wxy", 2):
        # What is pooled are the codes that any of all coders laid.
        alone = CoderComparison(multiple.of(pair), sampling=FEW)
        expected = coder_agreement(alone).table.set_index("code_id")
        rows = pairs.table[(pairs.table["coder_1"] == pair[0]) & (pairs.table["coder_2"] == pair[1])]
        rows = rows.set_index("code_id")
        for code in "abc":
            for column in (*ALL_MEASURES, "krippendorff_alpha_low", "bias_index"):
                assert rows.loc[code, column] == pytest.approx(expected.loc[code, column], nan_ok=True)
            assert rows.loc[code, "coded_2"] == expected.loc[code, f"coded:{pair[1]}"]
    matrix = pair_matrix(pairs, "cohen_kappa").table
    assert list(matrix.columns) == ["w × x", "w × y", "x × y"]
    assert list(matrix.index) == ["(all)", "(mean)", "a", "b", "c"]


def test_the_same_input_gives_the_same_table():
    first, second = (coder_agreement(CoderComparison(drawn(5), sampling=FEW)).table for _time in range(2))
    pd.testing.assert_frame_equal(first, second, check_exact=True)


@pytest.mark.parametrize("unit", ["sentence", "turn", "character"])
@pytest.mark.parametrize(
    "multiple",
    [
        coding(corpus([]), [], {"w": [], "x": []}),
        coding(corpus([sentences(3)]), [], {"w": ["t0"], "x": ["t0"]}),
        coding(corpus([sentences(3)]), laid([[1, 0, 1]])),
        coding(corpus([sentences(3)]), [], {}),
        coding(corpus([sentences(3)] * 2), laid([[1, 0, 1], [0, 1, 1]]), {"w": ["t0"], "x": ["t0"], "y": ["t1"]}),
        coding(corpus([sentences(1)], codes=("a",)), laid([[1], [1]])),
        coding(corpus([""], codes=("a",)), [], {"w": ["t0"], "x": ["t0"]}),
    ],
)
def test_nothing_to_compare_is_an_answer(unit, multiple):
    for function in (coder_agreement, pair_agreement, polarity_agreement, disagreements):
        result = function(CoderComparison(multiple, unit, sampling=FEW))
        assert result.notes
    table = coder_agreement(CoderComparison(multiple, unit, sampling=FEW)).table
    undefined = table[table["code_id"] != "(mean)"]
    assert (undefined["krippendorff_alpha"].isna() == undefined["undefined"].str.contains("krippendorff_alpha=")).all()


def test_one_category_is_undefined_and_never_one():
    row = row_of(coder_agreement(compared([[0, 0, 0], [0, 0, 0]])))
    assert row["percent_agreement"] == 1
    assert np.isnan(row["gwet_ac1"])
    assert "gwet_ac1=one_category" in row["undefined"]
    assert "unitizing_alpha=nothing_marked" in row["undefined"]


def test_characters_are_not_drawn_one_by_one():
    with pytest.raises(InputError, match="not independent"):
        compared(BINARY, unit="character", cluster="unit")
    assert compared(BINARY, unit="character").drawn == "transcript"


def test_codes_are_chosen_by_id_and_a_slip_is_told():
    coded = corpus([sentences(2)])
    multiple = coding(coded, laid([[1, 0], [1, 1]]) + laid([[0, 1]], "b"))
    assert list(coder_agreement(CoderComparison(multiple, codes=["b"])).table["code_id"]) == ["(all)", "(mean)", "b"]
    assert row_of(coder_agreement(CoderComparison(multiple, codes=["b"])), "(all)")["units"] == 2
    branch = CoderComparison(multiple, codes=["branch"], sampling=FEW)
    assert list(branch.rows) == ["a", "b"]
    with pytest.raises(InputError, match="« brunch »; did you mean « branch »"):
        coder_agreement(CoderComparison(multiple, codes=["brunch"]))


def test_with_descendants_the_branch_has_a_row_and_is_not_pooled():
    multiple = coding(corpus([sentences(2)]), laid([[1, 0], [1, 1]]) + laid([[0, 1]], "b"))
    result = coder_agreement(CoderComparison(multiple, descendants=True, sampling=FEW))
    assert list(result.table["code_id"]) == ["(all)", "(mean)", "branch", "a", "b"]
    assert row_of(result, "branch")["coded_all"] == 2
    assert row_of(result, "(all)")["units"] == 4


def test_notes_tell_what_is_weak():
    few = coder_agreement(compared(BINARY, cluster="transcript"))
    assert any("there are no intervals" in note for note in few.notes)
    assert pd.isna(row_of(few)["krippendorff_alpha_low"])
    rare = coder_agreement(compared([[1, 0, 0], [1, 0, 0]]))
    assert any("samples of (all), a:" in note for note in rare.notes)


POLAR = [
    ("w", "t0", 0, 5, "a", "affirmed"),
    ("x", "t0", 0, 5, "a", "affirmed"),
    ("w", "t0", 6, 11, "a", "affirmed"),
    ("x", "t0", 6, 11, "a", "negated"),
    ("w", "t0", 12, 17, "a", "negated"),
    ("x", "t0", 12, 17, "a", "negated"),
    ("w", "t0", 18, 23, "a", "hypothetical"),  # w alone
    ("w", "t0", 24, 29, "a", "negated"),
    ("x", "t0", 24, 29, "a"),  # no polarity told
    ("w", "t0", 0, 5, "b", "hypothetical"),
    ("x", "t0", 0, 5, "b", "affirmed"),
]


def test_polarity_where_both_coded():
    result = polarity_agreement(CoderComparison(coding(corpus([sentences(5)]), POLAR), sampling=FEW))
    a = row_of(result)
    assert (a["units"], a["pairs"], a["units_set_aside"]) == (3, 3, 2)
    assert (a["affirmed_affirmed"], a["affirmed_negated"], a["negated_negated"]) == (1, 1, 1)
    assert a["percent_agreement"] == pytest.approx(2 / 3)
    assert a["cohen_kappa"] == pytest.approx(agreement([[0, 0, 1], [0, 1, 1]], "cohen_kappa").value)
    assert a["brennan_prediger"] == pytest.approx((2 / 3 - 1 / 3) / (2 / 3))
    continuum = Continuum(29, (((0, 5, 0), (6, 11, 0), (12, 17, 1)), ((0, 5, 0), (6, 11, 1), (12, 17, 1))))
    assert a["coding_alpha"] == pytest.approx(coding_alpha([continuum]).value)
    whole = row_of(result, "(all)")
    assert (whole["units"], whole["affirmed_hypothetical"]) == (4, 1)
    assert whole["krippendorff_alpha"] == pytest.approx(
        agreement([[0, 0, 1, 2], [0, 1, 1, 0]], "krippendorff_alpha").value
    )


def test_overlapping_polarities_of_one_coder_are_cut_where_the_later_begins():
    spans = [
        ("w", "t0", 0, 10, "a", "affirmed"), ("w", "t0", 4, 14, "a", "negated"),
        ("x", "t0", 0, 4, "a", "affirmed"), ("x", "t0", 4, 14, "a", "negated"),
    ]  # fmt: skip
    result = polarity_agreement(CoderComparison(coding(corpus(["x" * 19 + "."]), spans), sampling=FEW))
    assert row_of(result)["coding_alpha"] == 1


def test_disagreements_with_their_text():
    turns = {0: [turn(0, 11), turn(12, 29, speaker="S")]}
    spans = [*POLAR, ("y", "t0", 18, 20, "a", "affirmed", ("a-1", "a-2"))]
    multiple = coding(corpus([sentences(5)], turns=turns), spans, {**dict.fromkeys("wxy", ("t0",)), "z": ()})
    table = disagreements(CoderComparison(multiple.of("wx")), polarity=True).table
    told = table[["code_id", "kind", "start", "coded_by", "not_coded_by", "polarities", "speaker"]]
    assert told.to_numpy().tolist() == [
        ["a", "polarity", 6, "w|x", "", "w=affirmed|x=negated", "R"],
        ["a", "coding", 18, "w", "x", "w=hypothetical", "S"],
        ["b", "polarity", 0, "w|x", "", "w=hypothetical|x=affirmed", "R"],
    ]
    assert set(table["text"]) == {"Abcd."}
    assert len(disagreements(CoderComparison(multiple.of("wx"))).table) == 1
    three = disagreements(CoderComparison(multiple)).table.set_index("start").loc[18]
    assert (three["coded_by"], three["not_coded_by"], three["rule_ids"]) == ("w|y", "x", "a-1|a-2")


@given(st.integers(0, 10**6))
@settings(max_examples=25, deadline=None)
def test_disagreements_are_as_many_as_the_table_counts(seed):
    compared_ = CoderComparison(drawn(seed), sampling=FEW)
    listed = disagreements(compared_).table["code_id"].value_counts()
    counted = coder_agreement(compared_).table.set_index("code_id")["disagreements"]
    assert {code: listed.get(code, 0) for code in "abc"} == {code: counted[code] for code in "abc"}
