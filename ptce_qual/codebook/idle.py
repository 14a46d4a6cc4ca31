"""Rules that do nothing: they can never match, or others match wherever they do."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

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
    elif not rules and min(words["said"], words["asked"]) < least:
        message = _(
            "no sentence can carry the code: without a rule, words of the sentence (`said`, at most {said}) and of the "
            "question (`asked`, at most {asked}) must each bring {least} points",
            said=words["said"],
            asked=words["asked"],
            least=f"{least:g}",
        )
        yield Problem("warning", loaded.file, line, message, _("Add a rule, or let these words bring more."))


def _most(groups: Sequence[WordGroup]) -> int:
    """Return the points that all words which speak for a code bring together."""
    return sum(group.points * len(group.words.split()) for group in groups if group.points > 0)


def _shadowed(loaded: LoadedCodebook, rules: list[Rule], lines: list[int]) -> Iterator[Problem]:
    """Yield the rules whose every match another rule of the code matches too.

    A rule is compared with those only that share a word with it, so that a large codebook is checked in little time.
    """
    lists = loaded.codebook.lists
    by_word: dict[str, list[int]] = defaultdict(list)
    nodes = [required(rule, lists) for rule in rules]
    for place, needed in enumerate(nodes):
        for word in _words(needed[:1]):
            by_word[word].append(place)
    for place, rule in enumerate(rules):
        candidates = {other for word in _words(nodes[place]) for other in by_word[word] if other != place}
        candidates |= set(by_word["*"]) - {place}
        for other in sorted(candidates):
            alike = other > place and rule_implies(rules[other], rule, lists)  # then it is the other that is told
            if not alike and rule_implies(rule, rules[other], lists):
                message = _("whatever this rule matches, the rule of line {line} matches too", line=lines[other])
                yield Problem(
                    "warning", loaded.file, lines[place], message, _("Remove this rule, or narrow the other one.")
                )
                break


def _words(nodes: list[Node]) -> set[str]:
    """Return the folded words of expressions, « * » for those with wildcards."""
    found: set[str] = set()
    for node in nodes:
        match node:
            case Word(text):
                found.add("*" if "*" in text else fold(text))
            case AnyOf(options):
                found |= _words(list(options))
            case Row(parts):
                found |= _words(list(parts))
    return found


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
