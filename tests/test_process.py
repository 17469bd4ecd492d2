"""Due process: what a scheme may not say of it, exemptions without a scheme's word, and sums of periods."""

from datetime import date, timedelta
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.builders import Office, dayuan, scheme, year
from zyw.naming.units import Unit
from zyw.periods import add_months
from zyw.scheme import load_scheme
from zyw.scoring import score
from zyw.shown.schemes import lines

HEAD: Final = """
方案: {编号: 甲, 名称: 甲方案, 发文机关: 甲局, 发文日期: 2012-01-01, 考核期: 自然年, 基础分: 100}
职务层级: {领导: [校长], 教师: ["*师"], 其他: 教师}
"""
MEASURES: Final = "处理方式: [{名称: 诫勉谈话, 依据: 一, 类型: 组织处理}]\n"
RULE: Final = "规则: [{编号: 追责, 依据: 一, 数据: 追责台账, 计数: 案件, 每次: -2}]\n"
ADDING: Final = "{{对象: {who}, 内容: 不得晋升, 期限: {term}, 重叠: {how}{more}}}"


def codes(text: str, measures: str = MEASURES, rule: str = RULE) -> list[str]:
    return [each.code for each in load_scheme(f"{HEAD}{measures}{rule}{text}", "方案.yaml")[1]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("程序: [{步骤: 送达, 依据: 二, 列: 送达时间}]", []),
        ("程序: [{步骤: 送达, 列: 送达时间}]", ["P009"]),
        ("程序: [{步骤: 送达, 依据: 二, 列: 职务}]", ["P008"]),
        ("程序: [{步骤: 送达, 依据: 二, 列: 送达时间, 空白: 看来源}]", ["P039"]),
        ("程序: [{步骤: 文书, 依据: 二, 列: 文号, 次序: 不晚于决定}]", ["P039"]),
        ("程序: [{步骤: 送达, 依据: 二, 列: 送达时间, 适用类型: 党纪}]", ["P039"]),
        ("程序: [{步骤: 送达, 依据: 二, 列: 送达时间}, {步骤: 告知, 依据: 二, 列: 送达时间}]", ["P039"]),
        ("免责: [{名称: 诫勉谈话, 依据: 二}]", ["P010"]),
        ("免责: [{名称: 容错免责, 依据: 二, 别名: 不追究}]", []),
        ("复核: {依据: 二, 申请期限: 尽快}", ["P007"]),
        ("复核: {依据: 二, 起算: 期限}", ["P008"]),
    ],
)
def test_what_a_scheme_may_say_of_due_process(text: str, expected: list[str]) -> None:
    assert codes(text) == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ({}, []),
        ({"more": ", 最长: 48个月"}, []),
        ({"how": "取长", "more": ", 最长: 48个月"}, ["P006"]),
        ({"who": "单位"}, ["P007"]),
        ({"term": "当年"}, ["P007"]),
        ({"more": ", 最长: 当年"}, ["P007"]),
    ],
)
def test_only_months_of_persons_add_up(words: dict[str, str], expected: list[str]) -> None:
    found = ADDING.format(**({"who": "个人", "term": "12个月", "how": "相加", "more": ""} | words))
    assert codes("", f"处理方式: [{{名称: 警告, 依据: 一, 后果: [{found}]}}]\n") == expected


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("数据: 名次, 条件: {倒数名次: {至多: 1}}, 计数: 单位, 后果: [{对象: 个人, 内容: 诫勉谈话}]", ["P043"]),
        (
            "数据: 问题台账, 计数: 行, 每次: -1, 连带: [{对象: 主要负责人, 后果: [{对象: 个人, 内容: 诫勉谈话}]}]",
            ["P043"],
        ),
        ("数据: 名次, 条件: {倒数名次: {至多: 1}}, 计数: 单位, 后果: [{对象: 个人, 内容: 建议诫勉谈话}]", []),
        ("数据: 名次, 条件: {倒数名次: {至多: 1}}, 计数: 单位, 后果: [{对象: 单位, 内容: 取消评先资格}]", []),
        ("数据: 追责台账, 计数: 案件, 后果: [{对象: 个人, 内容: 诫勉谈话}]", []),
    ],
)
def test_no_score_becomes_a_sanction(rule: str, expected: list[str]) -> None:
    assert codes("", rule=f"规则: [{{编号: 乙, 依据: 一, {rule}}}]\n") == expected


@pytest.mark.parametrize("word", ["容错免责", "免予追责", "给予容错免责处理", "免 责"])
def test_an_exemption_costs_nothing_and_is_no_fault_of_the_row(word: str) -> None:
    row = {"单位": "甲小学", "姓名": "张三", "职务": "教师", "处理方式": word, "处理时间": "2012-04-02"}
    ledger = Office(units=[Unit("甲小学", "小学")]).sanctions(row).ledger()
    scores, problems = score(ledger, dayuan(), year())
    assert problems == ()
    assert dict(scores.unit_rows.rows("unit", "score")) == {"甲小学": 100_000_000}
    assert list(scores.left_out_rows.rows("person", "reason")) == [("张三", "容错免责，不追责，不计分")]
    assert list(scores.unit_rows.rows("rows_not_used")) == [(0,)]


