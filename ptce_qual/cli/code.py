"""`ptce-qual run` and `ptce-qual code`: interviews and a codebook → codings, and for `run` their coverage."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ptce_qual.cli.coverage import coverage_options, print_coverage
from ptce_qual.cli.options import (
    ByOption,
    CacheOption,
    CodebookOption,
    CorpusArgument,
    DescendantsOption,
    InterviewerOption,
    JobsOption,
    MeasureOption,
    ModelOption,
    OutOption,
    PolarityOption,
    UnitOption,
)
from ptce_qual.cli.report import ReportLanguageOption, page_language, print_written
from ptce_qual.cli.terminal import console, plain, print_problems, progress, waiting
from ptce_qual.translation import _, _n

if TYPE_CHECKING:
    from ptce_qual.study import Study
    from ptce_qual.workflow.run import Run, RunOptions


def add_commands(app: typer.Typer) -> None:
    """Add `run` and `code`."""
    app.command("run", help=_("Code interviews and measure how much of them each theme covers, in one go."))(run)
    app.command("code", help=_("Code interviews only; `ptce-qual coverage` measures afterwards."))(code)


def run(
    context: typer.Context,
    corpus: CorpusArgument = None,
    codebook: CodebookOption = None,
    model: ModelOption = None,
    out: OutOption = None,
    by: ByOption = None,
    measure: MeasureOption = None,
    descendants: DescendantsOption = None,
    polarity: PolarityOption = None,
    unit: UnitOption = None,
    interviewer: InterviewerOption = None,
    jobs: JobsOption = None,
    cache: CacheOption = True,
    report: Annotated[
        bool, typer.Option("--report/--no-report", help=_("Whether the dossier, report.html, is made too."))
    ] = True,
    language: ReportLanguageOption = None,
) -> None:
    """Run the main job."""
    from ptce_qual.study import open_study
    from ptce_qual.workflow.run import RunOptions

    study, problems = open_study(corpus, codebook=codebook, results=out)
    print_problems(problems)
    asked = coverage_options(study, by=by, measure=measure, descendants=descendants, polarity=polarity)
    chosen = RunOptions(model, unit, interviewer, jobs, use_cache=cache)
    _job(study, chosen, {"coverage": asked}, _Dossier(page_language(context, language)) if report else None)


def code(
    corpus: CorpusArgument = None,
    codebook: CodebookOption = None,
    model: ModelOption = None,
    out: OutOption = None,
    unit: UnitOption = None,
    interviewer: InterviewerOption = None,
    jobs: JobsOption = None,
    cache: CacheOption = True,
) -> None:
    """Code interviews only."""
    from ptce_qual.study import open_study
    from ptce_qual.workflow.run import RunOptions

    study, problems = open_study(corpus, codebook=codebook, results=out)
    print_problems(problems)
    _job(study, RunOptions(model, unit, interviewer, jobs, use_cache=cache), {})


@dataclass(frozen=True, slots=True)
class _Dossier:
    """That a dossier is wanted, and its language where one was told."""

    language: str | None


def _job(
    study: Study, options: RunOptions, analyses: dict[str, dict[str, Any]], dossier: _Dossier | None = None
) -> None:
    from ptce_qual.workflow.run import code_study, prepare_results, write_coding

    prepare_results(study)
    with progress(_("Coding")) as show:
        done = code_study(study, options, by=analyses.get("coverage", {}).get("by", ()), progress=show)
    print_problems(done.problems)
    with waiting(_("Making the dossier"), shown=dossier is not None):
        made = write_coding(study, done, _with_dossier(done, analyses, dossier))
    if "coverage" in analyses:
        print_coverage(made, analyses["coverage"])
    _print_summary(done, study.results)
    if dossier is not None:
        print_written(study.results, (study.results / "report.html").stat().st_size)
    if done.failed:
        raise typer.Exit(1)


def _with_dossier(
    done: Run, analyses: dict[str, dict[str, Any]], dossier: _Dossier | None
) -> dict[str, dict[str, Any]]:
    if dossier is None:
        return analyses
    from ptce_qual.workflow.analyses import REPORT
    from ptce_qual.workflow.dossier import report_options

    options = report_options(analyses, done.study, dossier.language or done.coded.codebook.language)
    return {**options["analyses"], REPORT: options}


def _print_summary(done: Run, results: Path) -> None:
    corpus = done.coded.corpus
    out = console()
    notices = sum(problem.severity == "notice" for problem in done.problems)
    codings = _n("{count} coding", "{count} codings", len(done.coded.codings))
    transcripts = _n("{count} interview", "{count} interviews", len(corpus.transcripts))
    cases = _n("{count} case", "{count} cases", len(corpus.cases))
    out.print()
    out.print(
        plain(
            _(
                "{codings} in {transcripts} of {cases}, written to {folder}",
                codings=codings,
                transcripts=transcripts,
                cases=cases,
                folder=f"{results.as_posix()}/",
            )
        ),
        style="bold",
    )
    out.print(
        plain(_("Why is a passage coded? `ptce-qual explain` tells, as do the columns of codings.csv.")), style="dim"
    )
    if notices:
        told = _n(
            "{count} notice is not shown: see `ptce-qual corpus check`.",
            "{count} notices are not shown: see `ptce-qual corpus check`.",
            notices,
        )
        out.print(plain(told), style="dim")
    if done.not_read:
        told = _n(
            "{count} file could not be used: {names}",
            "{count} files could not be used: {names}",
            len(done.not_read),
            names=", ".join(done.not_read),
        )
        out.print(plain(told), style="bold red")
