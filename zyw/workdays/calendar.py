"""Counting days: so many working or natural days on, and the working days between two days."""

from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from typing import Final

import numpy as np

from zyw.rowset import Days, Ints
from zyw.workdays.table import Holidays, parse_holidays

_FIRST, _LAST = date(1990, 1, 1), date(2100, 12, 31)
_THURSDAY: Final = 3
"""1970-01-01, day 0 of numpy, was a Thursday; Monday is 0."""
_ONE: Final = np.timedelta64(1, "D")
_ALL_DAYS: Final = (True,) * 7


@dataclass(frozen=True)
class Calendar:
    """Which days are worked by a table of holidays; days before 1990 or after 2100 all count as worked."""

    holidays: Holidays

    def with_own(self, own: Holidays) -> "Calendar":
        """Return the calendar with an office's own days put over it."""
        return Calendar(self.holidays.with_own(own)) if own.off or own.on else self

    @cached_property
    def _off(self) -> Days:
        days = np.arange(np.datetime64(_FIRST), np.datetime64(_LAST) + _ONE)
        weekend = (days.astype(np.int64) + _THURSDAY) % 7 >= 5
        off = (weekend & ~np.isin(days, _array(self.holidays.on))) | np.isin(days, _array(self.holidays.off))
        return np.asarray(days[off], dtype="datetime64[D]")

    @cached_property
    def known(self) -> frozenset[int]:
        """The years whose holidays the table has."""
        return self.holidays.years

    def unknown(self, *days: Days) -> tuple[int, ...]:
        """Return the years of `days` that the table lacks, in order; NaT has none."""
        years = {
            int(year) + 1970
            for each in days
            for year in np.unique(each[~np.isnat(each)].astype("datetime64[Y]").astype(np.int64))
        }
        return tuple(sorted(years - self.known))

    def worked(self, days: Days) -> "np.ndarray[tuple[int], np.dtype[np.bool_]]":
        """Say which days are worked."""
        return ~np.isin(days.astype("datetime64[D]"), self._off)

    def between(self, starts: Days, ends: Days) -> Ints:
        """Return how many working days lie after each start up to and with its end; < 0 where the end is earlier.

        2012-03-09 (Friday) to 2012-03-12 (Monday) → 1, and back → −1.
        """
        starts, ends = starts.astype("datetime64[D]"), ends.astype("datetime64[D]")
        first, last = np.minimum(starts, ends), np.maximum(starts, ends)
        found = np.busday_count(first + _ONE, last + _ONE, weekmask=_ALL_DAYS, holidays=self._off)
        return np.asarray(np.where(starts <= ends, found, -found), dtype=np.int64)

    def after(self, days: Days, count: int) -> Days:
        """Return for each day the `count`-th working day after it.

        2012-03-09 (Friday), 1 → 2012-03-12; 2012-09-28 (Friday), 1 → 2012-09-29, a Saturday made up for 国庆.
        """
        found = np.busday_offset(
            days.astype("datetime64[D]") + _ONE, count - 1, roll="forward", weekmask=_ALL_DAYS, holidays=self._off
        )
        return np.asarray(found, dtype="datetime64[D]")

    def rolled(self, days: Days) -> Days:
        """Return each day, or the next worked one where it is off (民法典第二百零三条)."""
        found = np.busday_offset(
            days.astype("datetime64[D]"), 0, roll="forward", weekmask=_ALL_DAYS, holidays=self._off
        )
        return np.asarray(found, dtype="datetime64[D]")

    def day_after(self, day: date, count: int) -> date:
        """Return the `count`-th working day after one day.

        >>> shipped().day_after(date(2012, 3, 9), 1)
        datetime.date(2012, 3, 12)
        """
        return _day(self.after(np.array([day], dtype="datetime64[D]"), count))

    def rolled_day(self, day: date) -> date:
        """Return one day, or the next worked one.

        >>> shipped().rolled_day(date(2012, 4, 2))
        datetime.date(2012, 4, 5)
        """
        return _day(self.rolled(np.array([day], dtype="datetime64[D]")))


def _day(days: Days) -> date:
    found = days[0].astype(object)
    assert isinstance(found, date)
    return found


def _array(days: frozenset[date]) -> Days:
    return np.array(sorted(days), dtype="datetime64[D]")


@cache
def shipped() -> Calendar:
    """Return the calendar of the notices that zyw carries."""
    from zyw.workdays.notices import NOTICES

    holidays, problems = parse_holidays(NOTICES, "notices.py")
    assert not problems, problems
    return Calendar(holidays)
