"""Columns of one length, taken and tested together: what the arithmetic of rows and cases works on.

A frame would guess at the type of every column of text each time it is built; these are plain arrays.
"""

from collections.abc import Iterable
from typing import Any, NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt
import pandas as pd

Mask: TypeAlias = npt.NDArray[np.bool_]
Ints: TypeAlias = npt.NDArray[np.int64]
Texts: TypeAlias = npt.NDArray[np.object_]
Days: TypeAlias = npt.NDArray[np.datetime64]


class RowSet:
    """Arrays by name, all of one length."""

    def __init__(self, columns: dict[str, npt.NDArray[Any]], size: int) -> None:
        self.columns = columns
        self._size = size
        self._coded: dict[str, Coded] = {}

    def __len__(self) -> int:
        return self._size

    def __getitem__(self, name: str) -> npt.NDArray[Any]:
        return self.columns[name]

    def __setitem__(self, name: str, values: npt.NDArray[Any]) -> None:
        assert len(values) == self._size, name
        self.columns[name] = values
        self._coded.pop(name, None)

    def coded(self, name: str) -> "Coded":
        """Return the distinct texts of a column, numbered; remembered until the column is replaced."""
        if name not in self._coded:
            self._coded[name] = coded(self.columns[name])
        return self._coded[name]

    def take(self, where: npt.NDArray[Any], names: Iterable[str] | None = None) -> "RowSet":
        """Return the rows of a mask or of positions, with all columns or those of `names`."""
        at = np.flatnonzero(where) if where.dtype == np.bool_ else where
        wanted = self.columns if names is None else names
        return RowSet({name: self.columns[name][at] for name in wanted}, len(at))


def stacked(parts: list[RowSet]) -> RowSet:
    """Put row sets with the same columns under one another."""
    if len(parts) == 1:
        return parts[0]
    columns = {name: np.concatenate([part[name] for part in parts]) for name in parts[0].columns}
    return RowSet(columns, sum(len(part) for part in parts))


class Coded(NamedTuple):
    """A column of texts as numbers into its distinct contents, in order of first appearance."""

    codes: Ints
    texts: list[str]

    def mapped(self, values: Iterable[Any], kind: Any = object) -> npt.NDArray[Any]:
        """Return for each row the value that belongs to its text; `values` go with `texts`."""
        listed = list(values)
        each = np.empty(len(listed), dtype=kind)
        each[:] = listed
        return each[self.codes]


def coded(values: npt.NDArray[Any]) -> Coded:
    """Return the distinct texts of a column, numbered."""
    codes, uniques = pd.factorize(values)
    return Coded(np.asarray(codes, dtype=np.int64), uniques.tolist())


def numbered(values: npt.NDArray[Any]) -> Ints:
    """Return a number for each distinct value, in order of first appearance."""
    return np.asarray(pd.factorize(values)[0], dtype=np.int64)


def paired(one: Ints, two: Ints) -> Ints:
    """Return one number for each distinct pair of two columns of numbers ≥ 0; equal pairs, equal numbers."""
    width = int(two.max(initial=0)) + 1
    if int(one.max(initial=0)) >= _ROOM // width:
        one = numbered(one)
    return one * width + two


_ROOM = 2**62


def all_texts(size: int, text: str = "") -> Texts:
    """Return a column that holds `text` throughout."""
    return np.full(size, text, dtype=object)
