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
    import pandas as pd

    if not sheets:
        return frozenset(), ()
    rows = pd.DataFrame(
        {
            "hash": np.concatenate([numbers for _, numbers in sheets]),
            "sheet": np.repeat(np.arange(len(sheets)), [len(block.rows) for block, _ in sheets]),
            "row": np.concatenate([np.arange(len(block.rows)) for block, _ in sheets]),
        }
    )
    files = {name: i for i, name in enumerate(dict.fromkeys(block.file for block, _ in sheets))}
    rows["file"] = np.array([files[block.file] for block, _ in sheets])[rows["sheet"]]
    first = rows.groupby("hash", sort=False)[["sheet", "row", "file"]].transform("first")
    again = rows[rows["file"] != first["file"]]
    pairs = again[["sheet", "row"]].join(first[["sheet", "row"]], rsuffix="_first")
    problems, dropped = [], set()
    for sheet, row, earlier, row_first in pairs.to_numpy().tolist():
        block, other = sheets[sheet][0], sheets[earlier][0]
        dropped.add(block.first + row)
        there = f"{other.file} ▸ {other.sheet} 第{other.rows[row_first]}行"
        problems.append(problem("L013", Place(block.file, block.sheet, str(block.rows[row])), other=Verbatim(there)))
    return frozenset(dropped), tuple(problems)
