"""The records of which `Facts` consist: each is one line of one list that a paper may print."""

from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Count:
    """How many in the reporting period (`month`) and since the 考核期 began (`total`)."""

    name: str
    month: int
    total: int
    clause: str = ""


@dataclass(frozen=True, slots=True)
class OverdueIssue:
    """An issue whose deadline lies `days` natural days before the as-of day and that is not done."""

    unit: str
    number: str
    category: str
    due: date
    days: int
    origin: int


@dataclass(frozen=True, slots=True)
class Issues:
    """The issue ledger as it stood on the as-of day; `recorded` = done + `working` + late, closed ⊆ done."""

    found: Count = Count("发现", 0, 0)
    done_in: Count = Count("完成", 0, 0)
    closed_in: Count = Count("销号", 0, 0)
    recorded: int = 0
    carried: int = 0
    """Found before the 考核期 began."""
    undated: int = 0
    """Without 发现日: recorded, but in no period."""
    done: int = 0
    closed: int = 0
    working: int = 0
    overdue: tuple[OverdueIssue, ...] = ()
    no_deadline: int = 0
    """Not done and without a deadline that is a day: never overdue."""
    left_out: int = 0
    """Rows that a fault or an unknown unit keeps out of every count."""
    by_category: tuple[Count, ...] = ()
    by_channel: tuple[Count, ...] = ()
    by_kind: tuple[Count, ...] = ()

    @property
    def late(self) -> int:
        """How many issues are overdue: one of several units stands in `overdue` with each of them."""
        return len({one.origin for one in self.overdue})


@dataclass(frozen=True, slots=True)
class RuleCount:
    """How often a rule moved points and by how much (millionths)."""

    rule: str
    clause: str
    month: int
    total: int
    points_month: int
    points_total: int


@dataclass(frozen=True, slots=True)
class Submission:
    """A required document handed in late (`handed` set) or not at all, `days` after it was due."""

    unit: str
    document: str
    due: date
    handed: date | None
    days: int


@dataclass(frozen=True, slots=True)
class Proposal:
    """A consequence that the program proposes and people decide; `person` "" when it is the unit's."""

    unit: str
    person: str
    text: str
    clause: str
    start: date | None = None
    end: date | None = None
    origins: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """A unit's line in a ranked table; scores and points in millionths."""

    unit: str
    rank: int | None
    of: int
    tied: bool
    base: int
    score: int
    excluded: str = ""
    consequences: tuple[str, ...] = ()
    rows_not_used: int = 0
    rate: Fraction | None = None
    ballots: int = 0


@dataclass(frozen=True, slots=True)
class Group:
    """One ranked table: ranked units by place, then those not ranked."""

    name: str
    lines: tuple[Line, ...] = field(default_factory=tuple)
