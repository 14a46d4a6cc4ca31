"""The cases by their attributes: figures beside published ones, counts, and themes crossed with attributes."""

from ptce_qual.analysis.profile.counts import Breakdown, profile_counts
from ptce_qual.analysis.profile.figures import Reference, profile
from ptce_qual.analysis.profile.themes import profile_themes

__all__ = ["Breakdown", "Reference", "profile", "profile_counts", "profile_themes"]
