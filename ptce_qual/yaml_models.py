"""YAML files as pydantic models: all that is wrong with their form is told at once, in words, with its line."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Collection, Iterator
from pathlib import Path
from typing import TypeVar, get_args

import pydantic
from pydantic import BaseModel, ConfigDict
from pydantic_core import ErrorDetails

from ptce_qual.model import Problem
from ptce_qual.translation import _, _n
from ptce_qual.wording import reason
from ptce_qual.yaml_lines import Path as YamlPath
from ptce_qual.yaml_lines import YamlSource, parse_yaml

Model = TypeVar("Model", bound=BaseModel)
ID_PATTERN = r"^[a-z][a-z0-9_]*$"
_TEXT = ("str", "constrained-str")  # what pydantic calls a text among other kinds
COLOUR_PATTERN = r"^#[0-9a-fA-F]{6}$"


class StrictModel(BaseModel):
    """A part of a YAML file: no key that is not known; a number where text is wanted is taken as written."""

    model_config = ConfigDict(extra="forbid", frozen=True, coerce_numbers_to_str=True)


def read_text(path: Path) -> tuple[str | None, list[Problem]]:
    """Return the text of a UTF-8 file, without its byte-order mark, or why it can't be read."""
    try:
        return path.read_bytes().decode("utf-8-sig"), []
    except (OSError, UnicodeDecodeError) as error:
        told = reason(error) if isinstance(error, OSError) else str(error)
        message = _("can't be read: {reason}", reason=told)
        return None, [Problem("error", path.as_posix(), None, message, _("Check the path; save it as UTF-8."))]


def parse_yaml_model(model: type[Model], text: str, file: str) -> tuple[Model | None, YamlSource | None, list[Problem]]:
    """Return a YAML text as a model, with the lines of its values; no model where anything is wrong with its form."""
    source, problems = parse_yaml(text, file)
    if source is None:
        return None, None, problems
    try:
        read = model.model_validate({} if source.data is None else source.data)
    except pydantic.ValidationError as error:
        told = {problem.line for problem in problems}  # a value that was refused is also of the wrong kind
        problems += (one for one in _problems(error, source, file, model) if one.line not in told)
        return None, source, sorted(problems, key=lambda problem: problem.line or 0)
    return None if problems else read, source, problems


def sound_part(
    model: type[Model], source: YamlSource, *, may_go: Callable[[YamlPath], bool]
) -> tuple[Model, YamlSource] | None:
    """Return what is left of a file when the values whose form is wrong are left out, None where that can't be.

    Args:
        may_go: whether what stands at a place may be left out.
    """
    tags = _tags(model)
    while True:
        try:
            return model.model_validate(source.data), source
        except pydantic.ValidationError as error:
            gone = set()
            for detail in error.errors():
                path = tuple(part for part in detail["loc"] if not _is_tag(part, tags))
                while path and path not in source.lines:  # what is missing takes with it what it is missing from
                    path = path[:-1]
                if not may_go(path):
                    return None
                gone.add(path)
            source = source.without(gone)


def read_yaml_model(model: type[Model], path: Path) -> tuple[Model | None, list[Problem]]:
    """Read a YAML file as a model, or say all that is wrong with its form."""
    text, problems = read_text(path)
    if text is None:
        return None, problems
    read, _source, problems = parse_yaml_model(model, text, path.name)
    return read, problems


def _models(model: type[BaseModel]) -> list[type[BaseModel]]:
    """Return a model and those of its parts, at any depth."""
    found: list[type[BaseModel]] = []
    waiting = [model]
    while waiting:
        kind = waiting.pop()
        if kind not in found:
            found.append(kind)
            waiting += [part for field in kind.model_fields.values() for part in _parts(field.annotation)]
    return found


