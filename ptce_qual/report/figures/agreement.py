"""Krippendorff's α of each theme, with its interval."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from math import isnan
from typing import Any

import pandas as pd
from matplotlib.figure import Figure

from ptce_qual.analysis.agreement import ALL, MEAN
from ptce_qual.report.contents import Contents
from ptce_qual.report.figures.board import BLUE, INK, VERMILLION, WIDTH, Board, polygon
from ptce_qual.report.figures.made import FigureMade
from ptce_qual.report.figures.scales import Scale, draw_grid, rounded_up
from ptce_qual.report.figures.themes import GAP, LABELS, draw_rows, theme_rows
from ptce_qual.translation import _, _n
from ptce_qual.wording import count, number

COEFFICIENT = "krippendorff_alpha"
TENTATIVE, RELIABLE = 0.667, 0.8
"""Krippendorff 2004, p. 241: below the first, discard; from the second on, rely on it."""

_TOP, _TOTAL = 16.0, 20.0
_NUMBERS = 34.0


def agreement(contents: Contents) -> FigureMade | None:
    """Return the agreement of coders on each theme; None where there are no other coders."""
    if not contents.agreement or "agreement" not in contents.agreement:
        return None
    table = contents.agreement["agreement"].table
    if table.empty or COEFFICIENT not in table:
        return None
    table = table.drop_duplicates("code_id").set_index("code_id")
    own = table.drop(index=[ALL, MEAN], errors="ignore")
    told = _values(own[COEFFICIENT]).dropna()
    if own.empty:
        return None
    caption = _(
        "Krippendorff's α of {themes} themes between {coders} coders, with its bootstrap interval; the square is all "
        "themes together, {units} judgements. Lines at {tentative} and {reliable}: below the first nothing should rest "
        "on a theme, above the second it may be relied on (Krippendorff 2004); rare themes have wide intervals.",
        themes=len(own),
        coders=int(table["coders"].dropna().max()),
        units=count(int(table["units"].dropna().max())),
        tentative=number(TENTATIVE, 3),
        reliable=number(RELIABLE, 2),
    )
    return FigureMade(
        name="agreement",
        title=_("Agreement of coders by theme"),
        caption=caption,
        alternative=_alternative(contents, told, len(own) - len(told)),
        draw=partial(_draw, contents, table),
    )


def _values(column: pd.Series) -> pd.Series:
    return column.astype("Float64").astype(float)


def _alternative(contents: Contents, told: pd.Series, undefined: int) -> str:
    sentences = []
    if len(told):
        ordered = told.sort_values(ascending=False, kind="stable")
        sentences.append(
            _(
                "Coders agree most on « {theme} » (α {highest}) and least on « {least} » (α {lowest}); {reliable} of "
                "{themes} themes reach {level}.",
                theme=contents.labels.code(str(ordered.index[0])),
                highest=number(float(ordered.iloc[0]), 2),
                least=contents.labels.code(str(ordered.index[-1])),
                lowest=number(float(ordered.iloc[-1]), 2),
                reliable=int((ordered >= RELIABLE).sum()),
                themes=len(ordered),
                level=number(RELIABLE, 2),
            )
        )
    if undefined:
        sentences.append(_n("Of {count} theme α has no value.", "Of {count} themes α has no value.", undefined))
    return " ".join(sentences)


def _draw(contents: Contents, table: pd.DataFrame) -> Figure:
    board = Board()
    left, right = LABELS + GAP, WIDTH - _NUMBERS
    values = {str(row["code_id"]): row for row in table.reset_index().to_dict("records")}
    whole = values.get(ALL)
    top = _TOP + (_TOTAL if whole is not None else 0)
    rows = theme_rows(contents, [code for code in table.index if code not in (ALL, MEAN)], top)
    low = min(0.0, float(_values(table[f"{COEFFICIENT}_low"]).min()), float(_values(table[COEFFICIENT]).min()))
    scale = Scale(-rounded_up(-low) if low < 0 else 0.0, 1.0, left, right)
    bottom = rows[-1].bottom + 2
    draw_grid(board, scale, _TOP, bottom)
    board.lines([[(scale.at(0), _TOP), (scale.at(0), bottom)]], colour=INK, width=0.7)
    _draw_levels(board, scale, bottom)
    draw_rows(board, rows)
    if whole is not None:
        board.text(LABELS, _TOP + 8, _("All themes together"), align="right", bold=True)
        _draw_value(board, scale, _TOP + 8, whole, whole=True)
    for row in rows:
        if row.code_id:
            _draw_value(board, scale, row.middle, values[row.code_id])
    board.text((left + right) / 2, bottom + 20, _("Krippendorff's α"), align="center", size=7.5)
    return board.finish(bottom + 26)


def _draw_levels(board: Board, scale: Scale, bottom: float) -> None:
    for level, places in ((TENTATIVE, 3), (RELIABLE, 2)):
        x = scale.at(level)
        board.lines([[(x, _TOP), (x, bottom)]], colour=VERMILLION, width=1, linestyles=[(0, (4, 2))])
        board.text(x, _TOP - 7, number(level, places), align="center", size=7)


def _draw_value(board: Board, scale: Scale, y: float, row: Mapping[Any, Any], *, whole: bool = False) -> None:
    value, low, high = (
        float("nan") if pd.isna(row[name]) else float(row[name])
        for name in (COEFFICIENT, f"{COEFFICIENT}_low", f"{COEFFICIENT}_high")
    )
    if isnan(value):
        board.text(scale.end + 6, y, _("none"), size=7, opacity=0.75)
        return
    if not (isnan(low) or isnan(high)):
        ends = [[(scale.at(end), y - 2.5), (scale.at(end), y + 2.5)] for end in (low, high)]
        board.lines([[(scale.at(low), y), (scale.at(high), y)], *ends], colour=BLUE, width=1.2)
    x = scale.at(value)
    board.shapes(
        [polygon((x, y), 4 if whole else 3, 4 if whole else 24, 0.7853981633974483 if whole else 0)], fill=BLUE
    )
    board.text(scale.end + 6, y, number(value, 2), size=7, bold=whole)
