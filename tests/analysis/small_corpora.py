"""Small coded corpora, made by hand or drawn by hypothesis."""

from __future__ import annotations

from hypothesis import strategies as st

from ptce_qual.analysis.coded_corpus import CodedCorpus
from ptce_qual.codebook.model import Code, Codebook, Rule
from ptce_qual.model import Case, Coding, Corpus, Polarity, Segmentation, Transcript, Turn

CODEBOOK = Codebook(
    title="Essai",
    codes=[
        Code(id="branch", label="Branche"),
        Code(id="a", label="A", parent="branch", rules=[Rule(phrase="a")]),
        Code(id="b", label="B", parent="branch", rules=[Rule(phrase="b")]),
    ],
)
SENTENCE = 10  # characters; a word of five letters, then one of three, and two spaces


def transcript(name: str, case: str, roles: str, **attributes: str) -> Transcript:
    """Return a transcript of turns of two sentences each, « r » a respondent's and « i » an interviewer's."""
    turns = tuple(
        Turn((role.upper(),), "respondent" if role == "r" else "interviewer", at * 25 + 4, at * 25 + 4 + 2 * SENTENCE)
        for at, role in enumerate(roles)
    )
    return Transcript(name, "E : aaaaa bbb aaaaa bbb \n" * len(roles), turns, case, attributes, f"{name}.txt")


def segmentation(one: Transcript) -> Segmentation:
    """Return the bounds of its sentences and words; turns are the paragraphs."""
    sentences = tuple(
        (turn.start + at, turn.start + at + SENTENCE) for turn in one.turns for at in range(0, 2 * SENTENCE, SENTENCE)
    )
    words = tuple(span for start, _end in sentences for span in ((start, start + 5), (start + 6, start + 9)))
    return Segmentation(one.id, sentences, tuple((turn.start, turn.end) for turn in one.turns), words)


def coding(where: str, code_id: str, start: int, end: int, polarity: Polarity = "affirmed") -> Coding:
    """Return a coding without evidence."""
    return Coding(f"{where}{code_id}{start}", where, start, end, (start, end), code_id, "x", polarity, ())


def coded_corpus(transcripts: list[Transcript], codings: list[Coding], *, interviewer: bool = False) -> CodedCorpus:
    """Return transcripts and codings as a coded corpus."""
    cases = tuple(Case(name, name, {"stage": "young"}) for name in sorted({one.case_id for one in transcripts}))
    bounds = {one.id: segmentation(one) for one in transcripts}
    return CodedCorpus(Corpus(tuple(transcripts), cases), bounds, CODEBOOK, tuple(codings), interviewer=interviewer)


@st.composite
def coded_corpora(draw: st.DrawFn) -> CodedCorpus:
    """Draw a corpus of up to four transcripts in two cases, with any spans of two codes on them."""
    roles = st.text("ri", min_size=1, max_size=4)
    transcripts = [
        transcript(f"t{at}", draw(st.sampled_from("xy")), draw(roles)) for at in range(draw(st.integers(1, 4)))
    ]
    codings = []
    for _ in range(draw(st.integers(0, 8))):
        one = draw(st.sampled_from(transcripts))
        start = draw(st.integers(0, len(one.text) - 1))
        end = draw(st.integers(start + 1, len(one.text)))
        polarity: Polarity = draw(st.sampled_from(["affirmed", "negated", "hypothetical"]))
        codings.append(coding(one.id, draw(st.sampled_from("ab")), start, end, polarity))
    return coded_corpus(transcripts, codings, interviewer=draw(st.booleans()))
