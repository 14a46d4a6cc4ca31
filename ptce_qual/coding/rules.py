"""A codebook's rules, compiled and indexed by the words without which they can't match."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import re2
from spacy.matcher import Matcher
from spacy.vocab import Vocab

from ptce_qual.codebook.check import LoadedCodebook
from ptce_qual.codebook.model import Rule
from ptce_qual.codebook.rule_ids import rule_id
from ptce_qual.coding.patterns import Compiler, Guarded, Pattern, Stretch, WordGroups
from ptce_qual.coding.terms import TermIndex
from ptce_qual.errors import InputError
from ptce_qual.model import Problem
from ptce_qual.nlp.word_lists import read_words
from ptce_qual.translation import _

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
    pattern: Guarded | None
    absent: tuple[Guarded, ...]
    question: Guarded | None
    context: Guarded | None
    needs: int
    regex: re2._Regexp | None
    matcher: Matcher | None


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
        groups: the groups of words that rules need.
        by_term: the rules to try where a term stands.
        regexes: the rules with a regular expression; `regexes_in` tells those to try, at the cost of one for all.
        token_rules: the rules with a spaCy pattern, tried in each sentence: use them sparingly.
        short_answers: the rules that code a short first answer by its question alone.
        exceptions: by code, the patterns whose matches call off matches that they overlap.
    """

    def __init__(self, loaded: LoadedCodebook, vocab: Vocab) -> None:
        self.codebook = loaded.codebook
        self.terms = TermIndex()
        self._vocab = vocab
        self._file = loaded.file
        self._problems: list[Problem] = []
        common = frozenset(read_words("stop_words.txt"))
        self._compiler = Compiler(
            self.terms, loaded.codebook.lists, lambda word: _STOP_WORD_WEIGHT if word.lower() in common else 1.0
        )
        self.rules: list[CompiledRule] = []
        self.groups = WordGroups()
        self.exceptions: dict[str, tuple[Guarded, ...]] = {}
        for index, code in enumerate(loaded.codebook.codes):
            self.exceptions[code.id] = self._patterns(code.except_, 2)
            for number, written in enumerate(code.rules):
                rule = Rule(phrase=written) if isinstance(written, str) else written
                self.rules.append(self._compile(rule, code.id, loaded.rule_line(index, number)))
        if self._problems:
            raise InputError(_("the codebook has rules that can't be used"), tuple(self._problems))
        self.by_term: dict[int, list[CompiledRule]] = defaultdict(list)
        self.regexes = [rule for rule in self.rules if rule.regex is not None]
        self.token_rules = [rule for rule in self.rules if rule.matcher is not None]
        self.short_answers: list[CompiledRule] = []
        for compiled in self.rules:
            if compiled.pattern is not None:
                for term in compiled.pattern.pattern.triggers:
                    self.by_term[term].append(compiled)
            elif compiled.regex is None and compiled.matcher is None:
                self.short_answers.append(compiled)
        self._any_regex = _regex_set(self.regexes)
        self._asking = [rule for rule in self.rules if rule.question is not None]

    def regexes_in(self, text: str) -> list[CompiledRule]:
        """Return the rules whose regular expression matches somewhere in a text, all looked for in one pass."""
        found = self._any_regex.Match(text) if self._any_regex else None
        return [self.regexes[place] for place in sorted(found or ())]

    def answering(self, question: Stretch) -> frozenset[int]:
        """Return the numbers of the rules whose condition on the question holds."""
        return frozenset(rule.number for rule in self._asking if rule.question and rule.question.matches(question))

    def is_common(self, *patterns: Pattern) -> bool:
        """Tell whether grammatical words alone can make each of these patterns match."""
        return all(self._compiler.weight(pattern) >= _STOP_WORD_WEIGHT for pattern in patterns)

    def _compile(self, rule: Rule, code_id: str, line: int) -> CompiledRule:
        pattern = self._pattern(rule)
        return CompiledRule(
            number=len(self.rules),
            code_id=code_id,
            id=rule_id(rule, code_id),
            line=line,
            source=rule,
            pattern=pattern,
            absent=self._patterns((*rule.none, *rule.unless), rule.gap),
            question=self._guarded(rule.question, rule.gap) if rule.question else None,
            context=self._guarded(rule.context, rule.gap) if rule.context else None,
            needs=pattern.needs if pattern else 0,
            regex=re2.compile(rule.regex, _QUIET) if rule.regex is not None else None,
            matcher=self._matcher(rule, line),
        )

    def _pattern(self, rule: Rule) -> Guarded | None:
        if rule.phrase is not None:
            return self._guarded(rule.phrase, rule.gap)
        if rule.near is not None:
            return self.groups.guard(self._compiler.near(rule.near, rule.within, rule.gap))
        if rule.all is not None or rule.any is not None:
            return self.groups.guard(self._compiler.together(rule.all or (), rule.any or (), rule.gap))
        return None

    def _guarded(self, text: str, gap: int) -> Guarded:
        return self.groups.guard(self._compiler.compile(text, gap))

    def _patterns(self, texts: Iterable[str], gap: int) -> tuple[Guarded, ...]:
        return tuple(self._guarded(text, gap) for text in texts)

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
