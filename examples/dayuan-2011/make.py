"""Write the example office, or with `--check` say whether the committed files still hold what this program writes.

Run it from anywhere: `python examples/dayuan-2011/make.py [DIR] [--check]`. It needs XlsxWriter, and openpyxl for `--check`.
"""

from __future__ import annotations

import argparse
import csv
import io
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

import rows_issues
import rows_papers
import rows_roster
import rows_sanctions
import rows_survey
from sheetart import Sheet, write_book

HERE = Path(__file__).resolve().parent

BOOKS: dict[str, Callable[[], list[Sheet]]] = {
    "名册.xlsx": rows_roster.sheets,
    "追责台账/2011年问责情况登记表.xlsx": rows_sanctions.year_2011,
    "追责台账/2012年责任追究登记台账.xlsx": rows_sanctions.year_2012,
    "追责台账/鹭垸中学追责备案表.xlsx": rows_sanctions.own_return,
    "问题台账/2012年治庸问责问题台账.xlsx": rows_issues.office_ledger,
    "问题台账/热线转办件导出.xlsx": rows_issues.hotline_export,
    "问题台账/三湖学校自查台账.xlsx": rows_issues.own_ledger,
    "材料报送/治庸问责材料报送登记表.xlsx": rows_papers.sheets,
    "测评/2012年上半年幼儿园行风测评汇总表.xlsx": rows_survey.tally,
}


def tables() -> dict[str, tuple[Sequence[Sequence[str]], str]]:
    """Return the csv files: their rows and encoding."""
    return {
        "问题台账/5月明察暗访记录.csv": ([rows_issues.VISIT_HEAD, *rows_issues.VISIT_ROWS], "utf-8"),
        "测评/286640117_按文本_2012年春季学生家长满意度测评_200_200.csv": (rows_survey.answers(), "gb18030"),
    }


def write_office(folder: Path) -> list[str]:
    """Write every file under `folder`; return their names."""
    for name, sheets in BOOKS.items():
        write_book(folder / name, sheets(), rows_roster.OFFICE)
    for name, (rows, encoding) in tables().items():
        text = io.StringIO(newline="")
        csv.writer(text).writerows(rows)
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.getvalue().encode(encoding))
    return [*BOOKS, *tables()]


def cells(path: Path) -> object:
    """Return what a reader sees of a file: cells, merges and hidden sheets of a workbook, the bytes of a csv."""
    if path.suffix == ".csv":
        return path.read_bytes()
    from openpyxl import load_workbook

    book = load_workbook(path)
    return [
        (sheet.title, sheet.sheet_state, sorted(str(each) for each in sheet.merged_cells.ranges), list(sheet.values))
        for sheet in book.worksheets
    ]


def differing(folder: Path) -> list[str]:
    """Return the names of the files under `folder` that are missing or hold something else."""
    with tempfile.TemporaryDirectory() as fresh:
        names = write_office(Path(fresh))
        return [
            name for name in names if not (folder / name).exists() or cells(folder / name) != cells(Path(fresh) / name)
        ]


def main() -> int:
    """Write or check; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("folder", nargs="?", type=Path, default=HERE)
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args()
    if not options.check:
        write_office(options.folder)
        return 0
    wrong = differing(options.folder)
    for name in wrong:
        sys.stderr.write(f"differs from what make.py writes: {name}\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
