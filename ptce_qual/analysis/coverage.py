"""How much of what is coded: the five measures of coverage, by code and group of speech.

A text is the respondents' speech of a transcript. Spans are clipped to it and their union is measured, so that a
coverage lies in [0, 1] whatever overlaps (QualCoder sums lengths and can pass 100 %). Characters count spaces,
as MAXQDA and NVivo do.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
import numpy.typing as npt
import pandas as pd

from ptce_qual.analysis.coded_corpus import CodedCorpus
from ptce_qual.analysis.grouping import Grouping, grouping
from ptce_qual.analysis.unit_names import attribute_name
from ptce_qual.analysis.units import Integers, UnitKind, touching, units_of_transcript
from ptce_qual.model import Polarity, Transcript, Turn
from ptce_qual.result import Result
from ptce_qual.translation import _
from ptce_qual.wording import percent

Measure = Literal["char_coverage", "word_coverage", "references", "unit_coverage", "turn_coverage", "case_coverage"]
MEASURES: tuple[Measure, ...] = get_args(Measure)
ALL = "(all)"
LITTLE = 0.02
"""Of the words: where less is coded, the codebook may be another study's. With its own, the demonstration has 30 %."""
POLARITIES: tuple[Polarity, ...] = get_args(Polarity)

_KINDS: dict[str, UnitKind] = {"char": "character", "word": "word", "unit": "sentence", "turn": "turn"}
_PLURALS = {"char": "chars", "word": "words", "unit": "units", "turn": "turns"}


def coverage(
    coded: CodedCorpus,
    *,
    by: Sequence[str] = ("case",),
    descendants: bool = False,
    polarity: Sequence[Polarity] = (),
) -> Result:
    """Return the coverage of each code, over all and in each group.

    One row a code and group; the group `(all)` comes first. Columns, for each of `char`, `word`, `unit` (sentences) and
    `turn`: the coverage, its numerator (`…s_coded`) and its denominator; `references`, the number of codings, and
    `distinct_spans`; `case_coverage`, cases with at least one coding ÷ cases with speech in the group;
    `mean_case_word_coverage`, the mean over these cases of their word coverage, so that long interviews do not
    dominate; then the codings by polarity.

    Args:
        by: attributes that make the groups, see `grouping`; none for `(all)` alone.
        descendants: whether a code takes in its descendants' codings.
        polarity: count codings of these polarities only; all for none.

    Raises:
        InputError: an attribute that nothing has.
    """
    groups = grouping(coded, by)
    tally = _Tally(coded.of_polarity(*polarity), groups, descendants=descendants)
    title = _("Coverage by {attribute}", attribute=attribute_name(groups.name)) if by else _("Coverage")
    return Result(title, _table(tally, by), _notes(coded))


def matrix(covered: Result, measure: Measure = "unit_coverage") -> Result:
    """Return one measure of a coverage as codes × groups, the whole left out where there are groups."""
    table = covered.table
    wide = table.pivot_table(
        index="code_id", columns="group", values=measure, sort=False, aggfunc="first", dropna=False
    )
    if len(wide.columns) > 1:
        wide = wide.drop(columns=ALL)
    return Result(f"{covered.title}: {measure}", wide, covered.notes)


def uncoded(coded: CodedCorpus, *, by: Sequence[str] = ("case",)) -> Result:
    """Return how much of the text no code covers, over all and in each group, in words and in sentences."""
    groups = grouping(coded, by)
    tally = _Tally(coded, groups, any_code=True)
    rows = []
    for group, cells in tally.groups():
        row: dict[str, object] = {"group": group}
        for name in ("word", "unit"):
            total = int(tally.totals[name][cells].sum())
            left = total - int(tally.counts[name][0, cells].sum())
            plural = _PLURALS[name]
            row |= {f"uncoded_{name}_share": _ratio(left, total), f"{plural}_uncoded": left, plural: total}
        rows.append(row)
    return Result(_("Text that no code covers"), pd.DataFrame(rows), _notes(coded))


def uncoded_share(coded: CodedCorpus) -> float:
    """Return the share of the words that no code covers; not a number where nothing is said."""
    return float(uncoded(coded, by=()).table["uncoded_word_share"].iloc[0])


