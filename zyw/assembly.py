"""Books one at a time → the `Ledger`: each grid is typed and let go; what needs all of them comes last.

Last come the roster, unit names, rows that two files share, and the tallies. Nothing is dropped in silence: a row
that cannot be used keeps its number and its fault.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from zyw.asread import AsRead
from zyw.cells import clean
from zyw.coded import Coded
from zyw.columns import SURVEY, Kind, table
from zyw.finding.guidance import Guidance, Pin
from zyw.finding.headers import Column
from zyw.intake.duplicates import Rows, shared_rows
from zyw.intake.grids import TypedSheet, take_in
from zyw.intake.measures import TABLE as ISSUES
from zyw.intake.measures import gather_measures
from zyw.intake.names import Named, name_units, plain_text, tell_recognised
from zyw.intake.typed import Array, coded_texts
from zyw.ledger import Ledger, RowUnits, SheetReport
from zyw.naming.aliases import usable_aliases
from zyw.naming.enrolment import enrol, roster_doubts
from zyw.naming.people import SUBJECTS, spread_people
from zyw.naming.roster import Roster, found_units, plain_spellings
from zyw.naming.several import split_units
from zyw.naming.staff import join_staff
from zyw.naming.units import Unit
from zyw.origins import Block, Origins
from zyw.periods import Period
from zyw.problems import Place, Problem, problem
from zyw.rowfaults import Faults
from zyw.rowset import Days, Ints, RowSet
from zyw.sheets import BESIDE, LEDGER_MARK, Book
from zyw.survey.answers import unit_column
from zyw.survey.sameness import once, wordless
from zyw.survey.tally import Batch, Counts, count

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

ROSTER: Final = "名册"
EMPTY: Final = "S007"
"""A table without a row: no fault in a form that zyw made, which is empty until there is something to tell."""
SEVERAL: Final = frozenset(("问题台账", "追责台账", "任务台账", "材料报送", "活动台账"))
"""Tables in which one cell may name several units; a person or an answer sheet belongs to one."""
DAYS: Final = ("发现日", "处理时间", "报送日", "日期", "应报日", "完成日")


@dataclass
class Assembly:
    """Collects what the books of a run hold: `add` each, then `finish`."""

    period: Period | None = None
    guidance: Guidance = field(default_factory=Guidance)
    sheets: list[TypedSheet] = field(default_factory=list)
    reports: list[SheetReport] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    next_origin: int = 0
    pins_used: set[Pin] = field(default_factory=set)

    def add(self, book: Book) -> None:
        """Type every table of one book; one without any table is told once."""
        found = False
        form = book.mark == LEDGER_MARK
        for grid in book.grids:
            if form and grid.sheet in BESIDE:
                found = True
                continue
            self.pins_used.update(pin for pin in self.guidance.pins if pin.covers(grid.file, grid.sheet))
            sheets, reports, problems = take_in(
                grid,
                self.next_origin,
                self._year,
                self.guidance.pins,
                sheets=self.guidance.answer_sheets,
                as_written=self.guidance.as_written,
                holidays=self.guidance.holidays,
            )
            self.reports += reports
            self.problems += [p for p in problems if not (form and p.code == EMPTY)]
            found = found or bool(sheets) or any(p.code == "S013" for p in problems)
            self.next_origin += sum(len(sheet.block.rows) for sheet in sheets)
            self.sheets += sheets
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
        self.problems += [
            problem("S014", pin.place, file=pin.file, sheet=pin.sheet)
            for pin in self.guidance.pins
            if pin not in self.pins_used
        ]
        origins = Origins(tuple(sheet.block for sheet in self.sheets))
        roster = self._roster(origins)
        others = [s for s in self.sheets if s.block.table != ROSTER and s.block.rows]
        named = _named(others, roster)
        named_by = {sheet.block.first: each for sheet, each in zip(others, named, strict=True)}
        told = dict.fromkeys(p for each in named for p in each.problems)  # a wide sheet is named once a document
        self.problems += [*told, *tell_recognised(named)]
        spread = [_spread(sheet, each) for sheet, each in zip(others, named, strict=True)]
        self.problems += [p for each in spread if each for p in each.problems]
        frames = {}
        for name in dict.fromkeys(s.block.table for s in others if s.block.table != SURVEY):
            frames[name], shared = _join(name, [s for s in spread if s and s.block.table == name])
            self.problems += shared
        self.problems += join_staff(frames, Faults(origins))
        margins = tuple(s.margins for s in self.sheets if s.margins)
        measures = None
        if ISSUES in frames:
            gathered = gather_measures(frames[ISSUES], margins)
            frames[ISSUES], measures = gathered.rows, gathered.measures
            self.problems += gathered.problems
        batches, counted = self._surveys(others, named)
        ballots = counted.ballots()
        units = roster.units if roster else self._found(frames, ballots)
        ledger = Ledger(
            units=units,
            has_roster=roster is not None,
            rows=frames,
            tallies=counted.tally(),
            ballots=ballots,
            surveys=tuple(batches) if self.guidance.answer_sheets else (),
            sheets=tuple(self.reports),
            origins=origins,
            holidays=self.guidance.holidays,
            row_units={s.block.first: _units_of(s, n) for s, n in zip(others, named, strict=True)},
            faults=frozenset().union(
                *(s.faults for s in self.sheets),
                *(n.cells(s.block) for s, n in zip(others, named, strict=True)),
                *(each.cells() for each in spread if each),
            ),
            missing_inputs=tuple(missing),
            margins=margins,
            measures=measures,
            as_read=self._as_read(named_by),
            strangers=tuple(sorted({text for each in named for text in each.strangers})),
        )
        return ledger, tuple(self.problems)

    def _as_read(self, named: Mapping[int, Named]) -> tuple[AsRead, ...]:
        """Return the tables as written; one without rows shares its first origin with the next, and has no units."""
        kept = [s for s in self.sheets if self.guidance.as_written and s.block.table not in (ROSTER, SURVEY)]
        found = []
        for s in kept:
            units, groups = _by_row(named[s.block.first] if s.block.rows else None, len(s.block.rows))
            found.append(AsRead(s.block, s.found.columns, s.written, units, s.year, s.found.facts, s.hidden, groups))
        return tuple(found)

    def _surveys(self, sheets: Sequence[TypedSheet], named: Sequence[Named]) -> tuple[list[Batch], Counts]:
        """Count the answer sheets; those that stand in two files once."""
        batches = [
            Batch(s.block, s.answers, n.units) for s, n in zip(sheets, named, strict=True) if s.answers is not None
        ]
        self.problems += _survey_faults(batches)
        kept, again = once(batches)
        self.problems += again if self.guidance.answer_sheets else (*again, *wordless(batches))
        return batches, count(batches, kept)

    def _found(self, frames: Mapping[str, RowSet], ballots: Mapping[str, int]) -> tuple[Unit, ...]:
        if any(sheet.block.rows for sheet in self.sheets):
            self.problems.append(problem("U005"))
        return found_units([*(str(u) for frame in frames.values() for u in frame.coded("单位").texts), *ballots])

    def _roster(self, origins: Origins) -> Roster | None:
        """Build the roster, None when there is none; what is doubtful in it is told."""
        sheets = [s for s in self.sheets if s.block.table == ROSTER and s.arrays]
        if not sheets:
            return None
        frame = _concat(ROSTER, [(s.block, None, s.arrays) for s in sheets])
        enrolled = enrol(frame, self.period.end if self.period else None)
        self.problems += roster_doubts(frame, enrolled, origins)
        usable, doubts = usable_aliases(self.guidance.aliases, enrolled.units)
        self.problems += doubts
        return Roster(enrolled.units, usable)


def _named(sheets: Sequence[TypedSheet], roster: Roster | None) -> list[Named]:
    """Give every row of every sheet its units; without a roster what differs in blanks or widths only is one unit."""
    columns = [_unit_column(sheet, roster) for sheet in sheets]
    texts = [clean(value) for _, data in columns if data and not roster for value in data.values]
    plain = plain_spellings(plain_text(part) for text in texts for part in split_units(text, None))
    return [
        name_units(
            sheet.block,
            column,
            data,
            sheet.found.facts.get("unit", ""),
            roster,
            plain=plain,
            days=_days(sheet),
            several=sheet.block.table in SEVERAL,
        )
        for sheet, (column, data) in zip(sheets, columns, strict=True)
    ]


def _by_row(named: Named | None, size: int) -> "tuple[npt.NDArray[np.object_], Mapping[str, tuple[str, ...]]]":
    """Return the unit of each row of a sheet; several in one cell are joined, and told apart by the mapping."""
    import numpy as np

    units = np.full(size, "", dtype=object)
    if named is None or named.rows is None:
        return (units if named is None else named.units), {}
    several: dict[int, list[str]] = {}
    for row, unit in zip(named.rows.tolist(), named.units.tolist(), strict=True):
        several.setdefault(row, []).append(unit)
    groups = {"、".join(names): tuple(names) for names in several.values() if len(names) > 1}
    for row, names in several.items():
        units[row] = "、".join(names)
    return units, groups


def _unit_column(sheet: TypedSheet, roster: Roster | None) -> tuple[Column | None, Coded | None]:
    if sheet.answers:
        return unit_column(sheet.answers, lambda text: bool(roster and roster.match(text).unit)) or (None, None)
    column = sheet.found.column("单位")
    return column, coded_texts(sheet.arrays["单位"]) if column else None


def _days(sheet: TypedSheet) -> Days | None:
    """Return the day of each row, by which a former name is judged: the first of `DAYS` that the row has."""
    import numpy as np

    known = [sheet.arrays[name].astype("datetime64[s]") for name in DAYS if name in sheet.arrays]
    if not known:
        return None
    days = known[0]
    for other in known[1:]:
        days = np.where(np.isnat(days), other, days)
    return days


@dataclass(frozen=True, slots=True)
class _Rows:
    """A sheet's rows, one a unit and person: `rows` is the row of the sheet (by index) that each belongs to."""

    block: Block
    hidden: bool
    hashes: "npt.NDArray[np.uint64] | None"
    rows: "Ints | None"
    arrays: Mapping[str, Array]
    problems: tuple[Problem, ...] = ()
    faults: frozenset[int] = frozenset()

    def cells(self) -> frozenset[tuple[int, str]]:
        """Return the rows in which nobody can tell who belongs where, as (origin, field)."""
        return frozenset((self.block.first + i, SUBJECTS[self.block.table]) for i in self.faults)


