"""Which rows under a header are the table's: totals, blank rows, notes, signatures are left out, with the reason.

Cells merged downwards mean "same as above" and are filled inside their range only.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import compress
from typing import Final, NamedTuple

from zyw.cells import clean, key
from zyw.coded import ByColumn, cells_of
from zyw.columns import SURVEY, TRADITIONAL
from zyw.finding.headers import Found
from zyw.sheets import Cell, Grid

TAIL: Final = 40
"""Notes and signatures are looked for in the last so many rows of a sheet."""
TOTAL: Final = "合计"
NOTE: Final = "说明或签名"
CROSSED: Final = "横跨的一行"
SECTION: Final = "小标题"
REPEATED: Final = "重复的表头"
EMPTY: Final = "没有内容"
"""Why a row was left out; EMPTY: only 序号 or columns that are not used have something in it."""
TOTAL_WORD: Final = re.compile(r".{0,12}?(合计|小计|总计|共计|总数|平均(分|值|数)?|本页计|累计)[:：]?")
_SUMS: Final = re.compile("[计計均数數]")
"""One of these is in every word for a total."""
_SIGNED: Final = re.compile(
    r"(单位)?(负责人|单位|学校|校长|园长|领导|分管领导|主管领导|经办人|审核人?|审批人?|审阅|填表人?|填报人|制表人?|统计人|联系人|联系电话|电话|"
    r"(填报|填表|制表|报送|上报|统计)(日期|时间|单位)|日期|签字|签名|盖章|公章|备注|说明|填表说明|附注|注|附)(\s*[（(][^）)]*[）)])?\s*[:：]"
)
_NUMBERED: Final = re.compile(r"(?:\d{1,2}|[一二三四五六七八九十])[.、．]|[（(]\d{1,2}[）)]")
_SECTION: Final = re.compile(
    r"[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)]|第[一二三四五六七八九十]{1,3}(?:部分|类|章)"
)
_LISTED: Final = re.compile("[、)）第]")
_OPINIONS: Final = re.compile("(?:意见|建议)[和与、]?(?:意见|建议)?(?:问题)?[:：]?")
_DATE_LINE: Final = re.compile(r"[\d年月日\s.:：/-]+")
WIDE: Final = 3
"""A row crossed by a merge of so many columns, or half the table, is a note or a heading, not a record."""


class LeftOut(NamedTuple):
    """Rows (by the sheet's numbers) under a header that are no records, and why."""

    reason: str
    rows: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Body:
    """The rows of a table with the sheet's number of each; what was left out; the lines below (notes, signatures)."""

    rows: Sequence[Sequence[Cell]]
    numbers: Sequence[int]
    left_out: tuple[LeftOut, ...] = ()
    below: tuple[Sequence[Cell], ...] = ()


def body_rows(grid: Grid, found: Found) -> Body:
    """Return the rows of the table; `grid` itself is not changed."""
    rows = _filled(grid, found)
    end = _end(rows, found.body)
    body, first = rows[found.body : end], grid.top + found.body
    why: dict[int, str] = {}
    for reason, indices in (
        (REPEATED, _repeated(grid, body, found)),
        (TOTAL, _total_rows(body, found)),
        (CROSSED, (n - first for n in _crossed(grid, found) if first <= n < first + len(body))),
    ):
        for i in indices:
            why.setdefault(i, reason)
    used = [c.index for c in (*found.columns, *found.documents) if c.field or found.table == SURVEY]
    kept = _holding(body, used)
    for i in why:
        kept[i] = False
    why |= {i: EMPTY for i, keep in enumerate(kept) if not keep and i not in why}
    for i in _sections(body, found, why):
        kept[i], why[i] = False, SECTION
    below = tuple(rows[end:])
    left_out = _told(why, body, first, [(grid.top + i, row) for i, row in enumerate(below, end)])
    numbers = range(first, first + len(body))
    if all(kept):
        return Body(body, numbers, left_out, below)
    rows = body.kept(kept) if isinstance(body, ByColumn) else list(compress(body, kept))
    return Body(rows, list(compress(numbers, kept)), left_out, below)


def _told(
    why: dict[int, str], body: Sequence[Sequence[Cell]], first: int, below: Iterable[tuple[int, Sequence[Cell]]]
) -> tuple[LeftOut, ...]:
    """Gather the rows left out by reason; rows that are blank altogether are not worth a word."""
    reasons: dict[str, list[int]] = {}
    for i in sorted(why):
        if any(cell != "" for cell in body[i]):
            reasons.setdefault(why[i], []).append(first + i)
    for number, row in below:
        if any(cell != "" for cell in row):
            reasons.setdefault(NOTE, []).append(number)
    return tuple(LeftOut(reason, tuple(rows)) for reason, rows in reasons.items())


def _holding(rows: Sequence[Sequence[Cell]], used: Sequence[int]) -> list[bool]:
    """Say of each row whether one of the columns `used` has something in it; the first answers for nearly all."""
    if isinstance(rows, ByColumn):
        return _holding_by_column(rows, used)
    kept = [cell != "" for cell in cells_of(rows, used[0])] if used else [False] * len(rows)
    for i in [i for i, holds in enumerate(kept) if not holds]:
        row = rows[i]
        kept[i] = any(row[j] != "" for j in used if j < len(row))
    return kept


def _holding_by_column(rows: ByColumn, used: Sequence[int]) -> list[bool]:
    import numpy as np

    kept = np.zeros(len(rows), dtype=np.bool_)
    for j in used:
        kept |= rows.filled(j)
        if kept.all():
            break
    held: list[bool] = kept.tolist()
    return held


def _where(
    rows: Sequence[Sequence[Cell]], j: int, wanted: Callable[[str], object], sign: re.Pattern[str] | None = None
) -> list[int]:
    """Return the rows whose text in column `j` is `wanted`; each distinct text is looked at once.

    `sign` is in every such text: a column that nowhere has it is passed over in one search.
    """
    if isinstance(rows, ByColumn):
        return rows.where(j, lambda cell: isinstance(cell, str) and wanted(cell), sign)
    cells = cells_of(rows, j)
    texts = [cell for cell in set(cells) if isinstance(cell, str)]
    if sign is not None and not sign.search("".join(texts)):
        return []
    words = {text for text in texts if wanted(text)}
    return [i for i, cell in enumerate(cells) if cell in words] if words else []


def _filled(grid: Grid, found: Found) -> Sequence[Sequence[Cell]]:
    if not any(m.last_row > m.first_row and m.first_row - grid.top >= found.body for m in grid.merges):
        return grid.rows
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


def _repeated(grid: Grid, body: Sequence[Sequence[Cell]], found: Found) -> Iterator[int]:
    """Yield the rows that say the header again, as each printed page has it."""
    header = grid.rows[found.body - len(found.header_rows) : found.body]
    places = [c.index for c in found.columns if c.field] or [c.index for c in found.columns]
    if not header or not places:
        return
    probe = places[0]
    heads = [row for row in header if probe < len(row) and row[probe] != ""]
    said = {row[probe] for row in heads}
    for i in (
        body.where(probe, said.__contains__, _any_of(said))
        if isinstance(body, ByColumn)
        else ([i for i, cell in enumerate(cells_of(body, probe)) if cell in said])
    ):
        for head in heads:
            pairs = [(head[j], body[i][j]) for j in places if j < len(head) and j < len(body[i]) and head[j] != ""]
            if len(pairs) > 1 and all(a == b for a, b in pairs):
                yield from range(i, min(i + len(header), len(body)))
                break


def _any_of(cells: Iterable[Cell]) -> re.Pattern[str] | None:
    """Return what is in every one of some texts; None where one is no text."""
    texts = [cell for cell in cells if isinstance(cell, str)]
    return re.compile("|".join(map(re.escape, texts))) if texts else None


def _sections(body: Sequence[Sequence[Cell]], found: Found, why: dict[int, str]) -> Iterator[int]:
    """Yield the rows that only head a section: 一、作风方面 alone in the first column of a table of several."""
    first = min((c.index for c in found.columns), default=0)
    for i in _where(body, first, _SECTION.match, _LISTED) if len(found.columns) > 2 else ():
        if i not in why and not any(other != "" for j, other in enumerate(body[i]) if j != first):
            yield i


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
    return [text for cell in row if cell != "" and (text := clean(cell))]


def _is_signature(row: Sequence[Cell]) -> bool:
    first = next((text for cell in row if cell != "" and (text := clean(cell))), "")
    return bool(_SIGNED.match(first)) and _is_tail(row)


def _is_tail(row: Sequence[Cell]) -> bool:
    """Say whether a row is blank, a signature line, or a note: one cell that starts like a list or a remark."""
    texts = _texts(row)
    if not texts:
        return True
    if len(texts) == 1 and (_NUMBERED.match(texts[0]) or _OPINIONS.fullmatch(texts[0]) or len(set(texts[0])) == 1):
        return True
    return all(_is_signed(texts, i) for i in range(len(texts)))


def _is_signed(texts: Sequence[str], i: int) -> bool:
    """Say whether a cell belongs to a signature line: 填表人：张三, a date, or what stands right of 填表人：."""
    text = texts[i]
    if _SIGNED.match(text) or _DATE_LINE.fullmatch(text):
        return True
    before = texts[i - 1] if i else ""
    return bool(_SIGNED.fullmatch(before)) or (len(texts) == 1 and bool(_SIGNED.match(text)))


def _total_rows(rows: Sequence[Sequence[Cell]], found: Found) -> set[int]:
    """Find 合计 rows by the first column, the 序号 column and the unit column; each distinct text is looked at once."""
    watched = {c.index for c in found.columns[:2]}
    watched |= {c.index for c in found.columns if c.field and c.field.kind.value == "单位"}
    watched |= {c.index for c in found.columns if key(c.label) in ("序号", "编号", "类别", "学段")}
    return {i for j in watched for i in _where(rows, j, _is_total, _SUMS)}


def _is_total(text: str) -> bool:
    return _SUMS.search(text) is not None and TOTAL_WORD.fullmatch(key(text).translate(TRADITIONAL)) is not None


def runs(numbers: Sequence[int]) -> str:
    """Write row numbers shortly.

    >>> runs([3, 4, 5, 9])
    '3–5、9'
    """
    found: list[list[int]] = []
    for n in numbers:
        if found and n == found[-1][-1] + 1:
            found[-1][1:] = [n]
        else:
            found.append([n])
    return "、".join("–".join(map(str, run)) for run in found)
