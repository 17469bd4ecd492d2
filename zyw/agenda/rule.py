"""Which period a run is about when nobody names one: the last one that was over on the day one stands."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Final

from zyw.options import Asked

LAST_MONTH: Final = "上月"


def _month(before: date) -> Asked:
    return Asked(month=f"{before:%Y-%m}")


def _quarter(day: date) -> Asked:
    return Asked(quarter=f"{day.year}Q{(day.month + 2) // 3}")


def _school_year(day: date) -> Asked:
    return Asked(school_year=str(day.year - (day.month < 9)))


_RULES: Final[Mapping[str, tuple[Callable[[date], date], Callable[[date], Asked]]]] = {
    LAST_MONTH: (lambda day: day.replace(day=1), _month),
    "上季度": (lambda day: day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1), _quarter),
    "上年": (lambda day: day.replace(month=1, day=1), lambda day: Asked(year=str(day.year))),
    "上学年": (lambda day: date(day.year - (day.month < 9), 9, 1), _school_year),
}
"""Rule → (first day of the period that `day` is in, the period that a day is in as somebody would type it)."""
RULES: Final = tuple(_RULES)


def last_period(rule: str, day: date) -> Asked:
    """Return the period before the one that `day` is in.

    >>> last_period("上月", date(2026, 11, 1)).month, last_period("上季度", date(2026, 1, 31)).quarter
    ('2026-10', '2025Q4')
    """
    first, named = _RULES[rule]
    return named(first(day) - timedelta(days=1))
