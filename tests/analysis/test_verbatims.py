"""Verbatims: the quote is the text, the turn is whole around it, conditions hold, and samples are fair."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_corpora import Interview, codebook, made
from small_corpora import coded_corpora

from ptce_qual.analysis.coded_corpus import CodedCorpus
from ptce_qual.analysis.verbatims import Sample, Selection, emphasised, spans_of, verbatims
from ptce_qual.codebook.model import Codebook
from ptce_qual.errors import InputError
from ptce_qual.model import Corpus, Evidence

BOOK = codebook(("branch", None), ("a", "branch"), ("b", "branch"), "c")
CODED = made(
    BOOK,
    [
        Interview("x", [("a:r1",), ("b-",), ("a", "c")], {"function": "porteur"}, turns=2),
        Interview("y", [("a",), (), ("c-",)], {"function": "élu"}),
        Interview("y", [("a-",)], {"function": "porteur"}),
    ],
    {"x": {"sectors": "culture|énergie"}, "y": {"sectors": "culture"}},
)


def places(coded: CodedCorpus, selection: Selection, sample: Sample | None = None) -> list[tuple[str, str, int]]:
    table = verbatims(coded, selection, sample).table
    return list(zip(table["code_id"], table["transcript_id"], table["start"].tolist(), strict=True))


@given(coded_corpora())
def test_the_text_holds_what_is_quoted(coded: CodedCorpus) -> None:
    table = verbatims(coded).table
    assert len(table) == len(coded.codings)
    for row in table.to_dict("records"):
        text = coded.transcripts[row["transcript_id"]].text
        assert text[row["start"] : row["end"]] == row["quote"]
        begin = row["start"] - len(row["before"])
        assert text[begin : row["end"] + len(row["after"])] == row["before"] + row["quote"] + row["after"]


def test_the_rest_of_the_turn_stands_around_the_quote() -> None:
    row = verbatims(CODED, Selection(["b"])).table.iloc[0]
    turn = CODED.corpus.transcripts[0].turns[0]
    text = CODED.corpus.transcripts[0].text
    assert row["before"] + row["quote"] + row["after"] == text[turn.start : turn.end]
    assert row["speaker"] == "S1"


def test_words_that_bring_points_are_matches_where_no_rule_matched() -> None:
    (coding,) = (one for one in CODED.codings if one.code_id == "b")
    rule = Evidence("r", 1, ((coding.start, coding.start + 2),), "affirmed")
    words = Evidence("b-words", 1, ((coding.start + 1, coding.start + 4),), "affirmed", score=20.0)
    for evidence, end in (((rule, words), 2), ((words, rule), 2), ((words,), 4)):
        coded = replace(CODED, codings=(replace(coding, evidence=evidence),))
        row = verbatims(coded).table.iloc[0]
        assert spans_of(row["matches"])[-1][1] == coding.start + end
        assert set(row["rule_ids"].split("|")) == {one.rule_id for one in evidence}


def test_without_turns_the_paragraph_stands_around_it() -> None:
    bare = tuple(replace(one, turns=()) for one in CODED.corpus.transcripts)
    row = verbatims(replace(CODED, corpus=Corpus(bare, CODED.corpus.cases)), Selection(["b"])).table.iloc[0]
    assert (row["before"], row["after"], row["role"]) == ("", "", "respondent")


def test_rows_stand_by_code_then_case_then_text() -> None:
    table = verbatims(CODED).table
    order = list(zip(table["code_id"], table["case_id"], table["transcript_id"], table["start"].tolist(), strict=True))
    assert [row[0] for row in order] == ["a"] * 4 + ["b"] + ["c"] * 2
    assert order == sorted(order)


@pytest.mark.parametrize(
    ("selection", "count"),
    [
        (Selection(["a"]), 4),
        (Selection(["branch"]), 5),
        (Selection(["branch"], descendants=True), 5),
        (Selection(["B"]), 1),
        (Selection(["a"], {"case": ["y"]}), 2),
        (Selection(["a"], {"case": ["x", "y"]}), 4),
        (Selection(["a"], {"function": ["porteur"]}), 3),
        (Selection(["a"], {"function": ["porteur"], "case": ["y"]}), 1),
        (Selection(["a"], {"speaker": ["S2"]}), 1),
        (Selection(["a"], {"sectors": ["énergie"]}), 2),
        (Selection(["a"], {"role": ["interviewer"]}), 0),
        (Selection(["a"], polarity=["negated"]), 1),
        (Selection(polarity=["negated"]), 3),
    ],
)
def test_conditions(selection: Selection, count: int) -> None:
    found = verbatims(CODED, selection)
    assert len(found.table) == count
    assert f"{count} of {count} codings are quoted." in found.notes


def test_conditions_are_told() -> None:
    notes = verbatims(CODED, Selection(["a"], {"case": ["x", "y"]}, ["negated"])).notes
    assert notes[0] == "1 of 4 codings meet the conditions: case = x or y; polarity = negated."


def test_names_of_codes() -> None:
    labels = ["Leviers", "Énergie partagée", "Énergie perdue", "Eau"]
    codes = [code.model_copy(update={"label": label}) for code, label in zip(BOOK.codes, labels, strict=True)]
    coded = replace(CODED, codebook=Codebook(title="made", codes=codes))
    assert len(places(coded, Selection(["eau"]))) == 2
    assert len(places(coded, Selection(["energie par"]))) == 4
    with pytest.raises(InputError, match="several codes: a, b"):
        verbatims(coded, Selection(["énergie"]))
    with pytest.raises(InputError, match="did you mean « branch »"):
        verbatims(coded, Selection(["brnch"]))


@pytest.mark.parametrize(
    ("where", "told"),
    [
        ({"case": ["yy"]}, "« y »"),
        ({"function": ["porteurs"]}, "« porteur »"),
        ({"functoin": ["porteur"]}, "« function »"),
    ],
)
def test_a_slip_in_a_condition_is_answered_with_a_suggestion(where: dict[str, list[str]], told: str) -> None:
    with pytest.raises(InputError, match=told):
        verbatims(CODED, Selection(["a"], where))


LONG = made(BOOK, [Interview(case, [("a", "b")] * 6) for case in "xyz"])


@given(st.integers(1, 20), st.integers(0, 99))
def test_a_sample_is_the_same_whatever_the_order_of_files(size: int, seed: int) -> None:
    transcripts = tuple(reversed(LONG.corpus.transcripts))
    turned = replace(LONG, corpus=Corpus(transcripts, LONG.corpus.cases), codings=tuple(reversed(LONG.codings)))
    sample = Sample(size, seed=seed)
    assert sorted(places(LONG, Selection(["a"]), sample)) == sorted(places(turned, Selection(["a"]), sample))


@given(st.integers(1, 6), st.integers(0, 99))
def test_parts_of_a_sample_do_not_move_each_other(size: int, seed: int) -> None:
    both = places(LONG, Selection(["a", "b"]), Sample(size, ["code", "case"], seed))
    alone = places(LONG, Selection(["a"], {"case": ["y"]}), Sample(size, ["code", "case"], seed))
    assert Counter((code, where[0]) for code, where, _start in both) == dict.fromkeys(
        [(code, case) for code in "ab" for case in "xyz"], size
    )
    assert [place for place in both if place[0] == "a" and place[1].startswith("y")] == alone


def test_a_larger_sample_holds_the_smaller_and_no_coding_twice() -> None:
    before: set[tuple[str, str, int]] = set()
    for size in range(1, 20):
        drawn = places(LONG, Selection(["a"]), Sample(size, seed=3))
        assert len(drawn) == len(set(drawn)) == min(size, 18)
        assert before <= set(drawn)
        before = set(drawn)


def test_each_coding_is_drawn_as_often_as_any_other() -> None:
    draws = 900
    counts = Counter(place for seed in range(draws) for place in places(LONG, Selection(["a"]), Sample(3, seed=seed)))
    expected = draws * 3 / 18
    chi2 = sum((count - expected) ** 2 / expected for count in counts.values()) / (1 - 3 / 18)
    assert len(counts) == 18
    assert chi2 < 40.8  # 0.999 of χ² with 17 degrees of freedom


def test_a_sample_is_told() -> None:
    notes = verbatims(LONG, Selection(["a"]), Sample(2, ["case"], 7)).notes
    assert "6 of 18 codings are quoted." in notes
    assert notes[-1].startswith("Sample: up to 2 of each case")
    assert notes[-1].endswith("seed 7.")


@given(st.text(max_size=30), st.integers(0, 9), st.lists(st.tuples(st.integers(0, 45), st.integers(0, 45))))
def test_the_pieces_of_a_quote_are_the_quote(quote: str, start: int, spans: list[tuple[int, int]]) -> None:
    ordered = sorted((min(span), max(span)) for span in spans)
    matches = "|".join(f"{first}-{last}" for first, last in ordered)
    pieces = list(emphasised(quote, start, matches))
    assert "".join(piece for piece, _is_match in pieces) == quote
    assert all(piece for piece, _is_match in pieces)
    marked = [is_match for piece, is_match in pieces for _char in piece]
    covered = {place - start for first, last in spans_of(matches) for place in range(first, last)}
    for place, (char, is_marked) in enumerate(zip(quote, marked, strict=True)):
        assert is_marked or place not in covered
        assert not is_marked or place in covered or char.isspace()


def test_matches_are_places_in_the_text() -> None:
    row = verbatims(CODED, Selection(["a"])).table.iloc[0]
    text = CODED.corpus.transcripts[0].text
    assert [text[start:end] for start, end in spans_of(row["matches"])] == [row["quote"]]
    assert row["rule_ids"] == "r1"
