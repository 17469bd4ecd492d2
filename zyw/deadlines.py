"""A deadline as offices write it → its last day, where it has one; every spelling from a closed list, the text kept.

`6月30日前` and `5月6日-5月12日` mean the last day named; `9月底`, `2024.6`, `6月份` the month's last; `年底前`,
`上半年`, `三季度` the last of those; `上旬` the 10th, `中旬` the 20th. `立行立改`, `长期坚持`, `每月` have no last day
and are no fault. `一个月内` and `15日内` run from the day the issue was found, which is itself not counted (民法典
第二百零一条、第二百零二条): found 2012-01-31, 一个月内 → 2012-02-29.
"""

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final, TypeAlias

from zyw.cells import FIRST_YEAR, LAST_YEAR, Day, Unread, chinese_number, clean, parse_date, plain, written_date
from zyw.periods import add_months
from zyw.sheets import Cell

if TYPE_CHECKING:
    from zyw.workdays.calendar import Calendar

_MONTH_END: Final = re.compile(
    r"(?:(?P<y>\d{4})(?:年|[./-]))?(?P<m>\d{1,2})(?P<month>月?)(?:份)?(?P<end>底|末|中旬|上旬|下旬)?"
)
_SPAN_END: Final = re.compile(
    r"(?:(?P<y>\d{4})年|本年度?|今年|当年)?(?:(?P<year>年?[底末内]|年度内)|(?P<half>[上下])半年[底末内]?|第?(?P<quarter>[一二三四1-4])季度[底末内]?)"
)
_WITHIN: Final = re.compile(
    r"(?:接?到?(?:通知|交办|反馈|整改通知书?)(?:之日)?[起后]?|自[^0-9一二三四五六七八九十两半]{1,10}起|收到[^0-9一二三四五六七八九十两半]{0,8}后?)?"
    r"(?P<count>\d{1,3}|[一二三四五六七八九十]{1,3}|两|半)(?P<unit>个工作日|工作日|个小时|小时|天|日|周|个星期|星期|个月|年)(?:之内|以内|内)"
)
_OPEN_ENDED: Final = (
    "立行立改", "立即整改", "立整立改", "边查边改", "即知即改", "即时整改", "立即", "长期坚持", "持续整改", "持续推进",
    "常态化", "每月", "每周", "每日", "每学期", "每季度", "每年", "每学年", "长期", "全年", "常年",
)  # fmt: skip
_BEFORE: Final = re.compile(r"(?:之前|以前|前|为止|截止|止|24时)+$")
_INSIDE: Final = re.compile(r"(?<=[月日])[之以]?内$")
_DONE_BY: Final = re.compile(
    r"(?:全部|全面|基本)?(?:完成整改|整改到位|整改完成|整改完毕|完成|办结|销号|到位|上报|报送|报)$"
)
_OPENING: Final = re.compile(r"^(?:限期?|务必|确保|力争|截止到?|截至|最迟|不迟于|于|在)+")
_RANGE: Final = re.compile(
    r"(?:(?P<year>\d{4})[年./-])?(?P<month>\d{1,2}[月./])?(?:\d{1,2}日?)?[-—–~至到]+(?P<last>[^-—–~至到]+)"
)
_DAYS: Final = {"天": 1, "日": 1, "周": 7, "星期": 7, "个星期": 7}
HALF_MONTH_DAYS: Final = 15


@dataclass(frozen=True, slots=True)
class Open:
    """A deadline that has no last day, as written (立行立改)."""

    text: str


@dataclass(frozen=True, slots=True)
class Within:
    """A deadline that runs from the day an issue was found, as written: so many days, months or working days."""

    text: str
    days: int = 0
    months: int = 0
    working_days: int = 0

    def after(self, found: date, calendar: "Calendar") -> date:
        """Return the last day; months are counted to the same day or the month's last.

        Found 2012-01-31, 一个月内 → 2012-02-29.
        """
        if self.working_days:
            return calendar.day_after(found, self.working_days)
        return add_months(found, self.months) + timedelta(days=self.days)


