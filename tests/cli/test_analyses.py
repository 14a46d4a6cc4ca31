"""`compare`, `cooccurrence` and `profile` as a user calls them, on a results folder, and what `verify` says of it."""

from __future__ import annotations

import csv
import io
import json
import shutil
from pathlib import Path

import pytest

from ptce_qual.cli import main
from ptce_qual.study.manifest import read_manifest

CODEBOOK = """\
title: Essai
codes:
  - {id: leviers, label: Leviers}
  - {id: argent, label: Argent public, parent: leviers, rules: [subvention]}
  - {id: confiance, label: Confiance, parent: leviers, rules: [confiance]}
"""
STUDY = """\
attributes: {origin: Origine, budget: Budget}
values: {origin: {town: née d'une ville}}
reference: {source: Une étude, medians: {budget: 100}, means: {staff: 2}}
breakdowns: {aid: {label: Aides, total: budget, parts: [town, region]}}
"""
CASES = """\
case_id,label,origin,budget,staff,town,region
a,A,town,120,2,100,20
b,B,town,80,1,30,50
c,C,people,"60,5",3,60,"0,5"
d,D,people,,1,10,5
"""
MONEY, TRUST = "La subvention est arrivée.", "On a confiance."


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("study")
    (folder / "corpus").mkdir()
    for case, spoken in {"a": [MONEY] * 9, "b": [MONEY] * 8, "c": [TRUST] * 2, "d": [TRUST]}.items():
        lines = [*spoken, *["Il pleut sur le marché."] * 8]
        text = "".join(f"Enquêteur : Et alors ?\nEnquêté : {line}\n" for line in lines)
        (folder / "corpus" / f"{case}.txt").write_text(f"---\ncase: {case}\n---\n{text}", encoding="utf-8")
    for name, content in {"codebook.yaml": CODEBOOK, "study.yaml": STUDY, "corpus/cases.csv": CASES}.items():
        (folder / name).write_text(content, encoding="utf-8")
    assert main(["run", "--no-report", str(folder)]) == 0
    return folder


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_compare_writes_its_tables_and_says_what_stands_out(study: Path, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert main(["compare", str(study / "results"), "--by", "origin", "--codes", "leviers"]) == 0
    told = " ".join(capsys.readouterr().out.split())
    assert "« Argent public » is over-represented where Origine is « née d'une ville »" in told
    assert f"« {MONEY} » (a:" in told
    by_code = rows((study / "results" / "comparison.csv").read_text(encoding="utf-8"))
    assert [row["code_id"] for row in by_code] == ["(all)", "argent", "confiance"]
    assert by_code[1]["coded"] == "17"
    assert 0 < float(by_code[1]["p"]) < 0.001
    cells = rows((study / "results" / "comparison_cells.csv").read_text(encoding="utf-8"))
    assert [(row["code_id"], row["group"]) for row in cells if row["marked"] == "True"][:1] == [("argent", "people")]
    quotes = rows((study / "results" / "comparison_verbatims.csv").read_text(encoding="utf-8"))
    assert quotes[0]["quote"].strip() == MONEY


def test_what_is_printed_for_programs_is_what_is_written(study: Path, capsys: pytest.CaptureFixture[str]) -> None:
    results = study / "results"
    for command, table, name in (
        (["compare", "--by", "origin"], "codes", "comparison"),
        (["compare", "--by", "origin"], "cells", "comparison_cells"),
        (["profile"], "figures", "profile"),
        (["profile"], "counts", "profile_counts"),
        (["profile", "--permutations", "99"], "themes", "profile_themes"),
    ):
        capsys.readouterr()
        assert main([command[0], str(results), *command[1:], "--table", table, "--format", "csv"]) == 0
        printed = capsys.readouterr().out
        assert printed == (results / f"{name}.csv").read_text(encoding="utf-8")
        assert main([command[0], str(results), *command[1:], "--table", table, "--format", "json"]) == 0
        assert len(json.loads(capsys.readouterr().out)) == len(rows(printed))


def test_cooccurrence_writes_pairs_and_a_graph(study: Path, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert main(["cooccurrence", str(study / "results"), "--unit", "turn", "--top", "1"]) == 0
    assert "0 of 1 pairs stand together" in capsys.readouterr().out
    assert rows((study / "results" / "cooccurrence.csv").read_text(encoding="utf-8"))[0]["source"] == "argent"
    assert b"Argent public" in (study / "results" / "cooccurrence.graphml").read_bytes()


def test_profile_stands_beside_the_studys_figures(study: Path, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert main(["profile", str(study / "results")]) == 0
    told = capsys.readouterr().out
    assert "Une étude" in told
    assert "2 (mean)" in told
    assert "Aides" in told
    figures = {row["attribute"]: row for row in rows((study / "results" / "profile.csv").read_text(encoding="utf-8"))}
    assert (figures["budget"]["median"], figures["budget"]["reference"]) == ("80.000000", "100.000000")
    assert figures["budget"]["missing"] == "1"


def test_published_figures_go_with_the_results(study: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    moved = tmp_path / "elsewhere"
    moved.mkdir()
    for path in (study / "results").rglob("*"):
        if path.is_file():
            target = moved / path.relative_to(study / "results")
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(path.read_bytes())
    monkeypatch.chdir(tmp_path)
    assert main(["profile", str(moved)]) == 0
    assert read_manifest(moved).analyses["profile"]["reference"]["medians"] == {"budget": 100}
    assert (moved / "profile.csv").read_bytes() == (study / "results" / "profile.csv").read_bytes()


def test_what_is_published_may_be_told_after_the_run(study: Path, tmp_path: Path) -> None:
    for name in ("codebook.yaml", "study.yaml"):
        (tmp_path / name).write_bytes((study / name).read_bytes())
    shutil.copytree(study / "corpus", tmp_path / "corpus")
    shutil.copytree(study / "results", tmp_path / "results")
    (tmp_path / "study.yaml").write_text("reference: {source: Une autre, medians: {staff: 5}}", encoding="utf-8")
    assert main(["profile", str(tmp_path / "results")]) == 0
    asked = read_manifest(tmp_path / "results").analyses["profile"]
    assert asked["reference"] == {"source": "Une autre", "medians": {"staff": 5}, "means": {}}
    assert main(["verify", str(tmp_path / "results"), str(tmp_path)]) == 0


def test_verify_makes_all_of_them_again(study: Path, capsys: pytest.CaptureFixture[str]) -> None:
    results = study / "results"
    main(["compare", str(results), "--by", "origin"])
    main(["cooccurrence", str(results)])
    main(["profile", str(results)])
    capsys.readouterr()
    assert main(["verify", str(results), str(study)]) == 0
    assert "The same to the byte" in capsys.readouterr().out
    names = {"comparison.csv", "comparison_cells.csv", "comparison_verbatims.csv", "cooccurrence.csv"}
    names |= {"cooccurrence.graphml", "profile.csv", "profile_counts.csv", "profile_themes.csv"}
    assert names <= set(read_manifest(results).files)
    with (results / "cooccurrence.csv").open("a", encoding="utf-8") as file:
        file.write("x")
    assert main(["verify", str(results), str(study)]) == 1


@pytest.mark.parametrize(
    ("arguments", "suggestion"),
    [
        (["compare", "--by", "orgin"], "« origin »"),
        (["compare", "--codes", "argnt"], "« argent »"),
        (["cooccurrence", "--codes", "argent,confiant"], "« confiance »"),
        (["profile", "--attributes", "budgt"], "« budget »"),
    ],
)
def test_a_slip_is_answered_with_a_suggestion(
    study: Path, arguments: list[str], suggestion: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([arguments[0], str(study / "results"), *arguments[1:]]) == 1
    assert suggestion in capsys.readouterr().err


def test_a_group_alone_is_no_error(study: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["compare", str(study / "results"), "--by", "role"]) == 0
    assert "nothing to compare" in capsys.readouterr().out


def test_no_break_spaces_reach_the_terminal(study: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--lang", "fr", "compare", str(study / "results"), "--by", "orgin"]) == 1
    assert "\ufffd" not in capsys.readouterr().err
