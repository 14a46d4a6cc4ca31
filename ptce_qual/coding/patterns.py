"""Rules' expressions, compiled: where they match in a stretch of tokens.

The gate of a pattern tells in which stretches it may match (`circuit`); only there is it asked to `find`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise, product
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from ptce_qual.coding.stretches import Stretch

Match = tuple[tuple[int, int], ...]
"""The matched token ranges, in order."""

_MOST_COMBINED = 6  # matches of one group that `near` combines with the others'


def overlap(match: Match, other: Match) -> bool:
    """Tell whether a match has a token between the first and the last of another."""
    start, end = other[0][0], other[-1][1]
    return any(first < end and start < last for first, last in match)


class Pattern(Protocol):
    """What can be looked for in a stretch."""

    @property
    def gate(self) -> int:
        """Its gate: closed where it can't match. Patterns that match differently may share one, matches may not."""

    def find(self, stretch: Stretch) -> Iterator[Match]:
        """Yield the matches, the earliest first."""


@dataclass(frozen=True, slots=True)
class Term:
    """One word."""

    number: int
    gate: int

    def find(self, stretch: Stretch) -> Iterator[Match]:
        return (((index, index + 1),) for index in stretch.positions.get(self.number, ()))


@dataclass(frozen=True, slots=True)
class AnyTerm:
    """Any of some words: the cost is that of the words in the stretch, however long the list."""

    words: frozenset[int]
    gate: int

    def find(self, stretch: Stretch) -> Iterator[Match]:
        places = {index for number in self.words & stretch.terms for index in stretch.positions[number]}
        return (((index, index + 1),) for index in sorted(places))


@dataclass(frozen=True, slots=True)
class Alternatives:
    """Any of some words and of other patterns: those that may match in a stretch are known by their gates."""

    words: AnyTerm
    others: tuple[Pattern, ...]
    gate: int

    def find(self, stretch: Stretch) -> Iterator[Match]:
        words, is_open = stretch.matches(self.words), stretch.open
        others = [other for other in self.others if is_open[other.gate]]
        if not others:
            return iter(words)
        found = set(words)
        for other in others:
            found.update(stretch.matches(other))
        return iter(sorted(found))


@dataclass(frozen=True, slots=True)
class Ordered:
    """Patterns in order, with at most `gap` words between two of them; one match for each beginning."""

    parts: tuple[Pattern, ...]
    gap: int
    gate: int

    def find(self, stretch: Stretch) -> Iterator[Match]:
        found = [stretch.matches(part) for part in self.parts]
        if not all(found):
            return
        for first in found[0]:
            rest = self._continue(stretch, first, found, 1)
            if rest is not None:
                yield first + rest

    def _continue(self, stretch: Stretch, before: Match, found: list[list[Match]], index: int) -> Match | None:
        if index == len(found):
            return ()
        end = before[-1][1]
        for following in found[index]:
            start = following[0][0]
            if start < end:
                continue
            if stretch.ranks[start] - stretch.ranks[end] > self.gap:
                break
            rest = self._continue(stretch, following, found, index + 1)
            if rest is not None:
                return following + rest
        return None


@dataclass(frozen=True, slots=True)
class Near:
    """Groups in any order, with at most `within` words between neighbours; one match for each of the first group's."""

    groups: tuple[Pattern, ...]
    within: int
    gate: int

    def find(self, stretch: Stretch) -> Iterator[Match]:
        found = [stretch.matches(group) for group in self.groups]
        if not all(found):
            return
        for first in found[0]:
            others = (self._closest(first, matches) for matches in found[1:])
            for rest in product(*others):
                ordered = sorted((first, *rest))
                if all(self._are_near(stretch, a, b) for a, b in pairwise(ordered)):
                    yield tuple(span for match in ordered for span in match)
                    break

    @staticmethod
    def _closest(first: Match, matches: list[Match]) -> list[Match]:
        if len(matches) == 1:
            return matches
        return sorted(matches, key=lambda match: abs(match[0][0] - first[0][0]))[:_MOST_COMBINED]

    def _are_near(self, stretch: Stretch, left: Match, right: Match) -> bool:
        end, start = left[-1][1], right[0][0]
        return end <= start and stretch.ranks[start] - stretch.ranks[end] <= self.within


@dataclass(frozen=True, slots=True)
class Together:
    """All of some patterns and one of others, anywhere in the stretch."""

    every: tuple[Pattern, ...]
    some: Pattern | None
    gate: int

    def find(self, stretch: Stretch) -> Iterator[Match]:
        needed = (*self.every, self.some) if self.some else self.every
        found = [stretch.matches(pattern) for pattern in needed]
        if all(found):
            yield tuple(sorted({span for matches in found for span in matches[0]}))
