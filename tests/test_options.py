"""Period options → span (design §6), the level, and suggestions for names."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zyw.options import Asked, did_you_mean, level, line, nearest, period, span
from zyw.periods import CYCLES, Period
from zyw.privacy import Level
from zyw.problems import ZywError


def spanned(cycle: str = "自然年", **asked: str) -> tuple[str, str, str, str, str]:
    found = span(Asked(**asked), cycle, "zyw score 台账")
    reporting = found.reporting
    return (
        str(found.period.start),
        str(found.period.end),
        str(reporting.start) if reporting else "",
        str(reporting.end) if reporting else "",
        str(found.as_of),
    )


def refused(cycle: str = "自然年", **asked: str) -> tuple[str, str, int]:
    with pytest.raises(ZywError) as caught:
        span(Asked(**asked), cycle, "zyw score 台账")
    only = caught.value.problems[0]
    return only.code, only.message + only.hint, caught.value.exit_code


def test_a_month_is_reported_and_the_score_runs_from_the_start_of_the_year() -> None:
    assert spanned(month="2012-05") == ("2012-01-01", "2012-05-31", "2012-05-01", "2012-05-31", "2012-05-31")


def test_a_month_under_a_school_year_runs_from_september() -> None:
    assert spanned("学年", month="2012-05") == ("2011-09-01", "2012-05-31", "2012-05-01", "2012-05-31", "2012-05-31")


def test_a_whole_year_is_scored_and_nothing_is_reported_beside() -> None:
    assert spanned(year="2012") == ("2012-01-01", "2012-12-31", "", "", "2012-12-31")
    assert spanned("学年", school_year="2011") == ("2011-09-01", "2012-08-31", "", "", "2012-08-31")


def test_january_is_reported_although_it_begins_with_its_year() -> None:
    assert spanned(month="2012-01") == ("2012-01-01", "2012-01-31", "2012-01-01", "2012-01-31", "2012-01-31")


def test_a_quarter_and_two_dates_are_reporting_periods_too() -> None:
    assert spanned(quarter="2012Q2")[:4] == ("2012-01-01", "2012-06-30", "2012-04-01", "2012-06-30")
    assert spanned(from_="2012-03-10", to="2012-4-9")[:4] == ("2012-01-01", "2012-04-09", "2012-03-10", "2012-04-09")


def test_another_year_than_the_schemes_own_is_scored_as_it_stands() -> None:
    assert spanned(school_year="2011")[:3] == ("2011-09-01", "2012-08-31", "")


def test_a_full_year_across_two_calendar_years_is_not_shorter_even_in_a_leap_year() -> None:
    assert spanned(school_year="2012")[:3] == ("2012-09-01", "2013-08-31", "")


def test_a_shorter_period_across_two_years_is_refused_with_both_halves_to_copy() -> None:
    code, text, exit_code = refused(from_="2011-12-01", to="2012-01-31")
    assert (code, exit_code) == ("G013", 2)
    assert "--from 2011-12-01 --to 2011-12-31" in text
    assert "--from 2012-01-01 --to 2012-01-31" in text


def test_the_same_months_lie_in_one_school_year_and_are_let_through() -> None:
    assert spanned("学年", from_="2011-12-01", to="2012-01-31")[:2] == ("2011-09-01", "2012-01-31")


def test_a_month_of_a_quarterly_scheme_is_scored_from_the_quarters_first_day() -> None:
    assert spanned("季度", month="2012-05") == ("2012-04-01", "2012-05-31", "2012-05-01", "2012-05-31", "2012-05-31")
    assert spanned("季度", from_="2012-04-01", to="2012-06-30")[:3] == ("2012-04-01", "2012-06-30", "")
    assert spanned("月", month="2012-05")[:3] == ("2012-05-01", "2012-05-31", "")


@pytest.mark.parametrize(
    ("cycle", "halves"),
    [
        ("季度", "先 --from 2012-01-01 --to 2012-03-31，再 --from 2012-04-01 --to 2012-06-30"),
        ("月", "再 --from 2012-02-01 --to 2012-02-29"),
    ],
)
def test_a_year_of_quarters_or_months_is_refused_each_has_its_own_base(cycle: str, halves: str) -> None:
    code, text, exit_code = refused(cycle, year="2012")
    assert (code, exit_code) == ("G013", 2)
    assert halves in text


def test_without_a_period_there_is_a_line_to_copy() -> None:
    code, text, exit_code = refused()
    assert (code, exit_code) == ("G010", 2)
    assert "zyw score 台账 --month 2012-05" in text


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({"month": "2012-05", "year": "2012"}, "G011"),
        ({"month": "2012-05", "to": "2012-06-01"}, "G011"),
        ({"month": "2012-13"}, "G012"),
        ({"month": "五月"}, "G012"),
        ({"quarter": "2012Q5"}, "G012"),
        ({"year": "12"}, "G012"),
        ({"school_year": "9999"}, "G012"),
        ({"from_": "2012-02-30", "to": "2012-03-01"}, "G012"),
        ({"from_": "2012-02-01"}, "G014"),
        ({"to": "2012-02-01"}, "G014"),
        ({"from_": "2012-03-01", "to": "2012-02-01"}, "G014"),
        ({"year": "2012", "as_of": "2011-12-31"}, "G015"),
        ({"year": "2012", "as_of": "昨天"}, "G012"),
    ],
)
def test_a_wrong_period_is_a_usage_fault(asked: dict[str, str], code: str) -> None:
    assert refused(**asked)[0::2] == (code, 2)


def test_one_may_stand_on_another_day_than_the_last() -> None:
    assert spanned(year="2012", as_of="2012-07-31")[4] == "2012-07-31"
    assert spanned(month="2012-05", as_of="2013-01-15")[4] == "2013-01-15"


@given(st.dates(date(2001, 1, 1), date(2098, 12, 31)), st.integers(0, 400), st.sampled_from([*CYCLES]))
def test_what_is_reported_always_lies_inside_what_is_scored(start: date, days: int, cycle: str) -> None:
    end = date.fromordinal(start.toordinal() + days)
    try:
        found = span(Asked(from_=str(start), to=str(end)), cycle, "")
    except ZywError as error:
        assert error.problems[0].code == "G013"
        return
    assert found.period.end == end == found.as_of
    assert found.period.start <= found.shown.start
    assert found.reporting in (None, Period(start, end))


def test_nothing_asked_is_no_period() -> None:
    assert period(Asked(as_of="2012-01-01")) is None


def test_the_nearest_names_come_best_first_and_at_most_three() -> None:
    known = ["大垸中学", "大垸小学", "大垸幼儿园", "黄歇中学", "教育局"]
    assert nearest("大院中学", known)[0] == "大垸中学"
    assert len(nearest("大垸", known)) == 3
    assert did_you_mean("L99", ["U001", "L009"]) == "最接近的：L009、U001。"
    assert did_you_mean("L99", []) == ""


def test_a_level_is_one_of_three_words() -> None:
    assert level(None, Level.NOTICE) is Level.NOTICE
    assert level("公示", Level.NOTICE) is Level.PUBLIC
    with pytest.raises(ZywError) as caught:
        level("公开", Level.NOTICE)
    assert (caught.value.problems[0].code, caught.value.exit_code) == ("G005", 2)
    assert "内部、通报、公示" in caught.value.problems[0].hint


def test_a_line_to_copy_quotes_only_what_a_shell_would_split() -> None:
    assert line(["zyw", "rank", "3月 台账", "名册.xlsx"]) == 'zyw rank "3月 台账" 名册.xlsx'
