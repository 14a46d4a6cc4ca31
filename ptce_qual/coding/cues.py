"""The cues of negation and of hypothesis that stand in a sentence, by the lists of `data/cues.yaml`."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Literal

import yaml
from spacy.attrs import LEMMA, MORPH, NORM, ORTH, POS
from spacy.tokens import Doc, Token

from ptce_qual.nlp.alike import alike
from ptce_qual.nlp.words import is_word

Kind = Literal["clause", "phrase", "verb", "opening", "adverb", "governing", "mood"]
NEGATIONS = frozenset({"clause", "phrase", "verb"})

# « s' » is left: it is « si » or « se »
_FULL = {"c'": "ce", "d'": "de", "j'": "je", "l'": "le", "m'": "me", "n'": "ne", "qu'": "que", "t'": "te"}
_CONDITIONAL = re.compile(r".{2,}r(?:ais|ait|ions|iez|aient)")
_ANY = "…"
_LONGEST_ANY = 3
_NE_BEFORE = 4
_COMPARISON_AFTER = 8
_VERBAL = frozenset({"VERB", "AUX"})


@dataclass(frozen=True, slots=True)
class Cue:
    """A range of tokens and how it works: what it bears on depends on its kind."""

    start: int
    end: int
    kind: Kind


@dataclass(frozen=True, slots=True)
class _Row:
    words: tuple[str, ...]
    list_name: str


@dataclass(frozen=True, slots=True)
class CueLists:
    """The data file, its rows of words by their first word."""

    rows: dict[str, tuple[_Row, ...]]
    plus: dict[str, frozenset[str]]
    raising: frozenset[str]
    breaks: frozenset[str]


@cache
def cue_lists() -> CueLists:
    """Return the lists of the data file."""
    text = resources.files("ptce_qual.coding").joinpath("data", "cues.yaml").read_text(encoding="utf-8")
    data = yaml.safe_load(text)
    lists = data["negation"] | data["hypothesis"] | {name: data[name] for name in ("no_negation", "no_hypothesis")}
    rows: dict[str, list[_Row]] = defaultdict(list)
    for name, entries in lists.items():
        for entry in entries:
            words = tuple(entry.split())
            rows[words[0]].append(_Row(words, name))
    return CueLists(
        rows={first: tuple(found) for first, found in rows.items()},
        plus={place: frozenset(words) for place, words in data["plus"].items()},
        raising=frozenset(data["raising"]),
        breaks=frozenset(data["breaks"]),
    )


@dataclass(frozen=True, slots=True)
class _Word:
    """What the lists need to know of a token, the same for all of one form, lemma and analysis.

    Args:
        form: in small letters, with a straight apostrophe.
        names: all that a row may call it.
        rows: those that may begin with it.
    """

    form: str
    pos: str
    names: frozenset[str]
    rows: tuple[_Row, ...]
    is_word: bool
    is_conditional: bool


_known: dict[int, _Word] = {}
_MOST_KNOWN = 100_000


class DocCues:
    """A Doc in whose sentences cues are looked for."""

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self._alike = alike(doc, (ORTH, NORM, LEMMA, POS, MORPH))

    def between(self, start: int, end: int) -> list[Cue]:
        """Return the cues of a sentence, told by its first token and the one after its last, in the text's order."""
        words = [(index, self._word(index, key)) for index, key in enumerate(self._alike[start:end], start)]
        return _Finder(self.doc, [(index, word) for index, word in words if word.is_word]).cues()

    def _word(self, index: int, key: int) -> _Word:
        """Return what the lists need to know of a token, worked out once for all tokens alike."""
        word = _known.get(key)
        if word is None:
            if len(_known) > _MOST_KNOWN:
                _known.clear()
            token = self.doc[index]
            names = _names(token)
            rows = tuple(row for name in sorted(names) for row in cue_lists().rows.get(name, ()))
            word = _Word(token.norm_, token.pos_, names, rows, is_word(token.text), _is_conditional(token))
            _known[key] = word
        return word


