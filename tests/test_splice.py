"""A body put in as XML must be the same workbook as one written cell by cell."""

from dataclasses import replace
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import openpyxl
import pytest
from python_calamine import CalamineWorkbook

from tests.ranked_books import CLAUSE, Entry, School, county, ranked_book
from zyw import tables
from zyw.printed.splice import splice
from zyw.privacy import Level
from zyw.ranked.book import RankedBook
from zyw.tables import ranked_workbook

ODD_TEXTS = (
    "=1+1",
    " 前后空 ",
    "A&B<C>",
    "_x000B_",
    "一\n二",
    "\x0b",
    "\ud800",
    "<r>x</r>",
    "长" * 40_000,
    "",
    "'",
    '"',
    "𠮷䶮",
)


def odd_journal() -> RankedBook:
    """Return a journal with every odd text in every text column, in no order."""
    entries = [
        Entry(
            f"单位{i % 7}",
            text,
            -10_000 * i,
            f"2012-{1 + i % 12:02}-15",
            text or "规则",
            text,
            None,
            None,
            (i, i // 2)[: i % 3],
        )
        for i, text in enumerate(ODD_TEXTS * 8)
    ]
    omitted = [(f"单位{i % 7}", text, text, CLAUSE, text, (i,)) for i, text in enumerate(ODD_TEXTS * 8)]
    return ranked_book([School(f"单位{i}") for i in range(7)], entries, omitted)


def both(book: RankedBook, monkeypatch: pytest.MonkeyPatch) -> tuple[bytes, bytes]:
    monkeypatch.setattr(tables, "SPLICED_ROWS", 10)
    spliced = ranked_workbook(book)
    monkeypatch.setattr(tables, "SPLICED_ROWS", 10**9)
    plain = ranked_workbook(book)
    assert spliced != plain, "the skeleton was refused, and the same book written twice"
    return spliced, plain


def cells(data: bytes) -> list[tuple[Any, ...]]:
    book = openpyxl.load_workbook(BytesIO(data))
    looks = [
        (sheet.title, cell.coordinate, cell.value, cell.data_type, cell.number_format, cell.font.name, cell.font.b,
         cell.fill.fgColor.rgb, cell.border.top.style, cell.alignment.horizontal)
        for sheet in book for row in sheet.iter_rows() for cell in row
    ]  # fmt: skip
    return looks + [(sheet.title, row, size.height) for sheet in book for row, size in sheet.row_dimensions.items()]


@pytest.mark.parametrize("level", list(Level))
def test_spliced_and_plain_workbooks_are_equal_cell_by_cell(level: Level, monkeypatch: pytest.MonkeyPatch) -> None:
    spliced, plain = both(replace(odd_journal(), level=level), monkeypatch)
    assert cells(spliced) == cells(plain)


def test_a_county_spliced_and_plain_is_equal_cell_by_cell(monkeypatch: pytest.MonkeyPatch) -> None:
    spliced, plain = both(county(30, 400), monkeypatch)
    assert cells(spliced) == cells(plain)


@pytest.mark.parametrize("book", [odd_journal(), county(30, 400)])
def test_calamine_reads_the_same_from_both(book: RankedBook, monkeypatch: pytest.MonkeyPatch) -> None:
    spliced, plain = both(book, monkeypatch)
    for name in ("排名", "得分明细", "未计入"):
        first, second = (
            CalamineWorkbook.from_filelike(BytesIO(data)).get_sheet_by_name(name) for data in (spliced, plain)
        )
        assert first.to_python() == second.to_python()


def test_the_other_parts_are_the_skeletons_own(monkeypatch: pytest.MonkeyPatch) -> None:
    spliced, plain = (ZipFile(BytesIO(data)) for data in both(odd_journal(), monkeypatch))
    assert spliced.namelist() == plain.namelist()
    assert spliced.testzip() is None
    assert {info.date_time for info in spliced.infolist()} == {(1980, 1, 1, 0, 0, 0)}


@pytest.mark.parametrize(
    ("part", "old", "new"),
    [
        ("xl/worksheets/sheet2.xml", b'<row r="4"', b'<row  r="4"'),
        ("xl/worksheets/sheet2.xml", b"<dimension", b"<dimensions"),
        ("xl/worksheets/sheet2.xml", b"/></row>", b"></c></row>"),
        ("xl/sharedStrings.xml", b"uniqueCount", b"unique"),
    ],
)
def test_a_skeleton_that_looks_otherwise_is_refused(
    part: str, old: bytes, new: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[bytes | None] = []

    def spoiled(skeleton: bytes, bodies: Any) -> bytes | None:
        target = BytesIO()
        with ZipFile(BytesIO(skeleton)) as source, ZipFile(target, "w") as archive:
            for name in source.namelist():
                content = source.read(name)
                assert name != part or old in content
                archive.writestr(name, content.replace(old, new) if name == part else content)
        asked.append(splice(target.getvalue(), bodies))
        return asked[-1]

    monkeypatch.setattr(tables, "SPLICED_ROWS", 10)
    monkeypatch.setattr(tables, "splice", spoiled)
    book = odd_journal()
    data = ranked_workbook(book)
    assert asked == [None]
    monkeypatch.setattr(tables, "SPLICED_ROWS", 10**9)
    assert data == ranked_workbook(book)
