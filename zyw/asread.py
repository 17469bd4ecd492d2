"""A table as its sheet has it: every column that may be kept, the cells of its rows as they are.

The typed rows of a `Ledger` hold what is understood of the known columns. Whoever passes a ledger on (`zyw merge`,
`zyw split`) or compares two needs the rest too: unknown columns, spellings, blanks.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from zyw.finding.headers import Column
from zyw.origins import Block
from zyw.problems import Place
from zyw.sheets import Cell

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt


@dataclass(frozen=True, slots=True)
class AsRead:
    """One table of one sheet: `rows[i]` stands in the sheet's row `block.rows[i]` and belongs to `units[i]`.

    Merged cells are filled inside their range, error cells show their error. `units` are official names where a
    roster knows them, "" where nobody does. `year` is the one that completed yearless dates, None when there was none.
    `filled_by` is what a 填报单位 line says. Secret columns are among `columns` and must not be looked into.
    """

    block: Block
    columns: tuple[Column, ...]
    rows: Sequence[Sequence[Cell]]
    units: "npt.NDArray[np.object_]"
    year: int | None = None
    facts: Mapping[str, str] = field(default_factory=dict)
    hidden: bool = False
    groups: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """The units that one of `units` joins, where a cell names several."""

    def names(self, unit: str) -> tuple[str, ...]:
        """Return the single units that one of `units` stands for."""
        return self.groups.get(unit, (unit,))

    def found_units(self) -> dict[str, int]:
        """Return the units that have rows here and how many, in the order of the rows; "" is nobody's."""
        counts: dict[str, int] = {}
        for unit, count in Counter(self.units.tolist()).items():
            for name in self.names(unit):
                counts[name] = counts.get(name, 0) + count
        return counts

    def rows_of(self, unit: str) -> "npt.NDArray[np.int64]":
        """Return the rows that are a unit's, also those it shares with others."""
        import numpy as np

        shared = [text for text, names in self.groups.items() if unit in names]
        its = self.units == unit
        for text in shared:
            its = its | (self.units == text)
        return np.flatnonzero(its)

    @property
    def filled_by(self) -> str:
        """The unit of a 填报单位 line, "" without one."""
        return self.facts.get("unit", "")

    def column(self, name: str) -> Column | None:
        """Return the column that gives the field `name`, None when the sheet has none."""
        return next((c for c in self.columns if c.field and c.field.name == name), None)

    def place(self, i: int, letter: str = "") -> Place:
        """Return where row `i` stands: its cell in the column `letter`, else the row."""
        return Place(self.block.file, self.block.sheet, f"{letter}{self.block.rows[i]}")
