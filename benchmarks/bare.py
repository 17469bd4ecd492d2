"""The bare cost of the job: parse the same cells, write a ranked table of the same size, and nothing else.

Reads every cell of the given workbooks with python-calamine into Python lists, one file after the other, and
writes with XlsxWriter a workbook whose sheet 排名 has one styled row of 9 cells a unit of the roster. It checks
nothing, scores nothing (each score written is 100) and writes no journal: zyw, which does all of that, is measured
against it. `bare.py ROSTER LEDGER SURVEY -o OUT`.
"""

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import xlsxwriter
from python_calamine import CalamineWorkbook

HEAD: Final = ("名次", "单位", "学段", "基础分", "得分", "结果", "测评份数", "满意率", "未计入行数")


def read(path: Path) -> list[list[Any]]:
    """Return all cells of all sheets of one workbook."""
    with path.open("rb") as stream:
        book = CalamineWorkbook.from_filelike(stream)
        return [row for name in book.sheet_names for row in book.get_sheet_by_name(name).to_python()]


def write(path: Path, units: Sequence[tuple[str, str]]) -> None:
    """Write the ranked table: title, header, one row a unit."""
    with xlsxwriter.Workbook(path) as book:
        cell = book.add_format({"font_name": "宋体", "border": 1})
        head = book.add_format({"font_name": "黑体", "bold": True, "border": 1, "align": "center"})
        sheet = book.add_worksheet("排名")
        sheet.merge_range(0, 0, 0, len(HEAD) - 1, "2012年度治庸问责考核排名", head)
        sheet.write_row(1, 0, HEAD, head)
        sheet.freeze_panes(2, 2)
        for at, (name, kind) in enumerate(units, 2):
            sheet.write_row(at, 0, (at - 1, name, kind, 100, 100, "", 0, 0, 0), cell)
        sheet.autofilter(1, 0, len(units) + 1, len(HEAD) - 1)


def main() -> None:
    """Read three files, write one."""
    parser = argparse.ArgumentParser(description="bare parse + write")
    parser.add_argument("files", nargs=3, type=Path, help="roster, ledger, survey")
    parser.add_argument("-o", dest="output", type=Path, required=True)
    options = parser.parse_args()
    roster, *others = [read(path) for path in options.files]
    write(options.output, [(row[1], row[3]) for row in roster[2:]])
    print(sum(len(rows) for rows in (roster, *others)))


if __name__ == "__main__":
    main()
