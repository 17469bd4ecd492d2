"""The tree of items (项目): full marks, base, floor, cap, weight, and what happens where an item does not apply."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from zyw.rules.intervals import number_text
from zyw.rules.terms import Dated

SHARE_OUT, NOTHING, UNRANKED = "重分权重", "记零", "不排名"
ABSENT: Final = (SHARE_OUT, NOTHING, UNRANKED)
"""What an item is worth to a unit it does not apply to or has no data for: its weight goes to its sisters; 0; or the
unit is not ranked."""


@dataclass(frozen=True, slots=True)
class Item:
    """One item: `base` points to start from, kept between `floor` and `cap`, × `weight` into `parent` ("" the total).

    基础分 100、权重 30%，扣 15 → 85 × 0.3 = 25.5. `spill`: what the floor or cap cuts off is taken from (or given to)
    the parent instead. `cycle` "" is the scheme's own; an item of the 学年 in a scheme of the calendar year counts the
    school year that ended last. `kinds` are the 学段 it applies to; `needed` the tables without which it is absent.
    """

    name: str
    clause: str
    parent: str = ""
    base: Fraction = Fraction(0)
    floor: Dated[Fraction] | None = None
    cap: Dated[Fraction] | None = None
    weight: Fraction = Fraction(1)
    spill: bool = False
    cycle: str = ""
    kinds: tuple[str, ...] = ()
    needed: tuple[str, ...] = ()
    absent: str = NOTHING
    places: int | None = None

    def __str__(self) -> str:
        told = [f"在“{self.parent}”下"] if self.parent else []
        told += [f"基础分 {number_text(self.base)}"]
        told += [f"权重 {number_text(self.weight * 100)}%"] if self.weight != 1 else []
        told += [f"保底 {self.floor.told(number_text)}"] if self.floor is not None else []
        told += [f"封顶 {self.cap.told(number_text)}"] if self.cap is not None else []
        told += [f"考核期 {self.cycle}"] if self.cycle else []
        told += [f"只用于{'、'.join(self.kinds)}"] if self.kinds else []
        told += ["超出封顶保底的计入上级"] if self.spill else []
        return "，".join(told)


@dataclass(frozen=True, slots=True)
class Total:
    """The bounds of the total (总分) and the decimals it is rounded to; both values are kept, the difference a row."""

    floor: Dated[Fraction] | None = None
    cap: Dated[Fraction] | None = None
    places: int | None = None
