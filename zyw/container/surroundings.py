"""What stands around the cells of a sheet part: hidden columns, merged ranges, the filter.

The cells are by far the most of a part; what is before and after them is small and is parsed whole, in any form.
"""

import re
from dataclasses import dataclass, field
from typing import Final
from xml.parsers import expat

from zyw.sheets import Merge

LAST_ROW: Final = 1_048_576
LAST_COLUMN: Final = 16_383
_NAMED: Final = re.compile(r"([A-Za-z]{1,3})([1-9]\d{0,6})", re.ASCII)
_LOOSE: Final = re.compile(r"\$?([A-Za-z]{1,3})?\$?([1-9]\d{0,6})?", re.ASCII)
_COMMON: Final = re.compile(r"[A-Z]{1,3}\d{1,7}:[A-Z]{1,3}\d{1,7}", re.ASCII)


class OddXml(ValueError):  # noqa: N818 - a state of the file, told to the clerk as F006
    """The part is not well-formed XML in UTF-8."""


@dataclass(slots=True)
class Surroundings:
    """What the elements around the cells said so far. Columns count from 0, rows from 1.

    `loose` tells that a merged range is written in a way that the native reader refuses (`A:C`, `$A$1:$B$2`).
    """

    hidden_columns: list[int] = field(default_factory=list)
    merges: list[Merge] = field(default_factory=list)
    filters: list[Merge] = field(default_factory=list)
    """Ranges whose rows a filter is hiding right now."""
    tables: bool = False
    loose: bool = False
    _range: Merge | None = None

    def open(self, name: str, attributes: dict[str, str]) -> None:
        """Take in an element; names come without their prefix."""
        if name == "col":
            self._column(attributes)
        elif name == "mergeCell":
            self._merge(attributes.get("ref", ""))
        elif name == "autoFilter":
            self._range = parse_range(attributes.get("ref", ""))
        elif name == "filterColumn" and self._range is not None:
            self.filters.append(self._range)
            self._range = None
        elif name == "tablePart":
            self.tables = True

    def _column(self, attributes: dict[str, str]) -> None:
        if attributes.get("hidden") in {"1", "true"}:
            first, last = int(attributes.get("min", "1")), int(attributes.get("max", "1"))
            self.hidden_columns += range(max(first - 1, 0), min(last - 1, LAST_COLUMN) + 1)

    def _merge(self, ref: str) -> None:
        found = parse_range(ref)
        if found is not None:
            self.merges.append(found)
        elif ":" in ref:
            raise OddXml(ref)
        self.loose = self.loose or not _COMMON.fullmatch(ref)

    def filtered(self, hidden_rows: tuple[int, ...]) -> tuple[int, ...]:
        """Return those of the hidden rows that a filter hides: below its header, within its range."""
        return tuple(n for n in hidden_rows if any(one.first_row < n <= one.last_row for one in self.filters))


def read_surroundings(head: bytes, tail: bytes) -> Surroundings:
    """Return what `head` (up to `<sheetData`) and `tail` (from behind `</sheetData>`) say; raises `OddXml`."""
    seen = Surroundings()
    parser = expat.ParserCreate()
    parser.StartElementHandler = lambda name, attributes: seen.open(name.rpartition(":")[2], attributes)
    try:
        parser.Parse(head)
        parser.Parse(tail, True)
    except (expat.ExpatError, ValueError) as caught:
        raise OddXml(str(caught)) from caught
    return seen


def split(cell: str) -> tuple[int, int]:
    """Return (row from 1, column from 0) of a named cell; raises `OddXml` when it is none."""
    found = _NAMED.fullmatch(cell)
    if found is None:
        raise OddXml(cell)
    return int(found[2]), column_of(found[1])


def column_of(letters: str) -> int:
    """Return the column, counted from 0.

    >>> column_of("A"), column_of("xfd")
    (0, 16383)
    """
    number = 0
    for char in letters.upper():
        number = number * 26 + ord(char) - 64
    return number - 1


def parse_range(ref: str) -> Merge | None:
    """Return a range; whole columns and rows reach to the sheet's end. None for what is no range of two corners.

    >>> tuple(parse_range("B2:C$3") or ()), tuple(parse_range("A:B") or ())
    ((2, 1, 3, 2), (1, 0, 1048576, 1))
    """
    first, colon, last = ref.strip().partition(":")
    one, two = _LOOSE.fullmatch(first), _LOOSE.fullmatch(last)
    if not (colon and one and two and first and last):
        return None
    top, bottom = int(one[2] or 1), int(two[2] or LAST_ROW)
    left = column_of(one[1]) if one[1] else 0
    right = column_of(two[1]) if two[1] else LAST_COLUMN
    return Merge(min(top, bottom), min(left, right), max(top, bottom), max(left, right))
