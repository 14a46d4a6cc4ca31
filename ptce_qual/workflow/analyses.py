"""The analyses whose tables stand in the results folder, by name: each is a function of codings and options.

`verify` makes them again with the options that the manifest keeps. What an analysis needs beside the codings (what
other coders coded, say) is kept in the results folder too, as it was given, so that results verify by themselves.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from ptce_qual.analysis.agreement import (
    CoderComparison,
    Sampling,
    coder_agreement,
    disagreements,
    pair_agreement,
    polarity_agreement,
)
from ptce_qual.analysis.coded_corpus import CodedCorpus
from ptce_qual.analysis.coverage import Measure, coverage, matrix
from ptce_qual.model import Polarity
from ptce_qual.study.coders import multiple_coding
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


def coder_comparison(coded: CodedCorpus, codings: bytes, options: Mapping[str, Any]) -> CoderComparison:
    """Return what `agreement_files` compares.

    Args:
        codings: what was coded beside the results, see `GivenCoders`.
        options: as the manifest keeps them: `coders`, `own`; `unit`, `cluster`, `codes`, `descendants`; `samples`,
            `level`, `seed`.
    """
    return CoderComparison(
        multiple_coding(coded, options["coders"], options["own"], codings),
        unit=options["unit"],
        cluster=options["cluster"],
        codes=options["codes"],
        descendants=options["descendants"],
        sampling=Sampling(options["samples"], options["level"], options["seed"]),
    )


def agreement_files(
    coded: CodedCorpus, *, given: Mapping[str, bytes], polarity: bool, pairwise: bool, **options: Any
) -> dict[str, bytes]:
    """Return `agreement.csv`, `agreement_disagreements.csv`, and the tables of pairs and of polarity asked for.

    Args:
        given: `agreement_codings.csv`, what was coded beside the results.
        options: those of `coder_comparison`, and `sources`, the names and hashes of the files that were given.
    """
    compared = coder_comparison(coded, given[CODERS], options)
    files = {
        CODERS: given[CODERS],
        "agreement.csv": csv_bytes(coder_agreement(compared).table),
        "agreement_disagreements.csv": csv_bytes(disagreements(compared, polarity=polarity).table),
    }
    if pairwise:
        files["agreement_pairs.csv"] = csv_bytes(pair_agreement(compared).table)
    if polarity:
        files["agreement_polarity.csv"] = csv_bytes(polarity_agreement(compared).table)
    return files


CODERS = "agreement_codings.csv"
ANALYSES: dict[str, Callable[..., dict[str, bytes]]] = {"coverage": coverage_files, "agreement": agreement_files}
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
