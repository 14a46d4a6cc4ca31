"""Look for an expression in a study's interviews: each place where it stands, with the words around it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ptce_qual.analysis.coded_corpus import CodedCorpus
from ptce_qual.analysis.grouping import grouping
from ptce_qual.codebook.check import LoadedCodebook
from ptce_qual.coding.transcripts import CodingOptions, code_transcripts
from ptce_qual.coding.word_checks import word_problems
from ptce_qual.errors import InputError
from ptce_qual.lexicometry.concordance import SORTS, Lines, concordance
from ptce_qual.lexicometry.expression_codebook import codebook_of, names_lists, parse_rule
from ptce_qual.lexicometry.frequencies import frequencies
from ptce_qual.model import Coding, Corpus, Problem, Segmentation
from ptce_qual.nlp.pipeline import load_pipeline
from ptce_qual.report.concordance_page import render_concordance
from ptce_qual.result import Result
from ptce_qual.study.results import csv_bytes
from ptce_qual.study.study import Study, open_study
from ptce_qual.translation import _

Progress = Callable[[int, int], None]
"""Told how many transcripts are done, and of how many."""


@dataclass(frozen=True, slots=True)
class SearchOptions:
    """How interviews are searched; what is None comes from the study.

    Args:
        model: the name or path of a spaCy pipeline.
        interviewer: whether interviewers' turns are searched and counted.
        jobs: processes; what is found is the same for any number.
        use_cache: whether parsed interviews are kept between runs.
    """

    model: str | None = None
    interviewer: bool | None = None
    jobs: int | None = None
    use_cache: bool = True


@dataclass(frozen=True, slots=True)
class Search:
    """What a search found.

    Args:
        coded: the corpus, coded by the expression alone.
        problems: those met in the interviews.
        loaded: the expression as a codebook.
        model: the pipeline that was asked for.
    """

    coded: CodedCorpus
    problems: tuple[Problem, ...]
    loaded: LoadedCodebook
    model: str | None

    @property
    def failed(self) -> bool:
        """Whether an interview could not be used."""
        return any(problem.severity == "error" for problem in self.problems)


def kwic(
    corpus: Path | str,
    expression: str,
    lines: Lines | None = None,
    *,
    codebook: Path | str | None = None,
    options: SearchOptions | None = None,
) -> Result:
    """Return the concordance of an expression of the rule language in a folder of interviews, or in one interview.

    Args:
        lines: how many words, in what order, which of the places.
        codebook: whose lists the expression may name; by default the study's.

    Raises:
        InputError: the expression breaks the grammar, or no interview could be read.
    """
    lines = lines or Lines()
    study, _problems = open_study(Path(corpus), codebook=Path(codebook) if codebook is not None else None)
    return concordance(search(study, expression, options, by=lines.by).coded, expression, lines)


def search(
    study: Study,
    expression: str,
    options: SearchOptions | None = None,
    *,
    by: Sequence[str] = (),
    progress: Progress | None = None,
) -> Search:
    """Look for an expression in a study's interviews.

    The codebook is read only where the expression names a list.

    Args:
        by: attributes that are asked for afterwards; whether the interviews have them is seen before the long work.

    Raises:
        InputError: the expression or the codebook that it needs can't be used, no interview could be read, or none has
            an attribute asked for.
    """
    options = options or SearchOptions()
    loaded = searched_for(study, expression)
    corpus, problems = study.read_corpus()
    if not corpus.transcripts:
        raise InputError(_("no interview could be read; nothing was looked for"), tuple(problems))
    grouping(CodedCorpus(corpus, {}, loaded.codebook, ()), by)
    defaults = study.settings.defaults
    coding = CodingOptions(
        options.model or defaults.model,
        study.cache if options.use_cache else None,
        defaults.interviewer if options.interviewer is None else options.interviewer,
    )
    coded = _coded(corpus, loaded, coding, options.jobs or defaults.jobs, progress)
    return Search(coded, tuple(problems), loaded, coding.model)


def searched_for(study: Study, expression: str) -> LoadedCodebook:
    """Return an expression as a codebook of one rule, with the lists of the study's codebook where it names any.

    Raises:
        InputError: the expression or the codebook can't be used.
    """
    rule = parse_rule(expression)
    if not names_lists(rule):
        return codebook_of(rule)
    read, problems = study.read_codebook()
    errors = tuple(problem for problem in problems if problem.severity == "error")
    if read is None or errors:
        raise InputError(_("there is no codebook that can be used, and the expression names a list"), errors)
    return codebook_of(rule, read.codebook.lists)


def doubtful_words(found: Search) -> list[Problem]:
    """Return what may be wrong with the words of an expression that stands nowhere: slips of the keyboard, say."""
    alone = found.loaded.codebook.model_copy(update={"lists": {}})  # its lists are the codebook's own matter
    problems = word_problems(replace(found.loaded, codebook=alone), load_pipeline(found.model))
    return [replace(problem, line=None) for problem in problems]


def files_of_kwic(name: str, found: Search, expression: str, lines: Lines) -> dict[str, bytes]:
    """Return the files of a concordance: a page, or a table and, where there are groups, that of their frequencies.

    Args:
        name: of the file; its suffix says what is written.
    """
    counted = frequencies(found.coded, lines.by)
    if name.lower().endswith(".html"):
        orders = {one: concordance(found.coded, expression, replace(lines, sort=one)) for one in SORTS}
        fictional = any(one.attributes.get("fictional") == "true" for one in found.coded.corpus.transcripts)
        return {name: render_concordance(orders, counted, lines, fictional=fictional)}
    files = {name: csv_bytes(concordance(found.coded, expression, lines).table)}
    if lines.by:
        files[f"{Path(name).stem}_frequencies.csv"] = csv_bytes(counted.table)
    return files


def _coded(
    corpus: Corpus, loaded: LoadedCodebook, options: CodingOptions, jobs: int, progress: Progress | None
) -> CodedCorpus:
    segmentations: dict[str, Segmentation] = {}
    codings: list[Coding] = []
    total = len(corpus.transcripts)
    for done, one in enumerate(code_transcripts(corpus.transcripts, loaded, options, jobs=jobs), start=1):
        segmentations[one.segmentation.transcript_id] = one.segmentation
        codings += one.codings
        if progress:
            progress(done, total)
    return CodedCorpus(corpus, segmentations, loaded.codebook, tuple(codings), interviewer=options.interviewer)
