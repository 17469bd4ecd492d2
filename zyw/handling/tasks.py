"""任务台账 on the day: a task is done when 完成 has reached 目标, or where there is no 目标 when 进展 says so."""

from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from zyw.exact import fraction
from zyw.handling.due import DueReader, stated
from zyw.handling.lives import Lives, usable
from zyw.lifecycle import each, says_done
from zyw.rowset import Mask, RowSet
from zyw.ruling.facts import Facts

if TYPE_CHECKING:
    from zyw.ledger import Ledger

TASKS = "任务台账"


def task_lives(ledger: "Ledger", as_of: date, reader: DueReader) -> Lives | None:
    """Return where the tasks stand on `as_of`; None without any."""
    rows, left_out = usable(ledger, TASKS, ("单位", "期限", "目标", "完成"))
    if rows is None:
        return None
    dues = stated(rows, reader)
    done = _done(rows)
    none = np.zeros(len(rows), dtype=np.bool_)
    past = reader.past(dues.due, np.datetime64(as_of, "D"))
    nothing = np.full(len(rows), -1, dtype=np.int64)
    return Lives(TASKS, rows, Facts(rows), dues, past, done, none, none, none, nothing, left_out=left_out)


def _done(rows: RowSet) -> Mask:
    told = each(rows, "进展", says_done)
    if "目标" not in rows or "完成" not in rows:
        return told
    pairs = zip(rows["目标"].tolist(), rows["完成"].tolist(), strict=True)
    reached = [None if not (goal := fraction(g)) or c is None else (fraction(c) or 0) >= goal for g, c in pairs]
    return np.array([bool(t) if r is None else r for r, t in zip(reached, told, strict=True)], dtype=np.bool_)
