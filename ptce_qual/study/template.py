"""The study that `ptce-qual init` makes: commented settings, a small codebook, and an example to replace."""

from __future__ import annotations

from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from ptce_qual.errors import InputError
from ptce_qual.model import Problem
from ptce_qual.study.writing import write_files
from ptce_qual.translation import _, language_in_use


def make_study(folder: Path) -> list[str]:
    """Make a study in a folder, which nothing of it may stand in yet, and return the files made.

    Raises:
        InputError: one of the files is there already, or the folder can't be written to.
    """
    template = files("ptce_qual.study").joinpath("templates", language_in_use())
    contents = {name: source.read_bytes() for name, source in _files(template, "")}
    there = [name for name in contents if (folder / name).exists()]
    if there:
        message = _("{folder} holds a study already; nothing was changed", folder=folder.as_posix())
        problems = [
            Problem("error", (folder / name).as_posix(), None, _("the file is there already")) for name in there
        ]
        raise InputError(message, tuple(problems))
    write_files(folder, contents)
    return list(contents)


def _files(folder: Traversable, prefix: str) -> list[tuple[str, Traversable]]:
    found: list[tuple[str, Traversable]] = []
    for entry in sorted(folder.iterdir(), key=lambda one: one.name):
        name = f"{prefix}{entry.name}"
        found += _files(entry, f"{name}/") if entry.is_dir() else [(name, entry)]
    return found
