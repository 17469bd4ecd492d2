"""Excel 2003 XML (“XML 电子表格 2003”): a workbook in one text, which systems like to name .xls.

Source: Microsoft, “XML Spreadsheet Reference” (urn:schemas-microsoft-com:office:spreadsheet). Cells and rows may leave
their place out (then they follow the one before) or name it (`ss:Index`); times are ISO texts.
"""

import re
from datetime import date, datetime
from math import isfinite
from typing import Final
from xml.parsers import expat

from zyw.container.prescan import Facts, ForbiddenXml, OddXml
from zyw.formats import Parsed
from zyw.formats.native import EMPTY, Values, grid
from zyw.formats.separated import decode
from zyw.limits import Limits, too_large
from zyw.problems import Place, Verbatim, ZywError, problem
from zyw.sheets import Cell, Grid, Merge, letter

_SPACE: Final = "urn:schemas-microsoft-com:office:spreadsheet "
_EXCEL: Final = "urn:schemas-microsoft-com:office:excel "
_DECLARED: Final = re.compile(rb"""<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z0-9._-]+)["']""")
_MOST: Final = 1_048_576


def parse(data: bytes, shown: str, limits: Limits) -> Parsed:
    """Return the sheets. Raises `ZywError` F006, F007, F009, F015, or F022 when the XML is of another kind."""
    declared = _DECLARED.match(data.removeprefix(b"\xef\xbb\xbf"))
    text = decode(data, shown, declared[1].decode() if declared else "")
    walk = _Walk(shown, limits)
    parser = expat.ParserCreate("utf-8", namespace_separator=" ")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse
    parser.StartElementHandler = walk.open
    parser.EndElementHandler = walk.close
    parser.CharacterDataHandler = walk.text
    try:
        parser.Parse(text.encode(), True)
    except ForbiddenXml as caught:
        raise ZywError(problem("F009", Place(shown))) from caught
    except (expat.ExpatError, ValueError, OddXml):
        if walk.is_workbook:
            raise ZywError(problem("F006", Place(shown), 原因=Verbatim("XML 不完整"))) from None
    if not walk.is_workbook:
        raise ZywError(problem("F022", Place(shown), 实际=Verbatim("一份 XML，不是 Excel 的")))
    return tuple(walk.grids), ()


def _refuse(*_: object) -> None:
    raise ForbiddenXml


