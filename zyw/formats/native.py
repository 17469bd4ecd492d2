"""The one wrapper round the native reader (calamine): its sheets, its values with their places, its errors.

It allocates the whole rectangle up to the furthest value and a fault in it can end the process; who calls it has
measured that rectangle before, or runs in a process of its own (`zyw.apart`).
"""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final, NamedTuple

from zyw.container.prescan import Facts, split
from zyw.privacy import mask_file_name
from zyw.problems import Place, Verbatim, ZywError, problem
from zyw.sheets import Cell, Grid, Merge

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook


class Values(NamedTuple):
    """The values of one sheet: `rows[i][j]` stands in row `top + i` (from 1) and column `left + j` (from 0)."""

    top: int
    left: int
    rows: list[list[Cell]]

    @property
    def bottom(self) -> int:
        """The last row."""
        return self.top + len(self.rows) - 1

    @property
    def right(self) -> int:
        """The first column after the values."""
        return self.left + (len(self.rows[0]) if self.rows else 0)


EMPTY: Final = Values(1, 0, [])


@contextmanager
def opened(data: bytes, shown: str) -> Iterator["CalamineWorkbook"]:
    """Open a workbook; whatever goes wrong inside is a `ZywError` F010, a panic too."""
    from python_calamine import CalamineWorkbook

    try:
        yield CalamineWorkbook.from_filelike(io.BytesIO(data))
    except (KeyboardInterrupt, SystemExit, ZywError, MemoryError):
        raise
    except BaseException as caught:  # a Rust panic arrives as pyo3_runtime.PanicException, which is no Exception
        raise ZywError(problem("F010", Place(shown))) from caught


def values(sheet: "CalamineSheet") -> Values:
    """Return the values of a sheet.

    `iter_rows` gives the leading blank rows but not the leading blank columns; `start` counts both.
    """
    if sheet.start is None:
        return EMPTY
    top, left = sheet.start
    rows = list(_shared(sheet.iter_rows()))
    return Values(top + 1, left, rows[top:] if top else rows)


def _shared(rows: Iterator[list[Cell]]) -> Iterator[list[Cell]]:
    """Yield the rows with equal texts as one object: the native reader makes a new one of every 满意.

    Numbers are left alone: 1.0 and True are equal and two things.
    """
    share = dict[Cell, Cell]().setdefault
    for row in rows:
        yield [share(cell, cell) if type(cell) is str else cell for cell in row]


def clipped(merges: tuple[Merge, ...], found: Values) -> Iterator[Merge]:
    """Yield the merges inside the values' rectangle; a merge over a whole sheet must not cost a whole sheet."""
    for merge in merges:
        if merge.first_row <= found.bottom and merge.first_column < found.right:
            bottom, right = min(merge.last_row, found.bottom), min(merge.last_column, found.right - 1)
            yield merge._replace(last_row=bottom, last_column=right)


def grid(found: Values, shown: str, name: str, facts: Facts, *, hidden: bool) -> Grid:
    """Put the values of a sheet and the facts of its file together; error cells read as ""."""
    for cell in facts.errors:
        _blank(found, cell)
    return Grid(
        file=shown,
        sheet=mask_file_name(name),
        rows=found.rows,
        top=found.top,
        left=found.left,
        merges=tuple(clipped(facts.merges, found)),
        errors=facts.errors,
        uncalculated=facts.uncalculated,
        hidden_rows=facts.hidden_rows,
        hidden=hidden,
        filtered_rows=facts.filtered_rows,
        hidden_columns=facts.hidden_columns,
        fills=facts.fills,
    )


def _blank(found: Values, cell: str) -> None:
    """Empty an error cell that a format gives as text (`#DIV/0!`); the native reader empties most itself."""
    row, column = split(cell)
    i, j = row - found.top, column - found.left
    if 0 <= i < len(found.rows) and 0 <= j < len(found.rows[i]):
        found.rows[i][j] = ""


def stretched(shown: str, name: str, facts: Facts) -> ZywError:
    """Return the refusal of a sheet that one cell stretches too far (F008)."""
    place = Place(shown, mask_file_name(name), facts.far)
    height, width = (Verbatim(f"{number:,}") for number in (facts.height, facts.width))
    option = Verbatim(f"--limit 格数={facts.height * facts.width}")
    cell = Verbatim(facts.far or "")
    return ZywError(problem("F008", place, 单元格=cell, 行数=height, 列数=width, 选项=option))
