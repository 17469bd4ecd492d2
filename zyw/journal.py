"""Gathers the rows of the journal and of what did not count, column by column, and sorts them once."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from zyw.scores import JOURNAL, NOT_COUNTED

_DATES = ("date", "start", "end")
_INNER = ("person_id", "unit_rank", "person_rank", "place", "what")
"""Numbers for sorting and merging, dropped from the finished journal: `place` of the rule, `what` 0 for points."""
_NUMBERS = ("quantity", "points", *_INNER)


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
    """Return an empty journal, with the numbers to sort it by."""
    return Entries((*JOURNAL, *_INNER))


def left_out_entries() -> Entries:
    """Return an empty list of what did not count."""
    return Entries(NOT_COUNTED)


def sort_journal(frame: pd.DataFrame) -> pd.DataFrame:
    """Sort by unit, day, rule, person, consequence: the order of input rows has no part in it."""
    keys = [frame[name].to_numpy() for name in ("start", "what", "person_rank", "place", "date", "unit_rank")]
    return frame.take(np.lexsort(keys)).reset_index(drop=True)


def sort_left_out(frame: pd.DataFrame) -> pd.DataFrame:
    """Sort by the rows' origins, then by rule."""
    firsts = np.array([origins[0] for origins in frame["origins"]], dtype=np.int64)
    return frame.take(np.lexsort((ranked(frame["rule"]), firsts))).reset_index(drop=True)


def ranked(texts: "pd.Series[Any]", order: Callable[[str], Any] = str) -> npt.NDArray[np.int64]:
    """Return for each text the place of its distinct content when these are sorted by `order`."""
    codes, uniques = pd.factorize(texts)
    names = [str(text) for text in uniques]
    ranks = np.empty(len(names), dtype=np.int64)
    ranks[sorted(range(len(names)), key=lambda at: (order(names[at]), names[at]))] = np.arange(len(names))
    return ranks[codes] if len(names) else codes.astype(np.int64)
