"""`verbatims` as a user calls it."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from small_studies import Call, contents, write


@pytest.fixture(autouse=True)
def _in_the_study(coded: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(coded)


def test_quotes_stand_by_code_and_case_with_their_place(coded: Path, call: Call) -> None:
    ended = call("verbatims", "Arg", "autonomie")
    assert ended.code == 0
    out = [line.strip() for line in ended.out.splitlines() if line.strip()]
    assert out[0] == "Argent  (argent; affirmed 1, negated 2, hypothetical 1)"
    assert out[1] == "Pôle alpha"
    assert out[2] == "« La mairie nous a versé mille euros. »"
    text = (coded / "results/texts/alpha/marie.txt").read_text(encoding="utf-8")
    start = text.index("La mairie nous")
    assert out[3] == f"Affirmed  Enquêté  alpha/marie:{start}-{start + 35}"
    assert out.index("Autonomie  (autonomie; affirmed 2)") > out.index("Pôle bêta")


def test_programs_get_rows_whose_quotes_are_the_text(coded: Path, call: Call) -> None:
    rows = list(csv.DictReader(io.StringIO(call("verbatims", "soutiens", "results", "--format", "csv").out)))
    assert {row["code_id"] for row in rows} == {"argent"}
    for row in rows:
        text = (coded / f"results/texts/{row['transcript_id']}.txt").read_bytes().decode()
        assert text[int(row["start"]) : int(row["end"])] == row["quote"]
    told = json.loads(call("verbatims", "argent", "--format", "json").out)
    assert [row["quote"] for row in told] == [row["quote"] for row in rows]


@pytest.mark.parametrize(
    ("options", "count"),
    [
        (["--case", "beta"], 1),
        (["--where", "stage=émergence", "--polarity", "negated"], 2),
        (["--where", "function=élu"], 1),
        (["--transcript", "alpha/marie", "--transcript", "beta/lea"], 3),
        (["--role", "interviewer"], 0),
        (["--speaker", "R"], 2),
        (["--sample", "1"], 1),
        (["--sample", "1", "--per", "case"], 2),
    ],
)
def test_conditions_and_samples(options: list[str], count: int, call: Call) -> None:
    ended = call("verbatims", "argent", *options)
    assert ended.code == 0
    assert ended.out.count("« ") == count
    assert f"{count} of " in ended.out


def test_the_turn_is_shown_around_the_quote(call: Call) -> None:
    out = " ".join(call("verbatims", "autonomie", "--case", "alpha", "--turns").out.split())
    assert "La mairie nous a versé mille euros. On n’a pas eu de subvention. « 🎉 On a décidé seuls. »" in out


def test_files_are_written_whole(coded: Path, call: Call) -> None:
    before = contents(coded / "results")
    assert call("verbatims", "argent", "--out", "sub/argent.csv").out == "4 verbatims are in sub/argent.csv.\n"
    assert (coded / "sub/argent.csv").read_text(encoding="utf-8") == call("verbatims", "argent", "--format", "csv").out
    call("verbatims", "argent", "-o", "argent.json")
    assert len(json.loads((coded / "argent.json").read_text(encoding="utf-8"))) == 4
    call("verbatims", "argent", "-o", "argent.txt", "--format", "table")
    assert "« La mairie nous a versé mille euros. »" in (coded / "argent.txt").read_text(encoding="utf-8")
    assert contents(coded / "results") == before


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["argnt"], "did you mean « argent »?"),
        (["argent", "./nowhere"], "nowhere/manifest.json"),
        (["argent", "corpus"], "corpus/manifest.json"),
        (["argent", "--where", "stage=essors"], "did you mean « essor »?"),
        (["argent", "--case", "bet"], "did you mean « beta »?"),
        (["a"], "several codes: argent, autonomie"),
        (["argent", "--out", "corpus"], "corpus is a folder"),
        (["argent", "--out", "study.yaml/x.csv"], "can't be written to"),
    ],
)
def test_what_cannot_be_used(arguments: list[str], told: str, call: Call) -> None:
    ended = call("verbatims", *arguments)
    assert ended.code == 1
    assert told in ended.err


@pytest.mark.parametrize("options", [[], ["argent", "--where", "stage"], ["argent", "--per", "case"]])
def test_wrong_usage(options: list[str], call: Call) -> None:
    assert call("verbatims", *options).code == 2


def test_markup_in_texts_is_text(coded: Path, call: Call) -> None:
    text = "E : Oui ?\n\nR : Une subvention [bold]voilà[/bold] \x1b[31m.\n\n"
    write(coded, {"corpus/alpha/marie.txt": text + "E : Oui ?\n\nR : Il fait beau.\n\n" * 99})
    assert call("run", coded).code == 0
    out = call("verbatims", "argent", "--transcript", "alpha/marie").out
    assert "« Une subvention [bold]voilà[/bold]" in out
    assert "\x1b" not in out


def test_nothing_heavy_is_loaded(process: Call, coded: Path) -> None:
    write(coded, {"sitecustomize.py": "import sys\nsys.modules['spacy'] = None\n"})
    assert process("verbatims", "argent", where=coded, PYTHONPATH=f"{coded}:{Path(__file__).parents[2]}").code == 0
