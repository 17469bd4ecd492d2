"""Many returns → one ledger a table (`zyw merge`): what stands twice stands once, what disagrees is listed.

A row is *the same* as an earlier one when both tell of one case (`zyw.exchange.cases`), or say the same in all columns,
and one of them says nothing that the other does not say too: the fuller one stays. That is done between files (and
between a visible sheet and a hidden one) only; within a file two equal rows may be two events. Rows of one case that
say different things all stay, and every differing cell is listed with its places.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from zyw.asread import AsRead
from zyw.columns import TABLES
from zyw.exchange.cases import case_numbers, case_text, unit_text
from zyw.exchange.cellvalue import UNFIT, YEAR
from zyw.exchange.repeats import by_pile, equal, piles
from zyw.exchange.stack import Heading, Stack
from zyw.ledger import Ledger
from zyw.naming.roster import Roster
from zyw.problems import Place, Problem, Verbatim, problem
from zyw.rowset import Ints, Mask
from zyw.sheets import column_index, letter

LISTED: Final = 200
"""So many duplicates and conflicts of a table are told one by one; the workbook lists all."""


CROWD: Final = 100
"""So many rows one case may have; a number that stands on more rows is none."""


@dataclass(frozen=True, slots=True)
class Duplicate:
    """A row (by its place in the stack) that was left out because `kept` says all of it."""

    kept: int
    dropped: int


@dataclass(frozen=True, slots=True)
class Conflict:
    """Rows of one case that say different things in `heading`."""

    rows: tuple[int, ...]
    heading: Heading


@dataclass(frozen=True, slots=True)
class MergedTable:
    """One table of the merged ledger: the rows of `stack` at `kept`."""

    stack: Stack
    kept: Ints
    duplicates: tuple[Duplicate, ...]
    conflicts: tuple[Conflict, ...]
    crowded: tuple[int, ...] = ()
    """The first rows of cases that have more than `CROWD` rows: no case has, so they were not compared."""

    @property
    def name(self) -> str:
        """The table's name."""
        return self.stack.table.name


@dataclass(frozen=True, slots=True)
class Sent:
    """What one unit sent: its files, those of one table more than once, and its rows a table."""

    unit: str
    files: tuple[str, ...]
    again: tuple[tuple[str, ...], ...]
    rows: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Merged:
    """The merged ledger. `sent` has every unit of the roster, then the others; who is `missing` sent nothing."""

    tables: tuple[MergedTable, ...]
    sent: tuple[Sent, ...]
    has_roster: bool

    @property
    def missing(self) -> tuple[str, ...]:
        """The units of the roster that sent nothing."""
        return tuple(each.unit for each in self.sent if not each.files) if self.has_roster else ()


def merge(ledger: Ledger) -> tuple[Merged, tuple[Problem, ...]]:
    """Merge all tables that were read, 名册 and 测评 apart."""
    problems: list[Problem] = []
    tables = []
    for name in (each.name for each in TABLES):
        parts = [part for part in ledger.as_read if part.block.table == name]
        if parts:
            merged = _merge_table(Stack(name, parts))
            tables.append(merged)
            problems += [*_doubts(merged), *changes(merged.stack)]
    sent = _sent(ledger)
    merged_all = Merged(tuple(tables), sent, ledger.has_roster)
    return merged_all, (*problems, *_about_sending(merged_all))


def _merge_table(stack: Stack) -> MergedTable:
    keep = np.full(len(stack), True)
    pile_of = piles(stack)
    duplicates: list[Duplicate] = []
    conflicts: list[Conflict] = []
    matrix = {heading: stack.filled(heading).meanings for heading in stack.headings}
    for rows in equal(stack.same_rows(), np.full(len(stack), True)):
        duplicates += _without_repeats(rows, pile_of, keep)
    cases, known = case_numbers(stack, aspect=True)
    crowded = []
    for rows in equal(cases, known & keep):
        if len(rows) > CROWD:
            crowded.append(rows[0])
            continue
        left = list(rows)
        for found in _absorbed(rows, pile_of, matrix):
            keep[found.dropped] = False
            left.remove(found.dropped)
            duplicates.append(found)
        conflicts += _conflicts(left, matrix)
    in_order = tuple(sorted(duplicates, key=_order))
    return MergedTable(stack, np.flatnonzero(keep), in_order, tuple(conflicts), tuple(crowded))


def _order(each: Duplicate) -> tuple[int, int]:
    return each.dropped, each.kept


def _without_repeats(rows: Sequence[int], pile_of: Sequence[int], keep: Mask) -> Iterator[Duplicate]:
    """Leave the rows of one pile, the one that has most of them: two equal events of a file are still two."""
    found, stays = by_pile(rows, pile_of)
    for pile, members in found.items():
        for at, row in enumerate(members if pile != stays else ()):
            keep[row] = False
            yield Duplicate(found[stays][at], row)


def _absorbed(rows: Sequence[int], pile_of: Sequence[int], matrix: dict[Heading, Ints]) -> Iterator[Duplicate]:
    """Find rows of a case that say nothing which a row of another pile does not say too."""
    says = {row: {h.name: int(m[row]) for h, m in matrix.items() if m[row]} for row in rows}
    by_fullness = sorted(rows, key=lambda row: (-len(says[row]), row))
    stay: list[int] = []
    for row in by_fullness:
        fuller = next((s for s in stay if pile_of[s] != pile_of[row] and says[row].items() <= says[s].items()), None)
        if fuller is None:
            stay.append(row)
        else:
            yield Duplicate(fuller, row)


