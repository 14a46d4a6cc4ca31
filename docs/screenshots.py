"""Make the images of docs/images/ from the shipped corpus's dossier, by hand: `python docs/screenshots.py RESULTS`.

RESULTS is a folder that `ptce-qual run corpus` has written; Chromium must be installed.
"""

from __future__ import annotations

import io
import shutil
import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

IMAGES = Path(__file__).parent / "images"
NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
COLOURS = 128


def main(results: Path) -> None:
    """Write the images."""
    IMAGES.mkdir(exist_ok=True)
    path = next((found for name in NAMES if (found := shutil.which(name))), None)
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=path, args=["--no-sandbox"])
        page = opened(browser, results, 1280, 800)
        kept("summary", page.screenshot())
        kept("heat-map", shown(page, "heat-map"))
        kept("verbatims", shown(page, negated(page)))
        kept("transcript", shown(page, coded(page, 4)))
        kept("dark", shown(opened(browser, results, 360, 720, dark=True), "summary"))
        browser.close()


def opened(browser: Browser, results: Path, width: int, height: int, *, dark: bool = False) -> Page:
    """Return the dossier in a window."""
    size = {"width": width, "height": height}
    context = browser.new_context(viewport=size, color_scheme="dark" if dark else "light")  # type: ignore[arg-type]
    page = context.new_page()
    page.goto((results / "report.html").resolve().as_uri())
    return page


def shown(page: Page, anchor: str) -> bytes:
    """Return what a link to a place shows."""
    page.evaluate("anchor => { location.hash = anchor }", anchor)
    page.wait_for_timeout(300)
    page.evaluate("document.activeElement.blur()")
    return page.screenshot()


def negated(page: Page) -> str:
    """Return the anchor of the first quote of some length that is negated by a word, its reasons open."""
    return str(
        page.evaluate(
            """() => {
              const quote = [...document.querySelectorAll(".verbatim[data-polarity=negated]")]
                .find((one) => one.querySelector("mark.cue") && one.querySelectorAll(".reasons li").length > 2);
              quote.querySelector("details.why").open = true;
              return quote.id;
            }"""
        )
    )


def coded(page: Page, least: int) -> str:
    """Return the anchor of the first coding of a turn with so many, of several polarities."""
    return str(
        page.evaluate(
            """least => [...document.querySelectorAll(".turn")].find(
              (one) => one.querySelectorAll(".note").length >= least && one.querySelector(".note.negated")
            ).querySelector(".note").id""",
            least,
        )
    )


def kept(name: str, content: bytes) -> None:
    """Write an image with few colours, which makes it small."""
    image = Image.open(io.BytesIO(content)).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    image.save(IMAGES / f"{name}.png", optimize=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
