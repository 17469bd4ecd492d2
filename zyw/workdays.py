"""Working days: not a weekend, not a legal holiday, and the make-up Saturdays and Sundays (全国年节及纪念日放假办法).

The table is `chinesecalendar`'s, from the State Council's yearly notices. A year it does not hold yet is counted by
weekends alone, and whoever asks is told which year that was.
"""

from datetime import date, timedelta
from functools import cache
from typing import Final

import numpy as np

from zyw.rowset import Days, Ints

_FIRST, _LAST = date(1990, 1, 1), date(2100, 12, 31)
_THURSDAY: Final = 3
"""1970-01-01, day 0 of numpy, was a Thursday; Monday is 0."""


@cache
def table_years() -> tuple[int, int]:
    """Return the first and the last year that the table of holidays holds."""
    from chinese_calendar.constants import holidays

    return min(holidays).year, max(holidays).year


@cache
def _days_off() -> Days:
    from chinese_calendar.constants import holidays, workdays

    days = np.arange(np.datetime64(_FIRST), np.datetime64(_LAST) + np.timedelta64(1, "D"))
    weekend = (days.astype(np.int64) + _THURSDAY) % 7 >= 5
    off = (weekend & ~np.isin(days, _array(workdays))) | np.isin(days, _array(holidays))
    return np.asarray(days[off], dtype="datetime64[D]")


def _array(days: dict[date, str]) -> Days:
    return np.array(sorted(days), dtype="datetime64[D]")


def working_days_between(starts: Days, ends: Days) -> tuple[Ints, tuple[int, ...]]:
    """Return how many working days lie after each start up to and with its end, and the years the table lacks.

    2012-03-09 (Friday) to 2012-03-12 (Monday) → 1. Days before 1990 or after 2100 all count as working days.
    """
    one = np.timedelta64(1, "D")
    found = np.busday_count(starts + one, ends + one, weekmask=[True] * 7, holidays=_days_off())
    years = {
        int(year) + 1970 for days in (starts, ends) for year in np.unique(days.astype("datetime64[Y]").astype(int))
    }
    first, last = table_years()
    return np.asarray(found, dtype=np.int64), tuple(sorted(year for year in years if not first <= year <= last))


def add_working_days(day: date, count: int) -> date:
    """Return the `count`-th working day after `day`.

    >>> add_working_days(date(2012, 3, 9), 1)
    datetime.date(2012, 3, 12)
    """
    found = np.busday_offset(
        np.datetime64(day + timedelta(days=1)), count - 1, roll="forward", weekmask=[True] * 7, holidays=_days_off()
    )
    moved = found.astype(object)
    assert isinstance(moved, date)
    return moved
