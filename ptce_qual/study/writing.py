"""Files that are replaced only by complete ones: all are written aside, then renamed together."""

from __future__ import annotations

import contextlib
import shutil
import tempfile
from collections.abc import Collection, Mapping
from pathlib import Path

from ptce_qual.errors import InputError
from ptce_qual.interrupts import interrupts_held_back
from ptce_qual.model import Problem
from ptce_qual.translation import _
from ptce_qual.wording import reason


def check_writable(folder: Path) -> None:
    """See that files can be written in a folder, which may be missing yet; nothing is left there.

    Raises:
        InputError: it is a file, or can't be written to.
    """
    missing = [one for one in (folder, *folder.parents) if not one.exists()]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise _unwritable(folder, error) from error
    finally:
        for made in missing:
            with contextlib.suppress(OSError):
                made.rmdir()


def write_files(folder: Path, files: Mapping[str, bytes], *, stale: Collection[str] = ()) -> None:
    """Write files below a folder, so that whatever interrupts it leaves the old ones whole.

    Args:
        files: path relative to the folder, POSIX → content. The last one is renamed last.
        stale: files of before that are removed once the new ones are in place.

    Raises:
        InputError: the folder can't be written to.
    """
    check_writable(folder)
    folder.mkdir(parents=True, exist_ok=True)
    aside = Path(tempfile.mkdtemp(dir=folder, prefix=".partial-"))
    try:
        for name, content in files.items():
            path = aside / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        with interrupts_held_back():
            for name in files:
                (folder / name).parent.mkdir(parents=True, exist_ok=True)
                (aside / name).replace(folder / name)
            for name in sorted(set(stale) - set(files)):
                _remove(folder, name)
    except OSError as error:
        raise _unwritable(folder, error) from error
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def write_file(path: Path, content: bytes) -> None:
    """Write one file, so that whatever interrupts it leaves an old one whole.

    Raises:
        InputError: it is a folder, or its folder can't be written to.
    """
    check_file_writable(path)
    write_files(path.parent, {path.name: content})


def check_file_writable(path: Path) -> None:
    """Make the folder of a file if it is missing, and see that the file can be written there.

    Raises:
        InputError: it is a folder, or its folder can't be written to.
    """
    if path.is_dir():
        message = _("{path} is a folder; the name of a file is wanted", path=path.as_posix())
        remedy = _("Name a file in it with --out.")
        raise InputError(message, (Problem("error", path.as_posix(), None, message, remedy),))
    check_writable(path.parent)


def _remove(folder: Path, name: str) -> None:
    """Remove a file below the folder, and the folders that it leaves empty."""
    path = folder / name
    if not path.resolve().is_relative_to(folder.resolve()):
        return
    path.unlink(missing_ok=True)
    for parent in path.relative_to(folder).parents:
        with contextlib.suppress(OSError):
            if parent != Path():
                (folder / parent).rmdir()


def _unwritable(folder: Path, error: OSError) -> InputError:
    message = _("the folder {folder} can't be written to: {reason}", folder=folder.as_posix(), reason=reason(error))
    remedy = _("Name another one with --out, or change the rights of this one.")
    return InputError(message, (Problem("error", folder.as_posix(), None, message, remedy),))
