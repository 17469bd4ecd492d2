"""Against published numbers: Newcombe 1998 (Statist. Med. 17: 857 for one rate, 873 for a difference, method 10)."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zyw.survey.intervals import Interval, bands, difference, sheets_needed, wilson


@pytest.mark.parametrize(
    ("hits", "of", "low", "high"),
    [
        (81, 263, "0.2553", "0.3662"),
        (15, 148, "0.0624", "0.1605"),
        (0, 20, "0.0000", "0.1611"),
        (1, 29, "0.0061", "0.1718"),
        (20, 20, "0.8389", "1.0000"),
    ],
)
def test_wilson_gives_the_published_bounds(hits: int, of: int, low: str, high: str) -> None:
    assert wilson(Fraction(hits, of), of) == Interval(Decimal(low), Decimal(high))


@pytest.mark.parametrize(
    ("one", "two", "low", "high"),
    [
        ((56, 70), (48, 80), "0.0524", "0.3339"),
        ((9, 10), (3, 10), "0.1705", "0.8090"),
        ((6, 7), (2, 7), "0.0582", "0.8062"),
        ((5, 56), (0, 29), "-0.0381", "0.1926"),
        ((0, 10), (0, 20), "-0.1611", "0.2775"),
        ((0, 10), (0, 10), "-0.2775", "0.2775"),
        ((10, 10), (0, 20), "0.6791", "1.0000"),
        ((10, 10), (0, 10), "0.6075", "1.0000"),
    ],
)
def test_a_difference_has_the_published_bounds(one: tuple[int, int], two: tuple[int, int], low: str, high: str) -> None:
    found = difference(Fraction(*one), one[1], Fraction(*two), two[1])
    assert found == Interval(Decimal(low), Decimal(high))


@given(st.integers(1, 400), st.data())
def test_an_interval_holds_its_rate_and_narrows_with_more_sheets(of: int, data: st.DataObject) -> None:
    rate = Fraction(data.draw(st.integers(0, of)), of)
    few, many = wilson(rate, of), wilson(rate, of * 4)
    assert few.low <= Decimal(rate.numerator) / rate.denominator + Decimal("0.00005")
    assert many.high - many.low <= few.high - few.low


def test_units_that_differ_by_chance_share_a_band() -> None:
    rates = [(Fraction(95, 100), Fraction(100)), (Fraction(93, 100), Fraction(100)), (Fraction(60, 100), Fraction(100))]
    assert [(band.first, band.last) for band in bands(rates)] == [(1, 2), (1, 2), (3, 3)]


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(30, 60)), min_size=1, max_size=8))
def test_a_band_holds_the_place_by_rate(pairs: list[tuple[int, int]]) -> None:
    rates = [(Fraction(hits, of), Fraction(of)) for hits, of in pairs]
    for (rate, _), band in zip(rates, bands(rates), strict=True):
        place = 1 + sum(other > rate for other, _ in rates)
        assert band.first <= place <= band.last


@pytest.mark.parametrize(
    ("margin", "population", "sheets"),
    [("0.05", None, 385), ("0.05", 400, 197), ("0.10", None, 97), ("0.05", 20, 20), ("0.03", 1000, 517)],
)
def test_the_planner_gives_the_textbook_numbers(margin: str, population: int | None, sheets: int) -> None:
    assert sheets_needed(Fraction(margin), population) == sheets
