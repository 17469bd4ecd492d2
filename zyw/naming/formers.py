"""曾用名 → names a unit once had, with the days on which they were right: 鱼岳镇三小（2015-08前）.

A day in brackets ends the name: 2015-08前 means up to 2015-07-31, 至2015-08 and 2015-08更名 up to the end of that
month, 2015-08并入 the same for a school that was merged into this one; 2010-2015 gives both ends, 2015-09起 the first.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from zyw.periods import add_months

_NAMES: Final = re.compile(r"[^、,，;；/|\s（()）]+(?:\s*[（(][^（()）]*[）)])*")
_REMARK: Final = re.compile(r"[（(]([^（()）]*)[）)]")
_DAY: Final = re.compile(
    r"((?:19|20)\d\d)(?:\s*[年./-]\s*(0?[1-9]|1[0-2])(?!\d)(?:\s*[月./-]\s*(0?[1-9]|[12]\d|3[01])(?!\d)日?)?)?[年月]?"
)
_BRANCH: Final = re.compile("校区|分校|校|部|园|班|点")
_MERGED: Final = re.compile("并|撤")
_BEFORE: Final = re.compile("前")
_FROM: Final = re.compile("起|后|以来")
_ABOUT_TIME: Final = re.compile(r"\d|[前起止后]|原|旧|更名|改名|改称|并入|合并|撤")


@dataclass(frozen=True, slots=True)
class Former:
    """A name that was right from `since` to `until` (None: nobody says); `merged`: of a school that was merged."""

    name: str
    until: date | None = None
    since: date | None = None
    merged: bool = False
    unread: bool = False
    """A remark speaks of time and cannot be read."""

    def covers(self, day: date) -> bool:
        """Say whether the name was right on `day`, as far as anybody says."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


def parse_formers(text: str) -> tuple[Former, ...]:
    """Return the names in one cell 曾用名.

    >>> parse_formers("鱼岳镇三小（2015-08前）")[0].until
    datetime.date(2015, 7, 31)
    """
    return tuple(_former(found[0]) for found in _NAMES.finditer(text))


def names_in(text: str) -> tuple[str, ...]:
    """Return the names in one cell 简称; remarks in brackets are left out, branches are not: 一中（东校区）.

    >>> names_in("实小（常用）、一中（东校区）")
    ('实小', '一中（东校区）')
    """
    return tuple(
        _REMARK.sub(lambda m: m[0] if _BRANCH.search(m[1]) else "", f[0]).strip() for f in _NAMES.finditer(text)
    )


def _former(text: str) -> Former:
    remarks = [remark for remark in _REMARK.findall(text) if _ABOUT_TIME.search(remark)]
    name = text
    for remark in remarks:
        name = re.sub(r"\s*[（(]" + re.escape(remark) + r"[）)]", "", name)
    if not remarks:
        return Former(name)
    remark = remarks[-1]
    days = list(_days(remark))
    if not days or re.search(r"\d", _DAY.sub("", remark)):
        return Former(name, merged=bool(_MERGED.search(remark)), unread=bool(re.search(r"\d", remark)))
    first, last = days[0], days[-1]
    if len(days) > 1:
        return Former(name, last[1], first[0], bool(_MERGED.search(remark)))
    if _FROM.search(remark):
        return Former(name, None, first[0])
    until = first[0] - timedelta(days=1) if _BEFORE.search(remark) else first[1]
    return Former(name, until, None, bool(_MERGED.search(remark)))


def _days(remark: str) -> Iterator[tuple[date, date]]:
    """Give the first and the last day of every day, month or year that a remark names."""
    for found in _DAY.finditer(remark):
        year, month, day = (int(part) if part else None for part in found.groups())
        try:
            start = date(year or 0, month or 1, day or 1)
        except ValueError:
            continue
        yield start, start if day else add_months(start, 1 if month else 12) - timedelta(days=1)
