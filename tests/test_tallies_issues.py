"""问题台账 counted by hand: each issue once in every total, problems with their measures, changes with their caution."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from tests.builders import Office
from tests.tally_office import JUNE, YEAR, ledger
from zyw.naming.units import Unit
from zyw.sheets import Merge
from zyw.tallies.issues import IssueTally, differs, tally_issues
from zyw.tallies.measures import measures_in, tally_measures

ISSUES = """
类别 | 存在问题 | 整改措施 | 单位 | 责任领导 | 责任股室 | 来源 | 发现时间 | 整改期限 | 整改完成时间 | 销号时间 | 完成情况
收费 | 不公示 | 公示 | 一小、二小 | 周局长、吴局长 | 计财股 | 举报 | 2013-06-03 | 2013-06-20 | | | 正在整改
收费 | 乱订教辅 | 退费 | 一中 | 吴局长 | 计财股 | 暗访 | 2013-06-04 | 2013-07-20 | | | 正在整改
安全 | 通道堵塞 | 清理 | 一小 | 周局长 | 安全股 | 暗访 | 2013-05-04 | 2013-05-20 | 2013-05-19 | |
安全 | 灯管坏 | 更换 | 一小 | 周局长 | 安全股 | 暗访 | 2013-05-05 | 2013-05-20 | 2013-05-19 | 2013-05-25 |
 | 迟到 | 谈话 | 一中 | | | | | 2013-05-20 | | | 已整改
