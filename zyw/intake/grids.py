"""One grid → one typed table: its columns read by their kinds, its rows numbered, its faults remembered."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from zyw.cells import clean
from zyw.coded import coded
from zyw.columns import PASSED_ON, ROW_NUMBERS, SURVEY, Field, header_key, table
from zyw.finding.around import sheet_facts
from zyw.finding.guidance import Pin
from zyw.finding.headers import DOCUMENT, Column, Found
from zyw.finding.items import INSPECTIONS, about, month_said
from zyw.finding.remarks import remarks
from zyw.finding.tables import find_tables
from zyw.intake.body import Body, body_rows
from zyw.intake.colours import told_by_colour
from zyw.intake.concealed import concealed
from zyw.intake.inspected import dated, items_of
from zyw.intake.margins import Margins, margins_of
from zyw.intake.settling import settle
from zyw.intake.typed import Array, TypedColumn, hashes, read_column
from zyw.intake.unpivot import documents_of
from zyw.ledger import BLANK_SHEET, ColumnReport, SheetReport
from zyw.origins import Block
from zyw.problems import Place, Problem, problem, show
from zyw.sheets import Cell, Grid
from zyw.survey.answers import Answers, read_answers, roles_of
from zyw.workdays.table import NONE, Holidays

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from zyw.survey.headings import Tool


@dataclass(frozen=True, slots=True)
class TypedSheet:
    """One table as typed, before its units are known: `arrays` by field, or `answers` for a 测评.

    `row_hash` has a number a row, equal for equal content (序号 and dropped columns left out). `written` are the rows
    as the sheet shows them, only where they were asked for.
    """

    block: Block
    found: Found
    arrays: Mapping[str, Array] = field(default_factory=dict)
    row_hash: "npt.NDArray[np.uint64] | None" = None
    answers: Answers | None = None
    faults: frozenset[tuple[int, str]] = frozenset()
    hidden: bool = False
    margins: Margins | None = None
    written: Sequence[Sequence[Cell]] = ()
    year: int | None = None


def take_in(
    grid: Grid,
    first_origin: int,
    year: int | None,
    pins: Sequence[Pin] = (),
    *,
    sheets: bool = False,
    as_written: bool = False,
    holidays: Holidays = NONE,
) -> tuple[tuple[TypedSheet, ...], tuple[SheetReport, ...], tuple[Problem, ...]]:
    """Read the tables on `grid`, with a report each; a sheet without any has one report that says so.

    `year` completes yearless dates where the sheet itself names no year. A wide table gives a typed one a document.
    `sheets` keeps the answer sheets of a survey one by one, `as_written` the rows of the other tables; deadlines in
    working days are counted by zyw's table with the office's own `holidays` over it.
    """
    form = next((pin.form for pin in pins if pin.form and pin.covers(grid.file, grid.sheet)), None)
    tables, problems = find_tables(grid, pins)
    made: list[TypedSheet] = []
    reports: list[SheetReport] = []
    told = list(problems)
    for part, found in tables:
        body = body_rows(part, found)
        found = replace(found, facts={**sheet_facts(body.below), **found.facts})  # noqa: PLW2901 - what stands below is told of it
        told += remarks(part, found)
        beside: Margins | None = None
        answers: Answers | None = None
        for one, rows in _long(part, found, body, year):
            first = first_origin + sum(len(s.block.rows) for s in made)
            typed, faults = _take_table(
                part, one, rows, first, year, whole=sheets, as_written=as_written, holidays=holidays, form=form
            )
            if beside is None:
                beside = margins_of(part, found, body, typed.block)
                typed = replace(typed, margins=beside)
            made.append(typed)
            told += faults
            answers = typed.answers
        reports.append(_report(part, found, body, answers))
    return tuple(made), tuple(reports) or (_no_table(grid, problems),), tuple(dict.fromkeys(told))


def _long(grid: Grid, found: Found, body: Body, year: int | None) -> Iterator[tuple[Found, Body]]:
    """Yield a table as it is to be typed: a wide one document by document, item by item."""
    year = _year_of(found, year)
    if found.table == INSPECTIONS:
        told = (*about(grid, found.body - len(found.header_rows)), grid.sheet, grid.file)
        found, body = dated(found, body, month_said(told, year))
    if not found.documents:
        yield found, body
        return
    wide = items_of(found, body) if found.table == INSPECTIONS else documents_of(found, body, year)
    for each in wide:
        yield each.found, each.body


def _year_of(found: Found, year: int | None) -> int | None:
    return int(found.facts["year"]) if "year" in found.facts else year


def _no_table(grid: Grid, problems: Sequence[Problem]) -> SheetReport:
    """Report a sheet that holds no table; that it simply is none (S001) needs no reason."""
    reasons = [p.message for p in problems if p.code != "S001"] if problems else [BLANK_SHEET]
    return SheetReport(grid.file, grid.sheet, None, reason="\n".join(reasons))


def _report(grid: Grid, found: Found, body: Body, answers: Answers | None) -> SheetReport:
    papers = {c.index: c for c in found.documents}
    roles = roles_of(found.columns, answers) if answers else {}
    columns = tuple(
        ColumnReport(c.letter, c.label, each.field.name if each.field else None, roles.get(c.index, each.how))
        for c in found.columns
        for each in (papers.get(c.index, c),)
    )
    return SheetReport(
        grid.file,
        grid.sheet,
        found.table,
        found.header_rows,
        len(body.numbers),
        columns,
        facts=found.facts,
        left_out=tuple((each.reason, each.rows) for each in body.left_out),
        score=found.score,
        rivals=found.rivals,
    )


def _take_table(
    grid: Grid,
    found: Found,
    body: Body,
    first_origin: int,
    year: int | None,
    *,
    whole: bool,
    as_written: bool,
    holidays: Holidays,
    form: "Tool | None",
) -> tuple[TypedSheet, tuple[Problem, ...]]:
    """Type one table of which header and rows are known."""
    rows, numbers = body.rows, body.numbers
    named = [c for c in found.columns if c.field]
    block = Block(
        grid.file,
        grid.sheet,
        found.table,
        found.header_rows,
        first_origin,
        numbers,
        {c.field.name: c.letter for c in named if c.field},
        {c.field.name: c.label for c in named if c.field},
    )
    about, marked = _about_grid(grid, block)
    if not rows:
        return TypedSheet(block, found), (problem("S007", Place(grid.file, grid.sheet), table=found.table), *about)
    if found.table == SURVEY:
        return TypedSheet(block, found, answers=read_answers(rows, found, whole=whole, form=form), faults=marked), about
    sheet, faults = _type_columns(block, found, rows, _year_of(found, year), holidays)
    written = _as_shown(found, rows, numbers, grid) if as_written else ()
    kept = sheet.faults | marked
    typed = TypedSheet(
        block, found, sheet.arrays, sheet.row_hash, None, kept, grid.hidden, written=written, year=_year_of(found, year)
    )
    return typed, (*faults, *about, *told_by_colour(grid, block, sheet.arrays))


def _as_shown(
    found: Found, rows: Sequence[Sequence[Cell]], numbers: Sequence[int], grid: Grid
) -> Sequence[Sequence[Cell]]:
    """Return the rows with `#REF!` where the workbook shows it: to whoever passes rows on, it is no blank."""
    shown, row_of = list(rows), {n: i for i, n in enumerate(numbers)}
    at = {column.letter: column.index for column in found.columns if column.how != DOCUMENT}
    for cell, text in grid.errors.items():
        letters = cell.rstrip("0123456789")
        i, j = row_of.get(int(cell[len(letters) :])), at.get(letters, -1)
        if i is not None and 0 <= j < len(shown[i]):
            shown[i] = [*shown[i][:j], text, *shown[i][j + 1 :]]
    return shown


def _type_columns(
    block: Block, found: Found, rows: Sequence[Sequence[Cell]], year: int | None, holidays: Holidays
) -> tuple[TypedSheet, tuple[Problem, ...]]:
    import numpy as np

    total = np.zeros(len(rows), dtype=np.uint64)
    arrays: dict[str, Array] = {}
    problems: list[Problem] = []
    faults: set[tuple[int, str]] = set()
    running: list[tuple[Column, TypedColumn]] = []
    for column in found.columns:
        label = header_key(column.label)
        if column.secret or label in ROW_NUMBERS or label in PASSED_ON:
            continue
        if column.field is None:
            mixed = hashes(coded(rows, column.index))
        else:
            typed = read_column(rows, column, _Spot(block, found, rows, column), year)
            arrays |= _arrays(column.field, typed)
            problems += typed.problems
            faults |= {(block.first + i, column.field.name) for i in typed.faults}
            running += [(column, typed)] if typed.running else []
            mixed = typed.hashes
        # a sum: the order of columns does not matter, nor does a blank column (hash("") is 0)
        name = column.field.name if column.field else label
        total += mixed * np.uint64((hash(name) | 1) % 2**64)
    for column, typed in running:
        problems += settle(arrays, column, typed, _Spot(block, found, rows, column), holidays)
    return TypedSheet(block, found, arrays, total, faults=frozenset(faults)), tuple(problems)


def _arrays(spec: Field, typed: TypedColumn) -> dict[str, Array]:
    arrays = {spec.name: typed.array}
    if typed.written is not None:
        arrays[f"{spec.name}原文"] = typed.written
    return arrays


@dataclass(frozen=True, slots=True)
class _Spot:
    """Where row i of a column stands, with the excerpt that may be shown: row number, 序号, unit, the faulty cell."""

    block: Block
    found: Found
    rows: Sequence[Sequence[Cell]]
    column: Column

    def place(self, i: int) -> Place:
        return Place(self.block.file, self.block.sheet, f"{self.column.letter}{self.block.rows[i]}")

    def excerpt(self, i: int) -> tuple[str, ...]:
        unit = table(self.block.table).unit
        number = next((c for c in self.found.columns if header_key(c.label) in ROW_NUMBERS), None)
        shown = (number, self.found.column(unit), self.column)
        columns = dict.fromkeys(c for c in shown if c is not None and not c.secret)
        row = self.rows[i]
        cells = (show(clean(row[c.index])) if c.index < len(row) else "" for c in columns)
        return (str(self.block.rows[i]), *cells)


def _about_grid(grid: Grid, block: Block) -> tuple[tuple[Problem, ...], frozenset[tuple[int, str]]]:
    """Report what the workbook hides or never calculated; an error cell is a fault of its row."""
    by_letter = {at: name for name, at in block.columns.items()}
    marked = {**dict.fromkeys(sorted(grid.uncalculated), ""), **grid.errors}
    row_of = {n: block.first + i for i, n in enumerate(block.rows)} if marked else {}
    problems: list[Problem] = []
    faults = set()
    for cell, shown in marked.items():
        at, number = cell.rstrip("0123456789"), int(cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
        if at in by_letter and number in row_of:
            name = by_letter[at]
            faults.add((row_of[number], name))
            code = "L011" if cell in grid.errors else "L012"
            problems.append(problem(code, Place(grid.file, grid.sheet, cell), name=block.labels[name], value=shown))
    used = {at: block.labels[name] for at, name in by_letter.items()}
    problems += concealed(grid, block.rows, used)
    if grid.hidden:
        problems.append(problem("S010", Place(grid.file, grid.sheet), table=block.table))
    return tuple(problems), frozenset(faults)
