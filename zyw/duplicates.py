"""Rows that two files share: the same row, equal in all its columns, counts once (design §4)."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from zyw.origins import Block
from zyw.problems import Place, Problem, Verbatim, problem

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt


def shared_rows(sheets: Sequence[tuple[Block, "npt.NDArray[np.uint64]"]]) -> tuple[frozenset[int], tuple[Problem, ...]]:
    """Return the origins of rows that an earlier file has already, and a 警告 for each that names both places.

    `sheets` pairs a block with one number a row, equal for equal content;
    序号 is no part of it, nor is a dropped column.
    Rows equal within one file are left alone: they may be two events.
    """
    import numpy as np

    if not sheets:
        return frozenset(), ()
    counts = [len(block.rows) for block, _ in sheets]
    sheet_of = np.repeat(np.arange(len(sheets)), counts)
    row_of = np.concatenate([np.arange(n) for n in counts])
    files = {name: i for i, name in enumerate(dict.fromkeys(block.file for block, _ in sheets))}
    file_of = np.array([files[block.file] for block, _ in sheets])[sheet_of]
    _, first, which = np.unique(np.concatenate([n for _, n in sheets]), return_index=True, return_inverse=True)
    earlier = first[which]
    problems, dropped = [], set()
    for i in np.flatnonzero(file_of != file_of[earlier]).tolist():
        block, other = sheets[sheet_of[i]][0], sheets[sheet_of[earlier[i]]][0]
        row = int(row_of[i])
        dropped.add(block.first + row)
        there = Verbatim(str(_first_cell(other, int(row_of[earlier[i]]))))
        problems.append(problem("L013", _first_cell(block, row), other=there))
    return frozenset(dropped), tuple(problems)


def _first_cell(block: Block, row: int) -> Place:
    """Return the first cell of a row that means something; the row itself where no column was recognised."""
    letters = sorted(block.columns.values(), key=lambda letter: (len(letter), letter))
    return Place(block.file, block.sheet, f"{letters[0] if letters else ''}{block.rows[row]}")
