"""The main job: transcripts and a codebook → codings that explain themselves → coverage → the results folder."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ptce_qual.analysis.coded_corpus import CodedCorpus
from ptce_qual.analysis.grouping import grouping
from ptce_qual.codebook.check import LoadedCodebook
from ptce_qual.errors import InputError
from ptce_qual.model import Coding, Corpus, Problem, Segmentation
from ptce_qual.readers.walk import CASES, TRANSCRIPTS
from ptce_qual.study.manifest import Manifest, read_manifest
from ptce_qual.study.results import coding_files, hashes, read_results, write_results
from ptce_qual.study.study import Study, open_study
from ptce_qual.study.writing import check_writable
from ptce_qual.translation import _, language_in_use, speaking
from ptce_qual.workflow.analyses import ANALYSES, REPORT, Analyses, of_report
from ptce_qual.workflow.packages import PACKAGES, installed_version

if TYPE_CHECKING:
    from ptce_qual.coding.transcripts import CodingOptions

Progress = Callable[[int, int], None]
"""Told how many transcripts are done, and of how many."""


@dataclass(frozen=True, slots=True)
class RunOptions:
    """What is asked of a run; what is None comes from the study, then from the codebook.

    Args:
        model: the name or path of a spaCy pipeline.
        unit: what a coding covers.
        interviewer: whether interviewers' turns are coded and counted.
        jobs: processes; the results are the same for any number.
        use_cache: whether parsed interviews are kept between runs.
    """

    model: str | None = None
    unit: str | None = None
    interviewer: bool | None = None
    jobs: int | None = None
    use_cache: bool = True


@dataclass(frozen=True, slots=True)
class Run:
    """What a run made, and what it met on the way.

    Args:
        problems: of settings, interviews and codebook.
        options: those that the codings depend on, as the manifest keeps them.
        study: what analyses take from the settings, as the manifest keeps it.
    """

    coded: CodedCorpus
    loaded: LoadedCodebook
    problems: tuple[Problem, ...]
    options: dict[str, Any]
    pipeline: str = ""
    study: dict[str, Any] = field(default_factory=dict)

    @property
    def failed(self) -> bool:
        """Whether anything of what was given could not be used."""
        return any(problem.severity == "error" for problem in self.problems)

    @property
    def not_read(self) -> tuple[str, ...]:
        """The interviews with an error of their own, which are not in the corpus."""
        read = {transcript.source for transcript in self.coded.corpus.transcripts}
        tables = (TRANSCRIPTS, CASES)
        failed = {problem.file for problem in self.problems if problem.severity == "error"}
        return tuple(sorted(one for one in failed - read - {self.loaded.file} if not one.endswith(tables)))


def code(corpus: Path | str, codebook: Path | str | None = None, options: RunOptions | None = None) -> CodedCorpus:
    """Code interviews in one call: a folder or a file, and a codebook (by default that of the study).

    Raises:
        InputError: the codebook has errors, or no interview could be read. One that can't be read among others is left
            out: `code_study` tells every problem.
    """
    study, _problems = open_study(Path(corpus), codebook=Path(codebook) if codebook is not None else None)
    return code_study(study, options).coded


def code_study(
    study: Study, options: RunOptions | None = None, *, by: Sequence[str] = (), progress: Progress | None = None
) -> Run:
    """Read a study's interviews and codebook, and code all that could be read.

    Args:
        by: attributes that are asked for afterwards; whether the interviews have them is seen before the long work.

    Raises:
        InputError: the codebook has errors, no interview could be read, or none has an attribute asked for; its
            problems are all that was met.
    """
    from ptce_qual.coding.transcripts import CodingOptions

    options = options or RunOptions()
    loaded, problems = study.read_codebook()
    corpus, found = study.read_corpus()
    problems = [*found, *problems]
    if loaded is None or any(problem.severity == "error" for problem in problems if problem.file == loaded.file):
        raise InputError(_("there is no codebook that can be used; nothing was coded"), tuple(problems))
    if not corpus.transcripts:
        raise InputError(_("no interview could be read; nothing was coded"), tuple(problems))
    grouping(CodedCorpus(corpus, {}, loaded.codebook, ()), by)
    defaults = study.settings.defaults
    loaded = _with_unit(loaded, options.unit or defaults.unit)
    chosen: dict[str, Any] = {
        "interviewer": defaults.interviewer if options.interviewer is None else options.interviewer,
        "model": options.model or defaults.model,
        "unit": loaded.codebook.unit,
    }
    coding = CodingOptions(chosen["model"], study.cache if options.use_cache else None, chosen["interviewer"])
    coded, pipeline = _code(corpus, loaded, coding, options.jobs or defaults.jobs, progress)
    return Run(coded, loaded, tuple(problems), chosen, pipeline, study=study.settings.for_analyses())


def write_coding(study: Study, run: Run, analyses: dict[str, dict[str, Any]]) -> Analyses:
    """Write a run to the study's results, with the tables of the analyses asked for, and return these.

    Args:
        analyses: name (see `ANALYSES`) → its options.

    Raises:
        InputError: the folder can't be written to, or an analysis can't be made of this corpus.
    """
    made = Analyses(run.coded)
    files, manifest = results_of(run, analyses, made)
    write_results(study.results, files, manifest)
    return made


def results_of(
    run: Run, analyses: Mapping[str, Mapping[str, Any]], made: Analyses
) -> tuple[dict[str, bytes], Manifest]:
    """Return the files of a run and its manifest: the same bytes for the same input.

    Args:
        analyses: name (see `ANALYSES`; `report` for the dossier) → its options.
        made: of this run's codings.
    """
    codebook_text = run.loaded.text.encode("utf-8", "surrogatepass")
    files = coding_files(run.coded, codebook_text)
    language = analyses[REPORT]["language"] if REPORT in analyses else language_in_use()
    with speaking(language):  # tables are the same in any; the dossier shows the analyses that they are made from
        for name in analyses:
            if name in ANALYSES:
                files |= made.files(name, analyses[name])
    manifest = _manifest(run, codebook_text)
    manifest = replace(manifest, analyses={name: dict(options) for name, options in analyses.items()})
    if REPORT in analyses:
        from ptce_qual.workflow.dossier import dossier_files

        files |= dossier_files(made, manifest, run.loaded.text, analyses[REPORT])
    return files, replace(manifest, files=hashes(files))


def _manifest(run: Run, codebook_text: bytes) -> Manifest:
    texts = {
        one.id: hashlib.sha256(one.text.encode("utf-8", "surrogatepass")).hexdigest()
        for one in run.coded.corpus.transcripts
    }
    return Manifest(
        coding=run.options,
        analyses={},
        codebook={
            "title": run.loaded.codebook.title,
            "version": run.loaded.codebook.version,
            "sha256": hashlib.sha256(codebook_text).hexdigest(),
        },
        pipeline={"sha256": run.pipeline},
        packages={name: installed_version(name) for name in PACKAGES},
        transcripts=tuple(
            {"id": one.id, "case_id": one.case_id, "source": one.source, "sha256": texts[one.id]}
            for one in run.coded.corpus.transcripts
        ),
        not_read=run.not_read,
        files={},
        study=run.study,
    )


def analyse_results(folder: Path, name: str, options: dict[str, Any]) -> Analyses:
    """Make an analysis of a results folder, and add its tables and options there.

    Raises:
        InputError: the folder holds no results, can't be written to, or the analysis can't be made of them.
    """
    made = Analyses(read_results(folder))
    add_analysis(folder, name, options, made.files(name, options))
    return made


def add_analysis(folder: Path, name: str, options: dict[str, Any], files: dict[str, bytes]) -> None:
    """Write the files of an analysis to a results folder, and its options to the manifest.

    Raises:
        InputError: the folder holds no results, or can't be written to.
    """
    add_analyses(folder, {name: options}, files)


def add_analyses(folder: Path, analyses: Mapping[str, dict[str, Any]], files: dict[str, bytes]) -> None:
    """Write the files of several analyses to a results folder, and their options to the manifest.

    Raises:
        InputError: the folder holds no results, or can't be written to.
    """
    manifest = read_manifest(folder)
    gone = {*files, *(file for name in analyses if name in ANALYSES for file in ANALYSES[name].sometimes)}
    if REPORT in analyses:
        gone |= {file for file in manifest.files if of_report(file)}
    kept = {one: digest for one, digest in manifest.files.items() if one not in gone}
    manifest = replace(
        manifest,
        analyses={**manifest.analyses, **analyses},
        files=dict(sorted({**kept, **hashes(files)}.items())),
    )
    write_results(folder, files, manifest)


def prepare_results(study: Study) -> None:
    """See that results can be written, before long work begins.

    Raises:
        InputError: they can't.
    """
    study.check_results()
    check_writable(study.results)


def _with_unit(loaded: LoadedCodebook, unit: str | None) -> LoadedCodebook:
    if unit is None or unit == loaded.codebook.unit:
        return loaded
    return replace(loaded, codebook=loaded.codebook.model_copy(update={"unit": unit}))


def _code(
    corpus: Corpus, loaded: LoadedCodebook, options: CodingOptions, jobs: int, progress: Progress | None
) -> tuple[CodedCorpus, str]:
    from ptce_qual.coding.transcripts import code_transcripts  # spaCy; what is added to results does without it

    transcripts: Sequence[Any] = corpus.transcripts
    segmentations: dict[str, Segmentation] = {}
    codings: list[Coding] = []
    pipeline = ""
    for done, one in enumerate(code_transcripts(transcripts, loaded, options, jobs=jobs), start=1):
        segmentations[one.segmentation.transcript_id] = one.segmentation
        codings += one.codings
        pipeline = one.pipeline
        if progress:
            progress(done, len(transcripts))
    coded = CodedCorpus(corpus, segmentations, loaded.codebook, tuple(codings), interviewer=options.interviewer)
    return coded, pipeline
