"""Last month's ledger and this month's (`zyw diff`): what came, went on, was changed afterwards, reopened, is gone.

A row of last month has been reported. That its state, its evidence, its closing move on is what a month is for; that
its *facts* (unit, problem, day, person, points, measure: all fields but `zyw.exchange.cases.PROGRESS`) become others is
not, and neither is any other content of a cell in an issue that was closed already. Both are *silently changed*.
What was blank and is filled in is told apart (补填).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import NamedTuple

import numpy as np

from zyw.exchange.cases import DAY, is_progress
from zyw.exchange.comparing import Compared
from zyw.exchange.stack import Heading


class Change(Enum):
    """What kind of change a cell underwent."""

    PROGRESS = "进展"
    FILLED = "补填"
    SILENT = "暗改"


class Changed(NamedTuple):
    """One cell of a pair (by its place in the pairing) that says something else than last month."""

    pair: int
    heading: Heading
    kind: Change


@dataclass(frozen=True, slots=True)
class Month:
    """What became of one table's rows; `backdated` are those of `new` whose day lies in what was reported already."""

    compared: Compared
    changed: tuple[Changed, ...]
    reopened: tuple[int, ...]
    closed: tuple[int, ...]
    new: tuple[int, ...]
    backdated: frozenset[int]
    gone: tuple[int, ...]

    @property
    def silent(self) -> tuple[Changed, ...]:
        """The cells that were changed although they had been reported."""
        return tuple(each for each in self.changed if each.kind is Change.SILENT)


def month(compared: Compared) -> Month:
    """Say of every row of both ledgers what became of it."""
    pairing = compared.pairing
    before, after = compared.closed[pairing.a], compared.closed[pairing.b]
    new = tuple(pairing.only_b.tolist())
    return Month(
        compared,
        tuple(
            Changed(each.pair, each.heading, _kind(compared, each.pair, each.heading)) for each in compared.differences
        ),
        tuple(np.flatnonzero(before & ~after).tolist()),
        tuple(np.flatnonzero(~before & after).tolist()),
        new,
        _backdated(compared, new),
        tuple(pairing.only_a.tolist()),
    )


def _kind(compared: Compared, pair: int, heading: Heading) -> Change:
    was, now = compared.rows_of(pair)
    if not compared.stack.filled(heading).meanings[was]:
        return Change.FILLED
    stays_closed = bool(compared.closed[was] and compared.closed[now])
    return Change.PROGRESS if is_progress(compared.name, heading.name) and not stays_closed else Change.SILENT


def _backdated(compared: Compared, new: Sequence[int]) -> frozenset[int]:
    """Return the new rows whose day is not after the last day that last month's ledger tells of."""
    field = DAY.get(compared.name)
    if field is None:
        return frozenset()
    stack = compared.stack
    told = [day for i in range(compared.pairing.size_a) if (day := stack.day(field, i))]
    last = max(told, default=date.min)
    return frozenset(row for row in new if (day := stack.day(field, row)) and day <= last)
