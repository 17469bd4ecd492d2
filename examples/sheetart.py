"""Draw one office sheet: title, fill-in line, merged heads, ruled body, notes and signatures.

A sheet is data (`Sheet`); `write_book` turns several into one workbook. `UP` and `LEFT` mark a cell that belongs to the
merged range of the cell above or to the left, as a clerk would merge it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet


class Joined(Enum):
    """A cell swallowed by a merge."""

    UP = "up"
    LEFT = "left"


UP = Joined.UP
LEFT = Joined.LEFT


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula with the value that Excel would have stored."""

    text: str
    value: float


Value = str | int | float | date | Formula | Joined | None
Row = Sequence[Value]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet; `head` and `body` start at column `first`, row `top` (0-based), below the `above` lines."""

    name: str
    above: Sequence[str]
    head: Sequence[Row]
    body: Sequence[Row]
    below: Sequence[str] = ()
    widths: Sequence[float] = ()
    first: int = 0
    top: int | None = None
    hidden: bool = False
    portrait: bool = False
    date_format: str = "yyyy/m/d"
    fills: dict[int, str] = field(default_factory=dict)


class Painter:
    """Write sheets into one workbook with the fonts that offices use."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        """Keep the book and the formats already made."""
        self.book = book
        self.formats: dict[tuple[tuple[str, Any], ...], Format] = {}

    def style(self, **extra: Any) -> Format:
        """Return one shared format: 宋体 11, centred, plus `extra`."""
        wanted: dict[str, Any] = {"font_name": "宋体", "font_size": 11, "valign": "vcenter"} | extra
        key = tuple(sorted(wanted.items()))
        if key not in self.formats:
            self.formats[key] = self.book.add_format(wanted)
        return self.formats[key]

    def paint(self, sheet: Sheet) -> None:
        """Draw the whole sheet."""
        page = self.book.add_worksheet(sheet.name)
        self.set_up(page, sheet)
        width = max((len(row) for row in (*sheet.head, *sheet.body)), default=1)
        top = self.paint_above(page, sheet, width)
        self.paint_grid(page, sheet, sheet.head, top, head=True)
        body = top + len(sheet.head)
        self.paint_grid(page, sheet, sheet.body, body, head=False)
        last = body + len(sheet.body)
        for number, line in enumerate(sheet.below):
            style = self.style(align="left", text_wrap=True)
            paint_line(page, (last + number, sheet.first), width, line, style)
            page.set_row(last + number, 20)

    def set_up(self, page: Worksheet, sheet: Sheet) -> None:
        """Set paper, margins, widths."""
        page.set_paper(9)
        if not sheet.portrait:
            page.set_landscape()
        page.fit_to_pages(1, 0)
        page.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.6)
        for number, width in enumerate(sheet.widths):
            page.set_column(sheet.first + number, sheet.first + number, width)
        if sheet.hidden:
            page.hide()

    def paint_above(self, page: Worksheet, sheet: Sheet, width: int) -> int:
        """Write the title (first line, large) and the fill-in lines; return the header's row."""
        start = 0 if sheet.top is None else sheet.top - len(sheet.above)
        for number, line in enumerate(sheet.above):
            title = number == 0
            style = (
                self.style(font_name="黑体", font_size=18, bold=True, align="center")
                if title
                else self.style(align="left")
            )
            paint_line(page, (start + number, sheet.first), width, line, style)
            page.set_row(start + number, 34 if title else 21)
        return start + len(sheet.above)

    def paint_grid(self, page: Worksheet, sheet: Sheet, rows: Sequence[Row], top: int, *, head: bool) -> None:
        """Write ruled cells, merging where `UP` and `LEFT` say so."""
        for number, row in enumerate(rows):
            page.set_row(top + number, row_height(row, sheet.widths))
            for column, value in enumerate(row):
                if isinstance(value, Joined):
                    continue
                down, right = block(rows, number, column)
                style = self.cell_style(value, sheet, number, head=head)
                place = (top + number, sheet.first + column)
                if down or right:
                    page.merge_range(*place, place[0] + down, place[1] + right, "", style)
                write_cell(page, place, value, style)

    def cell_style(self, value: Value, sheet: Sheet, number: int, *, head: bool) -> Format:
        """Pick the format of one ruled cell."""
        extra: dict[str, Any] = {"border": 1, "text_wrap": True, "align": "center"}
        if head:
            extra["bold"] = True
        elif isinstance(value, date):
            extra["num_format"] = sheet.date_format
        elif isinstance(value, str) and len(value) > 12:
            extra["align"] = "left"
        if not head and number in sheet.fills:
            extra["bg_color"] = sheet.fills[number]
        return self.style(**extra)


def paint_line(page: Worksheet, place: tuple[int, int], width: int, text: str, style: Format) -> None:
    """Write one line over the whole width."""
    row, first = place
    if width > 1:
        page.merge_range(row, first, row, first + width - 1, text, style)
    else:
        page.write_string(row, first, text, style)


def block(rows: Sequence[Row], number: int, column: int) -> tuple[int, int]:
    """Return how many rows below and columns right belong to the merge that starts here."""
    right = 0
    while column + right + 1 < len(rows[number]) and rows[number][column + right + 1] is LEFT:
        right += 1
    down = 0
    while number + down + 1 < len(rows) and joined_up(rows[number + down + 1], column):
        down += 1
    return down, right


def joined_up(row: Row, column: int) -> bool:
    """Say whether the cell belongs to the one above."""
    return column < len(row) and row[column] is UP


def row_height(row: Row, widths: Sequence[float]) -> float:
    """Return a height in points that shows every wrapped line (a Chinese character is two columns wide)."""
    lines = 1
    for value, width in zip(row, widths, strict=False):
        if isinstance(value, str):
            wide = sum(2 if ord(sign) > 255 else 1 for sign in value.replace("\n", ""))
            lines = max(lines, -(-wide // max(int(width) - 1, 1)), value.count("\n") + 1)
    return max(22.0, 15.5 * lines + 5)


def write_cell(page: Worksheet, place: tuple[int, int], value: Value, style: Format) -> None:
    """Write one value as the type it has; a text stays a text."""
    if value is None or value == "":
        page.write_blank(*place, None, style)
    elif isinstance(value, str):
        page.write_string(*place, value, style)
    elif isinstance(value, Formula):
        page.write_formula(*place, value.text, style, value.value)
    elif isinstance(value, date):
        page.write_datetime(*place, datetime(value.year, value.month, value.day), style)
    elif isinstance(value, int | float):
        page.write_number(*place, value, style)


def write_book(path: Path, sheets: Sequence[Sheet], author: str, made: datetime = datetime(2012, 6, 4, 8, 30)) -> None:
    """Write the workbook; the same sheets give the same bytes. `made` is the day its properties name."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with xlsxwriter.Workbook(str(path)) as book:
        book.set_properties({"author": author, "created": made})
        painter = Painter(book)
        for sheet in sheets:
            painter.paint(sheet)
        first = next(number for number, sheet in enumerate(sheets) if not sheet.hidden)
        book.worksheets()[first].activate()
