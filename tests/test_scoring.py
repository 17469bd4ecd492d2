from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.builders import Office, Row, dayuan, scheme, year
from zyw.naming.units import Unit
from zyw.periods import Period, Span, add_months
from zyw.problems import ZywError
from zyw.rowset import RowSet
from zyw.ruling.effects import add_months_each
from zyw.scheme import Scheme
from zyw.scores import JOURNAL, NOT_COUNTED, UNITS, Scores
from zyw.scoring import check_sums, score

OFFICE = (Unit("甲小学", "小学", head="王某"), Unit("乙小学", "小学"), Unit("丙中学", "初中"))
ROW: Row = {"单位": "甲小学", "姓名": "张三", "职务": "教师", "处理方式": "记过", "处理时间": "2012-04-02"}
DAYUAN = dayuan()


def run(*rows: Row, by: Scheme = DAYUAN, span: Span | None = None) -> Scores:
    return score(Office(OFFICE).sanctions(*rows).ledger(), by, span or year())[0]


def totals(scores: Scores) -> dict[str, int]:
    return dict(zip(scores.units["unit"], scores.units["score"] // 1_000_000, strict=True))


def test_the_frames_have_the_columns_that_all_else_reads() -> None:
    scores = run(ROW, {**ROW, "姓名": "李四", "撤销时间": "2012-05-01"})
    assert tuple(scores.journal.columns) == JOURNAL
    assert tuple(scores.units.columns) == UNITS
    assert tuple(scores.not_counted.columns) == NOT_COUNTED
    assert scores.journal["origins"].tolist() == [(0,)]
    assert scores.journal.dtypes.astype(str)[["points", "quantity", "date", "start", "end"]].tolist() == [
        "int64", "int64", "datetime64[s]", "datetime64[s]", "datetime64[s]",
    ]  # fmt: skip
    assert set(scores.journal["rule"]) <= set(scores.fields)


def test_every_journal_row_leads_to_a_rule_a_clause_and_the_rows_behind_it() -> None:
    scores = run({**ROW, "职务": "校长"}, {**ROW, "职务": "校长", "处理时间": "2012-11-20"})
    twice = scores.journal[scores.journal["rule"] == "主要领导两次追责"]
    assert twice["clause"].tolist() == ["五(三)4办法2"] * 2
    assert twice["origins"].tolist() == [(0, 1)] * 2
    assert twice["points"].tolist() == [0, 0]
    assert [str(day)[:10] for day in twice["date"]] == ["2012-11-20"] * 2


def test_a_unit_with_nothing_against_it_keeps_its_base() -> None:
    assert totals(run(ROW)) == {"甲小学": 98, "乙小学": 100, "丙中学": 100}


def test_without_a_roster_the_units_are_those_found_sorted_as_chinese_lists_are() -> None:
    office = Office().sanctions({**ROW, "单位": "张家小学"}, {**ROW, "单位": "安吉小学"})
    scores, _ = score(office.survey("李村小学", 3).ledger(), DAYUAN, year())
    assert scores.units["unit"].tolist() == ["安吉小学", "李村小学", "张家小学"]


def test_a_shorter_period_scores_its_own_days_only() -> None:
    first_quarter = Span(Period(date(2012, 1, 1), date(2012, 3, 31)), None, date(2012, 3, 31))
    assert totals(run(ROW, span=first_quarter))["甲小学"] == 100
    second = Span(Period(date(2012, 4, 1), date(2012, 6, 30)), None, date(2012, 6, 30))
    assert totals(run(ROW, span=second))["甲小学"] == 98


def test_a_consequence_that_reaches_into_the_period_is_stated_though_its_points_are_not() -> None:
    scores = run({**ROW, "处理方式": "通报批评", "处理时间": "2011-10-08"})
    assert scores.journal["points"].tolist() == [0]
    assert scores.journal["consequence"].tolist() == ["不得晋职晋级"]
    assert scores.not_counted["reason"].tolist() == ["不在考核期内：决定日 2011-10-08"]


def test_a_decision_after_the_period_has_no_consequence_in_it() -> None:
    span = replace(year(), as_of=date(2013, 6, 1))
    scores = run({**ROW, "处理方式": "通报批评", "处理时间": "2013-03-01"}, span=span)
    assert not len(scores.journal)
    assert scores.effects == ()


def test_equal_consequences_merge_and_the_longest_stands() -> None:
    scores = run(
        {**ROW, "案号": "一", "处理方式": "通报批评"},
        {**ROW, "案号": "二", "处理方式": "诫勉谈话", "处理时间": "2012-11-20"},
    )
    assert [(e.consequence, str(e.start), str(e.end), e.origins) for e in scores.effects] == [
        ("不得评优评先", "2012-01-01", "2012-12-31", (0, 1)),
        ("不得晋职晋级", "2012-04-02", "2013-11-19", (0, 1)),
    ]


def test_equal_consequences_with_a_gap_between_them_stay_two() -> None:
    both = Span(Period(date(2010, 1, 1), date(2012, 12, 31)), None, date(2012, 12, 31))
    scores = run(
        {**ROW, "处理方式": "通报批评", "处理时间": "2010-02-01"},
        {**ROW, "处理方式": "通报批评", "处理时间": "2012-02-01"},
        span=both,
    )
    spans = [(str(e.start), str(e.end)) for e in scores.effects if e.consequence == "不得晋职晋级"]
    assert spans == [("2010-02-01", "2011-01-31"), ("2012-02-01", "2013-01-31")]


@pytest.mark.parametrize(("second", "effects"), [("2012-02-01", 1), ("2012-02-02", 2)])
def test_an_effect_that_begins_the_day_after_another_ends_continues_it(second: str, effects: int) -> None:
    both = Span(Period(date(2011, 1, 1), date(2012, 12, 31)), None, date(2012, 12, 31))
    rows = ({**ROW, "处理方式": "通报批评", "处理时间": day} for day in ("2011-02-01", second))
    assert [e.consequence for e in run(*rows, span=both).effects].count("不得晋职晋级") == effects


@pytest.mark.parametrize(("day", "stated"), [("2011-01-01", 0), ("2011-01-02", 1)])
def test_an_effect_whose_last_day_is_the_first_of_the_period_is_stated(day: str, stated: int) -> None:
    scores = run({**ROW, "处理方式": "通报批评", "处理时间": day})
    assert len(scores.effects) == stated


def test_a_decision_later_in_the_year_has_no_effect_in_an_earlier_quarter() -> None:
    quarter = Span(Period(date(2012, 1, 1), date(2012, 3, 31)), None, date(2012, 12, 31))
    scores = run({**ROW, "处理方式": "通报批评", "处理时间": "2012-05-01"}, span=quarter)
    assert not len(scores.journal)
    assert scores.not_counted["reason"].tolist() == ["不在考核期内：决定日 2012-05-01"]


def test_two_numbers_under_one_name_are_two_people_and_a_row_without_is_neither() -> None:
    rows = [
        {**ROW, "案号": str(at), "职务": "校长", "处理方式": "书面告诫", "工号": number}
        for at, number in enumerate(["0021", "0022", ""])
    ]
    assert run(*rows).effects == ()


def test_what_did_not_count_names_the_rule_it_would_have_met_but_not_for_a_faulty_row() -> None:
    scores = run(
        {**ROW, "撤销时间": "2012-05-01"}, {**ROW, "职务": "校长", "撤销时间": "2012-05-01"}, {**ROW, "处理时间": ""}
    )
    assert scores.not_counted["rule"].tolist() == ["干部教师追责", "主要领导追责", ""]
    assert scores.not_counted["clause"].tolist() == ["五(三)4办法2", "五(三)4办法2", ""]


def test_a_level_written_in_the_ledger_stands() -> None:
    assert totals(run({**ROW, "职务": "教师", "职务层级": "主要领导"}))["甲小学"] == 95


def test_a_case_has_the_most_senior_level_among_its_standing_rows() -> None:
    rows = ({**ROW, "案号": "一"}, {**ROW, "案号": "一", "职务": "校长", "撤销时间": "2012-06-01"})
    assert totals(run(*rows))["甲小学"] == 98
    assert totals(run(*rows, span=year(as_of="2012-05-31")))["甲小学"] == 95


def test_gravity_that_calls_for_another_measure_is_told_and_counts_all_the_same() -> None:
    office = Office(OFFICE).sanctions({**ROW, "处理方式": "免职", "情节": "较轻", "是否核实": "是"})
    scores, problems = score(office.ledger(), DAYUAN, year())
    assert totals(scores)["甲小学"] == 98
    assert [each.code for each in problems] == ["C012"]


RULES = """
方案: {编号: 甲, 名称: 甲, 发文机关: 甲, 发文日期: 2012-01-01, 考核期: 自然年, 基础分: 100}
职务层级: {领导: [校长], 教师: [教师], 其他: 教师}
处理方式: [{名称: 警告, 依据: 一, 类型: 政纪}, {名称: 记过, 依据: 一, 类型: 政纪}, {名称: 免职, 依据: 一, 类型: 组织处理}]
规则:
"""
PAIR = """\
  - {编号: 一, 依据: 一, 数据: 追责台账, 条件: {职务层级: 领导}, 计数: 案件, 每次: %s}
  - {编号: 二, 依据: 一, 数据: 追责台账, 条件: {处理方式: 记过}, 计数: 案件, 每次: %s, 关系: {一: %s}}
"""
HEAD_ROW = {**ROW, "职务": "校长"}


@pytest.mark.parametrize(
    ("one", "two", "relation", "expected"),
    [
        ("-5", "-2", "叠加", 93),
        ("-5", "-2", "择一", 95),
        ("-2", "-5", "择一", 98),
        ("-2", "-5", "取高", 95),
        ("-5", "-2", "取高", 95),
        ("-5", "-5", "取高", 95),
    ],
)
def test_two_rules_on_one_case_stand_as_declared(one: str, two: str, relation: str, expected: int) -> None:
    scores = run(HEAD_ROW, by=scheme(RULES + PAIR % (one, two, relation)))
    assert totals(scores)["甲小学"] == expected
    assert len(scores.not_counted) == (0 if relation == "叠加" else 1)


def test_of_two_equal_rules_the_first_stands() -> None:
    scores = run(HEAD_ROW, by=scheme(RULES + PAIR % ("-5", "-5", "取高")))
    assert scores.journal["rule"].tolist() == ["一"]
    assert scores.not_counted["reason"].tolist() == ["同一案已按“一”计算（取高）"]


def test_the_value_in_force_on_the_day_of_the_case_applies() -> None:
    by = scheme(
        RULES
        + "  - {编号: 一, 依据: 一, 数据: 追责台账, 计数: 案件, 每次: {自 2012-03-01: -1, 自 2012-06-01: -2.5, 自 2012-09-01: 废止}}\n"
    )
    days = ("2012-02-29", "2012-03-01", "2012-05-31", "2012-06-01", "2012-09-01")
    scores = run(*({**ROW, "处理时间": day} for day in days), by=by)
    assert [(str(day)[:10], points) for day, points in zip(scores.journal["date"], scores.journal["points"], strict=True)] == [
        ("2012-03-01", -1_000_000), ("2012-05-31", -1_000_000), ("2012-06-01", -2_500_000),
    ]  # fmt: skip
    assert scores.not_counted["reason"].tolist() == ["当天没有有效的分值"] * 2


def test_a_scheme_does_not_reach_back_before_its_own_day() -> None:
    by = scheme(
        RULES.replace("发文日期: 2012-01-01", "发文日期: 未载明, 自: 2012-05-01")
        + "  - {编号: 一, 依据: 一, 数据: 追责台账, 计数: 案件, 每次: -2}\n"
    )
    scores = run(ROW, {**ROW, "处理时间": "2012-05-01"}, by=by)
    assert totals(scores)["甲小学"] == 98
    assert scores.not_counted["reason"].tolist() == ["方案自 2012-05-01 起适用"]


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ("{处理方式: 记过}", 98),
        ("{处理方式: {不是: 记过}}", 100),
        ("{处理类型: 政纪}", 98),
        ("{处理类型: 组织处理}", 100),
        ("{类别: 甲类}", 98),
        ("{类别: [甲类, 乙类], 来源: 上级通报}", 98),
        ("{来源: {不是: 上级通报}}", 100),
        ("{情节: 较重}", 100),
    ],
)
def test_conditions_are_met_by_the_case(condition: str, expected: int) -> None:
    by = scheme(RULES + f"  - {{编号: 一, 依据: 一, 数据: 追责台账, 条件: {condition}, 计数: 案件, 每次: -2}}\n")
    row = {**ROW, "类别": "甲类", "来源": "上级通报", "情节": "较轻"}
    scores = run(row, by=by)
    assert totals(scores)["甲小学"] == expected
    assert (len(scores.not_counted) == 0) == (expected == 98)


