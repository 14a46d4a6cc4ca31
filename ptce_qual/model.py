"""The few types that the rooms exchange: frozen values, of the standard library only.

Offsets are half-open ranges of code points in `Transcript.text`, as Python slices; nothing ever changes a text once it
is read, so `text[start:end]` is the quote, always.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Role = Literal["interviewer", "respondent", "unknown"]
Polarity = Literal["affirmed", "negated", "hypothetical"]
Severity = Literal["error", "warning", "notice"]
RULES = "rules"
"""The coder of what the rules of a codebook code."""


@dataclass(frozen=True, slots=True)
class Turn:
    """What one speaker, or several who overlap, says before the next one speaks. The label stands before `start`."""

    speakers: tuple[str, ...]
    role: Role
    start: int
    end: int
    time_start: float | None = None
    time_end: float | None = None


@dataclass(frozen=True, slots=True)
class Transcript:
    """One interview, verbatim.

    Args:
        id: the path relative to the corpus, POSIX, without suffix.
        turns: in the text's order, not overlapping; without any, the whole text is one respondent's turn.
        attributes: what is known of the interview (function of the respondent, date...).
        source: the path relative to the corpus, with suffix; empty for a text that is not from a file.
        wrapped: whether line breaks inside a turn are layout (subtitles) and not ends of paragraphs.
    """

    id: str
    text: str
    turns: tuple[Turn, ...] = ()
    case_id: str = ""
    attributes: Mapping[str, str] = field(default_factory=dict)
    source: str = ""
    wrapped: bool = False


@dataclass(frozen=True, slots=True)
class Case:
    """The thing compared; in the founding study, a pole."""

    id: str
    label: str
    attributes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Corpus:
    """Transcripts and their cases, both in the order of their ids."""

    transcripts: tuple[Transcript, ...]
    cases: tuple[Case, ...]


@dataclass(frozen=True, slots=True)
class Segmentation:
    """What analyses divide by: the bounds of a transcript's sentences, paragraphs and words."""

    transcript_id: str
    sentences: tuple[tuple[int, int], ...]
    paragraphs: tuple[tuple[int, int], ...]
    words: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Evidence:
    """Why a coding was made: the rule, where it stands, what it matched, and what decided the polarity."""

    rule_id: str
    line: int
    matches: tuple[tuple[int, int], ...]
    polarity: Polarity
    cues: tuple[tuple[int, int], ...] = ()
    score: float | None = None


@dataclass(frozen=True, slots=True)
class Coding:
    """One code laid on one span of one transcript by one coder: a rule, a model or a person."""

    id: str
    transcript_id: str
    start: int
    end: int
    anchor: tuple[int, int]
    code_id: str
    coder: str
    polarity: Polarity
    evidence: tuple[Evidence, ...]

    @property
    def triggers(self) -> list[tuple[int, int]]:
        """Where the words stand by which it was found: those of rules; where none matched, those with a score."""
        by_rules = [one for one in self.evidence if one.score is None]
        return sorted({span for one in by_rules or self.evidence for span in one.matches})


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong with what was read: where, what, and how to mend it."""

    severity: Severity
    file: str
    line: int | None
    message: str
    remedy: str = ""
