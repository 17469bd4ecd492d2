"""The cells of a sheet part by position: rows found in one pass, cells only in the rows that matter.

Rows and cells without an address (`r=`) count on from the one before, as readers do.
"""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple, TypeAlias

from zyw.marking.surgery import ODD, TAG, Edit, Element, Unmarkable, attributes, elements, quiet, root, text_xml
from zyw.marking.surgery import with_attribute as with_
from zyw.sheets import letter

At: TypeAlias = tuple[int, int]
"""Row from 1, column from 0."""
LAST_COLUMN: Final = 16_383
LAST_ROW: Final = 1_048_576
_ADDRESS: Final = re.compile(r"\$?([A-Za-z]{1,3})\$?([1-9]\d{0,6})", re.ASCII)


def place_of(cell: str) -> At | None:
    """Return row and column of a cell's name, None when it is none.

    >>> place_of("C7"), place_of("7")
    ((7, 2), None)
    """
    found = _ADDRESS.fullmatch(cell)
    if found is None:
        return None
    column = 0
    for character in found[1].upper():
        column = column * 26 + ord(character) - 64
    row = int(found[2])
    return (row, column - 1) if row <= LAST_ROW and column - 1 <= LAST_COLUMN else None


def name_of(at: At) -> str:
    """Return the name of a cell.

    >>> name_of((7, 2))
    'C7'
    """
    return f"{letter(at[1])}{at[0]}"


class Row(NamedTuple):
    """One row by positions, `inside:close` holding its cells; equal ends: it is written as an empty tag."""

    number: int
    start: int
    inside: int
    close: int
    end: int


class CellAt(NamedTuple):
    """One cell by positions."""

    column: int
    start: int
    end: int


class New(NamedTuple):
    """What becomes of a cell: its style, and its text where it gets one (None: what it holds stays)."""

    style: int
    text: str | None = None


