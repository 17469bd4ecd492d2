"""An issue on a day: done, closed, reopened, overdue; and what a 状态 cell says of it.

An issue is *done* when its 完成日 or 销号日 is not after the day, or when neither is given and its 状态 says so
(已完成, 已整改, 已办结, 整改到位 …; 基本完成 and 部分完成 do not) or 是否销号 is 是. It is *closed* by its 销号日, and
where that is blank by 是否销号 or by 状态 已销号, once it is done. It is *reopened*, and no longer done, when its
重开日 is not after the day and no 完成日 or 销号日 comes after that, or its 状态 says so. It is *overdue* when it is
not done and its 期限 is before the day: on the last day it is not yet overdue.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Final

import numpy as np

from zyw.cells import key

if TYPE_CHECKING:
    from collections.abc import Callable

    from zyw.rowset import Days, Mask, RowSet

_NOT: Final = re.compile(r"未|没|尚|正在|部分|基本|拟|将|预计|计划|不|中$|待")
_DONE: Final = re.compile(r"完成|完毕|办结|整改到位|销号|已整改|已解决|已处理|已落实|闭环")
_OPEN: Final = re.compile(
    r"正在|尚未|未整改|未完成|未办结|未解决|未落实|未到位|没有完成|(?:整改|办理|推进|进行|处理|落实)中|待整改|待办"
)
_AGAIN: Final = re.compile(r"重新打开|重新整改|重新办理|重开|退回重办|退回整改|责令重办")
_YES: Final = frozenset(("是", "√", "✓", "已"))
_NO: Final = frozenset(("否", "×", "✗", "未"))


def says_done(state: str) -> bool:
    """Say whether a text in 状态 tells that the issue is done.

    >>> says_done("已整改完成"), says_done("基本完成"), says_done("整改中"), says_done("是")
    (True, False, False, True)
    """
    text = key(state)
    return text in _YES or bool(_DONE.search(text) and not _NOT.search(text))


def says_closed(state: str) -> bool:
    """Say whether a text in 状态 tells that the issue is closed (销号)."""
    return "销号" in state and says_done(state)


def says_open(state: str) -> bool:
    """Say whether a text in 状态 tells that the issue is still being worked on; many texts say neither.

    >>> says_open("正在整改"), says_open("未完成"), says_open("已整改"), says_open("基本完成")
    (True, True, False, False)
    """
    text = key(state)
    return text in _NO or bool(_OPEN.search(text) and "已" not in text)


def says_reopened(state: str) -> bool:
    """Say whether a text in 状态 tells that the issue was opened again.

    >>> says_reopened("复查不合格，退回重办"), says_reopened("重新整改到位")
    (True, False)
    """
    text = key(state)
    return bool(_AGAIN.search(text)) and not says_done(text)


@dataclass(frozen=True, slots=True)
class StateWords:
    """What 状态 texts mean where a scheme names its states; a text it does not name is read as everywhere.

    `named` maps `cells.key` of a text to whether it is done, closed, reopened.
    """

    named: Mapping[str, tuple[bool, bool, bool]] = field(default_factory=dict)

    def done(self, text: str) -> bool:
        """Say whether the text tells that the issue is done."""
        found = self.named.get(key(text))
        return says_done(text) if found is None else found[0]

    def closed(self, text: str) -> bool:
        """Say whether the text tells that the issue is closed."""
        found = self.named.get(key(text))
        return says_closed(text) if found is None else found[1]

    def reopened(self, text: str) -> bool:
        """Say whether the text tells that the issue was opened again."""
        found = self.named.get(key(text))
        return says_reopened(text) if found is None else found[2]


PLAIN: Final = StateWords()


@dataclass(frozen=True, slots=True)
class Stages:
    """Where each issue stands: `closed` ⊆ `done`; `due` is its deadline (NaT: none that is a day)."""

    done: "Mask"
    closed: "Mask"
    overdue: "Mask"
    due: "Days"
    reopened: "Mask"


def stages(rows: "RowSet", day: date, words: StateWords = PLAIN, due: "Days | None" = None) -> Stages:
    """Return where the issues of a 问题台账 stand on `day`; columns that it lacks are blank.

    `due` are the deadlines, where they are not simply those of the column 期限.
    """
    on = np.datetime64(day, "s")
    finished, closing, again = (days(rows, name) for name in ("完成日", "销号日", "重开日"))
    due = days(rows, "期限") if due is None else due
    ticked = each(rows, "是否销号", ticked_off)
    dated = ~np.isnat(finished) | ~np.isnat(closing)
    closed_by_day = closing <= on
    done = (finished <= on) | closed_by_day | (~dated & (ticked | each(rows, "状态", words.done)))
    closed = closed_by_day | (done & np.isnat(closing) & (ticked | each(rows, "状态", words.closed)))
    reopened = _reopened(again, (finished, closing), on) | (np.isnat(again) & each(rows, "状态", words.reopened))
    done, closed = done & ~reopened, closed & ~reopened
    return Stages(done, closed, ~done & (due < on), due, reopened)


def _reopened(again: "Days", ends: "tuple[Days, Days]", on: np.datetime64) -> "Mask":
    """Say which issues were opened again by the day and neither done nor closed after that, by the day."""
    later = np.zeros(len(again), dtype=np.bool_)
    for end in ends:
        later |= (end > again) & (end <= on)
    return np.asarray((again <= on) & ~later, dtype=np.bool_)


def ticked_off(text: str) -> bool:
    """Say whether a 是否销号 cell says yes (是, √, 已销号)."""
    return says_closed(text) or key(text) in _YES


def refused(text: str) -> bool:
    """Say whether a 是否销号 cell says no (否, ×, 未销号)."""
    return key(text) in _NO or says_open(text) or "未销号" in text


def days(rows: "RowSet", name: str) -> "Days":
    """Return the days of a column, all NaT where the table has none."""
    return rows[name] if name in rows else np.full(len(rows), "NaT", dtype="datetime64[s]")


def each(rows: "RowSet", name: str, test: "Callable[[str], bool]") -> "Mask":
    """Apply a test to each distinct text of a column once; False throughout where the table has no such column."""
    if name not in rows:
        return np.zeros(len(rows), dtype=np.bool_)
    cells = rows.coded(name)
    return cells.mapped((test(text) for text in cells.texts), np.bool_)
