"""Exact rates: numbers of cells as fractions, and what stands over nothing."""

from decimal import Decimal
from fractions import Fraction
from typing import Any, NamedTuple

import numpy as np

from zyw.rowset import Ints, RowSet


def fraction(value: Any) -> Fraction | None:
    """Return a cell's number exactly; blanks have none."""
    return None if value is None or value == "" else Fraction(value)


def rate_of(target: Decimal | None, actual: Decimal | None) -> Fraction | None:
    """Return 完成 ÷ 目标 exactly; None where one is blank or the target is not above 0: nothing is a part of nothing.

    305 of 610 → 1/2; 2 of 0 → None, and whether such a task is done its 进展 says.
    """
    wanted, got = fraction(target), fraction(actual)
    return None if wanted is None or got is None or wanted <= 0 else got / wanted


def part(some: int, of: int) -> Fraction | None:
    """Return `some` ÷ `of`, None of nothing."""
    return Fraction(some, of) if of else None


class Exact(NamedTuple):
    """A column of exact numbers as codes into its distinct values."""

    codes: Ints
    values: list[Fraction]

    def at(self, row: int) -> Fraction:
        """Return the number of one row."""
        return self.values[int(self.codes[row])]


def exact(rows: RowSet, name: str, blank: Fraction) -> Exact:
    """Return the numbers of a column; a blank cell, and a table without the column, is `blank`."""
    if name not in rows:
        return Exact(np.zeros(len(rows), dtype=np.int64), [blank])
    column = rows.coded(name)
    found = [fraction(value) for value in column.texts]
    return Exact(column.codes, [blank if value is None else value for value in found])
