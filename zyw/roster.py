"""The roster (名册) and matching of unit names to it: by official name, code, short or former name, never by likeness.

Names are compared by `zyw.cells.key` (widths, blanks and case do not matter). A name that two units claim matches
neither; a miss offers the three nearest and decides nothing.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from zyw.cells import key
from zyw.ledger import Unit
from zyw.rowset import RowSet

NEAREST: Final = 3
_SEPARATORS: Final = re.compile(r"[、,，;；/|\s]+")


@dataclass(frozen=True, slots=True)
class Match:
    """What a written name means: the official name and how it was found, else the candidates (none or several)."""

    unit: str
    how: str
    candidates: tuple[str, ...] = ()


@dataclass(frozen=True)
class Roster:
    """The units in roster order."""

    units: tuple[Unit, ...]

    @cached_property
    def _claims(self) -> Mapping[str, list[tuple[str, str]]]:
        """Key of a written name → (official name, how), official names first."""
        claims: dict[str, list[tuple[str, str]]] = {}
        for unit in self.units:
            named = [
                (unit.name, "名称"),
                (unit.code, "代码"),
                *((s, "简称") for s in unit.short),
                *((f, "曾用名") for f in unit.former),
            ]
            for text, how in named:
                known = claims.setdefault(key(text), []) if text else []
                if unit.name not in (name for name, _ in known):
                    known.append((unit.name, how))
        return claims

    def match(self, written: str) -> Match:
        """Return the unit a written name means; an official name wins over another unit's short one."""
        found = self._claims.get(key(written), [])
        official = [pair for pair in found if pair[1] == "名称"]
        chosen = official or found
        if len(chosen) == 1:
            name, how = chosen[0]
            return Match(name, "" if name == written else "写法" if how == "名称" else how)
        return Match("", "", tuple(name for name, _ in chosen))

    def nearest(self, written: str) -> tuple[str, ...]:
        """Return the three official names most like `written`: a suggestion for people, never a match."""
        from rapidfuzz import process

        found = process.extract(key(written), {u.name: key(u.name) for u in self.units}, limit=NEAREST)
        return tuple(str(name) for *_, name in found)

    @cached_property
    def heads(self) -> Mapping[str, str]:
        """Official name → name of the head the roster names, where it does."""
        return {unit.name: unit.head for unit in self.units if unit.head}


def units_of(rows: RowSet) -> tuple[Unit, ...]:
    """Return the units of a 名册 in its order; the first row of a name stands."""
    units: dict[str, Unit] = {}
    for values in rows.rows(*rows.columns):
        record = dict(zip(rows.columns, values, strict=True))
        name = str(record["单位名称"])
        if name and key(name) not in units:
            units[key(name)] = _unit(name, record)
    return tuple(units.values())


def _unit(name: str, record: Mapping[str, object]) -> Unit:
    def text(field: str) -> str:
        return str(record.get(field) or "")

    staff = record.get("在职人数")
    return Unit(
        name=name,
        kind=text("学段"),
        code=text("代码"),
        short=_parts(text("简称")),
        former=_parts(text("曾用名")),
        staff=None if staff is None else int(str(staff).partition(".")[0]),
        head=text("主要负责人"),
        linked_leader=text("联系领导"),
        linked_office=text("包保股室"),
        parent=text("主管单位"),
        origin=int(str(record["origin"])),
    )


def _parts(text: str) -> tuple[str, ...]:
    return tuple(part for part in _SEPARATORS.split(re.sub(r"[（(][^）)]*[）)]", "", text)) if part)


def found_units(names: Iterable[str]) -> tuple[Unit, ...]:
    """Return units made of the names found in rows when there is no roster, in GB 18030 (pinyin) order."""
    return tuple(Unit(name) for name in sorted(set(names) - {""}, key=lambda n: n.encode("gb18030", "replace")))
