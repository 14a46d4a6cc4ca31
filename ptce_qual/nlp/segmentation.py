"""The bounds of a transcript's sentences, paragraphs and words, which outlive its Doc."""

from __future__ import annotations

import re

from spacy.tokens import Doc

from ptce_qual.model import Segmentation, Transcript
from ptce_qual.nlp.words import is_word

_LINE = re.compile(r"[^\r\n]+")


def segmentation(doc: Doc, transcript: Transcript) -> Segmentation:
    """Return the bounds, in characters, without white space at either end; what is all white space is left out.

    Words are tokens that `is_word` counts: an elided or clitic piece (« l' », « -t-il ») is one of its own.
    """
    text = transcript.text
    sentences = (_trimmed(text, span.start_char, span.end_char) for span in doc.sents)
    lines = [(0, len(text))] if transcript.wrapped else [line.span() for line in _LINE.finditer(text)]
    paragraphs = (_trimmed(text, start, end) for start, end in lines)
    return Segmentation(
        transcript_id=transcript.id,
        sentences=tuple((start, end) for start, end in sentences if start < end),
        paragraphs=tuple((start, end) for start, end in paragraphs if start < end),
        words=tuple((token.idx, token.idx + len(token)) for token in doc if is_word(token.text)),
    )


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), end - (len(piece) - len(piece.rstrip()))
