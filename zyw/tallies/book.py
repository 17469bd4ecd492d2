"""统计表.xlsx: 目录, a sheet a table that has a line, and 出处, by which every count leads back to its rows.

Ready for print like the ranked workbook; the same tallies give the same bytes. At 公示 there is no 出处: names of files
often name persons.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from fractions import Fraction
from io import BytesIO
from typing import TYPE_CHECKING, Final

from xlsxwriter import Workbook

from zyw.exchange.books import OUTPUT_MARK
from zyw.ledger import Ledger
from zyw.office import chinese_day
from zyw.points import to_decimal, whole_micro
from zyw.printed.listing import Listing, Value, columns_of, write_listing
from zyw.printed.styles import Styles, fitting_width
from zyw.privacy import Level, hide_names
from zyw.tallies.all import Tallies, tables_of
from zyw.tallies.levels import for_level, persons_of
from zyw.tallies.rows import places
from zyw.tallies.table import Content, Head, Holds, Row, Table

if TYPE_CHECKING:
    from zyw.scheme import Scheme

NAME: Final = "统计表"
CONTENTS: Final = "目录"
SOURCES: Final = "出处"
SHEET_ROWS: Final = 1_048_000
_EPOCH: Final = date(1899, 12, 30)
_LAMPS: Final = {"绿": "green", "黄": "yellow", "红": "red"}
_STYLES: Final = {
    Holds.TEXT: "text", Holds.LABEL: "centre", Holds.COUNT: "count", Holds.NUMBER: "count", Holds.RATE: "share",
    Holds.DAY: "date", Holds.LAMP: "centre", Holds.PERSON: "centre",
}  # fmt: skip
_NARROWEST: Final = 7.0
LEAST_WIDTH: Final = 80.0
"""Half-width columns of a table at the least: title and days stand on one line each."""


@dataclass(frozen=True, slots=True)
class TallyBook:
    """What the workbook is made from; `only` names the tables that are wanted, () all."""

    tallies: Tallies
    ledger: Ledger
    scheme: "Scheme | None" = None
    level: Level = Level.INTERNAL
    missing_inputs: tuple[str, ...] = ()
    only: tuple[str, ...] = ()
    title: str = NAME

    def tables(self) -> tuple[Table, ...]:
        """Return the tables as the reader may see them."""
        persons = frozenset[str]() if self.level is Level.INTERNAL else persons_of(self.ledger)
        wanted = [each for each in tables_of(self.tallies) if not self.only or each.name.startswith(self.only)]
        return for_level(wanted, self.level, persons)


def tally_workbook(book: TallyBook) -> bytes:
    """Return the workbook as xlsx bytes."""
    target = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with Workbook(target, options) as workbook:
        workbook.set_properties({"title": book.title, "created": datetime.combine(book.tallies.span.as_of, time())})
        workbook.set_custom_property(OUTPUT_MARK, NAME)
        styles = Styles(workbook, 2)
        for listing in _listings(book):
            sheet = workbook.add_worksheet(listing.name)
            write_listing(sheet, listing, styles)
            if book.level is Level.INTERNAL:
                sheet.set_header('&R&"宋体"&9内部资料　注意保管')
    return target.getvalue()


def _listings(book: TallyBook) -> Iterator[Listing]:
    tables = book.tables()
    yield _contents(book, tables)
    head = _head(book)
    for table in tables:
        yield _listing(table, head)
    if book.level is not Level.PUBLIC:
        yield _sources(book, tables)


def _head(book: TallyBook) -> tuple[Value, ...]:
    """Return the lines under every title: the days, and what could not be read."""
    span = book.tallies.span
    days = f"考核期：{chinese_day(span.period.start)}至{chinese_day(span.period.end)}"
    shown = f"　本期：{chinese_day(span.shown.start)}至{chinese_day(span.shown.end)}" if span.reporting else ""
    lines = [Value(f"{days}{shown}　截至：{chinese_day(span.as_of)}", "line")]
    return (*lines, *(Value(f"缺：{_shown(book, file)} 没有读到", "alarm") for file in book.missing_inputs))


def _shown(book: TallyBook, file: str) -> str:
    return file if book.level is Level.INTERNAL else hide_names(file, persons_of(book.ledger), book.level)


def _contents(book: TallyBook, tables: Sequence[Table]) -> Listing:
    heads = (("序号", 6.0), ("表", 22.0), ("名称", 46.0), ("行数", 8.0))
    rows = [
        (Value(number, "centre"), Value(table.name), Value(table.title), Value(_lines(table), "centre"))
        for number, table in enumerate(tables, start=1)
    ]
    named = f"方案：《{book.scheme.name}》" if book.scheme else ""
    notes = (*((Value(named, "line"),) if named else ()), *_head(book))
    rows = rows or [(Value(None), Value("（无）"), Value("没有收到可以统计的台账"), Value(None))]
    return Listing(CONTENTS, book.title, notes, columns_of(heads, rows), frozen=2)


def _lines(table: Table) -> int:
    return sum(not row.total for row in table.rows)


def _listing(table: Table, head: tuple[Value, ...]) -> Listing:
    rows = [tuple(_value(cell, at, row) for cell, at in zip(row.cells, table.heads, strict=True)) for row in table.rows]
    needed = [_width(table, i, at) for i, at in enumerate(table.heads)]
    stretch = max(1.0, min(LEAST_WIDTH / sum(needed), 3.0))
    widths = [(at.label, round(width * stretch, 1)) for at, width in zip(table.heads, needed, strict=True)]
    footnotes = tuple(f"{'注：' if i == 1 else '　　'}{i}. {note}" for i, note in enumerate(table.notes, start=1))
    return Listing(table.name, table.title, head, columns_of(widths, rows[:SHEET_ROWS]), footnotes, frozen=1)


def _width(table: Table, column: int, head: Head) -> float:
    texts = [str(row.cells[column]) for row in table.rows if isinstance(row.cells[column], str)]
    if head.holds is Holds.DAY:
        return 12.0
    label = fitting_width([head.label[:6]], _NARROWEST, 14.0)
    return fitting_width(texts, label, max(head.widest, label)) if texts else label


def _value(cell: Content, head: Head, row: Row) -> Value:
    style = "sum" if row.total else _STYLES[head.holds]
    if isinstance(cell, date):
        return Value((cell - _EPOCH).days, "date")
    if isinstance(cell, Fraction):
        rate = head.holds is Holds.RATE
        return Value(to_decimal(whole_micro(cell)), ("sumrate" if row.total else "share") if rate else style)
    if cell is None and head.holds is Holds.RATE:
        return Value("—", "sum" if row.total else "muted")
    if head.holds is Holds.LAMP and isinstance(cell, str):
        return Value(cell or None, _LAMPS.get(cell, style))
    if isinstance(cell, Decimal):
        return Value(cell.normalize() if cell else Decimal(0), style)
    return Value(cell if cell != "" else None, style)


def _sources(book: TallyBook, tables: Sequence[Table]) -> Listing:
    """Return 出处: for each line of each table the rows that it was counted from."""
    heads = (("表", 20.0), ("哪一行", 34.0), ("文件", 30.0), ("工作表", 16.0), ("行", 40.0))
    rows = []
    for table in tables:
        for row in table.rows:
            rows += [
                (
                    Value(table.name),
                    Value(line_name(table, row)),
                    Value(_shown(book, place.file)),
                    Value(_shown(book, place.sheet)),
                    Value(place.shown),
                )
                for place in places(book.ledger.origins, row.origins)
            ]
    note = Value("每张表的每一行是从原始台账的哪几行数出来的；合计行是其中各行合在一起。", "line")
    rows = rows[:SHEET_ROWS] or [(Value(None), Value("（无）"), Value(None), Value(None), Value(None))]
    return Listing(SOURCES, "统计数字的出处", (note,), columns_of(heads, rows), frozen=2)


def line_name(table: Table, row: Row) -> str:
    """Return what a line is called: its first two words."""
    words = [
        str(cell)
        for cell, head in zip(row.cells, table.heads, strict=True)
        if head.holds in (Holds.LABEL, Holds.TEXT, Holds.PERSON) and cell
    ]
    return "　".join(words[:2])
