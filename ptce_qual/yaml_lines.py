"""YAML with the line of every value, every problem at once, and nothing executed.

The scalars are those of YAML 1.2's core schema: « on », « oui », « no » and dates are text. Tags, aliases and duplicate
keys are problems. Parsing is libyaml's; building the values is ours, since PyYAML's builders drop the lines.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

import yaml

from ptce_qual.model import Problem
from ptce_qual.translation import _

Path = tuple[str | int, ...]
"""Where a value stands: keys and indices from the top."""

_INTEGER = re.compile(r"[-+]?[0-9]+")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_CONSTANTS = {"": None, "~": None, "null": None, "true": True, "false": False}
_STANDARD_TAGS = "tag:yaml.org,2002:"


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    def resolve(self, kind: object, value: object, implicit: object) -> str:
        """Return any tag for a node without one: what a scalar is, is told by `_scalar`."""
        return f"{_STANDARD_TAGS}str"


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


def parse_yaml(text: str, file: str) -> tuple[YamlSource | None, list[Problem]]:
    """Parse a YAML text.

    Returns:
        The source, or None where the text is no YAML; and the problems, of which `file` is the place.
    """
    builder = _Builder(file)
    try:
        root = yaml.compose(text, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        return None, [_syntax_problem(error, text, file)]
    except yaml.YAMLError as error:
        message = _("not readable as YAML: {reason}", reason=error)
        return None, [Problem("error", file, None, message, _("Save the file as UTF-8 text."))]
    data = builder.build(root, ()) if root is not None else None
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
    def __init__(self, file: str) -> None:
        self.file = file
        self.lines: dict[Path, int] = {}
        self.problems: list[Problem] = []
        self._seen: set[int] = set()

    def build(self, node: yaml.Node, path: Path) -> Any:
        self.lines[path] = node.start_mark.line + 1
        if id(node) in self._seen:
            message = _("an alias (« * ») repeats this value")
            self._report(node, message, _("Write the value again: aliases are not followed."))
            return None
        self._seen.add(id(node))
        if not node.tag.startswith(_STANDARD_TAGS) or "python" in node.tag:
            message = _("a tag stands here: {tag}", tag=node.tag)
            self._report(node, message, _("Remove it: tags are never executed."))
            return None
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, path)
        if isinstance(node, yaml.SequenceNode):
            return [self.build(item, (*path, index)) for index, item in enumerate(node.value)]
        return _scalar(cast("yaml.ScalarNode", node))

    def _mapping(self, node: yaml.MappingNode, path: Path) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for key_node, value_node in node.value:
            key = str(key_node.value) if isinstance(key_node, yaml.ScalarNode) else None
            if key is None:
                self._report(key_node, _("a key that is no text"), _("Give the key a name."))
            elif key in values:
                first = self.lines[*path, key]
                message = _("the key « {key} » stands twice (first on line {line})", key=key, line=first)
                self._report(key_node, message, _("Keep one of them."))
            else:
                values[key] = self.build(value_node, (*path, key))
                self.lines[*path, key] = key_node.start_mark.line + 1
        return values

    def _report(self, node: yaml.Node, message: str, remedy: str) -> None:
        self.problems.append(Problem("error", self.file, node.start_mark.line + 1, message, remedy))


def _scalar(node: yaml.ScalarNode) -> Any:
    text = str(node.value)
    if node.style:  # plain scalars have none, or an empty one from libyaml
        return text
    if text.lower() in _CONSTANTS:
        return _CONSTANTS[text.lower()]
    if _INTEGER.fullmatch(text):
        return int(text)
    if _FLOAT.fullmatch(text):
        return float(text)
    return text
