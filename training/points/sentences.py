"""Sentences of coded interviews as the points see them, with what readers coded."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from spacy.tokens import Doc

from ptce_qual.codebook.check import LoadedCodebook
from ptce_qual.codebook.model import SENTENCES_AFTER, Example
from ptce_qual.coding.coder import DocCoder
from ptce_qual.coding.sentences import Sentence
from ptce_qual.coding.stretches import Stretch
from ptce_qual.coding.transcripts import TranscriptCoder
from ptce_qual.folding import fold
from ptce_qual.model import Transcript, Turn
from ptce_qual.nlp.word_lists import read_words
from ptce_qual.readers import read_corpus
from training.points.passages import read_passages

CONTENT = frozenset({"NOUN", "VERB", "ADJ", "ADV", "NUM", "PRON", "INTJ"})
CONTEXT = frozenset({"NOUN", "VERB", "ADJ"})
# What denies or doubts is for polarity to see: a theme denied is the same theme.
OF_POLARITY = frozenset("pas plus jamais rien aucun personne ne ni sans non oui si".split())
# Words that stand in talk about anything say nothing of a theme that a reader could see.
EVERYDAY = frozenset(
    (
        "voila encore alors ben bon bah oh ah eh hein euh quoi donc apres bien tres deja toujours aussi enfin puis moi "
        "toi lui elle elles eux il ils on je me te se nous vous le la les leur y en ce ca cela celui celle qui que "
        "dont ou"
    ).split()
) | {fold(word) for word in read_words("stop_words.txt")}
Feature = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Seen:
    """A sentence of a respondent.

    Args:
        words: place (see `PLACES`) → folded words.
        rules: by code, how many rules and how many clues match.
        codes: code → polarity, as readers coded it.
        source: what the interview belongs to, for validation.
        about: the only code that this tells something of; all for none.
        is_interview: whether it comes from an interview, by which alone the points are judged.
    """

    transcript_id: str
    source: str
    words: Mapping[str, frozenset[str]]
    rules: Mapping[str, tuple[int, int]]
    codes: Mapping[str, str]
    about: str = ""
    is_interview: bool = True


def read_codings(paths: Sequence[Path]) -> dict[str, list[tuple[int, int, str, str]]]:
    """Return start, end, code and polarity of each reader's row, by transcript; an entry for each transcript read."""
    found: dict[str, list[tuple[int, int, str, str]]] = {}
    for path in paths:
        with path.open(encoding="utf-8", newline="") as stream:
            for row in csv.DictReader(stream):
                told = found.setdefault(row["transcript_id"], [])
                if row["code_id"]:
                    told.append((int(row["start"]), int(row["end"]), row["code_id"], row["polarity"]))
    return found


def sentences_of_folder(
    folder: Path, readers: Sequence[Path], coder: TranscriptCoder, *, only: Sequence[str] = ()
) -> Iterator[Seen]:
    """Yield the respondents' sentences of the interviews of a folder that readers coded.

    Args:
        only: parts of the ids of the interviews to take; all for none.
    """
    read = read_codings(readers)
    corpus, _problems = read_corpus(folder)
    for transcript in corpus.transcripts:
        if transcript.id in read and (not only or any(part in transcript.id for part in only)):
            yield from sentences_of(transcript, read[transcript.id], coder)


def sentences_of(
    transcript: Transcript, codings: Sequence[tuple[int, int, str, str]], coder: TranscriptCoder
) -> Iterator[Seen]:
    """Yield the respondents' sentences of an interview."""
    doc = coder.parse(transcript)
    in_doc = DocCoder(doc, coder.rules, transcript.id)
    for place, sentence in enumerate(in_doc.sentences):
        span = doc[sentence.stretch.start : sentence.stretch.end]
        if sentence.turn.label_ == "interviewer" or not span.text.strip():
            continue
        rules = {
            code: (sum(not rule.source.clue for rule in matching), sum(rule.source.clue for rule in matching))
            for code, matching in in_doc.matching(sentence).items()
        }
        words = {
            "said": words_of(doc, sentence.stretch.start, sentence.stretch.end, CONTENT) - OF_POLARITY - EVERYDAY,
            "asked": _asked(doc, sentence),
            "before": _around(doc, sentence.before),
            "after": _around(doc, _after(in_doc.sentences, place)),
        }
        coded = dict(_coded(codings, span.start_char, span.end_char))
        yield Seen(transcript.id, transcript.id.rpartition("/")[2].partition("-")[0], words, rules, coded)


def examples_of(loaded: LoadedCodebook, coder: TranscriptCoder) -> Iterator[Seen]:
    """Yield the codebook's own examples and counterexamples, each of which tells something of its code only."""
    for code in loaded.codebook.codes:
        for given, positive in ((code.examples, True), (code.counterexamples, False)):
            for number, told in enumerate(given):
                example = Example(text=told) if isinstance(told, str) else told
                question = f"{example.question or '?'}\n"
                answer = example.text.replace("{", "").replace("}", "")
                end = len(question) + len(answer)
                turns = (Turn(("E",), "interviewer", 0, len(question)), Turn(("R",), "respondent", len(question), end))
                transcript = Transcript(f"examples-{code.id}-{positive}-{number}", question + answer, turns)
                row = [(len(question), end, code.id, example.polarity or "affirmed")] if positive else []
                for one in sentences_of(transcript, row, coder):
                    yield replace(one, about=code.id, is_interview=False)


def passages_of_folder(folder: Path, coder: TranscriptCoder) -> Iterator[Seen]:
    """Yield the respondents' sentences of the passages in a folder."""
    for path in sorted(folder.glob("*.tsv")):
        for told in read_passages(path):
            for one in sentences_of(told.transcript, told.rows, coder):
                yield replace(one, is_interview=False)


def words_of(doc: Doc, start: int, end: int, parts: frozenset[str]) -> frozenset[str]:
    """Return the folded lemmas of a stretch's words of some parts of speech."""
    return frozenset(
        fold(token.lemma_) for token in doc[start:end] if token.pos_ in parts and any(map(str.isalpha, token.text))
    )


def _around(doc: Doc, stretches: Iterable[Stretch]) -> frozenset[str]:
    return frozenset().union(*(words_of(doc, one.start, one.end, CONTEXT) for one in stretches))


def _after(sentences: Sequence[Sentence], place: int) -> Iterator[Stretch]:
    """Yield the next sentences of the same turn."""
    for one in sentences[place + 1 : place + 1 + SENTENCES_AFTER]:
        if one.turn.start == sentences[place].turn.start:
            yield one.stretch


def _asked(doc: Doc, sentence: Sentence) -> frozenset[str]:
    if sentence.question is None:
        return frozenset()
    stretch = sentence.question.stretch
    return frozenset(fold(token.lemma_) for token in doc[stretch.start : stretch.end] if token.text.isalpha())


def _coded(codings: Sequence[tuple[int, int, str, str]], start: int, end: int) -> Iterator[tuple[str, str]]:
    """Yield code and polarity of the codings that lie on more than half of a sentence."""
    for first, last, code, polarity in codings:
        if 2 * (min(end, last) - max(start, first)) > end - start:
            yield code, polarity