def test_a_case_has_the_severest_of_its_measures() -> None:
    by = scheme(RULES + "  - {编号: 一, 依据: 一, 数据: 追责台账, 条件: {处理方式: 免职}, 计数: 案件, 每次: -2}\n")
    assert totals(run({**ROW, "处理方式": "警告、免职、记过"}, by=by))["甲小学"] == 98
    rows = ({**ROW, "案号": "一", "处理方式": name} for name in ("警告", "免职", "记过"))
    assert totals(run(*rows, by=by))["甲小学"] == 98


CUMULATION = "  - {编号: 一, 依据: 一, 数据: 追责台账, 计数: 案件, 累计: {对象: %s, 至少: 3, 期限: %s}, 每次: -4}\n"


@pytest.mark.parametrize(
    ("owner", "window", "days", "names", "expected"),
    [
        ("个人", "12个月", ("2012-01-10", "2012-03-10", "2012-05-10"), "甲甲甲", 96),
        ("个人", "12个月", ("2012-01-10", "2012-03-10", "2012-05-10"), "甲甲乙", 100),
        ("单位", "12个月", ("2012-01-10", "2012-03-10", "2012-05-10"), "甲乙丙", 96),
        ("个人", "3个月", ("2012-01-10", "2012-03-10", "2012-04-10"), "甲甲甲", 96),
        ("个人", "3个月", ("2012-01-10", "2012-03-10", "2012-04-11"), "甲甲甲", 100),
        ("个人", "当年", ("2011-12-31", "2012-03-10", "2012-05-10"), "甲甲甲", 100),
        ("个人", "当年", ("2012-01-01", "2012-03-10", "2012-12-31"), "甲甲甲", 96),
        ("个人", "12个月", ("2012-01-10", "2012-02-10", "2012-03-10", "2012-04-10"), "甲甲甲甲", 92),
    ],
)
def test_a_cumulation_is_completed_within_its_window(
    owner: str, window: str, days: Sequence[str], names: str, expected: int
) -> None:
    rows = [
        {**ROW, "案号": str(i), "姓名": name, "处理时间": day}
        for i, (day, name) in enumerate(zip(days, names, strict=True))
    ]
    assert totals(run(*rows, by=scheme(RULES + CUMULATION % (owner, window))))["甲小学"] == expected


