"""The language of what a person reads: English in the source, French from the catalogue in `locale/`.

Every sentence shown to a person goes through `_` (or `_n` where a number decides between singular and plural) at the
moment it is made. Ids, columns, options and files of results stay English. Nothing is read from disk before a language
other than English is chosen.
"""

from __future__ import annotations

import gettext
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

LANGUAGES = ("en", "fr")
DOMAIN = "ptce_qual"
LOCALE = Path(__file__).parent / "locale"

_catalogue = gettext.NullTranslations()
_language = "en"


def use_language(language: str) -> None:
    """Show what follows in this language, one of `LANGUAGES`.

    Raises:
        ValueError: there is no catalogue for it.
    """
    global _catalogue, _language  # noqa: PLW0603  # a process speaks one language; passing it everywhere would say no more
    if language not in LANGUAGES:
        raise ValueError(f"no catalogue for the language « {language} »")
    _language = language
    _catalogue = gettext.NullTranslations() if language == "en" else gettext.translation(DOMAIN, LOCALE, [language])


def language_in_use() -> str:
    """Return the language that sentences are shown in."""
    return _language


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Show what is made meanwhile in this language, one of `LANGUAGES`.

    Raises:
        ValueError: there is no catalogue for it.
    """
    before = _language
    use_language(language)
    try:
        yield
    finally:
        use_language(before)


def _(message: str, /, **values: object) -> str:
    """Return a message in the chosen language, `values` put in place of its `{names}`."""
    told = _catalogue.gettext(message)
    return told.format(**values) if values else told


def _n(one: str, many: str, count: int, /, **values: object) -> str:
    """Return the form of a message for `count`, which stands in it as `{count}`."""
    return _catalogue.ngettext(one, many, count).format(count=count, **values)
