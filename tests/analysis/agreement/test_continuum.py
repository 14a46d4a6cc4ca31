"""uα and cuα: the published continuum, characters counted one by one, and what must hold of any continua."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from published import N

from ptce_qual.analysis.agreement import (
    Continuum,
    coding_alpha,
    joined_spans,
    krippendorff_alpha,
    unitizing_alpha,
)

MEASURES = {"u": unitizing_alpha, "cu": coding_alpha}
PUBLISHED = Continuum(56, (((3, 15, 0), (22, 53, 0)), ((3, 10, 0), (22, 53, 0)), ((22, 46, 0),)))


def test_published():
    result = unitizing_alpha([PUBLISHED])
    assert result.value == pytest.approx(0.5645449, abs=5e-8)
    assert (result.coders, result.units, result.pairs, result.set_aside) == (3, 5, 4, 0)
    assert "56" in result.notes[0]
    assert "one value" in coding_alpha([PUBLISHED]).reason


def test_published_of_three_coders_and_seven_values():
    # Krippendorff 2019, Content Analysis, 4th ed., fig. 12.11, p. 340: uα 0.510, cuα 0.724
    alex = ((0, 7, 1), (7, 13, 2), (30, 32, 5), (32, 37, 6), (37, 44, 6), (44, 60, 7))
    paul = ((0, 7, 1), (7, 13, 3), (13, 21, 5), (32, 44, 6))
    suzan = ((0, 7, 1), (7, 13, 4), (13, 21, 5), (32, 37, 6), (37, 41, 6), (41, 44, 6))
    continuum = Continuum(60, (alex, paul, suzan))
    assert unitizing_alpha([continuum]).value == pytest.approx(0.510, abs=5e-4)
    assert coding_alpha([continuum]).value == pytest.approx(0.724, abs=5e-4)


def test_coding_worked_by_hand():
    # They meet on 0–6 (A A), 10–14 (B B) and 14–16 (B A): margins A 14, B 10; squares of met lengths A 36 + 36 + 4,
    # B 36 + 16; chance agreement (14² − 76 + 10² − 52) / (24² − 128) = 168 / 448, observed 20 / 24.
    continuum = Continuum(30, (((0, 8, 0), (10, 16, 1)), ((0, 6, 0), (10, 14, 1), (14, 16, 0))))
    result = coding_alpha([continuum])
    assert (result.observed, result.expected) == pytest.approx((20 / 24, 168 / 448))
    assert result.value == pytest.approx(1 - (4 / 24) / (280 / 448))
    assert (result.units, result.pairs, result.set_aside) == (5, 3, 0)
    assert "40.0%" in result.notes[-1]


def test_coding_keeps_units_that_meet_nothing_aside():
    meeting = Continuum(30, (((0, 4, 0), (5, 9, 1)), ((0, 4, 0), (6, 9, 1))))
    more = Continuum(30, (((0, 4, 0), (5, 9, 1), (10, 12, 1)), ((0, 4, 0), (6, 9, 1), (20, 29, 0))))
    assert coding_alpha([more]).value == coding_alpha([meeting]).value == 1
    assert coding_alpha([more]).set_aside == 2


@pytest.mark.parametrize(
    ("continua", "u", "cu"),
    [
        ([], "anybody", "anybody"),
        ([Continuum(9, (None, None))], "anybody", "anybody"),
        ([Continuum(9, (((0, 2, 0),), None))], "one coder", "one coder"),
        ([Continuum(9, (((0, 2, 0),), None)), Continuum(9, (None, ()))], "two coders", "two coders"),
        ([Continuum(0, ((), ()))], "two coders", "two coders"),
        ([Continuum(9, ((), ()))], "Nobody marked", "No units"),
        ([Continuum(9, (((0, 9, 4),), ((0, 9, 4),)))], "Everything", "one value"),
        ([Continuum(9, (((0, 4, 0),), ((5, 9, 1),)))], "", "No units"),
        ([Continuum(9, (((0, 4, 0),), ((0, 4, 1),), ()))], "", ""),
    ],
)
def test_undefined_is_explained(continua, u, cu):
    for result, words in ((unitizing_alpha(continua), u), (coding_alpha(continua), cu)):
        assert (result.value is None) == bool(words)
        assert words in result.reason


@pytest.mark.parametrize(
    "units", [((0, 0, 0),), ((0, 4, 0), (3, 5, 0)), ((4, 11, 0),), ((-1, 2, 0),), ((0, 2, -1),), ((4, 6, 0), (0, 2, 0))]
)
def test_malformed_continua_are_refused(units):
    with pytest.raises(ValueError, match="out of place"):
        Continuum(10, (units, ()))


def test_coders_are_the_same_throughout():
    with pytest.raises(ValueError, match="same coders"):
        unitizing_alpha([Continuum(3, ((), ())), Continuum(3, ((), (), ()))])


def test_overlapping_spans_are_joined_and_touching_ones_are_not():
    assert joined_spans([(5, 9), (0, 3), (2, 4), (4, 5), (6, 7)]) == ((0, 4), (4, 5), (5, 9))
    assert joined_spans([(1, 3), (1, 3)]) == ((1, 3),)
    assert joined_spans([]) == ()


def test_a_transcript_that_a_coder_did_not_read_is_not_a_gap():
    whole = Continuum(20, (((0, 8, 0),), ((0, 8, 0),)))
    unread = Continuum(20, (((3, 9, 0),), None))
    empty = Continuum(20, (((3, 9, 0),), ()))
    assert unitizing_alpha([whole, unread]).value == unitizing_alpha([whole]).value == 1
    assert unitizing_alpha([whole, unread]).set_aside == 1
    assert "1 transcript" in unitizing_alpha([whole, unread]).notes[1]
    assert unitizing_alpha([whole, empty]).value < 1


@st.composite
def drawn_units(draw, length, longest=6):
    units, position = [], 0
    while True:
        start = position + draw(st.integers(0, 4))
        end = start + draw(st.integers(1, longest))
        if end > length:
            return tuple(units)
        units.append((start, end, draw(st.integers(0, 2))))
        position = end


SOMETIMES = st.booleans()
ALWAYS = st.just(value=True)


@st.composite
def drawn_continua(draw, longest=6, read=SOMETIMES):
    coders = draw(st.integers(1, 4))
    continua = []
    for _transcript in range(draw(st.integers(1, 3))):
        length = draw(st.integers(1, 18))
        units = [draw(drawn_units(length, longest)) if draw(read) else None for _coder in range(coders)]
        continua.append(Continuum(length, tuple(units)))
    return continua


def characters(continuum, coder):
    """Return (value, unit) of each character: (None, None) in a gap."""
    found = [(None, None)] * continuum.length
    for number, (start, end, value) in enumerate(continuum.units[coder]):
        found[start:end] = [(value, number)] * (end - start)
    return found


def units_and_gaps(continuum):
    """Yield each (value, length squared), or (None, length) of a gap, of each coder who read the transcript."""
    for coder, units in enumerate(continuum.units):
        if units is not None:
            yield from ((value, (end - start) ** 2) for start, end, value in units)
            yield None, sum(value is None for value, _unit in characters(continuum, coder))


def units_met(continuum, coder):
    """Yield each (value, squared length at which the coder's unit meets valued units, a mean over other coders)."""
    others = [other for other, units in enumerate(continuum.units) if units is not None and other != coder]
    marked = [[value is not None for value, _unit in characters(continuum, other)] for other in others]
    for start, end, value in continuum.units[coder]:
        yield value, Fraction(sum(sum(line[start:end]) for line in marked), len(others)) ** 2


def by_characters(continua, *, gaps):
    """Return α by the article's sums taken over characters and pairs of coders, or None."""
    same, own, total = 0, Counter(), Counter()
    for continuum in continua:
        read = [coder for coder, units in enumerate(continuum.units) if units is not None]
        share = Fraction(1, max(len(read) - 1, 1))
        for coder, other in permutations(read, 2):
            for mine, theirs in zip(characters(continuum, coder), characters(continuum, other), strict=True):
                if gaps or (mine[1] is not None and theirs[1] is not None):
                    total[mine[0]] += share
                    same += share * (mine[0] == theirs[0])
        for value, square in units_and_gaps(continuum) if gaps and len(read) > 1 else ():
            own[value] += square
        for coder in () if gaps or len(read) < 2 else read:
            for value, square in units_met(continuum, coder):
                own[value] += square
    length, itself = sum(total.values()), sum(own.values())
    if sum(amount > 0 for amount in total.values()) < 2 or length**2 <= itself:
        return None
    expected = sum(total[value] ** 2 - own[value] for value in total) / (length**2 - itself)
    return None if expected < 0 else float(1 - (1 - same / length) / (1 - expected))


@given(drawn_continua())
def test_by_characters(continua):
    assert unitizing_alpha(continua).value == pytest.approx(by_characters(continua, gaps=True), abs=1e-9)
    assert coding_alpha(continua).value == pytest.approx(by_characters(continua, gaps=False), abs=1e-9)


@given(drawn_continua(longest=1))
def test_units_of_one_character_give_alpha(continua):
    columns = []
    for continuum in continua:
        read = [
            [9 if value is None else value for value, _unit in characters(continuum, coder)]
            if units is not None
            else [N] * continuum.length
            for coder, units in enumerate(continuum.units)
        ]
        columns.append(np.array(read))
    ratings = np.concatenate(columns, axis=1)
    assert unitizing_alpha(continua).value == pytest.approx(krippendorff_alpha(ratings).value, abs=1e-9)
    if len(ratings) == 2:
        without_gaps = krippendorff_alpha(np.where(ratings == 9, N, ratings))
        assert coding_alpha(continua).value == pytest.approx(without_gaps.value, abs=1e-9)


@given(drawn_continua(), st.sampled_from(list(MEASURES)), st.randoms(use_true_random=False))
def test_names_and_order_do_not_matter(continua, measure, random):
    count = len(continua[0].units)
    coders, names = random.sample(range(count), count), random.sample(range(9), 3)
    other = [
        Continuum(
            continuum.length,
            tuple(
                None if units is None else tuple((start, end, names[value]) for start, end, value in units)
                for units in (continuum.units[coder] for coder in coders)
            ),
        )
        for continuum in random.sample(continua, len(continua))
    ]
    first, second = MEASURES[measure](continua), MEASURES[measure](other)
    assert first.value == pytest.approx(second.value, abs=1e-9)
    assert (first.units, first.pairs, first.set_aside) == (second.units, second.pairs, second.set_aside)


@given(drawn_continua(), st.sampled_from(list(MEASURES)))
def test_a_coder_who_read_nothing_changes_nothing(continua, measure):
    more = [Continuum(continuum.length, (None, *continuum.units)) for continuum in continua]
    assert MEASURES[measure](more) == MEASURES[measure](continua)


@given(drawn_continua(read=ALWAYS))
def test_joining_transcripts_end_to_end_changes_nothing(continua):
    units = [[] for _coder in continua[0].units]
    offset = 0
    for continuum in continua:
        for coder, found in enumerate(continuum.units):
            units[coder] += [(start + offset, end + offset, value) for start, end, value in found]
        offset += continuum.length
    joined = [Continuum(offset, tuple(map(tuple, units)))]
    for measure in MEASURES.values():
        assert measure(joined).value == pytest.approx(measure(continua).value, abs=1e-9)


@given(drawn_continua(read=ALWAYS), st.integers(2, 4))
def test_perfect_agreement_is_one(continua, coders):
    alike = [Continuum(continuum.length, continuum.units[:1] * coders) for continuum in continua]
    for measure in MEASURES.values():
        result = measure(alike)
        assert result.value in (None, 1)
    marked = {value for continuum in alike for _start, _end, value in continuum.units[0]}
    if len(marked) > 1:
        assert unitizing_alpha(alike).value == coding_alpha(alike).value == 1


@given(drawn_continua())
def test_range(continua):
    for measure in MEASURES.values():
        result = measure(continua)
        assert (result.value is None) == bool(result.reason)
        if result.value is not None:
            assert result.value <= 1
            assert 0 <= result.observed <= 1
            assert -1e-9 <= result.expected < 1
