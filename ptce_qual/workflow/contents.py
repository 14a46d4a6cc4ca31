"""What a results folder shows: its codings, and the analyses that were asked for or are made by default."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from ptce_qual.analysis.comparison import Labels
from ptce_qual.analysis.coverage import coverage
from ptce_qual.errors import InputError
from ptce_qual.report.contents import Contents
from ptce_qual.study.manifest import Manifest, read_manifest
from ptce_qual.study.results import read_results
from ptce_qual.study.study import Study
from ptce_qual.translation import _
from ptce_qual.workflow.analyses import Analyses, given_files
from ptce_qual.workflow.kept import read_kept
from ptce_qual.workflow.study_of_results import study_of_results

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


def read_contents(folder: Path, study: Study, *, only: Collection[str] = ()) -> Contents:
    """Return what a results folder shows, in the language in use.

    Args:
        only: the names of the analyses wanted; all for none.

    Raises:
        InputError: the folder holds no results.
    """
    analyses, manifest, codebook_text = read_analyses(folder, study)
    shown = shown_analyses(manifest.analyses, manifest.study)
    wanted = {name: options for name, options in shown.items() if not only or name in only}
    return contents_of(analyses, manifest, codebook_text, wanted)


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
