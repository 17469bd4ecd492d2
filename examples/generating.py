"""Write an example office, or with `--check` say whether the committed files still hold what its program writes.

Each office has a `make.py` that says what its workbooks hold; this is what they share. It needs XlsxWriter, and openpyxl
for `--check`.
"""

from __future__ import annotations

import argparse
import csv
import io
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from sheetart import Sheet, write_book


@dataclass(frozen=True, slots=True)
class Office:
    """The files of one office: workbooks by name, csv tables by name with their encoding."""

    name: str
    books: Mapping[str, Callable[[], list[Sheet]]]
    tables: Mapping[str, tuple[Sequence[Sequence[str]], str]] = field(default_factory=dict)
    made: datetime = datetime(2012, 6, 4, 8, 30)

    def write(self, folder: Path) -> list[str]:
        """Write every file under `folder`; return their names."""
        for name, sheets in self.books.items():
            write_book(folder / name, sheets(), self.name, self.made)
        for name, (rows, encoding) in self.tables.items():
            text = io.StringIO(newline="")
            csv.writer(text).writerows(rows)
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text.getvalue().encode(encoding))
        return [*self.books, *self.tables]

    def differing(self, folder: Path) -> list[str]:
        """Return the names of the files under `folder` that are missing or hold something else."""
        with tempfile.TemporaryDirectory() as fresh:
            names = self.write(Path(fresh))
            return [
                name
                for name in names
                if not (folder / name).exists() or cells(folder / name) != cells(Path(fresh) / name)
            ]


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


def main(office: Office, here: Path) -> int:
    """Write or check; return the exit code."""
    parser = argparse.ArgumentParser(description=f"Write the example office {office.name}.")
    parser.add_argument("folder", nargs="?", type=Path, default=here)
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args()
    if not options.check:
        office.write(options.folder)
        return 0
    wrong = office.differing(options.folder)
    for name in wrong:
        sys.stderr.write(f"differs from what make.py writes: {name}\n")
    return 1 if wrong else 0