@dataclass(frozen=True)
class SheetXml:
    """One worksheet part: what stands before its rows, the rows by number, what stands after them.

    `quiet` is the part without comments and CDATA, `prefix` that of its elements with the colon.
    """

    xml: bytes
    quiet: bytes
    prefix: bytes
    top: Element
    data: Element
    before: tuple[Element, ...]
    after: tuple[Element, ...]
    rows: Mapping[int, Row]

    @classmethod
    def of(cls, xml: bytes) -> "SheetXml":
        """Find the rows. Raises `Unmarkable` where the part is not a worksheet as one must be."""
        bare = quiet(xml)
        top, prefix = root(bare)
        opened = re.compile(rb"<%ssheetData\b[^>]*>" % prefix).search(bare, top.inside)
        if top.name != "worksheet" or opened is None:
            raise Unmarkable(ODD)
        empty = opened[0].endswith(b"/>")
        close = opened.end() if empty else bare.rfind(b"</%ssheetData" % prefix)
        if close < opened.end():
            raise Unmarkable(ODD)
        end = close if empty else bare.find(b">", close) + 1
        data = Element("sheetData", opened.start(), opened.end(), close, end)
        before, after = elements(bare, top.inside, data.start), elements(bare, end, top.close)
        rows = {row.number: row for row in _rows(bare, prefix, data)}
        return cls(xml, bare, prefix, top, data, tuple(before), tuple(after), rows)

    def element(self, name: str) -> Element | None:
        """Return the element `name` beside the rows, None when there is none."""
        return next((each for each in (*self.before, *self.after) if each.name == name), None)

    def cells(self, row: Row) -> Iterator[CellAt]:
        """Yield the cells of a row in their order."""
        column, closing = -1, b"</%sc>" % self.prefix
        tags = re.compile(rb"<%sc(?=[\s/>])" % self.prefix)
        at = row.inside
        while (found := tags.search(self.quiet, at, row.close)) is not None:
            tag = TAG.match(self.quiet, found.start(), row.close)
            if tag is None:
                raise Unmarkable(ODD)
            named = _REFERENCE.search(tag[0])
            place = place_of(named[1].decode()) if named else None
            column = place[1] if place else column + 1
            at = tag.end() if tag["empty"] else self.quiet.find(closing, tag.end(), row.close) + len(closing)
            if at < tag.end():
                raise Unmarkable(ODD)
            yield CellAt(column, tag.start(), at)

    def widest(self, known: int) -> int:
        """Return the last column that holds anything, from 0; the search begins right of the column `known`."""
        addressed = re.compile(rb"""<%sc\s+r=["'](?!%s)[A-Z]""" % (self.prefix, _upto(known + 1)))
        plain = self.quiet.count(b"<%sc " % self.prefix, self.data.inside, self.data.close)
        if plain != self.quiet.count(b'<%sc r="' % self.prefix, self.data.inside, self.data.close):
            return max((c.column for r in self.rows.values() for c in self.cells(r) if self.holds(c)), default=known)
        found = known
        for match in addressed.finditer(self.quiet, self.data.inside, self.data.close):
            tag = TAG.match(self.quiet, match.start())
            if tag is None or tag["empty"]:
                continue
            place = place_of(attributes(tag[0]).get("r", ""))
            close = self.quiet.find(b"</%sc>" % self.prefix, tag.end())
            if place and place[1] > found and self.quiet.find(b"<", tag.end(), close) >= 0:
                found = place[1]
        return found

    def holds(self, cell: CellAt) -> bool:
        """Say whether a cell has a value or a formula."""
        return self.quiet.find(b"<", cell.start + 1, cell.end) < self.quiet.rfind(b"</", cell.start, cell.end)

    def style(self, at: At, of_column: Callable[[int], int]) -> int:
        """Return the style of a cell, of its row or column where there is no such cell."""
        row = self.rows.get(at[0])
        if row is None:
            return of_column(at[1])
        addressed = b'<%sc r="%s"' % (self.prefix, name_of(at).encode())
        start = self.quiet.find(addressed, row.inside, row.close)  # nearly every program writes it so
        if start < 0:
            start = next((each.start for each in self.cells(row) if each.column == at[1]), -1)
        if start >= 0:
            return _style(attributes(self.xml[start : row.close]))
        own = attributes(self.xml[row.start : row.inside])
        return _style(own) if own.get("customFormat") in {"1", "true"} else of_column(at[1])

    def edits(self, cells: Mapping[At, New]) -> Iterator[Edit]:
        """Yield the edits that give cells their styles and texts; rows and cells that are missing are put in order."""
        by_row: dict[int, dict[int, New]] = {}
        for (number, column), new in sorted(cells.items()):
            by_row.setdefault(number, {})[column] = new
        numbers = sorted(self.rows)
        missing: dict[int, list[bytes]] = {}
        for number, new_cells in by_row.items():
            if number in self.rows:
                yield from self._row_edits(self.rows[number], new_cells)
                continue
            after = bisect_left(numbers, number)
            at = self.rows[numbers[after]].start if after < len(numbers) else self.data.close
            items = b"".join(self._new_cell((number, c), new) for c, new in new_cells.items())
            tag = self.prefix + b"row"
            missing.setdefault(at, []).append(b'<%s r="%d">%s</%s>' % (tag, number, items, tag))
        if self.data.close == self.data.end:
            yield self._opened_data(missing)
            return
        for at, rows in missing.items():
            yield Edit(at, at, b"".join(rows))

    def _opened_data(self, missing: Mapping[int, list[bytes]]) -> Edit:
        """Return the edit that opens an empty `<sheetData/>` for its first rows."""
        tag = self.xml[self.data.start : self.data.end]
        rows = b"".join(row for each in missing.values() for row in each)
        return Edit(self.data.start, self.data.end, tag[:-2] + b">" + rows + b"</%ssheetData>" % self.prefix)

    def _row_edits(self, row: Row, new_cells: dict[int, New]) -> Iterator[Edit]:
        left, items = dict(new_cells), []
        for cell in self.cells(row):
            for column in [c for c in left if c < cell.column]:
                new = self._new_cell((row.number, column), left.pop(column))
                items.append(Edit(cell.start, cell.start, new))
            if cell.column in left:
                items.append(self._changed(row.number, cell, left.pop(cell.column)))
        rest = b"".join(self._new_cell((row.number, c), new) for c, new in left.items())
        opening = self.xml[row.start : row.inside]
        spans = attributes(opening).get("spans", "")
        first, colon, last = spans.rpartition(" ")[2].partition(":")
        if colon and last.isdecimal() and int(last) <= max(new_cells):
            spans = f"{spans[: len(spans) - len(first) - 1 - len(last)]}{first}:{max(new_cells) + 1}"
            opening = with_(opening, "spans", spans)
        if row.inside == row.end:
            tag = self.prefix + b"row"
            yield Edit(row.start, row.end, opening[:-2] + b">" + rest + b"</%s>" % tag)
            return
        yield Edit(row.start, row.inside, opening)
        yield from items
        if rest:
            yield Edit(row.close, row.close, rest)

    def _changed(self, number: int, cell: CellAt, new: New) -> Edit:
        if new.text is None:
            return Edit(cell.start, cell.end, with_(self.xml[cell.start : cell.end], "s", str(new.style)))
        return Edit(cell.start, cell.end, self._new_cell((number, cell.column), new))

    def _new_cell(self, at: At, new: New) -> bytes:
        return cell_xml(at, new, self.prefix)


def cell_xml(at: At, new: New, prefix: bytes = b"") -> bytes:
    """Return a cell that holds text as text, whatever it begins with, or nothing."""
    head = f'<{{p}}c r="{name_of(at)}" s="{new.style}"'
    body = "/>"
    if new.text:
        body = f' t="inlineStr"><{{p}}is><{{p}}t xml:space="preserve">{text_xml(new.text)}</{{p}}t></{{p}}is></{{p}}c>'
    return head.replace("{p}", prefix.decode()).encode() + body.replace("{p}", prefix.decode()).encode()


_NUMBER: Final = re.compile(rb"""\sr\s*=\s*["'](\d+)["']""")
_REFERENCE: Final = re.compile(rb"""\sr\s*=\s*["']([A-Za-z]{1,3}\d+)["']""")


def _rows(bare: bytes, prefix: bytes, data: Element) -> Iterator[Row]:
    number, closing = 0, b"</%srow>" % prefix
    tags = re.compile(rb"<%srow(?=[\s/>])[^>]*>" % prefix)
    for tag in tags.finditer(bare, data.inside, data.close):
        found = _NUMBER.search(tag[0])
        number = int(found[1]) if found else number + 1
        if tag[0].endswith(b"/>"):
            yield Row(number, tag.start(), tag.end(), tag.end(), tag.end())
            continue
        close = bare.find(closing, tag.end(), data.close)
        if close < 0:
            raise Unmarkable(ODD)
        yield Row(number, tag.start(), tag.end(), close, close + len(closing))


def _style(found: Mapping[str, str]) -> int:
    number = found.get("s", "0")
    return int(number) if number.isdecimal() else 0


def _upto(count: int) -> bytes:
    """Return a pattern for the first `count` columns, followed by a row number."""
    return rb"(?:%s)\d" % "|".join(map(letter, range(count))).encode()
