"""Themes × groups: where more, or less, is said of a theme than independence makes likely."""

from __future__ import annotations

from functools import partial
from math import isnan, sqrt
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from ptce_qual.analysis.comparison import Comparison
from ptce_qual.analysis.inference import SIGNIFICANT
from ptce_qual.analysis.unit_names import level_name, unit_name
from ptce_qual.report.contents import Contents
from ptce_qual.report.figures.board import BLUE, GREY, INK, VERMILLION, WIDTH, Board, Point, box, polygon
from ptce_qual.report.figures.legends import draw_legend
from ptce_qual.report.figures.made import FigureMade
from ptce_qual.report.figures.themes import GAP, LABELS, column_heads, draw_rows, theme_rows
from ptce_qual.translation import _, _n
from ptce_qual.wording import NOTHING, number

MOST_THEMES = 30
"""With more themes only those whose own test has the lowest p-values are drawn."""

_LARGEST = 6.5  # the radius of the largest sign
_SIZES = (2.0, 4.0, 6.0)
_WIDEST, _NARROWEST = 44.0, 18.0


def comparison_residuals(contents: Contents) -> FigureMade | None:
    """Return the adjusted residuals of themes by group; None where there is nothing to compare."""
    compared = contents.comparison
    if compared is None:
        return None
    cells = _shown_cells(compared)
    if cells.empty:
        return None
    return FigureMade(
        name="comparison_residuals",
        title=_("Themes by {attribute}: residuals", attribute=_attribute(contents, compared)),
        caption=_caption(compared, cells),
        alternative=_alternative(contents, compared, cells),
        draw=partial(_draw, contents, compared, cells),
    )


def _shown_cells(compared: Comparison) -> pd.DataFrame:
    cells, codes = compared.cells.table, compared.codes.table
    cells = cells[~cells["residual"].isna()]
    if cells["code_id"].nunique() <= MOST_THEMES:
        return cells
    own = codes[codes["code_id"].isin(cells["code_id"])]
    first = own.sort_values(["p_adjusted", "p"], kind="stable")["code_id"].head(MOST_THEMES)
    return cells[cells["code_id"].isin(first)]


def _attribute(contents: Contents, compared: Comparison) -> str:
    return _("case") if compared.by == "case" else contents.labels.attribute(compared.by)


def _group(contents: Contents, compared: Comparison, group: str) -> str:
    told = contents.case(group) if compared.by == "case" else contents.labels.group(compared.by, group)
    return told or NOTHING


def _caption(compared: Comparison, cells: pd.DataFrame) -> str:
    what = _(
        "Adjusted residuals of {themes} themes in {groups} groups: triangles point up (blue) where a theme is said "
        "more often than independence makes likely, down (orange) where less; the larger, the farther from it.",
        themes=cells["code_id"].nunique(),
        groups=cells["group"].nunique(),
    )
    frames = _(
        "A thin frame: significant by the test that takes {units} of one interview as independent (adjusted p ≤ "
        "{level}); a thick one: upheld by permuting {exchanged}, which is the surer sign.",
        units=unit_name(compared.unit),
        level=number(SIGNIFICANT, 2),
        exchanged=level_name(compared.exchanged) if compared.exchanged else NOTHING,
    )
    left_out = compared.cells.table["code_id"].nunique() - cells["code_id"].nunique()
    if not left_out:
        return f"{what} {frames}"
    told = _n(
        "{count} theme is left out: that which differs least, or of which nothing is said.",
        "{count} themes are left out: those that differ least, or of which nothing is said.",
        left_out,
    )
    return f"{what} {frames} {told}"


def _alternative(contents: Contents, compared: Comparison, cells: pd.DataFrame) -> str:
    residuals = cells["residual"].to_numpy(dtype=np.float64)
    highest, lowest = (cells.iloc[int(place)] for place in (residuals.argmax(), residuals.argmin()))
    told = _(
        "The highest residual is that of « {theme} » in {group} ({residual}), the lowest that of « {other} » in "
        "{other_group} ({other_residual}).",
        **_named(contents, compared, highest),
        **{f"other{'_' + name if name != 'theme' else ''}": value
           for name, value in _named(contents, compared, lowest).items()},
    )  # fmt: skip
    marked, upheld = int(cells["marked"].sum()), int(cells["upheld"].sum())
    counts = _n("{count} cell is marked", "{count} cells are marked", marked)
    return f"{told} {counts}, " + _n("{count} is upheld by permutation.", "{count} are upheld by permutation.", upheld)


