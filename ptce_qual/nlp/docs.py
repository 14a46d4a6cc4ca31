"""Docs made from transcripts: one a transcript, its text untouched, its turns in `doc.spans["turns"]`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from spacy.language import Language
from spacy.tokens import Doc, Span

from ptce_qual.model import Transcript
from ptce_qual.nlp.cache import DocCache
from ptce_qual.nlp.sentences import CUT, TURNS, WRAPPED

_LONGEST_PART = 20_000  # characters parsed at once; bounds memory, and suits the processor's caches
_PARTS_AT_ONCE = 16


def docs_for(transcripts: Iterable[Transcript], nlp: Language, cache: DocCache | None = None) -> Iterator[Doc]:
    """Yield the parsed Doc of each transcript, in order, from the cache where it is there.

    `doc.text == transcript.text`; `doc.spans["turns"]` holds the turns, each span's `id_` its index, `label_`
    its role and `kb_id_` its speakers, the whole being one respondent's turn where there is none.

    Args:
        transcripts: what to parse.
        nlp: a pipeline from `load_pipeline`.
        cache: where Docs are kept between runs; None parses each time.
    """
    for transcript in transcripts:
        doc = cache.get(transcript) if cache else None
        if doc is None:
            doc = parse(transcript, nlp)
            if cache:
                cache.put(transcript, doc)
        yield doc


def parse(transcript: Transcript, nlp: Language) -> Doc:
    """Parse one transcript, part by part, and return the whole as one Doc."""
    parts = list(nlp.pipe(_parts(transcript, nlp), batch_size=_PARTS_AT_ONCE))
    for part in parts:
        part.user_data.clear()
    doc = Doc.from_docs(parts, ensure_whitespace=False) or Doc(nlp.vocab)
    for group in (TURNS, CUT):
        if group not in doc.spans:
            doc.spans[group] = []
    return doc


def _parts(transcript: Transcript, nlp: Language) -> Iterator[Doc]:
    """Yield unparsed Docs that together are the text, cut between pieces; no token crosses a turn's bounds."""
    pieces: list[Doc] = []
    size = 0
    for start, end, turn in _pieces(transcript):
        for begin, stop in _lengths(transcript.text, start, end):
            doc = nlp.make_doc(transcript.text[begin:stop])
            doc.spans[TURNS] = [_turn_span(doc, transcript, turn)] if turn >= 0 else []
            if pieces and size + stop - begin > _LONGEST_PART:
                yield _joined(pieces, transcript)
                pieces, size = [], 0
            pieces.append(doc)
            size += stop - begin
    if pieces:
        yield _joined(pieces, transcript)


def _turn_span(doc: Doc, transcript: Transcript, index: int) -> Span:
    if not transcript.turns:
        return Span(doc, 0, len(doc), label="respondent", span_id="0")
    turn = transcript.turns[index]
    return Span(doc, 0, len(doc), label=turn.role, kb_id="|".join(turn.speakers), span_id=str(index))


def _pieces(transcript: Transcript) -> Iterator[tuple[int, int, int]]:
    """Yield (start, end, index of the turn, −1 between turns) from the beginning of the text to its end."""
    position = 0
    if not transcript.turns:
        yield 0, len(transcript.text), 0
        return
    for index, turn in enumerate(transcript.turns):
        if turn.start > position:
            yield position, turn.start, -1
        yield turn.start, turn.end, index
        position = turn.end
    if position < len(transcript.text):
        yield position, len(transcript.text), -1


def _lengths(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the ranges in which to parse a piece: the whole, or cuts after a line, a sentence or a word."""
    while end - start > _LONGEST_PART:
        limit = start + _LONGEST_PART
        cuts = (text.rfind(mark, start + 1, limit) + len(mark) for mark in ("\n", ". ", " "))
        cut = next((cut for cut in cuts if cut > start + _LONGEST_PART // 2), limit)
        yield start, cut
        start = cut
    if end > start:
        yield start, end


def _joined(pieces: list[Doc], transcript: Transcript) -> Doc:
    doc = Doc.from_docs(pieces, ensure_whitespace=False) or pieces[0]
    if transcript.wrapped:
        doc.user_data[WRAPPED] = True
    return doc
