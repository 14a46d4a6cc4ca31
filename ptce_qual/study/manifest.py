"""The manifest of a results folder: options, hashes and versions, by which `verify` makes all of it again."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ptce_qual.errors import InputError
from ptce_qual.model import Problem
from ptce_qual.translation import _

MANIFEST = "manifest.json"
_FORMAT = 1


@dataclass(frozen=True, slots=True)
class Manifest:
    """How results were made: `coding` and `analyses` hold the options, `files` the hashes of all other files.

    `study` holds what analyses take from the study's settings (`Settings.for_analyses`), so that a results folder
    suffices.
    """

    coding: Mapping[str, Any]
    analyses: Mapping[str, Mapping[str, Any]]
    codebook: Mapping[str, str]
    pipeline: Mapping[str, str]
    packages: Mapping[str, str]
    transcripts: tuple[Mapping[str, str], ...]
    not_read: tuple[str, ...]
    files: Mapping[str, str]
    study: Mapping[str, Any] = field(default_factory=dict)
    format: int = _FORMAT


def read_manifest(folder: Path) -> Manifest:
    """Read a manifest.

    Raises:
        InputError: there is none, or it is none of ours.
    """
    path = folder / MANIFEST
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        if told["format"] != _FORMAT:
            raise unreadable(path, _("it was written by another version of the tool"))
        return Manifest(**{**told, "transcripts": tuple(told["transcripts"]), "not_read": tuple(told["not_read"])})
    except FileNotFoundError as error:
        raise unreadable(path, _("there is no such file")) from error
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise unreadable(path, str(error)) from error


def unreadable(path: Path, reason: str) -> InputError:
    """Return the error of a results folder, or a file of it, that can't be read."""
    message = _("{path} can't be read: {reason}", path=path.as_posix(), reason=reason)
    remedy = _("Make the results anew with `ptce-qual run`.")
    return InputError(message, (Problem("error", path.as_posix(), None, message, remedy),))
