"""The tables on a terminal: every figure and name is shown, however narrow it is and however many groups there are."""

from __future__ import annotations

import io
import re

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.console import Console

from ptce_qual.cli.tables import legend_columns, matrix_tables, theme_tables
from ptce_qual.codebook.model import Codebook
from ptce_qual.result import Result

CODEBOOK = Codebook.model_validate(
    {"title": "x", "codes": [{"id": "a", "label": "Un thème au nom assez long"}, {"id": "b", "label": "Autre"}]}
)
NAMES = st.lists(st.text("abcdé", min_size=1, max_size=30), min_size=1, max_size=40, unique=True)


@settings(max_examples=60, deadline=None)
@given(NAMES, st.integers(40, 200))
def test_no_group_is_left_out_of_the_matrix(names: list[str], width: int) -> None:
    values = [[1000 + place for place in range(len(names))], [2000 + place for place in range(len(names))]]
    matrix = Result("Coverage", pd.DataFrame(values, index=["a", "b"], columns=names))
    out = Console(file=io.StringIO(), width=width)
    tables, legend = matrix_tables(matrix, "references", CODEBOOK, width)
    out.print(*tables)
    assert isinstance(out.file, io.StringIO)
    told = re.sub(r"[\u00a0\u202f,]", "", out.file.getvalue())
    assert [int(figure) for figure in re.findall(r"\b[12]\d{3}\b", told) if int(figure) < 2000] == values[0]
    assert sorted(int(figure) for figure in re.findall(r"\b2\d{3}\b", told)) == values[1]
    out.print(legend_columns(legend))
    shown = out.file.getvalue()
    assert all(f"{place} {name}" in shown for place, name in legend.items())
    assert legend or all(name in shown for name in names)


@pytest.mark.parametrize("width", [40, 60, 80, 120])
def test_no_column_of_the_themes_is_left_out(width: int) -> None:
    columns = {"references": 11, "unit_coverage": 0.22, "word_coverage": 0.33, "cases_coded": 4, "cases": 55}
    polarities = {"affirmed": 66, "negated": 77, "hypothetical": 88}
    covered = Result("Coverage", pd.DataFrame([{"code_id": "a", "group": "(all)", **columns, **polarities}]))
    out = Console(file=io.StringIO(), width=width)
    out.print(*theme_tables(covered, CODEBOOK, width))
    assert isinstance(out.file, io.StringIO)
    told = out.file.getvalue().split()
    assert all(one in told for one in ("codings", "hypothetical", "11", "22.0%", "33.0%", "4/55", "66", "77", "88"))
