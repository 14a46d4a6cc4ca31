"""The tables of agreement between coders, from a coded corpus, what was coded beside it, and options."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ptce_qual.analysis.coded_corpus import CodedCorpus
from ptce_qual.result import Result

CODERS = "agreement_codings.csv"
"""Where what was coded beside the results is kept in their folder."""


def agreement_tables(coded: CodedCorpus, codings: bytes, options: Mapping[str, Any]) -> dict[str, Result]:
    """Return `agreement` and `agreement_disagreements`, and where they are asked for, of pairs and of polarity.

    Args:
        codings: what was coded beside the results, see `GivenCoders`.
        options: as the manifest keeps them: `coders`, `own`, `sources`; `unit`, `cluster`, `descendants`;
            `samples`, `level`, `seed`; `pairwise`, `polarity`.

    Raises:
        InputError: intervals are asked to draw characters.
    """
    from ptce_qual.analysis.agreement import (
        CoderComparison,
        Sampling,
        coder_agreement,
        disagreements,
        pair_agreement,
        polarity_agreement,
    )
    from ptce_qual.study.coders import multiple_coding

    compared = CoderComparison(
        multiple_coding(coded, options["coders"], options["own"], codings),
        unit=options["unit"],
        cluster=options["cluster"],
        descendants=options["descendants"],
        sampling=Sampling(options["samples"], options["level"], options["seed"]),
    )
    tables = {
        "agreement": coder_agreement(compared),
        "agreement_disagreements": disagreements(compared, polarity=options["polarity"]),
    }
    if options["pairwise"]:
        tables["agreement_pairs"] = pair_agreement(compared)
    if options["polarity"]:
        tables["agreement_polarity"] = polarity_agreement(compared)
    return tables
