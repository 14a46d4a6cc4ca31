"""Colours of codes that stand out on light and on dark paper (WCAG 2.2, 1.4.11: a contrast of 3 to 1)."""

from __future__ import annotations

import colorsys
import re
from collections.abc import Mapping

from ptce_qual.codebook.model import Code, Codebook

PAPER = {"light": "#ffffff", "dark": "#15181d"}
_STEPS = 40
_ENOUGH = 3.2
_BRANCHES = ("#4477AA", "#228833", "#AA3377", "#CCBB44", "#EE6677", "#66CCEE", "#777777")
_HEX = re.compile(r"#[0-9a-fA-F]{6}")


def code_colours(codebook: Codebook) -> dict[str, tuple[str, str]]:
    """Return for each code its colour on light and on dark paper: its own, else that of its branch."""
    branches = [code.id for code in codebook.codes if code.parent is None]
    given = {one: _BRANCHES[place % len(_BRANCHES)] for place, one in enumerate(branches)}
    found = {}
    for code in codebook.codes:
        colour = code.colour or given.get(_branch(code, codebook.by_id), _BRANCHES[-1])
        found[code.id] = (legible(colour, PAPER["light"]), legible(colour, PAPER["dark"]))
    return found


def legible(colour: str, paper: str, enough: float = _ENOUGH) -> str:
    """Return a colour, made darker or lighter until it stands out on a paper.

    Args:
        enough: the least contrast.
    """
    if not _HEX.fullmatch(colour):
        raise ValueError(f"not a colour: {colour}")
    towards = 0.0 if luminance(paper) > 0.5 else 1.0
    hue, light, strength = colorsys.rgb_to_hls(*_rgb(colour))
    for step in range(_STEPS + 1):
        shade = light + (towards - light) * step / _STEPS
        told = _hex(*colorsys.hls_to_rgb(hue, shade, strength))
        if contrast(told, paper) >= enough:
            return told
    raise AssertionError("black on light paper and white on dark always suffice")


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, 1 to 21 (WCAG 2.2, « contrast ratio »)."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def luminance(colour: str) -> float:
    """Return the relative luminance of a colour, 0 to 1 (WCAG 2.2)."""
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in _rgb(colour)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _branch(code: Code, codes: Mapping[str, Code]) -> str:
    above = code
    while above.parent is not None and above.parent in codes:
        above = codes[above.parent]
    return above.id


def _rgb(colour: str) -> tuple[float, float, float]:
    red, green, blue = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    return red, green, blue


def _hex(red: float, green: float, blue: float) -> str:
    return "#" + "".join(f"{round(255 * part):02x}" for part in (red, green, blue))
