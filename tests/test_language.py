"""The two demonstration schemes with their cases: each of the 26 capabilities has one that a clerk can read."""

import re
from pathlib import Path
from typing import Final

import numpy as np
import pytest

from tests.builders import scheme
from zyw.cases import Case, load_cases, run_case
from zyw.ledger import Ledger
from zyw.naming.units import Unit
from zyw.periods import Span, year_of
from zyw.rowset import RowSet
from zyw.scheme import load_scheme
from zyw.scoring import score

HERE: Final = Path(__file__).parent / "data" / "schemes"
FILES: Final = sorted(HERE.glob("*.cases.yaml"))
ALL: Final = [(path, case) for path in FILES for case in load_cases(path.read_text(encoding="utf-8"), path.name)[0]]
CAPABILITIES: Final = 26


def text_of(path: Path) -> str:
    return (HERE / path.name.replace(".cases", "")).read_text(encoding="utf-8")


@pytest.mark.parametrize("path", FILES, ids=[path.name for path in FILES])
def test_the_demonstration_schemes_and_their_cases_load_without_any_problem(path: Path) -> None:
    assert load_scheme(text_of(path), path.name)[1] == ()
    assert load_cases(path.read_text(encoding="utf-8"), path.name)[1] == ()


@pytest.mark.parametrize(("path", "case"), ALL, ids=[case.sentence for _, case in ALL])
def test_a_case_of_a_capability_comes_out_as_written(path: Path, case: Case) -> None:
    assert run_case(case, scheme(text_of(path), path.name)) == ()


def test_every_capability_of_real_schemes_has_a_case() -> None:
    shown = {int(number) for _, case in ALL for number in re.findall(r"\[(\d+)\]", case.sentence)}
    assert shown == set(range(1, CAPABILITIES + 1))


def test_rules_on_a_table_that_nobody_gave_move_nothing_but_an_empty_table_is_data() -> None:
    period = year_of("2012")
    assert period is not None
    by = scheme(text_of(HERE / "points.yaml"), "points.yaml")
    units = [Unit("甲小学", "小学")]
    span = Span(period, None, period.end)
    assert not len(score(Ledger(units=tuple(units), has_roster=True), by, span)[0].journal_rows)
    empty = Ledger(units=tuple(units), has_roster=True, rows={"活动台账": RowSet({"origin": np.zeros(0, np.int64)}, 0)})
    rows = score(empty, by, span)[0].journal_rows
    assert dict(rows.rows("rule", "points")) == {"学习次数": -1_500_000}  # four quarters without any study session


HEAD: Final = """
方案: {编号: 甲, 名称: 甲方案, 发文机关: 甲局, 发文日期: 2012-01-01, 考核期: 自然年, 基础分: 100}
职务层级: {领导: [校长], 教师: ["*师"], 其他: 教师}
处理方式: [{名称: 诫勉教育, 依据: 一}, {名称: 效能告诫, 依据: 一}]
"""


def codes(rule: str, more: str = "") -> list[str]:
    return [each.code for each in load_scheme(f"{HEAD}规则:\n  - {{依据: 一, {rule}}}\n{more}", "方案.yaml")[1]]


