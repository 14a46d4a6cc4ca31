"""Paragraphs of word-processor files → a `Reading`: joined by one line end, tables of speakers understood."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from ptce_qual.model import Problem
from ptce_qual.readers.reading import Label, Reading
from ptce_qual.readers.times import parse_times
from ptce_qual.readers.word_lists import COVER, TABLE_HEADERS, fold
from ptce_qual.translation import _

Counted = Literal[
    "comments",
    "deletions in tracked changes",
    "endnotes",
    "footnotes",
    "hidden passages",
    "insertions in tracked changes",
    "text boxes",
]
"""What a reader counts of that which is not plain text."""


@dataclass(frozen=True, slots=True)
class Cell:
    """Where a paragraph stands in a table: all three from 0."""

    table: int
    row: int
    column: int


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph: `bold` is the length of its beginning in bold; the sign of a `bullet` is not in the text."""

    text: str
    bold: int = 0
    heading: bool = False
    bullet: bool = False
    cell: Cell | None = None


def paragraph_of_runs(
    runs: Iterable[tuple[str, bool]], *, heading: bool = False, bullet: bool = False, cell: Cell | None = None
) -> Paragraph:
    """Return the paragraph made of (text, whether in bold) pieces."""
    pieces = list(runs)
    bold = 0
    for text, is_bold in pieces:
        if not is_bold and text.strip():
            break
        bold += len(text)
    if not any(is_bold for _text, is_bold in pieces):
        bold = 0
    return Paragraph("".join(text for text, _is_bold in pieces), bold, heading, bullet, cell)


def assemble(paragraphs: Sequence[Paragraph], problems: tuple[Problem, ...] = ()) -> Reading:
    """Join paragraphs by one line end, and keep what they tell of speakers and headings as offsets."""
    spans: list[tuple[int, int]] = []
    position = 0
    for paragraph in paragraphs:
        spans.append((position, position + len(paragraph.text)))
        position += len(paragraph.text) + 1
    placed = list(zip(paragraphs, spans, strict=True))
    text = "\n".join(paragraph.text for paragraph in paragraphs)
    return Reading(
        text,
        problems,
        given=_labels_of_tables(text, placed),
        bold=tuple((start, start + one.bold) for one, (start, _end) in placed if one.text[: one.bold].strip()),
        headings=frozenset(start for one, (start, _end) in placed if one.heading),
        bullets=frozenset(start for one, (start, _end) in placed if one.bullet),
    )


def left_out(file: str, dropped: Counter[Counted], kept: Counter[Counted]) -> tuple[Problem, ...]:
    """Return the warning that says what of a file is not in its text, and which tracked insertions are; if any."""
    if not dropped and not kept:
        return ()
    if not kept:
        message = _("left out: {dropped}", dropped=_listed(dropped))
    elif not dropped:
        message = _("kept: {kept}", kept=_listed(kept))
    else:
        message = _("left out: {dropped}; kept: {kept}", dropped=_listed(dropped), kept=_listed(kept))
    remedy = ""
    if kept or "deletions in tracked changes" in dropped:
        remedy = _("Accept or refuse the changes in your word processor if this is not what you want.")
    return (Problem("warning", file, None, message, remedy),)


def _listed(counts: Counter[Counted]) -> str:
    return ", ".join(_counted(what, count) for what, count in sorted(counts.items()))


def _counted(what: Counted, count: int) -> str:
    names: dict[Counted, str] = {
        "comments": _("comments ({count})", count=count),
        "deletions in tracked changes": _("deletions in tracked changes ({count})", count=count),
        "endnotes": _("endnotes ({count})", count=count),
        "footnotes": _("footnotes ({count})", count=count),
        "hidden passages": _("hidden passages ({count})", count=count),
        "insertions in tracked changes": _("insertions in tracked changes ({count})", count=count),
        "text boxes": _("text boxes ({count})", count=count),
    }
    return names[what]


_Span = tuple[int, int]
_Table = dict[int, dict[int, _Span]]  # row → column → span of the cell


def _labels_of_tables(text: str, placed: Sequence[tuple[Paragraph, _Span]]) -> tuple[Label, ...]:
    tables: dict[int, _Table] = {}
    for paragraph, (start, end) in placed:
        if paragraph.cell:
            row = tables.setdefault(paragraph.cell.table, {}).setdefault(paragraph.cell.row, {})
            first = row.get(paragraph.cell.column, (start, end))[0]
            row[paragraph.cell.column] = (first, end)
    return tuple(label for table in tables.values() for label in _labels_of_table(text, table))


def _labels_of_table(text: str, table: _Table) -> list[Label]:
    rows = [row for _number, row in sorted(table.items())]
    columns = _speaker_and_text(text, rows)
    if columns is None:
        return []
    labels: list[Label] = []
    for row in rows:
        name_span, speech = row.get(columns[0], (0, 0)), row.get(columns[1])
        name = text[slice(*name_span)].strip()
        if speech is None or fold(name) in TABLE_HEADERS:
            continue
        if name:
            labels.append(_row_label(text, row, name_span, speech))
        elif labels:  # no name: the same speaker goes on
            labels[-1] = replace(labels[-1], stop=speech[1])
    return labels


def _row_label(text: str, row: dict[int, _Span], name: _Span, speech: _Span) -> Label:
    times = [parse_times(text[slice(*span)]) for column, span in sorted(row.items()) if span not in (name, speech)]
    known = next((time for time in times if time[0] is not None), (None, None, ""))
    return Label(
        min(span[0] for span in row.values()),
        speech[0],
        " ".join(text[slice(*name)].split()).rstrip(" :"),
        "given",
        time_start=known[0],
        time_end=known[1],
        stop=speech[1],
    )


def _speaker_and_text(text: str, rows: Sequence[dict[int, _Span]]) -> tuple[int, int] | None:
    """Return the columns of names and of speech: few short values that recur, and the longest text to their right."""
    columns = sorted({column for row in rows for column in row})
    values = {column: [text[slice(*row[column])].strip() for row in rows if column in row] for column in columns}
    speech = max(columns, key=lambda column: (sum(map(len, values[column])), -column), default=None)
    if speech is None or len(columns) < 2:
        return None
    for column in columns:
        if column >= speech:
            break
        names = [value for value in values[column] if value and fold(value) not in TABLE_HEADERS]
        if names and _are_names(names):
            return column, speech
    return None


def _are_names(values: Sequence[str]) -> bool:
    if any(len(value) > 40 or "\n" in value or not re.search(r"[^\W\d_]", value) for value in values):
        return False
    distinct = {fold(value.rstrip(" :")) for value in values}
    return len(distinct) <= max(2, len(values) // 2) and not distinct & COVER
