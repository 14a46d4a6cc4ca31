"""The points as YAML, in the codebook's own file, the rest of which stays as it is."""

from __future__ import annotations

import re
import textwrap
from collections import defaultdict
from collections.abc import Iterator, Mapping

from ptce_qual.codebook.model import PLACES
from training.points.fitting import Fitted

_WIDTH = 150
_NO_TEXT = frozenset({"null", "true", "false"})  # to YAML, where they stand alone
_CODE = re.compile(r"  - id: (?P<id>[a-z0-9_]+)\s*$")
_KEY = re.compile(r"    [a-z_]+:")


def with_points(codebook: str, fitted: Mapping[str, Fitted]) -> str:
    """Return a codebook's text with the points of its codes, in place of those that it had."""
    lines: list[str] = []
    code, dropping = "", False
    for line in codebook.split("\n"):
        found = _CODE.match(line)
        if found:
            code = found["id"]
        if found or _KEY.match(line) or not line.startswith("     "):
            dropping = line.startswith("    points:")
        if line.startswith("    rules:") and code in fitted:
            lines += yaml_lines(fitted[code])
        if not dropping:
            lines.append(line)
    return "\n".join(lines)


def yaml_lines(fitted: Fitted) -> Iterator[str]:
    """Yield the lines of a code's points."""
    yield "    points:"
    yield f"      needed: {fitted.needed}"
    yield f"      rule: {fitted.rule}"
    yield f"      clue: {fitted.clue}"
    for place in PLACES:
        words = fitted.words.get(place)
        if words:
            yield f"      {place}:"
            yield from _groups(words, fitted.denying if place == "said" else frozenset())


def _groups(words: Mapping[str, int], denying: frozenset[str]) -> Iterator[str]:
    groups: dict[tuple[int, bool], list[str]] = defaultdict(list)
    for word, points in words.items():
        groups[points, word in denying].append(word)
    for (points, denies), of_group in sorted(groups.items(), key=lambda one: (-one[0][0], one[0][1])):
        polarity = ", polarity: negated" if denies else ""
        told = " ".join(sorted(of_group))
        quote = '"' if told in _NO_TEXT else ""
        text = f"- {{points: {points}{polarity}, words: {quote}{told}{quote}}}"
        yield from textwrap.wrap(
            text,
            _WIDTH,
            initial_indent=" " * 8,
            subsequent_indent=" " * 12,
            break_long_words=False,
            break_on_hyphens=False,
        )
