"""The codings of several coders, from results folders and files, as one `MultipleCoding` and as one file to keep.

A coder has read the transcripts of which a file has a row of theirs; the coders of a results folder have read all that
it holds. One name in several files is one coder where these hold different transcripts, and a coder each, told by the
file, where they hold the same ones.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd

from ptce_qual.analysis.agreement.multiple_coding import CodedSpan, MultipleCoding
from ptce_qual.analysis.coded_corpus import CodedCorpus
from ptce_qual.errors import InputError
from ptce_qual.folding import fold
from ptce_qual.model import RULES, Problem
from ptce_qual.readers.metadata import read_table
from ptce_qual.study.coder_rows import COLUMNS, REQUIRED, CoderRows, coder_rows
from ptce_qual.study.manifest import MANIFEST
from ptce_qual.study.results import csv_bytes, read_results
from ptce_qual.translation import _

_OWN = ""


@dataclass(frozen=True, slots=True)
class GivenCoders:
    """The coders to compare.

    Args:
        coders: their names, in the order given.
        own: those among them whose codings are the results folder's own.
        codings: what the others coded and read, as a CSV that `multiple_coding` reads back.
        sources: the others' files, each by its name with the hash of what was read.
    """

    coders: tuple[str, ...]
    own: tuple[str, ...]
    codings: bytes
    sources: tuple[Mapping[str, str], ...]


def read_coders(
    paths: Sequence[Path | None], results: Path | None, coded: CodedCorpus
) -> tuple[GivenCoders, list[Problem]]:
    """Read the coders to compare.

    Args:
        paths: results folders, their `codings.jsonl`, or CSVs with transcript_id, start, end, code_id and, where they
            have them, polarity, coder, quote, rule_ids. None stands for the corpus's own codings.
        results: the folder that the corpus is from, if any; a path that leads to it stands for its own codings too.
        coded: the corpus whose units are judged.

    Raises:
        InputError: a file can't be read, or has errors; its problems are all that was met.
    """
    found: list[tuple[str, CoderRows]] = []
    sources: list[Mapping[str, str]] = []
    own: tuple[str, ...] = ()
    for path, label in zip(paths, _labels(paths), strict=True):
        if path is None or (results is not None and results.is_dir() and path.exists() and path.samefile(results)):
            new = [] if own else own_coders(coded)
            own = own or tuple(new)
            found.append((_OWN, CoderRows(read={coder: set(coded.transcripts) for coder in new})))
        else:
            rows, content = _read(path, label, coded)
            found.append((label, rows))
            sources.append({"file": path.name, "sha256": hashlib.sha256(content).hexdigest()})
    problems = [problem for _label, rows in found for problem in rows.problems]
    if any(problem.severity == "error" for problem in problems):
        raise InputError(_("the coders' files have errors; nothing was compared"), tuple(problems))
    spans, read = _joined(found)
    others = {coder: transcripts for coder, transcripts in read.items() if coder not in own}
    return GivenCoders(tuple(read), own, csv_bytes(_table(spans, others)), tuple(sources)), problems


def own_coders(coded: CodedCorpus) -> list[str]:
    """Return the coders of a results folder's own codings: the rules, where there is no coding."""
    return sorted({coding.coder for coding in coded.codings}) or [RULES]


def multiple_coding(coded: CodedCorpus, coders: Sequence[str], own: Sequence[str], codings: bytes) -> MultipleCoding:
    """Return what the coders laid on a corpus: of `own` its codings, of the others those of `codings`.

    Transcripts that the corpus no longer has are left out.

    Args:
        codings: as in `GivenCoders`.
    """
    read: dict[str, set[str]] = {coder: set(coded.transcripts) if coder in own else set() for coder in coders}
    spans = [CodedSpan.of(coding) for coding in coded.codings if coding.coder in own]
    text = codings.decode("utf-8", "surrogatepass")
    rows = coder_rows(enumerate(csv.DictReader(io.StringIO(text, newline=""))), "", "", coded)
    for coder, transcripts in rows.read.items():
        read.setdefault(coder, set()).update(transcripts)
    return MultipleCoding(
        coded, (*spans, *rows.spans), {coder: frozenset(transcripts) for coder, transcripts in read.items()}
    )


def _read(path: Path, label: str, coded: CodedCorpus) -> tuple[CoderRows, bytes]:
    """Return what a file or folder tells, and the bytes that stand for it."""
    file = path.as_posix()
    if path.is_dir():
        return _results_rows(path, coded), (path / "codings.jsonl").read_bytes()
    if not path.is_file():
        message = _("there is no such file or folder: {path}", path=file)
        raise InputError(message, (Problem("error", file, None, message, _("Check the path.")),))
    content = path.read_bytes()
    if path.suffix.lower() == ".jsonl":
        return _json_rows(content, file, label, coded), content
    columns, table, problems = read_table(path, file)
    names = {fold(column): column for column in reversed(columns)}
    missing = [name for name in REQUIRED if name not in names]
    if missing and not any(problem.severity == "error" for problem in problems):
        message = _("there is no column {names}", names=", ".join(f"« {name} »" for name in missing))
        remedy = _("A coder's file has the columns {columns}; polarity, coder and quote may follow.",
                   columns=", ".join(REQUIRED))  # fmt: skip
        problems.append(Problem("error", file, 1, message, remedy))
    if any(problem.severity == "error" for problem in problems):
        return CoderRows(problems=problems), content
    cells = ((row.line, {name: row.cells.get(column, "") for name, column in names.items()}) for row in table)
    rows = coder_rows(cells, file, label, coded)
    rows.problems[:0] = problems
    return rows, content


