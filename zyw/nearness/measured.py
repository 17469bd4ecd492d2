"""Amounts beside the lines they did not reach: 触发, 分档, 斜率, 按数量."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

import numpy as np

from zyw.nearness.record import Near, follows, said
from zyw.rules import Bands, ByAmount, Change, Interval, Rule, Slope, Worth
from zyw.rules.values import BELOW, DROP, EXACT, UP
from zyw.ruling.run import Run
from zyw.ruling.watch import Seen


@dataclass(frozen=True, slots=True)
class Line:
    """Where something else begins to hold: at `at` itself or only beyond it (`over`), upwards or downwards."""

    kind: str
    at: Fraction
    up: bool
    over: bool
    then: str

    def reached(self, *, whole: bool) -> "Line":
        """Return the line as the first amount that lies there, where amounts are whole numbers: 超过 5 → 6."""
        if not whole:
            return self
        below, above = Fraction(self.at.__floor__()), Fraction(self.at.__ceil__())
        at = (below + 1 if self.over else above) if self.up else (above - 1 if self.over else below)
        return Line(self.kind, at, self.up, False, self.then)


def measures_away(run: Run, seen: Seen, unit: int) -> Iterator[Near]:
    """Tell of the event of the unit that comes nearest to a line: one for each side and kind of line of a rule.

    Where a unit, month or quarter counts as a whole, also how far the next step is; of single rows only those on which
    the rule did nothing, for all others stand in the journal.
    """
    rule, valued = seen.rule, seen.valued
    rows = valued.units.rows
    at = np.flatnonzero((rows["unit_at"] == unit) & run.inside(rows["day"], run.period_of(rule)))
    nearest: dict[tuple[str, bool], Near] = {}
    for event in at.tolist():
        amount = seen.amounts.values[int(seen.amounts.codes[event])]
        idle = not valued.known[event] or valued.points[event] == 0
        if amount is None or not (idle or rule.summed):
            continue
        name, day = int(rows["name_at"][event]), rows["day"][event].astype("datetime64[D]").item()
        for line in lines_of(rule, amount, day):
            person = run.people.names[name] if name >= 0 else ""
            text = _text(rule, amount, line)
            found = Near(person, rule.id, rule.clause, line.kind, amount, line.at, text, tuple(rows["origins"][event]))
            side = (line.kind, line.up)
            if side not in nearest or found.lack <= nearest[side].lack:
                nearest[side] = found
    yield from nearest.values()


def lines_of(rule: Rule, amount: Fraction, day: date) -> tuple[Line, ...]:
    """Return the lines next to an amount on a day, as the amounts of the rule reach them."""
    whole = rule.amount.whole or rule.amount == Change()
    return tuple(each.reached(whole=whole) for each in _lines(rule, amount, day))


def _text(rule: Rule, amount: Fraction, line: Line) -> str:
    way = "再多" if line.up else "再少"
    gap = said(rule, abs(line.at - amount)).replace("%", " 个百分点")
    step = "一点" if line.at == amount else f"超过 {gap}" if line.over else f" {gap}"
    return f"数量 {said(rule, amount)}，{way}{step}：{line.then}"


def _lines(rule: Rule, amount: Fraction, day: date) -> Iterator[Line]:
    trigger = rule.trigger.on(day) if rule.trigger else None
    if trigger is not None and amount not in trigger:
        yield from _ends(trigger, amount, f"{trigger} 就计")
        return
    value = rule.value.on(day) if rule.value else None
    if value is not None:
        yield from _worth(rule, value, amount)


def _ends(held: Interval, amount: Fraction, then: str) -> Iterator[Line]:
    """Yield the end of an interval that lies next to an amount outside it."""
    if held.low is not None and amount <= held.low:
        yield Line("触发", held.low, True, not held.low_in, then)
    elif held.high is not None and amount >= held.high:
        yield Line("触发", held.high, False, not held.high_in, then)


def _worth(rule: Rule, value: Worth, amount: Fraction) -> Iterator[Line]:
    if isinstance(value, Bands):
        yield from _bands(rule, value, amount)
    elif isinstance(value, Slope):
        yield from _slope(rule, value, amount)
    elif isinstance(value, ByAmount) and value.remainder != EXACT and amount >= 0:
        far, over = _next(amount, value.each, value.remainder)
        yield Line("按数量", far, True, over, _then(rule, value.points(far + (value.each / 2 if over else 0))))


def _slope(rule: Rule, value: Slope, amount: Fraction) -> Iterator[Line]:
    """Yield the line itself while it is not crossed, then where the next share is full."""
    sign = -1 if value.side == BELOW else 1
    beyond = (amount - value.threshold) * sign
    if beyond < 0:
        yield Line("斜率", value.threshold, sign > 0, False, f"到线（{value}）")
    elif value.remainder != EXACT:
        far, over = _next(beyond, value.each, value.remainder)
        then = value.points(value.threshold + sign * (far + (value.each / 2 if over else 0)))
        yield Line("斜率", value.threshold + sign * far, sign > 0, over, _then(rule, then))


def _next(amount: Fraction, each: Fraction, remainder: str) -> tuple[Fraction, bool]:
    """Return where the next share begins: 舍去 where it is full, 进一 beyond (True) the last full one.

    2.5 by 1: 舍去 at 3, 进一 beyond 3.
    """
    shares = amount / each
    if remainder == DROP:
        return (shares.__floor__() + 1) * each, False
    return shares.__ceil__() * each, remainder == UP


def _bands(rule: Rule, value: Bands, amount: Fraction) -> Iterator[Line]:
    """Yield the nearest ends at which other points begin to hold, above and below."""
    now = value.points(amount)
    for up in (True, False):
        found = []
        for band, points in value.bands:
            end, included = (band.low, band.low_in) if up else (band.high, band.high_in)
            if end is not None and points != now and (end >= amount if up else end <= amount):
                found.append((abs(end - amount), Line("分档", end, up, not included, _then(rule, points))))
        if found:
            yield min(found, key=lambda each: each[0])[1]


def _then(rule: Rule, points: Fraction | None) -> str:
    return follows(rule, points) or "0 分"
