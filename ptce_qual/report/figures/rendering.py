"""Figures as bytes: SVG with text that stays text, PNG, PDF, and SVG that stands in a page; no clock in any of them."""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cached_property
from typing import Any, Literal, get_args
from xml.sax.saxutils import escape

import matplotlib as mpl
from matplotlib.figure import Figure

from ptce_qual.report.figures.board import INK
from ptce_qual.report.figures.lettering import FONT, shown
from ptce_qual.report.figures.made import FigureMade

Form = Literal["svg", "png", "pdf"]
FORMS: tuple[Form, ...] = get_args(Form)
DOTS_PER_INCH = 200
_COMPRESSION = 3  # of 9: a tenth larger than by 6, in half the time

_SETTINGS = {
    "font.family": [FONT],
    "hatch.linewidth": 1.0,
    "pdf.fonttype": 42,
    "svg.fonttype": "none",
    "svg.hashsalt": "ptce_qual",
}
_NO_ONE = {"Creator": None, "Date": None, "Format": None, "Type": None}
_FONTS = f"'{FONT}', Verdana, sans-serif"  # where the first is not installed: as wide, or less
_ROOT = re.compile(r"<svg [^>]*?viewBox=\"([^\"]*)\"[^>]*>")
_ASIDE = re.compile(
    r"\s*<!--.*?-->|\s*<defs>\s*<style.*?</style>\s*</defs>|\s*<title>.*?</title>|\s*<metadata>.*?</metadata>"
    r"|\s*<g id=\"patch_1\">.*?</g>",  # the paper
    re.DOTALL,
)
_TAG = re.compile(r"<[^>]+>")
_NAME = re.compile(r"(?<= id=\")|(?<=href=\"#)|(?<=url\(#)")


def render_figure(made: FigureMade, form: Form) -> bytes:
    """Return a figure as the content of a file, the same bytes each time.

    Raises:
        ValueError: there is no such form.
    """
    if form not in FORMS:
        raise ValueError(f"no such form: {form}")
    return Drawing(made).file(form)


def inline_svg(made: FigureMade) -> str:
    """Return a figure as an `<svg>` to stand in a page, see `Drawing.inline`."""
    return Drawing(made).inline()


class Drawing:
    """A figure that is drawn once, whatever it is rendered to."""

    def __init__(self, made: FigureMade) -> None:
        self.made = made

    def file(self, form: Form) -> bytes:
        """Return the figure as the content of a file."""
        if form == "svg":
            return self._svg.encode("utf-8")
        with _settings():
            return _RENDER[form](self._figure, self.made.title, self.made.alternative)

    def inline(self) -> str:
        """Return the figure as an `<svg>` to stand in a page.

        Its ink is the page's (`currentColor`), its paper too, its ids begin with its name, and its style touches
        nothing else; title and alternative are told to who does not see it.
        """
        return _inline(self._svg, self.made)

    @cached_property
    def _figure(self) -> Figure:
        return self.made.draw()

    @cached_property
    def _svg(self) -> str:
        with _settings():
            return _svg(self._figure, Title=shown(self.made.title), Description=shown(self.made.alternative))


def _inline(drawn: str, made: FigureMade) -> str:
    root = _ROOT.search(drawn)
    if root is None:
        raise AssertionError("matplotlib writes one svg element with a viewBox")
    body = _TAG.sub(lambda tag: _of_page(tag[0], made.name), _ASIDE.sub("", drawn[root.end() :])).strip()
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="100%" '
        f'viewBox="{root[1]}" role="img" aria-labelledby="{made.name}-title {made.name}-desc" '
        f'style="stroke-linejoin: round; stroke-linecap: butt">\n'
        f'<title id="{made.name}-title">{escape(shown(made.title))}</title>\n'
        f'<desc id="{made.name}-desc">{escape(shown(made.alternative))}</desc>\n{body}\n'
    )


def _of_page(tag: str, name: str) -> str:
    return _NAME.sub(f"{name}-", tag).replace(INK, "currentColor")


@contextmanager
def _settings() -> Iterator[None]:
    """Set matplotlib as it comes but for what decides on bytes, for as long as a figure is drawn."""
    settings: Any = {
        name: value for name, value in mpl.rcParamsDefault.items() if not name.startswith("backend")
    } | _SETTINGS
    with mpl.rc_context(settings), warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Glyph .* missing from")  # letters that the font has not are shown as boxes
        yield


def _svg(figure: Figure, **told: str) -> str:
    from matplotlib.backends.backend_svg import FigureCanvasSVG

    stream = io.StringIO()
    figure.set_dpi(72)
    canvas: Any = FigureCanvasSVG(figure)
    canvas.print_svg(stream, metadata={**_NO_ONE, **told})
    return _TAG.sub(lambda tag: tag[0].replace(f"'{FONT}'", _FONTS), stream.getvalue())


def _render_png(figure: Figure, title: str, alternative: str) -> bytes:
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    figure.set_dpi(DOTS_PER_INCH)
    stream = io.BytesIO()
    told = {"Title": shown(title), "Description": shown(alternative), "Software": None}
    canvas: Any = FigureCanvasAgg(figure)
    canvas.print_png(stream, metadata=told, pil_kwargs={"compress_level": _COMPRESSION})
    return stream.getvalue()


def _render_pdf(figure: Figure, title: str, alternative: str) -> bytes:
    from matplotlib.backends.backend_pdf import FigureCanvasPdf

    stream = io.BytesIO()
    told = {
        "Title": shown(title), "Subject": shown(alternative), "Creator": None, "Producer": None, "CreationDate": None,
    }  # fmt: skip
    canvas: Any = FigureCanvasPdf(figure)
    canvas.print_pdf(stream, metadata=told)
    return stream.getvalue()


_RENDER: dict[Form, Callable[[Figure, str, str], bytes]] = {"png": _render_png, "pdf": _render_pdf}
