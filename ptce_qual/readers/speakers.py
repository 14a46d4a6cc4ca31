"""Which labels of a text are speakers, by the evidence of the whole text: no colon makes a speaker on its own.

A label is one where its role is known (« Enquêteur »), a time stands beside it, the format itself says so, or it looks
like a name and comes back. The convention that most of these follow is the text's; others are taken only for its names.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from ptce_qual.model import Role
from ptce_qual.readers.labels import is_name
from ptce_qual.readers.reading import Label, LabelKind
from ptce_qual.readers.roles import role_of
from ptce_qual.readers.slips import find_slips
from ptce_qual.readers.word_lists import COVER, NEVER, NOTES, fold

_KINDS: tuple[LabelKind, ...] = ("given", "header", "colon", "dot", "bold")
_RECURRENCES = {"header": 3, "colon": 2, "bold": 3}  # of names whose role isn't known
_RECURRENCES_LOWER_CASE = 4
_RECURRENCES_BESIDE_ROLES = 2
_SHORT = 3  # labels; below it a second speaker may speak only once
_JOINED = re.compile(r"\s*(?:[/+&,]|\bet\b|\band\b)\s*", re.IGNORECASE)
_DIRECTION = re.compile(r"\s+\([^()\d]*\)$")


@dataclass(frozen=True, slots=True)
class Choice:
    """The labels that are speakers, names spelt alike; which were misspelt; which look like one and are not taken."""

    labels: tuple[Label, ...] = ()
    slips: tuple[tuple[Label, str], ...] = ()
    doubtful: tuple[Label, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """The labels of one kind that are the same once folded."""

    name: str
    labels: tuple[Label, ...]
    role: Role

    @property
    def is_told(self) -> bool:
        """Whether one of its labels alone tells that it is a speaker."""
        return self.role != "unknown" or any(label.timed or label.kind == "given" for label in self.labels)


def choose_speakers(labels: Sequence[Label], first: int, lines: int, roles: Mapping[str, Role]) -> Choice:
    """Return the labels that are speakers.

    Args:
        first: where the first line of the text that isn't blank begins.
        lines: how many lines of the text aren't blank.
        roles: labels whose role the user tells, folded.
    """
    kinds = {kind: _groups([label for label in labels if label.kind == kind], roles) for kind in _KINDS}
    taken = {kind: _taken(kind, groups, first, lines) for kind, groups in kinds.items()}
    main = max(_KINDS, key=lambda kind: _count(kinds[kind], taken[kind]))
    if not taken[main]:
        return Choice()
    groups = kinds[main]
    slips = find_slips({name: (len(group.labels), group.role) for name, group in groups.items()}, taken[main])
    names = taken[main] | set(slips)
    chosen = [label for name in sorted(names) for label in groups[name].labels]
    if main != "given":
        chosen += _of_other_kinds(main, kinds, taken)
    spellings = _spellings(chosen, slips)
    named = _without_overlaps([replace(label, name=spellings[fold(label.name)]) for label in chosen])
    misspelt = [(label, spellings[name]) for name in sorted(slips) for label in groups[name].labels]
    rest = [label for name, group in groups.items() if name not in names for label in group.labels]
    return Choice(tuple(named), tuple(misspelt), tuple(label for label in rest if _is_doubtful(label)))


def speakers_of(name: str, known: Mapping[str, str]) -> tuple[str, ...]:
    """Return the speakers of a label: several where it joins known ones (« MALIK ET JOSIANE », « E/R »).

    Args:
        known: the folded names of the text's speakers → their spelling.
    """
    parts = [part for part in _JOINED.split(name) if part]
    if len(parts) > 1 and all(fold(part) in known or role_of(part) != "unknown" for part in parts):
        return tuple(dict.fromkeys(known.get(fold(part), part) for part in parts))
    return (name,)


def _groups(labels: Iterable[Label], roles: Mapping[str, Role]) -> dict[str, Group]:
    grouped: dict[str, list[Label]] = {}
    for label in labels:
        if fold(label.name):
            grouped.setdefault(fold(label.name), []).append(label)
    return {
        name: Group(name, tuple(group), role_of(group[0].name, beside=grouped, roles=roles))
        for name, group in grouped.items()
    }


def _count(groups: Mapping[str, Group], names: Iterable[str]) -> int:
    return sum(len(groups[name].labels) for name in names)


def _taken(kind: LabelKind, groups: Mapping[str, Group], first: int, lines: int) -> set[str]:
    """Return the names of one kind that are speakers."""
    taken = {name for name, group in groups.items() if group.is_told}
    if kind != "header" or not any(label.timed for group in groups.values() for label in group.labels):
        sure = any(group.role != "unknown" for group in groups.values())
        taken |= {name for name, group in groups.items() if _recurs(kind, group, sure=sure)}
    likely = {name for name, group in groups.items() if all(_may_be_speaker(label) for label in group.labels)}
    if kind == "colon":
        if not taken and _is_whole_text(likely, groups, lines):
            return likely
        taken |= _in_the_same_style(taken, likely, groups)
        if len(taken) == 1 and _count(groups, taken) <= _SHORT:
            taken |= likely
    taken |= {name for name in groups if _joins(name, taken)}
    told = any(groups[name].is_told for name in taken)
    count = _count(groups, taken)
    if count == 1 and kind != "given":
        return taken if told and any(label.start == first for name in taken for label in groups[name].labels) else set()
    return taken if told or len(taken) > 1 else set()


def _recurs(kind: LabelKind, group: Group, *, sure: bool) -> bool:
    """Whether a name comes back as often as it takes, less where the convention is `sure` to be one of labels."""
    needed = _RECURRENCES.get(kind)
    if needed is None or not all(_may_be_speaker(label) for label in group.labels):
        return False
    if group.labels[0].name[0].islower():
        needed = _RECURRENCES_LOWER_CASE
    elif sure:
        needed = _RECURRENCES_BESIDE_ROLES
    return len(group.labels) >= needed


def _may_be_speaker(label: Label) -> bool:
    name = fold(label.name)
    if not is_name(label.name) or name in NEVER or (name in COVER and label.kind != "given"):
        return False
    return label.kind != "header" or (name not in NOTES and name.split(" ")[0] not in NOTES)


def _is_whole_text(names: set[str], groups: Mapping[str, Group], lines: int) -> bool:
    """Whether nearly every line of a short text begins with one of a few names."""
    count = _count(groups, names)
    return 2 <= len(names) <= max(2, count // 2) and count >= 0.8 * lines


def _in_the_same_style(taken: set[str], likely: set[str], groups: Mapping[str, Group]) -> set[str]:
    """Return the names that come once but in the bold or the capitals in which all speakers of the text stand."""
    labels = [label for name in taken for label in groups[name].labels]
    if not labels:
        return set()
    if all(label.bold for label in labels):
        return {name for name in likely if groups[name].labels[0].bold}
    if all(label.name.isupper() and len(label.name) > 2 for label in labels):
        return {name for name in likely if groups[name].labels[0].name.isupper() and len(name) > 2}
    return set()


def _joins(name: str, taken: set[str]) -> bool:
    parts = [part for part in _JOINED.split(name) if part]
    return len(parts) > 1 and all(part in taken for part in parts)


def _of_other_kinds(
    main: LabelKind, kinds: Mapping[LabelKind, Mapping[str, Group]], taken: Mapping[LabelKind, set[str]]
) -> list[Label]:
    """Return the labels of other conventions: those of the same speakers, or of the role that is still missing."""
    roles = {kinds[main][name].role for name in taken[main]}
    found = []
    for kind, groups in kinds.items():
        if kind in (main, "given"):
            continue
        missing = {name for name in taken[kind] if groups[name].role not in roles | {"unknown"}}
        same = taken[main] if kind in ("header", "colon") else set()
        found += [label for name in sorted(set(groups) & (missing | same)) for label in groups[name].labels]
    return found


def _spellings(labels: Sequence[Label], slips: Mapping[str, str]) -> dict[str, str]:
    """Return folded names → the commonest spelling, of the right name where it is a slip."""
    counts: dict[str, Counter[str]] = {}
    for label in sorted(labels, key=lambda label: label.start):
        shown = _DIRECTION.sub("", label.name).strip(" \u00a0*_:.") or label.name
        counts.setdefault(fold(label.name), Counter())[shown] += 1
    spellings = {name: counter.most_common(1)[0][0] for name, counter in counts.items()}
    return spellings | {slip: spellings[right] for slip, right in slips.items()}


def _without_overlaps(labels: Iterable[Label]) -> list[Label]:
    kept: list[Label] = []
    for label in sorted(labels, key=lambda label: (label.start, label.end)):
        if not kept or label.start >= max(kept[-1].end, kept[-1].start + 1):
            kept.append(label)
    return kept


def _is_doubtful(label: Label) -> bool:
    return label.kind == "colon" and _may_be_speaker(label) and label.name[0].isupper() and len(label.name.split()) < 4
