"""Two ledgers side by side: pairs of rows, the cells in which they differ, which are closed.

`zyw reconcile` (对账) and `zyw diff` (上月与本月) both read this; they differ in what they call the findings.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, NamedTuple

import numpy as np

from zyw.asread import AsRead
from zyw.columns import TABLES
from zyw.exchange.pairing import Pairing, pair_rows
from zyw.exchange.stack import Heading, Stack
from zyw.ledger import Ledger
from zyw.lifecycle import says_closed, says_done, says_reopened
from zyw.naming.roster import Roster
from zyw.problems import Problem
from zyw.rowset import Days, Mask

ISSUES: Final = "问题台账"


class Difference(NamedTuple):
    """The pair (by its place in the pairing) whose cells of `heading` say different things."""

    pair: int
    heading: Heading


@dataclass(frozen=True, slots=True)
class Compared:
    """One table of both ledgers; `closed` says for each row of the stack whether its issue is closed (销号)."""

    pairing: Pairing
    differences: tuple[Difference, ...]
    closed: Mask
    columns_a: tuple[str, ...]
    """Columns that only side A has, by their labels; they were not compared."""
    columns_b: tuple[str, ...]
    both: bool = True
    """Whether either side keeps such a table at all."""

    @property
    def stack(self) -> Stack:
        """The rows of A, then those of B."""
        return self.pairing.stack

    @property
    def name(self) -> str:
        """The table's name."""
        return self.stack.table.name

    def rows_of(self, pair: int) -> tuple[int, int]:
        """Return the rows of a pair."""
        return int(self.pairing.a[pair]), int(self.pairing.b[pair])


def compare(one: Ledger, two: Ledger) -> tuple[tuple[Compared, ...], tuple[Problem, ...]]:
    """Compare two ledgers table by table; a roster that one of them has is used for both."""
    a, b = _with_official_units(one, two)
    tables: list[Compared] = []
    problems: list[Problem] = []
    for name in (each.name for each in TABLES):
        ours = [part for part in a if part.block.table == name]
        theirs = [part for part in b if part.block.table == name]
        if ours or theirs:
            stack = Stack(name, (*ours, *theirs))
            pairing, told = pair_rows(stack, sum(len(part.block.rows) for part in ours))
            problems += told
            tables.append(_compared(pairing, len(ours)))
    return tuple(tables), tuple(problems)


def narrowed(one: Ledger, two: Ledger) -> tuple[Ledger, Ledger, str]:
    """Leave, where one side holds the rows of a single unit, only that unit's rows of the other; and say which unit.

    A school's ledger is held against the county's: what the county has of other schools is no finding. "" where
    neither side is one unit's, or the other side has nothing of that unit.
    """
    a, b = _with_official_units(one, two)
    units_a, units_b = _units(a), _units(b)
    alone = units_a if len(units_a) == 1 else units_b if len(units_b) == 1 else set()
    if not alone & units_a & units_b or units_a == units_b:
        return one, two, ""
    (unit,) = alone
    return (
        replace(one, as_read=tuple(_rows_of(part, unit) for part in a)),
        replace(two, as_read=tuple(_rows_of(part, unit) for part in b)),
        unit,
    )


def _units(parts: Sequence[AsRead]) -> set[str]:
    return {name for part in parts for name in part.found_units()} - {""}


def _rows_of(part: AsRead, unit: str) -> AsRead:
    at = part.rows_of(unit).tolist()
    block = replace(part.block, rows=[part.block.rows[i] for i in at])
    return replace(part, block=block, rows=[part.rows[i] for i in at], units=part.units[at])


def _with_official_units(one: Ledger, two: Ledger) -> tuple[Sequence[AsRead], Sequence[AsRead]]:
    """Give both sides official names where only one of them came with a roster."""
    if one.has_roster == two.has_roster:
        return one.as_read, two.as_read
    roster = Roster((one if one.has_roster else two).units)
    return tuple(
        side.as_read if side.has_roster else tuple(_renamed(part, roster) for part in side.as_read)
        for side in (one, two)
    )  # type: ignore[return-value]  # two sides in, two sides out


def _renamed(part: AsRead, roster: Roster) -> AsRead:
    official = {text: roster.match(text).unit or text for text in dict.fromkeys(part.units.tolist())}
    units = np.empty(len(part.units), dtype=object)
    units[:] = [official[text] for text in part.units.tolist()]
    return replace(part, units=units)


def _compared(pairing: Pairing, parts_a: int) -> Compared:
    stack = pairing.stack
    sides = stack.part_of < parts_a
    only: tuple[list[str], list[str]] = ([], [])
    differences: list[Difference] = []
    for heading in stack.headings:
        having = stack.having(heading)
        in_a, in_b = bool(having[sides].any()), bool(having[~sides].any())
        if in_a != in_b and sides.any() and not sides.all():
            only[0 if in_a else 1].append(heading.label)
        if in_a and in_b and heading.name != stack.table.unit:
            differences += _differing(pairing, heading, having)
    differences.sort(key=lambda each: each.pair)
    kept_by_both = 0 < parts_a < len(stack.parts)
    return Compared(pairing, tuple(differences), _closed(stack), tuple(only[0]), tuple(only[1]), kept_by_both)


def _differing(pairing: Pairing, heading: Heading, having: Mask) -> Iterator[Difference]:
    meanings = pairing.stack.filled(heading).meanings
    a, b = pairing.a, pairing.b
    differ = (meanings[a] != meanings[b]) & having[a] & having[b]
    return (Difference(pair, heading) for pair in np.flatnonzero(differ).tolist())


def _closed(stack: Stack) -> Mask:
    """Say which issues are closed: a 销号日 stands, or 是否销号 or 状态 says so."""
    closed = np.zeros(len(stack), dtype=np.bool_)
    if stack.table.name != ISSUES:
        return closed
    tests = {"是否销号": says_done, "状态": says_closed}
    for name, test in tests.items():
        if (heading := stack.heading(name)) is not None:
            filled = stack.filled(heading)
            says = np.array([isinstance(text, str) and test(text) for text in filled.meant], dtype=np.bool_)
            closed |= says[filled.meanings]
    closed |= stack.meaning("销号日") != 0
    return closed & ~_reopened(stack)


def _reopened(stack: Stack) -> Mask:
    """Say which issues were opened again after they were closed: by 重开日, or 状态 says so."""
    again, ended = (_dates(stack, name) for name in ("重开日", "销号日"))
    reopened = ~np.isnat(again) & ~(ended > again)
    if (heading := stack.heading("状态")) is not None:
        filled = stack.filled(heading)
        says = np.array([isinstance(text, str) and says_reopened(text) for text in filled.meant], dtype=np.bool_)
        reopened |= says[filled.meanings]
    return np.asarray(reopened, dtype=np.bool_)


def _dates(stack: Stack, name: str) -> Days:
    heading = stack.heading(name)
    if heading is None:
        return np.full(len(stack), "NaT", dtype="datetime64[D]")
    filled = stack.filled(heading)
    each = [value if isinstance(value, date) else "NaT" for value in filled.meant]
    return np.array(each, dtype="datetime64[D]")[filled.meanings]
