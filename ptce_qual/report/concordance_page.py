"""A concordance as a page of its own: lines that can be put in another order, frequencies that lead to them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, cast

from ptce_qual.lexicometry.concordance import Lines, Sort
from ptce_qual.lexicometry.frequencies import COLUMNS as COUNTS
from ptce_qual.lexicometry.places import short_names
from ptce_qual.report.pages import render_page
from ptce_qual.result import Result
from ptce_qual.translation import _, _n
from ptce_qual.wording import NOTHING, count, number

_JOINED = " × "
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Line:
    """A hit, and its rank in each order.

    Args:
        where: who speaks and where, short.
        place: where in full, as `ptce-qual explain` takes it.
    """

    where: str
    place: str
    left: str
    node: str
    right: str
    ranks: Mapping[Sort, int]


@dataclass(frozen=True, slots=True)
class LineGroup:
    """The lines of a group; `anchor` is where links to it lead."""

    name: str
    anchor: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Count:
    """How often the expression stands in a group, in words; `anchor` is empty where no line is shown."""

    name: str
    anchor: str
    hits: str
    words: str
    rate: str
    interviews: str


@dataclass(frozen=True, slots=True)
class Page:
    """What the page shows."""

    title: str
    summary: str
    by: str
    counts: tuple[Count, ...]
    groups: tuple[LineGroup, ...]
    orders: tuple[tuple[Sort, str], ...]
    order: Sort
    notes: tuple[str, ...]
    fictional: bool


def render_concordance(
    orders: Mapping[Sort, Result], counted: Result, lines: Lines, *, fictional: bool = False
) -> bytes:
    """Return a concordance as a self-contained page.

    Args:
        orders: the same lines in each order, from `concordance`.
        counted: from `frequencies`, by the same attributes.
        lines: what the concordance was made with; its order is that of the page.
        fictional: whether the page says that the interviews are invented.
    """
    return render_page("kwic.html", "kwic", page=_page(orders, counted, lines, fictional))


def _page(orders: Mapping[Sort, Result], counted: Result, lines: Lines, fictional: bool) -> Page:
    told = orders[lines.sort]
    by = [name for name in counted.table.columns if name not in COUNTS]
    groups = tuple(_groups(orders, lines.sort, by))
    anchors = {group.name: group.anchor for group in groups}
    counts = tuple(_count(row, by, anchors) for row in _rows(counted)) if by else ()
    names: dict[Sort, str] = {
        "text": _("of the texts"),
        "left": _("by the words before"),
        "right": _("by the words after"),
        "node": _("by the expression as it stands"),
    }
    notes = (*told.notes, *counted.notes) if by else told.notes
    return Page(
        title=told.title,
        summary=_summary(told, counted),
        by=_JOINED.join(by),
        counts=counts,
        groups=groups,
        orders=tuple(names.items()),
        order=lines.sort,
        notes=notes,
        fictional=fictional,
    )


def _groups(orders: Mapping[Sort, Result], sort: Sort, by: Sequence[str]) -> Iterator[LineGroup]:
    """Yield the groups with their lines, each line with its rank in every order."""
    ranks: dict[Sort, dict[object, int]] = {
        name: {_identity(row): rank for rank, row in enumerate(_rows(result))} for name, result in orders.items()
    }
    rows = _rows(orders[sort])
    names = short_names({row["transcript_id"] for row in rows})
    for place, (group, of_group) in enumerate(groupby(rows, key=lambda row: _group_name(row, by)), start=1):
        lines = (
            _line(row, names[row["transcript_id"]], {order: places[_identity(row)] for order, places in ranks.items()})
            for row in of_group
        )
        yield LineGroup(group, f"g{place}", tuple(lines))


def _rows(result: Result) -> list[Row]:
    return cast("list[Row]", result.table.to_dict("records"))


def _identity(row: Row) -> object:
    return row["transcript_id"], row["start"], row["end"]


def _line(row: Row, name: str, ranks: Mapping[Sort, int]) -> Line:
    speaker = row["speaker"].replace("|", ", ")
    where = " · ".join(part for part in (speaker, f"{name}:{row['start']}") if part)
    place = f"{row['transcript_id']}:{row['start']}-{row['end']}"
    return Line(where, place, row["left"], row["node"], row["right"], ranks)


def _group_name(row: Row, by: Sequence[str]) -> str:
    return _JOINED.join(str(row[name]) or NOTHING for name in by)


def _count(row: Row, by: Sequence[str], anchors: Mapping[str, str]) -> Count:
    name = _group_name(row, by)
    interviews = f"{count(row['transcripts_with'])} / {count(row['transcripts'])}"
    rate = number(row["per_1000_words"], 2)
    return Count(name, anchors.get(name, ""), count(row["hits"]), count(row["words"]), rate, interviews)


def _summary(told: Result, counted: Result) -> str:
    hits, words = int(counted.table["hits"].sum()), int(counted.table["words"].sum())
    summary = _n(
        "{count} hit: {rate} per 1,000 of {words} words",
        "{count} hits: {rate} per 1,000 of {words} words",
        hits,
        rate=number(1000 * hits / words if words else float("nan"), 2),
        words=count(words),
    )
    shown, interviews = len(told.table), told.table["transcript_id"].nunique()
    return f"{summary} · " + _(
        "{lines} of {interviews}",
        lines=_n("{count} line", "{count} lines", shown),
        interviews=_n("{count} interview", "{count} interviews", interviews),
    )
