"""`report`: the dossier of a results folder, whatever stands in it, and that it can be verified."""

from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path

import pytest
from small_studies import CODEBOOK, INTERVIEWS, Call, contents, write

DOSSIER = ("report.html", "figures/")
ONE_CODE = """\
title: Essai
version: "1"
codes:
  - id: argent
    label: Argent
    rules: [subvention]
"""


def page(results: Path) -> str:
    return (results / "report.html").read_text(encoding="utf-8")


def dossier(results: Path) -> dict[str, bytes]:
    return {name: content for name, content in contents(results).items() if name.startswith(DOSSIER)}


def asked(results: Path) -> dict[str, object]:
    told: dict[str, object] = json.loads((results / "manifest.json").read_text(encoding="utf-8"))["analyses"]["report"]
    return told


def test_in_the_codebook_s_language_whatever_the_terminal_s(coded: Path, call: Call) -> None:
    ended = call("report", coded / "results")
    assert (ended.code, ended.err) == (0, "")
    assert "report.html" in ended.out
    assert '<html lang="fr">' in page(coded / "results")
    assert asked(coded / "results")["language"] == "fr"


@pytest.mark.parametrize("before", [True, False])
def test_in_another_language(before: bool, coded: Path, call: Call) -> None:
    told = ("--lang", "en")
    results = coded / "results"
    assert call(*(told if before else ()), "report", results, *(() if before else told)).code == 0
    assert '<html lang="en">' in page(results)
    assert "How much of what respondents say" in page(results)


def test_a_language_that_is_none(coded: Path, call: Call) -> None:
    ended = call("report", coded / "results", "--lang", "de")
    assert ended.code == 2
    assert "« de » is none of en, fr" in ended.err
    assert not (coded / "results/report.html").exists()


def test_figures_of_a_form_and_those_of_an_earlier_dossier_go(coded: Path, call: Call) -> None:
    results = coded / "results"
    assert call("report", results).code == 0
    assert {Path(name).suffix for name in dossier(results)} == {".html", ".md", ".svg", ".png"}
    write(results, {"figures/mine.svg": "<svg/>", "verbatims/stale.html": "mine"})
    assert call("report", results, "--figures", "pdf").code == 0
    made = {Path(name).suffix for name in dossier(results) if name != "figures/mine.svg"}
    assert made == {".html", ".md", ".pdf"}
    assert (results / "figures/mine.svg").exists()
    assert asked(results)["figures"] == ["pdf"]
    assert call("verify", results, coded).out.startswith("The same to the byte")


