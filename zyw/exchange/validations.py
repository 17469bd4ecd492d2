"""The dropdowns of a workbook as it came: which words the cells of a column offer.

They stand behind the rows of the sheet's XML, in the old form and, where they point to another sheet, often in the new
one (`x14:dataValidation`). A list is written out (`"是,否"`), or is a range of cells, or a name for one; a formula that
makes a range (INDIRECT, OFFSET) cannot be followed and is told.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from zyw.cells import clean
from zyw.container import outline
from zyw.container.parts import Container
from zyw.container.prescan import OddXml
from zyw.privacy import mask_numbers
from zyw.sheets import Grid, column_index

MOST_WORDS: Final = 2000
_ROOT: Final = re.compile(rb"<(?:\w+:)?worksheet\b[^>]*>")
_RANGE: Final = re.compile(
    r"(?:(?:'((?:[^']|'')+)'|([^'!:()]+))!)?\$?([A-Z]{1,3})\$?(\d+)(?::\$?([A-Z]{1,3})\$?(\d+))?"
)
_CELLS: Final = re.compile(r"([A-Z]{1,3})(\d+)(?::([A-Z]{1,3})(\d+))?")
Grids = Callable[[str], Grid | None]


@dataclass(frozen=True, slots=True)
class Offered:
    """A dropdown: the rectangles it covers (columns from 0, rows from 1) and its words; none: it cannot be followed."""

    ranges: tuple[tuple[int, int, int, int], ...]
    words: tuple[str, ...]

    def covers(self, column: int, first_row: int, last_row: int) -> bool:
        """Say whether a cell of `column` between two rows offers these words."""
        return any(
            left <= column <= right and top <= last_row and bottom >= first_row
            for left, top, right, bottom in self.ranges
        )


def find_dropdowns(container: Container, grids: Grids) -> Mapping[str, tuple[Offered, ...]]:
    """Return the dropdowns of each sheet; `grids` gives the cells of a sheet that a list points to.

    Raises `OddXml` for a part that cannot be read.
    """
    names = _defined_names(container)
    found = {}
    for sheet in outline.sheets(container):
        xml = container.read(sheet.part)
        if b"dataValidation" in xml:
            found[sheet.name] = tuple(_offered(xml, sheet.name, names, grids))
    return found


def _defined_names(container: Container) -> Mapping[str, str]:
    root = _parse(container.read(outline.WORKBOOK))
    return {each.get("name", ""): each.text or "" for each in root.iter() if _local(each.tag) == "definedName"}


def _offered(xml: bytes, sheet: str, names: Mapping[str, str], grids: Grids) -> Iterator[Offered]:
    opened = _ROOT.search(xml)
    behind = xml.rfind(b"sheetData")
    if opened is None or behind < 0:
        return
    tail = _parse(opened[0] + xml[xml.index(b">", behind) + 1 :])
    for each in tail.iter():
        if _local(each.tag) != "dataValidation" or each.get("type") != "list":
            continue
        texts = {_local(part.tag): "".join(part.itertext()).strip() for part in each}
        ranges = tuple(_rectangles(each.get("sqref") or texts.get("sqref", "")))
        if ranges:
            yield Offered(ranges, _words(texts.get("formula1", ""), sheet, names, grids))


def _rectangles(sqref: str) -> Iterator[tuple[int, int, int, int]]:
    for text in sqref.split():
        if found := _CELLS.fullmatch(text):
            left, top = column_index(found[1]), int(found[2])
            yield left, top, column_index(found[3]) if found[3] else left, int(found[4]) if found[4] else top


def _words(formula: str, sheet: str, names: Mapping[str, str], grids: Grids) -> tuple[str, ...]:
    text = formula.removeprefix("=").strip()
    if len(text) > 1 and text[0] == text[-1] == '"':
        return _cleaned(text[1:-1].replace('""', '"').split(","))
    found = _RANGE.fullmatch(names.get(text, text).removeprefix("="))
    if found is None:
        return ()
    grid = grids((found[1] or "").replace("''", "'") or found[2] or sheet)
    if grid is None:
        return ()
    left, top = column_index(found[3]), int(found[4])
    right, bottom = column_index(found[5]) if found[5] else left, int(found[6]) if found[6] else top
    rows = grid.rows[max(top - grid.top, 0) : max(bottom - grid.top + 1, 0)]
    first, last = max(left - grid.left, 0), max(right - grid.left + 1, 0)
    return _cleaned([clean(cell) for row in rows for cell in row[first:last]])


def _cleaned(words: Sequence[str]) -> tuple[str, ...]:
    kept = dict.fromkeys(mask_numbers(word.strip()) for word in words if word.strip())
    return tuple(kept)[:MOST_WORDS]


def _parse(xml: bytes) -> Element:
    try:
        root: Element = fromstring(xml, forbid_dtd=True)
    except (DefusedXmlException, ParseError, ValueError) as caught:
        raise OddXml(str(caught)) from caught
    return root


def _local(name: str) -> str:
    return name.rpartition("}")[2]
