"""Which rules of a scheme were at work in a scoring, how often and in how many units: never and always are told apart.

A rule that no row of a year ever met, or that met every unit, may not say what was meant.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np

from zyw.points import to_text
from zyw.scores import Scores


@dataclass(frozen=True, slots=True)
class Use:
    """One rule: how many `times` it moved points or stated a consequence, in how many `units`, and its points in all.

    An event that moves points and states two consequences is one time. `points` (millionths) are before any limit.
    """

    rule: str
    times: int
    units: int
    points: int


def uses(scores: Scores) -> tuple[Use, ...]:
    """Return every rule of the scheme, in its order."""
    rows = scores.journal_rows
    rule, said, unit = rows.coded("rule"), rows.coded("consequence"), rows.coded("unit")
    times: dict[str, int] = {}
    pairs, counts = np.unique(rule.codes * max(len(said.texts), 1) + said.codes, return_counts=True)
    for pair, count in zip(pairs.tolist(), counts.tolist(), strict=True):
        name = rule.texts[pair // len(said.texts)]
        times[name] = max(times.get(name, 0), count)
    places = np.unique(rule.codes * max(len(unit.texts), 1) + unit.codes) // max(len(unit.texts), 1)
    where = dict(zip(*np.unique(places, return_counts=True), strict=True)) if len(places) else {}
    units = {rule.texts[code]: int(count) for code, count in where.items()}
    moved = np.zeros(len(rule.texts), dtype=np.int64)
    np.add.at(moved, rule.codes, rows["points"])
    points = dict(zip(rule.texts, moved.tolist(), strict=True))
    return tuple(
        Use(each.id, times.get(each.id, 0), units.get(each.id, 0), points.get(each.id, 0))
        for each in scores.scheme.rules
    )


def payload(scores: Scores) -> list[dict[str, Any]]:
    """Return the JSON: each rule with how often it fired and in how many of the units."""
    of = len(scores.unit_rows)
    return [{"rule": each.rule, "fired": each.times, "units": each.units, "of": of} for each in uses(scores)]


def heads(one: str, other: str) -> tuple[str, ...]:
    """Return the heads of the table of two scorings."""
    return ("规则", f"{one}次数", f"{other}次数", f"{one}分", f"{other}分")


def changes(one: Scores, other: Scores) -> list[tuple[str, Use | None, Use | None]]:
    """Return the rules that were at work otherwise in two scorings; None where a scheme has no such rule."""
    before, after = ({each.rule: each for each in uses(scores)} for scores in (one, other))
    return [
        (name, before.get(name), after.get(name))
        for name in dict.fromkeys((*before, *after))
        if before.get(name) != after.get(name)
    ]


def change_rows(found: list[tuple[str, Use | None, Use | None]]) -> list[tuple[str, ...]]:
    """Return a row for each rule that was at work otherwise; a rule that a scheme does not have is 没有."""
    rows = []
    for name, *sides in found:
        times = [str(each.times) if each else "没有" for each in sides]
        points = [to_text(each.points) if each else "没有" for each in sides]
        rows.append((name, *times, *points))
    return rows


def change_payload(found: list[tuple[str, Use | None, Use | None]]) -> list[dict[str, Any]]:
    """Return the same for JSON; null where a scheme has no such rule."""
    return [{"rule": name, "before": _side(one), "after": _side(other)} for name, one, other in found]


def _side(use: Use | None) -> dict[str, Any] | None:
    return None if use is None else {"fired": use.times, "units": use.units, "points": to_text(use.points)}
