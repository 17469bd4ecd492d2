"""A table for a reader: whole at 内部; at 通报 and 公示 no person stands in it, not even in a sentence."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from zyw.columns import TABLES, Kind
from zyw.ledger import Ledger
from zyw.naming.several import split_people
from zyw.privacy import Level, hide_names
from zyw.tallies.table import Content, Head, Holds, Row, Table

_PEOPLE: Final = frozenset(("人员", "责任人", "领导", "牵头领导", "复查人", "检查人", "帮扶人", "培养人", "认定人"))
"""Fields of text that name persons."""
_SHORTEST: Final = 2


def persons_of(ledger: Ledger) -> frozenset[str]:
    """Return the names of all persons that the ledgers and the roster name."""
    found = {unit.head for unit in ledger.units} | {unit.linked_leader for unit in ledger.units}
    for table in TABLES:
        rows = ledger.rows.get(table.name)
        if rows is None:
            continue
        named = [each.name for each in table.fields if each.kind is Kind.PERSON or each.name in _PEOPLE]
        found |= {text for name in named if name in rows for text in rows.coded(name).texts}
    return frozenset(name for text in found if text for name in split_people(text) if len(name) >= _SHORTEST)


def for_level(tables: Sequence[Table], level: Level, persons: frozenset[str]) -> tuple[Table, ...]:
    """Return the tables as a reader of `level` may see them."""
    if level is Level.INTERNAL:
        return tuple(tables)
    return tuple(_without_persons(table, level, persons) for table in tables if not table.persons)


def _without_persons(table: Table, level: Level, persons: frozenset[str]) -> Table:
    kept = [at for at, head in enumerate(table.heads) if head.holds is not Holds.PERSON]
    heads = tuple(table.heads[at] for at in kept)
    rows = (replace(row, cells=tuple(row.cells[at] for at in kept)) for row in table.rows)
    return replace(table, heads=heads, rows=tuple(_told(row, heads, level, persons) for row in rows))


def _told(row: Row, heads: Sequence[Head], level: Level, persons: frozenset[str]) -> Row:
    def shown() -> Iterator[Content]:
        for cell, head in zip(row.cells, heads, strict=True):
            free = isinstance(cell, str) and head.holds is Holds.TEXT
            yield hide_names(str(cell), persons, level) if free else cell

    return replace(row, cells=tuple(shown()))
