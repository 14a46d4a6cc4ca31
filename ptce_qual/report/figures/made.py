"""`FigureMade`: a figure with all that is told of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from matplotlib.figure import Figure


@dataclass(frozen=True, slots=True)
class FigureMade:
    """A figure of a dossier, to be drawn when it is needed.

    Args:
        name: of its file and of its anchor.
        caption: what is shown, of how many, how to read it, what the method does not say.
        alternative: what the figure shows in this corpus, in words.
        draw: returns a new Figure each time.
    """

    name: str
    title: str
    caption: str
    alternative: str
    draw: Callable[[], Figure]
