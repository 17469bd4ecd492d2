"""Exact points: millionths in whole numbers inside frames, decimal text outside.

A frame holds `int` millionths of a point (`-2` is `-2_000_000`), so that sums are exact and vectorised;
`to_text` gives the shortest decimal ("-2", "0.5"). Rounding happens only where a scheme says, half up.
"""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Final

SCALE: Final = 1_000_000


def to_micro(value: Decimal) -> int:
    """Return `value` in millionths; raises `ValueError` when it is not a whole number of them.

    >>> to_micro(Decimal("-0.5"))
    -500000
    """
    scaled = value * SCALE
    if scaled != scaled.to_integral_value():
        raise ValueError(value)
    return int(scaled)


def to_decimal(micro: int) -> Decimal:
    """Return millionths as an exact decimal without trailing zeros (`93`, `0.5`)."""
    value = Decimal(int(micro)) / SCALE
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()


def to_text(micro: int) -> str:
    """Return millionths as plain decimal text.

    >>> to_text(93_000_000), to_text(-500_000)
    ('93', '-0.5')
    """
    return format(to_decimal(micro), "f")


def half_up(value: Decimal, places: int) -> Decimal:
    """Round `value` 四舍五入 to `places` decimals.

    >>> half_up(Decimal("2.675"), 2)
    Decimal('2.68')
    """
    return value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def whole_micro(value: Fraction, places: int = 6) -> int:
    """Return an exact number in millionths, rounded 四舍五入 (half away from zero) to `places` decimals.

    >>> whole_micro(Fraction(-1, 3)), whole_micro(Fraction(5, 8), 2)
    (-333333, 630000)
    """
    unit: int = 10**places
    size = (2 * abs(value.numerator) * unit + value.denominator) // (2 * value.denominator)
    return (-size if value < 0 else size) * SCALE // unit


def number_text(value: Fraction) -> str:
    """Return a number as a scheme writes it, at most six decimals: `0.85`, `-2`, `0.333333`."""
    return to_text(whole_micro(value))
