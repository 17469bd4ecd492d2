from datetime import date

import pytest

from tests.paper_office import (
    ISSUE_FIELDS,
    MAY,
    MILLION,
    PAPER_FIELDS,
    PAPERS,
    SANCTION_FIELDS,
    SANCTIONS,
    UNITS_OF,
    YEAR,
    empty_facts,
    ledger,
    scheme,
    scores,
    small_facts,
    small_ledger,
)
from zyw.facts import compute
from zyw.issue_facts import count_issues
from zyw.lifecycle import says_closed, says_done
from zyw.periods import Period, Span
from zyw.records import Count


def named(counts: tuple[Count, ...]) -> dict[str, tuple[int, int]]:
    return {each.name: (each.month, each.total) for each in counts}


def test_issues_are_counted_for_the_month_and_since_january() -> None:
    issues = small_facts().issues
    assert (issues.found.month, issues.found.total) == (4, 5)
    assert (issues.carried, issues.undated, issues.recorded) == (1, 1, 7)
    assert (issues.done_in.month, issues.closed_in.month) == (1, 1)


def test_every_recorded_issue_is_done_or_working_or_overdue() -> None:
    issues = small_facts().issues
    assert (issues.done, issues.closed, issues.working, len(issues.overdue)) == (2, 1, 3, 2)
    assert issues.recorded == issues.done + issues.working + len(issues.overdue)
    assert issues.recorded == issues.found.total + issues.carried + issues.undated


def test_an_issue_is_not_yet_overdue_on_its_last_day() -> None:
    late = {each.number: each.days for each in small_facts().issues.overdue}
    assert late == {"6": 121, "2": 11}  # 4 is due on 05-31, the as-of day
    june = Span(MAY.period, MAY.reporting, date(2012, 6, 1))
    assert "4" in {each.number for each in count_issues(small_ledger(), scheme(), june).overdue}


def test_classes_and_channels_are_named_by_the_scheme_and_add_up() -> None:
    issues = small_facts().issues
    by_category = named(issues.by_category)
    assert by_category["遵章守纪不严"] == (2, 2)  # 迟到早退 is one of its behaviours
    assert by_category["未注明"] == (1, 1)
    assert by_category["精神状态不佳"] == (0, 0)
    assert named(issues.by_channel)["督查暗访"] == (2, 2)  # 暗访 is another name
    assert named(issues.by_kind) == {"初中": (2, 2), "小学": (2, 3), "幼儿园": (0, 0)}
    for counts in (issues.by_category, issues.by_channel, issues.by_kind):
        assert sum(each.month for each in counts) == issues.found.month
        assert sum(each.total for each in counts) == issues.found.total


def test_a_row_with_a_faulty_date_or_unknown_unit_counts_nowhere() -> None:
    facts = count_issues(small_ledger(frozenset({(0, "完成日")})), scheme(), MAY)
    assert facts.left_out == 2
    assert facts.found.month == 3


def test_an_issue_done_after_the_as_of_day_is_not_done_yet() -> None:
    rows = [("一小", "1", "", "", "2012-05-03", "2012-05-20", "2012-06-02", "", "已完成")]
    issues = count_issues(ledger({"问题台账": (ISSUE_FIELDS, rows)}), scheme(), MAY)
    assert (issues.done, len(issues.overdue)) == (0, 1)


@pytest.mark.parametrize(
    "text", ["已完成", "已整改", "整改到位", "办结", "已销号", "是", "已于5月3日整改完成", "已 完 成"]
)
def test_a_state_that_says_done(text: str) -> None:
    assert says_done(text)


@pytest.mark.parametrize(
    "text", ["", "未完成", "整改中", "基本完成", "部分完成", "正在整改", "否", "预计6月完成", "尚未销号"]
)
def test_a_state_that_does_not_say_done(text: str) -> None:
    assert not says_done(text)
    assert not says_closed(text)


def test_measures_are_counted_by_form_in_the_order_of_severity() -> None:
    measures = small_facts().measures
    assert named(tuple(each for each in measures.by_form if each.total)) == {"诫勉谈话": (1, 1), "通报批评": (1, 2)}
    assert [each.name for each in measures.by_form][:3] == ["诫勉谈话", "书面告诫", "通报批评"]
    assert (measures.taken.month, measures.taken.total) == (2, 3)
    assert (measures.cases.month, measures.cases.total) == (1, 2)
    assert (measures.persons.month, measures.persons.total) == (1, 2)


def test_measures_are_counted_by_level_too() -> None:
    assert named(tuple(each for each in small_facts().measures.by_level if each.total)) == {
        "主要领导": (2, 2),
        "教师": (0, 1),
    }


