"""A codebook's rules, compiled and indexed by the words without which they can't match."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import re2
from spacy.matcher import Matcher
from spacy.vocab import Vocab

from ptce_qual.codebook.check import LoadedCodebook
from ptce_qual.codebook.model import Rule
from ptce_qual.codebook.rule_ids import rule_id
from ptce_qual.coding.compiler import Compiler
from ptce_qual.coding.patterns import Alternatives, AnyTerm, Match, Ordered, Pattern, Term
from ptce_qual.coding.points import PointTable
from ptce_qual.coding.stretches import Stretch, Stretches
from ptce_qual.coding.terms import TermIndex
from ptce_qual.errors import InputError
from ptce_qual.model import Problem
from ptce_qual.nlp.word_lists import read_words
from ptce_qual.translation import _

_QUIET = re2.Options()
_QUIET.log_errors = False
_EXCEPTION_GAP = 2  # the most words between two words of a code's exception


@dataclass(frozen=True, slots=True)
class CompiledRule:
    """A rule ready to match. `pattern` is None for rules of other shapes: a regex, spaCy tokens, a question alone."""

    number: int
    code_id: str
    id: str
    line: int
    source: Rule
    pattern: Pattern | None
    absent: tuple[Pattern, ...]
    question: Pattern | None
    context: Pattern | None
    regex: re2._Regexp | None
    matcher: Matcher | None


def _by_question(rules: Sequence[CompiledRule]) -> list[tuple[Pattern, list[int]]]:
    found: dict[int, tuple[Pattern, list[int]]] = {}
    for rule in rules:
        if rule.question is not None:
            found.setdefault(id(rule.question), (rule.question, []))[1].append(rule.number)
    return list(found.values())


def _regex_set(rules: Sequence[CompiledRule]) -> re2.Set | None:
    if not rules:
        return None
    together = re2.Set.SearchSet(_QUIET)
    for rule in rules:
        together.Add(rule.source.regex)
    together.Compile()
    return together


class RuleSet:
    """All rules of a codebook, compiled once.

    Raises:
        InputError: spaCy refuses a `tokens` pattern.

    Attributes:
        terms: the words of all rules.
        places: where each code stands in the codebook.
        circuit: where the patterns of all rules may match.
        regexes: the rules with a regular expression; `regexes_in` tells those to try, at the cost of one for all.
        asking: what questions must say for rules with a condition on them, and the numbers of these rules.
        points: what words bring to codes that have points.
        exceptions: by code, the pattern whose matches call off matches that they overlap.
    """

    def __init__(self, loaded: LoadedCodebook, vocab: Vocab) -> None:
        self.codebook = loaded.codebook
        self.terms = TermIndex()
        self._vocab = vocab
        self._file = loaded.file
        self._problems: list[Problem] = []
        self._compiler = Compiler(self.terms, loaded.codebook.lists)
        self.places = {code.id: place for place, code in enumerate(loaded.codebook.codes)}
        self.rules: list[CompiledRule] = []
        self.exceptions: dict[str, Pattern | None] = {}
        for index, code in enumerate(loaded.codebook.codes):
            called_off = self._patterns(code.except_, _EXCEPTION_GAP)
            self.exceptions[code.id] = self._compiler.any_of(called_off) if called_off else None
            for number, written in enumerate(code.rules):
                rule = Rule(phrase=written) if isinstance(written, str) else written
                self.rules.append(self._compile(rule, code.id, loaded.rule_line(index, number)))
        if self._problems:
            raise InputError(_("the codebook has rules that can't be used"), tuple(self._problems))
        self.points = PointTable(loaded, self.terms)
        self.circuit = self._compiler.circuit
        with_words = [(rule.number, rule.pattern.gate) for rule in self.rules if rule.pattern]
        self._numbers = [number for number, _gate in with_words]
        self._gates = np.array([gate for _number, gate in with_words], dtype=np.int64)
        self._without_words = [rule.number for rule in self.rules if rule.pattern is None]
        self.regexes = [rule for rule in self.rules if rule.regex is not None]
        self._any_regex = _regex_set(self.regexes)
        self.asking = _by_question(self.rules)

    def regexes_in(self, text: str) -> list[CompiledRule]:
        """Return the rules whose regular expression matches somewhere in a text, all looked for in one pass."""
        found = self._any_regex.Match(text) if self._any_regex else None
        return [self.regexes[place] for place in sorted(found or ())]

    def to_try(self, stretches: Stretches) -> list[CompiledRule]:
        """Return the rules that may match somewhere, those without words among them, in the codebook's order."""
        found = [self._numbers[place] for place in stretches.anywhere(self._gates)]
        return [self.rules[number] for number in sorted(found + self._without_words)]

    def called_off(self, code_id: str, stretch: Stretch) -> list[Match]:
        """Return the matches of a code's exceptions: what they overlap does not count."""
        exception = self.exceptions[code_id]
        return stretch.matches(exception) if exception else []

    def is_common(self, pattern: Pattern) -> bool:
        """Tell whether grammatical words alone can make a pattern match."""
        match pattern:
            case Term(number):
                return number in self._common
            case AnyTerm(words):
                return not words.isdisjoint(self._common)
            case Alternatives(words, others):
                return self.is_common(words) or any(map(self.is_common, others))
            case Ordered(parts):
                return all(map(self.is_common, parts))
        return False

    @cached_property
    def _common(self) -> frozenset[int]:
        return self.terms.among(read_words("stop_words.txt"))

    def _compile(self, rule: Rule, code_id: str, line: int) -> CompiledRule:
        return CompiledRule(
            number=len(self.rules),
            code_id=code_id,
            id=rule_id(rule, code_id),
            line=line,
            source=rule,
            pattern=self._pattern(rule),
            absent=self._patterns((*rule.none, *rule.unless), rule.gap),
            question=self._compiler.compile(rule.question, rule.gap) if rule.question else None,
            context=self._compiler.compile(rule.context, rule.gap) if rule.context else None,
            regex=re2.compile(rule.regex, _QUIET) if rule.regex is not None else None,
            matcher=self._matcher(rule, line),
        )

    def _pattern(self, rule: Rule) -> Pattern | None:
        if rule.phrase is not None:
            return self._compiler.compile(rule.phrase, rule.gap)
        if rule.near is not None:
            return self._compiler.near(rule.near, rule.within, rule.gap)
        if rule.all is not None or rule.any is not None:
            return self._compiler.together(rule.all or (), rule.any or (), rule.gap)
        return None

    def _patterns(self, texts: Iterable[str], gap: int) -> tuple[Pattern, ...]:
        return tuple(self._compiler.compile(text, gap) for text in texts)

    def _matcher(self, rule: Rule, line: int) -> Matcher | None:
        if rule.tokens is None:
            return None
        matcher = Matcher(self._vocab, validate=True)
        try:
            matcher.add("rule", [rule.tokens])
        except (ValueError, re.error) as error:  # spaCy's own is a ValueError
            message = _("spaCy refuses this `tokens` pattern: {reason}", reason=" ".join(str(error).split()))
            remedy = _("See « Matcher » in spaCy's documentation, or say it with words.")
            self._problems.append(Problem("error", self._file, line, message, remedy))
        return matcher
