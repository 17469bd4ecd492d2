"""序号 with gaps (K020) and repeats (K021), totals that the rows do not bear out (K022): what stands beside the rows.

序号 may begin again at 1 (a school after a school); each run is looked at by itself, in whatever order its rows stand.
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import Final

import numpy as np

from zyw.cells import clean
from zyw.intake.body import runs
from zyw.intake.margins import Margins
from zyw.problems import Place, Problem, Verbatim, problem
from zyw.sheets import Cell

SHOWN: Final = 40
"""So many characters of missing numbers are shown."""
FEWEST: Final = 3
MOST: Final = 1_000_000
"""Numbers from here on are no 序号."""


def check_sums(margins: Margins) -> Iterator[Problem]:
    """Yield what is wrong beside the rows of one sheet."""
    yield from _serials(margins)
    block = margins.block
    for claim in margins.claims:
        place, stated, counted = Place(block.file, block.sheet, claim.cell), _plain(claim.stated), _plain(claim.counted)
        yield problem("K022", place, 列=claim.label, 词=claim.word, 写的=stated, 算的=counted)


def _plain(number: Decimal) -> Verbatim:
    """Write a number without exponent and without idle zeros, with at most six decimals."""
    return Verbatim(f"{round(number, 6).normalize():f}")


def _serials(margins: Margins) -> Iterator[Problem]:
    """Yield at most one problem of gaps and one of repeats: each at the first cell that shows it."""
    if _in_order(margins.serials):
        return
    gaps: list[int] = []
    repeats: list[int] = []
    at: dict[str, int] = {}
    for run in _runs(margins):
        numbers = sorted(number for number, _ in run)
        if len(run) < FEWEST:
            continue
        missing = set(range(numbers[0], numbers[-1] + 1)).difference(numbers)
        if len(missing) > len(numbers):
            continue  # numbers of another list: an excerpt of it, or no 序号 at all
        gaps += sorted(missing)
        seen: set[int] = set()
        for number, row in run:
            if number in seen:
                repeats.append(number)
                at.setdefault("K021", row)
            seen.add(number)
            if missing and number > min(missing):
                at.setdefault("K020", row)
    for code, found in (("K020", gaps), ("K021", sorted(set(repeats)))):
        if found:
            yield problem(code, _place(margins, at[code]), 号码=_listed(found))


def _in_order(serials: Sequence[Cell]) -> bool:
    """Say at once of most sheets, however long, that their 序号 go up by one, or begin again at 1."""
    try:
        numbers = np.array(serials, dtype=np.float64)
    except (ValueError, TypeError):  # blanks, words
        return not serials
    return bool(((numbers[1:] - numbers[:-1] == 1) | (numbers[1:] == 1)).all())


def _runs(margins: Margins) -> Iterator[list[tuple[int, int]]]:
    """Yield the runs of (序号, sheet's row number); a run begins at every 1: units with one row each have 1, 1, 1.

    Numbers that are complete as they stand are one run, however they are sorted: 3, 1, 2.
    """
    read = ((_serial(cell), int(row)) for row, cell in zip(margins.numbers, margins.serials, strict=False))
    numbered = [(number, row) for number, row in read if number is not None]
    starts = [i for i in range(1, len(numbered)) if numbered[i][0] == 1]
    if sorted(number for number, _ in numbered) == list(range(1, len(numbered) + 1)):
        starts = []
    for start, end in pairwise([0, *starts, len(numbered)]):
        yield numbered[start:end]


def _serial(cell: Cell) -> int | None:
    if isinstance(cell, float):
        return int(cell) if cell.is_integer() and 0 <= cell < MOST else None
    text = clean(cell)
    return int(text) if text.isascii() and text.isdigit() and len(text) < len(str(MOST)) else None


def _place(margins: Margins, row: int) -> Place:
    return Place(margins.block.file, margins.block.sheet, f"{margins.serial_column}{row}")


def _listed(numbers: list[int]) -> Verbatim:
    text = runs(numbers)
    return Verbatim(text if len(text) <= SHOWN else text[:SHOWN].rpartition("、")[0] + "等")
