"""Legends: signs and what they stand for, side by side, in as many lines as they need."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ptce_qual.report.figures.board import Board
from ptce_qual.report.figures.lettering import text_width, wrapped

SIGN = 14.0
"""How wide a sign may be."""

_SIZE, _LINE, _BETWEEN = 7.5, 13.0, 18.0

Sign = Callable[[Board, float, float], None]
"""Draws a sign whose middle is at x and y."""


def draw_legend(board: Board, signs: Sequence[tuple[Sign, str]], left: float, top: float) -> float:
    """Draw signs with their words, and return where they end."""
    x, y = left, top + _LINE / 2
    for sign, told in signs:
        words = wrapped(told, board.width - SIGN - 5, size=_SIZE, most=1)[0]
        width = SIGN + 5 + text_width(words, _SIZE)
        if x > left and x + width > board.width:
            x, y = left, y + _LINE
        sign(board, x + SIGN / 2, y)
        board.text(x + SIGN + 5, y, words, size=_SIZE)
        x += width + _BETWEEN
    return y + _LINE / 2
