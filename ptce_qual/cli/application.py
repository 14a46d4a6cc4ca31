"""The command `ptce-qual` with all its subcommands, and what its failures look like."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import Annotated

import typer

from ptce_qual.cli import (
    agreement,
    code,
    codebook,
    compare,
    cooccurrence,
    corpus,
    coverage,
    explain,
    export,
    init,
    kwic,
    profile,
    report,
    saturation,
    verbatims,
    verify,
)
from ptce_qual.cli.language import VARIABLE
from ptce_qual.cli.terminal import print_error
from ptce_qual.cli.usage import is_of_usage, print_usage_error
from ptce_qual.errors import QualError
from ptce_qual.translation import LANGUAGES, _

_DEBUG = "PTCE_QUAL_DEBUG"

app = typer.Typer(
    name="ptce-qual",
    help=_(
        "Code French interviews by the rules of a codebook, see why each passage was coded, and measure what is coded. "
        "All stays on your machine."
    ),
    epilog=_(
        "Begin with `ptce-qual init my-study`, or with `ptce-qual run FOLDER --codebook FILE` on your own interviews."
    ),
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
code.add_commands(app)
coverage.add_command(app)
agreement.add_command(app)
saturation.add_command(app)
compare.add_command(app)
cooccurrence.add_command(app)
profile.add_command(app)
report.add_command(app)
explain.add_command(app)
verbatims.add_command(app)
kwic.add_command(app)
verify.add_command(app)
init.add_commands(app)
app.add_typer(export.app, name="export")
app.add_typer(corpus.app, name="corpus")
app.add_typer(codebook.app, name="codebook")


def _show_version(asked: bool) -> None:
    if asked:
        from importlib.metadata import version

        typer.echo(f"ptce-qual {version('ptce-qual')}")
        raise typer.Exit


def _known_language(language: str | None) -> str | None:
    if language is not None and language not in LANGUAGES:
        raise typer.BadParameter(_("« {language} » is none of {known}", language=language, known=", ".join(LANGUAGES)))
    return language


@app.callback()
def _root(
    language: Annotated[
        str | None,
        typer.Option(
            "--lang",
            envvar=VARIABLE,
            callback=_known_language,
            metavar="|".join(LANGUAGES),
            help=_("The language of messages; by default the locale's."),
        ),
    ] = None,
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help=_("Show the version and exit."))
    ] = False,
) -> None:
    """Take the options that stand before every command."""


def run(arguments: Sequence[str]) -> int:
    """Run a command line and return its exit code; no traceback reaches the user."""
    try:
        ended = app(args=list(arguments), prog_name="ptce-qual", standalone_mode=False)
    except SystemExit as done:
        return done.code if isinstance(done.code, int) else 1
    except QualError as error:
        print_error(error)
        return 1
    except BrokenPipeError:  # the reader of a pipe has gone, as with `| head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except Exception as error:
        if is_of_usage(error):
            return print_usage_error(error)
        if os.environ.get(_DEBUG):
            raise
        print_error(_unexpected(error))
        return 1
    return ended if isinstance(ended, int) else 0


def _unexpected(error: Exception) -> QualError:
    return QualError(
        _(
            "an error of the tool itself, which should not happen: {error}. "
            "Set {variable}=1 to see where, and report it.",
            error=f"{type(error).__name__}: {error}",
            variable=_DEBUG,
        )
    )
