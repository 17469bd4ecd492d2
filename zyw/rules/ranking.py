"""How units are placed: groups, ties, grades with quotas."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from zyw.points import number_text

SKIPPING, DENSE = "并列占位", "并列不占位"
TIES: Final = (SKIPPING, DENSE)
FEWER, ITEM, SATISFIED, HIGHER_GAIN = "扣分少", "项目", "满意率", "加分多"
SINGLE_RANKED, SINGLE_NOT = "照排", "不排名"


@dataclass(frozen=True, slots=True)
class Criterion:
    """One step of 同分先后: fewer deductions, more gains, a higher satisfied rate, or more points in `item`."""

    kind: str
    item: str = ""

    def __str__(self) -> str:
        return f"{self.kind}：{self.item}" if self.item else self.kind


@dataclass(frozen=True, slots=True)
class Grade:
    """等次: the best first; a unit needs `least` points, and there is room for `share` of the group (or `places`).

    优秀 至少 90、名额 20%: of 12 units 2 (舍去). `tied_in`: equal scores at the edge of a quota all get in, else none.
    """

    name: str
    clause: str
    least: Fraction | None = None
    share: Fraction | None = None
    places: int | None = None
    remainder: str = "舍去"
    tied_in: bool = False

    def __str__(self) -> str:
        told = [f"至少 {number_text(self.least)} 分"] if self.least is not None else []
        told += [f"名额 {number_text(self.share * 100)}%"] if self.share is not None else []
        told += [f"名额 {self.places} 个"] if self.places is not None else []
        return "，".join(told) or "其余"

    def room(self, of: int) -> int | None:
        """Return how many of `of` units may have the grade, None without a quota.

        >>> Grade("优秀", "七", share=Fraction(1, 5)).room(12)
        2
        """
        if self.share is None:
            return self.places
        exact = self.share * of
        whole = -(-exact.numerator // exact.denominator) if self.remainder == "进一" else exact.__floor__()
        return whole if self.places is None else min(whole, self.places)


@dataclass(frozen=True, slots=True)
class Ranking:
    """How units are ranked: inside `group`, ties as `ties`; a unit without data in `needed` is not ranked.

    `pools` joins kinds into one group (name → 学段); `pooled` ranks all units in one. `order` parts equal scores.
    `none`: why nobody is ranked at all ("": units are ranked).
    """

    group: str = "学段"
    ties: str = SKIPPING
    needed: tuple[str, ...] = ()
    order: tuple[Criterion, ...] = ()
    pools: tuple[tuple[str, tuple[str, ...]], ...] = ()
    single: str = SINGLE_RANKED
    grades: tuple[Grade, ...] = ()
    none: str = ""