class _Finder:
    """The words of a sentence, without punctuation and hesitations, each by all that a row may call it."""

    def __init__(self, doc: Doc, seen: list[tuple[int, _Word]]) -> None:
        self.doc = doc
        self.indices = [index for index, _word in seen]
        self.words = [word for _index, word in seen]
        self.found: dict[str, dict[int, int]] = defaultdict(dict)
        for place, word in enumerate(self.words):
            for row in word.rows:
                last = self._end_of(row.words[1:], place + 1)
                if last is not None:
                    self.found[row.list_name][place] = max(last, self.found[row.list_name].get(place, 0))

    def cues(self) -> list[Cue]:
        negations = list(self._negations())
        denied = {self.doc[cue.start].head.i for cue in negations if cue.kind == "clause"}
        return sorted((*negations, *self._hypotheses(denied)), key=lambda cue: (cue.start, cue.end))

    def _token(self, place: int) -> Token:
        return self.doc[self.indices[place]]

    def _token_at(self, place: int) -> Token | None:
        """Return the token of a word, None beyond the last."""
        return self._token(place) if place < len(self.indices) else None

    def _end_of(self, words: tuple[str, ...], place: int) -> int | None:
        """Return the place after the row of words that begins at `place`, if it stands there."""
        for number, word in enumerate(words):
            if word == _ANY:
                ends = (self._end_of(words[number + 1 :], place + skipped) for skipped in range(_LONGEST_ANY + 1))
                return next((found for found in ends if found is not None), None)
            if place >= len(self.words) or word not in self.words[place].names:
                return None
            place += 1
        return place

    def _cue(self, place: int, last: int, kind: Kind) -> Cue:
        return Cue(self.indices[place], self.indices[last - 1] + 1, kind)

    def _silent(self, list_name: str) -> set[int]:
        return {place for first, last in self.found[list_name].items() for place in range(first, last)}

    def _negations(self) -> Iterator[Cue]:
        silent = self._silent("no_negation")
        for place, last in self.found["clause"].items():
            if place not in silent and not self._is_noun(place, last) and not self._is_only(last):
                yield self._cue(place, last, "clause")
        for place, last in self.found["phrase"].items():
            if place not in silent:
                yield self._cue(place, last, "phrase")
        for place, last in self.found["refusals"].items():
            if place not in silent and place not in self.found["phrase"] and self.words[place].pos in _VERBAL:
                yield self._cue(place, last, "verb")
        for place, word in enumerate(self.words):
            if word.form == "plus" and place not in silent and self._is_negative_plus(place):
                yield self._cue(place, place + 1, "clause")

    def _hypotheses(self, denied: set[int]) -> Iterator[Cue]:
        silent = self._silent("no_hypothesis")
        for place, last in self.found["openings"].items():
            if place not in silent and not self._is_other_si(place, last):
                yield self._cue(place, last, "opening")
        for place, last in self.found["adverbs"].items():
            if place not in silent:
                yield self._cue(place, last, "adverb")
        for place, word in enumerate(self.words):
            if place in silent:
                continue
            if word.is_conditional:
                yield self._cue(place, place + 1, "mood")
            elif (place in self.found["verbs"] and word.pos in ("VERB", "AUX", "ADJ")) or (
                place in self.found["wishes"] and self.indices[place] not in denied and _is_wish(self._token(place))
            ):
                yield self._cue(place, place + 1, "governing")

    def _is_noun(self, place: int, last: int) -> bool:
        """Tell « une personne », « un pas » from the words of negation."""
        token = self._token(place)
        return (
            last == place + 1 and token.pos_ == "NOUN" and any(child.pos_ in ("DET", "NUM") for child in token.children)
        )

    def _is_only(self, last: int) -> bool:
        """Tell « y a pas que la mairie », « a jamais versé que des miettes » from « je crois pas que la mairie… »."""
        if last < len(self.words) and self.words[last].pos in _VERBAL:
            last += 1
        following = self._token_at(last)
        return following is not None and following.norm_ in ("que", "qu'") and following.dep_ != "mark"

    def _is_negative_plus(self, place: int) -> bool:
        """Tell « ils viennent plus » and « y a plus de bus » from « plus simple » and « plus de bus qu'avant »."""
        lists = cue_lists().plus
        before = [word.names for word in self.words[max(0, place - _NE_BEFORE) : place]]
        after = [word.names for word in self.words[place + 1 : place + 1 + _COMPARISON_AFTER]]
        if after and not lists["compares_before"].isdisjoint(after[0]):
            return False
        if any("ne" in names for names in before):
            return True
        if before and not lists["compares_after"].isdisjoint(before[-1]):
            return False
        following = " ".join(word.form for word in self.words[place + 1 : place + 3])
        if following.startswith(tuple(lists["denies_before"])):
            return True
        return bool(before) and self.words[place - 1].pos in _VERBAL and self._is_no_comparison(place, after)

    def _is_no_comparison(self, place: int, after: list[frozenset[str]]) -> bool:
        """Tell whether « plus » after a verb denies it, by what follows."""
        if not after or self.indices[place + 1] > self.indices[place] + 1:
            return True  # punctuation follows
        verb = self.words[place - 1].names
        if any("que" in names for names in after) or ("être" in verb and "VERB" in after[0]):
            return False
        if "de" in after[0]:
            return "avoir" in verb and not any("NUM" in names for names in after[1:2])
        return not cue_lists().plus["denies_between_verb_and"].isdisjoint(after[0])

    def _is_other_si(self, place: int, last: int) -> bool:
        """Tell « si simple » and « s'arrêter » from « si on avait »."""
        token = self._token(place)
        following = self._token_at(place + 1)
        if token.norm_ == "s'":
            return following is None or following.norm_ not in ("il", "ils")
        if token.norm_ != "si" or last > place + 1:
            return False
        if following is None or following.i > token.i + 1:
            return True
        return following.pos_ in ("ADJ", "ADV") and following.norm_ not in ("y", "demain")


def _names(token: Token) -> frozenset[str]:
    form = token.norm_
    if form.endswith("qu'"):
        form = form[:-1] + "e"
    return frozenset({_FULL.get(form, form), token.lemma_.lower(), token.pos_})


def _is_conditional(token: Token) -> bool:
    """Tell a conditional by the tagger, or by its ending where the verb's own stem does not end in « r »."""
    if "Cnd" in token.morph.get("Mood", []):
        return True
    ending = _CONDITIONAL.fullmatch(token.norm_) is not None and token.pos_ in _VERBAL
    return ending and not token.lemma_.endswith(("rer", "rir", "rire", "rre"))


def _is_wish(token: Token) -> bool:
    """Tell « on a demandé une salle », « ils veulent venir » from « il me l'a demandé », « ils ont voulu venir »."""
    if token.lemma_ != "demander" and "Part" in token.morph.get("VerbForm", []):
        return False
    return any(
        child.dep_ in ("xcomp", "ccomp") or (child.dep_ == "obj" and child.pos_ != "PRON") for child in token.children
    )
