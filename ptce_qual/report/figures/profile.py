"""The figures of the cases, attribute by attribute, beside published ones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from math import isnan
from typing import Any

import pandas as pd
from matplotlib.figure import Figure

from ptce_qual.analysis.profile.case_attributes import case_attributes
from ptce_qual.report.contents import Contents
from ptce_qual.report.figures.board import GREY, INK, VERMILLION, WIDTH, Board, Point, box, polygon
from ptce_qual.report.figures.legends import draw_legend
from ptce_qual.report.figures.lettering import LINE, SIZE, text_width, wrapped
from ptce_qual.report.figures.made import FigureMade
from ptce_qual.report.figures.scales import Scale, decimals, plain
from ptce_qual.translation import _, _n
from ptce_qual.wording import number

_ACROSS, _GUTTER = 3, 26.0
_PANEL = (WIDTH - (_ACROSS - 1) * _GUTTER) / _ACROSS
_TOP, _BAND, _BELOW = 20.0, 26.0, 32.0
_RADIUS = 2.4


def profile(contents: Contents) -> FigureMade | None:
    """Return the distribution of each numeric attribute; None where there is none."""
    if not contents.profile or "figures" not in contents.profile:
        return None
    table = contents.profile["figures"].table
    if table.empty:
        return None
    published = int((table["reference_statistic"] != "").sum())
    caption = _n(
        "{attributes} figures of {count} case: each dot is a case, the band holds the middle half, the line is the "
        "median.",
        "{attributes} figures of {count} cases: each dot is a case, the band holds the middle half, the line is the "
        "median.",
        len(contents.coded.corpus.cases),
        attributes=len(table),
    )
    if published:
        beside = _n(
            "A full diamond is the published figure, of {count} attribute; it comes without its spread, so that a "
            "difference is shown and not tested.",
            "A full diamond is the published figure, of {count} attributes; it comes without its spread, so that a "
            "difference is shown and not tested.",
            published,
        )
        caption = f"{caption} {beside}"
    return FigureMade(
        name="profile",
        title=_("Profile of the cases"),
        caption=caption,
        alternative=" ".join(_told(contents, row) for row in _records(table)),
        draw=partial(_draw, contents, table),
    )


def _records(table: pd.DataFrame) -> list[dict[str, Any]]:
    return [{str(name): value for name, value in row.items()} for row in table.to_dict("records")]


def _told(contents: Contents, row: Mapping[str, Any]) -> str:
    values = {
        "attribute": contents.labels.attribute(row["attribute"]),
        "median": plain(row["median"]),
        "low": plain(row["minimum"]),
        "high": plain(row["maximum"]),
    }
    if not row["reference_statistic"]:
        return _("{attribute}: median {median}, from {low} to {high}.", **values)
    values["reference"] = plain(row["reference"])
    if row["reference_statistic"] == "median":
        return _("{attribute}: median {median} (published: {reference}), from {low} to {high}.", **values)
    return _(
        "{attribute}: mean {mean} (published: {reference}), median {median}, from {low} to {high}.",
        mean=plain(row["mean"]),
        **values,
    )


def _draw(contents: Contents, table: pd.DataFrame) -> Figure:
    board = Board()
    known = case_attributes(contents.coded.corpus.cases).numbers
    top = draw_legend(board, _signs(table), 0, 0) + 10
    records = _records(table)
    for row in (records[place : place + _ACROSS] for place in range(0, len(records), _ACROSS)):
        titles = [wrapped(contents.labels.attribute(one["attribute"]), _PANEL, bold=True) for one in row]
        band = top + max(map(len, titles)) * SIZE * LINE + 14
        for place, (one, title) in enumerate(zip(row, titles, strict=True)):
            left = place * (_PANEL + _GUTTER)
            for number_of_line, line in enumerate(title):
                board.text(left, top + (number_of_line + 0.5) * SIZE * LINE, line, bold=True)
            board.text(left, band - 7, _summary(one), size=7)
            values = [float(value) for value in known.get(one["attribute"], ()) if not isnan(value)]
            _draw_panel(board, one, values, left, band)
        top = band + _BAND + _BELOW
    return board.finish(top - _BELOW + 18)


def _summary(row: Mapping[str, Any]) -> str:
    told = _("median {median}", median=plain(row["median"]))
    if row["reference_statistic"] == "median":
        told += _("; published {reference}", reference=plain(row["reference"]))
    elif row["reference_statistic"]:
        told += _("; mean {mean}, published {reference}", mean=plain(row["mean"]), reference=plain(row["reference"]))
    if row["missing"]:
        told += _n("; {count} not told", "; {count} not told", int(row["missing"]))
    return told


def _draw_panel(board: Board, row: Mapping[str, Any], values: Sequence[float], left: float, top: float) -> None:
    told = [*values, row["minimum"], row["maximum"]]
    if row["reference_statistic"]:
        told.append(row["reference"])
    scale = Scale(min(told), max(told), left + 5, left + _PANEL - 5)
    middle, bottom = top + _BAND / 2, top + _BAND
    board.shapes(
        [box(scale.at(row["q1"]), top, scale.at(row["q3"]) - scale.at(row["q1"]), _BAND)], fill=GREY, alpha=0.28
    )
    board.dots(_swarm([scale.at(value) for value in values], middle), radius=_RADIUS)
    board.lines([[(scale.at(row["median"]), top - 1), (scale.at(row["median"]), bottom + 1)]], width=1.6)
    board.lines([[(left, bottom + 2), (left + _PANEL, bottom + 2)]], colour=GREY, width=0.5)
    if row["reference_statistic"] == "mean":
        board.shapes([polygon((scale.at(row["mean"]), bottom + 2), 3.4, 4)], edge=INK, width=1)
    if row["reference_statistic"]:
        board.shapes([polygon((scale.at(row["reference"]), bottom + 2), 3.4, 4)], fill=VERMILLION)
    _draw_bounds(board, scale, bottom + 12)


def _draw_bounds(board: Board, scale: Scale, y: float) -> None:
    steps = next((found for found in map(scale.steps, (3, 5, 8)) if len(found) > 1), [scale.low])
    places = decimals(steps)
    for value in steps:
        words = number(value, places)
        half = text_width(words, 7) / 2
        x = min(max(scale.at(value), scale.start - 5 + half), scale.end + 5 - half)
        board.text(x, y, words, align="center", size=7)


def _swarm(xs: Sequence[float], middle: float) -> list[Point]:
    """Return dots beside each other where they would hide each other, around a line; nearer than that for many."""
    levels: list[float] = []  # where the last dot of each level stands
    found = []
    for x in sorted(xs):
        level = next((place for place, last in enumerate(levels) if x - last >= 2 * _RADIUS), len(levels))
        levels[level:] = [x, *levels[level + 1 :]]
        found.append((x, level))
    step = min(2 * _RADIUS, (_BAND - 2 * _RADIUS) / max(len(levels) - 1, 1))
    return [(x, middle + (-1) ** level * ((level + 1) // 2) * step) for x, level in found]


def _signs(table: pd.DataFrame) -> list[Any]:
    signs: list[Any] = [
        (lambda board, x, y: board.dots([(x, y)], radius=_RADIUS), _("a case")),
        (lambda board, x, y: board.shapes([box(x - 7, y - 4, 14, 8)], fill=GREY, alpha=0.28), _("middle half")),
        (lambda board, x, y: board.lines([[(x, y - 5), (x, y + 5)]], width=1.6), _("median")),
    ]
    if (table["reference_statistic"] == "mean").any():
        signs.append((lambda board, x, y: board.shapes([polygon((x, y), 3.4, 4)], edge=INK, width=1), _("mean")))
    if (table["reference_statistic"] != "").any():
        published = _("published")
        signs.append((lambda board, x, y: board.shapes([polygon((x, y), 3.4, 4)], fill=VERMILLION), published))
    return signs
