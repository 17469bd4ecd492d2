"""ods: OpenDocument spreadsheets, as LibreOffice and WPS write them.

Source: OpenDocument 1.3 part 3, clauses 9 (tables) and 19 (attributes). Cells and rows may stand for many
(`number-columns-repeated`), so the rectangle is measured before it is made. The native reader is not used: it refuses
a `content.xml` with line breaks between its elements, and the facts it lacks need the same pass.
"""

import re
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Final, NamedTuple
from xml.parsers import expat

from zyw.container.extent import Extent
from zyw.container.parts import Container, broken, open_container
from zyw.container.prescan import Facts, ForbiddenXml, OddXml, check_prolog
from zyw.formats import Parsed
from zyw.formats.native import EMPTY, Values, grid, stretched
from zyw.limits import Limits
from zyw.problems import Place, ZywError, problem
from zyw.sheets import Cell, Grid, Merge, letter

CONTENT: Final = "content.xml"
MANIFEST: Final = "meta-inf/manifest.xml"
_TABLE: Final = "urn:oasis:names:tc:opendocument:xmlns:table:1.0 "
_OFFICE: Final = "urn:oasis:names:tc:opendocument:xmlns:office:1.0 "
_STYLE: Final = "urn:oasis:names:tc:opendocument:xmlns:style:1.0 "
_TEXT: Final = "urn:oasis:names:tc:opendocument:xmlns:text:1.0 "
_EXTENDED: Final = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0 value-type"
_ERROR: Final = re.compile(r"#(?:REF!|N/A|DIV/0!|VALUE!|NAME\?|NUM!|NULL!)|Err:\d{3}")
_DECLARED: Final = re.compile(rb'media-type="(application/vnd\.oasis\.opendocument\.[a-z]+)"')
_BLANKS: Final = re.compile(r"[ \t\r\n]+")
_SPAN: Final = re.compile(r"PT(\d{1,5})H(\d{1,2})M(\d{1,2})(?:[.,]\d+)?S")
_MOST: Final = 1_048_576
"""Rows that a sheet can have: no repetition counts further."""


def declared(container: Container) -> bytes:
    """Return the media type that the list of parts gives, for a file whose part `mimetype` was lost; else b""."""
    found = _DECLARED.search(container.read(MANIFEST)) if MANIFEST in container else None
    return found[1] if found else b""


def is_locked(container: Container) -> bool:
    """Tell whether the content is encrypted, which the list of its parts says."""
    return MANIFEST in container and b"encryption-data" in container.read(MANIFEST)


def parse(data: bytes, shown: str, limits: Limits) -> Parsed:
    """Return the sheets of a workbook. Raises `ZywError` F006, F008 or F009."""
    container = open_container(data, shown, limits)
    try:
        sheets = _walked(container.read(CONTENT))
    except ForbiddenXml as caught:
        raise ZywError(problem("F009", Place(shown))) from caught
    except (OddXml, KeyError):
        broken(shown, "缺少必要的部件或部件不完整")
    return tuple(sheet.grid(shown, limits.cells) for sheet in sheets), ()


def _walked(xml: bytes) -> "list[_Sheet]":
    """Return what stands on each sheet. Raises `ForbiddenXml` or `OddXml`."""
    check_prolog(xml)
    walk = _Walk()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = walk.open
    parser.EndElementHandler = walk.close
    parser.CharacterDataHandler = walk.text
    try:
        parser.Parse(xml, True)
    except (expat.ExpatError, ValueError) as caught:
        raise OddXml(str(caught)) from caught
    return walk.sheets


def _count(attributes: Mapping[str, str], name: str) -> int:
    """Return a counting attribute of the table namespace, 1 when it is absent."""
    return min(max(int(attributes.get(_TABLE + name, "1")), 1), _MOST)


class _Run(NamedTuple):
    """A value that stands in `times` cells from `column` on."""

    column: int
    times: int
    value: Cell


