"""In which stretches of a text patterns may match, for all patterns at once.

Patterns are gates: a word is open in the stretches where it stands, a list where one of its entries is, a row of words
where all of them are. A stretch is a bit, so that one operation on a gate is one on 64 stretches; gates of one depth
are worked out together. So the cost of a codebook is some nanoseconds a pattern and text, not a pattern and sentence.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain

import numpy as np
from numpy.typing import NDArray

Bits = NDArray[np.uint64]
_WIDTH = 64
_NEVER = 0


class Circuit:
    """Gates, each numbered; gate 0 is never open."""

    def __init__(self) -> None:
        self._inputs: list[tuple[int, ...]] = [()]
        self._depths = [0]
        self._needs_all = [False]
        self._known: dict[tuple[bool, tuple[int, ...]], int] = {}
        self._terms: list[int] = []
        self._layers: list[_Layer] = []

    def term(self, number: int) -> int:
        """Return a new gate for a term; terms are added in the order of their numbers."""
        self._terms.append(self._new((), needs_all=False, depth=0))
        return self._terms[number]

    def every(self, gates: Iterable[int]) -> int:
        """Return the gate that is open where all of some are."""
        return self._gate(gates, needs_all=True)

    def some(self, gates: Iterable[int]) -> int:
        """Return the gate that is open where one of some is."""
        return self._gate(gates, needs_all=False)

    def _gate(self, gates: Iterable[int], *, needs_all: bool) -> int:
        inputs = tuple(sorted(set(gates)))
        if len(inputs) < 2:
            return inputs[0] if inputs else _NEVER
        found = self._known.get((needs_all, inputs))
        if found is None:
            depth = 1 + max(self._depths[gate] for gate in inputs)
            found = self._known[needs_all, inputs] = self._new(inputs, needs_all=needs_all, depth=depth)
        return found

    def _new(self, inputs: tuple[int, ...], *, needs_all: bool, depth: int) -> int:
        self._layers.clear()
        self._inputs.append(inputs)
        self._depths.append(depth)
        self._needs_all.append(needs_all)
        return len(self._inputs) - 1

    def opened(self, terms: NDArray[np.int64], stretches: NDArray[np.int64], count: int) -> Bits:
        """Return where gates are open (gates × 64 stretches a column).

        Args:
            terms: each term that stands somewhere, those that no pattern has included; together with
            stretches: where it stands, at the same index.
            count: how many stretches there are.
        """
        bits = np.zeros((len(self._inputs), -(-count // _WIDTH)), dtype=np.uint64)
        wanted = terms < len(self._terms)
        gates = np.array(self._terms, dtype=np.int64)[terms[wanted]]
        stretches = stretches[wanted]
        marks = np.left_shift(np.uint64(1), (stretches % _WIDTH).astype(np.uint64))
        np.bitwise_or.at(bits, (gates, stretches // _WIDTH), marks)
        self._layers = self._layers or self._layered()
        for layer in self._layers:
            layer.open(bits)
        return bits

    def _layered(self) -> list[_Layer]:
        by_depth: dict[tuple[int, bool], list[int]] = {}
        for gate, depth in enumerate(self._depths):
            if depth:
                by_depth.setdefault((depth, self._needs_all[gate]), []).append(gate)
        return [_Layer(by_depth[key], self._inputs, needs_all=key[1]) for key in sorted(by_depth)]


class _Layer:
    """Gates of one kind whose inputs are all worked out before."""

    def __init__(self, gates: Sequence[int], inputs: Sequence[tuple[int, ...]], *, needs_all: bool) -> None:
        counts = [len(inputs[gate]) for gate in gates]
        self._gates = np.array(gates)
        self._inputs = np.fromiter(chain.from_iterable(inputs[gate] for gate in gates), dtype=np.int64)
        self._begins = np.concatenate(([0], np.cumsum(counts)[:-1]))
        self._operation = np.bitwise_and if needs_all else np.bitwise_or

    def open(self, bits: Bits) -> None:
        bits[self._gates] = self._operation.reduceat(bits.take(self._inputs, axis=0), self._begins, axis=0)


def as_number(bits: Bits) -> int:
    """Return a gate's bits as one number, the first stretch its lowest bit."""
    return int.from_bytes(bits.astype("<u8").tobytes(), "little")
