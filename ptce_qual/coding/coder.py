"""Code a Doc by rules: `code_doc` finds Codings with their Evidence and changes nothing."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

import re2
from spacy.tokens import Doc, Span

from ptce_qual.coding.cues import DocCues
from ptce_qual.coding.doc_points import DocPoints
from ptce_qual.coding.patterns import Match, Pattern, overlap
from ptce_qual.coding.points import Scale, as_match, strongest
from ptce_qual.coding.polarity import Judgement, SentencePolarity
from ptce_qual.coding.rules import CompiledRule, RuleSet
from ptce_qual.coding.sentences import DocSentences, Question, Sentence
from ptce_qual.coding.stretches import Stretch, numbers
from ptce_qual.model import RULES, Coding, Evidence

_FEWEST_CLUES = 2  # that code a sentence without any other rule
_Candidates = dict[str, list[CompiledRule]]
"""By code, the rules that may match."""
_Matched = list[tuple[CompiledRule, Match]]


def code_doc(
    doc: Doc, rules: RuleSet, *, transcript_id: str = "", interviewer: bool = False, text: str | None = None
) -> list[Coding]:
    """Return the codings of a Doc, in the order of the text, then of the codebook.

    One coding a unit and code, with all its evidence; its polarity is that of the last rule that matches in the text,
    or of the last words that bring points where no rule matches.

    Args:
        doc: from `docs_for`, its turns in `doc.spans["turns"]`; without that group the whole is a respondent's turn.
        rules: the compiled codebook.
        transcript_id: what the codings say they are of.
        interviewer: whether the interviewer's turns are coded too.
        text: the Doc's text, if it is at hand.
    """
    return list(DocCoder(doc, rules, transcript_id, text).codings(interviewer=interviewer))


@dataclass(frozen=True, slots=True)
class _Find:
    """Something that speaks for a code in a sentence: what a rule matched, or words that bring points.

    Args:
        number: the place of the rule among all; words come after rules.
        score: the points that words bring, those of the question and of the sentences before included.
    """

    rule_id: str
    line: int
    number: int
    match: Match
    judgement: Judgement
    score: float | None = None


class DocCoder:
    """A Doc with the terms that its tokens match, in which rules are looked for.

    Attributes:
        sentences: all of them, in order.
    """

    def __init__(self, doc: Doc, rules: RuleSet, transcript_id: str = "", text: str | None = None) -> None:
        self.doc = doc
        self.rules = rules
        self.transcript_id = transcript_id
        self._given_text = text
        self._in_doc = DocSentences(doc, rules)
        self.sentences = self._in_doc.each
        self._starts: list[int] = doc.to_array("IDX").tolist()
        self._lengths: list[int] = doc.to_array("LENGTH").tolist()

    @cached_property
    def points(self) -> DocPoints:
        """What words bring to codes with points."""
        return DocPoints(self._in_doc, self.rules)

    @cached_property
    def _cues(self) -> DocCues:
        return DocCues(self.doc)

    @cached_property
    def _whole_text(self) -> str:
        return self._in_doc.text() if self._given_text is None else self._given_text

    @cached_property
    def _text_hash(self) -> str:
        return hashlib.sha256(self._whole_text.encode("utf-8", "surrogatepass")).hexdigest()

    def codings(self, *, interviewer: bool = False) -> Iterator[Coding]:
        """Yield the codings of all turns, or of all but the interviewer's."""
        candidates = self._candidates(self._in_doc.every if interviewer else self._in_doc.answers)
        found = ((self.sentences[number], candidates[number]) for number in sorted(candidates))
        for _turn, sentences in groupby(found, key=lambda one: one[0].turn.start):
            yield from self._of_turn(sentences)

    def _of_turn(self, sentences: Iterable[tuple[Sentence, _Candidates]]) -> Iterator[Coding]:
        units: dict[tuple[int, int], dict[str, list[_Find]]] = {}
        for sentence, candidates in sentences:
            found = self._of_sentence(sentence, candidates)
            if found:
                unit = units.setdefault(self._unit(sentence), {})
                for code_id, finds in found.items():
                    unit.setdefault(code_id, []).extend(finds)
        for (start, end), by_code in units.items():
            for code_id in sorted(by_code, key=self.rules.places.__getitem__):
                yield self._coding(start, end, code_id, by_code[code_id])

    def fired(self, sentence: Sentence) -> set[int]:
        """Return the numbers of the rules that code a sentence."""
        return {find.number for finds in self._finds_in(sentence).values() for find in finds}

    def codes(self, sentence: Sentence) -> set[str]:
        """Return the codes that a sentence carries."""
        return set(self._finds_in(sentence))

    def _finds_in(self, sentence: Sentence) -> dict[str, list[_Find]]:
        candidates = self._candidates(sentence.stretch.bit)
        return self._of_sentence(sentence, candidates.get(sentence.stretch.number, {}))

    def matching(self, sentence: Sentence) -> dict[str, list[CompiledRule]]:
        """Return by code the rules that match in a sentence, whether they suffice to code it or not."""
        candidates = self._candidates(sentence.stretch.bit).get(sentence.stretch.number, {})
        found = {
            code_id: [rule for rule in rules if self.matches(rule, sentence)] for code_id, rules in candidates.items()
        }
        return {code_id: rules for code_id, rules in found.items() if rules}

    def _of_sentence(self, sentence: Sentence, candidates: _Candidates) -> dict[str, list[_Find]]:
        found: dict[str, _Matched] = {}
        for code_id, rules in candidates.items():
            scale = self.rules.points.scales.get(code_id)
            matched = self._by_points(scale, rules, sentence) if scale else self._by_rules(rules, sentence)
            if matched is not None:
                found[code_id] = matched
        if not found:
            return {}
        polarity = SentencePolarity(self._cues, sentence.stretch.start, sentence.stretch.end)
        return {code_id: list(self._finds(code_id, one, sentence, polarity)) for code_id, one in found.items()}

    def _finds(
        self, code_id: str, matched: _Matched, sentence: Sentence, polarity: SentencePolarity
    ) -> Iterator[_Find]:
        for rule, match in matched:
            yield _Find(rule.id, rule.line, rule.number, match, polarity.judge(match, rule.source.polarity))
        scale = self.rules.points.scales.get(code_id)
        words = self.points.words(scale, sentence) if scale else []
        if scale and words:
            best = strongest(words)
            judgement = polarity.judge(as_match([best]), self.rules.points.polarity(scale, best.term))
            score = float(self.points.of_words(scale, sentence))
            yield _Find(scale.id, scale.line, len(self.rules.rules), as_match(words), judgement, score)

    def _by_points(self, scale: Scale, rules: Sequence[CompiledRule], sentence: Sentence) -> _Matched | None:
        """Return what the rules of a code with points match, None where its points do not code the sentence."""
        at_most, needed = self.points.at_most(scale, sentence), scale.points.needed
        decisive = any(rule.source.decides for rule in rules)
        clues = sum(rule.source.clue for rule in rules)
        others = len(rules) - clues
        matched: _Matched = []
        for rule in rules:
            if not decisive and at_most + scale.of_rules(others, clues) < needed:
                return None
            found = self.matches(rule, sentence)
            matched += [(rule, match) for match in found]
            if not found and rule.source.clue:
                clues -= 1
            elif not found:
                others -= 1
        if decisive and any(rule.source.decides for rule, _match in matched):
            return matched
        of_rules = scale.of_rules(others, clues)
        if at_most + of_rules < needed or self.points.of_words(scale, sentence) + of_rules < needed:
            return None
        return matched if matched or self.points.suffice_alone(scale, sentence) else None

    def tally(self, sentence: Sentence, code_id: str) -> tuple[int, int] | None:
        """Return the points of a code in a sentence and those that it needs, None for a code without points."""
        scale = self.rules.points.scales.get(code_id)
        if scale is None:
            return None
        rules = self.matching(sentence).get(code_id, [])
        clues = sum(rule.source.clue for rule in rules)
        return self.points.of_words(scale, sentence) + scale.of_rules(len(rules) - clues, clues), scale.points.needed

    def _by_rules(self, rules: Sequence[CompiledRule], sentence: Sentence) -> _Matched | None:
        """Return what the rules of one code match, None where that does not code the sentence."""
        clues_only = all(rule.source.clue for rule in rules)
        if clues_only and len(rules) < _FEWEST_CLUES:
            return None
        matched: list[tuple[CompiledRule, Match]] = []
        missing = 0
        for rule in rules:
            found = self.matches(rule, sentence)
            matched += [(rule, match) for match in found]
            missing += not found
            if clues_only and len(rules) - missing < _FEWEST_CLUES:
                return None
        return matched if _suffice([rule for rule, _match in matched]) else None

    def _candidates(self, among: int) -> dict[int, _Candidates]:
        """Return by sentence and code the rules that may match there, in the order of the codebook."""
        by_regex = self._where_regexes(among)
        candidates: dict[int, _Candidates] = {}
        for rule in self.rules.to_try(self._in_doc.stretches):
            for number in numbers(self._where(rule, by_regex) & among):
                candidates.setdefault(number, {}).setdefault(rule.code_id, []).append(rule)
        for scale in self.rules.points.scales.values():
            for number in self.points.enough_in(scale):
                if among >> number & 1:
                    candidates.setdefault(number, {}).setdefault(scale.code_id, [])
        return candidates

    def _where(self, rule: CompiledRule, by_regex: Mapping[int, int]) -> int:
        """Return the sentences in which a rule may match, as bits."""
        inside = self._in_doc
        if rule.pattern is not None:
            where = inside.stretches.where(rule.pattern)
        elif rule.regex is not None:
            where = by_regex.get(rule.number, 0)
        else:
            where = inside.every if rule.matcher is not None else inside.first_answers
        if where and rule.question is not None:
            where &= inside.asked(rule.question)
        if where and rule.context is not None:
            where &= inside.around(rule.context)
        return where

    def _where_regexes(self, among: int) -> dict[int, int]:
        """Return, by the number of a rule, the sentences where its regular expression matches."""
        where: dict[int, int] = defaultdict(int)
        for number in numbers(among) if self.rules.regexes else ():
            stretch = self.sentences[number].stretch
            for rule in self.rules.regexes_in(self._text(stretch)):
                where[rule.number] |= stretch.bit
        return where

    def _text(self, stretch: Stretch) -> str:
        first, last = self._characters((stretch.start, stretch.end))
        return self._whole_text[first:last]

    def matches(self, rule: CompiledRule, sentence: Sentence) -> list[Match]:
        """Return where a rule matches in a sentence, its conditions and its code's exceptions applied."""
        stretch = sentence.stretch
        if rule.pattern is not None:
            found = stretch.matches(rule.pattern)
        elif rule.regex is not None:
            found = list(self._by_regex(rule.regex, stretch))
        elif rule.matcher is not None:
            span = self.doc[stretch.start : stretch.end]
            found = [((span.start + first, span.start + last),) for _, first, last in rule.matcher(span)]
        else:
            found = self._short_answer(rule, sentence)
        if not found or not self._conditions_hold(rule, sentence):
            return []
        called_off = self.rules.called_off(rule.code_id, stretch)
        return [match for match in _widest(found) if not any(overlap(match, other) for other in called_off)]

    def _conditions_hold(self, rule: CompiledRule, sentence: Sentence) -> bool:
        source = rule.source
        if source.speaker is not None and source.speaker not in sentence.turn.kb_id_.split("|"):
            return False
        if source.role is not None and source.role != sentence.turn.label_:
            return False
        if rule.question is not None and rule.number not in _lets_hold(sentence.question):
            return False
        if any(sentence.stretch.matches(pattern) for pattern in rule.absent):
            return False
        return rule.context is None or self.in_context(rule.context, sentence)

    def in_context(self, pattern: Pattern, sentence: Sentence) -> bool:
        """Tell whether a pattern stands in the sentence, in those before it, or in the question."""
        asked = (sentence.question.stretch,) if sentence.question else ()
        return any(stretch.matches(pattern) for stretch in (sentence.stretch, *asked, *sentence.before))

    def _by_regex(self, regex: re2._Regexp, stretch: Stretch) -> Iterator[Match]:
        start = self._starts[stretch.start]
        for found in regex.finditer(self._text(stretch)):
            first, last = (start + place for place in found.span())
            inside = self.doc.char_span(first, last, alignment_mode="expand")
            if inside is not None and last > first:
                yield ((inside.start, inside.end),)

    def _short_answer(self, rule: CompiledRule, sentence: Sentence) -> list[Match]:
        stretch, question = sentence.stretch, sentence.question
        words = stretch.ranks[stretch.end] - stretch.ranks[stretch.start]
        if question is None or not question.first_answer or not 0 < words <= rule.source.short:
            return []
        return [((stretch.start, stretch.end),)]

    def _unit(self, sentence: Sentence) -> tuple[int, int]:
        """Return the characters of the unit that a sentence lies in, without white space around it."""
        start, end, turn = sentence.stretch.start, sentence.stretch.end, sentence.turn
        unit = self.rules.codebook.unit
        if unit == "turn":
            start, end = turn.start, turn.end
        elif unit == "paragraph":
            start, end = self._paragraph(start, end, turn)
        while start < end and self.doc[start].is_space:
            start += 1
        while end > start and self.doc[end - 1].is_space:
            end -= 1
        return self._characters((start, end))

    def _paragraph(self, start: int, end: int, turn: Span) -> tuple[int, int]:
        while start > turn.start and "\n" not in self.doc[start - 1].text:
            start -= 1
        while end < turn.end and "\n" not in self.doc[end - 1].text:
            end += 1
        return start, end

    def _coding(self, start: int, end: int, code_id: str, finds: list[_Find]) -> Coding:
        ordered = sorted(finds, key=lambda find: (find.match, find.number))
        of_rules = [find for find in ordered if find.score is None]
        evidence = tuple(self._evidence(find) for find in ordered)
        identity = "\n".join((self._text_hash, str(start), str(end), code_id, RULES))
        return Coding(
            id=hashlib.sha256(identity.encode()).hexdigest()[:16],
            transcript_id=self.transcript_id,
            start=start,
            end=end,
            anchor=evidence[0].matches[0],
            code_id=code_id,
            coder=RULES,
            polarity=max(of_rules or ordered, key=lambda find: (find.match[-1][1], find.match)).judgement.polarity,
            evidence=evidence,
        )

    def _evidence(self, find: _Find) -> Evidence:
        return Evidence(
            rule_id=find.rule_id,
            line=find.line,
            matches=tuple(self._characters(span) for span in find.match),
            polarity=find.judgement.polarity,
            cues=tuple(self._characters(span) for span in find.judgement.cues),
            score=find.score,
        )

    def _characters(self, span: tuple[int, int]) -> tuple[int, int]:
        last = span[1] - 1
        return self._starts[span[0]], self._starts[last] + self._lengths[last]


def _lets_hold(asked: Question | None) -> frozenset[int]:
    """Return the rules with a condition on the last question that it fulfils."""
    return asked.lets_hold if asked else frozenset()


def _suffice(rules: Sequence[CompiledRule]) -> bool:
    """Tell whether these rules code a sentence: one that is no clue, or two that are."""
    return any(not rule.source.clue for rule in rules) or len({rule.number for rule in rules}) >= _FEWEST_CLUES


def _widest(matches: Sequence[Match]) -> list[Match]:
    """Leave out a match that lies inside another: of « communauté de communes » the whole, not also « communes »."""
    kept: list[Match] = []
    for match in sorted(matches, key=lambda match: (match[0][0], -match[-1][1], match)):
        if not any(match[-1][1] <= wider[-1][1] for wider in kept):
            kept.append(match)
    return kept
