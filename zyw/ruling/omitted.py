"""Rows of measures that do not stand, with the rule that each would have met."""

from typing import Final

import numpy as np

from zyw.rowset import RowSet
from zyw.rules import SANCTIONS
from zyw.ruling.matching import passing
from zyw.ruling.run import Run
from zyw.ruling.sanctioned import sanction_facts
from zyw.sanctions.grouping import tuples

_COLUMNS: Final = (
    "origin", "unit_at", "name_at", "level", "severest", "reason", "fault", "of_unit", "category", "channel", "gravity",
)  # fmt: skip


def leave_out_rows(run: Run, rows: RowSet) -> None:
    """List each row that does not stand, with the rule that it would have met."""
    out = rows.take(rows["reason"] != "", _COLUMNS)
    rule, clause = np.full(len(out), "", dtype=object), np.full(len(out), "", dtype=object)
    able = np.flatnonzero(~out["fault"] & (out["severest"] >= 0) & ~out["of_unit"])
    reached = out.take(able)
    facts = sanction_facts(run, reached, reached)
    for each in reversed(run.scheme.rules):
        if each.table == SANCTIONS and each.moves and each.cumulation is None:
            meets = able[passing(facts, each.conditions)]
            rule[meets], clause[meets] = each.id, each.clause
    run.left_out.add(
        len(out), unit_at=out["unit_at"], name_at=out["name_at"], rule=rule, clause=clause, reason=out["reason"],
        origins=tuples(out["origin"], np.arange(len(out))),
    )  # fmt: skip
