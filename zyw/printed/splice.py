"""Writing tens of thousands of rows into a workbook as text, instead of cell by cell.

XlsxWriter makes the workbook with a skeleton of each long sheet: everything but the body, and in its place a few
blank rows that show which format number each style got. The body is then put there as XML. Where a skeleton does not
look as expected (another version of XlsxWriter), `splice` gives None and the caller writes plainly.
"""

import re
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from html import escape  # saxutils' would load http and ssl
from io import BytesIO
from typing import TYPE_CHECKING, Final
from zipfile import ZIP_DEFLATED, ZipFile

from zyw.printed.celltext import cell_text
from zyw.printed.listing import Column, Content, Formula, Listing, row_heights
from zyw.printed.styles import Styles
from zyw.sheets import letter

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

CHUNK_ROWS: Final = 1024
"""So many rows are made at once: they fit the processor's cache, 4096 take half as long again."""
DEFLATE_LEVEL: Final = 2
"""Level 6 takes three times as long for a fifth less size (64,000 rows)."""
_STRINGS: Final = "xl/sharedStrings.xml"
_BLANK: Final = re.compile(r'<c r="[A-Z]+\d+" s="(\d+)"/>')
_ROW: Final = re.compile(r"<row [^>]*>(.*?)</row>", re.DOTALL)
_SPECIAL: Final = re.compile("[&<>]|_x")
_ESCAPED: Final = re.compile(r"(_x[0-9a-fA-F]{4}_)")


def write_samples(sheet: "Worksheet", listing: Listing, styles: Styles) -> None:
    """Write, where the body will stand, blank rows that hold every style of every column."""
    samples = [_styles_of(column) for column in listing.columns]
    for i in range(max(map(len, samples))):
        for j, names in enumerate(samples):
            sheet.write_blank(listing.body + i, j, None, styles(names[min(i, len(names) - 1)]))


def splice(skeleton: bytes, bodies: Mapping[int, Listing]) -> bytes | None:
    """Return the workbook with the bodies of its sheets (counted from 1) put in, None when it is not as expected."""
    with ZipFile(BytesIO(skeleton)) as source:
        parts = {name: source.read(name) for name in source.namelist()}
    strings = _Strings.of(parts.get(_STRINGS, b"").decode())
    if strings is None:
        return None
    streams: dict[str, Iterator[str]] = {}
    for position, listing in bodies.items():
        name = f"xl/worksheets/sheet{position}.xml"
        stream = _sheet(parts.get(name, b"").decode(), listing, strings)
        if stream is None:
            return None
        streams[name] = stream
    return _zipped(parts, streams, strings)


class _Strings:
    """The workbook's shared strings, to which the bodies' texts are added."""

    def __init__(self, head: str, items: str, count: int) -> None:
        self.head, self.items, self.count = head, [items], count
        self.known: dict[str, int] = {}

    @classmethod
    def of(cls, xml: str) -> "_Strings | None":
        found = re.fullmatch(r'(.*<sst [^>]*?) count="\d+" uniqueCount="(\d+)">(.*)</sst>\s*', xml, re.DOTALL)
        return cls(found[1], found[3], int(found[2])) if found else None

    def number(self, text: str) -> int:
        if text not in self.known:
            self.known[text] = self.count
            self.items.append(_item(text))
            self.count += 1
        return self.known[text]

    def xml(self) -> str:
        # `count` (uses of all strings) is optional and left out.
        return f'{self.head} uniqueCount="{self.count}">{"".join(self.items)}</sst>'


def _sheet(xml: str, listing: Listing, strings: _Strings) -> Iterator[str] | None:
    """Return the sheet's XML in pieces, None when the skeleton's sample rows are not where they should be."""
    below = f'<row r="{listing.last + 2}"' if listing.footnotes else "</sheetData>"
    start, end = xml.find(f'<row r="{listing.body + 1}"'), xml.find(below)
    dimension = re.search(r'<dimension ref="[^"]*"/>', xml)
    if start < 0 or end < start or dimension is None:
        return None
    numbers = _style_numbers(xml[start:end], listing)
    if numbers is None:
        return None
    corner = f"{letter(len(listing.columns) - 1)}{listing.last + 1 + len(listing.footnotes)}"
    head = xml[:start].replace(dimension[0], f'<dimension ref="A1:{corner}"/>')
    columns = [_fragments(column, letter(j), numbers[j], strings) for j, column in enumerate(listing.columns)]
    return _pieces(head, columns, listing, xml[end:])


