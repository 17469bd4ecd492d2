"""The roster (名册) and matching of unit names to it: by stated rules in a stated order, never by likeness.

Names are compared by `zyw.cells.key` (widths, blanks and case do not matter). The order: the official name; a name that
somebody confirmed (`zyw check --learn`); code, short name, former name; a shorter way to write an official or former
name (`zyw.naming.forms`); an official or short name that is a shorter way to write what stands in the cell. The first
step that knows the name decides, and a name that two units claim there matches neither. A former name with dates
counts on the days on which it was right; on later days only when nobody else claims it, and that is said. A miss
offers the three nearest and decides nothing.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Final, NamedTuple

from zyw.cells import key
from zyw.naming.formers import Former
from zyw.naming.forms import shared_places, short_forms
from zyw.naming.units import Unit

NEAREST: Final = 3
CLEAR_LIKENESS: Final = 60
CLEAR_LEAD: Final = 10
"""A candidate is put to a clerk as the one that is probably meant from this likeness (of 100) and lead on."""
ALIKE: Final = "空格、全半角或大小写不同"
REMARKS: Final = frozenset(("牵头", "主责", "主办", "承办", "协办", "配合", "盖章", "公章", "章"))
"""What may stand in brackets behind a unit without being part of its name."""
_REMARKED: Final = re.compile(r"(?P<name>.+?)\((?P<remark>[^()]+)\)")
LONGEST: Final = 40
"""Characters of a text that can be the name of a unit."""
SHORTEST: Final = 3
"""Characters of a name that is looked for inside the name of a file."""
_OF_A_SCHOOL: Final = re.compile("校区|分校|部|学校|小学|中学|幼儿园|附属")
_OFFICIAL, _CONFIRMED, _DECLARED, _SHORT, _FORMER_SHORT = range(5)


@dataclass(frozen=True, slots=True)
class Match:
    """What a written name means: the official name and how it was found, else the candidates (none or several).

    `expired` is the former name that was no longer right on the day of the row.
    """

    unit: str
    how: str
    candidates: tuple[str, ...] = ()
    expired: Former | None = None


UNKNOWN: Final = Match("", "")


class Claim(NamedTuple):
    """One unit's claim to a written name; `step` is its place in the order, `former` the name that was once right."""

    unit: str
    how: str
    step: int
    former: Former | None = None

    def on(self, day: date | None) -> "Claim":
        """Return the claim as it stands on a day: a name that ended later was official then."""
        if self.former is None or self.former.until is None or day is None or self.step != _DECLARED:
            return self
        return self._replace(step=_OFFICIAL) if self.former.covers(day) else self