def _parts(annotation: object) -> Iterator[type[BaseModel]]:
    """Yield the models that a value of a type may be, or hold without another between them."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    else:
        for part in get_args(annotation):
            yield from _parts(part)


def _keys_at(model: type[BaseModel], path: YamlPath) -> list[str]:
    """Return the keys that may stand in the mapping at a place of a file."""
    kinds = [model]
    for name in path:
        fields = [field for kind in kinds for key, field in kind.model_fields.items() if name in (key, field.alias)]
        kinds = [part for field in fields for part in _parts(field.annotation)] or kinds
    return [field.alias or key for kind in kinds for key, field in kind.model_fields.items()]


def _problems(
    error: pydantic.ValidationError, source: YamlSource, file: str, model: type[BaseModel]
) -> Iterator[Problem]:
    tags = _tags(model)
    told: set[tuple[int, str]] = set()
    for detail in error.errors():
        where = detail["loc"]
        path: YamlPath = tuple(part for part in where if not _is_tag(part, tags))
        if _is_of_the_other_kind(where, source, tags):
            continue
        message, remedy = _in_words(detail, path, model)
        line = source.line_of(path)
        if (line, message) not in told:
            told.add((line, message))
            yield Problem("error", file, line, message, remedy)


def _tags(model: type[BaseModel]) -> set[str]:
    """Return what pydantic calls the kinds of a value that may be of several."""
    return {*_TEXT, *(part.__name__ for part in _models(model))}


def _is_tag(part: str | int, tags: Collection[str]) -> bool:
    """Whether pydantic names here one kind of a value that may be of several, and no key of the file."""
    return part in tags or (isinstance(part, str) and part.startswith("function-"))


def _is_of_the_other_kind(where: tuple[str | int, ...], source: YamlSource, tags: Collection[str]) -> bool:
    """Whether an error is noise: of a value that may be text or a mapping, those of the kind that it is not."""
    tag = next((index for index, part in enumerate(where) if _is_tag(part, tags)), None)
    if tag is None:
        return False
    return isinstance(_value_at(source, where[:tag]), dict if where[tag] in _TEXT else str)


def _value_at(source: YamlSource, path: YamlPath) -> object:
    value = source.data
    for part in path:
        try:
            value = value[part]
        except (KeyError, IndexError, TypeError):
            return None
    return value


def _in_words(detail: ErrorDetails, path: YamlPath, model: type[BaseModel]) -> tuple[str, str]:
    name = next((str(part) for part in reversed(path) if isinstance(part, str)), "")
    kind = detail["type"]
    if kind == "extra_forbidden":
        close = difflib.get_close_matches(name, _keys_at(model, path[:-1]), 1)
        remedy = _("Did you mean « {name} »?", name=close[0]) if close else _("Remove it.")
        return _("unknown key « {name} »", name=name), remedy
    if kind == "missing":
        return _("« {name} » is missing", name=name), _("Add « {name}: … ».", name=name)
    remedy = _("Correct the value; the documentation lists what each key takes.")
    if not path:
        return _("the file is no mapping with keys such as « title: … »"), remedy
    told = _of_kind(kind, name, in_list=isinstance(path[-1], int)) or _of_limit(detail, name)
    return told or _("« {name} »: {reason}", name=name, reason=detail["msg"]), remedy


def _of_kind(kind: str, name: str, *, in_list: bool) -> str:
    """Return what is wrong with a value of the wrong kind, `""` where that is not what is wrong."""
    if in_list and kind == "string_type":
        return _("an entry of « {name} » is no text", name=name)
    if in_list and kind in ("dict_type", "model_type"):
        return _("an entry of « {name} » is no mapping with keys of its own", name=name)
    told = {
        "string": _("« {name} » is no text", name=name),
        "dict": _("« {name} » is no mapping with keys of its own", name=name),
        "model": _("« {name} » is no mapping with keys of its own", name=name),
        "list": _("« {name} » is no list", name=name),
        "int": _("« {name} » is no whole number", name=name),
        "float": _("« {name} » is no number", name=name),
        "finite": _("« {name} » is no number", name=name),
        "bool": _("« {name} » is neither true nor false", name=name),
    }
    wanted, how = kind.split("_", 1) if "_" in kind else (kind, "")
    return told.get(wanted, "") if how in ("type", "parsing", "parsing_size", "from_float", "number") else ""


def _of_limit(detail: ErrorDetails, name: str) -> str:
    """Return what is wrong with a value of the right kind, `""` where no words are known for it."""
    context = detail.get("ctx", {})
    told = ""
    match detail["type"]:
        case "string_pattern_mismatch":
            told = _of_pattern(context["pattern"], name)
        case "string_too_short":
            told = _n(
                "« {name} » needs at least {count} character",
                "« {name} » needs at least {count} characters",
                context["min_length"],
                name=name,
            )
        case "too_short":
            told = _n(
                "« {name} » needs at least {count} entry",
                "« {name} » needs at least {count} entries",
                context["min_length"],
                name=name,
            )
        case "literal_error":
            options = re.findall(r"'([^']*)'", context["expected"])
            told = _n(
                "« {name} » can only be: {options}",
                "« {name} » must be one of: {options}",
                len(options),
                name=name,
                options=", ".join(options),
            )
        case "greater_than_equal":
            told = _("« {name} » must be at least {least}", name=name, least=context["ge"])
        case "value_error":
            told = _("« {name} »: {reason}", name=name, reason=context["error"])
    return told


def _of_pattern(pattern: str, name: str) -> str:
    if pattern == ID_PATTERN:
        return _(
            "« {name} »: an id begins with a letter from a to z and holds only lower case without accents, digits "
            "and « _ »",
            name=name,
        )
    if pattern == COLOUR_PATTERN:
        return _("« {name} »: a colour is written as « #1f77b4 »", name=name)
    return _("« {name} » does not match the pattern {pattern}", name=name, pattern=pattern)
