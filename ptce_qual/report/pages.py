"""Pages: Jinja2 templates filled to self-contained HTML, in the language in use, all text escaped.

A page holds its style and its script; its content security policy forbids everything else, so that nothing is
ever fetched and no text of an interview can run.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from ptce_qual import wording
from ptce_qual.translation import _, _n, language_in_use

_HERE = Path(__file__).parent
_ASSETS = _HERE / "assets"


def render_page(template: str, **values: object) -> bytes:
    """Return a template of `templates/` filled with values, as UTF-8; lone surrogates become `?`."""
    return "".join(page_chunks(template, **values)).encode("utf-8", "replace")


def page_chunks(template: str, **values: object) -> Iterator[str]:
    """Yield a page piece by piece."""
    shared = {"language": language_in_use(), "style": _style(), "script": _script(), "policy": _policy()}
    return _environment().get_template(template).generate(**shared, **values)


@cache
def _environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(_HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.do"],
    )
    made.globals.update(_=_, _n=_n)
    made.filters.update(
        percent=wording.percent,
        number=wording.number,
        count=wording.count,
        p_value=wording.p_value,
        polarity=wording.polarity,
    )
    return made


@cache
def _style() -> Markup:
    return Markup((_ASSETS / "dossier.css").read_text(encoding="utf-8"))  # noqa: S704  # our own file


@cache
def _script() -> Markup:
    return Markup((_ASSETS / "dossier.js").read_text(encoding="utf-8"))  # noqa: S704  # our own file


def _policy() -> str:
    digest = base64.b64encode(hashlib.sha256(_script().encode()).digest()).decode("ascii")
    return (
        f"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{digest}'; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )
