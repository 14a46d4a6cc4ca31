"""The analyses whose tables stand in the results folder, by name: each is a function of codings and options alone.

`verify` makes them again with the options that the manifest keeps.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ptce_qual.analysis.coded_corpus import CodedCorpus
from ptce_qual.analysis.coverage import Measure, coverage, matrix
from ptce_qual.model import Polarity
from ptce_qual.study.results import csv_bytes


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


ANALYSES: dict[str, Callable[..., dict[str, bytes]]] = {"coverage": coverage_files}
