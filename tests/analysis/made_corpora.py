"""Small coded corpora, made sentence by sentence, so that every count can be told by hand."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from ptce_qual.analysis.coded_corpus import CodedCorpus
from ptce_qual.codebook.model import Codebook
from ptce_qual.model import Case, Coding, Corpus, Evidence, Segmentation, Transcript, Turn

Sentence = tuple[str, ...]
"""The codes of a sentence; `code:rule` names the rule, `code-` a negated coding."""


@dataclass
class Interview:
    case: str
    sentences: Sequence[Sentence]
    attributes: Mapping[str, str] = field(default_factory=dict)
    turns: int = 1  # sentences are dealt out to so many turns, of speakers S1, S2, … in turn
    words: Sequence[int] = ()  # the length of each sentence in words; 3 where nothing is told


def codebook(*codes: str | tuple[str, str]) -> Codebook:
    """Return a codebook of codes, (code, parent) where it has one; rules only for those that have none below."""
    named = [(code, None) if isinstance(code, str) else code for code in codes]
    parents = {parent for _code, parent in named}
    return Codebook.model_validate(
        {
            "title": "made",
            "codes": [
                {"id": name, "label": name.upper(), "parent": parent, "rules": [name] * (name not in parents)}
                for name, parent in named
            ],
        }
    )


def made(
    book: Codebook, interviews: Sequence[Interview], cases: Mapping[str, Mapping[str, str]] | None = None
) -> CodedCorpus:
    """Return a coded corpus; cases that are not told have no attributes."""
    told = cases or {}
    ids = sorted({*told, *(one.case for one in interviews)} - {""})
    transcripts, segmentations, codings = [], {}, []
    for place, one in enumerate(interviews):
        name = f"{one.case or 'none'}-{place:03}"
        transcript, bounds, own = _interview(name, one)
        transcripts.append(transcript)
        segmentations[name] = bounds
        codings += own
    corpus = Corpus(tuple(transcripts), tuple(Case(name, name.title(), told.get(name, {})) for name in ids))
    return CodedCorpus(corpus, segmentations, book, tuple(codings))


def _interview(name: str, one: Interview) -> tuple[Transcript, Segmentation, list[Coding]]:
    text, spans, codings = "", [], []
    for place, codes in enumerate(one.sentences):
        words = one.words[place] if one.words else 3
        start = len(text)
        text += " ".join(["mot"] * (words - 1) + [f"fin{place}."]) + "\n"
        spans.append((start, len(text) - 1))
        codings += [_coding(name, spans[-1], code) for code in codes]
    per_turn = max(1, -(-len(spans) // one.turns))
    turns = [
        Turn(
            (f"S{1 + place // per_turn}",),
            "respondent",
            spans[place][0],
            spans[min(place + per_turn, len(spans)) - 1][1],
        )
        for place in range(0, len(spans), per_turn)
    ]
    words = tuple((found.start(), found.end()) for found in re.finditer(r"\w+", text))
    transcript = Transcript(name, text, tuple(turns), one.case, dict(one.attributes))
    return transcript, Segmentation(name, tuple(spans), tuple(spans), words), codings


def _coding(name: str, span: tuple[int, int], told: str) -> Coding:
    polarity = "negated" if told.endswith("-") else "affirmed"
    code, _colon, rule = told.rstrip("-").partition(":")
    evidence = (Evidence(rule or f"{code}-1", 1, (span,), polarity),)
    return Coding(f"{name}:{span[0]}:{told}", name, *span, span, code, "rules", polarity, evidence)
