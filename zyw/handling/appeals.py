"""复核（申诉）: until when a person may ask, until when the answer is due, and what is still pending on the day.

Decided 2012-04-02, 30 days to ask and 30 to answer: one may ask until 05-02; asked on 04-20, the answer is due 05-20.
"""

from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np

from zyw.handling.due import DueReader
from zyw.handling.records import Appeal
from zyw.rowfaults import Faults
from zyw.rowset import Days, RowSet
from zyw.rules.process import DECIDED, Review
from zyw.sanctions.rows import Sanctions, gather

if TYPE_CHECKING:
    from zyw.deadlines import Within
    from zyw.ledger import Ledger
    from zyw.scheme import Scheme


def find_appeals(ledger: "Ledger", scheme: "Scheme | None", as_of: date, reader: DueReader) -> tuple[Appeal, ...]:
    """Return the sanctions for which one may still ask for 复核 on the day, or has asked; the earliest clock first.

    What is wrong with rows is told where they are scored, not here; rows that are no sanction or revoked have no clock.
    """
    if scheme is None:
        return ()
    sanctions = gather(ledger, scheme, Faults(ledger.origins))
    rows, on = sanctions.rows, np.datetime64(as_of, "s")
    rows = rows.take((rows["reason"] == "") & (rows["day"] <= on) & ~(rows["revoked"] <= on))
    found = _Clocks(rows, scheme.process.review or Review(""), reader, as_of).appeals(sanctions, scheme)
    return tuple(sorted(found, key=_order))


class _Clocks:
    def __init__(self, rows: RowSet, review: Review, reader: DueReader, as_of: date) -> None:
        self.rows, self.as_of = rows, as_of
        on = np.datetime64(as_of, "s")
        decided, served, asked, answered = (rows[name] for name in ("day", "served", "asked_on", "answered_on"))
        start = decided if review.start == DECIDED else np.where(np.isnat(served), decided, served)
        self.asked = np.where(asked <= on, asked, np.datetime64("NaT", "s"))
        self.answered = np.where(answered <= on, answered, np.datetime64("NaT", "s"))
        self.ask_by = _ends(review.ask, start, reader)
        self.answer_by = _ends(review.answer, self.asked, reader)

    def appeals(self, sanctions: Sanctions, scheme: "Scheme") -> list[Appeal]:
        today = np.datetime64(self.as_of, "D")
        wanted = ~np.isnat(self.asked) | (self.ask_by >= today)
        return [self._one(at, sanctions, scheme) for at in np.flatnonzero(wanted).tolist()]

    def _one(self, at: int, sanctions: Sanctions, scheme: "Scheme") -> Appeal:
        rows = self.rows
        said = sanctions.said[rows["said"][at]].measures
        asked, answered, due = (_day(each[at]) for each in (self.asked, self.answered, self.answer_by))
        pending = asked is not None and answered is None and not rows["review"][at]
        late = max((self.as_of - due).days, 0) if pending and due else 0
        decided = _day(rows["day"][at])
        assert decided is not None, "rows without a decision date have a reason"
        return Appeal(
            int(rows["origin"][at]), rows["unit"][at], rows["person"][at],
            "、".join(scheme.measures[order].name for order in said), decided, _day(self.ask_by[at]), asked, due,
            answered, rows["review"][at], pending, late,
        )  # fmt: skip


def _order(appeal: Appeal) -> tuple[Any, ...]:
    clock = appeal.answer_by if appeal.pending else appeal.ask_by
    return (not appeal.pending, clock or date.max, appeal.unit, appeal.person, appeal.origin)


def _ends(within: "Within | None", starts: Days, reader: DueReader) -> Days:
    if within is None:
        return np.full(len(starts), "NaT", dtype="datetime64[D]")
    return reader.ends(within, starts)


def _day(value: np.datetime64) -> date | None:
    found = None if np.isnat(value) else value.astype("datetime64[D]").item()
    assert found is None or isinstance(found, date)
    return found
