"""One column of a large sheet: numbers into few distinct cells, or the bytes of many different ones."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from zyw.coded import Coded
from zyw.sheets import Cell

if TYPE_CHECKING:
    import numpy.typing as npt

Codes: TypeAlias = "npt.NDArray[np.unsignedinteger]"
Places: TypeAlias = "npt.NDArray[np.int64]"
SEPARATOR: bytes = b"\0"
"""Between the cells of a block of text: no text file that is read holds it (F018)."""


@dataclass(frozen=True, slots=True)
class Few:
    """A column of few distinct cells: `values[codes[i]]` is row i."""

    codes: Codes
    values: Sequence[Cell]

    def cells(self, at: Places) -> list[Cell]:
        """Return the cells at these rows."""
        return list(map(self.values.__getitem__, self.codes[at].tolist()))

    def coded(self, at: Places) -> Coded:
        """Return the cells at these rows as numbers into those that occur there, in order of first appearance."""
        codes = self.codes[at].astype(np.intp)
        first = np.full(len(self.values), len(codes), dtype=np.int64)
        first[codes[::-1]] = np.arange(len(codes) - 1, -1, -1)
        order = np.argsort(first, kind="stable")[: int((first < len(codes)).sum())]
        place = np.zeros(len(self.values), dtype=np.intp)
        place[order] = np.arange(len(order))
        return Coded(place[codes], [self.values[i] for i in order.tolist()])

    def filled(self, at: Places) -> "npt.NDArray[np.bool_]":
        """Say which of these rows are not blank."""
        return np.array([value != "" for value in self.values], dtype=np.bool_)[self.codes[at]]

    def where(self, at: Places, wanted: Callable[[Cell], object], _sign: re.Pattern[str] | None = None) -> list[int]:
        """Return which of these rows hold a wanted cell."""
        good = np.array([bool(wanted(value)) for value in self.values], dtype=np.bool_)
        found: list[int] = np.flatnonzero(good[self.codes[at]]).tolist() if good.any() else []
        return found


@dataclass
class Many:
    """A column of text that differs in nearly every row: `blocks` of `sizes[i]` cells joined by `SEPARATOR`."""

    blocks: Sequence[bytes]
    sizes: Sequence[int]
    encoding: str
    _last: tuple[int, list[str]] = field(default=(-1, []), repr=False)

    @cached_property
    def _starts(self) -> Places:
        return np.concatenate(([0], np.cumsum(np.array(self.sizes, dtype=np.int64))))

    def _block(self, number: int) -> list[str]:
        if self._last[0] != number:
            self._last = (number, self.blocks[number].decode(self.encoding).split(SEPARATOR.decode()))
        return self._last[1]

    def cells(self, at: Places) -> list[Cell]:
        """Return the cells at these rows, which are sorted."""
        found: list[Cell] = []
        edges = np.searchsorted(at, self._starts)
        for number, (low, high) in enumerate(zip(edges[:-1].tolist(), edges[1:].tolist(), strict=True)):
            if low == high:
                continue
            block = self._block(number)
            if high - low == len(block):
                found += block
            else:
                found += map(block.__getitem__, (at[low:high] - self._starts[number]).tolist())
        return found

    def coded(self, at: Places) -> Coded:
        """Return the cells at these rows as numbers into the distinct ones."""
        cells = self.cells(at)
        places = {cell: place for place, cell in enumerate(dict.fromkeys(cells))}
        return Coded(np.fromiter(map(places.__getitem__, cells), dtype=np.intp, count=len(cells)), list(places))

    def filled(self, at: Places) -> "npt.NDArray[np.bool_]":
        """Say which of these rows are not blank."""
        doubled = SEPARATOR * 2
        if any(each[:1] in (b"", SEPARATOR) or each[-1:] == SEPARATOR or doubled in each for each in self.blocks):
            return np.array([cell != "" for cell in self.cells(at)], dtype=np.bool_)
        return np.ones(len(at), dtype=np.bool_)

    def where(self, at: Places, wanted: Callable[[Cell], object], sign: re.Pattern[str] | None = None) -> list[int]:
        """Return which of these rows hold a wanted cell."""
        if sign is not None and not any(sign.search(each.decode(self.encoding)) for each in self.blocks):
            return []
        return [i for i, cell in enumerate(self.cells(at)) if wanted(cell)]


Column: TypeAlias = Few | Many


def narrow(codes: Sequence["npt.NDArray[np.integer]"], distinct: int) -> Codes:
    """Join the numbers of all blocks in the smallest type that holds them."""
    kind = np.uint8 if distinct <= 2**8 else np.uint16 if distinct <= 2**16 else np.uint32
    return np.concatenate([part.astype(kind) for part in codes]) if codes else np.zeros(0, dtype=kind)
