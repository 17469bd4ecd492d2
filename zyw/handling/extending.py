"""Which extensions (延期) count: a reason, an approver who is not the one who asked, and an end after the old deadline.

A column that the sheet does not have is not asked for, and that is told; a blank one keeps the extension from counting.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from zyw.cells import BLANK, key
from zyw.exact import fraction
from zyw.handling.due import DueReader, Dues
from zyw.handling.records import Basis
from zyw.lifecycle import days
from zyw.problems import Verbatim
from zyw.rowfaults import Faults
from zyw.rowset import Days, Mask, RowSet

UNTIL, WHY, ASKED_BY, APPROVED_BY, APPROVED_ON, TIMES = (
    "延期至", "延期理由", "延期申请人", "延期批准人", "延期批准日", "延期次数",
)  # fmt: skip
NO_REASON, NO_APPROVER, SAME, NOT_LATER = (
    "没有写延期理由", "没有写批准人", "批准人就是申请的人", "延到的日子不在原期限之后",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Extensions:
    """The deadlines after extensions, and which rows have one that counts."""

    dues: Dues
    counted: Mask


def extend(dues: Dues, rows: RowSet, reader: DueReader, on: np.datetime64, faults: Faults) -> Extensions:
    """Move the deadlines of rows whose extension counts by the day; one that does not is told (D003)."""
    until = days(rows, UNTIL).astype("datetime64[D]")
    asked = ~np.isnat(until)
    if not asked.any():
        return Extensions(dues, asked)
    waiting = asked & (days(rows, APPROVED_ON) > on)
    refused = np.zeros(len(rows), dtype=np.bool_)
    for why, where in _refusals(dues, rows, reader, faults):
        fresh = asked & ~waiting & ~refused & where
        for at in np.flatnonzero(fresh).tolist():
            was = "没有期限" if np.isnat(dues.due[at]) else str(dues.due[at])
            facts = {"延到": Verbatim(until[at]), "原因": Verbatim(why), "原期限": Verbatim(was)}
            faults.add("D003", int(rows["origin"][at]), UNTIL, **facts)
        refused |= fresh
    counted = asked & ~waiting & ~refused
    for name in (WHY, APPROVED_BY):
        silent = counted & ~faults.sheets_have(rows["origin"], name)
        faults.once_a_sheet("D004", rows["origin"][silent], name)
    return Extensions(dues.moved(counted, until, Basis.EXTENDED), counted)


def _refusals(dues: Dues, rows: RowSet, reader: DueReader, faults: Faults) -> Iterator[tuple[str, Mask]]:
    """Yield each reason for which an extension does not count, with the rows it holds for."""
    origins, rules = rows["origin"], reader.handling.extension
    until = days(rows, UNTIL).astype("datetime64[D]")
    yield NO_REASON, faults.sheets_have(origins, WHY) & _blank(rows, WHY)
    yield NO_APPROVER, faults.sheets_have(origins, APPROVED_BY) & _blank(rows, APPROVED_BY)
    yield SAME, _same_hand(rows)
    yield NOT_LATER, until <= dues.due
    if rules.most is not None and TIMES in rows:
        times = rows.coded(TIMES)
        over = [(number := fraction(value)) is not None and number > rules.most for value in times.texts]
        yield f"方案最多延 {rules.most} 次", times.mapped(over, np.bool_)
    if rules.longest is not None:
        latest: Days = reader.ends(rules.longest, dues.due)
        yield f"方案最多延 {rules.longest.text}", until > latest


def _blank(rows: RowSet, name: str) -> Mask:
    if name not in rows:
        return np.ones(len(rows), dtype=np.bool_)
    cells = rows.coded(name)
    return cells.mapped((text in BLANK for text in cells.texts), np.bool_)


def _same_hand(rows: RowSet) -> Mask:
    """Say where the approver is the one who asked, or where nobody is named, the one who is responsible."""
    approver, asker, owner = (
        [key(text) for text in rows[name].tolist()] if name in rows else [""] * len(rows)
        for name in (APPROVED_BY, ASKED_BY, "责任人")
    )
    found = [bool(one) and one == (two or three) for one, two, three in zip(approver, asker, owner, strict=True)]
    return np.array(found, dtype=np.bool_)
