"""Gathers the rows of the journal and of what did not count, and gives them in an order of their own.

While it grows, the journal speaks in numbers: `unit_at` and `name_at` (-1: the row is about the unit), `place` of the
rule, `what` (0: points, else the consequence's number in the scheme) and `said` (rule, clause and consequence in
words). Texts come last, once.
"""

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from zyw.rowset import RowSet, objects, stacked

_DATES: Final = frozenset({"date", "start", "end"})
_TEXTS: Final = frozenset({"rule", "clause", "reason", "origins"})
_JOURNAL: Final = (
    "unit_at", "name_at", "person_at", "place", "what", "said", "date", "quantity", "points", "start", "end", "origins",
)  # fmt: skip
_BEHIND: Final = 1 << 62
"""What no row tells of (a unit without a roster) comes after all that rows tell of."""
_LEFT_OUT: Final = ("unit_at", "name_at", "rule", "clause", "reason", "origins")


class Entries:
    """Pieces of one table; `add` takes arrays of one length, or a value for all of them."""

    def __init__(self, columns: Sequence[str]) -> None:
        self._columns = tuple(columns)
        self._pieces: list[RowSet] = []
        self.wordings: dict[tuple[str, str, str], int] = {}

    def add(self, size: int, **values: Any) -> None:
        """Add `size` rows; raises `KeyError` for a column that is not given."""
        if size or not self._pieces:
            self._pieces.append(RowSet({name: _array(name, values[name], size) for name in self._columns}, size))

    def number_of(self, rule: str, clause: str, consequence: str) -> int:
        """Return the number under which rows say these three texts."""
        return self.wordings.setdefault((rule, clause, consequence), len(self.wordings))

    def gathered(self) -> RowSet:
        """Return all rows, in the order they were added."""
        if not self._pieces:
            return RowSet({name: _array(name, np.empty(0, dtype=object), 0) for name in self._columns}, 0)
        return stacked(self._pieces)


def _array(name: str, value: Any, size: int) -> npt.NDArray[Any]:
    kind: Any = "datetime64[s]" if name in _DATES else object if name in _TEXTS else np.int64
    if isinstance(value, np.ndarray):
        return value.astype(kind, copy=False)
    return np.full(size, value, dtype=kind)


def journal_entries() -> Entries:
    """Return an empty journal."""
    return Entries(_JOURNAL)


def left_out_entries() -> Entries:
    """Return an empty list of what did not count."""
    return Entries(_LEFT_OUT)


def sort_keys() -> tuple[str, ...]:
    """Return the columns by which the journal is sorted, the last one first."""
    return ("start", "what", "name_at", "place", "date", "unit_at")


def sorted_journal(entries: Entries, units: Sequence[str], names: Sequence[str]) -> RowSet:
    """Sort by unit, day, rule, person, consequence, and add unit and person as texts."""
    rows = entries.gathered()
    rows = rows.take(np.lexsort([rows[key] for key in sort_keys()]))
    for index, column in enumerate(("rule", "clause", "consequence")):
        rows[column] = objects([wording[index] for wording in entries.wordings] or [""])[rows["said"]]
    return _named(rows, units, names)


def sorted_left_out(entries: Entries, units: Sequence[str], names: Sequence[str]) -> RowSet:
    """Sort by the first row that an entry tells of, then in the order of the rules; add unit and person."""
    rows = entries.gathered()
    firsts = np.array([origins[0] if origins else _BEHIND for origins in rows["origins"].tolist()], dtype=np.int64)
    return _named(rows.take(np.argsort(firsts, kind="stable")), units, names)


def _named(rows: RowSet, units: Sequence[str], names: Sequence[str]) -> RowSet:
    rows["unit"] = objects((*units, ""))[rows["unit_at"]]
    rows["person"] = objects((*names, ""))[rows["name_at"]]
    return rows
