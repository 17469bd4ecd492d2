"""Days held against one another: their order (K003, K027), days still to come (K004)."""

from datetime import date
from typing import Final

import numpy as np

from zyw.checks.view import View

ORDERS: Final = {
    "问题台账": (
        ("发现日", "期限"), ("发现日", "完成日"), ("发现日", "销号日"), ("完成日", "销号日"), ("发现日", "处理时间"),
    ),
    "追责台账": (("提醒日期", "处理时间"),),
    "材料报送": (),
}  # fmt: skip
"""Pairs of days of which the first is never after the second."""
ENDS: Final = (("处理时间", "撤销时间"), ("处理时间", "解除时间"))
HAPPENED: Final = {
    "问题台账": ("发现日", "完成日", "销号日", "处理时间", "撤销时间"),
    "追责台账": ("处理时间", "撤销时间", "提醒日期"),
    "材料报送": ("报送日",),
    "活动台账": ("日期",),
}
"""Days of what has happened; a 期限 or 解除时间 may lie ahead."""


def check_order(view: View) -> None:
    """Tell days that stand the wrong way round, at the later one."""
    for code, pairs in (("K003", ORDERS.get(view.table, ())), ("K027", ENDS)):
        for first, second in pairs:
            early, late = view.days(first), view.days(second)
            told = late < early  # NaT is not before anything
            if (first, second) == ("发现日", "销号日"):
                told &= np.isnat(view.days("完成日"))  # else one of the two other pairs says it
            if told.any():
                _tell(view, code, told, first, second)


def _tell(view: View, code: str, told: "np.ndarray[tuple[int], np.dtype[np.bool_]]", first: str, second: str) -> None:
    view.tell(
        code,
        told,
        second,
        前=view.labels(first),
        后=view.labels(second),
        前日=view.values(first),
        后日=view.values(second),
    )


def check_future(view: View, today: date) -> None:
    """Tell days of what has happened that lie after `today`."""
    on = np.datetime64(today, "s")
    for field in HAPPENED.get(view.table, ()):
        told = view.days(field) > on
        if told.any():
            view.tell(
                "K004",
                told,
                field,
                列=view.labels(field),
                日期=view.values(field),
            )
