"""Which language to speak: `--lang`, else `PTCE_QUAL_LANG`, else the locale's; English where that is neither."""

from __future__ import annotations

import gettext
from collections.abc import Mapping, MutableMapping, Sequence

from ptce_qual.translation import LANGUAGES, LOCALE, use_language

VARIABLE = "PTCE_QUAL_LANG"
_LOCALE_VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")


def choose_language(arguments: Sequence[str], environment: MutableMapping[str, str]) -> str:
    """Use the language that arguments and environment ask for, and return it."""
    told = _option(arguments) or environment.get(VARIABLE, "")
    language = told if told in LANGUAGES else _of_locale(environment)
    use_language(language)
    environment["LANGUAGE"] = language  # Typer's own words are looked up by gettext's default way
    gettext.bindtextdomain("messages", str(LOCALE))
    return language


def _option(arguments: Sequence[str]) -> str:
    for place, argument in enumerate(arguments):
        if argument == "--":
            break
        if argument == "--lang":
            return next(iter(arguments[place + 1 : place + 2]), "")
        if argument.startswith("--lang="):
            return argument.removeprefix("--lang=")
    return ""


def _of_locale(environment: Mapping[str, str]) -> str:
    name = next((value for key in _LOCALE_VARIABLES if (value := environment.get(key))), "")
    return "fr" if name.lower().startswith("fr") else "en"