def _spread(sheet: TypedSheet, named: Named) -> _Rows | None:
    """Give each unit and each person a row; None for answer sheets."""
    import numpy as np

    if sheet.answers:
        return None
    arrays = {**sheet.arrays, "单位原文": sheet.arrays.get("单位", named.units)}
    rows = named.rows
    if rows is not None:
        arrays = {name: array[rows] for name, array in arrays.items()}
    arrays["单位"] = named.units
    people = spread_people(sheet.block, np.arange(len(named.units)) if rows is None else rows, arrays)
    if rows is not None or people.problems:
        rows = people.rows
    return _Rows(sheet.block, sheet.hidden, _hashes(sheet, named), rows, people.arrays, people.problems, people.faults)


def _units_of(sheet: TypedSheet, named: Named) -> RowUnits:
    """Return the units of all rows of a sheet, before rows that another file has too are left out."""
    import numpy as np

    rows = np.arange(len(named.units)) if named.rows is None else named.rows
    written = sheet.arrays.get("单位")
    return RowUnits(named.units, rows, np.full(len(sheet.block.rows), "", object) if written is None else written)


def _hashes(sheet: TypedSheet, named: Named) -> "npt.NDArray[np.uint64] | None":
    """Return the numbers by which rows are known to be equal: equal words in two schools' returns are two things.

    Where a sheet has no unit column its rows do not say whose they are; all of them are one unit's.
    """
    import numpy as np

    if sheet.row_hash is None or sheet.found.column("单位") or not len(named.units):
        return sheet.row_hash
    return sheet.row_hash + np.uint64(hash(str(named.units[0])) % 2**64)


