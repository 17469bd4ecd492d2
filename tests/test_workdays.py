"""Working days: the shipped notices agree with two libraries, counting is the same both ways, own tables, beyond."""

import re
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests import docgen, make_holidays
from zyw.deadlines import Within, parse_deadline
from zyw.handling.due import DueReader
from zyw.rowset import Days
from zyw.rules.handling import Handling
from zyw.workdays.calendar import Calendar, shipped
from zyw.workdays.table import Holidays, parse_holidays

DATES = st.dates(date(2004, 1, 1), date(2026, 12, 1))


def one(day: date) -> Days:
    return np.array([day], dtype="datetime64[D]")


def between(start: date, end: date, calendar: Calendar | None = None) -> int:
    return int((calendar or shipped()).between(one(start), one(end))[0])


def worked(day: date, calendar: Calendar | None = None) -> bool:
    return bool((calendar or shipped()).worked(one(day))[0])


def test_the_shipped_table_is_the_library_s_day_by_day() -> None:
    from chinese_calendar import is_workday

    day = date(2004, 1, 1)
    wrong = []
    while day <= date(2026, 12, 31):
        if worked(day) != is_workday(day):
            wrong.append(day)
        day += timedelta(days=1)
    assert wrong == []
    assert shipped().known == frozenset(range(2004, 2027))


def test_the_shipped_table_is_what_its_script_writes() -> None:
    assert make_holidays.TARGET.read_text(encoding="utf-8") == make_holidays.text(), "python -m tests.make_holidays"


@given(DATES, st.integers(1, 40))
def test_the_nth_working_day_after_a_day_is_n_working_days_away_and_worked(day: date, count: int) -> None:
    end = shipped().day_after(day, count)
    assert between(day, end) == count
    assert between(end, day) == -count
    assert worked(end)


@given(DATES)
def test_a_day_that_is_off_rolls_to_the_next_worked_one_and_no_further(day: date) -> None:
    rolled = shipped().rolled_day(day)
    assert worked(rolled)
    assert (rolled == day) == worked(day)
    assert not any(worked(day + timedelta(days=n)) for n in range((rolled - day).days))


def test_make_up_days_are_worked_and_holidays_are_not() -> None:
    # 2012 国庆、中秋: 9月30日—10月7日放假，9月29日（星期六）上班。
    assert between(date(2012, 9, 28), date(2012, 10, 8)) == 2
    assert shipped().day_after(date(2012, 9, 28), 1) == date(2012, 9, 29)
    assert shipped().rolled_day(date(2012, 10, 1)) == date(2012, 10, 8)


def test_beyond_the_table_only_weekends_are_off_and_the_years_are_named() -> None:
    start, end = one(date(2030, 12, 31)), one(date(2031, 1, 3))
    assert shipped().between(start, end).tolist() == [3]  # 1 January 2031, a Wednesday, counts
    assert shipped().unknown(start, end) == (2030, 2031)
    assert shipped().unknown(one(date(2012, 1, 1)), np.array(["NaT"], dtype="datetime64[D]")) == ()


@settings(max_examples=200)
@given(st.dates(date(1985, 1, 1), date(2140, 1, 1)), st.integers(1, 400))
def test_no_day_makes_counting_fail(day: date, count: int) -> None:
    assert shipped().day_after(day, count) > day
    assert shipped().rolled_day(day) >= day


OWN = """起,止,安排,名称
2027-02-05,2027-02-11,放假,春节
# 调休

2027-02-20,,上班,春节
2012-04-02,,上班,本局值班
"""


def test_an_office_puts_its_own_days_over_the_shipped_ones() -> None:
    own, problems = parse_holidays(OWN, "节假日.csv")
    assert problems == ()
    calendar = shipped().with_own(own)
    assert worked(date(2012, 4, 2), calendar)  # off in the shipped table
    assert not worked(date(2012, 4, 3), calendar)
    assert worked(date(2027, 2, 20), calendar)  # a Saturday
    assert not worked(date(2027, 2, 8), calendar)  # a Monday
    assert 2027 in calendar.known
    assert shipped().with_own(Holidays()) is shipped()


@pytest.mark.parametrize(
    ("line", "word"),
    [
        ("2027-2-30,,放假,没有这一天", "日期写成"),
        ("春节,,放假,春节", "日期写成"),
        ("2027-02-11,2027-02-05,放假,倒了", "早于"),
        ("2027-02-05,2027-12-05,放假,太长", "60"),
        ("2027-02-05,,休,春节", "放假"),
        ("2027-02-20,,放假,矛盾", "同一天"),
        ("2027-02-05", "放假"),
    ],
)
def test_a_line_that_cannot_be_used_is_told_with_its_number(line: str, word: str) -> None:
    own, problems = parse_holidays(f"{OWN}{line}\n", "节假日.csv")
    assert [(each.code, each.place and each.place.line) for each in problems] == [("D001", 7)]
    assert word in problems[0].message
    assert len(own.off) == 7


@given(st.text(max_size=200))
def test_no_text_makes_the_table_fail(text: str) -> None:
    parse_holidays(text, "节假日.csv")


ROW = re.compile(r"^\| (\d{4}-\d\d-\d\d) \| (\S+内) \| (\d{4}-\d\d-\d\d) \| (\d{4}-\d\d-\d\d) \|$", re.MULTILINE)


def test_the_worked_calendar_of_the_clerk_s_page_is_what_comes_out() -> None:
    rows = ROW.findall((docgen.ROOT / "docs" / "督办.md").read_text(encoding="utf-8"))
    assert len(rows) == 7
    for start, text, plain, rolled in rows:
        within = parse_deadline(text)
        assert isinstance(within, Within)
        days = np.array([start], dtype="datetime64[D]")
        ends = [DueReader(Handling(rolls=rolls), shipped()).ends(within, days)[0] for rolls in (False, True)]
        assert [str(end) for end in ends] == [plain, rolled]
    assert between(date(2012, 9, 28), date(2012, 10, 9)) == 3
