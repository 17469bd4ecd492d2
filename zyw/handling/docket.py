"""Ledger, scheme and day → the docket: what is due soon, overdue, may be closed, was wrongly closed, and whose it is.

Rows found after the day do not exist yet; rows in which a date or the unit could not be read are counted apart. A row
that names several units is one matter, and stands with each of them in their tallies.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from zyw.handling.appeals import find_appeals
from zyw.handling.due import DueReader
from zyw.handling.lives import ISSUES, Lives, issue_lives
from zyw.handling.matters import Matters, joined
from zyw.handling.records import Docket, Matter
from zyw.handling.tallying import tallied
from zyw.handling.tasks import task_lives
from zyw.problems import Problem, Severity, Verbatim
from zyw.rowfaults import Faults
from zyw.rowset import Mask
from zyw.rules.handling import USUAL, Handling

if TYPE_CHECKING:
    from zyw.ledger import Ledger
    from zyw.scheme import Scheme


def docket(ledger: "Ledger", scheme: "Scheme | None", as_of: date) -> tuple[Docket, tuple[Problem, ...]]:
    """Return where issues and tasks stand on `as_of`; without a scheme, or its 办理, by what is usual (D006)."""
    faults = Faults(ledger.origins)
    handling = scheme.handling if scheme else USUAL
    reader = DueReader(handling, ledger.calendar)
    lives = [
        each
        for each in (issue_lives(ledger, scheme, as_of, reader, faults), task_lives(ledger, as_of, reader))
        if each is not None
    ]
    made = replace(_docket(ledger, lives, handling, as_of), appeals=find_appeals(ledger, scheme, as_of, reader))
    if not handling.stated and made.recorded:
        faults.once("D006", 方案=Verbatim(scheme.id if scheme else "没有写方案"))
    for year in reader.unknown:
        faults.once("D002", 年份=Verbatim(year))
    return made, faults.problems()


def doubts(ledger: "Ledger", scheme: "Scheme | None", as_of: date) -> tuple[Problem, ...]:
    """Return what is doubtful in rows that a docket rests on: extensions that do not count, states nobody knows."""
    faults = Faults(ledger.origins)
    handling = scheme.handling if scheme else USUAL
    issue_lives(ledger, scheme, as_of, DueReader(handling, ledger.calendar), faults)
    return tuple(found for found in faults.problems() if found.severity is Severity.WARNING)


def _docket(ledger: "Ledger", lives: Sequence[Lives], handling: Handling, as_of: date) -> Docket:
    makers = [Matters(ledger, each, handling) for each in lives]
    masks = [_masks(each, handling) for each in lives]

    def pick(name: str) -> tuple[Matter, ...]:
        return joined(maker.of(mask[name]) for maker, mask in zip(makers, masks, strict=True))

    total, tallies = tallied(list(zip(makers, masks, strict=True)), len(handling.alerts))
    return Docket(
        as_of, handling,
        recorded=sum(len(each) for each in lives),
        open=total.open,
        done=sum(int((each.done & ~each.closed).sum()) for each in lives),
        closed=sum(int(each.closed.sum()) for each in lives),
        no_deadline=sum(int((~each.done & np.isnat(each.dues.due)).sum()) for each in lives),
        left_out=sum(each.left_out for each in lives),
        due_soon=pick("soon"),
        overdue=pick("overdue"),
        closable=pick("closable"),
        lacking=pick("lacking"),
        wrongly_closed=pick("wrongly_closed"),
        reopened=pick("reopened"),
        recurring=pick("recurring"),
        extended=pick("extended"),
        totals=total,
        tallies=tallies,
        notes=handling.notes,
    )  # fmt: skip


def _masks(lives: Lives, handling: Handling) -> dict[str, Mask]:
    """Return the rows of each list; a task is simply done, and never closed."""
    closes = lives.table == ISSUES
    finished, lacking = lives.done & ~lives.closed & closes, lives.lacking
    return {
        "open": ~lives.done,
        "soon": lives.due_soon(handling.soon),
        "overdue": lives.overdue,
        "closable": finished & ~lacking,
        "lacking": finished & lacking,
        "wrongly_closed": lives.closed & lacking,
        "reopened": lives.reopened,
        "recurring": np.asarray(lives.former >= 0, dtype=np.bool_),
        "extended": lives.extended,
    }
