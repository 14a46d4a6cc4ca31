"""Interviews in their order, with the codes that each of them has, in all and in groups."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from ptce_qual.analysis.coded_corpus import CodedCorpus
from ptce_qual.analysis.grouping import Grouping, grouping
from ptce_qual.analysis.units import Booleans, touching
from ptce_qual.model import Transcript

Item = Literal["transcript", "case"]
ALL = "(all)"
DATE = "date"
_DATES = (
    re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d{1,2})(?:-(?P<day>\d{1,2}))?)?(?:[T ].*)?"),
    re.compile(r"(?:(?P<day>\d{1,2})[/.-])?(?P<month>\d{1,2})[/.-](?P<year>\d{4})"),
)
Day = tuple[int, int, int]


@dataclass(frozen=True, slots=True, eq=False)
class Interviews:
    """The interviews of one group, in their order.

    Args:
        ids: of transcripts, or of cases.
        dates: as they were told; empty where none was, or none that can be read.
        codes: ids.
        present: interviews × codes.
    """

    group: str
    ids: tuple[str, ...]
    dates: tuple[str, ...]
    codes: tuple[str, ...]
    present: Booleans


def ordered_interviews(
    coded: CodedCorpus,
    *,
    by: Sequence[str] = (),
    item: Item = "transcript",
    descendants: bool = False,
) -> list[Interviews]:
    """Return all interviews with speech in the order of their dates, then those of each group.

    Those without a date come last, in the order of their ids. A case has the date of its first interview. A code is in
    an interview where at least one coding of it touches its speech, and counts in the group of the first turn touched.

    Args:
        by: attributes that make the groups, see `grouping`; none for all interviews alone.
        item: what is taken as one interview: a transcript, or all transcripts of a case.
        descendants: whether a code takes in its descendants' codings.

    Raises:
        InputError: an attribute that nothing has.
    """
    groups = grouping(coded, by)
    codes = coded.codes(descendants=descendants)
    columns: dict[str, list[int]] = {}
    for column, ids in enumerate(codes.values()):
        for code_id in ids:
            columns.setdefault(code_id, []).append(column)
    found: dict[str, dict[str, set[int]]] = {ALL: {}}
    for group in groups.groups(coded) if by else ():
        found[group] = {}
    days: dict[str, tuple[Day, str]] = {}
    for transcript in coded.corpus.transcripts:
        name = transcript.id if item == "transcript" else transcript.case_id
        told = transcript.attributes.get(DATE, "")
        day = parse_day(told)
        if day and (name not in days or day < days[name][0]):
            days[name] = (day, told)
        for group, present in _present(coded, transcript, groups, columns).items():
            for key in {ALL, group} if by else {ALL}:
                found[key].setdefault(name, set()).update(present)
    return [_in_order(group, items, days, tuple(codes)) for group, items in found.items()]


def parse_day(told: str) -> Day | None:
    """Return the day of a date: 2013, 2013-11, 2013-11-21, 21/11/2013 or 11/2013; None for what is none of these."""
    for pattern in _DATES:
        match = pattern.fullmatch(told.strip())
        if match:
            day, month = int(match["day"] or 0), int(match["month"] or 0)
            return (int(match["year"]), month, day) if month <= 12 and day <= 31 else None
    return None


def _present(
    coded: CodedCorpus, transcript: Transcript, groups: Grouping, columns: dict[str, list[int]]
) -> dict[str, set[int]]:
    """Return the codes that a transcript has in each group that speaks in it."""
    turns = list(coded.speech(transcript))
    starts = np.array([turn.start for turn in turns], dtype=np.int64)
    ends = np.array([turn.end for turn in turns], dtype=np.int64)
    group_of = [groups.group_of(transcript, turn) for turn in turns]
    found: dict[str, set[int]] = {group: set() for group in group_of}
    for coding in coded.codings_of[transcript.id]:
        first, last = touching(starts, ends, coding.start, coding.end)
        if first < last:
            found[group_of[first]].update(columns.get(coding.code_id, ()))
    return found


def _in_order(
    group: str, items: dict[str, set[int]], days: dict[str, tuple[Day, str]], codes: tuple[str, ...]
) -> Interviews:
    dated = sorted((name for name in items if name in days), key=lambda name: (days[name][0], name))
    ids = (*dated, *sorted(name for name in items if name not in days))
    present = np.zeros((len(ids), len(codes)), dtype=np.bool_)
    for row, name in enumerate(ids):
        present[row, sorted(items[name])] = True
    return Interviews(group, ids, tuple(days[name][1] if name in days else "" for name in ids), codes, present)
