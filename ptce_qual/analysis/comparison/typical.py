"""The verbatims that show best what a cell of the comparison is made of."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from ptce_qual.analysis.coded_corpus import CodedCorpus
from ptce_qual.analysis.comparison.grouped_units import GroupedUnits
from ptce_qual.analysis.units import Integers, touching
from ptce_qual.translation import _

COLUMNS = ("code_id", "group", "rank", "rules", "words", "case_id", "transcript_id", "start", "end", "quote")


def typical_verbatims(
    coded: CodedCorpus, found: GroupedUnits, codes: Mapping[str, frozenset[str]], cells: pd.DataFrame, *, count: int
) -> tuple[pd.DataFrame, tuple[str, ...]]:
    """Return the units of each marked cell that show it best, and by which rule."""
    words = _words(coded, found)
    rows: list[tuple[object, ...]] = []
    for cell in cells[cells["marked"].astype(bool)].itertuples():
        column, group = found.codes.index(str(cell.code_id)), found.groups.index(str(cell.group))
        places = np.flatnonzero(found.coded[:, column] & (found.group == group))
        rules = {place: _rules(coded, found, place, codes[str(cell.code_id)]) for place in places.tolist()}
        middle = float(np.median(words[places])) if len(places) else 0.0
        best = sorted(rules, key=lambda place: (-rules[place], abs(float(words[place]) - middle), place))
        for rank, place in enumerate(best[:count], start=1):
            rows.append((cell.code_id, cell.group, rank, rules[place], int(words[place]), *_quote(coded, found, place)))
    return pd.DataFrame(rows, columns=list(COLUMNS)), (
        _(
            "Of each marked cell, the units of the group that carry the code, ranked by how many distinct rules fired, "
            "then by how near their length in words is to the median of the cell's, then by their place."
        ),
    )


def _words(coded: CodedCorpus, found: GroupedUnits) -> Integers:
    """Return the words of each unit."""
    counts = np.zeros(len(found.units), dtype=np.int64)
    for place, transcript in enumerate(coded.corpus.transcripts):
        here = found.units.transcript == place
        starts = np.array([start for start, _end in coded.segmentations[transcript.id].words], dtype=np.int64)
        first, last = (np.searchsorted(starts, bound[here]) for bound in (found.units.start, found.units.end))
        counts[here] = last - first
    return counts


def _rules(coded: CodedCorpus, found: GroupedUnits, place: int, ids: frozenset[str]) -> int:
    start, end = found.units.start[place : place + 1], found.units.end[place : place + 1]
    transcript = coded.corpus.transcripts[int(found.units.transcript[place])]
    codings = [one for one in coded.codings_of[transcript.id] if one.code_id in ids]
    touched = [one for one in codings if touching(start, end, one.start, one.end) == (0, 1)]
    return len({evidence.rule_id for one in touched for evidence in one.evidence})


def _quote(coded: CodedCorpus, found: GroupedUnits, place: int) -> tuple[str, str, int, int, str]:
    transcript = coded.corpus.transcripts[int(found.units.transcript[place])]
    start, end = int(found.units.start[place]), int(found.units.end[place])
    return transcript.case_id, transcript.id, start, end, transcript.text[start:end]