def _conflicts(rows: Sequence[int], matrix: dict[Heading, Ints]) -> Iterator[Conflict]:
    """List the columns in which rows of one case contradict each other; else those in which one says more."""
    told = {heading: [row for row in rows if meanings[row]] for heading, meanings in matrix.items()}
    against = [h for h, saying in told.items() if len({int(matrix[h][row]) for row in saying}) > 1]
    for heading in against:
        yield Conflict(tuple(told[heading]), heading)
    for heading, saying in told.items() if not against else ():
        if 0 < len(saying) < len(rows):
            yield Conflict(tuple(rows), heading)


def _doubts(merged: MergedTable) -> Iterator[Problem]:
    stack = merged.stack
    for each in merged.duplicates[:LISTED]:
        there = Verbatim(str(stack.place(each.kept, stack.headings[0])))
        yield problem("X001", stack.place(each.dropped, stack.headings[0]), 那里=there)
    for found in merged.conflicts[:LISTED]:
        first, second = found.rows[0], _differing(found, stack)
        yield problem(
            "X002",
            stack.place(second, found.heading),
            名称=case_text(stack, second),
            列=found.heading.label,
            那里=Verbatim(str(stack.place(first, found.heading))),
        )
    for row in merged.crowded:
        yield problem("X013", stack.place(row, stack.headings[0]), 名称=case_text(stack, row), 个数=CROWD)
    more = max(0, len(merged.duplicates) - LISTED) + max(0, len(merged.conflicts) - LISTED)
    if more:
        yield problem("X003", None, 表=merged.name, 个数=more)


def _differing(found: Conflict, stack: Stack) -> int:
    meanings = stack.filled(found.heading).meanings
    return next(row for row in found.rows if meanings[row] != meanings[found.rows[0]])


def changes(stack: Stack) -> Iterator[Problem]:
    """Tell where a cell is not passed on as it stood: once a column and kind of change, and a column without label."""
    for part in stack.parts:
        if unnamed := _unnamed(part):
            yield problem("X010", part.place(0), 列="、".join(unnamed))
    for heading in stack.headings:
        for kind, count, first in stack.filled(heading).changes:
            code = "X004" if kind == YEAR else "X006" if kind == UNFIT else "X005"
            yield problem(code, stack.place(first, heading), 列=heading.label, 个数=count)


def _unnamed(part: AsRead) -> list[str]:
    """Return the letters of columns that have cells and no label; the first labelled column tells where A is."""
    if not part.columns or not part.rows:
        return []
    left = column_index(part.columns[0].letter) - part.columns[0].index
    named = {column.index for column in part.columns}
    others = [j for j in range(max(map(len, part.rows))) if j not in named]
    return [letter(left + j) for j in others if any(j < len(row) and row[j] != "" for row in part.rows)]


def _sent(ledger: Ledger) -> tuple[Sent, ...]:
    """Gather who sent what; a file is a unit's return when all its rows are, or its 填报单位 line says so."""
    roster = Roster(ledger.units) if ledger.has_roster else None
    files: dict[str, dict[str, list[AsRead]]] = defaultdict(dict)
    rows: dict[str, dict[str, int]] = defaultdict(dict)
    for part in ledger.as_read:
        written = roster.match(part.filled_by).unit if roster else part.filled_by
        here = part.found_units() or ({written: 0} if written else {})
        for unit, count in here.items():
            if unit:
                files[unit].setdefault(part.block.file, []).append(part)
                rows[unit][part.block.table] = rows[unit].get(part.block.table, 0) + count
    alone = _of_one_unit(files)
    names = dict.fromkeys([*(u.name for u in ledger.units if roster), *sorted(files, key=_pinyin)])
    return tuple(
        Sent(unit, tuple(files[unit]), _again(files[unit], alone), tuple(rows[unit].items())) for unit in names
    )


def _pinyin(name: str) -> bytes:
    return name.encode("gb18030", "replace")


def _of_one_unit(files: dict[str, dict[str, list[AsRead]]]) -> set[str]:
    """Return the files that hold the rows of one unit only."""
    units: dict[str, set[str]] = defaultdict(set)
    for unit, its in files.items():
        for file in its:
            units[file].add(unit)
    return {file for file, found in units.items() if len(found) == 1}


def _again(files: dict[str, list[AsRead]], alone: set[str]) -> tuple[tuple[str, ...], ...]:
    """Return the returns of one unit that hold the same table: each group of files that are one too many."""
    by_table: dict[str, list[str]] = defaultdict(list)
    for file, parts in files.items():
        for name in dict.fromkeys(part.block.table for part in parts) if file in alone else ():
            by_table[name].append(file)
    return tuple(dict.fromkeys(tuple(found) for found in by_table.values() if len(found) > 1))


def _about_sending(merged: Merged) -> Iterator[Problem]:
    if merged.missing:
        yield problem("X007", None, 个数=len(merged.missing), 单位=Verbatim("、".join(merged.missing)))
    for each in merged.sent:
        for files in each.again:
            yield problem("X008", Place(files[1]), 单位=each.unit, 文件=Verbatim("、".join(files)))


__all__ = ["Conflict", "Duplicate", "Merged", "MergedTable", "Sent", "changes", "merge", "unit_text"]
