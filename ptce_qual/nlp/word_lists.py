"""Word lists kept as data (`data/*.txt`): one entry a line, `#` begins a comment."""

from __future__ import annotations

from importlib import resources


def read_words(name: str) -> list[str]:
    """Return the entries of the list `name`, in the file's order."""
    text = resources.files("ptce_qual.nlp").joinpath("data", name).read_text(encoding="utf-8")
    entries = (line.split("#", 1)[0].strip() for line in text.splitlines())
    return [entry for entry in entries if entry]
