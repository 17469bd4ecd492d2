"""Books one at a time → the `Ledger`: each grid is typed and let go; what needs all of them comes last.

Last come the roster, unit names, rows that two files share, and the tallies. Nothing is dropped in silence: a row
that cannot be used keeps its number and its fault.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from zyw.columns import SURVEY, Kind, table
from zyw.duplicates import Rows, shared_rows
from zyw.guidance import Guidance
from zyw.intake import TypedSheet, take_in
from zyw.ledger import Ledger, SheetReport, Unit
from zyw.names import Named, name_units
from zyw.origins import Origins
from zyw.periods import Period
from zyw.problems import Place, Problem, problem
from zyw.roster import Roster, found_units, units_of
from zyw.rowset import RowSet
from zyw.sheets import Book
from zyw.survey import Answers, Tally, tally, unit_column
from zyw.typed import Array, coded

ROSTER: Final = "名册"


@dataclass
class Assembly:
    """Collects what the books of a run hold: `add` each, then `finish`."""

    period: Period | None = None
    guidance: Guidance = field(default_factory=Guidance)
    sheets: list[TypedSheet] = field(default_factory=list)
    reports: list[SheetReport] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    next_origin: int = 0

    def add(self, book: Book) -> None:
        """Type every table of one book; one without any table is told once."""
        found = False
        for grid in book.grids:
            sheet, report, problems = take_in(grid, self.next_origin, self._year)
            self.reports.append(report)
            self.problems += problems
            if sheet is not None:
                found = True
                self.next_origin += len(sheet.block.rows)
                self.sheets.append(sheet)
        if not found:
            self.problems.append(problem("S008", Place(book.file)))

    @property
    def _year(self) -> int | None:
        """The year for `6月30日` where the sheet names none: the run's, when its period lies in one year."""
        if self.period and self.period.start.year == self.period.end.year:
            return self.period.end.year
        return None

    def finish(self, missing: Iterable[str] = ()) -> tuple[Ledger, tuple[Problem, ...]]:
        """Match the names, join the sheets of each table, count the surveys."""
        origins = Origins(tuple(sheet.block for sheet in self.sheets))
        roster, doubled = _roster([s for s in self.sheets if s.block.table == ROSTER and s.arrays], origins)
        self.problems += doubled
        others = [s for s in self.sheets if s.block.table != ROSTER and s.block.rows]
        named = [_named(sheet, roster) for sheet in others]
        self.problems += [p for each in named for p in each.problems]
        frames = {}
        for name in dict.fromkeys(s.block.table for s in others if s.block.table != SURVEY):
            frames[name], shared = _join(
                name, [(s, n) for s, n in zip(others, named, strict=True) if s.block.table == name]
            )
            self.problems += shared
        tallies, ballots, faulty = _tallies([(s, n) for s, n in zip(others, named, strict=True) if s.answers])
        self.problems += faulty
        units = roster.units if roster else self._found(frames, ballots)
        ledger = Ledger(
            units=units,
            has_roster=roster is not None,
            rows=frames,
            tallies=tallies,
            ballots=ballots,
            sheets=tuple(self.reports),
            origins=origins,
            row_units={
                s.block.first: (n.units, s.arrays.get("单位", n.units)) for s, n in zip(others, named, strict=True)
            },
            faults=frozenset().union(
                *(s.faults for s in self.sheets), *(n.cells(s.block) for s, n in zip(others, named, strict=True))
            ),
            missing_inputs=tuple(missing),
        )
        return ledger, tuple(self.problems)

    def _found(self, frames: Mapping[str, RowSet], ballots: Mapping[str, int]) -> tuple[Unit, ...]:
        if self.sheets:
            self.problems.append(problem("U005"))
        return found_units([*(str(u) for frame in frames.values() for u in frame.coded("单位").texts), *ballots])


