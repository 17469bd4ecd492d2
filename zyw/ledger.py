"""All that was read, typed and with origins: the `Ledger` that everything else reads.

`read_ledger` takes books one at a time (each grid is let go as soon as its columns are typed) and ends with what needs
all of them: the roster, unit names, rows that two files share, tallies.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from zyw.asread import AsRead
from zyw.naming.units import Unit
from zyw.origins import Origins
from zyw.workdays.table import NONE, Holidays

if TYPE_CHECKING:
    import numpy.typing as npt
    import pandas as pd

    from zyw.intake.margins import Margins
    from zyw.rowset import RowSet
    from zyw.survey.tally import Batch
    from zyw.workdays.calendar import Calendar


BLANK_SHEET: Final = "空表"
"""Why a sheet with nothing on it was not read."""


class ColumnReport(NamedTuple):
    """One column of a table as read: `field` is None when it was not used; `how` says by what name it was known."""

    letter: str
    label: str
    field: str | None
    how: str = ""


@dataclass(frozen=True, slots=True)
class SheetReport:
    """What the reader decided about one table on a sheet: `zyw check` shows it.

    A sheet with two tables has two reports; one that is no table has one, with `table` None and the reason. `facts` are
    what the lines around the table say: unit (填报单位), by (填报人), when (填报时间 as written), year. `left_out` are
    rows under the header that are no records, by reason. `score` is what the header weighed, `rivals` what else it is.
    """

    file: str
    sheet: str
    table: str | None
    header_rows: tuple[int, ...] = ()
    rows: int = 0
    columns: tuple[ColumnReport, ...] = ()
    facts: Mapping[str, str] = field(default_factory=dict)
    left_out: tuple[tuple[str, tuple[int, ...]], ...] = ()
    score: int = 0
    rivals: tuple[tuple[str, int], ...] = ()
    reason: str = ""


class RowUnits(NamedTuple):
    """The units of a block: `units[i]` (official, "" when unknown) is one of row `rows[i]`, counted from 0.

    `written` has for each row what its unit column says.
    """

    units: "npt.NDArray[Any]"
    rows: "npt.NDArray[Any]"
    written: "npt.NDArray[Any]"


@dataclass(frozen=True)
class Ledger:
    """The tables of a run.

    `rows` maps a table's name (问题台账, 追责台账 …) to its rows, whose columns are canonical field names plus
    `origin`; `frame` gives a table as a pandas frame. A row that names several units or people stands once for each,
    all with its one origin: who counts rows in all counts origins. Text is `str` ("" when blank), dates are
    datetime64[s] (NaT when blank or faulty), numbers `Decimal` or None. 单位 is the official name, "" when the roster
    does not know it; 工号 comes from 人员 where a row lacks it, 职务 from brackets behind a name. Any other field that
    no sheet has is not a column; where only some sheets have it the others' rows are blank: `origins.has` tells the two
    apart. `tallies` counts all 测评 by (unit, question, answer); `ballots` has the answer sheets a unit; `surveys`
    holds the sheets themselves where they were asked for. `faults` holds (origin, field) of every cell that could not
    be used (each one is an 错误 in the problems). `margins` holds what each sheet says of its rows beside them: 序号,
    合计.
    `as_read` are the tables, 名册 and 测评 apart, as their sheets have them, where they were asked for: also rows that
    two files share, and tables without a row.
    """

    units: tuple[Unit, ...] = ()
    has_roster: bool = False
    rows: "Mapping[str, RowSet]" = field(default_factory=dict)
    tallies: Mapping[tuple[str, str, str], int] = field(default_factory=dict)
    ballots: Mapping[str, int] = field(default_factory=dict)
    surveys: "tuple[Batch, ...]" = ()
    sheets: tuple[SheetReport, ...] = ()
    origins: Origins = field(default_factory=Origins)
    row_units: Mapping[int, "RowUnits"] = field(default_factory=dict)
    """First origin of a block → the units of all its rows, also of those that stand in `rows` only once because another
    file has them too."""
    faults: frozenset[tuple[int, str]] = frozenset()
    missing_inputs: tuple[str, ...] = ()
    as_read: tuple[AsRead, ...] = ()
    strangers: tuple[str, ...] = ()
    """Spellings of units that the roster does not know, sorted."""
    margins: "tuple[Margins, ...]" = ()
    measures: "RowSet | None" = None
    """The rows of problems that have several measures (`zyw.intake.measures`); in `rows` each problem stands once."""
    holidays: Holidays = NONE
    """The office's own table of holidays, by which deadlines in working days were read."""

    @cached_property
    def calendar(self) -> "Calendar":
        """The calendar by which days are counted: zyw's, with the office's own days over it."""
        from zyw.workdays.calendar import shipped

        return shipped().with_own(self.holidays)

    @property
    def given(self) -> frozenset[str]:
        """The tables that were given, empty ones too.

        An issue ledger that says what was done to whom (当事人 and 处理结果) stands for a 追责台账 as well.
        """
        found = {sheet.table for sheet in self.sheets if sheet.table} | set(self.rows)
        if self.tallies or self.ballots:
            found.add("测评")
        told = [{column[2] for column in sheet.columns} for sheet in self.sheets if sheet.table == "问题台账"]
        if any(_tells_of_measures(names) for names in (*told, self._columns("问题台账"))):
            found.add("追责台账")
        return frozenset(found)

    def _columns(self, table: str) -> Collection[str]:
        rows = self.rows.get(table)
        return () if rows is None else rows.columns

    def frame(self, table: str) -> "pd.DataFrame | None":
        """Return a table as a frame, None when the run has no such table."""
        rows = self.rows.get(table)
        return None if rows is None else rows.frame()


def _tells_of_measures(fields: Collection[str | None]) -> bool:
    return "当事人" in fields and "处理结果" in fields
