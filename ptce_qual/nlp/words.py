"""What counts as a word, in gaps between words as in coverage."""

from __future__ import annotations

from functools import lru_cache

from ptce_qual.nlp.word_lists import read_words

_HESITATIONS = frozenset(read_words("hesitations.txt"))


@lru_cache(maxsize=100_000)
def is_word(text: str) -> bool:
    """Tell whether a token is a word: no punctuation, white space, hesitation (« euh ») or cut word (« proj- »)."""
    if not any(char.isalnum() for char in text):
        return False
    return text.lower() not in _HESITATIONS and not (len(text) > 1 and text[-1] in "-~")
