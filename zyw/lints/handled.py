"""The life of an issue as a scheme says it: states that exist, fields of 问题台账, warnings without gap or overlap."""

from collections.abc import Callable, Iterator
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING

from zyw.decoding import Fields, nearest
from zyw.problems import Place, Problem, Verbatim, problem
from zyw.rules import Condition
from zyw.rules.fields import DAY, DERIVED, fields_of
from zyw.rules.handling import Alert
from zyw.rules.intervals import common

if TYPE_CHECKING:
    from zyw.scheme import Scheme

TABLE = "问题台账"
Words = Callable[[str], tuple[str, ...] | None]


def check_handling(fields: Fields, scheme: "Scheme", words: Words) -> Iterator[Problem]:
    """Check what 办理 names, and its warnings."""
    part: Fields | None = fields.get("办理")
    if part is None:
        return
    yield from _states(part)
    yield from _alerts(part, scheme.handling.alerts)
    for name in ("时限", "销号条件"):
        for each in part.get(name, ()):
            yield from _named(each.get("条件", ()), words)
            yield from _named(each.get("须", ()), words)
    limits: tuple[Fields, ...] = part.get("时限", ())
    known = fields_of(TABLE)
    for each in limits:
        start = each.get("起算")
        if start and known.get(start) != DAY:
            yield _unknown(each.at("起算"), "日期的列", start, tuple(n for n, kind in known.items() if kind == DAY))
    again: Fields | None = part.get("复发")
    for name in again.get("同", ()) if again else ():
        if again and name not in known:
            yield _unknown(again.at("同"), f"{TABLE}的列", name, tuple(known))


def _states(part: Fields) -> Iterator[Problem]:
    states: tuple[Fields, ...] = part.get("状态", ())
    names = tuple(each.get("名称") for each in states)
    seen: set[str] = set()
    for each in states:
        for word in (each.get("名称"), *each.get("写法", ())):
            if word in seen:
                yield problem("P010", each.place, 种类="状态", 名称=word)
            seen.add(word)
        for name in each.get("可到", ()):
            if name not in names:
                yield _unknown(each.at("可到"), "状态", name, names)


def _named(written: tuple[tuple[Condition, Place], ...], words: Words) -> Iterator[Problem]:
    known = fields_of(TABLE)
    derived = {each.name: each.words for each in DERIVED[TABLE]}
    for condition, place in written:
        if condition.field not in known:
            yield _unknown(place, f"{TABLE}的列", condition.field, tuple(known))
            continue
        allowed = derived.get(condition.field) or words(condition.field)
        for value in sorted(condition.values.difference(allowed)) if allowed else ():
            yield _unknown(place, condition.field, value, allowed or ())


def _alerts(part: Fields, alerts: tuple[Alert, ...]) -> Iterator[Problem]:
    place = part.at("预警")
    for one, two in pairwise(alerts):
        shared = common(one.days, two.days)
        end = one.days.high
        if shared is not None:
            yield problem("P040", place, 一=one.name, 二=two.name, 什么="重叠", 例=Verbatim(shared))
        elif end is not None and not any(day in two.days for day in (end, end + 1)):
            missed = end if end not in one.days else Fraction(end + 1)
            yield problem("P040", place, 一=one.name, 二=two.name, 什么="空缺", 例=Verbatim(missed))


def _unknown(place: Place, kind: str, name: str, known: tuple[str, ...]) -> Problem:
    return problem("P011", place, 种类=kind, 名称=name, 近似=nearest(name, known))
