"""Which measures stand on the day of the run: decided by then, not revoked, verified where the source asks for it.

A revocation works from its own day on; 解除 (the period ended) is none. 是否核实: 否 → does not count; blank → by
source: some stand by themselves (上级通报, 督查暗访), the others need it, no source: does not count; a sheet
without the column → counts, with a 提示 (design §7).
"""

from collections.abc import Callable
from datetime import date
from typing import Any, Final

import numpy as np

from zyw.cells import key
from zyw.decoding import nearest
from zyw.problems import Verbatim, show
from zyw.rowfaults import Faults
from zyw.rowset import Days, Mask, RowSet, Texts, coded, distinct
from zyw.rules.process import ACCEPT, DOUBT, REFUSE
from zyw.sanctions.rows import SOURCES
from zyw.sanctions.steps import judge_reviews, judge_steps
from zyw.scheme import Scheme

_WITHDRAWN: Final = ("撤销", "撤消", "取消处理", "不予追责", "不成立")
UNVERIFIED: Final = "没有核实，或核实不属实（是否核实：否）"
_UPHELD: Final = ("维持", "不予撤销", "未撤销", "不撤销")


def judge_standing(rows: RowSet, scheme: Scheme, as_of: date, faults: Faults) -> None:
    """Fill `reason` of the rows that do not stand on `as_of` (in place); rows that have a reason keep theirs."""
    day = np.datetime64(as_of, "s")
    _fill(rows, rows["day"] > day, lambda at: told_days(rows["day"][at], "决定日 {} 在截至日 " + f"{as_of} 之后"))
    _fill(rows, rows["revoked"] <= day, lambda at: told_days(rows["revoked"][at], "已撤销 {}"))
    _withdrawn(rows, faults)
    judge_sources(rows, scheme, faults)
    judge_steps(rows, scheme, day, faults)
    judge_reviews(rows, scheme.process.review, day, faults)
    for index, source in enumerate(SOURCES):
        silent = ~rows["asked"] & (rows["table"] == index) & (rows["reason"] == "")
        faults.once_a_sheet("C005", rows["origin"][silent], source.verified)


def judge_sources(rows: RowSet, scheme: Scheme, faults: Faults) -> None:
    """Fill `reason` of the rows that are not verified (in place): `rows` has asked, verified, channel and origin."""
    _fill(rows, rows["verified"] == "否", lambda _: UNVERIFIED)
    _by_source(rows, scheme, faults)


def _fill(rows: RowSet, where: Mask, why: Callable[[Any], Texts | str]) -> None:
    at = np.flatnonzero(where & (rows["reason"] == ""))
    if len(at):
        rows["reason"][at] = why(at)


def told_days(days: Days, text: str) -> Texts:
    """Return `text` filled with each day."""
    codes, uniques = distinct(days)
    told = np.empty(len(uniques), dtype=object)
    told[:] = [text.format(day) for day in np.asarray(uniques).astype("datetime64[D]").tolist()]
    return told[codes]


def _withdrawn(rows: RowSet, faults: Faults) -> None:
    """复核结果 says 撤销 but no date is given: it does not count on any day, and the date is asked for (C008)."""
    if not (rows["review"] != "").any():
        return
    review = coded(rows["review"])
    where = review.mapped((_is_withdrawn(text) for text in review.texts), np.bool_) & np.isnat(rows["revoked"])
    for at in np.flatnonzero(where & (rows["reason"] == "")).tolist():
        faults.add("C008", rows["origin"][at], "复核结果", 列="复核结果", 值=rows["review"][at])
    _fill(rows, where, lambda _: "复核已撤销（没有写撤销时间）")


def _is_withdrawn(text: str) -> bool:
    return any(word in text for word in _WITHDRAWN) and not any(word in text for word in _UPHELD)


def _by_source(rows: RowSet, scheme: Scheme, faults: Faults) -> None:
    where = rows["asked"] & (rows["verified"] == "") & (rows["reason"] == "")
    stated = scheme.process.verification
    if not where.any() or (stated and stated.blank == ACCEPT):
        return
    if stated and stated.blank == DOUBT:
        told = {"步骤": Verbatim(stated.name), "列": stated.column, "原因": Verbatim(f"没有{stated.name}")}
        for at in np.flatnonzero(where).tolist():
            faults.add("C041", int(rows["origin"][at]), stated.column, **told)
        return
    if stated and stated.blank == REFUSE:
        _fill(rows, where, lambda _: f"没有{stated.name}（{stated.column}空白）")
        return
    stands = {key(name): channel.stands for channel in scheme.channels for name in (channel.name, *channel.aliases)}
    channels = coded(rows["channel"])
    known = [stands.get(key(text)) if text else False for text in channels.texts]
    names = [channel.name for channel in scheme.channels]
    for at in np.flatnonzero(where & channels.mapped((stand is None for stand in known), np.bool_)).tolist():
        text = rows["channel"][at]
        faults.add("C013", rows["origin"][at], "来源", 值=text, 近似=nearest(text, names))
    why = channels.mapped(_unverified(text) for text in channels.texts)
    _fill(rows, where & ~channels.mapped((bool(stand) for stand in known), np.bool_), lambda at: why[at])


def _unverified(channel: str) -> str:
    return f"来源“{show(channel)}”须经核实，没有写核实" if channel else "没有写来源，也没有写核实"
