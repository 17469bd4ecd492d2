"""Comparisons as JSON: every finding with its places, unknown as null."""

from collections.abc import Iterable, Sequence
from typing import Any

from zyw.exchange.cases import DAY, SUBJECT, case_text, unit_text
from zyw.exchange.comparing import Compared
from zyw.exchange.mergedbook import place_document
from zyw.exchange.months import Change, Changed, Month
from zyw.exchange.pairing import Likely
from zyw.exchange.sections import STATE, Sides, closed_on_one_side
from zyw.exchange.stack import Heading


def reconciled_document(tables: Sequence[Compared], sides: Sides) -> dict[str, Any]:
    """Return what `zyw reconcile --json` prints, problems and missing inputs apart."""
    return {
        "version": 1,
        "a": sides.input_one,
        "b": sides.input_two,
        "unit": sides.unit or None,
        "tables_of_one_side": list(sides.apart),
        "tables": [_reconciled(each) for each in tables],
    }


def _reconciled(each: Compared) -> dict[str, Any]:
    pairing = each.pairing
    return {
        "table": each.name,
        "a_rows": pairing.size_a,
        "b_rows": len(each.stack) - pairing.size_a,
        "paired": len(pairing.a),
        "only_in_a": [_row(each, row) for row in pairing.only_a.tolist()],
        "only_in_b": [_row(each, row) for row in pairing.only_b.tolist()],
        "different": [_cells(each, found.pair, found.heading, "a", "b") for found in each.differences],
        "closed_on_one_side": [_closed(each, pair) for pair in closed_on_one_side(each)],
        "perhaps_the_same": [_likely(each, pair, "a", "b") for pair in pairing.likely],
        "not_compared": {"a": list(each.columns_a), "b": list(each.columns_b)},
    }


def month_document(tables: Sequence[Month], sides: Sides) -> dict[str, Any]:
    """Return what `zyw diff --json` prints, problems and missing inputs apart."""
    return {
        "version": 1,
        "before": sides.input_one,
        "after": sides.input_two,
        "tables": [_month(each) for each in tables],
    }


def _month(each: Month) -> dict[str, Any]:
    compared = each.compared
    pairing = compared.pairing
    return {
        "table": compared.name,
        "before_rows": pairing.size_a,
        "after_rows": len(pairing.stack) - pairing.size_a,
        "new": [_row(compared, row) | {"backdated": row in each.backdated} for row in each.new],
        "changed": _changes(each, Change.PROGRESS),
        "filled_in": _changes(each, Change.FILLED),
        "silently_changed": _changes(each, Change.SILENT),
        "reopened": _pairs(compared, each.reopened),
        "closed": _pairs(compared, each.closed),
        "gone": [_row(compared, row) | {"closed": bool(compared.closed[row])} for row in each.gone],
        "perhaps_the_same": [_likely(compared, pair, "before", "after") for pair in pairing.likely],
        "not_compared": {"before": list(compared.columns_a), "after": list(compared.columns_b)},
    }


def _changes(each: Month, kind: Change) -> list[dict[str, Any]]:
    found: Iterable[Changed] = (one for one in each.changed if one.kind is kind)
    return [_cells(each.compared, one.pair, one.heading, "before", "after") for one in found]


def _row(each: Compared, row: int) -> dict[str, Any]:
    stack, name = each.stack, each.name
    place = stack.place(row)
    return {
        "unit": unit_text(stack, row) or None,
        "case": case_text(stack, row) or None,
        "subject": stack.text(SUBJECT.get(name, ""), row) or None,
        "day": stack.text(DAY.get(name, ""), row) or None,
        "state": stack.text(STATE, row) or None,
        "file": place.file,
        "sheet": place.sheet or None,
        "row": int(place.cell or 0),
    }


def _cells(each: Compared, pair: int, heading: Heading, one: str, two: str) -> dict[str, Any]:
    stack, (a, b) = each.stack, each.rows_of(pair)
    filled = stack.filled(heading)
    made: dict[str, Any] = {
        "unit": unit_text(stack, b) or None,
        "case": case_text(stack, b) or None,
        "column": heading.label,
    }
    for word, row in ((one, a), (two, b)):
        made[word] = {"value": filled.text(row) or None, **place_document(stack.place(row, heading))}
    return made


def _pairs(each: Compared, pairs: Iterable[int]) -> list[dict[str, Any]]:
    return [{"before": _row(each, a), "after": _row(each, b)} for a, b in map(each.rows_of, pairs)]


def _closed(each: Compared, pair: int) -> dict[str, Any]:
    a, b = each.rows_of(pair)
    return {"closed": "a" if each.closed[a] else "b", "a": _row(each, a), "b": _row(each, b)}


def _likely(each: Compared, pair: Likely, one: str, two: str) -> dict[str, Any]:
    return {
        "score": f"{pair.score / 100:.2f}",
        "reason": pair.reason,
        one: _row(each, pair.a),
        two: _row(each, pair.b),
    }
