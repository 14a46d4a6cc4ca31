"""Results as tables for a page: headings and cells in words, with links to what they count."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ptce_qual.result import Result

Row = Mapping[Any, Any]


@dataclass(frozen=True, slots=True)
class Cell:
    """What a cell says, where it leads, and whether it stands out."""

    text: str
    href: str = ""
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, what a row says in it, and whether that is a figure.

    Args:
        explained: what the heading stands for, where it is short.
    """

    heading: str
    cell: Callable[[Row], Cell | str]
    numeric: bool = True
    explained: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table for a page; the first cell of a row heads it.

    Args:
        more: how many rows there are beyond those shown.
    """

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    notes: tuple[str, ...] = ()
    more: int = 0


def table_of(
    result: Result,
    columns: Sequence[Column],
    *,
    rows: Sequence[Row] | None = None,
    most: int | None = None,
    caption: str = "",
) -> Table:
    """Return a result as a table for a page.

    Args:
        rows: those to show, by default all.
        most: how many of them at the most.
        caption: instead of the result's title.
    """
    told: list[Row] = [*(result.table.to_dict("records") if rows is None else rows)]
    shown = told if most is None else told[:most]
    cells = tuple(tuple(_cell(column.cell(row)) for column in columns) for row in shown)
    return Table(caption or result.title, tuple(columns), cells, result.notes, len(told) - len(shown))


def _cell(told: Cell | str) -> Cell:
    return told if isinstance(told, Cell) else Cell(told)
