"""YAML with the line of every value, every problem at once, and nothing executed.

The scalars are those of YAML 1.2's core schema: « on », « oui », « no » and dates are text. Tags, aliases and duplicate
keys are problems. Parsing is libyaml's; building the values is ours, since PyYAML's builders drop the lines.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import yaml

from ptce_qual.model import Problem
from ptce_qual.translation import _

Path = tuple[str | int, ...]
"""Where a value stands: keys and indices from the top."""

_INTEGER = re.compile(r"[-+]?[0-9]+")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_CONSTANTS = {"": None, "~": None, "null": None, "true": True, "false": False}
_NUMERIC = frozenset("+-.0123456789")
_STANDARD_TAGS = "tag:yaml.org,2002:"
_NO_TAG = (None, "!")
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class YamlSource:
    """The values of a YAML text, and where they stand in it."""

    data: Any
    lines: Mapping[Path, int]

    def line_of(self, path: Path) -> int:
        """Return the line, from 1, of the value at `path`, or of the nearest value that holds it."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)

    def without(self, gone: Collection[Path]) -> YamlSource:
        """Return the source with some of its values left out; those after them in a list move up."""
        lines: dict[Path, int] = {}

        def kept(value: Any, old: Path, new: Path) -> Any:
            if old in self.lines:
                lines[new] = self.lines[old]
            if isinstance(value, dict):
                return {
                    key: kept(one, (*old, key), (*new, key)) for key, one in value.items() if (*old, key) not in gone
                }
            if isinstance(value, list):
                places = [place for place in range(len(value)) if (*old, place) not in gone]
                return [kept(value[place], (*old, place), (*new, at)) for at, place in enumerate(places)]
            return value

        return YamlSource(kept(self.data, (), ()), lines)


def parse_yaml(text: str, file: str) -> tuple[YamlSource | None, list[Problem]]:
    """Parse a YAML text.

    Returns:
        The source, or None where the text is no YAML; and the problems, of which `file` is the place.
    """
    builder = _Builder(file, yaml.parse(text, Loader=_LOADER))
    try:
        data = builder.document()
    except yaml.MarkedYAMLError as error:
        return None, [_syntax_problem(error, text, file)]
    except RecursionError:
        message = _("values stand in values too deeply")
        return None, [Problem("error", file, None, message, _("A codebook needs some levels, no hundreds."))]
    except yaml.YAMLError as error:
        message = _("not readable as YAML: {reason}", reason=error)
        return None, [Problem("error", file, None, message, _("Save the file as UTF-8 text."))]
    return YamlSource(data, builder.lines), builder.problems


def _syntax_problem(error: yaml.MarkedYAMLError, text: str, file: str) -> Problem:
    mark = error.problem_mark or error.context_mark
    line = mark.line + 1 if mark else None
    lines = text.splitlines()
    if line and line <= len(lines) and "\t" in lines[line - 1]:
        return Problem("error", file, line, _("a tab indents this line"), _("Indent with spaces: YAML allows no tabs."))
    message = _("broken YAML: {reason}", reason=error.problem or error.context)
    return Problem("error", file, line, message, _("Check indentation, quotes and colons here and one line above."))


class _Builder:
    """Values from the events of a parser: to have nodes made of them first would take twice the time."""

    def __init__(self, file: str, events: Iterator[Any]) -> None:
        self.file = file
        self.lines: dict[Path, int] = {}
        self.problems: list[Problem] = []
        self._events = events

    def document(self) -> Any:
        """Return the value of the only document, None where there is none."""
        data = None
        for event in self._events:
            if isinstance(event, yaml.DocumentStartEvent):
                mark: Any = event.start_mark
                if () in self.lines:
                    raise yaml.MarkedYAMLError(problem=_("a second document begins here"), problem_mark=mark)
                data = self._value(next(self._events), ())
        return data

    def _value(self, event: Any, path: Path) -> Any:
        self.lines[path] = event.start_mark.line + 1
        if isinstance(event, yaml.AliasEvent):
            message = _("an alias (« * ») repeats this value")
            return self._report(event, message, _("Write the value again: aliases are not followed."))
        if event.tag not in _NO_TAG and (not event.tag.startswith(_STANDARD_TAGS) or "python" in event.tag):
            self._skip(event)
            message = _("a tag stands here: {tag}", tag=event.tag)
            return self._report(event, message, _("Remove it: tags are never executed."))
        if isinstance(event, yaml.ScalarEvent):
            return _scalar(event)
        if isinstance(event, yaml.SequenceStartEvent):
            return [self._value(item, (*path, index)) for index, item in enumerate(self._until(yaml.SequenceEndEvent))]
        return self._mapping(path)

    def _mapping(self, path: Path) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for key_event in self._until(yaml.MappingEndEvent):
            key = str(key_event.value) if isinstance(key_event, yaml.ScalarEvent) else None
            if key is not None and key not in values:
                values[key] = self._value(next(self._events), (*path, key))
                self.lines[*path, key] = key_event.start_mark.line + 1
                continue
            if key is None:
                self._skip(key_event)
                self._report(key_event, _("a key that is no text"), _("Give the key a name."))
            else:
                first = self.lines[*path, key]
                message = _("the key « {key} » stands twice (first on line {line})", key=key, line=first)
                self._report(key_event, message, _("Keep one of them."))
            self._skip(next(self._events))
        return values

    def _until(self, end: type[yaml.Event]) -> Iterator[Any]:
        """Yield the events that begin the parts of a collection."""
        for event in self._events:
            if isinstance(event, end):
                return
            yield event

    def _skip(self, event: Any) -> None:
        """Pass over the rest of a value that begins with an event."""
        depth = int(isinstance(event, yaml.CollectionStartEvent))
        while depth:
            event = next(self._events)
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)

    def _report(self, event: Any, message: str, remedy: str) -> None:
        self.problems.append(Problem("error", self.file, event.start_mark.line + 1, message, remedy))


def _scalar(event: yaml.ScalarEvent) -> Any:
    text = str(event.value)
    if event.style:  # plain scalars have none, or an empty one from libyaml
        return text
    if text.lower() in _CONSTANTS:
        return _CONSTANTS[text.lower()]
    if text[:1] not in _NUMERIC:
        return text
    if _INTEGER.fullmatch(text):
        return int(text)
    if _FLOAT.fullmatch(text):
        return float(text)
    return text
