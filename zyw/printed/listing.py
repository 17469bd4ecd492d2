"""A printed sheet as a value: title, notes, columns of styled values, footnotes; and the plain way of writing it.

A `Listing` says what stands where; `write_listing` puts it on an XlsxWriter sheet cell by cell, and
`zyw.printed.splice` writes the same listing fast when it has tens of thousands of rows. Both must give the same cells.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

import numpy as np

from zyw.printed.celltext import cell_text
from zyw.printed.styles import LINE_POINTS, Styles, line_count

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from xlsxwriter.worksheet import Worksheet

A4: Final = 9
PORTRAIT_WIDTH: Final = 100.0
"""Half-width columns that still print at nine tenths of 10.5 points on an upright A4 page; wider sheets lie across."""
MOST_POINTS: Final = 408
"""Excel's highest row is 409.5; heights are kept to whole pixels (0.75 points), as XlsxWriter rounds them."""


class Formula(NamedTuple):
    """A live formula with the value a reader without a formula engine sees."""

    text: str
    cached: Decimal | int


Content: TypeAlias = str | bool | int | Decimal | Formula | None


class Value(NamedTuple):
    """What one cell holds, with its style; None is an empty cell with its rules drawn.

    Whole numbers may be serials of days under the style `date`; decimals are written digit by digit, never as a float's
    neighbour. `link` leads to a cell of another workbook (`folder/file.xlsx#'sheet'!C7`); spliced sheets have none.
    """

    content: Content
    style: str = "text"
    link: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: `values` are its distinct values, `codes[i]` says which of them stands in row `i`."""

    label: str
    width: float
    values: tuple[Value, ...]
    codes: "NDArray[np.int64]"


@dataclass(frozen=True, slots=True)
class Listing:
    """One sheet. Rows from the top: the title, one row a note, the header, the body, one row a footnote.

    `printed` columns from the left are printed (the others serve formulas); `frozen` columns stay in view.
    """

    name: str
    title: str
    notes: tuple[Value, ...]
    columns: tuple[Column, ...]
    footnotes: tuple[str, ...] = ()
    printed: int = 0
    frozen: int = 0

    @property
    def length(self) -> int:
        """How many rows the body has."""
        return len(self.columns[0].codes) if self.columns else 0

    @property
    def header(self) -> int:
        """The header's row, counted from 0."""
        return 1 + len(self.notes)

    @property
    def body(self) -> int:
        """The first row of the body, counted from 0."""
        return self.header + 1

    @property
    def last(self) -> int:
        """The last row of the body, counted from 0; the header's when there is no body."""
        return self.header + self.length

    @property
    def printed_columns(self) -> tuple[Column, ...]:
        """The columns that are printed."""
        return self.columns[: self.printed or len(self.columns)]

    @property
    def width(self) -> float:
        """Width of the printed columns in half-width characters."""
        return sum(column.width for column in self.printed_columns)


def columns_of(heads: Sequence[tuple[str, float]], rows: Iterable[Sequence[Value]]) -> tuple[Column, ...]:
    """Return columns with `heads` (label, width) from few rows of values."""
    body = tuple(tuple(row) for row in rows)
    codes = np.arange(len(body), dtype=np.int64)
    return tuple(Column(label, width, tuple(row[i] for row in body), codes) for i, (label, width) in enumerate(heads))


def write_listing(sheet: "Worksheet", listing: Listing, styles: Styles) -> None:
    """Write the whole listing: frame and body."""
    write_frame(sheet, listing, styles)
    for j, column in enumerate(listing.columns):
        for i, code in enumerate(column.codes.tolist()):
            write_value(sheet, listing.body + i, j, column.values[code], styles)
    for i, height in enumerate(row_heights(listing), start=listing.body):
        sheet.set_row(i, height)


def row_heights(listing: Listing) -> list[int]:
    """Return the height of each body row, in points, that its longest text needs.

    Set for every row: LibreOffice does not fit rows to wrapped text when it opens a workbook, Excel and WPS do.
    """
    lines = np.ones(listing.length, dtype=np.int64)
    for column in listing.printed_columns:
        needed = np.array([_lines(value, column.width) for value in column.values], dtype=np.int64)
        if needed.max(initial=1) > 1:
            lines = np.maximum(lines, needed[column.codes])
    heights: list[int] = np.minimum(lines * LINE_POINTS + 9, MOST_POINTS).tolist()
    return heights


def write_frame(sheet: "Worksheet", listing: Listing, styles: Styles) -> None:
    """Write all but the body: title, notes, header, footnotes, column widths, print setup."""
    for j, column in enumerate(listing.columns):
        sheet.set_column(j, j, column.width)
        sheet.write_string(listing.header, j, column.label, styles("head"))
    lines = max(line_count(column.label, column.width) for column in listing.printed_columns)
    sheet.set_row(listing.header, lines * LINE_POINTS + 9)
    _write_across(sheet, listing, 0, Value(listing.title, "title"), styles)
    sheet.set_row(0, 27 * line_count(listing.title, listing.width * 10.5 / 20) + 12)
    for i, note in enumerate(listing.notes, start=1):
        _write_across(sheet, listing, i, note, styles)
    for i, footnote in enumerate(listing.footnotes, start=listing.last + 1):
        _write_across(sheet, listing, i, Value(footnote, "line"), styles)
    _set_page(sheet, listing)


def write_value(sheet: "Worksheet", row: int, column: int, value: Value, styles: Styles) -> None:
    """Write one cell by its own type: text is always text, whatever it begins with."""
    content, style = value.content, styles(value.style)
    if content is None or content == "":
        sheet.write_blank(row, column, None, style)
    elif value.link:
        sheet.write_url(row, column, f"external:{value.link}", style, cell_text(str(content)))
    elif isinstance(content, Formula):
        sheet.write_formula(row, column, content.text, style, content.cached)
    elif isinstance(content, str):
        sheet.write_string(row, column, cell_text(content), style)
    elif isinstance(content, bool):
        sheet.write_boolean(row, column, content, style)
    else:
        sheet.write_number(row, column, content, style)


def _write_across(sheet: "Worksheet", listing: Listing, row: int, value: Value, styles: Styles) -> None:
    last = len(listing.printed_columns) - 1
    text = cell_text(str(value.content))
    if last:
        sheet.merge_range(row, 0, row, last, "", styles(value.style))
    sheet.write_string(row, 0, text, styles(value.style))
    sheet.set_row(row, line_count(text, listing.width) * LINE_POINTS + 3)


def _set_page(sheet: "Worksheet", listing: Listing) -> None:
    sheet.set_paper(A4)
    if listing.width > PORTRAIT_WIDTH:
        sheet.set_landscape()
    else:
        sheet.set_portrait()
    sheet.set_margins(left=0.6, right=0.6, top=0.8, bottom=0.8)
    sheet.center_horizontally()
    sheet.fit_to_pages(1, 0)
    sheet.print_area(0, 0, listing.last + len(listing.footnotes), len(listing.printed_columns) - 1)
    sheet.repeat_rows(listing.header)
    sheet.set_footer('&C&"宋体"&10第 &P 页　共 &N 页')
    sheet.freeze_panes(listing.body, listing.frozen)
    sheet.autofilter(listing.header, 0, max(listing.last, listing.header), len(listing.columns) - 1)


def _lines(value: Value, width: float) -> int:
    content = value.content
    if not isinstance(content, str) or (len(content) * 2 <= width and "\n" not in content):
        return 1
    return line_count(content, width)
