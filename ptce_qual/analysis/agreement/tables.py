"""Agreement as tables: a row a code, all codes together first; for all coders, or for each pair of them.

The seven coefficients are computed on units, coded or not coded by each coder, uα and cuα on characters. Each comes
with a seeded bootstrap interval, and beside them stand what they were computed from and what explains them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations

import numpy as np
import pandas as pd

from ptce_qual.analysis.agreement.bootstrap import pattern_intervals
from ptce_qual.analysis.agreement.coefficients import MEASURES, measured
from ptce_qual.analysis.agreement.comparison import CoderComparison
from ptce_qual.analysis.agreement.continuum import Continuum
from ptce_qual.analysis.agreement.judgements import Judgements
from ptce_qual.analysis.agreement.notes import notes, sample_notes, unit_name
from ptce_qual.analysis.agreement.outcome import Agreement, Interval
from ptce_qual.analysis.agreement.paradox import bias_of, prevalence_of
from ptce_qual.analysis.agreement.patterns import Integers, Patterns, patterns_of
from ptce_qual.analysis.agreement.pooling import Pooled, pooled
from ptce_qual.analysis.agreement.unitizing import unitizing_agreements
from ptce_qual.result import Result
from ptce_qual.translation import _

ALL = "(all)"
MEAN = "(mean)"
ALL_MEASURES = (*MEASURES, "unitizing_alpha", "coding_alpha")
Row = dict[str, object]


def coder_agreement(compared: CoderComparison) -> Result:
    """Return the agreement of all coders, a row a code.

    The row `(all)` takes every pair of a unit and a code for one judgement, over the codes that any coder laid; its uα
    and cuα compare sets of codes. `(mean)` is the mean of the codes' values, where they are defined.

    Columns: `code_id`; `coders`, those who read any unit that another coder read too; `units` that two coders or more
    read, of which all measures are, `pairs` of judgements on them, `units_set_aside`; `coded_any` and `coded_all`, the
    units that a coder, and that every coder who read them, coded; `disagreements`, those coded by some of their readers
    only; `coded:NAME` of each coder; `prevalence_index` and `bias_index`; each measure with `_low` and `_high`;
    `undefined_samples`, those in which α has no value; `undefined`, why measures have none. Units of `(all)` are pairs
    of a unit and a code.

    Raises:
        InputError: there is no such code.
    """
    coders = compared.multiple.coders
    rows = _rows(compared, coders, [f"coded:{coder}" for coder in coders])
    undefined = {str(row["code_id"]): int(str(row["undefined_samples"])) for row in rows if row["code_id"] != MEAN}
    found = (*notes(compared), *sample_notes(undefined, compared.sampling.samples))
    return Result(_title(compared, coders), frame(rows, ["code_id"]), found)


def pair_agreement(compared: CoderComparison) -> Result:
    """Return the agreement of each pair of coders, a row a code and pair.

    Columns as in `coder_agreement`, after `code_id` the two coders, `coder_1` and `coder_2`, and of each of them
    `coded_1` and `coded_2`.

    Raises:
        InputError: there is no such code.
    """
    rows = [
        {"code_id": row["code_id"], "coder_1": pair[0], "coder_2": pair[1], **row}
        for pair in combinations(compared.multiple.coders, 2)
        for row in _rows(compared, pair, ["coded_1", "coded_2"])
    ]
    order = {row["code_id"]: place for place, row in reversed(list(enumerate(rows)))}
    rows.sort(key=lambda row: order[row["code_id"]])
    return Result(
        _("Agreement of each pair of coders"), frame(rows, ["code_id", "coder_1", "coder_2"]), notes(compared)
    )


def pair_matrix(pairs: Result, measure: str = "krippendorff_alpha") -> Result:
    """Return one measure of `pair_agreement` as codes × pairs of coders."""
    table = pairs.table.assign(pair=pairs.table["coder_1"] + " × " + pairs.table["coder_2"])
    wide = table.pivot_table(index="code_id", columns="pair", values=measure, sort=False, aggfunc="first", dropna=False)
    return Result(f"{pairs.title}: {measure}", wide, pairs.notes)


def mean_row(rows: Sequence[Row], measures: Sequence[str]) -> Row:
    """Return the mean of each measure over the rows in which it is defined."""
    columns = {name: [row[name] for row in rows if row[name] is not None] for name in measures}
    return {name: float(np.mean(values)) if values else None for name, values in columns.items()}  # type: ignore[arg-type]


def coefficient_cells(
    patterns: Patterns, clusters: Integers | None, compared: CoderComparison
) -> tuple[Row, list[str]]:
    """Return the seven coefficients with their intervals, and why some have no value.

    Args:
        clusters: columns of the ratings that were collapsed, the number of each one's cluster.
    """
    values = {measure: measured(patterns, measure) for measure in MEASURES}
    bounds = pattern_intervals(patterns, clusters=clusters, sampling=compared.sampling)
    cells, undefined = measure_cells({measure: (values[measure], bounds[measure]) for measure in MEASURES})
    return {**cells, "undefined_samples": bounds["krippendorff_alpha"].undefined_samples}, undefined


def measure_cells(found: Mapping[str, tuple[Agreement, Interval]]) -> tuple[Row, list[str]]:
    """Return each measure with its interval, and why some have no value."""
    cells: Row = {}
    for measure, (result, interval) in found.items():
        cells |= {measure: result.value, f"{measure}_low": interval.low, f"{measure}_high": interval.high}
    return cells, [f"{measure}={result.undefined}" for measure, (result, _i) in found.items() if result.undefined]


def _rows(compared: CoderComparison, coders: Sequence[str], names: Sequence[str]) -> list[Row]:
    judged = compared.judgements.of(coders)
    chosen = [compared.multiple.coders.index(coder) for coder in coders]
    rows = [
        _code_row(compared, judged, code, _of_coders(continua, chosen), names)
        for code, continua in compared.code_continua.items()
    ]
    whole = _pooled_row(compared, compared.own_judgements.of(coders), chosen, names)
    return [whole, {"code_id": MEAN, **mean_row(rows, ALL_MEASURES)}, *rows] if rows else []


def _code_row(
    compared: CoderComparison,
    judged: Judgements,
    code: str,
    continua: Sequence[Continuum],
    names: Sequence[str],
) -> Row:
    marks = judged.marks[:, judged.codes.index(code)].astype(np.int64)
    cells = _cells(compared, Pooled(marks, compared.clusters(judged), judged.repeats), continua, names)
    return {"code_id": code, **cells}


def _pooled_row(compared: CoderComparison, judged: Judgements, chosen: Sequence[int], names: Sequence[str]) -> Row:
    by_code = [judged.marks[:, place].astype(np.int64) for place in range(len(judged.codes))]
    if by_code:
        joined = pooled(by_code, compared.clusters(judged), judged.repeats)
    else:
        nothing = np.zeros(0, dtype=np.int64)
        joined = Pooled(np.zeros((len(chosen), 0), dtype=np.int64), nothing, nothing)
    continua = _of_coders(compared.set_continua, chosen)
    return {"code_id": ALL, **_cells(compared, joined, continua, names)}


def _cells(compared: CoderComparison, judged: Pooled, continua: Sequence[Continuum], names: Sequence[str]) -> Row:
    """Return counts, what explains the coefficients, and these: of the units that two coders or more read."""
    read = (judged.ratings >= 0).sum(axis=0)
    shared = read >= 2
    marks, repeats, read = judged.ratings[:, shared], judged.repeats[shared], read[shared]
    patterns = patterns_of(marks, 2, repeats=repeats)
    clusters = None if judged.clusters is None else judged.clusters[shared]
    cells, undefined = coefficient_cells(patterns, clusters, compared)
    lengths, more = measure_cells(unitizing_agreements(continua, sampling=compared.sampling))
    coded = (marks == 1).sum(axis=0)
    return {
        "coders": patterns.coders,
        "units": int(repeats.sum()),
        "pairs": int((repeats * read * (read - 1)).sum()) // 2,
        "units_set_aside": int(judged.repeats.sum() - repeats.sum()),
        "coded_any": int(repeats[coded > 0].sum()),
        "coded_all": int(repeats[coded == read].sum()),
        "disagreements": int(repeats[(coded > 0) & (coded < read)].sum()),
        **{name: int(repeats[mark == 1].sum()) for name, mark in zip(names, marks, strict=True)},
        "prevalence_index": prevalence_of(marks, patterns).value,
        "bias_index": bias_of(marks, patterns).value,
        **cells,
        **lengths,
        "undefined": "|".join([*undefined, *more]),
    }


def _of_coders(continua: Sequence[Continuum], chosen: Sequence[int]) -> list[Continuum]:
    return [Continuum(one.length, tuple(one.units[coder] for coder in chosen)) for one in continua]


def frame(rows: Sequence[Row], first: Sequence[str]) -> pd.DataFrame:
    """Return rows as a frame: counts whole numbers, missing where a row has none.

    Args:
        first: the columns of text that stand first.
    """
    table = pd.DataFrame(rows)
    if not len(table):
        return pd.DataFrame(columns=[*first, "units", "pairs", *ALL_MEASURES, "undefined"])
    names = dict.fromkeys([*first, *(name for row in rows for name in row if name != "undefined"), "undefined"])
    values = {name + end for name in ALL_MEASURES for end in ("", "_low", "_high")} | {"prevalence_index", "bias_index"}
    for name in names:
        if name in first or name == "undefined":
            table[name] = table[name].fillna("")
        else:
            table[name] = table[name].astype(np.float64 if name in values else "Int64")
    return table[list(names)]


def _title(compared: CoderComparison, coders: Sequence[str]) -> str:
    return _("Agreement of {coders} by {unit}", coders=", ".join(coders), unit=unit_name(compared.unit))
