"""Judgements on fixed units: of each unit, whether each coder coded it with each code, and with which polarity.

A coding counts for every unit with which it shares a character that is not white space: a coder who marks half a
sentence codes the sentence, one who marks its end with the blank that follows does not code the next one. On characters
as units nothing is rounded. Characters between two bounds of codings are judged alike by all, so that they stand as one
column, with the number of characters beside it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal, get_args

import numpy as np
import numpy.typing as npt

from ptce_qual.analysis.agreement.multiple_coding import CodedSpan, MultipleCoding
from ptce_qual.analysis.coded_corpus import CodedCorpus
from ptce_qual.analysis.units import Integers, Units, units
from ptce_qual.model import Polarity

JudgedUnit = Literal["sentence", "turn", "character"]
POLARITIES: tuple[Polarity, ...] = get_args(Polarity)
Marks = npt.NDArray[np.int8]
_MISSING = -1


@dataclass(frozen=True, slots=True, eq=False)
class Judgements:
    """What coders judged.

    Args:
        units: what is judged, in the order of the text; of characters, stretches in which nobody's judgement changes.
        repeats: for each unit, how many it stands for: 1, or the characters of a stretch.
        marks: coders × codes × units: 1 coded, 0 not coded, −1 not read.
        polarities: coders × codes × units: a place in `POLARITIES`, −1 where the unit is not coded or none was told. Of
            several codings of one unit the last one decides.
        spans: of all coders, in the order of the text.
        laid: pairs as columns: places of spans, codes and units that go together.
    """

    coders: tuple[str, ...]
    codes: tuple[str, ...]
    units: Units
    repeats: Integers
    marks: Marks
    polarities: Marks
    spans: tuple[CodedSpan, ...]
    laid: Integers

    def of(self, coders: Sequence[str]) -> Judgements:
        """Return the judgements of some of the coders."""
        chosen = [self.coders.index(coder) for coder in coders]
        return replace(self, coders=tuple(coders), marks=self.marks[chosen], polarities=self.polarities[chosen])

    def of_codes(self, codes: Sequence[str]) -> Judgements:
        """Return the judgements on some of the codes."""
        chosen = np.array([self.codes.index(code) for code in codes], dtype=np.int64)
        place = np.full(len(self.codes), _MISSING)
        place[chosen] = np.arange(len(chosen))
        laid = self.laid[:, place[self.laid[1]] != _MISSING]
        return replace(
            self,
            codes=tuple(codes),
            marks=self.marks[:, chosen],
            polarities=self.polarities[:, chosen],
            laid=np.stack([laid[0], place[laid[1]], laid[2]]),
        )


def judgements(multiple: MultipleCoding, unit: JudgedUnit = "sentence", *, descendants: bool = False) -> Judgements:
    """Lay the codings of all coders on units.

    Args:
        unit: what is judged, in the speech that the corpus counts.
        descendants: a code takes in its descendants' codings.
    """
    places = {transcript.id: place for place, transcript in enumerate(multiple.coded.corpus.transcripts)}
    known = (span for span in multiple.spans if span.transcript_id in places)
    spans = tuple(sorted(known, key=lambda one: (places[one.transcript_id], one.start, one.end, one.coder)))
    where = np.array([places[span.transcript_id] for span in spans], dtype=np.int64)
    codes = multiple.codes(descendants=descendants)
    if unit == "character":
        judged = _stretches(multiple.coded, spans, where)
    else:
        judged = units(multiple.coded, unit)
        spans = tuple(_without_blanks(multiple.coded, span) for span in spans)
    laid = _laid(spans, where, judged, codes)
    repeats = judged.end - judged.start if unit == "character" else np.ones(len(judged), dtype=np.int64)
    marks, polarities = _marks(multiple, judged, spans, laid, len(codes))
    return Judgements(multiple.coders, tuple(codes), judged, repeats, marks, polarities, spans, laid)


def _marks(
    multiple: MultipleCoding, judged: Units, spans: Sequence[CodedSpan], laid: Integers, codes: int
) -> tuple[Marks, Marks]:
    transcripts = multiple.coded.corpus.transcripts
    read = np.array([[one.id in ids for one in transcripts] for ids in multiple.read.values()], dtype=np.bool_)
    read = read.reshape(len(multiple.coders), len(transcripts))
    marks = np.repeat(np.where(read[:, None, judged.transcript], 0, _MISSING).astype(np.int8), codes, axis=1)
    polarities = np.full(marks.shape, _MISSING, dtype=np.int8)
    number = {coder: place for place, coder in enumerate(multiple.coders)}
    coder = np.array([number[span.coder] for span in spans], dtype=np.int64)[laid[0]]
    told = np.array([POLARITIES.index(s.polarity) if s.polarity else _MISSING for s in spans], dtype=np.int8)[laid[0]]
    marks[coder, laid[1], laid[2]] = 1
    some = told != _MISSING
    # Spans stand in the order of the text, and of several assignments to one place the last one stays.
    polarities[coder[some], laid[1][some], laid[2][some]] = told[some]
    return marks, polarities


def _laid(spans: Sequence[CodedSpan], where: Integers, judged: Units, codes: Mapping[str, frozenset[str]]) -> Integers:
    """Return the places of spans, codes and units that go together, in the order of the spans."""
    columns: dict[str, list[int]] = {}
    for column, ids in enumerate(codes.values()):
        for code_id in ids:
            columns.setdefault(code_id, []).append(column)
    pairs = [(place, column) for place, span in enumerate(spans) for column in columns.get(span.code_id, ())]
    span, code = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
    first, last = _touched(spans, where, judged)
    count = (last - first)[span]
    unit = first[span].repeat(count) + np.arange(count.sum()) - np.repeat(np.cumsum(count) - count, count)
    return np.stack([span.repeat(count), code.repeat(count), unit])


def _touched(spans: Sequence[CodedSpan], where: Integers, judged: Units) -> tuple[Integers, Integers]:
    """Return for each span the range of the units with which it shares a character."""
    bounds = np.array([(span.start, span.end) for span in spans], dtype=np.int64).reshape(-1, 2)
    first, last = np.zeros(len(spans), dtype=np.int64), np.zeros(len(spans), dtype=np.int64)
    for place in np.unique(where):
        own = where == place
        low, high = np.searchsorted(judged.transcript, [place, place + 1])
        first[own] = low + np.searchsorted(judged.end[low:high], bounds[own, 0], side="right")
        last[own] = low + np.searchsorted(judged.start[low:high], bounds[own, 1], side="left")
    return first, np.where(bounds[:, 0] < bounds[:, 1], np.maximum(first, last), first)


def _without_blanks(coded: CodedCorpus, span: CodedSpan) -> CodedSpan:
    quote = coded.transcripts[span.transcript_id].text[span.start : span.end]
    if not quote or not (quote[0].isspace() or quote[-1].isspace()):
        return span
    start = span.start + len(quote) - len(quote.lstrip())
    return replace(span, start=start, end=max(start, span.start + len(quote.rstrip())))


def _stretches(coded: CodedCorpus, spans: Sequence[CodedSpan], where: Integers) -> Units:
    """Return the speech cut at every bound of a coding."""
    bounds = np.array([(span.start, span.end) for span in spans], dtype=np.int64).reshape(-1, 2)
    turns = units(coded, "turn")
    parts = []
    for place in range(len(coded.corpus.transcripts)):
        own = slice(*np.searchsorted(turns.transcript, [place, place + 1]))
        start, end = turns.start[own], turns.end[own]
        cuts = np.unique(np.concatenate([start, end, bounds[where == place].reshape(-1)]))
        turn = np.searchsorted(start, cuts[:-1], side="right") - 1
        inside = (turn >= 0) & (cuts[1:] <= end[turn]) if len(start) else np.zeros(len(cuts[:-1]), dtype=np.bool_)
        parts.append((np.full(inside.sum(), place), turns.turn[own][turn[inside]], cuts[:-1][inside], cuts[1:][inside]))
    empty = np.zeros(0, dtype=np.int64)
    return Units(*(np.concatenate([empty, *(part[column] for part in parts)]) for column in range(4)))
