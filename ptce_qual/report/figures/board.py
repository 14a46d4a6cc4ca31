"""A sheet to draw on in points, from its top left corner: matplotlib artists of a Figure without axes.

Axes cost more than all that stands in them, and place labels where they please: every figure here computes where its
text goes from the widths of its letters, so that nothing overlaps and nothing is cut.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import count
from typing import Any, Literal

import numpy as np
from matplotlib.collections import CircleCollection, LineCollection, PolyCollection
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.text import Text
from matplotlib.transforms import Affine2D

from ptce_qual.report.figures.lettering import FONT, SIZE, shown

INK = "#1a1e24"
"""Text and lines that the eye reads as ink; in a page, the page's own colour. No mark has this colour."""
GREY, BLUE, VERMILLION, GREEN, PURPLE, OCHRE = "#7a828c", "#0072b2", "#d55e00", "#009e73", "#b5559c", "#a07a00"
"""Okabe & Ito's colours, the last two darker than theirs: each stands out 3 to 1 on white and on the dark paper."""
WIDTH = 620.0
"""Of a figure, in points; a page scales it to its own."""
MARGIN = 6.0
"""Around all that is drawn."""
RISE = 0.36
"""How far below its middle a line of text stands, in sizes of its letters."""

Point = tuple[float, float]
Align = Literal["left", "center", "right"]


class Board:
    """A Figure in the making: where things stand is told in points, x to the right and y downwards."""

    def __init__(self, width: float = WIDTH) -> None:
        self.width = width
        self._figure = Figure(figsize=(1, 1), facecolor="white", edgecolor="none")
        self._figure.set_layout_engine("none")
        self._flip = Affine2D()
        self._points = self._flip + self._figure.dpi_scale_trans
        self._above = count(1)

    def text(  # noqa: PLR0913  # each has its default
        self,
        x: float,
        y: float,
        words: str,
        *,
        align: Align = "left",
        size: float = SIZE,
        bold: bool = False,
        slant: float = 0,
        opacity: float = 1,
    ) -> None:
        """Write one line; `y` is the middle of its letters, where it is not slanted, else its baseline."""
        self._figure.add_artist(
            Text(
                x,
                y if slant else y + RISE * size,
                shown(words),
                color=INK,
                alpha=opacity,
                fontproperties=FontProperties(family=FONT, size=size, weight="bold" if bold else "normal"),
                horizontalalignment=align,
                verticalalignment="baseline",
                rotation=slant,
                rotation_mode="anchor",
                parse_math=False,
                usetex=False,
                transform=self._points,
                zorder=next(self._above),
            )
        )

    def lines(
        self,
        strokes: Sequence[Sequence[Point]],
        *,
        colour: str = INK,
        width: float | Sequence[float] = 0.6,
        **look: Any,
    ) -> None:
        """Draw lines, each through its points."""
        if strokes:
            self._add(LineCollection(list(strokes), colors=[colour], linewidths=width, **look))

    def shapes(
        self,
        outlines: Sequence[Sequence[Point]],
        *,
        fill: Any = "none",
        edge: str = "none",
        width: float | Sequence[float] = 0.8,
        **look: Any,
    ) -> None:
        """Draw closed shapes.

        Args:
            fill: one colour, or one with its opacity (red, green, blue, opacity) a shape.
        """
        if outlines:
            self._add(PolyCollection(list(outlines), facecolors=fill, edgecolors=edge, linewidths=width, **look))

    def dots(self, middles: Sequence[Point], *, radius: float = 2.6, fill: str = BLUE, edge: str = "none") -> None:
        """Draw dots of one size."""
        if middles:
            area = [np.pi * radius**2]
            self._add(
                CircleCollection(
                    area,
                    offsets=list(middles),
                    offset_transform=self._points,
                    facecolors=fill,
                    edgecolors=edge,
                    linewidths=1.0,
                ),
                placed=True,
            )

    def finish(self, height: float) -> Figure:
        """Return the figure, of this height."""
        self._figure.set_size_inches((self.width + 2 * MARGIN) / 72, (height + 2 * MARGIN) / 72)
        self._flip.translate(MARGIN, -height - MARGIN).scale(1 / 72, -1 / 72)
        return self._figure

    def _add(self, marks: Any, *, placed: bool = False) -> None:
        if not placed:
            marks.set_transform(self._points)
        marks.set_zorder(next(self._above))  # what is drawn later covers what was drawn before
        self._figure.add_artist(marks)


def box(left: float, top: float, width: float, height: float) -> tuple[Point, ...]:
    """Return the corners of a rectangle."""
    return ((left, top), (left + width, top), (left + width, top + height), (left, top + height))


def reach_of(corners: int) -> float:
    """Return how far a regular polygon reaches beyond its middle, in radii of the circle that is as large."""
    return float((2 * np.pi / (corners * np.sin(2 * np.pi / corners))) ** 0.5)


def polygon(middle: Point, radius: float, corners: int, turned: float = 0.0) -> tuple[Point, ...]:
    """Return the corners of a regular polygon, the first of them upwards, as large as a circle of this radius."""
    reach = radius * reach_of(corners)
    angles = 2 * np.pi * np.arange(corners) / corners - np.pi / 2 + turned
    return tuple(
        zip((middle[0] + reach * np.cos(angles)).tolist(), (middle[1] + reach * np.sin(angles)).tolist(), strict=True)
    )
