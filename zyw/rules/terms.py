"""Time in a scheme: values that change from a day on, effects and windows of so many months, readings left open."""

import calendar
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Generic, TypeVar

from zyw.periods import add_months, assessed_period

Value = TypeVar("Value")
REPEALED: Final = "废止"


@dataclass(frozen=True, slots=True)
class Note:
    """A reading that a document leaves open (方案未定), carried by every result that rests on it.

    `about` is the rule or the 处理方式 it belongs to, "" when it concerns the scheme as a whole.
    """

    clause: str
    text: str
    about: str = ""
    everywhere: bool = False
    """It is about how all scores add up or are placed (项目, 限额, 测评, 排名): every result rests on it."""

    def concerns(self, names: Collection[str]) -> bool:
        """Say whether a result that rests on these rules and measures rests on this reading.

        What limits and joint liability book stands under the rule's name too (封顶：迟报).
        """
        return not self.about or any(name == self.about or name.endswith(f"：{self.about}") for name in names)


@dataclass(frozen=True, slots=True)
class Dated(Generic[Value]):
    """A value that changes with time: from `starts[i]` (None: always) `values[i]` applies, None when repealed (废止).

    The newest value that starts at or before the event's day is in force; before the first none is.
    """

    starts: tuple[date | None, ...]
    values: tuple[Value | None, ...]

    def on(self, day: date) -> Value | None:
        """Return the value in force on `day`.

        >>> Dated((None, date(2013, 1, 1)), (-2, -3)).on(date(2012, 12, 31))
        -2
        """
        found = None
        for start, value in zip(self.starts, self.values, strict=True):
            if start is None or start <= day:
                found = value
        return found

    @property
    def every(self) -> tuple[Value, ...]:
        """Every value that is in force some day."""
        return tuple(value for value in self.values if value is not None)

    def told(self, say: Callable[[Value], str] = str) -> str:
        """Return the values as text: `自 2012-01-01 起 -2；自 2013-01-01 起 废止`."""
        texts = (REPEALED if value is None else say(value) for value in self.values)
        return "；".join(f"自 {s} 起 {t}" if s else t for s, t in zip(self.starts, texts, strict=True))


def always(value: Value) -> Dated[Value]:
    """Return a value that holds on every day."""
    return Dated((None,), (value,))


CALENDAR_YEAR: Final = "当年"
SCHOOL_YEAR: Final = "当学年"
QUARTER: Final = "当季"
MONTH: Final = "当月"
PERIOD: Final = "考核期"
_SPANS: Final = {QUARTER: 3, MONTH: 1}


@dataclass(frozen=True, slots=True)
class Term:
    """How long something lasts: so many `months` from a day, or (0) the `span` of the calendar that holds the day.

    考核期, the run's own, is no span of the calendar: who evaluates it knows its days.
    """

    months: int = 0
    span: str = CALENDAR_YEAR

    def effect(self, day: date) -> tuple[date, date]:
        """Return the first and the last day of an effect that a decision of `day` has.

        >>> Term(12).effect(date(2012, 4, 2))
        (datetime.date(2012, 4, 2), datetime.date(2013, 4, 1))
        >>> Term().effect(date(2012, 4, 2))
        (datetime.date(2012, 1, 1), datetime.date(2012, 12, 31))
        """
        if not self.months:
            return self.bounds(day)
        return day, add_months(day, self.months) - timedelta(days=1)

    def bounds(self, day: date) -> tuple[date, date]:
        """Return the first and last day of the calendar's span that holds `day`.

        >>> Term(0, "当季").bounds(date(2012, 5, 3))
        (datetime.date(2012, 4, 1), datetime.date(2012, 6, 30))
        """
        if self.span in _SPANS:
            length = _SPANS[self.span]
            first = date(day.year, (day.month - 1) // length * length + 1, 1)
            last = add_months(first, length - 1)
            return first, date(last.year, last.month, calendar.monthrange(last.year, last.month)[1])
        year = assessed_period(day, "学年" if self.span == SCHOOL_YEAR else "自然年")
        return year.start, year.end

    def window_end(self, day: date) -> date:
        """Return the last day on which a later event still cumulates with one of `day`.

        Exactly twelve months later is still within the year: 2012-03-05 reaches to 2013-03-05.
        """
        return add_months(day, self.months) if self.months else self.bounds(day)[1]

    def __str__(self) -> str:
        return f"{self.months}个月" if self.months else self.span
