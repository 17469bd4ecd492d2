"""问题台账 → issues by class, channel, leader, office, school, kind of school and stage; each once in every total.

Where an issue stands says `zyw.handling` (with extensions and the scheme's own deadlines); 已销号, 已完成, 正在整改 and
逾期 add up to the issues of any line. An issue of two schools stands with both, and once in 合计.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

import numpy as np

from zyw.cells import key
from zyw.handed import days_of
from zyw.ledger import Ledger
from zyw.periods import Period, Span, add_months
from zyw.rowfaults import Faults
from zyw.rowset import Coded, Ints, Mask
from zyw.tallies.words import (
    UNSTATED,
    Spread,
    as_one,
    in_order,
    leaders_of,
    linked,
    linked_leaders,
    linked_offices,
    offices_of,
    spread,
    texts,
    within,
)

if TYPE_CHECKING:
    from zyw.handling.lives import Lives
    from zyw.scheme import Scheme

TABLE: Final = "问题台账"
STAGES: Final = ("已销号", "已完成", "正在整改", "逾期")
"""Where an issue stands, closed first; papers say the same."""


@dataclass(frozen=True, slots=True)
class IssueGroup:
    """The issues of one word; recorded = closed + done + working + late, found in the month ≤ found in all."""

    name: str
    month: int = 0
    total: int = 0
    recorded: int = 0
    closed: int = 0
    done: int = 0
    working: int = 0
    late: int = 0
    clause: str = ""
    origins: tuple[int, ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class Change:
    """Issues found in this period and in earlier ones of the same length; None where the ledger tells of none at all.

    `sure` says whether chance alone hardly explains the change against the period before: (now − before)² is not less
    than 4 × (now + before), twice the standard error of a difference of counts. 10 → 2: 64 ≥ 48, sure; 5 → 1: 16 < 24,
    not.
    """

    name: str
    now: int
    before: int | None
    year_ago: int | None
    origins: tuple[int, ...] = field(default=(), compare=False)

    @property
    def sure(self) -> bool:
        """Whether the change against the period before is more than chance makes."""
        return self.before is not None and differs(self.now, self.before)


def differs(now: int, before: int) -> bool:
    """Say whether two counts differ by twice the standard error of their difference or more; two zeros do not.

    >>> differs(2, 10), differs(1, 5), differs(0, 0)
    (True, False, False)
    """
    return now != before and (now - before) ** 2 >= 4 * (now + before)


CAUTION: Final = "件数少，升降可能只是偶然：两期件数之差的平方不小于两期之和的四倍，才写“明显”。"


@dataclass(frozen=True, slots=True)
class IssueTally:
    """The issue ledger as it stood on the as-of day; `undated` are recorded but found in no period."""

    total: IssueGroup
    by_category: tuple[IssueGroup, ...] = ()
    by_channel: tuple[IssueGroup, ...] = ()
    by_leader: tuple[IssueGroup, ...] = ()
    by_office: tuple[IssueGroup, ...] = ()
    by_unit: tuple[IssueGroup, ...] = ()
    by_kind: tuple[IssueGroup, ...] = ()
    by_linked_leader: tuple[IssueGroup, ...] = ()
    by_linked_office: tuple[IssueGroup, ...] = ()
    by_stage: tuple[IssueGroup, ...] = ()
    changes: tuple[Change, ...] = ()
    """By class, the sum of all first."""
    before: Period | None = None
    undated: int = 0
    left_out: int = 0


def lives_of(ledger: Ledger, scheme: "Scheme | None", as_of: date) -> "Lives | None":
    """Return where the issues stand by the scheme's own rules of handling; None without any."""
    from zyw.handling.due import DueReader
    from zyw.handling.lives import issue_lives
    from zyw.rules.handling import USUAL

    handling = scheme.handling if scheme else USUAL
    return issue_lives(ledger, scheme, as_of, DueReader(handling, ledger.calendar), Faults(ledger.origins))


def tally_issues(
    ledger: Ledger, scheme: "Scheme | None", span: Span, lives: "Lives | None" = None
) -> IssueTally | None:
    """Return the issues by whatever they have in common; None without an issue ledger, or when none can be used.

    `lives` says where the issues stand; it is worked out unless somebody has done so.
    """
    lives = lives or lives_of(ledger, scheme, span.as_of)
    if lives is None:
        return None
    counted = _Counted(ledger, span, lives)
    once, each = counted.once, counted.each
    classes, channels = _classes(scheme), _channels(scheme)
    stage = Coded(counted.stage, list(STAGES))
    by_class = spread(_renamed(texts(once, "类别"), classes.names), as_one)
    return IssueTally(
        counted.all(),
        by_category=counted.groups(by_class, classes.clauses),
        by_channel=counted.groups(spread(_renamed(texts(once, "来源"), channels.names), as_one), channels.clauses),
        by_leader=counted.groups(spread(texts(once, "领导"), leaders_of)),
        by_office=counted.groups(spread(texts(once, "责任股室"), offices_of)),
        by_unit=counted.groups(
            spread(texts(each, "单位"), as_one), {unit.name: "" for unit in ledger.units}, of_each=True
        ),
        by_kind=counted.groups(spread(linked(each, _kinds(ledger)), as_one), of_each=True),
        by_linked_leader=counted.groups(spread(linked(each, linked_leaders(ledger)), leaders_of), of_each=True),
        by_linked_office=counted.groups(spread(linked(each, linked_offices(ledger)), offices_of), of_each=True),
        by_stage=counted.groups(spread(stage, as_one), dict.fromkeys(STAGES, "")),
        changes=counted.changes(by_class, list(classes.clauses)),
        before=earlier(span.shown),
        undated=int(np.isnat(counted.found).sum()),
        left_out=lives.left_out,
    )


