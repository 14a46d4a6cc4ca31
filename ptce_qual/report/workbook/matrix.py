"""The sheet of themes × cases, each figure a link to what was said."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from ptce_qual.analysis.coverage import ALL, coverage
from ptce_qual.codebook.tree import codes_in_order
from ptce_qual.report.contents import Contents
from ptce_qual.report.workbook.book import LINKS, Book, Column, place_in
from ptce_qual.translation import _

_SHARE = '0.0%;-0.0%;"·"'  # where nothing was said, a dot
_BRANCH = "#F3F3F3"
_LOW, _HIGH = "#FFFFFF", "#7FB2DD"
_FIRST = 2  # columns of words


def add_matrix(
    book: Book, sheet: Any, contents: Contents, quotes: Any, first_rows: Mapping[tuple[str, str], int]
) -> None:
    """Write the shares of sentences.

    Args:
        quotes: the sheet of verbatims.
        first_rows: code and case → the row there of the first of them.
    """
    table = coverage(contents.coded, by=["case"], descendants=True).table
    shares = {(str(one["code_id"]), str(one["group"])): one["unit_coverage"] for one in table.to_dict("records")}
    groups = list(dict.fromkeys(group for _code_id, group in shares))
    tree = codes_in_order(contents.coded.codebook, {code_id for code_id, _group in shares})
    columns = [Column(_("theme"), 44), Column("code_id", 24), Column(_("all cases"), 10, "share")]
    columns += [Column(contents.case(group), 14, "share") for group in groups[1:]]
    links = 0
    for row, (depth, code_id, _label) in enumerate(tree, start=1):
        below = [one.id for one in contents.coded.codebook.descendants(code_id)]
        more = {"bold": True, "bg_color": _BRANCH} if below else {}
        book.text(sheet, row, 0, contents.labels.code(code_id), book.format("text", indent=depth, **more))
        book.text(sheet, row, 1, code_id, book.format("text", **more))
        for place, group in enumerate(groups, start=_FIRST):
            shape = book.format("share", num_format=_SHARE, **more)
            of_codes = {code_id, *below}
            rows = [at for (one, case), at in first_rows.items() if one in of_codes and group in (case, ALL)]
            if rows and links < LINKS:
                sheet.write_url(row, place, place_in(quotes, min(rows)), shape, " ", _("Read what was said"))
                links += 1
            # The figure takes the place of the link's text; the link stays.
            book.value(sheet, row, place, shares[code_id, group], shape)
    _colour(sheet, contents, [code_id for _depth, code_id, _label in tree], len(groups))
    book.head(sheet, columns, len(tree), fixed=_FIRST)


def _colour(sheet: Any, contents: Contents, codes: list[str], groups: int) -> None:
    """Colour the figures of cases by their size, all on one scale; themes that group others are left out of it."""
    leaves = [row for row, one in enumerate(codes, start=1) if not any(contents.coded.codebook.children(one))]
    if not leaves or groups < 2:
        return
    last = _letters(_FIRST + groups - 1)
    places = [f"{_letters(_FIRST + 1)}{first + 1}:{last}{end + 1}" for first, end in _runs(leaves)]
    scale = {"type": "2_color_scale", "min_color": _LOW, "max_color": _HIGH, "min_type": "num", "min_value": 0}
    sheet.conditional_format(places[0], {**scale, "multi_range": " ".join(places)})


def _runs(rows: list[int]) -> list[tuple[int, int]]:
    """Return the first and last of each run of rows that follow each other."""
    found = pd.Series(rows)
    ends = found.groupby((found.diff() != 1).cumsum()).agg(["first", "last"])
    return [(int(first), int(last)) for first, last in ends.itertuples(index=False)]


def _letters(column: int) -> str:
    from xlsxwriter.utility import xl_col_to_name

    return str(xl_col_to_name(column))
