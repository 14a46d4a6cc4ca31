"""`analyses.json`: what is read there is what was found, and nothing is read there that may have changed."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_studies import Call, contents

from ptce_qual.result import Result
from ptce_qual.study.results import read_results
from ptce_qual.workflow import analyses
from ptce_qual.workflow.analyses import ANALYSES, Analyses
from ptce_qual.workflow.dossier import shown_analyses
from ptce_qual.workflow.kept import plain, restored

NUMBERS = st.floats().filter(lambda one: abs(one) < 1e300 or not math.isfinite(one))  # rounding reaches no infinity
ROWS = st.lists(st.tuples(st.integers(-(2**40), 2**40), NUMBERS, st.text(max_size=5), st.booleans()), max_size=6)


def read_back(found: object) -> Any:
    return restored(json.loads(json.dumps(plain(found), allow_nan=False)))


@given(ROWS)
def test_a_table_comes_back_with_ten_digits(rows: list[tuple[object, ...]]) -> None:
    table = pd.DataFrame(rows, columns=["count", "share", "name", "upheld"])
    back = read_back(Result("Titre", table, ("Une note.", "Une autre.")))
    assert (back.title, back.notes) == ("Titre", ("Une note.", "Une autre."))
    pd.testing.assert_frame_equal(back.table, table, rtol=1e-9, atol=0)


def test_row_names_come_back() -> None:
    table = pd.DataFrame({"a": [0.5, np.nan]}, index=pd.Index(["x", "y"], name="code_id"))
    pd.testing.assert_frame_equal(read_back(Result("t", table)).table, table)


def test_every_analysis_comes_back_as_it_was_found(coded: Path) -> None:
    made = Analyses(read_results(coded / "results"))
    for name, options in shown_analyses({}, {}).items():
        found, shown = made.made(name, options), made.shown(name, options)
        assert type(found) is type(shown)
        assert made.plain(name, options) == plain(shown)
        for file, content in ANALYSES[name].files(shown, {}).items():
            assert content == ANALYSES[name].files(found, {})[file]


@pytest.fixture
def unmade(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the names of the analyses that are made from now on."""
    names: list[str] = []

    def noting(name: str, made: Any) -> Any:
        return lambda *args: names.append(name) or made(*args)

    for name, one in ANALYSES.items():
        seen = analyses.Analysis(noting(name, one.made), one.files, one.built, one.given, one.sometimes)
        monkeypatch.setitem(ANALYSES, name, seen)
    return names


def test_a_dossier_made_again_computes_nothing_anew(coded: Path, call: Call, unmade: list[str]) -> None:
    results = coded / "results"
    assert call("report", results).code == 0
    before = contents(results)
    assert "compare" in unmade
    unmade.clear()
    assert call("report", results).code == 0
    assert unmade == []
    assert contents(results) == before


@pytest.mark.parametrize("changed", ["codings.jsonl", "analyses.json", "texts", "manifest.json"])
def test_what_may_have_changed_is_made_anew(changed: str, coded: Path, call: Call, unmade: list[str]) -> None:
    results = coded / "results"
    assert call("report", results).code == 0
    unmade.clear()
    path = next((results / changed).rglob("*.txt")) if changed == "texts" else results / changed
    text = path.read_text(encoding="utf-8")
    if changed == "manifest.json":
        told = json.loads(text)
        told["packages"]["ptce-qual"] = "0.0"
        path.write_text(json.dumps(told), encoding="utf-8")
    else:
        path.write_text(f"{text}\n", encoding="utf-8")
    assert call("report", results).code == 0
    assert "compare" in unmade
