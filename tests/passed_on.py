"""Ledgers as read, for what passes them on: from grids written as people see them, and from bytes that zyw wrote."""

import tempfile
from pathlib import Path

from tests.grids import ROSTER
from zyw.assembly import read_ledger
from zyw.exchange.stack import Stack
from zyw.finding.guidance import Guidance
from zyw.ledger import Ledger
from zyw.problems import Problem
from zyw.sheets import Book, Grid
from zyw.workbook import read_book

KEPT = Guidance(as_written=True)


def kept(*grids: Grid, roster: bool = False) -> tuple[Ledger, tuple[Problem, ...]]:
    """Read grids as files of their own, keeping what is written."""
    return read_ledger([Book(g.file, (g,)) for g in ((ROSTER, *grids) if roster else grids)], guidance=KEPT)


def book_of(data: bytes, name: str = "表.xlsx") -> Book:
    """Read a workbook that zyw wrote."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "表.xlsx"
        path.write_bytes(data)
        book, problems = read_book(path, name)
    assert book is not None, problems
    return book


def reread(*books: Book, roster: bool = False) -> tuple[Ledger, tuple[Problem, ...]]:
    """Read books into one ledger."""
    return read_ledger([*([Book(ROSTER.file, (ROSTER,))] if roster else []), *books], guidance=KEPT)


def content(ledger: Ledger) -> dict[str, list[tuple[tuple[str, str], ...]]]:
    """Return what every row of every table says in each of its columns, in an order of its own: files apart."""
    tables: dict[str, list[tuple[tuple[str, str], ...]]] = {}
    for name in dict.fromkeys(part.block.table for part in ledger.as_read if part.block.rows):
        stack = Stack(name, [part for part in ledger.as_read if part.block.table == name])
        columns = {heading.label: stack.filled(heading) for heading in stack.headings}
        tables[name] = sorted(
            tuple((label, text) for label, filled in columns.items() if (text := filled.text(i)))
            for i in range(len(stack))
        )
    return tables
