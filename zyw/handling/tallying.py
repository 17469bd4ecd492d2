"""How the matters of each owner stand: a matter of two units counts with both, and once in the total.

Matters that name nobody of a kind stand under 没有写明, where others name somebody.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

import numpy as np

from zyw.handling.matters import Matters
from zyw.handling.records import LEADER, OFFICE, OWNERS, PERSON, UNIT, Tally
from zyw.rowset import Ints, Mask, numbered, objects

_SEVERAL: Final = re.compile(r"[、，,；;/]+")
COUNTED: Final = ("open", "soon", "overdue", "closable", "wrongly_closed")
NOBODY: Final = "没有写明"
_KEYS: Final = {LEADER: "leader", OFFICE: "office", PERSON: "person"}
Masks = Mapping[str, Mask]
"""Of one table: for each of `COUNTED` the rows that it counts."""


def tallied(tables: Sequence[tuple[Matters, Masks]], alerts: int) -> tuple[Tally, tuple[Tally, ...]]:
    """Return the total and the tally of each owner with anything to be counted, the most overdue first."""
    total = np.zeros(len(COUNTED) + alerts, dtype=np.int64)
    found: dict[tuple[str, str], Ints] = {}
    for matters, masks in tables:
        each = _numbers(matters, masks, alerts)
        total += each.sum(axis=0)
        for kind in OWNERS:
            names, rows, who = _owners(matters, kind)
            sums = np.zeros((len(names), each.shape[1]), dtype=np.int64)
            np.add.at(sums, who, each[rows])
            for name, numbers in zip(names, sums, strict=True):
                if numbers.any():
                    found[kind, name] = found.get((kind, name), 0) + numbers
    named = {kind for kind, who in found if who != NOBODY}
    made = [_tally(kind, who, numbers) for (kind, who), numbers in found.items() if kind in named]
    order = sorted(made, key=lambda t: (OWNERS.index(t.kind), t.name == NOBODY, -t.overdue, -t.open, t.name))
    return _tally("", "合计", total), tuple(order)


def _numbers(matters: Matters, masks: Masks, alerts: int) -> Ints:
    """Return what each row counts: 1 or 0 for each of `COUNTED`, then for each alert when it is overdue."""
    columns = [masks[name].astype(np.int64) for name in COUNTED]
    of = np.where(masks["overdue"], np.array(matters.alerts, dtype=np.int64), -1)
    columns += [(of == place).astype(np.int64) for place in range(alerts)]
    return np.stack(columns, axis=1)


def _owners(matters: Matters, kind: str) -> tuple[Sequence[str], Ints, Ints]:
    """Return the owners of a kind, and pairs of a row and its owner; a cell with two names is of both."""
    pairs = list(_units(matters) if kind == UNIT else _named(matters.texts[_KEYS[kind]]))
    names = objects([name for _, name in pairs])
    codes = numbered(names) if pairs else np.zeros(0, dtype=np.int64)
    rows = np.array([at for at, _ in pairs], dtype=np.int64)
    return tuple(dict.fromkeys(names.tolist())), rows, codes


def _units(matters: Matters) -> Iterator[tuple[int, str]]:
    return ((at, unit) for at in range(len(matters.lives)) for unit in matters.units(at))


def _named(texts: Sequence[str]) -> Iterator[tuple[int, str]]:
    known = {text: _names(text) or (NOBODY,) for text in dict.fromkeys(texts)}
    return ((at, name) for at, text in enumerate(texts) for name in known[text])


def _names(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, map(str.strip, _SEVERAL.split(text)))))


def _tally(kind: str, name: str, numbers: Ints) -> Tally:
    opened, soon, overdue, closable, wrong = (int(number) for number in numbers[: len(COUNTED)])
    return Tally(kind, name, opened, soon, overdue, tuple(numbers[len(COUNTED) :].tolist()), closable, wrong)