def little_coded(share: float) -> str:
    """Return a doubt about the codebook where hardly anything is coded: what little there is may be chance alone.

    Args:
        share: see `uncoded_share`.
    """
    if not share > 1 - LITTLE:
        return ""
    return _(
        "Hardly anything is coded ({share} of the words): does this codebook suit these interviews? "
        "What it finds where its themes are not spoken of is mostly wrong.",
        share=percent(1 - share),
    )


def absent_codes(coded: CodedCorpus) -> tuple[str, ...]:
    """Return the codes that no case has, in the codebook's order."""
    found = {coding.code_id for coding in coded.codings}
    return tuple(name for name, ids in coded.codes().items() if found.isdisjoint(ids))


@dataclass(frozen=True, slots=True)
class _Cell:
    """What is counted apart: the speech of one group in one case."""

    case: str
    group: str


class _Tally:
    """Counts by code and cell, from which all measures follow by sums.

    Attributes:
        codes: the ids of the codes counted, the rows of each array.
        cells: the columns of each array.
        totals: by kind of unit, how many a cell has.
        counts: by kind of unit, how many of them a code touches; `references`, `spans` and each polarity: codings.
    """

    def __init__(
        self, coded: CodedCorpus, groups: Grouping, *, descendants: bool = False, any_code: bool = False
    ) -> None:
        counted = coded.codes(descendants=descendants)
        if any_code:
            counted = {"": frozenset().union(*counted.values())}
        self.codes = list(counted)
        self._rows: dict[str, list[int]] = {}
        for row, ids in enumerate(counted.values()):
            for code_id in ids:
                self._rows.setdefault(code_id, []).append(row)
        self._columns = _columns(coded, groups)
        self.cells = list(self._columns)
        self._present = groups.groups(coded)
        self.totals = {name: np.zeros(len(self.cells), dtype=np.int64) for name in _KINDS}
        self.counts = {
            name: np.zeros((len(self.codes), len(self.cells)), dtype=np.int64)
            for name in (*_KINDS, "references", "spans", *POLARITIES)
        }
        for transcript in coded.corpus.transcripts:
            cells = self._cells_of_turns(coded, groups.group_of, transcript)
            if len(cells):
                self._add(coded, transcript, cells)

    def groups(self) -> list[tuple[str, Integers]]:
        """Return each group with the columns that make it up, the whole first."""
        found = [(ALL, np.arange(len(self.cells)))]
        if self._present != [""]:
            found += [
                (group, np.array([at for at, cell in enumerate(self.cells) if cell.group == group], dtype=np.int64))
                for group in self._present
            ]
        return found

    def _cells_of_turns(
        self, coded: CodedCorpus, group_of: Callable[[Transcript, Turn], str], transcript: Transcript
    ) -> Integers:
        cells = [
            self._columns[_Cell(transcript.case_id, group_of(transcript, turn))] for turn in coded.speech(transcript)
        ]
        return np.array(cells, dtype=np.int64)

    def _add(self, coded: CodedCorpus, transcript: Transcript, cells: Integers) -> None:
        by_row: dict[int, list[tuple[int, int, Polarity]]] = {}
        for coding in coded.codings_of[transcript.id]:
            for row in self._rows.get(coding.code_id, ()):
                by_row.setdefault(row, []).append((coding.start, coding.end, coding.polarity))
        for name, kind in _KINDS.items():
            found = units_of_transcript(coded, transcript, kind)
            column = cells[found.turn]
            self.totals[name] += np.bincount(column, minlength=len(self.cells))
            for row, codings in by_row.items():
                touched = np.zeros(len(found), dtype=np.bool_)
                for start, end, _polarity in codings:
                    touched[slice(*touching(found.start, found.end, start, end))] = True
                self.counts[name][row] += np.bincount(column[touched], minlength=len(self.cells))
        turns = list(coded.speech(transcript))
        starts = np.array([turn.start for turn in turns], dtype=np.int64)
        ends = np.array([turn.end for turn in turns], dtype=np.int64)
        for row, codings in by_row.items():
            self._add_references(row, codings, starts, ends, cells)

    def _add_references(
        self, row: int, codings: Sequence[tuple[int, int, Polarity]], starts: Integers, ends: Integers, cells: Integers
    ) -> None:
        """Count codings in the cell of the first turn that they touch; those that touch none are not of this text."""
        spans = set()
        for start, end, polarity in codings:
            first, last = touching(starts, ends, start, end)
            if first < last:
                cell = int(cells[first])
                self.counts["references"][row, cell] += 1
                self.counts[polarity][row, cell] += 1
                spans.add((start, end, cell))
        for _start, _end, cell in spans:
            self.counts["spans"][row, cell] += 1


