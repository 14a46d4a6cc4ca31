"""Colours of codes stand out on both papers, whatever a codebook says."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_corpora import codebook

from ptce_qual.report.colours import PAPER, code_colours, contrast, legible

COLOURS = st.integers(0, 0xFFFFFF).map("#{:06x}".format)


@given(COLOURS, st.sampled_from([*PAPER.values()]))
def test_any_colour_is_made_legible(colour: str, paper: str) -> None:
    made = legible(colour, paper)
    assert contrast(made, paper) >= 3
    assert legible(made, paper) == made


@given(COLOURS)
def test_a_legible_colour_stays_as_it_is(colour: str) -> None:
    for paper in PAPER.values():
        if contrast(colour, paper) >= 3.3:
            assert legible(colour, paper) == colour


def test_contrast_as_published() -> None:
    assert contrast("#ffffff", "#000000") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)  # WebAIM's contrast checker
    assert contrast("#0b5394", "#0b5394") == 1


def test_codes_share_their_branch_s_colour_and_keep_their_own() -> None:
    book = codebook("a", "b", ("a1", "a"), ("a2", "a"), ("b1", "b"), *(f"z{place}" for place in range(12)))
    own = book.model_copy(
        update={
            "codes": [one.model_copy(update={"colour": "#ffff00"}) if one.id == "a2" else one for one in book.codes]
        }
    )
    found = code_colours(own)
    assert found["a1"] == found["a"] != found["b"] == found["b1"]
    assert found["a2"][0] != found["a"][0]
    assert found["a2"][1] == "#ffff00"
    assert all(
        contrast(shade, paper) >= 3
        for shades in found.values()
        for shade, paper in zip(shades, PAPER.values(), strict=True)
    )


def test_what_is_no_colour() -> None:
    with pytest.raises(ValueError, match="not a colour: red"):
        legible("red", PAPER["light"])
