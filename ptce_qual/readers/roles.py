"""Who asks and who answers, from the labels of the speakers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from ptce_qual.model import Role
from ptce_qual.readers.word_lists import fold, load_words

_DATA = load_words("roles.toml")
_ROLES: tuple[Role, Role] = ("interviewer", "respondent")
_LABELS: dict[str, Role] = {word: role for role in _ROLES for word in _DATA["labels"][role]}
_WHOLE = frozenset(_DATA["labels"]["whole"])
_INITIALS: dict[str, Role] = {letter: role for role in _ROLES for letter in _DATA["initials"][role]}
_PAIRS: list[list[str]] = _DATA["initials"]["pairs"]
_NUMBER = re.compile(r"[\s\-_#°]*(?:\bn°?\s*)?\d+$")
_ARTICLE = re.compile(r"^(?:l'|le |la |les |the )")


def folded_roles(roles: Mapping[str, Role] | None) -> dict[str, Role]:
    """Return a user's mapping of labels to roles in the form that the functions of this module take."""
    return {fold(label): role for label, role in (roles or {}).items()}


def role_of(label: str, *, beside: Iterable[str] = (), roles: Mapping[str, Role] | None = None) -> Role:
    """Return the role that a label tells, `unknown` where it tells none.

    Args:
        beside: all labels of the transcript: what `I` or `C` means depends on its partner.
        roles: what the user says of labels (see `folded_roles`), which goes before everything else.
    """
    folded = fold(label)
    base = _NUMBER.sub("", folded)
    for key in (folded, base):
        if roles and key in roles:
            return roles[key]
    base = _ARTICLE.sub("", base)
    if len(base) == 1:
        return _role_of_initial(base, {_NUMBER.sub("", fold(other)) for other in beside})
    first = base.split(" ")[0]
    return _LABELS.get(base) or ("unknown" if first in _WHOLE else _LABELS.get(first, "unknown"))


def _role_of_initial(letter: str, others: set[str]) -> Role:
    for pair in _PAIRS:
        if letter in pair and others.issuperset(pair):
            return _ROLES[pair.index(letter)]
    return _INITIALS.get(letter, "unknown")
