"""Ctrl-C, held back for the moments that must not be cut in two."""

from __future__ import annotations

import contextlib
import signal
import threading
from collections.abc import Iterator


@contextlib.contextmanager
def interrupts_held_back(*, from_children: bool = False) -> Iterator[None]:
    """Hold Ctrl-C back until the block is done, and raise it then.

    Args:
        from_children: processes started meanwhile never see it, from their first instant on (not on Windows).

    Raises:
        KeyboardInterrupt: Ctrl-C was pressed meanwhile.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    pressed: list[int] = []
    before = signal.signal(signal.SIGINT, lambda number, frame: pressed.append(number))
    blocked = from_children and hasattr(signal, "pthread_sigmask")
    masked = signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT]) if blocked else set()
    try:
        yield
    finally:
        if blocked:
            signal.pthread_sigmask(signal.SIG_SETMASK, masked)
        signal.signal(signal.SIGINT, before)
    if pressed:
        raise KeyboardInterrupt
