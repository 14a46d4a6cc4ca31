"""What stands around a place of a transcript: so many words on each side, verbatim."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from ptce_qual.lexicometry.places import turns_of
from ptce_qual.model import Segmentation, Transcript, Turn

_SORTED_BY = 3  # words on each side


@dataclass(frozen=True, slots=True)
class Context:
    """What stands at a place and around it; `left + node + right` is the text there, verbatim.

    Args:
        before: the words to its left, the nearest first, whatever the window.
        inside: its words.
        after: the words to its right.
    """

    left: str
    node: str
    right: str
    before: tuple[str, ...]
    inside: tuple[str, ...]
    after: tuple[str, ...]


class Contexts:
    """The contexts of a transcript.

    Args:
        segmentation: the transcript's; its words are those that windows count.
        across_turns: whether a context goes on beyond its turn. The labels that then stand in it count no words.
    """

    def __init__(self, transcript: Transcript, segmentation: Segmentation, *, across_turns: bool = False) -> None:
        self._text = transcript.text
        self._turns = turns_of(transcript)
        self._across = across_turns
        self._starts, self._ends = _words_of_turns(self._turns, segmentation)

    def around(self, turn: Turn, start: int, end: int, window: int) -> Context:
        """Return a place in a turn with `window` words on each side; all that is there where there are fewer."""
        low, high = (self._turns[0].start, self._turns[-1].end) if self._across else (turn.start, turn.end)
        first, last = bisect_left(self._starts, low), bisect_left(self._starts, high)
        begin, stop = bisect_right(self._ends, start, first, last), bisect_left(self._starts, end, first, last)
        left = self._starts[begin - window] if begin - window > first else low
        right = self._ends[stop + window - 1] if stop + window < last else high
        return Context(
            left=self._text[left:start].lstrip() if window else "",
            node=self._text[start:end],
            right=self._text[end:right].rstrip() if window else "",
            before=tuple(self._words(max(first, begin - _SORTED_BY), begin))[::-1],
            inside=tuple(self._words(begin, stop)),
            after=tuple(self._words(stop, min(last, stop + _SORTED_BY))),
        )

    def _words(self, first: int, last: int) -> Iterator[str]:
        return (self._text[self._starts[place] : self._ends[place]] for place in range(first, last))


def _words_of_turns(turns: tuple[Turn, ...], segmentation: Segmentation) -> tuple[list[int], list[int]]:
    """Return where the words that stand in turns begin and end."""
    starts, ends = [], []
    bounds = [turn.end for turn in turns]
    for start, end in segmentation.words:
        place = bisect_right(bounds, start)
        if place < len(turns) and turns[place].start <= start:
            starts.append(start)
            ends.append(end)
    return starts, ends
