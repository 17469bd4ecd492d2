"""巡查记录 → the monthly inspection: each school's score, what was found, and what is still open from earlier months.

A row is one school and one item on one day (zhuanzuofeng-2013 三3(1), 五2); a wide sheet gives a row an item and one
for the school as a whole. A fault (存在问题) is mended on its 整改日, else, where 整改情况 says done, on the day it was
found, or when a later row of the same school and item says so. Until then every month carries it over.
Two faults found in May, one mended on 06-10, one new in June: June begins with 2, finds 1, mends 1, leaves 2.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

from zyw.exact import fraction
from zyw.ledger import Ledger
from zyw.lifecycle import says_done
from zyw.periods import Period, Span, month_of
from zyw.rowset import RowSet
from zyw.tallies.words import UNSTATED, faultless, reading_order

if TYPE_CHECKING:
    from zyw.scheme import Scheme

TABLE: Final = "巡查记录"
WHOLE: Final = "（总体）"
"""The item of a row that names none: what a wide sheet says of a school as a whole."""
KINDS: Final = ("全面", "随机", "跟踪")
"""Kinds of inspection that zhuanzuofeng-2013 五2 names, as 检查方式 begins."""
_NONE: Final = frozenset(("无", "没有", "未发现", "未发现问题", "无问题", "良好", "正常", "/", "—", "-"))
_READ: Final = ("单位", "检查日", "得分", "满分", "整改期限", "整改日")


@dataclass(frozen=True, slots=True)
class Scored:
    """A school's score in one month, or an item's in the shown month: `rate` = score ÷ full, None without 满分."""

    name: str
    rows: int
    score: Fraction
    full: Fraction
    faults: int
    origins: tuple[int, ...] = field(default=(), compare=False)

    @property
    def rate(self) -> Fraction | None:
        """Score ÷ full marks, of the rows that have both."""
        return self.score / self.full if self.full > 0 else None


@dataclass(frozen=True, slots=True)
class Visits:
    """Inspections of one kind: on how many days and schools, and what they found."""

    name: str
    month: int
    total: int
    units: int
    faults: int
    origins: tuple[int, ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class Fault:
    """Something an inspection found: `mended` None while it is open; `again` when a later visit found the item bad."""

    unit: str
    item: str
    found: date
    text: str
    due: date | None
    mended: date | None
    again: bool
    origins: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Flow:
    """The faults of one month: left = carried + found − mended."""

    month: str
    carried: int
    found: int
    mended: int

    @property
    def left(self) -> int:
        """How many are open on the last day."""
        return self.carried + self.found - self.mended


@dataclass(frozen=True, slots=True)
class Inspections:
    """The inspections up to the as-of day; `open` are all faults that are not mended, oldest first."""

    by_unit: tuple[Scored, ...]
    by_item: tuple[Scored, ...]
    months: tuple[tuple[str, tuple[Scored, ...]], ...]
    """The schools of each month (2013-05), in the order of months."""
    kinds: tuple[Visits, ...]
    open: tuple[Fault, ...]
    flow: tuple[Flow, ...]
    undated: int = 0
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class _Row:
    unit: str
    day: date
    item: str
    kind: str
    score: Fraction | None
    full: Fraction | None
    text: str
    due: date | None
    mended: date | None
    told: str
    origin: int

    @property
    def month(self) -> str:
        return f"{self.day:%Y-%m}"

    @property
    def bad(self) -> bool:
        return bool(self.text) and self.text.strip("。.") not in _NONE


def tally_inspections(ledger: Ledger, scheme: "Scheme | None", span: Span) -> Inspections | None:
    """Return the inspections; None without such a table. Rows after the as-of day do not exist yet."""
    del scheme  # scores of an inspection give points only where a scheme counts issues; the argument is every tally's
    written = ledger.rows.get(TABLE)
    if written is None:
        return None
    kept = written.take(faultless(ledger, written, _READ) & (written["单位"] != ""))
    everything = [row for row in _rows(kept) if row is not None]
    rows = [row for row in everything if row.day <= span.as_of]
    faults = _faults(rows, span.as_of)
    shown = [row for row in rows if row.day in span.shown]
    months = sorted({row.month for row in rows if row.day in span.period})
    last = f"{min(span.as_of, span.period.end):%Y-%m}"
    return Inspections(
        by_unit=_scored(shown, [row.unit for row in shown], [unit.name for unit in ledger.units]),
        by_item=_scored(shown, [row.item for row in shown], ()),
        months=tuple((month, _of_month(rows, month, ledger)) for month in months),
        kinds=_kinds(rows, span),
        open=tuple(fault for fault in faults if fault.mended is None),
        flow=tuple(_flow(month, faults) for month in _every([*months, last])),
        undated=len(kept) - len(everything),
        left_out=len(set(written["origin"].tolist()) - set(kept["origin"].tolist())),
    )


_COLUMNS: Final = (
    "单位", "检查日", "检查项目", "检查方式", "得分", "满分", "存在问题", "整改期限", "整改日", "整改情况", "origin",
)  # fmt: skip


def _rows(rows: RowSet) -> Iterable[_Row | None]:
    """Yield each row, None for one without 检查日."""
    columns = [_column(rows, name) for name in _COLUMNS]
    for unit, day, item, kind, score, full, text, due, mended, told, origin in zip(*columns, strict=True):
        yield (
            _Row(unit, day, item or WHOLE, kind, fraction(score), fraction(full), text, due, mended, told, origin)
            if day is not None
            else None
        )


def _column(rows: RowSet, name: str) -> list[Any]:
    if name not in rows:
        return [None if name in _READ else ""] * len(rows)
    cells = rows[name]
    return list(cells.astype("datetime64[D]").tolist() if cells.dtype.kind == "M" else cells.tolist())


def _of_month(rows: Sequence[_Row], month: str, ledger: Ledger) -> tuple[Scored, ...]:
    mine = [row for row in rows if row.month == month]
    return _scored(mine, [row.unit for row in mine], [unit.name for unit in ledger.units])


def _scored(rows: Sequence[_Row], names: Sequence[str], order: Sequence[str]) -> tuple[Scored, ...]:
    found: dict[str, list[_Row]] = {}
    for row, name in zip(rows, names, strict=True):
        found.setdefault(name, []).append(row)
    place = {name: at for at, name in enumerate(order)}
    words = sorted(found, key=lambda name: (name == WHOLE, place.get(name, len(place)), reading_order(name), name))
    return tuple(_one(name, found[name]) for name in words)


def _one(name: str, rows: Sequence[_Row]) -> Scored:
    both = [(row.score, row.full) for row in rows if row.score is not None and row.full is not None]
    return Scored(
        name,
        len(rows),
        sum((score for score, _ in both), Fraction(0)),
        sum((full for _, full in both), Fraction(0)),
        sum(row.bad for row in rows),
        tuple(sorted(row.origin for row in rows)),
    )


def _kinds(rows: Sequence[_Row], span: Span) -> tuple[Visits, ...]:
    """Count visits by kind: a school on a day is one visit, however many items were looked at."""
    found: dict[str, list[_Row]] = {}
    for row in rows:
        if row.day in span.period:
            found.setdefault(kind_of(row.kind), []).append(row)
    order = {kind: at for at, kind in enumerate(KINDS)}
    words = sorted(found, key=lambda kind: (kind == UNSTATED, order.get(kind, len(order)), reading_order(kind)))
    return tuple(
        Visits(
            kind,
            len({(row.unit, row.day) for row in found[kind] if row.day in span.shown}),
            len({(row.unit, row.day) for row in found[kind]}),
            len({row.unit for row in found[kind]}),
            sum(row.bad for row in found[kind]),
            tuple(sorted(row.origin for row in found[kind])),
        )
        for kind in words
    )


def kind_of(text: str) -> str:
    """Return the kind of an inspection as the document calls it; other words stay.

    >>> kind_of("跟踪督查"), kind_of("随机"), kind_of("专项检查"), kind_of("")
    ('跟踪', '随机', '专项检查', '未注明')
    """
    return next((kind for kind in KINDS if kind in text), text or UNSTATED)


def _faults(rows: Sequence[_Row], as_of: date) -> list[Fault]:
    """Return what was found, oldest first, with the day on which it was mended."""
    later: dict[tuple[str, str], list[_Row]] = {}
    for row in sorted(rows, key=lambda row: (row.day, row.origin)):
        later.setdefault((row.unit, row.item), []).append(row)
    found = []
    for row in sorted((row for row in rows if row.bad), key=lambda row: (row.day, row.unit, row.item, row.origin)):
        after = [other for other in later[row.unit, row.item] if other.day > row.day]
        mended = _mended(row, after, as_of)
        again = any(other.bad for other in after)
        origins = tuple(sorted({row.origin, *(other.origin for other in after)}))
        found.append(Fault(row.unit, row.item, row.day, row.text, row.due, mended, again, origins))
    return found


def _mended(row: _Row, after: Sequence[_Row], as_of: date) -> date | None:
    """Return the day on which a fault was mended, None while nothing says so by the as-of day."""
    if row.mended is not None:
        return max(row.mended, row.day) if row.mended <= as_of else None
    if says_done(row.told):
        return row.day
    return next((other.day for other in after if says_done(other.told)), None)


def _every(months: Sequence[str]) -> list[str]:
    """Return all months from the first to the last: an open fault stays open in a month without a visit."""
    (year, month), last = map(int, months[0].split("-")), months[-1]
    found = []
    while (name := f"{year}-{month:02d}") <= last:
        found.append(name)
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
    return found


def _flow(month: str, faults: Sequence[Fault]) -> Flow:
    period = month_of(month)
    assert isinstance(period, Period), month
    return Flow(
        month,
        sum(one.found < period.start and (one.mended is None or one.mended >= period.start) for one in faults),
        sum(one.found in period for one in faults),
        sum(one.mended is not None and one.mended in period for one in faults),
    )
