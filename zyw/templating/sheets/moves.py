"""Where the rows of a template went: each once, several times (in a loop) or nowhere (under an `if`).

A row's *instance* says in which round of each loop around it stands: rows 5–6 in a loop of three rounds go to 5–6,
7–8 and 9–10. A formula in round two that names row 5 means row 7; one below the loop that names row 5 means rows 5, 7
and 9.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

Instance: TypeAlias = tuple[tuple[int, int], ...]
"""(loop, round) of each loop around a row, the outermost first."""
NOWHERE: Final[Instance] = ()


@dataclass(frozen=True, slots=True)
class Moves:
    """Template row → where it went; rows past `last`, the template's last, move with the end."""

    went: Mapping[int, Sequence[tuple[Instance, int]]]
    last: int
    end: int

    def rows(self, first: int, last: int, seen_from: Instance = NOWHERE) -> list[int]:
        """Return where rows `first`–`last` went, seen from a row of the instance `seen_from`, in order."""
        rounds = dict(seen_from)
        found = [
            new
            for row in range(first, min(last, self.last) + 1)
            for instance, new in self.went.get(row, ())
            if all(rounds.get(loop, turn) == turn for loop, turn in instance)
        ]
        if last > self.last:
            shift = self.end - self.last
            found += [max(first, self.last + 1) + shift, last + shift]
        return sorted(set(found))

    def runs(self, first: int, last: int, seen_from: Instance = NOWHERE) -> list[tuple[int, int]]:
        """Return the same as runs from–to without a gap; past the end a run is taken as whole."""
        rows = self.rows(first, last, seen_from)
        if last > self.last and len(rows) >= 2:
            rows = [*rows[:-2], *_filled(rows[-2], rows[-1])]
        return _runs(rows)

    def instances(self, first: int, last: int) -> list[Instance]:
        """Return the rounds in which rows `first`–`last` stand together: those that both of them share."""
        ends = [self._rounds_of(row) for row in (first, last)]
        shared = {loop for loop, _ in ends[0]} & {loop for loop, _ in ends[1]}
        seen = (
            tuple(step for step in instance if step[0] in shared)
            for row in range(first, min(last, self.last) + 1)
            for instance, _ in self.went.get(row, ())
        )
        return list(dict.fromkeys(seen)) or [NOWHERE]

    def _rounds_of(self, row: int) -> Instance:
        return next((instance for instance, _ in self.went.get(row, ())), NOWHERE)


def _filled(first: int, last: int) -> Iterable[int]:
    """Return the rows of a range that ends far below: its ends stand for it where it is very long."""
    return range(first, last + 1) if last - first < 1_048_576 else (first, last)


def _runs(rows: Sequence[int]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for row in rows:
        if found and row == found[-1][1] + 1:
            found[-1] = (found[-1][0], row)
        else:
            found.append((row, row))
    return found
