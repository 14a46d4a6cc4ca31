"""Explain a passage: what the pipeline sees in it, which rules fired or nearly did, what decided the polarity."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ptce_qual.coding.coder import DocCoder
from ptce_qual.coding.near_misses import near_misses
from ptce_qual.coding.rules import CompiledRule
from ptce_qual.coding.transcripts import CodingOptions, TranscriptCoder
from ptce_qual.errors import InputError
from ptce_qual.model import Coding, Evidence, Polarity, Transcript, Turn
from ptce_qual.study.study import Study
from ptce_qual.translation import _
from ptce_qual.wording import unknown

_PLACE = re.compile(r"(?P<id>.+):(?P<start>\d+)-(?P<end>\d+)")


@dataclass(frozen=True, slots=True)
class WordSeen:
    """A token as the pipeline sees it."""

    text: str
    lemma: str
    pos: str


@dataclass(frozen=True, slots=True)
class Fired:
    """A rule that matched, in words: where it stands, what it matched, its own polarity and what changed it."""

    code_id: str
    polarity: Polarity
    rule_id: str
    line: int
    matched: tuple[str, ...]
    own_polarity: Polarity
    cues: tuple[str, ...]
    points: float | None = None


@dataclass(frozen=True, slots=True)
class Tally:
    """The points of a code in a sentence, of words and rules together, and those that it needs."""

    code_id: str
    points: int
    needed: int


@dataclass(frozen=True, slots=True)
class Nearly:
    """A rule that nearly matched, in words."""

    code_id: str
    rule_id: str
    line: int
    found: tuple[str, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a sentence was coded as it was.

    Args:
        start: where it begins in its text.
        codings: of the unit that the sentence lies in.
        tallies: of those of its codes that count points.
    """

    start: int
    sentence: str
    words: tuple[WordSeen, ...]
    codings: tuple[Coding, ...]
    fired: tuple[Fired, ...]
    nearly: tuple[Nearly, ...]
    tallies: tuple[Tally, ...] = ()


def explain(study: Study, passage: str, *, question: str = "", model: str | None = None) -> list[Explanation]:
    """Explain each sentence of a passage.

    Args:
        passage: a text, or `TRANSCRIPT:START-END` for the sentences of an interview that these characters touch.
        question: what an interviewer asked before a text.

    Raises:
        InputError: the codebook has errors, or there is no such interview.
    """
    loaded, problems = study.read_codebook()
    errors = tuple(problem for problem in problems if problem.severity == "error")
    if loaded is None or errors:
        raise InputError(_("the codebook has errors; nothing can be explained"), errors)
    transcript, start, end = _passage(study, passage, question)
    coder = TranscriptCoder(loaded, CodingOptions(model or study.settings.defaults.model))
    return _explanations(DocCoder(coder.parse(transcript), coder.rules, transcript.id), start, end)


def _passage(study: Study, passage: str, question: str) -> tuple[Transcript, int, int]:
    place = _PLACE.fullmatch(passage)
    if place is None:
        asked = f"{question}\n" if question else ""
        turns = [Turn(("E",), "interviewer", 0, len(question))] if question else []
        turns.append(Turn(("R",), "respondent", len(asked), len(asked) + len(passage)))
        return Transcript("", asked + passage, tuple(turns)), len(asked), len(asked) + len(passage)
    corpus, problems = study.read_corpus()
    found = {transcript.id: transcript for transcript in corpus.transcripts}
    if place["id"] not in found:
        message = unknown(_("there is no interview « {id} »", id=place["id"]), place["id"], list(found))
        raise InputError(message, tuple(p for p in problems if p.severity == "error"))
    transcript, start, end = found[place["id"]], int(place["start"]), int(place["end"])
    if not start <= end <= len(transcript.text):
        raise InputError(
            _(
                "« {place} » is no place in this interview, whose characters go from 0 to {length}",
                place=f"{start}-{end}",
                length=len(transcript.text),
            )
        )
    return transcript, start, end


def _explanations(coder: DocCoder, start: int, end: int) -> list[Explanation]:
    codings = list(coder.codings(interviewer=True))
    rules = {rule.id: rule for rule in coder.rules.rules}
    explained = []
    for sentence in coder.sentences:
        span = coder.doc[sentence.stretch.start : sentence.stretch.end]
        if not span.text.strip() or span.end_char <= start or span.start_char >= end:
            continue
        touching = tuple(c for c in codings if c.start < span.end_char and span.start_char < c.end)
        nearly = tuple(
            Nearly(
                code_id=miss.code_id,
                rule_id=miss.id,
                line=miss.line,
                found=tuple(coder.doc[first:last].text for first, last in miss.found),
                reason=miss.reason,
            )
            for miss in near_misses(coder, sentence)
        )
        words = tuple(WordSeen(t.text, t.lemma_, t.pos_) for t in span if not t.is_space)
        fired = tuple(one for coding in touching for one in _fired(coder, coding, rules))
        counted = ((coding.code_id, coder.tally(sentence, coding.code_id)) for coding in touching)
        tallies = tuple(Tally(code_id, *tally) for code_id, tally in counted if tally)
        explained.append(Explanation(span.start_char, span.text.strip(), words, touching, fired, nearly, tallies))
    return explained


def _fired(coder: DocCoder, coding: Coding, rules: dict[str, CompiledRule]) -> Iterator[Fired]:
    text = coder.doc.text
    for evidence in coding.evidence:
        rule = rules.get(evidence.rule_id)
        yield Fired(
            code_id=coding.code_id,
            polarity=evidence.polarity,
            rule_id=evidence.rule_id,
            line=evidence.line,
            matched=tuple(text[first:last] for first, last in evidence.matches),
            own_polarity=rule.source.polarity if rule else _of_words(coder, coding.code_id, evidence),
            cues=tuple(text[first:last] for first, last in evidence.cues),
            points=evidence.score,
        )


def _of_words(coder: DocCoder, code_id: str, evidence: Evidence) -> Polarity:
    """Return the polarity that the words of evidence have by themselves."""
    first = evidence.matches[0][0]
    sentence = next(one for one in reversed(coder.sentences) if coder.doc[one.stretch.start].idx <= first)
    return coder.points.polarity(coder.rules.points.scales[code_id], sentence)
