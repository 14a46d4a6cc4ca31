"""A Doc's sentences with what they stand in: their turn, the sentences before them, the question that they answer."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise

import numpy as np
from spacy.tokens import Doc, Span

from ptce_qual.codebook.model import SENTENCES_BEFORE
from ptce_qual.coding.patterns import Pattern
from ptce_qual.coding.rules import RuleSet
from ptce_qual.coding.stretches import Stretch, Stretches, numbers
from ptce_qual.nlp.sentences import TURNS

_LONGEST_NOTE = 12  # tokens
_INTERVIEWER = "interviewer"


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


class DocSentences:
    """All sentences of a Doc, numbered; a set of them is a number whose bits they are.

    Attributes:
        each: the sentences.
        every: all of them, as bits.
        stretches: the same, as patterns are looked for in them.
        answers: those of respondents.
        first_answers: the first ones after a question.
        questions: the interviewers' turns.
        turn_of, question_of: for each sentence the number of its turn, and of the question that it answers, -1 if none.
    """

    def __init__(self, doc: Doc, rules: RuleSet) -> None:
        self._doc = doc
        self._starts: list[int] = np.flatnonzero(doc.to_array("SENT_START") == 1).tolist()
        noted = _transcribers_notes(doc, self._starts)
        tokens, words, self._texts = rules.terms.of_doc(doc)
        for index in noted:
            tokens[index], words[index] = (), False
        ranks = [0, *accumulate(words)]
        turns: list[Span] = list(doc.spans[TURNS]) if doc.spans.get(TURNS) else [doc[:]]
        bounds = [list(self._bounds(turn.start, turn.end)) for turn in turns]
        asked = [(turn.start, turn.end) for turn in turns if turn.label_ == _INTERVIEWER]
        self.stretches = Stretches([one for of_turn in bounds for one in of_turn], tokens, ranks, rules.circuit)
        self.questions = Stretches(asked, tokens, ranks, rules.circuit)
        self._answering = [0] * len(asked)  # by question, the sentences that answer it
        self._asked: dict[int, int] = {}
        self.answers = self.first_answers = 0
        self._turns_and_questions: list[tuple[int, int]] = []
        self.each = list(self._sentences(turns, [len(of_turn) for of_turn in bounds], rules))
        pairs = np.array(self._turns_and_questions, dtype=np.int64).reshape(-1, 2)
        self.turn_of, self.question_of = pairs[:, 0], pairs[:, 1]
        self.every = (1 << len(self.each)) - 1

    def text(self) -> str:
        """Return the Doc's text: `Doc.text` makes a Token of each word, which takes as long as to code some."""
        spaces: list[int] = self._doc.to_array("SPACY").tolist()
        return "".join([text + " " * space for text, space in zip(self._texts, spaces, strict=True)])

    def asked(self, pattern: Pattern) -> int:
        """Return the sentences that answer a question in which a pattern may match."""
        found = self._asked.get(id(pattern))
        if found is None:
            found = 0
            for question in numbers(self.questions.where(pattern)):
                found |= self._answering[question]
            self._asked[id(pattern)] = found
        return found

    def around(self, pattern: Pattern) -> int:
        """Return the sentences with a context in which a pattern may match."""
        here = found = self.stretches.where(pattern)
        for before in range(1, SENTENCES_BEFORE + 1):
            found |= here << before
        return found | self.asked(pattern)

    def _bounds(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        inside = self._starts[bisect_right(self._starts, start) : bisect_left(self._starts, end)]
        return pairwise((start, *inside, end)) if start < end else iter(())

    def _sentences(self, turns: list[Span], counts: list[int], rules: RuleSet) -> Iterator[Sentence]:
        stretches = iter(self.stretches.each())
        questions = self._held_questions(rules)
        asked: Question | None = None
        number = -1
        for place_of_turn, (turn, count) in enumerate(zip(turns, counts, strict=True)):
            later = asked and replace(asked, first_answer=False)
            before: tuple[Stretch, ...] = ()
            for place in range(count):
                stretch = next(stretches)
                question = asked if place == 0 else later
                self._turns_and_questions.append((place_of_turn, number))
                self._note(stretch.bit, question, number, is_answer=turn.label_ != _INTERVIEWER)
                yield Sentence(stretch, before, turn, question)
                before = (*before, stretch)[-SENTENCES_BEFORE:]
            asked = later
            if turn.label_ == _INTERVIEWER:
                stretch, lets_hold = next(questions)
                asked = Question(stretch, first_answer=True, lets_hold=lets_hold)
                number += 1

    def _note(self, bit: int, question: Question | None, number: int, *, is_answer: bool) -> None:
        self.answers |= bit * is_answer
        if question:
            self._answering[number] |= bit
            self.first_answers |= bit * question.first_answer

    def _held_questions(self, rules: RuleSet) -> Iterator[tuple[Stretch, frozenset[int]]]:
        """Yield each question with the numbers of the rules whose condition on it holds."""
        questions = self.questions.each()
        holding: list[set[int]] = [set() for _question in questions]
        for pattern, asking in rules.asking:
            for place in numbers(self.questions.where(pattern)):
                if questions[place].matches(pattern):
                    holding[place].update(asking)
        return zip(questions, map(frozenset, holding), strict=True)


def _transcribers_notes(doc: Doc, starts: list[int]) -> Iterator[int]:
    """Yield the tokens between round brackets, as in « (rires) »: nobody said them."""
    orths = doc.to_array("ORTH")
    closed: list[int] = np.flatnonzero(orths == doc.vocab.strings[")"]).tolist()
    for opened in np.flatnonzero(orths == doc.vocab.strings["("]).tolist():
        place = bisect_left(closed, opened)
        end = closed[place] if place < len(closed) else len(doc)
        if end - opened <= _LONGEST_NOTE and bisect_left(starts, end) <= bisect_right(starts, opened):
            yield from range(opened, min(end + 1, len(doc)))
