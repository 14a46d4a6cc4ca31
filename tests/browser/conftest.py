"""The dossier of a small study with everything hostile in it, and a headless Chromium to look at it with.

Where there is no Chromium these tests are skipped, unless PTCE_QUAL_BROWSER=required, as in CI.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hostile_study import CODEBOOK, FILES, write_study
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from ptce_qual.cli import main

NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = next((found for name in NAMES if (found := shutil.which(name))), None)
    if path is None:
        told = "there is no Chromium to open pages with"
        if os.environ.get("PTCE_QUAL_BROWSER") == "required":
            pytest.fail(told)
        pytest.skip(told)
    with sync_playwright() as play:
        opened = play.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def results(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the results of the study, with its dossier in English."""
    folder = write_study(tmp_path_factory.mktemp("hostile") / "étude d'« été »", CODEBOOK, FILES)
    assert main(["--lang", "en", "run", str(folder)]) == 0
    return folder / "results"


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """Return a context in which whatever is fetched beside files is an error."""
    opened = browser.new_context(viewport={"width": 1280, "height": 900}, color_scheme="light")
    fetched: list[str] = []
    opened.on("request", lambda request: fetched.append(request.url) if not request.url.startswith("file:") else None)
    yield opened
    opened.close()
    assert fetched == []


@pytest.fixture
def page(context: BrowserContext, results: Path) -> Iterator[Page]:
    """Return the dossier, opened; an error of its script, a dialog or a refusal by its policy fails the test."""
    opened = context.new_page()
    faults: list[str] = []
    opened.on("pageerror", lambda error: faults.append(str(error)))
    opened.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    opened.on("dialog", lambda dialog: (faults.append(dialog.message), dialog.dismiss()))
    opened.goto((results / "report.html").as_uri())
    yield opened
    assert faults == []
