"""The command line: a file a command, each thin: parse, call, print. Only here is anything printed.

Exit codes: 0 all went well; 1 something could not be used, or a check failed; 2 wrong usage; 130 interrupted.
"""

from __future__ import annotations

import codecs
import gc
import io
import os
import sys
from collections.abc import Sequence

INTERRUPTED = 130
_NEAREST = "ptce_qual.nearest"
GARBAGE_SEARCHES = (100_000, 50, 50)  # for garbage: objects before one of the youngest, and how many before one of more


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command line and return its exit code."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    if isinstance(sys.stdout, io.TextIOWrapper):
        codecs.register_error(_NEAREST, _nearest)
        sys.stdout.reconfigure(errors=_NEAREST)  # as « → » in a pipe of Windows that takes fewer characters
    try:
        from ptce_qual.cli.language import choose_language

        choose_language(given, os.environ)
        from ptce_qual.cli.application import run  # its help is in the language just chosen

        return run(given)
    except KeyboardInterrupt:
        return INTERRUPTED


def _nearest(error: UnicodeError) -> tuple[str, int]:
    """Return what stands for characters that an output can't take: a blank for a space, else « ? »."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return "".join(" " if char.isspace() else "?" for char in error.object[error.start : error.end]), error.end


def console_script() -> None:
    """Be the `ptce-qual` command."""
    # What a command makes it keeps, and next to nothing of it is garbage that only a search finds: to search after each
    # 700 new objects, as Python does, is a tenth of the time of a run.
    gc.set_threshold(*GARBAGE_SEARCHES)
    code = main()
    gc.freeze()  # the process ends: to search all that it holds once more for garbage takes up to half a second
    sys.exit(code)
