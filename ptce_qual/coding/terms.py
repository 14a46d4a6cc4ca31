"""The words of all rules as numbered terms, and which of them a token is.

A term is a word of a rule, with or without wildcards and part of speech. What a token matches is computed once for
each (form, lemma, part of speech) and then looked up, so that the cost a token does not grow with the codebook.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence

from spacy.attrs import LEMMA, ORTH, POS
from spacy.tokens import Doc, Token

from ptce_qual.codebook.expression import Word, folded
from ptce_qual.folding import fold
from ptce_qual.nlp.alike import alike
from ptce_qual.nlp.words import is_word

Terms = tuple[int, ...]
_Known = tuple[Terms, bool, str]
_MOST_KNOWN = 500_000
_PARTICIPLE = re.compile(r"(.{2,})ée?s?")  # « des locaux prêtés »: an adjective to the parser, and a verb's to a reader


class TermIndex:
    """Terms of rules by their folded words."""

    def __init__(self) -> None:
        self._numbers: dict[Word, int] = {}
        self._exact: dict[str, list[tuple[int, str]]] = defaultdict(list)
        self._literal: dict[str, list[tuple[int, str]]] = defaultdict(list)
        self._prefixes: dict[int, dict[str, list[tuple[int, str]]]] = {}
        self._suffixes: dict[int, dict[str, list[tuple[int, str]]]] = {}
        self._parts: dict[str, list[tuple[int, str]]] = defaultdict(list)
        self._patterns: list[tuple[re.Pattern[str], int, str]] = []
        self._matched: dict[str, Sequence[tuple[int, str]]] = {}
        self._known: dict[int, _Known] = {}

    def add(self, word: Word) -> int:
        """Return the number of a rule's word, a new one if it is new."""
        term = folded(word)
        number = self._numbers.get(term)
        if number is None:
            number = self._numbers[term] = len(self._numbers)
            if word.exact:
                self._exact[word.text].append((number, word.pos))
            else:
                self._file(term.text, number, word.pos)
            self._known.clear()
            self._matched.clear()
        return number

    def among(self, words: Iterable[str]) -> frozenset[int]:
        """Return the terms that are one of some words, with whatever part of speech."""
        folded = {fold(word) for word in words}
        return frozenset(number for term, number in self._numbers.items() if fold(term.text) in folded)

    def _file(self, folded: str, number: int, pos: str) -> None:
        match folded.split("*"):
            case [whole]:
                self._literal[whole].append((number, pos))
            case [start, ""]:
                self._prefixes.setdefault(len(start), defaultdict(list))[start].append((number, pos))
            case ["", end]:
                self._suffixes.setdefault(len(end), defaultdict(list))[end].append((number, pos))
            case ["", part, ""]:
                self._parts[part].append((number, pos))
            case parts:
                self._patterns.append((re.compile(".*".join(map(re.escape, parts))), number, pos))

    def of_doc(self, doc: Doc) -> tuple[list[Terms], list[bool], list[str]]:
        """Return the terms of each token of `doc`, whether it is a word, and its text."""
        if len(self._known) > _MOST_KNOWN:
            self._known.clear()
            self._matched.clear()
        keys = alike(doc, (ORTH, LEMMA, POS))
        new = set(keys).difference(self._known)
        for index, key in enumerate(keys) if new else ():
            if key in new:
                new.remove(key)
                self._known[key] = self._look_up(doc[index])
        found = list(map(self._known.__getitem__, keys))
        return [one[0] for one in found], [one[1] for one in found], [one[2] for one in found]

    def _look_up(self, token: Token) -> _Known:
        text, pos = token.text, token.pos_
        words = {fold(text), fold(token.lemma_)}
        participle = _PARTICIPLE.fullmatch(text.lower()) if pos == "ADJ" else None
        if participle:
            words.add(fold(participle[1]) + "er")
        found = [*self._exact.get(text, ()), *(item for word in words for item in self._matching(word))]
        return tuple(sorted({number for number, wanted in found if wanted in ("", pos)})), is_word(text), text

    def _matching(self, word: str) -> Sequence[tuple[int, str]]:
        """Return the terms that a folded word matches, with the part of speech that each asks for."""
        matched = self._matched.get(word)
        if matched is None:
            found = list(self._literal.get(word, ()))
            for length, prefixes in self._prefixes.items():
                found += prefixes.get(word[:length], ())
            for length, suffixes in self._suffixes.items():
                found += suffixes.get(word[-length:], ())
            for part, of_part in self._parts.items():
                if part in word:
                    found += of_part
            found += [(number, pos) for pattern, number, pos in self._patterns if pattern.fullmatch(word)]
            matched = self._matched[word] = found
        return matched
