"""300 returns of 30 rows, read three ways, each in a process of its own: `python -m benchmarks.returns WAY FOLDER`.

`bare` reads every cell with python-calamine into lists; `read` is zyw's reading of the files (what each is, what its
XML hides, its cells with their places); `taken` is the whole way into a ledger: tables found, cells typed, names known.
"""

import argparse
import random
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final

RETURNS: Final = 300
ROWS: Final = 30
HEAD: Final = (
    "序号", "学校名称", "检查日期", "问题类别", "问题描述", "扣分", "整改措施", "责任人", "整改时限", "完成时间",
    "是否销号", "佐证材料", "备注", "问题来源", "责任领导", "核实",
)  # fmt: skip
SEED: Final = 1


def build(cache: Path, returns: int = RETURNS) -> Path:
    """Write the returns below `cache` once, the same for the same seed; return their folder."""
    folder = cache / f"returns-{returns}"
    if not folder.exists():
        folder.mkdir(parents=True)
        chance = random.Random(SEED)
        for number in range(returns):
            _write(folder / f"第{number:03d}学校.xlsx", f"第{number:03d}学校", chance)
    return folder


def _write(path: Path, unit: str, chance: random.Random) -> None:
    import xlsxwriter

    with xlsxwriter.Workbook(path, {"default_date_format": "yyyy-mm-dd"}) as book:
        book.set_properties({"created": date(2012, 1, 1)})
        head = book.add_format({"bold": True, "bg_color": "#DDDDDD", "border": 1})
        cell = book.add_format({"border": 1})
        sheet = book.add_worksheet("台账")
        sheet.merge_range(0, 0, 0, len(HEAD) - 1, "2012年问题台账", head)
        sheet.write(1, 0, f"填报单位：{unit}")
        sheet.write_row(2, 0, HEAD, head)
        for at in range(ROWS):
            found = date(2012, 1, 1) + timedelta(days=chance.randrange(300))
            row: list[Any] = [
                at + 1,
                unit,
                found,
                "纪律",
                f"迟到{chance.randrange(9)}人次",
                chance.randrange(5) / 2,
                "谈话提醒",
            ]
            row += [
                "王某",
                found + timedelta(days=15),
                found + timedelta(days=9),
                "是",
                "照片",
                "",
                "督查",
                "李某",
                "是",
            ]
            sheet.write_row(3 + at, 0, row, cell)


def bare(folder: Path) -> int:
    """Read all cells and keep nothing."""
    from python_calamine import CalamineWorkbook

    rows = 0
    for path in sorted(folder.iterdir()):
        with path.open("rb") as stream:
            book = CalamineWorkbook.from_filelike(stream)
            rows += sum(len(book.get_sheet_by_name(name).to_python()) for name in book.sheet_names)
    return rows


def read(folder: Path) -> int:
    """Read the files as zyw does, and no more."""
    from zyw.workbook import read_book

    books = (read_book(path, path.name)[0] for path in sorted(folder.iterdir()))
    return sum(len(grid.rows) for book in books if book for grid in book.grids)


def taken(folder: Path) -> int:
    """Read the files into one ledger."""
    from zyw.reading import read_inputs

    ledger, _ = read_inputs([folder])
    return len(ledger.rows["问题台账"])


WAYS: Final[Mapping[str, Callable[[Path], int]]] = {"bare": bare, "read": read, "taken": taken}


def main() -> None:
    """Read one way and print how many rows there were."""
    parser = argparse.ArgumentParser(description="300 returns of 30 rows")
    parser.add_argument("way", choices=WAYS)
    parser.add_argument("folder", type=Path)
    options = parser.parse_args()
    print(WAYS[options.way](options.folder))


if __name__ == "__main__":
    main()
