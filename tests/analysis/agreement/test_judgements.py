"""How codings are laid on units: what they touch, what is missing, what is outside."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from several_coders import coding, corpus, turn

from ptce_qual.analysis.agreement import CodedSpan, MultipleCoding, judgements

TEXT = "Un deux. Trois quatre. Cinq."  # sentences 0–8, 9–22, 23–28


def marks(multiple, unit="sentence", code="a", **options):
    judged = judgements(multiple, unit, **options)
    return judged.marks[:, judged.codes.index(code)].tolist()


@pytest.mark.parametrize(
    ("span", "touched"),
    [
        ((0, 8), [1, 0, 0]),
        ((3, 7), [1, 0, 0]),  # a part of a sentence
        ((0, 9), [1, 0, 0]),  # with the blank that follows
        ((8, 22), [0, 1, 0]),  # with the blank before
        ((7, 10), [1, 1, 0]),  # the full stop of one, the first letter of the next
        ((8, 9), [0, 0, 0]),  # a blank alone
        ((0, 28), [1, 1, 1]),
        ((27, 28), [0, 0, 1]),
    ],
)
def test_a_coding_counts_for_each_unit_with_which_it_shares_a_character(span, touched):
    assert marks(coding(corpus([TEXT]), [("x", "t0", *span, "a")])) == [touched]


def test_what_was_not_read_is_missing_and_what_was_read_is_not_coded():
    coded = corpus([TEXT, "Six. Sept."])
    multiple = coding(coded, [("x", "t0", 0, 8, "a")], {"x": ["t0"], "y": ["t0", "t1"], "z": []})
    assert marks(multiple) == [[1, 0, 0, -1, -1], [0, 0, 0, 0, 0], [-1, -1, -1, -1, -1]]


def test_a_coder_codes_in_what_they_read():
    with pytest.raises(ValueError, match="without having read"):
        MultipleCoding(corpus([TEXT]), (CodedSpan("x", "t0", 0, 8, "a"),), {"x": frozenset()})


def test_turns_and_the_interviewer():
    turns = {0: [turn(0, 8, "interviewer", "E"), turn(9, 28)]}
    spans = [("x", "t0", 0, 8, "a"), ("y", "t0", 9, 12, "a")]
    assert marks(coding(corpus([TEXT], turns=turns), spans), "turn") == [[0], [1]]
    assert marks(coding(corpus([TEXT], turns=turns), spans), "sentence") == [[0, 0], [1, 0]]
    assert marks(coding(corpus([TEXT], turns=turns, interviewer=True), spans), "turn") == [[1, 0], [0, 1]]


def test_a_sentence_that_crosses_turns_is_judged_in_each():
    turns = {0: [turn(0, 4), turn(4, 28)]}
    assert marks(coding(corpus([TEXT], turns=turns), [("x", "t0", 5, 7, "a")])) == [[0, 1, 0, 0]]


def test_descendants_count_for_their_branch_when_asked():
    multiple = coding(corpus([TEXT]), [("x", "t0", 0, 8, "a"), ("x", "t0", 23, 28, "b")])
    assert marks(multiple, code="branch", descendants=True) == [[1, 0, 1]]
    assert "branch" not in judgements(multiple).codes


def test_the_last_of_several_codings_tells_the_polarity():
    spans = [
        ("x", "t0", 9, 14, "a", "negated"),
        ("x", "t0", 0, 8, "a", "affirmed"),
        ("x", "t0", 15, 22, "a", "hypothetical"),
        ("y", "t0", 0, 8, "a"),
    ]
    judged = judgements(coding(corpus([TEXT]), spans))
    assert judged.polarities[:, judged.codes.index("a")].tolist() == [[0, 2, -1], [-1, -1, -1]]
    whole = judgements(coding(corpus([TEXT]), spans), "turn")
    assert whole.polarities[:, whole.codes.index("a")].tolist() == [[2], [-1]]


def test_an_unknown_code_is_a_code_and_an_empty_corpus_has_no_units():
    judged = judgements(coding(corpus([TEXT]), [("x", "t0", 0, 8, "other")]))
    assert judged.codes == ("a", "b", "other")
    assert judgements(coding(corpus([]), [], {"x": []})).marks.shape == (1, 2, 0)


SPANS = st.lists(
    st.tuples(st.sampled_from("xyz"), st.just("t0"), st.integers(0, 27), st.integers(1, 9), st.sampled_from("ab")).map(
        lambda row: (*row[:3], min(row[2] + row[3], 28), row[4])
    ),
    max_size=8,
)
TURNS = st.sampled_from([[], [turn(0, 8, "interviewer", "E"), turn(9, 28)], [turn(2, 5), turn(11, 20), turn(20, 26)]])


@given(SPANS, TURNS)
def test_stretches_are_characters_judged_one_by_one(spans, turns):
    coded = corpus([TEXT, "Six."], turns={0: turns})
    read = dict.fromkeys("xyz", ("t0",))
    judged = judgements(coding(coded, spans, read), "character")
    speech = [one for one in (turns or [turn(0, 28)]) if one.role == "respondent"]
    places = [place for one in speech for place in range(one.start, one.end)]
    first = judged.units.transcript == 0
    starts, ends = judged.units.start[first], judged.units.end[first]
    assert [place for start, end in zip(starts, ends, strict=True) for place in range(start, end)] == places
    assert judged.repeats.tolist() == (judged.units.end - judged.units.start).tolist()
    marked = np.repeat(judged.marks[:, :, first], judged.repeats[first], axis=2)
    for coder, name in enumerate("xyz"):
        for code, code_id in enumerate(judged.codes):
            expected = [
                int(any(c == name and i == code_id and s <= place < e for c, _t, s, e, i in spans)) for place in places
            ]
            assert marked[coder, code].tolist() == expected
    assert (judged.marks[:, :, ~first] == -1).all()
