"""A docket as JSON, in the manner of design §6: every key always there, unknown as null, days as numbers."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from zyw.handling.records import OWNERS, Appeal, Docket, Matter, Move, Tally
from zyw.origins import Origins
from zyw.rules.handling import Alert

_KINDS = dict(zip(OWNERS, ("unit", "leader", "office", "person"), strict=True))


def told_docket(docket: Docket, origins: Origins, scheme: str | None) -> dict[str, Any]:
    """Return what `zyw overdue --json` prints, without its problems."""
    lists = {
        "due_soon": docket.due_soon, "overdue": docket.overdue, "closable": docket.closable,
        "not_yet_closable": docket.lacking, "wrongly_closed": docket.wrongly_closed, "reopened": docket.reopened,
        "recurring": docket.recurring, "extended": docket.extended,
    }  # fmt: skip
    handling = docket.handling
    return {
        "version": 1,
        "scheme": scheme,
        "as_of": docket.as_of.isoformat(),
        "days": handling.days_kind,
        "soon": handling.soon,
        "alerts": [_alert(each) for each in handling.alerts],
        "counts": _counts(docket),
        **{name: [_matter(each, origins) for each in found] for name, found in lists.items()},
        "owners": [_tally(each, docket) for each in docket.tallies],
        "appeals": [_appeal(each, origins) for each in docket.appeals],
        "moves": [_move(each) for each in docket.moves],
        "notes": [{"clause": note.clause or None, "text": note.text} for note in docket.notes],
    }


def _counts(docket: Docket) -> dict[str, int]:
    return {
        "recorded": docket.recorded,
        "open": docket.open,
        "done": docket.done,
        "closed": docket.closed,
        "due_soon": len(docket.due_soon),
        "overdue": len(docket.overdue),
        "closable": len(docket.closable),
        "wrongly_closed": len(docket.wrongly_closed),
        "no_deadline": docket.no_deadline,
        "rows_not_used": docket.left_out,
    }


def _alert(alert: Alert) -> dict[str, Any]:
    return {"name": alert.name, "colour": alert.colour, "clause": alert.clause, "days": str(alert.days)}


def _matter(matter: Matter, origins: Origins) -> dict[str, Any]:
    return {
        "table": matter.table,
        "unit": matter.unit,
        "units": list(matter.units),
        "number": matter.number or None,
        "text": matter.text or None,
        "category": matter.category or None,
        "channel": matter.channel or None,
        "leader": matter.owner.leader or None,
        "office": matter.owner.office or None,
        "person": matter.owner.person or None,
        "found": _day(matter.found),
        "due": _day(matter.due),
        "due_by": matter.basis.value,
        "days": matter.days,
        "alert": matter.alert.name if matter.alert else None,
        "colour": matter.alert.colour if matter.alert else None,
        "state": matter.state or None,
        "gaps": [{"condition": gap.name, "clause": gap.clause} for gap in matter.gaps],
        "remark": matter.remark or None,
        "origins": _origins((matter.origin,), origins),
    }


def _tally(tally: Tally, docket: Docket) -> dict[str, Any]:
    return {
        "kind": _KINDS[tally.kind],
        "name": tally.name,
        "open": tally.open,
        "due_soon": tally.soon,
        "overdue": tally.overdue,
        "by_alert": {alert.name: n for alert, n in zip(docket.handling.alerts, tally.alerts, strict=True)},
        "closable": tally.closable,
        "wrongly_closed": tally.wrongly_closed,
    }


def _move(move: Move) -> dict[str, Any]:
    return {
        "unit": move.unit,
        "case": move.case,
        "before": move.before,
        "after": move.after,
        "allowed": list(move.state.moves),
        "clause": move.state.clause,
        "place_before": move.earlier,
        "place": move.place,
    }


def _appeal(appeal: Appeal, origins: Origins) -> dict[str, Any]:
    return {
        "unit": appeal.unit,
        "person": appeal.person,
        "measure": appeal.measure,
        "decided_on": appeal.decided_on.isoformat(),
        "ask_by": _day(appeal.ask_by),
        "asked": _day(appeal.asked),
        "answer_by": _day(appeal.answer_by),
        "answered": _day(appeal.answered),
        "result": appeal.result or None,
        "pending": appeal.pending,
        "days_late": appeal.late,
        "origins": _origins((appeal.origin,), origins),
    }


def _origins(rows: Iterable[int], origins: Origins) -> list[dict[str, Any]]:
    places = (origins.locate(origin) for origin in rows)
    return [{"file": p.file, "sheet": p.sheet or None, "row": p.row, "cells": list(p.cells)} for p in places]


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