"""


def tally() -> IssueTally:
    found = tally_issues(ledger(ISSUES), None, JUNE)
    assert found is not None
    return found


def test_the_four_stages_add_up_and_an_issue_of_two_schools_is_one_in_all() -> None:
    total = tally().total
    assert (total.month, total.total, total.recorded) == (2, 4, 5)
    assert (total.closed, total.done, total.working, total.late) == (1, 2, 1, 1)
    assert tally().undated == 1


def test_an_issue_stands_with_each_of_its_owners() -> None:
    found = tally()
    assert {g.name: g.recorded for g in found.by_unit} == {"第一小学": 3, "第二小学": 1, "第一中学": 2}
    assert {g.name: g.recorded for g in found.by_leader} == {"周局长": 3, "吴局长": 2, "未注明": 1}
    assert {g.name: g.late for g in found.by_linked_leader} == {"周局长": 1, "吴局长": 0}
    assert {g.name: g.recorded for g in found.by_linked_office} == {"基建股": 5, "计财股": 1}
    assert {g.name: g.recorded for g in found.by_kind} == {"小学": 3, "初中": 2}
    assert [(g.name, g.recorded) for g in found.by_stage] == [
        ("已销号", 1),
        ("已完成", 2),
        ("正在整改", 1),
        ("逾期", 1),
    ]
    assert found.by_category[-1].name == "未注明"


def test_every_count_leads_back_to_its_rows() -> None:
    found = tally()
    assert all(len(g.origins) == g.recorded for g in (found.total, *found.by_category, *found.by_unit))


def test_counts_are_held_against_the_month_before_with_caution() -> None:
    changes = {change.name: change for change in tally().changes}
    assert (changes["合计"].now, changes["合计"].before, changes["合计"].year_ago) == (2, 2, None)
    assert (changes["安全"].now, changes["安全"].before, changes["安全"].sure) == (0, 2, False)
    assert differs(2, 10) and not differs(5, 9) and not differs(3, 3)


def test_without_earlier_rows_nothing_is_compared() -> None:
    sheet = """
    类别 | 存在问题 | 单位 | 发现时间
    收费 | 不公示 | 一小 | 2013-06-03
    """
    found = tally_issues(ledger(sheet), None, JUNE)
    assert found is not None
    assert found.changes == ()


JIAYU = (
    "整改内容 | 存在问题 | 整改措施 | 责任单位 | 整改期限 | 进度\n"
    "办学行为 | 补课 | 发通知 | 一小 | 2013-12-31 | 已整改到位\n"
    " | | 明察暗访 | 一小 | 2013-12-31 | 已整改到位\n"
    " | | 签承诺 | 一小 | 2013-12-31 | 已整改到位\n"
    "教育收费 | 收费不公示 | 1.公示标准；2.设意见箱 | 二小 | 2013-12-31 | 正在整改\n"
    "教育收费 | 账目不清 | 清理账目 | 二小 | 2013-12-31 | 正在整改\n"
    "教育收费 | 账目不清 | 清理账目 | 一中 | 2013-12-31 | 已整改到位\n"
)


def test_measures_are_counted_under_their_problem() -> None:
    """Three rows of one merged problem, one cell of two measures, one problem of two schools in two rows: 4 and 7."""
    merges = (Merge(2, 0, 4, 0), Merge(2, 1, 4, 1))
    found = tally_measures(ledger(JIAYU, merges=merges), None, YEAR)
    assert found is not None
    total = found.total
    assert (total.problems, total.measures, total.done, total.working, total.late) == (4, 7, 2, 2, 0)
    assert [(area.name, area.problems, area.measures) for area in found.areas] == [
        ("办学行为", 1, 3),
        ("教育收费", 3, 4),
    ]
    assert next((one.measures, one.rows, one.state) for one in found.problems) == (3, 1, "整改到位")


def test_a_ledger_with_one_measure_to_a_problem_has_no_such_table() -> None:
    assert tally_measures(ledger(ISSUES), None, JUNE) is None


def test_numbered_measures_are_told_apart_and_numbers_in_a_sentence_are_not() -> None:
    assert measures_in("一是学习；二是整改") == 2
    assert measures_in("（1）学习\n（2）整改") == 2
    assert measures_in("投入2.5万元，改造3间教室") == 1
    assert measures_in("1、建制度\n2、抓检查\n3、严问责") == 3
    assert measures_in(" ") == 0


CELLS = st.lists(
    st.tuples(
        st.lists(st.sampled_from(["一小", "二小", "三小"]), min_size=1, max_size=3, unique=True),
        st.sampled_from(["", "收费", "安全"]),
        st.sampled_from(["", "周局长", "周局长、吴局长"]),
        st.sampled_from([None, "2013-05-03", "2013-06-03"]),
        st.sampled_from(["", "已整改", "正在整改"]),
    ),
    max_size=10,
)


@given(CELLS, st.randoms(use_true_random=False))
def test_no_issue_is_counted_twice_and_the_order_of_rows_changes_nothing(
    rows: list[tuple[list[str], str, str, str | None, str]], shuffle: object
) -> None:
    def counted(each: list[tuple[list[str], str, str, str | None, str]]) -> IssueTally | None:
        office = Office(units=[Unit(name, "小学") for name in ("一小", "二小", "三小")])
        fields = ("单位", "类别", "领导", "发现日", "状态", "问题")
        lines = [dict(zip(fields, (units[0], *rest, f"{n}"), strict=True)) for n, (units, *rest) in enumerate(each)]
        return tally_issues(office.issues(*lines, columns=fields).ledger(), None, JUNE)

    found = counted(rows)
    if found is None:
        assert not rows
        return
    total = found.total
    assert total.recorded == len(rows)
    assert total.closed + total.done + total.working + total.late == total.recorded
    for groups in (found.by_category, found.by_unit, found.by_stage):
        assert not groups or sum(group.recorded for group in groups) == total.recorded
    for group in (*found.by_leader, *found.by_linked_leader):
        assert group.recorded <= total.recorded
    again = list(rows)
    shuffle.shuffle(again)  # type: ignore[attr-defined]
    assert counted(again) == found


def test_earlier_months_have_their_own_length() -> None:
    from zyw.periods import Period
    from zyw.tallies.issues import earlier, year_before

    march = Period(date(2012, 3, 1), date(2012, 3, 31))
    assert earlier(march) == Period(date(2012, 2, 1), date(2012, 2, 29))
    assert year_before(Period(date(2012, 2, 1), date(2012, 2, 29))) == Period(date(2011, 2, 1), date(2011, 2, 28))
    ten_days = Period(date(2012, 3, 11), date(2012, 3, 20))
    assert earlier(ten_days) == Period(date(2012, 3, 1), date(2012, 3, 10))


def test_a_difference_stands_from_twice_its_standard_error_on() -> None:
    assert differs(4, 0)  # 16 >= 16
    assert not differs(3, 0)
    assert not differs(0, 0)
