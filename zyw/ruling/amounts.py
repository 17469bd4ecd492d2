"""How much each event measures (数量), exactly, each distinct amount once."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Any, Final, assert_never

import numpy as np

from zyw.rowset import Days, Ints, Mask
from zyw.rules import Average, Change, Column, DaysLate, Difference, Once, PerHead, Ratio, Rule
from zyw.rules.amounts import FULL, NATURAL, ZERO
from zyw.rules.rule import MONTH, QUARTER
from zyw.ruling.events import Counted, Events, ends_of
from zyw.ruling.facts import Facts, Numbers
from zyw.ruling.matching import passing
from zyw.ruling.run import Run

_ONE: Final = Fraction(1)


def measured(run: Run, rule: Rule, events: Events, counted: Counted) -> Numbers:
    """Return the amount of each event; None where it has none (a blank cell, a rate over nothing)."""
    amount, facts = rule.amount, events.facts
    match amount:
        case Once():
            found = whole_numbers(counted.sizes) if rule.summed else Numbers(np.zeros(len(counted), np.int64), [_ONE])
        case Column(field=field):
            found = _column(facts, field, counted, summed=rule.summed)
        case DaysLate():
            found = _days_late(run, facts, amount, counted)
        case Ratio():
            found = _ratio(facts, amount, counted)
        case PerHead():
            found = _per_head(run, facts, amount, counted)
        case Change():
            found = _change(facts, rule, counted)
        case Difference():
            found = _difference(facts, amount, counted, summed=rule.summed)
        case Average():
            found = _average(facts, amount, counted)
        case _:
            assert_never(amount)
    return found


def numbered(values: Sequence[Fraction | None]) -> Numbers:
    """Return numbers as codes into the distinct ones."""
    places: dict[Fraction | None, int] = {}
    codes = [places.setdefault(value, len(places)) for value in values]
    return Numbers(np.array(codes, dtype=np.int64), list(places))


def whole_numbers(values: Ints) -> Numbers:
    """Return whole numbers, each distinct one made exact once."""
    found, codes = np.unique(values, return_inverse=True)
    return Numbers(codes.astype(np.int64), [Fraction(value) for value in found.tolist()])


def _summed(values: Ints, counted: Counted) -> Ints:
    """Return the sum of one number a member for each group; 0 for a group without members."""
    totals = np.concatenate(([0], np.cumsum(values)))
    ends = ends_of(counted.starts, len(counted.members))
    return np.asarray(totals[ends] - totals[counted.starts], dtype=np.int64)


def _column(facts: Facts, field: str, counted: Counted, *, summed: bool) -> Numbers:
    """Sum a column: a row that is blank there makes a single event None, and adds nothing to a unit's sum."""
    numbers = facts.numbers(field).take(counted.members)
    if len(counted.members) == len(counted) and not summed:
        return numbers
    return numbered(_sums(numbers, counted))


def _sums(numbers: Numbers, counted: Counted) -> list[Fraction]:
    """Return exact sums: whole numbers over one common denominator."""
    scale = 1
    for value in numbers.values:
        scale = scale if value is None or scale % value.denominator == 0 else scale * value.denominator
    whole = np.array([0 if v is None else int(v * scale) for v in numbers.values] or [0], dtype=object)
    if all(abs(value) < 2**31 for value in whole.tolist()):
        whole = whole.astype(np.int64)
    return [Fraction(int(total), scale) for total in _summed_any(whole[numbers.codes], counted)]


def _summed_any(values: Any, counted: Counted) -> list[int]:
    if values.dtype != object:
        return [int(total) for total in _summed(values, counted).tolist()]
    ends = ends_of(counted.starts, len(counted.members)).tolist()
    return [sum(values[start:end].tolist()) for start, end in zip(counted.starts.tolist(), ends, strict=True)]


def _days_late(run: Run, facts: Facts, amount: DaysLate, counted: Counted) -> Numbers:
    """Count the days by which each event is late; without any deadline it is not late (0)."""
    at = counted.first
    due, done = facts.days(amount.start)[at], facts.days(amount.end)[at]
    as_of = np.datetime64(run.span.as_of)
    if amount.default:
        start = facts.days(amount.default.start)[at]
        due = np.where(np.isnat(due), start + np.timedelta64(amount.default.days, "D"), due)
    done = np.where(np.isnat(done) | (done > as_of), as_of, done)
    late = (done > due) & ~np.isnat(due)
    return whole_numbers(_between(run, due, done, late, amount.calendar))


def _between(run: Run, due: Days, done: Days, late: Mask, calendar: str) -> Ints:
    days = np.zeros(len(due), dtype=np.int64)
    if calendar == NATURAL:
        days[late] = (done[late] - due[late]).astype(np.int64)
    else:
        worked = run.ledger.calendar
        days[late] = worked.between(due[late], done[late])
        for year in worked.unknown(due[late], done[late]):
            run.tell_year(year)
    return days


