"""Units as events: the roster's lines (名册), and the surveys (测评), one row a unit and survey."""

from collections.abc import Sequence
from typing import Any, Final

import numpy as np

from zyw.rowset import RowSet, coded, objects
from zyw.rules import Survey
from zyw.ruling.events import Events
from zyw.ruling.facts import Facts, Words
from zyw.ruling.run import Run
from zyw.ruling.sanctioned import unit_words
from zyw.ruling.scales import Outcome, outcomes

PLAIN: Final = "满意率"
"""The name under which a run without a 测评 of the scheme's has its satisfied rates."""


def unit_rows(run: Run, units: Sequence[str]) -> RowSet:
    """Return a row for each of these units, on the last day, standing on their lines of the roster."""
    places = [run.place[name] for name in units]
    known = [run.roster[place] for place in places]
    none = np.full(len(units), -1, dtype=np.int64)
    return RowSet(
        {
            "unit_at": np.array(places, dtype=np.int64),
            "name_at": none,
            "person_at": none,
            "day": np.full(len(units), run.last_day),
            "origins": objects([(unit.origin,) if unit and unit.origin >= 0 else () for unit in known]),
        },
        len(units),
    )


def roster_events(run: Run) -> Events:
    """Return the units themselves."""
    rows = unit_rows(run, run.units)
    heads = [unit.head if unit else "" for unit in run.roster]
    facts = Facts(rows, {**unit_words(run, rows["unit_at"]), "主要负责人": _column(heads)})
    return Events("名册", rows, facts, np.zeros(len(rows), dtype=np.int64))


def survey_events(run: Run) -> Events:
    """Return each unit's outcome of each survey; a vote that is void is told (C024) and is no event."""
    surveys = run.scheme.surveys or (Survey(PLAIN, ""),)
    found: list[Outcome] = []
    for survey in surveys:
        for outcome in outcomes(run.ledger, survey, run.scheme.surveys):
            if outcome.unit not in run.place:
                continue
            if outcome.void:
                run.tell_void(survey.name, outcome.unit, outcome.void)
            else:
                found.append(outcome)
    rows = unit_rows(run, [each.unit for each in found])
    derived: dict[str, Words] = {
        "测评": _column([each.survey for each in found]),
        "测评得分": _column([each.score for each in found]),
        "满意率": _column([each.rate for each in found]),
        "份数": _column([each.sheets for each in found]),
        **unit_words(run, rows["unit_at"]),
    }
    return Events("测评", rows, Facts(rows, derived), np.zeros(len(rows), dtype=np.int64))


def _column(values: Sequence[Any]) -> Words:
    return lambda: coded(objects(list(values)))
