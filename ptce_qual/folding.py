"""How words are compared: no capitals, accents or ligatures, one shape of apostrophe and hyphen."""

from __future__ import annotations

SHAPES = str.maketrans({"’": "'", "ʼ": "'", "‘": "'", "‐": "-", "‑": "-"})
BARE: dict[int, str | int | None] = {}
BARE |= SHAPES
BARE |= str.maketrans("àâäáãçéèêëíîïñóôöõúùûüýÿ", "aaaaaceeeeiiinoooouuuuyy", "\u0300\u0301\u0302\u0308\u0327")
BARE.update({ord("œ"): "oe", ord("æ"): "ae"})


def fold(text: str) -> str:
    """Return `text` in lower case, without the diacritics of French, with ligatures opened and apostrophes alike."""
    return text.lower().translate(BARE)
