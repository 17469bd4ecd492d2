"""What the lines around a table say: 填报单位, 填报人, 填报时间, and the year that completes yearless dates.

Cells of one line are read together, so that a label and its value may stand in one cell or in two. Telephone numbers in
such lines are not read.
"""

import re
from collections.abc import Iterable, Sequence
from typing import Final

from zyw.cells import clean
from zyw.columns import TRADITIONAL
from zyw.privacy import mask_numbers
from zyw.sheets import Cell

LABELS: Final = {"unit": "填报单位", "by": "填报人", "when": "填报时间"}
"""The facts a person is shown, as they are called on the sheet."""
_STAMP: Final = r"\s*(?:[（(][^）)]*[）)])?\s*"
_ENDS: Final = r"(?=\s|$|填报|填表|制表|联系|报送|日期|时间)"
_UNIT: Final = re.compile(
    rf"(?:(?:填报|报送|上报|填表)(?:单位|学校){_STAMP}[:：\s]|(?:单位名称|学校名称|单位|学校){_STAMP}[:：])\s*([^\s:：]+?){_ENDS}"
)
_FILL_IN: Final = re.compile(r"[县区](?:[（(]区[)）])?\s+(\S+?)\s*(?:学校)?[（(]幼儿园[)）]")
"""市　县(区)　第一小学　学校(幼儿园)　年　月　日: the line of a printed form (input-formats.md L8)."""
_BY: Final = re.compile(
    rf"(?:填报人|填表人|制表人|制表|报送人|填报责任人){_STAMP}[:：]\s*([\u4e00-\u9fff·]{{2,6}})(?![\u4e00-\u9fff:：])"
)
_WHEN: Final = re.compile(
    rf"(?:(?:填报|填表|制表|报送|上报|统计)(?:时间|日期)|截至|日期|时间){_STAMP}[:：]?\s*(\d{{4}}\s*[年./-]\s*\d{{1,2}}\s*[月./-]?(?:\s*\d{{1,2}}\s*日?)?)"
)
_DATED: Final = re.compile(r"\d{4}\s*年\s*\d{1,2}\s*月(?:\s*\d{1,2}\s*日)?")
_YEAR: Final = re.compile(r"(?<![\d-])((?:19|20)\d{2})\s*[年.\-/]")
"""A year of this age: 0730-5550144 in the same line is a telephone number."""
_NOBODY: Final = re.compile(r"[_＿.…×xX*]+|学校|单位|幼儿园|.*[xX×]{2,}.*")


def sheet_facts(rows: Iterable[Sequence[Cell]]) -> dict[str, str]:
    """Return what the lines `rows` say: `unit`, `by`, `when` (as written) and `year`, as far as they do.

    >>> sheet_facts([["填报单位（盖章）：", "第一中学", "填报人：张三 联系电话：13800138000"], ["2012年5月"]])
    {'unit': '第一中学', 'by': '张三', 'when': '2012年5月', 'year': '2012'}
    """
    facts: dict[str, str] = {}
    for line in _lines(rows):
        for name, value in (("unit", _unit(line)), ("by", _value(_BY, line)), ("when", _when(line))):
            if value:
                facts.setdefault(name, mask_numbers(value))
        if found := _YEAR.search(line):
            facts.setdefault("year", found[1])
    return {name: facts[name] for name in ("unit", "by", "when", "year") if name in facts}


def is_heading(row: Sequence[Cell]) -> bool:
    """Say whether a line above a table belongs to it: a title alone in its row, or a line of 填报单位 and the like."""
    texts = _texts(row)
    return len(set(texts)) == 1 or any(_UNIT.search(f"{text} ") or _FILL_IN.search(text) for text in texts)


def is_opening(row: Sequence[Cell]) -> bool:
    """Say whether a table may begin below this row: it is blank, or a heading."""
    return not any(cell != "" for cell in row) or is_heading(row)


def _lines(rows: Iterable[Sequence[Cell]]) -> Iterable[str]:
    return ("  ".join(texts) for row in rows if (texts := _texts(row)))


def _texts(row: Sequence[Cell]) -> list[str]:
    return [text for cell in row if isinstance(cell, str) and cell and (text := clean(cell))]


def _unit(line: str) -> str:
    value = _value(_UNIT, line) or _value(_FILL_IN, line)
    return "" if _NOBODY.fullmatch(value) else value


def _value(pattern: re.Pattern[str], line: str) -> str:
    found = pattern.search(line.translate(TRADITIONAL))
    return line[slice(*found.span(1))] if found else ""


def _when(line: str) -> str:
    found = _value(_WHEN, line)
    alone = _DATED.fullmatch(line.strip())
    return re.sub(r"\s+", "", found or (alone[0] if alone else ""))
