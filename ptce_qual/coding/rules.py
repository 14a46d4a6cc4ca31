"""A codebook's rules, compiled and indexed by the words without which they can't match."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

import re2
from spacy.matcher import Matcher
from spacy.vocab import Vocab

from ptce_qual.codebook.check import LoadedCodebook
from ptce_qual.codebook.model import Rule
from ptce_qual.codebook.rule_ids import rule_id
from ptce_qual.coding.patterns import Compiler, Pattern
from ptce_qual.coding.terms import TermIndex
from ptce_qual.nlp.word_lists import read_words

_QUIET = re2.Options()
_QUIET.log_errors = False
_STOP_WORD_WEIGHT = 1000.0


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


class RuleSet:
    """All rules of a codebook, compiled once.

    Attributes:
        terms: the words of all rules.
        by_term: the rules to try where a term stands.
        always: the rules that no single word can trigger.
        exceptions: by code, the patterns whose matches call off matches that they overlap.
    """

    def __init__(self, loaded: LoadedCodebook, vocab: Vocab) -> None:
        self.codebook = loaded.codebook
        self.terms = TermIndex()
        self._vocab = vocab
        common = frozenset(read_words("stop_words.txt"))
        self._compiler = Compiler(
            self.terms, loaded.codebook.lists, lambda word: _STOP_WORD_WEIGHT if word.lower() in common else 1.0
        )
        self.rules: list[CompiledRule] = []
        self.exceptions: dict[str, tuple[Pattern, ...]] = {}
        for index, code in enumerate(loaded.codebook.codes):
            self.exceptions[code.id] = self._patterns(code.except_, 2)
            for number, written in enumerate(code.rules):
                rule = Rule(phrase=written) if isinstance(written, str) else written
                self.rules.append(self._compile(rule, code.id, loaded.rule_line(index, number)))
        self.by_term: dict[int, list[CompiledRule]] = defaultdict(list)
        self.always: list[CompiledRule] = []
        for compiled in self.rules:
            if compiled.pattern is None:
                self.always.append(compiled)
            else:
                for term in compiled.pattern.triggers:
                    self.by_term[term].append(compiled)

    def is_common(self, *patterns: Pattern) -> bool:
        """Tell whether grammatical words alone can make each of these patterns match."""
        return all(self._compiler.weight(pattern) >= _STOP_WORD_WEIGHT for pattern in patterns)

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
            matcher=self._matcher(rule),
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

    def _matcher(self, rule: Rule) -> Matcher | None:
        if rule.tokens is None:
            return None
        matcher = Matcher(self._vocab, validate=True)
        matcher.add("rule", [rule.tokens])
        return matcher
