"""The order of words in French: accents and capitals count only where nothing else differs."""

from __future__ import annotations

from collections.abc import Sequence

from ptce_qual.folding import fold

Key = tuple[tuple[str, ...], tuple[str, ...]]


def word_key(words: Sequence[str]) -> Key:
    """Return a key that orders rows of words: word by word without accents, then with them; no words come first."""
    return tuple(_bare(word) for word in words), tuple(word.lower() for word in words)


def _bare(word: str) -> str:
    """Return the letters and digits of a word: « -t-il » stands at t."""
    return "".join(char for char in fold(word) if char.isalnum())
