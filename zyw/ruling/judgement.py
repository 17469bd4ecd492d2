"""What the rules of a run moved, before it is booked; and which rows a fault kept from counting."""

from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

import numpy as np

from zyw.rowset import Ints, Mask, RowSet
from zyw.ruling.events import Counted
from zyw.ruling.relations import Piece
from zyw.ruling.run import Run


@dataclass(frozen=True, slots=True)
class Valued:
    """Events of one rule with their worth: which `fires` (触发), which are `known` to move `points`, and the quantity.

    `quantity` is one number for all, or one an event, in millionths.
    """

    units: Counted
    fires: Mask
    known: Mask
    points: Ints
    quantity: Any

    def quantity_at(self, at: Ints) -> Any:
        """Return the quantity of some events."""
        return self.quantity[at] if isinstance(self.quantity, np.ndarray) else np.full(len(at), self.quantity, np.int64)


@dataclass
class Judgement:
    """What the rules moved: `pieces` by rule, and rows that steps of liability and limits added, by item."""

    pieces: list[Piece] = field(default_factory=list)
    extra: list[tuple[str, RowSet]] = field(default_factory=list)
    unused: set[tuple[int, int]] = field(default_factory=set)
    """(unit, row) of each row that a fault kept from counting."""
    figures: dict[tuple[str, str], dict[int, Fraction]] = field(default_factory=dict)
    """(rule, 分 or 数量) → unit → what it came to, of the rules by which others place (名次按)."""

    def points(self, run: Run) -> dict[str, Ints]:
        """Return the sum of all points by item ("" the total), one number a unit."""
        found: dict[str, Ints] = {}
        moved = [(piece.rule.item, piece.rows) for piece in self.pieces] + self.extra
        for item, rows in moved:
            total = found.setdefault(item, np.zeros(len(run.units) + 1, dtype=np.int64))
            np.add.at(total, rows["unit_at"], rows["points"])
        return {item: total[:-1] for item, total in found.items()}

    def spoil(self, unit: int, origins: tuple[int, ...]) -> None:
        """Note the rows of a unit that a fault kept from counting; each counts once, however many rules it met."""
        self.unused.update((unit, origin) for origin in origins)
