"""Books one at a time → the `Ledger`: each grid is typed and let go; what needs all of them comes last.

Last come the roster, unit names, rows that two files share, and the tallies. Nothing is dropped in silence: a row
that cannot be used keeps its number and its fault.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from zyw.body import body_rows
from zyw.cells import clean
from zyw.columns import SURVEY, Field, Kind, header_key, table
from zyw.duplicates import shared_rows
from zyw.headers import Column, Found, find_table
from zyw.ledger import Ledger, SheetReport, Unit
from zyw.names import Named, name_units
from zyw.origins import Block, Origins
from zyw.periods import Period
from zyw.problems import Place, Problem, Verbatim, problem
from zyw.roster import Roster, found_units, units_of
from zyw.sheets import Book, Grid, letter
from zyw.survey import TALLY, Answers, read_answers, tally, unit_column
from zyw.typed import TypedColumn, coded, hashes, read_column

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    import pandas as pd

ROSTER: Final = "名册"
_ROW_NUMBER: Final = frozenset(("序号", "序", "no", "no."))


@dataclass
class _Sheet:
    """One table as typed, before units are known."""

    block: Block
    found: Found
    arrays: dict[str, "npt.NDArray[np.generic]"] = field(default_factory=dict)
    row_hash: "npt.NDArray[np.uint64] | None" = None
    answers: Answers | None = None
    hidden: bool = False


@dataclass
class Assembly:
    """Collects what the books of a run hold; `add` each, then `finish`."""

    period: Period | None = None
    sheets: list[_Sheet] = field(default_factory=list)
    reports: list[SheetReport] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    faults: set[tuple[int, str]] = field(default_factory=set)
    next_origin: int = 0

    def add(self, book: Book) -> None:
        """Type every table of one book."""
        reports = [self._add_grid(grid) for grid in book.grids]
        self.reports += reports
        if not any(report.table for report in reports):
            self.problems.append(problem("S008", Place(book.file)))

    def _add_grid(self, grid: Grid) -> SheetReport:
        found, problems = find_table(grid)
        self.problems += problems
        if found is None:
            return SheetReport(grid.file, grid.sheet, None)
        rows, numbers = body_rows(grid, found)
        columns = {c.field.name: c.letter for c in found.columns if c.field}
        labels = {c.field.name: c.label for c in found.columns if c.field}
        block = Block(grid.file, grid.sheet, found.table, found.header_rows, self.next_origin, numbers, columns, labels)
        self.next_origin += len(numbers)
        sheet = _Sheet(block, found, hidden=grid.hidden)
        if not rows:
            self.problems.append(problem("S007", Place(grid.file, grid.sheet), table=found.table))
        elif found.table == SURVEY:
            sheet.answers = read_answers(rows, found)
        else:
            self._type_columns(sheet, rows)
        self.sheets.append(sheet)
        self.problems += self._about_grid(grid, sheet)
        return _report(grid, sheet)

    def _type_columns(self, sheet: _Sheet, rows: Sequence[Sequence[object]]) -> None:
        import numpy as np

        block, year = sheet.block, self._year(sheet.found)
        total = np.zeros(len(rows), dtype=np.uint64)
        for column in sheet.found.columns:
            if column.secret or header_key(column.label) in _ROW_NUMBER:
                continue
            if column.field is None:
                mixed = hashes(coded(rows, column.index))  # type: ignore[arg-type]  # rows of cells
            else:
                typed = self._typed(sheet, rows, column, year)
                sheet.arrays |= _arrays(column.field, typed)
                self.problems += typed.problems
                self.faults |= {(block.first + i, column.field.name) for i in typed.faults}
                mixed = typed.hashes
            total = total * np.uint64(1_000_003) + mixed
        sheet.row_hash = total

    @staticmethod
    def _typed(sheet: _Sheet, rows: Sequence[Sequence[object]], column: Column, year: int | None) -> TypedColumn:
        block = sheet.block

        def place(i: int) -> Place:
            return Place(block.file, block.sheet, f"{column.letter}{block.rows[i]}")

        return read_column(rows, column, place, year)  # type: ignore[arg-type]  # rows of cells

    def _year(self, found: Found) -> int | None:
        """Return the year for `6月30日`: the sheet's own, else the run's when its period lies in one year."""
        if "year" in found.facts:
            return int(found.facts["year"])
        if self.period and self.period.start.year == self.period.end.year:
            return self.period.end.year
        return None

    def _about_grid(self, grid: Grid, sheet: _Sheet) -> list[Problem]:
        """Report what the workbook itself hides or never calculated; an error cell is a fault of its row."""
        block = sheet.block
        by_letter = {at: name for name, at in block.columns.items()}
        row_of = {n: block.first + i for i, n in enumerate(block.rows)} if grid.errors or grid.uncalculated else {}
        problems = []
        for cell in (*grid.errors, *sorted(grid.uncalculated)):
            at, number = cell.rstrip("0123456789"), int(cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
            if at not in by_letter or number not in row_of:
                continue
            self.faults.add((row_of[number], by_letter[at]))
            code = "L011" if cell in grid.errors else "L012"
            shown = grid.errors.get(cell, "")
            problems.append(problem(code, Place(grid.file, grid.sheet, cell), name=by_letter[at], value=shown))
        hidden = sorted(set(grid.hidden_rows).intersection(block.rows))
        if hidden:
            problems.append(problem("S009", Place(grid.file, grid.sheet, str(hidden[0])), rows=Verbatim(_runs(hidden))))
        if grid.hidden:
            problems.append(problem("S010", Place(grid.file, grid.sheet), table=block.table))
        return problems

    def finish(self, missing: Iterable[str] = ()) -> tuple[Ledger, tuple[Problem, ...]]:
        """Match the names, join the sheets of each table, count the surveys."""
        units, roster = self._roster()
        named = [self._named(sheet, roster) for sheet in self.sheets if sheet.block.table != ROSTER]
        frames = {name: self._frame(name) for name in dict.fromkeys(s.block.table for s in self.sheets) if name not in (ROSTER, SURVEY)}
        tallies, ballots = self._tallies()
        if roster is None:
            names = (str(u) for name, frame in frames.items() if "单位" in frame for u in frame["单位"].unique())
            units = found_units([*names, *ballots])
            if named:
                self.problems.append(problem("U005"))
        origins = Origins(tuple(s.block for s in self.sheets))
        ledger = Ledger(
            units, roster is not None, frames, tallies, ballots, tuple(self.reports), origins, frozenset(self.faults), tuple(missing)
        )
        return ledger, tuple(self.problems)

    def _roster(self) -> tuple[tuple[Unit, ...], Roster | None]:
        sheets = [s for s in self.sheets if s.block.table == ROSTER and s.arrays]
        if not sheets:
            return (), None
        frame = self._frame(ROSTER)
        units = units_of(frame)
        chosen = {unit.origin for unit in units}
        for origin, name in zip(frame["origin"], frame["单位名称"], strict=True):
            if origin not in chosen and name:
                self.problems.append(problem("U004", self._place(int(origin), "单位名称"), unit=name))
        return units, Roster(units)

    def _place(self, origin: int, name: str) -> Place:
        found = Origins(tuple(s.block for s in self.sheets)).locate(origin, (name,))
        return Place(found.file, found.sheet, found.cells[0] if found.cells else str(found.row))

    def _named(self, sheet: _Sheet, roster: Roster | None) -> Named | None:
        """Give every row of a sheet its unit."""
        column, data = sheet.found.column("单位"), None
        if sheet.answers:
            chosen = unit_column(sheet.answers, _knows(roster))
            column, data = chosen or (None, None)
        elif column and "单位" in sheet.arrays:
            data = coded([[text] for text in sheet.arrays["单位"]], 0)
        if not sheet.block.rows:
            return None
        named = name_units(sheet.block, column, data, sheet.found.facts.get("unit", ""), roster)
        self.problems += named.problems
        self.faults |= {(sheet.block.first + i, "单位") for i in named.faults}
        if sheet.answers is None:
            sheet.arrays["单位原文"] = sheet.arrays.get("单位", named.units)
        sheet.arrays["单位"] = named.units
        return named

    def _frame(self, name: str) -> "pd.DataFrame":
        """Join the sheets of one table; a field that a sheet lacks is blank there."""
        import numpy as np
        import pandas as pd

        sheets = [s for s in self.sheets if s.block.table == name and s.arrays]
        fields = dict.fromkeys(f for s in sheets for f in s.arrays)
        data: dict[str, object] = {
            "origin": np.concatenate([np.arange(s.block.first, s.block.first + len(s.block.rows)) for s in sheets])
            if sheets
            else np.array([], dtype=np.int64)
        }
        for each in fields:
            data[each] = np.concatenate([s.arrays.get(each, _blanks(each, name, len(s.block.rows))) for s in sheets])
        frame = pd.DataFrame(data)
        if len({s.block.file for s in sheets}) > 1:
            drop, problems = shared_rows([(s.block, s.row_hash) for s in sheets if s.row_hash is not None])
            self.problems += problems
            frame = frame[~frame["origin"].isin(drop)].reset_index(drop=True)
        return frame

    def _tallies(self) -> tuple["pd.DataFrame | None", Mapping[str, int]]:
        import pandas as pd

        parts, ballots = [], dict[str, int]()
        for sheet in self.sheets:
            if sheet.answers is None:
                continue
            for i, column, why in sheet.answers.faults:
                cell = f"{column.letter}{sheet.block.rows[i]}"
                self.problems.append(problem(why.code, Place(sheet.block.file, sheet.block.sheet, cell), name=column.label, **why.facts))
            counted, sheets_of = tally(sheet.answers, sheet.arrays["单位"])  # type: ignore[arg-type]  # text array
            parts.append(counted)
            for unit, n in sheets_of.items():
                ballots[unit] = ballots.get(unit, 0) + n
        if not parts:
            return None, {}
        joined = pd.concat(parts, ignore_index=True)
        return joined.groupby(list(TALLY[:3]), sort=False, as_index=False)["count"].sum(), ballots


def _knows(roster: Roster | None):  # type: ignore[no-untyped-def]
    return (lambda text: bool(roster.match(text).unit)) if roster else (lambda text: False)


def _arrays(spec: Field, typed: TypedColumn) -> dict[str, "npt.NDArray[np.generic]"]:
    arrays = {spec.name: typed.array}
    if typed.written is not None:
        arrays[f"{spec.name}原文"] = typed.written
    return arrays


def _blanks(name: str, of_table: str, count: int) -> "npt.NDArray[np.generic]":
    import numpy as np

    kinds = {f.name: f.kind for f in table(of_table).fields}
    kind = kinds.get(name, Kind.TEXT)
    if kind in (Kind.DATE, Kind.DEADLINE):
        return np.full(count, np.datetime64("NaT", "s"))
    return np.full(count, None if kind is Kind.NUMBER else "", dtype=object)


def _report(grid: Grid, sheet: _Sheet) -> SheetReport:
    columns = tuple((c.letter, c.label, c.field.name if c.field else None) for c in sheet.found.columns)
    return SheetReport(grid.file, grid.sheet, sheet.block.table, sheet.block.header_rows, len(sheet.block.rows), columns)


def _runs(numbers: Sequence[int]) -> str:
    """Write row numbers shortly: 3–5、9.

    >>> _runs([3, 4, 5, 9])
    '3–5、9'
    """
    runs: list[list[int]] = []
    for n in numbers:
        if runs and n == runs[-1][-1] + 1:
            runs[-1][1:] = [n]
        else:
            runs.append([n])
    return "、".join("–".join(map(str, run)) for run in runs)


def read_ledger(books: Iterable[Book], *, period: Period | None = None, missing: Iterable[str] = ()) -> tuple[Ledger, tuple[Problem, ...]]:
    """Read all books into one ledger; `missing` names inputs that could not be read."""
    assembly = Assembly(period)
    for book in books:
        assembly.add(book)
    return assembly.finish(missing)
