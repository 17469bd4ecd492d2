"""The way back from a number to a cell: every row is numbered once, when it is read.

`origin` is a position in `Origins`; it survives merge, sort, concat and group-by as an ordinary column and is never
rebuilt from a frame's index. A block is one table found on one sheet; its rows have consecutive origins.
"""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property


@dataclass(frozen=True, slots=True)
class Block:
    """One table found on one sheet: `rows[i]` is the sheet's row number of origin `first + i`.

    `columns` maps a field to the letter of its column; a field the sheet does not have is not in it.
    """

    file: str
    sheet: str
    table: str
    header_rows: tuple[int, ...]
    first: int
    rows: Sequence[int]
    columns: Mapping[str, str]
    labels: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Origin:
    """Where one row stands, with the cells that matter."""

    file: str
    sheet: str
    row: int
    cells: tuple[str, ...] = ()

    def __str__(self) -> str:
        where = "、".join(self.cells) if self.cells else f"第{self.row}行"
        return f"{self.file} ▸ {self.sheet}!{where}" if self.sheet else f"{self.file} ▸ {where}"


@dataclass(frozen=True)
class Origins:
    """All blocks in the order of their first origin."""

    blocks: tuple[Block, ...] = ()

    @cached_property
    def _starts(self) -> list[int]:
        return [block.first for block in self.blocks]

    def block(self, origin: int) -> Block:
        """Return the block that holds the row `origin`."""
        return self.blocks[bisect_right(self._starts, origin) - 1]

    def locate(self, origin: int, fields: Sequence[str] = ()) -> Origin:
        """Return file, sheet and row of `origin`, and the cells of those `fields` that its sheet has."""
        block = self.block(origin)
        row = int(block.rows[origin - block.first])
        cells = tuple(f"{block.columns[name]}{row}" for name in fields if name in block.columns)
        return Origin(block.file, block.sheet, row, cells)

    def has(self, origin: int, name: str) -> bool:
        """Say whether the sheet of `origin` has a column for the field `name`."""
        return name in self.block(origin).columns

    @property
    def next(self) -> int:
        """The first origin that is not yet given."""
        return self.blocks[-1].first + len(self.blocks[-1].rows) if self.blocks else 0


def by_sheet(places: Iterable[Origin]) -> list[str]:
    """Write places a sheet each, their cells joined.

    >>> by_sheet([Origin("a.xlsx", "追责", 5, ("F5", "G5")), Origin("a.xlsx", "追责", 6, ("F6",))])
    ['a.xlsx ▸ 追责!F5、G5、F6']
    """
    sheets: dict[tuple[str, str], list[str]] = {}
    for place in places:
        sheets.setdefault((place.file, place.sheet), []).extend(place.cells or (f"第{place.row}行",))
    return [f"{file} ▸ {sheet + '!' if sheet else ''}{'、'.join(cells)}" for (file, sheet), cells in sheets.items()]
