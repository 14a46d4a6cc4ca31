"""The five measures of coverage, against counting by hand and against each character taken one by one."""

from __future__ import annotations

import math
from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import given
from small_corpora import coded_corpora, coded_corpus, coding, transcript

from ptce_qual.analysis.coded_corpus import CodedCorpus
from ptce_qual.analysis.coverage import ALL, absent_codes, coverage, matrix, uncoded
from ptce_qual.errors import InputError

RATIOS = {
    "char_coverage": ("chars_coded", "chars"),
    "word_coverage": ("words_coded", "words"),
    "unit_coverage": ("units_coded", "units"),
    "turn_coverage": ("turns_coded", "turns"),
    "case_coverage": ("cases_coded", "cases"),
}


def row(coded: CodedCorpus, code_id: str, group: str = ALL, **options: object) -> pd.Series:
    table = coverage(coded, **options).table
    return table[(table.code_id == code_id) & (table.group == group)].iloc[0]


def by_hand(coded: CodedCorpus, code_id: str, case: str | None) -> dict[str, int]:
    """Count characters, words, sentences and turns of a code one by one."""
    counts = dict.fromkeys(
        ("chars", "chars_coded", "words", "words_coded", "units", "units_coded", "turns", "turns_coded"), 0
    )
    for one in coded.corpus.transcripts:
        if case is not None and one.case_id != case:
            continue
        covered = {
            p
            for c in coded.codings
            if c.code_id == code_id and c.transcript_id == one.id
            for p in range(c.start, c.end)
        }
        bounds = coded.segmentations[one.id]
        for turn in one.turns:
            if turn.role == "interviewer" and not coded.interviewer:
                continue
            inside = range(turn.start, turn.end)
            kinds = {
                "chars": [(p, p + 1) for p in inside],
                "words": [span for span in bounds.words if span[0] in inside],
                "units": [span for span in bounds.sentences if span[0] in inside],
                "turns": [(turn.start, turn.end)],
            }
            for name, spans in kinds.items():
                counts[name] += len(spans)
                counts[f"{name}_coded"] += sum(not covered.isdisjoint(range(*span)) for span in spans)
    return counts


@given(coded_corpora())
def test_each_measure_is_what_counting_one_by_one_gives(coded: CodedCorpus) -> None:
    table = coverage(coded).table
    for _, found in table.iterrows():
        expected = by_hand(coded, found.code_id, None if found.group == ALL else found.group)
        assert {name: found[name] for name in expected} == expected


@given(coded_corpora())
def test_coverages_lie_between_0_and_1_and_are_their_ratio(coded: CodedCorpus) -> None:
    table = coverage(coded, by=["role"], descendants=True).table
    for measure, (part, whole) in RATIOS.items():
        for value, coded_units, units in zip(table[measure], table[part], table[whole], strict=True):
            assert math.isnan(value) if units == 0 else value == coded_units / units
            assert coded_units <= units


@given(coded_corpora())
def test_coding_twice_changes_only_the_number_of_references(coded: CodedCorpus) -> None:
    twice = coverage(coded.with_codings((*coded.codings, *coded.codings))).table
    once = coverage(coded).table
    same = [name for name in once.columns if name not in ("references", "affirmed", "negated", "hypothetical")]
    pd.testing.assert_frame_equal(twice[same], once[same])
    assert (twice.references == 2 * once.references).all()


@given(coded_corpora())
def test_polarities_add_up_to_the_references_and_groups_to_the_whole(coded: CodedCorpus) -> None:
    table = coverage(coded).table
    assert (table.affirmed + table.negated + table.hypothetical == table.references).all()
    for _, of_code in table.groupby("code_id"):
        groups = of_code[of_code.group != ALL]
        for name in ("chars_coded", "words_coded", "units_coded", "references", "cases_coded"):
            assert groups[name].sum() == of_code[name].iloc[0] or groups.empty


def test_a_hand_made_corpus() -> None:
    coded = coded_corpus(
        [transcript("t1", "x", "ir", function="porteur"), transcript("t2", "y", "r", function="membre")],
        [
            coding("t1", "a", 29, 39),  # the first sentence of the respondent
            coding("t1", "a", 33, 49, "negated"),  # overlaps it, and the second
            coding("t1", "b", 0, 10),  # the interviewer's: not in the text
        ],
    )
    found = row(coded, "a")
    assert (found.chars_coded, found.chars, found.words_coded, found.words) == (20, 40, 4, 8)
    assert (found.units_coded, found.units, found.turns_coded, found.turns) == (2, 4, 1, 2)
    assert (found.references, found.distinct_spans, found.affirmed, found.negated) == (2, 2, 1, 1)
    assert (found.cases_coded, found.cases, found.mean_case_word_coverage) == (1, 2, 0.5)
    assert row(coded, "b").references == 0
    assert row(replace(coded, interviewer=True), "b").references == 1
    assert row(coded, "a", "porteur", by=["function"]).unit_coverage == 1
    assert row(coded, "a", polarity=["negated"]).references == 1
    assert row(coded, "branch", descendants=True).references == 2
    assert absent_codes(coded.of_polarity("hypothetical")) == ("a", "b")
    assert uncoded(coded).table.words_uncoded.tolist() == [4, 0, 4]


def test_the_matrix_is_codes_by_groups() -> None:
    coded = coded_corpus([transcript("t1", "x", "r"), transcript("t2", "y", "r")], [coding("t1", "a", 4, 14)])
    wide = matrix(coverage(coded), "unit_coverage").table
    assert wide.columns.tolist() == ["x", "y"]
    assert wide.loc["a"].tolist() == [0.5, 0]


def test_no_coding_no_turn_and_no_transcript_give_tables_without_failing() -> None:
    assert row(coded_corpus([transcript("t1", "x", "i")], []), "a").units == 0
    assert math.isnan(row(coded_corpus([], []), "a").char_coverage)


def test_an_unknown_attribute_is_an_error_with_a_hint() -> None:
    with pytest.raises(InputError, match="« stage »"):
        coverage(coded_corpus([transcript("t1", "x", "r")], []), by=["stagee"])


def test_attributes_of_cases_and_combinations_make_groups() -> None:
    coded = coded_corpus([transcript("t1", "x", "ri", function="élu")], [], interviewer=True)
    table = coverage(coded, by=["stage", "function", "role"]).table
    assert table.group.unique().tolist() == [ALL, "young × élu × interviewer", "young × élu × respondent"]
