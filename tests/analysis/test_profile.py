"""The profile of cases: numbers as people write them, figures, counts, amounts, themes by attribute."""

from __future__ import annotations

import statistics

import numpy as np
import pytest
from made_corpora import Interview, codebook, made

from ptce_qual.analysis.inference import Inference
from ptce_qual.analysis.profile import Themes, case_counts, case_figures, themes_by_attribute
from ptce_qual.analysis.profile.case_attributes import case_attributes, number
from ptce_qual.errors import InputError
from ptce_qual.model import Case

BOOK = codebook("a", "b")
BUDGETS = ["152", "1 200,5", "45", "", "90"]
CASES = {
    name: {"budget": budget, "kind": kind, "sectors": sectors, "town": town, "region": region}
    for name, budget, kind, sectors, town, region in zip(
        "vwxyz", BUDGETS, ["old", "new", "old", "NC", "old"], ["art|farm", "farm", "", "art| wood |", "farm"],
        ["10", "20", "5", "0", "10"], ["5", "5", "0", "0", "1"], strict=True,
    )
}  # fmt: skip
CODED = made(BOOK, [Interview(name, [("a",)] * place + [()] * 5) for place, name in enumerate(CASES)], CASES)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("152", 152), ("0.32", 0.32), ("0,32", 0.32), ("32 %", 0.32), ("32\u00a0%", 0.32), ("5 000", 5000), (" 7 ", 7),
        ("1\u202f200\u00a0000,5", 1_200_000.5), ("-3", -3), ("+4", 4), ("", None), ("10 20", None),
        ("environ 50", None), ("nan", None), ("inf", None), ("1_000", None), ("2013-06-18", None), ("1,2,3", None),
        ("٣", None), ("12 k€", None),
    ],
)  # fmt: skip
def test_numbers_as_people_write_them(text: str, value: float | None) -> None:
    assert number(text) == (None if value is None else pytest.approx(value))


def test_attributes_are_numbers_categories_or_several() -> None:
    found = case_attributes(CODED.corpus.cases)
    assert list(found.numbers) == ["budget", "town", "region"]
    assert found.categories["kind"] == (("old",), ("new",), ("old",), (), ("old",))
    assert found.categories["sectors"] == (("art", "farm"), ("farm",), (), ("art", "wood"), ("farm",))
    assert found.multiple == {"sectors"}


def test_a_stray_word_among_numbers_is_refused_and_named() -> None:
    coded = made(BOOK, [], {"x": {"fte": "2"}, "y": {"fte": "environ 3"}, "z": {"fte": "4"}})
    result = case_figures(coded)
    assert result.table.iloc[0][["n", "missing", "median"]].tolist() == [2, 1, 3]
    assert any("y « environ 3 »" in note for note in result.notes)


def test_figures_beside_published_ones() -> None:
    reference = {"source": "A study.", "medians": {"budget": 100}, "means": {"town": 12}}
    table = case_figures(CODED, reference=reference).table.set_index("attribute")
    told = [152, 1200.5, 45, 90]
    assert table.loc["budget", "n"] == 4
    assert table.loc["budget", "missing"] == 1
    assert table.loc["budget", "median"] == statistics.median(told)
    assert [table.loc["budget", name] for name in ("q1", "q3")] == np.quantile(told, [0.25, 0.75]).tolist()
    assert table.loc["budget", ["reference_statistic", "reference", "difference"]].tolist() == ["median", 100, 21]
    assert table.loc["town", ["reference_statistic", "reference", "difference"]].tolist() == ["mean", 12, -3]
    assert table.loc["region", "reference_statistic"] == ""


def test_quartiles_are_hyndman_and_fan_s_type_7() -> None:
    coded = made(BOOK, [], {f"c{value}": {"x": str(value)} for value in range(1, 11)})
    row = case_figures(coded).table.iloc[0]
    assert row[["q1", "median", "q3"]].tolist() == [3.25, 5.5, 7.75]  # R: quantile(1:10)


def test_a_published_figure_of_an_unknown_attribute_is_told() -> None:
    notes = case_figures(CODED, reference={"source": "x", "medians": {"budgett": 1, "kind": 2}}).notes
    assert any("« budgett », which no case has" in note and "« budget »" in note for note in notes)
    assert any("« kind », which is not numeric" in note for note in notes)


def test_counts_of_categories() -> None:
    table = case_counts(CODED).table
    kinds = table[table["attribute"] == "kind"]
    assert kinds[["value", "cases", "n", "missing"]].to_numpy().tolist() == [["old", 3, 4, 1], ["new", 1, 4, 1]]
    sectors = table[table["attribute"] == "sectors"]
    assert sectors["kind"].unique().tolist() == ["multiple"]
    assert sectors[["value", "cases", "share"]].to_numpy().tolist() == [
        ["farm", 3, 0.75], ["art", 2, 0.5], ["wood", 1, 0.25],
    ]  # fmt: skip


def test_amounts_by_their_parts() -> None:
    result = case_counts(
        CODED, breakdowns={"support": {"label": "Support", "total": "budget", "parts": ["town", "region"]}}
    )
    parts = result.table[result.table["kind"] == "part"].set_index("value")
    assert parts["sum"].to_dict() == {"town": 45, "region": 11}
    assert parts["sum_share"].sum() == pytest.approx(1)
    assert parts["cases"].to_dict() == {"town": 4, "region": 3}
    assert parts["median"].to_dict() == {"town": 10, "region": 1}
    assert any("do not add up to budget for: v, w, x, z" in note for note in result.notes)


