"""Codings of several coders as continua: the speech of each transcript, end to end, with what coders marked in it.

What lies outside the speech that is counted is cut out, so that a coding which reaches over an interviewer's question
stays one unit. Codings of one coder and code that overlap are one unit, those that only touch are two.

A continuum has one value at each place. For one code it is whether it is coded. For all codes together it is the set of
codes that the coder laid there: the code itself where passages carry one code each. For polarity it is the polarity: of
several, the one whose coding begins last.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from ptce_qual.analysis.agreement.continuum import Continuum, Unit, joined_spans
from ptce_qual.analysis.agreement.judgements import POLARITIES
from ptce_qual.analysis.agreement.multiple_coding import CodedSpan, MultipleCoding
from ptce_qual.analysis.coded_corpus import CodedCorpus
from ptce_qual.model import Polarity, Transcript

_Labelled = tuple[int, int, str]
_ByCode = Mapping[str, Sequence[tuple[int, int, Polarity | None]]]


@dataclass(frozen=True, slots=True)
class SpeechMarks:
    """What coders marked in the speech of the transcripts that anybody read, in characters of this speech.

    Args:
        lengths: transcript → the characters of its speech.
        read: coder → the transcripts read.
        marks: (transcript, coder) → code → start, end and polarity of each coding.
    """

    lengths: Mapping[str, int]
    read: Mapping[str, frozenset[str]]
    marks: Mapping[tuple[str, str], _ByCode]


def speech_marks(multiple: MultipleCoding) -> SpeechMarks:
    """Return the codings of all coders, clipped to the speech that is counted."""
    anybody = frozenset().union(*multiple.read.values())
    spans: dict[str, list[CodedSpan]] = {}
    for span in multiple.spans:
        spans.setdefault(span.transcript_id, []).append(span)
    lengths: dict[str, int] = {}
    marks: dict[tuple[str, str], dict[str, list[tuple[int, int, Polarity | None]]]] = {}
    for transcript in multiple.coded.corpus.transcripts:
        if transcript.id not in anybody:
            continue
        own = spans.get(transcript.id, [])
        lengths[transcript.id], places = _in_speech(multiple.coded, transcript, own)
        for span, (start, end) in zip(own, places, strict=True):
            if start < end:
                codes = marks.setdefault((transcript.id, span.coder), {})
                codes.setdefault(span.code_id, []).append((start, end, span.polarity))
    return SpeechMarks(lengths, multiple.read, marks)


def code_continua(speech: SpeechMarks, codes: Iterable[str]) -> tuple[Continuum, ...]:
    """Return a continuum a transcript, marked or not with a code.

    Args:
        codes: those that count for the code.
    """
    chosen = tuple(codes)
    return _continua(speech, lambda found: tuple((start, end, 0) for start, end in _joined(found, chosen)))


def set_continua(speech: SpeechMarks, codes: Mapping[str, Collection[str]]) -> tuple[Continuum, ...]:
    """Return a continuum a transcript, whose values are the sets of these codes that occur together.

    Args:
        codes: id → the codes whose codings count for it.
    """
    numbers: dict[frozenset[str], int] = {}

    def number(there: Collection[_Labelled]) -> int:
        return numbers.setdefault(frozenset(code for _start, _end, code in there), len(numbers))

    def units(found: _ByCode) -> tuple[Unit, ...]:
        spans = [(start, end, code) for code, ids in codes.items() for start, end in _joined(found, ids)]
        return _flat(spans, number)

    return _continua(speech, units)


def polarity_continua(speech: SpeechMarks, codes: Iterable[str]) -> tuple[Continuum, ...]:
    """Return a continuum a transcript, whose values are the polarities told where a code is laid.

    Args:
        codes: those that count for the code.
    """
    chosen = tuple(codes)

    def number(there: Collection[_Labelled]) -> int:
        return POLARITIES.index(max(there)[2])

    def units(found: _ByCode) -> tuple[Unit, ...]:
        spans = [(start, end, polarity) for polarity in POLARITIES for start, end in _joined(found, chosen, polarity)]
        return _flat(spans, number)

    return _continua(speech, units)


def _continua(speech: SpeechMarks, units: Callable[[_ByCode], tuple[Unit, ...]]) -> tuple[Continuum, ...]:
    return tuple(
        Continuum(
            length,
            tuple(
                units(speech.marks.get((transcript, coder), {})) if transcript in read else None
                for coder, read in speech.read.items()
            ),
        )
        for transcript, length in speech.lengths.items()
    )


def _joined(found: _ByCode, codes: Collection[str], polarity: Polarity | None = None) -> tuple[tuple[int, int], ...]:
    """Return the union of the codings of these codes; only of those of one polarity where it is told."""
    return joined_spans(
        (start, end)
        for code in codes
        for start, end, told in found.get(code, ())
        if polarity is None or told == polarity
    )


def _flat(spans: Iterable[_Labelled], value: Callable[[Collection[_Labelled]], int]) -> tuple[Unit, ...]:
    """Return units that do not overlap: spans cut at every bound, valued by all that stand there."""
    coming = sorted(spans, reverse=True)
    bounds = sorted({bound for start, end, _label in coming for bound in (start, end)})
    there: list[_Labelled] = []
    units = []
    for start, end in pairwise(bounds):
        there = [one for one in there if one[1] > start]
        while coming and coming[-1][0] <= start:
            there.append(coming.pop())
        if there:
            units.append((start, end, value(there)))
    return tuple(units)


def _in_speech(
    coded: CodedCorpus, transcript: Transcript, spans: Sequence[CodedSpan]
) -> tuple[int, list[tuple[int, int]]]:
    """Return the length of a transcript's speech, and where spans lie in it."""
    turns = np.array([(turn.start, turn.end) for turn in coded.speech(transcript)], dtype=np.int64).reshape(-1, 2)
    before = np.concatenate([[0], np.cumsum(turns[:, 1] - turns[:, 0])])
    bounds = np.array([(span.start, span.end) for span in spans], dtype=np.int64).reshape(-1, 2)
    if not len(turns):
        return 0, [(0, 0)] * len(spans)
    turn = np.maximum(np.searchsorted(turns[:, 0], bounds, side="right") - 1, 0)
    within = np.clip(bounds - turns[turn, 0], 0, turns[turn, 1] - turns[turn, 0])
    places = before[turn] + within
    return int(before[-1]), [(int(start), int(end)) for start, end in places]
