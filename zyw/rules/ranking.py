"""How units are placed: groups, ties, grades with quotas."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from zyw.rules.intervals import number_text
from zyw.rules.terms import Dated

SKIPPING, DENSE = "并列占位", "并列不占位"
TIES: Final = (SKIPPING, DENSE)
FEWER, ITEM, SATISFIED, HIGHER_GAIN = "扣分少", "项目", "满意率", "加分多"
SINGLE_RANKED, SINGLE_NOT = "照排", "不排名"


BY_POINTS, BY_AMOUNT = "分", "数量"
LOW_FIRST: Final = "低者在前"
HIGH_FIRST: Final = "高者在前"


@dataclass(frozen=True, slots=True)
class PlacedBy:
    """名次按: what a rule on 名次 places the units by, where it is not the score of all other rules.

    An `item`, or what a `rule` came to: its points, or (`what` 数量) the amount that it measured.
    收到信息 5、3、3 篇: 1、2、2.
    """

    item: str = ""
    rule: str = ""
    what: str = BY_AMOUNT
    low_first: bool = False

    def __str__(self) -> str:
        told = f"“{self.item}”的得分" if self.item else f"“{self.rule}”的{self.what}"
        return f"名次按{told}{'，低的在前' if self.low_first else ''}"


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
    least: Dated[Fraction] | None = None
    share: Fraction | None = None
    places: int | None = None
    remainder: str = "舍去"
    tied_in: bool = False
    fewest: Fraction | int = 0
    """至少占: at least this share of the group (a whole number: so many units) has this grade or a lower one."""

    def __str__(self) -> str:
        told = [f"至少 {self.least.told(number_text)} 分"] if self.least is not None else []
        told += [f"名额 {number_text(self.share * 100)}%"] if self.share is not None else []
        told += [f"名额 {self.places} 个"] if self.places is not None else []
        told += [f"本等次及以下至少占 {_share(self.fewest)}"] if self.fewest else []
        return "，".join(told) or "其余"

    def least_of(self, of: int) -> int:
        """Return how many of `of` units must have the grade or a lower one; a part of a unit as 余数 says.

        >>> Grade("不合格", "七", fewest=Fraction(1, 20)).least_of(50)
        2
        """
        if isinstance(self.fewest, int):
            return min(self.fewest, of)
        return _whole(self.fewest * of, self.remainder)

    def room(self, of: int) -> int | None:
        """Return how many of `of` units may have the grade, None without a quota.

        >>> Grade("优秀", "七", share=Fraction(1, 5)).room(12)
        2
        """
        if self.share is None:
            return self.places
        whole = _whole(self.share * of, self.remainder)
        return whole if self.places is None else min(whole, self.places)


def _whole(exact: Fraction, remainder: str) -> int:
    return exact.__ceil__() if remainder == "进一" else exact.__floor__()


def _share(share: Fraction | int) -> str:
    return f"{share} 个" if isinstance(share, int) else f"{number_text(share * 100)}%"


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
