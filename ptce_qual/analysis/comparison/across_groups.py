"""The comparison of codes across groups of speech.

The same passage counted in several codes would break the independence of a table's rows. So each code is tested in a
table of its own: coded / not coded × groups, in units of speech. Units of one interview are not independent either:
beside the test that takes them so stands a permutation test that exchanges what carries the attribute.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ptce_qual.analysis.coded_corpus import CodedCorpus
from ptce_qual.analysis.comparison.chance import Chance, chance
from ptce_qual.analysis.comparison.grouped_units import GroupedUnits, grouped_units
from ptce_qual.analysis.comparison.notes import notes
from ptce_qual.analysis.comparison.tables import cell_table, code_table
from ptce_qual.analysis.comparison.typical import typical_verbatims
from ptce_qual.analysis.counting import Counting
from ptce_qual.analysis.grouping import Level, grouping
from ptce_qual.analysis.inference import Inference
from ptce_qual.analysis.permutation import Relabellings
from ptce_qual.analysis.unit_names import attribute_name
from ptce_qual.analysis.units import UnitKind
from ptce_qual.result import Result
from ptce_qual.translation import _


@dataclass(frozen=True, slots=True)
class Comparison:
    """Codes across groups.

    Args:
        codes: one row a code, the table of codes × groups (`(all)`) first.
        cells: one row a code and group.
        verbatims: the most typical ones of each marked cell.
        by: the attributes, joined.
        unit: what is counted.
        exchanged: what the permutation exchanged; None where there was nothing to exchange.
    """

    codes: Result
    cells: Result
    verbatims: Result
    by: str
    unit: UnitKind
    exchanged: Level | None


def comparison(
    coded: CodedCorpus,
    counting: Counting | None = None,
    *,
    by: Sequence[str] = ("case",),
    inference: Inference | None = None,
    verbatims: int = 3,
) -> Comparison:
    """Compare how much of the units of speech of each group each code touches.

    Pearson's χ² with Cramér's V; Fisher's exact test (2 × 2) or a Monte Carlo one (larger) where an expected count is
    below 5; adjusted residuals by cell (Haberman 1973, Biometrics 29, p. 205-220); a permutation of the clusters
    that carry the attribute; p-values corrected in two families, codes and cells.

    Args:
        counting: the units and codes; p-values are corrected for these codes.
        by: attributes that make the groups, see `grouping`.
        verbatims: how many of each marked cell.

    Raises:
        InputError: an attribute that nothing has, or a code that the codebook has not.
    """
    counting, inference = counting or Counting(), inference or Inference()
    groups = grouping(coded, by)
    codes = counting.codes_of(coded)
    coded = counting.codings_of(coded)
    found = grouped_units(coded, groups, codes, counting.unit)
    relabellings = _relabellings(found, inference)
    by_chance = _chance(found, relabellings)
    cells = cell_table(found, by_chance, inference)
    told = notes(found, relabellings, inference, mixed=_is_mixed(coded, by))
    typical, rule = typical_verbatims(coded, found, codes, cells, count=verbatims)
    title = _("Codes by {attribute}", attribute=attribute_name(groups.name))
    return Comparison(
        Result(title, code_table(found, by_chance, inference, cells), told),
        Result(_("{title}: cells", title=title), cells, told),
        Result(_("{title}: typical verbatims", title=title), typical, rule),
        by=groups.name,
        unit=counting.unit,
        exchanged=found.exchanged,
    )


def _is_mixed(coded: CodedCorpus, by: Sequence[str]) -> bool:
    """Whether attributes of several levels are combined."""
    carriers = {grouped_units(coded, grouping(coded, [name]), {}, "turn").carrier for name in by}
    return len(carriers) > 1


def _relabellings(found: GroupedUnits, inference: Inference) -> Relabellings | None:
    if found.exchanged is None or len(found.groups) < 2:
        return None
    return Relabellings(found.labels(found.exchanged), inference.permutations, inference.seed)


def _chance(found: GroupedUnits, relabellings: Relabellings | None) -> Chance:
    if found.exchanged is None or relabellings is None:
        shape = (len(found.codes), len(found.groups))
        return Chance(np.full(shape[0], np.nan), np.full(shape, np.nan), float("nan"))
    coded, units = found.counts(found.exchanged)
    return chance(coded, units, found.labels(found.exchanged), relabellings)
