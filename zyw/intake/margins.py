"""What a sheet says of its own rows beside them: the 序号 of each, and 合计 rows that the rows above do not bear out.

Both are left out of the ledger's rows (a 序号 is no identifier, a total no record), so they are looked at here, while
the grid is at hand; `zyw.checks` reports on them. A sheet without 合计 rows costs next to nothing.

A total is borne out when it equals one of the sums that its word can mean: 小计 and 本页计 the rows since the total
before it, 合计 those since the last 合计 or all rows, 平均 their average. Stated with d decimals it may differ by half
a unit of the last one: rows 0.5, 0.25 and 0.5 under 合计 1.3 (1.25 rounded) are in order; but a sum of numbers with
decimals is never taken for rounded to whole ones: 2 under 0.7 and 1.2 is not.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final, NamedTuple

from zyw.cells import clean, key, parse_number
from zyw.coded import cells_of
from zyw.columns import TRADITIONAL, Kind, header_key
from zyw.finding.headers import Column, Found
from zyw.intake.body import EMPTY, TOTAL, TOTAL_WORD, Body
from zyw.origins import Block
from zyw.sheets import Cell, Grid

SERIAL: Final = frozenset(("序号", "序", "no", "no."))
_AVERAGE: Final = "平均"
_PARTIAL: Final = ("小计", "本页计")
_NOT_SUMMED: Final = re.compile(
    "率|比例|百分|占比|均|最|名次|排名|位次|等级|标准|单价|年|月|日|期|时间|号|代码|编码|电话|%|％"
)
"""Columns whose total is not their sum."""
_NOISE: Final = Decimal("0.000001")
"""What adding binary fractions leaves behind in a workbook's cached totals."""


class Claim(NamedTuple):
    """A number in a 合计 row that is none of the sums it can mean; `counted` is the likeliest of them."""

    cell: str
    label: str
    word: str
    stated: Decimal
    counted: Decimal


@dataclass(frozen=True, slots=True)
class Margins:
    """What stands beside the rows of one table; `block` is its first (a wide 材料报送 has one a document).

    `serials[i]` is the 序号 of the sheet's row `numbers[i]` as written ("" where there is none). `continued` maps a
    field to the rows (sheet's numbers) whose cell is merged with the one above: one problem over several lines, of
    which each has a measure of its own, is not the same problem again.
    """

    block: Block
    numbers: Sequence[int] = ()
    serials: Sequence[Cell] = ()
    serial_column: str = ""
    claims: tuple[Claim, ...] = ()
    continued: Mapping[str, frozenset[int]] = field(default_factory=dict)


def margins_of(grid: Grid, found: Found, body: Body, block: Block) -> Margins:
    """Return what stands beside the rows `body` of a table `found` on `grid`."""
    serial = next((c for c in found.columns if _is_serial(c)), None)
    serials: list[Cell] = []
    if serial is not None:
        # straight from the grid: a 序号 merged over several rows is one number, not the same one again
        cells = cells_of(grid.rows, serial.index)
        serials = [cells[n - grid.top] for n in body.numbers]
    claims = tuple(_claims(grid, found, body))
    return Margins(block, body.numbers, serials, serial.letter if serial else "", claims, _continued(grid, found))


def _continued(grid: Grid, found: Found) -> dict[str, frozenset[int]]:
    fields = {grid.left + c.index: c.field.name for c in found.columns if c.field}
    rows: dict[str, set[int]] = {}
    for merge in grid.merges:
        name = fields.get(merge.first_column)
        if name and merge.last_row > merge.first_row >= grid.top + found.body:
            rows.setdefault(name, set()).update(range(merge.first_row + 1, merge.last_row + 1))
    return {name: frozenset(found) for name, found in rows.items()}


def _is_serial(column: Column) -> bool:
    return column.field is None and not column.secret and header_key(column.label) in SERIAL


