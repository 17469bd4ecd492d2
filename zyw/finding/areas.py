"""A sheet cut into areas, one a table: side by side where blank columns stand between, one below the other by headers.

An area is a grid of its own with its place on the sheet, so that everything after it works on one table.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from zyw.coded import ByColumn, cells_of
from zyw.finding.around import is_heading
from zyw.finding.scored import known, vocabulary
from zyw.sheets import Cell, Grid, Merge

SAMPLE: Final = 60
"""A column blank in so many first rows is looked at as a whole."""
MOST_GAPS: Final = 2000
"""After so many gaps no further header is looked for: the sheet is not one of stacked tables."""
_FEWEST: Final = 2


def strips(grid: Grid) -> list[tuple[int, int]]:
    """Return the runs of columns (first, after the last) between columns that are blank from top to bottom."""
    width = max(map(len, grid.rows[:SAMPLE]), default=0)
    blank = [j for j in range(width) if _is_blank(grid.rows[:SAMPLE], j) and _is_blank(grid.rows, j)]
    edges = [-1, *blank, width]
    return [(a + 1, b) for a, b in pairwise(edges) if b - a > 1]


def _is_blank(rows: Sequence[Sequence[Cell]], j: int) -> bool:
    if isinstance(rows, ByColumn):
        return not rows.filled(j).any()
    return not any(j < len(row) and row[j] != "" for row in rows)


def columns_between(grid: Grid, first: int, end: int) -> Grid:
    """Return the columns `first` … `end` of a grid as a grid."""
    left, right = grid.left + first, grid.left + end
    merges = tuple(
        Merge(m.first_row, max(m.first_column, left), m.last_row, min(m.last_column, right - 1))
        for m in grid.merges
        if left <= m.first_column < right
    )
    return replace(grid, rows=[row[first:end] for row in grid.rows], left=left, merges=merges)


def rows_between(grid: Grid, first: int, end: int) -> Grid:
    """Return the rows `first` … `end` of a grid as a grid; the grid itself when that is all of it."""
    if first == 0 and end >= len(grid.rows):
        return grid
    top, bottom = grid.top + first, grid.top + end
    merges = tuple(m._replace(last_row=min(m.last_row, bottom - 1)) for m in grid.merges if top <= m.first_row < bottom)
    return replace(grid, rows=grid.rows[first:end], top=top, merges=merges)


def begins(grid: Grid, header: int, after: int) -> int:
    """Return the first row that belongs to the table whose header is at `header`: its title and 填报单位 lines.

    Nothing above `after` (the end of the header before it) is taken, nor beyond a blank row above such a line.
    """
    first = header
    while first > after and is_heading(grid.rows[first - 1]):
        first -= 1
    return first


def later_starts(grid: Grid, first: int, columns: Sequence[int]) -> Iterator[int]:
    """Yield the rows from `first` on where another header may stand, cheaply: a sheet may have 100 000 rows.

    `columns` are those of the table above. One that is filled in its first rows is looked at: where it is blank, or
    says the name of a column, a header may follow or stand.
    """
    probe = _probe(grid.rows[first : first + SAMPLE], columns)
    if probe is None:
        return
    tried, marks = 0, {"", *vocabulary()}
    if isinstance(grid.rows, ByColumn):
        hits = [i for i in grid.rows.where(probe, marks.__contains__) if i >= first]
    else:
        hits = [i for i, cell in enumerate(cells_of(grid.rows[first:], probe), first) if cell in marks]
    last = -1
    for hit in hits:
        for i in (hit, hit + 1):
            if i > last and i < len(grid.rows) and tried < MOST_GAPS:
                last, tried = i, tried + 1
                if known(grid.rows[i]) >= _FEWEST:
                    yield i


def _probe(rows: Sequence[Sequence[Cell]], columns: Sequence[int]) -> int | None:
    """Return the column that is fullest in `rows`, not the first one if it can be helped: titles stand there."""
    filled = {j: sum(j < len(row) and row[j] != "" for row in rows) for j in (*columns[1:], *columns[:1])}
    return max(filled, key=lambda j: filled[j]) if filled else None
