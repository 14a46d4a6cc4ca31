"""The tables beside the transcripts: `transcripts.csv` (what is known of each interview) and `cases.csv`."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ptce_qual.model import Case, Problem
from ptce_qual.readers.encoding import decode
from ptce_qual.readers.word_lists import fold
from ptce_qual.translation import _, _n
from ptce_qual.wording import reason

_DELIMITERS = (",", ";", "\t")
_CASE_COLUMNS = ("case_id", "case", "id")
_LABEL_COLUMNS = ("label",)


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a CSV: its cells by column, and the line where it begins."""

    line: int
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class TranscriptRow:
    """What `transcripts.csv` tells of one interview, named by its id or its file."""

    line: int
    name: str
    case_id: str
    attributes: Mapping[str, str]


def read_table(path: Path, file: str) -> tuple[tuple[str, ...], list[Row], list[Problem]]:
    """Return the columns and rows of a CSV, whatever its encoding and its delimiter (`,`, `;` or tab)."""
    try:
        decoded = decode(path.read_bytes(), file)
    except OSError as error:
        message = _("the file can't be read: {reason}", reason=reason(error))
        return (), [], [Problem("error", file, None, message)]
    if isinstance(decoded, Problem):
        return (), [], [decoded]
    text, problems = decoded
    first = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = max(_DELIMITERS, key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    columns: tuple[str, ...] = ()
    rows: list[Row] = []
    line = 1
    try:
        for cells in reader:
            if not columns and any(cell.strip() for cell in cells):
                columns = tuple(cell.strip() for cell in cells)
                problems += _problems_of_columns(columns, line, file)
            elif any(cell.strip() for cell in cells):
                rows.append(Row(line, _cells(columns, cells)))
                problems += _problems_of_width(columns, cells, line, file)
            line = reader.line_num + 1
    except csv.Error as error:
        problems.append(Problem("error", file, line, _("the table can't be read from here on: {reason}", reason=error)))
    return columns, rows, problems


def read_cases(path: Path, file: str) -> tuple[list[Case], list[Problem]]:
    """Return the cases of `cases.csv` (case_id, label, any attribute) in its order."""
    columns, rows, problems = read_table(path, file)
    key = _column(columns, _CASE_COLUMNS)
    label = _column(columns, _LABEL_COLUMNS)
    if key is None:
        return [], [*problems, _missing_column(columns, "case_id", file)] if not _failed(problems) else problems
    cases: dict[str, Case] = {}
    for row in rows:
        identifier = row.cells[key]
        if not identifier:
            message = _("this row has no {column}; left out", column="case_id")
            problems.append(Problem("error", file, row.line, message, _("Fill it in.")))
        elif identifier in cases:
            message = _("the case « {case} » stands here for the second time; the first row is kept", case=identifier)
            problems.append(Problem("error", file, row.line, message, _("Remove one of the rows.")))
        else:
            attributes = _attributes(row, {key, label})
            cases[identifier] = Case(identifier, row.cells.get(label or "", "") or identifier, attributes)
    return list(cases.values()), problems


def read_transcript_rows(path: Path, file: str) -> tuple[list[TranscriptRow], list[Problem]]:
    """Return the rows of `transcripts.csv` (id or file, case, any attribute) in its order."""
    columns, rows, problems = read_table(path, file)
    key = _column(columns, ("id", "transcript_id", "file"))
    case = _column(columns, ("case", "case_id"))
    if key is None:
        return [], [*problems, _missing_column(columns, "id", file)] if not _failed(problems) else problems
    named: dict[str, TranscriptRow] = {}
    for row in rows:
        name = row.cells[key].replace("\\", "/").removeprefix("./")
        if not name:
            message = _("this row has no {column}; left out", column=key)
            problems.append(Problem("error", file, row.line, message, _("Fill it in.")))
        elif name in named:
            message = _("« {name} » stands here for the second time; the first row is kept", name=name)
            problems.append(Problem("error", file, row.line, message, _("Remove one of the rows.")))
        else:
            named[name] = TranscriptRow(
                row.line, name, row.cells.get(case or "", ""), _attributes(row, {key, case, "id", "file"})
            )
    return list(named.values()), problems


def _failed(problems: Sequence[Problem]) -> bool:
    return any(problem.severity == "error" for problem in problems)


def _column(columns: Sequence[str], names: Sequence[str]) -> str | None:
    """Return the column that has the first of `names` that is met, whatever its case."""
    found = {fold(column): column for column in reversed(columns)}
    return next((found[fold(name)] for name in names if fold(name) in found), None)


def _missing_column(columns: Sequence[str], name: str, file: str) -> Problem:
    message = _("there is no column « {name} »; the columns are: none", name=name)
    if columns:
        message = _("there is no column « {name} »; the columns are: {columns}", name=name, columns=", ".join(columns))
    remedy = _("Begin the table with a line that names its columns, {name} first.", name=name)
    return Problem("error", file, 1, message, remedy)


def _problems_of_columns(columns: Sequence[str], line: int, file: str) -> list[Problem]:
    twice = sorted({column for column in columns if column and columns.count(column) > 1})
    return [
        Problem(
            "error",
            file,
            line,
            _("the column « {name} » stands twice; the first is kept", name=column),
            _("Rename one of the two."),
        )
        for column in twice
    ]


def _problems_of_width(columns: Sequence[str], cells: Sequence[str], line: int, file: str) -> list[Problem]:
    if len(cells) <= len(columns) or not any(cell.strip() for cell in cells[len(columns) :]):
        return []
    message = _n(
        "this row has {cells} cells for {count} column; the last ones are left out",
        "this row has {cells} cells for {count} columns; the last ones are left out",
        len(columns),
        cells=len(cells),
    )
    return [Problem("error", file, line, message, _("Put values that hold the delimiter between double quotes."))]


def _cells(columns: Sequence[str], cells: Sequence[str]) -> dict[str, str]:
    named: dict[str, str] = {}
    for index, column in enumerate(columns):
        if column:
            named.setdefault(column, unicodedata.normalize("NFC", cells[index].strip()) if index < len(cells) else "")
    return named


def _attributes(row: Row, without: set[str | None]) -> dict[str, str]:
    return {column: value for column, value in row.cells.items() if value and column not in without}