class _Sheet:
    """What one table has shown so far; rows count from 1, columns from 0."""

    def __init__(self, name: str, hidden: bool) -> None:
        self.name, self.hidden = name, hidden
        self.extent = Extent()
        self.rows: list[tuple[int, int, list[_Run]]] = []
        """(first row, how many, their values)."""
        self.errors: dict[str, str] = {}
        self.uncalculated: list[str] = []
        self.hidden_rows: list[int] = []
        self.filtered_rows: list[int] = []
        self.hidden_columns: list[int] = []
        self.merges: list[Merge] = []
        self.row = self.columns = 0

    def grid(self, shown: str, max_cells: int) -> Grid:
        """Return the sheet. Raises `ZywError` F008 when one cell stretches it too far."""
        height, width = self.extent.height, self.extent.width
        facts = Facts(
            errors=self.errors,
            uncalculated=frozenset(self.uncalculated),
            hidden_rows=tuple(n for n in self.hidden_rows if n <= height),  # a sheet may end with a million of them
            merges=tuple(self.merges),
            far=self.extent.far(max_cells),
            height=height,
            width=width,
            filtered_rows=tuple(n for n in self.filtered_rows if n <= height),
            hidden_columns=tuple(n for n in self.hidden_columns if n < width),
        )
        if facts.far is not None:
            raise stretched(shown, self.name, facts)
        found = Values(1, 0, self._values(height, width)) if width else EMPTY
        return grid(found, shown, self.name, facts, hidden=self.hidden)

    def _values(self, height: int, width: int) -> list[list[Cell]]:
        rows: list[list[Cell]] = [[""] * width for _ in range(height)]
        for first, count, runs in self.rows:
            for row in rows[first - 1 : first - 1 + count]:
                for column, times, value in runs:
                    row[column : column + times] = [value] * times
        return rows


class _Walk:
    """The state of one pass over `content.xml`."""

    def __init__(self) -> None:
        self.sheets: list[_Sheet] = []
        self._hidden_styles: set[str] = set()
        self._style = ""
        self._sheet: _Sheet | None = None
        self._depth = 0
        """0 outside the spreadsheet, 1 inside it, 2 inside a table of it, 3 inside a table in a cell of that one."""
        self._runs: list[_Run] = []
        self._column = self._times = self._rows = 0
        self._cell: Mapping[str, str] = {}
        self._paragraphs: list[str] = []
        self._inside = self._aside = 0

    def open(self, name: str, attributes: dict[str, str]) -> None:
        """Enter an element."""
        if name == _STYLE + "style":
            self._style = attributes.get(_STYLE + "name", "")
        elif name == _STYLE + "table-properties":
            if attributes.get(_TABLE + "display") == "false":
                self._hidden_styles.add(self._style)
        elif name == _OFFICE + "spreadsheet":
            self._depth = 1
        elif name == _OFFICE + "annotation":
            self._aside += 1
        elif name == _TABLE + "table" and self._depth:
            self._depth += 1
            if self._depth == 2:
                hidden = attributes.get(_TABLE + "style-name", "") in self._hidden_styles
                self._sheet = _Sheet(attributes.get(_TABLE + "name", ""), hidden)
        elif self._sheet is not None and self._depth == 2 and not self._aside:
            self._open_inside(self._sheet, name, attributes)

    def _open_inside(self, sheet: _Sheet, name: str, attributes: dict[str, str]) -> None:
        if name.startswith(_TEXT):
            self._open_text(name.removeprefix(_TEXT), attributes)
            return
        match name.removeprefix(_TABLE):
            case "table-column":
                _enter_column(sheet, attributes)
            case "table-row":
                self._enter_row(sheet, attributes)
            case "table-cell" | "covered-table-cell":
                self._times = _count(attributes, "number-columns-repeated")
                self._cell, self._paragraphs = attributes, []

    def _open_text(self, name: str, attributes: dict[str, str]) -> None:
        if name in {"p", "h"}:
            self._paragraphs.append("")
            self._inside += 1
        elif self._inside:
            count = min(int(attributes.get(_TEXT + "c", "1")), 1000)
            self._paragraphs[-1] += {"s": " " * count, "tab": "\t", "line-break": "\n"}.get(name, "")

    def _enter_row(self, sheet: _Sheet, attributes: dict[str, str]) -> None:
        self._rows, self._column, self._runs = _count(attributes, "number-rows-repeated"), 0, []
        seen = attributes.get(_TABLE + "visibility", "visible")
        if seen != "visible":
            span = range(sheet.row + 1, sheet.row + self._rows + 1)
            sheet.hidden_rows += span
            if seen == "filter":
                sheet.filtered_rows += span

    def text(self, data: str) -> None:
        """Take the characters of a paragraph; its line breaks and tabs are blanks, as the format says."""
        if self._inside and not self._aside:
            self._paragraphs[-1] += _BLANKS.sub(" ", data)

    def close(self, name: str) -> None:
        """Leave an element."""
        if name == _OFFICE + "annotation":
            self._aside -= 1
        elif name == _OFFICE + "spreadsheet":
            self._depth = 0
        elif name == _TABLE + "table" and self._depth:
            self._depth -= 1
            if self._depth == 1 and self._sheet is not None:
                self.sheets.append(self._sheet)
                self._sheet = None
        elif self._sheet is not None and self._depth == 2 and not self._aside:
            self._close_inside(self._sheet, name)

    def _close_inside(self, sheet: _Sheet, name: str) -> None:
        if name in {_TEXT + "p", _TEXT + "h"}:
            self._inside -= 1
        elif name == _TABLE + "table-row":
            if self._runs:
                sheet.rows.append((sheet.row + 1, self._rows, self._runs))
            sheet.row += self._rows
        elif name in {_TABLE + "table-cell", _TABLE + "covered-table-cell"}:
            self._leave_cell(sheet)

    def _leave_cell(self, sheet: _Sheet) -> None:
        attributes, row, column = self._cell, sheet.row + 1, self._column
        words = "\n".join(self._paragraphs)
        formula = attributes.get(_TABLE + "formula")
        value = _value(attributes, words)
        if attributes.get(_EXTENDED) == "error" or (formula and _ERROR.fullmatch(words.strip())):
            sheet.errors[f"{letter(column)}{row}"] = words.strip()
        elif formula and value == "" and _OFFICE + "value-type" not in attributes:
            sheet.uncalculated.append(f"{letter(column)}{row}")
        if value != "":
            sheet.extent.take(row + self._rows - 1, column + self._times - 1)
            self._runs.append(_Run(column, self._times, value))
        across, down = _count(attributes, "number-columns-spanned"), _count(attributes, "number-rows-spanned")
        if across > 1 or down > 1:
            sheet.merges.append(Merge(row, column, row + down - 1, column + across - 1))
        self._column += self._times


