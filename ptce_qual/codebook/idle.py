"""Rules that do nothing: they can never match, or others match wherever they do."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

from ptce_qual.codebook.check import LoadedCodebook
from ptce_qual.codebook.expression import AnyOf, Node, Word, parse_expression
from ptce_qual.codebook.expression import Sequence as Row
from ptce_qual.codebook.implication import never_matches, required, rule_implies
from ptce_qual.codebook.model import MOST_COUNTED, PLACES, SHARE_WITHOUT_RULE, Code, Points, Rule, WordGroup
from ptce_qual.folding import fold
from ptce_qual.model import Problem
from ptce_qual.translation import _


def idle_rules(loaded: LoadedCodebook) -> Iterator[Problem]:
    """Yield a warning for each rule that can never decide anything. The codebook has no errors."""
    for index, code in enumerate(loaded.codebook.codes):
        rules = [Rule(phrase=rule) if isinstance(rule, str) else rule for rule in code.rules]
        lines = [loaded.rule_line(index, place) for place in range(len(rules))]
        yield from _never(loaded, code, rules, lines)
        if code.points is not None:
            yield from _short_points(loaded, loaded.points_line(index), code.points, rules)
            continue  # a second rule that matches brings points of its own
        yield from _shadowed(loaded, rules, lines)
        for rule, line in zip(rules, lines, strict=True):
            if rule.decides:
                message = _("`decides` does nothing: the code has no points, so that each rule decides")
                yield Problem("warning", loaded.file, line, message, _("Remove it, or give the code points."))


def _never(loaded: LoadedCodebook, code: Code, rules: list[Rule], lines: list[int]) -> Iterator[Problem]:
    for rule, line in zip(rules, lines, strict=True):
        against = never_matches(rule, code.except_, loaded.codebook.lists)
        if against:
            message = _("this rule can never match: « {expression} » calls it off each time", expression=against)
            yield Problem("warning", loaded.file, line, message, _("Remove one of the two."))


def _short_points(loaded: LoadedCodebook, line: int, points: Points, rules: Sequence[Rule]) -> Iterator[Problem]:
    """Yield a warning where no sentence can have the points that it needs."""
    words = {place: _most(getattr(points, place)) for place in PLACES}
    clues = sum(rule.clue for rule in rules)
    of_rules = points.rule * min(len(rules) - clues, MOST_COUNTED) + points.clue * min(clues, MOST_COUNTED)
    if any(rule.decides for rule in rules):
        return
    least = SHARE_WITHOUT_RULE * points.needed
    if of_rules + sum(words.values()) < points.needed:
        message = _(
            "no sentence can have the {needed} points that it needs: at most {most}",
            needed=points.needed,
            most=of_rules + sum(words.values()),
        )
        yield Problem("warning", loaded.file, line, message, _("Lower `needed`, or let words and rules bring more."))
    elif not rules and words["said"] < least:
        message = _(
            "no sentence can carry the code: without a rule, its own words (`said`, at most {said}) must bring {least} "
            "points",
            said=words["said"],
            least=f"{least:g}",
        )
        yield Problem("warning", loaded.file, line, message, _("Add a rule, or let these words bring more."))


def _most(groups: Sequence[WordGroup]) -> int:
    """Return the points that all words which speak for a code bring together."""
    return sum(group.points * len(group.words.split()) for group in groups if group.points > 0)


def _shadowed(loaded: LoadedCodebook, rules: Sequence[Rule], lines: Sequence[int]) -> Iterator[Problem]:
    for place, other in shadows(rules, loaded.codebook.lists):
        message = _("whatever this rule matches, the rule of line {line} matches too", line=lines[other])
        yield Problem("warning", loaded.file, lines[place], message, _("Remove this rule, or narrow the other one."))


def shadows(rules: Sequence[Rule], lists: Mapping[str, Sequence[str]]) -> Iterator[tuple[int, int]]:
    """Yield the place of each rule whose every match another rule matches too, and of the first such rule.

    A rule can match wherever another does only if that one's words hold each of its parts. So each rule is found by
    the words of one part, the rarest, and a large codebook is checked in little time.
    """
    nodes = [required(rule, lists) for rule in rules]
    held = [_words(of_rule) for of_rule in nodes]
    frequencies = Counter(word for words in held for word in words)
    by_key: dict[str, list[int]] = defaultdict(list)
    for place, of_rule in enumerate(nodes):
        parts = [_words([part]) for node in of_rule for part in (node.parts if isinstance(node, Row) else [node])]
        rarest = min(parts, key=lambda words: sum(frequencies[word] for word in words), default=set())
        for key in {_key(word) for word in rarest}:
            by_key[key].append(place)
    for place, rule in enumerate(rules):
        candidates = {other for word in held[place] for key in _keys_of(word) for other in by_key.get(key, ())}
        for other in sorted(candidates - {place}):
            alike = other > place and rule_implies(rules[other], rule, lists)  # then it is the other that is told
            if not alike and rule_implies(rule, rules[other], lists):
                yield place, other
                break


def _words(nodes: Sequence[Node]) -> set[str]:
    """Return the folded words of expressions."""
    found: set[str] = set()
    for node in nodes:
        match node:
            case Word(text):
                found.add(fold(text))
            case AnyOf(options):
                found |= _words(options)
            case Row(parts):
                found |= _words(parts)
    return found


def _key(word: str) -> str:
    """Return what a word is found by: itself, or what stands before its first wildcard."""
    before, wildcard, _after = word.partition("*")
    return before + wildcard


def _keys_of(word: str) -> Iterator[str]:
    """Yield the keys of the words and wildcards that may take a word in."""
    yield word
    for end in range(len(word) + 1):
        yield word[:end] + "*"


def loose_bars(loaded: LoadedCodebook) -> Iterator[Problem]:
    """Yield the expressions that bind otherwise than meant: « a b | a c » is « a (b|a) c »."""
    for path, text in loaded.expressions():
        if _repeats_in_alternatives(parse_expression(text)):
            message = _(
                "in « {text} », « | » binds tighter than order: a word stands beside itself as an alternative",
                text=text,
            )
            remedy = _("Put alternatives of several words in parentheses: « (a b) | (a c) ».")
            yield Problem("warning", loaded.file, loaded.source.line_of(path), message, remedy)


def _repeats_in_alternatives(node: Node) -> bool:
    match node:
        case Row(parts, tight=False):
            words = {part for part in parts if isinstance(part, Word)}
            options = {option for part in parts if isinstance(part, AnyOf) for option in part.options}
            return not words.isdisjoint(options) or any(map(_repeats_in_alternatives, parts))
        case AnyOf(options):
            return any(map(_repeats_in_alternatives, options))
    return False
