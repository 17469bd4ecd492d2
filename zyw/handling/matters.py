"""Rows that stand somewhere → records: whose they are, what they say, how many days are left."""

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from zyw.handling.lives import ISSUES, Lives
from zyw.handling.records import BASES, Basis, Matter, Owner
from zyw.lifecycle import days
from zyw.rowset import Days, Mask
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


class Matters:
    """Makes the records of one table's rows; each list is in order of deadline, units, row."""

    def __init__(self, ledger: "Ledger", lives: Lives, handling: Handling) -> None:
        self.ledger, self.lives, self.handling = ledger, lives, handling
        self._found = days(lives.rows, "发现日")

    def of(self, mask: Mask) -> tuple[Matter, ...]:
        """Return the rows of a mask."""
        made = [self.one(at) for at in np.flatnonzero(mask).tolist()]
        return tuple(sorted(made, key=lambda one: (one.due or date.max, one.units, one.origin)))

    def one(self, at: int) -> Matter:
        """Return one row."""
        lives = self.lives
        due = _day(lives.dues.due, at)
        basis = BASES[int(lives.dues.basis[at])] if due else Basis.NONE
        past = int(lives.past[at]) if due and not lives.done[at] else None
        alert = self.handling.alert(past) if past is not None else None
        return Matter(
            lives.table, int(lives.rows["origin"][at]), self.units(at), self._text("number", at),
            self._text("text", at), self._text("category", at), self._text("channel", at), self.owner(at),
            _day(self._found, at), due, basis, past, alert, self._text("state", at), lives.gaps.of(at),
            self._remark(at, basis),
        )  # fmt: skip

    def units(self, at: int) -> tuple[str, ...]:
        """Return the units of one row, in the order in which it names them."""
        origin = int(self.lives.rows["origin"][at])
        if origin in self._several:
            return self._several[origin]
        return (str(self.lives.rows["单位"][at]),) if "单位" in self.lives.rows else ("",)

    def owner(self, at: int) -> Owner:
        """Return who answers for one row: what it says, else whom the roster links with its unit."""
        unit = self._roster.get(self.units(at)[0])
        return Owner(
            self._text("leader", at) or (unit.linked_leader if unit else ""),
            self._text("office", at) or (unit.linked_office if unit else ""),
            self._text("person", at),
        )

    @cached_property
    def _roster(self) -> Mapping[str, Any]:
        return {unit.name: unit for unit in self.ledger.units}

    @cached_property
    def _several(self) -> Mapping[int, tuple[str, ...]]:
        rows = self.ledger.rows[self.lives.table]
        if len(rows) == len(np.unique(rows["origin"])) or "单位" not in rows:
            return {}
        found: dict[int, list[str]] = {}
        for origin, unit in rows.rows("origin", "单位"):
            found.setdefault(origin, []).append(unit)
        return {origin: tuple(dict.fromkeys(units)) for origin, units in found.items() if len(units) > 1}

    def _text(self, what: str, at: int) -> str:
        for name in _FIELDS[self.lives.table][what]:
            cells = self._words(name)
            if cells is not None and cells[at]:
                return str(cells[at])
        return ""

    def _words(self, name: str) -> Any:
        if name not in self.lives.rows:
            return None
        if name not in self._read:
            words = self.lives.facts.words(name)
            self._read[name] = words.mapped(words.texts)
        return self._read[name]

    @cached_property
    def _read(self) -> dict[str, Any]:
        return {}

    def _remark(self, at: int, basis: Basis) -> str:
        lives = self.lives
        told = [basis.value] if basis in (Basis.DEFAULT, Basis.REOPENED, Basis.EXTENDED) else []
        if lives.reopened[at] and basis is not Basis.REOPENED:
            told.append("重新打开")
        if lives.former[at] >= 0:
            earlier = int(lives.former[at])
            number = self._text("number", earlier)
            where = self.ledger.origins.locate(int(lives.rows["origin"][earlier]))
            told.append(f"复发：{number or where}")
        return "，".join(told)


def _day(column: Days, at: int) -> date | None:
    if np.isnat(column[at]):
        return None
    found = column[at].astype("datetime64[D]").item()
    assert isinstance(found, date)
    return found


def joined(parts: Iterable[tuple[Matter, ...]]) -> tuple[Matter, ...]:
    """Return the matters of several tables in one order."""
    found = [each for part in parts for each in part]
    return tuple(sorted(found, key=lambda one: (one.due or date.max, one.units, one.origin)))
