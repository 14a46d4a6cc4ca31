"""Coverage as rows of bars and of cells: lengths, shades, and where they lead."""

from __future__ import annotations

import math
from dataclasses import replace

from made_corpora import Interview, made
from small_contents import BOOK, CASES, contents, large, small

from ptce_qual.analysis.coverage import coverage
from ptce_qual.report.contents import Contents
from ptce_qual.report.coverage_view import LEVELS, ThemeRow, shown_cases, theme_rows
from ptce_qual.report.places import places_of
from ptce_qual.report.tables import Cell, Column, table_of


def rows(shown: Contents) -> dict[str, ThemeRow]:
    return {one.code_id: one for one in theme_rows(shown, places_of(shown.coded), "report.html")}


def test_branches_are_headings_and_themes_have_figures() -> None:
    found = rows(small())
    assert list(found) == ["money", "grant", "loan", "people", "volunteer", "hired"]
    assert [name for name, row in found.items() if not row.measured] == ["money", "people"]
    assert (found["money"].depth, found["grant"].depth) == (0, 1)
    grant = found["grant"]
    assert (grant.references, grant.cases, grant.of_cases, grant.href) == (5, 3, 3, "#v-grant")
    assert [(name, codings) for name, codings, _share in found["volunteer"].polarities] == [
        ("affirmed", 2), ("negated", 2), ("hypothetical", 0),
    ]  # fmt: skip
    assert sum(share for _name, _codings, share in grant.polarities) == 1
    assert (found["hired"].references, found["hired"].href) == (0, "")


def test_bars_are_measured_by_the_longest_and_cells_by_the_darkest() -> None:
    for shown in (small(), large(cases=9, codes=14)):
        measured = [row for row in rows(shown).values() if row.measured]
        for place in range(3):
            lengths = [row.bars[place].length for row in measured]
            assert max(lengths) == 1
            assert min(lengths) >= 0
        cells = [cell for row in measured for cell in row.cells]
        assert all(0 <= cell.level <= LEVELS for cell in cells)
        assert all((cell.level > 0) == (cell.share > 0) == bool(cell.href) for cell in cells)
        darkest = max(cell.share for cell in cells)
        assert {cell.level for cell in cells if cell.share == darkest} == {LEVELS}
        assert all(one.level <= other.level for one in cells for other in cells if one.share <= other.share)


def test_cells_lead_to_the_verbatims_of_their_case() -> None:
    cells = {cell.case_id: cell for cell in rows(small())["grant"].cells}
    assert list(cells) == ["alpha", "beta", "gamma"] == shown_cases(small())
    assert cells["alpha"].href == "#v-grant--alpha"
    assert (cells["alpha"].codings, cells["alpha"].share) == (3, 0.25)


def test_with_descendants_branches_have_figures_and_no_quotes_of_their_own() -> None:
    shown = replace(small(), coverage=coverage(small().coded, descendants=True))
    money = rows(shown)["money"]
    assert money.references == 8
    assert (money.href, {cell.href for cell in money.cells}) == ("", {""})
    assert [cell.level > 0 for cell in money.cells] == [True, True, True]


def test_a_case_without_speech_and_nothing_coded() -> None:
    found = rows(contents(made(BOOK, [Interview("alpha", [("grant",)]), Interview("beta", [])], CASES)))
    cell = found["grant"].cells[1]
    assert math.isnan(cell.share)
    assert (cell.level, cell.href) == (0, "")
    empty = small().coded.with_codings(())
    bare = rows(replace(small(), coded=empty, coverage=coverage(empty)))["grant"]
    assert [bar.length for bar in bare.bars] == [0, 0, 0]
    assert {cell.level for cell in bare.cells} == {0}


def test_a_table_tells_how_many_rows_are_left_out() -> None:
    result = small().coverage
    told = len(result.table)
    columns = [
        Column("theme", lambda row: str(row["code_id"]), numeric=False),
        Column("n", lambda row: Cell("1", "#a")),
    ]
    table = table_of(result, columns, most=2)
    assert (len(table.rows), table.more, table.caption, table.notes) == (2, told - 2, result.title, result.notes)
    assert table.rows[0] == (Cell("grant"), Cell("1", "#a"))
    assert table_of(result, columns, rows=[], caption="Rien").rows == ()
