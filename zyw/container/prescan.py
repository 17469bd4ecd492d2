"""What the fast reader does not tell: facts read from a sheet's XML before the values are.

The native reader returns "" for an error cell and for a formula that was never calculated, knows no hidden rows, and
allocates the whole rectangle up to the furthest cell, so that two cells (A1 and XFD1048576, a file of 2 KB) end the
process. Here the bytes of one sheet part give those facts.

The common form (`<c r="A1"…>`, cells within a plausible rectangle) is searched with `bytes.find`; one pass of a narrow
regex proves that no cell leaves that form. Anything else goes through expat, slower and exact. Both give equal facts.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final
from xml.parsers import expat

from zyw.container.extent import Extent
from zyw.container.surroundings import OddXml, Surroundings, column_of, read_surroundings, split
from zyw.limits import Limits
from zyw.sheets import Fill, Merge, letter

__all__ = ["Facts", "ForbiddenXml", "OddXml", "check_prolog", "scan_sheet", "split"]

MAX_CELLS: Final = Limits().cells


class ForbiddenXml(ValueError):  # noqa: N818 - a state of the file, told to the clerk as F009
    """The part declares a DTD or an entity."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What a sheet part says beside its values; cells are named as in `F2`, rows count from 1.

    `far` is the cell that stretches the rectangle of valued cells beyond the limit, None when it does not;
    `height` and `width` are that rectangle's, 0 when it was not measured because it is within the limit.
    `filtered_rows` are those of the hidden rows that a filter hides; columns count from 0. `tables` tells that
    the sheet has tables of its own (whose filters stand elsewhere), `loose` that a merged range is written in a way
    that the native reader refuses, `odd` that the part is not of the common form.
    """

    errors: dict[str, str] = field(default_factory=dict)
    uncalculated: frozenset[str] = frozenset()
    hidden_rows: tuple[int, ...] = ()
    merges: tuple[Merge, ...] = ()
    far: str | None = None
    height: int = 0
    width: int = 0
    filtered_rows: tuple[int, ...] = ()
    hidden_columns: tuple[int, ...] = ()
    fills: tuple[Fill, ...] = ()
    tables: bool = False
    loose: bool = False
    odd: bool = field(default=False, compare=False)


def scan_sheet(xml: bytes, max_cells: int = MAX_CELLS, colours: Mapping[int, str] | None = None) -> Facts:
    """Return the facts of one worksheet part; `colours` are the styles that fill a cell (`zyw.container.fills`).

    Raises `ForbiddenXml` for a DTD, `OddXml` for what is not XML in UTF-8.
    """
    check_prolog(xml)
    start, end = xml.find(b"<sheetData"), xml.rfind(b"</sheetData>")
    near = _near(xml, start, end, max_cells) if 0 <= start < end else None
    if near is None or xml.find(b":c ", start, end) >= 0:
        return _scan_slowly(xml, max_cells, colours)
    silent = _is_silent(xml, start, end, near)
    hidden = _hidden_rows(xml, start, end)
    if hidden is None or not (silent or _is_plain(xml, start, end, near)):
        return _scan_slowly(xml, max_cells, colours)
    around = read_surroundings(xml[:start], xml[end + len(b"</sheetData>") :])
    return Facts(
        errors={} if silent else dict(_errors(xml, start, end)),
        uncalculated=frozenset() if silent else frozenset(_uncalculated(xml, start, end)),
        hidden_rows=hidden,
        merges=tuple(around.merges),
        filtered_rows=around.filtered(hidden),
        hidden_columns=tuple(around.hidden_columns),
        fills=_fills(xml, start, end, colours or {}),
        tables=around.tables,
        loose=around.loose,
    )


_STEPS: Final = ((0, 512), (512, 65_536))
"""The bytes in which the root element must open, the few that mostly do first; a DTD can only stand before it."""


def check_prolog(xml: bytes) -> None:
    """Refuse a part with a DTD, or one that is not UTF-8 (the native reader would read it as empty, in silence).

    The parser decides, not a search for `<!DOCTYPE`, which other encodings get past.
    """
    parser = expat.ParserCreate()
    opened: list[str] = []

    def refuse(*_: object) -> None:
        raise ForbiddenXml

    def declared(_version: str, encoding: str | None, _standalone: int) -> None:
        if encoding and encoding.lower() not in {"utf-8", "utf8", "us-ascii"}:
            raise OddXml(encoding)

    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    parser.XmlDeclHandler = declared
    parser.StartElementHandler = lambda name, _attributes: opened.append(name)
    if xml[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        raise OddXml("utf-16")
    try:
        for start, end in _STEPS:
            parser.Parse(xml[start:end], end >= len(xml))
            if opened or end >= len(xml):
                break
    except expat.ExpatError as caught:
        if not opened:
            raise OddXml(str(caught)) from caught
    if not opened:
        raise OddXml("no root element")


# --- the common form ---------------------------------------------------------------------------------------------


def _near(xml: bytes, start: int, end: int, max_cells: int) -> bytes | None:
    """Return a pattern for the addresses of a rectangle of at most `max_cells`, as wide as the sheet seems to be."""
    columns = max(_guess_width(xml, start, end), 1)
    if columns * 10 > max_cells:
        return None
    return rb'"(?:%s)(?:%s)"' % (_columns_upto(columns), _rows_upto(max_cells // columns))


def _is_silent(xml: bytes, start: int, end: int, near: bytes) -> bool:
    """Tell whether every cell is near and none is an error or holds a formula.

    One pass proves the addresses and that no tag is followed by `<f` (a blank before it is not silent either).
    """
    noisy = re.compile(rb"<c(?! r=%s[^>]*+><[^f])" % near).search(xml, start, end)
    return noisy is None and xml.find(b't="e"', start, end) < 0


def _is_plain(xml: bytes, start: int, end: int, near: bytes) -> bool:
    """Tell whether every cell opens as `<c r="REF"` with a near address, its attributes in double quotes."""
    far = re.compile(rb"<c(?! r=%s[ />])" % near).search(xml, start, end)
    return far is None and xml.find(b"='", start, end) < 0


def _guess_width(xml: bytes, start: int, end: int) -> int:
    """Return the widest row (in columns) among the first 200 and the last; only a guess, the patterns prove it."""
    width, at = 0, start
    for _ in range(200):
        close = xml.find(b"</row>", at, end)
        if close < 0:
            break
        width = max(width, _last_column(xml, at, close))
        at = close + 6
    return max(width, _last_column(xml, start, end))


_REF: Final = re.compile(rb'<c r="([A-Z]{1,3})(\d{1,7})"')


def _last_column(xml: bytes, start: int, end: int) -> int:
    """Return the column, counted from 1, of the last cell that opens in a stretch of XML; 0 when there is none."""
    found = _REF.match(xml, max(xml.rfind(b"<c r=", start, end), 0))
    return column_of(found[1].decode()) + 1 if found else 0


def _columns_upto(count: int) -> bytes:
    """Return a pattern for the letters of the first `count` columns.

    >>> _columns_upto(3), _columns_upto(30)
    (b'[A-C]', b'[A-Z]{1,1}|A[A-D]')
    """
    last = letter(count - 1)
    ways = [f"[A-Z]{{1,{len(last) - 1}}}"] if len(last) > 1 else []
    for place, top in enumerate(last):
        rest = len(last) - place - 1
        highest = chr(ord(top) - 1) if rest else top
        if highest >= "A":
            ways.append(f"{last[:place]}[A-{highest}]" + (f"[A-Z]{{{rest}}}" if rest else ""))
    return "|".join(ways).encode()


def _rows_upto(limit: int) -> bytes:
    r"""Return a pattern for row numbers that are surely within `limit` (it stops at the last whole leading digit).

    >>> _rows_upto(625000)
    b'[0-9]{1,5}+|[1-5][0-9]{5}'
    """
    if limit >= 1_048_576:
        return b"[0-9]{1,6}+|10[0-4][0-9]{4}"
    digits, first = len(str(limit)), int(str(limit)[0])
    below = b"[0-9]{1,%d}+" % max(digits - 1, 1)
    return below + (b"|[1-%d][0-9]{%d}" % (first - 1, digits - 1) if first > 1 and digits > 1 else b"")


def _errors(xml: bytes, start: int, end: int) -> Iterator[tuple[str, str]]:
    """Yield (cell, error text) for each cell of type error."""
    at = xml.find(b't="e"', start, end)
    while at >= 0:
        opened = xml.rfind(b"<c ", start, at)
        if opened >= 0 and xml.find(b">", opened, at) < 0:
            body = xml[at : max(xml.find(b"</c>", at, end), at)]
            value = body.partition(b"<v>")[2].partition(b"</v>")[0]
            yield _cell(xml, opened), value.decode("utf-8", "backslashreplace")
        at = xml.find(b't="e"', at + 5, end)


def _uncalculated(xml: bytes, start: int, end: int) -> Iterator[str]:
    """Yield each cell that has a formula and no stored result; an empty *text* result (`t="str"`) is one."""
    at = xml.find(b"<f", start, end)
    while at >= 0:
        close = xml.find(b"</c>", at, end)
        value = xml.find(b"<v>", at, close)
        if value < 0 or xml[value + 3 : value + 4] == b"<":
            opened = xml.rfind(b"<c ", start, at)
            text_result = xml.find(b't="str"', opened, at) >= 0 and xml.find(b"<v", at, close) >= 0
            if not text_result:
                yield _cell(xml, opened)
        at = xml.find(b"<f", max(close, at + 2), end)


def _cell(xml: bytes, opened: int) -> str:
    """Return the name of the cell whose tag opens at `opened`."""
    found = _REF.match(xml, opened)
    return found[0][6:-1].decode() if found else ""


_ROW: Final = re.compile(rb'<row [^>]*?\br="(\d+)"')


def _hidden_rows(xml: bytes, start: int, end: int) -> tuple[int, ...] | None:
    """Return the hidden rows; None when one carries no number, so that only a full parse can tell."""
    rows: list[int] = []
    at = xml.find(b'hidden="', start, end)
    while at >= 0:
        opened = xml.rfind(b"<", start, at)
        if xml.startswith(b"<row ", opened) and xml[at + 8 : at + 9] in b"1t":
            found = _ROW.match(xml, opened)
            if found is None:
                return None
            rows.append(int(found[1]))
        at = xml.find(b'hidden="', at + 8, end)
    return tuple(rows)


MOST_FILLS: Final = 200_000
"""Coloured rows beyond which colour is decoration and no longer looked at."""


def _fills(xml: bytes, start: int, end: int, colours: Mapping[int, str]) -> tuple[Fill, ...]:
    """Return the first cell of each colour in each row: the rest of a row is passed over once a colour is met."""
    first: dict[tuple[int, str], int] = {}
    for style, colour in colours.items():
        wanted = b' s="%d"' % style
        at = xml.find(wanted, start, end)
        while at >= 0:
            opened = _REF.match(xml, xml.rfind(b"<", start, at))
            if opened is None:  # the style of a row: its cells have their own
                at = xml.find(wanted, at + 1, end)
                continue
            place = (int(opened[2]), colour)
            column = column_of(opened[1].decode())
            first[place] = min(first.get(place, column), column)
            at = xml.find(wanted, max(xml.find(b"</row>", at, end), at), end)
        if len(first) > MOST_FILLS:
            return ()
    return _in_order(first)


def _in_order(first: Mapping[tuple[int, str], int]) -> tuple[Fill, ...]:
    return tuple(sorted(Fill(row, column, colour) for (row, colour), column in first.items()))


# --- any form ----------------------------------------------------------------------------------------------------


def _scan_slowly(xml: bytes, max_cells: int, colours: Mapping[int, str] | None = None) -> Facts:
    """Return the same facts from a full parse, and the cell that stretches the sheet too far if one does."""
    seen = _Walk(colours or {})
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = seen.open
    parser.EndElementHandler = seen.close
    parser.CharacterDataHandler = seen.text
    try:
        parser.Parse(xml, True)
    except (expat.ExpatError, ValueError) as caught:
        raise OddXml(str(caught)) from caught
    far = seen.extent.far(max_cells)
    return Facts(
        errors=seen.errors,
        uncalculated=frozenset(seen.uncalculated),
        hidden_rows=tuple(seen.hidden),
        merges=tuple(seen.around.merges),
        filtered_rows=seen.around.filtered(tuple(seen.hidden)),
        hidden_columns=tuple(seen.around.hidden_columns),
        fills=_in_order(seen.fills) if len(seen.fills) <= MOST_FILLS else (),
        tables=seen.around.tables,
        loose=seen.around.loose,
        far=far,
        height=seen.extent.height if far else 0,
        width=seen.extent.width if far else 0,
        odd=True,
    )


class _Walk:
    """The state of one pass over a sheet part; rows count from 1, columns from 0, -1 before the first."""

    def __init__(self, colours: Mapping[int, str]) -> None:
        self.errors: dict[str, str] = {}
        self.uncalculated: list[str] = []
        self.hidden: list[int] = []
        self.around = Surroundings()
        self.fills: dict[tuple[int, str], int] = {}
        self._colours = colours
        self.extent = Extent()
        self._row, self._column = 0, -1
        self._kind, self._formula, self._inside = "", False, ""
        self._value: str | None = None

    def open(self, name: str, attributes: dict[str, str]) -> None:
        """Enter an element."""
        match name.rpartition(":")[2]:
            case "row":
                self._row = int(attributes["r"]) if "r" in attributes else self._row + 1
                self._column = -1
                if attributes.get("hidden") in {"1", "true"}:
                    self.hidden.append(self._row)
            case "c":
                self._enter_cell(attributes)
            case "f":
                self._formula, self._inside = True, "f"
            case "v" | "t" as inside:
                self._inside = inside
                self._value = self._value or ""
            case other:
                self.around.open(other, attributes)

    def _enter_cell(self, attributes: dict[str, str]) -> None:
        self._kind, self._formula, self._value, self._inside = attributes.get("t", "n"), False, None, ""
        if "r" in attributes:
            self._row, self._column = split(attributes["r"])
        else:
            self._column += 1
        style = attributes.get("s", "")
        if self._colours and style.isdecimal() and (colour := self._colours.get(int(style))):
            place = (self._row, colour)
            self.fills[place] = min(self.fills.get(place, self._column), self._column)

    def text(self, data: str) -> None:
        """Take the characters of a value."""
        if self._inside in {"v", "t"}:
            self._value = (self._value or "") + data

    def close(self, name: str) -> None:
        """Leave an element."""
        match name.rpartition(":")[2]:
            case "f" | "v" | "t":
                self._inside = ""
            case "c":
                self._leave_cell()

    def _leave_cell(self) -> None:
        cell = f"{letter(self._column)}{self._row}"
        if self._kind == "e":
            self.errors[cell] = self._value or ""
        if self._formula and not self._value and not (self._kind == "str" and self._value is not None):
            self.uncalculated.append(cell)
        if self._value is not None:
            self.extent.take(self._row, self._column)
