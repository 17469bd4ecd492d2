"""The deadline of each row that is in force on the day, and on what it rests.

What the ledger says comes first; a row that says nothing has the scheme's 时限; a reopened one whose deadline had
passed has 重开's; an extension that counts moves it. Found 2012-03-09, 15个工作日 → 2012-03-30.
"""

import re
from dataclasses import dataclass
from typing import Final

import numpy as np

from zyw.deadlines import Within, parse_deadline
from zyw.handling.records import BASES, Basis
from zyw.lifecycle import days
from zyw.rowset import Days, Ints, Mask, RowSet
from zyw.rules.handling import FOUND, Handling, TimeLimit
from zyw.ruling.effects import add_months_each
from zyw.ruling.facts import Facts
from zyw.ruling.matching import passing
from zyw.workdays.calendar import Calendar

TEXT: Final = "期限原文"
_BEFORE: Final = re.compile(r"前\W*$")
_ONE: Final = np.timedelta64(1, "D")


@dataclass(frozen=True, slots=True)
class Dues:
    """The deadline of each row (NaT: none), its `basis` as a place in `BASES`, and the years that the table lacks."""

    due: Days
    basis: Ints
    unknown: tuple[int, ...]

    def moved(self, where: Mask, due: Days, basis: Basis) -> "Dues":
        """Return the deadlines with those of some rows replaced."""
        code = BASES.index(basis)
        return Dues(np.where(where, due, self.due), np.where(where, code, self.basis), self.unknown)


class DueReader:
    """Counts periods by one calendar, by the scheme's rule for last days that are off."""

    def __init__(self, handling: Handling, calendar: Calendar) -> None:
        self.handling, self.calendar = handling, calendar
        self._asked: list[Days] = []

    @property
    def unknown(self) -> tuple[int, ...]:
        """The years whose holidays were asked for and are not known."""
        return self.calendar.unknown(*self._asked)

    def ends(self, within: Within, starts: Days) -> Days:
        """Return the last day of a period from each start (NaT stays), which is itself not counted."""
        found = np.full(len(starts), "NaT", dtype="datetime64[D]")
        known = ~np.isnat(starts)
        first = starts[known].astype("datetime64[D]")
        if within.working_days:
            found[known] = self.calendar.after(first, within.working_days)
            self._asked += [first, found]
            return found
        found[known] = add_months_each(first, within.months) + np.timedelta64(within.days, "D")
        if self.handling.rolls:
            self._asked.append(found)
            found[known] = self.calendar.rolled(found[known])
        return found

    def past(self, due: Days, on: np.datetime64) -> Ints:
        """Return by how many days each deadline has passed on the day, < 0 while it is to come; 0 for NaT."""
        known = ~np.isnat(due)
        found = np.zeros(len(due), dtype=np.int64)
        day = np.full(int(known.sum()), on, dtype="datetime64[D]")
        if self.handling.by_working_days:
            self._asked += [due[known], day]
            found[known] = self.calendar.between(due[known], day)
        else:
            found[known] = (day - due[known]).astype(np.int64)
        return found


def stated(rows: RowSet, reader: DueReader) -> Dues:
    """Return the deadlines that the rows themselves say."""
    due = days(rows, "期限").astype("datetime64[D]")
    handling = reader.handling
    if TEXT in rows and (handling.rolls or not handling.last_day_counts):
        due = due.copy()
        start = days(rows, FOUND).astype("datetime64[D]")
        texts = rows.coded(TEXT)
        for code, text in enumerate(texts.texts):
            where = (texts.codes == code) & ~np.isnat(due)
            if not handling.last_day_counts and _BEFORE.search(text):
                due[where] -= _ONE
            elif handling.rolls and isinstance(within := parse_deadline(text), Within):
                due[where] = reader.ends(within, start[where])
    basis = np.where(np.isnat(due), BASES.index(Basis.NONE), BASES.index(Basis.STATED))
    return Dues(due, basis.astype(np.int64), ())


def by_limits(dues: Dues, rows: RowSet, facts: Facts, reader: DueReader) -> Dues:
    """Give rows that say nothing of a deadline the scheme's; 立行立改 and the like say something."""
    silent = np.isnat(dues.due)
    if TEXT in rows:
        texts = rows.coded(TEXT)
        silent &= texts.mapped((not text for text in texts.texts), np.bool_)
    for limit in reader.handling.limits:
        where = silent & passing(facts, limit.conditions)
        found = _limited(limit, rows, where, reader)
        dues = dues.moved(where & ~np.isnat(found), found, Basis.DEFAULT)
        silent &= ~where
    return dues


def _limited(limit: TimeLimit, rows: RowSet, where: Mask, reader: DueReader) -> Days:
    start = np.where(where, days(rows, limit.start).astype("datetime64[D]"), np.datetime64("NaT", "D"))
    return reader.ends(limit.within, start)


def after_reopening(dues: Dues, rows: RowSet, reopened: Mask, reader: DueReader) -> Dues:
    """Give reopened rows whose deadline had passed the time that the scheme gives them."""
    limit = reader.handling.reopened
    again = days(rows, "重开日").astype("datetime64[D]")
    where = reopened & ~np.isnat(again) & ~(dues.due > again)
    if limit is None or not where.any():
        return dues
    found = reader.ends(limit.within, np.where(where, again, np.datetime64("NaT", "D")))
    return dues.moved(where, found, Basis.REOPENED)
