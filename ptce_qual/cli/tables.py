"""Results as tables for a terminal, and as CSV or JSON for programs."""

from __future__ import annotations

import json
import math
import sys
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from rich.columns import Columns
from rich.table import Table
from rich.text import Text

from ptce_qual.cli.options import Form
from ptce_qual.cli.terminal import console, plain
from ptce_qual.translation import _
from ptce_qual.wording import count, number, percent

if TYPE_CHECKING:
    import pandas as pd

    from ptce_qual.codebook.model import Codebook
    from ptce_qual.result import Result

_SHARES = ("coverage", "share")
_NOTHING = "·"
_SHORTEST_LABEL = 24


def print_result(result: Result, form: Form = Form.TABLE, *, index: bool = False) -> None:
    """Print a result: as a table with its notes, or as CSV or JSON for programs."""
    if form is Form.TABLE:
        console().print(table_of(result.table, result.title))
        print_notes(result.notes)
    else:
        sys.stdout.write(text_for_programs(result, form, index=index))


def text_for_programs(result: Result, form: Form, *, index: bool = False) -> str:
    """Return the rows of a result as CSV, or as JSON."""
    if form is Form.CSV:
        from ptce_qual.study.results import csv_bytes

        return csv_bytes(result.table, index=index).decode("utf-8", "replace")
    rows = result.table.reset_index() if index else result.table
    return _json(rows) + "\n"


def _json(frame: pd.DataFrame) -> str:
    """Return rows as JSON with all their digits, null where there is no value."""
    rows = frame.astype(object).where(frame.notna(), None).to_dict("records")
    return json.dumps(rows, ensure_ascii=False, indent=1, default=lambda value: value.item())


def print_notes(notes: Sequence[str]) -> None:
    """Print the notes below a table."""
    for note in notes:
        console().print(Text("  ").append_text(plain(note)), style="dim")


def table_of(frame: pd.DataFrame, title: str = "") -> Table:
    """Return a table of a frame's rows: shares in percent, other numbers aligned to the right."""
    table = Table(title=plain(title), title_justify="left", title_style="bold", box=None, header_style="bold")
    for name in frame.columns:
        numeric = frame[name].dtype.kind in "if"
        table.add_column(plain(str(name)), justify="right" if numeric else "left", overflow="fold")
    for row in frame.itertuples(index=False):
        cells = zip(frame.columns, row, strict=True)
        table.add_row(*(plain(cell_text(value, share=str(name).endswith(_SHARES))) for name, value in cells))
    return table


def cell_text(value: object, *, share: bool = False) -> str:
    """Return a value as it is shown: shares in percent, nothing for what is not a number."""
    if isinstance(value, float):
        return percent(value) if share else number(value)
    return "" if value is None else str(value)


def theme_tables(covered: Result, codebook: Codebook, width: int) -> Iterator[Table]:
    """Yield the coverage over all, a row a code below its branch; several tables where the columns of one don't fit."""
    overall = covered.table.drop_duplicates("code_id").set_index("code_id")
    headings = [
        _("codings"), _("sentences"), _("words"), _("cases"), _("affirmed"), _("negated"), _("hypothetical"),
    ]  # fmt: skip
    rows = {}
    for code_id in overall.index:
        row = overall.loc[code_id]
        rows[str(code_id)] = [
            Text(str(row["references"])),
            Text(cell_text(row["unit_coverage"], share=True)),
            Text(cell_text(row["word_coverage"], share=True)),
            Text(f"{row['cases_coded']}/{row['cases']}"),
            *(Text(str(row[polarity] or _NOTHING)) for polarity in ("affirmed", "negated", "hypothetical")),
        ]
    for block in _blocks(_widths(headings, rows), width - _SHORTEST_LABEL - 2):
        of_block = {code_id: cells[block] for code_id, cells in rows.items()}
        yield code_table(_("Themes"), headings[block], of_block, codebook, width)


def matrix_tables(
    matrix: Result, measure: str, codebook: Codebook, width: int
) -> tuple[list[Table], Mapping[int, str]]:
    """Return codes × groups, the largest cells of a code marked.

    The groups have numbers where their names are too long for the width, and are shared out over several tables where
    even their figures are.

    Returns:
        The tables, and the names by their numbers; none where the tables show them.
    """
    frame = matrix.table
    names = [str(column) or "–" for column in frame.columns]
    numbered = sum(max(len(name), 4) + 2 for name in names) > width - _SHORTEST_LABEL
    headings = [str(place) for place in range(1, len(names) + 1)] if numbered else names
    shares = measure.endswith(_SHARES)
    rows = {}
    for code_id, values in zip(frame.index, frame.to_numpy(dtype=float).tolist(), strict=True):
        highest = max((value for value in values if not math.isnan(value)), default=0.0)
        rows[str(code_id)] = [_matrix_cell(value, shares=shares, highest=highest) for value in values]
    title = matrix.title + (", %" if shares else "")
    blocks = list(_blocks(_widths(headings, rows), width - _SHORTEST_LABEL - 2))
    tables = []
    for block in blocks:
        ends = dict.fromkeys((headings[block][0], headings[block][-1]))
        told = title if len(blocks) == 1 else f"{title} ({'–'.join(ends)})"
        of_block = {code_id: cells[block] for code_id, cells in rows.items()}
        tables.append(code_table(told, headings[block], of_block, codebook, width))
    return tables, dict(enumerate(names, start=1)) if numbered else {}


def legend_columns(names: Mapping[int, str]) -> Columns:
    """Return numbers with their names, each kept in one piece."""
    return Columns([plain(f"{place} {name}") for place, name in names.items()], padding=(0, 2), column_first=True)


def _blocks(widths: Sequence[int], room: int) -> Iterator[slice]:
    """Yield the columns that fit beside each other; one at least."""
    start = used = 0
    for place, width in enumerate(widths):
        if place > start and used + width + 2 > room:
            yield slice(start, place)
            start, used = place, 0
        used += width + 2
    yield slice(start, len(widths))


def _widths(headings: Sequence[str], rows: Mapping[str, Sequence[Text]]) -> list[int]:
    columns = zip(headings, *rows.values(), strict=True)
    return [max(map(len, column)) for column in columns]


def code_table(
    title: str, headings: Sequence[str], rows: Mapping[str, Sequence[Text]], codebook: Codebook, width: int
) -> Table:
    """Return a table, a row a code below its branch; what does not fit is cut from labels, never from figures."""
    from ptce_qual.codebook.tree import codes_in_order

    table = Table(title=plain(title), title_justify="left", title_style="bold", box=None, header_style="bold")
    widths = _widths(headings, rows)
    room = width - sum(size + 2 for size in widths) - 2
    table.add_column(_("theme"), no_wrap=True, overflow="ellipsis", max_width=max(room, _SHORTEST_LABEL))
    for heading, size in zip(headings, widths, strict=True):
        table.add_column(plain(heading), justify="right", no_wrap=True, min_width=size)
    for depth, code_id, label in codes_in_order(codebook, set(rows)):
        style = "" if code_id in rows else "bold"
        table.add_row(plain("  " * depth + label), *rows.get(code_id, ()), style=style)
    return table


def _matrix_cell(value: float, *, shares: bool, highest: float) -> Text:
    if math.isnan(value) or value == 0:
        return Text("–" if math.isnan(value) else _NOTHING, style="dim")
    told = number(100 * value, 1) if shares else count(value)
    return Text(told, style="bold" if value == highest else "")
