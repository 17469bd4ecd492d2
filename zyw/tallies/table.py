"""A tally as a table: what the workbook prints and the JSON holds, with the rows that every line was counted from.

A head says what its column holds and who may see it: persons (design §6: `--level`) stand in it only at 内部. A table
that is about persons as a whole (`persons`) exists at 内部 only.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from typing import Final, TypeAlias

Content: TypeAlias = str | int | Decimal | Fraction | date | None
TOTAL: Final = "合计"


class Holds(Enum):
    """What the cells of a column are."""

    TEXT = "text"
    LABEL = "label"
    COUNT = "count"
    NUMBER = "number"
    RATE = "rate"
    DAY = "day"
    LAMP = "lamp"
    PERSON = "person"


@dataclass(frozen=True, slots=True)
class Head:
    """One column: its label, what it holds, and how wide it may become (half-width characters)."""

    label: str
    holds: Holds = Holds.COUNT
    widest: float = 40.0


@dataclass(frozen=True, slots=True)
class Row:
    """One line; `total` is set in bold below the others."""

    cells: tuple[Content, ...]
    origins: tuple[int, ...] = ()
    total: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """One printed table: `name` is the sheet's, at most 31 characters; `notes` say how its numbers came about."""

    name: str
    title: str
    heads: tuple[Head, ...]
    rows: tuple[Row, ...]
    notes: tuple[str, ...] = ()
    persons: bool = False

    def __post_init__(self) -> None:
        assert all(len(row.cells) == len(self.heads) for row in self.rows), self.name


def counts(*labels: str) -> tuple[Head, ...]:
    """Return heads of columns of counts."""
    return tuple(Head(label) for label in labels)


def joined(names: Sequence[str]) -> str:
    """Return several names as one cell has them."""
    return "、".join(names)
