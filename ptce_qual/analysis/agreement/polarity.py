"""Agreement on polarity, among the units that two coders or more coded with the same code.

Where coders do not agree that a theme is there, they can't agree on how it is spoken of: those units are set aside, and
counted. So what is measured is conditional on agreement that the code is there; give it beside the latter.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations_with_replacement

import numpy as np

from ptce_qual.analysis.agreement.coefficients import MEASURES
from ptce_qual.analysis.agreement.comparison import CoderComparison
from ptce_qual.analysis.agreement.continua import polarity_continua
from ptce_qual.analysis.agreement.continuum import Continuum
from ptce_qual.analysis.agreement.judgements import POLARITIES
from ptce_qual.analysis.agreement.notes import polarity_notes
from ptce_qual.analysis.agreement.patterns import MISSING, Integers, patterns_of
from ptce_qual.analysis.agreement.pooling import pooled
from ptce_qual.analysis.agreement.tables import ALL, MEAN, Row, coefficient_cells, frame, mean_row, measure_cells
from ptce_qual.analysis.agreement.unitizing import unitizing_agreements
from ptce_qual.result import Result
from ptce_qual.translation import _


def polarity_agreement(compared: CoderComparison) -> Result:
    """Return the agreement of all coders on polarity, a row a code.

    Columns: `code_id`; `units` that two coders or more coded and gave a polarity, `pairs` of judgements on them,
    `units_set_aside`, to which one coder alone gave one; the pairs by their two polarities (`affirmed_negated`...); the
    seven coefficients of three categories, and cuα of polarities, each with `_low` and `_high`; `undefined_samples`;
    `undefined`. `(all)` takes each pair of a unit and a code for one judgement.

    Raises:
        InputError: there is no such code.
    """
    judged = compared.judgements
    rows = [
        {
            "code_id": code,
            **_cells(
                compared,
                judged.polarities[:, place].astype(np.int64),
                judged.repeats,
                compared.clusters(judged),
                polarity_continua(compared.speech, compared.rows[code]),
            ),
        }
        for place, code in enumerate(judged.codes)
    ]
    mean = {"code_id": MEAN, **mean_row(rows, (*MEASURES, "coding_alpha"))}
    table = [_pooled_row(compared), mean, *rows] if compared.pooled else rows
    return Result(_("Agreement on polarity, where both coded"), frame(table, ["code_id"]), polarity_notes(compared))


def _pooled_row(compared: CoderComparison) -> Row:
    judged = compared.own_judgements
    by_code = [judged.polarities[:, place].astype(np.int64) for place in range(len(judged.codes))]
    joined = pooled(by_code, compared.clusters(judged), judged.repeats)
    continua = [one for ids in compared.pooled.values() for one in polarity_continua(compared.speech, ids)]
    return {"code_id": ALL, **_cells(compared, joined.ratings, joined.repeats, joined.clusters, continua)}


def _cells(
    compared: CoderComparison,
    polarities: Integers,
    repeats: Integers,
    clusters: Integers | None,
    continua: Sequence[Continuum],
) -> Row:
    told = (polarities != MISSING).sum(axis=0)
    shared = told >= 2
    ratings, standing = polarities[:, shared], repeats[shared]
    patterns = patterns_of(ratings, len(POLARITIES), repeats=standing)
    cells, undefined = coefficient_cells(patterns, None if clusters is None else clusters[shared], compared)
    # One continuum a transcript and code, in the order of transcripts: those of one transcript are drawn together.
    transcripts = np.arange(len(continua)) % max(len(compared.speech.lengths), 1)
    lengths, more = measure_cells(
        unitizing_agreements(continua, ["coding_alpha"], clusters=transcripts.tolist(), sampling=compared.sampling)
    )
    return {
        "units": int(standing.sum()),
        "pairs": int((standing * told[shared] * (told[shared] - 1)).sum()) // 2,
        "units_set_aside": int(repeats[told == 1].sum()),
        **_pairs(ratings, standing),
        **cells,
        **lengths,
        "undefined": "|".join([*undefined, *more]),
    }


def _pairs(ratings: Integers, repeats: Integers) -> Row:
    """Count pairs of judgements on one unit by their two polarities, in whatever order."""
    chosen = [(ratings == place).sum(axis=0) for place in range(len(POLARITIES))]
    counts: Row = {}
    for first, second in combinations_with_replacement(range(len(POLARITIES)), 2):
        same = first == second
        found = chosen[first] * (chosen[second] - same)
        counts[f"{POLARITIES[first]}_{POLARITIES[second]}"] = int((repeats * found).sum()) // (2 if same else 1)
    return counts
