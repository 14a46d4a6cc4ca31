"""`verify`: the same, or which file differs and in which rows."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from small_studies import Call, contents

RESULTS = Path("results")
PIPELINE = '"pipeline": {\n  "sha256": "'


def replace(path: Path, old: str, new: str) -> None:
    text = path.read_bytes().decode()
    assert old in text
    path.write_bytes(text.replace(old, new).encode())


def test_untouched(coded: Path, call: Call) -> None:
    before = contents(coded)
    for jobs in (1, 2):
        ended = call("verify", coded / RESULTS, coded, "--jobs", jobs)
        assert (ended.code, ended.out.splitlines(), ended.err) == (0, ["The same to the byte: 10 files."], "")
    assert contents(coded) == before


CHANGES: dict[str, tuple[Callable[[Path], object], list[str]]] = {
    "a csv edited": (
        lambda study: replace(study / "results/codings.csv", "affirmed,verse", "negated,verse"),
        ["codings.csv: the file was changed", "    -alpha/marie,alpha,Enquêté", "    +alpha/marie,alpha,Enquêté"],
    ),
    "another table edited": (
        lambda study: replace(study / "results/matrix.csv", "autonomie,", "autonomie,9"),
        ["matrix.csv: the file was changed", "    -autonomie,9", "    +autonomie,"],
    ),
    "a text of the results edited": (
        lambda study: replace(study / "results/texts/beta/lea.txt", "faudrait", "faut"),
        ["texts/beta/lea.txt: the file was changed", "    -R : Il faut une", "    +R : Il faudrait une"],
    ),
    "an interview edited": (
        lambda study: replace(study / "corpus/beta/lea.txt", "Oui, on a décidé seuls", "Oui"),
        ["texts/beta/lea.txt: the interview has another text", "codings.csv: the file differs", "    -beta/lea,beta,R"],
    ),
    "an interview gone": (
        lambda study: (study / "corpus/beta/lea.txt").unlink(),
        ["texts/beta/lea.txt: the interview is no longer in the corpus", "codings.csv: the file differs"],
    ),
    "an interview more": (
        lambda study: (study / "corpus/neuf.txt").write_text("R : Une subvention.\n", encoding="utf-8"),
        ["texts/neuf.txt: the interview was not in the corpus", "    +neuf,neuf,R"],
    ),
    "the codebook edited": (
        lambda study: replace(study / "codebook.yaml", "décider seul", "décider"),
        ["codebook.yaml: the codebook is another one"],
    ),
    "a rule less": (
        lambda study: replace(study / "codebook.yaml", "      - {id: subvention, phrase: subvention}\n", ""),
        ["codebook.yaml: the codebook is another one", "codings.csv: the file differs", "    -beta/lea,beta,R"],
    ),
    "a file deleted": (
        lambda study: (study / "results/coverage.csv").unlink(),
        ["coverage.csv: the file is missing"],
    ),
    "another pipeline": (
        lambda study: replace(study / "results/manifest.json", PIPELINE, f"{PIPELINE}0"),
        ["manifest.json: the language pipeline is another one"],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("change", "told"), CHANGES.values(), ids=CHANGES)
def test_what_differs_is_named(change: Callable[[Path], object], told: list[str], coded: Path, call: Call) -> None:
    change(coded)
    ended = call("verify", coded / RESULTS, coded)
    assert ended.code == 1
    lines = ended.out.splitlines()
    for beginning in told:
        assert any(line.startswith(beginning) for line in lines), (beginning, ended.out)
    assert lines[-1].endswith(("difference.", "differences."))


def test_other_versions_are_a_notice(coded: Path, call: Call) -> None:
    path = coded / "results/manifest.json"
    manifest = json.loads(path.read_bytes())
    manifest["packages"] |= {"spacy": "3.8.0", "gone": "1.0"}
    path.write_text(json.dumps(manifest), encoding="utf-8")
    ended = call("verify", coded / RESULTS, coded)
    assert ended.code == 0
    assert "spacy was 3.8.0 and is " in ended.out
    assert "gone was 1.0 and is –" in ended.out
    assert "The same to the byte" in ended.out


@pytest.mark.parametrize("manifest", [None, "", "{}", "[]", '{"format": 99}', '{"format": 1, "x": 2}', "\x00\xff"])
def test_no_manifest_that_can_be_read(manifest: str | None, coded: Path, call: Call) -> None:
    path = coded / "results/manifest.json"
    path.unlink()
    if manifest is not None:
        path.write_text(manifest, encoding="latin-1")
    for command in (["verify", coded / RESULTS, coded], ["coverage", coded / RESULTS]):
        ended = call(*command)
        assert ended.code == 1
        assert "manifest.json" in ended.err
        assert "ptce-qual run" in ended.err


def test_a_damaged_manifest_does_not_stop_a_run(coded: Path, call: Call) -> None:
    before = contents(coded / RESULTS)
    (coded / "results/manifest.json").write_text("{", encoding="utf-8")
    ended = call("run", "--no-report", coded)
    assert ended.code == 0
    assert contents(coded / RESULTS) == before
