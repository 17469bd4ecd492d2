"""问题台账 → every issue as one line of a list, and how many stand where, by unit, class, office or leader.

Stages are those of `zyw.handling` on the as-of day, with extensions and the scheme's own deadlines: a line is 已销号,
已完成, 正在整改 or 逾期, so that the four of any group add up to its lines. Rows found after the
as-of day do not exist yet; a row that names several units is one line.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from zyw.counting import UNSTATED
from zyw.ledger import Ledger
from zyw.lifecycle import days
from zyw.periods import Period, Span, add_months
from zyw.rowset import Days, RowSet

if TYPE_CHECKING:
    from zyw.handling.lives import Lives
    from zyw.handling.matters import Matters
    from zyw.rules.handling import Alert, Closing
    from zyw.scheme import Scheme


class Stage(Enum):
    """Where an issue stands."""

    CLOSED = "已销号"
    DONE = "已完成"
    WORKING = "正在整改"
    LATE = "逾期"


@dataclass(frozen=True, slots=True)
class IssueLine:
    """One issue as lists show it; texts are what the ledger says, persons whole.

    `days` past its deadline in the scheme's days (0: today is the last), None where it is done or has no deadline that
    is a day; `alert` is the warning that it has come to, `gaps` what it lacks to be closed.
    """

    origin: int
    units: tuple[str, ...]
    number: str
    text: str
    category: str
    behaviour: str
    channel: str
    measures: str
    progress: str
    state: str
    owner: str
    leader: str
    office: str
    checker: str
    found: date | None
    due: date | None
    done: date | None
    closed: date | None
    stage: Stage
    days: int | None
    alert: "Alert | None" = None
    gaps: "tuple[Closing, ...]" = ()

    @property
    def unit(self) -> str:
        """The units as one text."""
        return "、".join(self.units)


@dataclass(frozen=True, slots=True)
class StageCount:
    """How many issues of one name stand where; `total` is the sum of the four."""

    name: str
    total: int
    closed: int
    done: int
    working: int
    late: int

    @property
    def finished(self) -> int:
        """How many are done, closed ones with them."""
        return self.closed + self.done


@dataclass(frozen=True, slots=True)
class Change:
    """A count of the period beside the one before and the same a year ago; None where the ledger tells nothing."""

    now: int
    before: int | None = None
    year_ago: int | None = None


_TEXTS: Final = {
    "number": ("编号", "案号"), "text": ("问题", "事项标题", "具体表现"), "category": ("类别",),
    "behaviour": ("具体表现",), "channel": ("来源",), "measures": ("措施",),
    "progress": ("进展",), "state": ("状态",), "checker": ("复查人",),
}  # fmt: skip


def lives_of(ledger: Ledger, scheme: "Scheme", span: Span) -> "Lives | None":
    """Return where the issues stand on the as-of day by the scheme's own rules of handling; None without any."""
    from zyw.handling.due import DueReader
    from zyw.handling.lives import issue_lives
    from zyw.rowfaults import Faults

    reader = DueReader(scheme.handling, ledger.calendar)
    return issue_lives(ledger, scheme, span.as_of, reader, Faults(ledger.origins))


def issue_lines(ledger: Ledger, scheme: "Scheme", lives: "Lives | None") -> tuple[IssueLine, ...]:
    """Return the issues as lines, by unit in the order of the roster, then as they were found."""
    from zyw.handling.matters import Matters

    if lives is None or not len(lives):
        return ()
    matters = Matters(ledger, lives, scheme.handling)
    order = {unit.name: place for place, unit in enumerate(ledger.units)}
    return tuple(
        sorted(
            _lines(lives, matters),
            key=lambda one: (order.get(one.units[0], len(order)), one.found or date.max, one.origin),
        )
    )


