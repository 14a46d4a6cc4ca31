"""Letters of figures: how wide text is, how it is broken into lines, and what of it can be shown."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from matplotlib import get_data_path
from matplotlib.ft2font import FT2Font

FONT = "DejaVu Sans"
SIZE = 8.0
"""Of letters, in points."""
LINE = 1.25
"""From a line of text to the next, in sizes of its letters."""

_NARROWER = 0.05
_FILES = {False: "DejaVuSans.ttf", True: "DejaVuSans-Bold.ttf"}
_MEASURED_AT = 100.0
_NOT_SHOWN = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff]+")
_GLUED = re.compile("(?<=«) | (?=[»:;?!])")  # no line of French begins or ends so
_LONE = re.compile("[\ud800-\udfff]")


def shown(text: str) -> str:
    """Return a text that every format can hold, on one line: no control characters, no halves of characters."""
    return _LONE.sub("\ufffd", _NOT_SHOWN.sub(" ", text))


@lru_cache(maxsize=20_000)
def text_width(text: str, size: float = SIZE, *, bold: bool = False) -> float:
    """Return how wide a line of text is, in points."""
    return sum(_advance(letter, bold) for letter in shown(text)) * size


def wrapped(text: str, width: float, *, size: float = SIZE, most: int = 0, bold: bool = False) -> tuple[str, ...]:
    """Break a text into lines no wider than `width`, and about as long as each other; words that are wider are broken.

    Args:
        most: the most lines, the last one ends in « … » where there would be more; any number for 0.
    """
    lines = _filled(text, width, size, bold=bold)
    if most and len(lines) > most:
        return (*lines[: most - 1], _cut(" ".join(lines[most - 1 :]), width, size, bold=bold))
    for narrower in (_NARROWER * width * step for step in range(1, round(1 / _NARROWER))):
        if len(even := _filled(text, narrower, size, bold=bold)) == len(lines) and _whole_words(even, text):
            return even
    return lines


def _whole_words(lines: tuple[str, ...], text: str) -> bool:
    return " ".join(lines).split() == shown(text).split()


def _filled(text: str, width: float, size: float, *, bold: bool) -> tuple[str, ...]:
    lines: list[str] = []
    for word in _GLUED.sub("\u00a0", shown(text)).split(" "):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and text_width(longer, size, bold=bold) <= width:
            lines[-1] = longer
        else:
            lines += _broken(word, width, size, bold=bold)
    return tuple(line for line in lines if line) or ("",)


def _broken(word: str, width: float, size: float, *, bold: bool) -> list[str]:
    if text_width(word, size, bold=bold) <= width:
        return [word]
    pieces = [""]
    for letter in word:
        if pieces[-1] and text_width(pieces[-1] + letter, size, bold=bold) > width:
            pieces.append("")
        pieces[-1] += letter
    return pieces


def _cut(text: str, width: float, size: float, *, bold: bool) -> str:
    while text and text_width(f"{text}…", size, bold=bold) > width:
        text = text[:-1]
    return f"{text.rstrip()}…"


@cache
def _font(bold: bool) -> FT2Font:
    font = FT2Font(f"{get_data_path()}/fonts/ttf/{_FILES[bold]}")
    font.set_size(_MEASURED_AT, 72)
    return font


@cache
def _known(bold: bool) -> frozenset[int]:
    return frozenset(_font(bold).get_charmap())


@cache
def _advance(letter: str, bold: bool) -> float:
    """Return how wide a letter is, in sizes; one that the font has not is shown by another, and taken for wide."""
    if ord(letter) not in _known(bold):
        return 1.0
    return float(_font(bold).load_char(ord(letter)).linearHoriAdvance) / 65536 / _MEASURED_AT
