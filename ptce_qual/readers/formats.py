"""One file → one transcript. A new format is a file of this folder and an entry in `READERS`."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from ptce_qual.model import Problem, Role, Transcript
from ptce_qual.readers.docx import read_docx
from ptce_qual.readers.language import check_language
from ptce_qual.readers.odt import read_odt
from ptce_qual.readers.plain import parse_plain, read_plain
from ptce_qual.readers.reading import Reader, Reading
from ptce_qual.readers.rtf import read_rtf
from ptce_qual.readers.subtitles import read_subtitles
from ptce_qual.readers.turns import split_turns
from ptce_qual.translation import _
from ptce_qual.wording import reason

READERS: dict[str, Reader] = {
    ".txt": read_plain,
    ".md": read_plain,
    ".docx": read_docx,
    ".odt": read_odt,
    ".rtf": read_rtf,
    ".vtt": read_subtitles,
    ".srt": read_subtitles,
}
_LARGEST = 200_000_000  # bytes: no interview, and too much for the memory of a small machine


def read_transcript(
    path: Path, *, transcript_id: str = "", file: str = "", roles: Mapping[str, Role] | None = None
) -> tuple[Transcript | None, list[Problem]]:
    """Read one file. The transcript is None where it can't be read; the last problem is then an error.

    Args:
        transcript_id: the transcript's id; the file's name without suffix by default.
        file: what problems name, and the transcript's source; the file's name by default.
        roles: labels → role, before the defaults.
    """
    file = file or path.name
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        message = _("no reader for files « {suffix} »", suffix=path.suffix)
        remedy = _("Export it as one of {suffixes}.", suffixes=", ".join(READERS))
        return None, [Problem("error", file, None, message, remedy)]
    try:
        if path.stat().st_size > _LARGEST:
            message = _("the file is larger than {megabytes} MB", megabytes=_LARGEST // 1_000_000)
            return None, [Problem("error", file, None, message)]
        reading = reader(path, file)
    except OSError as error:
        message = _("the file can't be read: {reason}", reason=reason(error))
        return None, [Problem("error", file, None, message, _("Check that it exists and that you may read it."))]
    if isinstance(reading, Problem):
        return None, [reading]
    return _transcript(reading, transcript_id or path.stem, file, roles)


def parse_transcript(
    text: str, *, transcript_id: str = "", roles: Mapping[str, Role] | None = None
) -> tuple[Transcript | None, list[Problem]]:
    """Return the transcript of a text that is in no file, read as Markdown is; None where it is blank."""
    return _transcript(parse_plain(text, transcript_id), transcript_id, "", roles)


def _transcript(
    reading: Reading, transcript_id: str, file: str, roles: Mapping[str, Role] | None
) -> tuple[Transcript | None, list[Problem]]:
    problems = list(reading.problems)
    if not reading.text[reading.body :].strip():
        return None, [*problems, Problem("error", file, None, _("the file holds no text"))]
    turns, found = split_turns(reading, file, roles)
    problems += found + check_language(_spoken(reading, turns_spans=[(turn.start, turn.end) for turn in turns]), file)
    transcript = Transcript(
        transcript_id, reading.text, turns, reading.case_id, dict(reading.attributes), file, wrapped=reading.wrapped
    )
    return transcript, problems


def _spoken(reading: Reading, turns_spans: list[tuple[int, int]]) -> str:
    if not turns_spans:
        return reading.text[reading.body :]
    return " ".join(reading.text[start:end] for start, end in turns_spans)
