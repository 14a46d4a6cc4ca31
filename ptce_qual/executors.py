"""The same `map` in one process or in several, results in the order of the items whatever finishes first."""

from __future__ import annotations

import multiprocessing
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from typing import TypeVar

from ptce_qual.interrupts import interrupts_held_back

Item = TypeVar("Item")
Outcome = TypeVar("Outcome")


def ordered_map(
    function: Callable[[Item], Outcome],
    items: Sequence[Item],
    *,
    jobs: int = 1,
    prepare: Callable[..., None] | None = None,
    given: Iterable[object] = (),
) -> Iterator[Outcome]:
    """Yield `function(item)` for each item, in order.

    Args:
        jobs: processes; with one, all happens here.
        prepare: called once in each process with `given`, before the first item.
    """
    given = tuple(given)
    if jobs <= 1 or len(items) <= 1:
        if prepare:
            prepare(*given)
        yield from map(function, items)
        return
    # Spawned and not forked: the same on all systems, and threads of numerical libraries do not survive a fork.
    context = multiprocessing.get_context("spawn")
    workers = min(jobs, len(items))
    others = set(multiprocessing.active_children())
    with ProcessPoolExecutor(workers, context, initializer=_begin, initargs=(prepare, given)) as pool:
        try:
            with interrupts_held_back(from_children=True):
                waiting = deque(pool.submit(_apply, function, item) for item in items)
            while waiting:
                yield waiting.popleft().result()
        except BaseException:
            # What is under way is not waited for. Nothing is cancelled: a pool whose workers end does not survive it.
            for worker in set(multiprocessing.active_children()) - others:
                worker.terminate()
            raise


_failures: list[Exception] = []  # of this process's `prepare`


def _begin(prepare: Callable[..., None] | None, given: tuple[object, ...]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to handle
    try:
        if prepare:
            prepare(*given)
    except Exception as error:  # noqa: BLE001  # raised with the first item: here it would only break the pool
        _failures.append(error)


def _apply(function: Callable[[Item], Outcome], item: Item) -> Outcome:
    for failure in _failures:
        raise failure
    return function(item)