def test_an_exemption_beside_a_measure_leaves_the_measure() -> None:
    row = {"单位": "甲小学", "姓名": "张三", "职务": "教师", "处理方式": "诫勉谈话、容错免责", "处理时间": "2012-04-02"}
    ledger = Office(units=[Unit("甲小学", "小学")]).sanctions(row).ledger()
    scores, problems = score(ledger, dayuan(), year())
    assert [each.code for each in problems] == ["C005"]
    assert dict(scores.unit_rows.rows("unit", "score")) == {"甲小学": 98_000_000}


def test_a_cell_of_a_step_that_cannot_be_read_keeps_the_row_from_counting() -> None:
    by = scheme(f"{HEAD}{MEASURES}{RULE}程序: [{{步骤: 送达, 依据: 二, 列: 送达时间}}]\n")
    row = {
        "单位": "甲小学",
        "姓名": "张三",
        "职务": "教师",
        "处理方式": "诫勉谈话",
        "处理时间": "2012-04-02",
        "送达时间": "",
    }
    ledger = Office(units=[Unit("甲小学", "小学")]).sanctions(row, faulty=[(0, "送达时间")]).ledger()
    scores, _ = score(ledger, by, year())
    assert list(scores.left_out_rows.rows("reason")) == [("“送达时间”一格无法识别",)]
    assert list(scores.unit_rows.rows("rows_not_used")) == [(1,)]


def test_a_step_on_the_as_of_day_itself_is_done() -> None:
    by = scheme(f"{HEAD}{MEASURES}{RULE}程序: [{{步骤: 送达, 依据: 二, 列: 送达时间}}]\n")
    row = {"单位": "甲小学", "姓名": "张三", "职务": "教师", "处理方式": "诫勉谈话", "处理时间": "2012-04-02"}
    ledger = Office(units=[Unit("甲小学", "小学")]).sanctions({**row, "送达时间": "2012-12-31"}).ledger()
    assert len(score(ledger, by, year())[0].left_out_rows) == 0


def test_an_issue_that_tells_of_a_sanction_goes_the_same_way() -> None:
    by = scheme(f"{HEAD}{MEASURES}{RULE}程序: [{{步骤: 送达, 依据: 二, 列: 送达时间}}]\n")
    row = {
        "单位": "甲小学",
        "问题": "迟到",
        "当事人": "张三",
        "职务": "教师",
        "处理结果": "诫勉谈话",
        "处理时间": "2012-04-02",
    }
    office = Office(units=[Unit("甲小学", "小学")]).issues({**row, "送达时间": "2013-01-01"})
    scores, _ = score(office.ledger(), by, year())
    assert list(scores.left_out_rows.rows("reason")) == [("送达在截至日以后（送达时间 2013-01-01）",)]


def test_the_way_of_a_sanction_is_shown_with_the_scheme() -> None:
    assert "  核实（依据 五(三)4办法1）：看“是否核实”，写“否”不计，空白看来源" in lines(dayuan())


LIMIT: Final = 48
ADDED: Final = scheme(
    HEAD
    + "处理方式: [{名称: 警告, 依据: 一, 后果: [{对象: 个人, 内容: 不得晋升, 期限: 12个月, 重叠: 相加, 最长: 48个月}]}]\n"
    + RULE
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.dates(date(2007, 1, 1), date(2012, 12, 31)), min_size=1, max_size=7, unique=True))
def test_what_remains_and_the_new_period_are_served_one_after_the_other(days: list[date]) -> None:
    rows = [
        {"单位": "甲小学", "姓名": "张三", "职务": "教师", "处理方式": "警告", "处理时间": str(day), "案号": str(i)}
        for i, day in enumerate(days)
    ]
    expected: list[tuple[date, date]] = []
    for day in sorted(days):
        last = add_months(day, 12) - timedelta(days=1)
        start, before = expected[-1] if expected else (day, date.min)
        if day <= before:
            moved = add_months(before + timedelta(days=1), 12) - timedelta(days=1)
            last = max(before, last, min(moved, add_months(day, LIMIT) - timedelta(days=1)))
        if day <= before + timedelta(days=1):  # one that begins the day after the last ended is one effect with it
            expected[-1] = (start, last)
        else:
            expected.append((day, last))
    ledger = Office(units=[Unit("甲小学", "小学")]).sanctions(*rows).ledger()
    scores, _ = score(ledger, ADDED, year())
    assert [(each.start, each.end) for each in scores.effects] == [one for one in expected if one[1].year >= 2012]


def test_a_step_that_lacks_twice_is_told_once() -> None:
    by = scheme(f"{HEAD}{MEASURES}{RULE}程序: [{{步骤: 提醒, 依据: 二, 列: 提醒日期, 空白: 提醒, 次序: 不晚于决定}}]\n")
    row = {
        "单位": "甲小学",
        "姓名": "张三",
        "职务": "教师",
        "处理方式": "诫勉谈话",
        "处理时间": "2012-04-02",
        "提醒日期": "2013-02-02",
    }
    ledger = Office(units=[Unit("甲小学", "小学")]).sanctions(row).ledger()
    _, problems = score(ledger, by, year())  # after the decision, and after the day too
    assert [each.code for each in problems if each.code != "C005"] == ["C041"]
