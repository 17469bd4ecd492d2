"""Which rules were at work, how often: once an event, whatever it moves and states besides."""

from tests.builders import Office, scheme, year
from zyw import coverage
from zyw.coverage import Use
from zyw.naming.units import Unit
from zyw.scoring import score

UNITS = [Unit("甲小学", "小学"), Unit("乙小学", "小学")]
HEAD = "方案: {编号: 甲, 名称: 甲, 发文机关: 甲, 发文日期: 2012-01-01, 考核期: 自然年, 基础分: 50}\n规则:\n"
AT_WORK = """  - {编号: 收费, 依据: 一, 数据: 问题台账, 条件: {类别: 收费}, 计数: 行, 每次: -2, 后果: [{对象: 单位, 内容: 甲}, {对象: 单位, 内容: 乙}]}
"""
NEVER = "  - {编号: 师德, 依据: 二, 数据: 问题台账, 条件: {类别: 师德}, 计数: 行, 每次: -5}\n"
STATED = "  - {编号: 通报, 依据: 三, 数据: 问题台账, 条件: {类别: 通报}, 计数: 行, 后果: [{对象: 单位, 内容: 丙}]}\n"
BOOK = (
    Office(UNITS)
    .issues(
        *[{"单位": "甲小学", "类别": "收费", "发现日": f"2012-0{at}-01"} for at in (1, 2, 3)],
        {"单位": "乙小学", "类别": "通报", "发现日": "2012-05-01"},
        {"单位": "乙小学", "类别": "收费", "发现日": "2011-05-01"},
    )
    .ledger()
)


def test_each_rule_is_counted_once_an_event_and_in_its_units() -> None:
    scores, _ = score(BOOK, scheme(HEAD + AT_WORK + NEVER + STATED), year())
    assert coverage.uses(scores) == (Use("收费", 3, 1, -6_000_000), Use("师德", 0, 0, 0), Use("通报", 1, 1, 0))
    made = coverage.payload(scores)
    assert made[1] == {"rule": "师德", "fired": 0, "units": 0, "of": 2}


def test_a_year_without_any_row_has_no_rule_at_work() -> None:
    scores, _ = score(BOOK, scheme(HEAD + AT_WORK), year(2015))
    assert coverage.uses(scores) == (Use("收费", 0, 0, 0),)


def test_two_scorings_differ_by_the_rules_that_were_at_work_otherwise() -> None:
    one, _ = score(BOOK, scheme(HEAD + AT_WORK + STATED), year())
    other, _ = score(BOOK, scheme(HEAD + AT_WORK.replace("每次: -2", "每次: -3") + NEVER), year())
    found = coverage.changes(one, other)
    assert coverage.change_rows(found) == [
        ("收费", "3", "3", "-6", "-9"),
        ("通报", "1", "没有", "0", "没有"),
        ("师德", "没有", "0", "没有", "0"),
    ]
    assert coverage.change_payload(found)[1]["after"] is None
    assert coverage.changes(one, one) == []
