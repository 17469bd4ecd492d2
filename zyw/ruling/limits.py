"""Caps and floors of a rule or of several rules together: what they cut off is a row of its own in the journal."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Any, Final, TypeAlias

import numpy as np
import numpy.typing as npt

from zyw.points import SCALE, whole_micro
from zyw.rowset import Days, RowSet, Texts
from zyw.rules import Dated, Limit
from zyw.ruling.events import ends_of
from zyw.ruling.relations import Piece, groups_of, together
from zyw.ruling.run import Run
from zyw.ruling.worth import in_force
from zyw.sanctions.grouping import run_starts

Limits: TypeAlias = Dated[tuple[Limit, ...]]
Places: TypeAlias = npt.NDArray[np.integer[Any]]
CAP: Final = "封顶："
"""What the journal calls the row of a limit, before the name of the rule or 限额."""


def limit_rows(run: Run, pieces: Sequence[Piece], limit: Limit, of: tuple[Limits, int]) -> RowSet:
    """Return a row for each unit, person, case or month where the limit changes the sum: what it takes back.

    −2 −2 −2 under 最多扣 5 → one row +1, with the origins of the three. `of` are the dated limits and which of them
    this one belongs to: it holds where they were in force on the last day of what is summed.
    """
    rows, fact, _ = together(pieces)
    key = groups_of(rows, fact, limit.per)
    order = np.argsort(key, kind="stable")
    starts = run_starts(key[order])
    sums = np.add.reduceat(rows["points"][order], starts) if len(starts) else np.zeros(0, dtype=np.int64)
    distinct, codes = np.unique(sums, return_inverse=True)
    bounded = [whole_micro(limit.bounded(Fraction(int(total), SCALE))) for total in distinct.tolist()]
    changes = np.array(bounded, dtype=np.int64)[codes] - sums if len(sums) else sums
    where = np.flatnonzero(changes)
    ends = ends_of(starts, len(order))
    days = _last_days(rows, order, starts[where], ends[where])
    held = in_force(of[0], days) == of[1]
    where, days = where[held], days[held]
    at = order[starts[where]]
    found = rows.take(at, ("unit_at", "name_at", "person_at"))
    if limit.per != "个人":
        found["name_at"] = np.full(len(found), -1, dtype=np.int64)
    found["day"] = days
    found["origins"] = _united(rows["origins"][order], starts[where], ends[where])
    found["points"] = changes[where]
    found["quantity"] = np.zeros(len(found), dtype=np.int64)
    return found


def _last_days(rows: RowSet, order: Places, starts: Places, ends: Places) -> Days:
    days = rows["day"][order]
    return np.array([days[a:b].max() for a, b in zip(starts.tolist(), ends.tolist(), strict=True)], dtype=days.dtype)


def _united(origins: Texts, starts: Places, ends: Places) -> Texts:
    found = np.empty(len(starts), dtype=object)
    for at, (start, end) in enumerate(zip(starts.tolist(), ends.tolist(), strict=True)):
        found[at] = tuple(sorted({origin for each in origins[start:end].tolist() for origin in each}))
    return found


def settled(piece: Piece, rows: RowSet) -> Piece:
    """Return the rows that a limit booked as a piece, for wider limits to count in; their fact is no longer known."""
    return Piece(piece.place, piece.rule, rows, np.full(len(rows), -1, dtype=np.int64))


def apply_limits(run: Run, pieces: list[Piece], limits: Limits | None, named: tuple[str, str, int]) -> list[RowSet]:
    """Book the rows of limits one after the other, each on what the ones before it left.

    `named` is the rule (or 限额), its clause and its place in the journal.

    Returns them, for the sums of items and units.
    """
    booked: list[RowSet] = []
    whole = list(pieces)
    values = enumerate(limits.values, start=1) if limits and pieces else ()
    for segment, limit in ((at, limit) for at, found in values for limit in found or ()):
        assert limits is not None
        rows = limit_rows(run, whole, limit, (limits, segment))
        name, clause, place = named
        run.book(rows, (f"{CAP}{name}", clause, place))
        booked.append(rows)
        whole.append(settled(whole[0], rows))
    return booked
