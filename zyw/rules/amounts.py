"""How much of it: what is measured on each event (数量) before a value turns it into points.

Each record names what is measured; `zyw.ruling` does the measuring. Without any an event measures 1.
"""

from dataclasses import dataclass
from typing import Final

from zyw.rules.conditions import Condition

NATURAL, WORKING = "自然日", "工作日"
SKIP, ZERO, FULL = "不计", "零", "一"
ZERO_ANSWERS: Final = (SKIP, ZERO, FULL)
"""What a rate is where nothing was to be done: the rule does not apply, 0, or 1."""


@dataclass(frozen=True, slots=True)
class Once:
    """Each event measures 1; a unit, month or quarter measures how many rows it has (0 too)."""

    whole: bool = True

    def __str__(self) -> str:
        return ""


@dataclass(frozen=True, slots=True)
class Column:
    """The number in a column, summed where several rows make one event: 人次 12 and 8 → 20."""

    field: str
    whole: bool = False

    def __str__(self) -> str:
        return f"按“{self.field}”"


@dataclass(frozen=True, slots=True)
class DefaultDue:
    """The deadline of a row that names none: so many days after another day of the row."""

    start: str
    days: int

    def __str__(self) -> str:
        return f"{self.start}后 {self.days} 天"


@dataclass(frozen=True, slots=True)
class DaysLate:
    """How many days `end` (still blank: the day of the run) lies after `start`, 0 when it does not.

    自然日: 2012-03-12 due, handed in on 03-15 → 3. 工作日: the days that were worked among them (03-13 … 03-15 → 3).
    """

    start: str
    end: str
    calendar: str = NATURAL
    default: DefaultDue | None = None
    whole: bool = True

    def __str__(self) -> str:
        due = f"，没有写的按{self.default}" if self.default else ""
        return f"按“{self.end}”晚于“{self.start}”的{self.calendar}天数{due}"


@dataclass(frozen=True, slots=True)
class Ratio:
    """Rows (or the sum of a column) that meet `numerator` ÷ those that meet `denominator`, an exact fraction of 1.

    Rows that meet `excluded` are in neither; `zero` says what a rate with nothing below it is. 45 of 60 → 3/4.
    """

    numerator: tuple[Condition, ...]
    denominator: tuple[Condition, ...] = ()
    excluded: tuple[Condition, ...] = ()
    over: str = ""
    under: str = ""
    zero: str = SKIP
    whole: bool = False

    def __str__(self) -> str:
        top = "，".join(str(each) for each in self.numerator) or self.over or "全部"
        below = "，".join(str(each) for each in self.denominator) or self.under or "全部"
        less = f"，剔除{'，'.join(str(each) for each in self.excluded)}" if self.excluded else ""
        return f"比率 {top} ÷ {below}{less}（分母为零：{self.zero}）"


@dataclass(frozen=True, slots=True)
class PerHead:
    """Rows (or the sum of a column) for every `per` persons of the unit's 在职人数: 3 rows, 60 persons, per 100 → 5."""

    per: int
    field: str = ""
    whole: bool = False

    def __str__(self) -> str:
        return f"每 {self.per} 人的{f'“{self.field}”' if self.field else '次数'}"


@dataclass(frozen=True, slots=True)
class Change:
    """Rows (or the sum of a column) of a month, quarter or 考核期 less those of the one before: 5 after 3 → 2.

    `year`: less those of the same month or quarter a year before. `share`: as a part of the earlier: 2 ÷ 3; where there
    was nothing earlier there is nothing to compare with.
    """

    field: str = ""
    year: bool = False
    share: bool = False
    whole: bool = False

    def __str__(self) -> str:
        what = f"“{self.field}”" if self.field else "次数"
        return f"{what}比{'上年同期' if self.year else '上一期'}增加的{'比例' if self.share else ''}"


@dataclass(frozen=True, slots=True)
class Average:
    """The mean of a column; `trimmed`: without one highest and one lowest, where there are three. 90, 84 → 87."""

    field: str
    trimmed: bool = False
    whole: bool = False

    def __str__(self) -> str:
        return f"“{self.field}”的平均{'（去掉一个最高、一个最低）' if self.trimmed else ''}"


@dataclass(frozen=True, slots=True)
class Difference:
    """The number in one column less that in another, each summed over the rows of an event: 目标 8, 完成 5 → 3."""

    field: str
    less: str
    whole: bool = False

    def __str__(self) -> str:
        return f"“{self.field}”减“{self.less}”"


Amount = Once | Column | DaysLate | Ratio | PerHead | Change | Average | Difference
