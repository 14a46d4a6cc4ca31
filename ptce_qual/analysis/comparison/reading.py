"""The marked cells of a comparison as sentences."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from ptce_qual.analysis.comparison.across_groups import Comparison
from ptce_qual.analysis.grouping import JOINED
from ptce_qual.analysis.inference import SIGNIFICANT
from ptce_qual.analysis.unit_names import level_name, unit_name
from ptce_qual.translation import _
from ptce_qual.wording import number


@dataclass(frozen=True, slots=True)
class Labels:
    """What codes, attributes and their values are called for readers; ids stand where nothing is told.

    Args:
        codes: id → label.
        attributes: attribute → label.
        values: attribute → value → label.
    """

    codes: Mapping[str, str] = field(default_factory=dict)
    attributes: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def code(self, code_id: str) -> str:
        """Return the label of a code."""
        return self.codes.get(code_id, code_id)

    def attribute(self, name: str) -> str:
        """Return the label of an attribute, or of several joined."""
        return JOINED.join(self.attributes.get(part, part) for part in name.split(JOINED))

    def group(self, name: str, group: str) -> str:
        """Return the label of a group."""
        names = name.split(JOINED)
        parts = group.split(JOINED) if len(names) > 1 else [group]
        if len(parts) != len(names):
            return group
        return JOINED.join(self.values.get(one, {}).get(part, part) for one, part in zip(names, parts, strict=True))


def readings(compared: Comparison, labels: Labels | None = None) -> Iterator[tuple[str, str, str]]:
    """Yield code, group and a sentence for each marked cell: those that the permutation upholds first, then by size."""
    cells = compared.cells.table
    marked = cells[cells["marked"].astype(bool)]
    order = marked.assign(size=marked["residual"].abs().round(9)).sort_values(
        ["upheld", "size"], ascending=False, kind="stable"
    )
    for row in order.to_dict("records"):
        cell = {str(name): value for name, value in row.items()}
        yield str(cell["code_id"]), str(cell["group"]), _sentence(compared, cell, labels or Labels())


def p_text(p_value: float) -> str:
    """Return a p-value as it is told: three decimals, and none that is 0."""
    return f"p < {number(0.001, 3)}" if p_value < 0.001 else f"p = {number(p_value, 3)}"


def _sentence(compared: Comparison, cell: Mapping[str, Any], labels: Labels) -> str:
    values = {
        "theme": labels.code(cell["code_id"]),
        "attribute": labels.attribute(compared.by),
        "group": labels.group(compared.by, cell["group"]),
        "share": f"{number(100 * cell['share'], 1)}\u00a0%",
        "elsewhere": f"{number(100 * cell['share_elsewhere'], 1)}\u00a0%",
        "units": unit_name(compared.unit),
        "residual": number(cell["residual"], 1),
        "p": p_text(cell["p_adjusted"]),
    }
    if cell["residual"] > 0:
        told = _(
            "« {theme} » is over-represented where {attribute} is « {group} »: {share} of {units} against {elsewhere} "
            "elsewhere (residual {residual}, adjusted {p}).",
            **values,
        )
    else:
        told = _(
            "« {theme} » is under-represented where {attribute} is « {group} »: {share} of {units} against {elsewhere} "
            "elsewhere (residual {residual}, adjusted {p}).",
            **values,
        )
    return f"{told} {_of_chance(compared, cell)}".rstrip()


def _of_chance(compared: Comparison, cell: Mapping[str, Any]) -> str:
    if compared.exchanged is None:
        return ""
    values = {
        "level": level_name(compared.exchanged),
        "p": p_text(cell["permutation_p"]),
        "adjusted": p_text(cell["permutation_p_adjusted"]),
    }
    if cell["upheld"]:
        return _("Permuting {level} upholds it ({p}, adjusted {adjusted}).", **values)
    if cell["permutation_p"] <= SIGNIFICANT:
        return _("Permuting {level} upholds it taken alone ({p}), not among all cells (adjusted {adjusted}).", **values)
    return _("Permuting {level} does not uphold it ({p}).", level=values["level"], p=values["p"])
