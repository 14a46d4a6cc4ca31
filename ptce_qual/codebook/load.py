"""Read a codebook with every problem at once: its file, its line, what is wrong and how to mend it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from ptce_qual.codebook.check import LoadedCodebook, find_problems
from ptce_qual.codebook.model import Codebook
from ptce_qual.errors import InputError
from ptce_qual.model import Problem
from ptce_qual.translation import _n
from ptce_qual.yaml_lines import Path as YamlPath
from ptce_qual.yaml_models import parse_yaml_model, read_text, sound_part

_PATH_OF_A_CODE = 2


def load_codebook(path: Path | str) -> LoadedCodebook:
    """Load a codebook that has no errors.

    Raises:
        InputError: the file can't be read or has errors; its `problems` are all of them.
    """
    loaded, problems = read_codebook(path)
    errors = tuple(problem for problem in problems if problem.severity == "error")
    if loaded is None or errors:
        message = _n(
            "{path}: the codebook has {count} error", "{path}: the codebook has {count} errors", len(errors), path=path
        )
        raise InputError(message, errors)
    return loaded


def read_codebook(path: Path | str) -> tuple[LoadedCodebook | None, list[Problem]]:
    """Read a codebook and say all that is wrong with it; nothing is returned where its form is broken.

    What else is wrong is told beside the faults of form, where these stand inside codes.
    """
    path = Path(path)
    text, problems = read_text(path)
    if text is None:
        return None, problems
    codebook, source, problems = parse_yaml_model(Codebook, text, path.name)
    if codebook is not None and source is not None:
        loaded = LoadedCodebook(codebook, source, path.name, text)
        return loaded, _in_order(find_problems(loaded))
    if source is not None:
        sound = sound_part(Codebook, source, may_go=_is_inside_a_code)
        problems += find_problems(LoadedCodebook(*sound, path.name, text)) if sound else ()
    return None, _in_order(problems)


def _is_inside_a_code(path: YamlPath) -> bool:
    """Tell whether a value may be left out of a codebook without what refers to it being wrong too."""
    return path[:1] == ("codes",) and len(path) > _PATH_OF_A_CODE


def _in_order(problems: Iterable[Problem]) -> list[Problem]:
    return sorted(problems, key=lambda problem: problem.line or 0)
