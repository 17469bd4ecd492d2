"""任务台账 → each task with its rate and lamp, and the tasks by area, leader, office and school.

A task is counted once in every total, however many leaders, offices and schools carry it. Rows are one task when they
have one 编号, or else one 工作方面, 任务, 计量单位, 目标 and 期限 and the same units: a row an office is a common way
to write it. Tasks of two schools are two tasks, each with its own target.

Lamp (no document names one, so this is zyw's own rule, told under every table): 绿 done, or on the way: 完成率 is not
below the part of the time that has gone; 黄 behind it; 红 due and not done. Time runs from the first day of the 考核期
to 期限 (its last day where there is none). A task without a rate has only its 期限: 黄 in its last 30 days.
2012-01-01 to 2012-12-31 seen on 2012-06-30: 182 of 366 days have gone; 305 of 550 is 0.5545 ≥ 0.4973 → 绿.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from zyw.cells import key
from zyw.exact import part, rate_of
from zyw.ledger import Ledger
from zyw.lifecycle import says_done
from zyw.periods import Period, Span, assessed_period
from zyw.rowset import RowSet
from zyw.tallies.words import UNSTATED, faultless, leaders_of, linked_leaders, linked_offices, offices_of, reading_order

if TYPE_CHECKING:
    from zyw.scheme import Scheme

TABLE: Final = "任务台账"
GREEN, YELLOW, RED = "绿", "黄", "红"
SOON: Final = timedelta(days=30)
"""A task that has no rate turns 黄 so many natural days before its 期限."""
LAMP_RULE: Final = (
    "亮灯（方案没有规定时的算法）：已完成，或完成率不低于时间进度的为绿；低于时间进度的为黄；到期没有完成的为红。"
    "时间进度从考核期第一天算到期限；没有完成率的任务，期限前三十天内为黄。"
)
_READ: Final = ("单位", "目标", "完成", "期限")
Rows: TypeAlias = Mapping[str, Sequence[Any]]


@dataclass(frozen=True, slots=True)
class Task:
    """One task; `rate` is 完成 ÷ 目标, None without a target above 0: then its 进展 says whether it is done.

    `told_lamp` is the lamp that the sheet itself gives. `units` are official names.
    """

    area: str
    text: str
    measure: str
    target: Decimal | None
    actual: Decimal | None
    rate: Fraction | None
    due: date | None
    done: bool
    lamp: str
    leaders: tuple[str, ...] = ()
    offices: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    persons: tuple[str, ...] = ()
    progress: str = ""
    told_lamp: str = ""
    number: str = ""
    origins: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class TaskGroup:
    """The tasks of one area, leader, office or school; in the total each task is there once."""

    name: str
    tasks: int
    done: int
    green: int
    yellow: int
    red: int
    origins: tuple[int, ...] = field(default=(), compare=False)

    @property
    def rate(self) -> Fraction | None:
        """Tasks done ÷ tasks."""
        return part(self.done, self.tasks)


@dataclass(frozen=True, slots=True)
class Tasks:
    """The task table as it stood on the as-of day; `left_out` rows had a fault or a unit that nobody knows."""

    lines: tuple[Task, ...]
    total: TaskGroup
    by_area: tuple[TaskGroup, ...] = ()
    by_leader: tuple[TaskGroup, ...] = ()
    by_office: tuple[TaskGroup, ...] = ()
    by_unit: tuple[TaskGroup, ...] = ()
    by_linked_leader: tuple[TaskGroup, ...] = ()
    by_linked_office: tuple[TaskGroup, ...] = ()
    left_out: int = 0


def tally_tasks(ledger: Ledger, scheme: "Scheme | None", span: Span) -> Tasks | None:
    """Return the tasks; None without a task table."""
    rows = ledger.rows.get(TABLE)
    if rows is None:
        return None
    kept = rows.take(faultless(ledger, rows, _READ))
    year = assessed_period(span.period.start, scheme.cycle) if scheme else span.period
    found = [_task(rows_, year, span.as_of) for rows_ in _by_task(_cells(kept))]
    areas = dict.fromkeys(task.area for task in sorted(found, key=lambda task: task.origins))
    lines = tuple(sorted(found, key=lambda task: (list(areas).index(task.area), task.origins)))
    leaders, offices = linked_leaders(ledger), linked_offices(ledger)
    return Tasks(
        lines,
        _group("合计", lines),
        by_area=_groups(lines, [(task.area,) for task in lines], tuple(areas)),
        by_leader=_groups(lines, [task.leaders for task in lines]),
        by_office=_groups(lines, [task.offices for task in lines]),
        by_unit=_groups(lines, [task.units for task in lines], tuple(unit.name for unit in ledger.units)),
        by_linked_leader=_groups(lines, [_of(task.units, leaders, leaders_of) for task in lines]),
        by_linked_office=_groups(lines, [_of(task.units, offices, offices_of) for task in lines]),
        left_out=len(set(rows["origin"].tolist()) - set(kept["origin"].tolist())),
    )


def _of(units: Sequence[str], links: Mapping[str, str], split: Any) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for unit in units for name in split(links.get(unit, ""))))


@dataclass(frozen=True, slots=True)
class _Row:
    """One row of the sheet with all its units."""

    number: str
    area: str
    text: str
    measure: str
    target: Decimal | None
    actual: Decimal | None
    due: date | None
    leaders: str
    offices: str
    persons: str
    progress: str
    lamp: str
    origin: int
    units: tuple[str, ...]

    @property
    def task(self) -> tuple[Any, ...]:
        """What rows of one task have in common."""
        if self.number:
            return (self.number, self.units)
        return (key(self.area), key(self.text), key(self.measure), self.target, self.due, self.units)


_COLUMNS: Final = (
    "编号", "工作方面", "任务", "计量单位", "目标", "完成", "期限", "牵头领导", "责任股室", "责任人", "进展", "亮灯",
)  # fmt: skip
"""In the order of the fields of `_Row`."""


def _cells(rows: RowSet) -> list[_Row]:
    """Return the rows of the sheet, each once, with the units that it names."""
    units: dict[int, list[str]] = {}
    for origin, unit in zip(rows["origin"].tolist(), _column(rows, "单位"), strict=True):
        units.setdefault(origin, []).append(unit)
    once = rows.once()
    columns = [_column(once, name) for name in (*_COLUMNS, "origin")]
    named = [tuple(sorted(filter(None, units[origin]))) for origin in columns[-1]]
    found = [_Row(*cells) for cells in zip(*columns, named, strict=True)]
    return sorted(found, key=lambda row: row.origin)


def _column(rows: RowSet, name: str) -> list[Any]:
    if name not in rows:
        return [None if name in ("目标", "完成", "期限") else ""] * len(rows)
    cells = rows[name]
    return list(cells.astype("datetime64[D]").tolist() if cells.dtype.kind == "M" else cells.tolist())


def _by_task(rows: Sequence[_Row]) -> list[list[_Row]]:
    found: dict[tuple[Any, ...], list[_Row]] = {}
    for row in rows:
        found.setdefault(row.task, []).append(row)
    return list(found.values())


def _task(rows: Sequence[_Row], year: Period, as_of: date) -> Task:
    """Return one task; of rows that say different numbers the least counts."""
    first = rows[0]
    actual = min((row.actual for row in rows if row.actual is not None), default=None)
    rate = rate_of(first.target, actual)
    told = [row.progress for row in rows if row.progress]
    done = rate >= 1 if rate is not None else bool(told) and all(map(says_done, told))
    return Task(
        first.area or UNSTATED,
        first.text,
        first.measure,
        first.target,
        actual,
        rate,
        first.due,
        done,
        lamp(rate, first.due, year, as_of, done=done),
        leaders=_union(leaders_of(row.leaders) for row in rows),
        offices=_union(offices_of(row.offices) for row in rows),
        units=first.units,
        persons=_union(leaders_of(row.persons) for row in rows),
        progress="；".join(dict.fromkeys(told)),
        told_lamp="、".join(dict.fromkeys(row.lamp for row in rows if row.lamp)),
        number=first.number,
        origins=tuple(row.origin for row in rows),
    )


def _union(parts: Any) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word for each in parts for word in each))


def lamp(rate: Fraction | None, due: date | None, year: Period, as_of: date, *, done: bool) -> str:
    """Return 绿, 黄 or 红 on the as-of day; `year` is the whole 考核期, by which the time is measured.

    Half of it done when a quarter of the time has gone → 绿; a tenth → 黄; due yesterday and not done → 红.
    """
    if done:
        return GREEN
    if due is not None and due < as_of:
        return RED
    if rate is None:
        return YELLOW if due is not None and due - as_of <= SOON else GREEN
    last = due or year.end
    start = min(year.start, last)
    gone = Fraction(max((min(as_of, last) - start).days + 1, 0), (last - start).days + 1)
    return GREEN if rate >= gone else YELLOW


def _group(name: str, tasks: Sequence[Task]) -> TaskGroup:
    lamps = [task.lamp for task in tasks]
    return TaskGroup(
        name,
        len(tasks),
        sum(task.done for task in tasks),
        lamps.count(GREEN),
        lamps.count(YELLOW),
        lamps.count(RED),
        origins=tuple(sorted(origin for task in tasks for origin in task.origins)),
    )


def _groups(tasks: Sequence[Task], words: Sequence[Sequence[str]], order: Sequence[str] = ()) -> tuple[TaskGroup, ...]:
    """Return a group a word, those of `order` first; tasks without any word last, under 未注明; none if all are."""
    found: dict[str, list[Task]] = {}
    for task, names in zip(tasks, words, strict=True):
        for name in names or (UNSTATED,):
            found.setdefault(name, []).append(task)
    if not set(found) - {UNSTATED}:
        return ()
    place = {name: at for at, name in enumerate(order)}
    names = sorted(found, key=lambda name: (name == UNSTATED, place.get(name, len(place)), reading_order(name), name))
    return tuple(_group(name, found[name]) for name in names)


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Rows of one task that say different numbers under 完成, with those numbers, the least first."""

    text: str
    origins: tuple[int, ...]
    numbers: tuple[Decimal, ...]


def disagreements(ledger: Ledger) -> tuple[Disagreement, ...]:
    """Return the tasks whose rows do not agree what is done; the least counts."""
    rows = ledger.rows.get(TABLE)
    if rows is None:
        return ()
    found = []
    for task in _by_task(_cells(rows.take(faultless(ledger, rows, _READ)))):
        said = sorted({row.actual for row in task if row.actual is not None})
        if len(said) > 1:
            found.append(Disagreement(task[0].text, tuple(row.origin for row in task), tuple(said)))
    return tuple(found)
