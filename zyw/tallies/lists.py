"""三个一批 and 表彰: what was put right, who was dealt with, what served as a warning; and who was commended.

查纠整改一批: issues done in the 考核期. 查处通报一批: measures that stand, decided in it. 警示教育一批: activities of
warning (警示教育, 典型案例, 以案促改 …) in it (zhuanxiang-2020 四2). 表彰 stands beside the list of measures
(tangping-2023 三(四)).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Final

import numpy as np

from zyw.exact import exact
from zyw.handed import days_of
from zyw.ledger import Ledger
from zyw.periods import Span
from zyw.tallies.issues import lives_of
from zyw.tallies.people import column
from zyw.tallies.words import faultless, reading_order

if TYPE_CHECKING:
    from zyw.handling.lives import Lives
    from zyw.scheme import Scheme

RECTIFIED, DEALT_WITH, WARNED = "查纠整改", "查处通报", "警示教育"
PRAISE: Final = "表彰台账"
_WARNING: Final = re.compile("警示|典型案例|以案|案例剖析|三个以案|反面典型")


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a list: `what` is the class of an issue, a measure, an activity or an honour."""

    unit: str
    person: str
    what: str
    day: date | None
    remark: str = ""
    origins: tuple[int, ...] = ()

    @property
    def counted(self) -> tuple[object, ...]:
        """What is counted once: a row that names several units is one line a unit, and one thing."""
        return (self.origins, self.person, self.what)


@dataclass(frozen=True, slots=True)
class Batch:
    """One list with its counts: in the reporting period, and since the 考核期 began."""

    name: str
    month: int
    total: int
    units: int
    lines: tuple[Entry, ...]
    origins: tuple[int, ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class Lists:
    """The three lists and the commended; None where the tables for them were not given."""

    rectified: Batch | None = None
    dealt_with: Batch | None = None
    warned: Batch | None = None
    commended: Batch | None = None

    @property
    def three(self) -> tuple[Batch, ...]:
        """三个一批, those that were given."""
        return tuple(each for each in (self.rectified, self.dealt_with, self.warned) if each is not None)


def tally_lists(ledger: Ledger, scheme: "Scheme | None", span: Span, lives: "Lives | None" = None) -> Lists:
    """Return the lists; each is None where its table is lacking."""
    given = ledger.given
    lives = lives or lives_of(ledger, scheme, span.as_of)
    return Lists(
        _batch(RECTIFIED, _rectified(ledger, lives), span) if "问题台账" in ledger.rows else None,
        _batch(DEALT_WITH, _dealt_with(ledger, scheme, span), span) if "追责台账" in given and scheme else None,
        _batch(WARNED, _warned(ledger), span) if "活动台账" in ledger.rows else None,
        _batch("表彰", _commended(ledger), span) if PRAISE in ledger.rows else None,
    )


def _batch(name: str, lines: Iterator[Entry], span: Span) -> Batch:
    found = [line for line in lines if line.day is None or (line.day in span.period and line.day <= span.as_of)]
    found.sort(key=lambda one: (one.day or date.max, reading_order(one.unit), one.what, one.person, one.origins))
    return Batch(
        name,
        len({line.counted for line in found if line.day is not None and line.day in span.shown}),
        len({line.counted for line in found}),
        len({unit for line in found for unit in line.unit.split("、") if unit}),
        tuple(found),
        tuple(sorted({origin for line in found for origin in line.origins})),
    )


def _rectified(ledger: Ledger, lives: "Lives | None") -> Iterator[Entry]:
    """Yield the issues that are done, each once, on the day they were done; without such a day the list is undated."""
    if lives is None:
        return
    rows = lives.rows
    finished, closed = days_of(rows, "完成日"), days_of(rows, "销号日")
    days = np.where(np.isnat(finished), closed, finished).tolist()
    units = _units_of(ledger)
    numbers, classes = column(rows, "编号"), column(rows, "类别")
    for at in np.flatnonzero(lives.done).tolist():
        origin = int(rows["origin"][at])
        yield Entry("、".join(units.get(origin, ())), "", classes[at], days[at], numbers[at], (origin,))


def _units_of(ledger: Ledger) -> dict[int, list[str]]:
    rows = ledger.rows["问题台账"]
    found: dict[int, list[str]] = {}
    for origin, unit in zip(rows["origin"].tolist(), column(rows, "单位"), strict=True):
        found.setdefault(origin, []).append(unit)
    return found


def _dealt_with(ledger: Ledger, scheme: "Scheme | None", span: Span) -> Iterator[Entry]:
    """Yield the measures that stand, each once: the same measure of one case in two ledgers is one."""
    assert scheme is not None, "asked by tally_lists"
    from zyw.sanctions.taken import measures_taken

    rows = measures_taken(ledger, scheme, span.as_of)
    stands = rows[(rows["reason"] == "") & (rows["measure"] >= 0)]
    stands = stands.sort_values(["day", "origin"], kind="stable").drop_duplicates(["case_at", "measure"])
    columns = (stands[name].tolist() for name in ("unit", "person", "measure", "day", "origin"))
    for unit, person, measure, day, origin in zip(*columns, strict=True):
        found = scheme.measures[measure]
        yield Entry(unit, person, found.name, day.date(), found.clause, (int(origin),))


def _warned(ledger: Ledger) -> Iterator[Entry]:
    rows = ledger.rows["活动台账"]
    rows = rows.take(faultless(ledger, rows, ("单位", "日期", "次数", "人次"))).once()
    people = exact(rows, "人次", Fraction(0))
    columns = [column(rows, name) for name in ("单位", "活动", "类型")]
    days = column(rows, "日期", day=True)
    for at, (unit, activity, kind) in enumerate(zip(*columns, strict=True)):
        if _WARNING.search(f"{kind} {activity}") and days[at]:
            told = people.at(at)
            yield Entry(unit, "", activity, days[at], f"{told} 人次" if told else "", (int(rows["origin"][at]),))


def _commended(ledger: Ledger) -> Iterator[Entry]:
    rows = ledger.rows[PRAISE]
    rows = rows.take(faultless(ledger, rows, ("单位", "表彰日")) & (rows["单位"] != ""))
    columns = [column(rows, name) for name in ("单位", "姓名", "荣誉", "级别")]
    days = column(rows, "表彰日", day=True)
    for at, (unit, person, honour, level) in enumerate(zip(*columns, strict=True)):
        yield Entry(unit, person, honour, days[at], level, (int(rows["origin"][at]),))
