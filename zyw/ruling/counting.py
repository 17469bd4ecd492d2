"""What counts once: rows or cases folded as a rule says, or one event a unit, month or quarter.

A fold's day is its earliest row's, its person that row's where all rows have the same. 案件 are folded already.
"""

from datetime import timedelta
from typing import Final

import numpy as np

from zyw.periods import Period
from zyw.rowset import Days, Ints, Mask, RowSet, Texts, objects, paired
from zyw.rules import CASE, Rule
from zyw.rules.rule import BATCH, DAY, MONTH, PERSON_ONCE, QUARTER, ROW, SUMMED, WHOLE_UNIT
from zyw.ruling.events import COLUMNS, Counted, Events, ends_of
from zyw.ruling.run import Run
from zyw.sanctions.grouping import run_starts

_SINGLE: Final = frozenset({ROW, CASE})
_MONTHS: Final = {MONTH: 1, QUARTER: 3}


def counted(run: Run, rule: Rule, events: Events, where: Mask, days: Days) -> Counted:
    """Return what the rows of a mask count as; `days` dates each row as the rule says."""
    at = np.flatnonzero(where)
    if rule.counted in SUMMED:
        return _by_unit(run, rule, events, _once(events, at), days)
    if rule.counted == ROW and events.written is not None:
        return _folded(events, at, days, paired(events.rows["unit_at"][at], events.written[at]))
    if rule.counted in _SINGLE:
        rows = events.rows.take(at, COLUMNS)
        rows["day"] = days[at]
        return Counted(rows, at, np.arange(len(at)))
    return _folded(events, at, days, _key(rule, events, at, days))


def _once(events: Events, at: Ints) -> Ints:
    """Return each row of the ledger once in each unit, where one that names several people stands several times."""
    if events.written is None:
        return at
    _, first = np.unique(paired(events.rows["unit_at"][at], events.written[at]), return_index=True)
    return at[np.sort(first)]


def _key(rule: Rule, events: Events, at: Ints, days: Days) -> Ints:
    """Return equal numbers for rows that count once together: of one unit and one person, batch or day."""
    units = events.rows["unit_at"][at]
    if rule.counted == PERSON_ONCE:
        return paired(units, events.rows["person_at"][at])
    if rule.counted == DAY:
        whole = days[at].astype(np.int64)
        return paired(units, whole - whole.min(initial=0))
    assert rule.counted == BATCH, rule.counted
    return paired(units, events.facts.words(rule.batch).codes[at])


def _folded(events: Events, at: Ints, days: Days, key: Ints) -> Counted:
    order = np.lexsort((at, days[at], key))
    members = at[order]
    starts = run_starts(key[order])
    rows = events.rows.take(members[starts], COLUMNS)
    rows["day"] = days[members[starts]]
    persons = events.rows["name_at"][members]
    if len(starts):
        several = np.minimum.reduceat(persons, starts) != np.maximum.reduceat(persons, starts)
        rows["name_at"] = np.where(several, -1, rows["name_at"])
    rows["origins"] = joined(events.rows["origins"][members], starts)
    return Counted(rows, members, starts)


def joined(origins: Texts, starts: Ints) -> Texts:
    """Return the origins of each group of rows as one tuple, in ascending order, each once."""
    found = origins[starts]
    ends = ends_of(starts, len(origins))
    for at in np.flatnonzero(ends - starts > 1).tolist():
        found[at] = _union(origins[starts[at] : ends[at]])
    return found


def _union(origins: Texts) -> tuple[int, ...]:
    return tuple(sorted({origin for each in origins.tolist() for origin in each}))


def _by_unit(run: Run, rule: Rule, events: Events, at: Ints, days: Days) -> Counted:
    """Return an event for each unit the rule is for, each of its months or quarters, with the rows that fall in it."""
    parts = _parts(run, rule)
    ends = np.array([part.end for part in parts], dtype="datetime64[D]")
    units = np.flatnonzero(run.applies(rule.kinds))
    slot = (
        np.minimum(np.searchsorted(ends, days[at]), len(parts) - 1) if len(parts) > 1 else np.zeros(len(at), np.int64)
    )
    number = np.full(len(run.units), -1, dtype=np.int64)
    number[units] = np.arange(len(units))
    group = number[events.rows["unit_at"][at]] * len(parts) + slot
    order = np.lexsort((at, group))
    members = at[order]
    starts = np.searchsorted(group[order], np.arange(len(units) * len(parts)))
    size = len(units) * len(parts)
    last = np.minimum(np.tile(ends, len(units)), np.datetime64(run.span.as_of))
    rows = RowSet(
        {
            "unit_at": np.repeat(units, len(parts)),
            "name_at": np.full(size, -1, dtype=np.int64),
            "person_at": np.full(size, -1, dtype=np.int64),
            "day": last,
            "origins": _unit_origins(run, events, members, starts, np.repeat(units, len(parts))),
        },
        size,
    )
    return Counted(rows, members, starts)


def _unit_origins(run: Run, events: Events, members: Ints, starts: Ints, units: Ints) -> Texts:
    """Return the rows behind each event; one that has none stands on the unit's line of the roster."""
    found = objects([(unit.origin,) if unit and unit.origin >= 0 else () for unit in run.roster])[units]
    ends = ends_of(starts, len(members))
    origins = events.rows["origins"][members]
    for at in np.flatnonzero(ends > starts).tolist():
        found[at] = _union(origins[starts[at] : ends[at]])
    return found


def _parts(run: Run, rule: Rule) -> list[Period]:
    """Return the spans that a rule counts: months, quarters, or the whole (with the one before, to compare with)."""
    whole, own = run.counting_period(rule), run.period_of(rule)
    if rule.counted == WHOLE_UNIT and whole.start < own.start:
        return [Period(whole.start, own.start - timedelta(days=1)), own]
    return spans(whole, _MONTHS.get(rule.counted, 0))


def spans(period: Period, months: int) -> list[Period]:
    """Return the calendar's months or quarters of a period that have ended with it or lie in it; 0 months: the whole.

    From 2012-01-01 to 2012-05-31: five months, two quarters (the second as far as 05-31).
    """
    if not months:
        return [period]
    first = np.datetime64(period.start, "M").astype(np.int64) // months * months
    last = np.datetime64(period.end, "M").astype(np.int64)
    found = []
    for month in range(int(first), int(last) + 1, months):
        start = np.datetime64(month, "M").astype("datetime64[D]").item()
        end = (np.datetime64(month + months, "M").astype("datetime64[D]") - np.timedelta64(1, "D")).item()
        found.append(Period(max(start, period.start), min(end, period.end)))
    return found
