"""All problems of a run as a workbook for the desk: which file, sheet and cell, what is wrong, what to do."""

from collections.abc import Sequence
from datetime import date, datetime, time
from io import BytesIO
from typing import Final

from xlsxwriter import Workbook

from zyw.listing import Listing, Value, columns_of, write_listing
from zyw.problems import Problem, Severity
from zyw.styles import Styles
from zyw.tables import OUTPUT_MARK

SHEET: Final = "问题清单"
HEADS: Final = (
    ("序号", 6.0), ("级别", 7.0), ("文件", 26.0), ("工作表", 14.0), ("单元格", 9.0),
    ("问题", 40.0), ("怎么改", 34.0), ("编号", 7.0),
)  # fmt: skip
ORDER: Final = list(Severity)


def findings_workbook(problems: Sequence[Problem], as_of: date, scope: str) -> bytes:
    """Return the list as xlsx bytes, errors first; the same problems give the same bytes.

    `scope` says what was read, below the title. A message never holds a whole cell, so the list may leave the office.
    """
    ranked = sorted(problems, key=lambda p: ORDER.index(p.severity))
    rows = [_row(number, problem) for number, problem in enumerate(ranked, start=1)]
    listing = Listing(SHEET, SHEET, (Value(scope, "line"),), columns_of(HEADS, rows), frozen=2)
    target = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with Workbook(target, options) as workbook:
        workbook.set_properties({"title": SHEET, "created": datetime.combine(as_of, time())})
        workbook.set_custom_property(OUTPUT_MARK, SHEET)
        write_listing(workbook.add_worksheet(SHEET), listing, Styles(workbook, 0))
    return target.getvalue()


def _row(number: int, problem: Problem) -> tuple[Value, ...]:
    place = problem.place
    sheet = (place.sheet or "") if place else ""
    cell = (place.cell or (f"第{place.line}行" if place.line else "")) if place else ""
    style = "warn" if problem.severity is Severity.ERROR else "centre"
    return (
        Value(number, "centre"),
        Value(problem.severity.value, style),
        Value(place.file if place else ""),
        Value(sheet),
        Value(cell, "centre"),
        Value(problem.message),
        Value(problem.hint),
        Value(problem.code, "centre"),
    )
