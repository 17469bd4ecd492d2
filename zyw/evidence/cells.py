"""Where two workbooks differ, cell by cell, in the words of a message."""

from collections.abc import Iterator
from itertools import islice
from typing import Final

from zyw.problems import show
from zyw.sheets import Book, Grid, letter

MOST: Final = 20
"""How many cells are told of one workbook: the first ones say where to look."""


def cell_differences(sealed: Book, made: Book) -> tuple[str, ...]:
    """Return one line a cell that differs, `排名.xlsx ▸ 排名!F5：封存的是 93，重算是 95`; at most twenty."""
    return tuple(islice(_all(sealed, made), MOST))


def _all(sealed: Book, made: Book) -> Iterator[str]:
    old, new = ({grid.sheet: grid for grid in book.grids} for book in (sealed, made))
    for sheet in dict.fromkeys((*old, *new)):
        if sheet not in old or sheet not in new:
            yield f"{sealed.file} ▸ {sheet}：{'封存时没有' if sheet not in old else '这次没有'}这张表"
        else:
            yield from _of_sheet(sealed.file, old[sheet], new[sheet])


def _of_sheet(file: str, old: Grid, new: Grid) -> Iterator[str]:
    was, now = _cells(old), _cells(new)
    for row, column in sorted({*was, *now}):
        one, other = was.get((row, column)), now.get((row, column))
        if one != other:
            where = f"{file} ▸ {old.sheet}!{letter(column)}{row}"
            yield f"{where}：封存的是 {_text(one)}，重算是 {_text(other)}"


def _cells(grid: Grid) -> dict[tuple[int, int], object]:
    """Return the cells that hold something, by row (from 1) and column (from 0)."""
    return {
        (grid.top + i, grid.left + j): value
        for i, row in enumerate(grid.rows)
        for j, value in enumerate(row)
        if value is not None and value != ""
    }


def _text(value: object) -> str:
    return "空白" if value is None else show(f"{value:.15g}" if isinstance(value, float) else value)
