"""The word lists of this room, from its data files, and the folding by which labels are compared."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from functools import lru_cache
from importlib.resources import files
from typing import Any

_INCLUSIVE = re.compile(r"(?<=\w{4})[·•.\-](?:e|se|ice|rice|trice|euse)(s?)\b")
_DIRECTION = re.compile(r"\([^()\d]*\)")
_PUNCTUATION = " \t\u00a0\u202f*_:.,;–—-"


def load_words(name: str) -> dict[str, Any]:
    """Return a data file of this room."""
    return tomllib.loads(files("ptce_qual.readers").joinpath("data", name).read_text(encoding="utf-8"))


@lru_cache(maxsize=10_000)
def fold(label: str) -> str:
    """Return a label as it is compared: no case, accents, stage directions, inclusive endings or outer punctuation."""
    decomposed = unicodedata.normalize("NFKD", label.casefold().replace("’", "'").replace("œ", "oe"))
    plain = "".join(character for character in decomposed if not unicodedata.combining(character))
    plain = _INCLUSIVE.sub(r"\1", _DIRECTION.sub("", plain))
    return " ".join(plain.split()).strip(_PUNCTUATION)


def _words(key: str) -> frozenset[str]:
    return frozenset(_LABELS[key])


_LABELS = load_words("labels.toml")
NEVER = _words("never")
OPENERS = _words("openers")
COVER = _words("cover")
NOTES = _words("notes")
TABLE_HEADERS = _words("table_headers")
