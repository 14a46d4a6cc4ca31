"""Figures as readers are told them."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ptce_qual.translation import speaking
from ptce_qual.wording import count, number, p_value, percent, polarity


@pytest.mark.parametrize(
    ("value", "places", "english", "french"),
    [
        (0, None, "0", "0"),
        (1234567.4, 0, "1,234,567", "1\u202f234\u202f567"),
        (-2.345, 2, "−2.35", "−2,35"),
        (-0.0, None, "0", "0"),
        (-0.004, 2, "0.00", "0,00"),
        (0.5, None, "0.5", "0,5"),
        (12.34, None, "12.3", "12,3"),
        (0.0012345, None, "0.00123", "0,00123"),
        (1e6, None, "1,000,000", "1\u202f000\u202f000"),
        (math.nan, 1, "–", "–"),
        (math.inf, None, "∞", "∞"),
        (-math.inf, 3, "−∞", "−∞"),
    ],
)
def test_numbers(value: float, places: int | None, english: str, french: str) -> None:
    for language, told in (("en", english), ("fr", french)):
        with speaking(language):
            assert number(value, places) == told


def test_shares_counts_and_p_values() -> None:
    with speaking("en"):
        assert [percent(one) for one in (0.1234, 0.0, 1.0, -0.5, math.nan)] == [
            "12.3%",
            "0.0%",
            "100.0%",
            "−50.0%",
            "–",
        ]
        assert [p_value(one) for one in (0.0, 0.00099, 0.001, 0.0496, 1.0, math.nan)] == [
            "< 0.001", "< 0.001", "0.001", "0.050", "1.000", "–",
        ]  # fmt: skip
        assert count(1432.0) == "1,432"
        assert [polarity(one) for one in ("negated", "other")] == ["Negated", "other"]
    with speaking("fr"):
        assert (percent(0.1234), p_value(0.0), p_value(0.5)) == ("12,3\u202f%", "< 0,001", "0,500")


@given(st.floats(-1e9, 1e9), st.none() | st.integers(0, 4))
def test_what_is_told_is_the_value(value: float, places: int | None) -> None:
    with speaking("en"):
        told = float(number(value, places).replace("−", "-").replace(",", ""))
    within = 0.5 * 10 ** (-places) if places is not None else 0.5 if abs(value) >= 100 else abs(value) * 0.005
    assert told == pytest.approx(value, abs=within * 1.001)
