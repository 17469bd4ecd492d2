"""Results as JSON, in the stable form of design §6: every key always there, points as exact text, unknown as null."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from zyw.ledger import Ledger, SheetReport
from zyw.origins import Origin, Origins
from zyw.periods import Period
from zyw.points import number_text, to_text
from zyw.problems import Problem
from zyw.scores import Effect, Scores, Standing

if TYPE_CHECKING:
    from zyw.explaining import Explained
    from zyw.nearness import Near
    from zyw.rowset import RowSet
    from zyw.waivers import Waived


def entry(problem: Problem) -> dict[str, Any]:
    """Return one problem; a place in a text file (a scheme) has `line` and `column` besides."""
    place = problem.place
    made: dict[str, Any] = {
        "code": problem.code,
        "severity": problem.severity.word,
        "file": place.file if place else None,
        "sheet": (place.sheet or None) if place else None,
        "cell": place.cell if place else None,
        "message": problem.message,
        "hint": problem.hint,
    }
    if place and place.line is not None:
        made |= {"line": place.line, "column": place.column}
    return made


def checked(ledger: Ledger, problems: Sequence[Problem], waived: "Sequence[Waived]" = ()) -> dict[str, Any]:
    """Return what `zyw check --json` prints: what each sheet was taken for, and every problem."""
    made: dict[str, Any] = {
        "version": 1,
        "sheets": [_sheet(report) for report in ledger.sheets],
        "problems": [entry(p) for p in problems],
    }
    return made | let_pass(waived)


def let_pass(waived: "Sequence[Waived]") -> dict[str, Any]:
    """Return the key `waived`, which is there only where people let problems pass: each with why, who, until when."""
    if not waived:
        return {}
    by = ((each.problem, each.waiver) for each in waived)
    told = [entry(p) | {"reason": w.reason, "approved_by": w.who, "until": w.until.isoformat()} for p, w in by]
    return {"waived": told}


def ending(missing: Sequence[str], problems: Sequence[Problem], waived: "Sequence[Waived]" = ()) -> dict[str, Any]:
    """Return what every document ends with: inputs that were not read, the problems, those that people let pass."""
    return {"missing_inputs": list(missing), "problems": [entry(p) for p in problems]} | let_pass(waived)


def _sheet(report: SheetReport) -> dict[str, Any]:
    return {
        "file": report.file,
        "sheet": report.sheet or None,
        "table": report.table,
        "header_rows": list(report.header_rows),
        "rows": report.rows,
        "columns": [{"column": c.letter, "label": c.label, "field": c.field} for c in report.columns],
        "how": {c.letter: c.how for c in report.columns if c.how},
        "left_out": [{"reason": reason, "rows": list(rows)} for reason, rows in report.left_out],
        "filled_in": {name: report.facts.get(name) for name in ("unit", "by", "when")},
        "score": report.score if report.table else None,
        "rivals": [{"table": name, "score": score} for name, score in report.rivals],
        "reason": report.reason or None,
    }


def scored(
    ledger: Ledger, scores: Scores, problems: Sequence[Problem], waived: "Sequence[Waived]" = ()
) -> dict[str, Any]:
    """Return what `zyw score --json` prints."""
    span = scores.span
    made: dict[str, Any] = {
        "version": 1,
        "scheme": scores.scheme.id,
        "period": _period(span.period),
        "reporting": _period(span.reporting) if span.reporting else None,
        "as_of": span.as_of.isoformat(),
        "units": _units(scores.unit_rows),
        "journal": _journal(scores, ledger.origins),
        "persons": [_effect(effect) for effect in scores.effects],
        "not_counted": _not_counted(scores, ledger.origins),
        "notes": [{"clause": note.clause or None, "text": note.text} for note in scores.notes],
        "missing_inputs": list(ledger.missing_inputs),
        "problems": [entry(p) for p in problems],
    }
    return made | let_pass(waived)


def ranked(
    ledger: Ledger,
    scores: Scores,
    standings: Iterable[Standing],
    problems: Sequence[Problem],
    waived: "Sequence[Waived]" = (),
) -> dict[str, Any]:
    """Return what `zyw rank --json` prints: the scores, and each unit's place in its group.

    Under a scheme with 等次 each unit has a `grade` besides (null: none).
    """
    made = scored(ledger, scores, problems, waived)
    places = {standing.unit: standing for standing in standings}
    made["units"] = [unit | _standing(places.get(unit["unit"])) for unit in made["units"]]
    if scores.scheme.ranking.grades:
        for unit in made["units"]:
            standing = places.get(unit["unit"])
            unit["grade"] = standing.grade if standing else None
    return made


def explained(
    ledger: Ledger, scores: Scores, found: Sequence["Explained"], problems: Sequence[Problem]
) -> dict[str, Any]:
    """Return what `zyw explain --json` prints: the scores' document, narrowed to the units or persons explained.

    `near` says what lacked little (or what a cap took back), `idle` which rules did nothing in a unit, and why.
    """
    made = scored(ledger, scores, problems)
    units = {one.unit for one in found}
    persons = {(one.unit, one.person) for one in found if one.person}
    made["units"] = [row for row in made["units"] if row["unit"] in units]
    for name in ("journal", "persons", "not_counted"):
        made[name] = [
            row for row in made[name] if ((row["unit"], row["person"]) in persons if persons else row["unit"] in units)
        ]
    made["near"] = [_near(one.unit, near, ledger, scores) for one in found for near, _ in one.near]
    made["idle"] = [
        {"unit": one.unit, "rule": each.rule, "clause": each.clause, "reason": each.text,
         "origins": _origins(ledger.origins, each.origins, scores.fields.get(each.rule, ()))}
        for one in found for each in one.idle
    ]  # fmt: skip
    return made


def _near(unit: str, near: "Near", ledger: Ledger, scores: Scores) -> dict[str, Any]:
    return {
        "unit": unit,
        "person": near.person or None,
        "rule": near.rule,
        "clause": near.clause or None,
        "kind": near.kind,
        "have": number_text(near.have),
        "need": number_text(near.need),
        "lack": number_text(near.lack),
        "text": near.text,
        "origins": _origins(ledger.origins, near.origins, scores.fields.get(near.rule, ())),
    }


def _standing(standing: Standing | None) -> dict[str, Any]:
    if standing is None:
        return {"group": None, "rank": None, "of": None, "tied": False, "excluded": None}
    return {
        "group": standing.group,
        "rank": standing.rank,
        "of": standing.of,
        "tied": standing.tied,
        "excluded": standing.excluded,
    }


def _period(period: Period) -> dict[str, str]:
    return {"from": period.start.isoformat(), "to": period.end.isoformat()}


def _units(units: "RowSet") -> list[dict[str, Any]]:
    return [
        {
            "unit": unit,
            "kind": kind or None,
            "base": to_text(base),
            "score": to_text(score),
            "consequences": list(consequences),
            "rows_not_used": int(unused),
        }
        for unit, kind, base, score, consequences, unused in units.rows(
            "unit", "kind", "base", "score", "consequences", "rows_not_used"
        )
    ]


def _journal(scores: Scores, origins: Origins) -> list[dict[str, Any]]:
    names = ("unit", "person", "rule", "clause", "date", "quantity", "points", "consequence", "origins")
    return [
        {
            "unit": unit,
            "person": person or None,
            "rule": rule,
            "clause": clause,
            "date": _day(day),
            "quantity": to_text(quantity),
            "points": to_text(points),
            "consequence": consequence or None,
            "origins": _origins(origins, rows, scores.fields.get(rule, ())),
        }
        for unit, person, rule, clause, day, quantity, points, consequence, rows in scores.journal_rows.rows(*names)
    ]


def _not_counted(scores: Scores, origins: Origins) -> list[dict[str, Any]]:
    return [
        {
            "unit": unit or None,
            "person": person or None,
            "rule": rule or None,
            "clause": clause or None,
            "reason": reason,
            "origins": _origins(origins, rows, scores.fields.get(rule, ())),
        }
        for unit, person, rule, clause, reason, rows in scores.left_out_rows.rows(
            "unit", "person", "rule", "clause", "reason", "origins"
        )
    ]


def _effect(effect: Effect) -> dict[str, Any]:
    return {
        "unit": effect.unit,
        "person": effect.person,
        "consequence": effect.consequence,
        "from": effect.start.isoformat(),
        "to": effect.end.isoformat() if effect.end else None,
        "clause": effect.clause,
    }


def _day(value: Any) -> str | None:
    """Return a day as text; None for NaT."""
    return None if value is None else str(value.date().isoformat())


def _origins(origins: Origins, rows: Iterable[int], fields: Sequence[str]) -> list[dict[str, Any]]:
    return [located(origins.locate(row, fields)) for row in rows if row >= 0]


def located(origin: Origin) -> dict[str, Any]:
    """Return a row's place; `cells` are those that bear it, empty when the rule names none."""
    return {"file": origin.file, "sheet": origin.sheet or None, "row": origin.row, "cells": list(origin.cells)}
