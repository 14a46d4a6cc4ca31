"""Quotes and transcripts with their codings laid on them: no word is lost, none is shown twice."""

from __future__ import annotations

import itertools
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ptce_qual.model import Coding, Evidence, Polarity, Transcript, Turn
from ptce_qual.report import passages
from ptce_qual.report.passages import Passages, joined, stretches

WORDS = st.text("abé’ \n\t\u00a0.🎉", max_size=12)
LABELS = ("", "\n\nEnquêté : ", "\n\n[Chercheur] (0:01 - 0:11)\n", "\n")


def span(draw: st.DrawFn, low: int, high: int) -> tuple[int, int]:
    one, other = sorted((draw(st.integers(low, high)), draw(st.integers(low, high))))
    return one, other


@st.composite
def coded_transcripts(draw: st.DrawFn) -> tuple[Transcript, list[Coding]]:
    """Draw turns between labels, and codings of several coders that nest, overlap, or go on over several turns."""
    text, turns = draw(st.sampled_from(["", "---\nmot: x\n---"])), []
    for place in range(draw(st.integers(0, 4))):
        text += draw(st.sampled_from(LABELS))
        start = len(text)
        text += draw(WORDS)
        turns.append(Turn((f"S{place % 2}",), "respondent", start, len(text)))
    if not turns:
        text += draw(WORDS)
    text += draw(st.sampled_from(["", "\n", "\nFin de l'entretien."]))
    codings = []
    for place in range(draw(st.integers(0, 5))):
        start, end = span(draw, 0, len(text))
        if start == end:
            continue
        evidence = tuple(
            Evidence(f"r{number}", number, (span(draw, start, end),), "affirmed", (span(draw, start, end),))
            for number in range(draw(st.integers(0, 2)))
        )
        coder = draw(st.sampled_from(["rules", "ann"]))
        code = draw(st.sampled_from(["a", "b"]))
        polarity: Polarity = draw(st.sampled_from(["affirmed", "negated", "hypothetical"]))
        codings.append(Coding(str(place), "t", start, end, (start, end), code, coder, polarity, evidence))
    return Transcript("t", text, tuple(turns)), codings


@given(coded_transcripts())
def test_a_transcript_is_shown_whole_and_each_coding_begins_once(drawn: tuple[Transcript, list[Coding]]) -> None:
    transcript, codings = drawn
    text = transcript.text
    shown = [turn for turn in Passages(transcript, codings).turns() if turn.role]
    turns = transcript.turns or (Turn((), "respondent", 0, len(text)),)
    assert ["".join(piece.text for piece in turn.pieces) for turn in shown] == [
        text[turn.start : turn.end].strip() for turn in turns
    ]
    assert all(piece.text for turn in shown for piece in turn.pieces)
    begun = Counter(one.id for turn in shown for piece in turn.pieces for one in piece.begins)
    met = {
        one.id
        for one in codings
        if any(text[max(one.start, turn.start) : min(one.end, turn.end)].strip() for turn in turns)
    }
    assert set(begun.values()) <= {1}
    assert met <= set(begun)


@given(coded_transcripts())
def test_each_piece_lies_under_the_codings_that_cover_it(drawn: tuple[Transcript, list[Coding]]) -> None:
    transcript, codings = drawn
    covered: Counter[str] = Counter()
    for turn in Passages(transcript, codings).turns():
        for piece in turn.pieces:
            covered.update({one.id: len(piece.text) for one in piece.codings})
            assert set(piece.begins) <= set(piece.codings)
    assert all(covered[one.id] <= one.end - one.start for one in codings)


@given(coded_transcripts(), st.integers(1, 12))
def test_a_verbatim_is_a_piece_of_the_text(drawn: tuple[Transcript, list[Coding]], around: int) -> None:
    transcript, codings = drawn
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(passages, "_AROUND", around)
        for coding in codings:
            told = Passages(transcript, codings).verbatim(coding)
            quote = "".join(stretch.text for stretch in told.quote)
            assert quote == transcript.text[coding.start : coding.end]
            assert transcript.text.startswith(told.before + quote + told.after, coding.start - len(told.before))
            before = transcript.text[: coding.start - len(told.before)]
            assert not (told.before and told.cut_before) or before[-1:].isspace()


@given(coded_transcripts())
def test_stretches_are_the_quote_and_tell_matches_from_cues(drawn: tuple[Transcript, list[Coding]]) -> None:
    transcript, codings = drawn
    for coding in codings:
        told = list(stretches(transcript.text, coding))
        assert "".join(one.text for one in told) == transcript.text[coding.start : coding.end]
        assert all(one.text for one in told)
        assert all(one.kind != other.kind for one, other in itertools.pairwise(told))
        cued = {place for one in coding.evidence for start, end in one.cues for place in range(start, end)}
        assert sum(len(one.text) for one in told if one.kind == "cue") == len(cued)


