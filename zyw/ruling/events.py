"""What happened, ready for rules: one row a case or a row of a table, with its facts, whatever table it comes from."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from zyw.rowset import Ints, Mask, RowSet
from zyw.ruling.facts import Facts

COLUMNS: Final = ("unit_at", "name_at", "person_at", "day", "origins")


@dataclass(frozen=True, slots=True)
class Events:
    """Happenings of one table: `rows` has `COLUMNS` (day NaT: none), `facts` any field, row by row the same.

    `since[i]` is the first rule (its place in the scheme) that sees row i: 0, but for events of a higher tier.
    `written` numbers the row of the ledger behind each where one that names several people or units stands several
    times (None: each stands once); who counts rows counts those.
    """

    table: str
    rows: RowSet
    facts: Facts
    since: Ints
    written: Ints | None = None

    def __len__(self) -> int:
        return len(self.rows)


def ends_of(starts: Ints, size: int) -> Ints:
    """Return where each group ends that begins at `starts`, the last at `size`."""
    return np.append(starts[1:], size)[: len(starts)].astype(np.int64)


@dataclass(frozen=True, slots=True)
class Counted:
    """Events counted once each, as a rule says: `rows` has `COLUMNS`.

    `members` are positions in the events of the table, group by group, `starts` where each group begins; a unit that
    has no row is a group without members. `first` is the event that dates each (-1: none).
    """

    rows: RowSet
    members: Ints
    starts: Ints

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def sizes(self) -> Ints:
        """How many rows make up each."""
        return ends_of(self.starts, len(self.members)) - self.starts

    @property
    def first(self) -> Ints:
        """The first member of each, 0 for one without members (never to be used then)."""
        padded = np.append(self.members, 0)
        return np.asarray(padded[np.minimum(self.starts, len(self.members))], dtype=np.int64)

    def take(self, where: Mask) -> "Counted":
        """Return some of them."""
        at = np.flatnonzero(where)
        sizes = self.sizes[at]
        starts = np.cumsum(sizes) - sizes
        within = np.arange(int(sizes.sum())) - np.repeat(starts, sizes)
        return Counted(self.rows.take(at), self.members[np.repeat(self.starts[at], sizes) + within], starts)
