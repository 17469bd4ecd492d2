"""Where an issue is said to stand against its days (K005–K007), and on what a closure rests (K008–K012).

四不放过: an issue is closed on evidence, with an answer to those who raised it, and looked at by somebody else than who
put it right. Each is asked only where the sheet has the column; closings by the dozen on one last day are told once.
"""

import calendar
import re
from datetime import date
from typing import Final

import numpy as np

from zyw.cells import keys
from zyw.checks.view import View
from zyw.lifecycle import Stages, refused, says_done, says_open, stages, ticked_off
from zyw.problems import Verbatim
from zyw.rowset import Days, Ints, Mask

_EXPLAINED: Final = re.compile(
    r"逾期|超期|延期|延长|延至|顺延|展期|暂缓|复查|[未不]到位|原因|因为|由于|停工|等待|待.+后|申请"
)
"""A cell with one of these says itself why the deadline has passed."""
_DATED: Final = re.compile(r"\d+\s*[月./-]\s*\d+")
_FROM_PEOPLE: Final = re.compile(r"群众|举报|信访|投诉|热线|来信|来访|来电|网络|网上|问政|12345|信箱|诉求|求助|家长")
_NAMES: Final = re.compile(r"[、,;/]+")
MASS: Final = 10
"""So many closings on one day can be a mass closing."""


def check_stages(view: View, as_of: date) -> None:
    """Tell what issues say of themselves against their days, as of the day."""
    found = stages(view.rows, as_of)
    _undated(view)
    _contradicted(view, as_of, found.reopened)
    _overdue(view, found, as_of)
    _closures(view, found.closed)
    _mass(view)


def _undated(view: View) -> None:
    """Tell issues that say they are done and give no day for it (K005), where the sheet has a column for it."""
    dated = np.zeros(len(view), dtype=np.bool_)
    for field in ("完成日", "销号日"):
        dated |= view.filled(field) | view.faulty(field)
    asked = view.has("完成日") | view.has("销号日")
    for field, says in (("状态", lambda t: says_done(t) and not _DATED.search(t)), ("是否销号", ticked_off)):
        told = asked & ~dated & view.each(field, says)
        if told.any():
            view.tell(
                "K005",
                told,
                field,
                列=view.labels(field),
                值=view.values(field),
                日期列=lambda at: view.label(at, "完成日" if view.has("完成日")[at] else "销号日"),
            )
        dated |= told  # once a row


def _contradicted(view: View, as_of: date, reopened: Mask) -> None:
    """Tell issues that say they are open beside a day on which they were done or closed (K006), unless reopened."""
    on = np.datetime64(as_of, "s")
    said = reopened.copy()
    for field, says, ends in (("状态", says_open, ("完成日", "销号日")), ("是否销号", refused, ("销号日",))):
        for end in ends:
            told = view.each(field, says) & (view.days(end) <= on) & ~said
            if told.any():
                view.tell(
                    "K006",
                    told,
                    field,
                    列=view.labels(field),
                    值=view.values(field),
                    日期列=view.labels(end),
                    日期=view.values(end),
                )
            said |= told


def _overdue(view: View, found: Stages, as_of: date) -> None:
    """Tell overdue issues whose 状态 goes on as if nothing were (K007), and nothing in the row says why.

    To be overdue is a result and no fault; what is told is a state that nobody has looked at since the deadline.
    """
    told = found.overdue & view.each("状态", says_open) & ~(view.days("延期至") >= np.datetime64(as_of, "s"))
    for field in ("状态", "备注", "期限原文"):
        told &= ~view.each(field, lambda text: bool(_EXPLAINED.search(text)))
    if told.any():
        view.tell(
            "K007",
            told,
            "状态",
            列=view.labels("状态"),
            值=view.values("状态"),
            期限=lambda at: str(found.due[at].astype("datetime64[D]")),
        )


def _closures(view: View, closed: Mask) -> None:
    """Tell closures without evidence, without an answer to people, without a second person."""
    if not closed.any():
        return
    from_people = view.each("来源", lambda text: bool(_FROM_PEOPLE.search(text))) | ~view.has("来源")
    for code, field, asked in (
        ("K008", "佐证", closed),
        ("K009", "答复", closed & from_people),
        ("K010", "复查人", closed),
    ):
        told = asked & view.blank(field)
        if told.any():
            view.tell(code, told, field, 列=view.labels(field))
    _by_oneself(view, closed & view.filled("复查人") & view.filled("责任人"))


def _by_oneself(view: View, where: Mask) -> None:
    """Tell closures that the person responsible looked at alone (K011): nobody else is named as 复查人."""
    checked, owners = view.texts("复查人"), view.texts("责任人")
    hands, heads = keys(checked.texts), keys(owners.texts)
    pairs = zip(
        np.flatnonzero(where).tolist(), checked.codes[where].tolist(), owners.codes[where].tolist(), strict=True
    )
    told = [at for at, one, two in pairs if hands[one][:2] in heads[two] and _names(hands[one]) <= _names(heads[two])]
    facts = {"列": view.labels("复查人"), "责任列": view.labels("责任人"), "值": view.values("复查人")}
    view.tell("K011", np.array(told, dtype=np.int64), "复查人", **facts)


def _names(text: str) -> frozenset[str]:
    return frozenset(part for part in _NAMES.split(text) if part)


def _mass(view: View) -> None:
    """Tell sheets most of whose closings fall on one last day (K012): the month's last, or the deadline itself."""
    closing, finished, due = (view.days(field) for field in ("销号日", "完成日", "期限"))
    for field, ends in (("销号日", closing), ("完成日", finished)):
        for rows in view.sheets():
            dated = rows[~np.isnat(ends[rows])]
            if len(dated) < MASS:
                continue
            values, counts = np.unique(ends[dated], return_counts=True)
            most = int(counts.argmax())
            same = dated[ends[dated] == values[most]]
            why = _last_day(values[most], due[same])
            if len(same) >= MASS and 2 * len(same) > len(dated) and why:
                _tell_mass(view, same, len(dated), field, why)


def _last_day(day: np.datetime64, due: Days) -> str:
    on = day.astype("datetime64[D]").item()
    assert isinstance(on, date)
    if 2 * int((due == day).sum()) > len(due):
        return "期限的最后一天"
    return "当月最后一天" if on.day == calendar.monthrange(on.year, on.month)[1] else ""


def _tell_mass(view: View, rows: Ints, total: int, field: str, why: str) -> None:
    at = int(rows[0])
    facts = {"列": view.label(at, field), "日期": view.value(at, field), "各行": view.numbers(rows)}
    view.tell("K012", rows[:1], field, 总数=total, 行数=len(rows), 什么日=Verbatim(why), **facts)
