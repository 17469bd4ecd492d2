"""A column of cells as numbers into its distinct contents: each is read once."""

import re
from abc import abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import TYPE_CHECKING

from zyw.sheets import Cell

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt


@dataclass(frozen=True, slots=True)
class Coded:
    """A column as numbers into its distinct contents: `values[codes[i]]` is row i."""

    codes: "npt.NDArray[np.intp]"
    values: Sequence[Cell]


class ByColumn(Sequence[Sequence[Cell]]):
    """Rows that are kept by columns, as a sheet too large for a list a row is (`zyw.columnwise`)."""

    __slots__ = ()

    @abstractmethod
    def column(self, index: int) -> list[Cell]:
        """Return one column cell by cell."""

    @abstractmethod
    def coded(self, index: int) -> Coded:
        """Return one column as numbers into its distinct contents, in the order in which they first stand there."""

    @abstractmethod
    def where(self, index: int, wanted: Callable[[Cell], object], sign: "re.Pattern[str] | None" = None) -> list[int]:
        """Return the rows whose cell is `wanted`; each distinct content is asked once, where they are known.

        `sign` is in every wanted text: where it is nowhere, nothing is asked.
        """

    @abstractmethod
    def filled(self, index: int) -> "npt.NDArray[np.bool_]":
        """Say which rows have something in a column."""

    @abstractmethod
    def kept(self, mask: Sequence[bool]) -> "ByColumn":
        """Return the rows of a mask."""


def coded(rows: Sequence[Sequence[Cell]], index: int) -> Coded:
    """Give numbers to the distinct contents of one column; True and 1.0 stay two things."""
    import numpy as np

    if isinstance(rows, ByColumn):
        return rows.coded(index)
    cells = cells_of(rows, index)
    places = {cell: place for place, cell in enumerate(dict.fromkeys(cells))}
    if 0 not in places and 1 not in places:
        codes = np.fromiter(map(places.__getitem__, cells), dtype=np.intp, count=len(cells))
        return Coded(codes, list(places))
    # True == 1.0: told apart one by one
    pairs: dict[tuple[type, Cell], int] = {}
    numbers = [pairs.setdefault((type(cell), cell), len(pairs)) for cell in cells]
    return Coded(np.array(numbers, dtype=np.intp), [cell for _, cell in pairs])


def cells_of(rows: Sequence[Sequence[Cell]], index: int) -> list[Cell]:
    """Return one column cell by cell, "" where a row is too short for it."""
    if isinstance(rows, ByColumn):
        return rows.column(index)
    try:
        return list(map(itemgetter(index), rows))
    except IndexError:  # rows of a csv may be short
        return [row[index] if index < len(row) else "" for row in rows]
