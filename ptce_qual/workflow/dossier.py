"""The dossier of a results folder: its analyses gathered, those that were not asked for made with their defaults."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from ptce_qual.analysis.comparison import Labels
from ptce_qual.analysis.coverage import coverage
from ptce_qual.errors import InputError
from ptce_qual.report.contents import Contents
from ptce_qual.report.dossier import render_dossier
from ptce_qual.report.figures import drawings, figure_files
from ptce_qual.study.results import Manifest, read_manifest, read_results
from ptce_qual.study.study import Study
from ptce_qual.translation import _, speaking
from ptce_qual.workflow.analyses import REPORT, Analyses, given_files
from ptce_qual.workflow.kept import KEPT, kept_file, read_kept
from ptce_qual.workflow.run import add_analyses
from ptce_qual.workflow.study_of_results import study_of_results

FORMS = ("svg", "png")
_NEEDS_GIVEN = "agreement"


def shown_analyses(asked: Mapping[str, Mapping[str, Any]], told: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """Return the options of the analyses that a dossier shows: as they were asked for, else by default.

    Args:
        asked: the analyses made so far, by name.
        told: what analyses take from the study, `Settings.for_analyses`.
    """
    coverage_asked = {"by": ["case"], "measure": "unit_coverage", "descendants": False, "polarity": []}
    coverage_asked |= asked.get("coverage", {})
    descendants, polarity = coverage_asked["descendants"], coverage_asked["polarity"]
    counting = {"unit": "sentence", "codes": [], "descendants": descendants, "polarity": polarity}
    chance = {"correction": "holm", "seed": 0}
    defaults: dict[str, dict[str, Any]] = {
        "coverage": coverage_asked,
        "compare": {"by": coverage_asked["by"], **counting, **chance, "permutations": 9_999, "verbatims": 3},
        "cooccurrence": counting,
        "saturation": {"by": [], "item": "transcript", "descendants": descendants, "permutations": 1000, "seed": 0},
        "profile": {
            "attributes": [], "codes": [], "measure": "word_coverage", "descendants": descendants, **chance,
            "permutations": 99_999, "reference": told.get("reference"), "breakdowns": told.get("breakdowns") or {},
        },
    }  # fmt: skip
    kept = {name: dict(asked[name]) for name in (*defaults, _NEEDS_GIVEN) if name in asked}
    return {**defaults, **kept}


def report_options(
    analyses: Mapping[str, Mapping[str, Any]], told: Mapping[str, Any], language: str, forms: Sequence[str] = FORMS
) -> dict[str, Any]:
    """Return the options of a dossier as the manifest keeps them.

    Args:
        language: of the page.
        forms: of the figures.
    """
    return {"language": language, "figures": list(forms), "analyses": shown_analyses(analyses, told)}


def contents_of(
    analyses: Analyses, manifest: Manifest, codebook_text: str, shown: Mapping[str, Mapping[str, Any]]
) -> Contents:
    """Gather what a dossier shows, in the language in use.

    Args:
        shown: the options of its analyses, see `shown_analyses`.
    """
    made: dict[str, Any] = {}
    left_out: dict[str, str] = {}
    for name in shown:
        if name == "coverage" or not analyses.can_make(name):
            continue
        try:
            made[name] = analyses.shown(name, shown[name])
        except InputError as error:
            left_out["comparison" if name == "compare" else name] = str(error)
    coded, asked = analyses.coded, shown["coverage"]
    if coded.corpus.cases and not any(case.attributes for case in coded.corpus.cases):
        made.pop("profile", None)
    return Contents(
        title=manifest.study.get("title") or coded.codebook.title,
        coded=coded,
        manifest=manifest,
        codebook_text=codebook_text,
        labels=labels_of(analyses, manifest.study),
        coverage=coverage(coded, by=("case",), descendants=asked["descendants"], polarity=asked["polarity"]),
        comparison=made.get("compare"),
        cooccurrence=made.get("cooccurrence"),
        saturation=made.get("saturation"),
        profile=made.get("profile"),
        agreement=made.get("agreement"),
        left_out=left_out,
    )


def labels_of(analyses: Analyses, told: Mapping[str, Any]) -> Labels:
    """Return what codes, cases, attributes and their values are called for readers."""
    coded = analyses.coded
    values = {**(told.get("values") or {}), "case": {case.id: case.label or case.id for case in coded.corpus.cases}}
    attributes = {"case": _("case"), **(told.get("attributes") or {})}
    return Labels({code.id: code.label for code in coded.codebook.codes}, attributes, values)


def dossier_files(
    analyses: Analyses, manifest: Manifest, codebook_text: str, options: Mapping[str, Any]
) -> dict[str, bytes]:
    """Return the files of a dossier, see `report_options`."""
    with speaking(options["language"]):
        contents = contents_of(analyses, manifest, codebook_text, options["analyses"])
        drawn = drawings(contents)
        kept = kept_file(options["language"], analyses.known(options["analyses"]))
        return {KEPT: kept, **render_dossier(contents, drawn), **figure_files(drawn, options["figures"])}


def read_contents(folder: Path, study: Study) -> Contents:
    """Return what a dossier shows of a results folder, in the language in use.

    Raises:
        InputError: the folder holds no results.
    """
    analyses, manifest, codebook_text = read_analyses(folder, study)
    return contents_of(analyses, manifest, codebook_text, shown_analyses(manifest.analyses, manifest.study))


def read_analyses(folder: Path, study: Study) -> tuple[Analyses, Manifest, str]:
    """Return what a results folder holds: codings with what analyses read, the manifest, and the codebook's text.

    Raises:
        InputError: the folder holds no results.
    """
    told = study_of_results(folder, study)
    manifest = replace(read_manifest(folder), study=told)
    given = {
        name: (folder / name).read_bytes() for name in given_files(list(manifest.analyses)) if (folder / name).is_file()
    }
    text = (folder / "codebook.yaml").read_text(encoding="utf-8", errors="surrogatepass")
    return Analyses(read_results(folder), given, read_kept(folder, manifest, list(given))), manifest, text


def write_report(
    folder: Path, study: Study, language: str | None = None, forms: Sequence[str] = FORMS
) -> dict[str, bytes]:
    """Make the dossier of a results folder, write it there with the tables that it shows, and return its files.

    Args:
        language: of the page, by default the codebook's.
        forms: of the figures.

    Raises:
        InputError: the folder holds no results, or can't be written to.
    """
    analyses, manifest, codebook_text = read_analyses(folder, study)
    language = language or analyses.coded.codebook.language
    options = report_options(manifest.analyses, manifest.study, language, forms)
    shown = options["analyses"]
    new = [name for name in shown if name not in manifest.analyses]
    dossier = dossier_files(analyses, manifest, codebook_text, options)
    with speaking(language):
        tables = {file: content for name in new for file, content in analyses.files(name, shown[name]).items()}
    add_analyses(folder, {**{name: shown[name] for name in new}, REPORT: options}, {**tables, **dossier})
    return dossier
