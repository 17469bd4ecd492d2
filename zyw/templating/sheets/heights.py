"""Heights of the rows that a template makes: as many lines as the widest text needs in its column.

Excel measures a row anew when it opens a file, LibreOffice and many viewers do not: without a height the second line
of a text is hidden, on paper too. A full-width character takes two of a column's units, others one.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import unescape
from typing import Final
from unicodedata import east_asian_width

_CELL: Final = re.compile(r'<c r="([A-Z]+)[^"]*"([^>]*?)(?:/>|>(.*?)</c>)', re.DOTALL)
_STYLE: Final = re.compile(r'\ss="(\d+)"')
_TEXT: Final = re.compile(r"<t\b[^>]*>(.*?)</t>", re.DOTALL)
_XFS: Final = re.compile(r"<cellXfs\b[^>]*>(.*?)</cellXfs>", re.DOTALL)
_XF: Final = re.compile(r"<xf\b([^>]*?)(?:/>|>(.*?)</xf>)", re.DOTALL)
_FONTS: Final = re.compile(r"<fonts\b[^>]*>(.*?)</fonts>", re.DOTALL)
_FONT: Final = re.compile(r"<font\b[^>]*?(?:/>|>(.*?)</font>)", re.DOTALL)
_COLUMN: Final = re.compile(r"<col\b([^>]*)/>")
_USUAL_WIDTH, _USUAL_SIZE = 8.43, 11.0
_LEADING: Final = 1.36
"""Height of a line over the size of its font."""
MAX_HEIGHT: Final = 409.0
"""Points: Excel takes no higher row."""


@dataclass(frozen=True, slots=True)
class Heights:
    """What is needed to measure the rows of one sheet: styles that wrap with their size in points, widths by column."""

    wraps: Mapping[str, float]
    widths: Mapping[str, float]
    plain: float = _USUAL_WIDTH

    def of(self, cells: str) -> float | None:
        """Return the height in points that a row needs, None where one line is enough."""
        highest = 0.0
        for column, attributes, content in _CELL.findall(cells):
            style = _STYLE.search(attributes)
            size = self.wraps.get(style[1]) if style else None
            if size is None or "<t" not in content:
                continue
            lines = self._lines(column, size, unescape("".join(_TEXT.findall(content))))
            if lines > 1:
                highest = max(highest, lines * size * _LEADING + 4)
        return min(round(highest, 1), MAX_HEIGHT) or None

    def _lines(self, column: str, size: float, text: str) -> int:
        room = max(int(self.widths.get(column, self.plain) * _USUAL_SIZE / size - 1), 1)
        wide = [sum(1 + (east_asian_width(each) in "WFA") for each in line) for line in text.split("\n")]
        return sum(max(-(-width // room), 1) for width in wide)


def heights(styles: str, head: str) -> Heights:
    """Return what `styles.xml` and the head of a sheet say about wrapping and widths."""
    return Heights(_wraps(styles), _widths(head), _plain(head))


def _wraps(styles: str) -> dict[str, float]:
    fonts = _FONTS.search(styles)
    sizes = []
    for inside in _FONT.findall(fonts[1] if fonts else ""):
        size = re.search(r'<sz\b[^>]*val="([\d.]+)"', inside)
        sizes.append(float(size[1]) if size else _USUAL_SIZE)
    found: dict[str, float] = {}
    formats = _XFS.search(styles)
    for place, (attributes, inside) in enumerate(_XF.findall(formats[1] if formats else "")):
        if re.search(r'wrapText="(?:1|true)"', inside):
            font = re.search(r'fontId="(\d+)"', attributes)
            known = font and int(font[1]) < len(sizes)
            found[str(place)] = sizes[int(font[1])] if font and known else _USUAL_SIZE
    return found


def _widths(head: str) -> dict[str, float]:
    found: dict[str, float] = {}
    for attributes in _COLUMN.findall(head):
        said = dict(re.findall(r'(\w+)="([^"]*)"', attributes))
        if "width" in said:
            for number in range(int(said["min"]), min(int(said["max"]), 1_000) + 1):
                found[_letters(number)] = float(said["width"])
    return found


def _plain(head: str) -> float:
    said = re.search(r'defaultColWidth="([\d.]+)"', head)
    return float(said[1]) if said else _USUAL_WIDTH


def _letters(number: int) -> str:
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
