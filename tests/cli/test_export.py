"""`export` as a user calls it: files beside the results, which `verify` and the next run leave alone."""

from __future__ import annotations

from pathlib import Path

import docx
import openpyxl
import pytest
from small_studies import Call, contents

from ptce_qual.study.manifest import read_manifest


@pytest.fixture(autouse=True)
def _in_the_study(coded: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(coded)


def styled(path: Path, style: str) -> list[str]:
    return [one.text for one in docx.Document(str(path)).paragraphs if one.style and one.style.name == style]


def test_exports_stand_in_the_results_and_are_no_part_of_them(coded: Path, call: Call) -> None:
    before = contents(coded / "results")
    assert call("export", "xlsx").out == "Written: results/codings.xlsx\n"
    assert call("export", "docx").out == "Written: results/verbatims.docx\n"
    assert call("export", "docx", "results", "--what", "codebook").out == "Written: results/codebook.docx\n"
    made = {"codings.xlsx", "verbatims.docx", "codebook.docx"}
    after = contents(coded / "results")
    assert set(after) - set(before) == made
    assert {name: after[name] for name in before} == before
    assert made.isdisjoint(read_manifest(coded / "results").files)
    assert call("verify").code == 0
    assert call("run", "--no-report").code == 0
    assert {name: (coded / "results" / name).read_bytes() for name in made} == {name: after[name] for name in made}
    for arguments in (["xlsx"], ["docx"], ["docx", "--what", "codebook"]):
        assert call("export", *arguments).code == 0
    assert contents(coded / "results") == after


def test_what_is_written_is_of_these_results(coded: Path, call: Call) -> None:
    assert call("export", "xlsx", "--out", "sub/x.xlsx").code == 0
    book = openpyxl.load_workbook(coded / "sub/x.xlsx")
    assert book["Read me"]["A1"].value == "Essai"
    assert book["Codings"].max_row == 7
    assert "Pôle alpha" in [one.value for one in book["Matrix"][1]]
    call("export", "docx", "--code", "Arg,autonomie", "--sample", "1", "--seed", "4", "--out", "v.docx")
    assert styled(coded / "v.docx", "Heading 1") == ["Argent", "Autonomie"]
    assert len(styled(coded / "v.docx", "Quote")) == 2
    call("export", "docx", "--where", "stage=essor", "--polarity", "hypothetical", "--out", "w.docx")
    assert styled(coded / "w.docx", "Quote") == ["«\u00a0Il faudrait une subvention.\u00a0»"]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["xlsx", "corpus"], "corpus/manifest.json"),
        (["docx", "nowhere"], "nowhere/manifest.json"),
        (["docx", "--code", "argnt"], "did you mean « argent »?"),
        (["docx", "--where", "stag=essor"], "did you mean « stage »?"),
        (["xlsx", "--out", "corpus"], "corpus is a folder"),
        (["docx", "--out", "study.yaml/x.docx"], "can't be written to"),
    ],
)
def test_what_cannot_be_used(arguments: list[str], told: str, coded: Path, call: Call) -> None:
    before = contents(coded)
    ended = call("export", *arguments)
    assert ended.code == 1
    assert told in ended.err
    assert contents(coded) == before


@pytest.mark.parametrize(
    "command",
    [
        ("export", "xlsx", "--out", "results/codings.csv"),
        ("export", "docx", "--out", "study.yaml"),
        ("export", "docx", "--out", "results/texts/../manifest.json"),
        ("verbatims", "argent", "--out", "codebook.yaml"),
        ("verbatims", "argent", "--out", "corpus/cases.csv"),
        ("kwic", "mairie", "--out", "results/coverage.csv"),
    ],
)
def test_no_file_of_the_study_nor_of_its_results_is_replaced(command: tuple[str, ...], coded: Path, call: Call) -> None:
    before = contents(coded)
    ended = call(*command)
    assert ended.code == 1
    assert "is a file of the study or of its results" in ended.err
    assert contents(coded) == before


def test_a_file_of_ours_is_written_again(call: Call) -> None:
    for _time in range(2):
        assert call("verbatims", "argent", "--out", "v.csv").code == 0
        assert call("export", "docx", "--out", "v.docx").code == 0
        assert call("export", "xlsx").code == 0


def test_a_folder_that_may_not_be_written(coded: Path, bound_process: Call) -> None:
    (coded / "results").chmod(0o500)
    ended = bound_process("export", "xlsx", where=coded)
    (coded / "results").chmod(0o700)
    assert ended.code == 1
    assert "can't be written to" in ended.err
    assert not (coded / "results/codings.xlsx").exists()


@pytest.mark.parametrize("options", [["--code", "a"], ["--sample", "1"], ["--polarity", "negated"]])
def test_wrong_usage(options: list[str], call: Call) -> None:
    assert call("export", "docx", "--what", "codebook", *options).code == 2
    assert call("export", "pdf").code == 2
