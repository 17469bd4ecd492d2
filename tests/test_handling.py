"""The docket: due soon, overdue by warning, closable, wrongly closed, extensions, reopening, recurrence, owners."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any, Final

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.builders import Office, dayuan, scheme
from zyw.handling.docket import docket
from zyw.handling.records import Basis, Docket, Matter
from zyw.ledger import Ledger
from zyw.naming.units import Unit
from zyw.problems import Problem
from zyw.scheme import Scheme, load_scheme

HEAD: Final = """
方案: {编号: 甲, 名称: 甲方案, 发文机关: 甲局, 发文日期: 2012-01-01, 考核期: 自然年, 基础分: 100}
规则: [{编号: 一, 依据: 一, 数据: 问题台账, 计数: 行, 每次: -1}]
"""
UNITS: Final = (Unit("甲小学", "小学", linked_leader="周局长", linked_office="安全股"), Unit("乙小学", "小学"))
DAY: Final = date(2012, 5, 15)


def by(text: str) -> Scheme:
    return scheme(f"{HEAD}办理:\n{text}")


def issue(**cells: Any) -> dict[str, Any]:
    return {"单位": "甲小学", "问题": "迟到", "发现日": "2012-03-01", **cells}


def of(*rows: dict[str, Any], rules: Scheme | None = None, on: date = DAY) -> tuple[Docket, tuple[Problem, ...]]:
    return docket(Office(units=UNITS).issues(*rows).ledger(), rules, on)


def numbers(found: tuple[Matter, ...]) -> list[str]:
    return [each.number for each in found]


def codes(problems: tuple[Problem, ...]) -> list[str]:
    return [each.code for each in problems]


def test_overdue_issues_have_the_warning_of_their_days_and_the_last_day_is_in_time() -> None:
    rows = [
        issue(编号="今天到期", 期限="2012-05-15"),  # 0 天
        issue(编号="蓝", 期限="2012-05-08"),  # 过了 7 天
        issue(编号="黄", 期限="2012-05-07"),  # 8 天
        issue(编号="红", 期限="2012-04-14"),  # 31 天
        issue(编号="快到期", 期限="2012-05-22"),  # 还有 7 天
        issue(编号="还早", 期限="2012-05-23"),
        issue(编号="没有期限"),
    ]
    found, _ = of(*rows)
    assert [(each.number, each.days, each.alert and each.alert.colour) for each in found.overdue] == [
        ("红", 31, "红"),
        ("黄", 8, "黄"),
        ("蓝", 7, "蓝"),
    ]
    assert numbers(found.due_soon) == ["今天到期", "快到期"]
    assert (found.open, found.no_deadline, found.totals.alerts) == (7, 1, (1, 1, 1))
    assert numbers(found.at("黄色预警")) == ["黄"]


def test_days_are_working_days_where_the_scheme_says_so() -> None:
    rules = by("  历: 工作日\n  快到期: 2\n")
    # 2012-04-27 是星期五，28 日（星期六）上班，29 日至 5 月 1 日放假；5 月 2 日站在这里看
    found, _ = of(
        issue(编号="一", 期限="2012-04-27"), issue(编号="二", 期限="2012-05-04"), rules=rules, on=date(2012, 5, 2)
    )
    assert [(each.number, each.days) for each in found.overdue] == [("一", 2)]  # 28 日、2 日
    assert [(each.number, each.days) for each in found.due_soon] == [("二", -2)]  # 3 日、4 日


def test_an_issue_without_a_deadline_has_the_first_limit_of_the_scheme_that_fits() -> None:
    rules = by("""
  时限:
    - {依据: 二1, 条件: {来源: 群众举报}, 期限: 15个工作日}
    - {依据: 二2, 条件: {等级: 重大}, 期限: 3天, 起算: 处理时间}
    - {依据: 二3, 期限: 一个月}
