"""How many themes are met as interviews go on."""

from __future__ import annotations

from functools import partial

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from ptce_qual.analysis.coverage import ALL
from ptce_qual.report.contents import Contents
from ptce_qual.report.figures.board import BLUE, GREY, INK, VERMILLION, WIDTH, Board, Point, box
from ptce_qual.report.figures.legends import draw_legend
from ptce_qual.report.figures.made import FigureMade
from ptce_qual.report.figures.scales import Scale, decimals, rounded_up
from ptce_qual.translation import _
from ptce_qual.wording import count, number

_LEFT, _TOP, _CURVE, _BETWEEN, _BARS = 34.0, 20.0, 200.0, 38.0, 60.0
_MOST_NUMBERED = 60


def saturation_curve(contents: Contents) -> FigureMade | None:
    """Return the curve of themes met by interview; None where no theme is."""
    if contents.saturation is None:
        return None
    table = contents.saturation[0].table
    table = table[table["group"] == ALL]
    if table.empty or not table["cumulative_codes"].max():
        return None
    told = contents.manifest.analyses.get("saturation", {})
    item = _("cases") if told.get("item") == "case" else _("interviews")
    return FigureMade(
        name="saturation_curve",
        title=_("Themes met as interviews go on"),
        caption=_(
            "Above, how many of {themes} themes were met after each of {count} {items}, in the order of their {order}; "
            "the band holds 90 of 100 random orders, the dashed line is their median. Below, the themes that each one "
            "adds. The codebook was given beforehand: this is how soon its themes are met, not "
            "whether meaning is saturated.",
            themes=count(table["cumulative_codes"].max()),
            count=len(table),
            items=item,
            order=_order(table),
        ),
        alternative=_alternative(table, item),
        draw=partial(_draw, table, item),
    )


def _order(table: pd.DataFrame) -> str:
    return _("dates") if table["date"].fillna("").astype(bool).any() else _("ids")


def _alternative(table: pd.DataFrame, item: str) -> str:
    cumulative = table["cumulative_codes"].to_numpy(dtype=np.int64)
    total = int(cumulative[-1])
    last = int(np.flatnonzero(table["new_codes"].to_numpy(dtype=np.int64))[-1]) + 1
    return _(
        "The first brings {first} of {total} themes, half of them are met after {half} of {count} {items}, nine in ten "
        "after {most}, and the last new theme comes with number {last}.",
        first=int(cumulative[0]),
        total=total,
        half=_reached(cumulative, 0.5),
        most=_reached(cumulative, 0.9),
        count=len(table),
        items=item,
        last=last,
    )


def _reached(cumulative: np.ndarray[tuple[int, ...], np.dtype[np.int64]], share: float) -> int:
    return int(np.argmax(cumulative >= share * cumulative[-1])) + 1


def _draw(table: pd.DataFrame, item: str) -> Figure:
    board = Board()
    places = table["position"].to_numpy(dtype=np.float64)
    across = Scale(0.5, len(places) + 0.5, _LEFT, WIDTH)
    themes = rounded_up(float(max(table["cumulative_codes"].max(), table["cumulative_p95"].max())), least=1)
    up = Scale(0, themes, _TOP + _CURVE, _TOP)
    _draw_levels(board, up)
    _draw_band(board, table, across, up)
    points = _points(across, up, places, table["cumulative_codes"])
    board.lines([points], colour=BLUE, width=1.8)
    board.dots(points, radius=2.4)
    board.text(0, _TOP - 12, _("themes met"), size=7.5)
    bars_top = _TOP + _CURVE + _BETWEEN
    bars = Scale(0, rounded_up(float(table["new_codes"].max()), 2, 1), bars_top + _BARS, bars_top)
    _draw_bars(board, table, across, bars)
    board.text(0, bars_top - 21, _("new themes"), size=7.5)
    bottom = _draw_places(board, across, bars_top + _BARS, item)
    signs = [
        (_curve_sign, _("by {order}", order=_order(table))),
        (_median_sign, _("median of random orders")),
        (_band_sign, _("5 to 95 of 100")),
    ]
    draw_legend(board, signs, _LEFT + 90, _TOP - 18)
    return board.finish(bottom)


def _points(
    across: Scale, up: Scale, places: np.ndarray[tuple[int, ...], np.dtype[np.float64]], values: pd.Series
) -> list[Point]:
    return [(across.at(place), up.at(float(value))) for place, value in zip(places, values, strict=True)]


def _draw_levels(board: Board, up: Scale, about: int = 5) -> None:
    levels = up.steps(about)
    board.lines([[(_LEFT, up.at(level)), (WIDTH, up.at(level))] for level in levels], colour=GREY, width=0.35)
    for level in levels:
        board.text(_LEFT - 5, up.at(level), number(level, decimals(levels)), align="right", size=7)


def _draw_band(board: Board, table: pd.DataFrame, across: Scale, up: Scale) -> None:
    places = table["position"].to_numpy(dtype=np.float64)
    low, high, middle = (_points(across, up, places, table[f"cumulative_{name}"]) for name in ("p5", "p95", "median"))
    board.shapes([[*low, *reversed(high)]], fill=GREY, alpha=0.28)
    board.lines([middle], colour=VERMILLION, width=1.3, linestyles=[(0, (4, 2))])


def _draw_bars(board: Board, table: pd.DataFrame, across: Scale, up: Scale) -> None:
    board.lines([[(_LEFT, up.start), (WIDTH, up.start)]], colour=INK, width=0.6)
    width = (across.end - across.start) / len(table) * 0.62
    tall = [
        (across.at(place), up.at(new), new) for place, new in zip(table["position"], table["new_codes"], strict=True)
    ]
    board.shapes([box(x - width / 2, y, width, up.start - y) for x, y, new in tall if new], fill=BLUE)
    if len(table) <= _MOST_NUMBERED:
        for x, y, new in tall:
            if new:
                board.text(x, y - 5, count(new), align="center", size=6.5)


def _draw_places(board: Board, across: Scale, bottom: float, item: str) -> float:
    places = [place for place in Scale(1, across.high - 0.5, 0, 1).steps(10) if place == round(place)]
    for place in dict.fromkeys([1.0, *places]):
        if place >= 1:
            board.text(across.at(place), bottom + 8, count(place), align="center", size=7)
    board.text((across.start + across.end) / 2, bottom + 20, item, align="center", size=7.5)
    return bottom + 26


def _curve_sign(board: Board, x: float, y: float) -> None:
    board.lines([[(x - 7, y), (x + 7, y)]], colour=BLUE, width=1.8)
    board.dots([(x, y)], radius=2.4)


def _median_sign(board: Board, x: float, y: float) -> None:
    board.lines([[(x - 7, y), (x + 7, y)]], colour=VERMILLION, width=1.3, linestyles=[(0, (4, 2))])


def _band_sign(board: Board, x: float, y: float) -> None:
    board.shapes([box(x - 7, y - 4, 14, 8)], fill=GREY, alpha=0.28)
