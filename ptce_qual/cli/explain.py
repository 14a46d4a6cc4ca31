"""`ptce-qual explain`: why a passage was coded, and why it was not."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table
from rich.text import Text

from ptce_qual.cli.options import CodebookOption, ModelOption
from ptce_qual.cli.terminal import console, plain, print_problems
from ptce_qual.translation import _
from ptce_qual.wording import polarity

if TYPE_CHECKING:
    from ptce_qual.workflow.explain import Explanation, Fired, Nearly

_STYLES = {"affirmed": "green", "negated": "red", "hypothetical": "yellow"}


def add_command(app: typer.Typer) -> None:
    """Add `explain`."""
    app.command(
        "explain",
        help=_("Tell why a sentence is coded: its words, the rules that fired or nearly did, and the polarity."),
    )(explain)


def explain(
    passage: Annotated[
        str,
        typer.Argument(
            metavar="SENTENCE|TRANSCRIPT:START-END",
            help=_(
                "A sentence in quotes, or a place in an interview as codings.csv gives it: pole/interview:1304-1331."
            ),
        ),
    ],
    question: Annotated[str, typer.Option("--question", help=_("What the interviewer asked before."))] = "",
    corpus: Annotated[Path | None, typer.Option("--corpus", help=_("The interviews; by default the study's."))] = None,
    codebook: CodebookOption = None,
    model: ModelOption = None,
    as_json: Annotated[bool, typer.Option("--json", help=_("Print for programs."))] = False,
) -> None:
    """Explain a passage."""
    from ptce_qual.study import open_study
    from ptce_qual.workflow.explain import explain as explained

    study, problems = open_study(corpus, codebook=codebook)
    print_problems(problems)
    found = explained(study, passage, question=question, model=model)
    if as_json:
        sys.stdout.write(json.dumps([asdict(one) for one in found], ensure_ascii=False, indent=1) + "\n")
        return
    file = study.codebook.name if study.codebook else ""
    for one in found:
        _print(one, file)
    if not found:
        console().print(_("No sentence stands there."))


def _print(one: Explanation, file: str) -> None:
    out = console()
    out.print(plain(one.sentence), style="bold")
    table = Table(box=None, header_style="dim", pad_edge=False)
    for heading in (_("word"), _("lemma"), _("part of speech")):
        table.add_column(heading)
    for word in one.words:
        table.add_row(plain(word.text), plain(word.lemma), word.pos)
    out.print(table)
    out.print()
    if not one.fired:
        out.print(_("No rule fires here."))
    for coding in one.codings:
        told = (polarity(coding.polarity).lower(), _STYLES[coding.polarity])
        out.print(Text.assemble((coding.code_id, "bold"), " ", told))
        for reason in _reasons(one, coding.code_id, file):
            out.print(plain(f"  {reason}"))
    if one.nearly:
        out.print()
        out.print(_("Nearly:"), style="dim")
    for nearly in one.nearly:
        out.print(plain("  " + _why_not(nearly, file)), style="dim")
    out.print()


def _reasons(one: Explanation, code_id: str, file: str) -> Iterator[str]:
    for tally in one.tallies:
        if tally.code_id == code_id:
            yield _("{points} points of words and rules, {needed} needed", points=tally.points, needed=tally.needed)
    yield from (_why(fired, file) for fired in one.fired if fired.code_id == code_id)


def _why(fired: Fired, file: str) -> str:
    matched = " … ".join(fired.matched)
    if fired.points is not None:
        told = _(
            "{file}:{line} counts words, {points} points with the question and the sentences around: « {matched} »",
            file=file, line=fired.line, points=f"{fired.points:.0f}", matched=matched,
        )  # fmt: skip
        return told + _because(fired)
    told = _(
        "{file}:{line} ({rule}) matches « {matched} »", file=file, line=fired.line, rule=fired.rule_id, matched=matched
    )
    return told + _because(fired)


def _because(fired: Fired) -> str:
    cues = ", ".join(f"« {cue} »" for cue in fired.cues)
    if cues:
        return _(
            "; by itself {own}, {polarity} because of {cues}",
            own=polarity(fired.own_polarity).lower(),
            polarity=polarity(fired.polarity).lower(),
            cues=cues,
        )
    return _("; {polarity} by itself, no cue bears on it", polarity=polarity(fired.polarity).lower())


def _why_not(nearly: Nearly, file: str) -> str:
    found = " … ".join(nearly.found)
    return _(
        "{code} {file}:{line} finds « {found} », but: {reason}",
        code=nearly.code_id, file=file, line=nearly.line, found=found, reason=nearly.reason,
    )  # fmt: skip
