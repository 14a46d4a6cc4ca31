"""Turns that only a dash marks: two speakers take it in turn."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ptce_qual.model import Role
from ptce_qual.readers.lines import iter_lines
from ptce_qual.readers.reading import Label, Reading

SPEAKERS = ("1", "2")
_DASH = re.compile(r"[ \t]*(?:[-–—―][ \t\u00a0\u202f]+|[—―])(?=\S)")
_SHARE = 0.5  # of the lines that aren't blank
_FEWEST = 2
_MANY = 6  # dashes that make a dialogue of long turns, if the text opens with one and many are questions
_TITLE_LINES = 4
_QUESTIONS = 0.2


@dataclass(frozen=True, slots=True)
class Dialogue:
    """The dashes as labels of speakers « 1 » and « 2 », the role of each, and whether the alternation is in doubt."""

    labels: tuple[Label, ...]
    roles: dict[str, Role]
    in_doubt: bool = False


def find_dialogue(reading: Reading) -> Dialogue | None:
    """Return the turns that dashes mark, or None where dashes are rare or nobody asks anything (a list)."""
    lines = [line for line in iter_lines(reading.text, reading.body) if reading.text[line.start : line.end].strip()]
    ends = []
    for line in lines:
        match = _DASH.match(reading.text, line.start, line.end)
        if match or line.start in reading.bullets:
            ends.append((line.start, match.end() if match else line.start))
    if len(ends) < _FEWEST:
        return None
    labels = tuple(Label(start, end, SPEAKERS[index % 2], "dash") for index, (start, end) in enumerate(ends))
    is_dense = len(ends) >= _SHARE * len(lines)
    opens = any(line.start == ends[0][0] for line in lines[:_TITLE_LINES])
    return _with_roles(reading.text, labels, sure=is_dense) if is_dense or (opens and len(ends) >= _MANY) else None


def _with_roles(text: str, labels: tuple[Label, ...], *, sure: bool) -> Dialogue | None:
    """Give the roles: who opens with a question asks; else who asks clearly more often."""
    stops = [label.start for label in labels[1:]] + [len(text)]
    asks = [text[label.end : stop].rstrip().endswith("?") for label, stop in zip(labels, stops, strict=True)]
    holds = ["?" in text[label.end : stop] for label, stop in zip(labels, stops, strict=True)]
    if not any(holds) or (not sure and sum(asks) < _QUESTIONS * len(labels)):
        return None
    questions = (sum(asks[0::2]), sum(asks[1::2]))
    if holds[0]:
        asker = 0
    elif max(questions) > 2 * min(questions):
        asker = questions.index(max(questions))
    else:
        return Dialogue(labels, dict.fromkeys(SPEAKERS, "unknown"), in_doubt=True)
    roles: dict[str, Role] = {SPEAKERS[asker]: "interviewer", SPEAKERS[1 - asker]: "respondent"}
    return Dialogue(labels, roles, in_doubt=questions[asker] < questions[1 - asker])
