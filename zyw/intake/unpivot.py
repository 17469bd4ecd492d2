"""材料报送 written wide → a long table a document, whose cells stand where the sheet has them.

| 单位 | 实施方案（12月31日前） | 总结 |        单位   材料名称   报送日      份数   是否报送   应报日
| 一中 | 2011-12-28          | √   |   →   一中   实施方案   2011-12-28         是        12月31日前
                                         一中   总结                           是

A blank cell is a row without a 报送日: nobody handed it in. 免报 is no row at all.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from zyw.columns import table
from zyw.finding.headers import DOCUMENT, Column, Found
from zyw.finding.wide import SUBMISSIONS, Handed, document_name, due_in, parse_handed, when_said
from zyw.intake.body import Body, LeftOut
from zyw.sheets import Cell

FIELDS: Final = ("材料名称", "报送日", "份数", "是否报送", "应报日")
FREED: Final = "免报"


@dataclass(frozen=True, slots=True)
class Long:
    """One document: the header as if the table were long, its rows, and the sheet's number of each."""

    found: Found
    body: Body


def documents_of(found: Found, body: Body, year: int | None) -> Iterator[Long]:
    """Yield a long table for each document of a wide one; `year` completes a due day in a label."""
    unit = found.column(table(SUBMISSIONS).unit)
    for document in found.documents:
        due = due_in(document.label, year)
        fields = FIELDS if due else FIELDS[:-1]
        columns = _columns(unit, document, fields)
        rows: list[Sequence[Cell]] = []
        numbers, freed = [], []
        for row, number in zip(body.rows, body.numbers, strict=True):
            cell = row[document.index] if document.index < len(row) else ""
            said = parse_handed(cell, year)
            if isinstance(said, Handed) and said.freed:
                freed.append(number)
                continue
            values: list[Cell] = [
                document_name(document.label),
                *_cells(cell, said),
                *([due.isoformat()] if due else []),
            ]
            rows.append([*([row[unit.index]] if unit else []), *values])
            numbers.append(number)
        left_out = (LeftOut(FREED, tuple(freed)),) if freed else ()
        yield Long(replace(found, columns=columns, documents=()), Body(rows, numbers, left_out))


def _columns(unit: Column | None, document: Column, fields: Sequence[str]) -> tuple[Column, ...]:
    """Return the columns of the long table; all that a document's cell says stands in that cell."""
    first = [replace(unit, index=0)] if unit else []
    rest = [
        Column(len(first) + i, document.letter, document.label, table(SUBMISSIONS).field(name), how=DOCUMENT)
        for i, name in enumerate(fields)
    ]
    return (*first, *rest)


def _cells(cell: Cell, said: object) -> tuple[Cell, Cell, Cell]:
    """Return 报送日, 份数 and 是否报送; what could not be understood stands in the first, where it will be told."""
    if not isinstance(said, Handed):
        return when_said(cell) if isinstance(cell, str) else cell, "", ""
    if said.day is not None:
        return when_said(cell) if isinstance(cell, str) else cell, "", said.came
    return "", "" if said.copies is None else cell, said.came