def test_a_score_that_is_not_base_plus_journal_stops_the_run() -> None:
    scores = run(ROW)
    wrong = scores.units.assign(score=scores.units["score"] + 1)
    with pytest.raises(ZywError) as caught:
        check_sums(replace(scores, unit_rows=RowSet.of(wrong)))
    assert caught.value.exit_code == 70
    assert caught.value.problems[0].code == "C010"


def test_points_of_a_unit_that_is_not_listed_stop_the_run() -> None:
    scores = run(ROW)
    with pytest.raises(ZywError):
        check_sums(replace(scores, unit_rows=RowSet.of(scores.units.iloc[1:])))


days_of_time = st.dates(date(2010, 1, 1), date(2014, 12, 31))
sanction = st.fixed_dictionaries(
    {
        "单位": st.sampled_from(["甲小学", "乙小学", "丙中学", ""]),
        "姓名": st.sampled_from(["王某", "张三", "李四", "全校", ""]),
        "工号": st.sampled_from(["", "", "", "0021"]),
        "职务": st.sampled_from(["校长", "副校长", "教师", "督学", ""]),
        "处理方式": st.sampled_from(["通报批评", "通报批评、诫勉谈话", "调离岗位", "记过", "罚款", ""]),
        "处理时间": st.one_of(st.just(""), days_of_time.map(str)),
        "案号": st.sampled_from(["", "一", "二"]),
        "来源": st.sampled_from(["上级通报", "群众举报", ""]),
        "是否核实": st.sampled_from(["是", "是", "否", ""]),
        "撤销时间": st.one_of(st.just(""), st.just(""), days_of_time.map(str)),
    }
)
ledgers = st.lists(sanction, max_size=14)


