"""Codes compared across groups of speech: which groups say more of what, and how far chance would go."""

from ptce_qual.analysis.comparison.across_groups import Comparison, comparison
from ptce_qual.analysis.comparison.reading import Labels, readings, standing_name

__all__ = ["Comparison", "Labels", "comparison", "readings", "standing_name"]
