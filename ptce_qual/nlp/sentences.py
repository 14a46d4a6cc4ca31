"""Sentences of transcribed speech, by rule.

A sentence ends at strong punctuation, at the end of a paragraph and at the end of a turn. What no punctuation divides
is its paragraph or turn; past `most_words` words it is cut before discourse markers, and such pieces are listed in
`doc.spans["cut_sentences"]`, for they are our units and not the speaker's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import cast

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc, Span
from thinc.types import Ints2d

from ptce_qual.nlp.word_lists import read_words
from ptce_qual.nlp.words import is_word

CUT = "cut_sentences"
TURNS = "turns"
WRAPPED = "wrapped"  # key of `doc.user_data`: line breaks are layout, as in subtitles

_FULL_STOPS = frozenset({".", "?", "!"})
_ELLIPSES = frozenset({"…", "...", "..", "....", "....."})
_STRONG = _FULL_STOPS | _ELLIPSES
_CLOSERS = {"»": "«", ")": "(", "]": "[", "”": "“"}
_OPENERS = frozenset({*_CLOSERS.values(), '"'})
_FEWEST_WORDS = 8
_LINE_BREAK = re.compile(r"\r\n|[\n\r\v\f\x85\u2028\u2029]")


@Language.factory(
    "speech_sentences",
    assigns=["token.is_sent_start", "doc.sents"],
    default_config={"most_words": 60},
)
def make_speech_sentences(nlp: Language, name: str, most_words: int) -> SpeechSentences:
    """Make the component, which belongs before the parser so that no parse crosses a sentence."""
    return SpeechSentences(most_words)


class SpeechSentences:
    """Sets the sentence starts of a Doc; turns are read from `doc.spans["turns"]`.

    Args:
        most_words: the length past which a sentence is cut at a discourse marker, where one stands.
    """

    def __init__(self, most_words: int = 60) -> None:
        self.most_words = most_words
        self._abbreviations = frozenset(read_words("abbreviations.txt"))
        self._markers = frozenset(tuple(entry.split()) for entry in read_words("discourse_markers.txt"))

    def __call__(self, doc: Doc) -> Doc:
        """Set the sentence starts of `doc` and return it."""
        words = [doc.vocab.strings[orth] for orth in doc.to_array("ORTH").tolist()]
        capitalised = _is_capitalised(words)
        starts = np.full(len(doc), -1, dtype=np.int64)
        cut: list[Span] = []
        for begin, end in _paragraphs(doc, words):
            paragraph = _Paragraph(words[begin:end], capitalised, self._abbreviations)
            for first, last in paragraph.sentences():
                starts[begin + first] = 1
                pieces = list(self._pieces(paragraph, first, last))
                if len(pieces) > 1:
                    starts[[begin + piece[0] for piece in pieces]] = 1
                    cut += [doc[begin + piece[0] : begin + piece[1]] for piece in pieces]
        if len(doc):
            starts[0] = 1
            doc.from_array(["SENT_START"], cast("Ints2d", starts.astype(np.uint64).reshape(-1, 1)))
        doc.spans[CUT] = cut
        return doc

    def to_disk(self, path: object, *, exclude: Iterable[str] = ()) -> None:
        """Do nothing: the component has no state beyond its config."""

    def from_disk(self, path: object, *, exclude: Iterable[str] = ()) -> SpeechSentences:
        """Do nothing: the component has no state beyond its config."""
        return self

    def _pieces(self, paragraph: _Paragraph, first: int, last: int) -> Iterator[tuple[int, int]]:
        if last - first <= self.most_words or paragraph.count(first, last) <= self.most_words:
            yield first, last
            return
        fitting = paragraph.fitting(first, last, paragraph.inner_cuts(first, last))
        fitting = fitting or paragraph.fitting(first, last, paragraph.marker_cuts(first, last, self._markers))
        if not fitting:
            yield first, last
            return
        middle = paragraph.count(first, last) / 2
        best = min(fitting, key=lambda cut: abs(paragraph.count(first, cut) - middle))
        yield from self._pieces(paragraph, first, best)
        yield from self._pieces(paragraph, best, last)


def cut_share(doc: Doc) -> float:
    """Return the share of a Doc's words that stand in sentences cut at discourse markers, and not by the speaker."""
    cut = sum(is_word(token.text) for sentence in doc.spans.get(CUT, ()) for token in sentence)
    return cut / max(1, sum(is_word(token.text) for token in doc))


def _is_capitalised(words: Sequence[str]) -> bool:
    """Tell whether the transcriber begins sentences with capitals; if not, « … » and a small letter divide too."""
    followers = [b for a, b in pairwise(words) if a in _FULL_STOPS and b[0].isalpha()]
    return 2 * sum(word[0].isupper() for word in followers) >= len(followers)


