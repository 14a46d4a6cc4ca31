"""`ptce-qual corpus check`: what was read of the interviews, and every problem with its place."""

from __future__ import annotations

import typer

from ptce_qual.cli.options import CorpusArgument, Form, FormOption
from ptce_qual.cli.tables import print_result
from ptce_qual.cli.terminal import console, count_of, plain, print_problems
from ptce_qual.translation import _

app = typer.Typer(help=_("Look at the interviews."), no_args_is_help=True)


@app.callback()
def _group() -> None:
    """Hold the group's commands apart."""


@app.command(
    "check", help=_("Show each interview with its case, turns and speakers, and every problem with its file and line.")
)
def check(corpus: CorpusArgument = None, form: FormOption = Form.TABLE) -> None:
    """Check the interviews of a study."""
    from ptce_qual.study import open_study
    from ptce_qual.workflow.check_corpus import check_corpus

    study, problems = open_study(corpus)
    result, found = check_corpus(study)
    problems += found
    print_result(result, form)
    print_problems(problems, notices=True)
    if form is Form.TABLE:
        console().print(plain(count_of(problems)), style="bold")
    if any(problem.severity == "error" for problem in problems):
        raise typer.Exit(1)
