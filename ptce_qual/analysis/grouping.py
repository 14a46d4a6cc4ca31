"""Groups to compare: what a turn belongs to, by an attribute of its case, of its transcript or of its own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from ptce_qual.analysis.coded_corpus import CodedCorpus
from ptce_qual.errors import InputError
from ptce_qual.model import Transcript, Turn
from ptce_qual.translation import _
from ptce_qual.wording import unknown

Level = Literal["case", "transcript", "turn"]
JOINED = " × "
_LEVELS: tuple[Level, ...] = ("case", "transcript", "turn")


@dataclass(frozen=True, slots=True)
class Grouping:
    """How a corpus is divided.

    Args:
        name: the attributes, joined.
        level: what carries the attribute: all turns of one case, of one transcript, or of one speaker fall together.
        group_of: the group of a turn; the empty text where the attribute is not told.
    """

    name: str
    level: Level
    group_of: Callable[[Transcript, Turn], str]

    def groups(self, coded: CodedCorpus) -> list[str]:
        """Return the groups that the corpus's speech has, in order."""
        return sorted({self.group_of(one, turn) for one in coded.corpus.transcripts for turn in coded.speech(one)})


def grouping(coded: CodedCorpus, by: Sequence[str]) -> Grouping:
    """Return the division of a corpus by attributes.

    Args:
        by: `case`, `transcript`, `role`, `speaker`, or any attribute of transcripts (looked for first) or of cases;
            several are combined.

    Raises:
        InputError: no transcript and no case has such an attribute.
    """
    parts = [_single(coded, name) for name in by]
    if len(parts) == 1:
        return parts[0]
    return Grouping(
        name=JOINED.join(by),
        level=max((part.level for part in parts), key=_LEVELS.index, default="case"),
        group_of=lambda transcript, turn: JOINED.join(part.group_of(transcript, turn) for part in parts),
    )


def attributes(coded: CodedCorpus) -> list[str]:
    """Return the names that `grouping` takes."""
    of_transcripts = {name for one in coded.corpus.transcripts for name in one.attributes}
    of_cases = {name for case in coded.corpus.cases for name in case.attributes}
    return ["case", "transcript", "role", "speaker", *sorted(of_transcripts | of_cases)]


def _single(coded: CodedCorpus, name: str) -> Grouping:
    if name == "case":
        return Grouping(name, "case", lambda transcript, turn: transcript.case_id)
    if name == "transcript":
        return Grouping(name, "transcript", lambda transcript, turn: transcript.id)
    if name == "role":
        return Grouping(name, "turn", lambda transcript, turn: turn.role)
    if name == "speaker":
        return Grouping(name, "turn", lambda transcript, turn: "|".join(turn.speakers))
    if any(name in one.attributes for one in coded.corpus.transcripts):
        return Grouping(name, "transcript", lambda transcript, turn: transcript.attributes.get(name, ""))
    cases = coded.cases
    if any(name in case.attributes for case in coded.corpus.cases):
        return Grouping(name, "case", lambda transcript, turn: cases[transcript.case_id].attributes.get(name, ""))
    raise _unknown(name, attributes(coded))


def _unknown(name: str, known: Sequence[str]) -> InputError:
    return InputError(unknown(_("no transcript and no case has the attribute « {name} »", name=name), name, known))
