"""A column of cells as numbers into its distinct contents: each is read once."""

from collections.abc import Sequence
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


def coded(rows: Sequence[Sequence[Cell]], index: int) -> Coded:
    """Give numbers to the distinct contents of one column; True and 1.0 stay two things."""
    import numpy as np

    column = _cells(rows, index)
    places = {cell: place for place, cell in enumerate(dict.fromkeys(column))}
    if 0 not in places and 1 not in places:
        codes = np.fromiter(map(places.__getitem__, column), dtype=np.intp, count=len(column))
        return Coded(codes, list(places))
    # True == 1.0: told apart one by one
    pairs: dict[tuple[type, Cell], int] = {}
    numbers = [pairs.setdefault((type(cell), cell), len(pairs)) for cell in column]
    return Coded(np.array(numbers, dtype=np.intp), [cell for _, cell in pairs])


def _cells(rows: Sequence[Sequence[Cell]], index: int) -> list[Cell]:
    try:
        return list(map(itemgetter(index), rows))
    except IndexError:  # rows of a csv may be short
        return [row[index] if index < len(row) else "" for row in rows]
