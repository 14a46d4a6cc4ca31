"""Figures as files, and a page of their captions."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ptce_qual.report.figures.lettering import shown
from ptce_qual.report.figures.made import FigureMade
from ptce_qual.report.figures.rendering import Drawing, Form
from ptce_qual.translation import _

_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>#|~$&!])")
_AT_THE_START = re.compile(r"^(\s*)([-+=]|\d+(?=[.)]))")


def figure_files(drawings: Sequence[Drawing], forms: Sequence[Form] = ("svg", "png")) -> dict[str, bytes]:
    """Return the figures of a dossier as files, and `figures/captions.md`: path → content."""
    files = {f"figures/{one.made.name}.{form}": one.file(form) for one in drawings for form in forms}
    return {**files, "figures/captions.md": captions([one.made for one in drawings]).encode("utf-8")}


def captions(made: Sequence[FigureMade]) -> str:
    """Return title, caption and alternative of figures, in Markdown."""
    return "\n".join([f"# {_('Figures')}\n", *(_section(one) for one in made)])


def _section(one: FigureMade) -> str:
    return f"## {_plain(one.title)} ({one.name})\n\n{_plain(one.caption)}\n\n{_plain(one.alternative)}\n"


def _plain(text: str) -> str:
    """Return a text on one line, with nothing in it that Markdown would take for its own."""
    escaped = _MARKDOWN.sub(r"\\\1", shown(text))
    return _AT_THE_START.sub(lambda start: f"{start[1]}\\{start[2]}" if not start[2].isdigit() else start[0], escaped)
