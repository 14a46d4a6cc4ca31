"""Passages as pages show them: a verbatim with its turn and its reasons, a transcript with its codings laid on it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from ptce_qual.model import Coding, Polarity, Role, Transcript, Turn

Kind = Literal["", "match", "cue"]
_AROUND = 500
_OF_QUESTION = 200


@dataclass(frozen=True, slots=True)
class Stretch:
    """Some words of a quote, and whether they triggered a rule, or decided its polarity."""

    text: str
    kind: Kind


@dataclass(frozen=True, slots=True)
class Reason:
    """Why: a rule, its line in the codebook, the words that it matched and those that changed its polarity.

    Args:
        points: what words bring, where it is words that speak and no rule.
        question: what was asked, where the rule is of answers to certain questions.
    """

    rule_id: str
    line: int
    matched: tuple[str, ...]
    cues: tuple[str, ...]
    polarity: Polarity
    points: float | None = None
    question: str = ""


@dataclass(frozen=True, slots=True)
class Verbatim:
    """A quote with the turn around it, cut where the turn is long.

    Args:
        cut_before, cut_after: whether the turn goes on beyond what is shown.
    """

    coding: Coding
    speaker: str
    before: str
    quote: tuple[Stretch, ...]
    after: str
    cut_before: bool
    cut_after: bool
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of a turn's text under the same codings.

    Args:
        codings: those that lie on it.
        begins: those of them that begin here: their labels stand beside it.
    """

    text: str
    codings: tuple[Coding, ...]
    begins: tuple[Coding, ...]


@dataclass(frozen=True, slots=True)
class ShownTurn:
    """A turn, or text between turns (without a role) that is more than a label."""

    speaker: str
    role: Role | None
    time: str
    pieces: tuple[Piece, ...]


class Passages:
    """The passages of one transcript.

    Args:
        asking: the rules that are of answers to certain questions.
    """

    def __init__(
        self, transcript: Transcript, codings: Sequence[Coding], asking: Collection[str] = frozenset()
    ) -> None:
        self._asking = asking
        self.transcript = transcript
        self.codings = sorted(codings, key=lambda one: (one.start, -one.end, one.code_id, one.coder, one.id))
        self._turns = transcript.turns or (Turn((), "respondent", 0, len(transcript.text)),)
        self._starts = [turn.start for turn in self._turns]
        self._reasons: dict[str, tuple[Reason, ...]] = {}

    def verbatim(self, coding: Coding) -> Verbatim:
        """Return a coding as a quote."""
        turn = self._turns[max(0, bisect_right(self._starts, coding.start) - 1)]
        text = self.transcript.text
        left = min(max(turn.start, coding.start - _AROUND), coding.start)
        right = max(min(turn.end, coding.end + _AROUND), coding.end)
        return Verbatim(
            coding=coding,
            speaker=", ".join(turn.speakers),
            before=text[left : coding.start].lstrip() if left == turn.start else _whole_words(text, left, coding.start),
            quote=tuple(stretches(text, coding)),
            after=text[coding.end : right].rstrip() if right == turn.end else _until_word(text, coding.end, right),
            cut_before=left > turn.start,
            cut_after=right < turn.end,
            reasons=self.reasons(coding),
        )

    def reasons(self, coding: Coding) -> tuple[Reason, ...]:
        """Return why a coding was made; nothing where a person made it."""
        if coding.id not in self._reasons:
            self._reasons[coding.id] = tuple(self._found_reasons(coding))
        return self._reasons[coding.id]

    def _found_reasons(self, coding: Coding) -> Iterator[Reason]:
        text = self.transcript.text
        for found in coding.evidence:
            if found.rule_id:
                matched = tuple(text[start:end] for start, end in joined(found.matches, text))
                cues = tuple(text[start:end] for start, end in found.cues)
                asked = self._question(coding) if found.rule_id in self._asking else ""
                yield Reason(found.rule_id, found.line, matched, cues, found.polarity, found.score, asked)

    def _question(self, coding: Coding) -> str:
        """Return the end of the interviewer's last turn before a coding."""
        before = [turn for turn in self._turns if turn.start <= coding.start and turn.role == "interviewer"]
        told = " ".join(self.transcript.text[before[-1].start : before[-1].end].split()) if before else ""
        return told if len(told) <= _OF_QUESTION else f"… {_whole_words(told, len(told) - _OF_QUESTION, len(told))}"

    def turns(self) -> Iterator[ShownTurn]:
        """Yield the whole transcript: its turns with what is coded in them, and what stands between turns."""
        text, done = self.transcript.text, 0
        shown: set[str] = set()
        for turn in self._turns:
            outside = _without_label(text[done : turn.start], labelled=bool(turn.speakers))
            if outside:
                yield ShownTurn("", None, "", (Piece(outside, (), ()),))
            yield ShownTurn(
                ", ".join(turn.speakers), turn.role, _clock(turn.time_start), tuple(self._pieces(turn, shown))
            )
            done = max(done, turn.end)
        if text[done:].strip():
            yield ShownTurn("", None, "", (Piece(text[done:].strip(), (), ()),))

    def _pieces(self, turn: Turn, shown: set[str]) -> Iterator[Piece]:
        start, end = _trimmed(self.transcript.text, turn.start, turn.end)
        inside = [one for one in self.codings if one.start < end and start < one.end]
        cuts = sorted({start, end, *(min(max(bound, start), end) for one in inside for bound in (one.start, one.end))})
        for left, right in pairwise(cuts):
            over = tuple(one for one in inside if one.start < right and left < one.end)
            begins = tuple(one for one in over if one.id not in shown)
            shown |= {one.id for one in begins}
            yield Piece(self.transcript.text[left:right], over, begins)


def stretches(text: str, coding: Coding) -> Iterator[Stretch]:
    """Yield a quote in stretches: words that triggered a rule, words that decided a polarity, and the rest.

    Where no rule matched, the words that brought points are those that triggered.
    """
    kinds: list[Kind] = [""] * (coding.end - coding.start)
    matches = joined(coding.triggers, text)
    cues = [span for one in coding.evidence for span in one.cues]
    laid: tuple[tuple[Kind, list[tuple[int, int]]], ...] = (("match", matches), ("cue", cues))
    for kind, spans in laid:
        for start, end in spans:
            for place in range(max(start, coding.start), min(end, coding.end)):
                kinds[place - coding.start] = kind
    start = coding.start
    for place in range(coding.start + 1, coding.end + 1):
        if place == coding.end or kinds[place - coding.start] != kinds[start - coding.start]:
            yield Stretch(text[start:place], kinds[start - coding.start])
            start = place


def joined(spans: Iterable[tuple[int, int]], text: str) -> list[tuple[int, int]]:
    """Return spans in order, those with only blanks between them as one."""
    found: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if found and not text[found[-1][1] : start].strip():
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


def _without_label(gap: str, *, labelled: bool) -> str:
    """Return what stands between two turns, the label of the one that follows left out."""
    return (gap.rstrip().rpartition("\n")[0] if labelled else gap).strip()


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    inside = text[start:end]
    left = end - len(inside.lstrip())
    return left, max(left, start + len(inside.rstrip()))


def _whole_words(text: str, left: int, end: int) -> str:
    """Return what stands from the first whole word after `left`."""
    told = text[left:end].lstrip()
    return told[len(told.split(maxsplit=1)[0]) :].lstrip() if told else ""


def _until_word(text: str, start: int, right: int) -> str:
    """Return what stands up to the last whole word before `right`."""
    told = text[start:right]
    return told.rpartition(" ")[0] or told


def _clock(seconds: float | None) -> str:
    if seconds is None:
        return ""
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes:02}:{rest:02}"
