"""A user's project: its folder and settings, and what is written to its results."""

from ptce_qual.study.settings import Settings
from ptce_qual.study.study import Study, open_study

__all__ = ["Settings", "Study", "open_study"]