RATE: Final = "数量: {比率: {分子: {状态: 已解决}, 分母为零: 不计}}"


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("编号: 甲, 数据: 追责台账, 计数: 单位, 斜率: {低于: 2, 每: 1, 分: -1}", ["P016"]),
        ("编号: 甲, 数据: 追责台账, 计数: 案件, 每次: -2", []),
        ("编号: 甲, 数据: 追责台账, 计数: 单位, 分档: {档: [{低于: 2, 分: -1}, {至少: 2, 分: 0}]}", ["P016"]),
        ("编号: 甲, 数据: 追责台账, 计数: 单位, 分档: {档: [{低于: 1, 分: 2}, {至少: 1, 分: 0}]}", []),
        ("编号: 甲, 数据: 追责台账, 计数: 单位, 斜率: {高于: 2, 每: 1, 分: -1}", []),
        ("编号: 甲, 数据: 测评, 计数: 单位, 数量: {列: 满意率}, 斜率: {低于: 100%, 每: 1%, 分: -1}", ["P019"]),
        ("编号: 甲, 数据: 测评, 计数: 单位, 数量: {列: 满意率}, 斜率: {低于: 90%, 每: 1%, 分: -1}", []),
        ("编号: 甲, 数据: 任务台账, 条件: {任务: 提高升学率}, 计数: 行, 每次: 1", ["P015"]),
        ("编号: 甲, 数据: 问题台账, 条件: {来源: 群众举报}, 计数: 行, 每次: 1", ["P018"]),
        ("编号: 甲, 数据: 问题台账, 计数: 行, 每次: -1, 按列取值: {列: 扣分, 方向: 扣分}", ["P024"]),
        ("编号: 甲, 数据: 问题台账, 条件: {扣分: 甲}, 计数: 行, 每次: -1", ["P025"]),
        ("编号: 甲, 数据: 问题台账, 日期: 类别, 计数: 行, 每次: -1", ["P025"]),
        ("编号: 甲, 数据: 问题台账, 日期: 没有的列, 计数: 行, 每次: -1", ["P011"]),
        ("编号: 甲, 数据: 问题台账, 条件: {办结情况: 拖拉}, 计数: 行, 每次: -1", ["P011"]),
        ("编号: 甲, 数据: 问题台账, 条件: {扣分: {至少: 5, 低于: 5}}, 计数: 行, 每次: -1", ["P007"]),
        ("编号: 甲, 数据: 问题台账, 条件: {扣分: {至少: 5, 高于: 5}}, 计数: 行, 每次: -1", ["P007"]),
        (f"编号: 甲, 数据: 问题台账, 计数: 单位, {RATE}, 斜率: {{低于: 90%, 每: 0, 分: -1}}", ["P007"]),
        (f"编号: 甲, 数据: 问题台账, 计数: 单位, {RATE}, 斜率: {{低于: 90%, 高于: 95%, 每: 1%, 分: -1}}", ["P024"]),
        (f"编号: 甲, 数据: 问题台账, 计数: 行, {RATE}, 每次: -1", ["P028"]),
        ("编号: 甲, 数据: 问题台账, 计数: 批, 每次: -1", ["P028"]),
        ("编号: 甲, 数据: 追责台账, 计数: 行, 每次: -1", ["P028"]),
        ("编号: 甲, 数据: 问题台账, 计数: 单位, 数量: {环比: {}}, 每次: -1", ["P028"]),
        ("编号: 甲, 数据: 名次, 计数: 行, 每次: -1", ["P028"]),
        ("编号: 甲, 数据: 问题台账, 计数: 行, 次第: {对象: 单位, 分: [-1]}", ["P014"]),
        ("编号: 甲, 数据: 问题台账, 计数: 行, 按数量: {每: 3, 分: -1, 余数: 按比例}", ["P029"]),
        ("编号: 甲, 数据: 问题台账, 计数: 行, 按数量: {每: 3, 分: -1, 余数: 按比例}, 舍入位数: 2", []),
        ("编号: 甲, 数据: 问题台账, 计数: 行, 区间待定: {最低: -1, 最高: -3}", ["P007"]),
        ("编号: 甲, 数据: 问题台账, 计数: 行, 每次: -1, 封顶: {每: 单位}", ["P007"]),
        ("编号: 甲, 数据: 问题台账, 计数: 行, 每次: -1, 同案不重计: [乙]", ["P011"]),
        ("编号: 甲, 数据: 问题台账, 计数: 行, 每次: -1, 项目: 乙", ["P011"]),
        ("编号: 甲, 数据: 问题台账, 计数: 行, 后果: {对象: 单位, 内容: 限, 种类: 限等次}", ["P006"]),
        ("编号: 甲, 数据: 问题台账, 计数: 行, 后果: {对象: 个人, 内容: 否, 种类: 一票否决}", ["P007"]),
        ("编号: 甲, 数据: 追责台账, 条件: {处理方式: 诫勉教育}, 计数: 案件, 转为: 效能告诫", ["P028"]),
        ("编号: 甲, 数据: 问题台账, 计数: 行, 每次: -1, 否则: [甲]", ["P042"]),
        ("编号: 甲, 数据: 问题台账, 计数: 行, 每次: -1, 否则: [乙]", ["P011"]),
        ("编号: 甲, 数据: 问题台账, 计数: 单位, 每次: -1, 名次按: {项目: 乙}", ["P028"]),
        ("编号: 甲, 数据: 名次, 计数: 单位, 每次: -1, 名次按: {项目: 乙}", ["P011"]),
        ("编号: 甲, 数据: 名次, 计数: 单位, 每次: -1, 名次按: {规则: 甲}", ["P011"]),
        ("编号: 甲, 数据: 名次, 计数: 单位, 每次: -1, 名次按: {看: 分}", ["P024"]),
        ("编号: 甲, 数据: 问题台账, 计数: 行, 每次: 1, 倍数: {列: 级别, 再按: 类别, 取: {省: {甲: 2}}}", ["P006"]),
        ("编号: 甲, 数据: 问题台账, 计数: 行, 每次: 1, 倍数: {列: 级别, 取: {省: {甲: 2}}}", ["P007"]),
        ("编号: 甲, 数据: 问题台账, 计数: 行, 每次: 1, 倍数: {列: 级别, 再按: 类别, 取: {省: 2}, 其他: 0}", ["P007"]),
        ("编号: 甲, 数据: 问题台账, 计数: 行, 每次: 1, 倍数: {列: 级别, 再按: 期限, 取: {省: {甲: 2}}, 其他: 0}", ["P025"]),
        ("编号: 甲, 数据: 任务台账, 计数: 行, 每次: 1, 倍数: {列: 任务, 再按: 责任人, 取: {教学: {升学率: 2}}, 其他: 0}", ["P015"]),
        ("编号: 甲, 数据: 问题台账, 计数: 行, 每次: -1, 封顶: {自 2012-01-01: {每: 单位, 最多扣: 5}, 自 2012-07-01: 废止}", ["P041"]),
        ("编号: 甲, 数据: 问题台账, 计数: 行, 每次: -1, 封顶: {自 2012-01-01: {每: 单位, 最多扣: 5}, 自 2013-01-01: 废止}", []),
        ("编号: 甲, 数据: 问题台账, 计数: 行, 每次: -1, 封顶: {自 2012-01-01: {每: 月, 最多扣: 5}, 自 2012-07-01: 废止}", []),
        ("编号: 甲, 数据: 追责台账, 计数: 案件, 每次: -1, 累计: {对象: 个人, 至少: {自 2012-01-01: 3, 自 2013-01-01: 2}, "
         "期限: 当年, 满后重计: 是}", ["P028"]),
    ],
)  # fmt: skip
def test_what_the_language_refuses_or_doubts(rule: str, expected: list[str]) -> None:
    assert codes(rule) == expected


def test_rules_that_wait_for_one_another_across_tables_are_refused() -> None:
    rules = """规则:
  - {编号: 甲, 依据: 一, 数据: 问题台账, 计数: 单位, 每次: -1}
  - {编号: 乙, 依据: 一, 数据: 任务台账, 计数: 单位, 每次: -1, 否则: [甲]}
  - {编号: 丙, 依据: 一, 数据: 任务台账, 计数: 单位, 每次: -1}
  - {编号: 丁, 依据: 一, 数据: 问题台账, 计数: 单位, 每次: -1, 否则: [丙]}
"""
    assert {each.code for each in load_scheme(HEAD + rules, "方案.yaml")[1]} == {"P042"}
    assert load_scheme(HEAD + rules.replace(", 否则: [丙]", ""), "方案.yaml")[1] == ()


@pytest.mark.parametrize(
    ("grades", "expected"),
    [
        ("[{名称: 优, 依据: 七, 名额: 60%}, {名称: 良, 依据: 七}, {名称: 差, 依据: 七, 至少占: 40%}]", []),
        ("[{名称: 优, 依据: 七, 名额: 60%}, {名称: 良, 依据: 七}, {名称: 差, 依据: 七, 至少占: 41%}]", ["P038"]),
        ("[{名称: 优, 依据: 七, 至少占: 10%}, {名称: 差, 依据: 七}]", ["P038"]),
        ("[{名称: 优, 依据: 七}, {名称: 良, 依据: 七, 至少占: 5%}, {名称: 差, 依据: 七, 至少占: 10%}]", ["P038"]),
        ("[{名称: 优, 依据: 七}, {名称: 差, 依据: 七, 至少占: 一成}]", ["P007"]),
        ("[{名称: 优, 依据: 七, 至少: {自 2012-01-01: 60, 自 2013-01-01: 70}}, {名称: 差, 依据: 七, 至少: 65}]", ["P037"]),
    ],
)  # fmt: skip
def test_shares_of_grades_must_fit_together(grades: str, expected: list[str]) -> None:
    assert codes("编号: 甲, 数据: 问题台账, 计数: 行, 每次: -1", f"排名: {{等次: {grades}}}\n") == expected


