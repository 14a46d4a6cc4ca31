"""Code a Doc by rules: `code_doc` finds Codings with their Evidence and changes nothing."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, pairwise

import numpy as np
import re2
from spacy.tokens import Doc, Span

from ptce_qual.coding.patterns import Match, Stretch
from ptce_qual.coding.polarity import Judgement, SentencePolarity
from ptce_qual.coding.rules import CompiledRule, RuleSet
from ptce_qual.model import Coding, Evidence
from ptce_qual.nlp.sentences import TURNS
from ptce_qual.nlp.words import is_word

CODER = "rules"


def code_doc(doc: Doc, rules: RuleSet, *, transcript_id: str = "", interviewer: bool = False) -> list[Coding]:
    """Return the codings of a Doc, in the order of the text, then of the codebook.

    One coding a unit and code, with all its evidence; its polarity is that of the last evidence in the text.

    Args:
        doc: from `docs_for`, its turns in `doc.spans["turns"]`; without that group the whole is a respondent's turn.
        rules: the compiled codebook.
        transcript_id: what the codings say they are of.
        interviewer: whether the interviewer's turns are coded too.
    """
    return list(_Coder(doc, rules, transcript_id).codings(interviewer=interviewer))


@dataclass(frozen=True, slots=True)
class _Find:
    rule: CompiledRule
    match: Match
    judgement: Judgement


@dataclass(frozen=True, slots=True)
class _Question:
    """The interviewer's last turn, and whether what is said now is its first answer."""

    stretch: Stretch
    first_answer: bool


