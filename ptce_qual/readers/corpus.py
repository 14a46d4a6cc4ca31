"""A folder of interviews, or one file → a `Corpus`: every transcript with its case, and every problem met."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from difflib import get_close_matches
from pathlib import Path, PurePosixPath

from ptce_qual.model import Case, Corpus, Problem, Role, Transcript
from ptce_qual.readers.formats import READERS, read_transcript
from ptce_qual.readers.metadata import TranscriptRow, read_cases, read_transcript_rows
from ptce_qual.readers.walk import CASES, TRANSCRIPTS, SourceFile, find_files
from ptce_qual.translation import _

IGNORED = ("gold", "results", "codebook.yaml", "study.yaml")


def read_corpus(
    root: Path | str, *, roles: Mapping[str, Role] | None = None, ignored: Collection[str] = IGNORED
) -> tuple[Corpus, list[Problem]]:
    """Read all interviews below a folder, or a single file.

    One file that can't be read is an error in the list and doesn't stop the others. Nothing is raised.

    Args:
        roles: labels of speakers → role, before the defaults.
        ignored: paths of files and folders, relative to the root, that are no part of the corpus.
            README*, files that begin with `.` or `~$` never are.
    """
    root = Path(root)
    if root.is_dir():
        return _read_folder(root, roles, ignored)
    if not root.exists():
        message = _("there is no such file or folder")
        return Corpus((), ()), [Problem("error", root.as_posix(), None, message, _("Check the path."))]
    transcript, problems = read_transcript(root, roles=roles)
    if transcript is None:
        return Corpus((), ()), problems
    transcript = replace(transcript, case_id=transcript.case_id or transcript.id)
    return Corpus((transcript,), (Case(transcript.case_id, transcript.case_id),)), problems


def _read_folder(
    root: Path, roles: Mapping[str, Role] | None, ignored: Collection[str]
) -> tuple[Corpus, list[Problem]]:
    files, problems = find_files(root, ignored)
    if not files:
        message = _("the folder holds no interview")
        remedy = _("Put files there that end in {suffixes}.", suffixes=", ".join(READERS))
        problems.append(Problem("error", root.as_posix(), None, message, remedy))
    transcripts: list[Transcript] = []
    for source in files:
        transcript, found = read_transcript(source.path, transcript_id=source.id, file=source.file, roles=roles)
        problems += found
        if transcript is not None:
            transcripts.append(transcript)
    if (root / TRANSCRIPTS).is_file():
        rows, found = read_transcript_rows(root / TRANSCRIPTS, TRANSCRIPTS)
        transcripts, more = _with_rows(transcripts, rows, files)
        problems += found + more
    transcripts = [replace(one, case_id=one.case_id or _case_of_path(one.source)) for one in transcripts]
    cases, found = _cases(root, transcripts)
    return Corpus(tuple(transcripts), tuple(cases)), problems + found


def _case_of_path(file: str) -> str:
    """Return the first folder of a path, or the file's name without suffix where it lies in none."""
    path = PurePosixPath(file)
    return path.parts[0] if len(path.parts) > 1 else path.stem


def _with_rows(
    transcripts: Sequence[Transcript], rows: Sequence[TranscriptRow], files: Sequence[SourceFile]
) -> tuple[list[Transcript], list[Problem]]:
    """Add what `transcripts.csv` tells; where a file's own front matter says otherwise, the file is believed."""
    names = {name: source.id for source in files for name in (source.file, source.id)}
    told = {names[row.name]: row for row in rows if row.name in names}
    problems = [_unknown_row(row, names) for row in rows if row.name not in names]
    complete = []
    for transcript in transcripts:
        row = told.get(transcript.id)
        if row is not None:
            problems += _contradictions(transcript, row)
            complete.append(_with_row(transcript, row))
        else:
            complete.append(transcript)
    return complete, problems


def _with_row(transcript: Transcript, row: TranscriptRow) -> Transcript:
    attributes = {**row.attributes, **transcript.attributes}
    return replace(transcript, case_id=transcript.case_id or row.case_id, attributes=attributes)


def _unknown_row(row: TranscriptRow, names: Mapping[str, str]) -> Problem:
    message = _("« {name} » is no transcript of this corpus", name=row.name)
    return Problem("warning", TRANSCRIPTS, row.line, message, _did_you_mean(row.name, sorted(names)))


def _contradictions(transcript: Transcript, row: TranscriptRow) -> list[Problem]:
    own = {"case": transcript.case_id, **transcript.attributes}
    other = {"case": row.case_id, **row.attributes}
    return [
        Problem(
            "warning",
            TRANSCRIPTS,
            row.line,
            _(
                "« {name} » of « {transcript} » is « {here} » here, « {told} » in the file; that is kept",
                name=name,
                transcript=transcript.id,
                here=other[name],
                told=own[name],
            ),
            _("Make the two agree."),
        )
        for name in sorted(other)
        if own.get(name) and other[name] and own[name] != other[name]
    ]


def _cases(root: Path, transcripts: Sequence[Transcript]) -> tuple[list[Case], list[Problem]]:
    """Return the cases of `cases.csv` and those that only transcripts name, by id, and where the two don't agree."""
    known: dict[str, Case] = {}
    problems: list[Problem] = []
    has_table = (root / CASES).is_file()
    if has_table:
        cases, problems = read_cases(root / CASES, CASES)
        known = {case.id: case for case in cases}
    named = {transcript.case_id for transcript in transcripts}
    if has_table:
        problems += [_without_transcript(case) for case in known.values() if case.id not in named]
        problems += [_unknown_case(one, sorted(known)) for one in transcripts if one.case_id not in known]
    known |= {name: Case(name, name) for name in named - set(known)}
    return [known[name] for name in sorted(known)], problems


def _without_transcript(case: Case) -> Problem:
    message = _("the case « {case} » has no transcript", case=case.id)
    return Problem("warning", CASES, None, message, _("Name it as `case` in the front matter of its interviews."))


def _unknown_case(transcript: Transcript, known: Sequence[str]) -> Problem:
    message = _("the case « {case} » of this transcript is not in {file}", case=transcript.case_id, file=CASES)
    return Problem("warning", transcript.source, None, message, _did_you_mean(transcript.case_id, known))


def _did_you_mean(name: str, known: Sequence[str]) -> str:
    close = get_close_matches(name, known, n=1, cutoff=0.7)
    return _("Did you mean « {name} »?", name=close[0]) if close else _("Add it, or correct its name.")
