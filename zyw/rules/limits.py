"""How far: caps and floors of a rule or of several rules together, highest only, and one fact not punished twice."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from zyw.rules.intervals import number_text
from zyw.rules.terms import Dated

PER: Final = ("单位", "个人", "案件", "日", "月", "季度")
"""What a limit is counted for; all of them inside a unit and inside the scored period."""


@dataclass(frozen=True, slots=True)
class Limit:
    """封顶、保底: within each `per`, deductions come to at most `off`, gains to at most `gain`.

    `least_off`: where anything is deducted, at least so much. 扣分封顶 5，扣 −2 −2 −2 → 一行 +1，合计 −5.
    """

    per: str = "单位"
    off: Fraction | None = None
    gain: Fraction | None = None
    least_off: Fraction | None = None

    def bounded(self, total: Fraction) -> Fraction:
        """Return what a sum becomes under the limit.

        >>> Limit(off=Fraction(5)).bounded(Fraction(-6)), Limit(gain=Fraction(3)).bounded(Fraction(2))
        (Fraction(-5, 1), Fraction(2, 1))
        """
        if self.off is not None:
            total = max(total, -self.off)
        if self.gain is not None:
            total = min(total, self.gain)
        if self.least_off is not None and total < 0:
            total = min(total, -self.least_off)
        return total

    def __str__(self) -> str:
        told = [
            f"{word} {number_text(value)} 分"
            for word, value in (("最多扣", self.off), ("最多加", self.gain), ("最少扣", self.least_off))
            if value is not None
        ]
        return f"每{self.per}{'，'.join(told)}"


@dataclass(frozen=True, slots=True)
class Together:
    """限额: rules that share limits, or of which only the highest counts for one fact (`highest` names for what)."""

    name: str
    clause: str
    rules: tuple[str, ...]
    limits: Dated[tuple[Limit, ...]] | None = None
    highest: str = ""

    def __str__(self) -> str:
        told = [f"同一{self.highest}只计最高"] if self.highest else []
        limits = [self.limits.told(lambda found: "；".join(map(str, found)))] if self.limits else []
        return f"{'、'.join(self.rules)}合计：{'；'.join([*limits, *told])}"
