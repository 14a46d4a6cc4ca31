"""The results folder: what stands in it, to be written whole and read back without loss.

codings.csv         one row a coding, for people
codings.jsonl       the same without loss: anchors, matches, cues
transcripts.jsonl   attributes, turns and the bounds of sentences, paragraphs and words
cases.jsonl         the cases with their attributes
codebook.yaml       the codebook that was applied
texts/              each text as it was read: text[start:end] is the quote
coverage.csv …      the tables of analyses
analyses.json       those that the dossier shows, whole, with titles and notes
manifest.json       options, hashes and versions, by which `verify` makes all of it again
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any

import pandas as pd

from ptce_qual.analysis.coded_corpus import CodedCorpus
from ptce_qual.analysis.codings_table import codings_table
from ptce_qual.codebook.load import load_codebook
from ptce_qual.errors import InputError
from ptce_qual.model import Case, Coding, Corpus, Evidence, Segmentation, Transcript, Turn
from ptce_qual.study.manifest import MANIFEST, Manifest, read_manifest, unreadable
from ptce_qual.study.writing import write_files

_TRANSCRIPTS, _CASES, _CODINGS, _CODEBOOK = "transcripts.jsonl", "cases.jsonl", "codings.jsonl", "codebook.yaml"


def coding_files(coded: CodedCorpus, codebook_text: bytes) -> dict[str, bytes]:
    """Return the files that hold a coded corpus: path relative to the results → content."""
    corpus = coded.corpus
    texts = {
        f"texts/{transcript.id}.txt": transcript.text.encode("utf-8", "surrogatepass")
        for transcript in corpus.transcripts
    }
    return {
        "codings.csv": csv_bytes(codings_table(coded)),
        _CODINGS: _json_lines(_fields(coding) for one in corpus.transcripts for coding in coded.codings_of[one.id]),
        _TRANSCRIPTS: _json_lines(_transcript_row(one, coded.segmentations[one.id]) for one in corpus.transcripts),
        _CASES: _json_lines(_fields(case) for case in corpus.cases),
        _CODEBOOK: codebook_text,
        **texts,
    }


def is_read_back(file: str) -> bool:
    """Tell whether `read_results` reads a file of the results folder."""
    return file in (_TRANSCRIPTS, _CASES, _CODINGS, _CODEBOOK) or file.startswith("texts/")


def csv_bytes(table: pd.DataFrame, *, index: bool = False) -> bytes:
    """Return a table as CSV: UTF-8, line feeds, 6 decimals, empty where there is no value.

    p-values (a column with `p` among the words of its name) have 6 significant digits: no small one becomes 0.
    """
    p_values = [name for name in table.columns if "p" in str(name).split("_")]
    written = table.assign(**{str(name): [_p_value(value) for value in table[name]] for name in p_values})
    text: str = written.to_csv(index=index, lineterminator="\n", float_format="%.6f")
    return text.encode("utf-8", "surrogatepass")


def _p_value(value: float) -> str:
    return "" if math.isnan(value) else f"{value:.6g}"


def hashes(files: Mapping[str, bytes]) -> dict[str, str]:
    """Return the SHA-256 of each file, by path in order."""
    return {name: hashlib.sha256(files[name]).hexdigest() for name in sorted(files)}


def write_results(folder: Path, files: Mapping[str, bytes], manifest: Manifest) -> None:
    """Write files of a results folder, its manifest last; those of an earlier manifest that this one lacks go.

    Raises:
        InputError: the folder can't be written to.
    """
    before: Mapping[str, str] = {}
    with contextlib.suppress(InputError):  # a folder without results, or with a manifest that can't be read
        before = read_manifest(folder).files
    stale = set(before) - set(manifest.files)
    write_files(folder, {**files, MANIFEST: _json(asdict(manifest))}, stale=stale)


def read_results(folder: Path) -> CodedCorpus:
    """Read a coded corpus back from a results folder.

    Raises:
        InputError: a file is missing or damaged.
    """
    manifest = read_manifest(folder)
    transcripts, segmentations = [], {}
    try:
        for row in _rows(folder / _TRANSCRIPTS):
            text = (folder / "texts" / f"{row['id']}.txt").read_bytes().decode("utf-8", "surrogatepass")
            transcript, bounds = _transcript_of(row, text)
            transcripts.append(transcript)
            segmentations[transcript.id] = bounds
        cases = tuple(Case(**row) for row in _rows(folder / _CASES))
        codings = tuple(_coding_of(row) for row in _rows(folder / _CODINGS))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise unreadable(folder, str(error)) from error
    return CodedCorpus(
        corpus=Corpus(tuple(transcripts), cases),
        segmentations=segmentations,
        codebook=load_codebook(folder / _CODEBOOK).codebook,
        codings=codings,
        interviewer=bool(manifest.coding["interviewer"]),
    )


def _transcript_row(transcript: Transcript, bounds: Segmentation) -> dict[str, Any]:
    return {
        "id": transcript.id,
        "case_id": transcript.case_id,
        "source": transcript.source,
        "wrapped": transcript.wrapped,
        "attributes": dict(transcript.attributes),
        "turns": transcript.turns,
        "sentences": _flat(bounds.sentences),
        "paragraphs": _flat(bounds.paragraphs),
        "words": _flat(bounds.words),
    }


def _transcript_of(row: Mapping[str, Any], text: str) -> tuple[Transcript, Segmentation]:
    turns = tuple(Turn(**{**turn, "speakers": tuple(turn["speakers"])}) for turn in row["turns"])
    transcript = Transcript(
        row["id"], text, turns, row["case_id"], row["attributes"], row["source"], wrapped=row["wrapped"]
    )
    bounds = Segmentation(row["id"], _pairs(row["sentences"]), _pairs(row["paragraphs"]), _pairs(row["words"]))
    return transcript, bounds


def _coding_of(row: Mapping[str, Any]) -> Coding:
    evidence = tuple(
        Evidence(**{**one, "matches": _spans(one["matches"]), "cues": _spans(one["cues"])}) for one in row["evidence"]
    )
    return Coding(**{**row, "anchor": tuple(row["anchor"]), "evidence": evidence})


def _flat(spans: Iterable[tuple[int, int]]) -> list[int]:
    return [bound for span in spans for bound in span]


def _pairs(bounds: list[int]) -> tuple[tuple[int, int], ...]:
    return tuple(zip(bounds[::2], bounds[1::2], strict=True))


def _spans(spans: list[list[int]]) -> tuple[tuple[int, int], ...]:
    return tuple((start, end) for start, end in spans)


def _json_lines(rows: Iterable[Mapping[str, Any]]) -> bytes:
    encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=_fields).encode
    return "".join(f"{encode(row)}\n" for row in rows).encode("utf-8", "surrogatepass")


def _fields(value: Coding | Evidence | Case | Turn) -> dict[str, Any]:
    """Return the fields of a value as they are; `asdict` copies what they hold, which takes longer than to write it."""
    return {one.name: getattr(value, one.name) for one in fields(value)}


def _json(value: Mapping[str, Any]) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode("utf-8", "surrogatepass")


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    text = path.read_bytes().decode("utf-8", "surrogatepass")
    return (json.loads(line) for line in text.split("\n") if line)
