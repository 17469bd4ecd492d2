"""The measures that a ledger tells of, as a frame: what papers count and what an explanation lists.

Exactly the rows that scoring reads, judged for the same day in the same way.
"""

from datetime import date

import numpy as np
import pandas as pd

from zyw.ledger import Ledger
from zyw.rowfaults import Faults
from zyw.sanctions.grouping import identify, levels_of
from zyw.sanctions.rows import gather
from zyw.sanctions.standing import judge_standing
from zyw.scheme import Scheme

COLUMNS = (
    "unit", "person", "person_at", "case_at", "level", "day", "origin", "channel", "gravity", "verified", "reason",
    "fault",
)  # fmt: skip


def measures_taken(ledger: Ledger, scheme: Scheme, as_of: date) -> pd.DataFrame:
    """Return one row a measure: `COLUMNS` and `measure` (its severity, -1 where the cell names none).

    `reason` is "" where the measure stands on `as_of`, else why it does not; `person_at` and `case_at` number persons
    and cases as scoring does, `level` is the place of the person's 职务层级 in the scheme's order. What is
    wrong with rows is reported by scoring, not here.
    """
    faults = Faults(ledger.origins)
    sanctions = gather(ledger, scheme, faults)
    rows = sanctions.rows
    identify(rows, ())
    judge_standing(rows, scheme, as_of, faults)
    rows["level"] = levels_of(rows, ledger, scheme, faults)
    orders = [each.measures or (-1,) for each in sanctions.said]
    sizes = np.array([len(each) for each in orders], dtype=np.int64)[rows["said"]]
    frame = rows.take(np.repeat(np.arange(len(rows)), sizes)).frame(COLUMNS)
    return frame.assign(measure=np.array([m for code in rows["said"].tolist() for m in orders[code]], dtype=np.int64))
