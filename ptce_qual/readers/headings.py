"""Lines that nobody speaks at a turn's end: headings, and the transcript's title where a second part repeats it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from difflib import SequenceMatcher

from ptce_qual.model import Problem
from ptce_qual.readers.lines import Line
from ptce_qual.readers.reading import Reading
from ptce_qual.readers.word_lists import fold
from ptce_qual.translation import _

_MARKDOWN = re.compile(r"[ \t]*#{1,6}[ \t]")
_ALIKE = 0.9
_SHORTEST_TITLE, _LONGEST_TITLE = 8, 120


class Headings:
    """The headings of one text; `cut` says where a turn ends before those that close it."""

    def __init__(self, reading: Reading, lines: Sequence[Line], first_label: int) -> None:
        self._reading, self._lines = reading, lines
        self._starts = [line.start for line in lines]
        self._title = self._find_title(first_label)
        self._repeated: list[int] = []

    def cut(self, start: int, stop: int) -> int:
        """Return where the span ends once the headings at its end are left out."""
        last = bisect_left(self._starts, stop) - 1
        while last >= 0 and self._starts[last] >= start and self._is_heading(self._lines[last]):
            stop = self._starts[last]
            last -= 1
        return stop

    def problems(self, file: str) -> list[Problem]:
        """Return a notice for each repeated title that `cut` has left out."""
        message = _("this line repeats the transcript's title; it is in no turn")
        return [Problem("notice", file, line, message) for line in sorted(self._repeated)]

    def _find_title(self, first_label: int) -> str:
        """Return the first line if it stands before the first label and is no sentence."""
        if not self._lines or self._lines[0].start >= first_label:
            return ""
        title = self._text(self._lines[0])
        is_sentence = title.endswith((".", "!", "?", "…"))
        return "" if is_sentence or not _SHORTEST_TITLE <= len(title) <= _LONGEST_TITLE else fold(title)

    def _is_heading(self, line: Line) -> bool:
        if line.start in self._reading.headings or _MARKDOWN.match(self._reading.text, line.start, line.end):
            return True
        if not self._title or line.end - line.start > _LONGEST_TITLE:
            return False
        matcher = SequenceMatcher(None, fold(self._text(line)), self._title, autojunk=False)
        alike = matcher.real_quick_ratio() >= _ALIKE and matcher.ratio() >= _ALIKE
        if alike:
            self._repeated.append(line.number)
        return alike

    def _text(self, line: Line) -> str:
        return self._reading.text[line.start : line.end].strip()
