"""Figures of a dossier: drawn from its contents, rendered to files and to SVG that stands in a page."""

from ptce_qual.report.figures.files import figure_files
from ptce_qual.report.figures.made import FigureMade
from ptce_qual.report.figures.registry import FIGURES, drawings, figures
from ptce_qual.report.figures.rendering import FORMS, Drawing, Form, inline_svg, render_figure

__all__ = [
    "FIGURES",
    "FORMS",
    "Drawing",
    "FigureMade",
    "Form",
    "drawings",
    "figure_files",
    "figures",
    "inline_svg",
    "render_figure",
]
