"""Affirmed, negated or hypothetical: annotated sentences of spoken French."""

import re
from pathlib import Path

import pytest
from spacy.language import Language

from ptce_qual.coding.cues import DocCues
from ptce_qual.coding.polarity import SentencePolarity
from ptce_qual.model import Polarity, Transcript
from ptce_qual.nlp import docs_for

LINES = (Path(__file__).parent / "polarity_sentences.txt").read_text(encoding="utf-8").splitlines()
CASES = [line.split(" | ", 1) for line in LINES if line and not line.startswith("#")]


def judged(nlp: Language, marked: str, own: Polarity = "affirmed") -> Polarity:
    plain, *parts = re.split("[{}]", marked)
    spans = []
    for inside, following in zip(parts[::2], parts[1::2], strict=True):
        spans.append((len(plain), len(plain) + len(inside)))
        plain += inside + following
    (doc,) = docs_for([Transcript("x", plain)], nlp)
    found = [doc.char_span(start, end, alignment_mode="expand") for start, end in spans]
    sentence = found[0].sent
    match = tuple((span.start, span.end) for span in found)
    return SentencePolarity(DocCues(doc), sentence.start, sentence.end).judge(match, own).polarity


@pytest.mark.parametrize(("polarity", "marked"), CASES, ids=[marked for _, marked in CASES])
def test_polarity_of_spoken_sentences(nlp: Language, polarity: Polarity, marked: str) -> None:
    assert marked.count("{") == marked.count("}") >= 1
    assert judged(nlp, marked) == polarity


@pytest.mark.parametrize(
    ("marked", "own", "polarity"),
    [
        ("Ils nous {dictent tout}.", "negated", "negated"),
        ("Ils nous {dictent} pas tout.", "negated", "affirmed"),
        ("Il faudrait pas qu'ils nous {dictent} tout.", "negated", "hypothetical"),
        ("{Pas un centime}.", "negated", "negated"),  # a cue inside the match is the rule's affair
        ("Ils nous {dicteraient tout}.", "negated", "hypothetical"),  # but a rule's word matches all moods
        ("Je dis pas qu'ils nous {dictent} pas tout.", "negated", "negated"),
    ],
)
def test_a_rules_own_polarity_is_composed_with_the_cues(
    nlp: Language, marked: str, own: Polarity, polarity: Polarity
) -> None:
    assert judged(nlp, marked, own) == polarity
