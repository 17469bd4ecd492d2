"""Where a line was counted from: its rows as file, sheet and numbers of rows, short enough to be printed."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from zyw.origins import Origins


class Place(NamedTuple):
    """Some rows of one sheet, in runs: (3, 8) are the rows 3 to 8."""

    file: str
    sheet: str
    runs: tuple[tuple[int, int], ...]

    @property
    def shown(self) -> str:
        """The numbers of the rows as people write them: 3—8、11."""
        return "、".join(f"{first}" if first == last else f"{first}—{last}" for first, last in self.runs)


def places(origins: Origins, rows: Sequence[int]) -> tuple[Place, ...]:
    """Return the sheets that `rows` (origins) stand on, in the order of their files, each with its rows in runs."""
    found: dict[tuple[str, str], set[int]] = {}
    start, known = 0, sorted(set(rows))
    while start < len(known):
        block = origins.block(known[start])
        end = start
        while end < len(known) and known[end] < block.first + len(block.rows):
            end += 1
        numbers = (int(block.rows[origin - block.first]) for origin in known[start:end])
        found.setdefault((block.file, block.sheet), set()).update(numbers)
        start = end
    return tuple(Place(file, sheet, tuple(_runs(sorted(numbers)))) for (file, sheet), numbers in sorted(found.items()))


def _runs(numbers: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield the runs of consecutive numbers.

    >>> list(_runs([3, 4, 5, 8]))
    [(3, 5), (8, 8)]
    """
    first = last = numbers[0]
    for number in numbers[1:]:
        if number != last + 1:
            yield first, last
            first = number
        last = number
    yield first, last