def _roster(sheets: Sequence[TypedSheet], origins: Origins) -> tuple[Roster | None, list[Problem]]:
    """Build the roster; a name on two rows is told, the first row stands."""
    if not sheets:
        return None, []
    frame = _concat(ROSTER, sheets, [s.arrays for s in sheets])
    units = units_of(frame)
    chosen = {unit.origin for unit in units}
    problems = []
    for origin, name in frame.rows("origin", "单位名称"):
        if origin not in chosen:
            at = origins.locate(origin, ("单位名称",))
            problems.append(
                problem("U004" if name else "U002", Place(at.file, at.sheet, at.cells[0]), unit=name, name="单位名称")
            )
    return Roster(units), problems


def _knows(roster: Roster | None) -> Callable[[str], bool]:
    return lambda text: bool(roster and roster.match(text).unit)


def _named(sheet: TypedSheet, roster: Roster | None) -> Named:
    """Give every row of a sheet its unit."""
    column, data = sheet.found.column("单位"), None
    if sheet.answers:
        column, data = unit_column(sheet.answers, _knows(roster)) or (None, None)
    elif column:
        data = coded([[text] for text in sheet.arrays["单位"].tolist()], 0)
    return name_units(sheet.block, column, data, sheet.found.facts.get("unit", ""), roster)


def _join(name: str, sheets: Sequence[tuple[TypedSheet, Named]]) -> tuple[RowSet, tuple[Problem, ...]]:
    """Put the sheets of one table together; a row that stands in two files stays once."""
    import numpy as np

    arrays = [{**s.arrays, "单位原文": s.arrays.get("单位", named.units), "单位": named.units} for s, named in sheets]
    frame = _concat(name, [s for s, _ in sheets], arrays)
    drop, problems = shared_rows([Rows(s.block, s.row_hash, s.hidden) for s, _ in sheets if s.row_hash is not None])
    if drop:
        frame = frame.take(~np.isin(frame["origin"], np.array(sorted(drop), dtype=np.int64)))
    return frame, problems


def _concat(name: str, sheets: Sequence[TypedSheet], arrays: Sequence[Mapping[str, Array]]) -> RowSet:
    """Stack columns; a field that a sheet lacks is blank there."""
    import numpy as np

    counts = [len(s.block.rows) for s in sheets]
    numbers = [np.arange(s.block.first, s.block.first + n) for s, n in zip(sheets, counts, strict=True)]
    data: dict[str, Array] = {"origin": np.concatenate(numbers)}
    for each in dict.fromkeys(f for a in arrays for f in a):
        data[each] = np.concatenate([a.get(each, _blanks(each, name, n)) for a, n in zip(arrays, counts, strict=True)])
    return RowSet(data, sum(counts))


def _blanks(name: str, of_table: str, count: int) -> Array:
    import numpy as np

    kind = next((f.kind for f in table(of_table).fields if f.name == name), Kind.TEXT)
    if kind in (Kind.DATE, Kind.DEADLINE):
        return np.full(count, np.datetime64("NaT", "s"))
    return np.full(count, None if kind is Kind.NUMBER else "", dtype=object)


def _tallies(
    sheets: Sequence[tuple[TypedSheet, Named]],
) -> tuple[Tally, Mapping[str, int], list[Problem]]:
    """Add the counts of all survey sheets; a cell of a paper tally that is no number is told."""
    counts, ballots, problems = Counter[tuple[str, str, str]](), Counter[str](), []
    for sheet, named in sheets:
        answers: Answers = sheet.answers  # type: ignore[assignment]  # only sheets with answers are given
        counted, ballots_of = tally(answers, named.units)
        counts.update(counted)
        ballots.update(ballots_of)
        for i, column, why in answers.faults:
            place = Place(sheet.block.file, sheet.block.sheet, f"{column.letter}{sheet.block.rows[i]}")
            problems.append(problem(why.code, place, name=column.label, value=why.value))
    return counts, ballots, problems


def read_ledger(
    books: Iterable[Book],
    *,
    period: Period | None = None,
    guidance: Guidance | None = None,
    missing: Iterable[str] = (),
) -> tuple[Ledger, tuple[Problem, ...]]:
    """Read all books into one ledger; `missing` names inputs that could not be read."""
    assembly = Assembly(period, guidance or Guidance())
    for book in books:
        assembly.add(book)
    return assembly.finish(missing)
