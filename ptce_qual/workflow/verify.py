"""Verify results: make them again with the manifest's options, and say what differs, by file and by row."""

from __future__ import annotations

import difflib
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from ptce_qual.study.manifest import Manifest, read_manifest
from ptce_qual.study.results import hashes
from ptce_qual.study.study import Study
from ptce_qual.translation import _
from ptce_qual.workflow.analyses import Analyses, given_files
from ptce_qual.workflow.packages import installed_version
from ptce_qual.workflow.run import Progress, RunOptions, code_study, results_of

_MOST_ROWS = 20


@dataclass(frozen=True, slots=True)
class Difference:
    """A file that is not what it should be: what is wrong, and rows that were lost (`-`) and gained (`+`)."""

    file: str
    message: str
    rows: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Verification:
    """What was compared.

    Args:
        differences: none if the results are the same to the byte.
        notices: what differs around the results and need not change them: package versions.
    """

    files: int
    differences: tuple[Difference, ...]
    notices: tuple[str, ...]


def verify(results: Path, study: Study, *, jobs: int | None = None, progress: Progress | None = None) -> Verification:
    """Make a study's results again and compare them with a folder of results.

    Raises:
        InputError: the folder holds no results, or the study can't be coded.
    """
    manifest = read_manifest(results)
    options = RunOptions(manifest.coding["model"], manifest.coding["unit"], manifest.coding["interviewer"], jobs)
    run = code_study(study, options, progress=progress)
    analyses = Analyses(run.coded, _given(results, manifest))
    files, made = results_of(run, {name: dict(asked) for name, asked in manifest.analyses.items()}, analyses)
    differences = [*_altered(results, manifest, files), *_input_differences(manifest, made)]
    known = {difference.file for difference in differences}
    now = hashes(files)
    changed = [name for name in sorted(set(now) | set(manifest.files)) if now.get(name) != manifest.files.get(name)]
    differences += [_difference(name, results, files) for name in changed if name not in known]
    return Verification(len(manifest.files), tuple(differences), tuple(_notices(manifest, made)))


def _given(results: Path, manifest: Manifest) -> dict[str, bytes]:
    """Return the files that analyses read beside the codings, as the folder keeps them."""
    names = given_files(list(manifest.analyses))
    return {name: (results / name).read_bytes() for name in names if (results / name).is_file()}


def _altered(results: Path, manifest: Manifest, files: dict[str, bytes]) -> Iterator[Difference]:
    """Yield the files that are no longer what was written, with the rows that are not what they would be now."""
    for name, digest in manifest.files.items():
        try:
            content = (results / name).read_bytes()
        except OSError:
            yield Difference(name, _("the file is missing"))
            continue
        if hashlib.sha256(content).hexdigest() != digest:
            rows = _rows(content, files.get(name, b""))
            yield Difference(name, _("the file was changed after it was written"), rows)


def _input_differences(manifest: Manifest, made: Manifest) -> Iterator[Difference]:
    if manifest.codebook["sha256"] != made.codebook["sha256"]:
        yield Difference("codebook.yaml", _("the codebook is another one"))
    if manifest.pipeline != made.pipeline:
        yield Difference("manifest.json", _("the language pipeline is another one"))
    before = {one["id"]: one for one in manifest.transcripts}
    now = {one["id"]: one for one in made.transcripts}
    for name in sorted(set(before) | set(now)):
        file = f"texts/{name}.txt"
        if name not in now:
            yield Difference(file, _("the interview is no longer in the corpus"))
        elif name not in before:
            yield Difference(file, _("the interview was not in the corpus"))
        elif before[name]["sha256"] != now[name]["sha256"]:
            yield Difference(file, _("the interview has another text"))


def _difference(name: str, results: Path, files: dict[str, bytes]) -> Difference:
    try:
        old = (results / name).read_bytes()
    except OSError:
        return Difference(name, _("the file was not there"))
    if name not in files:
        return Difference(name, _("the file would not be made"))
    return Difference(name, _("the file differs"), _rows(old, files[name]))


def _rows(old: bytes, new: bytes) -> tuple[str, ...]:
    """Return the first rows that two versions of a file do not share."""
    before, after = (content.decode("utf-8", "replace").splitlines() for content in (old, new))
    lines = islice(difflib.unified_diff(before, after, lineterm="", n=0), 2, None)  # two lines name the files
    return tuple(islice((line for line in lines if line[:1] in "+-"), _MOST_ROWS))


def _notices(manifest: Manifest, made: Manifest) -> Iterator[str]:
    for name in sorted(set(manifest.packages) | set(made.packages)):
        then, now = manifest.packages.get(name, "–"), installed_version(name)
        if then != now:
            yield _("{package} was {then} and is {now}", package=name, then=then, now=now)
