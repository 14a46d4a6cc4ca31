"""What a reader must know of a comparison: units, tests, families of corrections, limits."""

from __future__ import annotations

from collections.abc import Iterator

from ptce_qual.analysis.comparison.grouped_units import GroupedUnits
from ptce_qual.analysis.inference import SIGNIFICANT, Inference
from ptce_qual.analysis.multiple_testing import correction_name
from ptce_qual.analysis.permutation import Relabellings
from ptce_qual.analysis.unit_names import level_name, unit_name
from ptce_qual.translation import _, _n


def notes(
    found: GroupedUnits, relabellings: Relabellings | None, inference: Inference, *, mixed: bool
) -> tuple[str, ...]:
    """Return the notes of a comparison.

    Args:
        mixed: whether attributes of several levels are combined.
    """
    units = unit_name(found.unit)
    if len(found.groups) < 2:
        return (_nothing_to_compare(found), *_left_out(found, units))
    return (
        _(
            "`share`: {units} that a coding of the code touches ÷ {units} of the group. Each code is tested in a table "
            "of its own, coded / not coded × {groups} groups, {count} {units} in all.",
            units=units,
            groups=len(found.groups),
            count=len(found.group),
        ),
        *_left_out(found, units),
        _(
            "`p` is of Pearson's χ² (no continuity correction); where an expected count is below 5, of Fisher's exact "
            "test (2 × 2) or of random tables with the same margins (larger): the column `test` tells. It takes "
            "{units} as independent, which those of one interview are not: read `permutation_p` beside it.",
            units=units,
        ),
        *_of_permutation(found, relabellings, mixed=mixed),
        _(
            "`residual` is adjusted (Haberman 1973): beyond ±2, more or fewer than independence makes likely. Its `p` "
            "is that of the group against all others."
        ),
        _(
            "Adjusted p-values: {correction}, over the {codes} codes, and apart over the {cells} cells. A cell is "
            "`marked` where the adjusted p of its residual is at most 0.05.",
            correction=correction_name(inference.correction),
            codes=_tested(found),
            cells=_cells(found),
        ),
        _("`(all)` is the table of codes × groups; a passage with several codes counts in several of its rows."),
    )


def _tested(found: GroupedUnits) -> int:
    """Return how many codes there is something to test of: some units carry them, and some do not."""
    return int((found.coded.any(axis=0) & ~found.coded.all(axis=0)).sum())


def _cells(found: GroupedUnits) -> int:
    return _tested(found) * (1 if len(found.groups) == 2 else len(found.groups))


def _nothing_to_compare(found: GroupedUnits) -> str:
    if found.groups:
        return _("There is one group only, « {group} »: nothing to compare.", group=found.groups[0])
    return _("There is no speech whose group is known: nothing to compare.")


def _left_out(found: GroupedUnits, units: str) -> Iterator[str]:
    if found.left_out:
        yield _("{count} {units} are left out: their group is not told.", count=found.left_out, units=units)


def _of_permutation(found: GroupedUnits, relabellings: Relabellings | None, *, mixed: bool) -> Iterator[str]:
    level = found.exchanged
    if level is None or relabellings is None:
        yield _("No permutation test: each group is one single turn.")
        return
    clusters = int(found.clusters[level].max()) + 1
    if relabellings.exhaustive:
        how = _n("the one order that there is", "all {count} distinct orders", relabellings.count)
    else:
        how = _("{count} random orders", count=relabellings.count)
    yield _(
        "`permutation_p` deals the {clusters} {level} out to the groups anew, {how}, and counts those that reach the "
        "observed χ², or size of the residual.",
        clusters=clusters,
        level=level_name(level),
        how=how,
    )
    if level != found.carrier:
        yield _(
            "Each group is one of the {carriers}, which can't be exchanged: so the {level} are, and the test says "
            "whether the {carriers} differ more than their {level} do.",
            carriers=level_name(found.carrier or "turn"),
            level=level_name(level),
        )
    if mixed:
        yield _("Attributes of several levels are combined: the test is too lenient for those of the higher ones.")
    if level == "turn":
        yield _("Turns of one interview are not independent of each other: the test is lenient.")
    floor = 1 / relabellings.count if relabellings.exhaustive else 1 / (relabellings.count + 1)
    if floor * _cells(found) > SIGNIFICANT:
        yield _(
            "With so few orders `permutation_p` can't be below {floor}, nor its adjusted value over the cells below "
            "{adjusted}.",
            floor=f"{floor:.2g}",
            adjusted=f"{min(1.0, floor * _cells(found)):.2g}",
        )
