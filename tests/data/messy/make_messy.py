"""Write the second office: a small one that nobody tuned the reader for. Run `python tests/data/messy/make_messy.py`.

Everything is done otherwise than in `examples/`: the table starts at D7, heads are in traditional characters with line breaks
and 必填 marks, a sheet per school with 小計 rows, a hidden copy of a sheet, a date that is a bare number, several titles in one
cell, cells with line breaks in a GB18030 csv. `expected.yaml` was worked out by hand.
"""

from __future__ import annotations

import csv
import io
import sys
from datetime import date, datetime
from pathlib import Path

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

Value = str | int | date | None

HERE = Path(__file__).resolve().parent

# fmt: off
ROSTER: list[list[Value]] = [
    ["代碼", "學校（園）名稱\n（必填）", "辦學類型", "負責人（必填）", "編制數", "簡稱"],
    ["01", "梧桐镇完全小学", "小学", "沈观澜", 40, "梧桐完小、完小"],
    ["02", "沙坡小学", "小学", "祝清和", 15, ""],
    ["03", "河口镇初级中学", "初中", "燕北亭", 52, "河口初中"],
    ["04", "梧桐镇幼儿园", "幼儿园", "申采薇", 11, "镇幼"],
]

HEAD_TOP: list[Value] = [
    "案件編號",
    "單位",
    "受處理人",
    None,
    "處理",
    None,
    None,
    "是否核實\n（是／否）",
    "撤銷時間",
    "解除時間",
]
HEAD_LOW: list[Value] = [
    None,
    None,
    "姓名",
    "職務",
    "處理方式\n（必填）",
    "決定日期\n（必填，如2013-01-01）",
    "決定機關",
    None,
    None,
    None,
]

BY_SCHOOL: dict[str, list[list[Value]]] = {
    "完小": [
        ["W-01", "完小", "沈观澜", "党支部书记、校长", "通报批评", "2013.03.15", "县局", "是", None, None],
        ["W-02", "完小", "裴小雅", "语文教师", "停职检查", 41530, "县局", "√", None, None],
        ["小計", None, "2人", None, None, None, None, None, None, None],
    ],
    "沙坡": [
        ["W-03", "沙坡小学", "蓝田玉", "教师", "通报批评", "二○一三年六月三日", "县局", "是", None, "2013-12-01"],
        [None, None, None, None, "诫勉谈话", None, None, None, None, None],
        ["W-04", "沙坡小学", "梁上月", "班主任", "诫勉谈话", date(2013, 1, 6), "县局", "是", "2013年1月20日", None],
        ["小計", None, "2人", None, None, None, None, None, None, None],
    ],
    "河口": [
        ["W-05", "河口初中 ", "谭 笑", "副校长兼工会主席", "诫勉谈话", "2013／11／30", "县局", "是", None, None],
        ["W-06", "河口初中", "易水寒", "教师", "通报批评", "2014-1-8", "县局", "是", None, None],
        ["小計", None, "2人", None, None, None, None, None, None, None],
    ],
}

ISSUES = [
    ["检查日期", "学校", "反映\n问题（必填）", "内容分类", "投诉人", "投诉人电话", "被反映人", "职务", "核实", "处理结果",
     "处理时间"],
    ["2013-10-09", "河口镇初级中学", "上课\n抽烟", "遵章守纪不严", "桑榆晚", "13900000077", "马小驹", "教师", "属实",
     "诫勉谈话", "2013年12月31日"],
    ["2013-10-21", "河口镇初级中学", "收礼", "遵章守纪不严", "", "", "贝一苇", "教师", "属实", "通报批评", ""],
    [],
    ["2013-11-04", "沙坡小学", "厕所脏", "工作作风不实", "顾念安", "13900000088", "", "", "", "已整改", ""],
]
# fmt: on


def draw(page: Worksheet, rows: list[list[Value]], top: int, left: int) -> None:
    """Write rows from the given cell on."""
    for down, row in enumerate(rows):
        for right, value in enumerate(row):
            if value is not None:
                page.cell(top + down, left + right, value)


def roster_book() -> Workbook:
    """Return the roster: its header stands in D7."""
    book = Workbook()
    page = book.active
    assert isinstance(page, Worksheet)
    page.title = "一覽"
    page["D2"] = "梧桐鎮學校一覽表"
    page["D4"] = "填報單位：梧桐鎮中心學校"
    page["I5"] = "二○一三年一月"
    draw(page, ROSTER, 7, 4)
    page["D13"] = "注：編制數以人事部門核定為準。"
    return book


def sanctions_book() -> Workbook:
    """Return the sanctions, a sheet a school; the last sheet is a hidden copy of the first."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in BY_SCHOOL.items():
        sanctions_sheet(book.create_sheet(name), rows)
    copy = book.create_sheet("完小 (2)")
    sanctions_sheet(copy, BY_SCHOOL["完小"])
    copy.sheet_state = "hidden"
    return book


def sanctions_sheet(page: Worksheet, rows: list[list[Value]]) -> None:
    """Draw one school's sheet from B5 on, with the merges of the head and of a case with two measures."""
    page["B2"] = "2013年度教職工受處理情況登記"
    draw(page, [HEAD_TOP, HEAD_LOW, *rows], 5, 2)
    for merged in ("D5:E5", "F5:H5", *(f"{letter}5:{letter}6" for letter in "BCIJK")):
        page.merge_cells(merged)
    for down, row in enumerate(rows):
        if row[0] is None:
            for letter in "BCDEGHIJK":
                page.merge_cells(f"{letter}{6 + down}:{letter}{7 + down}")


def write(book: Workbook, path: Path) -> None:
    """Save with fixed times."""
    book.properties.created = book.properties.modified = datetime(2014, 1, 2, 9, 0)
    book.save(path)


def main() -> int:
    """Write the two workbooks and the csv beside this file."""
    write(roster_book(), HERE / "一覽表.xlsx")
    write(sanctions_book(), HERE / "處理情況.xlsx")
    text = io.StringIO(newline="")
    csv.writer(text).writerows(ISSUES)
    (HERE / "问题.csv").write_bytes(text.getvalue().encode("gb18030"))
    return 0


if __name__ == "__main__":
    sys.exit(main())
