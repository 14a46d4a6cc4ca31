"""Codes across groups: counts by hand, tests by scipy, chance by simulation, and what must not crash."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import permutations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_corpora import Interview, codebook, made
from scipy.stats import chi2_contingency, norm

from ptce_qual.analysis.coded_corpus import CodedCorpus
from ptce_qual.analysis.comparison import Labels, comparison, readings, standing_name
from ptce_qual.analysis.comparison.chance import chance
from ptce_qual.analysis.contingency import adjusted_residuals, chi_squared
from ptce_qual.analysis.counting import Counting
from ptce_qual.analysis.coverage import ALL
from ptce_qual.analysis.inference import Inference
from ptce_qual.analysis.permutation import Relabellings
from ptce_qual.errors import InputError

BOOK = codebook("branch", ("a", "branch"), ("b", "branch"), "c")
QUICK = Inference(permutations=199)


def sentences(count: int, **coded: int) -> list[tuple[str, ...]]:
    """Return sentences of which the first so many carry a code."""
    return [tuple(code for code, first in coded.items() if place < first) for place in range(count)]


def corpus(*told: tuple[str, Sequence[tuple[str, ...]]], **cases: Mapping[str, str]) -> CodedCorpus:
    return made(BOOK, [Interview(case, spoken) for case, spoken in told], cases)


FOUR = corpus(
    ("one", sentences(40, a=20, b=3)),
    ("two", sentences(60, a=25, b=2)),
    ("three", sentences(50, a=5, b=4)),
    ("four", sentences(30, a=2)),
    one={"origin": "town"},
    two={"origin": "town"},
    three={"origin": "people"},
    four={"origin": "people"},
)


def test_counts_shares_and_chi_squared_by_hand() -> None:
    found = comparison(FOUR, by=["origin"]).codes.table.set_index("code_id")
    assert found.index.tolist() == [ALL, "a", "b", "c"]
    row = found.loc["a"]
    assert (row["coded"], row["units"], row["df"], row["test"]) == (52, 180, 1, "chi2")
    by_scipy = chi2_contingency([[45, 7], [55, 73]], correction=False)
    assert row["chi2"] == pytest.approx(by_scipy.statistic)
    assert row["p"] == pytest.approx(by_scipy.pvalue)
    assert row["cramers_v"] == pytest.approx(np.sqrt(by_scipy.statistic / 180))
    assert (row["highest_group"], row["highest_share"]) == ("town", 0.45)


def test_a_small_table_is_tested_exactly() -> None:
    found = comparison(FOUR, by=["origin"]).codes.table.set_index("code_id")
    assert found.loc["b", "test"] == "fisher"  # 9 coded of 180, 80 of them of people: 4 are expected there
    assert comparison(FOUR, by=["case"]).codes.table.set_index("code_id").loc["b", "test"] == "monte_carlo"


def test_cells_are_haberman_s_residuals() -> None:
    found = comparison(FOUR, by=["case"], inference=QUICK).cells.table.set_index(["code_id", "group"])
    table = [[5 - 3, 5, 20, 25], [28, 45, 20, 35]]  # four, three, one, two: in the order of the groups' names
    residuals = adjusted_residuals(table)[0]
    cells = found.loc["a"]
    assert cells.index.tolist() == ["four", "one", "three", "two"]
    assert cells["residual"].tolist() == pytest.approx([residuals[0], residuals[2], residuals[1], residuals[3]])
    assert cells["p"].tolist() == pytest.approx(2 * norm.sf(abs(cells["residual"])))
    assert cells["expected"].tolist() == pytest.approx([52 * size / 180 for size in (30, 40, 50, 60)])
    assert cells.loc["one", "share"] == 0.5
    assert cells.loc["one", "share_elsewhere"] == pytest.approx(32 / 140)


def test_of_two_groups_a_code_is_one_test() -> None:
    compared = comparison(FOUR, by=["origin"])
    codes, cells = compared.codes.table.set_index("code_id"), compared.cells.table.set_index("code_id")
    assert cells.loc["a", "p"].tolist() == pytest.approx([codes.loc["a", "p"]] * 2)
    assert cells.loc["a", "p_adjusted"].tolist() == pytest.approx([codes.loc["a", "p_adjusted"]] * 2)
    assert cells.loc["a", "residual"].sum() == pytest.approx(0)


def test_the_families_are_codes_and_cells() -> None:
    compared = comparison(FOUR, by=["case"], inference=QUICK)
    codes = compared.codes.table.set_index("code_id")
    assert codes.loc["a", "p_adjusted"] == pytest.approx(2 * codes.loc["a", "p"])  # c is never coded: no test
    assert np.isnan(codes.loc["c", "p"])
    cells = compared.cells.table
    smallest = cells["p"].min()
    assert cells["p_adjusted"].min() == pytest.approx(8 * smallest)
    alone = comparison(FOUR, Counting(codes=["a"]), by=["case"], inference=QUICK).cells.table
    assert alone["p_adjusted"].min() == pytest.approx(4 * smallest)


def test_the_whole_table_is_of_codes_and_groups() -> None:
    row = comparison(FOUR, by=["origin"]).codes.table.iloc[0]
    assert (row["coded"], row["units"]) == (52, 180)  # sentences with any code
    assert row["chi2"] == pytest.approx(float(chi_squared([[7, 45], [4, 5]])))
    assert np.isnan(row["p_adjusted"])


def test_permutation_goes_through_all_ways_to_deal_the_cases_out() -> None:
    compared = comparison(FOUR, by=["origin"])
    assert compared.exchanged == "case"
    sizes, coded = {"one": 40, "two": 60, "three": 50, "four": 30}, {"one": 20, "two": 25, "three": 5, "four": 2}

    def statistic(town: Sequence[str]) -> float:
        people = [case for case in sizes if case not in town]
        inside = [[sum(coded[case] for case in group) for group in (town, people)]]
        whole = [sum(sizes[case] for case in group) for group in (town, people)]
        return float(chi_squared([inside[0], [whole[0] - inside[0][0], whole[1] - inside[0][1]]]))

    ways = [statistic(order[:2]) for order in permutations(sizes)]
    expected = np.mean(np.array(ways) >= statistic(["one", "two"]) - 1e-9)
    assert compared.codes.table.set_index("code_id").loc["a", "permutation_p"] == pytest.approx(expected)
    assert any("all 6 distinct orders" in note for note in compared.codes.notes)


def test_random_orders_come_near_all_orders() -> None:
    random = np.random.default_rng(0)
    units = random.integers(20, 60, 10)
    coded = random.binomial(units, random.uniform(0.05, 0.3, 10))[:, np.newaxis]
    labels = np.array([0] * 3 + [1] * 3 + [2] * 4)
    exact, drawn = (
        chance(coded, units, labels, Relabellings(labels, count)) for count in (10_000, 4_199)
    )  # there are 4,200
    assert drawn.codes == pytest.approx(exact.codes, abs=0.03)
    assert drawn.cells == pytest.approx(exact.cells, abs=0.03)


@settings(max_examples=25)
@given(st.integers(0, 2**32 - 1), st.integers(2, 4))
def test_the_statistics_under_permutation_are_those_of_the_tables(seed: int, count: int) -> None:
    random = np.random.default_rng(seed)
    units = random.integers(1, 30, 9)
    coded = np.array([random.integers(0, units + 1) for _code in range(3)]).T
    labels = np.concatenate([np.arange(count), random.integers(0, count, 9 - count)])
    relabellings = Relabellings(labels, 99, seed)
    found = chance(coded, units, labels, relabellings)
    orders = np.concatenate(list(relabellings.chunks()))
    for code in range(3):
        tables = [
            [np.bincount(order, weights=part, minlength=count) for part in (coded[:, code], units - coded[:, code])]
            for order in [labels, *orders]
        ]
        values, residuals = chi_squared(tables), np.abs(adjusted_residuals(tables)[:, 0])
        if 0 < coded[:, code].sum() < units.sum():
            reached = (values[1:] >= values[0] - 1e-9).sum()
            assert found.codes[code] == pytest.approx(relabellings.p_value(reached))
            near = (residuals[1:] >= residuals[0] - 1e-9).sum(axis=0)
            assert found.cells[code] == pytest.approx(relabellings.p_value(near))
        else:
            assert np.isnan(found.codes[code])


def test_false_positives_when_the_attribute_means_nothing() -> None:
    """Noise of cases, 13 of 3 interviews each: 400 codes that no group has a share in.

    Exchanging cases finds 5 % of them; exchanging interviews, or taking sentences as independent, far more.
    """
    random = np.random.default_rng(13)
    cases, interviews, codes, units = 13, 3, 400, 150
    logits = -3 + random.normal(0, 0.6, (cases, 1, codes)) + random.normal(0, 0.2, (cases, interviews, codes))
    coded = random.binomial(units, 1 / (1 + np.exp(-logits)))
    groups = np.array([0] * 5 + [1] * 5 + [2] * 3)
    of_cases = chance(coded.sum(axis=1), np.full(cases, units * interviews), groups, Relabellings(groups, 999)).codes
    of_interviews = np.repeat(groups, interviews)
    flat = coded.reshape(-1, codes)
    shuffled = chance(flat, np.full(len(flat), units), of_interviews, Relabellings(of_interviews, 999)).codes
    inside = np.stack([coded[groups == group].sum(axis=(0, 1)) for group in range(3)], axis=-1)
    sizes = np.bincount(groups) * units * interviews
    independent = [chi2_contingency([row, sizes - row], correction=False).pvalue for row in inside]
    assert np.mean(of_cases <= 0.05) == pytest.approx(0.05, abs=0.025)
    assert np.mean(shuffled <= 0.05) > 0.12
    assert np.mean(np.array(independent) <= 0.05) > 0.3


def test_an_attribute_of_interviews_that_lies_with_the_cases_is_theirs() -> None:
    interviews = [
        Interview(case, sentences(10, a=3), {"function": function, "region": region})
        for case, region in (("one", "north"), ("two", "north"), ("three", "south"))
        for function in ("elected", "member")
    ]
    coded = made(BOOK, interviews)
    assert comparison(coded, by=["region"], inference=QUICK).exchanged == "case"
    assert comparison(coded, by=["function"], inference=QUICK).exchanged == "transcript"
    assert comparison(coded, by=["speaker"], inference=QUICK).codes.table.empty
    by_case = comparison(coded, by=["case"], inference=QUICK)
    assert by_case.exchanged == "transcript"
    assert any("can't be exchanged" in note for note in by_case.codes.notes)
    mixed = comparison(coded, by=["function", "region"], inference=QUICK)
    assert mixed.exchanged == "transcript"
    assert any("several levels" in note for note in mixed.codes.notes)


def test_turns_are_exchanged_for_what_turns_carry() -> None:
    coded = made(BOOK, [Interview(case, sentences(24, a=6), turns=8) for case in ("one", "two")])
    assert comparison(coded, by=["speaker"], inference=QUICK).exchanged == "turn"
    by_interview = comparison(coded, by=["transcript"], inference=QUICK)
    assert by_interview.exchanged == "turn"
    assert any("lenient" in note for note in by_interview.codes.notes)


def test_groups_of_one_turn_each_have_no_permutation() -> None:
    coded = made(BOOK, [Interview("one", sentences(9, a=4), turns=3)])
    compared = comparison(coded, by=["speaker"], inference=QUICK)
    assert compared.exchanged is None
    assert compared.codes.table["permutation_p"].isna().all()
    assert any("No permutation test" in note for note in compared.codes.notes)


def test_turns_as_units() -> None:
    coded = made(BOOK, [Interview(case, sentences(12, a=5), turns=4) for case in ("one", "two")])
    row = (
        comparison(coded, Counting(unit="turn"), by=["case"], inference=QUICK).codes.table.set_index("code_id").loc["a"]
    )
    assert (row["coded"], row["units"]) == (4, 8)  # of 4 turns of 3 sentences, the 5 first sentences touch 2


def test_polarity_and_descendants() -> None:
    coded = corpus(("one", [("a",), ("a-",), ("b",), ()]), ("two", [("b-",), (), (), ()]))
    negated = comparison(coded, Counting(polarity=["negated"]), by=["case"], inference=QUICK).codes.table
    assert negated.set_index("code_id")["coded"].to_dict() == {ALL: 2, "a": 1, "b": 1, "c": 0}
    whole = comparison(coded, Counting(descendants=True), by=["case"], inference=QUICK).codes.table
    assert whole.set_index("code_id").loc["branch", "coded"] == 4


def test_a_code_stands_for_those_below_it() -> None:
    found = comparison(FOUR, Counting(codes=["branch"]), by=["case"], inference=QUICK).codes.table
    assert found["code_id"].tolist() == [ALL, "a", "b"]


def test_sentences_without_a_group_are_left_out_and_told() -> None:
    coded = corpus(("one", sentences(10, a=5)), ("two", sentences(10, a=1)), ("three", sentences(7, a=7)),
                   one={"origin": "town"}, two={"origin": "people"}, three={"origin": ""})  # fmt: skip
    compared = comparison(coded, by=["origin"], inference=QUICK)
    assert compared.codes.table.set_index("code_id").loc["a", "units"] == 20
    assert any("7 sentences are left out" in note for note in compared.codes.notes)
    combined = comparison(coded, by=["origin", "case"], inference=QUICK)
    assert combined.cells.table["group"].unique().tolist() == ["people × two", "town × one"]


NOTHING = {
    "no interview": made(BOOK, [], {"one": {"origin": "town"}}),
    "one case": corpus(("one", sentences(5, a=2)), one={"origin": "town"}),
    "an attribute told of none": corpus(("one", sentences(5, a=2)), one={"origin": ""}),
    "no sentence": corpus(("one", []), ("two", []), one={"origin": "town"}, two={"origin": "people"}),
}


@pytest.mark.parametrize("name", NOTHING)
def test_where_there_is_nothing_to_compare_an_empty_table_says_so(name: str) -> None:
    compared = comparison(NOTHING[name], by=["origin"], inference=QUICK)
    assert compared.codes.table.empty
    assert compared.cells.table.empty
    assert compared.verbatims.table.empty
    assert "nothing to compare" in compared.codes.notes[0]
    assert list(readings(compared)) == []


def test_no_coding_at_all() -> None:
    coded = corpus(("one", sentences(5)), ("two", sentences(6)), one={"origin": "town"}, two={"origin": "people"})
    compared = comparison(coded, by=["origin"], inference=QUICK)
    assert compared.codes.table["coded"].tolist() == [0, 0, 0, 0]
    assert compared.codes.table["p"].isna().all()
    assert not compared.cells.table["marked"].any()


def test_what_nothing_has_is_refused_with_a_suggestion() -> None:
    with pytest.raises(InputError, match="« origin »"):
        comparison(FOUR, by=["orgin"])
    with pytest.raises(InputError, match="« branch »"):
        comparison(FOUR, Counting(codes=["brunch"]))


def test_readings_are_whole_sentences() -> None:
    compared = comparison(FOUR, by=["origin"])
    labels = Labels({"a": "Authority"}, {"origin": "origin of the pole"}, {"origin": {"town": "the town"}})
    first = next(readings(compared, labels))
    assert (first.standing, first.code_id, first.group) == ("not_upheld", "a", "people")
    assert "under-represented" in first.sentence
    assert standing_name(compared, first.standing) == "Permuting cases does not uphold:"
    over = [one.sentence for one in readings(compared, labels) if one.group == "town"]
    assert over[0] == (
        "« Authority » is over-represented where origin of the pole is « the town »: 45.0% of sentences against "
        "8.8% elsewhere (residual 5.3, adjusted p\u00a0<\u00a00.001; permuted p\u00a0=\u00a00.333, adjusted "
        "p\u00a0=\u00a00.667)."
    )


def test_verbatims_by_rules_then_length_then_place() -> None:
    spoken = [("a:r1",), ("a:r1", "a:r2"), ("a:r1",), ("a:r1",), ("a:r1",), *[()] * 15]
    words = [2, 30, 5, 4, 9, *[3] * 15]
    interviews = [
        Interview("one", spoken, words=words),
        Interview("one", sentences(40, a=30)),
        Interview("two", sentences(80)),
    ]
    compared = comparison(made(BOOK, interviews), by=["case"], inference=QUICK, verbatims=4)
    found = compared.verbatims.table
    assert set(found["group"]) == {"one"}  # « two » is marked too, and has no verbatim
    # two rules first; then by distance from the median of 3 words, the place deciding: all others have 3 words
    assert found["rank"].tolist() == [1, 2, 3, 4]
    assert found["rules"].tolist() == [2, 1, 1, 1]
    assert found["words"].tolist() == [30, 3, 3, 3]
    texts = {one.id: one.text for one in made(BOOK, interviews).corpus.transcripts}
    for row in found.itertuples():
        assert texts[row.transcript_id][row.start : row.end] == row.quote
    assert "ranked by" in compared.verbatims.notes[0]


def test_names_of_groups_and_the_order_of_interviews_do_not_matter() -> None:
    renamed = corpus(
        ("four", sentences(30, a=2)),
        ("two", sentences(60, a=25, b=2)),
        ("three", sentences(50, a=5, b=4)),
        ("one", sentences(40, a=20, b=3)),
        one={"origin": "z"}, two={"origin": "z"}, three={"origin": "y"}, four={"origin": "y"},
    )  # fmt: skip
    before, after = (comparison(one, by=["origin"]).codes.table for one in (FOUR, renamed))
    pd.testing.assert_frame_equal(before.drop(columns="highest_group"), after.drop(columns="highest_group"))


def test_the_same_seed_gives_the_same_table() -> None:
    once, again = (comparison(FOUR, by=["case"], inference=Inference(permutations=99, seed=4)) for _time in range(2))
    pd.testing.assert_frame_equal(once.codes.table, again.codes.table)
    pd.testing.assert_frame_equal(once.cells.table, again.cells.table)