""")
    rows = [
        issue(编号="一", 来源="群众举报", 发现日="2012-03-09"),
        issue(编号="二", 等级="重大", 处理时间="2012-03-05"),
        issue(编号="三", 发现日="2012-01-31"),
        issue(编号="四", 期限="2012-03-03", 来源="群众举报"),
        issue(编号="五", 期限原文="立行立改"),
    ]
    found, _ = of(*rows, rules=rules)
    dues = {each.number: (each.due, each.basis) for each in found.overdue}
    assert dues == {
        "一": (date(2012, 3, 30), Basis.DEFAULT),
        "二": (date(2012, 3, 8), Basis.DEFAULT),
        "三": (date(2012, 2, 29), Basis.DEFAULT),
        "四": (date(2012, 3, 3), Basis.STATED),
    }
    assert found.no_deadline == 1


def test_a_period_that_ends_on_a_day_off_ends_on_the_next_working_day_but_a_date_stays() -> None:
    rules = by("  顺延: 是\n  时限: {依据: 二, 期限: 30天}\n")
    rows = [
        issue(编号="一", 发现日="2012-03-01"),  # 30 天以后是 3 月 31 日（星期六，上班）
        issue(编号="二", 发现日="2012-03-03"),  # 4 月 2 日放假，顺延到 4 月 5 日
        issue(编号="三", 期限="2012-04-02"),  # 写明的日子不顺延
        issue(编号="四", 发现日="2012-03-03", 期限="2012-04-02", 期限原文="30日内"),
    ]
    found, _ = of(*rows, rules=rules)
    assert {each.number: str(each.due) for each in found.overdue} == {
        "一": "2012-03-31",
        "二": "2012-04-05",
        "三": "2012-04-02",
        "四": "2012-04-05",
    }


def test_the_day_before_which_something_is_to_be_done_may_be_too_late() -> None:
    rows = [
        issue(编号="一", 期限="2012-05-15", 期限原文="5月15日前"),
        issue(编号="二", 期限="2012-05-15", 期限原文="2012-05-15"),
    ]
    assert of(*rows)[0].overdue == ()
    found, _ = of(*rows, rules=by("  截止当天: 不算\n"))
    assert [(each.number, str(each.due), each.days) for each in found.overdue] == [("一", "2012-05-14", 1)]


EXTENDED: Final = {
    "期限": "2012-05-01",
    "延期至": "2012-06-01",
    "延期理由": "停工",
    "延期申请人": "王某",
    "延期批准人": "李某",
}


@pytest.mark.parametrize(
    ("changes", "word"),
    [
        ({}, ""),
        ({"延期理由": ""}, "没有写延期理由"),
        ({"延期批准人": ""}, "没有写批准人"),
        ({"延期批准人": "王 某"}, "批准人就是申请的人"),
        ({"延期申请人": "", "责任人": "李某"}, "批准人就是申请的人"),
        ({"延期申请人": "王某", "责任人": "李某"}, ""),
        ({"延期至": "2012-05-01"}, "不在原期限之后"),
        ({"延期至": "2012-07-01"}, "最多延 一个月"),
        ({"延期次数": "2"}, "最多延 1 次"),
    ],
)
def test_an_extension_counts_with_a_reason_and_another_person_s_approval(changes: dict[str, str], word: str) -> None:
    rules = by("  延期: {依据: 三, 最多次数: 1, 最长: 一个月}\n")
    found, problems = of(issue(**{**EXTENDED, **changes}), rules=rules)
    assert codes(problems) == (["D003"] if word else [])
    assert word in (problems[0].message if problems else "")
    assert len(found.overdue) == bool(word)
    assert len(found.extended) == (not word)
    if not word:
        assert (found.extended[0].due, found.extended[0].remark) == (date(2012, 6, 1), "延期")


def test_an_extension_approved_after_the_day_does_not_count_yet_and_columns_that_are_not_there_are_told() -> None:
    found, problems = of(issue(**EXTENDED, 延期批准日="2012-05-16"), rules=by("  历: 自然日\n"))
    assert (len(found.overdue), codes(problems)) == (1, [])
    found, problems = of(issue(期限="2012-05-01", 延期至="2012-06-01"), rules=by("  历: 自然日\n"))
    assert (len(found.extended), codes(problems)) == (1, ["D004", "D004"])


CLOSED: Final = {"完成日": "2012-03-20", "销号日": "2012-03-25"}
WHOLE: Final = {"核实": "是", "答复": "已答复", "来源": "群众举报", "当事人": "张三", "处理结果": "诫勉谈话"}


@pytest.mark.parametrize(
    ("changes", "gaps"),
    [
        ({}, []),
        ({"核实": ""}, ["问题核实清楚"]),
        ({"核实": "否", "来源": "督查暗访"}, []),
        ({"处理结果": ""}, ["违规违纪处理到位"]),
        ({"处理结果": "", "当事人": ""}, []),
        ({"答复": ""}, ["反映人得到答复"]),
        ({"答复": "", "来源": "媒体曝光"}, []),
        ({"来源": "举报电话", "答复": ""}, ["反映人得到答复"]),
    ],
)
def test_an_issue_closed_against_the_conditions_is_listed_with_what_is_lacking(
    changes: dict[str, str], gaps: list[str]
) -> None:
    found, _ = of(issue(**CLOSED, **{**WHOLE, **changes}), rules=dayuan())
    assert [[gap.name for gap in each.gaps] for each in found.wrongly_closed] == ([gaps] if gaps else [])
    done, _ = of(issue(完成日="2012-03-20", **{**WHOLE, **changes}), rules=dayuan())
    assert (len(done.closable), len(done.lacking)) == ((0, 1) if gaps else (1, 0))


def test_a_row_of_the_sanctions_ledger_deals_with_a_breach() -> None:
    office = Office(units=UNITS).issues(issue(**CLOSED, **{**WHOLE, "处理结果": ""}, 编号="7"))
    sanction = {"单位": "甲小学", "姓名": "张三", "处理方式": "诫勉谈话", "处理时间": "2012-04-01", "案号": "7"}
    assert docket(office.sanctions(sanction).ledger(), dayuan(), DAY)[0].wrongly_closed == ()


def test_a_column_that_the_sheet_lacks_is_not_asked_for_and_that_is_told_once() -> None:
    found, problems = of(issue(**CLOSED), issue(**CLOSED), rules=dayuan())
    assert found.wrongly_closed == ()
    assert codes(problems) == ["D005"]  # 核实；没有来源一列，也就没有要答复的


def test_a_reopened_issue_is_open_again_until_it_is_done_again() -> None:
    rules = by("  重开: {依据: 四, 期限: 10天}\n")
    rows = [
        issue(编号="一", 期限="2012-03-31", **CLOSED, 重开日="2012-05-01"),  # 5 月 11 日以前
        issue(编号="二", 期限="2012-03-31", 完成日="2012-05-10", 销号日="2012-05-12", 重开日="2012-05-01"),
        issue(编号="三", 期限="2012-06-30", **CLOSED, 重开日="2012-05-01"),
        issue(编号="四", 期限="2012-03-31", **CLOSED, 重开日="2012-05-20"),  # 还没有到那一天
        issue(编号="五", 期限="2012-03-31", **CLOSED, 状态="复查不合格，退回重办"),
    ]
    found, _ = of(*rows, rules=rules)
    assert numbers(found.reopened) == ["五", "一", "三"]
    assert {each.number: (str(each.due), each.days) for each in found.overdue} == {
        "一": ("2012-05-11", 4),
        "五": ("2012-03-31", 45),
    }
    assert found.closed == 2


def test_an_issue_that_comes_back_within_the_window_names_the_former_one() -> None:
    same = {"类别": "作风", "具体表现": "迟到早退"}
    rows = [
        issue(编号="旧", **same, 发现日="2011-03-01", 完成日="2011-04-01"),
        issue(编号="又", **same, 发现日="2012-04-01"),  # 恰好十二个月
        issue(编号="远", **same, 发现日="2012-04-02"),
        issue(编号="别", **{**same, "具体表现": "擅自离岗"}, 发现日="2011-05-01"),
        issue(编号="早", **same, 发现日="2011-03-31"),
        issue(
            **{**same, "编号": "他", "单位": "乙小学"},
        ),
        issue(编号="当", 类别="收费", 具体表现="乱收费", 发现日="2012-01-05", 完成日="2012-01-05"),
    ]
    found, _ = of(*rows, rules=dayuan())
    assert [(each.number, each.remark) for each in found.recurring] == [("又", "复发：旧")]


def test_states_of_the_scheme_say_what_they_amount_to_and_others_are_told() -> None:
    rules = by("""
  状态:
    - {名称: 待核, 依据: 一, 写法: [已完成待核]}
    - {名称: 归档, 依据: 一, 算: 销号}
    - {名称: 验收, 依据: 一, 算: 完成}