Deadline: TypeAlias = Day | Open | Within | Unread | None


def parse_deadline(cell: Cell, year: int | None = None) -> Deadline:
    """Return what a deadline means, None for a blank; `year` completes `6月30日前`.

    >>> parse_deadline("2012年9月底").value, parse_deadline("立行立改")
    (datetime.date(2012, 9, 30), Open(text='立行立改'))
    """
    found = parse_date(cell, year)
    if not isinstance(found, Unread) or not isinstance(cell, str):
        return found
    written = clean(cell)
    text = re.sub(r"\s+", "", plain(written)).rstrip("。;；,，.")
    if text.startswith(_OPEN_ENDED) or text.endswith(_OPEN_ENDED):
        return Open(written)
    text = _BEFORE.sub("", _DONE_BY.sub("", _OPENING.sub("", text)))
    named = _INSIDE.sub("", text)
    day = _last_day(named, year) or _last_of_range(named, year)
    return (replace(day, inferred=True) if day else None) or _within(text, written) or Unread("L005", written)


def _within(text: str, written: str) -> Within | None:
    """Return how long the deadline runs."""
    found = _WITHIN.fullmatch(text)
    if not found:
        return None
    count, unit = found["count"], found["unit"]
    if count == "半":
        halves = {"个月": Within(written, days=HALF_MONTH_DAYS), "年": Within(written, months=6)}
        return halves.get(unit)
    number = int(count) if count.isdigit() else 2 if count == "两" else chinese_number(count)
    if not number:
        return None
    if "工作日" in unit:
        return Within(written, working_days=number)
    if "月" in unit or unit == "年":
        return Within(written, months=number * (12 if unit == "年" else 1))
    # A ledger has no time of day: hours that have begun make whole days.
    return Within(written, days=number * _DAYS[unit] if unit in _DAYS else -(-number // 24))


def _last_of_range(text: str, year: int | None) -> Day | None:
    """Return the end of `5月6日-5月12日` or `5月6日至12日`; the second date borrows what it lacks from the first."""
    found = _RANGE.fullmatch(text)
    if not found:
        return None
    written = int(found["year"]) if found["year"] else None
    tries = (found["last"], (found["month"] or "") + found["last"])
    day = next((day for each in tries if (day := _last_day(each, written or year))), None)
    return Day(day.value, assumed_year=day.assumed_year and written is None) if day else None


def _last_day(text: str, year: int | None) -> Day | None:
    found = written_date(text, year)
    if isinstance(found, Day):
        return found
    return None if found is False else _month_end(text, year) or _span_end(text, year)


def _month_end(text: str, year: int | None) -> Day | None:
    """Read 9月底, 2024.6, 6月中旬; a bare number is no month."""
    match = _MONTH_END.fullmatch(text)
    if not match or not 1 <= int(match["m"]) <= 12 or not (match["y"] or match["month"]):
        return None
    written = _year(match["y"], year)
    if written is None:
        return None
    first = date(written, int(match["m"]), 1)
    last = {"上旬": first.replace(day=10), "中旬": first.replace(day=20)}.get(match["end"] or "")
    return Day(last or add_months(first, 1) - timedelta(days=1), assumed_year=not match["y"])


def _span_end(text: str, year: int | None) -> Day | None:
    """Read 2012年底, 年内, 上半年, 三季度."""
    match = _SPAN_END.fullmatch(text)
    written = _year(match["y"], year) if match else None
    if match is None or written is None or text[0] in "底末内":
        return None
    quarter = match["quarter"]
    month = 12 if match["year"] else {"上": 6, "下": 12}[match["half"]] if match["half"] else _quarter(quarter) * 3
    return Day(add_months(date(written, month, 1), 1) - timedelta(days=1), assumed_year=not match["y"])


def _quarter(text: str) -> int:
    return int(text) if text.isdigit() else chinese_number(text)


def _year(written: str | None, assumed: int | None) -> int | None:
    year = int(written) if written else assumed
    return year if year is not None and FIRST_YEAR <= year <= LAST_YEAR else None
