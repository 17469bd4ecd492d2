"""Which measures stand on the day of the run: decided by then, not revoked, verified where the source asks for it.

A revocation works from its own day on; 解除 (the period ended) is none. 是否核实: 否 → does not count; blank → by
source: some stand by themselves (上级通报, 督查暗访), the others need it, no source: does not count; a sheet
without the column → counts, with a 提示 (design §7).
"""

from datetime import date
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from zyw.cells import key
from zyw.decoding import nearest
from zyw.problems import Problem, show
from zyw.rowfaults import Faults
from zyw.sanctions import SOURCES
from zyw.scheme import Scheme

Mask = npt.NDArray[np.bool_]
_WITHDRAWN: Final = ("撤销", "撤消", "取消处理", "不予追责", "不成立")
_UPHELD: Final = ("维持", "不予撤销", "未撤销", "不撤销")


def judge_standing(rows: pd.DataFrame, scheme: Scheme, as_of: date, faults: Faults) -> tuple[Problem, ...]:
    """Fill `reason` of the rows that do not stand on `as_of` (in place); rows that have a reason keep theirs."""
    day = np.datetime64(as_of, "s")
    reason = rows["reason"].to_numpy(object).copy()
    decided, revoked = rows["day"].to_numpy("datetime64[s]"), rows["revoked"].to_numpy("datetime64[s]")
    _fill(reason, decided > day, lambda where: _dates(decided[where], "决定日 {} 在截至日 " + f"{as_of} 之后"))
    _fill(reason, revoked <= day, lambda where: _dates(revoked[where], "已撤销 {}"))
    _withdrawn(rows, reason, revoked, faults)
    verified = rows["verified"].to_numpy(object)
    asked = rows["asked"].to_numpy(bool)
    _fill(reason, verified == "否", lambda _: "经核实不属实，或没有核实（是否核实：否）")
    _by_source(rows, reason, asked & (verified == ""), scheme, faults)
    for index, source in enumerate(SOURCES):
        silent = ~asked & (rows["table"].to_numpy() == index) & (reason == "")
        faults.once_a_sheet("C005", rows["origin"].to_numpy()[silent], source.verified)
    rows["reason"] = reason
    return faults.problems()


def _fill(reason: npt.NDArray[Any], where: Mask, why: Any) -> None:
    free = where & (reason == "")
    if free.any():
        reason[free] = why(free)


def _dates(days: npt.NDArray[Any], text: str) -> npt.NDArray[Any]:
    codes, uniques = pd.factorize(days)
    told = np.array([text.format(np.datetime64(each, "D")) for each in uniques], dtype=object)
    return np.asarray(told[codes], dtype=object)


def _withdrawn(rows: pd.DataFrame, reason: npt.NDArray[Any], revoked: npt.NDArray[Any], faults: Faults) -> None:
    """复核结果 says 撤销 but no date is given: it does not count on any day, and the date is asked for (C008)."""
    review = rows["review"].to_numpy(object)
    codes, uniques = pd.factorize(review)
    said = [_is_withdrawn(str(text)) for text in uniques]
    where = np.array(said, dtype=np.bool_)[codes] & np.isnat(revoked) & (reason == "") if any(said) else None
    if where is None:
        return
    origins = rows["origin"].to_numpy()
    for position in _first_of_each(origins, where):
        faults.add("C008", origins[position], "复核结果", 列="复核结果", 值=review[position])
    reason[where] = "复核已撤销（没有写撤销时间）"


def _is_withdrawn(text: str) -> bool:
    return any(word in text for word in _WITHDRAWN) and not any(word in text for word in _UPHELD)


def _first_of_each(origins: npt.NDArray[Any], where: Mask) -> list[int]:
    """Positions of `where`, one for each origin: a cell with two measures has one problem."""
    positions = np.flatnonzero(where)
    _, first = np.unique(origins[positions], return_index=True)
    return [int(position) for position in positions[np.sort(first)]]


def _by_source(rows: pd.DataFrame, reason: npt.NDArray[Any], where: Mask, scheme: Scheme, faults: Faults) -> None:
    where = where & (reason == "")
    if not where.any():
        return
    stands = {key(name): c.stands for c in scheme.channels for name in (c.name, *c.aliases)}
    codes, uniques = pd.factorize(rows["channel"].to_numpy(object))
    texts = [str(text) for text in uniques]
    passes = np.array([bool(text) and stands.get(key(text), False) for text in texts], dtype=np.bool_)[codes]
    why = np.array([_unverified(text) for text in texts], dtype=object)[codes]
    unknown = np.array([bool(text) and key(text) not in stands for text in texts], dtype=np.bool_)[codes]
    origins = rows["origin"].to_numpy()
    names = [channel.name for channel in scheme.channels]
    for position in _first_of_each(origins, where & unknown):
        text = texts[codes[position]]
        faults.add("C013", origins[position], "来源", 值=text, 近似=nearest(text, names))
    blocked = where & ~passes
    reason[blocked] = why[blocked]


def _unverified(channel: str) -> str:
    return f"来源“{show(channel)}”须经核实，没有写核实" if channel else "没有写来源，也没有写核实"