def _kinds(ledger: Ledger) -> dict[str, str]:
    return {unit.name: unit.kind for unit in ledger.units}


@dataclass(frozen=True, slots=True)
class _Known:
    """The words of a scheme: any spelling → the official word, and the clause of each."""

    names: Mapping[str, str]
    clauses: Mapping[str, str]


def _classes(scheme: "Scheme | None") -> _Known:
    """Return the classes; a 类别 cell may hold one of a class's behaviours instead."""
    classes = scheme.categories if scheme else ()
    names = {key(word): each.name for each in classes for word in (*each.behaviours, each.name)}
    return _Known(names, {each.name: each.clause for each in classes})


def _channels(scheme: "Scheme | None") -> _Known:
    channels = scheme.channels if scheme else ()
    names = {key(word): each.name for each in channels for word in (*each.aliases, each.name)}
    return _Known(names, {each.name: each.clause for each in channels})


def _renamed(cells: Coded, names: Mapping[str, str]) -> Coded:
    """Return a column with each word as the scheme has it; a class may be written as one of its behaviours."""
    return Coded(cells.codes, [names.get(key(text), text) for text in cells.texts])


class _Counted:
    """The issues once (`once`) and once a unit (`each`), with where each of them stands."""

    def __init__(self, ledger: Ledger, span: Span, lives: "Lives") -> None:
        self.span, self.once = span, lives.rows
        rows = ledger.rows[TABLE]
        kept = np.isin(rows["origin"], lives.rows["origin"])
        self.each = rows.take(kept & (rows["单位"] != "") if "单位" in rows else kept)
        self.found = days_of(lives.rows, "发现日")
        self.stage = np.select([lives.closed, lives.done, ~lives.overdue], [0, 1, 2], 3).astype(np.int64)
        self.month, self.total = (within(self.found, each, span.as_of) for each in (span.shown, span.period))

    def masks(self) -> list[Mask]:
        """Return what is counted of each issue: found in the month, in all, recorded, and the four stages."""
        everything = np.ones(len(self.once), dtype=np.bool_)
        return [self.month, self.total, everything, *(self.stage == at for at in range(len(STAGES)))]

    def all(self) -> IssueGroup:
        counts = [int(mask.sum()) for mask in self.masks()]
        return _group("合计", counts, "", tuple(sorted(self.once["origin"].tolist())))

    def groups(
        self, of: Spread, known: Mapping[str, str] | None = None, *, of_each: bool = False
    ) -> tuple[IssueGroup, ...]:
        """Return a line a word: those of `known` (word → clause) first and always; nothing when nobody wrote any."""
        known = known or {}
        if not known and not set(of.words) - {UNSTATED}:
            return ()
        item, at = self._items(of_each=of_each)
        masks = [mask[at] for mask in self.masks()]
        counts = [of.tallies(item, mask).tolist() for mask in masks]
        rows = of.origins(item, masks[2])
        found = {
            of.words[place]: _group(
                of.words[place], [each[place] for each in counts], known.get(of.words[place], ""), rows[place]
            )
            for place in in_order(of, tuple(known))
        }
        first = [found.get(word, IssueGroup(word, clause=clause)) for word, clause in known.items()]
        return (*first, *(group for word, group in found.items() if word not in known))

    def _items(self, *, of_each: bool) -> tuple[Ints, Ints]:
        """Return the issue of each row and its place in `once`, whose origins go up."""
        origins = self.each["origin"] if of_each else self.once["origin"]
        order = np.argsort(self.once["origin"], kind="stable")
        return origins, order[np.searchsorted(self.once["origin"][order], origins)]

    def changes(self, of: Spread, known: Sequence[str]) -> tuple[Change, ...]:
        """Return the counts of the shown period beside those of the period before and of the year before."""
        span = self.span
        periods = (span.shown, earlier(span.shown), year_before(span.shown))
        masks = [within(self.found, each, span.as_of) for each in periods]
        told = [bool(mask.any()) for mask in masks]
        item = self.once["origin"]
        counts = [of.tallies(item, mask).tolist() for mask in masks]
        rows = of.origins(item, masks[0] | masks[1])
        whole = [int(mask.sum()) if there else None for mask, there in zip(masks, told, strict=True)]
        lines = [Change("合计", int(masks[0].sum()), whole[1], whole[2], tuple(sorted(item[masks[0]].tolist())))]
        for place in in_order(of, tuple(known)):
            now, *others = (each[place] for each in counts)
            then = [number if there else None for number, there in zip(others, told[1:], strict=True)]
            if now or any(then):
                lines.append(Change(of.words[place], now, then[0], then[1], rows[place]))
        return tuple(lines) if any(told[1:]) else ()


def _group(name: str, counts: Sequence[int], clause: str, origins: tuple[int, ...]) -> IssueGroup:
    month, total, recorded, closed, done, working, late = counts
    return IssueGroup(name, month, total, recorded, closed, done, working, late, clause, origins)


def earlier(period: Period) -> Period:
    """Return the period of the same length right before: May before June, the first quarter before the second.

    >>> earlier(Period(date(2013, 6, 1), date(2013, 6, 30)))
    Period(start=datetime.date(2013, 5, 1), end=datetime.date(2013, 5, 31))
    """
    end = period.start - timedelta(days=1)
    months = (period.end.year - period.start.year) * 12 + period.end.month - period.start.month + 1
    if period.start.day == 1 and (period.end + timedelta(days=1)).day == 1:
        return Period(add_months(period.start, -months), end)
    return Period(period.start - timedelta(days=period.days), end)


def year_before(period: Period) -> Period:
    """Return the same days a year earlier."""
    last = add_months(period.end + timedelta(days=1), -12) - timedelta(days=1)
    return Period(add_months(period.start, -12), last)
