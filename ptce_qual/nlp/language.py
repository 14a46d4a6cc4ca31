"""The language class of the shipped pipeline: French as it is transcribed from speech.

It is not `spacy.lang.fr`, whose import alone compiles one regular expression of tens of thousands of hyphenated
compounds and costs seconds in every process; nothing here may import from there.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from spacy.attrs import LIKE_NUM, NORM
from spacy.lang.lex_attrs import LEX_ATTRS
from spacy.language import BaseDefaults, Language
from spacy.tokenizer import Tokenizer
from spacy.util import registry

from ptce_qual.nlp.tokenizer import APOSTROPHES, make_tokenizer
from ptce_qual.nlp.word_lists import read_words

CODE = "fr_speech"
_STRAIGHT = str.maketrans(dict.fromkeys(APOSTROPHES, "'"))
_NUMBER = re.compile(r"[+-]?\d+(?:[.,  ]\d+)*(?:/\d+)?(?:e|è|er|re|ème|ième|nd|nde)?")
_NUMERALS = frozenset(read_words("numerals.txt"))


def _norm(word: str) -> str:
    return word.lower().translate(_STRAIGHT)


def _like_num(word: str) -> bool:
    return bool(_NUMBER.fullmatch(word)) or all(part in _NUMERALS for part in word.lower().split("-"))


class SpeechDefaults(BaseDefaults):
    """What spaCy asks of a language; the tokenizer's rules stand in `tokenizer.py`."""

    lex_attr_getters: dict[int, Callable[[str], Any]] = {**LEX_ATTRS, NORM: _norm, LIKE_NUM: _like_num}  # noqa: RUF012 (as in spaCy)
    stop_words: set[str] = set(read_words("stop_words.txt"))  # noqa: RUF012


class SpokenFrench(Language):
    """spaCy's `Language` for transcripts in French."""

    lang = CODE
    Defaults = SpeechDefaults


@registry.tokenizers("ptce_qual.SpeechTokenizer.v1")
def create_tokenizer() -> Callable[[Language], Tokenizer]:
    """Return the function with which a pipeline's config makes its tokenizer."""
    return lambda nlp: make_tokenizer(nlp.vocab)
