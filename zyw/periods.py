"""Spans of days: the period that is scored, the month that is reported, months added to a date.

Design §6: a period shorter than the scheme's 考核期 is a *reporting* period; the score then runs from the start
of the 考核期 to the period's end. Months are always added to the anchor (01-31 + 1 month = 02-29,
+ 2 months = 03-31; failures.md T22).
"""

import calendar
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """Days from `start` to `end`, both included."""

    start: date
    end: date

    def __contains__(self, day: date) -> bool:
        return self.start <= day <= self.end

    def overlaps(self, start: date, end: date | None) -> bool:
        """Say whether the days from `start` to `end` (None: without end) touch this period."""
        return start <= self.end and (end is None or end >= self.start)

    @property
    def days(self) -> int:
        """How many days the period has."""
        return (self.end - self.start).days + 1


@dataclass(frozen=True, slots=True)
class Span:
    """What a run is about: `period` is scored, `reporting` (a part of it, or None) is what papers count."""

    period: Period
    reporting: Period | None
    as_of: date

    @property
    def shown(self) -> Period:
        """The days whose counts a paper states: the reporting period, else the whole."""
        return self.reporting or self.period


def add_months(day: date, months: int) -> date:
    """Return the same day `months` later, or that month's last day.

    >>> add_months(date(2012, 1, 31), 1), add_months(date(2012, 2, 29), 12)
    (datetime.date(2012, 2, 29), datetime.date(2013, 2, 28))
    """
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


def month_of(text: str) -> Period | None:
    """Return the month written `2012-03`, None when it is no month."""
    found = re.fullmatch(r"(\d{4})-(\d{1,2})", text)
    if not found or not 1 <= int(found[2]) <= 12 or int(found[1]) in (0, 9999):
        return None
    start = date(int(found[1]), int(found[2]), 1)
    return Period(start, add_months(start, 1) - timedelta(days=1))


def quarter_of(text: str) -> Period | None:
    """Return the quarter written `2012Q1`."""
    found = re.fullmatch(r"(\d{4})[Qq]([1-4])", text)
    if not found or int(found[1]) in (0, 9999):
        return None
    start = date(int(found[1]), int(found[2]) * 3 - 2, 1)
    return Period(start, add_months(start, 3) - timedelta(days=1))


def year_of(text: str) -> Period | None:
    """Return the calendar year written `2012`."""
    if not re.fullmatch(r"[1-9]\d{3}", text):
        return None
    return Period(date(int(text), 1, 1), date(int(text), 12, 31))


def school_year_of(text: str) -> Period | None:
    """Return the school year that starts on 1 September of the year written `2011`."""
    if not re.fullmatch(r"[1-9]\d{3}", text) or text == "9999":
        return None
    return Period(date(int(text), 9, 1), date(int(text) + 1, 8, 31))


CYCLES: Final[Mapping[str, int]] = {"自然年": 12, "学年": 12, "季度": 3, "月": 1}
"""The kinds of 考核期, each with its months."""


def assessed_period(day: date, kind: str) -> Period:
    """Return the 考核期 of `kind` (one of `CYCLES`) that holds `day`.

    >>> assessed_period(date(2012, 5, 3), "季度")
    Period(start=datetime.date(2012, 4, 1), end=datetime.date(2012, 6, 30))
    """
    months = CYCLES[kind]
    if months < 12:
        start = date(day.year, (day.month - 1) // months * months + 1, 1)
        last = add_months(start, months - 1)
        return Period(start, date(last.year, last.month, calendar.monthrange(last.year, last.month)[1]))
    if kind == "学年":
        first = day.year if day.month >= 9 else day.year - 1
        return Period(date(first, 9, 1), date(first + 1, 8, 31))
    return Period(date(day.year, 1, 1), date(day.year, 12, 31))
