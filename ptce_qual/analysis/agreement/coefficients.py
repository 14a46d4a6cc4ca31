"""Coefficients of agreement on fixed units, for any number of coders and categories, missing judgements allowed.

All take `ratings`, coders × units, integers: the number of the category that a coder chose, −1 for missing. By code,
the ratings are 0 (not coded) and 1 (coded), and `categories` is 2. A coder without any judgement changes nothing; a
unit without any counts among those set aside.

Where nobody's judgements vary — one category in all units that can be compared — chance agreement is certain, and no
coefficient that corrects for chance has a meaning: the value is None, whatever the formula would give. (AC1 and
Brennan–Prediger would give 1, which says nothing of how well coders tell categories apart.) Percent agreement is then
1, with a note.

With missing judgements, Fleiss' κ, Brennan–Prediger and AC1 follow Gwet 2014, *Handbook of Inter-Rater Reliability*,
4th ed.: observed agreement is the mean over units judged twice or more, chance agreement comes from all units judged.
Cohen's κ and Scott's π keep to the units that both coders judged, Krippendorff's α to judgements that can be paired.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from numpy.typing import ArrayLike

from ptce_qual.analysis.agreement import formulas
from ptce_qual.analysis.agreement.outcome import Agreement
from ptce_qual.analysis.agreement.patterns import Patterns, patterns_of
from ptce_qual.analysis.agreement.reasons import Undefined
from ptce_qual.translation import _, _n


@dataclass(frozen=True, slots=True)
class Measure:
    """A formula, with what it asks of the ratings."""

    formula: formulas.Formula
    two_coders: bool = False
    chance: bool = True


MEASURES: dict[str, Measure] = {
    "percent_agreement": Measure(formulas.percent, chance=False),
    "cohen_kappa": Measure(formulas.cohen, two_coders=True),
    "scott_pi": Measure(formulas.scott, two_coders=True),
    "fleiss_kappa": Measure(formulas.fleiss),
    "brennan_prediger": Measure(formulas.brennan_prediger),
    "gwet_ac1": Measure(formulas.gwet),
    "krippendorff_alpha": Measure(formulas.krippendorff),
}


def agreement(
    ratings: ArrayLike, measure: str, *, categories: int | None = None, repeats: ArrayLike | None = None
) -> Agreement:
    """Compute one of `MEASURES`.

    Args:
        ratings: coders × units, category numbers, −1 for missing.
        measure: a key of `MEASURES`.
        categories: how many categories coders could choose from, q of Brennan–Prediger and AC1; by default those that
            occur.
        repeats: how many units, all judged alike, each column of the ratings stands for; 1 by default.

    Raises:
        ValueError: `ratings` isn't such an array.
    """
    return measured(patterns_of(ratings, categories, repeats=repeats), measure)


def agreements(
    ratings: ArrayLike, measures: Sequence[str] = tuple(MEASURES), *, categories: int | None = None
) -> dict[str, Agreement]:
    """Compute several measures, as `agreement` does each, from ratings collapsed once."""
    patterns = patterns_of(ratings, categories)
    return {measure: measured(patterns, measure) for measure in measures}


def percent_agreement(ratings: ArrayLike, *, categories: int | None = None) -> Agreement:
    """Share of pairs of judgements that agree, averaged over units; with two coders, share of units they agree on."""
    return agreement(ratings, "percent_agreement", categories=categories)


def cohen_kappa(ratings: ArrayLike, *, categories: int | None = None) -> Agreement:
    """Cohen's κ of two coders: chance from each one's own distribution.

    Source: Cohen 1960, Educational and Psychological Measurement 20:37–46.
    """
    return agreement(ratings, "cohen_kappa", categories=categories)


def scott_pi(ratings: ArrayLike, *, categories: int | None = None) -> Agreement:
    """Scott's π of two coders: chance from their pooled distribution.

    Source: Scott 1955, Public Opinion Quarterly 19:321–325.
    """
    return agreement(ratings, "scott_pi", categories=categories)


def fleiss_kappa(ratings: ArrayLike, *, categories: int | None = None) -> Agreement:
    """Fleiss' κ of any number of coders, who need not be the same from unit to unit.

    It can fall below −1 where one coder alone judged many units: chance agreement counts them, observed agreement
    can't.

    Source: Fleiss 1971, Psychological Bulletin 76:378–382; with missing judgements, Gwet 2014.
    """
    return agreement(ratings, "fleiss_kappa", categories=categories)


def brennan_prediger(ratings: ArrayLike, *, categories: int | None = None) -> Agreement:
    """Brennan and Prediger's coefficient: chance is 1 / q.

    Source: Brennan & Prediger 1981, Educational and Psychological Measurement 41:687–699; for many coders and missing
    judgements, Gwet 2014.
    """
    return agreement(ratings, "brennan_prediger", categories=categories)


def gwet_ac1(ratings: ArrayLike, *, categories: int | None = None) -> Agreement:
    """Gwet's AC1: chance is Σ π (1 − π) / (q − 1).

    Source: Gwet 2008, British Journal of Mathematical and Statistical Psychology 61:29–48; with missing judgements,
    Gwet 2014.
    """
    return agreement(ratings, "gwet_ac1", categories=categories)


def krippendorff_alpha(ratings: ArrayLike, *, categories: int | None = None) -> Agreement:
    """Krippendorff's α for nominal data: pairs within units against pairs of all pairable judgements.

    Source: Krippendorff 2011, "Computing Krippendorff's Alpha-Reliability", section on nominal data with any number of
    observers and missing values.
    """
    return agreement(ratings, "krippendorff_alpha", categories=categories)


def measured(patterns: Patterns, measure: str) -> Agreement:
    """Compute a measure of units already collapsed to patterns."""
    judged = patterns.judgements[patterns.pairable]
    weights = patterns.weights[patterns.pairable]
    result = Agreement(
        measure=measure,
        value=None,
        coders=patterns.coders,
        units=int(weights.sum()),
        pairs=int((weights * judged * (judged - 1)).sum()) // 2,
        set_aside=patterns.set_aside,
    )
    undefined = why_undefined(patterns, measure)
    if undefined:
        return replace(result, undefined=undefined)
    observed, expected = (float(part[0]) for part in MEASURES[measure].formula(patterns, patterns.weights[None, :]))
    return replace(
        result,
        value=(observed - expected) / (1 - expected),
        observed=observed,
        expected=expected if MEASURES[measure].chance else None,
        notes=_notes(patterns, measure),
    )


def why_undefined(patterns: Patterns, measure: str) -> Undefined:
    """Return why a measure of these units has no value, or nothing."""
    weights = patterns.weights[None, :]
    if patterns.coders == 0:
        return "no_judgement"
    if patterns.coders == 1:
        return "one_coder"
    if MEASURES[measure].two_coders and patterns.coders != 2:
        return "not_two_coders"
    if not formulas.comparable(patterns, weights)[0]:
        return "no_pair"
    if MEASURES[measure].chance and not formulas.varied(patterns, weights)[0]:
        return "one_category"
    return ""


def _notes(patterns: Patterns, measure: str) -> tuple[str, ...]:
    notes = []
    if measure == "percent_agreement" and patterns.coders > 2:
        notes.append(_("Of more than two coders: pairs of judgements that agree, as a share in each unit, averaged."))
    if measure == "percent_agreement" and not formulas.varied(patterns, patterns.weights[None, :])[0]:
        notes.append(_("All judgements that can be compared are of one category."))
    if measure in {"brennan_prediger", "gwet_ac1"}:
        notes.append(_n("Chance is shared among {count} category.", "Chance is shared among {count} categories.",
                        patterns.categories))  # fmt: skip
    single = int(patterns.weights[patterns.judgements == 1].sum())
    if single and measure in {"fleiss_kappa", "gwet_ac1"}:
        notes.append(
            _n(
                "{count} unit that one coder alone judged counts in chance agreement only.",
                "{count} units that one coder alone judged count in chance agreement only.",
                single,
            )
        )
    return tuple(notes)
