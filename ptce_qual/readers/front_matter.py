"""YAML front matter: what a transcript says of itself between two `---` lines. Nodes are read, never constructed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from ptce_qual.model import Problem
from ptce_qual.translation import _

_BLOCK = re.compile(r"---[ \t]*(?:\r\n|\r|\n)(.*?)^(?:---|\.\.\.)[ \t]*(?:\r\n|\r|\n|\Z)", re.DOTALL | re.MULTILINE)
_OPENED = re.compile(r"---[ \t]*(?:\r\n|\r|\n)[ \t]*[^\W\d][\w -]*:(?:[ \t]|\r|\n)")
_KEY = re.compile(r"[ \t]*[^\W\d][\w -]*:(?:\s|\Z)", re.MULTILINE)
_CASE = frozenset({"case", "case_id"})
_PLAIN_TAG = "tag:yaml.org,2002:"
_PLAIN = frozenset({"str", "int", "float", "bool", "null", "timestamp", "seq", "map", "binary", "merge", "value"})


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What the front matter tells, and the offset where it ends (0 without one)."""

    end: int = 0
    attributes: Mapping[str, str] = field(default_factory=dict)
    case_id: str = ""
    problems: tuple[Problem, ...] = ()


def parse_front_matter(text: str, file: str = "") -> FrontMatter:
    """Return the front matter with which a text begins; a malformed one tells nothing, and the problem says where."""
    block = _BLOCK.match(text)
    if block is None:
        if _OPENED.match(text):
            message = _("the front matter has no closing `---`; it is read as part of the interview")
            return FrontMatter(problems=(Problem("warning", file, 1, message, _("Close it by a line `---`.")),))
        return FrontMatter()
    if not block[1].strip():
        return FrontMatter(block.end())
    try:
        node = YAML(typ="safe", pure=True).compose(block[1])
    except (YAMLError, ValueError, RecursionError) as error:
        return _malformed(block, error, file)
    if not isinstance(node, MappingNode):
        return FrontMatter()  # two rules with text between them
    values, problems = _values(node, file)
    case_id = next((values[key] for key in ("case", "case_id") if key in values), "")
    case_id = unicodedata.normalize("NFC", case_id)
    return FrontMatter(
        block.end(), {key: value for key, value in values.items() if key not in _CASE}, case_id, tuple(problems)
    )


def _malformed(block: re.Match[str], error: Exception, file: str) -> FrontMatter:
    if not _KEY.match(block[1]):
        return FrontMatter()
    reason = (isinstance(error, MarkedYAMLError) and error.problem) or ""
    is_left_open = "end of stream" in reason or "document separator" in reason
    mark = getattr(error, "context_mark" if is_left_open else "problem_mark", None)
    line = 2 + mark.line if mark is not None else 1
    message = _("the front matter can't be read, so nothing is known of this interview: it is not valid YAML")
    if reason:
        message = _("the front matter can't be read, so nothing is known of this interview: {reason}", reason=reason)
    return FrontMatter(block.end(), problems=(Problem("warning", file, line, message, _remedy()),))


def _remedy() -> str:
    return _("Write each line as `name: value`, values with a colon in quotes.")


def _values(node: MappingNode, file: str) -> tuple[dict[str, str], list[Problem]]:
    """Return the entries as they are written (`0.30` stays `0.30`), and a problem for each that is no plain value."""
    values: dict[str, str] = {}
    problems = []
    for key, value in node.value:
        line = 2 + key.start_mark.line
        name = key.value.strip() if isinstance(key, ScalarNode) else ""
        told = _text_of(value)
        if not name or told is None or not _is_plain(key):
            message = _(
                "the front matter's entry « {name} » is neither a value nor a list of values; left out",
                name=name or "?",
            )
            problems.append(Problem("warning", file, line, message, _remedy()))
        elif name in values:
            message = _("the front matter has « {name} » twice; the first is kept", name=name)
            problems.append(Problem("warning", file, line, message, _("Remove one of the two.")))
        elif told:
            values[name] = told
    return values, problems


def _text_of(node: Node) -> str | None:
    """Return a value or a list of values (joined by `|`) as text, None for anything else."""
    if not _is_plain(node):
        return None
    if isinstance(node, ScalarNode):
        return "" if str(node.tag).endswith(":null") else " ".join(node.value.split())
    if isinstance(node, SequenceNode):
        items = [_text_of(item) if isinstance(item, ScalarNode) else None for item in node.value]
        told = [item for item in items if item is not None]
        return "|".join(told) if len(told) == len(items) else None
    return None


def _is_plain(node: Node) -> bool:
    """Whether the node has no tag of its own: such as `!!python/object` are for programs, and nothing is executed."""
    return str(node.tag).removeprefix(_PLAIN_TAG) in _PLAIN
