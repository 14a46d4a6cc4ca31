"""Passages written and coded sentence by sentence by one hand: a question, and some sentences of the answer.

A file holds the passages of one writer, a blank line between them. `Q`, a tab, the question; then a line for each
sentence: its codes with blanks between them (`code` affirmed, `code-` negated, `code?` wished or supposed; none for a
sentence without theme), a tab, the sentence.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ptce_qual.model import Transcript, Turn

Row = tuple[int, int, str, str]
_QUESTION = "Q"
_POLARITIES = {"-": "negated", "?": "hypothetical"}
_TOGETHER = 10  # passages that count as one interview, where words must stand in several


@dataclass(frozen=True, slots=True)
class CodedPassages:
    """Some passages as a transcript, and their codings: start, end, code, polarity."""

    transcript: Transcript
    rows: Sequence[Row]


def read_passages(path: Path) -> Iterator[CodedPassages]:
    """Yield the passages of a file, ten to a transcript.

    Raises:
        ValueError: a line is neither a question nor a sentence, or a sentence stands before any question.
    """
    passages = [block for block in path.read_text(encoding="utf-8").split("\n\n") if block.strip()]
    for number, start in enumerate(range(0, len(passages), _TOGETHER), 1):
        yield _together(f"{path.stem}-{number}", passages[start : start + _TOGETHER])


def _together(transcript_id: str, passages: Sequence[str]) -> CodedPassages:
    text = ""
    turns: list[Turn] = []
    rows: list[Row] = []
    for passage in passages:
        for line in passage.strip("\n").split("\n"):
            codes, tab, said = line.partition("\t")
            if not tab or "\t" in said or (codes != _QUESTION and not turns):
                raise ValueError(f"{transcript_id}: « {line} »")
            if codes == _QUESTION:
                turns.append(Turn(("E",), "interviewer", len(text), len(text) + len(said)))
                text += f"{said}\n"
                turns.append(Turn(("R",), "respondent", len(text), len(text)))
                continue
            rows += [(len(text), len(text) + len(said), *_code(told)) for told in codes.split()]
            text += f"{said} "
            turns[-1] = Turn(("R",), "respondent", turns[-1].start, len(text))
        text += "\n"
    return CodedPassages(Transcript(transcript_id, text, tuple(turns)), rows)


def _code(told: str) -> tuple[str, str]:
    polarity = _POLARITIES.get(told[-1])
    return (told[:-1], polarity) if polarity else (told, "affirmed")
