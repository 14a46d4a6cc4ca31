"""Tables of which figures are never cut: what does not fit is taken from the words."""

from __future__ import annotations

from collections.abc import Sequence

from rich.table import Table
from rich.text import Text

from ptce_qual.cli.terminal import plain

_SHORTEST = 12
_GAP = 2


def fitted_table(
    title: str,
    headings: Sequence[str],
    rows: Sequence[Sequence[str | Text]],
    width: int,
    *,
    words: Sequence[int] = (0,),
) -> Table:
    """Return a table no wider than `width` where figures allow it.

    Args:
        words: the columns of words, to the left; those of figures stand to the right.
    """
    cells = [[plain(cell) if isinstance(cell, str) else cell for cell in row] for row in rows]
    sizes = [max([len(heading), *(len(row[at]) for row in cells)]) for at, heading in enumerate(headings)]
    room = width - 1 - sum(size + _GAP for at, size in enumerate(sizes) if at not in words) - _GAP * len(words)
    limits = _limits([sizes[at] for at in words], room)
    table = Table(title=plain(title), title_justify="left", title_style="bold", box=None, header_style="bold")
    for at, heading in enumerate(headings):
        if at in words:
            limit = limits[words.index(at)]
            table.add_column(plain(heading), no_wrap=True, overflow="ellipsis", min_width=limit, max_width=limit)
        else:
            table.add_column(plain(heading), justify="right", no_wrap=True, min_width=sizes[at])
    for row in cells:
        table.add_row(*row)
    return table


def _limits(sizes: Sequence[int], room: int) -> list[int]:
    """Share the room out: the shortest columns get what they need, the others the same each."""
    limits = [0] * len(sizes)
    left = room
    for done, at in enumerate(sorted(range(len(sizes)), key=sizes.__getitem__)):
        limits[at] = min(sizes[at], max(_SHORTEST, left // (len(sizes) - done)))
        left -= limits[at]
    return limits
