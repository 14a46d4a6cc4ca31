"""Themes crossed with the attributes of cases: does one take more room where the case is larger, or of one kind?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import pandas as pd

from ptce_qual.analysis.chosen_codes import chosen_codes
from ptce_qual.analysis.coded_corpus import CodedCorpus
from ptce_qual.analysis.coverage import coverage, matrix
from ptce_qual.analysis.inference import SIGNIFICANT, Inference
from ptce_qual.analysis.multiple_testing import Floats, adjusted, correction_name
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
DEFAULT_ORDERS = 99_999
"""Ten times as many as elsewhere: a table of some hundred tests needs small p-values to correct, and cases are few."""
_FEW_CASES = 30
_EFFECTS = {"spearman": "rho", "mann_whitney": "rank_biserial", "kruskal_wallis": "epsilon_squared"}


@dataclass(frozen=True, slots=True)
class Themes:
    """What of the themes is set against attributes.

    Args:
        codes: ids, see `chosen_codes`; all for none.
        measure: of `coverage`, by case.
        descendants: whether a code takes in its descendants' codings.
    """

    codes: Sequence[str] = ()
    measure: CaseMeasure = "word_coverage"
    descendants: bool = False


def themes_by_attribute(
    coded: CodedCorpus,
    themes: Themes | None = None,
    *,
    attributes: Sequence[str] = (),
    inference: Inference | None = None,
) -> Result:
    """Test the coverage of each code by case against each attribute of cases.

    Numbers by Spearman's ρ; two groups by Mann & Whitney's U with the rank-biserial correlation, more by Kruskal &
    Wallis's H with ε²; each value of an attribute with several values, by U of the cases that have it against those
    that have not. p-values are of all orders of the cases, or of a seeded sample; they are corrected over the whole
    table.

    Args:
        themes: the codes and their measure; p-values are corrected for these codes.
        attributes: those tested, which p-values are corrected for; all for none.

    Raises:
        InputError: no case has such an attribute, or the codebook has no such code.
    """
    themes = themes or Themes()
    inference = inference or Inference(permutations=DEFAULT_ORDERS)
    codes = chosen_codes(themes.codes, coded.codes(descendants=themes.descendants), coded.codebook)
    rows, cases = _by_case(coded, codes, themes)
    found = case_attributes(coded.corpus.cases, attributes).of_cases(cases)
    tested, untested = variables(found)
    table = pd.DataFrame([row for one in tested for row in _tests(rows, codes, one, inference)], columns=list(COLUMNS))
    table["p_adjusted"] = adjusted(table["p"].to_numpy(dtype=np.float64), inference.correction)
    order = table.sort_values("p", kind="stable", ignore_index=True)
    told = (*_notes(order, themes.measure, inference, len(cases)), *_of_untested(order, untested))
    return Result(_("Themes and attributes of the cases"), order, told)


def _by_case(coded: CodedCorpus, codes: Sequence[str], themes: Themes) -> tuple[Floats, list[str]]:
    """Return codes × cases with speech, and the ids of these."""
    wide = matrix(coverage(coded, by=["case"], descendants=themes.descendants), themes.measure).table
    known = coded.cases
    cases = [case for case in known if case in wide.columns and not wide[case].isna().any()]
    return wide.loc[list(codes), cases].to_numpy(dtype=np.float64).reshape(len(codes), len(cases)), cases


def _tests(rows: Floats, codes: Sequence[str], variable: Variable, inference: Inference) -> Iterator[dict[str, Any]]:
    tests = _made(rows[:, variable.told], variable, inference)
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


def _made(rows: Floats, variable: Variable, inference: Inference) -> RankTests:
    chance = {"permutations": inference.permutations, "seed": inference.seed}
    if variable.test == "spearman":
        return spearman(rows, variable.numbers, **chance)
    test = mann_whitney if variable.test == "mann_whitney" else kruskal_wallis
    return test(rows, variable.labels, **chance)


def _notes(table: pd.DataFrame, measure: CaseMeasure, inference: Inference, cases: int) -> Iterator[str]:
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
        count=inference.permutations,
        correction=correction_name(inference.correction),
        tests=tests,
    )
    floor = tests / (inference.permutations + 1)
    if floor > SIGNIFICANT:
        yield _(
            "With so many tests no adjusted p by random orders can be below {floor}: name the themes and attributes "
            "that the study asks about (`--codes`, `--attributes`), or raise `--permutations`.",
            floor=f"{min(1.0, floor):.2g}",
        )


def _of_cases(cases: int) -> str:
    if cases >= _FEW_CASES:
        return _("{count} cases; what goes together need not be cause and effect.", count=cases)
    from scipy.special import stdtrit

    quantile = -float(stdtrit(cases - 2, SIGNIFICANT / 2))  # of Student's distribution
    least = quantile / float(np.sqrt(cases - 2 + quantile**2))
    return _(
        "{count} cases prove little: even one single ρ must pass about ±{least} to have p < 0.05. Take what stands "
        "here as questions to the interviews, not as findings.",
        count=cases,
        least=f"{least:.2f}",
    )


def _of_untested(table: pd.DataFrame, untested: Sequence[str]) -> Iterator[str]:
    if untested:
        yield _("Not tested, for too few cases share or differ in them: {names}.", names=", ".join(untested))
    flat = int(table["p"].isna().sum())
    if flat:
        yield _n(
            "{count} row has no test: the theme takes the same room in all cases.",
            "{count} rows have no test: the theme takes the same room in all cases.",
            flat,
        )
