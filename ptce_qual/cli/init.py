"""`ptce-qual init`: a new study; and `ptce-qual clear-cache`: forget the parsed interviews."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import Annotated

import typer

from ptce_qual.cli.options import CorpusArgument
from ptce_qual.cli.terminal import console, plain, print_problems
from ptce_qual.translation import _, _n


def add_commands(app: typer.Typer) -> None:
    """Add `init` and `clear-cache`."""
    app.command("init", help=_("Make a study: settings and a codebook with comments, and an example to replace."))(init)
    app.command("clear-cache", help=_("Remove the parsed interviews that are kept in .ptce-qual/ to save time."))(
        clear_cache
    )


def init(folder: Annotated[Path, typer.Argument(metavar="FOLDER", help=_("The folder to make."))]) -> None:
    """Make a study."""
    from ptce_qual.study.template import make_study

    out = console()
    for name in make_study(folder):
        out.print(plain((folder / name).as_posix()))
    quoted = shlex.quote(folder.as_posix())
    out.print()
    out.print(plain(_("Put your interviews into {folder}, then run:", folder=(folder / "corpus").as_posix() + "/")))
    out.print(plain(f"  ptce-qual corpus check {quoted}\n  ptce-qual run {quoted}"), style="bold")


def clear_cache(corpus: CorpusArgument = None) -> None:
    """Remove the cache of a study."""
    from ptce_qual.study import open_study

    study, problems = open_study(corpus)
    print_problems(problems)
    count = study.clear_cache()
    console().print(plain(_n("{count} parsed interview removed.", "{count} parsed interviews removed.", count)))
