"""The units that codings are counted on, and which of them each code touches."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from ptce_qual.analysis.coded_corpus import CodedCorpus
from ptce_qual.model import Segmentation, Transcript, Turn

UnitKind = Literal["character", "word", "sentence", "paragraph", "turn"]
Integers = npt.NDArray[np.int64]
Booleans = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Units:
    """Units of one kind in what is counted of one or more transcripts, in the order of the text.

    Args:
        transcript: for each unit, the place of its transcript among the corpus's.
        turn: for each unit, the place of its turn among those counted of its transcript.
        start, end: its bounds in characters.
    """

    transcript: Integers
    turn: Integers
    start: Integers
    end: Integers

    def __len__(self) -> int:
        return len(self.start)


def units_of_transcript(coded: CodedCorpus, transcript: Transcript, kind: UnitKind, place: int = 0) -> Units:
    """Return a transcript's units inside the turns that are counted; one that crosses a turn's bounds is cut there."""
    turns = list(coded.speech(transcript))
    starts, ends = _bounds(kind, coded.segmentations[transcript.id], transcript, turns)
    first = np.array([turn.start for turn in turns], dtype=np.int64)
    last = np.array([turn.end for turn in turns], dtype=np.int64)
    # A unit may reach from one turn into others: one piece for each turn that it touches.
    lowest = np.searchsorted(last, starts, side="right")
    count = np.maximum(np.searchsorted(first, ends, side="left") - lowest, 0)
    unit = np.repeat(np.arange(len(starts)), count)
    within = np.arange(len(unit)) - np.repeat(np.cumsum(count) - count, count)
    turn = lowest[unit] + within
    start, end = np.maximum(starts[unit], first[turn]), np.minimum(ends[unit], last[turn])
    kept = start < end
    return Units(np.full(int(kept.sum()), place, dtype=np.int64), turn[kept], start[kept], end[kept])


def units(coded: CodedCorpus, kind: UnitKind) -> Units:
    """Return all units of one kind, transcript by transcript."""
    parts = [units_of_transcript(coded, one, kind, place) for place, one in enumerate(coded.corpus.transcripts)]
    if not parts:
        nothing = np.zeros(0, dtype=np.int64)
        return Units(nothing, nothing, nothing, nothing)
    joined = (
        np.concatenate([getattr(part, name) for part in parts]) for name in ("transcript", "turn", "start", "end")
    )
    return Units(*joined)


def incidence(coded: CodedCorpus, counted: Units, codes: Mapping[str, Iterable[str]]) -> Booleans:
    """Return units × codes: whether a coding of the code (or of those that count for it) touches the unit.

    Args:
        counted: from `units`.
        codes: from `CodedCorpus.codes`.
    """
    table = np.zeros((len(counted), len(codes)), dtype=np.bool_)
    bounds = np.searchsorted(counted.transcript, np.arange(len(coded.corpus.transcripts) + 1))
    columns: dict[str, list[int]] = {}
    for column, ids in enumerate(codes.values()):
        for code_id in ids:
            columns.setdefault(code_id, []).append(column)
    for place, transcript in enumerate(coded.corpus.transcripts):
        low, high = bounds[place], bounds[place + 1]
        start, end = counted.start[low:high], counted.end[low:high]
        for coding in coded.codings_of[transcript.id]:
            touched = slice(*touching(start, end, coding.start, coding.end))
            table[low:high][touched, columns.get(coding.code_id, [])] = True
    return table


def touching(starts: Integers, ends: Integers, start: int, end: int) -> tuple[int, int]:
    """Return the range of the units, in order and apart from each other, that a span shares a character with."""
    if start >= end:
        return 0, 0
    return int(ends.searchsorted(start, side="right")), int(starts.searchsorted(end, side="left"))


def _bounds(
    kind: UnitKind, segmentation: Segmentation, transcript: Transcript, turns: list[Turn]
) -> tuple[Integers, Integers]:
    if kind == "character":
        starts = np.arange(len(transcript.text), dtype=np.int64)
        return starts, starts + 1
    told: Iterable[tuple[int, int]]
    if kind == "turn":
        told = [(turn.start, turn.end) for turn in turns]
    else:
        told = {"word": segmentation.words, "sentence": segmentation.sentences, "paragraph": segmentation.paragraphs}[
            kind
        ]
    bounds = np.array(list(told), dtype=np.int64).reshape(-1, 2)
    return bounds[:, 0], bounds[:, 1]
