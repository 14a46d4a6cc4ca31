"""`Result`: what every statistic returns, so that a new one never touches what renders it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True)
class Result:
    """A table, what it is called, and what a reader must know of it.

    Args:
        title: one line.
        table: its columns named in English, one row an observation.
        notes: the definitions used, numerators and denominators, limits: whole sentences.
    """

    title: str
    table: pd.DataFrame
    notes: tuple[str, ...] = ()