def test_pages_apart_go_when_they_are_no_more(coded: Path, call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    results = coded / "results"
    with monkeypatch.context() as patched:
        patched.setattr("ptce_qual.report.places._MOST_CHARACTERS", 0)
        patched.setattr("ptce_qual.report.places._MOST_VERBATIMS", 5)
        assert call("report", results).code == 0
    assert {path.name for path in (results / "transcripts").iterdir()} == {
        "alpha-marie.html", "alpha-paul.html", "beta-lea.html",
    }  # fmt: skip
    assert {path.name for path in (results / "verbatims").iterdir()} == {"argent.html", "autonomie.html"}
    assert call("report", results).code == 0
    assert not [name for name in contents(results) if name.startswith(("transcripts/", "verbatims/"))]


def test_of_codings_only(study: Path, call: Call) -> None:
    assert call("code", study).code == 0
    assert call("report", study / "results").code == 0
    files = contents(study / "results")
    assert {"coverage.csv", "comparison.csv", "cooccurrence.csv", "saturation.csv", "profile.csv"} <= set(files)
    assert call("verify", study / "results", study).out.startswith("The same to the byte")


def test_a_run_s_dossier_is_that_of_report_and_verifies(study: Path, call: Call) -> None:
    results = study / "results"
    assert call("run", study).code == 0
    made = contents(results)
    assert "report.html" in made
    assert call("verify", results, study).out.startswith("The same to the byte")
    assert call("report", results).code == 0
    assert contents(results) == made


def test_a_dossier_changed_by_hand(coded: Path, call: Call) -> None:
    results = coded / "results"
    assert call("report", results).code == 0
    (results / "report.html").write_text(page(results).replace("Argent", "Or"), encoding="utf-8")
    ended = call("verify", results, coded)
    assert ended.code == 1
    assert "report.html: the file was changed after it was written" in ended.out + ended.err


def test_the_same_bytes_elsewhere(coded: Path, tmp_path: Path, call: Call, process: Call) -> None:
    other = Path(shutil.copytree(coded, tmp_path / "ailleurs/une autre étude"))
    assert call("report", coded / "results").code == 0
    assert process("report", other / "results", PYTHONHASHSEED="3", PTCE_QUAL_LANG="", LC_ALL="C.UTF-8").code == 0
    assert contents(other / "results") == contents(coded / "results")
    assert all(str(tmp_path).encode() not in content for content in contents(other / "results").values())


def test_of_a_folder_without_results(tmp_path: Path, call: Call) -> None:
    ended = call("report", tmp_path)
    assert ended.code == 1
    assert ended.problems("error")
    assert list(tmp_path.iterdir()) == []


SMALLER: dict[str, dict[str, str]] = {
    "one case": {"codebook.yaml": CODEBOOK, "corpus/alpha/marie.txt": INTERVIEWS["alpha/marie.txt"]},
    "one interview without a folder": {"codebook.yaml": CODEBOOK, "corpus/seul.txt": "R : Une subvention.\n"},
    "nothing coded": {"codebook.yaml": CODEBOOK, "corpus/a/x.txt": "R : Oui.\n", "corpus/b/y.txt": "R : Non.\n"},
    "nothing said": {"codebook.yaml": CODEBOOK, "corpus/a/x.txt": "Q : Alors ?\n"},
    "one code": {"codebook.yaml": ONE_CODE, **{f"corpus/{name}": text for name, text in INTERVIEWS.items()}},
}


@pytest.mark.parametrize("name", SMALLER)
def test_of_little(name: str, tmp_path: Path, call: Call) -> None:
    study = write(tmp_path / "study", {"study.yaml": "title: Petit\n", **SMALLER[name]})
    ended = call("run", study, "--lang", "en")
    assert (ended.code, ended.problems("error")) == (0, []), ended.err
    told = page(study / "results")
    assert ("No passage is coded." in told) == name.startswith("nothing")
    assert "nan" not in told.lower().replace("finan", "").replace("gouvernan", "")
    assert call("verify", study / "results", study).out.startswith("The same to the byte")


def test_with_another_coder(coded: Path, call: Call) -> None:
    with (coded / "results/codings.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    names = ["transcript_id", "start", "end", "code_id"]
    lines = [",".join(names), *(",".join(row[name] for name in names) for row in rows[:-1])]
    write(coded, {"ann.csv": "\n".join(lines) + "\n"})
    results = coded / "results"
    assert call("report", results, "--lang", "en").code == 0
    assert "No other coder" in page(results)
    assert call("agreement", coded / "ann.csv", results).code == 0
    assert call("report", results, "--lang", "en").code == 0
    told = page(results)
    assert "No other coder" not in told
    assert 'id="figure-agreement"' in told
    assert "not coded by" in told
    assert call("verify", results, coded).out.startswith("The same to the byte")


def test_as_it_was_asked_for(coded: Path, call: Call) -> None:
    results = coded / "results"
    assert call("coverage", results, "--by", "function", "--descendants").code == 0
    assert call("report", results).code == 0
    shown = asked(results)["analyses"]
    assert isinstance(shown, dict)
    assert shown["coverage"]["descendants"] is True
    assert shown["compare"]["by"] == ["function"]
    assert "porteur" in page(results)