def test_nested_and_overlapping_codings() -> None:
    text = "un deux trois quatre"
    spans = {"out": (0, 20), "in": (3, 7), "over": (5, 13)}
    codings = [Coding(name, "t", *one, one, name, "ann", "affirmed", ()) for name, one in spans.items()]
    (turn,) = Passages(Transcript("t", text), codings).turns()
    assert [(piece.text, [one.id for one in piece.codings]) for piece in turn.pieces] == [
        ("un ", ["out"]), ("de", ["out", "in"]), ("ux", ["out", "in", "over"]), (" trois", ["out", "over"]),
        (" quatre", ["out"]),
    ]  # fmt: skip
    assert [[one.id for one in piece.begins] for piece in turn.pieces] == [["out"], ["in"], ["over"], [], []]


def test_a_coding_over_two_turns_has_one_label() -> None:
    text = "E : Alors ?\nR : Oui."
    turns = (Turn(("E",), "interviewer", 4, 11), Turn(("R",), "respondent", 16, 20))
    coding = Coding("c", "t", 4, 20, (4, 20), "a", "ann", "affirmed", ())
    shown = list(Passages(Transcript("t", text, turns), [coding]).turns())
    assert [[len(piece.begins) for piece in turn.pieces] for turn in shown] == [[1], [0]]


@pytest.mark.parametrize("label", ["R : ", "[Interviewe] (0:34 - 0:41)\n", "R :\n\n", "**R**\n"])
def test_labels_are_no_text_outside_the_turns(label: str) -> None:
    text = f"---\ndate: 2013\n---\n\n{label}Oui.\n\nOn sort.\n\n{label}Non.\n"
    first, second = text.index("Oui."), text.index("Non.")
    turns = (Turn(("R",), "respondent", first, first + 4), Turn(("R",), "respondent", second, second + 4))
    shown = [
        "".join(piece.text for piece in turn.pieces) for turn in Passages(Transcript("t", text, turns), ()).turns()
    ]
    assert shown == ["---\ndate: 2013\n---", "Oui.", "On sort.", "Non."]


def test_who_speaks_and_when() -> None:
    turns = (Turn(("A", "B"), "unknown", 0, 3, 61.5), Turn((), "respondent", 4, 7, 3_661.0))
    shown = list(Passages(Transcript("t", "oui non", turns), ()).turns())
    assert [(turn.speaker, turn.role, turn.time) for turn in shown] == [
        ("A, B", "unknown", "01:01"), ("", "respondent", "1:01:01"),
    ]  # fmt: skip


def test_a_long_turn_is_cut_at_words() -> None:
    text = "mot  " * 300 + "ICI" + " suite" * 300
    coding = Coding("c", "t", 1500, 1503, (1500, 1503), "a", "rules", "negated", ())
    told = Passages(Transcript("t", text), [coding]).verbatim(coding)
    assert (told.cut_before, told.cut_after) == (True, True)
    assert set(told.before.split()) == {"mot"}
    assert set(told.after.split()) == {"suite"}
    assert 450 < len(told.before) <= 500
    assert 450 < len(told.after) <= 500
    assert told.reasons == ()


@given(st.lists(st.tuples(st.integers(0, 10), st.integers(0, 10)).map(lambda one: (min(one), max(one)))))
def test_joined_spans_are_apart_by_more_than_blanks(spans: list[tuple[int, int]]) -> None:
    text = "ab  cd e  f"
    found = joined(spans, text)
    assert all(text[one[1] : other[0]].strip() for one, other in itertools.pairwise(found))
    places = {place for start, end in spans for place in range(start, end)}
    assert places <= {place for start, end in found for place in range(start, end)}


def test_a_rule_of_answers_tells_the_question() -> None:
    question = "Bon, " * 60 + "et la mairie ?"
    text = f"{question} Oui. Non."
    end = len(question)
    turns = (Turn(("E",), "interviewer", 0, end), Turn(("R",), "respondent", end + 1, len(text)))
    evidence = tuple(Evidence(name, 1, ((end + 1, end + 4),), "affirmed") for name in ("asks", "matches"))
    coding = Coding("c", "t", end + 1, end + 5, (end + 1, end + 4), "a", "rules", "affirmed", evidence)
    asks, matches = Passages(Transcript("t", text, turns), [coding], {"asks"}).reasons(coding)
    assert asks.question.startswith("… Bon,")
    assert asks.question.endswith("et la mairie ?")
    assert len(asks.question) < 205
    assert matches.question == ""
