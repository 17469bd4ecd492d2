"""Numbers that leave a hole: bands with gaps (P026) or open ends (P030), points that never end (P029)."""

from collections.abc import Iterator
from datetime import timedelta
from fractions import Fraction
from typing import TYPE_CHECKING

from zyw.decoding import Fields
from zyw.periods import assessed_period
from zyw.problems import Place, Problem, Verbatim, problem
from zyw.rules import AsWritten, Average, Bands, Column, Dated, Limit, Rule
from zyw.rules.amounts import Ratio
from zyw.rules.intervals import gap, number_text

if TYPE_CHECKING:
    from zyw.scheme import Scheme


def check_numbers(fields: Fields, scheme: "Scheme") -> Iterator[Problem]:
    """Look at the bands and the roundings of every rule."""
    for rule, read in zip(scheme.rules, fields.get("规则"), strict=True):
        for value in rule.value.values if rule.value else ():
            if isinstance(value, Bands):
                yield from _bands(rule, value, read.at("分档"))
        yield from _midway(rule.id, rule.limits, scheme.cycle, read.at("封顶"))
        if _endless(rule) and rule.places is None:
            yield problem("P029", read.place, 规则=rule.id)
    for group, read in zip(scheme.together, fields.get("限额", ()), strict=True):
        yield from _midway(group.name, group.limits, scheme.cycle, read.at("封顶"))
    if any(item.absent == "重分权重" for item in scheme.items) and scheme.total.places is None:
        yield problem("P029", fields.get("项目")[0].place, 规则="重分权重")


def _midway(name: str, limits: Dated[tuple[Limit, ...]] | None, cycle: str, place: Place) -> Iterator[Problem]:
    """Tell of a limit on a whole 考核期 that changes within one (P041)."""
    if limits is None:
        return
    for start, found in zip(limits.starts[1:], limits.values[1:], strict=True):
        before = limits.on(start - timedelta(days=1)) if start else None
        wide = any(limit.per in ("单位", "个人", "案件") for limit in (*(found or ()), *(before or ())))
        if start and wide and assessed_period(start, cycle).start != start:
            yield problem("P041", place, 规则=name, 日期=Verbatim(start))


def _bands(rule: Rule, bands: Bands, place: Place) -> Iterator[Problem]:
    parts = [band for band, _ in bands.bands]
    hole = gap(parts, whole=rule.amount.whole) if bands.rest is None else None
    if hole is not None:
        yield problem("P026", place, 规则=rule.id, 例=number_text(hole))
        return
    lows, highs = [band.low for band in parts], [band.high for band in parts]
    lowest = min((low for low in lows if low is not None), default=None) if None not in lows else None
    highest = max((high for high in highs if high is not None), default=None) if None not in highs else None
    # A count, a rate or a number of days is never below 0, a rate never above 1.
    bounded = isinstance(rule.amount, Ratio)
    below = lowest is not None and lowest > 0
    above = highest is not None and not (bounded and highest >= 1)
    if bands.rest is None and (below or above):
        example = Fraction(0) if below else (highest or Fraction(0)) + 1
        yield problem("P030", place, 规则=rule.id, 例=number_text(example))


def _endless(rule: Rule) -> bool:
    """Say whether a division that need not come out even makes the points."""
    if rule.value is None:
        return False
    written = any(isinstance(value, AsWritten) for value in rule.value.values)
    derived = isinstance(rule.amount, Average) or (isinstance(rule.amount, Column) and rule.table == "测评")
    return (written and derived) or any(value is not None and not value.exact for value in rule.value.values)
