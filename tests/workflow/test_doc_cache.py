"""Parsed interviews are kept between runs: what is parsed again, and what never."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
from small_studies import CODEBOOK, Call, contents, write

from ptce_qual.nlp import docs

KEPT = Path(".ptce-qual/docs")


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the ids of the interviews parsed."""
    ids: list[str] = []
    original = docs.parse
    monkeypatch.setattr(docs, "parse", lambda transcript, nlp: ids.append(transcript.id) or original(transcript, nlp))
    return ids


def test_a_second_run_and_another_codebook_parse_nothing(study: Path, call: Call, parsed: list[str]) -> None:
    assert call("run", "--no-report", study).code == 0
    assert parsed == ["alpha/marie", "alpha/paul", "beta/lea"]
    first = contents(study / "results")
    assert call("run", "--no-report", study).code == 0
    assert contents(study / "results") == first
    write(study, {"codebook.yaml": CODEBOOK.replace("phrase: subvention", "phrase: euro")})
    assert call("run", "--no-report", study, "--unit", "turn", "--by", "stage").code == 0
    assert len(parsed) == 3
    assert contents(study / "results")["codings.csv"] != first["codings.csv"]


def test_what_was_edited_is_parsed_again(coded: Path, call: Call, parsed: list[str]) -> None:
    write(coded, {"corpus/beta/lea.txt": "R : On a décidé seuls.\n"})
    assert call("run", "--no-report", coded).code == 0
    assert parsed == ["beta/lea"]


@pytest.mark.parametrize("damage", [b"", b"ptce-doc", b"x" * 100])
def test_a_damaged_entry_is_made_again(damage: bytes, coded: Path, call: Call, parsed: list[str]) -> None:
    before = contents(coded / "results")
    entry = min((coded / KEPT).glob("*.doc"))
    sound = entry.read_bytes()
    entry.write_bytes(damage or sound[:-10])
    assert call("run", "--no-report", coded).code == 0
    assert len(parsed) == 1
    assert entry.read_bytes() == sound
    assert contents(coded / "results") == before


def test_only_its_owner_can_read_it(coded: Path) -> None:
    assert stat.S_IMODE((coded / KEPT).stat().st_mode) == 0o700
    assert len(list((coded / KEPT).iterdir())) == 3


def test_none_is_kept_where_none_is_wanted(study: Path, call: Call, parsed: list[str]) -> None:
    for _time in range(2):
        assert call("run", "--no-report", study, "--no-cache").code == 0
    assert len(parsed) == 6
    assert not (study / ".ptce-qual").exists()


def test_clear_cache(coded: Path, call: Call) -> None:
    for count in ("3 parsed interviews", "0 parsed interviews"):
        ended = call("clear-cache", coded)
        assert (ended.code, ended.out) == (0, f"{count} removed.\n")
        assert not list(coded.rglob("*.doc"))
