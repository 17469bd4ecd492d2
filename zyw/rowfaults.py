"""Gathers the problems of rows: at the cell, at most so many of a kind a sheet, or once a sheet."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable
from typing import Final

import numpy as np

from zyw.origins import Origins
from zyw.problems import Place, Problem, Severity, codes, problem
from zyw.rowset import Ints, Mask

MANY: Final = 200
"""So many problems of one code on one sheet are listed one by one; the rest is one line with their number."""


class Faults:
    """Problems of rows by origin; `problems()` gives them in the order of files, sheets and rows."""

    def __init__(self, origins: Origins) -> None:
        self._origins = origins
        self._first = [block.first for block in origins.blocks]
        self._starts = np.array(self._first, dtype=np.int64)
        self._found: list[tuple[int, int, Problem]] = []
        self._counts: Counter[tuple[str, int]] = Counter()

    def sheets_have(self, origins: Ints, field: str) -> Mask:
        """Say for each origin whether its sheet has a column for `field`."""
        has = np.array([field in block.columns for block in self._origins.blocks], dtype=np.bool_)
        return has[self.blocks_of(origins)] if len(origins) else np.zeros(0, dtype=np.bool_)

    def add(self, code: str, origin: int, field: str, **facts: object) -> None:
        """Report `code` at the cell of `field` in the row `origin` (at the row, where the sheet lacks the column)."""
        self.add_made(code, origin, field, lambda place: problem(code, place, excerpt=(), **facts))

    def add_made(self, code: str, origin: int, field: str, make: Callable[[Place], Problem]) -> None:
        """Report what `make` gives for the cell; it is not asked for those beyond `MANY`."""
        block = bisect_right(self._first, origin) - 1
        self._counts[code, block] += 1
        if self._counts[code, block] <= MANY:
            self._found.append((int(origin), 0, make(self.where(int(origin), field))))

    def add_each(self, code: str, origins: Ints, field: str, **facts: object) -> None:
        """Report `code` at the cell of `field` in each of the rows."""
        for origin in origins.tolist():
            self.add(code, origin, field, **facts)

    def once_a_sheet(self, code: str, origins: Ints, field: str) -> None:
        """Report `code` once for each sheet that `origins` stand on, with the number of rows."""
        blocks, counts = np.unique(self.blocks_of(origins), return_counts=True)
        for index, count in zip(blocks.tolist(), counts.tolist(), strict=True):
            block = self._origins.blocks[index]
            place = Place(block.file, block.sheet)
            self._found.append((block.first, -1, problem(code, place, excerpt=(), 列=field, 行数=count)))

    def once(self, code: str, **facts: object) -> None:
        """Report `code` of the run as a whole, without a place; the same facts once."""
        found = problem(code, None, excerpt=(), **facts)
        if found not in (each for _, _, each in self._found):
            self._found.append((self._last, 2, found))

    @property
    def _last(self) -> int:
        return self._origins.next

    def problems(self) -> tuple[Problem, ...]:
        """Return all, with one line a sheet for what goes beyond `MANY`: C015, or K030 where it is no 错误."""
        found = list(dict.fromkeys(self._found))  # a row split by its persons is told of once
        for (code, index), count in self._counts.items():
            if count > MANY:
                block = self._origins.blocks[index]
                over = "C015" if codes()[code].severity is Severity.ERROR else "K030"
                more = problem(over, Place(block.file, block.sheet), 编号=code, 行数=count - MANY)
                found.append((block.first + len(block.rows), 1, more))
        return tuple(each for _, _, each in sorted(found, key=lambda entry: (entry[0], entry[1], entry[2].code)))

    def files_of(self, origins: Ints) -> Ints:
        """Return a number for the file of each origin, equal for the same file."""
        files = {name: at for at, name in enumerate(dict.fromkeys(block.file for block in self._origins.blocks))}
        return np.array([files[block.file] for block in self._origins.blocks], dtype=np.int64)[self.blocks_of(origins)]

    def one_a_file(self, origins: Iterable[int]) -> list[int]:
        """Return the first of `origins` in each file that they stand in."""
        first: dict[str, int] = {}
        for origin in origins:
            first.setdefault(self._origins.block(origin).file, origin)
        return list(first.values())

    def blocks_of(self, origins: Ints) -> Ints:
        """Return the place in `Origins.blocks` of the sheet that each origin stands on."""
        return np.asarray(np.searchsorted(self._starts, origins, side="right") - 1, dtype=np.int64)

    def where(self, origin: int, field: str) -> Place:
        """Return the cell of `field` in the row `origin` (the row, where the sheet lacks the column)."""
        where = self._origins.locate(origin, (field,))
        return Place(where.file, where.sheet, where.cells[0] if where.cells else str(where.row))
