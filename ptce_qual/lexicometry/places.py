"""The places that an expression was found at, the turns that they stand in, and the groups that these belong to."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from ptce_qual.analysis.coded_corpus import CodedCorpus
from ptce_qual.analysis.grouping import grouping
from ptce_qual.model import Transcript, Turn

_OF_ALL = {"case": "case_id", "transcript": "transcript_id"}


@dataclass(frozen=True, slots=True)
class Place:
    """Where the expression stands: from the beginning of its first word to the end of its last one.

    Args:
        number: the turn's, from 1.
    """

    start: int
    end: int
    turn: Turn
    number: int


def places(coded: CodedCorpus) -> Iterator[tuple[Transcript, list[Place]]]:
    """Yield each transcript with the places that evidence matched in it, in the order of the text, each once.

    A transcript without any is left out.
    """
    for transcript in coded.corpus.transcripts:
        evidence = (one for coding in coded.codings_of[transcript.id] for one in coding.evidence)
        spans = sorted({(one.matches[0][0], one.matches[-1][1]) for one in evidence})
        turns = turns_of(transcript)
        found = []
        for start, end in spans:
            number = max(1, bisect_right(turns, start, key=lambda turn: turn.start))
            found.append(Place(start, end, turns[number - 1], number))
        if found:
            yield transcript, found


def turns_of(transcript: Transcript) -> tuple[Turn, ...]:
    """Return a transcript's turns; one without any is one respondent's turn."""
    return transcript.turns or (Turn((), "respondent", 0, len(transcript.text)),)


def short_names(ids: Collection[str]) -> dict[str, str]:
    """Return transcripts' ids without their folders, where that leaves no two alike."""
    names = {one: one.rsplit("/", 1)[-1] for one in ids}
    return names if len(set(names.values())) == len(names) else {one: one for one in ids}


class Division:
    """The division of a corpus by attributes, of which each keeps its column.

    Args:
        by: attributes, see `grouping`.

    Raises:
        InputError: no transcript and no case has such an attribute.
    """

    def __init__(self, coded: CodedCorpus, by: Sequence[str]) -> None:
        self._names = list(dict.fromkeys(by))
        self._groupings = [grouping(coded, [name]) for name in self._names]

    def columns(self, others: Collection[str]) -> list[str]:
        """Return the names of the attributes' columns beside `others`."""
        attributes = [name for name in self._names if name not in (*_OF_ALL, "speaker", "role")]
        renamed = {**_OF_ALL, **{name: f"attribute_{name}" for name in attributes if name in others}}
        return [renamed.get(name, name) for name in self._names]

    def groups(self, transcript: Transcript, turn: Turn) -> tuple[str, ...]:
        """Return the group of a turn by each attribute; the empty text where it is not told."""
        return tuple(one.group_of(transcript, turn) for one in self._groupings)
