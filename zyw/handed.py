"""材料报送: what each unit owes, and whether it came in time, late or not at all on a day.

The one place that says so: points, papers and tables take it from here.
"""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Final

import numpy as np

from zyw.cells import key
from zyw.exact import fraction
from zyw.ledger import Ledger
from zyw.lifecycle import each as each_text
from zyw.rowset import Coded, Days, RowSet, objects
from zyw.rules import Document
from zyw.rules.fields import ABSENT, IN_TIME, LATE, NOT_DUE

FREED: Final = "免报"
"""Why a wide table has no row for a unit and a document (`zyw.intake.unpivot`)."""
STANDS: Final = "stands"
"""Column of the rows of `with_absent`: where each stands, for one that no sheet has the unit's line of the roster."""
_NAT: Final = np.datetime64("NaT", "D")
_UNWRITTEN: Final = -1


def handed_in(rows: RowSet, on: date) -> Coded:
    """Return of each row 按时, 迟报, 未报 or 未到期 on the day `on`.

    A document ticked off without a day (√, a number of copies) came, and nothing says late; without an 应报日 that is
    a day nothing is ever late. Due on 2012-03-12: handed in on the 12th 按时, on the 15th 迟报; not at all 未到期 up to
    the 12th and 未报 from the 13th on.
    """
    as_of = np.datetime64(on)
    handed, due = days_of(rows, "报送日"), days_of(rows, "应报日")
    handed = np.where(handed > as_of, _NAT, handed)
    there = ~np.isnat(handed)
    if "份数" in rows:
        counted = rows.coded("份数")
        there |= counted.mapped((bool(fraction(number)) for number in counted.texts), np.bool_)
    there |= np.isnat(handed) & each_text(rows, "是否报送", lambda text: text == "是")
    late = ~np.isnat(due) & (handed > due)
    codes = np.where(there, np.where(late, 1, 0), np.where(due < as_of, 2, 3))
    return Coded(codes.astype(np.int64), [IN_TIME, LATE, ABSENT, NOT_DUE])


def with_absent(rows: RowSet, ledger: Ledger, documents: Sequence[Document]) -> RowSet:
    """Fill in the deadlines that the scheme states, and add a row for each unit that has none for a document owed.

    Only documents that the table tells of at all: for one nobody reported, the table may simply not be kept.
    Such a row stands on the unit's line of the roster. Without a roster nobody says who owes anything.
    """
    found = rows.take(np.arange(len(rows)))
    found["报送日"], found["应报日"] = days_of(rows, "报送日"), days_of(rows, "应报日")
    if "材料名称" not in rows:
        return found
    names = found.coded("材料名称")
    owed = {key(word): each for each in documents for word in (each.name, *each.aliases)}
    due = names.mapped((_due(owed.get(key(text))) for text in names.texts), "datetime64[D]")
    found["应报日"] = np.where(np.isnat(found["应报日"]), due, found["应报日"])
    found["材料名称"] = names.mapped(owed[key(text)].name if key(text) in owed else text for text in names.texts)
    return _with_missing(found, ledger, documents) if ledger.has_roster else found


def days_of(rows: RowSet, field: str) -> Days:
    """Return the days of a column (whole days), all NaT where the table has none."""
    if field not in rows:
        return np.full(len(rows), _NAT)
    return rows[field].astype("datetime64[D]")


def _due(document: Document | None) -> Any:
    return np.datetime64(document.due) if document and document.due else _NAT


def _with_missing(rows: RowSet, ledger: Ledger, documents: Sequence[Document]) -> RowSet:
    told = set(rows.coded("材料名称").texts) - _freed(rows, ledger)
    known = set(zip(rows["单位"].tolist(), rows["材料名称"].tolist(), strict=True))
    missing = [
        (unit.name, each, unit.origin)
        for each in documents
        if each.name in told and each.due
        for unit in ledger.units
        if (unit.name, each.name) not in known
    ]
    if not missing:
        return rows
    size = len(missing)
    added: dict[str, Any] = {name: _blank(column, size) for name, column in rows.columns.items()}
    added["单位"], added["材料名称"] = objects([m[0] for m in missing]), objects([m[1].name for m in missing])
    added["应报日"] = np.array([_due(m[1]) for m in missing], dtype="datetime64[D]")
    found = RowSet({name: np.concatenate([column, added[name]]) for name, column in rows.columns.items()})
    roster = np.array([m[2] for m in missing], dtype=np.int64)
    found[STANDS] = np.concatenate([rows["origin"], roster])
    return found


def _freed(rows: RowSet, ledger: Ledger) -> set[str]:
    """Return the documents that a sheet frees some unit from (免报 is no row): there a missing row says nothing."""
    sheets = {(each.file, each.sheet) for each in ledger.sheets if any(why == FREED for why, _ in each.left_out)}
    if not sheets:
        return set()
    places = [ledger.origins.block(origin) for origin in rows["origin"].tolist()]
    names = rows["材料名称"].tolist()
    return {name for name, block in zip(names, places, strict=True) if (block.file, block.sheet) in sheets}


def _blank(column: Any, size: int) -> Any:
    if column.dtype.kind == "M":
        return np.full(size, "NaT", dtype=column.dtype)
    if column.dtype.kind == "i":
        return np.full(size, _UNWRITTEN, dtype=np.int64)
    numeric = any(value is None or isinstance(value, Decimal) for value in column[:50].tolist())
    return np.full(size, None if numeric else "", dtype=object)
