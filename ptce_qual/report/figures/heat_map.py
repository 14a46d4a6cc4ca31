"""Themes × cases: how much of each case's sentences each theme touches."""

from __future__ import annotations

import math
from functools import partial

import pandas as pd
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure

from ptce_qual.analysis.coverage import ALL
from ptce_qual.report.contents import Contents
from ptce_qual.report.figures.board import BLUE, WIDTH, Board, box
from ptce_qual.report.figures.made import FigureMade
from ptce_qual.report.figures.themes import GAP, LABELS, MANY, Row, column_heads, draw_rows, theme_rows
from ptce_qual.translation import _, _n
from ptce_qual.wording import NOTHING, number, percent

DARKEST = 0.8
"""The opacity of the highest coverage: ink keeps a contrast of 4.5 on it, on white and on dark paper."""
_APART = 8.0
_WIDEST, _NARROWEST = 44.0, 26.0


Shares = dict[str, dict[str, float]]
"""Theme → group, the whole among them → share of its sentences."""


def heat_map(contents: Contents) -> FigureMade | None:
    """Return the coverage of themes by case, in sentences; None without any coding."""
    table = contents.coverage.table
    if table.empty or not table["references"].sum() or not table["units"].max():
        return None
    shares = _shares(table)
    return FigureMade(
        name="heat_map",
        title=_("Coverage of themes by case"),
        caption=_caption(shares, int(table["units"].max())),
        alternative=_alternative(contents, shares),
        draw=partial(_draw, contents, shares),
    )


def _caption(shares: Shares, sentences: int) -> str:
    what = _(
        "Share of sentences in which a theme was coded, in percent: {themes} themes, {cases} cases, {sentences} "
        "sentences; the stronger the colour, the higher the share.",
        themes=len(shares),
        cases=len(_cases(shares)),
        sentences=number(sentences, 0),
    )
    limit = _(
        "A high share says that a theme is often spoken of, not that it matters more; what was negated counts too."
    )
    if len(_cases(shares)) >= MANY:
        limit = f"{_('Numbers are left out for want of room: they are in matrix.csv.')} {limit}"
    return f"{what} {limit}"


def _alternative(contents: Contents, shares: Shares) -> str:
    every = sorted(((own[ALL], code_id) for code_id, own in shares.items()), key=lambda one: -one[0])
    told = [
        _(
            "Over all cases the theme covered most is « {theme} » ({share} of sentences), the one covered least "
            "« {least} » ({least_share}).",
            theme=contents.labels.code(every[0][1]),
            share=percent(every[0][0]),
            least=contents.labels.code(every[-1][1]),
            least_share=percent(every[-1][0]),
        )
    ]
    told_cells = [(code_id, case) for code_id in shares for case in _cases(shares) if shares[code_id][case] >= 0]
    if told_cells:
        code_id, case = max(told_cells, key=lambda cell: shares[cell[0]][cell[1]])
        told.append(
            _(
                "The highest single share is that of « {theme} » in {case}: {share}.",
                theme=contents.labels.code(code_id),
                case=contents.case(case) or NOTHING,
                share=percent(shares[code_id][case]),
            )
        )
    absent = sum(share == 0 for share, _code_id in every)
    if absent:
        told.append(_n("{count} theme was never coded.", "{count} themes were never coded.", absent))
    return " ".join(told)


def _shares(table: pd.DataFrame) -> Shares:
    found: Shares = {}
    for code_id, group, share in zip(table["code_id"], table["group"], table["unit_coverage"], strict=True):
        found.setdefault(str(code_id), {})[str(group)] = float(share)
    return found


def _cases(shares: Shares) -> list[str]:
    return [group for group in next(iter(shares.values())) if group != ALL]


def _draw(contents: Contents, shares: Shares) -> Figure:
    groups = [ALL, *_cases(shares)]
    numbered = len(groups) <= MANY
    labels = [_("All cases"), *(contents.case(group) or NOTHING for group in groups[1:])]
    left = LABELS + GAP
    heads = column_heads(labels, max(WIDTH - left - 70, len(groups) * (_NARROWEST if numbered else 0)), _WIDEST)
    board = Board(max(WIDTH, left + len(groups) * heads.column + _APART + heads.overhang))
    rows = theme_rows(contents, shares, heads.height)
    lefts = [left + place * heads.column + (_APART if place else 0) for place in range(len(groups))]
    heads.draw(board, [one + heads.column / 2 for one in lefts], heads.height)
    draw_rows(board, rows)
    highest = max((share for own in shares.values() for share in own.values() if share > 0), default=1.0)
    cells = [
        (row, x, shares[row.code_id][group])
        for row in rows
        if row.code_id
        for x, group in zip(lefts, groups, strict=True)
    ]
    _draw_cells(board, cells, heads.column, highest, numbered=numbered)
    return board.finish(_draw_scale(board, left, rows[-1].bottom + 14, highest))


def _draw_cells(
    board: Board, cells: list[tuple[Row, float, float]], width: float, highest: float, *, numbered: bool
) -> None:
    told = [cell for cell in cells if not math.isnan(cell[2])]
    board.shapes(
        [box(x + 0.5, row.top + 0.5, width - 1, row.height - 1) for row, x, _value in told],
        fill=[shade(value / highest) for _row, _x, value in told],
    )
    if not numbered:
        return
    for row, x, value in cells:
        words = NOTHING if math.isnan(value) else number(100 * value, 1 if value else 0)
        board.text(x + width / 2, row.middle, words, align="center", size=7, opacity=1 if value else 0.6)


def shade(part: float) -> tuple[float, float, float, float]:
    """Return the colour of a part of the highest value, 0 to 1: the more of it, the less the paper shows through."""
    red, green, blue = to_rgb(BLUE)
    return red, green, blue, DARKEST * part if part else 0.04


def _draw_scale(board: Board, left: float, top: float, highest: float) -> float:
    """Draw what colours stand for, and return where it ends."""
    steps, length = 24, 144.0
    board.shapes(
        [box(left + place * length / steps, top, length / steps, 8) for place in range(steps)],
        fill=[shade((place + 0.5) / steps) for place in range(steps)],
    )
    board.text(left, top + 16, "0", align="left", size=7)
    board.text(left + length, top + 16, percent(highest), align="right", size=7)
    board.text(left + length + 10, top + 4, _("of sentences"), size=7)
    return top + 24
