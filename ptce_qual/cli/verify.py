"""`ptce-qual verify`: are these results what the interviews and the codebook give?"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ptce_qual.cli.options import CodebookOption, CorpusArgument, JobsOption
from ptce_qual.cli.terminal import console, plain, print_problems, progress
from ptce_qual.translation import _, _n


def add_command(app: typer.Typer) -> None:
    """Add `verify`."""
    app.command("verify", help=_("Make results again with the options of their manifest, and say what differs."))(
        verify
    )


def verify(
    results: Annotated[
        Path | None, typer.Argument(metavar="[RESULTS]", help=_("The folder of the results; by default the study's."))
    ] = None,
    corpus: CorpusArgument = None,
    codebook: CodebookOption = None,
    jobs: JobsOption = None,
) -> None:
    """Verify a results folder."""
    from ptce_qual.study import open_study
    from ptce_qual.workflow.verify import verify as verified

    study, problems = open_study(corpus, codebook=codebook)
    print_problems(problems)
    with progress(_("Coding")) as show:
        found = verified(results or study.results, study, jobs=jobs, progress=show)
    out = console()
    for notice in found.notices:
        out.print(plain(notice), style="dim")
    for difference in found.differences:
        out.print(plain(f"{difference.file}: {difference.message}"), style="red")
        for row in difference.rows:
            out.print(
                plain(f"    {row}"), style="green" if row.startswith("+") else "red", overflow="ellipsis", no_wrap=True
            )
    if found.differences:
        told = _n("{count} difference.", "{count} differences.", len(found.differences))
        out.print(plain(told), style="bold")
        raise typer.Exit(1)
    out.print(
        plain(_n("The same to the byte: {count} file.", "The same to the byte: {count} files.", found.files)),
        style="bold",
    )
