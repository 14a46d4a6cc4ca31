"""Read a codebook with every problem at once: its file, its line, what is wrong and how to mend it."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from pathlib import Path

import pydantic
from pydantic_core import ErrorDetails

from ptce_qual.codebook.check import LoadedCodebook, find_problems
from ptce_qual.codebook.model import Code, Codebook, Rule
from ptce_qual.errors import InputError
from ptce_qual.model import Problem
from ptce_qual.yaml_lines import Path as YamlPath
from ptce_qual.yaml_lines import YamlSource, parse_yaml


def load_codebook(path: Path) -> LoadedCodebook:
    """Load a codebook that has no errors.

    Raises:
        InputError: the file can't be read or has errors; its `problems` are all of them.
    """
    loaded, problems = read_codebook(path)
    errors = tuple(problem for problem in problems if problem.severity == "error")
    if loaded is None or errors:
        raise InputError(f"{path}: the codebook has {len(errors)} error(s)", errors)
    return loaded


def read_codebook(path: Path) -> tuple[LoadedCodebook | None, list[Problem]]:
    """Read a codebook and say all that is wrong with it; nothing is returned where its form is broken."""
    file = path.name
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        return None, [Problem("error", str(path), None, f"can't be read: {error}", "Check the path; save it as UTF-8.")]
    source, problems = parse_yaml(text, file)
    if source is None or problems:
        return None, problems
    try:
        codebook = Codebook.model_validate(source.data)
    except pydantic.ValidationError as error:
        return None, sorted(_schema_problems(error, source, file), key=lambda problem: problem.line or 0)
    loaded = LoadedCodebook(codebook, source, file)
    return loaded, sorted(find_problems(loaded), key=lambda problem: problem.line or 0)


def _schema_problems(error: pydantic.ValidationError, source: YamlSource, file: str) -> Iterator[Problem]:
    told: set[tuple[int, str]] = set()
    for detail in error.errors():
        where = detail["loc"]
        path: YamlPath = tuple(part for part in where if not _is_union_tag(part))
        # Of a value that may be text or a mapping, the errors of the kind that it is not are noise.
        as_text = any(str(part).endswith("str") for part in where if _is_union_tag(part))
        given = _value_at(source, path)
        if len(path) < len(where) and isinstance(given, dict if as_text else str):
            continue
        message, remedy = _in_words(detail, path)
        line = source.line_of(path)
        if (line, message) not in told:
            told.add((line, message))
            yield Problem("error", file, line, message, remedy)


def _is_union_tag(part: str | int) -> bool:
    return isinstance(part, str) and part.startswith(("Rule", "Example", "str", "constrained-str", "function-"))


def _value_at(source: YamlSource, path: YamlPath) -> object:
    value = source.data
    for part in path:
        try:
            value = value[part]
        except (KeyError, IndexError, TypeError):
            return None
    return value


def _in_words(detail: ErrorDetails, path: YamlPath) -> tuple[str, str]:
    name = next((str(part) for part in reversed(path) if isinstance(part, str)), "the codebook")
    kind = detail["type"]
    if kind == "extra_forbidden":
        known = [field.alias or key for model in (Codebook, Code, Rule) for key, field in model.model_fields.items()]
        close = difflib.get_close_matches(name, known, 1)
        return f"unknown key « {name} »", f"Did you mean « {close[0]} »?" if close else "Remove it."
    if kind == "missing":
        return f"« {name} » is missing", f"Add « {name}: … »."
    return f"« {name} »: {detail['msg'].removeprefix('Value error, ')}", "See `ptce-qual codebook schema`."