def _ratio(facts: Facts, amount: Ratio, counted: Counted) -> Numbers:
    """Return the rate of each group, exact: 42 of 60 less 4 left out of both → 42/56."""
    inside = ~passing(facts, amount.excluded) if amount.excluded else np.ones(len(facts), dtype=np.bool_)
    below = inside & passing(facts, amount.denominator)
    above = below & passing(facts, amount.numerator)
    tops = _weighed(facts, amount.over, above, counted)
    bottoms = _weighed(facts, amount.under, below, counted)
    zero = _ONE if amount.zero == FULL else Fraction(0) if amount.zero == ZERO else None
    width = len(bottoms.values)
    found, codes = np.unique(tops.codes * width + bottoms.codes, return_inverse=True)
    shares = [_share(tops.values[at // width], bottoms.values[at % width], zero) for at in found.tolist()]
    return Numbers(codes.astype(np.int64), shares)


def _share(top: Fraction | None, bottom: Fraction | None, zero: Fraction | None) -> Fraction | None:
    return (top or Fraction(0)) / bottom if bottom else zero


def _weighed(facts: Facts, field: str, where: Mask, counted: Counted) -> Numbers:
    """Return for each group how many members lie in a mask, or the sum of a column over them."""
    inside = where[counted.members]
    if not field:
        return whole_numbers(_summed(inside.astype(np.int64), counted))
    numbers = facts.numbers(field).take(counted.members)
    blank = len(numbers.values)
    return numbered(_sums(Numbers(np.where(inside, numbers.codes, blank), [*numbers.values, None]), counted))


def _totals(facts: Facts, field: str, counted: Counted) -> list[Fraction]:
    numbers = _weighed(facts, field, np.ones(len(facts), dtype=np.bool_), counted)
    return [numbers.values[code] or Fraction(0) for code in numbers.codes.tolist()]


def _per_head(run: Run, facts: Facts, amount: PerHead, counted: Counted) -> Numbers:
    totals = _totals(facts, amount.field, counted)
    staff = [unit.staff if unit else None for unit in run.roster]
    heads = [staff[unit] for unit in counted.rows["unit_at"].tolist()]
    return numbered([t * amount.per / h if h else None for t, h in zip(totals, heads, strict=True)])


def _change(facts: Facts, rule: Rule, counted: Counted) -> Numbers:
    """Return each month less the one before (or a year before); those that have none before them have none (None)."""
    amount = rule.amount
    assert isinstance(amount, Change)
    back = lag_of(rule)
    totals = _totals(facts, amount.field, counted)
    units = counted.rows["unit_at"].tolist()
    found: list[Fraction | None] = []
    for at, total in enumerate(totals):
        before = totals[at - back] if at >= back and units[at] == units[at - back] else None
        if before is None or (amount.share and not before):
            found.append(None)
        else:
            found.append((total - before) / before if amount.share else total - before)
    return numbered(found)


def lag_of(rule: Rule) -> int:
    """Return how many events back a change looks: a year is 12 months, 4 quarters."""
    year = isinstance(rule.amount, Change) and rule.amount.year
    return {MONTH: 12, QUARTER: 4}.get(rule.counted, 1) if year else 1


def _difference(facts: Facts, amount: Difference, counted: Counted, *, summed: bool) -> Numbers:
    """Return one column less another; None where a single event lacks one of them."""
    one, two = (_column(facts, field, counted, summed=summed) for field in (amount.field, amount.less))
    width = len(two.values)
    found, codes = np.unique(one.codes * width + two.codes, return_inverse=True)
    pairs = ((one.values[at // width], two.values[at % width]) for at in found.tolist())
    values = [None if high is None or low is None else high - low for high, low in pairs]
    return Numbers(codes.astype(np.int64), values)


def blank_field(amount: Column | Difference, events: Events, units: Counted, at: int) -> str:
    """Return which column lacks its number in a single event: of two the second, where the first has one."""
    if isinstance(amount, Column):
        return amount.field
    first = events.facts.numbers(amount.field)
    there = first.values[int(first.codes[units.first[at]])] is not None
    return amount.less if there else amount.field


def _average(facts: Facts, amount: Average, counted: Counted) -> Numbers:
    numbers = facts.numbers(amount.field).take(counted.members)
    ends = ends_of(counted.starts, len(counted.members)).tolist()
    means = []
    for start, end in zip(counted.starts.tolist(), ends, strict=True):
        found = sorted(v for v in (numbers.values[c] for c in numbers.codes[start:end].tolist()) if v is not None)
        kept = found[1:-1] if amount.trimmed and len(found) > 2 else found
        means.append(sum(kept, Fraction(0)) / len(kept) if kept else None)
    return numbered(means)
