"""Rules' expressions, compiled: where they match in a stretch of tokens, and the terms without which they can't."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise, product
from typing import Protocol

from ptce_qual.codebook import expression
from ptce_qual.coding.terms import TermIndex

Match = tuple[tuple[int, int], ...]
"""The matched token ranges, in order."""

_MOST_COMBINED = 6  # matches of one group that `near` combines with the others'


@dataclass(slots=True)
class Stretch:
    """A stretch of tokens that no match crosses, most often a sentence.

    Args:
        positions: where each term stands, as token indices in order.
        groups: which groups of words have one here, see `WordGroups`.
        ranks: for each token of the Doc (and one more) the number of words before it.
    """

    start: int
    end: int
    positions: Mapping[int, Sequence[int]]
    groups: int
    ranks: Sequence[int]
    found: dict[int, list[Match]] = field(default_factory=dict)

    def matches(self, pattern: Pattern) -> list[Match]:
        """Return the pattern's matches, found once."""
        key = id(pattern)
        if key not in self.found:
            self.found[key] = list(pattern.find(self))
        return self.found[key]

    def words_between(self, left: Match, right: Match) -> int:
        """Count the words between two matches that don't overlap."""
        return self.ranks[right[0][0]] - self.ranks[left[-1][1]]


class Pattern(Protocol):
    """What can be looked for in a stretch."""

    @property
    def triggers(self) -> frozenset[int]:
        """Terms of which at least one stands wherever the pattern matches."""

    def find(self, stretch: Stretch) -> Iterator[Match]:
        """Yield the matches, the earliest first."""


@dataclass(frozen=True, slots=True)
class Term:
    """One word."""

    number: int

    @property
    def triggers(self) -> frozenset[int]:
        return frozenset((self.number,))

    def find(self, stretch: Stretch) -> Iterator[Match]:
        return (((index, index + 1),) for index in stretch.positions.get(self.number, ()))


@dataclass(frozen=True, slots=True)
class AnyTerm:
    """Any of some words: the cost is that of the words in the stretch, however long the list."""

    triggers: frozenset[int]

    def find(self, stretch: Stretch) -> Iterator[Match]:
        here = stretch.positions.keys() & self.triggers
        places = {index for number in here for index in stretch.positions[number]}
        return (((index, index + 1),) for index in sorted(places))


@dataclass(frozen=True, slots=True)
class Alternatives:
    """Any of some words and other patterns."""

    words: AnyTerm
    others: tuple[tuple[Pattern, frozenset[int]], ...]  # with the terms that must all stand
    by_term: Mapping[int, Sequence[int]]
    triggers: frozenset[int]

    def find(self, stretch: Stretch) -> Iterator[Match]:
        found = set(self.words.find(stretch))
        terms = stretch.positions.keys()
        for place in {place for term in terms & self.by_term.keys() for place in self.by_term[term]}:
            other, needed = self.others[place]
            if needed <= terms:
                found.update(stretch.matches(other))
        return iter(sorted(found))


@dataclass(frozen=True, slots=True)
class Ordered:
    """Patterns in order, with at most `gap` words between two of them; one match for each beginning."""

    parts: tuple[Pattern, ...]
    gap: int
    triggers: frozenset[int]

    def find(self, stretch: Stretch) -> Iterator[Match]:
        for first in stretch.matches(self.parts[0]):
            rest = self._continue(stretch, first, 1)
            if rest is not None:
                yield first + rest

    def _continue(self, stretch: Stretch, before: Match, index: int) -> Match | None:
        if index == len(self.parts):
            return ()
        for following in stretch.matches(self.parts[index]):
            if following[0][0] < before[-1][1]:
                continue
            if stretch.words_between(before, following) > self.gap:
                break
            rest = self._continue(stretch, following, index + 1)
            if rest is not None:
                return following + rest
        return None


@dataclass(frozen=True, slots=True)
class Near:
    """Groups in any order, with at most `within` words between neighbours; one match for each of the first group's."""

    groups: tuple[Pattern, ...]
    within: int
    triggers: frozenset[int]

    def find(self, stretch: Stretch) -> Iterator[Match]:
        found = [stretch.matches(group) for group in self.groups]
        if not all(found):
            return
        for first in found[0]:
            others = (self._closest(first, matches) for matches in found[1:])
            for rest in product(*others):
                ordered = sorted((first, *rest))
                if all(self._are_near(stretch, a, b) for a, b in pairwise(ordered)):
                    yield tuple(span for match in ordered for span in match)
                    break

    @staticmethod
    def _closest(first: Match, matches: list[Match]) -> list[Match]:
        return sorted(matches, key=lambda match: abs(match[0][0] - first[0][0]))[:_MOST_COMBINED]

    def _are_near(self, stretch: Stretch, left: Match, right: Match) -> bool:
        return left[-1][1] <= right[0][0] and stretch.words_between(left, right) <= self.within


@dataclass(frozen=True, slots=True)
class Together:
    """All of some patterns and one of others, anywhere in the stretch."""

    every: tuple[Pattern, ...]
    some: Pattern | None
    triggers: frozenset[int]

    def find(self, stretch: Stretch) -> Iterator[Match]:
        needed = (*self.every, self.some) if self.some else self.every
        found = [stretch.matches(pattern) for pattern in needed]
        if all(found):
            yield tuple(sorted({span for matches in found for span in matches[0]}))


@dataclass(frozen=True, slots=True)
class Guarded:
    """A pattern with the groups of words that all have one wherever it matches.

    Most stretches are dismissed by comparing two numbers, whatever the length of the lists behind them.
    """

    pattern: Pattern
    needs: int

    def may_match(self, stretch: Stretch) -> bool:
        """Tell whether each group of words that the pattern needs has one in a stretch."""
        return stretch.groups & self.needs == self.needs

    def matches(self, stretch: Stretch) -> list[Match]:
        """Return the pattern's matches."""
        return stretch.matches(self.pattern) if self.may_match(stretch) else []


