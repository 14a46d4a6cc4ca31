"""`Study`: the only place that knows the folder layout of a user's project.

study.yaml          settings (optional)
codebook.yaml       the codebook
corpus/             the interviews, with cases.csv and transcripts.csv; gold/ in it is not read
results/            what the tool writes
.ptce-qual/docs/    the cache of parsed interviews, readable by its owner only
"""

from __future__ import annotations

import contextlib
import shutil
from dataclasses import dataclass
from pathlib import Path

from ptce_qual.codebook.check import LoadedCodebook
from ptce_qual.codebook.load import read_codebook
from ptce_qual.errors import InputError
from ptce_qual.model import Corpus, Problem
from ptce_qual.readers.corpus import IGNORED, read_corpus
from ptce_qual.study.manifest import MANIFEST, read_manifest
from ptce_qual.study.settings import Settings
from ptce_qual.translation import _
from ptce_qual.yaml_models import read_yaml_model

SETTINGS = "study.yaml"
CODEBOOK = "codebook.yaml"
_CACHE = Path(".ptce-qual") / "docs"
_OF_RESULTS = (MANIFEST, "codings.jsonl")  # by them a folder is known as results, whatever its name


@dataclass(frozen=True, slots=True)
class Study:
    """Where a study's files are, and its settings.

    Args:
        root: the folder of `study.yaml`, or the corpus where there is none.
        corpus: the folder of the interviews, or one interview.
        codebook: its file; None where none was found.
        results: the folder to write to.
    """

    root: Path
    corpus: Path
    codebook: Path | None
    results: Path
    settings: Settings

    @property
    def cache(self) -> Path:
        """The folder of parsed Docs."""
        return self.root / _CACHE

    def clear_cache(self) -> int:
        """Remove the parsed Docs, and return how many there were."""
        count = sum(1 for _doc in self.cache.glob("*.doc"))
        shutil.rmtree(self.cache, ignore_errors=True)
        return count

    def check_out(self, path: Path) -> None:
        """See that a file may be written: none of the study's own, nor of a results folder, is replaced by it.

        Raises:
            InputError: it would be.
        """
        path = path.resolve()
        sources = [self.root / SETTINGS, *([self.codebook] if self.codebook else [])]
        told = (self.root / SETTINGS).is_file()  # else any folder may be the corpus
        interview = told and path.is_relative_to(self.corpus.resolve()) and path.is_file()
        if interview or path in [one.resolve() for one in sources] or _is_of_results(path):
            message = _("{path} is a file of the study or of its results, and is not replaced", path=path.name)
            remedy = _("Name another file with --out.")
            raise InputError(message, (Problem("error", path.name, None, message, remedy),))

    def check_results(self) -> None:
        """See that results will stand by themselves: not among the interviews, nor over a study's own files.

        Raises:
            InputError: they would not.
        """
        folder = self.results.resolve()
        inside = folder in (self.corpus.resolve(), self.root.resolve())
        foreign = not (folder / MANIFEST).is_file() and any((folder / name).exists() for name in (CODEBOOK, SETTINGS))
        if inside or foreign:
            message = _("{path} holds other files than results", path=self.results.as_posix())
            remedy = _("Name a folder of their own with --out, or as `results` in study.yaml.")
            raise InputError(message, (Problem("error", self.results.as_posix(), None, message, remedy),))

    def read_corpus(self) -> tuple[Corpus, list[Problem]]:
        """Read the interviews, with every problem met."""
        return read_corpus(self.corpus, roles=self.settings.roles, ignored=self._ignored())

    def read_codebook(self) -> tuple[LoadedCodebook | None, list[Problem]]:
        """Read the codebook, with every problem met."""
        if self.codebook is None:
            message = _("no codebook: there is no {name} in {folder}", name=CODEBOOK, folder=self.root.as_posix())
            remedy = _("Name one with --codebook, or make a study with `ptce-qual init`.")
            return None, [Problem("error", CODEBOOK, None, message, remedy)]
        return read_codebook(self.codebook)

    def _ignored(self) -> tuple[str, ...]:
        """Return what is no interview, relative to the corpus: results, wherever they are written, and the codebook."""
        before = (path.parent for path in self.corpus.rglob(_OF_RESULTS[0]))
        others = (folder for folder in before if all((folder / name).is_file() for name in _OF_RESULTS))
        written = [path for path in (self.results, self.codebook, *others) if path is not None]
        inside = [path.resolve() for path in written if path.resolve().is_relative_to(self.corpus.resolve())]
        return (*IGNORED, *(path.relative_to(self.corpus.resolve()).as_posix() for path in inside))


def open_study(
    corpus: Path | None = None, *, codebook: Path | None = None, results: Path | None = None
) -> tuple[Study, list[Problem]]:
    """Find a study by its interviews, and what is wrong with its settings.

    Args:
        corpus: a folder with a `study.yaml`, any folder of interviews, or one interview, inside a study or not; by
            default the study that the current folder lies in, or else that folder.
        codebook: the codebook, instead of the study's.
        results: the folder to write to, instead of the study's, or of `results` in the current folder.

    Raises:
        InputError: there is no such file or folder, or `study.yaml` has errors.
    """
    given = corpus if corpus is not None else Path()
    if not given.exists():
        message = _("there is no such file or folder: {path}", path=given.as_posix())
        raise InputError(message, (Problem("error", given.as_posix(), None, message, _("Check the path.")),))
    root = _root_of(given)
    if root is None:
        return _without_settings(given, codebook, results), []
    settings, problems = read_yaml_model(Settings, root / SETTINGS)
    if settings is None:
        raise InputError(_("{file} has errors", file=SETTINGS), tuple(problems))
    return Study(
        root=root,
        corpus=root / settings.corpus if corpus is None or given.samefile(root) else given,
        codebook=codebook or _existing(root / settings.codebook),
        results=results or root / settings.results,
        settings=settings,
    ), problems


def _is_of_results(path: Path) -> bool:
    """Whether a results folder above a file knows it by its manifest."""
    for folder in path.parents[:3]:
        with contextlib.suppress(InputError):
            if path.relative_to(folder).as_posix() in {MANIFEST, *read_manifest(folder).files}:
                return True
    return False


def _root_of(given: Path) -> Path | None:
    """Return the folder of the study that a path belongs to: itself, or the nearest above it."""
    above = given.resolve().parents
    as_written = () if ".." in given.parts else given.parents
    return next((folder for folder in (given, *as_written, *above) if (folder / SETTINGS).is_file()), None)


def _without_settings(given: Path, codebook: Path | None, results: Path | None) -> Study:
    root = given if given.is_dir() else given.parent
    places = (root / CODEBOOK, Path(CODEBOOK))
    found = codebook or next((path for path in places if path.is_file()), None)
    return Study(root, given, found, results or Path("results"), Settings())


def _existing(path: Path) -> Path | None:
    return path if path.is_file() else None