def _named(contents: Contents, compared: Comparison, cell: Any) -> dict[str, str]:
    return {
        "theme": contents.labels.code(str(cell["code_id"])),
        "group": _group(contents, compared, str(cell["group"])),
        "residual": number(float(cell["residual"]), 1),
    }


def _draw(contents: Contents, compared: Comparison, cells: pd.DataFrame) -> Figure:
    groups = list(dict.fromkeys(cells["group"].astype(str)))
    left = LABELS + GAP
    heads = column_heads(
        [_group(contents, compared, group) for group in groups],
        max(WIDTH - left - 60, len(groups) * _NARROWEST),
        _WIDEST,
    )
    board = Board(max(WIDTH, left + len(groups) * heads.column + heads.overhang))
    rows = theme_rows(contents, dict.fromkeys(cells["code_id"].astype(str)), heads.height)
    middles = {group: left + (place + 0.5) * heads.column for place, group in enumerate(groups)}
    heads.draw(board, list(middles.values()), heads.height)
    draw_rows(board, rows)
    places = {row.code_id: row.middle for row in rows if row.code_id}
    right = left + len(groups) * heads.column
    board.lines([[(left, y), (right, y)] for y in places.values()], colour=GREY, width=0.3)
    _draw_signs(board, cells, middles, places, heads.column)
    return board.finish(_draw_legend(board, cells, left / 3, rows[-1].bottom + 12))


def _draw_signs(
    board: Board, cells: pd.DataFrame, middles: dict[str, float], places: dict[str, float], column: float
) -> None:
    largest = max(float(cells["residual"].abs().max()), _SIZES[-1])
    up: list[tuple[Point, ...]] = []
    down: list[tuple[Point, ...]] = []
    frames: dict[str, list[tuple[Point, ...]]] = {"marked": [], "upheld": []}
    half = min(column / 2 - 1, 7.5)
    for cell in cells.to_dict("records"):
        x, y, residual = middles[str(cell["group"])], places[str(cell["code_id"])], float(cell["residual"])
        if residual and not isnan(residual):
            (up if residual > 0 else down).append(_sign((x, y), residual, largest))
        if cell["marked"] or cell["upheld"]:
            frames["upheld" if cell["upheld"] else "marked"].append(box(x - half, y - 7.5, 2 * half, 15))
    board.shapes(up, fill=BLUE)
    board.shapes(down, fill=VERMILLION)
    board.shapes(frames["marked"], edge=INK, width=0.7)
    board.shapes(frames["upheld"], edge=INK, width=2)


def _sign(middle: Point, residual: float, largest: float) -> tuple[Point, ...]:
    radius = _LARGEST * 0.78 * sqrt(abs(residual) / largest)
    return polygon(middle, radius, 3, 0 if residual > 0 else 3.141592653589793)


def _draw_legend(board: Board, cells: pd.DataFrame, left: float, top: float) -> float:
    largest = max(float(cells["residual"].abs().max()), _SIZES[-1])

    def triangle(residual: float, colour: str) -> Any:
        return lambda board, x, y: board.shapes([_sign((x, y), residual, largest)], fill=colour)

    def frame(width: float) -> Any:
        return lambda board, x, y: board.shapes([box(x - 6, y - 6, 12, 12)], edge=INK, width=width)

    signs = [
        *((triangle(size, BLUE), f"+{number(size, 0)}") for size in _SIZES),
        *((triangle(-size, VERMILLION), number(-size, 0)) for size in _SIZES),
        (frame(0.7), _("significant")),
        (frame(2), _("upheld by permutation")),
    ]
    return draw_legend(board, signs, left, top)
