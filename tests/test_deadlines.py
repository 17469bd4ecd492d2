from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.grids import codes, grid, places, read
from zyw.cells import Day, Unread
from zyw.deadlines import Open, Within, parse_deadline
from zyw.periods import add_months
from zyw.workdays.calendar import shipped

HEAD = "单位 | 问题 | 发现日 | 期限\n"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("6月30日前", date(2012, 6, 30)),
        ("2012年6月30日以前", date(2012, 6, 30)),
        ("限6月15日前完成整改", date(2012, 6, 15)),
        ("2012年6月30日24时前", date(2012, 6, 30)),
        ("6月15日内", date(2012, 6, 15)),
        ("9月底", date(2012, 9, 30)),
        ("9月底前完成", date(2012, 9, 30)),
        ("6月份", date(2012, 6, 30)),
        ("2024.6", date(2024, 6, 30)),
        ("2024-06", date(2024, 6, 30)),
        ("2024年2月", date(2024, 2, 29)),
        ("2023年2月底", date(2023, 2, 28)),
        ("2100年2月", date(2100, 2, 28)),
        ("2012年底前", date(2012, 12, 31)),
        ("2024年底前", date(2024, 12, 31)),
        ("年底前", date(2012, 12, 31)),
        ("年内", date(2012, 12, 31)),
        ("上半年", date(2012, 6, 30)),
        ("2024年第三季度", date(2024, 9, 30)),
        ("一季度末", date(2012, 3, 31)),
        ("6月上旬", date(2012, 6, 10)),
        ("6月中旬", date(2012, 6, 20)),
        ("2月下旬", date(2012, 2, 29)),
        ("5月6日-5月12日", date(2012, 5, 12)),
        ("2024年5月6日至12日", date(2024, 5, 12)),
        ("2024.5.6-2024.5.12", date(2024, 5, 12)),
        ("2024年6月至9月", date(2024, 9, 30)),
        ("5月—6月", date(2012, 6, 30)),
        ("２０１２年６月３０日前", date(2012, 6, 30)),
    ],
)
def test_a_deadline_means_the_last_day_it_names(text: str, day: date) -> None:
    found = parse_deadline(text, 2012)
    assert isinstance(found, Day)
    assert found.value == day
    assert found.inferred


@pytest.mark.parametrize("text", ["立行立改", "长期坚持", "每月", "立行立改，长期坚持", "即知即改", "每月5日", "长期"])
def test_a_deadline_without_a_day_is_no_fault(text: str) -> None:
    assert parse_deadline(text, 2012) == Open(text)


@pytest.mark.parametrize(
    ("text", "within"),
    [
        ("一个月内", Within("一个月内", months=1)),
        ("15日内", Within("15日内", days=15)),
        ("两周内整改到位", Within("两周内整改到位", days=14)),
        ("接到通知后三日内", Within("接到通知后三日内", days=3)),
        ("自发现之日起15天以内", Within("自发现之日起15天以内", days=15)),
        ("半个月内", Within("半个月内", days=15)),
        ("半年内", Within("半年内", months=6)),
        ("3个工作日内", Within("3个工作日内", working_days=3)),
        ("收到通知后五个工作日内", Within("收到通知后五个工作日内", working_days=5)),
    ],
)
def test_a_deadline_may_run_from_the_day_the_issue_was_found(text: str, within: Within) -> None:
    assert parse_deadline(text) == within


@pytest.mark.parametrize("text", ["尽快", "一月内", "6月31日前", "6.30前", "12", "2024年", "本学期末", "底", "下周"])
def test_a_deadline_off_the_list_is_kept_as_written(text: str) -> None:
    found = parse_deadline(text, 2012)
    assert isinstance(found, Unread)
    assert found.value == text


def test_a_deadline_typed_as_a_number_is_not_guessed() -> None:
    # 2024.1 may be January or a shortened 2024.10
    assert parse_deadline(2024.1, 2012) == Unread("L003", "2024.1")


