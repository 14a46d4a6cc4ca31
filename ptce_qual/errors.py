"""The errors that callers may catch.

    QualError
    ├── InputError      a file, folder or setting that can't be used; carries the `Problem`s
    └── PipelineError   a spaCy pipeline that is missing, can't be loaded, or doesn't provide what is needed

The lowest room: it imports nothing of the package.
"""

from __future__ import annotations


class QualError(Exception):
    """Anything the tool reports to a person; the message is a whole sentence in words."""


class InputError(QualError):
    """Input that can't be used. `problems` lists what is wrong, each with its place and remedy."""

    def __init__(self, message: str, problems: tuple[object, ...] = ()) -> None:
        super().__init__(message)
        self.problems = problems


class PipelineError(QualError):
    """A spaCy pipeline that is missing, can't be loaded, or lacks a component that is needed."""