def journal_without_origins(scores: Scores) -> list[tuple[Any, ...]]:
    return list(scores.journal.drop(columns="origins").astype(str).itertuples(index=False, name=None))


@settings(max_examples=60, deadline=None)
@given(ledgers)
def test_the_journal_always_sums_to_the_score(rows: list[Row]) -> None:
    scores = run(*rows)
    sums = scores.journal.groupby("unit")["points"].sum()
    for unit, base, total in zip(scores.units["unit"], scores.units["base"], scores.units["score"], strict=True):
        assert base + int(sums.get(unit, 0)) == total


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_the_order_of_rows_changes_nothing(data: st.DataObject) -> None:
    rows = data.draw(ledgers)
    shuffled = data.draw(st.permutations(rows))
    one, two = run(*rows), run(*shuffled)
    assert one.units.equals(two.units)
    assert journal_without_origins(one) == journal_without_origins(two)
    assert [(e.unit, e.person, e.consequence, e.start, e.end) for e in one.effects] == [
        (e.unit, e.person, e.consequence, e.start, e.end) for e in two.effects
    ]
    assert sorted(one.not_counted["reason"]) == sorted(two.not_counted["reason"])


@settings(max_examples=60, deadline=None)
@given(ledgers)
def test_a_revoked_row_never_costs(rows: list[Row]) -> None:
    revoked = [{**row, "撤销时间": "2012-12-31"} for row in rows]
    assert set(run(*revoked).units["score"]) == {100_000_000}


