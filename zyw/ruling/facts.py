"""What rules ask of rows: the words, numbers and days of any field, each distinct content once."""

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Final, NamedTuple, TypeAlias

import numpy as np

from zyw.exact import fraction
from zyw.rowset import Coded, Days, Ints, RowSet

Words: TypeAlias = Callable[[], Coded]


class Numbers(NamedTuple):
    """A column of exact numbers as codes into its distinct values; None where the cell is blank."""

    codes: Ints
    values: list[Fraction | None]

    def take(self, where: Ints) -> "Numbers":
        """Return the numbers of some rows."""
        return Numbers(self.codes[where], self.values)


class Facts:
    """The fields of `rows`: columns as they stand, and `derived` ones that are worked out when first asked for.

    `copies` stand behind the rows: row `size + i` has the facts of row `copies[i]`, but for the fields in `instead`,
    where it has the word of that number.
    """

    def __init__(self, rows: RowSet, derived: Mapping[str, Words] | None = None) -> None:
        self._rows: Final = rows
        self._derived: Final = dict(derived or {})
        self._words: Final[dict[str, Coded]] = {}
        self._copies: Ints = np.zeros(0, dtype=np.int64)
        self._instead: Ints = np.zeros(0, dtype=np.int64)

    def __len__(self) -> int:
        return len(self._rows) + len(self._copies)

    def words(self, field: str) -> Coded:
        """Return the words of a field; a field that no sheet has is blank everywhere."""
        if field not in self._words:
            codes, texts = self._read(field)
            more = self._instead if field in MEASURES else codes[self._copies]
            self._words[field] = Coded(np.concatenate([codes, more]) if len(self._copies) else codes, texts)
        return self._words[field]

    def _read(self, field: str) -> Coded:
        if field in self._derived:
            return self._derived[field]()
        if field in self._rows:
            return self._rows.coded(field)
        return Coded(np.zeros(len(self._rows), dtype=np.int64), [""])

    def numbers(self, field: str) -> Numbers:
        """Return the numbers of a field."""
        codes, values = self.words(field)
        return Numbers(codes, [fraction(value) for value in values])

    def is_day(self, field: str) -> bool:
        """Say whether a field holds days."""
        return field in self._rows and self._rows[field].dtype.kind == "M"

    def days(self, field: str) -> Days:
        """Return the days of a field, NaT where it is blank or no sheet has it."""
        days = np.full(len(self._rows), "NaT", dtype="datetime64[D]")
        if field in self._rows:
            days = self._rows[field].astype("datetime64[D]")
        return np.concatenate([days, days[self._copies]])

    def higher(self, copies: Ints, measure: int) -> "Facts":
        """Return the facts with copies of some rows behind them, each as a case of the measure of that number."""
        found = Facts(self._rows, self._derived)
        known = np.arange(len(self._rows), dtype=np.int64)
        found._copies = np.concatenate([self._copies, np.concatenate([known, self._copies])[copies]])
        found._instead = np.concatenate([self._instead, np.full(len(copies), measure, dtype=np.int64)])
        return found


MEASURES: Final = frozenset({"处理方式", "处理类型"})
"""Fields whose words are numbered as the scheme's measures are."""
