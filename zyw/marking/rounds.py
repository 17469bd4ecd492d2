"""What was mended since the last round: the findings that a workbook brought back, beside those it has now.

A finding is the same when it has the same code at the same row and column; rows may have moved, for the row of an old
finding is where its remark in the error column stands now. Where the sender sorted the table or took the remarks away,
it is the same when code, column and message are.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from zyw.marking.cellgrid import place_of
from zyw.marking.resultsheet import MENDED, NEW, STILL, Line
from zyw.problems import Severity


@dataclass(frozen=True, slots=True)
class Finding:
    """One problem of a workbook: `sheet` by its true name ("" for the whole file), `cell` a cell, a row or ""."""

    code: str
    severity: Severity
    sheet: str
    cell: str
    label: str
    message: str
    hint: str

    @property
    def row(self) -> int:
        """The row it stands in, 0 for none."""
        return row_of(self.cell)


def row_of(cell: str) -> int:
    """Return the row of a cell or a row, 0 for none.

    >>> row_of("C7"), row_of("7"), row_of("")
    (7, 7, 0)
    """
    place = place_of(cell)
    return place[0] if place else int(cell) if cell.isdecimal() else 0


@dataclass(frozen=True, slots=True)
class Earlier:
    """One finding of the round before; `row` is where it stands now (0: nowhere any more, or in no row)."""

    line: Line
    row: int


@dataclass(frozen=True, slots=True)
class Compared:
    """The states of the findings, one each, and the old ones that are no more; no states in a first round."""

    states: tuple[str, ...] = ()
    mended: tuple[Line, ...] = ()

    @property
    def still(self) -> int:
        """How many findings were there already."""
        return self.states.count(STILL)

    @property
    def new(self) -> int:
        """How many were not."""
        return self.states.count(NEW)


Key: TypeAlias = tuple[str | int, ...]


def compare(findings: Sequence[Finding], earlier: Sequence[Earlier] | None) -> Compared:
    """Tell which findings are 新增 and which 仍在, and which old ones are 已改; None: there was no round before."""
    if earlier is None:
        return Compared(tuple("" for _ in findings))
    states = [NEW] * len(findings)
    left = list(earlier)
    left = _matched(findings, states, left, _placed, _placed_before)
    left = _matched(findings, states, left, _worded, _worded_before)
    return Compared(tuple(states), tuple(replace(old.line, state=MENDED, number=0) for old in left))


def _placed(finding: Finding) -> Key:
    return finding.code, finding.sheet, finding.row, finding.label


def _placed_before(old: Earlier) -> Key:
    return old.line.code, old.line.sheet, old.row, old.line.label


def _worded(finding: Finding) -> Key:
    return finding.code, finding.sheet, finding.label, finding.message


def _worded_before(old: Earlier) -> Key:
    return old.line.code, old.line.sheet, old.line.label, old.line.message


def _matched(
    findings: Sequence[Finding],
    states: list[str],
    earlier: Sequence[Earlier],
    now: Callable[[Finding], Key],
    before: Callable[[Earlier], Key],
) -> list[Earlier]:
    """Mark as 仍在 every finding that an old one equals, each old one once; return the old ones left."""
    waiting = Counter(before(old) for old in earlier)
    taken = Counter[Key]()
    for i, finding in enumerate(findings):
        key = now(finding)
        if states[i] == NEW and taken[key] < waiting[key]:
            states[i] = STILL
            taken[key] += 1
    left = []
    for old in earlier:
        if taken[before(old)]:
            taken[before(old)] -= 1
        else:
            left.append(old)
    return left
