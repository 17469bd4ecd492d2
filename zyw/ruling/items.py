"""From the rules' points to the score: items in a tree, each with base, bounds and weight, then the total.

Every step that changes a sum books a row, so that base + Σ journal is the score. A unit's base is the scheme's, and
each item's own × all the weights above it. An item of base 100 and weight 30 %, −15: base 30, −15, 折算 +10.5 → 25.5.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

import numpy as np

from zyw.points import SCALE, whole_micro
from zyw.ranking import units_with
from zyw.rowset import Ints, Mask, RowSet, objects
from zyw.rules import Dated, Item
from zyw.rules.items import SHARE_OUT, UNRANKED
from zyw.ruling.run import Run

BOUND, SPILL, WEIGHED, ROUNDED, TOTAL, ABSENT = "限额：", "外溢：", "折算：", "四舍五入：", "总分", "不适用："


@dataclass(slots=True)
class Sum:
    """One node of the tree on its way: `raw` in its own points (millionths), `booked` what base and journal hold."""

    raw: Ints
    booked: Ints


class Tree:
    """Adds up one run's items; `points` are the rules' by item name ("" straight to the total)."""

    def __init__(self, run: Run, points: dict[str, Ints], place: int) -> None:
        self.run, self.points, self.place = run, points, place
        self.size = len(run.units)
        self.present = {item.name: self._present(item) for item in run.scheme.items}
        self.weights = {item.name: self._weights(item) for item in run.scheme.items}
        self.base = np.full(self.size, run.scheme.base, dtype=np.int64)
        self.values: dict[str, Ints] = {}
        """What each item came to, in its own points: 同分先后 may ask for it."""

    def score(self) -> tuple[Ints, Ints]:
        """Book what bounds, weights and rounding change; return base and score of each unit."""
        whole = self._node("", self.base.copy(), [Fraction(1)] * self.size)
        total = self.run.scheme.total
        self._bound(whole, (TOTAL, ""), (_held(total.floor, self.run.last_day), _held(total.cap, self.run.last_day)))
        self._round(whole, TOTAL, "", total.places)
        return self.base, whole.raw

    def _node(self, name: str, base: Ints, effective: list[Fraction]) -> Sum:
        """Return the sum of a node: its own base, its rules' points, its children's contributions."""
        own = self.points.get(name, np.zeros(self.size, dtype=np.int64))
        node = Sum(base + own, scaled(base, effective) + own)
        for item in self.run.scheme.items:
            if item.parent == name:
                self._child(item, node, effective)
        return node

    def _child(self, item: Item, parent: Sum, above: list[Fraction]) -> None:
        weights = self.weights[item.name]
        effective = [each * weight for each, weight in zip(above, weights, strict=True)]
        present = self.present[item.name]
        base = np.where(present, whole_micro(item.base), 0)
        self.base += scaled(base, effective)
        node = self._node(item.name, base, effective)
        self._drop_absent(item, node, present)
        day = self.run.last_day_of(item)
        cut = self._bound(node, (item.name, item.clause), (_held(item.floor, day), _held(item.cap, day)), present)
        self._round(node, item.name, item.clause, item.places)
        self.values[item.name] = node.raw
        weighed = scaled(node.raw, effective)
        self._book(weighed - node.booked, f"{WEIGHED}{item.name}", item.clause)
        parent.raw = parent.raw + scaled(node.raw, weights)
        parent.booked = parent.booked + weighed
        if item.spill:
            self._book(cut, f"{SPILL}{item.name}", item.clause)
            parent.raw, parent.booked = parent.raw + cut, parent.booked + cut

    def _drop_absent(self, item: Item, node: Sum, present: Mask) -> None:
        """Take back what rules moved in an item that the unit does not have."""
        self._book(np.where(present, 0, -node.booked), f"{ABSENT}{item.name}", item.clause)
        node.raw, node.booked = np.where(present, node.raw, 0), np.where(present, node.booked, 0)

    def _bound(
        self,
        node: Sum,
        named: tuple[str, str],
        bounds: tuple[Fraction | None, Fraction | None],
        where: Mask | None = None,
    ) -> Ints:
        """Keep a node between floor and cap; return what was cut off (negative below the floor)."""
        floor, cap = bounds
        name, clause = named
        low = whole_micro(floor) if floor is not None else np.iinfo(np.int64).min
        high = whole_micro(cap) if cap is not None else np.iinfo(np.int64).max
        kept = np.clip(node.raw, low, high)
        if where is not None:
            kept = np.where(where, kept, node.raw)
        change = kept - node.raw
        self._book(change, f"{BOUND}{name}", clause)
        node.raw, node.booked = kept, node.booked + change
        return -change

    def _round(self, node: Sum, name: str, clause: str, places: int | None) -> None:
        if places is None:
            return
        distinct, codes = np.unique(node.raw, return_inverse=True)
        rounded = [whole_micro(Fraction(value, SCALE), places) for value in distinct.tolist()]
        change = np.array(rounded, dtype=np.int64)[codes] - node.raw if self.size else node.raw
        self._book(change, f"{ROUNDED}{name}", clause)
        node.raw, node.booked = node.raw + change, node.booked + change

    def _book(self, change: Ints, rule: str, clause: str) -> None:
        """Book what changed the sum of a unit, on the last day; the rows behind it are those of the rules."""
        at = np.flatnonzero(change)
        self.place += 1
        if not len(at):
            return
        none = np.full(len(at), -1, dtype=np.int64)
        rows = RowSet(
            {
                "unit_at": at.astype(np.int64), "name_at": none, "person_at": none,
                "day": np.full(len(at), self.run.last_day), "origins": objects([self._origin(u) for u in at.tolist()]),
                "points": change[at], "quantity": np.zeros(len(at), dtype=np.int64),
            }
        )  # fmt: skip
        self.run.book(rows, (rule, clause, self.place))

    def _origin(self, unit: int) -> tuple[int, ...]:
        """Return where a step of the sum stands: the unit's line of the roster."""
        known = self.run.roster[unit]
        return (known.origin,) if known and known.origin >= 0 else ()

    def _present(self, item: Item) -> Mask:
        present = self.run.applies(item.kinds)
        for table in item.needed:
            having = units_with(self.run.ledger, table)
            present &= np.array([name in having for name in self.run.units], dtype=np.bool_)
        return present

    def _weights(self, item: Item) -> list[Fraction]:
        """Return the weight of an item for each unit: larger where sisters are absent and give theirs away."""
        sisters = [each for each in self.run.scheme.items if each.parent == item.parent and each.weight != 1]
        giving = [each for each in sisters if each.absent == SHARE_OUT]
        if item.weight == 1 or not giving:
            return [item.weight] * self.size
        found = []
        for unit in range(self.size):
            lost = sum((each.weight for each in giving if not self.present[each.name][unit]), Fraction(0))
            whole = sum((each.weight for each in sisters), Fraction(0))
            found.append(item.weight if not lost or whole == lost else item.weight * whole / (whole - lost))
        return found

    def absentees(self) -> dict[str, str]:
        """Return the units that are not ranked because an item does not apply to them, with the reason."""
        found: dict[str, str] = {}
        for item in self.run.scheme.items:
            if item.absent != UNRANKED:
                continue
            for unit in np.flatnonzero(~self.present[item.name]).tolist():
                found.setdefault(self.run.units[unit], f"没有“{item.name}”，不参加排名")
        return found


def _held(bound: Dated[Fraction] | None, day: np.datetime64) -> Fraction | None:
    """Return a bound as it is in force on a day."""
    return None if bound is None else bound.on(day.astype("datetime64[D]").item())


def scaled(values: Ints, factors: Sequence[Fraction]) -> Ints:
    """Return each value × its factor, exact to a millionth (half away from zero); factors are 0 or more."""
    found = values.copy()
    places = {factor: place for place, factor in enumerate(dict.fromkeys(factors))}
    codes = np.array([places[factor] for factor in factors], dtype=np.int64)
    for factor, place in places.items():
        if factor != 1:
            found[codes == place] = _times(values[codes == place], factor)
    return found


def _times(values: Ints, factor: Fraction) -> Ints:
    top, bottom = factor.numerator, factor.denominator
    largest = int(np.abs(values).max(initial=0))
    if 2 * largest * top + bottom < _ROOM:
        size = (2 * np.abs(values) * top + bottom) // (2 * bottom)
        return np.asarray(np.where(values < 0, -size, size), dtype=np.int64)
    return np.array([whole_micro(Fraction(value, SCALE) * factor) for value in values.tolist()], dtype=np.int64)


_ROOM: Final = 2**62
