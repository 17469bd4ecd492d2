"""Where journal rows stand, as text: file, sheet, row and cells for a whole column of origins at once."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain, groupby
from typing import TYPE_CHECKING

import numpy as np

from zyw.origins import Origins

if TYPE_CHECKING:
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Sources:
    """Four columns, a row a journal entry; of several origins those on one sheet are joined with 、, sheets with ；.

    `rows` holds a whole number for one origin, text (`5、9；4`) for several and "" for none.
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
    return _joined(Sources(*single), counts)


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


def _joined(single: Sources, counts: "NDArray[np.int64]") -> Sources:
    """Return one row an entry from one row an origin, `counts[i]` of them for entry `i`."""
    starts, one = np.cumsum(counts) - counts, counts == 1
    columns = []
    for part in (single.files, single.sheets, single.rows, single.cells):
        column = np.full(len(counts), "", dtype=object)
        column[one] = part[starts[one]]
        columns.append(column)
    for i in np.flatnonzero(counts > 1).tolist():
        span = slice(starts[i], starts[i] + counts[i])
        parts = zip(single.files[span], single.sheets[span], single.rows[span], single.cells[span], strict=True)
        for column, text in zip(columns, _by_sheet(parts), strict=True):
            column[i] = text
    return Sources(*columns)


def _by_sheet(parts: Iterable[tuple[str, str, int, str]]) -> tuple[str, str, str, str]:
    files, sheets, rows, cells = [], [], [], []
    for (file, sheet), group in groupby(parts, key=lambda part: part[:2]):
        members = list(group)
        files.append(file)
        sheets.append(sheet)
        rows.append("、".join(str(member[2]) for member in members))
        cells.append("、".join(member[3] for member in members))
    return "；".join(files), "；".join(sheets), "；".join(rows), "；".join(cells)
