"""Is a theme affirmed, negated, or only wished, asked or supposed? Cues from a data file, their scope by the parse.

A rule has a polarity of its own (« ils nous dictent tout » negates autonomy without any word of negation). A cue of
negation that bears on the match turns it round; a cue that is part of the match does not, for the rule accounts for it.
A cue of hypothesis wins over both.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import chain, pairwise

import yaml
from spacy.tokens import Doc, Token

from ptce_qual.model import Polarity

_CLAUSES = frozenset(
    {"ROOT", "root", "ccomp", "advcl", "advcl:cleft", "acl:relcl", "csubj", "parataxis", "parataxis:insert"}
)
_GOVERNED = frozenset({"ccomp", "csubj", "xcomp"})
_OPPOSITE: dict[Polarity, Polarity] = {"affirmed": "negated", "negated": "affirmed", "hypothetical": "hypothetical"}
_SUBJECTS = frozenset({"je", "j'", "tu", "t'", "il", "elle", "on", "nous", "vous", "ils", "elles", "c'", "ça"})
_CONDITIONAL = re.compile(r".{2,}r(?:ais|ait|ions|iez|aient)")
_CLOSE = 4
_NEGATED_PLUS_BEFORE = 4


@dataclass(frozen=True, slots=True)
class Judgement:
    """The polarity of one match and the tokens that decided it, as token ranges."""

    polarity: Polarity
    cues: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class _Cue:
    start: int
    end: int
    kind: str


@dataclass(frozen=True, slots=True)
class _Cues:
    clause: frozenset[tuple[str, ...]]
    phrase: frozenset[tuple[str, ...]]
    negative_verbs: frozenset[str]
    no_negation: frozenset[tuple[str, ...]]
    raising: frozenset[str]
    hypothetical_verbs: frozenset[str]
    wishes: frozenset[str]
    conjunctions: frozenset[tuple[str, ...]]
    hypothetical_phrases: frozenset[tuple[str, ...]]
    no_hypothesis: frozenset[tuple[str, ...]]
    breaks: frozenset[str]


@cache
def _cues() -> _Cues:
    text = resources.files("ptce_qual.coding").joinpath("data", "cues.yaml").read_text(encoding="utf-8")
    data = yaml.safe_load(text)

    def rows(entries: list[str]) -> frozenset[tuple[str, ...]]:
        return frozenset(tuple(entry.split()) for entry in entries)

    negation, hypothesis = data["negation"], data["hypothesis"]
    return _Cues(
        clause=rows(negation["clause"]),
        phrase=rows(negation["phrase"]),
        negative_verbs=frozenset(negation["verbs"]),
        no_negation=rows(data["no_negation"]),
        raising=frozenset(data["raising"]),
        hypothetical_verbs=frozenset(hypothesis["verbs"]),
        wishes=frozenset(hypothesis["wishes"]),
        conjunctions=rows(hypothesis["conjunctions"]),
        hypothetical_phrases=rows(hypothesis["phrases"]),
        no_hypothesis=rows(data["no_hypothesis"]),
        breaks=frozenset(data["breaks"]),
    )


class SentencePolarity:
    """The cues of one sentence, found once, and what each of them bears on.

    Args:
        doc: a parsed Doc.
        start: the first token of the sentence.
        end: the token after its last.
    """

    def __init__(self, doc: Doc, start: int, end: int) -> None:
        self._doc = doc
        self._start = start
        self._end = end
        self._forms = [doc[index].norm_ for index in range(start, end)]
        self._negations = list(self._find_negations())
        self._hypotheses = list(self._find_hypotheses())

    def judge(self, match: tuple[tuple[int, int], ...], own: Polarity) -> Judgement:
        """Return the polarity of a match by a rule whose own polarity is `own`."""
        inside = {index for first, last in match for index in range(first, last)}
        hypotheses = [cue for cue in self._hypotheses if self._applies(cue, match, inside)]
        if hypotheses or own == "hypothetical":
            return Judgement("hypothetical", tuple((cue.start, cue.end) for cue in hypotheses))
        negations = [cue for cue in self._negations if self._applies(cue, match, inside)]
        turns = len({"phrase" if cue.kind == "phrase" else "clause" for cue in negations})
        polarity = _OPPOSITE[own] if turns % 2 else own
        return Judgement(polarity, tuple((cue.start, cue.end) for cue in negations))

    def _find_negations(self) -> Iterator[_Cue]:
        cues = _cues()
        silent = self._covered(cues.no_negation)
        for start, end in self._rows(cues.clause):
            if start not in silent and not self._is_noun_person(start) and not self._is_only(end):
                yield _Cue(start, end, "clause")
        for start, end in self._rows(cues.phrase):
            if start not in silent:
                yield _Cue(start, end, "phrase")
        for index in range(self._start, self._end):
            token = self._doc[index]
            if token.norm_ == "plus" and index not in silent and self._is_negative_plus(index):
                yield _Cue(index, index + 1, "clause")
            elif token.lemma_ in cues.negative_verbs and index not in silent:
                yield _Cue(index, index + 1, "verb")

    def _find_hypotheses(self) -> Iterator[_Cue]:
        cues = _cues()
        silent = self._covered(cues.no_hypothesis)
        for start, end in chain(self._rows(cues.conjunctions), self._rows(cues.hypothetical_phrases)):
            if start not in silent and not self._is_other_si(start):
                yield _Cue(start, end, "opening")
        for index in range(self._start, self._end):
            token = self._doc[index]
            if index in silent:
                continue
            if _is_conditional(token):
                yield _Cue(index, index + 1, "mood")
            elif (token.lemma_ in cues.hypothetical_verbs and token.pos_ in ("VERB", "AUX", "ADJ")) or (
                token.lemma_ in cues.wishes and self._is_wish(token)
            ):
                yield _Cue(index, index + 1, "governing")

    def _rows(self, wanted: frozenset[tuple[str, ...]]) -> Iterator[tuple[int, int]]:
        """Yield the token ranges whose forms, or lemma at the first, are one of `wanted`; the longest at each place."""
        for offset in range(len(self._forms)):
            lemma = self._doc[self._start + offset].lemma_
            for length in (4, 3, 2, 1):
                row = tuple(self._forms[offset : offset + length])
                if len(row) == length and (row in wanted or (lemma, *row[1:]) in wanted):
                    yield self._start + offset, self._start + offset + length
                    break

    def _covered(self, rows: frozenset[tuple[str, ...]]) -> set[int]:
        return {index for start, end in self._rows(rows) for index in range(start, end)}

    def _is_only(self, index: int) -> bool:
        """Tell « y a pas que la mairie » (others too) from « je crois pas que la mairie… »."""
        following = self._doc[index] if index < self._end else None
        return following is not None and following.norm_ in ("que", "qu'") and following.dep_ != "mark"

    def _is_noun_person(self, index: int) -> bool:
        token = self._doc[index]
        if token.norm_ != "personne":
            return False
        return any(child.pos_ in ("DET", "NUM") for child in token.children)

    def _is_negative_plus(self, index: int) -> bool:
        """Tell « on a plus d'argent » as « no more »: with « ne », after « y a », or before another negative word."""
        local = index - self._start
        before = self._forms[max(0, local - _NEGATED_PLUS_BEFORE) : local]
        after = self._forms[local + 1 : local + 2]
        if after and after[0] in ("ou", "que", "qu'", "tard", "en", "loin"):
            return False
        if (
            "ne" in before
            or "n'" in before
            or (after and after[0] in ("rien", "personne", "aucun", "aucune", "jamais"))
        ):
            return True
        if local and self._doc[index - 1].pos_ in ("VERB", "AUX") and (not after or self._doc[index + 1].is_punct):
            return True
        return before[-2:] in (["y", "a"], ["y", "avait"], ["y'", "a"])

    def _is_other_si(self, index: int) -> bool:
        token = self._doc[index]
        if token.norm_ == "s'":
            return index + 1 >= self._end or self._doc[index + 1].norm_ not in ("il", "ils")
        if token.norm_ != "si":
            return False
        following = self._doc[index + 1] if index + 1 < self._end else None
        return following is None or (
            following.pos_ in ("ADJ", "ADV", "PUNCT") and following.norm_ not in ("y", "jamais", "demain")
        )

    def _is_wish(self, token: Token) -> bool:
        """Tell « on veut qu'ils viennent » from « je veux bien » and « il me l'a demandé »."""
        tenses = token.morph.get("Tense", [])
        present = not tenses or "Pres" in tenses or "Imp" in tenses
        return present and any(child.dep_ in ("xcomp", "ccomp", "obj") for child in token.children)

    def _applies(self, cue: _Cue, match: tuple[tuple[int, int], ...], inside: set[int]) -> bool:
        if not inside.isdisjoint(range(cue.start, cue.end)):
            return False
        first, last = match[0][0], match[-1][1]
        if self._broken(cue, first, last):
            return False
        if cue.kind == "opening":
            return cue.start < last
        if cue.end <= first and self._words(cue.end, first) <= (_CLOSE if cue.kind == "phrase" else _CLOSE - 1):
            return True
        return any(self._governs(cue, index) for index in sorted(inside))

    def _broken(self, cue: _Cue, first: int, last: int) -> bool:
        low, high = (cue.end, first) if cue.end <= first else (last, cue.start)
        between = [self._doc[index].norm_ for index in range(low, high)]
        new_clause = any(a == "," and b in _SUBJECTS for a, b in pairwise(between))
        return any(word in _cues().breaks for word in between) or (new_clause and cue.kind != "opening")

    def _words(self, start: int, end: int) -> int:
        return sum(not self._doc[index].is_punct for index in range(start, end))

    def _governs(self, cue: _Cue, index: int) -> bool:
        token = self._doc[index]
        head = self._doc[cue.start]
        if cue.kind == "phrase":
            return head.head in (token, *token.ancestors) and head.dep_ in ("case", "mark") and head.i < index
        clause = _clause(head)
        if cue.kind in ("governing", "verb", "mood"):
            return head in token.ancestors or clause == _clause(token) or _is_governed(_clause(token), clause)
        if _clause(token) == clause:
            return True
        if (
            _clause(token).dep_ == "acl:relcl"
            and clause in _clause(token).ancestors
            and head.dep_ in ("nsubj", "obj", "det", "ROOT")
        ):
            return _clause(token).head in (head, head.head)
        return _is_governed(_clause(token), clause) and (clause.lemma_ in _cues().raising)


def _is_conditional(token: Token) -> bool:
    """Tell a conditional by the tagger, or by its ending where the verb's own stem does not end in « r »."""
    if "Cnd" in token.morph.get("Mood", []):
        return True
    ending = _CONDITIONAL.fullmatch(token.norm_) is not None and token.pos_ in ("VERB", "AUX")
    return ending and not token.lemma_.endswith(("rer", "rir", "rire", "rre"))


def _clause(token: Token) -> Token:
    """Return the head of the clause that a token stands in."""
    for _ in range(len(token.doc)):
        verbal_conjunct = token.dep_ == "conj" and token.pos_ in ("VERB", "AUX")
        if token.dep_ in _CLAUSES or verbal_conjunct or token.head == token:
            return token
        token = token.head
    return token


def _is_governed(clause: Token, by: Token) -> bool:
    """Tell whether `clause` is what `by` says, wants or thinks, at any depth of such clauses."""
    for _ in range(len(clause.doc)):
        if clause == by:
            return True
        if clause.dep_ not in _GOVERNED:
            return False
        clause = _clause(clause.head)
    return False
