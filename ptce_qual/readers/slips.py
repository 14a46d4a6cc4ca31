"""Labels that are probably misspelt: rare, and close to a common one (`[Checheur]` among hundreds of `[Chercheur]`)."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from difflib import SequenceMatcher

from ptce_qual.model import Role

_CLOSE = 0.85
_SHORTEST = 4  # below it two names are close by chance
_COMMON = 3
_RARE = 0.1  # of the common label's count
_MOST = 100  # labels: more are no interview, and comparing each with each would take long


def find_slips(counts: Mapping[str, tuple[int, Role]], speakers: Collection[str]) -> dict[str, str]:
    """Return folded label → the label probably meant.

    Args:
        counts: every label met, folded → (how often, its role).
        speakers: those that are speakers.
    """
    slips: dict[str, str] = {}
    if len(counts) > _MOST:
        return slips
    for name, (count, role) in sorted(counts.items()):
        likely = [
            other
            for other in sorted(speakers)
            if other != name and _is_rare(count, counts[other][0]) and _agree(role, other, counts, speakers)
        ]
        best = max(likely, key=lambda other: (closeness(name, other), counts[other][0]), default=None)
        if best is not None and closeness(name, best) >= _CLOSE:
            slips[name] = best
    return {name: right for name, right in slips.items() if right not in slips}


def closeness(one: str, other: str) -> float:
    """Return how alike two folded labels are, in [0, 1]; 0 where a number or a final letter tells them apart."""
    if min(len(one), len(other)) < _SHORTEST or _distinguishing(one) != _distinguishing(other):
        return 0.0
    if sorted(one) == sorted(other):
        return 0.95  # letters exchanged
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


def _is_rare(count: int, common: int) -> bool:
    return common >= _COMMON and count <= max(1, int(common * _RARE))


def _agree(role: Role, other: str, counts: Mapping[str, tuple[int, Role]], speakers: Collection[str]) -> bool:
    """Whether their roles allow the two to be one; « Interviewer » for « Interviewé » only if somebody else asks."""
    if role in ("unknown", counts[other][1]):
        return True
    return any(counts[name][1] == role and counts[name][0] >= _COMMON for name in speakers)


def _distinguishing(name: str) -> tuple[str, ...]:
    return (*re.findall(r"\d+", name), *re.findall(r"\b[a-z]$", name))
