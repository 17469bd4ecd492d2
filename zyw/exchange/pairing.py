"""Which row of one ledger is which row of another: by number, by words, and, for people to decide, by likeness.

In this order, each row at most once:

1. all columns say the same;
2. one case number (编号 or 案号 with the unit, see `zyw.exchange.cases`);
3. the same unit and the same words (blanks and widths apart; of a measure its person and kind), the day equal or
   blank on one side, and no two different numbers;
4. *perhaps the same*, never taken as such: the same number but another unit; or the same unit, words alike by at least
   `ALIKE` of 100 (twice the characters in common, in order, over all), days at most `NEAR` days apart and persons
   the same where both are given. The likest go first.

A row that finds no partner and only repeats what another file of its own side says is no finding: what two files say
counts once.

Worked: 迟到两人 and 迟到三人 have 3 of 4 characters in common, 2·3/8 = 75 of 100: not proposed.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, NamedTuple

import numpy as np

from zyw.cells import key
from zyw.exchange.cases import ABOUT, ASPECT, DAY, NUMBER, SUBJECT, WORDS, case_numbers
from zyw.exchange.repeats import left_over
from zyw.exchange.stack import Stack
from zyw.problems import Problem, problem
from zyw.rowset import Ints, Mask, paired

ALIKE: Final = 80
NEAR: Final = 31
MOST: Final = 4_000_000
"""So many pairs of one unit are compared at most: about two seconds."""
SAME_NUMBER: Final = "编号相同，单位不同"


class Likely(NamedTuple):
    """Two rows that may be one case; `score` of 100, `reason` in words."""

    a: int
    b: int
    score: int
    reason: str


@dataclass(frozen=True, slots=True)
class Pairing:
    """Rows of side A (the first `size_a` of the stack) and of side B that belong together, and those that do not."""

    stack: Stack
    size_a: int
    a: Ints
    b: Ints
    only_a: Ints
    only_b: Ints
    likely: tuple[Likely, ...]


def pair_rows(stack: Stack, size_a: int) -> tuple[Pairing, tuple[Problem, ...]]:
    """Pair the rows below `size_a` with the others."""
    free = np.full(len(stack), True)
    found = [*_grouped(stack.same_rows(), free, size_a)]
    cases, known = case_numbers(stack)
    if (aspect := ASPECT.get(stack.table.name)) is not None:
        finer, _ = case_numbers(stack, aspect=True)
        found += _grouped(finer, free, size_a, known & (stack.meaning(aspect) != 0))
    found += _grouped(cases, free, size_a, known)
    found += _worded(stack, free, size_a)
    ours = np.arange(len(stack)) < size_a
    for side in (ours, ~ours):
        free[left_over(stack, free, side)] = False
    likely, problems = _likely(stack, free, size_a)
    pairs = np.array(sorted(found), dtype=np.int64).reshape(-1, 2)
    rows = np.flatnonzero(free)
    made = Pairing(stack, size_a, pairs[:, 0], pairs[:, 1], rows[rows < size_a], rows[rows >= size_a], likely)
    return made, problems


def _groups(numbers: Ints, among: Mask, size_a: int) -> Iterator[tuple[list[int], list[int]]]:
    """Yield the rows of A and of B that share a number, where both sides have one."""
    rows = np.flatnonzero(among)
    order = rows[np.argsort(numbers[rows], kind="stable")]
    starts = np.flatnonzero(np.diff(numbers[order], prepend=-1))
    bounds = [*starts.tolist(), len(order)]
    listed = order.tolist()
    for start, end in pairwise(bounds):
        members = listed[start:end]
        ours = [row for row in members if row < size_a]
        if ours and len(ours) < len(members):
            yield ours, members[len(ours) :]


def _grouped(numbers: Ints, free: Mask, size_a: int, among: Mask | None = None) -> list[tuple[int, int]]:
    """Pair rows of one number in their order, and take them from `free`."""
    found = []
    for ours, theirs in _groups(numbers, free if among is None else free & among, size_a):
        found += list(zip(ours, theirs, strict=False))
    _take(found, free)
    return found


def _take(found: Sequence[tuple[int, int]], free: Mask) -> None:
    for a, b in found:
        free[a] = free[b] = False


def _worded(stack: Stack, free: Mask, size_a: int) -> list[tuple[int, int]]:
    """Pair rows of one unit and of the same words, where neither day nor number speaks against it.

    Rows of one unit and one number are paired already, so of two that are both numbered the numbers differ.
    """
    fields = WORDS.get(stack.table.name, ())
    words = stack.units[0]
    among = (words != 0) & bool(fields)
    for name in fields:
        words = paired(words, stack.meaning(name))
        among &= stack.meaning(name) != 0
    days, numbers = _given(stack, DAY), _given(stack, NUMBER) != 0
    ours = np.arange(len(stack)) < size_a
    anybody = np.full(len(stack), True)
    found: list[tuple[int, int]] = []
    for key_of, dated in (
        (paired(words, days), anybody),
        (words, np.where(ours, days == 0, days != 0)),
        (words, np.where(ours, days != 0, days == 0)),
    ):
        for numbered_so in (~numbers, np.where(ours, ~numbers, numbers), np.where(ours, numbers, ~numbers)):
            found += _grouped(key_of, free, size_a, among & dated & numbered_so)
    return found


def _given(stack: Stack, fields: Mapping[str, str]) -> Ints:
    return stack.meaning(fields.get(stack.table.name, ""))


def _likely(stack: Stack, free: Mask, size_a: int) -> tuple[tuple[Likely, ...], tuple[Problem, ...]]:
    """Propose pairs among the rows that are left."""
    proposed = list(_of_one_number(stack, free, size_a))
    subject = SUBJECT.get(stack.table.name)
    problems: list[Problem] = []
    if subject is not None:
        units, names = stack.units
        for ours, theirs in _groups(units, free & (units != 0) & (stack.meaning(subject) != 0), size_a):
            if len(ours) * len(theirs) > MOST:
                problems.append(problem("X020", stack.place(ours[0]), 单位=names[int(units[ours[0]])]))
            else:
                proposed += _alike(stack, subject, ours, theirs)
    chosen: list[Likely] = []
    used: set[int] = set()
    for each in sorted(proposed, key=lambda one: (-one.score, one.a, one.b)):
        if each.a not in used and each.b not in used:
            used |= {each.a, each.b}
            chosen.append(each)
    return tuple(sorted(chosen)), tuple(problems)


def _of_one_number(stack: Stack, free: Mask, size_a: int) -> Iterator[Likely]:
    numbers, persons, units = _given(stack, NUMBER), _given(stack, ABOUT), stack.units[0]
    for ours, theirs in _groups(numbers, free & (numbers != 0), size_a):
        for a, b in zip(ours, theirs, strict=False):
            if units[a] != units[b] and _agree(persons, a, b):
                yield Likely(a, b, 100, SAME_NUMBER)


def _agree(codes: Ints, a: int, b: int) -> bool:
    """Say whether two rows do not contradict each other in a field: equal, or one of them says nothing."""
    return not codes[a] or not codes[b] or bool(codes[a] == codes[b])


def _alike(stack: Stack, subject: str, ours: Sequence[int], theirs: Sequence[int]) -> Iterator[Likely]:
    from rapidfuzz import fuzz, process

    persons = _given(stack, ABOUT)
    words = [[key(stack.text(subject, i)) for i in rows] for rows in (ours, theirs)]
    scores = process.cdist(*words, scorer=fuzz.ratio, score_cutoff=ALIKE, dtype=np.float32)
    for i, j in np.argwhere(scores >= ALIKE).tolist():
        a, b = ours[i], theirs[j]
        apart = _days_apart(stack, a, b)
        if (apart is None or apart <= NEAR) and _agree(persons, a, b):
            score = int(scores[i, j])
            told = "" if apart is None else "，同一天" if apart == 0 else f"，相差 {apart} 天"
            yield Likely(a, b, score, f"文字 {score}% 相同{told}")


def _days_apart(stack: Stack, a: int, b: int) -> int | None:
    field = DAY.get(stack.table.name, "")
    one, two = stack.day(field, a), stack.day(field, b)
    return None if one is None or two is None else abs((one - two).days)
