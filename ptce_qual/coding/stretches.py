"""A text's tokens cut into stretches, in which patterns are looked for: all stretches at once, then one by one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from ptce_qual.coding.circuit import Circuit, as_number
from ptce_qual.coding.patterns import Match, Pattern
from ptce_qual.coding.terms import Terms


class Stretch:
    """A stretch of tokens that no match crosses, most often a sentence.

    Attributes:
        start: its first token.
        end: the token after its last.
        number, bit: its place among the stretches of its text.
        ranks: for each token of the text (and one more) the number of words before it.
    """

    def __init__(self, stretches: Stretches, number: int, start: int, end: int) -> None:
        self.start = start
        self.end = end
        self.bit = 1 << number
        self.ranks = stretches.ranks
        self.number = number
        self._stretches = stretches
        self._found: dict[int, list[Match]] = {}

    @cached_property
    def positions(self) -> dict[int, list[int]]:
        """Where each term stands, as token indices in order."""
        positions: dict[int, list[int]] = {}
        for index, terms in enumerate(self._stretches.tokens[self.start : self.end], start=self.start):
            for term in terms:
                if term in positions:
                    positions[term].append(index)
                else:
                    positions[term] = [index]
        return positions

    @cached_property
    def terms(self) -> frozenset[int]:
        """The terms that stand here."""
        return frozenset(self.positions)

    @cached_property
    def open(self) -> bytes:
        """For each gate, whether it is open here: a number, 0 where it is not."""
        return self._stretches.open_in(self.number)

    def matches(self, pattern: Pattern) -> list[Match]:
        """Return the pattern's matches, found once."""
        if not self.open[pattern.gate]:
            return []
        found = self._found.get(id(pattern))
        if found is None:
            found = self._found[id(pattern)] = list(pattern.find(self))
        return found


class Stretches:
    """All stretches of a text, each a bit of the numbers that tell where something may stand.

    Args:
        bounds: the first token of each stretch and the token after its last.
        tokens: the terms of each token of the text.
        ranks: for each token of the text (and one more) the number of words before it.
        circuit: the gates of the patterns to be looked for.
    """

    def __init__(
        self, bounds: Sequence[tuple[int, int]], tokens: Sequence[Terms], ranks: Sequence[int], circuit: Circuit
    ) -> None:
        self.tokens = tokens
        self.ranks = ranks
        self._bounds = bounds
        inside = [tokens[start:end] for start, end in bounds]
        terms = [list(chain.from_iterable(of_stretch)) for of_stretch in inside]
        places = np.repeat(np.arange(len(bounds)), np.array([len(found) for found in terms], dtype=np.int64))
        flat = np.fromiter(chain.from_iterable(terms), dtype=np.int64)
        self._opened = circuit.opened(flat, places, len(bounds))
        self._standing = places, flat
        self._where: dict[int, int] = {}

    @property
    def count(self) -> int:
        """How many stretches there are."""
        return len(self._bounds)

    def standing(self, known: NDArray[np.bool_]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return the stretches and the terms that stand in them, each pair once.

        Args:
            known: for each term, whether it is looked for; terms beyond are not.
        """
        places, terms = self._standing
        kept = terms < len(known)
        kept[kept] = known[terms[kept]]
        return unique_pairs(places[kept], terms[kept])

    def each(self) -> list[Stretch]:
        """Return the stretches in order."""
        return [Stretch(self, number, start, end) for number, (start, end) in enumerate(self._bounds)]

    def where(self, pattern: Pattern) -> int:
        """Return the stretches where a pattern may match, as bits."""
        found = self._where.get(pattern.gate)
        if found is None:
            found = self._where[pattern.gate] = as_number(self._opened[pattern.gate])
        return found

    def anywhere(self, gates: NDArray[np.int64]) -> list[int]:
        """Return the indices of the gates that are open in any stretch."""
        found: list[int] = np.flatnonzero(self._opened[gates].any(axis=1)).tolist()
        return found

    def open_in(self, number: int) -> bytes:
        """Return for each gate whether it is open in a stretch: a number, 0 where it is not."""
        octet, bit = divmod(number, 8)
        is_open: NDArray[np.uint8] = self._octets[octet] & np.uint8(1 << bit)
        return is_open.tobytes()

    @cached_property
    def _octets(self) -> NDArray[np.uint8]:
        """Where gates are open (8 stretches a row × gates)."""
        return np.ascontiguousarray(self._opened.astype("<u8").view(np.uint8).T)


def unique_pairs(first: NDArray[np.int64], second: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return pairs of numbers from 0 on, each once, in order."""
    base = int(second.max(initial=0)) + 1
    pairs: NDArray[np.int64] = np.unique(first * base + second)
    return pairs // base, pairs % base


def numbers(bits: int) -> Iterator[int]:
    """Yield the places of the bits that are set, in order."""
    while bits:
        lowest = bits & -bits
        yield lowest.bit_length() - 1
        bits ^= lowest
