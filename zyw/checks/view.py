"""One table as checks look at it: columns by name, what is blank, and a way to tell at a cell.

Checks work on whole columns: a text is judged once however many rows hold it, days are compared as arrays.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any, Final

import numpy as np

from zyw.cells import BLANK
from zyw.intake.body import runs
from zyw.ledger import Ledger
from zyw.lifecycle import days, each
from zyw.problems import Place, Problem, Verbatim, problem, show
from zyw.rowfaults import Faults
from zyw.rowset import Coded, Days, Ints, Mask, RowSet, all_texts, coded

LISTED: Final = 60
"""So many characters of row numbers are shown in one message."""


@dataclass
class View:
    """The rows of one table; what a check finds goes to `faults`."""

    ledger: Ledger
    table: str
    faults: Faults

    @cached_property
    def rows(self) -> RowSet:
        """The rows, none where the run has no such table; one that names several units or people stands once."""
        found = self.ledger.rows.get(self.table) or RowSet({"origin": np.empty(0, dtype=np.int64)}, 0)
        first = np.unique(found["origin"], return_index=True)[1]
        return found if len(first) == len(found) else found.take(first)

    def __len__(self) -> int:
        return len(self.rows)

    def texts(self, field: str) -> Coded:
        """Return a column's distinct texts, numbered; one blank text where the table lacks the column."""
        return self.rows.coded(field) if field in self.rows else coded(all_texts(len(self)))

    def whole(self, field: str) -> str:
        """Return a column's distinct texts as one, for a first search: most columns hold nothing of what is sought."""
        return "\n".join(self.texts(field).texts)

    def each(self, field: str, test: Callable[[str], bool]) -> Mask:
        """Apply a test to each distinct text of a column once."""
        return each(self.rows, field, test)

    def days(self, field: str) -> Days:
        """Return the days of a column, NaT where there is none."""
        return days(self.rows, field)

    def has(self, field: str) -> Mask:
        """Say for each row whether its sheet has a column for `field`."""
        if field not in self.rows:
            return np.zeros(len(self), dtype=np.bool_)
        return self.faults.sheets_have(self.rows["origin"], field)

    def faulty(self, field: str) -> Mask:
        """Say which rows have a cell there that could not be used: it is told already."""
        bad = [origin for origin, name in self.ledger.faults if name == field]
        return np.asarray(np.isin(self.rows["origin"], np.array(bad, dtype=np.int64)), dtype=np.bool_)

    def blank(self, field: str) -> Mask:
        """Say which rows leave a column of their sheet blank; a deadline in words (立行立改) is not blank."""
        if field not in self.rows:
            return np.zeros(len(self), dtype=np.bool_)
        return self.has(field) & ~self.filled(field) & ~self.faulty(field)

    def continued(self, field: str) -> Mask:
        """Say which rows have the cell of the row above: merged downwards, it is one thing over several lines."""
        told = np.zeros(len(self), dtype=np.bool_)
        for margins in self.ledger.margins:
            rows = margins.continued.get(field)
            if rows and margins.block.table == self.table:
                origins = [margins.block.first + i for i, number in enumerate(margins.block.rows) if number in rows]
                told |= np.isin(self.rows["origin"], np.array(origins, dtype=np.int64))
        return told

    def filled(self, field: str) -> Mask:
        """Say which rows have something in a column."""
        if field not in self.rows:
            return np.zeros(len(self), dtype=np.bool_)
        values = self.rows[field]
        if values.dtype.kind == "M":
            told = f"{field}原文"
            there: Mask = ~np.isnat(values)
            return there | self.filled(told) if told in self.rows else there
        cells = self.rows.coded(field)
        return cells.mapped([text is not None and text not in BLANK for text in cells.texts], np.bool_)

    def sheets(self, rows: Ints | None = None) -> Iterator[Ints]:
        """Yield the positions of the rows (or of some, ascending) that stand on one sheet, sheet by sheet."""
        some = np.arange(len(self)) if rows is None else rows
        if len(some):
            blocks = self.faults.blocks_of(self.rows["origin"][some])
            yield from np.split(some, np.flatnonzero(np.diff(blocks)) + 1)

    def label(self, at: int, field: str) -> str:
        """Return what the row's sheet calls the column `field`."""
        return self.ledger.origins.block(int(self.rows["origin"][at])).labels.get(field, field).replace("\n", "")

    def tell(self, code: str, where: Mask | Ints, field: str, **facts: Any) -> None:
        """Report `code` at the cell of `field` in each row; a fact that is a function is asked for the row.

        A cell that is merged downwards over several rows is told once, at the first of them that is meant.
        """
        rows: Ints = np.flatnonzero(where) if where.dtype == np.bool_ else where.astype(np.int64)
        for at in self._first_of_merged(rows, field).tolist():
            make = partial(self._made, code, at, field, facts)
            self.faults.add_made(code, int(self.rows["origin"][at]), field, make)

    def _first_of_merged(self, rows: Ints, field: str) -> Ints:
        """Leave out rows that share the merged cell of the row above, where that row is meant as well."""
        if len(rows) < 2:
            return rows
        return rows[~(self.continued(field)[rows] & np.isin(rows - 1, rows))]

    def _made(self, code: str, at: int, field: str, facts: Mapping[str, Any], place: Place) -> Problem:
        found = {name: fact(at) if callable(fact) else fact for name, fact in facts.items()}
        return problem(code, place, excerpt=self.excerpt(at, field), **found)

    def labels(self, field: str) -> Callable[[int], str]:
        """Return the fact “what the row's sheet calls the column”."""
        return lambda at: self.label(at, field)

    def values(self, field: str) -> Callable[[int], str]:
        """Return the fact “what the row has there”."""
        return lambda at: self.value(at, field)

    def excerpt(self, at: int, field: str) -> tuple[str, ...]:
        """Return what may be shown of a row: its number, the unit, the cell."""
        number = str(self.ledger.origins.locate(int(self.rows["origin"][at])).row)
        shown = dict.fromkeys(name for name in ("单位原文", field) if name in self.rows)
        return (number, *(show(self.value(at, name)) for name in shown))

    def value(self, at: int, field: str) -> str:
        """Return a cell as text: a day as 2012-05-20, a deadline in words as written, "" for a blank."""
        if field not in self.rows:
            return ""
        value = self.rows[field][at]
        if isinstance(value, np.datetime64):
            return self.value(at, f"{field}原文") if np.isnat(value) else str(value.astype("datetime64[D]"))
        return "" if value is None else str(value)

    def numbers(self, where: Ints) -> Verbatim:
        """Write the row numbers of some rows of one sheet shortly: `3–5、9`; of thousands only as many as are shown."""
        origins = self.rows["origin"][where]
        block = self.ledger.origins.block(int(origins[0]))
        found = np.asarray(block.rows, dtype=np.int64)[origins - block.first]
        breaks = np.flatnonzero(np.diff(found) != 1)
        shown = found if len(breaks) < LISTED else found[: breaks[LISTED - 1] + 1]
        text = runs(shown.tolist())
        return Verbatim(text if len(text) <= LISTED else text[:LISTED].rpartition("、")[0] + "等")

    def place(self, at: int, field: str) -> Verbatim:
        """Return the cell of another row, as messages name it."""
        return Verbatim(str(self.faults.where(int(self.rows["origin"][at]), field)))
