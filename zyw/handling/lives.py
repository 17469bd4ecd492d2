"""The rows of one table with where they stand on the day: what issues and tasks have in common."""

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from zyw.cells import key
from zyw.handling.closing import Gaps, find_gaps
from zyw.handling.due import DueReader, Dues, after_reopening, by_limits, stated
from zyw.handling.extending import extend
from zyw.handling.recurring import former
from zyw.lifecycle import StateWords, days, stages
from zyw.rowfaults import Faults
from zyw.rowset import Coded, Ints, Mask, RowSet
from zyw.rules.handling import Handling
from zyw.ruling.facts import Facts, Words
from zyw.ruling.issues import issue_words, state_words
from zyw.ruling.sanctioned import official, renamed

if TYPE_CHECKING:
    from zyw.ledger import Ledger
    from zyw.scheme import Scheme

ISSUES = "问题台账"
NO_ONE = np.empty(0, dtype=np.int64)


@dataclass(frozen=True)
class Lives:
    """Rows of `table`, each matter once; masks and numbers go with the rows.

    `past`: days past the deadline, 0 where there is none. `former`: the place of the issue that a row repeats, −1 none.
    """

    table: str
    rows: RowSet
    facts: Facts
    dues: Dues
    past: Ints
    done: Mask
    closed: Mask
    reopened: Mask
    extended: Mask
    former: Ints
    gaps: Gaps = field(default_factory=lambda: Gaps((), ()))
    left_out: int = 0

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def lacking(self) -> Mask:
        """Which rows do not meet a condition of closing."""
        return self.gaps.any(len(self))

    @property
    def overdue(self) -> Mask:
        """Which rows are not done and past their deadline."""
        return np.asarray(~self.done & (self.past > 0) & ~np.isnat(self.dues.due), dtype=np.bool_)

    def due_soon(self, days: int) -> Mask:
        """Which rows are not done and have at most so many days left."""
        near = (self.past <= 0) & (self.past >= -days)
        return np.asarray(~self.done & near & ~np.isnat(self.dues.due), dtype=np.bool_)


def usable(ledger: "Ledger", table: str, needed: tuple[str, ...]) -> tuple[RowSet | None, int]:
    """Return the rows of a table, each matter once, and how many could not be used: unread cells, unknown units."""
    rows = ledger.rows.get(table)
    if rows is None or not len(rows):
        return None, 0
    bad = [origin for origin, name in ledger.faults if name in needed]
    kept = ~np.isin(rows["origin"], np.array(bad, dtype=np.int64))
    if "单位" in rows:
        kept &= rows["单位"] != ""
    found = rows.take(kept).once()
    return found, len(np.unique(rows["origin"])) - len(found)


_DATES = ("单位", "发现日", "期限", "完成日", "销号日", "延期至", "重开日")


def issue_lives(
    ledger: "Ledger", scheme: "Scheme | None", as_of: date, reader: DueReader, faults: Faults
) -> Lives | None:
    """Return where the issues stand on `as_of`; None without any."""
    rows, left_out = usable(ledger, ISSUES, _DATES)
    if rows is None:
        return None
    on = np.datetime64(as_of, "D")
    rows = rows.take(~(days(rows, "发现日") > on))
    handling, words = reader.handling, state_words(reader.handling)
    facts = Facts(rows, _derived(ledger, scheme, rows, as_of, words))
    _tell_states(rows, handling, faults)
    reopened = stages(rows, as_of, words).reopened
    dues = after_reopening(by_limits(stated(rows, reader), rows, facts, reader), rows, reopened, reader)
    moved = extend(dues, rows, reader, on, faults)
    stage = stages(rows, as_of, words, moved.dues.due)
    gaps = find_gaps(handling.closing, rows, facts, stage.done, faults, sanctions="追责台账" in ledger.given)
    again = handling.recurrence
    repeated = former(rows, facts, stage.done, again) if again else np.full(len(rows), -1, dtype=np.int64)
    return Lives(
        ISSUES, rows, facts, moved.dues, reader.past(moved.dues.due, on), stage.done, stage.closed, reopened,
        moved.counted, repeated, gaps, left_out,
    )  # fmt: skip


def _derived(
    ledger: "Ledger", scheme: "Scheme | None", rows: RowSet, as_of: date, words: StateWords
) -> dict[str, Words]:
    kinds = {unit.name: unit.kind for unit in ledger.units}
    derived = issue_words(ledger, rows, as_of, words)
    if "单位" in rows:
        derived["学段"] = lambda: renamed_exactly(rows.coded("单位"), kinds)
    for name in ("类别", "来源"):
        known = official(scheme, name) if scheme else {}
        if name in rows and known:
            derived[name] = _renamed(rows, name, known)
    return derived


def _renamed(rows: RowSet, name: str, known: dict[str, str]) -> Words:
    return lambda: renamed(rows.coded(name), known)


def renamed_exactly(cells: Coded, names: dict[str, str]) -> Coded:
    """Return a column with each word replaced by what `names` has for it, "" where it has nothing."""
    return Coded(cells.codes, [names.get(text, "") for text in cells.texts])


def _tell_states(rows: RowSet, handling: Handling, faults: Faults) -> None:
    """Tell 状态 texts that the scheme does not name (D007), each once a sheet's first row."""
    if not handling.states or "状态" not in rows:
        return
    known = {key(word) for each in handling.states for word in (each.name, *each.words)}
    cells = rows.coded("状态")
    names = tuple(each.name for each in handling.states)
    for code, text in enumerate(cells.texts):
        if text and key(text) not in known:
            at = np.flatnonzero(cells.codes == code)
            facts = {"值": text, "行数": len(at), "可用": names}
            faults.add("D007", int(rows["origin"][at[0]]), "状态", **facts)
