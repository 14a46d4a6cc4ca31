"""Code a Doc by rules: `code_doc` finds Codings with their Evidence and changes nothing."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import accumulate, pairwise

import numpy as np
import re2
from spacy.tokens import Doc, Span

from ptce_qual.coding.patterns import Guarded, Match, Stretch
from ptce_qual.coding.polarity import Judgement, SentencePolarity
from ptce_qual.coding.rules import CompiledRule, RuleSet
from ptce_qual.model import RULES, Coding, Evidence
from ptce_qual.nlp.sentences import TURNS

_LONGEST_NOTE = 12  # tokens
_FEWEST_CLUES = 2  # that code a sentence without any other rule
_CONTEXT = 3  # sentences before one that its context takes in


def code_doc(
    doc: Doc, rules: RuleSet, *, transcript_id: str = "", interviewer: bool = False, text: str | None = None
) -> list[Coding]:
    """Return the codings of a Doc, in the order of the text, then of the codebook.

    One coding a unit and code, with all its evidence; its polarity is that of the last evidence in the text.

    Args:
        doc: from `docs_for`, its turns in `doc.spans["turns"]`; without that group the whole is a respondent's turn.
        rules: the compiled codebook.
        transcript_id: what the codings say they are of.
        interviewer: whether the interviewer's turns are coded too.
        text: the Doc's text, if it is at hand: to join it from the tokens takes time.
    """
    return list(DocCoder(doc, rules, transcript_id, text).codings(interviewer=interviewer))


@dataclass(frozen=True, slots=True)
class _Find:
    rule: CompiledRule
    match: Match
    judgement: Judgement


@dataclass(frozen=True, slots=True)
class Question:
    """The interviewer's last turn, whether what is said now is its first answer, and the rules that it lets hold."""

    stretch: Stretch
    first_answer: bool
    lets_hold: frozenset[int]


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with what it stands in: the sentences before it, its turn, and the question that it answers."""

    stretch: Stretch
    before: tuple[Stretch, ...]
    turn: Span
    question: Question | None


class DocCoder:
    """A Doc with the terms that its tokens match, in which rules are looked for sentence by sentence."""

    def __init__(self, doc: Doc, rules: RuleSet, transcript_id: str = "", text: str | None = None) -> None:
        self.doc = doc
        self._whole_text = doc.text if text is None else text
        self.rules = rules
        self.transcript_id = transcript_id
        self._noted = _transcribers_notes(doc)
        self._terms = rules.terms.of_doc(doc)
        said = [index not in self._noted and word for index, word in enumerate(rules.terms.words_of_doc(doc))]
        self._ranks = [0, *accumulate(said)]

    @cached_property
    def _text_hash(self) -> str:
        return hashlib.sha256(self._whole_text.encode("utf-8", "surrogatepass")).hexdigest()

    @cached_property
    def _sentence_starts(self) -> Sequence[int]:
        starts: list[int] = np.flatnonzero(self.doc.to_array("SENT_START") == 1).tolist()
        return starts

    def codings(self, *, interviewer: bool = False) -> Iterator[Coding]:
        """Yield the codings of all turns, or of all but the interviewer's."""
        for turn, question in self.turns():
            if interviewer or turn.label_ != "interviewer":
                yield from self._of_turn(turn, question)

    def turns(self) -> Iterator[tuple[Span, Question | None]]:
        """Yield each turn with the interviewer's last question before it; without turns, the whole Doc."""
        question: Question | None = None
        for turn in list(self.doc.spans[TURNS]) if self.doc.spans.get(TURNS) else [self.doc[:]]:
            yield turn, question
            if turn.label_ == "interviewer":
                stretch = self._stretch(turn.start, turn.end)
                question = Question(stretch, first_answer=True, lets_hold=self.rules.answering(stretch))
            elif question:
                question = replace(question, first_answer=False)

    def sentences(self, turn: Span, question: Question | None) -> Iterator[Sentence]:
        """Yield the sentences of a turn, each with the question that it answers."""
        earlier: list[Stretch] = []
        for number, (start, end) in enumerate(self._sentences(turn.start, turn.end)):
            asked = question if number == 0 else question and replace(question, first_answer=False)
            stretch = self._stretch(start, end)
            yield Sentence(stretch, tuple(earlier), turn, asked)
            earlier = [*earlier, stretch][-_CONTEXT:]

    def _of_turn(self, turn: Span, question: Question | None) -> Iterator[Coding]:
        units: dict[tuple[int, int], dict[str, list[_Find]]] = defaultdict(lambda: defaultdict(list))
        for sentence in self.sentences(turn, question):
            for code_id, finds in self._of_sentence(sentence).items():
                units[self._unit(sentence)][code_id] += finds
        order = {code.id: place for place, code in enumerate(self.rules.codebook.codes)}
        for (start, end), by_code in units.items():
            for code_id in sorted(by_code, key=order.__getitem__):
                yield self._coding(start, end, code_id, by_code[code_id])

    def _sentences(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        starts = self._sentence_starts
        first = int(np.searchsorted(starts, start, side="right"))
        last = int(np.searchsorted(starts, end, side="left"))
        yield from pairwise([start, *starts[first:last], end])

    def _stretch(self, start: int, end: int) -> Stretch:
        positions: dict[int, list[int]] = defaultdict(list)
        groups = 0
        for index in range(start, end):
            if index not in self._noted:
                terms = self._terms[index]
                groups |= self.rules.groups.of(terms)
                for term in terms:
                    positions[term].append(index)
        return Stretch(start, end, positions, groups, self._ranks)

    def fired(self, sentence: Sentence) -> set[int]:
        """Return the numbers of the rules that code a sentence."""
        return {find.rule.number for finds in self._of_sentence(sentence).values() for find in finds}

    def _of_sentence(self, sentence: Sentence) -> dict[str, list[_Find]]:
        found: dict[str, list[tuple[CompiledRule, Match]]] = {}
        for code_id, rules in self._candidates(sentence).items():
            matched = self._matched(rules, sentence)
            if matched:
                found[code_id] = matched
        if not found:
            return {}
        polarity = SentencePolarity(self.doc, sentence.stretch.start, sentence.stretch.end)
        return {
            code_id: [_Find(rule, match, polarity.judge(match, rule.source.polarity)) for rule, match in matched]
            for code_id, matched in found.items()
        }

    def _matched(self, rules: Sequence[CompiledRule], sentence: Sentence) -> list[tuple[CompiledRule, Match]]:
        """Return what the rules of one code match, nothing where that does not code the sentence."""
        clues_only = all(rule.source.clue for rule in rules)
        if clues_only and len(rules) < _FEWEST_CLUES:
            return []
        matched: list[tuple[CompiledRule, Match]] = []
        missing = 0
        for rule in rules:
            found = self.matches(rule, sentence)
            matched += [(rule, match) for match in found]
            missing += not found
            if clues_only and len(rules) - missing < _FEWEST_CLUES:
                return []
        return matched if _suffice([rule for rule, _match in matched]) else []

    def _candidates(self, sentence: Sentence) -> dict[str, list[CompiledRule]]:
        """Return by code the rules whose words may stand in a sentence, in the order of the codebook."""
        groups, by_term, allowed = sentence.stretch.groups, self.rules.by_term, _lets_hold(sentence.question)
        tried = {
            rule.number: rule
            for rule in self._without_words(sentence)
            if rule.question is None or rule.number in allowed
        }
        for term in sentence.stretch.positions:
            for rule in by_term.get(term, ()):
                if groups & rule.needs == rule.needs and (rule.question is None or rule.number in allowed):
                    tried[rule.number] = rule
        candidates: dict[str, list[CompiledRule]] = {}
        for number in sorted(tried):
            candidates.setdefault(tried[number].code_id, []).append(tried[number])
        return candidates

    def _text(self, stretch: Stretch) -> str:
        last = self.doc[stretch.end - 1]
        return self._whole_text[self.doc[stretch.start].idx : last.idx + len(last)]

    def _without_words(self, sentence: Sentence) -> Iterator[CompiledRule]:
        """Yield the rules to try that no word triggers."""
        rules, stretch = self.rules, sentence.stretch
        if rules.regexes:
            yield from rules.regexes_in(self._text(stretch))
        yield from rules.token_rules
        if sentence.question and sentence.question.first_answer:
            yield from rules.short_answers

    def matches(self, rule: CompiledRule, sentence: Sentence) -> list[Match]:
        """Return where a rule matches in a sentence, its conditions and its code's exceptions applied."""
        stretch = sentence.stretch
        if rule.pattern is not None:
            found = rule.pattern.matches(stretch)
        elif rule.regex is not None:
            found = list(self._by_regex(rule.regex, stretch))
        elif rule.matcher is not None:
            span = self.doc[stretch.start : stretch.end]
            found = [((span.start + first, span.start + last),) for _, first, last in rule.matcher(span)]
        else:
            found = self._short_answer(rule, sentence)
        if not found or not self._conditions_hold(rule, sentence):
            return []
        called_off = [range(m[0][0], m[-1][1]) for p in self.rules.exceptions[rule.code_id] for m in p.matches(stretch)]
        return [match for match in _widest(found) if not any(_overlap(match, other) for other in called_off)]

    def _conditions_hold(self, rule: CompiledRule, sentence: Sentence) -> bool:
        source = rule.source
        if source.speaker is not None and source.speaker not in sentence.turn.kb_id_.split("|"):
            return False
        if source.role is not None and source.role != sentence.turn.label_:
            return False
        if rule.question is not None and rule.number not in _lets_hold(sentence.question):
            return False
        if any(pattern.matches(sentence.stretch) for pattern in rule.absent):
            return False
        return rule.context is None or self.in_context(rule.context, sentence)

    def in_context(self, pattern: Guarded, sentence: Sentence) -> bool:
        """Tell whether a pattern stands in the sentence, in those before it, or in the question."""
        asked = (sentence.question.stretch,) if sentence.question else ()
        return any(pattern.matches(stretch) for stretch in (sentence.stretch, *asked, *sentence.before))

    def _by_regex(self, regex: re2._Regexp, stretch: Stretch) -> Iterator[Match]:
        start = self.doc[stretch.start].idx
        for found in regex.finditer(self._text(stretch)):
            first, last = (start + place for place in found.span())
            inside = self.doc.char_span(first, last, alignment_mode="expand")
            if inside is not None and last > first:
                yield ((inside.start, inside.end),)

    def _short_answer(self, rule: CompiledRule, sentence: Sentence) -> list[Match]:
        stretch, question = sentence.stretch, sentence.question
        words = self._ranks[stretch.end] - self._ranks[stretch.start]
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
        return self.doc[start].idx, self.doc[end - 1].idx + len(self.doc[end - 1])

    def _paragraph(self, start: int, end: int, turn: Span) -> tuple[int, int]:
        while start > turn.start and "\n" not in self.doc[start - 1].text:
            start -= 1
        while end < turn.end and "\n" not in self.doc[end - 1].text:
            end += 1
        return start, end

    def _coding(self, start: int, end: int, code_id: str, finds: list[_Find]) -> Coding:
        ordered = sorted(finds, key=lambda find: (find.match, find.rule.number))
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
            polarity=max(ordered, key=lambda find: (find.match[-1][1], find.match)).judgement.polarity,
            evidence=evidence,
        )

    def _evidence(self, find: _Find) -> Evidence:
        return Evidence(
            rule_id=find.rule.id,
            line=find.rule.line,
            matches=tuple(self._characters(span) for span in find.match),
            polarity=find.judgement.polarity,
            cues=tuple(self._characters(span) for span in find.judgement.cues),
        )

    def _characters(self, span: tuple[int, int]) -> tuple[int, int]:
        last = self.doc[span[1] - 1]
        return self.doc[span[0]].idx, last.idx + len(last)


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


def _transcribers_notes(doc: Doc) -> frozenset[int]:
    """Return the tokens between round brackets, as in « (rires) »: nobody said them."""
    noted: set[int] = set()
    orths = doc.to_array("ORTH")
    closed = np.flatnonzero(orths == doc.vocab.strings[")"])
    for opened in np.flatnonzero(orths == doc.vocab.strings["("]).tolist():
        place = int(np.searchsorted(closed, opened))
        end = int(closed[place]) if place < len(closed) else len(doc)
        if end - opened <= _LONGEST_NOTE and not any(doc[index].is_sent_start for index in range(opened + 1, end)):
            noted.update(range(opened, end + 1))
    return frozenset(noted)


def _overlap(match: Match, other: range) -> bool:
    return any(first < other.stop and other.start < last for first, last in match)
