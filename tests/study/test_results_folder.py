"""The results folder: what is written is read back equal, whatever the texts hold; damage is told in words."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from small_studies import contents

from ptce_qual.analysis.coded_corpus import CodedCorpus
from ptce_qual.codebook import load_codebook
from ptce_qual.errors import InputError
from ptce_qual.model import Case, Coding, Corpus, Evidence, Segmentation, Transcript, Turn
from ptce_qual.study.manifest import Manifest
from ptce_qual.study.results import coding_files, csv_bytes, hashes, read_results, write_results

TEXT = 'E : « Ça » ?\r\nR\u2028 :\tOui,\x85 "non" 🎉\x1b[1m\n\ud800\x00 fin\u2029'


def coded_corpus(codebook: Path) -> CodedCorpus:
    transcripts = (
        Transcript(
            "a b/é",
            TEXT,
            (Turn(("E", "F|G"), "interviewer", 3, 12, 0.1, 2.5), Turn((), "unknown", 14, 20)),
            "un cas",
            {"function": "élu, « adjoint »\n"},
            "a b/é.txt",
        ),
        Transcript("vide", "x", (), "autre", {}, "vide.srt", wrapped=True),
    )
    segmentations = {
        "a b/é": Segmentation("a b/é", ((3, 12), (14, 20)), ((3, 20),), ((3, 4), (5, 6), (14, 15))),
        "vide": Segmentation("vide", (), (), ()),
    }
    evidence = (
        Evidence("règle", 3, ((3, 4), (5, 7)), "negated", ((8, 9),), 0.125),
        Evidence("x", 4, ((3, 4),), "affirmed"),
    )
    codings = (
        Coding("id1", "a b/é", 3, 12, (3, 4), "argent", "rules", "negated", evidence),
        Coding("id2", "vide", 0, 1, (0, 1), "argent", "une personne", "hypothetical", ()),
    )
    cases = (Case("autre", "L'autre", {}), Case("un cas", "Un cas\n", {"stage": ""}))
    return CodedCorpus(
        Corpus(transcripts, cases), segmentations, load_codebook(codebook).codebook, codings, interviewer=True
    )


def written(coded: CodedCorpus, codebook: Path, folder: Path) -> None:
    files = coding_files(coded, codebook.read_bytes())
    manifest = Manifest({"interviewer": coded.interviewer}, {}, {}, {}, {}, (), (), hashes(files))
    write_results(folder, files, manifest)


def test_reading_what_was_written(study: Path, tmp_path: Path) -> None:
    coded = coded_corpus(study / "codebook.yaml")
    written(coded, study / "codebook.yaml", tmp_path / "r")
    assert read_results(tmp_path / "r") == coded
    written(read_results(tmp_path / "r"), study / "codebook.yaml", tmp_path / "again")
    assert contents(tmp_path / "again") == contents(tmp_path / "r")
    text = (tmp_path / "r/texts/a b/é.txt").read_bytes().decode("utf-8", "surrogatepass")
    assert text == TEXT


DAMAGES = {
    "cases.jsonl": b"[",
    "codings.jsonl": b'{"id": 1}\n',
    "transcripts.jsonl": b"\xff\xfe",
    "texts/beta/lea.txt": None,
    "codebook.yaml": b"title: [",
}


@pytest.mark.parametrize("name", DAMAGES)
def test_damage_is_told(name: str, coded: Path) -> None:
    path, damage = coded / "results" / name, DAMAGES[name]
    if damage is None:
        path.unlink()
    else:
        path.write_bytes(damage)
    with pytest.raises(InputError) as caught:
        read_results(coded / "results")
    assert caught.value.problems


def test_tables_are_the_same_on_every_system(coded: Path) -> None:
    coverage = (coded / "results/coverage.csv").read_bytes()
    assert b"\r" not in coverage
    table = pd.DataFrame({"a": [1 / 3, float("nan")], "b": ["é\n", 'x"']})
    assert csv_bytes(table) == 'a,b\n0.333333,"é\n"\n,"x"""\n'.encode()
