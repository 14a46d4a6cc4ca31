"""Words of rules that a pipeline can't meet: none of its tokens is such a word, or its lexicon knows none."""

from __future__ import annotations

import difflib
from bisect import bisect_left
from collections.abc import Iterator

from spacy.language import Language

from ptce_qual.codebook.check import LoadedCodebook
from ptce_qual.codebook.expression import AnyOf, Node, Word, parse_expression
from ptce_qual.codebook.expression import Sequence as Row
from ptce_qual.folding import fold
from ptce_qual.model import Problem
from ptce_qual.nlp.lexicon import Lexicon
from ptce_qual.translation import _

_LEAST_TO_JUDGE = 4  # letters; shorter words are acronyms and marks as often as words
_CLOSE = 0.85


def word_problems(loaded: LoadedCodebook, nlp: Language) -> Iterator[Problem]:
    """Yield a warning for each word that no token can be, and a notice for each that the lexicon doesn't know.

    A lexicon does not know names and new words: a notice asks to look for a slip of the keyboard, no more.
    """
    known = _Known(nlp)
    told: set[str] = set()
    for path, text in (*loaded.expressions(), *loaded.words_of_points()):
        line = loaded.source.line_of(path)
        for word in _words(parse_expression(text)):
            if word.text in told:
                continue
            pieces = [token.text for token in nlp.make_doc(word.text.replace("*", "x"))]
            if len(pieces) > 1:
                told.add(word.text)
                message = _(
                    "« {word} » can never match: it is {pieces} in a text", word=word.text, pieces=" + ".join(pieces)
                )
                yield Problem(
                    "warning",
                    loaded.file,
                    line,
                    message,
                    _("Write it in pieces: « {pieces} ».", pieces=" ".join(pieces)),
                )
            elif not word.exact and not known.has(word.text):
                told.add(word.text)
                message = _("the lexicon does not know the word « {word} »", word=word.text)
                yield Problem("notice", loaded.file, line, message, known.remedy(word.text))


def _words(node: Node) -> Iterator[Word]:
    match node:
        case Word():
            yield node
        case AnyOf(options):
            for option in options:
                yield from _words(option)
        case Row(parts):
            for part in parts:
                yield from _words(part)


class _Known:
    """The forms and lemmas of a pipeline's lexicon, without accents; of a pipeline without one, every word is known."""

    def __init__(self, nlp: Language) -> None:
        self._lexicon = Lexicon.from_lookups(nlp.vocab.lookups)
        self._words = {fold(word) for word in self._lexicon.words()}
        self._sorted = sorted(self._words)

    def has(self, word: str) -> bool:
        folded = fold(word)
        letters = folded.replace("*", "")
        if not self._words or len(letters) < _LEAST_TO_JUDGE or not letters.replace("-", "").isalpha():
            return True
        if "*" not in folded:
            parts = folded.split("-")
            return folded in self._words or all(part in self._words for part in parts) or self._by_rule(word)
        start = folded.split("*")[0]
        place = bisect_left(self._sorted, start)
        return not start or (place < len(self._sorted) and self._sorted[place].startswith(start))

    def remedy(self, word: str) -> str:
        folded = fold(word)
        alike = self._sorted[bisect_left(self._sorted, folded[:2]) : bisect_left(self._sorted, folded[:2] + "\uffff")]
        judged = "*" not in word and word.islower()  # acronyms and names look like many a word
        close = difflib.get_close_matches(folded, alike, 1, _CLOSE) if judged else []
        return _("Did you mean « {name} »?", name=close[0]) if close else _("Check its spelling.")

    def _by_rule(self, word: str) -> bool:
        return bool(self._lexicon.analyses(self._lexicon.standard(word)))
