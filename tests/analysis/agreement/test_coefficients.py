"""Coefficients against published tables, other implementations, pairs counted one by one, and what must hold of any."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from itertools import permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from published import ARTSTEIN, BINARY, COHEN, FLEISS, GWET, KRIPPENDORFF, N, many_coders, two_coders

from ptce_qual.analysis.agreement import (
    MEASURES,
    agreement,
    agreements,
    bias_index,
    brennan_prediger,
    cohen_kappa,
    fleiss_kappa,
    gwet_ac1,
    krippendorff_alpha,
    percent_agreement,
    pooled,
    prevalence_index,
    scott_pi,
)

RATINGS = st.integers(1, 5).flatmap(
    lambda coders: st.lists(st.lists(st.integers(-1, 3), min_size=coders, max_size=coders), max_size=12).map(
        lambda units: np.array(units, dtype=int).reshape(-1, coders).T
    )
)
CORRECTED = [name for name, measure in MEASURES.items() if measure.chance]


@pytest.mark.parametrize(
    ("measure", "ratings", "value"),
    [
        ("krippendorff_alpha", KRIPPENDORFF, 0.743421),
        ("krippendorff_alpha", BINARY, 0.095238),
        ("cohen_kappa", two_coders(COHEN), 0.491525),
        ("gwet_ac1", two_coders(GWET), 0.808),
        ("cohen_kappa", two_coders(GWET), 0.314442),
        # Gwet 2014 on the same four raters, as the irrCAC package prints them
        ("percent_agreement", KRIPPENDORFF, 0.81818),
        ("gwet_ac1", KRIPPENDORFF, 0.77544),
        ("fleiss_kappa", KRIPPENDORFF, 0.76117),
        ("brennan_prediger", KRIPPENDORFF, 0.77273),
        # Artstein & Poesio 2008, table 4: S, π, κ
        ("percent_agreement", two_coders(ARTSTEIN), 0.7),
        ("brennan_prediger", two_coders(ARTSTEIN), 0.4),
        ("scott_pi", two_coders(ARTSTEIN), 0.341),
        ("cohen_kappa", two_coders(ARTSTEIN), 0.348),
        ("fleiss_kappa", many_coders(FLEISS), 0.20993),
        # the two tables of κ's paradox: Feinstein & Cicchetti 1990, J. Clin. Epidemiol. 43:543–549
        ("cohen_kappa", two_coders([[40, 9], [6, 45]]), 0.70),
        ("cohen_kappa", two_coders([[80, 10], [5, 5]]), 0.32),
    ],
)
def test_published(measure, ratings, value):
    digits = len(str(value).split(".")[1])
    assert agreement(ratings, measure).value == pytest.approx(value, abs=max(0.51 * 10**-digits, 6e-7))


def test_what_was_counted():
    result = krippendorff_alpha(KRIPPENDORFF)
    assert (result.coders, result.units, result.pairs, result.set_aside) == (4, 11, 55, 1)
    assert result.value == pytest.approx(result.numerator / result.denominator)
    assert percent_agreement(KRIPPENDORFF).denominator == 1


def test_prevalence_and_bias():
    # a 80, b 10, c 5, d 5: yes is 1 here, and stands first in the table
    ratings = 1 - two_coders([[80, 10], [5, 5]])
    assert prevalence_index(ratings).value == pytest.approx(0.75)
    assert bias_index(ratings).value == pytest.approx(0.05)
    assert (bias_index(ratings).numerator, bias_index(ratings).denominator) == (5, 100)
    assert bias_index(ratings[::-1]).value == pytest.approx(-0.05)
    # PABAK is Brennan–Prediger of two categories
    assert brennan_prediger(ratings).value == pytest.approx(0.70)


def test_prevalence_and_bias_where_they_are_not_defined():
    assert "two categories" in prevalence_index(KRIPPENDORFF).reason
    assert "3" in bias_index([[0, 1], [0, 0], [1, 1]]).reason
    assert prevalence_index([[0, 1], [0, 0], [1, 1]]).value == pytest.approx((-1 / 3 + 1 / 3) / 2)
    assert prevalence_index([[0, 0], [0, N]]).value == -1
    assert bias_index([[0, 0], [0, N]]).value == 0
    for index in (prevalence_index, bias_index):
        assert index([[0, N], [N, 1]]).value is None
        assert index([[0, 1]]).value is None
        assert index(np.zeros((2, 0), dtype=int)).reason


@pytest.mark.parametrize("measure", MEASURES)
@pytest.mark.parametrize(
    ("ratings", "words"),
    [
        (np.zeros((0, 0), dtype=int), "anybody"),
        (np.zeros((2, 0), dtype=int), "anybody"),
        (np.full((3, 4), N), "anybody"),
        ([[0, 1, 1]], "one coder"),
        ([[0, 1, 1], [N, N, N]], "one coder"),
        ([[0, 1, N], [N, N, 1]], "nothing to compare"),
    ],
)
def test_nothing_to_compare(measure, ratings, words):
    result = agreement(ratings, measure)
    assert result.value is None
    assert words in result.reason


@pytest.mark.parametrize("measure", CORRECTED)
@pytest.mark.parametrize("categories", [None, 2, 5])
def test_one_category_alone_is_undefined(measure, categories):
    for ratings in ([[0, 0, 0], [0, 0, 0]], [[3, 3, N, N], [3, 3, 1, N]]):
        result = agreement(ratings, measure, categories=None if categories is None else max(categories, 2))
        assert result.value is None
        assert "one category" in result.reason


def test_one_category_alone_is_said_of_percent_agreement():
    result = percent_agreement([[0, 0], [0, 0]])
    assert result.value == 1
    assert "one category" in result.notes[0]


def test_two_coders_only():
    for measure in ("cohen_kappa", "scott_pi"):
        assert "3" in agreement([[0, 1], [0, 1], [1, 1]], measure).reason


def test_categories_that_nobody_chose_lower_chance():
    ratings = [[0, 1, 1, 0], [0, 1, 0, 0]]
    assert brennan_prediger(ratings).value == pytest.approx(0.5)
    assert brennan_prediger(ratings, categories=4).value == pytest.approx((0.75 - 0.25) / 0.75)
    assert gwet_ac1(ratings, categories=3).expected == pytest.approx(2 * 3 / 8 * 5 / 8 / 2)
    for measure in ("cohen_kappa", "scott_pi", "fleiss_kappa", "krippendorff_alpha"):
        assert agreement(ratings, measure, categories=4) == agreement(ratings, measure)


@pytest.mark.parametrize("ratings", [[0, 1], [[0, -2], [0, 1]], [[0.5, 1.0], [0.0, 1.0]]])
def test_malformed_ratings_are_refused(ratings):
    with pytest.raises(ValueError, match=r"rating|category"):
        krippendorff_alpha(ratings)


@given(st.data())
def test_columns_that_stand_for_several_units(data):
    ratings = data.draw(RATINGS)
    repeats = data.draw(st.lists(st.integers(1, 4), min_size=ratings.shape[1], max_size=ratings.shape[1]))
    units = np.repeat(ratings, repeats, axis=1)
    for measure in MEASURES:
        alike(agreement(ratings, measure, repeats=np.array(repeats, dtype=int)), agreement(units, measure))
    binary = np.minimum(ratings, 1)
    for index in (prevalence_index, bias_index):
        found = index(binary, repeats=np.array(repeats, dtype=int))
        expected = index(np.repeat(binary, repeats, axis=1))
        assert found.value == pytest.approx(expected.value, abs=1e-12)
        assert (found.undefined, found.units, found.set_aside) == (
            expected.undefined, expected.units, expected.set_aside
        )  # fmt: skip


@pytest.mark.parametrize("repeats", [[1], [1, 0], [1.0, 2.0]])
def test_malformed_repeats_are_refused(repeats):
    with pytest.raises(ValueError, match="repeats"):
        agreement([[0, 1], [0, 1]], "scott_pi", repeats=repeats)


def test_coded_or_not_may_be_said_by_truth_values():
    ratings = np.array(BINARY)
    assert krippendorff_alpha(ratings == 1) == krippendorff_alpha(ratings)


@pytest.mark.parametrize("coders", [12, 30])  # the judgements of 30 aren't the digits of one number
def test_many_coders_and_categories(coders):
    ratings = np.random.default_rng(8).integers(-1, 9, (coders, 50))
    units = [unit[unit != N] for unit in ratings.T]
    values = np.concatenate([unit for unit in units if len(unit) > 1])
    observed = sum((unit[:, None] != unit).sum() / (len(unit) - 1) for unit in units if len(unit) > 1)
    expected = (values[:, None] != values).sum() / (len(values) - 1)
    assert krippendorff_alpha(ratings).value == pytest.approx(1 - observed / expected)


def test_too_few_categories_are_refused():
    with pytest.raises(ValueError, match="3 categories"):
        gwet_ac1([[0, 1, 2], [0, 1, 2]], categories=2)


def test_codes_are_pooled_by_cells():
    by_code = [[[0, 1], [0, 1]], [[1, 0], [0, N]]]
    joined = pooled(by_code)
    assert joined.ratings.tolist() == [[0, 1, 1, 0], [0, 1, 0, N]]
    assert joined.clusters.tolist() == [0, 1, 0, 1]
    assert pooled(by_code, clusters=[7, 7]).clusters.tolist() == [7, 7, 7, 7]
    for codes, clusters in (([], None), ([[[0]], [[0, 1]]], None), (by_code, [1])):
        with pytest.raises(ValueError, match=r"code|clusters"):
            pooled(codes, clusters)


MEASURE = st.sampled_from(list(MEASURES))


def alike(first, second):
    assert first.reason == second.reason
    for name in ("value", "observed", "expected"):
        assert getattr(first, name) == pytest.approx(getattr(second, name), abs=1e-9)
    assert (first.units, first.pairs, first.set_aside) == (second.units, second.pairs, second.set_aside)


@given(RATINGS, MEASURE, st.randoms(use_true_random=False))
def test_names_and_order_do_not_matter(ratings, measure, random):
    coders, units = (random.sample(range(size), size) for size in ratings.shape)
    names = np.array([*random.sample(range(9), 4), N])
    alike(agreement(ratings, measure), agreement(ratings[coders][:, units], measure))
    alike(agreement(ratings, measure), agreement(names[ratings], measure))


@given(RATINGS, MEASURE)
def test_a_coder_without_judgements_changes_nothing(ratings, measure):
    nobody = np.full((1, ratings.shape[1]), N)
    assert agreement(np.concatenate([ratings, nobody]), measure) == agreement(ratings, measure)


@given(RATINGS, MEASURE)
def test_range(ratings, measure):
    result = agreement(ratings, measure)
    assert (result.value is None) == bool(result.reason)
    assert agreements(ratings)[measure] == result
    assert result.units + result.set_aside == ratings.shape[1]
    if result.value is not None:
        assert result.value <= 1
        assert result.value >= -1 or measure == "fleiss_kappa"
        assert 0 <= result.observed <= 1
        assert result.expected is None or 0 <= result.expected < 1


@given(RATINGS)
def test_fleiss_leaves_its_range_only_by_units_that_one_coder_judged(ratings):
    judged_twice = ratings[:, (ratings != N).sum(axis=0) >= 2]
    value = fleiss_kappa(judged_twice).value
    assert value is None or -1 <= value <= 1


def test_fleiss_leaves_its_range_by_units_that_one_coder_judged():
    assert fleiss_kappa([[0, 0, 0, 0], [1, N, N, N]]).value < -1


@given(st.lists(st.integers(0, 3), min_size=2, max_size=12), st.integers(2, 5), MEASURE)
def test_perfect_agreement_is_one(units, coders, measure):
    result = agreement([units] * coders, measure)
    if len(set(units)) > 1 and not (MEASURES[measure].two_coders and coders > 2):
        assert result.value == 1


@given(RATINGS)
def test_alpha_by_pairs_counted_one_by_one(ratings):
    units = [[value for value in unit if value != N] for unit in ratings.T.tolist()]
    units = [unit for unit in units if len(unit) > 1]
    values = [value for unit in units for value in unit]
    if len(set(values)) < 2:
        assert krippendorff_alpha(ratings).value is None
        return
    observed = sum(Fraction(sum(a != b for a, b in permutations(unit, 2)), len(unit) - 1) for unit in units) / len(
        values
    )
    expected = Fraction(sum(a != b for a, b in permutations(values, 2)), len(values) * (len(values) - 1))
    assert krippendorff_alpha(ratings).value == pytest.approx(float(1 - observed / expected), abs=1e-12)


@given(RATINGS)
def test_gwet_and_fleiss_unit_by_unit(ratings):
    result = gwet_ac1(ratings)
    if result.value is None:
        return
    units = [Counter(value for value in unit if value != N) for unit in ratings.T.tolist()]
    units = [unit for unit in units if unit]
    agreeing = [
        Fraction(sum(n * (n - 1) for n in unit.values()), unit.total() * (unit.total() - 1))
        for unit in units
        if unit.total() > 1
    ]
    observed = sum(agreeing) / len(agreeing)
    used = {value for unit in units for value in unit}
    shares = [sum(Fraction(unit[value], unit.total()) for unit in units) / len(units) for value in used]
    by_gwet = sum(share * (1 - share) for share in shares) / (len(used) - 1)
    by_fleiss = sum(share**2 for share in shares)
    assert result.value == pytest.approx(float((observed - by_gwet) / (1 - by_gwet)), abs=1e-12)
    assert fleiss_kappa(ratings).value == pytest.approx(float((observed - by_fleiss) / (1 - by_fleiss)), abs=1e-12)


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=1, max_size=12))
def test_two_coders_without_missing(units):
    ratings = np.array(units).T
    alike_fleiss = fleiss_kappa(ratings).value
    assert scott_pi(ratings).value == pytest.approx(alike_fleiss)
    if alike_fleiss is not None:
        # Krippendorff 2011: alpha is pi corrected for small samples
        assert krippendorff_alpha(ratings).value == pytest.approx(1 - (1 - alike_fleiss) * (1 - 1 / (2 * len(units))))


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=1, max_size=12))
@settings(deadline=None)  # the first call imports
def test_cohen_beside_scikit_learn(units):
    metrics = pytest.importorskip("sklearn.metrics")
    ratings = np.array(units).T
    if len(np.unique(ratings)) > 1:
        assert cohen_kappa(ratings).value == pytest.approx(metrics.cohen_kappa_score(*ratings), abs=1e-12)


@given(st.lists(st.lists(st.integers(0, 3), min_size=4, max_size=4), min_size=1, max_size=12))
@settings(deadline=None)  # the first call imports
def test_fleiss_beside_statsmodels(units):
    rater = pytest.importorskip("statsmodels.stats.inter_rater")
    if len(np.unique(units)) > 1:
        table, _categories = rater.aggregate_raters(np.array(units))
        assert fleiss_kappa(np.array(units).T).value == pytest.approx(rater.fleiss_kappa(table), abs=1e-12)