def test_one_measure_told_by_two_ledgers_is_one() -> None:
    rows = [SANCTIONS[0], SANCTIONS[0]]
    facts = compute(ledger({"追责台账": (SANCTION_FIELDS, rows)}), scheme(), scores(MAY, UNITS_OF), (), {})
    assert (facts.measures.taken.month, facts.measures.cases.month, facts.measures.persons.month) == (2, 1, 1)


def test_an_issue_ticked_off_is_closed_once_it_is_done() -> None:
    rows = [
        ("一小", "1", "", "", "2012-05-03", "2012-05-20", "2012-05-18", "", "已整改", "是"),
        ("一小", "2", "", "", "2012-05-03", "2012-05-20", "2012-06-02", "", "已整改", "是"),
        ("一小", "3", "", "", "2012-05-03", "2012-05-20", "", "", "", "是"),
        ("一小", "4", "", "", "2012-05-03", "2012-05-20", "2012-05-18", "", "已整改", "否"),
    ]
    issues = count_issues(ledger({"问题台账": (f"{ISSUE_FIELDS} 是否销号", rows)}), scheme(), MAY)
    assert (issues.done, issues.closed, len(issues.overdue)) == (3, 2, 1)


def test_rows_of_submissions_of_no_unit_are_left_out_and_counted() -> None:
    rows = [*PAPERS, ("", "整改报告", "2012-03-12", "")]
    facts = compute(ledger({"材料报送": (PAPER_FIELDS, rows)}), scheme(), scores(MAY, UNITS_OF), (), {})
    assert (len(facts.submissions), facts.submissions_left_out) == (2, 1)


def test_a_revoked_measure_is_none_and_an_unverified_report_waits() -> None:
    facts = small_facts()
    assert facts.measures.to_verify == 1
    before = compute(small_ledger(), scheme(), scores(Span(MAY.period, None, date(2012, 4, 30)), UNITS_OF), (), {})
    assert before.measures.taken.total == 2  # 李五 is revoked from 05-01 on


def test_points_lost_by_rule_add_up_to_the_points_lost() -> None:
    facts = small_facts()
    assert (facts.lost.month, facts.lost.total) == (5 * MILLION, 7 * MILLION)
    assert (facts.losers.month, facts.losers.total) == (1, 1)
    assert -sum(rule.points_total for rule in facts.rules) == facts.lost.total
    assert sum(line.base - line.score for line in facts.lines) == facts.lost.total


def test_groups_keep_order_and_put_unranked_units_last() -> None:
    facts = small_facts()
    assert [(group.name, [line.unit for line in group.lines]) for group in facts.groups] == [
        ("初中", ["大垸中学"]),
        ("小学", ["中心小学", "一小"]),
        ("幼儿园", ["幼儿园"]),
    ]
    assert facts.groups[2].lines[0].excluded == "没有测评数据"


def test_proposals_hold_units_and_persons_with_clause_and_period() -> None:
    proposals = small_facts().proposals
    assert [(each.unit, each.person, each.text) for each in proposals] == [
        ("大垸中学", "", "取消评先资格"),
        ("大垸中学", "张三", "不得晋职晋级"),
        ("大垸中学", "张四", "不得评优评先"),
    ]
    assert all(each.clause for each in proposals)
    assert (proposals[1].start, proposals[1].end) == (date(2012, 5, 8), date(2013, 5, 7))


def test_equal_consequences_of_a_unit_merge_and_the_longest_stands() -> None:
    stated = [
        ("一小", "", "主要领导追责", "三", day, 0, 0, "取消评先资格", day, end, (0,))
        for day, end in (("2012-02-01", "2012-12-31"), ("2012-01-01", "2012-06-30"))
    ]
    facts = compute(small_ledger(), scheme(), scores(YEAR, UNITS_OF, stated), (), {})
    assert [(each.start, each.end) for each in facts.proposals] == [(date(2012, 1, 1), date(2012, 12, 31))]


def test_late_and_missing_submissions_are_listed() -> None:
    found = [(each.unit, each.handed, each.days) for each in small_facts().submissions]
    assert found == [("一小", date(2012, 3, 15), 3), ("中心小学", None, 80)]


def test_an_office_without_any_table_has_only_zeros() -> None:
    facts = empty_facts()
    assert facts.issues.recorded == facts.measures.taken.total == facts.lost.total == 0
    assert not (facts.proposals or facts.submissions or facts.rules)
    assert [line.score for line in facts.lines] == [100 * MILLION] * 4


def test_nothing_after_the_as_of_day_counts() -> None:
    early = Span(Period(date(2012, 1, 1), date(2012, 5, 31)), MAY.reporting, date(2012, 5, 3))
    facts = compute(small_ledger(), scheme(), scores(early, UNITS_OF), (), {})
    assert (facts.issues.found.month, facts.measures.taken.month) == (1, 0)