""")
    rows = [issue(状态="已完成待核"), issue(状态="归档"), issue(状态="验收"), issue(状态="已整改")]
    found, problems = of(*rows, rules=rules)
    assert (found.open, found.done, found.closed) == (1, 2, 1)
    assert [(each.code, each.place and each.place.cell) for each in problems if each.code == "D007"] == [("D007", "D5")]


def test_owners_come_from_the_row_or_the_roster_and_a_matter_of_two_counts_once_in_the_total() -> None:
    office = Office(units=UNITS).issues(
        issue(期限="2012-05-01", 领导="李局长、王局长", 责任人="张三"),
        issue(期限="2012-05-02"),
        issue(单位="乙小学", 期限="2012-05-20"),
    )
    found, _ = docket(office.ledger(), None, DAY)
    assert (found.totals.open, found.totals.overdue, found.totals.soon) == (3, 2, 1)
    assert [(each.name, each.open, each.overdue) for each in found.by("责任领导")] == [
        ("周局长", 1, 1), ("李局长", 1, 1), ("王局长", 1, 1), ("没有写明", 1, 0),
    ]  # fmt: skip
    assert [(each.name, each.open) for each in found.by("责任股室")] == [("安全股", 2), ("没有写明", 1)]


def test_an_issue_of_several_units_is_one_matter_and_stands_with_each() -> None:
    ledger = Office(units=UNITS).issues(issue(期限="2012-05-01"), issue(单位="乙小学", 期限="2012-05-01")).ledger()
    rows = ledger.rows["问题台账"]
    rows["origin"] = np.zeros(2, dtype=np.int64)
    found, _ = docket(ledger, None, DAY)
    assert [each.units for each in found.overdue] == [("甲小学", "乙小学")]
    assert (found.totals.overdue, [each.overdue for each in found.by("单位")]) == (1, [1, 1])


def test_tasks_stand_beside_issues_but_are_never_closed() -> None:
    office = Office(units=UNITS).table(
        "任务台账",
        {"单位": "甲小学", "任务": "建园", "期限": "2012-05-01", "进展": "正在施工"},
        {"单位": "甲小学", "任务": "培训", "期限": "2012-05-01", "进展": "已完成"},
    )
    found, _ = docket(office.ledger(), None, DAY)
    assert [(each.table, each.text, each.days) for each in found.overdue] == [("任务台账", "建园", 14)]
    assert (found.recorded, found.done, found.closable) == (2, 1, ())


def test_rows_that_could_not_be_read_or_are_still_to_come_are_not_there() -> None:
    office = Office(units=UNITS).issues(
        issue(期限="2012-05-01"), issue(期限=""), issue(单位=""), issue(发现日="2012-05-16"), faulty=[(1, "期限")]
    )
    found, _ = docket(office.ledger(), None, DAY)
    assert (found.recorded, found.left_out) == (1, 2)


def test_nothing_to_handle_is_an_empty_docket_without_a_word() -> None:
    assert docket(Ledger(), None, DAY) == (
        Docket(DAY, docket(Ledger(), None, DAY)[0].handling, totals=docket(Ledger(), None, DAY)[0].totals),
        (),
    )


def test_without_a_scheme_what_is_usual_is_told_and_a_year_without_holidays_too() -> None:
    assert codes(of(issue(期限="2012-05-01"))[1]) == ["D006"]
    rules = by("  历: 工作日\n")
    assert codes(of(issue(期限="2031-05-01", 发现日="2031-01-02"), rules=rules, on=date(2031, 5, 9))[1]) == ["D002"]


DATES: Final = st.dates(date(2011, 1, 1), date(2013, 12, 31))


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(
            DATES, st.one_of(st.none(), DATES), st.one_of(st.none(), DATES), st.sampled_from(["甲小学", "乙小学"])
        ),
        max_size=12,
    ),
    DATES,
    st.randoms(),
)
def test_every_issue_stands_in_one_place_and_the_order_of_rows_changes_nothing(
    rows: Any, on: date, shuffle: Any
) -> None:
    made = [
        {
            "单位": unit,
            "问题": str(i),
            "编号": str(i),
            "发现日": str(start),
            "期限": str(due or ""),
            "完成日": str(done or ""),
        }
        for i, (start, due, done, unit) in enumerate(rows)
    ]
    columns = ["单位", "问题", "编号", "发现日", "期限", "完成日"]

    def look(some: list[dict[str, str]]) -> Docket:
        return docket(Office(units=UNITS).issues(*some, columns=columns).ledger(), dayuan(), on)[0]

    found = look(made)
    assert found.recorded == found.open + found.done + found.closed
    assert not set(numbers(found.overdue)) & set(numbers(found.due_soon))
    assert all(each.due and (on - each.due).days == each.days for each in (*found.overdue, *found.due_soon))
    assert sum(each.overdue for each in found.by("单位")) == found.totals.overdue == len(found.overdue)
    shuffle.shuffle(made)
    again = look(made)
    assert sorted(numbers(again.overdue)) == sorted(numbers(found.overdue))
    assert replace(again.totals) == found.totals


@settings(max_examples=60, deadline=None)
@given(DATES, st.integers(0, 60), DATES)
def test_an_issue_that_is_overdue_stays_so_on_every_later_day(start: date, length: int, on: date) -> None:
    ledger = Office(units=UNITS).issues(issue(发现日=str(start), 期限=str(start + timedelta(days=length)))).ledger()
    if docket(ledger, dayuan(), on)[0].overdue:
        assert docket(ledger, dayuan(), on + timedelta(days=1))[0].overdue


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("  预警: [{名称: 一, 依据: 一, 颜色: 蓝, 逾期天数: {至少: 1, 至多: 7}}, {名称: 二, 依据: 一, 颜色: 黄, 逾期天数: {至少: 7}}]", "P040"),
        ("  预警: [{名称: 一, 依据: 一, 颜色: 蓝, 逾期天数: {至少: 1, 至多: 7}}, {名称: 二, 依据: 一, 颜色: 黄, 逾期天数: {至少: 9}}]", "P040"),
        ("  预警: [{名称: 一, 依据: 一, 颜色: 紫, 逾期天数: {至少: 1}}]", "P008"),
        ("  状态: [{名称: 一, 依据: 一, 可到: [二]}]", "P011"),
        ("  状态: [{名称: 一, 依据: 一}, {名称: 二, 依据: 一, 写法: [一]}]", "P010"),
        ("  状态: [{名称: 一}]", "P009"),
        ("  时限: [{依据: 一, 期限: 尽快}]", "P007"),
        ("  时限: [{依据: 一, 期限: 3天, 起算: 类别}]", "P011"),
        ("  时限: [{依据: 一, 期限: 3天, 条件: {颜色: 红}}]", "P011"),
        ("  销号条件: [{名称: 一, 依据: 一, 须: {整改: 好了}}]", "P011"),
        ("  销号条件: [{名称: 一, 依据: 一}]", "P006"),
        ("  复发: {依据: 一, 同: [颜色], 期限: 12个月}", "P011"),
        ("  历: 农历", "P008"),
    ],
)  # fmt: skip
def test_what_a_scheme_may_not_say_of_handling(text: str, code: str) -> None:
    assert [each.code for each in load_scheme(f"{HEAD}办理:\n{text}\n", "方案.yaml")[1]] == [code]


def test_alerts_that_meet_have_no_gap() -> None:
    text = "  预警: [{名称: 一, 依据: 一, 颜色: 蓝, 逾期天数: {高于: 0, 低于: 8}}, {名称: 二, 依据: 一, 颜色: 红, 逾期天数: {至少: 8}}]"
    assert load_scheme(f"{HEAD}办理:\n{text}\n", "方案.yaml")[1] == ()
