"""A concordance on a terminal: the node aligned, what surrounds it cut at the edges, never the node before them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any, cast

from rich.cells import cell_len
from rich.text import Text

from ptce_qual.cli.tables import print_notes, table_of
from ptce_qual.cli.terminal import console, plain
from ptce_qual.lexicometry.frequencies import COLUMNS as COUNTS
from ptce_qual.lexicometry.places import short_names
from ptce_qual.translation import _, _n
from ptce_qual.wording import number

if TYPE_CHECKING:
    from ptce_qual.result import Result

_SPACES = re.compile(r"[ \t\r\n\v\f\x85\u2028\u2029]+")  # not those that do not break: French puts them before « ? »
_CUT = "…"
_GAP = 2
_SOURCE_SHARE = 4  # of the width, for the source at the most one such part
_NARROW = 60  # cells below which the source is not shown
_JOINER = "\u200d"


def print_concordance(told: Result, counted: Result, overall: Result, *, top: int) -> None:
    """Print the first `top` lines below their groups, the frequencies by group, and how often in all.

    Args:
        counted: the frequencies by group.
        overall: the one of all.
    """
    out = console()
    rows = cast("list[dict[str, Any]]", told.table.head(top).to_dict("records"))
    by = [name for name in counted.table.columns if name not in COUNTS]
    if rows:
        out.print(plain(told.title), style="bold")
        _print_lines(rows, by, out.width)
        out.print()
    if by:
        out.print(table_of(counted.table, counted.title))
        out.print()
    left_out = len(told.table) - len(rows)
    if rows and left_out:
        message = _n(
            "{count} more line is not shown: see --top, --sample, --out.",
            "{count} more lines are not shown: see --top, --sample, --out.",
            left_out,
        )
        out.print(plain(message), style="dim")
    out.print(plain(_how_often(told.title, overall)), style="bold")
    if rows:
        print_notes(told.notes)


def _how_often(title: str, overall: Result) -> str:
    """Return how often the expression stands in the corpus, in words."""
    hits, words, interviews = (int(overall.table[name].sum()) for name in ("hits", "words", "transcripts_with"))
    if not hits:
        return _("{title}: it stands nowhere in {words} words.", title=title, words=number(words))
    return _(
        "{hits} in {interviews}: {rate} per 1,000 of {words} words",
        hits=_n("{count} hit", "{count} hits", hits),
        interviews=_n("{count} interview", "{count} interviews", interviews),
        rate=number(1000 * hits / words),
        words=number(words),
    )


def _print_lines(rows: Sequence[dict[str, Any]], by: Sequence[str], width: int) -> None:
    out = console()
    widths = _Widths(rows, width)
    for group, lines in groupby(rows, key=lambda row: tuple(str(row[name]) for name in by)):
        if by:
            out.print()
            out.print(plain(" × ".join(value or "–" for value in group)), style="bold")
        for row in lines:
            out.print(widths.line(row), no_wrap=True, overflow="crop", crop=True)


class _Widths:
    """How the cells of a line are shared out between source, left, node and right, for all lines the same."""

    def __init__(self, rows: Sequence[dict[str, Any]], width: int) -> None:
        self._names = short_names({row["transcript_id"] for row in rows})
        sources = max(cell_len(self._source_of(row)) for row in rows)
        self._source = min(sources, width // _SOURCE_SHARE) if width >= _NARROW else 0
        room = width - 1 - (self._source + _GAP if self._source else 0) - 2 * _GAP
        nodes = max(cell_len(_shown(row["node"])) for row in rows)
        lefts = max(cell_len(_shown(row["left"])) for row in rows)
        self._left = max(0, min(lefts, (room - min(nodes, room // 2)) // 2))
        self._rest = room - self._left + _GAP

    def line(self, row: dict[str, Any]) -> Text:
        """Return a hit as a line: what does not fit is cut from the beginning of the left and the end of the right."""
        text = Text()
        if self._source:
            source = _cut_left(self._source_of(row), self._source)
            text.append(source + " " * (self._source - cell_len(source) + _GAP), "dim")
        left = _cut_left(_shown(row["left"]), self._left)
        text.append(" " * (self._left - cell_len(left)) + left + " " * _GAP)
        node = _cut_right(_shown(row["node"]), self._rest)
        text.append(node, "bold cyan")
        room = self._rest - cell_len(node) - _GAP
        right = _shown(row["right"])
        if right and room > 0:
            text.append(" " * _GAP + _cut_right(right, room))
        return text

    def _source_of(self, row: dict[str, Any]) -> str:
        return _shown(f"{self._names[row['transcript_id']]}:{row['start']}")


def _shown(text: str) -> str:
    """Return a text on one line, as it may reach a terminal."""
    return plain(_SPACES.sub(" ", str(text)).strip(" ")).plain


def _cut_right(text: str, width: int) -> str:
    """Return the beginning of a text that fits in so many cells, a mark where it is cut."""
    return text if cell_len(text) <= width else "".join(_fitting(list(_characters(text)), width - 1)) + _CUT


def _cut_left(text: str, width: int) -> str:
    """Return the end of a text that fits."""
    if cell_len(text) <= width:
        return text
    kept = list(_fitting(list(_characters(text))[::-1], width - 1))
    return (_CUT + "".join(kept[::-1])) if width > 0 else ""


def _fitting(characters: Sequence[str], width: int) -> Iterator[str]:
    for character in characters:
        width -= cell_len(character)
        if width < 0:
            return
        yield character


def _characters(text: str) -> Iterator[str]:
    """Yield what is drawn as one: a letter with its accents, an emoji with what is joined to it."""
    held = ""
    for char in text:
        if held and (cell_len(char) == 0 or held.endswith(_JOINER)):
            held += char
        else:
            if held:
                yield held
            held = char
    if held:
        yield held
