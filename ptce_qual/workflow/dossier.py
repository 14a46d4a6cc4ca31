"""The dossier of a results folder: its pages, figures and tables, and their place among the results."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from ptce_qual.report.dossier import render_dossier
from ptce_qual.report.figures import drawings, figure_files
from ptce_qual.study.manifest import Manifest
from ptce_qual.study.study import Study
from ptce_qual.translation import speaking
from ptce_qual.workflow.analyses import REPORT, Analyses
from ptce_qual.workflow.contents import contents_of, read_analyses, shown_analyses
from ptce_qual.workflow.kept import KEPT, kept_file
from ptce_qual.workflow.run import add_analyses

FORMS = ("svg", "png")


def report_options(
    analyses: Mapping[str, Mapping[str, Any]], told: Mapping[str, Any], language: str, forms: Sequence[str] = FORMS
) -> dict[str, Any]:
    """Return the options of a dossier as the manifest keeps them.

    Args:
        language: of the page.
        forms: of the figures.
    """
    return {"language": language, "figures": list(forms), "analyses": shown_analyses(analyses, told)}


def dossier_files(
    analyses: Analyses, manifest: Manifest, codebook_text: str, options: Mapping[str, Any]
) -> dict[str, bytes]:
    """Return the files of a dossier, see `report_options`."""
    with speaking(options["language"]):
        contents = contents_of(analyses, manifest, codebook_text, options["analyses"])
        drawn = drawings(contents)
        kept = kept_file(options["language"], analyses.known(options["analyses"]))
        return {KEPT: kept, **render_dossier(contents, drawn), **figure_files(drawn, options["figures"])}


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
