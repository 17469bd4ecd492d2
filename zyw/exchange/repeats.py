"""Rows that say the same in every column: which of them are one thing told twice, and which are two things.

A pile is one file's rows, hidden sheets apart. Rows of one pile are never taken for one another: two equal events of a
file are still two. What several piles say counts once, as often as the pile says it that says it most.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

import numpy as np

from zyw.exchange.stack import Stack
from zyw.rowset import Ints, Mask


def piles(stack: Stack) -> list[int]:
    """Return for each row which pile it lies in."""
    pile: dict[tuple[str, bool], int] = {}
    numbers = [pile.setdefault((part.block.file, part.hidden), len(pile)) for part in stack.parts]
    return [numbers[part] for part in stack.part_of.tolist()]


def equal(numbers: Ints, among: Mask) -> Iterator[list[int]]:
    """Yield the rows that share a number, where several do, each group in the order of the rows."""
    rows = np.flatnonzero(among)
    order = rows[np.argsort(numbers[rows], kind="stable")]
    starts = np.flatnonzero(np.diff(numbers[order], prepend=-1))
    for group in np.split(order, starts[1:]):
        if len(group) > 1:
            yield group.tolist()


def by_pile(rows: Sequence[int], pile_of: Sequence[int]) -> tuple[dict[int, list[int]], int]:
    """Return equal rows by their piles, and the pile that stands for all: it has most of them."""
    found: dict[int, list[int]] = defaultdict(list)
    for row in rows:
        found[pile_of[row]].append(row)
    return found, max(found, key=lambda pile: (len(found[pile]), -found[pile][0]))


def left_over(stack: Stack, free: Mask, side: Mask) -> list[int]:
    """Return the rows of one side that nobody is to miss on the other: they only repeat what another file says.

    `free` are the rows without a partner. Of three files that say one thing, one row finds its partner or is missed.
    """
    pile_of = piles(stack)
    found: list[int] = []
    for rows in equal(stack.same_rows(), side):
        counts = Counter(pile_of[row] for row in rows)
        single = [row for row in rows if free[row]]
        if len(counts) > 1 and single:
            paired = len(rows) - len(single)
            found += single[max(0, max(counts.values()) - paired) :]
    return found