def test_parts_that_add_up_are_not_told() -> None:
    coded = made(BOOK, [], {"x": {"all": "0.3", "p": "0.1", "q": "0.2"}, "y": {"all": "", "p": "1", "q": "1"}})
    breakdowns = {"b": {"label": "", "total": "all", "parts": ["p", "q"]}, "c": {"label": "", "parts": ["r"]}}
    notes = case_counts(coded, breakdowns=breakdowns).notes
    assert not any("add up" in note for note in notes)
    assert any("c: no numeric attribute of the cases: r" in note for note in notes)


def test_a_manifest_that_keeps_no_order_changes_nothing() -> None:
    parts = {"z": {"parts": ["town"]}, "a": {"parts": ["region"]}}
    once, again = (case_counts(CODED, breakdowns=dict(order)).table for order in (parts.items(), sorted(parts.items())))
    assert once.equals(again)


def thirteen() -> list[Interview]:
    return [
        Interview(f"c{place:02}", [("a",)] * place + [("b",)] * (place % 3) + [()] * (30 - place))
        for place in range(13)
    ]


def test_themes_by_attribute() -> None:
    cases = {
        f"c{place:02}": {
            "size": str(place * place), "kind": "new" if place < 5 else "old", "three": "xyz"[place % 3],
            "sectors": "art|farm" if place > 8 else "wood|art", "name": f"n{place}", "same": "1",
            "who": "one" * (place == 0),
        }
        for place in range(13)
    }  # fmt: skip
    coded = made(BOOK, thirteen(), cases)
    result = themes_by_attribute(coded, inference=Inference(permutations=9_999))
    table = result.table.set_index(["code_id", "attribute", "value"])
    size = table.loc[("a", "size", "")]
    assert (size["test"], size["n"], size["method"]) == ("spearman", 13, "permutation")
    assert size["effect"] == pytest.approx(1)
    assert size["p"] == 0.0001
    kind = table.loc[("a", "kind", "new")]
    assert (kind["test"], kind["effect"], kind["method"]) == ("mann_whitney", -1, "exact")
    assert kind["p"] == pytest.approx(2 / 1287)  # of the ways to choose 5 of 13, this and its mirror
    assert table.loc[("b", "three", ""), ["test", "groups", "highest"]].tolist() == ["kruskal_wallis", 3, "z"]
    assert table.loc[("a", "sectors", "farm"), "effect"] == pytest.approx(1)
    assert ("a", "sectors", "art") not in table.index  # all have it
    assert any("name, same, who" in note or "same, name, who" in note for note in result.notes)
    assert result.table["p"].is_monotonic_increasing
    assert "13 cases prove little" in result.notes[0]
    assert "±0.55" in result.notes[0]


def test_corrections_are_over_the_tests_asked_for() -> None:
    cases = {f"c{place:02}": {"size": str(place), "age": str(place % 5)} for place in range(13)}
    coded = made(BOOK, thirteen(), cases)
    few = Inference(permutations=99)
    both = themes_by_attribute(coded, inference=few).table
    one = themes_by_attribute(coded, Themes(codes=["a"]), attributes=["size"], inference=few).table
    assert both["p"].iloc[0] == one["p"].iloc[0] == 0.01
    assert both["p_adjusted"].iloc[0] == pytest.approx(4 * 0.01)
    assert one["p_adjusted"].iloc[0] == 0.01
    noted = themes_by_attribute(coded, inference=Inference(permutations=59)).notes
    assert any("no adjusted p by random orders can be below 0.067" in note for note in noted)


def test_a_case_without_interview_counts_in_figures_only() -> None:
    coded = made(BOOK, thirteen(), {f"c{place:02}": {"size": str(place)} for place in range(14)})
    assert case_figures(coded).table["n"].iloc[0] == 14
    assert themes_by_attribute(coded, inference=Inference(permutations=99)).table["n"].unique().tolist() == [13]


@pytest.mark.parametrize(
    "coded",
    [
        made(BOOK, [], {}),
        made(BOOK, [], {"x": {"size": "1"}}),
        made(BOOK, [Interview("x", [("a",), ()])], {"x": {"size": "1", "kind": "old"}}),
        made(BOOK, [Interview(name, [()]) for name in "wxyz"], {name: {"size": "1"} for name in "wxyz"}),
        made(BOOK, [Interview(name, []) for name in "wxyz"], {name: {"size": str(ord(name))} for name in "wxyz"}),
        made(BOOK, [Interview(name, [()]) for name in "wxyz"], {name: {"size": str(ord(name))} for name in "wxyz"}),
    ],
)
def test_where_there_is_nothing_to_test_the_note_says_so(coded: object) -> None:
    result = themes_by_attribute(coded, inference=Inference(permutations=99))
    assert result.table["p"].isna().all()
    assert "Nothing can be tested" in result.notes[0]
    case_figures(coded)
    case_counts(coded)


def test_an_unknown_attribute_is_refused_with_a_suggestion() -> None:
    for asked in (case_figures, case_counts, themes_by_attribute):
        with pytest.raises(InputError, match="« budget »"):
            asked(CODED, attributes=["buget"])
    with pytest.raises(InputError, match="no case has the attribute"):
        case_figures(made(BOOK, [Interview("x", [()])]), attributes=["size"])


def test_an_attribute_missing_for_some_and_absent_for_others() -> None:
    cases = [Case("x", "X", {"a": "1"}), Case("y", "Y", {}), Case("z", "Z", {"b": "old"})]
    found = case_attributes(cases)
    assert np.isnan(found.numbers["a"][1:]).all()
    assert found.categories["b"] == ((), (), ("old",))
