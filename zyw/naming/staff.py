"""人员 → staff numbers: whoever of a unit the list knows by one number carries it in every other table.

The same name in two units is two people unless one number says that somebody moved. Two people of one name in one unit
are told apart by their number only: rows that lack it stay without, and that is said.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from zyw.naming.people import SUBJECTS
from zyw.problems import Problem, Verbatim
from zyw.rowfaults import Faults
from zyw.rowset import RowSet, all_texts

STAFF: Final = "人员"
NUMBER: Final = "工号"


@dataclass(frozen=True, slots=True)
class StaffList:
    """(unit, name) → number of those with one number, and the pairs that have several."""

    numbers: Mapping[tuple[str, str], str] = field(default_factory=dict)
    shared: frozenset[tuple[str, str]] = frozenset()


def staff_list(rows: RowSet | None, faults: Faults) -> StaffList:
    """Read 人员; one number with two names is reported at each further row (U020)."""
    if rows is None or NUMBER not in rows:
        return StaffList()
    numbers: dict[tuple[str, str], set[str]] = {}
    names: dict[str, str] = {}
    for unit, name, number, origin in rows.rows("单位", "姓名", NUMBER, "origin"):
        if not (unit and name and number):
            continue
        numbers.setdefault((unit, name), set()).add(number)
        known = names.setdefault(number, name)
        if known != name:
            faults.add("U020", origin, NUMBER, number=number)
    return StaffList(
        {who: next(iter(found)) for who, found in numbers.items() if len(found) == 1},
        frozenset(who for who, found in numbers.items() if len(found) > 1),
    )


def give_numbers(table: str, rows: RowSet, staff: StaffList, faults: Faults) -> None:
    """Fill 工号 of the rows that lack it (in place): said once a sheet (U021), doubts at each row (U019)."""
    subject = SUBJECTS.get(table, "")
    if subject not in rows or not (staff.numbers or staff.shared):
        return
    written = rows[NUMBER].copy() if NUMBER in rows else all_texts(len(rows))
    units, persons = rows.coded("单位"), rows.coded(subject)
    pairs, first, which = np.unique(
        units.codes * len(persons.texts) + persons.codes, return_index=True, return_inverse=True
    )
    whos = [(units.texts[units.codes[at]], persons.texts[persons.codes[at]]) for at in first.tolist()]
    known = np.empty(len(pairs), dtype=object)
    known[:] = [staff.numbers.get(who, "") for who in whos]
    blank = written == ""
    filled = blank & (known[which] != "")
    doubtful = blank & np.array([who in staff.shared for who in whos], dtype=np.bool_)[which]
    for at in np.flatnonzero(doubtful).tolist():
        faults.add("U019", int(rows["origin"][at]), subject, unit=Verbatim(rows["单位"][at]))
    if filled.any():
        written[filled] = known[which][filled]
        rows[NUMBER] = written
        faults.once_a_sheet("U021", rows["origin"][filled], NUMBER)


def join_staff(tables: Mapping[str, RowSet], faults: Faults) -> tuple[Problem, ...]:
    """Give the tables that tell of people the numbers of 人员; return what is to be said."""
    staff = staff_list(tables.get(STAFF), faults)
    for table, rows in tables.items():
        give_numbers(table, rows, staff, faults)
    return faults.problems()