class _Walk:
    """The state of one pass; rows count from 1, columns from 0."""

    def __init__(self, shown: str, limits: Limits) -> None:
        self.is_workbook = False
        self.grids: list[Grid] = []
        self._shown, self._limits = shown, limits
        self._cells = 0
        self._name, self._hidden = "", False
        self._begin_sheet()

    def _begin_sheet(self) -> None:
        self._rows: list[list[Cell]] = []
        self._errors: dict[str, str] = {}
        self._uncalculated: list[str] = []
        self._hidden_rows: list[int] = []
        self._hidden_columns: list[int] = []
        self._merges: list[Merge] = []
        self._row, self._column, self._columns = 0, -1, 0
        self._after = self._across = 0
        self._kind, self._words, self._formula = "", list[str](), False
        self._inside = False

    def open(self, name: str, attributes: dict[str, str]) -> None:
        """Enter an element."""
        given = {key.removeprefix(_SPACE): value for key, value in attributes.items()}
        match name.removeprefix(_SPACE):
            case "Workbook":
                self.is_workbook = True
            case "Worksheet":
                self._begin_sheet()
                self._name, self._hidden = given.get("Name", ""), False
            case "Column":
                self._enter_column(given)
            case "Row":
                self._enter_row(given)
            case "Cell":
                self._enter_cell(given)
            case "Data":
                self._kind, self._words, self._inside = given.get("Type", "String"), [], True
        if name == _EXCEL + "Visible":
            self._words, self._inside = [], True

    def _enter_column(self, given: dict[str, str]) -> None:
        at = int(given.get("Index", self._columns + 1)) - 1
        self._columns = at + int(given.get("Span", 0)) + 1
        if given.get("Hidden") == "1":
            self._hidden_columns += range(at, min(self._columns, 16_384))

    def _enter_row(self, given: dict[str, str]) -> None:
        self._row = int(given.get("Index", self._row + 1))
        span = int(given.get("Span", 0))
        if given.get("Hidden") == "1":
            self._hidden_rows += range(self._row, min(self._row + span, _MOST) + 1)
        self._column, self._after = -1, self._row + span
        if not 0 < self._row <= _MOST:
            raise OddXml("row")

    def _enter_cell(self, given: dict[str, str]) -> None:
        self._column = int(given["Index"]) - 1 if "Index" in given else self._column + 1
        if not 0 <= self._column < 16_384:
            raise OddXml("column")
        self._kind, self._words, self._formula = "", [], "Formula" in given
        across, down = int(given.get("MergeAcross", 0)), int(given.get("MergeDown", 0))
        self._across = across
        if across or down:
            self._merges.append(Merge(self._row, self._column, self._row + down, self._column + across))

    def text(self, data: str) -> None:
        """Take the characters of a value."""
        if self._inside:
            self._words.append(data)

    def close(self, name: str) -> None:
        """Leave an element."""
        match name.removeprefix(_SPACE):
            case "Data":
                self._inside = False
            case "Cell":
                self._leave_cell()
            case "Row":
                self._row = self._after
            case "Worksheet":
                self._leave_sheet()
        if name == _EXCEL + "Visible":
            self._hidden, self._inside = "".join(self._words).strip() != "SheetVisible", False

    def _leave_cell(self) -> None:
        words = "".join(self._words)
        cell = f"{letter(self._column)}{self._row}"
        if self._kind == "Error":
            self._errors[cell] = words
        elif self._formula and not self._kind:
            self._uncalculated.append(cell)
        elif self._kind:
            value = _typed(words, self._kind)
            if value != "":
                self._put(value)
        self._column += self._across

    def _put(self, value: Cell) -> None:
        rectangle = self._row * (self._column + 1)
        if max(rectangle, self._cells) > self._limits.cells:
            raise too_large(Place(self._shown), "格数", max(rectangle, self._cells), self._limits.cells)
        while len(self._rows) < self._row:
            self._rows.append([])
        row = self._rows[self._row - 1]
        added = max(self._column + 1 - len(row), 0)
        self._cells += added
        row.extend([""] * added)
        row[self._column] = value

    def _leave_sheet(self) -> None:
        width = max(map(len, self._rows), default=0)
        for row in self._rows:
            row.extend([""] * (width - len(row)))
        facts = Facts(
            errors=self._errors,
            uncalculated=frozenset(self._uncalculated),
            hidden_rows=tuple(self._hidden_rows),
            merges=tuple(self._merges),
            hidden_columns=tuple(self._hidden_columns),
        )
        found = Values(1, 0, self._rows) if width else EMPTY
        self.grids.append(grid(found, self._shown, self._name, facts, hidden=self._hidden))


_TIME: Final = re.compile(r"(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.\d*)?")


def _typed(words: str, kind: str) -> Cell:
    """Return a value as the workbook's readers do: numbers float, a day without a time of day a `date`.

    >>> _typed("2012-04-02T00:00:00.000", "DateTime"), _typed("2", "Number"), _typed("1", "Boolean")
    (datetime.date(2012, 4, 2), 2.0, True)
    """
    try:
        if kind == "Number":
            number = float(words)
            return number if isfinite(number) else words
        if kind == "DateTime" and (found := _TIME.fullmatch(words)):
            moment = datetime(*map(int, found.groups()))  # type: ignore[arg-type]
            return date(moment.year, moment.month, moment.day) if words[11:19] == "00:00:00" else moment
    except ValueError:
        return words
    return words.strip() == "1" if kind == "Boolean" else words