def _enter_column(sheet: _Sheet, attributes: Mapping[str, str]) -> None:
    count = min(_count(attributes, "number-columns-repeated"), 16_384)
    if attributes.get(_TABLE + "visibility", "visible") != "visible":
        sheet.hidden_columns += range(sheet.columns, sheet.columns + count)
    sheet.columns += count


def _value(attributes: Mapping[str, str], words: str) -> Cell:
    """Return the value of a cell as a workbook's other readers do: a number as float, a day as `date`."""
    kind = attributes.get(_OFFICE + "value-type", "string")
    if kind in {"float", "percentage", "currency"}:
        return float(attributes[_OFFICE + "value"]) if _OFFICE + "value" in attributes else words
    if kind == "boolean":
        return attributes.get(_OFFICE + "boolean-value") == "true"
    if kind == "date":
        return _moment(attributes.get(_OFFICE + "date-value", "")) or words
    if kind == "time":
        return _duration(attributes.get(_OFFICE + "time-value", "")) or words
    return attributes.get(_OFFICE + "string-value", words)


def _moment(text: str) -> date | datetime | None:
    """Return a day, with its time of day where one is written.

    >>> _moment("2024-03-01"), _moment("2024-03-01T14:30:00.5")
    (datetime.date(2024, 3, 1), datetime.datetime(2024, 3, 1, 14, 30))
    """
    try:
        return date.fromisoformat(text) if len(text) == 10 else datetime.fromisoformat(text[:19])
    except ValueError:
        return None


def _duration(text: str) -> Cell | None:
    """Return a time of day, or what is longer than a day as a span.

    >>> _duration("PT08H30M00S"), _duration("PT30H00M00S")
    (datetime.time(8, 30), datetime.timedelta(days=1, seconds=21600))
    """
    found = _SPAN.fullmatch(text)
    if found is None:
        return None
    span = timedelta(hours=int(found[1]), minutes=int(found[2]), seconds=int(found[3]))
    return span if span.days else (datetime.min + span).time()
