"""`agreement`: from coders' files to tables, what is written and kept, and that it can be verified."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from small_studies import Call, contents

from ptce_qual import agreement
from ptce_qual.errors import InputError
from ptce_qual.study.results import read_results
from ptce_qual.workflow.agreement import compare_coders

WRITTEN = ("agreement.csv", "agreement_codings.csv", "agreement_disagreements.csv")


@pytest.fixture
def ann(coded: Path) -> Path:
    """Return a file of a coder who read two of the three interviews, in one of which she found other things."""
    with (coded / "results/codings.csv").open(encoding="utf-8", newline="") as stream:
        rows = [row for row in csv.DictReader(stream) if row["transcript_id"] != "beta/lea"]
    rows[1]["polarity"] = "affirmed"
    rows[2]["code_id"] = ""
    path = coded / "ann.csv"
    columns = ["transcript_id", "start", "end", "code_id", "polarity"]
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, columns, extrasaction="ignore")
        writer.writeheader()
        writer.writerows(rows)
    return path


def table(text: str) -> dict[str, dict[str, str]]:
    return {row["code_id"]: row for row in csv.DictReader(io.StringIO(text))}


def test_rules_and_a_coder(coded: Path, ann: Path, call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(coded)
    before = contents(Path("results"))
    ended = call("agreement", "ann.csv", "results")
    assert (ended.code, ended.err) == (0, "")
    assert "Agreement of ann, rules by sentence" in ended.out
    assert "all codes pooled" in ended.out
    assert "1 disagreement:" in ended.out
    after = contents(Path("results"))
    assert {name: content for name, content in after.items() if name not in (*WRITTEN, "manifest.json")} == {
        name: content for name, content in before.items() if name != "manifest.json"
    }
    found = table(after["agreement.csv"].decode())
    assert list(found) == ["(all)", "(mean)", "argent", "autonomie"]
    assert (found["argent"]["units"], found["argent"]["units_set_aside"]) == ("5", "2")
    assert (found["argent"]["coded_all"], found["argent"]["cohen_kappa"]) == ("3", "1.000000")
    assert (found["autonomie"]["coded:ann"], found["autonomie"]["coded:rules"]) == ("0", "1")
    (row,) = csv.DictReader(io.StringIO(after["agreement_disagreements.csv"].decode()))
    assert (row["coded_by"], row["not_coded_by"], row["rule_ids"]) == ("rules", "ann", "seuls")
    assert row["text"] == "🎉 On a décidé seuls."
    kept = json.loads(after["manifest.json"])["analyses"]["agreement"]
    assert (kept["coders"], kept["own"], [source["file"] for source in kept["sources"]]) == (
        ["ann", "rules"], ["rules"], ["ann.csv"]
    )  # fmt: skip


def test_results_verify_without_the_coders_file(coded: Path, ann: Path, call: Call) -> None:
    results = coded / "results"
    assert call("agreement", ann, results, "-r", results, "--pairwise", "--polarity").code == 0
    ann.unlink()
    ended = call("verify", results, coded)
    assert (ended.code, ended.out.strip()) == (0, "The same to the byte: 15 files.")
    kept = results / "agreement_codings.csv"
    kept.write_bytes(kept.read_bytes().replace(b"affirmed", b"negated"))
    ended = call("verify", results, coded)
    assert ended.code == 1
    assert "agreement_codings.csv: the file was changed after it was written" in ended.out
    assert "agreement_polarity.csv: the file differs" in ended.out
    kept.unlink()
    ended = call("verify", results, coded)
    assert "agreement_codings.csv: the file is missing" in ended.out
    assert "agreement.csv: the file would not be made" in ended.out


def test_tables_that_are_not_asked_for_again_go_and_a_run_begins_anew(coded: Path, ann: Path, call: Call) -> None:
    results = coded / "results"
    call("agreement", ann, results, "-r", results, "--pairwise", "--polarity")
    assert {"agreement_pairs.csv", "agreement_polarity.csv"} < set(contents(results))
    call("agreement", ann, results, "-r", results)
    assert not {"agreement_pairs.csv", "agreement_polarity.csv"} & set(contents(results))
    assert call("verify", results, coded).code == 0
    assert call("run", "--no-report", coded).code == 0
    assert not set(WRITTEN) & set(contents(results))


def test_the_same_twice(coded: Path, ann: Path, call: Call) -> None:
    results = coded / "results"
    arguments = ("agreement", ann, results, "-r", results, "--pairwise", "--polarity", "--cluster", "transcript")
    call(*arguments)
    first = contents(results)
    call("--lang", "fr", *arguments)
    assert contents(results) == first
    call(*arguments, "--seed", 1)
    assert contents(results)["agreement_codings.csv"] == first["agreement_codings.csv"]
    assert contents(results)["manifest.json"] != first["manifest.json"]


def test_disagreements_are_shown_with_their_text(coded: Path, ann: Path, call: Call) -> None:
    results = coded / "results"
    ended = call("agreement", ann, results, "-r", results, "--disagreements", 3, "--polarity")
    lines = [line.strip() for line in ended.out.splitlines()]
    assert "argent: 1 disagreement" in lines
    assert "+ ann affirmed   + rules negated" in lines
    at = lines.index("autonomie: 1 disagreement")
    assert lines[at + 1].startswith("alpha/marie:")
    assert lines[at + 1].endswith("Enquêté")
    assert lines[at + 2 : at + 5] == ["« 🎉 On a décidé seuls. »", "+ rules affirmed   − ann", "rules: seuls"]
    one = call("agreement", ann, results, "-r", results, "--disagreements", 3, "--codes", "argent")
    assert "The coders agree everywhere." in one.out


def test_codes_choose_what_is_shown_and_not_what_is_written(coded: Path, ann: Path, call: Call) -> None:
    results = coded / "results"
    ended = call("agreement", ann, results, "-r", results, "--codes", "soutiens", "--format", "csv")
    assert list(table(ended.out)) == ["(all)", "(mean)", "argent"]
    assert list(table((results / "agreement.csv").read_text(encoding="utf-8"))) == [
        "(all)", "(mean)", "argent", "autonomie"
    ]  # fmt: skip
    assert json.loads(call("agreement", ann, results, "-r", results, "--format", "json").out)[0]["code_id"] == "(all)"
    assert "Argent" not in call("agreement", ann, results, "-r", results, "--top", 1).out
    refused = call("agreement", ann, results, "-r", results, "--codes", "argents")
    assert (refused.code, "did you mean « argent »?" in refused.err) == (1, True)


def test_results_among_the_coders_are_judged_where_the_study_has_none(
    coded: Path, ann: Path, call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    ended = call("agreement", ann, coded / "results")
    assert ended.code == 0
    assert (coded / "results/agreement.csv").is_file()
    assert list(tmp_path.glob("*.csv")) == []


@pytest.mark.parametrize(
    "refused",
    [
        (["ann.csv"], "agreement needs two coders; there is only: ann"),
        (["results"], "there is only: rules"),
        (["nobody.csv", "results"], "there is no such file or folder: nobody.csv"),
        (["ann.csv", "results", "--unit", "character", "--cluster", "unit"], "are not independent"),
        (["ann.csv", "results", "--results", "corpus"], "can't be read"),
    ],
)
def test_what_can_not_be_compared(
    coded: Path, ann: Path, call: Call, monkeypatch: pytest.MonkeyPatch, refused: tuple[list[str], str]
) -> None:
    monkeypatch.chdir(coded)
    before = contents(Path("results"))
    ended = call("agreement", *refused[0])
    assert ended.code == 1
    assert refused[1] in ended.err
    assert contents(Path("results")) == before


@pytest.mark.parametrize("unit", ["sentence", "turn", "character"])
def test_in_two_lines_of_python(coded: Path, ann: Path, unit: str) -> None:
    results = coded / "results"
    compared = compare_coders([ann, results], results, {"unit": unit})
    assert compared.tables["agreement"].table["code_id"].tolist() == ["(all)", "(mean)", "argent", "autonomie"]
    assert compared.coders == ("ann", "rules")


def test_from_a_coded_corpus_without_a_folder(coded: Path, ann: Path) -> None:
    corpus = read_results(coded / "results")
    tables = agreement(corpus, [ann], polarity=True)
    assert list(tables) == ["agreement", "agreement_disagreements", "agreement_polarity"]
    assert tables["agreement"].title == "Agreement of rules, ann by sentence"
    with pytest.raises(InputError, match="there is only: ann"):
        agreement(corpus, [ann], own=False)
    with pytest.raises(TypeError, match="no option units"):
        agreement(corpus, [ann], units="turn")
