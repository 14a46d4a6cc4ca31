"""Does every match of one expression hold a match of another? By it are found rules that others make idle.

`implies` never says yes wrongly; it may say no where it can't tell.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import permutations

from ptce_qual.codebook import expression
from ptce_qual.codebook.expression import AnyOf, NamedList, Node, Word, parse_expression
from ptce_qual.codebook.model import Rule
from ptce_qual.folding import fold

_MOST_GROUPS = 5  # whose orders are all tried


def expanded(text: str, lists: Mapping[str, Sequence[str]]) -> Node:
    """Return an expression with its named lists written out."""
    return _expand(parse_expression(text), lists)


def implies(a: Node, b: Node, gap_a: int = 2, gap_b: int = 2) -> bool:
    """Tell whether every match of `a` holds one of `b`; both without named lists.

    Args:
        gap_a: the most words between the parts of `a`.
        gap_b: the most words between the parts of `b`.
    """
    if isinstance(a, AnyOf):
        return all(implies(option, b, gap_a, gap_b) for option in a.options)
    if isinstance(b, AnyOf):
        return any(implies(a, option, gap_a, gap_b) for option in b.options)
    if isinstance(a, Word):
        return isinstance(b, Word) and _word_implies(a, b)
    if not isinstance(a, expression.Sequence):
        return False
    if any(implies(part, b, gap_a, gap_b) for part in a.parts):
        return True
    return isinstance(b, expression.Sequence) and _row_implies(a, b, gap_a, gap_b)


def rule_implies(a: Rule, b: Rule, lists: Mapping[str, Sequence[str]]) -> bool:
    """Tell whether `b` fires wherever `a` does, with the same polarity of its own."""
    conditions = (b.question, b.context, b.speaker, b.role, *b.none, *b.unless)
    if any(conditions) or a.polarity != b.polarity or b.clue:
        return False
    needed = required(a, lists)
    if b.phrase is not None:
        wanted = expanded(b.phrase, lists)
        return any(implies(node, wanted, a.gap, b.gap) for node in needed)
    if b.near is not None:
        return _near_implies(a, b, lists)
    if b.all is not None or b.any is not None:
        wanted_all = required(b, lists)
        return bool(needed) and all(any(implies(node, one, a.gap, b.gap) for node in needed) for one in wanted_all)
    return False


def never_matches(rule: Rule, exceptions: Sequence[str], lists: Mapping[str, Sequence[str]]) -> str:
    """Return the expression that calls a rule off wherever it matches; the empty text if there is none."""
    needed = required(rule, lists)
    for text in (*rule.none, *rule.unless, *exceptions):
        if any(implies(node, expanded(text, lists), rule.gap, rule.gap) for node in needed):
            return text
    return ""


def required(rule: Rule, lists: Mapping[str, Sequence[str]]) -> list[Node]:
    """Return what stands wherever a rule matches."""
    texts = [rule.phrase] if rule.phrase is not None else [*(rule.near or ()), *(rule.all or ())]
    nodes = [expanded(text, lists) for text in texts]
    if rule.any:
        nodes.append(AnyOf(tuple(expanded(text, lists) for text in rule.any)))
    return nodes


def _near_implies(a: Rule, b: Rule, lists: Mapping[str, Sequence[str]]) -> bool:
    groups = [expanded(text, lists) for text in b.near or ()]
    if a.near is not None and a.within <= b.within:
        given: Sequence[Node] = [expanded(text, lists) for text in a.near]
    elif a.phrase is not None and a.gap <= b.within:
        node = expanded(a.phrase, lists)
        given = node.parts if isinstance(node, expression.Sequence) else ()
    else:
        return False
    if len(given) != len(groups) or len(groups) > _MOST_GROUPS:
        return False
    return any(
        all(_same_extent(one, other) for one, other in zip(order, groups, strict=True)) for order in permutations(given)
    )


def _expand(node: Node, lists: Mapping[str, Sequence[str]]) -> Node:
    match node:
        case NamedList(name, pos):
            entries = [parse_expression(entry) for entry in lists.get(name, ())]
            return AnyOf(tuple(_expand(_with_part(entry, pos), lists) for entry in entries))
        case AnyOf(options):
            return AnyOf(tuple(_expand(option, lists) for option in options))
        case expression.Sequence(parts, tight):
            return expression.Sequence(tuple(_expand(part, lists) for part in parts), tight)
    return node


def _with_part(node: Node, pos: str) -> Node:
    return Word(node.text, node.pos or pos, node.exact) if isinstance(node, Word) else node


def _row_implies(a: expression.Sequence, b: expression.Sequence, gap_a: int, gap_b: int) -> bool:
    """Tell whether some parts of `a` in a row are those of `b`, word for word."""
    if (0 if a.tight else gap_a) > (0 if b.tight else gap_b):
        return False
    size = len(b.parts)
    rows = (a.parts[first : first + size] for first in range(len(a.parts) - size + 1))
    return any(all(_same_extent(x, y) for x, y in zip(row, b.parts, strict=True)) for row in rows)


def _same_extent(a: Node, b: Node) -> bool:
    """Tell whether every match of `a` is one of `b`, so that the words between it and others are the same."""
    if isinstance(a, AnyOf):
        return all(_same_extent(option, b) for option in a.options)
    if isinstance(b, AnyOf):
        return any(_same_extent(a, option) for option in b.options)
    return a == b or (isinstance(a, Word) and isinstance(b, Word) and _word_implies(a, b))


@lru_cache(maxsize=100_000)
def _word_implies(a: Word, b: Word) -> bool:
    if b.pos not in ("", a.pos):
        return False
    if b.exact:
        return a.exact and a.text == b.text
    # A wildcard of `a` is a letter like any other here: only a wildcard of `b` can take it in.
    wanted = ".*".join(re.escape(part) for part in fold(b.text).split("*"))
    return re.fullmatch(wanted, fold(a.text)) is not None
