"""Gathers the rows of the journal and of what did not count, column by column, and sorts them once."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from zyw.scores import JOURNAL, NOT_COUNTED

_DATES = ("date", "start", "end")
_NUMBERS = ("quantity", "points", "person_id", "place")


class Entries:
    """Pieces of one frame; `add` takes arrays of one length, or a value for all of them."""

    def __init__(self, columns: Sequence[str]) -> None:
        self._columns = tuple(columns)
        self._pieces: list[dict[str, npt.NDArray[Any]]] = []

    def add(self, size: int, **values: Any) -> None:
        """Add `size` rows; raises `KeyError` for a column that is not given."""
        if size:
            self._pieces.append({name: _array(name, values[name], size) for name in self._columns})

    def frame(self) -> pd.DataFrame:
        """Return all rows, in the order they were added."""
        if not self._pieces:
            return pd.DataFrame({name: _array(name, np.empty(0, dtype=object), 0) for name in self._columns})
        return pd.DataFrame(
            {name: np.concatenate([piece[name] for piece in self._pieces]) for name in self._columns}, copy=False
        )


def _array(name: str, value: Any, size: int) -> npt.NDArray[Any]:
    kind: Any = "datetime64[s]" if name in _DATES else np.int64 if name in _NUMBERS else object
    if isinstance(value, np.ndarray):
        return value.astype(kind, copy=False)
    return np.full(size, value, dtype=kind)


def journal_entries() -> Entries:
    """Return an empty journal; `person_id` and `place` (the rule's position) are dropped by `finish`."""
    return Entries((*JOURNAL, "person_id", "place"))


def left_out_entries() -> Entries:
    """Return an empty list of what did not count."""
    return Entries(NOT_COUNTED)


def sort_journal(frame: pd.DataFrame, units: Sequence[str]) -> pd.DataFrame:
    """Sort by unit (in the order of `units`), day, rule, person, consequence: the order of input rows has no part in it."""
    rank = {name: index for index, name in enumerate(units)}
    unit_codes, unit_names = pd.factorize(frame["unit"])
    unit_ranks = np.array([rank.get(str(name), len(rank)) for name in unit_names], dtype=np.int64)
    keys = (
        frame["start"].to_numpy(),
        ranked(frame["consequence"]),
        ranked(frame["person"]),
        frame["place"].to_numpy(),
        frame["date"].to_numpy(),
        unit_ranks[unit_codes] if len(unit_names) else unit_codes,
    )
    return frame.take(np.lexsort(keys)).reset_index(drop=True)


def sort_left_out(frame: pd.DataFrame) -> pd.DataFrame:
    """Sort by the rows' origins, then by rule."""
    firsts = np.array([origins[0] for origins in frame["origins"]], dtype=np.int64)
    return frame.take(np.lexsort((ranked(frame["rule"]), firsts))).reset_index(drop=True)


def ranked(texts: "pd.Series[Any]") -> npt.NDArray[np.int64]:
    """Return for each text its place among the distinct ones, sorted."""
    codes, uniques = pd.factorize(texts)
    names = [str(text) for text in uniques]
    ranks = np.empty(len(names), dtype=np.int64)
    ranks[sorted(range(len(names)), key=names.__getitem__)] = np.arange(len(names))
    return ranks[codes] if len(names) else codes.astype(np.int64)
