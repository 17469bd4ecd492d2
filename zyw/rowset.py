"""Columns of one length, taken and tested together: what is read, scored and written works on these.

Plain arrays: a frame would guess at the type of every column of text each time it is built, and pandas takes longer to
load than ten thousand rows to score. `RowSet.frame` gives the same rows to whoever wants a frame.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    import pandas as pd

Mask: TypeAlias = npt.NDArray[np.bool_]
Ints: TypeAlias = npt.NDArray[np.int64]
Texts: TypeAlias = npt.NDArray[np.object_]
Days: TypeAlias = npt.NDArray[np.datetime64]


class RowSet:
    """Arrays by name, all of one length."""

    def __init__(self, columns: Mapping[str, npt.NDArray[Any]], size: int | None = None) -> None:
        self.columns = dict(columns)
        self._size = size if size is not None else len(next(iter(self.columns.values()), ()))
        self._coded: dict[str, Coded] = {}

    @classmethod
    def of(cls, frame: "pd.DataFrame") -> "RowSet":
        """Return a frame's rows; its columns of text become arrays of objects."""
        kinds = {name: None if frame[name].dtype.kind in "iufbM" else object for name in frame.columns}
        return cls({str(name): frame[name].to_numpy(kinds[name]) for name in frame.columns}, len(frame))

    def frame(self, names: Iterable[str] | None = None) -> "pd.DataFrame":
        """Return the rows as a frame, with all columns or those of `names`; text stays object."""
        import pandas as pd

        wanted = self.columns if names is None else names
        series = {
            name: pd.Series(self[name], dtype=object if self[name].dtype == object else None, copy=False)
            for name in wanted
        }
        return pd.DataFrame(series, copy=False)

    def __contains__(self, name: object) -> bool:
        return name in self.columns

    def rows(self, *names: str) -> Iterator[tuple[Any, ...]]:
        """Return the values of some columns row by row, as plain Python values."""
        return zip(*(self.columns[name].tolist() for name in names), strict=True)

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

    def once(self) -> "RowSet":
        """Return the rows with each origin once, the first of it: what is counted or held against other rows in all.

        A row of the ledger that names several units or people stands here once for each of them.
        """
        origins = self.columns["origin"]
        _, first = np.unique(origins, return_index=True)
        return self if len(first) == len(origins) else self.take(np.sort(first))


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
    listed = values.tolist()
    places = {text: place for place, text in enumerate(dict.fromkeys(listed))}
    return Coded(np.fromiter(map(places.__getitem__, listed), dtype=np.int64, count=len(listed)), list(places))


def numbered(values: npt.NDArray[Any]) -> Ints:
    """Return a number for each distinct value, in order of first appearance."""
    return distinct(values)[0]


def distinct(values: npt.NDArray[Any]) -> tuple[Ints, npt.NDArray[Any]]:
    """Return a number for each value and the distinct values, both in order of first appearance; NaT is a value."""
    if values.dtype == object:
        codes, texts = coded(values)
        return codes, objects(texts)
    found, first, which = np.unique(values, return_index=True, return_inverse=True)
    order = np.argsort(first, kind="stable")
    place = np.empty(len(order), dtype=np.int64)
    place[order] = np.arange(len(order))
    return place[which], found[order]


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


def objects(values: Sequence[Any]) -> Texts:
    """Return values as an array of objects, one each, whatever they are (tuples stay tuples)."""
    array = np.empty(len(values), dtype=object)
    array[:] = values
    return array