def _lines(lives: "Lives", matters: "Matters") -> list[IssueLine]:
    rows = lives.rows
    texts = {name: _first_texts(rows, fields) for name, fields in _TEXTS.items()}
    found, done, closed = (_days(days(rows, name)) for name in ("发现日", "完成日", "销号日"))
    due = _days(lives.dues.due)
    late = lives.overdue
    lines = []
    for at, origin in enumerate(rows["origin"].tolist()):
        finished, owner = bool(lives.done[at]), matters.owner(at)
        past = int(lives.past[at]) if due[at] and not finished else None
        alert = matters.handling.alert(past) if past is not None else None
        said = {name: column[at] for name, column in texts.items()}
        lines.append(
            IssueLine(
                origin,
                matters.units(at),
                **said,
                owner=owner.person,
                leader=owner.leader,
                office=owner.office,
                found=found[at],
                due=due[at],
                done=done[at],
                closed=closed[at],
                stage=_stage(closed=bool(lives.closed[at]), done=finished, late=bool(late[at])),
                days=past,
                alert=alert,
                gaps=lives.gaps.of(at),
            )
        )
    return lines


def _stage(*, closed: bool, done: bool, late: bool) -> Stage:
    if closed:
        return Stage.CLOSED
    if done:
        return Stage.DONE
    return Stage.LATE if late else Stage.WORKING


def _first_texts(rows: RowSet, fields: Sequence[str]) -> list[str]:
    """Return for each row the first of the columns that says something."""
    known = [rows[name].tolist() for name in fields if name in rows]
    return [next((str(text) for text in each if text), "") for each in zip(*known, strict=True)] or [""] * len(rows)


def _days(column: Days) -> list[Any]:
    return [None if np.isnat(day) else day.astype("datetime64[D]").item() for day in column]


def stage_counts(
    lines: Iterable[IssueLine], names: Callable[[IssueLine], Iterable[str]], order: Iterable[str] = ()
) -> tuple[StageCount, ...]:
    """Count lines by a name, those of `order` first, then the others by count; blank ones last as 未注明.

    A line with several names (a row of two units) stands with each of them, so that only `totals` closes a table.
    """
    found: dict[str, list[Stage]] = {}
    for line in lines:
        for name in dict.fromkeys(names(line)):
            found.setdefault(name, []).append(line.stage)
    blank = found.pop("", None)
    known = [name for name in order if name in found]
    others = sorted(found.keys() - set(known), key=lambda name: (-len(found[name]), name.encode("gb18030", "replace")))
    counted = [count(name, found[name]) for name in (*known, *others)]
    return (*counted, *((count(UNSTATED, blank),) if blank else ()))


def count(name: str, stages_of: Sequence[Stage]) -> StageCount:
    """Return how many stand where."""
    each = [stages_of.count(stage) for stage in (Stage.CLOSED, Stage.DONE, Stage.WORKING, Stage.LATE)]
    return StageCount(name, len(stages_of), *each)


def change(on: Sequence[date | None], span: Span) -> Change:
    """Return how many days lie in the reporting period, in the one before it and in the same a year before.

    Of an earlier period nothing is said unless the ledger reaches back to it: one day at its end or earlier.
    """
    known = sorted(day for day in on if day is not None)
    months = _months(span.shown)

    def within(back: int) -> int | None:
        if not months or not known:
            return None
        earlier = Period(add_months(span.shown.start, -back), add_months(span.shown.start, months - back))
        if known[0] >= earlier.end:
            return None
        return sum(earlier.start <= day < earlier.end for day in known)

    now = sum(span.shown.start <= day <= min(span.shown.end, span.as_of) for day in known)
    return Change(now, within(months), within(12) if months != 12 else None)


def _months(period: Period) -> int:
    """Return how many whole months a period has, 0 when it is no number of whole months."""
    start, end = period.start, period.end
    count_ = (end.year - start.year) * 12 + end.month - start.month + 1
    return count_ if start.day == 1 and add_months(start, count_).toordinal() - 1 == end.toordinal() else 0
