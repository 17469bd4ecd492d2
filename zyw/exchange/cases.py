"""When two rows tell of one case: by which fields a table knows its cases, and which of them may change later."""

from typing import Final

import numpy as np

from zyw.exchange.stack import Stack
from zyw.rowset import Ints, Mask, paired

KEYS: Final[dict[str, tuple[str, ...]]] = {
    "问题台账": ("编号", "单位"),
    "追责台账": ("案号", "单位", "姓名"),
    "任务台账": ("任务", "单位"),
    "材料报送": ("材料名称", "单位"),
    "人员": ("姓名", "单位"),
}
"""A number given by a school is only its own: 1 of one school is not 1 of another, so the unit is part of it."""
ASPECT: Final[dict[str, str]] = {"追责台账": "处理方式"}
"""Rows of one case may differ in this: two measures for one case stand on two rows (design §7)."""
SUBJECT: Final[dict[str, str]] = {
    "问题台账": "问题", "追责台账": "事由", "任务台账": "任务", "材料报送": "材料名称",
    "活动台账": "活动", "人员": "姓名",
}  # fmt: skip
"""The field that says what a row is about."""
WORDS: Final[dict[str, tuple[str, ...]]] = {
    "问题台账": ("问题",), "追责台账": ("姓名", "处理方式"), "任务台账": ("任务",), "材料报送": ("材料名称",),
    "活动台账": ("活动",), "人员": ("姓名",),
}  # fmt: skip
"""The fields that, equal in rows of one unit, make them one case where there is no number."""
ABOUT: Final[dict[str, str]] = {"问题台账": "当事人", "追责台账": "姓名", "活动台账": "人员", "人员": "姓名"}
"""Whom a row is about."""
DAY: Final[dict[str, str]] = {"问题台账": "发现日", "追责台账": "处理时间", "材料报送": "报送日", "活动台账": "日期"}
"""The day on which it happened."""
NUMBER: Final[dict[str, str]] = {"问题台账": "编号", "追责台账": "案号", "人员": "工号"}
PROGRESS: Final = frozenset(
    (
        "状态", "完成日", "是否销号", "销号日", "措施", "答复", "佐证", "备注", "复查人", "期限", "责任人", "领导",
        "处理结果", "处理时间", "核实", "进展", "完成", "撤销时间", "解除时间", "复核结果", "是否核实", "份数",
        "报送日", "延期至", "延期理由", "延期申请人", "延期批准人", "延期批准日", "延期次数", "重开日", "送达时间",
        "申请复核日", "复核决定日",
    )
)  # fmt: skip
"""Fields that are expected to change from month to month; the others are facts: what was found, when, at whom."""
FACTS_THERE: Final[dict[str, frozenset[str]]] = {"追责台账": frozenset(("处理时间",))}
"""What is progress elsewhere and a fact in this table."""


def is_progress(table: str, field: str) -> bool:
    """Say whether a field of a table is expected to change; an unknown column is.

    >>> is_progress("问题台账", "状态"), is_progress("问题台账", "发现日"), is_progress("追责台账", "处理时间")
    (True, False, False)
    """
    return field.startswith("=") or (field in PROGRESS and field not in FACTS_THERE.get(table, ()))


def case_numbers(stack: Stack, *, aspect: bool = False) -> tuple[Ints, Mask]:
    """Return a number for the case of each row, and which rows have one: all fields of its key are filled in."""
    fields = KEYS.get(stack.table.name, ())
    cases = np.zeros(len(stack), dtype=np.int64)
    known = np.full(len(stack), bool(fields))
    for name in fields:
        meaning = stack.meaning(name)
        cases = paired(cases, meaning)
        known &= meaning != 0
    if aspect and (differing := ASPECT.get(stack.table.name)):
        cases = paired(cases, stack.meaning(differing))
    return cases, known


def case_text(stack: Stack, i: int) -> str:
    """Return by what a row is called: its number where it has one, else what it is about."""
    name = stack.table.name
    number = stack.text(NUMBER[name], i) if name in NUMBER else ""
    return number or stack.text(SUBJECT.get(name, ""), i)


def unit_text(stack: Stack, i: int) -> str:
    """Return the unit of a row: its official name, else what is written, else ""."""
    codes, names = stack.units
    return names[int(codes[i])]