def _results_rows(path: Path, coded: CodedCorpus) -> CoderRows:
    """Return the codings of another results folder; all its transcripts were read."""
    if not (path / MANIFEST).is_file():
        message = _("{path} holds no results", path=path.as_posix())
        remedy = _("Name a folder that `ptce-qual run` wrote, or a coder's file.")
        raise InputError(message, (Problem("error", path.as_posix(), None, message, remedy),))
    other = read_results(path)
    cells = [(0, {"coder": coder, "transcript_id": name}) for coder in own_coders(other) for name in other.transcripts]
    cells += [(0, _cells(CodedSpan.of(coding))) for coding in other.codings]
    rows = coder_rows(cells, path.as_posix(), RULES, coded)
    for name, transcript in other.transcripts.items():
        if name in coded.transcripts and coded.transcripts[name].text != transcript.text:
            message = _("the interview « {id} » has another text there", id=name)
            remedy = _("Code both from the same texts.")
            rows.problems.append(Problem("error", path.as_posix(), None, message, remedy))
    return rows


def _json_rows(content: bytes, file: str, label: str, coded: CodedCorpus) -> CoderRows:
    problems: list[Problem] = []

    def cells() -> Iterator[tuple[int, Mapping[str, str]]]:
        for line, text in enumerate(content.decode("utf-8", "surrogatepass").split("\n"), start=1):
            try:
                row = json.loads(text) if text.strip() else None
                if row is not None:
                    rules = "|".join(dict.fromkeys(one["rule_id"] for one in row.get("evidence", ())))
                    yield line, {name: str(row.get(name) or "") for name in COLUMNS} | {
                        "start": str(row["start"]), "end": str(row["end"]), "rule_ids": rules
                    }  # fmt: skip
            except (ValueError, KeyError, TypeError, AttributeError) as error:
                message = _("{path} can't be read: {reason}", path=file, reason=str(error))
                problems.append(Problem("error", file, line, message, _("Each line is a coding as `run` writes it.")))

    rows = coder_rows(cells(), file, label, coded)
    rows.problems += problems
    return rows


def _labels(paths: Sequence[Path | None]) -> list[str]:
    """Return a short name of each file that none of the others has."""
    names = [_OWN if path is None else path.resolve().name if path.is_dir() else path.stem for path in paths]
    seen: Counter[str] = Counter()
    labels = []
    for name in names:
        seen[name] += 1
        labels.append(name if seen[name] == 1 else f"{name} {seen[name]}")
    return labels


def _joined(found: Sequence[tuple[str, CoderRows]]) -> tuple[list[CodedSpan], dict[str, set[str]]]:
    """Join what files hold: a coder of several files is one, or one a file where they read the same transcripts."""
    holders: dict[str, list[set[str]]] = {}
    for _label, rows in found:
        for coder, transcripts in rows.read.items():
            holders.setdefault(coder, []).append(transcripts)
    clashing = {coder for coder, sets in holders.items() if sum(map(len, sets)) > len(set().union(*sets))}
    spans: list[CodedSpan] = []
    read: dict[str, set[str]] = {}
    for label, rows in found:
        names = {c: f"{c} ({label})" if c in clashing and label != _OWN else c for c in rows.read}
        spans += [replace(span, coder=names[span.coder]) for span in rows.spans]
        for coder, transcripts in rows.read.items():
            read.setdefault(names[coder], set()).update(transcripts)
    return spans, read


def _table(spans: Sequence[CodedSpan], read: Mapping[str, set[str]]) -> pd.DataFrame:
    """Return codings as rows, and a row without code for each transcript read and found empty."""
    full = {(span.coder, span.transcript_id) for span in spans}
    empty = [
        {"coder": coder, "transcript_id": name}
        for coder, transcripts in read.items()
        for name in transcripts
        if (coder, name) not in full
    ]
    rows = [*(_cells(span) for span in spans), *empty]
    order = {coder: place for place, coder in enumerate(read)}
    rows.sort(
        key=lambda row: (order[row["coder"]], row["transcript_id"], int(row.get("start", 0)), row.get("code_id", ""))
    )
    return pd.DataFrame(rows, columns=list(COLUMNS), dtype=str).fillna("")


def _cells(span: CodedSpan) -> dict[str, str]:
    return {
        "transcript_id": span.transcript_id,
        "start": str(span.start),
        "end": str(span.end),
        "code_id": span.code_id,
        "polarity": span.polarity or "",
        "rule_ids": "|".join(span.rule_ids),
        "coder": span.coder,
    }
