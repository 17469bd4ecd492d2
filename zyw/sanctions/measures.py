"""What a 处理方式 cell says: the measures of the scheme in it, and the words that are none.

A cell may hold several (通报批评、诫勉谈话), each perhaps dressed (给予…处分). Only a part that *is* a measure's name
counts; one that merely contains it (拟给予通报批评) is no decision.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from zyw.cells import key
from zyw.rules import Measure
from zyw.rules.process import USUAL_EXEMPTIONS, Exemption

_PARTS: Final = re.compile(r"[、，,；;+＋/和\n]+")
_BEFORE: Final = re.compile(r"^(给予|予以|受到|受)")
_AFTER: Final = re.compile(r"(处分|处理)$")


@dataclass(frozen=True, slots=True)
class Said:
    """What one cell says: `measures` by severity (0 the lightest), each once; `unknown` parts as written.

    `inside` is the name of a measure that one of the unknown parts contains, "" when none does.
    """

    measures: tuple[int, ...]
    unknown: tuple[str, ...]
    inside: str
    exempt: Exemption | None = None
    """An outcome in the cell that is no sanction (容错免责)."""


class MeasureReader:
    """Reads cells by the names and other names of a scheme's measures."""

    def __init__(self, measures: Sequence[Measure], exemptions: Sequence[Exemption] = USUAL_EXEMPTIONS) -> None:
        self.names: Final = tuple(measure.name for measure in measures)
        self._orders: Final = {key(name): m.order for m in measures for name in (m.name, *m.aliases)}
        self._exempt: Final = {key(name): e for e in exemptions for name in (e.name, *e.aliases)}
        self._longest_first: Final = sorted(self._orders, key=lambda name: (-len(name), name))

    def read(self, text: str) -> Said:
        """Return what a cell says.

        With 通报批评 (2) and 诫勉谈话 (0): 给予通报批评、诫勉谈话 → (0, 2); 拟通报批评 → none, inside 通报批评.
        """
        found: set[int] = set()
        unknown: list[str] = []
        exempt: Exemption | None = None
        whole = self._order(text)
        parts = [] if whole is not None else [part for part in _PARTS.split(text) if part.strip()]
        for part in parts:
            order = self._order(part)
            free = self._exemption(part) if order is None else None
            if order is not None:
                found.add(order)
            elif free is not None:
                exempt = exempt or free
            else:
                unknown.append(part.strip())
        if whole is not None:
            found.add(whole)
        return Said(tuple(sorted(found)), tuple(unknown), self._inside(unknown), exempt)

    def _order(self, text: str) -> int | None:
        return next((self._orders[form] for form in _forms(text) if form in self._orders), None)

    def _exemption(self, text: str) -> Exemption | None:
        return next((self._exempt[form] for form in _forms(text) if form in self._exempt), None)

    def _inside(self, unknown: Sequence[str]) -> str:
        said = "、".join(key(part) for part in unknown)
        return next((name for name in self._longest_first if name in said), "")


def _forms(text: str) -> tuple[str, ...]:
    """Return a text for comparing: as it stands, then without what it is dressed in."""
    bare = key(text)
    undressed = _BEFORE.sub("", bare)
    return bare, undressed, _AFTER.sub("", undressed)