class _Coder:
    def __init__(self, doc: Doc, rules: RuleSet, transcript_id: str) -> None:
        self.doc = doc
        self.rules = rules
        self.transcript_id = transcript_id
        self.terms = rules.terms.of_doc(doc)
        self.ranks = [0, *accumulate(is_word(token.text) for token in doc)]

    @cached_property
    def text_hash(self) -> str:
        return hashlib.sha256(self.doc.text.encode("utf-8", "surrogatepass")).hexdigest()

    @cached_property
    def sentence_starts(self) -> Sequence[int]:
        starts: list[int] = np.flatnonzero(self.doc.to_array("SENT_START") == 1).tolist()
        return starts

    def codings(self, *, interviewer: bool) -> Iterator[Coding]:
        question: _Question | None = None
        for turn in self._turns():
            asks = turn.label_ == "interviewer"
            if not asks or interviewer:
                yield from self._of_turn(turn, question)
            if asks:
                question = _Question(self._stretch(turn.start, turn.end), first_answer=True)
            elif question:
                question = _Question(question.stretch, first_answer=False)

    def _turns(self) -> Sequence[Span]:
        return list(self.doc.spans[TURNS]) if self.doc.spans.get(TURNS) else [self.doc[:]]

    def _of_turn(self, turn: Span, question: _Question | None) -> Iterator[Coding]:
        units: dict[tuple[int, int], dict[str, list[_Find]]] = defaultdict(lambda: defaultdict(list))
        for number, (start, end) in enumerate(self._sentences(turn.start, turn.end)):
            asked = question if number == 0 else question and _Question(question.stretch, first_answer=False)
            for code_id, finds in self._of_sentence(start, end, turn, asked).items():
                units[self._unit(start, end, turn)][code_id] += finds
        order = {code.id: place for place, code in enumerate(self.rules.codebook.codes)}
        for (start, end), by_code in units.items():
            for code_id in sorted(by_code, key=order.__getitem__):
                yield self._coding(start, end, code_id, by_code[code_id])

    def _sentences(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        starts = self.sentence_starts
        first = int(np.searchsorted(starts, start, side="right"))
        last = int(np.searchsorted(starts, end, side="left"))
        yield from pairwise([start, *starts[first:last], end])

    def _stretch(self, start: int, end: int) -> Stretch:
        positions: dict[int, list[int]] = defaultdict(list)
        for index in range(start, end):
            for term in self.terms[index]:
                positions[term].append(index)
        return Stretch(start, end, positions, self.ranks)

    def _of_sentence(self, start: int, end: int, turn: Span, question: _Question | None) -> dict[str, list[_Find]]:
        stretch = self._stretch(start, end)
        rules = self.rules
        tried = {rule.number: rule for term in stretch.positions for rule in rules.by_term.get(term, ())}
        tried |= {rule.number: rule for rule in rules.always}
        finds: dict[str, list[_Find]] = {}
        polarity: SentencePolarity | None = None
        for number in sorted(tried):
            rule = tried[number]
            for match in self._matches(rule, stretch, turn, question):
                polarity = polarity or SentencePolarity(self.doc, start, end)
                judgement = polarity.judge(match, rule.source.polarity)
                finds.setdefault(rule.code_id, []).append(_Find(rule, match, judgement))
        return {code_id: found for code_id, found in finds.items() if found}

    def _matches(self, rule: CompiledRule, stretch: Stretch, turn: Span, question: _Question | None) -> list[Match]:
        if not self._conditions_hold(rule, stretch, turn, question):
            return []
        if rule.pattern is not None:
            found = stretch.matches(rule.pattern)
        elif rule.regex is not None:
            found = list(self._by_regex(rule.regex, stretch))
        elif rule.matcher is not None:
            span = self.doc[stretch.start : stretch.end]
            found = [((span.start + first, span.start + last),) for _, first, last in rule.matcher(span)]
        else:
            found = self._short_answer(rule, stretch, question)
        called_off = [range(m[0][0], m[-1][1]) for p in self.rules.exceptions[rule.code_id] for m in stretch.matches(p)]
        return [match for match in _widest(found) if not any(_overlap(match, other) for other in called_off)]

    def _conditions_hold(self, rule: CompiledRule, stretch: Stretch, turn: Span, question: _Question | None) -> bool:
        source = rule.source
        if source.speaker is not None and source.speaker not in turn.kb_id_.split("|"):
            return False
        if source.role is not None and source.role != turn.label_:
            return False
        if rule.question is not None and (question is None or not question.stretch.matches(rule.question)):
            return False
        return not any(stretch.matches(pattern) for pattern in rule.absent)

    def _by_regex(self, regex: re2._Regexp, stretch: Stretch) -> Iterator[Match]:
        span = self.doc[stretch.start : stretch.end]
        for found in regex.finditer(span.text):
            first, last = (span.start_char + place for place in found.span())
            inside = self.doc.char_span(first, last, alignment_mode="expand")
            if inside is not None and last > first:
                yield ((inside.start, inside.end),)

    def _short_answer(self, rule: CompiledRule, stretch: Stretch, question: _Question | None) -> list[Match]:
        words = self.ranks[stretch.end] - self.ranks[stretch.start]
        if question is None or not question.first_answer or not 0 < words <= rule.source.short:
            return []
        return [((stretch.start, stretch.end),)]

    def _unit(self, start: int, end: int, turn: Span) -> tuple[int, int]:
        """Return the characters of the unit that a sentence lies in, without white space around it."""
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
        identity = "\n".join((self.text_hash, str(start), str(end), code_id, CODER))
        return Coding(
            id=hashlib.sha256(identity.encode()).hexdigest()[:16],
            transcript_id=self.transcript_id,
            start=start,
            end=end,
            anchor=evidence[0].matches[0],
            code_id=code_id,
            coder=CODER,
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


def _widest(matches: Sequence[Match]) -> list[Match]:
    """Leave out a match that lies inside another: of « communauté de communes » the whole, not also « communes »."""
    kept: list[Match] = []
    for match in sorted(matches, key=lambda match: (match[0][0], -match[-1][1], match)):
        if not any(match[-1][1] <= wider[-1][1] for wider in kept):
            kept.append(match)
    return kept


def _overlap(match: Match, other: range) -> bool:
    return any(first < other.stop and other.start < last for first, last in match)
