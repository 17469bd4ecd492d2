"""Numbers in a scheme: exact fractions, how they are said, and intervals with open or closed ends."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from zyw.points import number_text


@dataclass(frozen=True, slots=True)
class Interval:
    """Numbers between `low` and `high` (None: without end); `low_in` and `high_in` say whether the ends belong."""

    low: Fraction | None = None
    high: Fraction | None = None
    low_in: bool = True
    high_in: bool = False

    def __contains__(self, value: Fraction) -> bool:
        if self.low is not None and not (value > self.low or (self.low_in and value == self.low)):
            return False
        return self.high is None or value < self.high or (self.high_in and value == self.high)

    @property
    def empty(self) -> bool:
        """Say whether no number lies in it: `至少 5，低于 5`."""
        if self.low is None or self.high is None:
            return False
        return self.low > self.high or (self.low == self.high and not (self.low_in and self.high_in))

    def __str__(self) -> str:
        """Return how it is said: `至少 0.8，低于 0.9`."""
        ends = []
        if self.low is not None:
            ends.append(f"{'至少' if self.low_in else '高于'} {number_text(self.low)}")
        if self.high is not None:
            ends.append(f"{'至多' if self.high_in else '低于'} {number_text(self.high)}")
        return "，".join(ends) or "任意"


def common(one: Interval, two: Interval) -> Fraction | None:
    """Return a number that lies in both, None when none does.

    >>> common(Interval(Fraction(0), Fraction(60)), Interval(Fraction(60), None)) is None
    True
    """
    lows = [each for each in (one.low, two.low) if each is not None]
    highs = [each for each in (one.high, two.high) if each is not None]
    if lows and highs:
        tried = [max(lows), min(highs), (max(lows) + min(highs)) / 2]
    elif lows:
        tried = [max(lows), max(lows) + 1]
    else:
        tried = [min(highs), min(highs) - 1] if highs else [Fraction(0)]
    return next((value for value in tried if value in one and value in two), None)


def gap(parts: Sequence[Interval], *, whole: bool) -> Fraction | None:
    """Return a number between the lowest and the highest end that no part holds; `whole`: only whole numbers exist.

    Bands 0–60 and 61–70 leave 60.5 out where decimals occur; for counts they leave nothing out.

    >>> gap([Interval(Fraction(0), Fraction(60), True, True), Interval(Fraction(61), None)], whole=False)
    Fraction(121, 2)
    """
    ends = sorted({end for part in parts for end in (part.low, part.high) if end is not None})
    tried = list(ends)
    for low, high in pairwise(ends):
        middle = (low + high) / 2
        tried.append(Fraction(middle.__ceil__()) if whole else middle)
    bounds = [value for value in tried if not whole or value.denominator == 1]
    lowest, highest = (min(ends), max(ends)) if ends else (Fraction(0), Fraction(0))
    inside = sorted(value for value in bounds if lowest <= value <= highest)
    return next((value for value in inside if not any(value in part for part in parts)), None)
