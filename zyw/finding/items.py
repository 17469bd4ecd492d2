"""巡查记录 written wide: a column an item, the cell its points: 学校 | 备课（20分） | 上课（30分） | 合计 | 存在问题.

Such a table is known by full marks in brackets behind its labels, or by a title that speaks of an inspection and of
points. A statistic of inspections (检查次数, 发现问题数) must not become a list of scores.
"""

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from zyw.cells import parse_number
from zyw.columns import header_key, is_secret, table
from zyw.finding.headers import DOCUMENT, Column, named
from zyw.sheets import Cell, Grid

INSPECTIONS: Final = "巡查记录"
SAMPLE: Final = 50
MOST_POINTS: Final = 1000
_FEWEST: Final = 2
_INSPECTED: Final = re.compile("巡查|检查|督查|视导|督导|月查|教学常规|评比")
_POINTS: Final = re.compile("得分|评分|打分|计分|记分|积分|量化")
_FULL: Final = re.compile(r"[（(]\s*(?:满分)?\s*(\d+(?:\.\d+)?)\s*分\s*[）)]")
_NO_ITEM: Final = re.compile(
    "(?:合计|总分|小计|总计|总得分|平均分?|名次|排名|排序|等次|等级|备注|扣分|加分|数|次|率|人|额|量|期|校长|园长|序号|编号|说明)$"
)
_MONTH: Final = re.compile(
    r"(?:(?P<year>\d{4})\s*年?\s*[.\-/]?\s*)?(?<!\d)(?P<month>1[0-2]|0?[1-9])\s*月(?!\s*\d+\s*日)"
)


def full_marks(label: str) -> Decimal | None:
    """Return the full marks that a label names in brackets.

    >>> full_marks("备课（20分）"), full_marks("检查项目/上课(满分30分)"), full_marks("作业")
    (Decimal('20'), Decimal('30'), None)
    """
    found = _FULL.search(label)
    return Decimal(found[1]) if found else None


def item_name(label: str) -> str:
    """Return an item's name without the head above it and without its full marks.

    >>> item_name("检查项目/备课（20分）")
    '备课'
    """
    return _FULL.sub("", label.rpartition("/")[2]).strip() or label


def item_columns(grid: Grid, start: int, depth: int, labels: tuple[str, ...], *, certain: bool = False) -> list[int]:
    """Return the indices of the columns that are items; none where nothing says that points were given.

    `certain` means that a person said so; then only the cells are looked at.
    """
    fields = named(labels, table(INSPECTIONS))
    found = [
        j
        for j, label in enumerate(labels)
        if label and not fields[j][0] and not is_secret(label, INSPECTIONS) and not _NO_ITEM.search(_bare(label))
    ]
    rows = grid.rows[start + depth : start + depth + SAMPLE]
    found = [j for j in found if _points([row[j] for row in rows if j < len(row)])]
    marked = sum(full_marks(labels[j]) is not None for j in found)
    firm = certain or marked * 2 > len(found) or _is_about_points(grid, start)
    return found if len(found) >= _FEWEST and firm else []


def _bare(label: str) -> str:
    return header_key(item_name(label))


def _points(cells: Sequence[Cell]) -> bool:
    """Say whether a column holds points: numbers or blanks, one number at the least."""
    numbers = [parse_number(cell) for cell in cells if cell != ""]
    return bool(numbers) and all(isinstance(n, Decimal) and 0 <= n <= MOST_POINTS for n in numbers)


def _is_about_points(grid: Grid, start: int) -> bool:
    texts = (*about(grid, start), grid.sheet, grid.file)
    return any(_INSPECTED.search(text) and _POINTS.search(text) for text in texts)


def about(grid: Grid, start: int) -> list[str]:
    """Return the lines above a header, which say what a sheet is about."""
    return [cell for row in grid.rows[max(0, start - 6) : start] for cell in row if isinstance(cell, str) and cell]


def items(columns: Sequence[Column], indices: Sequence[int]) -> tuple[Column, ...]:
    """Return the columns at `indices` as items; the label stays whole, for it may say the full marks."""
    wanted, spec = frozenset(indices), table(INSPECTIONS).field("检查项目")
    return tuple(Column(c.index, c.letter, c.label, spec, how=DOCUMENT) for c in columns if c.index in wanted)


def month_said(texts: Sequence[str], year: int | None) -> str:
    """Return the first day of the month that a title names, as 2013-05-01; "" where none does or no year is known.

    >>> month_said(["2013年5月教学常规检查记分表"], None), month_said(["5月份巡查"], 2013), month_said(["巡查"], 2013)
    ('2013-05-01', '2013-05-01', '')
    """
    for text in texts:
        found = _MONTH.search(text)
        if found and (found["year"] or year):
            return f"{int(found['year'] or year or 0):04d}-{int(found['month']):02d}-01"
    return ""
