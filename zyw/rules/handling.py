"""How issues are handled (办理): states and moves, deadlines, warnings, extensions, closing, reopening, recurrence.

Records only. Each says the clause it rests on; what a document leaves open stands as a `Note` in `Handling.notes`.
"""

from dataclasses import dataclass, field
from fractions import Fraction
from typing import Final

from zyw.deadlines import Within
from zyw.rules.amounts import NATURAL, WORKING
from zyw.rules.conditions import Condition
from zyw.rules.intervals import Interval
from zyw.rules.terms import Note, Term

OPEN, DONE, CLOSED, REOPENED = "在办", "完成", "销号", "重开"
STAGES: Final = (OPEN, DONE, CLOSED, REOPENED)
"""What a state of the scheme amounts to."""
COLOURS: Final = ("绿", "蓝", "黄", "橙", "红")
"""Colours of warnings, the mildest first."""
FOUND: Final = "发现日"


@dataclass(frozen=True, slots=True)
class State:
    """One state of an issue: how ledgers write it, what it amounts to, and the states it may move to (() any)."""

    name: str
    clause: str
    stage: str = OPEN
    words: tuple[str, ...] = ()
    moves: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TimeLimit:
    """The deadline of issues that name none: `within` of the day in `start`, for rows that meet `conditions`."""

    clause: str
    within: Within
    conditions: tuple[Condition, ...] = ()
    start: str = FOUND

    def __str__(self) -> str:
        which = "，".join(map(str, self.conditions))
        return f"{which + '：' if which else ''}{self.start}后 {self.within.text}"


@dataclass(frozen=True, slots=True)
class Alert:
    """A level of warning (预警), by how many days an issue is past its deadline (≤ 0: so many days before it)."""

    name: str
    colour: str
    clause: str
    days: Interval

    def __str__(self) -> str:
        return f"{self.colour}，逾期天数{self.days}"


@dataclass(frozen=True, slots=True)
class Closing:
    """One condition of closing (销号): rows that meet `conditions` must meet `needed` too."""

    name: str
    clause: str
    needed: tuple[Condition, ...]
    conditions: tuple[Condition, ...] = ()

    def __str__(self) -> str:
        which = "，".join(map(str, self.conditions))
        return f"{which + '的，' if which else ''}须{'，'.join(map(str, self.needed))}"


@dataclass(frozen=True, slots=True)
class Extension:
    """When an extension (延期) counts, besides a reason and an approver who is not the one who asked.

    At most `most` times (None: any number), not longer than `longest` after the former deadline.
    """

    clause: str = ""
    most: int | None = None
    longest: Within | None = None


@dataclass(frozen=True, slots=True)
class Recurrence:
    """When an issue is a former one come back: the same unit, equal in `fields`, within `window` of its closing."""

    clause: str
    fields: tuple[str, ...]
    window: Term

    def __str__(self) -> str:
        return f"同一单位{'、'.join(self.fields)}相同，完成后 {self.window}内又发现"


@dataclass(frozen=True, slots=True)
class Handling:
    """The life of an issue by a scheme.

    `soon`: so many days before its deadline an issue is listed as due soon. `days_kind`: 自然日 or 工作日, by which
    days before and after deadlines are counted. `rolls`: a period that ends on a day off ends on the next working day
    (民法典第二百零三条). `last_day_counts`: of `12月31日前` the 31st is still in time. `stated`: a scheme says it.
    """

    states: tuple[State, ...] = ()
    limits: tuple[TimeLimit, ...] = ()
    soon: int = 7
    alerts: tuple[Alert, ...] = ()
    closing: tuple[Closing, ...] = ()
    extension: Extension = field(default_factory=Extension)
    reopened: TimeLimit | None = None
    recurrence: Recurrence | None = None
    days_kind: str = NATURAL
    rolls: bool = False
    last_day_counts: bool = True
    notes: tuple[Note, ...] = ()
    stated: bool = False

    @property
    def by_working_days(self) -> bool:
        """Whether days before and after deadlines are working days."""
        return self.days_kind == WORKING

    def alert(self, days: int) -> Alert | None:
        """Return the level of an issue that is `days` past its deadline."""
        return next((each for each in self.alerts if Fraction(days) in each.days), None)


_USUAL: Final = "通行做法"
USUAL_CLOSING: Final = (
    Closing("问题核实清楚", _USUAL, (Condition("核实", frozenset({"", "否"}), negated=True),)),
    Closing("整改措施落实", _USUAL, (Condition("整改", frozenset({"完成"})),)),
    Closing("违规违纪处理到位", _USUAL, (Condition("追责", frozenset({"没有追责"}), negated=True),), (
        Condition("当事人", filled=True),)),
    Closing("反映人得到答复", _USUAL, (Condition("答复", filled=True),)),
)  # fmt: skip
"""四不放过: an issue is not let go before it is verified, put right, breaches dealt with, and an answer given."""
USUAL_ALERTS: Final = (
    Alert("蓝色预警", "蓝", _USUAL, Interval(Fraction(1), Fraction(7), high_in=True)),
    Alert("黄色预警", "黄", _USUAL, Interval(Fraction(8), Fraction(30), high_in=True)),
    Alert("红色预警", "红", _USUAL, Interval(Fraction(31))),
)
USUAL: Final = Handling(alerts=USUAL_ALERTS, closing=USUAL_CLOSING)
"""What is usual where no scheme says anything: zyw's own reading, told with every result."""
