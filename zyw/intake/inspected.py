"""巡查记录: a wide sheet → a long table an item; a sheet without 检查日 gets the month that its title names.

| 学校 | 备课（20分） | 上课（30分） | 存在问题 |      单位   检查项目   得分   满分   检查日        存在问题
| 一小 | 18          | 25          | 无教案   |  →   一小   备课       18     20     2013-05-01
                                                    一小   上课       25     30     2013-05-01
                                                    一小                            2013-05-01    无教案
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from zyw.columns import table
from zyw.finding.headers import DOCUMENT, Column, Found
from zyw.finding.items import INSPECTIONS, full_marks, item_name
from zyw.intake.body import Body
from zyw.intake.unpivot import Long
from zyw.sheets import Cell

_SHARED: Final = ("单位", "检查日", "检查方式", "检查人")
"""What is said of every item of a row."""
_DAY: Final = "检查日"
_WHOLE: Final = ("存在问题", "整改情况", "整改日")
"""What a row says of a school as a whole: a fault, or that an earlier one is mended."""


def dated(found: Found, body: Body, day: str) -> tuple[Found, Body]:
    """Return a table with `day` as the 检查日 of every row, where it has no such column and a day is known."""
    unit = found.column("单位")
    if not day or found.column(_DAY) or unit is None:
        return found, body
    width = max((len(row) for row in body.rows), default=0)
    column = Column(width, unit.letter, unit.label, table(INSPECTIONS).field(_DAY), how=DOCUMENT)
    rows: list[Sequence[Cell]] = [[*row, *[""] * (width - len(row)), day] for row in body.rows]
    return replace(found, columns=(*found.columns, column)), replace(body, rows=rows)


def items_of(found: Found, body: Body) -> Iterator[Long]:
    """Yield a long table for each item of a wide one, then one for what is said of the schools as a whole."""
    shared = [column for name in _SHARED if (column := found.column(name)) is not None]
    for item in found.documents:
        if any(_cell(row, item) != "" for row in body.rows):
            yield _item(found, body, item, shared)
    whole = [column for name in _WHOLE if (column := found.column(name)) is not None]
    told = [i for i, row in enumerate(body.rows) if any(_cell(row, column) != "" for column in whole)]
    if told:
        kept = Body([body.rows[i] for i in told], [body.numbers[i] for i in told])
        yield Long(replace(found, documents=()), kept)


def _item(found: Found, body: Body, item: Column, shared: Sequence[Column]) -> Long:
    """Return the rows in which the item has points; all that its cell says stands in that cell."""
    marks = full_marks(item.label)
    names = ("检查项目", "得分", *(("满分",) if marks is not None else ()))
    rows: list[Sequence[Cell]] = []
    numbers = []
    for row, number in zip(body.rows, body.numbers, strict=True):
        points = _cell(row, item)
        if points == "":
            continue
        full = (f"{marks:f}",) if marks is not None else ()
        rows.append([*(_cell(row, column) for column in shared), item_name(item.label), points, *full])
        numbers.append(number)
    first = [replace(column, index=i) for i, column in enumerate(shared)]
    spec = table(INSPECTIONS)
    rest = [
        Column(len(first) + i, item.letter, item.label, spec.field(name), how=DOCUMENT) for i, name in enumerate(names)
    ]
    return Long(replace(found, columns=(*first, *rest), documents=()), Body(rows, numbers))


def _cell(row: Sequence[Cell], column: Column) -> Cell:
    return row[column.index] if column.index < len(row) else ""
