"""The analyses whose tables stand in the results folder, by name: each is a function of codings and options alone.

`verify` makes them again with the options that the manifest keeps.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from ptce_qual.analysis.coded_corpus import CodedCorpus
from ptce_qual.analysis.comparison import Comparison
from ptce_qual.analysis.coverage import Measure, coverage, matrix
from ptce_qual.exchange.graphml import render_graphml
from ptce_qual.model import Polarity
from ptce_qual.result import Result
from ptce_qual.study.results import csv_bytes
from ptce_qual.workflow.asked import asked_comparison, asked_cooccurrence, asked_profile


def coverage_files(
    coded: CodedCorpus,
    *,
    by: Sequence[str],
    measure: Measure,
    descendants: bool,
    polarity: Sequence[Polarity],
) -> dict[str, bytes]:
    """Return `coverage.csv` (long) and `matrix.csv` (codes × groups, one measure)."""
    covered = coverage(coded, by=by, descendants=descendants, polarity=polarity)
    return {
        "coverage.csv": csv_bytes(covered.table),
        "matrix.csv": csv_bytes(matrix(covered, measure).table, index=True),
    }


def compare_files(coded: CodedCorpus, **options: Any) -> dict[str, bytes]:
    """Return the files of a comparison with these options."""
    return files_of_comparison(asked_comparison(coded, options))


def files_of_comparison(compared: Comparison) -> dict[str, bytes]:
    """Return `comparison.csv` (by code), `comparison_cells.csv` (code × group), `comparison_verbatims.csv`."""
    return {
        "comparison.csv": csv_bytes(compared.codes.table),
        "comparison_cells.csv": csv_bytes(compared.cells.table),
        "comparison_verbatims.csv": csv_bytes(compared.verbatims.table),
    }


def cooccurrence_files(coded: CodedCorpus, **options: Any) -> dict[str, bytes]:
    """Return the files of a co-occurrence with these options."""
    return files_of_cooccurrence(*asked_cooccurrence(coded, options))


def files_of_cooccurrence(pairs: Result, counts: Result) -> dict[str, bytes]:
    """Return `cooccurrence.csv`, a row a pair of codes, and `cooccurrence.graphml`, for Gephi."""
    return {"cooccurrence.csv": csv_bytes(pairs.table), "cooccurrence.graphml": render_graphml(pairs, counts)}


def profile_files(coded: CodedCorpus, **options: Any) -> dict[str, bytes]:
    """Return the files of a profile with these options."""
    return files_of_profile(asked_profile(coded, options))


def files_of_profile(profiled: Mapping[str, Result]) -> dict[str, bytes]:
    """Return `profile.csv`, `profile_counts.csv` and `profile_themes.csv`."""
    return {
        "profile.csv": csv_bytes(profiled["figures"].table),
        "profile_counts.csv": csv_bytes(profiled["counts"].table),
        "profile_themes.csv": csv_bytes(profiled["themes"].table),
    }


ANALYSES: dict[str, Callable[..., dict[str, bytes]]] = {
    "coverage": coverage_files,
    "compare": compare_files,
    "cooccurrence": cooccurrence_files,
    "profile": profile_files,
}
