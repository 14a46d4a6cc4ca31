"""New codes along an order of interviews, and along many random orders at once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ptce_qual.analysis.units import Booleans, Integers


@dataclass(frozen=True, slots=True)
class RandomOrders:
    """How many random orders are drawn, and from which seed.

    Raises:
        ValueError: there is none.
    """

    count: int = 1000
    seed: int = 0

    def __post_init__(self) -> None:
        if self.count < 1:
            raise ValueError("at least one random order is drawn")


DEFAULT_ORDERS = RandomOrders()


def new_codes(present: Booleans) -> Integers:
    """Return how many codes each interview is the first to have, in the order given.

    Args:
        present: interviews × codes.
    """
    found: Integers = _new(np.arange(len(present))[None, :], present)[0]
    return found


def random_new_codes(present: Booleans, orders: RandomOrders = DEFAULT_ORDERS) -> Integers:
    """Return orders × positions, the codes that the interview there is the first to have, in random orders.

    Args:
        present: interviews × codes.
    """
    generator = np.random.default_rng(orders.seed)
    places = generator.permuted(np.tile(np.arange(len(present)), (orders.count, 1)), axis=1)
    return _new(places, present)


def _new(places: Integers, present: Booleans) -> Integers:
    """Return orders × positions.

    Args:
        places: orders × interviews, the position of each interview.
    """
    orders, interviews = places.shape
    found = np.zeros((orders, interviews), dtype=np.int64)
    for code in np.flatnonzero(present.any(axis=0)):
        found[np.arange(orders), places[:, present[:, code]].min(axis=1)] += 1
    return found
