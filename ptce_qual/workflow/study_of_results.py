"""What analyses take from a study beside its codings: names for readers, published figures, breakdowns."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ptce_qual.study.manifest import read_manifest
from ptce_qual.study.study import SETTINGS, Study, open_study


def study_of_results(folder: Path, study: Study) -> dict[str, Any]:
    """Return `Settings.for_analyses` of the study that a results folder is of.

    It is of the study that writes there, or of the one whose folder it lies in, by their `study.yaml` as it is now;
    results that lie elsewhere tell what held when they were made.

    Raises:
        InputError: the folder holds no results, or a `study.yaml` has errors.
    """
    manifest = read_manifest(folder)
    if (study.root / SETTINGS).is_file() and folder.resolve() == study.results.resolve():
        return study.settings.for_analyses()
    if (folder.resolve().parent / SETTINGS).is_file():
        return open_study(folder.resolve().parent)[0].settings.for_analyses()
    return dict(manifest.study)
