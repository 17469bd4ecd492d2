"""What is known of issues and tasks on a day: frozen records, exact days, each with the way back to its row."""

from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Final

from zyw.rules.handling import Alert, Closing, Handling, State
from zyw.rules.terms import Note

UNIT, LEADER, OFFICE, PERSON = "单位", "责任领导", "责任股室", "责任人"
OWNERS: Final = (UNIT, LEADER, OFFICE, PERSON)


class Basis(Enum):
    """On what a deadline rests; the words are shown."""

    NONE = "没有期限"
    STATED = "台账写明"
    DEFAULT = "按方案时限"
    REOPENED = "重开后的时限"
    EXTENDED = "延期"


BASES: Final = tuple(Basis)


@dataclass(frozen=True, slots=True)
class Owner:
    """Who answers for a matter; "" where neither the row nor the roster says."""

    leader: str = ""
    office: str = ""
    person: str = ""


@dataclass(frozen=True, slots=True)
class Matter:
    """One issue or task on the day; a row that names several units is one matter.

    `days`: how many days it is past its deadline, in the scheme's days (0: today is the last; −3: three are left); None
    where it is done or has no deadline that is a day. `gaps` are the conditions of closing that do not hold. `text` is
    what the ledger says, for use inside the office. `remark` says what is particular: the extension, the earlier issue.
    """

    table: str
    origin: int
    units: tuple[str, ...]
    number: str
    text: str
    category: str
    channel: str
    owner: Owner
    found: date | None
    due: date | None
    basis: Basis
    days: int | None
    alert: Alert | None
    state: str
    gaps: tuple[Closing, ...] = ()
    remark: str = ""

    @property
    def unit(self) -> str:
        """The units as one text."""
        return "、".join(self.units)


@dataclass(frozen=True, slots=True)
class Tally:
    """How the matters of one owner stand; `alerts` has a number for each alert of the scheme, the mildest first."""

    kind: str
    name: str
    open: int = 0
    soon: int = 0
    overdue: int = 0
    alerts: tuple[int, ...] = ()
    closable: int = 0
    wrongly_closed: int = 0


@dataclass(frozen=True, slots=True)
class Appeal:
    """The clocks of one sanction: until when the person may ask for 复核 (申诉), and until when it is to be decided.

    `asked` and `decided` are None where nothing is written; `pending`: asked and not decided by the day; `late` is by
    how many natural days a pending one is past `answer_by`, 0 when it is not.
    """

    origin: int
    unit: str
    person: str
    measure: str
    decided_on: date
    ask_by: date | None
    asked: date | None
    answer_by: date | None
    answered: date | None
    result: str
    pending: bool
    late: int = 0


@dataclass(frozen=True, slots=True)
class Move:
    """An issue whose state went where the scheme does not let it: `before` and `after` as written, `state` was it in.

    `case` is its number, else its text, for use inside the office; `place` is where it stands now.
    """

    unit: str
    case: str
    before: str
    after: str
    state: State
    earlier: str
    place: str


@dataclass(frozen=True, slots=True)
class Docket:
    """Where everything stands on `as_of`; lists in order of deadline, unit, row.

    `recorded` = `closed` + `done` (done and not closed) + `open`; `overdue` ∪ `due_soon` ⊆ open. `left_out` rows could
    not be used. `lacking` are done and may not be closed yet. `totals` counts each matter once, `tallies` each owner's.
    """

    as_of: date
    handling: Handling
    recorded: int = 0
    open: int = 0
    done: int = 0
    closed: int = 0
    no_deadline: int = 0
    left_out: int = 0
    due_soon: tuple[Matter, ...] = ()
    overdue: tuple[Matter, ...] = ()
    closable: tuple[Matter, ...] = ()
    lacking: tuple[Matter, ...] = ()
    wrongly_closed: tuple[Matter, ...] = ()
    reopened: tuple[Matter, ...] = ()
    recurring: tuple[Matter, ...] = ()
    extended: tuple[Matter, ...] = ()
    totals: Tally = Tally("", "合计")
    tallies: tuple[Tally, ...] = ()
    appeals: tuple[Appeal, ...] = ()
    moves: tuple[Move, ...] = ()
    """Only where an earlier ledger was given."""
    notes: tuple[Note, ...] = ()

    def by(self, kind: str) -> tuple[Tally, ...]:
        """Return the tallies of one kind of owner: 单位, 责任领导, 责任股室 or 责任人."""
        return tuple(each for each in self.tallies if each.kind == kind)

    def at(self, alert: str) -> tuple[Matter, ...]:
        """Return the overdue matters of one alert."""
        return tuple(each for each in self.overdue if each.alert is not None and each.alert.name == alert)
