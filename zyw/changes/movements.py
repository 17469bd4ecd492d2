"""Two scorings of the same units side by side: whose score and place changed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from zyw.points import to_text
from zyw.scores import Scores, Standing


@dataclass(frozen=True, slots=True)
class Scored:
    """One scoring: scores in millionths; `standings` is empty where nothing was ranked."""

    scores: Scores
    standings: Sequence[Standing] = ()


@dataclass(frozen=True, slots=True)
class Movement:
    """One unit: score in millionths and place (None: not ranked) in the one and the other scoring, consequences too."""

    unit: str
    before: int
    after: int
    place_before: int | None
    place_after: int | None
    consequences_before: tuple[str, ...] = ()
    consequences_after: tuple[str, ...] = ()

    @property
    def changed(self) -> bool:
        """Whether anything differs."""
        return (self.before, self.place_before, self.consequences_before) != (
            self.after, self.place_after, self.consequences_after,
        )  # fmt: skip


def movements(one: Scored, other: Scored) -> tuple[Movement, ...]:
    """Return every unit of either scoring, in the order of the first; one that only one has keeps its base there."""
    first, second = _by_unit(one), _by_unit(other)
    found = []
    for unit in dict.fromkeys((*first, *second)):
        before = first.get(unit) or (one.scores.scheme.base, None, ())
        after = second.get(unit) or (other.scores.scheme.base, None, ())
        found.append(Movement(unit, before[0], after[0], before[1], after[1], before[2], after[2]))
    return tuple(found)


_Told = tuple[int, int | None, tuple[str, ...]]


def _by_unit(scored: Scored) -> dict[str, _Told]:
    places = {each.unit: each.rank for each in scored.standings}
    rows = scored.scores.unit_rows.rows("unit", "score", "consequences")
    return {unit: (points, places.get(unit), tuple(told)) for unit, points, told in rows}


def heads(one: str, other: str, *, placed: bool) -> tuple[str, ...]:
    """Return the heads of the table: what the two scorings are called."""
    places = (f"{one}名次", f"{other}名次") if placed else ()
    return ("单位", f"{one}得分", f"{other}得分", "变化", *places, "后果")


def rows(found: Iterable[Movement], *, placed: bool) -> list[tuple[str, ...]]:
    """Return a row for each unit that changed."""
    return [_row(each, placed=placed) for each in found if each.changed]


def _row(each: Movement, *, placed: bool) -> tuple[str, ...]:
    change = each.after - each.before
    places = (_place(each.place_before), _place(each.place_after)) if placed else ()
    gone = [f"不再有：{text}" for text in each.consequences_before if text not in each.consequences_after]
    new = [f"新有：{text}" for text in each.consequences_after if text not in each.consequences_before]
    moved = f"{'+' if change > 0 else ''}{to_text(change)}" if change else "不变"
    return (each.unit, to_text(each.before), to_text(each.after), moved, *places, "；".join([*gone, *new]))


def _place(place: int | None) -> str:
    return "不排名" if place is None else str(place)


def payload(found: Iterable[Movement]) -> list[dict[str, Any]]:
    """Return the units that changed for JSON; a place is null where the unit is not ranked."""
    return [
        {
            "unit": each.unit,
            "before": _side(each.before, each.place_before, each.consequences_before),
            "after": _side(each.after, each.place_after, each.consequences_after),
        }
        for each in found
        if each.changed
    ]


def _side(points: int, place: int | None, consequences: tuple[str, ...]) -> dict[str, Any]:
    return {"score": to_text(points), "rank": place, "consequences": list(consequences)}
