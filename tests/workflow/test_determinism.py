"""The same input gives the same bytes: whatever the processes, the folder, the day, the language, the hash seed."""

from __future__ import annotations

import os
import shutil
import time
from pathlib import Path

import pytest
from small_studies import INTERVIEWS, NO_INTERVIEW, Call, contents, make_study, write


def test_order_of_files_day_folder_and_language(
    coded: Path, tmp_path: Path, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = make_study(tmp_path / "ailleurs/une autre étude")
    shutil.rmtree(other / "corpus")
    for name, text in reversed({**INTERVIEWS, **NO_INTERVIEW}.items()):
        write(other / "corpus", {name: text})
        os.utime(other / "corpus" / name, (1e9, 1e9))
    monkeypatch.setattr(time, "time", lambda: 1e9)
    assert call("--lang", "fr", "run", "--no-report", other).code == 0
    assert contents(other / "results") == contents(coded / "results")


def test_processes_and_hash_seed(coded: Path, tmp_path: Path, process: Call) -> None:
    variables = {"PYTHONHASHSEED": "2", "PTCE_QUAL_LANG": "", "LC_ALL": "fr_FR.UTF-8"}
    options = ("--no-report", "--no-cache", "--jobs", 3, "--out", tmp_path / "out")
    assert process("run", coded, *options, **variables).code == 0
    assert contents(tmp_path / "out") == contents(coded / "results")


def test_no_path_and_no_day_in_results(coded: Path) -> None:
    today = time.strftime("%Y-%m-%d").encode()
    for name, content in contents(coded / "results").items():
        assert coded.parent.name.encode() not in content, name
        assert today not in content, name
