"""Pages: Jinja2 templates filled to self-contained HTML, in the language in use, all text escaped.

A page holds its style and its script; its content security policy forbids everything else, so that nothing is
ever fetched and no text of an interview can run.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from ptce_qual import wording
from ptce_qual.translation import _, _n, language_in_use

_HERE = Path(__file__).parent
_ASSETS = _HERE / "assets"


def render_page(template: str, extra: str = "", /, **values: object) -> bytes:
    """Return a template of `templates/` filled with values, as UTF-8; lone surrogates become `?`.

    Args:
        extra: the name, without suffix, of a style and a script in `assets/` that the page has beside those of all.
    """
    return "".join(page_chunks(template, extra, **values)).encode("utf-8", "replace")


def page_chunks(template: str, extra: str = "", /, **values: object) -> Iterator[str]:
    """Yield a page piece by piece."""
    names = ("dossier", extra) if extra else ("dossier",)
    script = _assets(names, ".js")
    shared = {
        "language": language_in_use(),
        "style": _assets(names, ".css"),
        "script": script,
        "policy": _policy(script),
    }
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
        code=with_code,
    )
    return made


def with_code(text: str) -> Markup:
    """Return a text with what stands between backticks as code; all of it is escaped."""
    return Markup(re.sub(r"`([^`]+)`", r"<code>\1</code>", str(escape(text))))  # noqa: S704  # escaped here


@cache
def _assets(names: tuple[str, ...], suffix: str) -> Markup:
    told = "".join((_ASSETS / f"{name}{suffix}").read_text(encoding="utf-8") for name in names)
    return Markup(told)  # noqa: S704  # our own files


def _policy(script: Markup) -> str:
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode("ascii")
    return (
        f"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{digest}'; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )
