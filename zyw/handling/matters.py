"""Rows that stand somewhere → records: whose they are, what they say, how many days are left."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from zyw.handling.lives import ISSUES, Lives
from zyw.handling.records import BASES, Basis, Matter, Owner
from zyw.lifecycle import days
from zyw.privacy import mask_numbers
from zyw.rowset import Ints, Mask
from zyw.rules.handling import Handling

if TYPE_CHECKING:
    from zyw.ledger import Ledger

_FIELDS: Final[Mapping[str, Mapping[str, tuple[str, ...]]]] = {
    ISSUES: {
        "number": ("编号", "案号"), "text": ("问题", "事项标题", "具体表现"),
        "category": ("类别",), "channel": ("来源",),
        "leader": ("领导",), "office": ("责任股室",), "person": ("责任人",), "state": ("状态",),
    },
    "任务台账": {
        "number": (), "text": ("任务",), "category": ("工作方面",), "channel": (),
        "leader": ("牵头领导",), "office": ("责任股室",), "person": ("责任人",), "state": ("进展",),
    },
}  # fmt: skip
"""Where a table says what, the best column first."""
_TOLD: Final = (Basis.DEFAULT, Basis.REOPENED, Basis.EXTENDED)


class Matters:
    """Makes the records of one table's rows, each once; lists are in order of deadline, units, row."""

    def __init__(self, ledger: "Ledger", lives: Lives, handling: Handling) -> None:
        self.ledger, self.lives, self.handling = ledger, lives, handling
        self._made: dict[int, Matter] = {}

    def of(self, mask: Mask) -> tuple[Matter, ...]:
        """Return the rows of a mask."""
        return tuple(self.one(at) for at in np.flatnonzero(mask).tolist())

    def one(self, at: int) -> Matter:
        """Return one row."""
        if at not in self._made:
            self._made[at] = self._make(at)
        return self._made[at]

    def _make(self, at: int) -> Matter:
        lives, texts = self.lives, self.texts
        due = self._dues[at]
        basis = BASES[self._bases[at]] if due else Basis.NONE
        past = self._past[at] if due and not self._done[at] else None
        alert = self.alerts[at] if past is not None else -1
        return Matter(
            lives.table, self._origins[at], self.units(at), texts["number"][at], texts["text"][at],
            texts["category"][at], texts["channel"][at],
            self.owner(at), self._found[at], due, basis, past,
            self.handling.alerts[alert] if alert >= 0 else None, texts["state"][at],
            lives.gaps.of(at) if self._lacking[at] else (), self._remark(at, basis),
        )  # fmt: skip

    def owner(self, at: int) -> Owner:
        """Return who answers for one row: what it says, else whom the roster links with its unit."""
        return Owner(self.texts["leader"][at], self.texts["office"][at], self.texts["person"][at])

    def units(self, at: int) -> tuple[str, ...]:
        """Return the units of one row, in the order in which it names them."""
        several = self._several.get(self._origins[at]) if self._several else None
        return several or (self._unit[at],)

    @cached_property
    def alerts(self) -> Sequence[int]:
        """The place of each row's warning among the scheme's, −1 none; of rows with a deadline that are not done."""
        past, codes = np.unique(self.lives.past, return_inverse=True)
        places = {alert.name: place for place, alert in enumerate(self.handling.alerts)}
        found = [places[alert.name] if (alert := self.handling.alert(each)) else -1 for each in past.tolist()]
        dated = ~np.isnat(self.lives.dues.due) & ~self.lives.done
        result: list[int] = np.where(dated, np.array(found or [-1])[codes.reshape(-1)], -1).tolist()
        return result

    @cached_property
    def texts(self) -> Mapping[str, Sequence[str]]:
        """What each row says, by what it is; leader and office are the roster's where the row says nothing."""
        found = {what: self._first(names) for what, names in _FIELDS[self.lives.table].items()}
        known = {unit.name: (unit.linked_leader, unit.linked_office) for unit in self.ledger.units}
        for place, what in enumerate(("leader", "office")):
            linked = {unit: links[place] for unit, links in known.items() if links[place]}
            if linked:
                found[what] = [text or linked.get(unit, "") for text, unit in zip(found[what], self._unit, strict=True)]
        return found

    def _first(self, names: Iterable[str]) -> Sequence[str]:
        """Return for each row the first of some columns that it fills, the numbers of persons in it starred."""
        result: list[str] = [""] * len(self.lives)
        for name in reversed(tuple(names)):
            if name in self.lives.rows:
                words = self.lives.facts.words(name)
                column = words.mapped([mask_numbers(text) for text in words.texts]).tolist()
                result = [new or old for new, old in zip(column, result, strict=True)]
        return result

    @cached_property
    def _unit(self) -> Sequence[str]:
        return self.lives.rows["单位"].tolist() if "单位" in self.lives.rows else [""] * len(self.lives)

    @cached_property
    def _several(self) -> Mapping[int, tuple[str, ...]]:
        """The units of each row (by origin) that names more than one."""
        rows = self.ledger.rows[self.lives.table]
        if len(rows) == len(np.unique(rows["origin"])) or "单位" not in rows:
            return {}
        found: dict[int, list[str]] = {}
        for origin, unit in rows.rows("origin", "单位"):
            found.setdefault(origin, []).append(unit)
        return {origin: tuple(dict.fromkeys(units)) for origin, units in found.items() if len(units) > 1}

    @cached_property
    def _origins(self) -> Sequence[int]:
        return _listed(self.lives.rows["origin"])

    @cached_property
    def _found(self) -> Sequence[date | None]:
        return _dates(days(self.lives.rows, "发现日"))

    @cached_property
    def _dues(self) -> Sequence[date | None]:
        return _dates(self.lives.dues.due)

    @cached_property
    def _bases(self) -> Sequence[int]:
        return _listed(self.lives.dues.basis)

    @cached_property
    def _past(self) -> Sequence[int]:
        return _listed(self.lives.past)

    @cached_property
    def _done(self) -> Sequence[int]:
        return _listed(self.lives.done)

    @cached_property
    def _lacking(self) -> Sequence[int]:
        return _listed(self.lives.lacking)

    @cached_property
    def _reopened(self) -> Sequence[int]:
        return _listed(self.lives.reopened)

    @cached_property
    def _former(self) -> Sequence[int]:
        return _listed(self.lives.former)

    def _remark(self, at: int, basis: Basis) -> str:
        told = [basis.value] if basis in _TOLD else []
        if self._reopened[at] and basis is not Basis.REOPENED:
            told.append("重新打开")
        earlier = self._former[at]
        if earlier >= 0:
            number = self.texts["number"][earlier]
            told.append(f"复发：{number or self.ledger.origins.locate(self._origins[earlier])}")
        return "，".join(told)


def _listed(values: Ints | Mask) -> Sequence[int]:
    found: list[int] = values.tolist()
    return found


def _dates(column: Any) -> Sequence[date | None]:
    found: list[date | None] = column.astype("datetime64[D]").tolist()
    return found


def joined(parts: Iterable[tuple[Matter, ...]]) -> tuple[Matter, ...]:
    """Return the matters of several tables in order of deadline, units, row."""
    found = [each for part in parts for each in part]
    return tuple(sorted(found, key=lambda one: (one.due or date.max, one.units, one.origin)))
