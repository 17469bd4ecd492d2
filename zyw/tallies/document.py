"""统计.json: the same tables for machines, whole (内部): rates as text of a fraction of 1, unknown as null."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from zyw.ledger import Ledger
from zyw.periods import Period
from zyw.points import to_text, whole_micro
from zyw.tallies.all import Tallies, tables_of
from zyw.tallies.rows import places
from zyw.tallies.table import Content, Holds, Row, Table


def tallied(tallies: Tallies, ledger: Ledger, scheme: str | None, missing: Sequence[str] = ()) -> dict[str, Any]:
    """Return the document; a table's columns are its labels, `sources` the runs of rows a line was counted from."""
    span = tallies.span
    return {
        "version": 1,
        "scheme": scheme,
        "period": _days(span.period),
        "reporting": _days(span.reporting) if span.reporting else None,
        "as_of": span.as_of.isoformat(),
        "tables": [_table(table, ledger) for table in tables_of(tallies)],
        "missing_inputs": list(missing),
    }


def _days(period: Period) -> dict[str, str]:
    return {"from": period.start.isoformat(), "to": period.end.isoformat()}


def _table(table: Table, ledger: Ledger) -> dict[str, Any]:
    return {
        "table": table.name,
        "title": table.title,
        "columns": [head.label for head in table.heads],
        "rows": [_row(row, table, ledger) for row in table.rows],
        "notes": list(table.notes),
    }


def _row(row: Row, table: Table, ledger: Ledger) -> dict[str, Any]:
    cells = (_cell(cell, head.holds) for cell, head in zip(row.cells, table.heads, strict=True))
    return {
        "cells": list(cells),
        "total": row.total,
        "sources": [
            {"file": place.file, "sheet": place.sheet, "rows": [list(run) for run in place.runs]}
            for place in places(ledger.origins, row.origins)
        ],
    }


def _cell(cell: Content, holds: Holds) -> str | int | None:
    if isinstance(cell, Fraction):
        return to_text(whole_micro(cell))
    if isinstance(cell, Decimal):
        return f"{cell:f}"
    if isinstance(cell, date):
        return cell.isoformat()
    if holds is Holds.NUMBER and isinstance(cell, int):
        return str(cell)
    return cell if cell != "" else None
