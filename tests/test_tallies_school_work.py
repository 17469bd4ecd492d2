"""材料报送, 活动台账, 巡查记录 counted by hand."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import Office, scheme
from tests.tally_office import JUNE, YEAR, ledger, office
from zyw.naming.units import Unit
from zyw.periods import Period, Span
from zyw.tallies.activities import kind_of, level_of, tally_activities
from zyw.tallies.inspections import Inspections, tally_inspections
from zyw.tallies.submissions import tally_submissions

WIDE = """
材料报送情况登记表
单位 | 实施方案（2013年3月31日前） | 自查报告（2013年5月31日前） | 总结（2013年7月15日前）
一小 | 2013-03-28 | 2013-06-03 |
二小 | √ | |
一中 | 2013-04-02 | 2013-05-30 | 免报
"""
LONG = """
单位 | 材料名称 | 报送时间 | 应报日期 | 份数
一小 | 实施方案 | 2013-03-28 | 2013-03-31 |
一小 | 自查报告 | 2013-06-03 | 2013-05-31 |
一小 | 总结 | | 2013-07-15 |
二小 | 实施方案 | | 2013-03-31 | 1
二小 | 自查报告 | | 2013-05-31 |
二小 | 总结 | | 2013-07-15 |
一中 | 实施方案 | 2013-04-02 | 2013-03-31 |
一中 | 自查报告 | 2013-05-30 | 2013-05-31 |
"""


@pytest.mark.parametrize("sheet", [WIDE, LONG], ids=["wide", "long"])
def test_wide_and_long_sheets_give_the_same_counts(sheet: str) -> None:
    found = tally_submissions(ledger(sheet), None, JUNE)
    assert found is not None
    assert {h.name: (h.in_time, h.late, h.missing, h.not_due) for h in found.by_document} == {
        "实施方案": (2, 1, 0, 0), "自查报告": (1, 1, 1, 0), "总结": (0, 0, 0, 2),
    }  # fmt: skip
    assert {h.name: (h.in_time, h.late, h.missing, h.not_due) for h in found.by_unit} == {
        "第一小学": (1, 1, 0, 1), "第二小学": (1, 0, 1, 1), "第一中学": (1, 1, 0, 0),
    }  # fmt: skip
    assert [(o.unit, o.document, o.late_days) for o in found.late_or_missing] == [
        ("第一中学", "实施方案", 2), ("第一小学", "自查报告", 3), ("第二小学", "自查报告", 30),
    ]  # fmt: skip
    assert found.total.owed == len(found.lines) == 8


def test_the_day_due_may_be_the_schemes_and_a_unit_without_a_row_owes_it() -> None:
    by = scheme(
        """
        方案: {编号: 甲, 名称: 甲, 发文机关: 甲, 发文日期: 2013-01-01, 考核期: 自然年, 基础分: 100}
        材料: [{名称: 整改报告, 依据: 一, 应报日: 2013-03-12, 别名: [整改情况报告]}]
        规则: [{编号: 一, 依据: 一, 数据: 材料报送, 条件: {报送情况: 迟报}, 计数: 行, 每次: -1}]
        """.replace("\n        ", "\n")
    )
    sheet = """
    单位 | 材料名称 | 报送时间
    一小 | 整改情况报告 | 2013-03-12
    二小 | 整改报告 | 2013-03-15
    """
    found = tally_submissions(ledger(sheet), by, JUNE)
    assert found is not None
    assert {o.unit: (o.document, o.shown, o.late_days) for o in found.lines} == {
        "第一小学": ("整改报告", "按时", 0), "第二小学": ("整改报告", "迟报", 3), "第一中学": ("整改报告", "未报", 110),
    }  # fmt: skip


def test_two_rows_of_one_document_are_one_and_the_one_that_came_speaks() -> None:
    sheet = """
    单位 | 材料名称 | 报送时间 | 应报日期
    一小 | 总结 | | 2013-03-31
    一小 | 总结 | 2013-03-30 | 2013-03-31
    """
    found = tally_submissions(ledger(sheet), None, JUNE)
    assert found is not None
    assert [(o.state, len(o.origins)) for o in found.lines] == [("按时", 2)]


NEWS = """
类型 | 标题 | 刊发时间 | 采用媒体 | 采用级别 | 期数
简报 | 简报第1期 | 2013-04-01 | | 县 |
简报 | 简报第2期 | 2013-06-05 | | 市教育局简报 |
宣传 | 校车 | 2013-06-08 | 县电视台 | |
宣传 | 惠民 | 2013-06-09 | 县电视台 | 省教育厅 | 3
宣传 | 师德 | 2013-05-09 | 咸宁日报 | 未采用 |
宣传 | 明年 | 2014-05-09 | 咸宁日报 | |
宣传 | 无日期 | | 咸宁日报 | |
"""
TALKS = """
单位 | 活动名称 | 活动时间 | 参加人次 | 参加人员
一小 | 第一次集中学习 | 2013-03-05 | 40 |
一小 | 第二次集中学习 | 2013-06-05 | 42 |
一小 | 谈心谈话 | 2013-06-08 | | 赵教师、钱教师
一小 | 与赵教师谈心 | 2013-04-08 | | 赵教师
一中 | 诫勉谈话 | 2013-06-10 | |
"""


def test_activities_are_counted_by_kind_medium_and_level() -> None:
    found = tally_activities(ledger(NEWS, TALKS), None, JUNE)
    assert found is not None
    assert {t.name: (int(t.month), int(t.total)) for t in found.by_kind} == {
        "简报": (1, 2), "宣传": (4, 5), "集中学习": (1, 2), "谈心谈话": (1, 2), "诫勉谈话": (1, 1),
    }  # fmt: skip
    assert {t.name: int(t.total) for t in found.by_medium} == {"县电视台": 4, "咸宁日报": 1}
    assert [(t.name, int(t.total)) for t in found.by_level] == [("省", 3), ("市局", 1), ("县", 1)]
    assert found.adopted_text == "省3篇、市局1篇、县1篇"
    assert found.undated == 1
    assert next(t for t in found.by_kind if t.name == "集中学习").people_total == 82


def test_the_offices_own_activities_need_no_unit() -> None:
    _, problems = office(NEWS)
    assert not [p.code for p in problems if p.severity.word == "error"]


def test_talks_are_counted_with_the_persons_talked_to() -> None:
    found = tally_activities(ledger(TALKS), None, JUNE)
    assert found is not None
    assert [(t.unit, int(t.month), int(t.total), t.persons) for t in found.talks] == [("第一小学", 1, 2, 2)]
    assert {each.unit: sum(each.times) for each in found.by_unit} == {"第一小学": 4, "第二小学": 0, "第一中学": 1}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("简报第13期", "简报"),
        ("第三次专题讨论", "专题讨论"),
        ("谈话", "谈心谈话"),
        ("座谈会", "座谈会"),
        ("第5期", "第5期"),
    ],
)
def test_a_number_is_no_kind(text: str, kind: str) -> None:
    assert kind_of(text) == kind


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("市简报", "市"),
        ("市教育局", "市局"),
        ("区级", "县"),
        ("中国教育报（国家级）", "国家"),
        ("内刊", "内刊"),
        ("否", ""),
    ],
)
def test_levels_of_adoption(text: str, level: str) -> None:
    assert level_of(text) == level


MAY = """
2013年5月教学常规月查记分表
学校 | 备课（20分） | 上课（30分） | 合计 | 存在问题
一小 | 18 | 25 | 43 | 三年级无教案
二小 | 20 | 28.5 | 48.5 |
一中 | 15 | | 15 | 实验课没有开
"""
VISITS = """
学校 | 检查日期 | 检查方式 | 检查项目 | 满分 | 得分 | 存在问题 | 整改时限 | 是否整改 | 整改时间
一小 | 2013-06-08 | 随机督查 | 食堂卫生 | 100 | 88 | 留样不全 | 2013-06-20 | 是 | 2013-06-12
一小 | 2013-06-08 | 随机督查 | 消防 | 100 | 95 | 无 | | |
一中 | 2013-06-09 | 全面督查 | 实验课 | 100 | 70 | 仍未开 | 2013-06-30 | |
"""
FOLLOWED = """
2013年6月教学常规月查记分表
学校 | 检查方式 | 备课（20分） | 上课（30分） | 存在问题 | 整改情况
一小 | 跟踪督查 | 19 | 26 | | 已整改到位
"""


def inspected(*sheets: str, span: Span = JUNE) -> Inspections:
    found = tally_inspections(ledger(*sheets), None, span)
    assert found is not None
    return found


def test_a_wide_sheet_is_scored_by_school_and_item() -> None:
    found = inspected(MAY, span=Span(Period(date(2013, 1, 1), date(2013, 5, 31)), None, date(2013, 5, 31)))
    assert {one.name: (one.score, one.full, one.rate) for one in found.by_unit} == {
        "第一小学": (Fraction(43), Fraction(50), Fraction(43, 50)),
        "第二小学": (Fraction(97, 2), Fraction(50), Fraction(97, 100)),
        "第一中学": (Fraction(15), Fraction(20), Fraction(3, 4)),
    }
    assert {one.name: (one.rows, one.faults) for one in found.by_item} == {
        "备课": (3, 0), "上课": (2, 0), "（总体）": (2, 2),
    }  # fmt: skip
    assert [month for month, _ in found.months] == ["2013-05"]


def test_what_was_open_last_month_is_carried_over_until_somebody_says_it_is_mended() -> None:
    found = inspected(MAY, FOLLOWED, VISITS)
    assert [(f.month, f.carried, f.found, f.mended, f.left) for f in found.flow] == [
        ("2013-05", 0, 2, 0, 2), ("2013-06", 2, 2, 2, 2),
    ]  # fmt: skip
    assert [(f.unit, f.text) for f in found.open] == [("第一中学", "实验课没有开"), ("第一中学", "仍未开")]
    assert {k.name: (k.month, k.total, k.faults) for k in found.kinds} == {
        "全面": (1, 1, 1), "随机": (1, 1, 1), "跟踪": (1, 1, 0), "未注明": (0, 3, 2),
    }  # fmt: skip


def test_the_as_of_day_itself_counts_and_the_next_does_not() -> None:
    sheet = """
    学校 | 检查日期 | 检查项目 | 满分 | 得分 | 存在问题 | 是否整改 | 整改时间
    一小 | 2013-06-08 | 消防 | 100 | 95 | 灯坏 | 是 | 2013-06-30
    二小 | 2013-06-08 | 消防 | 100 | 95 | 门锁 | 是 | 2013-07-01
    """
    assert [(f.unit, f.text) for f in inspected(sheet).open] == [("第二小学", "门锁")]
    talks = """
    单位 | 活动名称 | 活动时间
    一小 | 谈心谈话 | 2013-06-30
    一小 | 谈心谈话 | 2013-07-01
    """
    found = tally_activities(ledger(talks), None, JUNE)
    assert found is not None
    assert [(int(t.month), int(t.total)) for t in found.by_kind] == [(1, 1)]


def test_a_statistic_of_inspections_is_no_list_of_scores() -> None:
    found, _ = office(
        "各校检查情况统计表\n学校 | 检查次数 | 发现问题数 | 班级数\n一小 | 3 | 5 | 12\n二小 | 2 | 1 | 9\n"
    )
    assert "巡查记录" not in found.rows


def test_points_of_documents_are_no_documents() -> None:
    found, _ = office(
        "学校 | 教学计划（10分） | 听课记录（10分） | 工作总结（10分）\n一小 | 8 | 9 | 10\n二小 | 7 | 9 | 6\n"
    )
    assert set(found.rows) == {"巡查记录"}
    assert found.rows["巡查记录"]["满分"].tolist() == [Decimal(10)] * 6


FAULTS = st.lists(
    st.tuples(
        st.sampled_from(["一小", "二小"]),
        st.sampled_from(["备课", "上课"]),
        st.dates(date(2013, 1, 1), date(2013, 6, 30)),
        st.sampled_from(["", "有问题"]),
        st.sampled_from(["", "已整改"]),
        st.one_of(st.none(), st.dates(date(2013, 1, 1), date(2013, 8, 30))),
    ),
    max_size=12,
)


@given(FAULTS, st.randoms(use_true_random=False))
def test_each_month_begins_with_what_the_last_one_left(
    rows: list[tuple[str, str, date, str, str, date | None]], shuffle: object
) -> None:
    def counted(each: list[tuple[str, str, date, str, str, date | None]]) -> Inspections:
        fields = ("单位", "检查项目", "检查日", "存在问题", "整改情况", "整改日")
        lines = [dict(zip(fields, cells, strict=True)) for cells in each]
        made = Office(units=[Unit("一小"), Unit("二小")]).table("巡查记录", *lines, columns=fields).ledger()
        found = tally_inspections(made, None, JUNE)
        assert found is not None
        return found

    found = counted(rows)
    for one, following in zip(found.flow, found.flow[1:], strict=False):
        assert one.left == following.carried
    assert found.flow[-1].left == len(found.open)
    assert sum(one.found for one in found.flow) == sum(text != "" for _, _, _, text, _, _ in rows)
    again = list(rows)
    shuffle.shuffle(again)  # type: ignore[attr-defined]
    other = counted(again)
    assert (other.flow, other.by_unit, other.by_item, other.kinds) == (
        found.flow, found.by_unit, found.by_item, found.kinds,
    )  # fmt: skip


def test_a_whole_year_shows_every_month() -> None:
    found = inspected(MAY, VISITS, span=YEAR)
    assert [one.month for one in found.flow][-1] == "2013-12"
    assert found.flow[-1].left == len(found.open) == 3
