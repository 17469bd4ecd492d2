"""How much it is worth: what turns the amount of an event into points, exactly.

Each kind is a record with `points(amount)`, a pure function of an exact number: None where it has no answer, and
`refusal(amount)` says why. A new kind is one record here, one part in `zyw.grammar.values`.
"""

from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import ClassVar, Final

from zyw.rules.intervals import Interval, number_text

DROP, EXACT, UP = "舍去", "按比例", "进一"
REMAINDERS: Final = (DROP, EXACT, UP)
BELOW, ABOVE = "低于", "高于"


def steps(amount: Fraction, each: Fraction, remainder: str) -> Fraction:
    """Return how many times `each` goes into `amount` (≥ 0): whole times, exact, or a part counted as a whole.

    >>> steps(Fraction(7), Fraction(2), "舍去"), steps(Fraction(7), Fraction(2), "进一")
    (Fraction(3, 1), Fraction(4, 1))
    """
    times = amount / each
    if remainder == EXACT:
        return times
    return Fraction(-(-times.numerator // times.denominator) if remainder == UP else times.__floor__())


@dataclass(frozen=True, slots=True)
class Fixed:
    """每次: the same points for each event, whatever it measures. 三案 × −2 = −6."""

    each: Fraction
    exact: ClassVar[bool] = True

    def points(self, amount: Fraction) -> Fraction | None:
        """Return the points of one event."""
        return self.each

    def refusal(self, amount: Fraction) -> str:
        """Never asked: each event has its points."""
        return ""

    def __str__(self) -> str:
        return f"每次 {number_text(self.each)} 分"


@dataclass(frozen=True, slots=True)
class AsWritten:
    """按列取值: the amount is the points; `sign` −1 where the column holds deductions as positive numbers.

    扣分 2.5 → −2.5. A column over `most` (or under `least`) is refused.
    """

    sign: int
    least: Fraction | None = None
    most: Fraction | None = None
    exact: ClassVar[bool] = True

    def points(self, amount: Fraction) -> Fraction | None:
        """Return the points written."""
        inside = (self.least is None or amount >= self.least) and (self.most is None or amount <= self.most)
        return amount * self.sign if inside else None

    def refusal(self, amount: Fraction) -> str:
        """Say which bounds the column overstepped."""
        return f"写的分值 {number_text(amount)} 不在方案规定的范围内（{Interval(self.least, self.most, True, True)}）"

    def __str__(self) -> str:
        return f"按所填分值{'扣' if self.sign < 0 else '加'}分"


@dataclass(frozen=True, slots=True)
class ByAmount:
    """按数量: so many points for every `each` of the amount. 迟报 7 天，每 2 天 −1，余数舍去 → −3."""

    each: Fraction
    value: Fraction
    remainder: str = DROP

    @property
    def exact(self) -> bool:
        """Whether only whole steps count, so that no endless decimal can come out."""
        return self.remainder != EXACT

    def points(self, amount: Fraction) -> Fraction | None:
        """Return the points for an amount; of a negative amount (fewer than before) the opposite ones."""
        sign = -1 if amount < 0 else 1
        return self.value * sign * steps(abs(amount), self.each, self.remainder)

    def refusal(self, amount: Fraction) -> str:
        """Never asked: every amount has points."""
        return ""

    def __str__(self) -> str:
        return f"每 {number_text(self.each)} 计 {number_text(self.value)} 分{_left(self.remainder)}"


@dataclass(frozen=True, slots=True)
class Slope:
    """斜率: nothing up to a threshold, then so many points for every step beyond it.

    低于 90% 每 1% 扣 0.5: 87.5% lacks 2.5 steps → 舍去 −1, 按比例 −1.25, 进一 −1.5.
    """

    threshold: Fraction
    side: str
    each: Fraction
    value: Fraction
    remainder: str = DROP
    start: Fraction = Fraction(0)
    """Points at the threshold and on its other side."""

    @property
    def exact(self) -> bool:
        """Whether only whole steps count."""
        return self.remainder != EXACT

    def points(self, amount: Fraction) -> Fraction | None:
        """Return the points for an amount."""
        beyond = self.threshold - amount if self.side == BELOW else amount - self.threshold
        return self.start + self.value * steps(max(beyond, Fraction(0)), self.each, self.remainder)

    def refusal(self, amount: Fraction) -> str:
        """Never asked: every amount has points."""
        return ""

    def __str__(self) -> str:
        begin = f"{number_text(self.start)} 分起，" if self.start else ""
        step = f"每 {number_text(self.each)} 计 {number_text(self.value)} 分"
        return f"{begin}{self.side} {number_text(self.threshold)} 后{step}{_left(self.remainder)}"


@dataclass(frozen=True, slots=True)
class Bands:
    """分档: the points of the band that holds the amount; `rest` for what none holds, None: it is not counted.

    至少 90% → 10，至少 80% 低于 90% → 8，低于 80% → 0: 0.8 is 8, 0.7999 is 0.
    """

    bands: tuple[tuple[Interval, Fraction], ...]
    rest: Fraction | None = None
    exact: ClassVar[bool] = True

    def points(self, amount: Fraction) -> Fraction | None:
        """Return the points of the first band that holds the amount."""
        return next((points for band, points in self.bands if amount in band), self.rest)

    def refusal(self, amount: Fraction) -> str:
        """Say that no band holds the amount."""
        return f"数量 {number_text(amount)} 不在任何一档"

    def __str__(self) -> str:
        told = "；".join(f"{band}：{number_text(points)} 分" for band, points in self.bands)
        return told + (f"；其余 {number_text(self.rest)} 分" if self.rest is not None else "")


def wants_more(value: "Worth | None") -> bool:
    """Say whether a smaller amount is worth less: 低于 3 次每次扣分, or a band for little with fewer points."""
    if isinstance(value, Slope):
        return value.side == BELOW and value.value < 0
    if not isinstance(value, Bands):
        return False
    steps = sorted(value.bands, key=lambda band: (band[0].low is not None, band[0].low or 0))
    return any(high > low for (_, low), (_, high) in pairwise(steps))


@dataclass(frozen=True, slots=True)
class Ladder:
    """次第: the first event within the window has the first points, the next the next, all later ones the last.

    −1、−2、−3: four events → −1 − 2 − 3 − 3 = −9. The amount is the event's place in the window, from 1.
    """

    values: tuple[Fraction, ...]
    exact: ClassVar[bool] = True

    def points(self, amount: Fraction) -> Fraction | None:
        """Return the points of the `amount`-th event."""
        return self.values[min(int(amount), len(self.values)) - 1]

    def refusal(self, amount: Fraction) -> str:
        """Never asked: the last value goes on."""
        return ""

    def __str__(self) -> str:
        return f"依次 {'、'.join(number_text(each) for each in self.values)} 分"


@dataclass(frozen=True, slots=True)
class Range:
    """区间待定: a named person decides points between `low` and `high`; what nobody decided does not count."""

    low: Fraction
    high: Fraction
    field: str = ""
    """The column of the row itself that holds the decision; "": the table 认定."""
    exact: ClassVar[bool] = True

    def points(self, amount: Fraction) -> Fraction | None:
        """Return the points decided, None when they lie outside the range."""
        return amount if self.low <= amount <= self.high else None

    def refusal(self, amount: Fraction) -> str:
        """Say that the decision oversteps the range."""
        return f"认定的 {number_text(amount)} 分不在 {number_text(self.low)} 至 {number_text(self.high)} 分之间"

    def __str__(self) -> str:
        return f"{number_text(self.low)} 至 {number_text(self.high)} 分，由人认定"


Worth = Fixed | AsWritten | ByAmount | Slope | Bands | Ladder | Range


def _left(remainder: str) -> str:
    return "" if remainder == DROP else f"（不足一份{remainder}）"


JOINT: Final = "＋"
"""Joins two words of a multiplier that looks at two fields."""


@dataclass(frozen=True, slots=True)
class Multiplier:
    """倍数: points × the factor of the row's word in `field`; `other` for words that are not listed.

    {主办: 1, 协办: 0.5} on −2 for 协办 → −1. Several multipliers multiply.
    """

    field: str
    factors: tuple[tuple[str, Fraction], ...]
    other: Fraction = Fraction(1)
    second: str = ""
    """再按: a second field; then `factors` are those of `word＋word`."""

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields that are looked at."""
        return (self.field, self.second) if self.second else (self.field,)

    def of(self, word: str, other: str = "") -> Fraction:
        """Return the factor of a word, or of a word and that of the second field.

        >>> Multiplier("级别", (("省＋一等奖", Fraction(6)),), Fraction(0), "等第").of("省", "一等奖")
        Fraction(6, 1)
        """
        return dict(self.factors).get(f"{word}{JOINT}{other}" if self.second else word, self.other)

    def __str__(self) -> str:
        told = "、".join(f"{word} ×{number_text(factor)}" for word, factor in self.factors)
        told += f"、其他 ×{number_text(self.other)}" if self.other != 1 else ""
        return f"按“{'”“'.join(self.fields)}”{told}"
