"""The codes of a codebook in the order of its tree, as people read them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ptce_qual.codebook.model import Codebook


def codes_in_order(codebook: Codebook, shown: Collection[str]) -> list[tuple[int, str, str]]:
    """Return depth, id and label of the codes shown and of those above them, each before what is below it."""
    above: Mapping[str, str | None] = {code.id: code.parent for code in codebook.codes}
    wanted = set(shown)
    for code_id in shown:
        parent = above.get(code_id)
        while parent is not None and parent not in wanted:
            wanted.add(parent)
            parent = above.get(parent)
    ordered: list[tuple[int, str, str]] = []

    def add(parent: str | None, depth: int) -> None:
        for code in codebook.children(parent):
            if code.id in wanted:
                ordered.append((depth, code.id, code.label))
                add(code.id, depth + 1)

    add(None, 0)
    known = {code_id for _depth, code_id, _label in ordered}
    return ordered + [(0, code_id, code_id) for code_id in sorted(set(shown) - known)]
