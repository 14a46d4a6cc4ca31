"""The bounds of a transcript's sentences, paragraphs and words, which outlive its Doc."""

from __future__ import annotations

import re
from itertools import pairwise

import numpy as np
from spacy.attrs import IDX, LENGTH, SENT_START
from spacy.tokens import Doc

from ptce_qual.model import Segmentation, Transcript
from ptce_qual.nlp.words import is_word

_LINE = re.compile(r"[^\r\n]+")


def segmentation(doc: Doc, transcript: Transcript) -> Segmentation:
    """Return the bounds, in characters, without white space at either end; what is all white space is left out.

    Words are tokens that `is_word` counts: an elided or clitic piece (« l' », « -t-il ») is one of its own.
    """
    text = transcript.text
    starts, lengths, first = doc.to_array([IDX, LENGTH, SENT_START]).astype(np.int64).T.tolist()
    inside = (start for start, is_first in zip(starts[1:], first[1:], strict=True) if is_first == 1)
    sentences = (_trimmed(text, start, end) for start, end in pairwise((0, *inside, len(text))))
    lines = [(0, len(text))] if transcript.wrapped else [line.span() for line in _LINE.finditer(text)]
    paragraphs = (_trimmed(text, start, end) for start, end in lines)
    return Segmentation(
        transcript_id=transcript.id,
        sentences=tuple((start, end) for start, end in sentences if start < end),
        paragraphs=tuple((start, end) for start, end in paragraphs if start < end),
        words=tuple((a, a + size) for a, size in zip(starts, lengths, strict=True) if is_word(text[a : a + size])),
    )


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), end - (len(piece) - len(piece.rstrip()))