def _claims(grid: Grid, found: Found, body: Body) -> Iterator[Claim]:
    """Yield every number of a total row that the rows above it do not bear out."""
    left = {each.reason: each.rows for each in body.left_out}
    totals = {n: word for n in left.get(TOTAL, ()) if (word := _word(grid, found, n))}
    if not totals:
        return
    rows = sorted({*body.numbers, *left.get(EMPTY, ())})
    for column in found.columns:
        if _may_be_summed(column):
            stated = {n: _number(_cell(grid, n, column)) for n in totals}
            if any(number is not None for number in stated.values()):
                yield from _unequal(column, stated, totals, _values(grid, column, rows))


def _word(grid: Grid, found: Found, number: int) -> str:
    """Return the word of a total row (小计), "" where none of its cells says one."""
    for column in found.columns:
        text = "" if column.secret else _cell(grid, number, column)
        match = TOTAL_WORD.fullmatch(key(text).translate(TRADITIONAL)) if isinstance(text, str) and text else None
        if match:
            return match[1]
    return ""


def _cell(grid: Grid, number: int, column: Column) -> Cell:
    row = grid.rows[number - grid.top]
    return row[column.index] if column.index < len(row) else ""


def _may_be_summed(column: Column) -> bool:
    if column.secret or header_key(column.label) in SERIAL or _NOT_SUMMED.search(column.label):
        return False
    return column.field is None or column.field.kind is Kind.NUMBER


def _number(cell: Cell) -> Decimal | None:
    value = parse_number(cell) if not (isinstance(cell, str) and cell.rstrip().endswith(("%", "％"))) else None
    return value if isinstance(value, Decimal) else None


def _values(grid: Grid, column: Column, rows: Sequence[int]) -> dict[int, Decimal] | None:
    """Return the numbers in a column by row, None when something among them is no number."""
    read: dict[Cell, object] = {}
    values: dict[int, Decimal] = {}
    for n in rows:
        cell = _cell(grid, n, column)
        if cell == "":
            continue
        if cell not in read:
            read[cell] = parse_number(cell)
        value = read[cell]
        if isinstance(value, Decimal):
            values[n] = value
        elif value is not None:
            return None
    return values


def _unequal(
    column: Column, stated: Mapping[int, Decimal | None], totals: Mapping[int, str], values: dict[int, Decimal] | None
) -> Iterator[Claim]:
    if not values:
        return
    for n, word in totals.items():
        claim = stated[n]
        meant = _meanings(n, word, totals, values)
        whole = word.startswith(_AVERAGE)
        if claim is not None and meant and not any(_agrees(claim, one, to_whole=whole) for one in meant):
            yield Claim(f"{column.letter}{n}", clean(column.label), word, claim, meant[0])


def _meanings(n: int, word: str, totals: Mapping[int, str], values: Mapping[int, Decimal]) -> list[Decimal]:
    """Return what the number in the total row `n` may be, the likeliest first."""
    before = [m for m in totals if m < n]
    full = [m for m in before if totals[m] not in _PARTIAL and not totals[m].startswith(_AVERAGE)]
    partial = [m for m in before if not totals[m].startswith(_AVERAGE)]
    since = [max(before, default=0), max(partial, default=0), max(full, default=0), 0]
    starts = list(dict.fromkeys(since if word in _PARTIAL else reversed(since)))
    sums = []
    for start in starts:
        part = [value for row, value in values.items() if start < row < n]
        if part:
            total = sum(part, Decimal(0))
            sums.append(total / len(part) if word.startswith(_AVERAGE) else total)
    return sums


def _agrees(stated: Decimal, counted: Decimal, *, to_whole: bool = False) -> bool:
    """Say whether a total as stated is `counted` rounded to its own decimals; `to_whole`: or to a whole number.

    >>> _agrees(Decimal("1.3"), Decimal("1.25")), _agrees(Decimal("2"), Decimal("1.9"))
    (True, False)
    """
    exponent = stated.normalize().as_tuple().exponent
    places = min(-exponent, 6) if isinstance(exponent, int) and exponent < 0 else 0
    places = max(places, 0 if to_whole else 1)
    return abs(stated - counted) <= Decimal(5).scaleb(-places - 1) + _NOISE
