"""Themes as rows of a figure: in the codebook's order, below the names of their branches; and heads of columns."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import cos, radians, sin

from ptce_qual.codebook.model import Codebook
from ptce_qual.report.contents import Contents
from ptce_qual.report.figures.board import Board
from ptce_qual.report.figures.lettering import LINE, SIZE, text_width, wrapped
from ptce_qual.translation import _

LABELS = 196.0
"""The widest a label of a theme is, in points."""
GAP = 8.0
"""Between a label and what it names."""

_ROW, _PAD, _HEAD, _BEFORE_HEAD = 15.0, 5.0, 16.0, 5.0
_SLANT = 45
_HEADS: dict[bool, tuple[float, int]] = {False: (120.0, 3), True: (170.0, 1)}  # width and lines, of few or of many
MANY = 30
"""Of more columns than this, heads are cut to one line, and there is no room for numbers."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row: of a theme, or of the name of a branch, which has no `code_id`."""

    code_id: str
    lines: tuple[str, ...]
    top: float
    height: float

    @property
    def middle(self) -> float:
        """Where its middle is."""
        return self.top + self.height / 2

    @property
    def bottom(self) -> float:
        """Where it ends."""
        return self.top + self.height


def branch_of(codebook: Codebook, code_id: str) -> str:
    """Return the id of the code at the root of a code: its own for a root, nothing for a code that is not known."""
    code = codebook.by_id.get(code_id)
    if code is None:
        return ""
    seen = {code.id}
    while code.parent is not None and code.parent in codebook.by_id and code.parent not in seen:
        code = codebook.by_id[code.parent]
        seen.add(code.id)
    return code.id


def by_branch(contents: Contents, codes: Iterable[str]) -> list[tuple[str, list[str]]]:
    """Return codes in the codebook's order, below the label of their branch; a branch of itself alone has no label."""
    codebook = contents.coded.codebook
    order = {code.id: place for place, code in enumerate(codebook.codes)}
    groups: dict[str, list[str]] = {}
    for code_id in sorted(codes, key=lambda one: order.get(one, len(order))):
        groups.setdefault(branch_of(codebook, code_id), []).append(code_id)
    return [(_name(contents, branch, own), own) for branch, own in groups.items()]


def _name(contents: Contents, branch: str, codes: Sequence[str]) -> str:
    if not branch:
        return _("Outside the codebook")
    return "" if list(codes) == [branch] else contents.labels.code(branch)


def theme_rows(contents: Contents, codes: Iterable[str], top: float) -> list[Row]:
    """Return the rows of codes and of their branches, from `top` down, each as high as its label needs."""
    rows: list[Row] = []
    for branch, own in by_branch(contents, codes):
        if branch:
            top += _BEFORE_HEAD if rows else 0
            rows.append(_row("", wrapped(branch, LABELS, bold=True), top, _HEAD))
            top = rows[-1].bottom
        for code_id in own:
            rows.append(_row(code_id, wrapped(contents.labels.code(code_id), LABELS), top, _ROW))
            top = rows[-1].bottom
    return rows


def _row(code_id: str, lines: tuple[str, ...], top: float, least: float) -> Row:
    return Row(code_id, lines, top, max(least, len(lines) * SIZE * LINE + _PAD))


def draw_rows(board: Board, rows: Sequence[Row]) -> None:
    """Write the labels of rows: themes against what they name, branches from the left."""
    for row in rows:
        first = row.middle - (len(row.lines) - 1) / 2 * SIZE * LINE
        for place, line in enumerate(row.lines):
            where = first + place * SIZE * LINE
            if row.code_id:
                board.text(LABELS, where, line, align="right")
            else:
                board.text(0, where, line, bold=True)


@dataclass(frozen=True, slots=True)
class Heads:
    """Slanted heads of columns.

    Args:
        column: how wide a column is.
        height: from the top of the highest head to the columns.
        overhang: how far the last one stands out to the right of its column's middle.
    """

    labels: tuple[tuple[str, ...], ...]
    column: float
    height: float
    overhang: float

    def draw(self, board: Board, middles: Sequence[float], bottom: float) -> None:
        """Write the heads above the middles of their columns; of several lines the last is nearest to the right."""
        across = SIZE * LINE / sin(radians(_SLANT))
        for middle, lines in zip(middles, self.labels, strict=True):
            for number, line in enumerate(lines):
                before = (len(lines) - 1) / 2 - number
                board.text(middle + SIZE / 3 - before * across, bottom - 4, line, slant=_SLANT)


def column_heads(labels: Sequence[str], room: float, widest: float) -> Heads:
    """Return the heads of columns that share a width.

    Args:
        room: the width; where lines of heads need more, columns are wider.
        widest: the widest that a column is where there is room.
    """
    longest_line, most = _HEADS[len(labels) > MANY]
    lines = tuple(wrapped(label, longest_line, most=most) for label in labels)
    need = max((len(one) for one in lines), default=1) * SIZE * LINE / sin(radians(_SLANT)) + 1
    column = max(min(widest, room / max(len(labels), 1)), need)
    longest = max((text_width(line) for one in lines for line in one), default=0)
    rise = longest * sin(radians(_SLANT)) + SIZE + 4
    lean = max((text_width(line) for line in lines[-1]), default=0) * cos(radians(_SLANT)) if lines else 0
    return Heads(lines, column, rise, lean + need / 2)
