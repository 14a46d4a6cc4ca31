"""What is printed: tables and summaries to standard output, problems and progress to standard error."""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.text import Text

from ptce_qual.errors import InputError, QualError
from ptce_qual.model import Problem
from ptce_qual.translation import _, _n, language_in_use

if TYPE_CHECKING:
    from collections.abc import Callable

_STYLES = {"error": "bold red", "warning": "yellow", "notice": "dim"}


def console() -> Console:
    """Return a console on standard output; where that is no terminal, without colours, and wide."""
    return Console(highlight=False, soft_wrap=False, width=None if sys.stdout.isatty() else 120)


def error_console() -> Console:
    """Return a console on standard error."""
    return Console(stderr=True, highlight=False, soft_wrap=True)


def plain(text: str) -> Text:
    """Return a user's text as it is: no markup in it is followed, no control character reaches the terminal."""
    return Text("".join(char if _is_shown(char) else "\ufffd" for char in text))


def _is_shown(char: str) -> bool:
    """Whether a character may reach a terminal; the spaces of French and what joins emoji are not `isprintable`."""
    return char.isprintable() or char in "\n\t\u200d" or unicodedata.category(char) == "Zs"


def print_problems(problems: Sequence[Problem], *, notices: bool = False) -> None:
    """Print problems, errors last, where they are best seen: file, line, what is wrong, how to mend it."""
    order = {"notice": 0, "warning": 1, "error": 2}
    shown = [problem for problem in problems if notices or problem.severity != "notice"]
    for problem in sorted(shown, key=lambda one: (order[one.severity], one.file, one.line or 0)):
        error_console().print(problem_text(problem))


def problem_text(problem: Problem) -> Text:
    """Return a problem on one line."""
    severities = {"error": _("error"), "warning": _("warning"), "notice": _("notice")}
    place = f"{problem.file}:{problem.line}" if problem.line else problem.file
    text = Text()
    if place:
        text.append_text(plain(f"{place}: "))
    text.append(severities[problem.severity], _STYLES[problem.severity])
    text.append_text(plain(f"{_colon()}{problem.message}"))
    if problem.remedy:
        text.append_text(plain(f" → {problem.remedy}"))
    return text


def _colon() -> str:
    return "\u00a0: " if language_in_use() == "fr" else ": "


def print_error(error: QualError) -> None:
    """Print an error with all its problems."""
    problems = [one for one in getattr(error, "problems", ()) if isinstance(one, Problem)]
    print_problems(problems)
    if not (isinstance(error, InputError) and len(problems) == 1 and problems[0].message == str(error)):
        text = Text()
        text.append(_("error"), _STYLES["error"])
        text.append_text(plain(f"{_colon()}{error}"))
        error_console().print(text)


def count_of(problems: Sequence[Problem]) -> str:
    """Return how many errors, warnings and notices there are, in words."""
    counts = {severity: sum(problem.severity == severity for problem in problems) for severity in _STYLES}
    told = []
    if counts["error"]:
        told.append(_n("{count} error", "{count} errors", counts["error"]))
    if counts["warning"]:
        told.append(_n("{count} warning", "{count} warnings", counts["warning"]))
    if counts["notice"]:
        told.append(_n("{count} notice", "{count} notices", counts["notice"]))
    return ", ".join(told) or _("nothing to report")


@contextmanager
def progress(label: str) -> Iterator[Callable[[int, int], None]]:
    """Show a bar on standard error while transcripts are done, if that is a terminal."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=error_console(), transient=True, disable=not sys.stderr.isatty()) as bar:
        task = bar.add_task(label, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


@contextmanager
def waiting(label: str, *, shown: bool = True) -> Iterator[None]:
    """Show on standard error that something takes a moment, if that is a terminal."""
    if shown and sys.stderr.isatty():
        with error_console().status(label):
            yield
    else:
        yield
