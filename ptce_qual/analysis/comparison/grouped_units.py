"""The units that are compared: which group each is of, which codes touch it, and what it is exchanged with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from ptce_qual.analysis.coded_corpus import CodedCorpus
from ptce_qual.analysis.grouping import JOINED, Grouping, Level
from ptce_qual.analysis.units import Booleans, Integers, UnitKind, Units, incidence, units

_LEVELS: tuple[Level, ...] = ("case", "transcript", "turn")


@dataclass(frozen=True)
class GroupedUnits:
    """Units of which the group is known.

    Args:
        codes, groups: the columns of `coded`, and what `group` counts from 0.
        units: where they stand.
        coded: units × codes.
        unit: what they are.
        group: the group of each unit.
        clusters: for each level, the cluster of each unit, counted from 0.
        left_out: how many units have no group, for the attribute is not told.
    """

    codes: tuple[str, ...]
    groups: tuple[str, ...]
    units: Units
    coded: Booleans
    unit: UnitKind
    group: Integers
    clusters: Mapping[Level, Integers]
    left_out: int

    @cached_property
    def carrier(self) -> Level | None:
        """The level that carries the attribute: the highest whose clusters lie each in one group."""
        return next((level for level in _LEVELS if self._is_nested(level)), None)

    @cached_property
    def exchanged(self) -> Level | None:
        """The level whose clusters a permutation exchanges; None where there is none.

        It is the one that carries the attribute; where each group is one single cluster of it, so that another order
        would change nothing, the next one below.
        """
        for level in _LEVELS:
            if self._is_nested(level) and int(self.clusters[level].max(initial=-1)) + 1 > len(self.groups):
                return level
        return None

    def labels(self, level: Level) -> Integers:
        """Return the group of each cluster."""
        cluster = self.clusters[level]
        labels = np.zeros(int(cluster.max(initial=-1)) + 1, dtype=np.int64)
        labels[cluster] = self.group
        return labels

    def counts(self, level: Level) -> tuple[Integers, Integers]:
        """Return clusters × codes, the coded units, and the units of each cluster."""
        cluster = self.clusters[level]
        count = int(cluster.max(initial=-1)) + 1
        coded = [np.bincount(cluster[column], minlength=count) for column in self.coded.T]
        return np.array(coded, dtype=np.int64).reshape(len(self.codes), count).T, np.bincount(cluster, minlength=count)

    def by_group(self) -> tuple[Integers, Integers]:
        """Return codes × groups, the coded units, and the units of each group."""
        count = len(self.groups)
        coded = [np.bincount(self.group[column], minlength=count) for column in self.coded.T]
        return np.array(coded, dtype=np.int64).reshape(len(self.codes), count), np.bincount(self.group, minlength=count)

    def _is_nested(self, level: Level) -> bool:
        return bool((self.labels(level)[self.clusters[level]] == self.group).all())


def grouped_units(
    coded: CodedCorpus, groups: Grouping, codes: Mapping[str, frozenset[str]], kind: UnitKind
) -> GroupedUnits:
    """Return the units of one kind that have a group."""
    counted = units(coded, kind)
    turn_groups = [[groups.group_of(one, turn) for turn in coded.speech(one)] for one in coded.corpus.transcripts]
    first = np.cumsum([0, *map(len, turn_groups)])
    turn = first[counted.transcript] + counted.turn  # over the whole corpus
    told = [name if all(name.split(JOINED)) else "" for names in turn_groups for name in names]
    of_unit = [told[place] for place in turn.tolist()]
    kept = np.array([bool(name) for name in of_unit], dtype=np.bool_)
    names = sorted(set(of_unit) - {""})
    place_of = {name: place for place, name in enumerate(names)}
    cases = [one.case_id or f"\n{one.id}" for one in coded.corpus.transcripts]  # a text without case is one of its own
    of_case = np.array([sorted(set(cases)).index(case) for case in cases], dtype=np.int64)
    return GroupedUnits(
        codes=tuple(codes),
        groups=tuple(names),
        units=Units(counted.transcript[kept], counted.turn[kept], counted.start[kept], counted.end[kept]),
        coded=incidence(coded, counted, codes)[kept],
        unit=kind,
        group=np.array([place_of[name] for name in of_unit if name], dtype=np.int64),
        clusters={
            "case": _numbered(of_case[counted.transcript][kept]),
            "transcript": _numbered(counted.transcript[kept]),
            "turn": _numbered(turn[kept]),
        },
        left_out=int((~kept).sum()),
    )


def _numbered(names: Integers) -> Integers:
    return np.unique(names, return_inverse=True)[1].astype(np.int64)