@dataclass(frozen=True)
class Roster:
    """The units in roster order, and names that somebody confirmed (as written → official name)."""

    units: tuple[Unit, ...]
    aliases: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def _claims(self) -> Mapping[str, list[Claim]]:
        """Key of a name that is stated somewhere → who claims it, each unit by its first step."""
        claims: dict[str, dict[str, Claim]] = {}
        for text, claim in self._stated():
            known = claims.setdefault(key(text), {})
            if claim.unit not in known or claim.step < known[claim.unit].step:
                known[claim.unit] = claim
        return {text: list(known.values()) for text, known in claims.items() if text}

    def _stated(self) -> Iterator[tuple[str, Claim]]:
        official = {unit.name for unit in self.units}
        for unit in self.units:
            yield unit.name, Claim(unit.name, "名称", _OFFICIAL)
            yield unit.code, Claim(unit.name, "代码", _DECLARED)
            yield from ((short, Claim(unit.name, "简称", _DECLARED)) for short in unit.short)
            for former in _formers(unit):
                yield former.name, Claim(unit.name, _told(former), _DECLARED, former)
        for written, name in self.aliases.items():
            if name in official:
                yield written, Claim(name, "已确认的写法", _CONFIRMED)

    @cached_property
    def _places(self) -> tuple[str, ...]:
        return shared_places(unit.name for unit in self.units)

    @cached_property
    def _forms(self) -> Mapping[str, list[Claim]]:
        """Key of a shorter way to write an official or former name → who claims it."""
        forms: dict[str, dict[str, Claim]] = {}
        for unit in self.units:
            for form, steps in short_forms(unit.name, self._places).items():
                forms.setdefault(form, {})[unit.name] = Claim(unit.name, f"简写：{steps}", _SHORT)
        for unit in self.units:
            for former in _formers(unit):
                for form, steps in short_forms(former.name, self._places).items():
                    claim = Claim(unit.name, f"{_told(former)}；简写：{steps}", _FORMER_SHORT, former)
                    forms.setdefault(form, {}).setdefault(unit.name, claim)
        return {form: list(known.values()) for form, known in forms.items()}

    def _longer(self, text: str) -> list[Claim]:
        """Return who has a shorter way to write `text` as official or short name."""
        found: dict[str, Claim] = {}
        for form, steps in short_forms(text, self._places, county=False).items():
            for claim in self._claims.get(form, ()):
                if claim.how in ("名称", "简称"):
                    found.setdefault(claim.unit, Claim(claim.unit, f"{claim.how}的全写：{steps}", _SHORT))
        return list(found.values())

    @cached_property
    def _asked(self) -> dict[str, list[Claim]]:
        """What was found for each text that was asked about: a column asks about one text several times."""
        return {}

    def _claimed(self, written: str) -> list[Claim]:
        found = self._asked.get(written)
        if found is None:
            text = key(written)
            found = self._known(text) or self._without_remark(text)
            self._asked[written] = found
        return found

    def _known(self, text: str) -> list[Claim]:
        return self._claims.get(text) or self._forms.get(text) or (self._longer(text) if len(text) <= LONGEST else [])

    def _without_remark(self, text: str) -> list[Claim]:
        """Return who is meant by 二中（牵头） or 第一中学（0101）: brackets that are no branch."""
        found = _REMARKED.fullmatch(text)
        if not found:
            return []
        remark = found["remark"]
        return [
            claim._replace(how=f"{claim.how}，略去“（{remark}）”")
            for claim in self._known(found["name"])
            if remark in REMARKS or remark in self._codes.get(claim.unit, ())
        ]

    @cached_property
    def _codes(self) -> Mapping[str, tuple[str, ...]]:
        return {unit.name: (key(unit.code),) for unit in self.units if unit.code}

    def match(self, written: str, day: date | None = None) -> Match:
        """Return the unit a written name means in a row of that day."""
        claims = [claim.on(day) for claim in self._claimed(written)]
        if not claims:
            return UNKNOWN
        standing = [c for c in claims if c.former is None or day is None or c.former.covers(day)]
        first = min(claim.step for claim in standing or claims)
        chosen = [claim for claim in standing or claims if claim.step == first]
        if len(chosen) != 1:
            return Match("", "", tuple(claim.unit for claim in chosen))
        unit, how, _, former = chosen[0]
        plain = "" if unit == written else ALIKE
        return Match(unit, plain if how == "名称" else how, expired=None if standing else former)

    def stated(self, written: str) -> tuple[str, ...]:
        """Return the units of which the roster itself says that they may be written so."""
        return tuple(claim.unit for claim in self._claims.get(key(written), ()) if claim.step != _CONFIRMED)

    def depends_on_day(self, written: str) -> bool:
        """Say whether `match` may differ from day to day: a former name with dates is in play."""
        return any(c.former and (c.former.until or c.former.since) for c in self._claimed(written))

    def within(self, text: str) -> str:
        """Return the one unit whose official or short name stands in a file's or sheet's name, "" when it is not one.

        大垸中学5月问题台账 → 大垸中学. A name inside a longer one does not count, nor one with more of a school's name
        around it (大垸中学东校区): that may be another unit.
        """
        rest = key(text)
        found: set[str] = set()
        for name, unit in self._long_names:
            if name in rest:
                found.add(unit)
                rest = rest.replace(name, "\n")
        return found.pop() if len(found) == 1 and not _OF_A_SCHOOL.search(rest) else ""

    @cached_property
    def _long_names(self) -> list[tuple[str, str]]:
        """Names of three characters or more that one unit alone claims, the longest first."""
        names = [
            (text, claims[0].unit)
            for text, claims in self._claims.items()
            if len(claims) == 1 and len(text) >= SHORTEST and claims[0].how in ("名称", "简称")
        ]
        return sorted(names, key=lambda pair: (-len(pair[0]), pair))

    def nearest(self, written: str) -> tuple[str, ...]:
        """Return the three official names most like `written`: a suggestion for people, never a match."""
        return tuple(name for name, _ in self._likeness(written))

    def probable(self, written: str) -> str:
        """Return the one official name that is far more like `written` than every other, "" when there is none.

        For a question to a person; nothing is matched by it.
        """
        best = self._likeness(written)
        clear = best and best[0][1] >= CLEAR_LIKENESS and (len(best) == 1 or best[0][1] - best[1][1] >= CLEAR_LEAD)
        return best[0][0] if clear else ""

    def _likeness(self, written: str) -> list[tuple[str, float]]:
        from rapidfuzz import fuzz, process

        found = process.extract(key(written), self._sorted_names, scorer=fuzz.ratio, limit=NEAREST)
        return [(str(name), likeness) for _, likeness, name in found]

    @cached_property
    def _sorted_names(self) -> dict[str, str]:
        """Official name → key, sorted, so that of equally like names the same ones are offered in every run."""
        return {name: key(name) for name in sorted(unit.name for unit in self.units)}

    @cached_property
    def heads(self) -> Mapping[str, str]:
        """Official name → name of the head the roster names, where it does."""
        return {unit.name: unit.head for unit in self.units if unit.head}


def _formers(unit: Unit) -> Iterator[Former]:
    dated = {former.name: former for former in unit.formers}
    return (dated.get(name, Former(name)) for name in unit.former)


def _told(former: Former) -> str:
    if former.until is None:
        return "曾用名" if former.since is None else f"曾用名，{former.since} 起用"
    return f"曾用名，{former.until} {'并入' if former.merged else '停用'}"


def plain_spellings(names: Iterable[str]) -> dict[str, str]:
    """Return for each spelling the plainest of those that differ in blanks, widths or case only (no roster).

    The shortest is taken, of equal ones the first in code order, so the order of rows has no part in it.

    >>> plain_spellings(["第一 中学", "第一中学"])
    {'第一 中学': '第一中学', '第一中学': '第一中学'}
    """
    plain: dict[str, str] = {}
    listed = list(names)
    for name in listed:
        known = plain.setdefault(key(name), name)
        plain[key(name)] = min(known, name, key=lambda text: (len(text), text))
    return {name: plain[key(name)] for name in listed}


def found_units(names: Iterable[str]) -> tuple[Unit, ...]:
    """Return units made of the names found in rows when there is no roster, in GB 18030 (pinyin) order."""
    return tuple(Unit(name) for name in sorted(set(names) - {""}, key=lambda n: n.encode("gb18030", "replace")))
