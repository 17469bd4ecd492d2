"""A table of holidays as a clerk keeps it (节假日.csv): 起, 止, 安排 (放假 or 上班), 名称; a line a run of days.

    起,止,安排,名称
    2027-02-05,2027-02-11,放假,春节
    2027-02-20,,上班,春节调休

A blank 止 is the same day; lines that are blank or begin with # are left out.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from zyw.cells import Day, key, parse_date
from zyw.problems import Place, Problem, Verbatim, problem

NAME: Final = "节假日.csv"
OFF, ON = "放假", "上班"
_COMMA: Final = re.compile("[,，\t]")
LONGEST: Final = 60
"""A run of more days is a slip of the pen."""


@dataclass(frozen=True, slots=True)
class Holidays:
    """Days off and made-up working days; `years` are those that the table tells of."""

    off: frozenset[date] = frozenset()
    on: frozenset[date] = frozenset()

    @property
    def years(self) -> frozenset[int]:
        """The years of which the table has at least a day."""
        return frozenset(day.year for day in self.off | self.on)

    def with_own(self, own: "Holidays") -> "Holidays":
        """Return this table with the days of another one put over it."""
        return Holidays((self.off - own.on) | own.off, (self.on - own.off) | own.on)


NONE: Final = Holidays()


def parse_holidays(text: str, file: str) -> tuple[Holidays, tuple[Problem, ...]]:
    """Return the table written in `text` and each line that cannot be used (D001)."""
    problems: list[Problem] = []
    said: dict[date, str] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        cells = [cell.strip().strip('"') for cell in _COMMA.split(line)]
        if not any(cells) or cells[0].startswith("#") or (number == 1 and key(cells[0]) in ("起", "日期", "自")):
            continue
        why = _read(cells, said)
        if why:
            value = ",".join(cells)
            problems.append(problem("D001", Place(file, line=number), 值=value, 原因=Verbatim(why)))
    off, on = (frozenset(day for day, kind in said.items() if kind == which) for which in (OFF, ON))
    return Holidays(off, on), tuple(problems)


def _read(cells: list[str], said: dict[date, str]) -> str:
    """Add one line to `said`; return why it cannot be used, "" when it can."""
    start, end, kind = (*cells, "", "", "")[:3]
    first = parse_date(start)
    last = parse_date(end) if end else first
    if not (isinstance(first, Day) and isinstance(last, Day)):
        return "日期写成 2027-02-05"
    if kind not in (OFF, ON):
        return "“安排”写“放假”或“上班”"
    length = (last.value - first.value).days
    if not 0 <= length < LONGEST:
        return f"“止”早于“起”，或一次超过 {LONGEST} 天"
    days = [first.value + timedelta(days=n) for n in range(length + 1)]
    if any(said.get(day, kind) != kind for day in days):
        return "同一天又写放假又写上班"
    said.update(dict.fromkeys(days, kind))
    return ""
