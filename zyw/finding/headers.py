"""What a found table is, and how its header reads: labels flattened, each named by the field it gives.

A merged header of two or three rows is flattened to 上/下. A label gives a field by the field's own name, by another
name, or weakly (only where no better column gives it); what a person pinned wins over all three.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from types import MappingProxyType
from typing import Final

from zyw.cells import clean
from zyw.columns import Field, Lexicon, Table, header_key, is_secret, lexicon
from zyw.sheets import Grid, Merge

OWN: Final = "本名"
OTHER: Final = "别名"
WEAK: Final = "次选"
PINNED: Final = "指定"
DOCUMENT: Final = "材料"
SECRET: Final = "个人信息"
"""How a label was taken: by the field's own name, another name, for want of a better one, by zyw.yaml, as a document,
as what identifies a complainant."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a found table: its index in the grid's rows, its letter, its label, the field it gives (or None).

    A secret column has no field and is never read further. `how` says by what the field was given.
    """

    index: int
    letter: str
    label: str
    field: Field | None = None
    secret: bool = False
    how: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """A table found on a sheet: header rows by the sheet's numbers; the body starts at `rows[body]` of the grid.

    `facts` are what the lines around say: `unit` (填报单位), `by` (填报人), `when` (填报时间 as written) and `year`.
    `documents` are the columns of a wide 材料报送, one a document. `score` is what the header weighed, `rivals`
    what else it could have been: (table, score).
    """

    table: str
    header_rows: tuple[int, ...]
    body: int
    columns: tuple[Column, ...]
    facts: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    documents: tuple[Column, ...] = ()
    score: int = 0
    rivals: tuple[tuple[str, int], ...] = ()

    def column(self, name: str) -> Column | None:
        """Return the column that gives the field `name`, None when the sheet has none."""
        return next((c for c in self.columns if c.field and c.field.name == name), None)


def flattened(grid: Grid, start: int, depth: int) -> tuple[str, ...]:
    """Flatten a header of `depth` rows: 上/下, each part once; a merge gives its text to every column under it."""
    rows = [list(map(clean, row)) for row in grid.rows[start : start + depth]]
    width = max(len(row) for row in rows)
    for row in rows:
        row.extend([""] * (width - len(row)))
    if depth > 1:
        for merge in grid.merges:
            _spread(rows, merge, grid.top + start, grid.left)
    parts = (dict.fromkeys(" ".join(row[j].split()) for row in rows if row[j]) for j in range(width))
    return tuple("/".join(part) for part in parts)


def _spread(rows: list[list[str]], merge: Merge, top: int, left: int) -> None:
    first = merge.first_row - top
    if not 0 <= first < len(rows):
        return
    column = merge.first_column - left
    text = rows[first][column] if 0 <= column < len(rows[first]) else ""
    for i in range(first, min(merge.last_row - top + 1, len(rows))):
        for j in range(max(column, 0), min(merge.last_column - left + 1, len(rows[i]))):
            rows[i][j] = text


@lru_cache(maxsize=1024)
def named(labels: tuple[str, ...], table: Table) -> tuple[tuple[Field | None, str], ...]:
    """Return for each label the field of `table` that it gives, and how; labels of complainants give none."""
    words = lexicon(table)
    keys = [() if is_secret(label, table.name) else spellings(label) for label in labels]
    names: list[tuple[str | None, str]] = [_strongly(each, words) for each in keys]
    taken = {name for name, _ in names if name}
    open_ = {j: _weakly(keys[j], words) for j, (name, _) in enumerate(names) if not name}
    for spec in table.fields:
        ranks = {j: weak[spec.name] for j, weak in open_.items() if spec.name in weak}
        if spec.name in taken or not ranks:
            continue
        best = min(ranks.values())
        for j in [j for j, rank in ranks.items() if rank == best]:  # two of one label are both named, and refused later
            names[j] = (spec.name, WEAK)
            del open_[j]
    return tuple((table.field(name) if name else None, how) for name, how in names)


def spellings(label: str) -> tuple[str, ...]:
    """Return what a flattened label may be called: 问题/类型 as it stands, as 问题类型, as 类型."""
    whole = header_key(label)
    return (
        (whole, header_key(label.replace("/", "")), header_key(label.rpartition("/")[2])) if "/" in label else (whole,)
    )


def _strongly(keys: Iterable[str], words: Lexicon) -> tuple[str | None, str]:
    found = next((key for key in keys if key in words.strong), None)
    if found is None:
        return None, ""
    name = words.strong[found]
    return name, OWN if found == header_key(name) else OTHER


def _weakly(keys: Iterable[str], words: Lexicon) -> Mapping[str, int]:
    return next((words.weak[key] for key in keys if key in words.weak), {})
