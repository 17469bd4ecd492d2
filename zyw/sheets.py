"""A grid of cells with places: what the reader hands over, before anybody knows what it means."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Final, NamedTuple, TypeAlias

Cell: TypeAlias = str | int | float | bool | datetime | date | time | timedelta
"""One cell as it is: "" for an empty one; numbers of a workbook arrive as float."""


LEDGER_MARK: Final = "zyw-ledger"
"""Custom property of the workbooks that zyw makes to be read again: blank forms, merged and split ledgers."""
BESIDE: Final = frozenset(("填表说明", "选项", "重复和矛盾", "报送情况"))
"""Sheets that zyw puts beside the tables of such a workbook: they tell about it and are never read as a table."""


class Merge(NamedTuple):
    """A merged range; rows are the sheet's numbers (from 1), columns are counted from 0."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int


class Fill(NamedTuple):
    """A coloured cell: the sheet's row (from 1), the column (from 0), the colour as `FF0000`.

    Of the cells of one row that share a colour only the first is given.
    """

    row: int
    column: int
    colour: str


@dataclass(frozen=True, slots=True)
class Grid:
    """One sheet (or a csv) as read: `rows[i][j]` stands in row `top + i`, column `left + j`.

    `errors` maps a cell (`F2`) to the error it shows (`#REF!`), `uncalculated` are formulas without a stored value;
    both read as "" in `rows`. A csv has the sheet name "" and is printed without it. `filtered_rows` are those of
    `hidden_rows` that a filter hides, the others were hidden by hand; `hidden_columns` are counted from 0.
    """

    file: str
    sheet: str
    rows: Sequence[Sequence[Cell]]
    top: int = 1
    left: int = 0
    merges: tuple[Merge, ...] = ()
    errors: Mapping[str, str] = field(default_factory=dict)
    uncalculated: frozenset[str] = frozenset()
    hidden_rows: tuple[int, ...] = ()
    hidden: bool = False
    filtered_rows: tuple[int, ...] = ()
    hidden_columns: tuple[int, ...] = ()
    fills: tuple[Fill, ...] = ()


@dataclass(frozen=True, slots=True)
class Book:
    """One file as read. `mark` is `zyw-output` or `zyw-ledger` when zyw wrote it (design §4), else ""."""

    file: str
    grids: tuple[Grid, ...]
    mark: str = ""
    digest: str = ""
    """sha256 of the file's bytes: two byte-identical files are read once."""


def letter(column: int) -> str:
    """Return the letters of a column counted from 0.

    >>> letter(0), letter(27), letter(16383)
    ('A', 'AB', 'XFD')
    """
    text = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text


def column_index(letters: str) -> int:
    """Return the column, counted from 0, that `letters` name.

    >>> column_index("A"), column_index("AB"), column_index("XFD")
    (0, 27, 16383)
    """
    index = 0
    for each in letters:
        index = index * 26 + ord(each) - 64
    return index - 1
