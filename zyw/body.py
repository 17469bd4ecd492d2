"""Which rows under a header are the table's: totals, blank rows, notes and signature lines are left out.

Cells merged downwards mean "same as above" and are filled inside their range only.
"""

import re
from collections.abc import Sequence
from itertools import compress
from typing import Final

from zyw.cells import clean, key
from zyw.columns import TRADITIONAL
from zyw.headers import Found
from zyw.sheets import Cell, Grid

TAIL: Final = 40
"""Notes and signatures are looked for in the last so many rows of a sheet."""
_TOTAL: Final = re.compile(r".{0,12}?(合计|小计|总计|共计|总数|平均(分|值|数)?|本页计|累计)[:：]?")
_SUMS: Final = re.compile("[计計均数數]")
"""One of these is in every word for a total."""
_SIGNED: Final = re.compile(
    r"(单位)?(负责人|单位|学校|校长|园长|领导|分管领导|主管领导|经办人|审核人?|审批人?|审阅|填表人?|填报人|制表人?|统计人|联系人|联系电话|电话|"
    r"填报(日期|时间|单位)|制表(日期|时间)|报送(日期|时间)|日期|签字|签名|盖章|公章|备注|说明|填表说明|附注|注|附)(\s*[（(][^）)]*[）)])?\s*[:：]"
)
WIDE: Final = 3
"""A row crossed by a merge of so many columns, or half the table, is a note or a heading, not a record."""
_NUMBERED: Final = re.compile(r"(?:\d{1,2}|[一二三四五六七八九十])[.、．]|[（(]\d{1,2}[）)]")


def body_rows(grid: Grid, found: Found) -> tuple[list[Sequence[Cell]], list[int]]:
    """Return the rows of the table and the sheet's number of each; `grid` itself is not changed."""
    rows = _filled(grid, found)
    end = _end(rows, found.body)
    body, numbers = rows[found.body : end], range(grid.top + found.body, grid.top + end)
    totals = _total_rows(body, found)
    crossed = _crossed(grid, found)
    used = [c.index for c in found.columns if c.field or found.table == "测评"]
    kept = [_holds(row, used) for row in body]
    for i in totals | {n - numbers.start for n in crossed if n in numbers}:
        kept[i] = False
    return list(compress(body, kept)), list(compress(numbers, kept))


def _holds(row: Sequence[Cell], used: Sequence[int]) -> bool:
    """Say whether one of the columns `used` has something in it."""
    first = used[0] if used else len(row)  # looked at alone: a generator for each of 100 000 rows costs 0.15 s
    return (first < len(row) and row[first] != "") or any(row[j] != "" for j in used if j < len(row))


def _filled(grid: Grid, found: Found) -> list[Sequence[Cell]]:
    rows = list(grid.rows)
    for merge in grid.merges:
        first = merge.first_row - grid.top
        column = merge.first_column - grid.left
        if (
            first < found.body
            or merge.last_row == merge.first_row
            or first >= len(rows)
            or not 0 <= column < len(rows[first])
        ):
            continue
        value = rows[first][column]
        for i in range(first + 1, min(merge.last_row - grid.top + 1, len(rows))):
            if column < len(rows[i]):
                row = list(rows[i])
                row[column] = value
                rows[i] = row
    return rows


def _crossed(grid: Grid, found: Found) -> set[int]:
    """Return the rows (by the sheet's number) that one wide merged cell crosses.

    A merge that begins above the body is a title's; one drawn over the whole sheet by mistake takes no rows away.
    """
    width, start = max(WIDE, len(found.columns) // 2), grid.top + found.body
    wide = (m for m in grid.merges if m.last_column - m.first_column + 1 >= width and m.first_row >= start)
    return {n for m in wide for n in range(m.first_row, m.last_row + 1)}


def _end(rows: Sequence[Sequence[Cell]], start: int) -> int:
    """Return the index after the last row that can be the table's, looking backwards over notes and signatures."""
    end = len(rows)
    tail = start
    for i in range(max(start, end - TAIL), end):
        if _is_signature(rows[i]):
            tail = i
            break
    else:
        tail = end
    if all(_is_tail(row) for row in rows[tail:]):
        end = tail
    while end > start and _is_tail(rows[end - 1]):
        end -= 1
    return end


def _texts(row: Sequence[Cell]) -> list[str]:
    return [clean(cell) for cell in row if cell != ""]


def _is_signature(row: Sequence[Cell]) -> bool:
    texts = _texts(row)
    return bool(texts) and bool(_SIGNED.match(texts[0]))


def _is_tail(row: Sequence[Cell]) -> bool:
    """Say whether a row is blank, a signature line, or a note: one cell that starts like a list or a remark."""
    texts = [text for text in _texts(row) if text]
    if not texts or _SIGNED.match(texts[0]):
        return True
    if len(texts) == 1:
        return bool(_NUMBERED.match(texts[0])) or len(set(texts[0])) == 1
    return all(_SIGNED.match(text) or re.fullmatch(r"[\d年月日\s.:：/-]+", text) for text in texts)


def _total_rows(rows: Sequence[Sequence[Cell]], found: Found) -> set[int]:
    """Find 合计 rows by the first column, the 序号 column and the unit column; each distinct text is looked at once."""
    watched = {c.index for c in found.columns[:2]}
    watched |= {c.index for c in found.columns if c.field and c.field.kind.value == "单位"}
    watched |= {c.index for c in found.columns if key(c.label) in ("序号", "编号", "类别", "学段")}
    totals: set[int] = set()
    for j in watched:
        column = [row[j] if j < len(row) else "" for row in rows]
        texts = [cell for cell in set(column) if isinstance(cell, str)]
        if not _SUMS.search("".join(texts)):
            continue
        words = {cell for cell in texts if _SUMS.search(cell) and _TOTAL.fullmatch(key(cell).translate(TRADITIONAL))}
        if words:
            totals.update(i for i, cell in enumerate(column) if isinstance(cell, str) and cell in words)
    return totals
