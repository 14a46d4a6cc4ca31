"""Whether a text is French, by its grammatical words: half of what anybody says in French is one of a hundred."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from ptce_qual.model import Problem
from ptce_qual.readers.word_lists import load_words
from ptce_qual.translation import _

_WORD = re.compile(r"[^\W\d_]+")
_LANGUAGES = {code: frozenset(words.split()) for code, words in load_words("languages.toml").items()}
_ENOUGH = 40  # words below which no verdict is honest
_LEAST = 0.3  # share of French grammatical words; 57 interviews had 0.54 to 0.64
_READ = 20_000  # characters that suffice


@dataclass(frozen=True, slots=True)
class LanguageVerdict:
    """The likeliest language (`""` where the text is too short to tell) and the shares of grammatical words."""

    language: str
    share: float
    french: float

    @property
    def is_french(self) -> bool:
        """Whether nothing speaks against French."""
        return self.language in ("", "fr")


def guess_language(text: str) -> LanguageVerdict:
    """Return the language whose grammatical words are most of the text's words."""
    words = Counter(_WORD.findall(text[:_READ].casefold()))
    total = sum(words.values())
    if total < _ENOUGH:
        return LanguageVerdict("", 0.0, 0.0)
    shares = {code: sum(words[word] for word in grammatical) / total for code, grammatical in _LANGUAGES.items()}
    best = max(shares, key=lambda code: (shares[code], code == "fr"))
    if best == "fr" and shares["fr"] < _LEAST:
        best = "?"
    return LanguageVerdict(best, shares.get(best, 0.0), shares["fr"])


def check_language(text: str, file: str = "") -> list[Problem]:
    """Return a warning if the text is suspected not to be French."""
    verdict = guess_language(text)
    if verdict.is_french:
        return []
    if verdict.language == "?":
        message = _(
            "this does not look like French: {french} of its words are French grammatical words",
            french=_percentage(verdict.french),
        )
    else:
        message = _(
            "this does not look like French: {french} of its words are French grammatical words, "
            "{share} are those of « {language} »",
            french=_percentage(verdict.french),
            share=_percentage(verdict.share),
            language=verdict.language,
        )
    remedy = _("French rules find little in other languages: leave the file out.")
    return [Problem("warning", file, None, message, remedy)]


def _percentage(share: float) -> str:
    return _("{number}%", number=f"{100 * share:.0f}")
