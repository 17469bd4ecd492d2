"""The tables on a sheet, each with its header, its columns and the area it lies in.

Every row that could be a header is weighed; the best stands, and with it every other complete header on the sheet
that rows stand between. Two tables that weigh the same on one header are a problem that names both with their
weights, never a guess. What a person pinned in zyw.yaml is taken as it is said.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final, NamedTuple

from zyw.columns import SURVEY, Field, is_secret, table
from zyw.finding.areas import begins, columns_between, later_starts, rows_between, strips
from zyw.finding.around import is_opening, sheet_facts
from zyw.finding.guidance import NOT_READ, Pin
from zyw.finding.headers import PINNED, SECRET, Column, Found, named
from zyw.finding.items import INSPECTIONS, item_columns, items
from zyw.finding.owner import whose_rows
from zyw.finding.pinned import headers_placed, headers_said, misplaced, pinned_fields, pins_of
from zyw.finding.scored import Header, headers_at, nearest_miss, weigh
from zyw.finding.wide import SUBMISSIONS, document_columns, documents
from zyw.privacy import mask_numbers
from zyw.problems import Place, Problem, Verbatim, problem
from zyw.sheets import Grid, letter

SEARCHED_ROWS: Final = 40
"""The first header of a sheet stands in its first so many rows that hold anything."""
_SURE: Final = 2 / 3
"""A header of whose labels so many mean something is one beyond doubt."""
_SURE_SCORE: Final = 8
_BELOW: Final = 2
"""So many rows below a sure header are still weighed: the second row of an unmerged head."""


class Sited(NamedTuple):
    """A table with the area of the sheet it lies in: a grid of its own, places as on the sheet."""

    grid: Grid
    found: Found


def find_tables(grid: Grid, pins: Iterable[Pin] = ()) -> tuple[tuple[Sited, ...], tuple[Problem, ...]]:
    """Return the tables on `grid` from left to right and top to bottom; where there is none, the reason.

    The reason is a 提示 when the sheet simply is no table, an 错误 when it is one that cannot be used. An empty sheet
    needs none: Excel puts two into every workbook.
    """
    if not any(cell != "" for row in grid.rows for cell in row):
        return (), ()
    mine = pins_of(grid, pins)
    if any(pin.table == NOT_READ for pin in mine):
        return (), (problem("S013", Place(grid.file, grid.sheet)),)
    problems = list(misplaced(grid, mine))
    areas = list(_areas(grid, mine)) if grid.rows and len(problems) < max(1, len(mine)) else []
    if not areas:
        return (), tuple(problems) or (_no_table(grid),)
    above = sheet_facts(grid.rows[: min(area.grid.top - grid.top + area.header.start for area in areas)])
    tables = []
    for area in areas:
        if len(area.equals) > 1:
            problems.append(_ambiguous(area))
            continue
        sited, told = _read_header(area, above)
        problems += told
        if sited is not None:
            tables.append(sited)
    return tuple(tables), tuple(problems)


@dataclass(frozen=True, slots=True)
class _Area:
    """One area with its header; `readings` has the best header of each table that its rows could be the header of."""

    grid: Grid
    header: Header
    readings: tuple[Header, ...]
    pin: Pin | None = None

    @property
    def equals(self) -> tuple[Header, ...]:
        """The readings that weigh as much as the header's own, itself among them."""
        return tuple(each for each in self.readings if each.score == self.header.score)


def _areas(grid: Grid, pins: Sequence[Pin]) -> Iterator[_Area]:
    """Yield the areas of a grid; header rows that are pinned stand, below them the reader goes on by itself."""
    free = [pin for pin in pins if not pin.header_rows]
    pin = next((pin for pin in free if pin.table or pin.columns), None)
    parts, headers = _beside_each_other(grid, pin), list[Header]()
    held = [part for part in parts if any(header.complete for header in _placed(part, pins))]
    if len(pins) > len(free) and not held:
        parts = [grid]  # only the sheet as a whole has the header that is said to be there
    if len(parts) == 1:
        headers = _headers(grid, pin)
        parts = _touching(grid, headers) if len(pins) == len(free) else parts
    if len(parts) > 1:
        for part in parts:
            yield from _areas(part, pins if part in held else free)
        return
    said = _placed(grid, pins)
    last = max((header.end for header in said), default=0)
    yield from _below_each_other(grid, [*said, *(h for h in headers if h.start >= last)], len(said), pins)


def _placed(grid: Grid, pins: Sequence[Pin]) -> list[Header]:
    return [header for pin in pins if pin.header_rows for header in headers_placed(pin, grid)]


def _beside_each_other(grid: Grid, pin: Pin | None) -> list[Grid]:
    """Cut at blank columns, where a table stands on both sides; a part without one of its own stays with its left."""
    runs = strips(grid)
    if len(runs) < 2:
        return [grid]
    cuts = [first for first, end in runs[1:] if _has_table(columns_between(grid, first, end), pin)]
    if cuts and not _has_table(columns_between(grid, runs[0][0], cuts[0]), pin):
        cuts = cuts[1:]
    edges = [0, *cuts, max(map(len, grid.rows))]
    return [columns_between(grid, a, b) for a, b in pairwise(edges)] if cuts else [grid]


