"""Whose a problem is: the unit, and the case numbers of the row, on which a place stands.

A place names a file, a sheet and a cell, which move when rows are inserted; unit and number stay with the row.
"""

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np

from zyw.ledger import Ledger
from zyw.origins import Block
from zyw.problems import Place

NUMBERS: Final = ("编号", "案号", "文号")
_ROW: Final = re.compile(r"[A-Z]*(\d+)")


@dataclass(frozen=True, slots=True)
class Subject:
    """The official name of a unit ("" when unknown), the names under which the row may be called, its numbers.

    Of a row that several units share `unit` is the first; `names` has them all, and what the cell says.
    """

    unit: str = ""
    names: frozenset[str] = frozenset()
    numbers: tuple[str, ...] = ()


NOBODY: Final = Subject()


def _whole(unit: str) -> Subject:
    return Subject(unit, frozenset({unit}) - {""})


@dataclass(frozen=True)
class Subjects:
    """Finds the subject of places in one ledger."""

    ledger: Ledger

    @cached_property
    def _blocks(self) -> Mapping[tuple[str, str], list[Block]]:
        found: dict[tuple[str, str], list[Block]] = defaultdict(list)
        for block in self.ledger.origins.blocks:
            found[block.file, block.sheet].append(block)
        return found

    @cached_property
    def _roster(self) -> Mapping[int, str]:
        return {unit.origin: unit.name for unit in self.ledger.units if unit.origin >= 0}

    @cached_property
    def _senders(self) -> Mapping[str, str]:
        """File → the only unit whose rows it holds."""
        held: dict[str, set[str]] = defaultdict(set)
        for block in self.ledger.origins.blocks:
            rows = self.ledger.rows.get(block.table)
            if rows is not None and "单位" in rows:
                start, end = np.searchsorted(rows["origin"], (block.first, block.first + len(block.rows)))
                held[block.file].update(rows["单位"][start:end].tolist())
        return {file: next(iter(units)) for file, units in held.items() if len(units) == 1}

    def of(self, place: Place | None) -> Subject:
        """Return the subject of the row at `place`; without a row, the file's, where all its rows are one unit's."""
        if place is None:
            return NOBODY
        row = _ROW.fullmatch(place.cell or "")
        found = self._at(place, int(row[1])) if row else None
        return found or _whole(self._senders.get(place.file, ""))

    def _at(self, place: Place, number: int) -> Subject | None:
        for block in self._blocks.get((place.file, place.sheet or ""), ()):
            at = int(np.searchsorted(block.rows, number))
            if at < len(block.rows) and block.rows[at] == number:
                return self._row(block, block.first + at)
        return None

    def _row(self, block: Block, origin: int) -> Subject | None:
        if origin in self._roster:
            return _whole(self._roster[origin])
        rows = self.ledger.rows.get(block.table)
        if rows is None:
            return None
        start, end = np.searchsorted(rows["origin"], (origin, origin + 1)).tolist()
        if start == end:
            return None  # a row that another file has already
        units = rows["单位"][start:end].tolist() if "单位" in rows else [""]
        written = rows["单位原文"][start:end].tolist() if "单位原文" in rows else []
        numbers = tuple(str(rows[name][start]) for name in NUMBERS if name in rows and rows[name][start])
        return Subject(units[0], frozenset((*units, *written)) - {""}, numbers)
