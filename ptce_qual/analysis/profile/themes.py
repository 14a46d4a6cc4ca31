"""Themes crossed with the attributes of cases: does a theme take more room where the case is larger, older, of one kind?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Literal

import numpy as np
import pandas as pd

from ptce_qual.analysis.code_choice import chosen_codes
from ptce_qual.analysis.coded_corpus import CodedCorpus
from ptce_qual.analysis.coverage import coverage, matrix
from ptce_qual.analysis.multiple_testing import Correction, Floats, adjusted, correction_name
from ptce_qual.analysis.permutation import DEFAULT_PERMUTATIONS
from ptce_qual.analysis.profile.case_attributes import case_attributes
from ptce_qual.analysis.profile.ranks import RankTests, kruskal_wallis, mann_whitney, spearman
from ptce_qual.analysis.profile.variables import Variable, variables
from ptce_qual.result import Result
from ptce_qual.translation import _, _n

CaseMeasure = Literal["char_coverage", "word_coverage", "unit_coverage", "turn_coverage"]
COLUMNS = (
    "code_id", "attribute", "value", "test", "n", "groups", "statistic", "effect_size", "effect", "highest", "method",
    "p", "p_adjusted",
)  # fmt: skip
SIGNIFICANT = 0.05
_FEW_CASES = 30
_EFFECTS = {"spearman": "rho", "mann_whitney": "rank_biserial", "kruskal_wallis": "epsilon_squared"}


def profile_themes(
    coded: CodedCorpus,
    *,
    attributes: Sequence[str] = (),
    codes: Sequence[str] = (),
    measure: CaseMeasure = "word_coverage",
    descendants: bool = False,
    correction: Correction = "holm",
    permutations: int = DEFAULT_PERMUTATIONS,
    seed: int = 0,
) -> Result:
    """Test the coverage of each code by case against each attribute of cases.

    Numbers by Spearman's ρ; two groups by Mann & Whitney's U with the rank-biserial correlation, more by Kruskal &
    Wallis's H with ε²; each value of an attribute with several values, by U of the cases that have it against those that
    have not. p-values are of all orders of the cases, or of a seeded sample; they are corrected over the whole table.

    Args:
        attributes, codes: those tested, which p-values are corrected for; all for none.
        measure: of `coverage`, by case.
        permutations: orders drawn where all are too many.

    Raises:
        InputError: no case has such an attribute, or the codebook has no such code.
    """
    chosen = list(chosen_codes(coded, codes, descendants=descendants))
    rows, cases = _by_case(coded, chosen, measure, descendants=descendants)
    by_id = coded.cases
    found = case_attributes([by_id[case] for case in cases], attributes)
    untested: list[str] = []
    tested: list[dict[str, Any]] = []
    for variable in variables(found, untested):
        tested += _tests(rows, chosen, variable, permutations, seed)
    table = pd.DataFrame(tested, columns=list(COLUMNS))
    table["p_adjusted"] = adjusted(table["p"].to_numpy(dtype=np.float64), correction)
    order = table.sort_values("p", kind="stable", ignore_index=True)
    notes = _notes(order, measure, correction, untested, cases=len(cases), permutations=permutations)
    return Result(_("Themes and attributes of the cases"), order, tuple(notes))


def _by_case(
    coded: CodedCorpus, codes: Sequence[str], measure: CaseMeasure, *, descendants: bool
) -> tuple[Floats, list[str]]:
    """Return codes × cases with speech, and the ids of these."""
    wide = matrix(coverage(coded, by=["case"], descendants=descendants), measure).table
    known = coded.cases
    cases = [str(case) for case in wide.columns if case in known and not wide[case].isna().any()]
    return wide.loc[list(codes), cases].to_numpy(dtype=np.float64).reshape(len(codes), len(cases)), cases


def _tests(
    rows: Floats, codes: Sequence[str], variable: Variable, permutations: int, seed: int
) -> Iterator[dict[str, Any]]:
    tests = _made(rows[:, variable.told], variable, permutations, seed)
    for place, code_id in enumerate(codes):
        varied = not np.isnan(tests.p[place])
        yield {
            "code_id": code_id,
            "attribute": variable.attribute,
            "value": variable.value,
            "test": variable.test,
            "n": int(variable.told.sum()),
            "groups": len(np.unique(variable.labels)) or np.nan,
            "statistic": float(tests.statistic[place]),
            "effect_size": _EFFECTS[variable.test],
            "effect": float(tests.effect[place]),
            "highest": variable.groups[int(tests.mean_ranks[place].argmax())] if variable.groups and varied else "",
            "method": tests.method,
            "p": float(tests.p[place]),
        }


def _made(rows: Floats, variable: Variable, permutations: int, seed: int) -> RankTests:
    if variable.test == "spearman":
        return spearman(rows, variable.numbers, permutations=permutations, seed=seed)
    test = mann_whitney if variable.test == "mann_whitney" else kruskal_wallis
    return test(rows, variable.labels, permutations=permutations, seed=seed)


def _notes(
    table: pd.DataFrame,
    measure: CaseMeasure,
    correction: Correction,
    untested: Sequence[str],
    *,
    cases: int,
    permutations: int,
) -> Iterator[str]:
    tests = int(table["p"].notna().sum())
    if not tests:
        yield _("Nothing can be tested: it takes at least 4 cases that differ in an attribute and in a theme.")
        return
    yield _of_cases(cases)
    yield _(
        "`{measure}` by case against the attribute: Spearman's ρ for numbers; Mann–Whitney's U, with the rank-biserial "
        "correlation (above 0: more where it is `value`), for two groups; Kruskal–Wallis's H, with ε², for more.",
        measure=measure,
    )
    yield _(
        "p-values are two-sided, of all orders of the cases (`exact`) or of {count} random ones (`permutation`); "
        "adjusted p-values: {correction}, over the {tests} tests of this table.",
        count=permutations,
        correction=correction_name(correction),
        tests=tests,
    )
    floor = tests / (permutations + 1)
    if floor > SIGNIFICANT:
        yield _(
            "With so many tests no adjusted p by random orders can be below {floor}: name the themes and attributes that "
            "the study asks about (`--codes`, `--attributes`), or raise `--permutations`.",
            floor=f"{min(1.0, floor):.2g}",
        )
    if untested:
        yield _("Not tested, for too few cases share or differ in them: {names}.", names=", ".join(untested))
    flat = len(table) - tests
    if flat:
        yield _n(
            "{count} row has no test: the theme takes the same room in all cases.",
            "{count} rows have no test: the theme takes the same room in all cases.",
            flat,
        )


def _of_cases(cases: int) -> str:
    if cases >= _FEW_CASES:
        return _("{count} cases; what goes together need not be cause and effect.", count=cases)
    from scipy.stats import t

    quantile = float(t.isf(SIGNIFICANT / 2, cases - 2))
    least = quantile / float(np.sqrt(cases - 2 + quantile**2))
    return _(
        "{count} cases prove little: even one single ρ must pass about ±{least} to have p < 0.05. Take what stands here as "
        "questions to the interviews, not as findings.",
        count=cases,
        least=f"{least:.2f}",
    )
