"""`init` makes a study that is ready to run, and never touches one that is there."""

from __future__ import annotations

from pathlib import Path

import pytest
from small_studies import Call, contents, write


@pytest.mark.parametrize(("language", "interview"), [("en", "example"), ("fr", "exemple")])
def test_a_new_study_is_sound(language: str, interview: str, tmp_path: Path, call: Call) -> None:
    folder = tmp_path / "mes études/ma première étude"
    ended = call("--lang", language, "init", folder)
    assert (ended.code, ended.err) == (0, "")
    made = contents(folder)
    assert list(made) == ["codebook.yaml", "corpus/cases.csv", f"corpus/{interview}.txt", "study.yaml"]
    assert all((folder / name).as_posix() in ended.out for name in made)
    checked = call("--lang", language, "codebook", "check", folder / "codebook.yaml", "--strict")
    assert (checked.code, checked.err) == (0, "")
    assert call("--lang", language, "corpus", "check", folder).code == 0
    ran = call("--lang", language, "run", "--no-report", folder)
    assert (ran.code, ran.err) == (0, "")
    quotes = (folder / "results/codings.csv").read_text(encoding="utf-8").splitlines()[1:]
    assert {line.split(",")[6] for line in quotes} == {"soutien_financier", "autonomie"}
    assert call("verify", folder / "results", folder).code == 0


@pytest.mark.parametrize("name", ["study.yaml", "codebook.yaml", "corpus/cases.csv"])
def test_a_study_that_is_there_is_left_as_it_is(name: str, tmp_path: Path, call: Call) -> None:
    write(tmp_path, {name: "à moi\n", "corpus/a.txt": "R : Oui.\n"})
    before = contents(tmp_path)
    ended = call("init", tmp_path)
    assert ended.code == 1
    assert f"{(tmp_path / name).as_posix()}: error: " in ended.err
    assert "nothing was changed" in ended.err
    assert contents(tmp_path) == before


def test_a_folder_of_interviews_becomes_a_study(tmp_path: Path, call: Call) -> None:
    write(tmp_path, {"corpus/a.txt": "R : On a décidé tout seuls.\n"})
    assert call("init", tmp_path).code == 0
    assert call("run", "--no-report", tmp_path).code == 0
    assert "corpus/a.txt" in contents(tmp_path)


def test_a_file_is_no_folder(tmp_path: Path, call: Call) -> None:
    write(tmp_path, {"taken": "x"})
    ended = call("init", tmp_path / "taken")
    assert ended.code == 1
    assert "taken" in ended.err
    assert contents(tmp_path) == {"taken": b"x"}
