"""材料报送 written wide: one column a document, the cell a date, a number of copies, √, 已交 or 未交.

Such a table is known only where something says that it is about handing in: a title, a head over the columns, or names
of documents over cells that are such marks. A statistic (单位 | 班级数 | 学生数) must not become a list of documents.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from zyw.cells import Day, Unread, clean, key, parse_date, parse_number
from zyw.columns import header_key, is_secret, table
from zyw.deadlines import parse_deadline
from zyw.finding.headers import DOCUMENT, Column, named
from zyw.sheets import Cell, Grid

SUBMISSIONS: Final = "材料报送"
SAMPLE: Final = 50
"""So many rows show whether a column holds marks of handing in."""
MOST_COPIES: Final = 1000
_FEWEST: Final = 2
_TITLE: Final = re.compile("报送|上报|收缴|交材料|报材料|(?:材料|资料).{0,6}(?:登记|统计|汇总|收集|一览|清单|情况)")
_HEAD: Final = re.compile("^(?:材料名称|报送材料|应报材料|上报材料|材料|资料|报送情况|上报情况|完成报送)/")
_DOCUMENT: Final = re.compile(
    "(?:方案|总结|报告|记录|笔记|心得|体会|论文|承诺书?|责任书|计划|名单|照片|图片|影像|简报|信息|汇报|制度|台账|清单|材料|文件|讲稿|发言稿|小结|自查表?)$"
)
_NO_DOCUMENT: Final = re.compile(
    "(?:数|率|分|名次|排名|合计|小计|总计|电话|校长|园长|负责人|联系人|序号|编号|备注|签名|签字)$"
)
_POINTS: Final = re.compile(r"\d\s*分\s*[）)]")
"""听课记录（10分）: points of an inspection, not a document."""
_REMARK: Final = re.compile(r"[（(]([^（）()]*)[）)]")


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split("、"))


_HANDED: Final = _words(
    "√、✓、✔、☑、是、有、齐、已、已交、已报、已报送、已上报、已交齐、已收、已提交、交、报、迟交、补交、y、yes、ok"
)
_ABSENT: Final = _words("×、✗、✘、x、否、无、缺、没有、未、未交、未报、未报送、未上报、没交、未收、未提交、欠、n、no")
_FREED: Final = _words("免、免报、不报、不需报、不适用、不涉及")
_BESIDES: Final = re.compile("^(?:已?(?:于|交|报送?|上报|提交))|(?:已?(?:交|报送?|上报|提交|收到))$")


@dataclass(frozen=True, slots=True)
class Handed:
    """What one cell says: the day, how many copies, 是 or 否 (blank: nothing is said); `freed`: nothing was owed."""

    day: date | None = None
    copies: Decimal | None = None
    came: str = ""
    freed: bool = False


def parse_handed(cell: Cell, year: int | None = None) -> Handed | Unread:
    """Read a cell under a document's name.

    >>> parse_handed("√").came, parse_handed("未交").came, parse_handed(2.0).copies, str(parse_handed("2012.3.5").day)
    ('是', '否', Decimal('2'), '2012-03-05')
    """
    text = clean(cell)
    word = key(text)
    if word in ("", "-", "--", "—", "——", "/"):
        return Handed()
    if word in _HANDED or word in _ABSENT:
        return Handed(came="是" if word in _HANDED else "否")
    if word in _FREED:
        return Handed(freed=True)
    number = parse_number(cell)
    if isinstance(number, Decimal) and 0 <= number < MOST_COPIES:
        return Handed(copies=number.normalize() if number else Decimal(0), came="是" if number else "否")
    day = parse_date(when_said(cell) if isinstance(cell, str) else cell, year)
    if isinstance(day, Day):
        return Handed(day.value, came="是")
    return day if isinstance(day, Unread) else Unread("L001", text)


def when_said(text: str) -> str:
    """Return a cell without the words that only say that something came: 已于3月5日交 → 3月5日."""
    return _BESIDES.sub("", clean(text))


def document_columns(
    grid: Grid, start: int, depth: int, labels: tuple[str, ...], *, certain: bool = False
) -> list[int]:
    """Return the indices of the columns that are documents; none where nothing says that this is about handing in.

    `certain` means that a person said so; then only the cells are looked at.
    """
    fields = named(labels, table(SUBMISSIONS))
    found = [
        j
        for j, label in enumerate(labels)
        if label and not fields[j][0] and not is_secret(label, SUBMISSIONS) and not _is_no_document(label)
    ]
    told = certain or _is_about_handing_in(grid, start, labels)
    named_so = [j for j in found if _DOCUMENT.search(_bare(labels[j]))]
    if len(found) < _FEWEST or not (told or len(named_so) * 2 >= len(found)):
        return []
    rows = grid.rows[start + depth : start + depth + SAMPLE]
    said = {j: {row[j] for row in rows if j < len(row)} for j in found}
    found = [j for j in found if all(map(_is_mark, said[j]))]
    marked = any(said[j] - {""} for j in found)
    documents = sum(j in found for j in named_so)
    firm = told or (marked and documents >= _FEWEST and documents * 2 >= len(found))
    return found if len(found) >= _FEWEST and firm else []


def _is_no_document(label: str) -> bool:
    return bool(_NO_DOCUMENT.search(_bare(label)) or _POINTS.search(label))


def _is_about_handing_in(grid: Grid, start: int, labels: Sequence[str]) -> bool:
    """Say whether the title, the sheet, the file or the heads over the columns speak of handing in."""
    above = [cell for row in grid.rows[max(0, start - 6) : start] for cell in row if isinstance(cell, str) and cell]
    return any(map(_TITLE.search, (*above, grid.sheet, grid.file))) or any(map(_HEAD.match, labels))


def _is_mark(cell: Cell) -> bool:
    return isinstance(parse_handed(cell, 2000), Handed)


def _bare(label: str) -> str:
    return header_key(label.rpartition("/")[2])


def documents(columns: Sequence[Column], indices: Sequence[int]) -> tuple[Column, ...]:
    """Return the columns at `indices` as documents; the label stays whole, for it may say by when."""
    wanted, spec = frozenset(indices), table(SUBMISSIONS).field("材料名称")
    return tuple(Column(c.index, c.letter, c.label, spec, how=DOCUMENT) for c in columns if c.index in wanted)


def document_name(label: str) -> str:
    """Return a document's name as its column is headed, without the head above it and a date in brackets.

    >>> document_name("材料名称/实施方案（12月31日前）"), document_name("心得体会（一人一篇）")
    ('实施方案', '心得体会（一人一篇）')
    """
    last = label.rpartition("/")[2]
    return _REMARK.sub(lambda found: "" if due_in(found[0], 2000) else found[0], last).strip() or last


def due_in(label: str, year: int | None) -> date | None:
    """Return the day by which a document is due, where its column says so in brackets.

    >>> due_in("实施方案（2011年12月31日前）", None)
    datetime.date(2011, 12, 31)
    """
    for remark in _REMARK.findall(label):
        day = parse_deadline(remark, year)
        if isinstance(day, Day):
            return day.value
    return None
