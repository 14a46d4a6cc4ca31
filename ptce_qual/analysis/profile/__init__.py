"""The cases by their attributes: figures beside published ones, counts, and themes crossed with attributes."""

from ptce_qual.analysis.profile.counts import Breakdown, case_counts
from ptce_qual.analysis.profile.figures import Reference, case_figures
from ptce_qual.analysis.profile.themes import DEFAULT_ORDERS, CaseMeasure, Themes, themes_by_attribute

__all__ = [
    "DEFAULT_ORDERS",
    "Breakdown",
    "CaseMeasure",
    "Reference",
    "Themes",
    "case_counts",
    "case_figures",
    "themes_by_attribute",
]
