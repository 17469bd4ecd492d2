"""What named persons decided (认定): the points of rules that only give a range.

A decision stands in the row itself (a column, and 认定人 beside it) or in the table 认定, found by rule, unit and 案号
or 编号; a decision that names neither is for every row of the rule in that unit. One without 认定人 does not count.
"""

from dataclasses import dataclass
from fractions import Fraction
from typing import Final

import numpy as np

from zyw.exact import fraction
from zyw.rowset import Mask, RowSet, Texts
from zyw.rules import Range, Rule
from zyw.ruling.amounts import numbered
from zyw.ruling.events import Counted, Events
from zyw.ruling.facts import Numbers
from zyw.ruling.run import Run

TABLE: Final = "认定"
WHO: Final = "认定人"
AWAITED: Final = "待认定："


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision: points, who, and the row of the ledger it stands in."""

    points: Fraction | None
    who: str
    origin: int


def decided(run: Run, rule: Rule, events: Events, units: Counted) -> tuple[Numbers, Texts]:
    """Return the points decided for each event, and why there are none ("" there are); each lack is told."""
    value = next(each for each in rule.value.values if isinstance(each, Range)) if rule.value else None
    assert value is not None
    decisions = _in_rows(events, units, value) if value.field else _in_table(run, rule, events, units)
    why = np.full(len(units), "", dtype=object)
    found: list[Fraction | None] = []
    for at, decision in enumerate(decisions):
        found.append(decision.points if decision else None)
        why[at] = _lack(run, rule, value, decision, units.rows["origins"][at])
    return numbered(found), why


def awaiting(why: Texts) -> Mask:
    """Say which events only wait for somebody to decide: nothing is wrong with them."""
    return np.array([reason.startswith(AWAITED) for reason in why.tolist()], dtype=np.bool_)


def _lack(run: Run, rule: Rule, value: Range, decision: Decision | None, origins: tuple[int, ...]) -> str:
    field = value.field or "编号"
    if decision is None or decision.points is None:
        for origin in origins[:1]:
            run.faults.add("C018", origin, field, 规则=rule.id, 范围=str(value))
        return f"{AWAITED}{value}"
    if not decision.who:
        run.faults.add("C019", decision.origin, WHO, 规则=rule.id)
        return "认定没有写认定人"
    if value.points(decision.points) is None:
        why = value.refusal(decision.points)
        run.faults.add("C020", decision.origin, value.field or "分值", 规则=rule.id, 原因=why)
        return why
    return ""


def _in_rows(events: Events, units: Counted, value: Range) -> list[Decision | None]:
    at = units.first
    numbers, who = events.facts.numbers(value.field).take(at), events.facts.words(WHO)
    persons = [who.texts[code] for code in who.codes[at].tolist()]
    origins = units.rows["origins"].tolist()
    return [
        None if numbers.values[code] is None else Decision(numbers.values[code], person, (*own, -1)[0])
        for code, person, own in zip(numbers.codes.tolist(), persons, origins, strict=True)
    ]


def _in_table(run: Run, rule: Rule, events: Events, units: Counted) -> list[Decision | None]:
    """Return for each event the decision for its 案号 or 编号, else the unit's; of several the ledger's last."""
    table = run.ledger.rows.get(TABLE)
    by_number: dict[tuple[str, str], Decision] = {}
    for unit, number, decision in _decisions(run, rule, table) if table is not None else ():
        by_number[unit, number] = decision
    at = units.first
    cases, numbers = events.facts.words("案号"), events.facts.words("编号")
    found: list[Decision | None] = []
    for unit, case, number in zip(
        units.rows["unit_at"].tolist(), cases.codes[at].tolist(), numbers.codes[at].tolist(), strict=True
    ):
        name = run.units[unit]
        keys = [(name, text) for text in (cases.texts[case], numbers.texts[number], "")]
        found.append(next((by_number[key] for key in keys if key in by_number), None))
    return found


def _decisions(run: Run, rule: Rule, table: RowSet) -> list[tuple[str, str, Decision]]:
    as_of = np.datetime64(run.span.as_of)
    columns = [_texts(table, name) for name in ("单位", "规则", "案号", "编号", WHO)]
    points = table["分值"].tolist() if "分值" in table else [None] * len(table)
    days = table["认定日"] if "认定日" in table else np.full(len(table), "NaT", dtype="datetime64[s]")
    known = np.isnat(days) | (days <= as_of)
    return [
        (unit, case or number, Decision(fraction(value), who, int(origin)))
        for unit, name, case, number, who, value, origin, seen in zip(
            *columns, points, table["origin"].tolist(), known.tolist(), strict=True
        )
        if name == rule.id and unit and seen
    ]


def _texts(table: RowSet, name: str) -> list[str]:
    return table[name].tolist() if name in table else [""] * len(table)


def tell_strays(run: Run) -> None:
    """Tell of decisions for rules that the scheme does not have, or that need none (C027)."""
    table = run.ledger.rows.get(TABLE)
    if table is None or "规则" not in table:
        return
    ranged = {rule.id for rule in run.scheme.rules if rule.ranged}
    asked = {
        word for rule in run.scheme.rules if rule.table == TABLE for each in rule.conditions for word in each.values
    }
    for name, origin in table.rows("规则", "origin"):
        if name in ranged or name in asked or (not asked and any(r.table == TABLE for r in run.scheme.rules)):
            continue
        why = "不是方案里由人认定的规则" if name else "没有写规则"
        run.faults.add("C027", origin, "规则", 值=name or "空白", 原因=why)