class WordGroups:
    """The groups of words that patterns need, each a bit of a number."""

    def __init__(self) -> None:
        self._bits: dict[frozenset[int], int] = {}
        self._of_term: dict[int, int] = {}
        self._of_terms: dict[tuple[int, ...], int] = {}

    def guard(self, pattern: Pattern) -> Guarded:
        """Return a pattern with the groups that it needs."""
        needs = 0
        for group in _needed(pattern):
            if group not in self._bits:
                self._bits[group] = bit = 1 << len(self._bits)
                for term in group:
                    self._of_term[term] = self._of_term.get(term, 0) | bit
            needs |= self._bits[group]
        return Guarded(pattern, needs)

    def of(self, terms: tuple[int, ...]) -> int:
        """Return the groups that hold one of some terms."""
        groups = self._of_terms.get(terms)
        if groups is None:
            groups = 0
            for term in terms:
                groups |= self._of_term.get(term, 0)
            self._of_terms[terms] = groups
        return groups


def _needed(pattern: Pattern) -> Iterator[frozenset[int]]:
    """Yield the groups of terms of which each has one wherever a pattern matches."""
    match pattern:
        case Ordered(parts=parts) | Near(groups=parts):
            for part in parts:
                yield from _needed(part)
        case Together(every=every, some=some):
            for part in (*every, some) if some else every:
                yield from _needed(part)
        case _:
            yield pattern.triggers


def _single_terms(pattern: Pattern) -> Iterator[int]:
    """Yield the terms that all stand wherever a pattern matches."""
    match pattern:
        case Term(number):
            yield number
        case Ordered(parts=parts):
            for part in parts:
                yield from _single_terms(part)


class Compiler:
    """Compiles expressions; a named list is compiled once, so that a stretch is searched for it once.

    Args:
        terms: where the words are numbered.
        lists: the codebook's lists.
        weight: how common a word is, for the choice of what must stand: rarer words make better triggers.
    """

    def __init__(self, terms: TermIndex, lists: Mapping[str, Sequence[str]], weight: Callable[[str], float]) -> None:
        self._terms = terms
        self._lists = lists
        self._weight = weight
        self._weights: dict[int, float] = {}
        self._compiled: dict[tuple[str, int], Pattern] = {}

    def compile(self, text: str, gap: int) -> Pattern:
        """Compile an expression, `gap` being the most words between its parts."""
        key = (text, gap)
        if key not in self._compiled:
            self._compiled[key] = self._node(expression.parse_expression(text), gap)
        return self._compiled[key]

    def _node(self, node: expression.Node, gap: int) -> Pattern:
        if isinstance(node, expression.Word):
            number = self._terms.add(node)
            self._weights[number] = self._weight(node.text)
            return Term(number)
        if isinstance(node, expression.NamedList):
            return self._list(node, gap)
        if isinstance(node, expression.AnyOf):
            return self.any_of([self._node(option, gap) for option in node.options])
        parts = tuple(self._node(part, gap) for part in node.parts)
        return Ordered(parts, 0 if node.tight else gap, self.rarest(parts))

    def _list(self, node: expression.NamedList, gap: int) -> Pattern:
        key = (f"@{node.name}/{node.pos}", gap)
        if key not in self._compiled:
            entries = []
            for entry in self._lists[node.name]:
                parsed = expression.parse_expression(entry)
                if node.pos and isinstance(parsed, expression.Word):
                    parsed = expression.Word(parsed.text, parsed.pos or node.pos)
                entries.append(self._node(parsed, gap))
            self._compiled[key] = self.any_of(entries)
        return self._compiled[key]

    def any_of(self, options: Sequence[Pattern]) -> Pattern:
        """Return the pattern of any of `options`, single words among them taken together."""
        words: set[int] = set()
        others: list[Pattern] = []
        for option in options:
            match option:
                case Term() | AnyTerm():
                    words |= option.triggers
                case Alternatives():
                    words |= option.words.triggers
                    others += [other for other, _needed in option.others]
                case _:
                    others.append(option)
        if not others:
            return AnyTerm(frozenset(words))
        by_term: dict[int, list[int]] = {}
        for place, option in enumerate(others):
            for term in option.triggers:
                by_term.setdefault(term, []).append(place)
        with_needs = tuple((option, frozenset(_single_terms(option))) for option in others)
        return Alternatives(AnyTerm(frozenset(words)), with_needs, by_term, frozenset(words | by_term.keys()))

    def near(self, texts: Sequence[str], within: int, gap: int) -> Pattern:
        """Return the pattern of groups of words near each other."""
        groups = tuple(self.compile(text, gap) for text in texts)
        return Near(groups, within, self.rarest(groups))

    def together(self, every: Sequence[str], some: Sequence[str], gap: int) -> Pattern:
        """Return the pattern of all of `every`, and one of `some` if there are any, in one stretch."""
        needed = tuple(self.compile(text, gap) for text in every)
        option = self.any_of([self.compile(text, gap) for text in some]) if some else None
        return Together(needed, option, self.rarest((*needed, option) if option else needed))

    def rarest(self, parts: Sequence[Pattern]) -> frozenset[int]:
        """Return the triggers of the part that is met least."""
        return min(parts, key=self.weight).triggers

    def weight(self, pattern: Pattern) -> float:
        """Return how often a pattern may have to be tried, by its triggers."""
        return sum(self._weights[term] for term in pattern.triggers)
