"""What papers say of the office itself: names, number, dates, whom to write to. Blank fields get a sane default.

The number of a paper (文号) is given by hand after signing, so its default is a gap to fill: 〔2012〕　号.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from zyw.periods import Period, Span, add_months

if TYPE_CHECKING:
    from zyw.scheme import Scheme
    from zyw.templating.names import Names

MISSING: Final = "未载明"
OBJECTION_DAYS: Final = 15
"""Natural days a unit has to object unless the office sets a day: no scheme so far names any (方案未定)."""

OFFICE_NAMES: "Final[dict[str, Names]]" = {
    "名称": "发文机关",
    "标志": "发文机关标志，如 某某教育局文件",
    "文号": "发文字号，没有给出时留空待填",
    "主送": "主送机关",
    "抄送": "抄送机关",
    "印发机关": "印发机关",
    "印发日期": "印发日期",
    "成文日期": "成文日期",
    "联系方式": "联系人和电话",
}
SCHEME_NAMES: "Final[dict[str, Names]]" = {
    "名称": "方案名称",
    "发文机关": "方案的发文机关",
    "发文日期": "方案的发文日期",
}
PERIOD_NAMES: "Final[dict[str, Names]]" = {
    "名称": "期的名称，如 2012年5月",
    "起": "本期第一天",
    "止": "本期最后一天",
    "截至日": "数据截至哪天",
    "累计起": "累计从哪天起",
    "是部分": "本期只是考核期的一部分时为真",
}


@dataclass(frozen=True, slots=True)
class Office:
    """The office's own fields; "" or None takes the default that `fields` documents."""

    issuer: str = ""
    mark: str = ""
    number: str = ""
    to: str = ""
    copy: str = ""
    printer: str = ""
    printed: date | None = None
    signed: date | None = None
    contact: str = ""
    deadline: date | None = None
    review_office: str = ""
    review_until: date | None = None

    def fields(self, scheme: "Scheme", span: Span) -> dict[str, str]:
        """Return `OFFICE_NAMES` filled: issuer from the scheme, dates from the as-of day."""
        issuer = self.named(scheme)
        signed = self.signed or span.as_of
        return {
            "名称": issuer,
            "标志": self.mark or f"{issuer}文件",
            "文号": self.number or f"〔{signed.year}〕　　号",
            "主送": self.to or "各学校、幼儿园，机关各科室",
            "抄送": self.copy,
            "印发机关": self.printer or f"{issuer}办公室",
            "印发日期": chinese_day(self.printed or signed),
            "成文日期": chinese_day(signed),
            "联系方式": self.contact,
        }

    def named(self, scheme: "Scheme") -> str:
        """Return the issuing office: the given one, else the scheme's, else a gap."""
        return self.issuer or (scheme.issuer if scheme.issuer != MISSING else "（发文机关）")

    def deadline_day(self, span: Span) -> date:
        """Return by when faults are to be made good: the last day of the month after the as-of day's."""
        return self.deadline or add_months(span.as_of.replace(day=1), 2) - timedelta(days=1)

    def objection(self, scheme: "Scheme", span: Span) -> dict[str, str]:
        """Return whom a unit writes to, and until when."""
        until = self.review_until or (self.signed or span.as_of) + timedelta(days=OBJECTION_DAYS)
        return {
            "受理机关": self.review_office or f"{self.named(scheme)}{scheme.work}领导小组办公室",
            "期限": chinese_day(until),
            "联系方式": self.contact,
        }


def scheme_fields(scheme: "Scheme") -> dict[str, str]:
    """Return `SCHEME_NAMES` filled."""
    issued = chinese_day(scheme.issued) if scheme.issued else MISSING
    return {"名称": scheme.name, "发文机关": scheme.issuer, "发文日期": issued}


def period_fields(span: Span) -> dict[str, str | bool]:
    """Return `PERIOD_NAMES` filled; `止` is not after the as-of day."""
    shown = span.shown
    return {
        "名称": period_name(shown),
        "起": chinese_day(shown.start),
        "止": chinese_day(min(shown.end, span.as_of)),
        "截至日": chinese_day(span.as_of),
        "累计起": chinese_day(span.period.start),
        "是部分": shown.start != span.period.start,
    }


def chinese_day(day: date) -> str:
    """Return a day as papers write it, without leading zeros: 2012年3月8日."""
    return f"{day.year}年{day.month}月{day.day}日"


def period_name(period: Period) -> str:
    """Return what a period is called: 2012年5月, 2012年第二季度, 2012年, 2011—2012学年, else from–to."""
    start, end = period.start, period.end
    whole = start.day == 1 and (end + timedelta(days=1)).day == 1
    months = (end.year - start.year) * 12 + end.month - start.month + 1 if whole else 0
    if months == 1:
        return f"{start.year}年{start.month}月"
    if months == 3 and start.month % 3 == 1:
        return f"{start.year}年第{'一二三四'[start.month // 3]}季度"
    if months == 12 and start.month == 1:
        return f"{start.year}年"
    if months == 12 and start.month == 9:
        return f"{start.year}—{end.year}学年"
    return f"{chinese_day(start)}至{chinese_day(end)}"
