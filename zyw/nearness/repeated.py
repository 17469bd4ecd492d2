"""Counts that were not full (累计) and the next step of a row of steps (次第)."""

from collections.abc import Iterator, Sequence
from datetime import date
from fractions import Fraction
from typing import Any

import numpy as np

from zyw.nearness.record import Near, follows
from zyw.rowset import Days, Ints, RowSet
from zyw.rules import PERSON, UNIT, Fixed, Ladder, Rule, Term
from zyw.ruling.effects import window_end
from zyw.ruling.run import Run
from zyw.ruling.watch import Seen


def counts_away(run: Run, seen: Seen, unit: int) -> Iterator[Near]:
    """Tell of each owner in the unit whose events within the window are fewer than the rule wants.

    Only events that bear on the period: dated in it, or in a window that is still open on the day of the run.
    """
    rule = seen.rule
    counted = rule.cumulation
    assert counted is not None
    rows = seen.counted.rows
    for owner in _owners(rows, counted.target, unit):
        events = _events(rows, counted.target, owner)
        left = _left(seen, owner, events)
        best = _fullest(run, rule, rows["day"][left].astype("datetime64[D]"), counted.window)
        if best is None:
            continue
        first, last = best
        have, need = last - first + 1, counted.at_least.on(_day(rows["day"][left[last]]))
        if need is None or have >= need:
            continue
        person = _name(run, rows, left[first : last + 1], unit) if counted.target == PERSON else ""
        origins = tuple(sorted({origin for at in left[first : last + 1] for origin in rows["origins"][at]}))
        text = _lacking(run, rule, (have, need), rows["day"][left[first : last + 1]])
        yield Near(person, rule.id, rule.clause, "累计", Fraction(have), Fraction(need), text, origins)


def _lacking(run: Run, rule: Rule, counts: tuple[int, int], days: Days) -> str:
    assert rule.cumulation is not None
    have, need = counts
    told = "、".join(str(_day(day)) for day in days)
    until = _day(window_end(days[:1], rule.cumulation.window)[0])
    value = next((each.each for each in (rule.value.values if rule.value else ()) if isinstance(each, Fixed)), None)
    after = follows(rule, value)
    head = f"差 {need - have} 次未触发：{rule.cumulation}，已有 {have} 次（{told}）"
    if until < run.span.as_of:
        return f"{head}，到 {until} 为止没有凑满"
    return f"{head}；{until} 以前再有 {need - have} 次即触发" + (f"：{after}" if after else "")


def steps_ahead(run: Run, seen: Seen, unit: int) -> Iterator[Near]:
    """Tell what the next event would be worth, where it is worth more than the last one was."""
    rule, window = seen.rule, seen.rule.window
    values = rule.value.on(run.span.as_of) if rule.value else None
    if window is None or not isinstance(values, Ladder):
        return
    rows = seen.counted.rows
    for owner in _owners(rows, rule.window_of, unit):
        events = _events(rows, rule.window_of, owner)
        days = rows["day"][events].astype("datetime64[D]")
        live = events[window_end(days, window) >= np.datetime64(run.span.as_of)]
        have = len(live)
        now, following = values.points(Fraction(max(have, 1))), values.points(Fraction(have + 1))
        if not have or now == following:
            continue
        person = _name(run, rows, live, unit) if rule.window_of == PERSON else ""
        origins = tuple(sorted({origin for at in live for origin in rows["origins"][at]}))
        text = f"{window}内已有 {have} 次；再有 1 次（第 {have + 1} 次）是 {follows(rule, following)}"
        yield Near(person, rule.id, rule.clause, "次第", Fraction(have), Fraction(have + 1), text, origins)


def _owners(rows: RowSet, target: str, unit: int) -> list[int]:
    if target == UNIT:
        return [unit] if bool((rows["unit_at"] == unit).any()) else []
    mine = (rows["unit_at"] == unit) & (rows["name_at"] >= 0)
    return list(dict.fromkeys(rows["person_at"][mine].tolist()))


def _events(rows: RowSet, target: str, owner: int) -> Ints:
    """Return where an owner's events stand, by day."""
    at = np.flatnonzero(rows["unit_at" if target == UNIT else "person_at"] == owner)
    return at[np.argsort(rows["day"][at], kind="stable")]


def _left(seen: Seen, owner: int, events: Ints) -> Ints:
    """Return the events that no completed count has used up: with 满后重计 those after it, else none once it fired."""
    counted = seen.rule.cumulation
    assert counted is not None
    done = seen.valued.units.rows
    mine = done["unit_at" if counted.target == UNIT else "person_at"] == owner
    if not mine.any():
        return events
    if not counted.restart:
        return events[:0]
    last = done["day"][mine].max()
    return np.asarray(events[seen.counted.rows["day"][events] > last], dtype=np.int64)


def _fullest(run: Run, rule: Rule, days: Days, window: Term) -> tuple[int, int] | None:
    """Return first and last of the most events within one window (of equal ones the latest)."""
    if not len(days):
        return None
    ends = window_end(days, window)
    bearing = run.inside(days, run.period_of(rule)) | (ends >= np.datetime64(run.span.as_of))
    best: tuple[int, int] | None = None
    for last in np.flatnonzero(bearing).tolist():
        first = int(np.flatnonzero(ends >= days[last])[0])
        if best is None or last - first >= best[1] - best[0]:
            best = (first, last)
    return best


def _name(run: Run, rows: RowSet, at: Sequence[int] | Ints, unit: int) -> str:
    """Return the name under which the unit's own rows know a person."""
    for each in reversed(list(at)):
        if rows["unit_at"][each] == unit and rows["name_at"][each] >= 0:
            return run.people.names[int(rows["name_at"][each])]
    return run.people.names[int(rows["name_at"][list(at)[-1]])]


def _day(value: Any) -> date:
    found: date = np.datetime64(value, "D").item()
    return found