def _touching(grid: Grid, headers: Sequence[Header]) -> list[Grid]:
    """Cut where the best header says all its labels again, right of itself without a blank column."""
    labels = min(headers, key=lambda header: header.rank).labels if headers else ()
    size = next((n for n in range(2, len(labels)) if labels == labels[:n] * (len(labels) // n) and all(labels)), 0)
    edges = range(0, len(labels) + 1, size) if size else ()
    return [columns_between(grid, a, b) for a, b in pairwise(edges)] or [grid]


def _has_table(grid: Grid, pin: Pin | None) -> bool:
    return any(header.complete for start in _filled(grid) for header in _headers_at(grid, start, pin))


def _filled(grid: Grid) -> list[int]:
    rows = enumerate(grid.rows[: SEARCHED_ROWS * 2])
    return [i for i, row in rows if any(cell != "" for cell in row)][:SEARCHED_ROWS]


def _headers_at(grid: Grid, start: int, pin: Pin | None) -> Iterator[Header]:
    """Yield what may begin at `start`: a table that a pin names with its columns is weighed with them."""
    if pin and pin.table and pin.columns and pin.table != SURVEY:
        yield from headers_said(pin, grid, start)
    else:
        yield from headers_at(grid, start, pin.table if pin else "")


def _headers(grid: Grid, pin: Pin | None) -> list[Header]:
    """Return what could be headers: in the first rows, until one is beyond doubt, and then wherever one may follow."""
    found: list[Header] = []
    sure: int | None = None
    for start in _filled(grid):
        if sure is not None and start > sure + _BELOW:
            break
        for header in _headers_at(grid, start, pin):
            found.append(header)
            if header.complete and header.share >= _SURE and header.score >= _SURE_SCORE:
                sure = header.end if sure is None else sure
    if not found:
        return []
    best = min(found, key=lambda header: header.rank)
    first = best.end if sure is not None else _filled(grid)[-1] + 1
    used = [j for j, label in enumerate(best.labels) if label]
    for start in later_starts(grid, first, used):
        found += _headers_at(grid, start, pin)
    return found


def _below_each_other(grid: Grid, headers: list[Header], said: int, pins: Sequence[Pin]) -> Iterator[_Area]:
    """Yield an area a header; `headers` that overlap a better one are none; the first `said` are a person's."""
    chosen = _chosen(grid, headers, said)
    if not chosen:
        return
    edges = [0, *(begins(grid, header.start, above.end) for above, header in pairwise(chosen)), len(grid.rows)]
    for header, (first, end) in zip(chosen, pairwise(edges), strict=True):
        same = [h for h in headers if (h.start, h.depth) == (header.start, header.depth)]
        readings = {h.table: _moved(h, first) for h in same}
        part = rows_between(grid, first, end)
        yield _Area(part, _moved(header, first), tuple(readings.values()), _pin_for(grid, header, pins))


def _moved(header: Header, by: int) -> Header:
    return replace(header, start=header.start - by) if by else header


def _pin_for(grid: Grid, header: Header, pins: Sequence[Pin]) -> Pin | None:
    rows = tuple(grid.top + header.start + i for i in range(header.depth))
    exact = next((pin for pin in pins if pin.header_rows == rows), None)
    return exact or next((pin for pin in pins if not pin.header_rows), None)


def _chosen(grid: Grid, headers: Sequence[Header], said: int) -> list[Header]:
    """Return the headers that stand, from the top: the best, and every other sure one that rows stand between.

    Labels that stand again right below a row of the table are its header printed once more. The first `said` headers
    are a person's: the best at each of their places stands, and none beside them need be the best of all.
    """
    chosen: list[Header] = []
    for header in sorted(headers[:said], key=lambda header: header.rank):
        if all(header.end <= other.start or other.end <= header.start for other in chosen):
            chosen.append(header)
    for header in sorted(headers[said:], key=lambda header: header.rank):
        apart = all(header.end < other.start or other.end < header.start for other in chosen)
        opened = header.start == 0 or is_opening(grid.rows[header.start - 1])
        again = any(header.labels == other.labels and header.start > other.start for other in chosen)
        sure = header.share >= _SURE and (opened or (header.complete and not again))
        if not chosen or (apart and sure):
            chosen.append(header)
    return sorted(chosen, key=lambda header: header.start)


def _ambiguous(area: _Area) -> Problem:
    """Name the tables that weigh the same, each with the columns it would have and its weight."""
    told = []
    for header in sorted(area.equals, key=lambda each: each.table):
        fields = [] if header.table == SURVEY else [f for f, _ in named(header.labels, table(header.table)) if f]
        names = "、".join(f.name for f in fields)
        told.append(f"{header.table}（认出{names or '题目'}，{header.score} 分）")
    rows = [area.grid.top + area.header.start + i for i in range(area.header.depth)]
    place = Place(area.grid.file, area.grid.sheet, str(rows[-1]))
    return problem("S002", place, tables=Verbatim("、".join(told)))


def _no_table(grid: Grid) -> Problem:
    """Say that a sheet is no table; what came nearest is offered so that a clerk sees which column is missing."""
    place = Place(grid.file, grid.sheet)
    name, lacking = nearest_miss(grid, _filled(grid))
    return problem("S003", place, table=name, lacking=lacking) if name else problem("S001", place)


def _read_header(area: _Area, above: dict[str, str]) -> tuple[Sited | None, list[Problem]]:
    """Name the columns of a header, refuse doubled ones, and put what is pinned in its place."""
    grid, header = area.grid, area.header
    fields, problems = _fields(area)
    columns = [
        Column(j, letter(grid.left + j), mask_numbers(label), *fields[j])
        for j, label in enumerate(header.labels)
        if label or fields[j][0]
    ]
    place = Place(grid.file, grid.sheet)
    secret = tuple(dict.fromkeys(c.label for c in columns if c.secret))
    if secret:
        problems.append(problem("S005", place, labels=secret))
    columns, doubled = _without_doubles(columns, grid, header.end - 1)
    problems += doubled
    lacking = _lacking(columns, area)
    if lacking:
        return None, [*problems, problem("S003", place, table=header.table, lacking=lacking)]
    rows = tuple(grid.top + header.start + i for i in range(header.depth))
    facts = {**above, **sheet_facts(grid.rows[: header.start])}
    if header.table != SURVEY:
        columns = whose_rows(columns, table(header.table), grid.rows[header.end :], facts.get("unit", ""))
    papers = _documents(grid, header, columns, area.pin)
    rivals = sorted((h.table, h.score) for h in area.readings if h.table != header.table)
    found = Found(header.table, rows, header.end, tuple(columns), facts, papers, header.score, tuple(rivals))
    return Sited(grid, found), problems


def _documents(grid: Grid, header: Header, columns: Sequence[Column], pin: Pin | None) -> tuple[Column, ...]:
    """Return the columns that are documents of a 材料报送, or items of a 巡查记录, where no column has their names."""
    field = _NAMES.get(header.table)
    if field is None or any(c.field and c.field.name == field for c in columns):
        return ()
    said, free = bool(pin and pin.table), [c for c in columns if not c.field]
    place = (grid, header.start, header.depth, header.labels)
    if header.table == INSPECTIONS:
        return items(free, item_columns(*place, certain=said))
    return documents(free, document_columns(*place, certain=said))


_NAMES: Final = {SUBMISSIONS: "材料名称", INSPECTIONS: "检查项目"}
"""Tables that may be written wide, with the field that a wide sheet has no column for."""


def _lacking(columns: Sequence[Column], area: _Area) -> tuple[str, ...]:
    """Return what a table that a person named still lacks; one that was weighed lacks nothing that matters."""
    name = area.header.table
    if area.pin is None or name == SURVEY or weigh([(c.field, c.how) for c in columns if c.field], table(name))[0]:
        return ()
    names = {c.field.name for c in columns if c.field}
    if name in _NAMES and _documents(area.grid, area.header, columns, area.pin):
        names.update((_NAMES[name], *(("得分",) if name == INSPECTIONS else ())))
    return tuple("或".join(group[:2]) for group in table(name).required if not names.intersection(group))


def _fields(area: _Area) -> tuple[list[tuple[Field | None, bool, str]], list[Problem]]:
    """Return (field, secret, how) of each column, and what pins ask for that is not there."""
    header = area.header
    plain: Sequence[tuple[Field | None, str]] = [(None, "")] * len(header.labels)
    if header.table != SURVEY:
        plain = named(header.labels, table(header.table))
    hidden = [is_secret(label, header.table) for label in header.labels]
    fields = [(f, secret, SECRET if secret else how) for (f, how), secret in zip(plain, hidden, strict=True)]
    if area.pin is None or not area.pin.columns:
        return fields, []
    said, problems = pinned_fields(area.pin, area.grid, header)
    for j, name in said.items():
        for i, (spec, secret, _) in enumerate(fields):
            if spec and spec.name == name and i not in said:
                fields[i] = (None, secret, "")  # the pinned column has the field now
        fields[j] = (table(header.table).field(name) if name else None, False if name else fields[j][1], PINNED)
    return fields, problems


def _without_doubles(columns: list[Column], grid: Grid, header_row: int) -> tuple[list[Column], list[Problem]]:
    """Refuse a field that two columns give: neither is used, and both are named."""
    by_field: dict[str, list[Column]] = {}
    for column in columns:
        if column.field:
            by_field.setdefault(column.field.name, []).append(column)
    problems = []
    for name, several in by_field.items():
        if len(several) > 1:
            labels = Verbatim("、".join(f"{c.letter}列“{c.label}”" for c in several))
            place = Place(grid.file, grid.sheet, f"{several[1].letter}{grid.top + header_row}")
            problems.append(problem("S004", place, name=name, columns=labels))
            columns = [Column(c.index, c.letter, c.label) if c in several else c for c in columns]
    return columns, problems
