"""Which files of a folder are transcripts, and the ids that they get: the same on every file system."""

from __future__ import annotations

import os
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from ptce_qual.model import Problem
from ptce_qual.readers.formats import READERS
from ptce_qual.translation import _
from ptce_qual.wording import reason

TRANSCRIPTS, CASES = "transcripts.csv", "cases.csv"
_IGNORED_BEGINNINGS = (".", "~$")
_LICENCES = ("licence", "license", "copying")


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One transcript's file: where it is, its path relative to the corpus, and its id."""

    path: Path
    file: str
    id: str


def find_files(root: Path, ignored: Collection[str]) -> tuple[list[SourceFile], list[Problem]]:
    """Return the files below `root` that can be read, by path, and what is to be said of the others.

    Args:
        ignored: paths of files and folders, relative to the root, that are no part of the corpus.
    """
    found: dict[str, Path] = {}
    problems: list[Problem] = []
    for path in _walk(root, root, frozenset(ignored), problems):
        file = relative_path(path, root)
        if path.suffix.lower() not in READERS or path.stem.lower() in _LICENCES:
            if file not in (TRANSCRIPTS, CASES):
                problems.append(_not_read(path, file))
        elif not path.is_file() and path.exists():
            problems.append(_not_read(path, file))
        elif file in found:
            message = _("not read: another file has the same name, its accents written otherwise")
            problems.append(Problem("error", file, None, message, _("Give one of the two another name.")))
        else:
            found[file] = path
    ids = _ids(list(found))
    problems += _problems_of_ids(ids)
    problems.sort(key=lambda problem: problem.file)
    return sorted(
        (SourceFile(path, file, ids[file]) for file, path in found.items()), key=lambda source: (source.id, source.file)
    ), problems


def relative_path(path: Path, root: Path) -> str:
    """Return the POSIX path of a file below the root; accents composed, as only some file systems have them."""
    name = path.relative_to(root).as_posix().encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    return unicodedata.normalize("NFC", name)


def _walk(folder: Path, root: Path, ignored: frozenset[str], problems: list[Problem]) -> Iterator[Path]:
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: (unicodedata.normalize("NFC", entry.name), entry.name))
    except OSError as error:
        message = _("the folder can't be read: {reason}", reason=reason(error))
        problems.append(Problem("error", relative_path(folder, root), None, message))
        return
    for entry in entries:
        path = folder / entry.name
        if entry.name.startswith(_IGNORED_BEGINNINGS) or relative_path(path, root) in ignored:
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _walk(path, root, ignored, problems)
        elif not entry.name.lower().startswith("readme"):
            yield path


def _not_read(path: Path, file: str) -> Problem:
    if path.stem.lower() in _LICENCES:
        return Problem("notice", file, None, _("not read: a licence, not an interview"))
    if path.is_dir():
        message = _("not read: a link to a folder")
        return Problem("warning", file, None, message, _("Put the interviews into the folder itself."))
    if path.name in (TRANSCRIPTS, CASES):
        message = _("not read: this table counts only at the top of the folder of interviews")
        return Problem("warning", file, None, message, _("Move it there, or name that folder on the command line."))
    message = _("not read: files without a suffix are no transcripts")
    if path.suffix:
        message = _("not read: files « {suffix} » are no transcripts", suffix=path.suffix)
    remedy = _("Export interviews as one of {suffixes}.", suffixes=", ".join(READERS))
    return Problem("warning", file, None, message, remedy)


def _ids(files: list[str]) -> dict[str, str]:
    """Return path → id: the path without suffix; with it for those that would share an id."""
    ids = {file: PurePosixPath(file).with_suffix("").as_posix() for file in files}
    while True:
        counts = Counter(ids.values())
        clashing = [file for file, name in ids.items() if counts[name] > 1 and name != file]
        if not clashing:
            return ids
        ids.update((file, file) for file in clashing)


def _problems_of_ids(ids: dict[str, str]) -> list[Problem]:
    return [
        Problem(
            "warning",
            file,
            None,
            _(
                "another file of this folder has the same name; the id of this one is « {name} », with its suffix",
                name=name,
            ),
            _("If both are the same interview, keep one of them: it would be counted twice."),
        )
        for file, name in sorted(ids.items())
        if file == name
    ]
