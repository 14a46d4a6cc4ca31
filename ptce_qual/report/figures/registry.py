"""The figures of a dossier, by name."""

from __future__ import annotations

from collections.abc import Callable

from ptce_qual.report.contents import Contents
from ptce_qual.report.figures.agreement import agreement
from ptce_qual.report.figures.comparison_residuals import comparison_residuals
from ptce_qual.report.figures.cooccurrence_network import cooccurrence_network
from ptce_qual.report.figures.coverage_bars import coverage_bars
from ptce_qual.report.figures.heat_map import heat_map
from ptce_qual.report.figures.made import FigureMade
from ptce_qual.report.figures.profile import profile
from ptce_qual.report.figures.rendering import Drawing
from ptce_qual.report.figures.saturation_curve import saturation_curve

FIGURES: dict[str, Callable[[Contents], FigureMade | None]] = {
    "heat_map": heat_map,
    "coverage_bars": coverage_bars,
    "comparison_residuals": comparison_residuals,
    "cooccurrence_network": cooccurrence_network,
    "saturation_curve": saturation_curve,
    "profile": profile,
    "agreement": agreement,
}
"""Each returns None where its analysis is not there, or has nothing to show."""


def figures(contents: Contents) -> list[FigureMade]:
    """Return the figures that the contents allow, in the order of `FIGURES`."""
    found = (make(contents) for make in FIGURES.values())
    return [made for made in found if made is not None]


def drawings(contents: Contents) -> list[Drawing]:
    """Return the figures that the contents allow, each to be drawn once for a page and for its files."""
    return [Drawing(made) for made in figures(contents)]
