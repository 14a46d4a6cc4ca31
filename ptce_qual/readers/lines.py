"""Lines of a text with their places. A text is never cut or copied for good: what is kept are offsets."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

_LINE_END = re.compile(r"\r\n|[\n\r\u2028\u2029]")


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its span without the line end, and its number from 1."""

    start: int
    end: int
    number: int


def iter_lines(text: str, start: int = 0) -> Iterator[Line]:
    """Yield the lines of `text` from `start` on, counted from the beginning of the whole text."""
    number = 1 + sum(1 for _ in _LINE_END.finditer(text, 0, start))
    for match in _LINE_END.finditer(text, start):
        yield Line(start, match.start(), number)
        start, number = match.end(), number + 1
    yield Line(start, len(text), number)


class LineNumbers:
    """The line, from 1, on which an offset of one text lies."""

    def __init__(self, text: str) -> None:
        self._starts = [0, *(match.end() for match in _LINE_END.finditer(text))]

    def __getitem__(self, offset: int) -> int:
        return bisect_right(self._starts, offset)


def stripped_span(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the span without the white space at its two ends; an empty one stays where it began."""
    piece = text[start:end]
    left = len(piece) - len(piece.lstrip())
    if left == len(piece):
        return start, start
    return start + left, start + len(piece.rstrip())