def test_a_plain_day_is_not_inferred_and_a_blank_is_none() -> None:
    assert parse_deadline("2012-06-30") == Day(date(2012, 6, 30))
    assert [parse_deadline(text) for text in ("", "无", "/")] == [None] * 3


@pytest.mark.parametrize(
    ("found", "last"),
    [("2012-1-28", "2012-02-28"), ("2012-1-31", "2012-02-29"), ("2013-1-29", "2013-02-28"), ("2013-1-31", "2013-02-28"),
     ("2012-12-31", "2013-01-31")],
)  # fmt: skip
def test_a_month_runs_to_the_same_day_or_the_last_of_the_next(found: str, last: str) -> None:
    ledger, problems = read(grid(HEAD + f"一中 | 迟到 | {found} | 一个月内"))
    rows = ledger.rows["问题台账"]
    assert str(rows["期限"][0])[:10] == last
    assert rows["期限原文"].tolist() == ["一个月内"]
    assert places(problems, "L020") == ["台账.xlsx ▸ Sheet1!D2"]


def test_working_days_leave_out_weekends_and_holidays_and_say_where_there_is_no_table() -> None:
    rows = "一中 | 甲 | 2012-4-27 | 3个工作日内\n一中 | 乙 | 2099-5-4 | 3个工作日内"
    ledger, problems = read(grid(HEAD + rows))
    # 2012-04-28 (Saturday) was worked, 29 April to 1 May was the holiday
    assert [str(day)[:10] for day in ledger.rows["问题台账"]["期限"]] == ["2012-05-03", "2099-05-07"]
    assert "2099" in next(p.message for p in problems if p.code == "L022")


def test_what_was_understood_is_told_once_a_column_and_the_text_stays() -> None:
    ledger, problems = read(
        grid(
            HEAD
            + "一中 | 迟到 | | 2012年9月底\n一中 | 早退 | | 立行立改\n一中 | 脱岗 | | 2012年9月底\n一中 | 旷课 | | 2012-6-1"
        )
    )
    rows = ledger.rows["问题台账"]
    assert rows["期限原文"].tolist() == ["2012年9月底", "立行立改", "2012年9月底", "2012-6-1"]
    assert [str(day)[:10] for day in rows["期限"]] == ["2012-09-30", "NaT", "2012-09-30", "2012-06-01"]
    assert [p.message for p in problems if p.code == "L017"] == [
        "“期限”按最后一天读：“2012年9月底”＝2012-09-30；“立行立改”＝没有最后一天"
    ]


def test_a_running_deadline_without_a_first_day_keeps_its_text() -> None:
    ledger, problems = read(grid(HEAD + "一中 | 迟到 | | 15日内\n一中 | 早退 | 2012-5-2 | 15日内"))
    assert [str(day)[:10] for day in ledger.rows["问题台账"]["期限"]] == ["NaT", "2012-05-17"]
    assert places(problems, "L005") == ["台账.xlsx ▸ Sheet1!D2"]
    assert not ledger.faults
    assert "L020" in codes(problems)


@settings(deadline=None)
@given(st.dates(date(2000, 1, 1), date(2099, 11, 30)), st.integers(1, 99))
def test_a_running_deadline_counts_from_the_day_after(found: date, count: int) -> None:
    by_days, by_months = parse_deadline(f"{count}日内"), parse_deadline(f"{count}个月内")
    assert isinstance(by_days, Within)
    assert isinstance(by_months, Within)
    assert by_days.after(found, shipped()) == found + timedelta(days=count)
    assert by_months.after(found, shipped()) == add_months(found, count)


@settings(deadline=None)
@given(st.text())
def test_no_text_makes_the_parser_fail(text: str) -> None:
    parse_deadline(text)
    parse_deadline(text, 2012)


@settings(deadline=None)
@given(st.dates(date(2000, 1, 1), date(2100, 12, 31)))
def test_the_end_of_a_month_is_its_last_day(day: date) -> None:
    found = parse_deadline(f"{day.year}年{day.month}月底")
    assert isinstance(found, Day)
    assert (found.value + timedelta(days=1)).day == 1
    assert (found.value.year, found.value.month) == (day.year, day.month)
