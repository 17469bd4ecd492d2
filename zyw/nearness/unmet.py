"""Rules that did nothing in a unit, and why: no such table, no rows, and which condition the rows do not meet."""

from collections import Counter

import numpy as np

from zyw.nearness.record import Idle
from zyw.rowset import Ints
from zyw.rules import Rule
from zyw.ruling.matching import meets
from zyw.ruling.run import Run
from zyw.ruling.screening import WHOLE
from zyw.ruling.watch import Seen, Watch
from zyw.scores import Scores


def idle_rules(watch: Watch, scores: Scores, unit: str) -> tuple[Idle, ...]:
    """Return the rules that neither moved points nor stated anything in a unit, in the order of the scheme."""
    run = watch.run
    if run is None or unit not in run.place:
        return ()
    fired = {rule for name, rule in scores.journal_rows.rows("unit", "rule") if name == unit}
    seen = {each.rule.id: each for each in watch.seen}
    return tuple(
        _why(run, rule, seen.get(rule.id), run.place[unit]) for rule in run.scheme.rules if rule.id not in fired
    )


def _why(run: Run, rule: Rule, seen: Seen | None, unit: int) -> Idle:
    if seen is None:
        return Idle(rule.id, rule.clause, f"没有收到{rule.table}")
    if rule.kinds and run.kinds[unit] not in rule.kinds:
        return Idle(rule.id, rule.clause, f"只用于{'、'.join(rule.kinds)}")
    mine = np.flatnonzero(seen.events.rows["unit_at"] == unit)
    if not len(mine):
        return Idle(rule.id, rule.clause, f"{rule.table}里没有本单位的行")
    rows = f"本单位 {len(mine)} 行"
    if rule.table in WHOLE or seen.taken[mine].any():
        text = "没有达到触发的次数、数量，或分值为 0" if seen.taken[mine].any() else "不符合条件"
        return Idle(rule.id, rule.clause, text)
    text, single = _lacking(seen, mine)
    inside = run.inside(seen.days[mine], run.period_of(rule))
    if not inside.any():
        return Idle(rule.id, rule.clause, f"{rows}都不在考核期内")
    return Idle(rule.id, rule.clause, f"{rows}，{text}", single)


def _lacking(seen: Seen, mine: Ints) -> tuple[str, tuple[int, ...]]:
    """Say which condition keeps rows out that meet all others, else which keeps most of them out; with those rows."""
    failed = {condition: ~meets(seen.events.facts, condition)[mine] for condition in seen.rule.conditions}
    if not failed:
        return "另有规则计过，或没有计入（见“未计入”）", ()
    count = np.sum(list(failed.values()), axis=0)
    single = Counter({condition: int((where & (count == 1)).sum()) for condition, where in failed.items()})
    condition, rows = single.most_common(1)[0]
    if rows:
        told = f"其中 {rows} 行只差一项：{condition}" if rows < len(mine) else f"只差一项：{condition}"
        origins = seen.events.rows["origins"][mine[failed[condition] & (count == 1)]]
        return told, tuple(sorted({origin for each in origins.tolist() for origin in each}))
    if not count.any():
        return "另有规则计过，或没有计入（见“未计入”）", ()
    most, _ = max(failed.items(), key=lambda each: int(each[1].sum()))
    return f"没有一行{most}", ()
