"""A results folder without a pipeline."""

from __future__ import annotations

from pathlib import Path

from ptce_qual.analysis.coded_corpus import CodedCorpus
from ptce_qual.codebook.load import load_codebook
from ptce_qual.model import Case, Coding, Corpus, Evidence, Segmentation, Transcript
from ptce_qual.study.manifest import Manifest
from ptce_qual.study.results import coding_files, hashes, write_results

CODEBOOK = """title: T
codes:
  - {id: argent, label: Argent, formerly: [sous], rules: [argent]}
  - {id: lieu, label: Lieu, rules: [local]}
"""
TEXTS = {"a": "Y a pas d'argent. On a un local.", "b": "Rien du tout."}


def coded_corpus(tmp_path: Path, texts: dict[str, str]) -> CodedCorpus:
    file = tmp_path / "book.yaml"
    file.write_text(CODEBOOK, encoding="utf-8")
    transcripts = tuple(Transcript(name, text, case_id="c", source=f"{name}.txt") for name, text in texts.items())
    sentences = {"a": ((0, 17), (18, 32)), "b": ((0, 13),)}
    segmentations = {name: Segmentation(name, sentences.get(name, ()), (), ()) for name in texts}
    codings = tuple(
        Coding(f"id{start}", "a", start, end, (start, end), code, "rules", polarity, (Evidence(rule, 3, (), polarity),))
        for start, end, code, polarity, rule in (
            (0, 17, "argent", "negated", "argent-1"),
            (18, 32, "lieu", "affirmed", "lieu-1"),
        )
    )
    corpus = Corpus(transcripts, (Case("c", "C"),))
    return CodedCorpus(corpus, segmentations, load_codebook(file).codebook, codings)


def written(folder: Path, coded: CodedCorpus) -> Path:
    files = coding_files(coded, CODEBOOK.encode())
    manifest = Manifest(
        coding={"model": None, "unit": "sentence", "interviewer": False},
        analyses={}, codebook={}, pipeline={}, packages={}, transcripts=(), not_read=(), files=hashes(files),
    )  # fmt: skip
    write_results(folder, files, manifest)
    return folder
