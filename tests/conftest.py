"""A small study for every test of commands, and the command line, called here or in a process of its own."""

from __future__ import annotations

import functools
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from small_studies import Call, Ended, make_study, sound
from spacy.language import Language

from ptce_qual.cli import main
from ptce_qual.coding import transcripts
from ptce_qual.nlp import load_pipeline
from ptce_qual.translation import language_in_use, use_language
from ptce_qual.workflow import check_codebook


@pytest.fixture(autouse=True)
def _english(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Leave the language as it was: choosing one is for the whole process."""
    before = language_in_use()
    monkeypatch.setenv("LANGUAGE", os.environ.get("LANGUAGE", ""))
    monkeypatch.setenv("PTCE_QUAL_LANG", "en")
    yield
    use_language(before)


@functools.cache
def _loaded(model: str | None = None) -> Language:
    return load_pipeline(model)


@pytest.fixture
def call(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Call:
    """Return a function that runs a command line here, with a pipeline that is loaded once for all tests."""
    monkeypatch.setattr(transcripts, "load_pipeline", _loaded)
    monkeypatch.setattr(check_codebook, "load_pipeline", _loaded)

    def run(*arguments: object) -> Ended:
        capsys.readouterr()
        code = main([str(argument) for argument in arguments])
        return sound(Ended(code, *capsys.readouterr()))

    return run


UNDER_RIGHTS = ["setpriv", "--bounding-set", "-dac_override,-dac_read_search"]  # root, but files' rights bind it


@pytest.fixture
def process() -> Call:
    """Return a function that runs a command line in a process of its own, with more variables of the environment."""
    return in_process()


@pytest.fixture
def bound_process() -> Call:
    """Return the same for a process that the rights of files bind, even where the tests run as root."""
    if sys.platform == "win32" or os.geteuid() != 0:
        return in_process()
    if shutil.which(UNDER_RIGHTS[0]) is None:
        pytest.skip("as root without setpriv, the rights of files bind no process")
    return in_process(*UNDER_RIGHTS)


def in_process(*under: str) -> Call:
    def run(*arguments: object, where: Path | None = None, **variables: str) -> Ended:
        done = subprocess.run(  # noqa: S603
            [*under, sys.executable, "-m", "ptce_qual", *map(str, arguments)],
            cwd=where,
            env={**os.environ, "PYTHONIOENCODING": "utf-8", "PYTHONWARNINGS": "error::UserWarning", **variables},
            capture_output=True,
            encoding="utf-8",
            check=False,
            timeout=60,
        )
        return sound(Ended(done.returncode, done.stdout, done.stderr))

    return run


@pytest.fixture
def study(tmp_path: Path) -> Path:
    """Return a study that was not coded."""
    return make_study(tmp_path / "study")


@pytest.fixture(scope="session")
def _coded_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = make_study(tmp_path_factory.mktemp("coded") / "study")
    assert main(["--lang", "en", "run", "--no-report", str(folder)]) == 0
    return folder


@pytest.fixture
def coded(_coded_once: Path, tmp_path: Path) -> Path:
    """Return a study that was coded, to do with as one likes."""
    return Path(shutil.copytree(_coded_once, tmp_path / "study"))