@settings(max_examples=60, deadline=None)
@given(ledgers)
def test_every_row_is_in_the_journal_or_among_what_did_not_count(rows: list[Row]) -> None:
    scores = run(*rows)
    listed = {
        origin for frame in (scores.journal, scores.not_counted) for origins in frame["origins"] for origin in origins
    }
    assert listed == set(range(len(rows)))


@given(st.lists(days_of_time, max_size=20), st.integers(1, 40))
def test_months_are_added_to_arrays_as_to_days(days: list[date], months: int) -> None:
    found = add_months_each(np.array(days, dtype="datetime64[s]"), months)
    assert found.astype("datetime64[D]").tolist() == [add_months(day, months) for day in days]


def test_a_hundred_thousand_rows_are_scored_exactly() -> None:
    count = 100_000
    first = date(2012, 1, 1)
    frame = pd.DataFrame({"at": range(count)})
    rows = [
        {
            "单位": f"{at % 300}小学",
            "姓名": f"{at}",
            "职务": "教师",
            "处理方式": "记过",
            "处理时间": str(first + timedelta(days=at % 366)),
        }
        for at in frame["at"].tolist()
    ]
    units = tuple(Unit(f"{at}小学", "小学") for at in range(300))
    scores, _ = score(Office(units).sanctions(*rows).ledger(), DAYUAN, year())
    assert int(scores.units["score"].sum()) == (300 * 100 - 2 * count) * 1_000_000
