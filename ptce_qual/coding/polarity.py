"""Is a theme affirmed, negated, or only wished, asked or supposed? Cues from a data file, their scope by the parse.

A rule has a polarity of its own (« ils nous dictent tout » negates autonomy without any word of negation). A cue of
negation that bears on the match turns it round; a cue that is part of the match does not, for the rule accounts for it.
A cue of hypothesis wins over both; so does a conditional in the match, for a rule's word matches all moods of a verb.
"""

from __future__ import annotations

from dataclasses import dataclass

from ptce_qual.coding.cues import NEGATIONS, Cue, DocCues
from ptce_qual.coding.scope import bears_on, denied
from ptce_qual.model import Polarity

_OPPOSITE: dict[Polarity, Polarity] = {"affirmed": "negated", "negated": "affirmed", "hypothetical": "hypothetical"}
_LIGHT = frozenset({"PRON", "DET", "ADP", "SCONJ", "CCONJ", "PUNCT", "SPACE"})


@dataclass(frozen=True, slots=True)
class Judgement:
    """The polarity of one match and the tokens that decided it, as token ranges."""

    polarity: Polarity
    cues: tuple[tuple[int, int], ...]


class SentencePolarity:
    """The cues of one sentence, found once, and what each of them bears on.

    Args:
        inside: a parsed Doc.
        start: the first token of the sentence.
        end: the token after its last.
    """

    def __init__(self, inside: DocCues, start: int, end: int) -> None:
        self._doc = inside.doc
        cues = inside.between(start, end)
        self._negations = [cue for cue in cues if cue.kind in NEGATIONS]
        self._hypotheses = [cue for cue in cues if cue.kind not in NEGATIONS]

    def judge(self, match: tuple[tuple[int, int], ...], own: Polarity) -> Judgement:
        """Return the polarity of a match by a rule whose own polarity is `own`."""
        inside = [index for first, last in match for index in range(first, last)]
        carrying: list[int] = []
        if self._hypotheses or self._negations:
            carrying = [index for index in inside if self._doc[index].pos_ not in _LIGHT] or inside
        hypotheses = [cue for cue in self._hypotheses if self._bears_on(cue, inside, carrying)]
        if hypotheses or own == "hypothetical":
            return Judgement("hypothetical", tuple((cue.start, cue.end) for cue in hypotheses))
        negations = [cue for cue in self._negations if self._bears_on(cue, inside, carrying)]
        turns = len({self._denial(cue) for cue in negations})
        polarity = _OPPOSITE[own] if turns % 2 else own
        return Judgement(polarity, tuple((cue.start, cue.end) for cue in negations))

    def _bears_on(self, cue: Cue, inside: list[int], carrying: list[int]) -> bool:
        """Tell whether a cue bears on a match, told by its tokens and by those of them that carry what it says."""
        if any(cue.start <= index < cue.end for index in inside):
            return cue.kind == "mood"
        return bears_on(self._doc, cue, carrying)

    def _denial(self, cue: Cue) -> tuple[str, int]:
        """Return how and what a negation denies, so that « n'ont plus jamais rien » counts once."""
        return cue.kind, denied(self._doc, cue).i
