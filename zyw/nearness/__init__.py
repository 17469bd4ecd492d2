"""How near something was: what did not fire and by how much, how far the next step is, what a cap took back.

Asked of one unit after a run that was watched (`zyw.ruling.watch`); nothing here changes a score. Two cases where the
rule wants three within 12个月: 差 1 次. Texts are for `explain`, which is 内部.
"""

from collections.abc import Iterator

from zyw.nearness.bounded import cuts, grades_ahead
from zyw.nearness.measured import measures_away
from zyw.nearness.record import Idle, Near
from zyw.nearness.repeated import counts_away, steps_ahead
from zyw.nearness.unmet import idle_rules
from zyw.ruling.watch import Watch
from zyw.scores import Scores

__all__ = ["Idle", "Near", "idle_rules", "near_misses"]


def near_misses(watch: Watch, scores: Scores, unit: str) -> tuple[Near, ...]:
    """Return what lacked little in a unit, in the order of the rules; a person's entries name the person."""
    return tuple(_found(watch, scores, unit))


def _found(watch: Watch, scores: Scores, unit: str) -> Iterator[Near]:
    run = watch.run
    if run is None or unit not in run.place:
        return
    at = run.place[unit]
    for seen in watch.seen:
        if seen.rule.cumulation is not None:
            yield from counts_away(run, seen, at)
        elif seen.rule.ladder:
            yield from steps_ahead(run, seen, at)
        else:
            yield from measures_away(run, seen, at)
    yield from cuts(scores, unit)
    yield from grades_ahead(scores, unit)
