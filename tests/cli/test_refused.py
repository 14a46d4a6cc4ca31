"""What cannot be used at all: exit code 1 with place, fault and remedy; wrong usage: 2; and no results touched."""

from __future__ import annotations

from pathlib import Path

import pytest
from small_studies import CODEBOOK, Call, contents, write

HEAD = "title: Essai\ncodes:\n  - id: argent\n    label: Argent\n"
MARK = "executed"
CODEBOOKS = {
    "a tab": (HEAD + "\tparent: x\n", 5, "tab"),
    "a wrong type": (HEAD + "    rules: subvention\n", 5, "« rules » is no list"),
    "a key twice": (HEAD + "    label: Encore\n", 5, "« label » stands twice"),
    "a circle": (HEAD + "    parent: b\n  - {id: b, label: B, parent: argent}\n", 5, "its own ancestor"),
    "a regular expression": (HEAD + "    rules:\n      - {regex: '(?=a)b'}\n", 6, "is refused"),
    "a tag": (HEAD + f"    definition: !!python/object/apply:os.mkdir [{MARK}]\n", 5, "tag"),
    "a pattern of spaCy": (HEAD + "    rules:\n      - {tokens: [{LEMMMA: {x: 1}}]}\n", 6, "tokens"),
    "an unknown key": (HEAD + "    rule: [a]\n", 5, "« rule »"),
    "no YAML": ("title: [\n", None, "YAML"),
    "nothing": ("", 1, "title"),
    "not UTF-8": (HEAD.encode() + b"    definition: \xe9t\xe9\n", None, "UTF-8"),
}


