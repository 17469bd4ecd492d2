"""Whose rows they are where only 责任部门 could say it: a school's own ledger names its sections there, not schools.

专项整治 ledgers of one school (seed zhuanxiang-2020) have 教务处, 财务部门 under 责任部门. Where the sheet says who
filled it in, and the cells are sections, the rows are that unit's and the column is 责任股室.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from zyw.cells import clean
from zyw.columns import Table
from zyw.finding.headers import WEAK, Column
from zyw.sheets import Cell

OFFICE: Final = "责任股室"
SAMPLE: Final = 200
_SECTION: Final = re.compile("(?:处|室|科|股|部|组|办|中心|部门|团委|少先队|工会|年级|教研组|后勤|食堂)$")
_BETWEEN: Final = re.compile(r"[、,，;；/\s]+")


def whose_rows(columns: Sequence[Column], of: Table, rows: Sequence[Sequence[Cell]], filled_by: str) -> list[Column]:
    """Return the columns, 责任部门 as the section where it only weakly named the unit and holds sections."""
    has_office = any(f.name == OFFICE for f in of.fields) and all(
        c.field is None or c.field.name != OFFICE for c in columns
    )
    return [
        replace(column, field=of.field(OFFICE))
        if has_office and filled_by and _is_weak_unit(column, of) and _holds_sections(rows, column.index)
        else column
        for column in columns
    ]


def _is_weak_unit(column: Column, of: Table) -> bool:
    return column.how == WEAK and column.field is not None and column.field.name == of.unit


def _holds_sections(rows: Sequence[Sequence[Cell]], j: int) -> bool:
    """Say whether most of the distinct names in a column are sections of an office or a school."""
    cells = {row[j] for row in rows[:SAMPLE] if j < len(row)}
    names = {part for cell in cells if isinstance(cell, str) for part in _BETWEEN.split(clean(cell)) if part}
    return bool(names) and 2 * sum(bool(_SECTION.search(name)) for name in names) > len(names)
