"""Points: what words of a sentence, of the question before it and of the sentences around it bring to each code.

Where a code has points, a sentence carries it when those of its words and of the rules that match reach what is needed:
a scorecard that a person can read and change, whose figures may come from coded interviews (`training/points`).
All words of a text are counted at once, as rows of a table: terms × codes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ptce_qual.codebook.check import LoadedCodebook
from ptce_qual.codebook.expression import parse_word
from ptce_qual.codebook.model import MOST_COUNTED, PLACES, SENTENCES_AFTER, SENTENCES_BEFORE, Points
from ptce_qual.codebook.rule_ids import words_id
from ptce_qual.coding.patterns import Match
from ptce_qual.coding.stretches import Stretch, unique_pairs
from ptce_qual.coding.terms import TermIndex
from ptce_qual.model import Polarity

if TYPE_CHECKING:
    from ptce_qual.coding.sentences import DocSentences

Integers = NDArray[np.int64]
Booleans = NDArray[np.bool_]
_AROUND = {"before": range(1, SENTENCES_BEFORE + 1), "after": range(-SENTENCES_AFTER, 0)}


class Spoken(NamedTuple):
    """A word of a sentence that speaks for a code: what it brings, its term, and the token that it is."""

    points: int
    term: int
    token: int


@dataclass(frozen=True, slots=True)
class Scale:
    """The points of one code, and where they stand in the codebook."""

    code_id: str
    column: int
    line: int
    points: Points

    @property
    def id(self) -> str:
        """What evidence by words is called, as a rule is by its id."""
        return words_id(self.code_id)

    def of_rules(self, rules: int, clues: int) -> int:
        """Return what so many rules and clues bring."""
        return self.points.rule * min(rules, MOST_COUNTED) + self.points.clue * min(clues, MOST_COUNTED)


class PointTable:
    """The points of all words of a codebook.

    Attributes:
        scales: by code, those that have points.
    """

    def __init__(self, loaded: LoadedCodebook, terms: TermIndex) -> None:
        self.scales: dict[str, Scale] = {}
        self._given: dict[str, list[dict[int, int]]] = {place: [] for place in PLACES}  # by code, of each term
        self._polarities: dict[tuple[int, int], Polarity] = {}
        self._terms: dict[str, int] = {}
        for index, code in enumerate(loaded.codebook.codes):
            if code.points is not None:
                scale = Scale(code.id, len(self.scales), loaded.points_line(index), code.points)
                self.scales[code.id] = scale
                self._enter(scale, terms)

    def _enter(self, scale: Scale, terms: TermIndex) -> None:
        for place in PLACES:
            given: dict[int, int] = {}
            self._given[place].append(given)
            for group in getattr(scale.points, place):
                for text in group.words.split():
                    term = self._terms.get(text)
                    if term is None:
                        term = self._terms[text] = _term(text, terms)
                    given[term] = group.points
                    if place == "said":
                        self._polarities[term, scale.column] = group.polarity

    @cached_property
    def _tables(self) -> dict[str, Integers]:
        """By place, the points of each term (a row) for each code (a column)."""
        rows = 1 + max((term for of_codes in self._given.values() for given in of_codes for term in given), default=0)
        tables = {}
        for place, of_codes in self._given.items():
            tables[place] = table = np.zeros((rows, len(self.scales)), dtype=np.int64)
            for column, given in enumerate(of_codes):
                table[list(given), column] = list(given.values())
        return tables

    @cached_property
    def _known(self) -> dict[str, Booleans]:
        """By place, whether each term brings points there."""
        return {place: np.asarray(table.any(axis=1)) for place, table in self._tables.items()}

    def totals(self, inside: DocSentences) -> Integers:
        """Return the points that words bring to the sentences of a text: sentences × codes."""
        count = len(inside.each)
        places, terms = inside.stretches.standing(self._known["said"])
        total = self._summed("said", places, terms, count)
        places, terms = inside.questions.standing(self._known["asked"])
        asked = self._summed("asked", places, terms, inside.questions.count + 1)  # the last row: no question
        total += asked[inside.question_of]
        for place, steps in _AROUND.items():
            places, terms = inside.stretches.standing(self._known[place])
            total += self._summed(place, *_seen_from(steps, places, terms, inside.turn_of), count)
        return total

    def _summed(self, place: str, places: Integers, terms: Integers, count: int) -> Integers:
        """Return the points of the terms that stand in each of `count` places."""
        summed = np.zeros((count, len(self.scales)), dtype=np.int64)
        if len(places):
            order = np.argsort(places, kind="stable")
            rows, first = np.unique(places[order], return_index=True)
            summed[rows] = np.add.reduceat(self._tables[place][terms[order]], first, axis=0)
        return summed

    def said(self, scale: Scale, stretch: Stretch) -> Iterator[Spoken]:
        """Yield the words of a sentence that speak for a code."""
        given = self._given["said"][scale.column]
        for term, tokens in stretch.positions.items():
            points = given.get(term, 0)
            if points > 0:
                yield from (Spoken(points, term, token) for token in tokens)

    def polarity(self, scale: Scale, term: int) -> Polarity:
        """Return what a word of the sentence says of the theme by itself."""
        return self._polarities.get((term, scale.column), "affirmed")


def strongest(words: Iterable[Spoken]) -> Spoken:
    """Return the word that brings most, the first of those that bring as much: it tells the polarity."""
    return max(words, key=lambda word: (word.points, -word.token))


def _term(text: str, terms: TermIndex) -> int:
    word = parse_word(text)
    if word is None:
        raise TypeError(f"not a word: {text}")  # a codebook with errors is not compiled
    return terms.add(word)


def as_match(words: Iterable[Spoken]) -> Match:
    """Return the tokens of words as a match."""
    return tuple((token, token + 1) for token in sorted({word.token for word in words}))


def _seen_from(steps: Sequence[int], places: Integers, terms: Integers, turn_of: Integers) -> tuple[Integers, Integers]:
    """Return terms with the sentences of the same turn that are so many steps from where they stand, each pair once."""
    there = np.concatenate([places + step for step in steps])
    origin, again = np.tile(places, len(steps)), np.tile(terms, len(steps))
    kept = (there >= 0) & (there < len(turn_of))
    kept[kept] = turn_of[there[kept]] == turn_of[origin[kept]]
    return unique_pairs(there[kept], again[kept])
