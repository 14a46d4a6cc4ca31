"""The analyses whose tables stand in the results folder, by name: each is a function of codings and options.

`verify` makes them again with the options that the manifest keeps. What an analysis needs beside the codings (what
other coders coded, say) is kept in the results folder too, as it was given, so that results verify by themselves.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from ptce_qual.analysis.coded_corpus import CodedCorpus
from ptce_qual.analysis.comparison import Comparison
from ptce_qual.analysis.coverage import Measure, coverage, matrix
from ptce_qual.analysis.saturation import RandomOrders, saturation, saturation_thresholds
from ptce_qual.exchange.graphml import render_graphml
from ptce_qual.model import Polarity
from ptce_qual.result import Result
from ptce_qual.study.results import csv_bytes
from ptce_qual.workflow.agreement_tables import CODERS, agreement_tables
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


def agreement_files(coded: CodedCorpus, *, given: Mapping[str, bytes], **options: Any) -> dict[str, bytes]:
    """Return the tables of `agreement_tables` as CSV, beside what was given."""
    tables = agreement_tables(coded, given[CODERS], options)
    return {CODERS: given[CODERS], **{f"{name}.csv": csv_bytes(result.table) for name, result in tables.items()}}


def saturation_files(coded: CodedCorpus, *, permutations: int, seed: int, **options: Any) -> dict[str, bytes]:
    """Return `saturation.csv`, a row an interview, and `saturation_thresholds.csv`.

    Args:
        options: `by`, `item`, `descendants`, as `saturation` takes them.
    """
    orders = RandomOrders(permutations, seed)
    curve = saturation(coded, **options, orders=orders)
    thresholds = saturation_thresholds(coded, **options, orders=orders)
    return {"saturation.csv": csv_bytes(curve.table), "saturation_thresholds.csv": csv_bytes(thresholds.table)}


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
    "agreement": agreement_files,
    "saturation": saturation_files,
    "compare": compare_files,
    "cooccurrence": cooccurrence_files,
    "profile": profile_files,
}
GIVEN: dict[str, tuple[str, ...]] = {"agreement": (CODERS,)}
"""Files of the results folder that an analysis reads beside the codings."""
SOMETIMES: dict[str, tuple[str, ...]] = {"agreement": ("agreement_pairs.csv", "agreement_polarity.csv")}
"""Files that an analysis writes with some options only."""


def analysis_files(
    name: str, coded: CodedCorpus, options: Mapping[str, Any], given: Mapping[str, bytes]
) -> dict[str, bytes]:
    """Return the files of an analysis.

    Args:
        given: the files that analyses read beside the codings; an analysis whose files are missing makes none.
    """
    wanted = GIVEN.get(name, ())
    if any(file not in given for file in wanted):
        return {}
    more = {"given": {file: given[file] for file in wanted}} if wanted else {}
    return ANALYSES[name](coded, **options, **more)
