"""The steps of due process (程序) that the scheme asks for: which rows have gone their way by the day.

A cell that says no keeps the row from counting; a blank one does as the scheme says; a day that is still to come has
not happened yet. A sheet without the column is told once (C040) and its rows count.
"""

from collections.abc import Iterator
from typing import Final

import numpy as np

from zyw.cells import BLANK, key
from zyw.problems import Verbatim, show
from zyw.rowfaults import Faults
from zyw.rowset import Mask, RowSet, Texts, all_texts
from zyw.rules.process import ACCEPT, BEFORE, DOUBT, REFUSE, RESTS, Review, Step
from zyw.scheme import Scheme

_NO: Final = frozenset(("否", "×", "✗", "无", "没有", "n", "no"))


def step_column(column: str) -> str:
    """Return the name under which rows of sanctions have the column of a step."""
    return f"step:{column}"


def judge_steps(rows: RowSet, scheme: Scheme, on: np.datetime64, faults: Faults) -> None:
    """Fill `reason` of the rows that lack a step by the day (in place); what is doubtful is told (C040–C042)."""
    for step in scheme.process.further:
        name = step_column(step.column)
        if name not in rows or not len(rows):
            continue
        free = (rows["reason"] == "") & _concerned(rows, scheme, step)
        has = faults.sheets_have(rows["origin"], step.column)
        faults.once_a_sheet("C040", rows["origin"][free & ~has], step.column)
        for where, why, faulty in _lacks(rows, step, on):
            found = free & has & where
            if faulty == DOUBT:
                for at in np.flatnonzero(found).tolist():
                    facts = {"步骤": Verbatim(step.name), "列": step.column, "原因": Verbatim(why[at])}
                    faults.add("C041", int(rows["origin"][at]), step.column, **facts)
            elif faulty == REFUSE:
                rows["reason"][found] = why[found]
            free &= ~found


def _concerned(rows: RowSet, scheme: Scheme, step: Step) -> Mask:
    """Say which rows have a measure of the kinds that the step is for."""
    if not step.tracks:
        return np.ones(len(rows), dtype=np.bool_)
    of = np.array([*(each.track in step.tracks for each in scheme.measures), False], dtype=np.bool_)
    return np.asarray(of[rows["severest"]], dtype=np.bool_)


def _lacks(rows: RowSet, step: Step, on: np.datetime64) -> Iterator[tuple[Mask, Texts, str]]:
    """Yield where a step is lacking, why, and what that means for the row (不计, 照计, 提醒)."""
    cells = rows[step_column(step.column)]
    if cells.dtype.kind == "M":
        later = cells > on
        yield later, _told(step, later, cells, "在截至日以后"), REFUSE
        yield np.isnat(cells), all_texts(len(rows), f"没有{step.name}（{step.column}空白）"), step.blank
        if step.order:
            wrong = cells > rows["day"] if step.order == BEFORE else cells < rows["day"]
            yield wrong, _told(step, wrong, cells, "在决定之后" if step.order == BEFORE else "在决定之前"), step.blank
        return
    said = rows.coded(step_column(step.column))
    refused = said.mapped((_says_no(text) for text in said.texts), np.bool_)
    told = said.mapped([f"没有{step.name}（{step.column}：{show(text)}）" for text in said.texts])
    yield refused, told, REFUSE
    blank = said.mapped((text in BLANK for text in said.texts), np.bool_)
    yield blank, all_texts(len(rows), f"没有{step.name}（{step.column}空白）"), step.blank


def _told(step: Step, where: Mask, cells: Texts, what: str) -> Texts:
    found = all_texts(len(where))
    for at in np.flatnonzero(where).tolist():
        found[at] = f"{step.name}{what}（{step.column} {cells[at].astype('datetime64[D]')}）"
    return found


def _says_no(text: str) -> bool:
    plain = key(text)
    return plain in _NO or plain.startswith(("未", "没"))


def judge_reviews(rows: RowSet, review: Review | None, on: np.datetime64, faults: Faults) -> None:
    """Tell of sanctions under 复核 on the day (C043); where the scheme says so they do not count meanwhile."""
    asked, answered = rows["asked_on"], rows["answered_on"]
    pending = (asked <= on) & ~(answered <= on) & (rows["review"] == "") & (rows["reason"] == "")
    if not pending.any():
        return
    rests = review is not None and review.meanwhile == RESTS
    for at in np.flatnonzero(pending).tolist():
        day = asked[at].astype("datetime64[D]")
        facts = {"日期": Verbatim(day), "怎样": Verbatim("不计" if rests else ACCEPT)}
        faults.add("C043", int(rows["origin"][at]), "申请复核日", **facts)
        if rests:
            rows["reason"][at] = f"{day} 申请复核，还没有答复，方案规定期间不计"
