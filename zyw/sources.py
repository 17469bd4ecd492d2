"""Where journal rows stand, as text: file, sheet, row and cells for a whole column of origins at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

import numpy as np

from zyw.origins import Origins

if TYPE_CHECKING:
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Sources:
    """Four columns, a row a journal entry; an entry with several origins joins them with ；in their order.

    `rows` holds a whole number for one origin, text (`5；9`) for several and "" for none.
    """

    files: "NDArray[np.object_]"
    sheets: "NDArray[np.object_]"
    rows: "NDArray[np.object_]"
    cells: "NDArray[np.object_]"


def locate_rows(origins: Origins, entries: Sequence[Sequence[int]], fields: Sequence[tuple[str, ...]]) -> Sources:
    """Return where each entry's origins stand; `fields[i]` are the fields whose cells bear entry `i`."""
    counts = np.fromiter(map(len, entries), dtype=np.int64, count=len(entries))
    flat = np.fromiter(chain.from_iterable(entries), dtype=np.int64, count=int(counts.sum()))
    blocks = np.searchsorted([block.first for block in origins.blocks], flat, side="right") - 1
    rows = _row_numbers(origins, flat, blocks)
    bearing = np.repeat(np.arange(len(entries)), counts)
    single = [
        _take([block.file for block in origins.blocks], blocks),
        _take([block.sheet for block in origins.blocks], blocks),
        rows.astype(object),
        _cells(origins, blocks.tolist(), rows.tolist(), [fields[i] for i in bearing.tolist()]),
    ]
    if (counts == 1).all():
        return Sources(*single)
    starts = np.cumsum(counts) - counts
    return Sources(*(_gather(part, starts, counts, merge) for part, merge in zip(single, _MERGES, strict=True)))


_MERGES = (True, True, False, False)
"""File and sheet are named once when all origins of an entry share them."""


def _row_numbers(origins: Origins, flat: "NDArray[np.int64]", blocks: "NDArray[np.int64]") -> "NDArray[np.int64]":
    if not len(flat):
        return flat
    sizes = np.array([len(block.rows) for block in origins.blocks], dtype=np.int64)
    numbers = np.concatenate([np.asarray(block.rows, dtype=np.int64) for block in origins.blocks])
    firsts = np.array([block.first for block in origins.blocks], dtype=np.int64)
    found: NDArray[np.int64] = numbers[(np.cumsum(sizes) - sizes)[blocks] + flat - firsts[blocks]]
    return found


def _take(names: Sequence[str], blocks: "NDArray[np.int64]") -> "NDArray[np.object_]":
    pool = np.empty(len(names), dtype=object)
    pool[:] = names
    return pool[blocks]


def _cells(
    origins: Origins, blocks: Sequence[int], rows: Sequence[int], fields: Sequence[tuple[str, ...]]
) -> "NDArray[np.object_]":
    """Return `F5、G5` for each origin; the letters of (block, fields) are looked up once."""
    letters: dict[tuple[int, tuple[str, ...]], str] = {}
    found = np.empty(len(rows), dtype=object)
    for i, key in enumerate(zip(blocks, fields, strict=True)):
        if key not in letters:
            columns = origins.blocks[key[0]].columns
            letters[key] = "、".join(f"{columns[name]}#" for name in key[1] if name in columns)
        found[i] = letters[key].replace("#", str(rows[i]))
    return found


def _gather(
    part: "NDArray[np.object_]", starts: "NDArray[np.int64]", counts: "NDArray[np.int64]", merge: bool
) -> "NDArray[np.object_]":
    gathered = np.empty(len(counts), dtype=object)
    gathered[:] = ""
    one = counts == 1
    gathered[one] = part[starts[one]]
    for i in np.flatnonzero(counts > 1).tolist():
        texts = [str(text) for text in part[starts[i] : starts[i] + counts[i]]]
        gathered[i] = texts[0] if merge and len(set(texts)) == 1 else "；".join(texts)
    return gathered
