"""A workbook that is written cell by cell: texts stay texts, and the same cells make the same bytes."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any, Literal

import pandas as pd
from xlsxwriter import Workbook

from ptce_qual.report.xml_text import xml_text
from ptce_qual.translation import _

ROWS, COLUMNS = 1_048_576, 16_384  # of a sheet
LINKS = 65_530  # of a sheet; a spreadsheet refuses more
_CELL = 32_767  # UTF-16 units of a text
_NAME = 31
_LINE, _MOST_LINES = 15, 27  # points; a row has 409 at the most
_LETTERS = 1.1  # letters in a unit of a column's width, which is that of a digit
_NO_CLOCK = dt.datetime(2000, 1, 1, tzinfo=dt.UTC).replace(tzinfo=None)
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\\x00-\x1f]")

Kind = Literal["text", "wrapped", "count", "share", "number"]
Pieces = Iterable[tuple[str, bool]]
_FORMATS: Mapping[str, Mapping[str, Any]] = {
    "text": {},
    "wrapped": {"text_wrap": True},
    "count": {"num_format": "#,##0", "align": "right", "indent": 1},
    "share": {"num_format": "0.0%", "align": "right", "indent": 1},
    "number": {"num_format": "General", "align": "right", "indent": 1},
    "heading": {"bold": True, "text_wrap": True, "bg_color": "#E8EEF4"},
    "bold": {"bold": True},
    "title": {"bold": True, "font_size": 16},
    "notice": {"bold": True, "font_color": "#9C2A00", "text_wrap": True},
    "link": {"font_color": "#0B4F8A", "underline": 1},
}


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a sheet.

    Args:
        width: in characters.
        kind: how its cells are shown.
    """

    heading: str
    width: float
    kind: Kind = "text"


