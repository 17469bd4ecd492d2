"""Repeated events: the one that completes a count (累计), an event's place in a row (次第), events of a higher tier."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import numpy as np

from zyw.rowset import Days, Ints, Mask, RowSet, stacked
from zyw.rules import UNIT, Cumulation, Rule
from zyw.ruling.effects import window_end, window_start
from zyw.ruling.events import Counted, Events
from zyw.ruling.facts import Numbers
from zyw.ruling.worth import in_force, place_in_window


def completing(counted: Counted, cumulation: Cumulation) -> Counted:
    """Return the events that complete a count, each with the origins of all that make it up.

    Two cases of one person on 2012-03-05 and 2013-03-05 are within 12个月; on 2013-03-06 no more. With `restart` the
    1st to 3rd of five make one 三次, the 4th and 5th wait for a 6th; without, the 3rd, 4th and 5th each complete one.
    """
    needed = in_force_counts(cumulation, counted.rows["day"])
    done = [_completing(counted, cumulation, count, needed == count) for count in sorted(set(needed.tolist()) - {0})]
    if len(done) == 1:
        return done[0]
    return _side_by_side(done) if done else counted.take(np.zeros(len(counted), dtype=np.bool_))


def in_force_counts(cumulation: Cumulation, days: Days) -> Ints:
    """Return how many events complete a count that an event of each day may complete; 0: none does."""
    counts = np.array([0, *(value or 0 for value in cumulation.at_least.values)], dtype=np.int64)
    return counts[in_force(cumulation.at_least, days)]


def _side_by_side(done: Sequence[Counted]) -> Counted:
    members = np.concatenate([each.members for each in done])
    before = np.cumsum([0, *(len(each.members) for each in done)])
    starts = np.concatenate([each.starts + int(at) for each, at in zip(done, before[:-1], strict=True)])
    return Counted(stacked([each.rows for each in done]), members, starts)


def _completing(counted: Counted, cumulation: Cumulation, count: int, where: Mask) -> Counted:
    """Return the events among `where` that complete `count` events."""
    rows = counted.rows
    whole_unit = cumulation.target == UNIT
    owner = rows["unit_at"] if whole_unit else rows["person_at"]
    back = count - 1
    order = np.lexsort((counted.members[counted.starts], rows["name_at"], rows["unit_at"], rows["day"], owner))
    first, last = order[: max(len(order) - back, 0)], order[back:]
    days = rows["day"].astype("datetime64[D]")
    completes = (owner[first] == owner[last]) & (days[last] <= window_end(days[first], cumulation.window))
    ends = np.flatnonzero(completes & where[last])
    if cumulation.restart:
        ends = _apart(ends, back)
    found = counted.take(_mask(last[ends], len(counted)))
    place = {int(at): i for i, at in enumerate(np.flatnonzero(_mask(last[ends], len(counted))).tolist())}
    origins = found.rows["origins"]
    for end in ends.tolist():
        together = {origin for at in order[end : end + back + 1] for origin in rows["origins"][at]}
        origins[place[int(order[end + back])]] = tuple(sorted(together))
    if whole_unit:
        found.rows["name_at"] = np.full(len(found), -1, dtype=np.int64)
    return found


def _apart(ends: Ints, back: int) -> Ints:
    """Keep completions none of whose events made up an earlier one (events stand in one order)."""
    kept: list[int] = []
    for end in ends.tolist():
        if not kept or end > kept[-1] + back:
            kept.append(end)
    return np.array(kept, dtype=np.int64)


def _mask(where: Ints, size: int) -> Mask:
    found = np.zeros(size, dtype=np.bool_)
    found[where] = True
    return found


def places(rule: Rule, counted: Counted) -> Numbers:
    """Return the place of each event among those of its unit or person within the rule's window, from 1."""
    assert rule.window is not None
    rows = counted.rows
    owner = rows["unit_at"] if rule.window_of == UNIT else rows["person_at"]
    days = rows["day"].astype("datetime64[D]")
    order = np.lexsort((counted.members[counted.starts], rows["name_at"], days, owner))
    number = place_in_window(owner, days, window_start(days, rule.window), order)
    found, codes = np.unique(number, return_inverse=True)
    return Numbers(codes.astype(np.int64), [Fraction(int(each)) for each in found.tolist()])


def raised(events: Events, counted: Counted, order: int, since: int) -> Events:
    """Return the events with those of a higher tier behind them: same person, day and facts, the measure `order`.

    Rules from place `since` on see them.
    """
    rows = events.rows
    added = counted.rows.take(np.arange(len(counted)), tuple(rows.columns))
    facts = events.facts.higher(counted.first, order)
    columns: dict[str, Any] = {name: np.concatenate([rows[name], added[name]]) for name in rows.columns}
    seen = np.concatenate([events.since, np.full(len(added), since, dtype=np.int64)])
    return Events(events.table, RowSet(columns, len(rows) + len(added)), facts, seen)
