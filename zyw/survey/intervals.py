"""How far a rate may be trusted: Wilson's interval, Newcombe's for a difference, places as bands, sample sizes.

Rates go in as exact fractions; bounds come out as decimals of four places, computed with 40 digits, so that every
machine prints the same. Sources: Wilson 1927; Newcombe 1998, method 10; Kish 1965 for the effective number.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction
from typing import Final

Z: Final = Decimal("1.959963984540054")
"""The normal deviate of 95 % confidence, two-sided."""
_DIGITS: Final = 40
_PLACES: Final = Decimal("0.0001")


@dataclass(frozen=True, slots=True)
class Interval:
    """Bounds of a rate or of a difference of rates, fractions of 1 with four decimals."""

    low: Decimal
    high: Decimal

    def holds(self, value: Decimal) -> bool:
        """Say whether `value` lies within the bounds."""
        return self.low <= value <= self.high


def wilson(rate: Fraction, number: Fraction | int) -> Interval:
    """Return Wilson's 95 % interval of a rate seen on `number` respondents.

    >>> wilson(Fraction(45, 60), 60)
    Interval(low=Decimal('0.6277'), high=Decimal('0.8422'))
    """
    low, high = _wilson(rate, Fraction(number))
    return Interval(low.quantize(_PLACES, ROUND_HALF_UP), high.quantize(_PLACES, ROUND_HALF_UP))


def _wilson(rate: Fraction, number: Fraction) -> tuple[Decimal, Decimal]:
    if number <= 0:
        return Decimal(0), Decimal(1)
    with localcontext() as context:
        context.prec = _DIGITS
        p, n = _decimal(rate), _decimal(number)
        square = Z * Z / n
        centre = p + square / 2
        spread = Z * ((p * (1 - p) + square / 4) / n).sqrt()
        return max(Decimal(0), (centre - spread) / (1 + square)), min(Decimal(1), (centre + spread) / (1 + square))


@dataclass(frozen=True, slots=True)
class _Seen:
    """A rate with its unrounded bounds."""

    rate: Decimal
    low: Decimal
    high: Decimal

    @classmethod
    def of(cls, rate: Fraction, number: Fraction | int) -> "_Seen":
        with localcontext() as context:
            context.prec = _DIGITS
            return cls(_decimal(rate), *_wilson(rate, Fraction(number)))

    def minus(self, other: "_Seen") -> Interval:
        """Return Newcombe's interval of the difference."""
        with localcontext() as context:
            context.prec = _DIGITS
            gap = self.rate - other.rate
            below = ((self.rate - self.low) ** 2 + (other.high - other.rate) ** 2).sqrt()
            above = ((self.high - self.rate) ** 2 + (other.rate - other.low) ** 2).sqrt()
            return Interval(
                (gap - below).quantize(_PLACES, ROUND_HALF_UP), (gap + above).quantize(_PLACES, ROUND_HALF_UP)
            )


def difference(one: Fraction, of_one: Fraction | int, two: Fraction, of_two: Fraction | int) -> Interval:
    """Return Newcombe's 95 % interval of `one` − `two`, two independent rates.

    >>> difference(Fraction(56, 70), 70, Fraction(48, 80), 80)
    Interval(low=Decimal('0.0524'), high=Decimal('0.3339'))
    """
    return _Seen.of(one, of_one).minus(_Seen.of(two, of_two))


@dataclass(frozen=True, slots=True)
class Band:
    """The places a unit may hold: from the first to the last that its rivals' intervals leave open."""

    first: int
    last: int


def bands(rates: Sequence[tuple[Fraction, Fraction]]) -> tuple[Band, ...]:
    """Return the band of places of each (rate, respondents).

    A rival stands surely above when the interval of the difference lies above zero, surely below when it lies below.
    With 1 surely above and 2 surely below among 9, the unit holds places 2 to 7: there chance alone may decide.
    Pairs are not corrected for their number; the method sheet says so.
    """
    import numpy as np

    seen = [_Seen.of(rate, number) for rate, number in rates]
    # doubles: a square root is the same on every machine, and 300 units make 45 000 pairs
    at = np.array([float(each.rate) for each in seen])
    low = np.array([float(each.low) for each in seen])
    high = np.array([float(each.high) for each in seen])
    gap = at[:, None] - at[None, :]
    below = np.sqrt((at - low)[:, None] ** 2 + (high - at)[None, :] ** 2)
    surely = gap > below
    return tuple(
        Band(1 + int(up), len(seen) - int(down))
        for up, down in zip(surely.sum(axis=0), surely.sum(axis=1), strict=True)
    )


def sheets_needed(margin: Fraction, population: int | None = None, rate: Fraction = Fraction(1, 2)) -> int:
    """Return how many valid sheets hold a rate to ± `margin` (95 %), in a population of that size if it is known.

    n₀ = z²·p(1−p) ÷ e²; n = n₀ ÷ (1 + (n₀ − 1) ÷ N).

    >>> sheets_needed(Fraction(5, 100)), sheets_needed(Fraction(5, 100), 400)
    (385, 197)
    """
    with localcontext() as context:
        context.prec = _DIGITS
        p, e = _decimal(rate), _decimal(margin)
        needed = Z * Z * p * (1 - p) / (e * e)
        if population is not None:
            needed = needed / (1 + (needed - 1) / Decimal(max(population, 1)))
            needed = min(needed, Decimal(population))
        return int(needed.to_integral_value(ROUND_CEILING))


def _decimal(value: Fraction) -> Decimal:
    return Decimal(value.numerator) / Decimal(value.denominator)