def _join(name: str, sheets: Sequence[_Rows]) -> tuple[RowSet, tuple[Problem, ...]]:
    """Put the sheets of one table together; a row that stands in two files stays once."""
    import numpy as np

    frame = _concat(name, [(s.block, s.rows, s.arrays) for s in sheets])
    drop, problems = shared_rows([Rows(s.block, s.hashes, s.hidden) for s in sheets if s.hashes is not None])
    if drop:
        frame = frame.take(~np.isin(frame["origin"], np.array(sorted(drop), dtype=np.int64)))
    return frame, problems


def _concat(name: str, sheets: Sequence[tuple[Block, "Ints | None", Mapping[str, Array]]]) -> RowSet:
    """Stack columns; a field that a sheet lacks is blank there. Rows of one row of a sheet share its origin."""
    import numpy as np

    numbers = [b.first + (np.arange(len(b.rows)) if rows is None else rows) for b, rows, _ in sheets]
    data: dict[str, Array] = {"origin": np.concatenate(numbers)}
    counts = [len(each) for each in numbers]
    for each in dict.fromkeys(f for _, _, arrays in sheets for f in arrays):
        parts = (a.get(each, _blanks(each, name, n)) for (_, _, a), n in zip(sheets, counts, strict=True))
        data[each] = np.concatenate(list(parts))
    return RowSet(data, sum(counts))


def _blanks(name: str, of_table: str, count: int) -> Array:
    import numpy as np

    kind = next((f.kind for f in table(of_table).fields if f.name == name), Kind.TEXT)
    if kind in (Kind.DATE, Kind.DEADLINE):
        return np.full(count, np.datetime64("NaT", "s"))
    return np.full(count, None if kind is Kind.NUMBER else "", dtype=object)


def _survey_faults(batches: Sequence[Batch]) -> list[Problem]:
    """Tell each cell of a paper tally that is no number."""
    problems = []
    for batch in batches:
        for i, column, why in batch.answers.faults:
            place = Place(batch.block.file, batch.block.sheet, f"{column.letter}{batch.block.rows[i]}")
            problems.append(problem(why.code, place, name=column.label, value=why.value))
    return problems


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
