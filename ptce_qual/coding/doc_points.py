"""What words bring to codes with points in the sentences of one Doc, what exceptions call off left out."""

from __future__ import annotations

import numpy as np

from ptce_qual.codebook.model import SHARE_WITHOUT_RULE
from ptce_qual.coding.patterns import overlap
from ptce_qual.coding.points import Scale, Spoken, as_match, strongest
from ptce_qual.coding.rules import RuleSet
from ptce_qual.coding.sentences import DocSentences, Sentence
from ptce_qual.model import Polarity


class DocPoints:
    """The points that words bring, counted once for all sentences."""

    def __init__(self, inside: DocSentences, rules: RuleSet) -> None:
        self._rules = rules
        self._totals = rules.points.totals(inside)
        self._by_sentence: list[list[int]] = self._totals.tolist()

    def enough_in(self, scale: Scale) -> list[int]:
        """Return the sentences where words alone bring what is needed."""
        found: list[int] = np.flatnonzero(self._totals[:, scale.column] >= scale.points.needed).tolist()
        return found

    def at_most(self, scale: Scale, sentence: Sentence) -> int:
        """Return what words bring, those that an exception calls off included: what needs no search."""
        return self._by_sentence[sentence.stretch.number][scale.column]

    def of_words(self, scale: Scale, sentence: Sentence) -> int:
        """Return what words bring, those called off by the code's exceptions left out."""
        points = self.at_most(scale, sentence)
        if self._rules.called_off(scale.code_id, sentence.stretch):
            there = {word.term: word.points for word in self._rules.points.said(scale, sentence.stretch)}
            kept = {word.term for word in self.words(scale, sentence)}
            points -= sum(value for term, value in there.items() if term not in kept)
        return points

    def words(self, scale: Scale, sentence: Sentence) -> list[Spoken]:
        """Return the words of a sentence that speak for a code and that no exception calls off."""
        off = self._rules.called_off(scale.code_id, sentence.stretch)
        words = self._rules.points.said(scale, sentence.stretch)
        return [word for word in words if not any(overlap(as_match([word]), other) for other in off)]

    def suffice_alone(self, scale: Scale, sentence: Sentence) -> bool:
        """Tell whether words may code a sentence without a rule: it must speak of the code itself.

        Else what is asked and told around it would code « voilà ».
        """
        least = SHARE_WITHOUT_RULE * scale.points.needed
        said = {word.term: word.points for word in self.words(scale, sentence)}
        return sum(said.values()) >= least

    def polarity(self, scale: Scale, sentence: Sentence) -> Polarity:
        """Return what the words say of the theme before any cue is heard: that which brings most decides."""
        return self._rules.points.polarity(scale, strongest(self.words(scale, sentence)).term)