def _style_numbers(samples: str, listing: Listing) -> list[dict[str, int]] | None:
    rows = [_BLANK.findall(row) for row in _ROW.findall(samples)]
    names = [_styles_of(column) for column in listing.columns]
    if len(rows) != max(map(len, names)) or any(len(row) != len(names) for row in rows):
        return None
    return [{name: int(rows[i][j]) for i, name in enumerate(column)} for j, column in enumerate(names)]


def _styles_of(column: Column) -> list[str]:
    return sorted({value.style for value in column.values})


def _fragments(column: Column, place: str, numbers: Mapping[str, int], strings: _Strings) -> list[str]:
    """Return the XML of each distinct value; NUL stands for the row's number."""
    heads = {style: f'<c r="{place}\x00" s="{number}"' for style, number in numbers.items()}
    return [heads[value.style] + _rest(value.content, strings) for value in column.values]


def _rest(content: Content, strings: _Strings) -> str:
    if content is None or content == "":
        return "/>"
    if isinstance(content, str):
        return f' t="s"><v>{strings.number(cell_text(content))}</v></c>'
    if isinstance(content, Formula):
        return f"><f>{escape(content.text.removeprefix('='), quote=False)}</f><v>{_digits(content.cached)}</v></c>"
    if isinstance(content, bool):
        return f' t="b"><v>{content:d}</v></c>'
    return f"><v>{_digits(content)}</v></c>"


def _digits(number: Decimal | int) -> str:
    return f"{number:f}" if isinstance(number, Decimal) else str(number)


def _pieces(head: str, fragments: list[list[str]], listing: Listing, tail: str) -> Iterator[str]:
    yield head
    heights = row_heights(listing)
    starts = {height: f'<row r="\x00" ht="{height}" customHeight="1">' for height in set(heights)}
    for first in range(0, listing.length, CHUNK_ROWS):
        part = slice(first, first + CHUNK_ROWS)
        columns = [
            map(pool.__getitem__, column.codes[part].tolist())
            for pool, column in zip(fragments, listing.columns, strict=True)
        ]
        rows = zip(map(starts.__getitem__, heights[part]), *columns, strict=True)
        numbered = enumerate(rows, listing.body + 1 + first)
        yield "".join([f"{''.join(row)}</row>".replace("\x00", str(i)) for i, row in numbered])
    yield tail


def _item(text: str) -> str:
    plain = escape(_ESCAPED.sub(r"_x005F\1", text), quote=False) if _SPECIAL.search(text) else text
    space = ' xml:space="preserve"' if text[0].isspace() or text[-1].isspace() else ""
    return f"<si><t{space}>{plain}</t></si>"


def _ahead(pieces: Iterator[str]) -> Iterator[str]:
    """Make each piece while the one before is deflated, which leaves the interpreter free."""
    with ThreadPoolExecutor(1) as pool:
        coming = pool.submit(next, pieces, None)
        while (piece := coming.result()) is not None:
            coming = pool.submit(next, pieces, None)
            yield piece


def _zipped(parts: Mapping[str, bytes], streams: Mapping[str, Iterator[str]], strings: _Strings) -> bytes:
    """Return the parts as a zip with fixed times."""
    target = BytesIO()
    with ZipFile(target, "w", ZIP_DEFLATED, compresslevel=DEFLATE_LEVEL) as archive:
        for name, content in parts.items():
            with archive.open(name, "w") as part:  # opened by name, a part is dated 1980-01-01
                if name in streams:
                    for piece in _ahead(streams[name]):
                        part.write(piece.encode())
                else:
                    part.write(strings.xml().encode() if name == _STRINGS else content)
    return target.getvalue()
