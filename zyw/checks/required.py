"""What a row must hold where its sheet has the column: K001 a cell, K002 once a sheet where most are blank, K026.

A column that is mostly blank is not in use; forty lines about it would hide the three cells that were forgotten.
"""

from collections.abc import Iterator, Mapping
from typing import Final

import numpy as np

from zyw.checks.view import View
from zyw.ledger import Ledger
from zyw.problems import Place, Problem, problem

REQUIRED: Final[Mapping[str, tuple[tuple[str, ...], ...]]] = {
    "问题台账": (("问题", "类别"), ("发现日",), ("期限",), ("责任人",)),
    "任务台账": (("任务",), ("期限",)),
    "材料报送": (("材料名称",),),
    "活动台账": (("活动",), ("日期",)),
    "人员": (("姓名",),),
}
"""For each table groups of fields, of which one must be filled."""
SANCTION: Final = ("姓名", "处理方式", "处理时间")
FEW: Final = 3
"""With so many blanks or fewer each is told, however short the sheet."""


def check_required(view: View) -> None:
    """Tell the blanks of one table."""
    for group in REQUIRED.get(view.table, ()):
        _check_group(view, group)
    if view.table == "追责台账":
        _check_sanctions(view)


def _check_group(view: View, group: tuple[str, ...]) -> None:
    asked = np.zeros(len(view), dtype=np.bool_)
    filled, faulty = asked.copy(), asked.copy()
    for field in group:
        asked |= view.has(field)
        filled |= view.filled(field)
        faulty |= view.faulty(field)
    if "期限" in group:
        filled |= view.filled("完成日") | view.filled("销号日")  # put right on the spot: there was no deadline to set
    blank = asked & ~filled & ~faulty
    if not blank.any():
        return
    for rows in view.sheets():
        empty = rows[blank[rows]]
        if len(empty) == 0:
            continue
        field = next((name for name in group if view.has(name)[empty[0]]), group[0])
        label = view.label(int(empty[0]), field)
        if len(empty) > FEW and 2 * len(empty) > len(rows):
            view.tell("K002", empty[:1], field, 列=label, 行数=len(empty), 总数=len(rows))
        else:
            view.tell("K001", empty, field, 列=label)


def check_roster(ledger: Ledger) -> Iterator[Problem]:
    """Yield units of the roster without 学段 where others have one: they would be ranked in no group."""
    lacking = [unit for unit in ledger.units if not unit.kind and unit.origin >= 0]
    if len(lacking) < len(ledger.units):
        for unit in lacking:
            at = ledger.origins.locate(unit.origin, ("学段",))
            if at.cells:
                yield problem(
                    "K001", Place(at.file, at.sheet, at.cells[0]), excerpt=(str(at.row), unit.name), 列="学段"
                )


def _check_sanctions(view: View) -> None:
    """Tell rows that lack the person, the measure or the day: under no scheme can they be a case."""
    for field in SANCTION:
        others = [name for name in SANCTION[:2] if name != field]
        there = [view.filled(name) for name in others]
        told = view.blank(field) & np.logical_or.reduce(there)
        if told.any():
            view.tell("K026", told, field, 列=field, 有=lambda at, others=others: _first(view, at, others))


def _first(view: View, at: int, fields: list[str]) -> str:
    return next(name for name in fields if view.value(at, name))
