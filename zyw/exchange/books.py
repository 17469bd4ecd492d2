"""Workbooks of ledgers and of comparisons: styled and print-ready, the same input giving the same bytes.

The rows of a ledger are spliced into the sheet as text (`zyw.printed.splice`), which keeps every digit of a number;
a sheet that only tells about the ledger is written plainly.
"""

from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from math import ceil
from typing import TYPE_CHECKING, Final

import numpy as np
from xlsxwriter import Workbook

from zyw.columns import EARLIER_NUMBER, SOURCE_FILE, SOURCE_ROW, Kind
from zyw.exchange.stack import Heading, Stack
from zyw.printed.listing import Column, Listing, Value, write_frame, write_listing
from zyw.printed.splice import splice, write_samples
from zyw.printed.styles import Styles, fitting_width, text_width
from zyw.rowset import Ints, coded, objects

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

CREATED: Final = datetime(1980, 1, 1)
"""What is written depends on the input alone, not on the day."""
OUTPUT_MARK: Final = "zyw-output"
ROW_NUMBER: Final = "序号"
SHEET_ROWS: Final = 1_048_576 - 10
"""Rows that fit on a sheet below title, notes and header."""
_WIDTHS: Final[Mapping[Kind, tuple[float, float]]] = {
    Kind.FREE: (16, 36), Kind.DATE: (11, 20), Kind.DEADLINE: (11, 20), Kind.UNIT: (12, 22), Kind.TEXT: (8, 22),
}  # fmt: skip
PAGE_WIDTH: Final = 190.0
"""Half-width columns that a page of A4 lying across takes at seven points, the smallest type for a table."""
Finish = Callable[["Workbook", "Worksheet", Listing], None]
"""What is put on a finished sheet besides: dropdowns, protection."""


@dataclass(frozen=True, slots=True)
class Book:
    """A workbook to be written: `mark` is the custom property by which zyw knows it (design §4).

    The sheets named in `ledgers` are written as text where that can be done.
    """

    title: str
    mark: str
    listings: Sequence[Listing]
    ledgers: Set[str] = frozenset()
    finish: Finish | None = None
    shared: bool = False
    """It tells nothing that only the office may see."""

    @property
    def internal(self) -> bool:
        """Whether it tells of what happened: then its pages say that they are for the office alone."""
        return not self.shared and (self.mark == OUTPUT_MARK or bool(self.ledgers))


def made_workbook(book: Book) -> bytes:
    """Return the workbook as xlsx bytes."""
    long = {i: each for i, each in enumerate(book.listings, start=1) if each.name in book.ledgers and each.length}
    if long:
        made = splice(_written(book, long), long)
        if made is not None:
            return made
    return _written(book, {})


def _written(book: Book, skeletons: Mapping[int, Listing]) -> bytes:
    target = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with Workbook(target, options) as workbook:
        workbook.set_properties({"title": book.title, "created": CREATED})
        workbook.set_custom_property(book.mark, book.title)
        styles = Styles(workbook)
        for position, listing in enumerate(book.listings, start=1):
            sheet = workbook.add_worksheet(listing.name)
            if position in skeletons:
                write_frame(sheet, listing, styles)
                write_samples(sheet, listing, styles)
            else:
                write_listing(sheet, listing, styles)
            _over_pages(sheet, listing, styles)
            if book.internal:
                sheet.set_header('&R&"宋体"&9内部资料　注意保管')
            if book.finish is not None:
                book.finish(workbook, sheet, listing)
    return target.getvalue()


def _over_pages(sheet: "Worksheet", listing: Listing, styles: Styles) -> None:
    """Print a sheet that is too wide for one page on several beside each other, its first columns on each."""
    pages = ceil(listing.width / PAGE_WIDTH)
    if pages > 1:
        sheet.fit_to_pages(pages, 0)
        sheet.repeat_columns(0, max(listing.frozen - 1, 0))
        sheet.write_string(0, 0, listing.title, styles("lefttitle"))


def ledger_listing(
    stack: Stack, headings: Sequence[Heading], rows: Ints, name: str, notes: Sequence[str], *, sources: bool = True
) -> Listing:
    """Return rows of a stack as a sheet that reads back as the same table.

    The first column numbers the rows; the number a row had before and (`sources`) where it stood come last.
    """
    columns = [_numbering(len(rows)), *(_column(stack, heading, rows) for heading in headings)]
    numbers = [stack.numbers[i] for i in rows.tolist()]
    if any(numbers):
        columns.append(_numbers_column(EARLIER_NUMBER, numbers))
    if sources:
        files, places = stack.sources
        columns.append(texts_column(SOURCE_FILE, (12, 26), [files[i] for i in rows.tolist()]))
        columns.append(_numbers_column(SOURCE_ROW, [places[i] for i in rows.tolist()]))
    lines = tuple(Value(note, "line") for note in notes)
    return Listing(name, stack.table.name, lines, tuple(columns), frozen=2)


def _numbering(size: int) -> Column:
    values = tuple(Value(number, "centre") for number in range(1, size + 1))
    return Column(ROW_NUMBER, 6.5, values, np.arange(size, dtype=np.int64))


def _column(stack: Stack, heading: Heading, rows: Ints) -> Column:
    filled = stack.filled(heading)
    used, codes = np.unique(filled.codes[rows], return_inverse=True)
    values = tuple(filled.values[code] for code in used.tolist())
    least, most = _WIDTHS.get(heading.field.kind if heading.field else Kind.TEXT, (8, 16))
    texts = [value.content for value in values if isinstance(value.content, str)]
    width = fitting_width(sorted(texts, key=text_width)[-1:], max(least, min(text_width(heading.label) + 2, 14)), most)
    return Column(heading.label, width, values, codes.astype(np.int64))


def texts_column(label: str, bounds: tuple[float, float], texts: Sequence[str], style: str = "text") -> Column:
    """Return a column of texts, as wide as the longest within `bounds`."""
    data = coded(objects(texts))
    values = tuple(Value(text or None, style) for text in data.texts)
    return Column(label, fitting_width(sorted(data.texts, key=text_width)[-1:], *bounds), values, data.codes)


def _numbers_column(label: str, texts: Sequence[str]) -> Column:
    """Return a column of row numbers, so that it sorts as numbers do; what is none stays as it is."""
    data = coded(objects(texts))
    values = (
        int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else text or None for text in data.texts
    )
    return Column(label, 8.5, tuple(Value(value, "centre") for value in values), data.codes)


def told_listing(name: str, title: str, notes: Sequence[str], columns: Sequence[Column]) -> Listing:
    """Return a sheet that tells about rows; without any it says so."""
    lines = tuple(Value(note, "line") for note in notes)
    if columns and len(columns[0].codes):
        return Listing(name, title, lines, tuple(columns), frozen=1)
    blank = np.zeros(1, dtype=np.int64)
    empty = (
        Column(c.label, c.width, (Value("（无）" if at == 1 else None, "centre"),), blank)
        for at, c in enumerate(columns)
    )
    return Listing(name, title, lines, tuple(empty), frozen=1)
