"""The marked cells of a comparison as sentences."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple, get_args

from ptce_qual.analysis.comparison.across_groups import Comparison
from ptce_qual.analysis.grouping import JOINED
from ptce_qual.analysis.inference import SIGNIFICANT
from ptce_qual.analysis.unit_names import level_name, unit_name
from ptce_qual.translation import _
from ptce_qual.wording import number, percent

Standing = Literal["upheld", "alone", "not_upheld"]
_STANDINGS = get_args(Standing)


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


class Reading(NamedTuple):
    """A marked cell in words.

    Args:
        standing: how far the permutation upholds it.
        sentence: what the cell says, with its figures.
    """

    standing: Standing
    code_id: str
    group: str
    sentence: str


def readings(compared: Comparison, labels: Labels | None = None) -> Iterator[Reading]:
    """Yield the marked cells, those that the permutation upholds most first, then by size."""
    cells = compared.cells.table
    marked = cells[cells["marked"].astype(bool)]
    by_size = marked.assign(size=marked["residual"].abs().round(9)).sort_values("size", ascending=False, kind="stable")
    found = [(_standing(compared, row), row) for row in by_size.to_dict("records")]
    for standing, row in sorted(found, key=lambda one: _STANDINGS.index(one[0])):
        cell = {str(name): value for name, value in row.items()}
        sentence = _sentence(compared, cell, labels or Labels())
        yield Reading(standing, str(cell["code_id"]), str(cell["group"]), sentence)


def standing_name(compared: Comparison, standing: Standing) -> str:
    """Return a standing in words, for a heading; empty where nothing was permuted."""
    if compared.exchanged is None:
        return ""
    level = level_name(compared.exchanged)
    return {
        "upheld": _("Permuting {level} upholds, among all cells:", level=level),
        "alone": _("Permuting {level} upholds each taken alone, not among all cells:", level=level),
        "not_upheld": _("Permuting {level} does not uphold:", level=level),
    }[standing]


def p_text(p_value: float) -> str:
    """Return a p-value as it is told: three decimals, and none that is 0."""
    return f"p\u00a0<\u00a0{number(0.001, 3)}" if p_value < 0.001 else f"p\u00a0=\u00a0{number(p_value, 3)}"


def _standing(compared: Comparison, cell: Mapping[Hashable, Any]) -> Standing:
    if compared.exchanged is not None and cell["upheld"]:
        return "upheld"
    return "alone" if cell["permutation_p"] <= SIGNIFICANT else "not_upheld"


def _sentence(compared: Comparison, cell: Mapping[str, Any], labels: Labels) -> str:
    values = {
        "theme": labels.code(cell["code_id"]),
        "attribute": labels.attribute(compared.by),
        "group": labels.group(compared.by, cell["group"]),
        "share": percent(cell["share"]),
        "elsewhere": percent(cell["share_elsewhere"]),
        "units": unit_name(compared.unit),
        "figures": _figures(compared, cell),
    }
    if cell["residual"] > 0:
        return _(
            "« {theme} » is over-represented where {attribute} is « {group} »: {share} of {units} against {elsewhere} "
            "elsewhere ({figures}).",
            **values,
        )
    return _(
        "« {theme} » is under-represented where {attribute} is « {group} »: {share} of {units} against {elsewhere} "
        "elsewhere ({figures}).",
        **values,
    )


def _figures(compared: Comparison, cell: Mapping[str, Any]) -> str:
    values = {"residual": number(cell["residual"], 1), "p": p_text(cell["p_adjusted"])}
    if compared.exchanged is None:
        return _("residual {residual}, adjusted {p}", **values)
    return _(
        "residual {residual}, adjusted {p}; permuted {permuted}, adjusted {adjusted}",
        permuted=p_text(cell["permutation_p"]),
        adjusted=p_text(cell["permutation_p_adjusted"]),
        **values,
    )
