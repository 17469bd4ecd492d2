"""How the matters of each owner stand: a matter of two units counts with both, and once in the total.

Matters that name nobody of a kind stand under 没有写明, where others name somebody.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Final

from zyw.handling.records import LEADER, OFFICE, OWNERS, PERSON, UNIT, Matter, Tally
from zyw.rules.handling import Handling

_SEVERAL: Final = re.compile(r"[、，,；;/]+")
COUNTED: Final = ("open", "soon", "overdue", "closable", "wrongly_closed")
NOBODY: Final = "没有写明"


def owners_of(matter: Matter) -> dict[str, tuple[str, ...]]:
    """Return the names under which a matter is counted, by kind of owner; a cell with two names is of both."""
    cells = {LEADER: matter.owner.leader, OFFICE: matter.owner.office, PERSON: matter.owner.person}
    named = {
        kind: tuple(dict.fromkeys(filter(None, map(str.strip, _SEVERAL.split(text))))) for kind, text in cells.items()
    }
    return {UNIT: matter.units, **named}


def tallied(lists: Mapping[str, Iterable[Matter]], handling: Handling) -> tuple[Tally, tuple[Tally, ...]]:
    """Return the total and the tally of each owner; `lists` has the matters of each of `COUNTED`."""
    levels = [alert.name for alert in handling.alerts]
    blank = Tally("", "合计", alerts=(0,) * len(levels))
    total = blank
    found: dict[tuple[str, str], Tally] = {}
    for name in COUNTED:
        for matter in lists[name]:
            total = _counted(total, name, matter, levels)
            for kind, names in owners_of(matter).items():
                for who in names or (NOBODY,):
                    one = found.get((kind, who)) or replace(blank, kind=kind, name=who)
                    found[kind, who] = _counted(one, name, matter, levels)
    named = {kind for kind, who in found if who != NOBODY}
    kept = (each for each in found.values() if each.kind in named)
    order = sorted(kept, key=lambda t: (OWNERS.index(t.kind), t.name == NOBODY, -t.overdue, -t.open, t.name))
    return total, tuple(order)


def _counted(tally: Tally, name: str, matter: Matter, levels: list[str]) -> Tally:
    changed = replace(tally, **{name: getattr(tally, name) + 1})
    if name != "overdue" or matter.alert is None:
        return changed
    at = levels.index(matter.alert.name)
    return replace(changed, alerts=(*tally.alerts[:at], tally.alerts[at] + 1, *tally.alerts[at + 1 :]))
