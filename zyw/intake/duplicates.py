"""Rows that stand twice: shared by two files, or by a sheet and a hidden one, they count once (design §4).

Twice among the visible sheets of one file they may be two events: both count, and a 警告 names them.
"""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Final, NamedTuple

from zyw.origins import Block
from zyw.problems import Place, Problem, Verbatim, problem

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

SHOWN: Final = 10
"""So many repeated rows of a sheet are named."""


class Rows(NamedTuple):
    """The rows of a sheet: `numbers` has one a row, equal for equal content (序号 and dropped columns left out)."""

    block: Block
    numbers: "npt.NDArray[np.uint64]"
    hidden: bool = False


def shared_rows(sheets: Sequence[Rows]) -> tuple[frozenset[int], tuple[Problem, ...]]:
    """Return the origins of rows that stand elsewhere already, and a 警告 for each that names both places.

    Elsewhere is an earlier file, or a visible sheet of the same file where the row's own is hidden: a hidden sheet is
    mostly a copy. Rows repeated in one place are kept and told once a sheet.
    """
    import numpy as np

    sheets = sorted(sheets, key=lambda each: each.hidden)
    if not sheets:
        return frozenset(), ()
    counts = [len(each.numbers) for each in sheets]
    sheet_of = np.repeat(np.arange(len(sheets)), counts)
    row_of = np.concatenate([np.arange(n) for n in counts])
    piles = {key: i for i, key in enumerate(dict.fromkeys((each.block.file, each.hidden) for each in sheets))}
    pile_of = np.array([piles[each.block.file, each.hidden] for each in sheets])[sheet_of]
    _, first, which = np.unique(np.concatenate([n.numbers for n in sheets]), return_index=True, return_inverse=True)
    earlier = first[which]
    problems, dropped = [], set()
    for i in np.flatnonzero(pile_of != pile_of[earlier]).tolist():
        block, other = sheets[sheet_of[i]].block, sheets[sheet_of[earlier[i]]].block
        row = int(row_of[i])
        dropped.add(block.first + row)
        there = Verbatim(str(_first_cell(other, int(row_of[earlier[i]]))))
        problems.append(problem("L013", _first_cell(block, row), other=there))
    again = np.flatnonzero((pile_of == pile_of[earlier]) & (earlier != np.arange(len(earlier)))).tolist()
    repeated = [(sheets[sheet_of[i]].block, int(row_of[i])) for i in again]
    return frozenset(dropped), (*problems, *_repeated(repeated))


def _repeated(rows: Sequence[tuple[Block, int]]) -> Iterator[Problem]:
    """Yield a problem a sheet with repeated rows; `rows` are in the order of the sheets."""
    for first, group in groupby(rows, key=lambda each: each[0].first):
        del first
        found = list(group)
        block = found[0][0]
        named = "、".join(str(block.rows[row]) for _, row in found[:SHOWN]) + ("等" if len(found) > SHOWN else "")
        yield problem("L015", _first_cell(*found[0]), rows=Verbatim(named), count=len(found))


def _first_cell(block: Block, row: int) -> Place:
    """Return the first cell of a row that means something; the row itself where no column was recognised."""
    letters = sorted(block.columns.values(), key=lambda letter: (len(letter), letter))
    return Place(block.file, block.sheet, f"{letters[0] if letters else ''}{block.rows[row]}")