def _paragraphs(doc: Doc, words: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield the token ranges that no sentence may cross."""
    bounds = {0, len(words)}
    wrapped = bool(doc.user_data.get(WRAPPED))
    for index, word in enumerate(words):
        if word.isspace() and len(_LINE_BREAK.findall(word)) > wrapped:
            bounds.add(index + 1)
    for turn in doc.spans.get(TURNS, ()):
        bounds.update((turn.start, turn.end))
    ordered = sorted(bounds)
    yield from pairwise(ordered)


@dataclass(frozen=True)
class _Paragraph:
    words: Sequence[str]
    capitalised: bool
    abbreviations: frozenset[str]

    @cached_property
    def _enclosed(self) -> set[int]:
        """The words inside quotes or brackets that close in this paragraph, the closing mark not counted."""
        inside: set[int] = set()
        if _OPENERS.isdisjoint(self.words):
            return inside
        open_marks: list[tuple[str, int]] = []
        for index, word in enumerate(self.words):
            opener = _CLOSERS.get(word)
            if word == '"':
                opener = '"' if any(mark == '"' for mark, _ in open_marks) else None
            if opener and any(mark == opener for mark, _ in open_marks):
                while open_marks[-1][0] != opener:
                    open_marks.pop()
                inside.update(range(open_marks.pop()[1] + 1, index))
            elif word in _OPENERS:
                open_marks.append((word, index))
        return inside

    @cached_property
    def _counts(self) -> list[int]:
        counts = [0]
        for word in self.words:
            counts.append(counts[-1] + any(char.isalnum() for char in word))
        return counts

    def count(self, first: int, last: int) -> int:
        """Count the words from `first` to `last`."""
        return self._counts[last] - self._counts[first]

    def fitting(self, first: int, last: int, cuts: Sequence[int]) -> list[int]:
        """Return the cuts that leave enough words on both sides."""
        return [cut for cut in cuts if min(self.count(first, cut), self.count(cut, last)) >= _FEWEST_WORDS]

    def sentences(self) -> Iterator[tuple[int, int]]:
        """Yield the sentences that punctuation marks."""
        first = 0
        for end in self._ends():
            yield first, end
            first = end
        if first < len(self.words):
            yield first, len(self.words)

    def inner_cuts(self, first: int, last: int) -> list[int]:
        """Return where strong punctuation stands that did not end a sentence, as after « … » or inside quotes."""
        return [
            index + 1
            for index in range(first, last - 1)
            if self.words[index] in _STRONG and self.words[index + 1] not in _STRONG and self._opens(index + 1)
        ]

    def marker_cuts(self, first: int, last: int, markers: frozenset[tuple[str, ...]]) -> list[int]:
        """Return where discourse markers begin; after a comma only, if any of them follows one."""
        found = [index for index in range(first + 1, last) if self._marker_at(index, markers)]
        return [index for index in found if self.words[index - 1] == ","] or found

    def _marker_at(self, index: int, markers: frozenset[tuple[str, ...]]) -> bool:
        following = [word.lower().replace("’", "'") for word in self.words[index : index + 3]]
        if following[1:2] and following[1] in ("que", "qu'") and following[0] != "parce":
            return False
        return any(tuple(following[:length]) in markers for length in (1, 2, 3))

    def _opens(self, index: int) -> bool:
        return self.words[index] not in _CLOSERS and not self.words[index].isspace()

    def _ends(self) -> Iterator[int]:
        index, size = 0, len(self.words)
        while index < size:
            if self.words[index] not in _STRONG:
                index += 1
                continue
            end = index + 1
            while end < size and (self.words[end] in _STRONG or self._closes(end) or self.words[end].isspace()):
                end += 1
            if end < size and self._ends_sentence(index, end):
                yield end
            index = end

    def _closes(self, index: int) -> bool:
        word = self.words[index]
        return word in _CLOSERS or (word == '"' and index - 1 in self._enclosed)

    def _ends_sentence(self, mark: int, following: int) -> bool:
        """Tell whether the strong mark at `mark` ends the sentence, `following` being what comes after its closers."""
        next_word = next((word for word in self.words[following:] if any(map(str.isalnum, word))), "")
        small = next_word[:1].islower()
        if following in self._enclosed or (following - 1 in self._enclosed and mark in self._enclosed):
            return False
        closed = any(not self.words[index].isspace() for index in range(mark + 1, following) if self._closes(index))
        if closed and small:
            return False
        previous = self.words[mark - 1].lower() if mark else ""
        numbered = mark == 1 and previous.isdigit()
        if self.words[mark] == "." and (numbered or (previous in self.abbreviations and small)):
            return False
        return not (small and self.capitalised and self.words[mark] in _ELLIPSES)
