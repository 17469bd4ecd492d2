"""Gathers the problems of rows: at the cell, at most so many of a kind a sheet, or once a sheet."""

from bisect import bisect_right
from collections import Counter
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from zyw.origins import Origins
from zyw.problems import Place, Problem, problem

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

    def blocks(self, origins: npt.NDArray[Any]) -> npt.NDArray[np.int64]:
        """Return the index of the block of each origin."""
        return np.asarray(np.searchsorted(self._starts, origins, side="right") - 1, dtype=np.int64)

    def sheets_have(self, origins: npt.NDArray[Any], field: str) -> npt.NDArray[np.bool_]:
        """Say for each origin whether its sheet has a column for `field`."""
        has = np.array([field in block.columns for block in self._origins.blocks], dtype=np.bool_)
        return has[self.blocks(origins)] if len(has) else np.zeros(len(origins), dtype=np.bool_)

    def add(self, code: str, origin: int, field: str, **facts: object) -> None:
        """Report `code` at the cell of `field` in the row `origin` (the row, where the sheet lacks the column)."""
        block = bisect_right(self._first, origin) - 1
        self._counts[code, block] += 1
        if self._counts[code, block] <= MANY:
            self._found.append((int(origin), 0, problem(code, self._place(int(origin), field), **facts)))  # type: ignore[arg-type]

    def once_a_sheet(self, code: str, origins: npt.NDArray[Any], field: str) -> None:
        """Report `code` once for each sheet that `origins` stand on, with the number of rows."""
        if not len(origins):
            return
        blocks = self.blocks(origins)
        for index in np.unique(blocks):
            block = self._origins.blocks[int(index)]
            place = Place(block.file, block.sheet or None)
            count = int((blocks == index).sum())
            self._found.append((int(block.first), -1, problem(code, place, 列=field, 行数=count)))

    def problems(self) -> tuple[Problem, ...]:
        """Return all, with one C015 a sheet for what goes beyond `MANY`."""
        found = list(self._found)
        for (code, index), count in self._counts.items():
            if count > MANY:
                block = self._origins.blocks[index]
                more = problem("C015", Place(block.file, block.sheet or None), 编号=code, 行数=count - MANY)
                found.append((block.first + len(block.rows), 1, more))
        return tuple(each for _, _, each in sorted(found, key=lambda entry: (entry[0], entry[1], entry[2].code)))

    def _place(self, origin: int, field: str) -> Place:
        where = self._origins.locate(origin, (field,))
        return Place(where.file, where.sheet or None, where.cells[0] if where.cells else str(where.row))
