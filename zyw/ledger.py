"""All that was read, typed and with origins: the `Ledger` that everything else reads.

`read_ledger` takes books one at a time (each grid is let go as soon as its columns are typed) and ends with what needs
all of them: the roster, unit names, rows that two files share, tallies.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from zyw.origins import Origins

if TYPE_CHECKING:
    import numpy.typing as npt
    import pandas as pd

    from zyw.rowset import RowSet


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit of the roster (名册)."""

    name: str
    kind: str = ""
    code: str = ""
    short: tuple[str, ...] = ()
    former: tuple[str, ...] = ()
    staff: int | None = None
    head: str = ""
    linked_leader: str = ""
    linked_office: str = ""
    origin: int = -1


@dataclass(frozen=True, slots=True)
class SheetReport:
    """What the reader decided about one sheet: `zyw check` shows it (table None: it is no table)."""

    file: str
    sheet: str
    table: str | None
    header_rows: tuple[int, ...] = ()
    rows: int = 0
    columns: tuple[tuple[str, str, str | None], ...] = ()
    """(letter, label as written, field or None)."""
    facts: Mapping[str, str] = field(default_factory=dict)
    """What the lines above the header say: unit (填报单位), year."""


@dataclass(frozen=True)
class Ledger:
    """The tables of a run.

    `rows` maps a table's name (问题台账, 追责台账 …) to its rows, whose columns are canonical field names plus
    `origin`; `frame` gives a table as a pandas frame. Text is `str` ("" when blank), dates are datetime64[s] (NaT when
    blank or faulty), numbers `Decimal` or None. 单位 is the official name, "" when the roster does not know it. A field
    that no sheet has is not a column; where only some sheets have it the others' rows are blank: `origins.has` tells
    the two apart. `tallies` counts all 测评 by (unit, question, answer); `ballots` has the answer sheets a unit.
    `faults` holds (origin, field) of every cell that could not be used (each one is an 错误 in the problems).
    """

    units: tuple[Unit, ...] = ()
    has_roster: bool = False
    rows: "Mapping[str, RowSet]" = field(default_factory=dict)
    tallies: Mapping[tuple[str, str, str], int] = field(default_factory=dict)
    ballots: Mapping[str, int] = field(default_factory=dict)
    sheets: tuple[SheetReport, ...] = ()
    origins: Origins = field(default_factory=Origins)
    row_units: "Mapping[int, tuple[npt.NDArray[Any], npt.NDArray[Any]]]" = field(default_factory=dict)
    """First origin of a block → the official name of the unit of each of its rows ("" when unknown) and the name as
    written; also of rows that stand in `rows` only once because another file has them too."""
    faults: frozenset[tuple[int, str]] = frozenset()
    missing_inputs: tuple[str, ...] = ()

    def frame(self, table: str) -> "pd.DataFrame | None":
        """Return a table as a frame, None when the run has no such table."""
        rows = self.rows.get(table)
        return None if rows is None else rows.frame()