def test_an_item_is_looked_at_as_a_rule_is() -> None:
    more = "项目: {名称: 期末考试成绩, 依据: 一, 基础分: 10}\n"
    assert codes("编号: 甲, 数据: 问题台账, 计数: 行, 每次: -1", more) == ["P015"]


def test_an_overlap_of_numbers_is_shown_with_a_number_that_both_take() -> None:
    rules = """规则:
  - {编号: 甲, 依据: 一, 数据: 问题台账, 条件: {扣分: {至少: 1, 低于: 5}}, 计数: 行, 每次: -1}
  - {编号: 乙, 依据: 一, 数据: 问题台账, 条件: {扣分: {至少: 4}}, 计数: 行, 每次: -2}
"""
    _, problems = load_scheme(HEAD + rules, "方案.yaml")
    assert [each.code for each in problems] == ["P013"]
    assert "扣分=4" in problems[0].message
    assert load_scheme(HEAD + rules.replace("{至少: 4}", "{至少: 5}"), "方案.yaml")[1] == ()


def test_rules_for_different_kinds_of_units_do_not_overlap() -> None:
    rules = """规则:
  - {编号: 甲, 依据: 一, 适用学段: 小学, 数据: 问题台账, 计数: 行, 每次: -1}
  - {编号: 乙, 依据: 一, 适用学段: 初中, 数据: 问题台账, 计数: 行, 每次: -2}
"""
    assert load_scheme(HEAD + rules, "方案.yaml")[1] == ()


def test_a_reading_of_an_item_goes_with_every_result_and_one_of_a_rule_with_its_own() -> None:
    more = "项目: {名称: 日常, 依据: 二, 基础分: 10, 方案未定: 满分没有写}\n"
    rule = "编号: 甲, 数据: 问题台账, 计数: 行, 每次: -1, 方案未定: 次数没有写"
    found = scheme(f"{HEAD}规则:\n  - {{依据: 一, {rule}}}\n{more}")
    assert [(note.text, note.everywhere, note.about) for note in found.notes] == [
        ("方案未定: 满分没有写", True, ""),
        ("方案未定: 次数没有写", False, "甲"),
    ]
    assert found.notes[1].concerns(["封顶：甲"])
    assert not found.notes[1].concerns(["乙甲"])
