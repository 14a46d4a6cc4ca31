"""Files are replaced by complete ones or not at all."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest
from small_studies import contents, write

from ptce_qual.errors import InputError
from ptce_qual.study.writing import check_writable, write_files


def test_files_are_written_and_stale_ones_go(tmp_path: Path) -> None:
    write(tmp_path, {"a": "1", "b/c/d": "2", "b/mine": "3", "mine": "4"})
    write_files(tmp_path, {"a": b"new", "x/y": b"z"}, stale=["a", "b/c/d", "none"])
    assert contents(tmp_path) == {"a": b"new", "b/mine": b"3", "mine": b"4", "x/y": b"z"}
    assert not (tmp_path / "b/c").exists()


@pytest.mark.parametrize("stale", ["../outside", "/outside", "x/../../outside"])
def test_nothing_outside_the_folder_goes(stale: str, tmp_path: Path) -> None:
    outside = write(tmp_path, {"outside": "x", "in/a": "1", "in/x/b": "2"}) / "outside"
    write_files(tmp_path / "in", {}, stale=[stale.replace("/outside", outside.as_posix(), stale.startswith("/"))])
    assert outside.exists()


@pytest.mark.parametrize("at", [0, 1, 2])
def test_an_interruption_while_writing_leaves_the_old_files(
    at: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, {"a": "old", "b": "old", "c": "old"})
    written: list[Path] = []
    original = Path.write_bytes

    def interrupted(path: Path, data: bytes) -> int:
        if len(written) == at:
            raise KeyboardInterrupt
        written.append(path)
        return original(path, data)

    monkeypatch.setattr(Path, "write_bytes", interrupted)
    with pytest.raises(KeyboardInterrupt):
        write_files(tmp_path, dict.fromkeys("abc", b"new"))
    assert contents(tmp_path) == dict.fromkeys("abc", b"old")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "b", "c"]


def test_an_interruption_while_renaming_comes_after(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, {"a": "old", "b": "old", "c": "old"})
    original = Path.replace

    def pressed(path: Path, target: Path) -> Path:
        if target.name == "b":
            os.kill(os.getpid(), signal.SIGINT)
        return original(path, target)

    monkeypatch.setattr(Path, "replace", pressed)
    with pytest.raises(KeyboardInterrupt):
        write_files(tmp_path, dict.fromkeys("abc", b"new"))
    assert contents(tmp_path) == dict.fromkeys("abc", b"new")
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_a_full_disk_is_an_error_in_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, {"a": "old"})

    def full(path: Path, data: bytes) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(InputError, match="No space left on device"):
        write_files(tmp_path, {"a": b"new"})
    assert contents(tmp_path) == {"a": b"old"}


def test_the_check_leaves_nothing(tmp_path: Path) -> None:
    check_writable(tmp_path / "x/y")
    assert list(tmp_path.iterdir()) == []
    write(tmp_path, {"file": ""})
    for taken in ("file", "file/below"):
        with pytest.raises(InputError, match="can't be written to") as caught:
            check_writable(tmp_path / taken)
        (problem,) = caught.value.problems
        assert getattr(problem, "remedy", "").startswith("Name another one")


def test_no_folder_aside_is_left(tmp_path: Path) -> None:
    write_files(tmp_path, {"a": b"1"})
    assert [path.name for path in tmp_path.iterdir()] == ["a"]
