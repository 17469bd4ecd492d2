"""材料报送 → in time, late and missing, by unit and by document; wide sheets and long ones alike.

Asked for by dayuan-2011 五(一)–(三) and zhuanxiang-2020 三(工作安排).

What is owed and whether it came says `zyw.handed`. What was due before the 考核期 began is past and not
counted; a document without a day by which it is due stands with whoever handed it in.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Final

import numpy as np

from zyw.handed import STANDS, days_of, handed_in, with_absent
from zyw.ledger import Ledger
from zyw.periods import Span
from zyw.rowset import Ints, Mask, RowSet
from zyw.rules.fields import ABSENT, IN_TIME, LATE, NOT_DUE
from zyw.tallies.words import faultless, reading_order

if TYPE_CHECKING:
    from zyw.scheme import Scheme

TABLE: Final = "材料报送"
TICKED: Final = "已交"
"""Handed in, nobody knows on which day."""
_READ: Final = ("单位", "应报日", "报送日")


@dataclass(frozen=True, slots=True)
class Owed:
    """One document of one unit: `state` is 按时, 迟报, 未报 or 未到期; `late_days` natural days after `due`.

    A missing document is late_days late on the as-of day. `handed` is None for one that was ticked off without a day.
    """

    unit: str
    document: str
    due: date | None
    handed: date | None
    copies: Decimal | None
    state: str
    late_days: int
    origins: tuple[int, ...] = ()

    @property
    def shown(self) -> str:
        """The state as a table says it: 已交 where no day says that it was in time."""
        return TICKED if self.state == IN_TIME and self.handed is None else self.state


@dataclass(frozen=True, slots=True)
class Handed:
    """The documents of one unit, or one document of all units; owed = in_time + late + missing + not_due."""

    name: str
    in_time: int
    late: int
    missing: int
    not_due: int
    due: tuple[date, ...] = ()
    origins: tuple[int, ...] = field(default=(), compare=False)

    @property
    def owed(self) -> int:
        """How many are owed in all."""
        return self.in_time + self.late + self.missing + self.not_due


@dataclass(frozen=True, slots=True)
class Submissions:
    """Who handed in what; `left_out` rows had a fault or a unit that nobody knows."""

    lines: tuple[Owed, ...]
    total: Handed
    by_document: tuple[Handed, ...] = ()
    by_unit: tuple[Handed, ...] = ()
    left_out: int = 0

    @property
    def late_or_missing(self) -> tuple[Owed, ...]:
        """What came late or has not come, by the day it was due."""
        found = [line for line in self.lines if line.state in (LATE, ABSENT)]
        return tuple(sorted(found, key=lambda one: (one.due or date.max, one.document, one.unit)))


def tally_submissions(ledger: Ledger, scheme: "Scheme | None", span: Span) -> Submissions | None:
    """Return who handed in what; None without such a table. Two rows of one unit and document are the earlier one."""
    written = ledger.rows.get(TABLE)
    if written is None:
        return None
    known = written.take(faultless(ledger, written, _READ))
    known = known.take(known["单位"] != "")
    rows = with_absent(known, ledger, scheme.documents if scheme else ())
    rows = rows.take(_of_the_period(rows, span))
    lines = _lines(rows, span)
    units = [unit.name for unit in ledger.units]
    documents = [document.name for document in scheme.documents] if scheme else []
    return Submissions(
        lines,
        _handed("合计", lines),
        _grouped(lines, [line.document for line in lines], documents),
        _grouped(lines, [line.unit for line in lines], units),
        len(set(written["origin"].tolist()) - set(known["origin"].tolist())),
    )


def _of_the_period(rows: RowSet, span: Span) -> Mask:
    """Say which rows are due in the 考核期 or later; of those without a day by which they are due, which came so."""
    due, came = days_of(rows, "应报日"), days_of(rows, "报送日")
    day = np.where(np.isnat(due), came, due)
    return np.asarray(np.isnat(day) | (day >= np.datetime64(span.period.start)), dtype=np.bool_)


def _lines(rows: RowSet, span: Span) -> tuple[Owed, ...]:
    states = handed_in(rows, span.as_of)
    handed, due = (days_of(rows, name) for name in ("报送日", "应报日"))
    handed = np.where(handed > np.datetime64(span.as_of), np.datetime64("NaT", "D"), handed)
    names = rows["材料名称"].tolist() if "材料名称" in rows else [""] * len(rows)
    copies = rows["份数"].tolist() if "份数" in rows else [None] * len(rows)
    found: dict[tuple[str, str, date | None], Owed] = {}
    columns = (rows["单位"].tolist(), names, due.tolist(), handed.tolist(), copies, states.codes, _stands(rows))
    for unit, name, last, came, count, code, origin in zip(*columns, strict=True):
        state = states.texts[code]
        late = ((came or span.as_of) - last).days if state in (LATE, ABSENT) and last else 0
        line = Owed(unit, name, last, came, count, state, late, (origin,) if origin >= 0 else ())
        known = found.get((unit, name, last))
        found[unit, name, last] = line if known is None else _better(known, line)
    return tuple(sorted(found.values(), key=lambda one: (one.document, one.due or date.max, one.unit)))


def _stands(rows: RowSet) -> Ints:
    return rows[STANDS] if STANDS in rows else rows["origin"]


_ORDER: Final = (IN_TIME, LATE, NOT_DUE, ABSENT)


def _better(one: Owed, other: Owed) -> Owed:
    """Return the row that speaks for the unit: what came, the earliest first; both rows stand behind it."""
    first = min((one, other), key=lambda each: (_ORDER.index(each.state), each.handed or date.max))
    return replace(first, origins=tuple(sorted({*one.origins, *other.origins})))


def _handed(name: str, lines: Sequence[Owed]) -> Handed:
    states = [line.state for line in lines]
    return Handed(
        name,
        states.count(IN_TIME),
        states.count(LATE),
        states.count(ABSENT),
        states.count(NOT_DUE),
        due=tuple(sorted({line.due for line in lines if line.due})),
        origins=tuple(sorted(origin for line in lines for origin in line.origins)),
    )


def _grouped(lines: Sequence[Owed], names: Sequence[str], order: Sequence[str]) -> tuple[Handed, ...]:
    found: dict[str, list[Owed]] = {}
    for line, name in zip(lines, names, strict=True):
        found.setdefault(name, []).append(line)
    place = {name: at for at, name in enumerate(order)}
    names_ = sorted(found, key=lambda name: (place.get(name, len(place)), reading_order(name), name))
    return tuple(_handed(name, found[name]) for name in names_)
