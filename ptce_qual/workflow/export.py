"""Exports: a results folder as a workbook, and as documents, beside the files that its manifest knows."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from ptce_qual.analysis.verbatims import Sample, Selection
from ptce_qual.report.contents import Contents
from ptce_qual.report.documents import render_booklet, render_codebook
from ptce_qual.report.workbook import render_workbook
from ptce_qual.study.study import Study
from ptce_qual.study.writing import check_file_writable, write_file
from ptce_qual.workflow.contents import read_contents

WORKBOOK, CODEBOOK, BOOKLET = "codings.xlsx", "codebook.docx", "verbatims.docx"


def export_workbook(folder: Path, study: Study, out: Path | None = None) -> Path:
    """Write the workbook, by default into the results folder, and return its path.

    Raises:
        InputError: the folder holds no results, a sheet can't hold them, or the file can't be written.
    """
    return _export(folder, study, out or folder / WORKBOOK, render_workbook)


def export_codebook(folder: Path, study: Study, out: Path | None = None) -> Path:
    """Write the codebook as a document, by default into the results folder, and return its path.

    Raises:
        InputError: the folder holds no results, or the file can't be written.
    """
    return _export(folder, study, out or folder / CODEBOOK, render_codebook)


def export_booklet(
    folder: Path, study: Study, out: Path | None = None, *, selection: Selection, sample: Sample | None = None
) -> Path:
    """Write the booklet of verbatims, by default into the results folder, and return its path.

    Raises:
        InputError: the folder holds no results, there is no such code, or the file can't be written.
    """
    return _export(folder, study, out or folder / BOOKLET, lambda contents: render_booklet(contents, selection, sample))


def _export(folder: Path, study: Study, path: Path, render: Callable[[Contents], bytes]) -> Path:
    contents = read_contents(
        folder, study, only=["coverage"]
    )  # before the file's folder is made: a slip in the name leaves nothing behind
    study.check_out(path)
    check_file_writable(path)
    write_file(path, render(contents))
    return path
