"""The workbook 核对结果 that a unit gets where its own cannot go back: places and reasons, and nothing of any cell.

It says the kind of problem as the catalogue does, not the message, which quotes the cell.
"""

import re
from collections.abc import Sequence
from datetime import date, datetime, time
from io import BytesIO
from typing import Final

from xlsxwriter import Workbook

from zyw.marking.resultsheet import NAME, WHOLE
from zyw.marking.rounds import Finding, row_of
from zyw.printed.listing import Listing, Value, columns_of, write_listing
from zyw.printed.styles import Styles
from zyw.problems import Severity, codes
from zyw.tables import OUTPUT_MARK

HEADS: Final = (
    ("序号", 6.0), ("级别", 7.0), ("文件", 26.0), ("工作表", 14.0), ("单元格", 9.0), ("列", 14.0), ("问题", 26.0),
    ("怎么改", 42.0), ("编号", 7.0),
)  # fmt: skip
_NOTE: Final = "请在原来的文件里找到这些格子，改正后重新报送。本表只写位置和原因，不含台账内容。"


def slip_workbook(unit: str, found: Sequence[tuple[str, Finding]], as_of: date) -> bytes:
    """Return the workbook of one unit from (file, finding) as xlsx bytes; the same findings give the same bytes."""
    ranks = list(Severity)
    ordered = sorted(
        found, key=lambda each: (each[0], each[1].sheet, row_of(each[1].cell), ranks.index(each[1].severity))
    )
    rows = [_row(number, file, each) for number, (file, each) in enumerate(ordered, start=1)]
    listing = Listing(NAME, f"{unit}{NAME}", (Value(_NOTE, "line"),), columns_of(HEADS, rows), frozen=2)
    target = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with Workbook(target, options) as workbook:
        workbook.set_properties({"title": NAME, "created": datetime.combine(as_of, time())})
        workbook.set_custom_property(OUTPUT_MARK, NAME)
        write_listing(workbook.add_worksheet(NAME), listing, Styles(workbook, 0))
    return target.getvalue()


def _row(number: int, file: str, finding: Finding) -> tuple[Value, ...]:
    kind = codes()[finding.code]
    style = "fault" if finding.severity is Severity.ERROR else "centre"
    cell = finding.cell or (WHOLE if finding.sheet else "")
    texts = (file, finding.sheet)
    return (
        Value(number, "centre"),
        Value(finding.severity.value, style),
        *(Value(text) for text in texts),
        Value(cell, "centre"),
        Value(finding.label),
        Value(kind.title),
        Value(general(kind.hint)),
        Value(finding.code, "centre"),
    )


def general(hint: str) -> str:
    """Return a remedy without the sentences that state a fact of the case.

    >>> general("最接近的是：{近似}。按方案的名称填写。")
    '按方案的名称填写。'
    """
    sentences = re.findall(r"[^。；]*[。；]?", hint)
    return "".join(each for each in sentences if "{" not in each and "}" not in each)
