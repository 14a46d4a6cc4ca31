"""`saturation`: what is printed and written, and that it can be verified."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from small_studies import Call, contents


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_on_a_small_study(coded: Path, call: Call) -> None:
    results = coded / "results"
    before = set(contents(results))
    ended = call("saturation", results)
    assert (ended.code, ended.err) == (0, "")
    assert "2 of 2 codes met." in ended.out
    assert "2 without a date" in ended.out
    assert set(contents(results)) == before | {"saturation.csv", "saturation_thresholds.csv"}
    curve = rows((results / "saturation.csv").read_text(encoding="utf-8"))
    assert [(row["interview"], row["new_code_ids"], row["cumulative_codes"]) for row in curve] == [
        ("alpha/marie", "argent|autonomie", "2"), ("alpha/paul", "", "2"), ("beta/lea", "", "2")
    ]  # fmt: skip
    thresholds = rows((results / "saturation_thresholds.csv").read_text(encoding="utf-8"))
    assert len(thresholds) == 12
    assert {row["undefined"] for row in thresholds} == {"too_few_interviews"}
    assert call("verify", results, coded).out.strip() == "The same to the byte: 12 files."


@pytest.mark.parametrize(
    "options", [["--by", "case"], ["--by", "function,case"], ["--item", "case"], ["--descendants"]]
)
def test_groups_and_items(coded: Path, call: Call, options: list[str]) -> None:
    results = coded / "results"
    ended = call("saturation", results, *options, "--permutations", 20, "--seed", 3)
    assert (ended.code, ended.err) == (0, "")
    assert ("Saturation in groups" in ended.out) == ("--by" in options)
    kept = json.loads(contents(results)["manifest.json"])["analyses"]["saturation"]
    assert (kept["permutations"], kept["seed"]) == (20, 3)
    assert call("verify", results, coded).code == 0


def test_nothing_coded(coded: Path, call: Call) -> None:
    codebook = coded / "codebook.yaml"
    codebook.write_text("title: T\ncodes:\n  - {id: rien, label: Rien, rules: [xylophone]}\n", encoding="utf-8")
    assert call("run", "--no-report", coded).code == 0
    ended = call("saturation", coded / "results")
    assert (ended.code, ended.err) == (0, "")
    assert "0 of 1 code met. In no interview: rien." in ended.out


def test_for_programs(coded: Path, call: Call) -> None:
    told = call("saturation", coded / "results", "--format", "csv").out
    assert told == (coded / "results/saturation.csv").read_text(encoding="utf-8")
    assert len(json.loads(call("saturation", coded / "results", "--format", "json").out)) == 3


def test_an_attribute_that_nothing_has(coded: Path, call: Call) -> None:
    ended = call("saturation", coded / "results", "--by", "fonction")
    assert ended.code == 1
    assert "did you mean « function »?" in ended.err
    assert not (coded / "results/saturation.csv").exists()