def _columns(coded: CodedCorpus, groups: Grouping) -> dict[_Cell, int]:
    cells = {
        _Cell(transcript.case_id, groups.group_of(transcript, turn))
        for transcript in coded.corpus.transcripts
        for turn in coded.speech(transcript)
    }
    return {cell: at for at, cell in enumerate(sorted(cells, key=lambda cell: (cell.case, cell.group)))}


def _table(tally: _Tally, by: Sequence[str]) -> pd.DataFrame:
    groups = tally.groups() if by else tally.groups()[:1]
    rows = [
        {"code_id": code_id, "group": group, **_measures(tally, row, cells)}
        for row, code_id in enumerate(tally.codes)
        for group, cells in groups
    ]
    return pd.DataFrame(rows, columns=_column_names())


def _column_names() -> list[str]:
    names = ["code_id", "group"]
    for name in ("char", "word"):
        names += [f"{name}_coverage", f"{_PLURALS[name]}_coded", _PLURALS[name]]
    names += ["references", "distinct_spans"]
    for name in ("unit", "turn"):
        names += [f"{name}_coverage", f"{_PLURALS[name]}_coded", _PLURALS[name]]
    return [*names, "case_coverage", "cases_coded", "cases", "mean_case_word_coverage", *POLARITIES]


def _measures(tally: _Tally, row: int, cells: Integers) -> dict[str, object]:
    counts = {name: table[row, cells] for name, table in tally.counts.items()}
    measured: dict[str, object] = {}
    for name, plural in _PLURALS.items():
        coded, total = int(counts[name].sum()), int(tally.totals[name][cells].sum())
        measured |= {f"{name}_coverage": _ratio(coded, total), f"{plural}_coded": coded, plural: total}
    cases = [tally.cells[cell].case for cell in cells]
    words = _by_case(cases, tally.totals["word"][cells])
    coded_words, references = _by_case(cases, counts["word"]), _by_case(cases, counts["references"])
    with_code = sum(count > 0 for count in references.values())
    means = [coded_words[case] / count for case, count in words.items() if count]
    return (
        measured
        | {
            "references": int(counts["references"].sum()),
            "distinct_spans": int(counts["spans"].sum()),
            "case_coverage": _ratio(with_code, len(references)),
            "cases_coded": with_code,
            "cases": len(references),
            "mean_case_word_coverage": float(np.mean(means)) if means else float("nan"),
        }
        | {polarity: int(counts[polarity].sum()) for polarity in POLARITIES}
    )


def _by_case(cases: Sequence[str], counts: npt.NDArray[np.int64]) -> dict[str, int]:
    summed: dict[str, int] = {}
    for case, count in zip(cases, counts.tolist(), strict=True):
        summed[case] = summed.get(case, 0) + count
    return summed


def _ratio(part: int, whole: int) -> float:
    """Return a share, not a number where there is nothing to share."""
    return part / whole if whole else float("nan")


def _notes(coded: CodedCorpus) -> tuple[str, ...]:
    whose = _("the respondents' and the interviewers' speech") if coded.interviewer else _("the respondents' speech")
    return (
        _("The text is {whose}; coverages are shares of the union of a code's spans, clipped to it.", whose=whose),
        _(
            "Characters count spaces. Words leave out punctuation, hesitations and cut words; an elided or clitic "
            "piece (l', -t-il) is one."
        ),
        _("`unit` is the sentence; a sentence or turn is covered where at least one coding of the code touches it."),
        _(
            "A case is counted where it has speech in the group; a coding is counted in the group of the turn where it "
            "begins."
        ),
    )
