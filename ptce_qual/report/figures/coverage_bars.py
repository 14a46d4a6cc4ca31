"""Codings of each theme, by what is said of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

import pandas as pd
from matplotlib.figure import Figure

from ptce_qual.analysis.coverage import ALL, POLARITIES
from ptce_qual.model import Polarity
from ptce_qual.report.contents import Contents
from ptce_qual.report.figures.board import BLUE, GREEN, INK, VERMILLION, WIDTH, Board, Point, box
from ptce_qual.report.figures.legends import draw_legend
from ptce_qual.report.figures.made import FigureMade
from ptce_qual.report.figures.scales import Scale, draw_grid, rounded_up
from ptce_qual.report.figures.themes import GAP, LABELS, draw_rows, theme_rows
from ptce_qual.translation import _
from ptce_qual.wording import count, percent, polarity

_THICK = 9.0  # of a bar
_BETWEEN = 3.2  # strokes or dots of one
_TOTAL = 30.0  # to the right of the longest bar, for its number


Bar = tuple[float, float, float]
"""Where a bar begins and ends, and its middle."""


def coverage_bars(contents: Contents) -> FigureMade | None:
    """Return the number of codings by theme and polarity; None without any coding."""
    table = contents.coverage.table
    table = table[table["group"] == ALL].set_index("code_id")
    if table.empty or not table["references"].sum():
        return None
    caption = _(
        "Number of codings of each theme, {codings} in all: affirmed (full), negated (hatched), hypothetical (dotted); "
        "the number at the end of a bar is their sum. What is said of a theme was found by rules: for a single "
        "passage, read it.",
        codings=count(table["references"].sum()),
    )
    return FigureMade(
        name="coverage_bars",
        title=_("Codings by theme and polarity"),
        caption=caption,
        alternative=_alternative(contents, table),
        draw=partial(_draw, contents, table),
    )


def _alternative(contents: Contents, table: pd.DataFrame) -> str:
    ordered = table["references"].sort_values(ascending=False, kind="stable")
    total = table["references"].sum()
    told = _(
        "« {theme} » has the most codings ({most}), « {least} » the fewest ({fewest}); of all codings {affirmed} are "
        "affirmed, {negated} negated, {hypothetical} hypothetical.",
        theme=contents.labels.code(str(ordered.index[0])),
        most=count(ordered.iloc[0]),
        least=contents.labels.code(str(ordered.index[-1])),
        fewest=count(ordered.iloc[-1]),
        **{name: percent(table[name].sum() / total) for name in POLARITIES},
    )
    negated = (table["negated"] / table["references"].where(table["references"] >= _ENOUGH)).dropna()
    if not len(negated) or not negated.max():
        return told
    most = negated.sort_values(ascending=False, kind="stable")
    denied = _(
        "Of the themes with {enough} codings or more, « {theme} » is negated most often ({share}).",
        enough=_ENOUGH,
        theme=contents.labels.code(str(most.index[0])),
        share=percent(most.iloc[0]),
    )
    return f"{told} {denied}"


_ENOUGH = 10


def _draw(contents: Contents, table: pd.DataFrame) -> Figure:
    board = Board()
    counts = {name: dict(zip(table.index, table[name].astype(int).tolist(), strict=True)) for name in POLARITIES}
    rows = theme_rows(contents, table.index, 22)
    draw_rows(board, rows)
    left = LABELS + GAP
    most = rounded_up(float(table["references"].max()), least=1)
    scale = Scale(0, most, left, WIDTH - _TOTAL)
    bottom = rows[-1].bottom + 2
    draw_grid(board, scale, 22, bottom)
    bars: dict[Polarity, list[Bar]] = {name: [] for name in POLARITIES}
    for row in rows:
        if not row.code_id:
            continue
        end = 0
        for name in POLARITIES:
            amount = counts[name][row.code_id]
            if amount:
                bars[name].append((scale.at(end), scale.at(end + amount), row.middle))
            end += amount
        board.text(scale.at(end) + 4, row.middle, count(end), size=7)
    for name, own in bars.items():
        _draw_bars(board, name, own)
    board.lines([[(left, 22), (left, bottom)]], colour=INK, width=0.8)
    draw_legend(board, [(partial(_sign, name=name), polarity(name)) for name in POLARITIES], left, 0)
    board.text((left + scale.end) / 2, bottom + 20, _("codings"), align="center", size=7.5)
    return board.finish(bottom + 26)


def _sign(board: Board, x: float, y: float, *, name: Polarity) -> None:
    _draw_bars(board, name, [(x - 7, x + 7, y)])


def _draw_bars(board: Board, name: Polarity, bars: Sequence[Bar]) -> None:
    """Draw bars: full, hatched or dotted, by what is said."""
    shapes = [box(start, middle - _THICK / 2, end - start, _THICK) for start, end, middle in bars]
    if name == "affirmed":
        board.shapes(shapes, fill=BLUE, edge=BLUE)
    elif name == "negated":
        board.shapes(shapes, edge=VERMILLION)
        board.lines([stroke for bar in bars for stroke in _hatches(bar)], colour=VERMILLION, width=0.9)
    else:
        board.shapes(shapes, edge=GREEN)
        board.dots([dot for bar in bars for dot in _dotted(bar)], radius=0.9, fill=GREEN)


def _hatches(bar: Bar) -> Iterator[tuple[Point, Point]]:
    """Yield slanted strokes, cut where the bar ends; they stand at the same places in all bars."""
    start, end, middle = bar
    foot = start - _THICK + _BETWEEN - start % _BETWEEN
    while foot < end:
        first, last = max(foot, start), min(foot + _THICK, end)
        if last > first:
            base = middle + _THICK / 2
            yield (first, base - (first - foot)), (last, base - (last - foot))
        foot += _BETWEEN


def _dotted(bar: Bar) -> Iterator[Point]:
    start, end, middle = bar
    many = max(int((end - start - 2) / _BETWEEN), 1)
    for place in range(many):
        yield start + (end - start) * (place + 0.5) / many, middle