@pytest.mark.parametrize("name", CODEBOOKS)
def test_codebooks(name: str, coded: Path, call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    text, line, told = CODEBOOKS[name]
    write(coded, {"codebook.yaml": text})
    monkeypatch.chdir(coded)
    before = contents(coded)
    for command in (["run"], ["code"], ["verify"], ["codebook", "check"], ["explain", "Oui."]):
        ended = call(*command)
        assert ended.code == 1, command
        place = f"codebook.yaml:{line}: error: " if line else "codebook.yaml"
        assert any(place in one and told in one and "→" in one for one in ended.problems("error")), ended.err
        assert contents(coded) == before
    assert not (coded / MARK).exists()


SETTINGS = {
    "a tab": ("roles:\n\tDriss: respondent\n", 2, "tab"),
    "a wrong type": ("defaults: [a]\n", 1, "« defaults » is no mapping"),
    "a value": ("roles:\n  Driss: enquêté\n", 2, "« Driss » must be one of: interviewer"),
    "a key twice": ("title: a\ntitle: b\n", 2, "« title » stands twice"),
    "an unknown key": ("defaults:\n  bye: [case]\n", 2, "Did you mean « by »?"),
    "a number": ("defaults:\n  jobs: 0\n", 2, "at least 1"),
    "a tag": (f"title: !!python/object/apply:os.mkdir [{MARK}]\n", 1, "tag"),
}


@pytest.mark.parametrize("name", SETTINGS)
def test_settings(name: str, coded: Path, call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    text, line, told = SETTINGS[name]
    write(coded, {"study.yaml": text})
    monkeypatch.chdir(coded)
    before = contents(coded)
    for command in (["run"], ["coverage"], ["verify"], ["corpus", "check"], ["clear-cache"], ["codebook", "show"]):
        ended = call(*command)
        assert ended.code == 1, command
        found = ended.problems("error")
        assert any(f"study.yaml:{line}: error: " in one and told in one and "→" in one for one in found), ended.err
    assert contents(coded) == before
    assert not (coded / MARK).exists()


def test_empty_and_missing(tmp_path: Path, call: Call) -> None:
    codebook = write(tmp_path, {"c.yaml": CODEBOOK}) / "c.yaml"
    (tmp_path / "empty").mkdir()
    for name, told in (("empty", "holds no interview"), ("none", "no such file or folder")):
        for command in (["run", "--codebook", codebook], ["corpus", "check"]):
            options = ["--out", tmp_path / "out"] if command[0] == "run" else []
            ended = call(*command, tmp_path / name, *options)
            assert ended.code == 1, command
            assert any(name in line and told in line and "→" in line for line in ended.problems("error")), ended.err
    assert not contents(tmp_path / "out")


def test_no_codebook(study: Path, call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    (study / "codebook.yaml").unlink()
    monkeypatch.chdir(study)
    for command in (
        ["run"],
        ["codebook", "check"],
        ["codebook", "show"],
        ["explain", "Oui."],
        ["code", "-c", "no.yaml"],
    ):
        ended = call(*command)
        assert ended.code == 1
        assert "codebook" in ended.err or "no.yaml" in ended.err
        assert "→" in ended.err
    assert not contents(study / "results")


def test_results_that_are_a_file(study: Path, call: Call) -> None:
    write(study, {"taken": "x"})
    for out in (study / "taken", study / "taken/below"):
        ended = call("run", "--no-report", study, "--out", out)
        assert ended.code == 1
        assert out.as_posix() in ended.err
        assert "→ Name another one with --out" in ended.err
    assert (study / "taken").read_text(encoding="utf-8") == "x"


def test_a_folder_stands_where_a_result_is_to_be(coded: Path, call: Call) -> None:
    before = contents(coded / "results")
    (coded / "results/codings.csv").unlink()
    write(coded, {"results/codings.csv/x": "x"})
    ended = call("run", "--no-report", coded)
    assert ended.code == 1
    assert "can't be written to" in ended.err
    assert not list((coded / "results").glob(".partial*"))
    assert set(contents(coded / "results")) - {"codings.csv/x"} == set(before) - {"codings.csv"}


def test_results_that_may_not_be_written(coded: Path, bound_process: Call) -> None:
    before = contents(coded / "results")
    (coded / "results").chmod(0o500)
    ended = bound_process("run", coded)
    (coded / "results").chmod(0o700)
    assert ended.code == 1
    assert "can't be written to" in ended.err
    assert contents(coded / "results") == before


@pytest.mark.parametrize(
    "model", ["fr_not_there", "./no/folder", "corpus", "study.yaml", ""], ids=["name", "path", "folder", "file", "none"]
)
def test_no_such_pipeline(model: str, coded: Path, call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(coded)
    before = contents(coded)
    ended = call("run", "--no-report", "--model", model)
    assert ended.code == (1 if model else 0)  # no name is the shipped one's
    assert contents(coded) == before


def test_places_that_are_no_places(coded: Path, call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(coded)
    ended = call("explain", "alpha/mari:0-10")
    assert ended.code == 1
    assert "did you mean « alpha/marie »?" in ended.err
    for place in ("99999-999999", "20-10", "0-190"):
        ended = call("explain", f"alpha/marie:{place}")
        assert ended.code == 1
        assert f"« {place} » is no place in this interview" in ended.err


WRONG = [
    ["rnu"],
    ["run", "--codbook", "x"],
    ["run", "a", "b"],
    ["run", "--jobs", "0"],
    ["run", "--jobs", "deux"],
    ["run", "--unit", "word"],
    ["run", "--measure", "coverage"],
    ["run", "--polarity", "neutral"],
    ["coverage", "--format", "xml"],
    ["codebook"],
    ["corpus"],
    ["codebook", "diff", "a.yaml"],
    ["explain"],
    ["init"],
    ["--lang", "de", "run"],
    [],
]


@pytest.mark.parametrize("arguments", WRONG, ids=" ".join)
def test_wrong_usage(arguments: list[str], call: Call, study: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(study)
    ended = call(*arguments)
    assert ended.code == 2
    assert "Usage: ptce-qual" in ended.err + ended.out
    assert not (study / "results").exists()


@pytest.mark.parametrize("out", [".", "corpus"])
def test_results_never_stand_among_the_study_s_own_files(out: str, study: Path, call: Call) -> None:
    before = contents(study)
    ended = call("run", study, "--out", study / out)
    assert ended.code == 1
    assert "holds other files than results" in ended.err
    assert contents(study) == before


def test_results_never_replace_a_codebook(study: Path, tmp_path: Path, call: Call) -> None:
    other = write(tmp_path / "other", {"codebook.yaml": "title: Autre\ncodes: []\n"})
    assert call("code", study, "--out", other).code == 1
    assert (other / "codebook.yaml").read_text(encoding="utf-8").startswith("title: Autre")


def test_nothing_is_left_where_nothing_was_coded(tmp_path: Path, call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(write(tmp_path, {"codebook.yaml": "title: x\n", "a.txt": "R : Oui.\n"}))
    assert call("run").code == 1
    assert not (tmp_path / "results").exists()


def test_a_row_of_a_table_that_is_wrong_is_no_interview_that_is_not_read(
    tmp_path: Path, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    cases = "case_id,label\na,A\na,B\n"
    monkeypatch.chdir(write(tmp_path, {"codebook.yaml": CODEBOOK, "a.txt": "R : Oui.\n", "cases.csv": cases}))
    ended = call("run", "--no-report")
    assert ended.code == 1
    assert "cases.csv:3: error" in ended.err
    assert "could not be used" not in ended.out
    assert (tmp_path / "results" / "codings.csv").is_file()
