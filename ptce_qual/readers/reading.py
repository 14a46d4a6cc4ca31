"""What a format reader returns: the text, and what the file itself says of its layout and speakers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from ptce_qual.model import Problem

LabelKind = Literal["given", "header", "colon", "dot", "bold", "dash"]


@dataclass(frozen=True, slots=True)
class Label:
    """A place where somebody may begin to speak.

    Args:
        start: where the label begins; what is spoken before ends here.
        end: where what is spoken may begin.
        name: the label as written, without its punctuation.
        kind: the convention; `given` where the format itself tells speakers apart (a table's column, a cue's voice).
        bold: whether it is written in bold.
        time_fault: a time that could not be read as it stands, as written.
        stop: where what is spoken ends at the latest, if the format says so.
    """

    start: int
    end: int
    name: str
    kind: LabelKind
    bold: bool = False
    time_start: float | None = None
    time_end: float | None = None
    time_fault: str = ""
    stop: int | None = None

    @property
    def timed(self) -> bool:
        """Whether a time stands beside the name."""
        return self.time_start is not None


@dataclass(frozen=True, slots=True)
class Cue:
    """One subtitle: its span of the text and its times in seconds."""

    start: int
    end: int
    time_start: float
    time_end: float


@dataclass(frozen=True, slots=True)
class Reading:
    """A file as text, with its hints.

    Args:
        body: where the front matter ends; no turn begins before it.
        given: labels told by the format itself.
        bold: spans in bold at the start of a line.
        headings: where the lines begin that the format says are headings.
        bullets: where the lines begin that the format shows with a bullet or a dash that is not in the text.
        wrapped: see `Transcript`.
    """

    text: str
    problems: tuple[Problem, ...] = ()
    body: int = 0
    given: tuple[Label, ...] = ()
    bold: tuple[tuple[int, int], ...] = ()
    headings: frozenset[int] = frozenset()
    bullets: frozenset[int] = frozenset()
    cues: tuple[Cue, ...] = ()
    attributes: Mapping[str, str] = field(default_factory=dict)
    case_id: str = ""
    wrapped: bool = False


Reader = Callable[[Path, str], Reading | Problem]
"""Reads the file at a path, named in its problems by the second argument; a `Problem` alone means that it can't be."""
