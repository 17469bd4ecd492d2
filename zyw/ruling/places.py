"""The places of units as events: what rules on 名次 look at, from the scores that all other rules give."""

from collections.abc import Mapping

import numpy as np

from zyw.ranking import Placed, placed
from zyw.rowset import coded, objects
from zyw.ruling.events import Events
from zyw.ruling.facts import Facts
from zyw.ruling.run import Run
from zyw.ruling.sanctioned import unit_words
from zyw.ruling.whole import unit_rows


def place_events(run: Run, scores: Mapping[str, int], before: Mapping[str, int] | None) -> Events:
    """Return one row a unit that is placed: by `scores` (millionths) now, and by those of the 考核期 before."""
    now = placed(run.ledger, run.scheme.ranking, scores)
    then = placed(run.ledger, run.scheme.ranking, before) if before is not None else {}
    units = [name for name in run.units if name in now]
    rows = unit_rows(run, units)
    fields = {
        "名次": [now[name].rank for name in units],
        "倒数名次": [now[name].of - now[name].last + 1 for name in units],
        "参评数": [now[name].of for name in units],
        "上期名次": [then[name].rank if name in then else None for name in units],
        "名次上升": [_risen(then.get(name), now[name]) for name in units],
        "得分": [None for _ in units],
    }
    derived = {name: (lambda values=values: coded(objects(values))) for name, values in fields.items()}
    facts = Facts(rows, {**derived, **unit_words(run, rows["unit_at"])})
    return Events("名次", rows, facts, np.zeros(len(rows), dtype=np.int64))


def _risen(before: Placed | None, now: Placed) -> int | None:
    return None if before is None else before.rank - now.rank