class Book:
    """A workbook in memory.

    Args:
        title: what its properties call it.
    """

    def __init__(self, title: str) -> None:
        self._bytes = BytesIO()
        options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        self._book: Any = Workbook(self._bytes, options)
        self._book.set_properties({"title": xml_text(title)[:255], "created": _NO_CLOCK})
        self._formats: dict[tuple[tuple[str, Any], ...], Any] = {}
        self._names: set[str] = set()

    def sheet(self, name: str) -> Any:
        """Add a sheet that prints on as many pages as it is long, its first row on each."""
        sheet = self._book.add_worksheet(sheet_name(name, self._names))
        self._names.add(sheet.get_name().lower())
        sheet.set_landscape()
        sheet.set_paper(9)  # A4
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
        sheet.set_footer("&C&P / &N")
        sheet.hide_gridlines(1)
        return sheet

    def format(self, kind: str, **more: Any) -> Any:
        """Return a format, made once."""
        told = {"valign": "top", **_FORMATS[kind], **more}
        key = tuple(sorted(told.items()))
        if key not in self._formats:
            self._formats[key] = self._book.add_format(told)
        return self._formats[key]

    def text(self, sheet: Any, row: int, column: int, text: str, shape: Any = None) -> None:
        """Write a text as it is; what is too long for a cell is cut, with a mark."""
        told = cell_text(text)
        shape = shape or self.format("text")
        if not told:
            sheet.write_blank(row, column, None, shape)
        elif told.startswith("<r>") and told.endswith("</r>"):
            # The library takes such a text for its own markup, unless it comes in pieces.
            sheet.write_rich_string(row, column, told[0], self.format("text"), told[1:], shape)
        else:
            sheet.write_string(row, column, told, shape)

    def pieces(self, sheet: Any, row: int, column: int, pieces: Pieces) -> None:
        """Write a text of which some pieces are in bold."""
        told = [(xml_text(piece), is_bold) for piece, is_bold in pieces]
        whole = "".join(piece for piece, _is_bold in told)
        if len(told) < 2 or utf16_length(whole) > _CELL:
            all_bold = bool(told) and all(is_bold for _piece, is_bold in told)
            self.text(sheet, row, column, whole, self.format("wrapped", **({"bold": True} if all_bold else {})))
            return
        runs: list[Any] = []
        for piece, is_bold in told:
            runs += [self.format("bold"), piece] if is_bold else [piece]
        sheet.write_rich_string(row, column, *runs, self.format("wrapped"))

    def value(self, sheet: Any, row: int, column: int, value: object, shape: Any) -> None:
        """Write a number, a text, or nothing where there is no value."""
        if isinstance(value, str):
            self.text(sheet, row, column, value, shape)
        elif value is None or pd.isna(value):  # type: ignore[call-overload]
            sheet.write_blank(row, column, None, shape)
        else:
            sheet.write_number(row, column, value, shape)

    def fit(self, sheet: Any, row: int, cells: Iterable[object], columns: Sequence[Column]) -> None:
        """Make a row as high as the longest of its wrapped cells needs: not every program does so by itself."""
        lines = [
            _lines(cell, column.width)
            for cell, column in zip(cells, columns, strict=True)
            if column.kind == "wrapped" and isinstance(cell, str)
        ]
        sheet.set_row(row, _LINE * min(max(lines, default=1), _MOST_LINES))

    def table(self, sheet: Any, columns: Sequence[Column], rows: Iterable[Sequence[object]], *, fixed: int = 0) -> None:
        """Write a table from the first row on, which stays in sight and filters.

        Args:
            fixed: how many columns stay in sight too.
        """
        shapes = [self.format(column.kind) for column in columns]
        last = 0
        for last, row in enumerate(rows, start=1):
            for place, (value, shape) in enumerate(zip(row, shapes, strict=True)):
                self.value(sheet, last, place, value, shape)
            self.fit(sheet, last, row, columns)
        self.head(sheet, columns, last, fixed=fixed)

    def head(self, sheet: Any, columns: Sequence[Column], last: int, *, fixed: int = 0) -> None:
        """Write the headings of a table whose last row is `last`, set the widths, freeze and filter."""
        for place, column in enumerate(columns):
            sheet.set_column(place, place, column.width)
            self.text(sheet, 0, place, column.heading, self.format("heading"))
        headings = [Column("", column.width, "wrapped") for column in columns]
        self.fit(sheet, 0, [f"{column.heading} ▾" for column in columns], headings)
        sheet.freeze_panes(1, fixed)
        sheet.autofilter(0, 0, last, len(columns) - 1)

    def close(self) -> bytes:
        """Return the file."""
        self._book.close()
        return self._bytes.getvalue()


def _lines(text: str, width: float) -> int:
    """Return how many lines a text takes in a column, roughly."""
    return sum(max(1, math.ceil(len(part) / (_LETTERS * width))) for part in text.split("\n"))


def sheet_name(name: str, taken: Iterable[str] = ()) -> str:
    """Return a name as a spreadsheet takes it: short, without some characters, none twice whatever the capitals."""
    told = _NOT_IN_NAMES.sub("-", xml_text(name)).strip("' ")[:_NAME].rstrip("' ") or "-"
    others, number, found = {one.lower() for one in taken}, 2, told
    while found.lower() in others:
        mark = f" {number}"
        found, number = told[: _NAME - len(mark)] + mark, number + 1
    return found


def place_in(sheet: Any, row: int) -> str:
    """Return the address of the first cell of a row (counted from 0), for a link."""
    name = sheet.get_name().replace("'", "''")
    return f"internal:'{name}'!A{row + 1}"


def cell_text(text: str) -> str:
    """Return a text as a cell takes it."""
    told = xml_text(text)
    if utf16_length(told) <= _CELL:
        return told
    mark = _(" […: cut here]")
    units = told.encode("utf-16-le")[: 2 * (_CELL - utf16_length(mark))]
    return units.decode("utf-16-le", "ignore") + mark


def utf16_length(text: str) -> int:
    """Return the length of a text as spreadsheets count it."""
    return len(text) + sum(char > "\uffff" for char in text)
