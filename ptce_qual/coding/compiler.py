"""Expressions of rules made into patterns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ptce_qual.codebook import expression
from ptce_qual.coding.circuit import Circuit
from ptce_qual.coding.patterns import Alternatives, AnyTerm, Near, Ordered, Pattern, Term, Together
from ptce_qual.coding.terms import TermIndex


class Compiler:
    """Compiles expressions; what is written twice is one pattern, so that a text is searched for it once.

    Args:
        terms: where the words are numbered.
        lists: the codebook's lists.

    Attributes:
        circuit: the gates of all patterns.
    """

    def __init__(self, terms: TermIndex, lists: Mapping[str, Sequence[str]]) -> None:
        self.circuit = Circuit()
        self._terms = terms
        self._lists = lists
        self._expressions: dict[tuple[str, int], Pattern] = {}
        self._nodes: dict[tuple[expression.Node, int], Pattern] = {}
        self._words: dict[expression.Word, Term] = {}
        self._by_number: list[Term] = []
        self._any: dict[frozenset[int], AnyTerm] = {}

    def compile(self, text: str, gap: int) -> Pattern:
        """Compile an expression, `gap` being the most words between its parts."""
        key = (text, gap)
        if key not in self._expressions:
            self._expressions[key] = self._node(expression.parse_expression(text), gap)
        return self._expressions[key]

    def _node(self, node: expression.Node, gap: int) -> Pattern:
        if isinstance(node, expression.Word):
            return self._word(node)
        key = (node, gap)
        found = self._nodes.get(key)
        if found is None:
            found = self._nodes[key] = self._compiled(node, gap)
        return found

    def _word(self, word: expression.Word) -> Term:
        term = self._words.get(word)
        if term is None:
            number = self._terms.add(word)
            if number == len(self._by_number):
                self._by_number.append(Term(number, self.circuit.term(number)))
            term = self._words[word] = self._by_number[number]
        return term

    def _compiled(self, node: expression.NamedList | expression.AnyOf | expression.Sequence, gap: int) -> Pattern:
        if isinstance(node, expression.NamedList):
            return self.any_of([self._entry(entry, node.pos, gap) for entry in self._lists[node.name]])
        if isinstance(node, expression.AnyOf):
            return self.any_of([self._node(option, gap) for option in node.options])
        parts = tuple(self._node(part, gap) for part in node.parts)
        return Ordered(parts, 0 if node.tight else gap, self._every(parts))

    def _entry(self, entry: str, pos: str, gap: int) -> Pattern:
        parsed = expression.parse_expression(entry)
        if pos and isinstance(parsed, expression.Word):
            parsed = expression.Word(parsed.text, parsed.pos or pos)
        return self._node(parsed, gap)

    def any_of(self, options: Sequence[Pattern]) -> Pattern:
        """Return the pattern of any of `options`, single words among them taken together."""
        words: set[int] = set()
        others: dict[int, Pattern] = {}
        for option in options:
            match option:
                case Term(number):
                    words.add(number)
                case AnyTerm(numbers):
                    words |= numbers
                case _:
                    others[id(option)] = option
        single = self._any_term(frozenset(words))
        if not others:
            return single
        gate = self.circuit.some([single.gate, *(other.gate for other in others.values())])
        return Alternatives(single, tuple(others.values()), gate)

    def _any_term(self, words: frozenset[int]) -> AnyTerm:
        found = self._any.get(words)
        if found is None:
            gate = self.circuit.some(self._by_number[number].gate for number in words)
            found = self._any[words] = AnyTerm(words, gate)
        return found

    def near(self, texts: Sequence[str], within: int, gap: int) -> Pattern:
        """Return the pattern of groups of words near each other."""
        groups = tuple(self.compile(text, gap) for text in texts)
        return Near(groups, within, self._every(groups))

    def together(self, every: Sequence[str], some: Sequence[str], gap: int) -> Pattern:
        """Return the pattern of all of `every`, and one of `some` if there are any, in one stretch."""
        needed = tuple(self.compile(text, gap) for text in every)
        option = self.any_of([self.compile(text, gap) for text in some]) if some else None
        return Together(needed, option, self._every((*needed, option) if option else needed))

    def _every(self, parts: Sequence[Pattern]) -> int:
        return self.circuit.every(part.gate for part in parts)
