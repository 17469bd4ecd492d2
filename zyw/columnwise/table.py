"""Rows kept by columns, seen as a sequence of rows: whoever asks for a column gets it whole, for a row a list."""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Final, overload

import numpy as np

from zyw.coded import ByColumn, Coded
from zyw.columnwise.columns import Column
from zyw.sheets import Cell

if TYPE_CHECKING:
    import numpy.typing as npt

    from zyw.columnwise.columns import Places

SHORT: Final = 1000
"""A slice of so few rows is made a list: headers and the lines below a table are looked at cell by cell."""
_STRIDE: Final = 8192


class Columnwise(ByColumn):
    """The rows `at` of columns that all rows of a sheet share."""

    __slots__ = ("_at", "_columns")

    def __init__(self, columns: Sequence[Column], at: "Places") -> None:
        self._columns = tuple(columns)
        self._at = at

    def __len__(self) -> int:
        return len(self._at)

    @overload
    def __getitem__(self, place: int) -> list[Cell]: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Sequence[Cell]]: ...
    def __getitem__(self, place: int | slice) -> Sequence[Cell] | Sequence[Sequence[Cell]]:
        if isinstance(place, slice):
            part = Columnwise(self._columns, self._at[place])
            return list(part) if len(part) <= SHORT else part
        at = self._at[place : place + 1] if place != -1 else self._at[-1:]
        if not len(at):
            raise IndexError(place)
        return [column.cells(at)[0] for column in self._columns]

    def __iter__(self) -> Iterator[list[Cell]]:
        for first in range(0, len(self), _STRIDE):
            at = self._at[first : first + _STRIDE]
            yield from map(list, zip(*(column.cells(at) for column in self._columns), strict=True))

    def column(self, index: int) -> list[Cell]:
        """Return one column cell by cell; beyond the last one cells are blank."""
        return self._columns[index].cells(self._at) if index < len(self._columns) else [""] * len(self)

    def coded(self, index: int) -> Coded:
        """Return one column as numbers into its distinct contents."""
        if index < len(self._columns):
            return self._columns[index].coded(self._at)
        return Coded(np.zeros(len(self), dtype=np.intp), [""])

    def where(self, index: int, wanted: Callable[[Cell], object], sign: re.Pattern[str] | None = None) -> list[int]:
        """Return the rows whose cell is `wanted`."""
        return self._columns[index].where(self._at, wanted, sign) if index < len(self._columns) else []

    def filled(self, index: int) -> "npt.NDArray[np.bool_]":
        """Say which rows have something in a column."""
        if index < len(self._columns):
            return self._columns[index].filled(self._at)
        return np.zeros(len(self), dtype=np.bool_)

    def kept(self, mask: Sequence[bool]) -> "Columnwise":
        """Return the rows of a mask."""
        return Columnwise(self._columns, self._at[np.array(mask, dtype=np.bool_)])
