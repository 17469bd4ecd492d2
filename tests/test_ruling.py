"""What must always hold of the language's parts, whatever a scheme says and a ledger holds."""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.builders import Office, Row, scheme, year
from zyw.naming.units import Unit
from zyw.periods import Period, Span
from zyw.points import SCALE, whole_micro
from zyw.ranking import rank
from zyw.rules import Bands, ByAmount, Interval, Limit, Slope, Survey, Term
from zyw.rules.intervals import common, gap
from zyw.ruling.effects import window_end, window_start
from zyw.ruling.items import scaled
from zyw.scores import Scores
from zyw.scoring import score
from zyw.survey.rules import SurveyRules
from zyw.yearly import parts_of

UNITS = [Unit("甲小学", "小学", staff=60), Unit("乙小学", "小学", staff=40), Unit("丙中学", "初中", staff=20)]
HEAD = """
方案: {编号: 甲, 名称: 甲, 发文机关: 甲, 发文日期: 2012-01-01, 考核期: 自然年, 基础分: 50, 总分: {封顶: 120, 保底: 10, 舍入位数: 1}}
项目:
  - {名称: 子, 依据: 一, 上级: 母, 基础分: 20, 保底: 5, 封顶: 25, 权重: 30%, 外溢: 是, 舍入位数: 2}
  - {名称: 母, 依据: 一, 满分: 100, 基础分: 60, 权重: 70%, 缺数据: 重分权重, 适用学段: [小学]}
  - {名称: 姨, 依据: 一, 基础分: 40, 权重: 30%, 缺数据: 重分权重}
  - {名称: 侄, 依据: 一, 上级: 母, 基础分: 10, 权重: 70%}
规则:
  - {编号: 一, 依据: 一, 项目: 子, 数据: 问题台账, 条件: {类别: 甲}, 计数: 行, 按列取值: {列: 扣分, 方向: 扣分}, 封顶: {每: 月, 最多扣: 4}}
  - {编号: 二, 依据: 一, 项目: 母, 数据: 问题台账, 条件: {类别: 乙}, 计数: 日, 每次: -1.3, 倍数: [{列: 职责, 取: {协办: 0.5}}]}
  - {编号: 三, 依据: 一, 项目: 姨, 数据: 问题台账, 条件: {类别: 丙}, 计数: 行, 次第: {对象: 单位, 期限: 当季, 分: [-1, -2.5]}}
  - {编号: 四, 依据: 一, 数据: 问题台账, 计数: 单位, 数量: {比率: {分子: {类别: 甲}, 分母为零: 零}}, 斜率: {高于: 10%, 每: 3%, 分: -0.7, 余数: 按比例}, 舍入位数: 2}
  - {编号: 五, 依据: 一, 项目: 侄, 数据: 问题台账, 条件: {类别: 丁}, 计数: 月, 数量: {人均: {每: 100}}, 按数量: {每: 1, 分: -0.3, 余数: 进一}}
  - {编号: 六, 依据: 一, 数据: 名次, 计数: 单位, 数量: {列: 倒数名次}, 分档: {档: [{至多: 1, 分: -1}, {高于: 1, 分: 0.5}]}}
限额:
  - {名称: 合, 依据: 一, 规则: [一, 二, 三], 封顶: {每: 单位, 最多扣: 9}}
"""
BY = scheme(HEAD)

row = st.fixed_dictionaries(
    {
        "单位": st.sampled_from(["甲小学", "乙小学", "丙中学"]),
        "编号": st.sampled_from(["1", "2", "3", ""]),
        "类别": st.sampled_from(["甲", "乙", "丙", "丁"]),
        "职责": st.sampled_from(["主办", "协办", ""]),
        "扣分": st.sampled_from(["0.5", "1", "2.25"]),
        "发现日": st.dates(date(2011, 12, 1), date(2013, 1, 31)).map(str),
    }
)


def scored(rows: Sequence[Row]) -> Scores:
    return score(Office(UNITS).issues(*rows, columns=["单位", "发现日"]).ledger(), BY, year())[0]


def told(scores: Scores) -> list[tuple[object, ...]]:
    return sorted(scores.journal_rows.rows("unit", "rule", "date", "points", "quantity"), key=str)


@settings(max_examples=40, deadline=None)
@given(st.lists(row, max_size=12))
def test_base_and_journal_make_the_score_and_every_score_keeps_its_bounds(rows: list[Row]) -> None:
    scores = scored(rows)  # `check_sums` raises unless base + Σ journal = score
    for unit, total in scores.unit_rows.rows("unit", "score"):
        assert 10 * SCALE <= total <= 120 * SCALE, unit
        assert total % (SCALE // 10) == 0
    for item, low, high in (("子", 5, 25), ("母", 0, 100)):
        values = scores.item_values[item]
        assert all(low * SCALE <= values[unit] <= high * SCALE for unit in ("甲小学", "乙小学"))


@settings(max_examples=30, deadline=None)
@given(st.lists(row, max_size=10), st.randoms(use_true_random=False))
def test_the_order_of_the_rows_changes_nothing(rows: list[Row], random: Random) -> None:
    mixed = list(rows)
    random.shuffle(mixed)
    assert told(scored(rows)) == told(scored(mixed))


@settings(max_examples=20, deadline=None)
@given(st.lists(row, max_size=8))
def test_a_journal_row_of_a_rule_stands_on_rows_of_the_ledger(rows: list[Row]) -> None:
    scores = scored(rows)
    for rule, points, origins in scores.journal_rows.rows("rule", "points", "origins"):
        if rule in ("一", "二", "三") and points:
            assert origins
            assert all(0 <= origin < len(rows) for origin in origins)


ends = st.one_of(st.none(), st.integers(-20, 20).map(Fraction))
intervals = st.builds(Interval, ends, ends, st.booleans(), st.booleans()).filter(lambda each: not each.empty)


@given(intervals, intervals)
def test_a_common_number_lies_in_both_and_none_means_none(one: Interval, two: Interval) -> None:
    found = common(one, two)
    if found is not None:
        assert found in one and found in two
    else:
        assert not any(value in one and value in two for value in [Fraction(n, 4) for n in range(-100, 100)])


@given(st.lists(intervals, min_size=1, max_size=4), st.booleans())
def test_a_gap_is_a_number_that_no_band_holds(parts: list[Interval], whole: bool) -> None:
    found = gap(parts, whole=whole)
    if found is not None:
        assert not any(found in part for part in parts)
        assert not whole or found.denominator == 1


def test_bands_with_touching_ends_leave_no_gap_and_61_leaves_one_only_for_decimals() -> None:
    closed = [Interval(None, Fraction(60), True, True), Interval(Fraction(61), None)]
    assert gap(closed, whole=True) is None
    assert gap(closed, whole=False) == Fraction(121, 2)


@given(st.fractions(-50, 50), st.integers(0, 30), st.integers(0, 30), st.integers(0, 5))
def test_a_limit_never_makes_a_sum_worse_than_it_allows(total: Fraction, off: int, gain: int, least: int) -> None:
    bounded = Limit(off=Fraction(off), gain=Fraction(gain)).bounded(total)
    assert -off <= bounded <= gain
    assert Limit(least_off=Fraction(least)).bounded(total) <= max(total, Fraction(0)) or total >= 0


@given(st.fractions(0, 2), st.sampled_from(["舍去", "按比例", "进一"]))
def test_the_three_remainders_lie_within_one_step_of_one_another(amount: Fraction, remainder: str) -> None:
    each, value = Fraction(1, 100), Fraction(-1, 2)
    points = Slope(Fraction(9, 10), "低于", each, value, remainder).points(amount)
    exact = Slope(Fraction(9, 10), "低于", each, value, "按比例").points(amount)
    assert points is not None and exact is not None
    assert abs(points - exact) < abs(value)
    assert ByAmount(each, value, remainder).points(Fraction(0)) == 0


def test_bands_are_open_and_closed_as_they_say() -> None:
    bands = Bands(((Interval(Fraction(9, 10), None), Fraction(10)), (Interval(None, Fraction(9, 10)), Fraction(8))))
    assert bands.points(Fraction(9, 10)) == 10
    assert bands.points(Fraction(8999, 10000)) == 8


@given(st.dates(date(2000, 1, 1), date(2030, 12, 31)), st.integers(1, 24))
def test_a_window_seen_from_its_end_is_the_same_window(day: date, months: int) -> None:
    days = np.array([day], dtype="datetime64[D]")
    term = Term(months)
    start = window_start(days, term)
    one = np.timedelta64(1, "D")
    assert (window_end(start, term) >= days).all()
    assert (window_end(start - one, term) < days).all()


@given(st.lists(st.tuples(st.integers(-(10**10), 10**10), st.fractions(0, 3)), max_size=6))
def test_scaling_by_weights_is_exact_to_a_millionth(pairs: list[tuple[int, Fraction]]) -> None:
    values = np.array([value for value, _ in pairs], dtype=np.int64)
    found = scaled(values, [factor for _, factor in pairs])
    assert found.tolist() == [whole_micro(Fraction(value, SCALE) * factor) for value, factor in pairs]


def test_a_survey_says_itself() -> None:
    rules = SurveyRules({"满意": Fraction(100)}, unknown=("不了解",), respondents=("家长",), least=10)
    assert str(Survey("家长", "四", rules)) == "只算家长，满意 100，不了解不计，至少 10 份"


PEOPLE = """
方案: {编号: 甲, 名称: 甲, 发文机关: 甲, 发文日期: 2012-01-01, 考核期: 自然年, 基础分: 100}
规则:
  - {编号: 行, 依据: 一, 数据: 问题台账, 计数: 行, 每次: -2}
  - {编号: 人, 依据: 一, 数据: 问题台账, 计数: 人, 每次: -0.5, 关系: {行: 叠加}}
  - {编号: 月, 依据: 一, 数据: 问题台账, 计数: 月, 按数量: {每: 1, 分: -0.1}}
"""


def test_a_row_that_names_two_people_counts_once_as_a_row_and_twice_as_people() -> None:
    rows = [{"单位": "甲小学", "当事人": name, "发现日": "2012-03-01"} for name in ("张三", "李四")]
    ledger = Office(UNITS).issues(*rows).ledger()
    ledger.rows["问题台账"]["origin"] = np.zeros(2, dtype=np.int64)  # as reading splits one row that names both
    scores, _ = score(ledger, scheme(PEOPLE), year())
    assert dict(scores.unit_rows.rows("unit", "score"))["甲小学"] == 96_900_000  # 100 − 2 − 0.5 × 2 − 0.1


PAPERS = """
方案: {编号: 甲, 名称: 甲, 发文机关: 甲, 发文日期: 2012-01-01, 考核期: 自然年, 基础分: 100}
材料:
  - {名称: 计划, 依据: 一, 应报日: 2012-02-01}
  - {名称: 总结, 依据: 一, 应报日: 2012-12-15}
  - {名称: 心得, 依据: 一, 应报日: 2012-06-01}
规则: [{编号: 未报, 依据: 一, 数据: 材料报送, 条件: {报送情况: 未报}, 计数: 行, 每次: -3}]
"""


def test_a_unit_without_a_row_owes_each_document_that_the_table_tells_of() -> None:
    units = [Unit("甲小学", "小学", origin=90), Unit("乙小学", "小学", origin=91)]
    rows = [{"单位": "甲小学", "材料名称": name, "报送日": "2012-01-20"} for name in ("计划", "总结")]
    scores, _ = score(Office(units).submissions(*rows).ledger(), scheme(PAPERS), year())
    assert dict(scores.unit_rows.rows("unit", "score")) == {"甲小学": 100_000_000, "乙小学": 94_000_000}
    assert scores.journal_rows["origins"].tolist() == [(91,), (91,)]


ENOUGH = """
方案: {编号: 甲, 名称: 甲, 发文机关: 甲, 发文日期: 2012-01-01, 考核期: 自然年, 基础分: 100}
规则:
  - {编号: 每季三次, 依据: 一, 数据: 活动台账, 条件: {活动: 学习}, 计数: 季度, 斜率: {低于: 3, 每: 1, 分: -1}}
  - {编号: 全年十次, 依据: 二, 数据: 活动台账, 条件: {活动: 听课}, 计数: 单位, 斜率: {低于: 10, 每: 1, 分: -1}}
  - {编号: 每月不超, 依据: 三, 数据: 活动台账, 条件: {活动: 会议}, 计数: 月, 斜率: {高于: 1, 每: 1, 分: -1}}
"""


def test_too_few_is_judged_when_the_span_is_over_and_too_many_at_once() -> None:
    held = [{"单位": "甲小学", "活动": "会议", "日期": f"2012-05-0{day}"} for day in (2, 3, 4)]
    ledger = Office(UNITS[:1]).table("活动台账", *held).ledger()
    may = Span(
        Period(date(2012, 1, 1), date(2012, 5, 31)), Period(date(2012, 5, 1), date(2012, 5, 31)), date(2012, 5, 31)
    )
    scores, _ = score(ledger, scheme(ENOUGH), may)
    moved = list(scores.journal_rows.rows("rule", "points"))
    assert sorted(moved) == [("每季三次", -3_000_000), ("每月不超", -2_000_000)]  # only the first quarter is over
    reasons = scores.left_out_rows["reason"].tolist()
    assert reasons == ["期还没有满，到期满再看够不够"] * 2
    whole, _ = score(ledger, scheme(ENOUGH), year())
    assert dict(whole.unit_rows.rows("unit", "score")) == {"甲小学": (100 - 4 * 3 - 10 - 2) * SCALE}


@pytest.mark.parametrize(("remainder", "expected"), [("舍去", "-1"), ("按比例", "-1.25"), ("进一", "-1.5")])
def test_two_and_a_half_steps_below_the_line(remainder: str, expected: str) -> None:
    slope = Slope(Fraction("0.9"), "低于", Fraction("0.01"), Fraction("-0.5"), remainder)
    assert slope.points(Fraction("0.875")) == Fraction(expected)


OTHERWISE = """
方案: {编号: 甲, 名称: 甲, 发文机关: 甲, 发文日期: 2012-01-01, 考核期: 自然年, 基础分: 50}
规则:
  - {编号: 先, 依据: 一, 数据: 问题台账, 条件: {类别: [甲, 乙]}, 计数: 行, 每次: -1}
  - {编号: 后, 依据: 一, 数据: 问题台账, 条件: {职责: 协办}, 否则: [先], 计数: 行, 每次: -10}
  - {编号: 月月平安, 依据: 一, 数据: 问题台账, 否则: [先, 后], 计数: 月, 触发: {至少: 0}, 每次: 100}
"""


@settings(max_examples=40, deadline=None)
@given(st.lists(row, max_size=10))
def test_a_row_is_counted_by_a_rule_or_by_the_one_that_takes_what_it_leaves_never_by_both(rows: list[Row]) -> None:
    ledger = Office(UNITS).issues(*rows, columns=["单位", "发现日"]).ledger()
    journal = score(ledger, scheme(OTHERWISE), year())[0].journal_rows
    by: dict[str, list[tuple[int, ...]]] = {}
    busy: set[tuple[str, str]] = set()
    quiet: set[tuple[str, str]] = set()
    for rule, unit, day, origins in journal.rows("rule", "unit", "date", "origins"):
        by.setdefault(rule, []).append(origins)
        (quiet if rule == "月月平安" else busy).add((unit, str(day)[:7]))
    assert not set(by.get("先", ())) & set(by.get("后", ()))
    inside = [at for at, each in enumerate(rows) if each["发现日"].startswith("2012")]
    taken = [at for at in inside if rows[at]["类别"] in "甲乙" or rows[at]["职责"] == "协办"]
    assert sorted([*by.get("先", ()), *by.get("后", ())]) == [(at,) for at in taken]
    assert not busy & quiet
    assert len(quiet) == 36 - len(busy)  # three units, twelve months


DATED = """
方案: {编号: 甲, 名称: 甲, 发文机关: 甲, 发文日期: 2012-01-01, 考核期: 自然年, 基础分: 50, 总分: {封顶: @60}}
规则:
  - {编号: 一, 依据: 一, 数据: 问题台账, 计数: 行, 按列取值: {列: 扣分, 方向: 扣分}, 倍数: @{列: 职责, 取: {主办: 2}}, 封顶: @{每: 月, 最多扣: 3}}
  - {编号: 二, 依据: 一, 数据: 问题台账, 计数: 月, 触发: @{至少: 2}, 每次: -1}
限额: [{名称: 合, 依据: 一, 规则: [一, 二], 封顶: @{每: 季度, 最多扣: 4}}]
"""
PLAIN = scheme(DATED.replace("@", ""))


def dated(text: str) -> str:
    """Write each marked value three times, from three days on: it says the same."""
    head, *pieces = text.split("@")
    return head + "".join(map(_thrice, pieces))


def _thrice(piece: str) -> str:
    ending = "}}" if "取" in piece[:12] else "}"
    end = piece.index(ending) + (len(ending) if piece.startswith("{") else 0)
    value, rest = piece[:end], piece[end:]
    return f"{{自 2010-01-01: {value}, 自 2012-04-01: {value}, 自 2012-10-01: {value}}}{rest}"


IN_PIECES = scheme(dated(DATED))


@settings(max_examples=40, deadline=None)
@given(st.lists(row, max_size=12))
def test_a_value_dated_in_pieces_that_say_the_same_is_the_value_itself(rows: list[Row]) -> None:
    ledger = Office(UNITS).issues(*rows, columns=["单位", "发现日"]).ledger()
    assert told(score(ledger, PLAIN, year())[0]) == told(score(ledger, IN_PIECES, year())[0])


GRADED = """
方案: {编号: 甲, 名称: 甲, 发文机关: 甲, 发文日期: 2012-01-01, 考核期: 自然年, 基础分: 50}
规则: [{编号: 一, 依据: 一, 数据: 问题台账, 计数: 行, 按列取值: {列: 扣分, 方向: 扣分}}]
排名: {分组: 全部, 等次: [{名称: 优, 依据: 七, 名额: 30%}, {名称: 良, 依据: 七}, {名称: 中, 依据: 七, 至少占: 40%, 余数: 进一},
  {名称: 差, 依据: 七, 至少占: 20%, 同分: 一并占}]}
"""
MANY = [Unit(f"第{at}小学", "小学") for at in range(10)]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(MANY), st.sampled_from(["0.5", "1", "2.25"])), max_size=20))
def test_the_last_grades_hold_their_share_and_nobody_stands_above_a_better_one(
    rows: list[tuple[Unit, str]],
) -> None:
    office = Office(MANY).issues(*[{"单位": unit.name, "扣分": off, "发现日": "2012-03-01"} for unit, off in rows],
                                 columns=["单位", "发现日", "扣分"])  # fmt: skip
    ledger = office.ledger()
    standings, _ = rank(ledger, score(ledger, scheme(GRADED), year())[0])
    order = ["优", "良", "中", "差"]
    given_grades = [(each.rank or 0, order.index(each.grade or "")) for each in standings]
    assert sum(grade == 3 for _, grade in given_grades) >= 2
    assert [grade for _, grade in sorted(given_grades)] == sorted(grade for _, grade in given_grades)
    assert all(len({grade for place, grade in given_grades if place == each}) == 1 for each, _ in given_grades)


QUARTERS = """
方案: {编号: 甲, 名称: 甲, 发文机关: 甲, 发文日期: 2011-12-01, 考核期: 季度, 基础分: 50, @}
项目: [{名称: 子, 依据: 一, 满分: 20, 基础分: 20, 权重: 100%}]
规则:
  - {编号: 一, 依据: 一, 项目: 子, 数据: 问题台账, 计数: 行, 按列取值: {列: 扣分, 方向: 扣分}, 封顶: {每: 月, 最多扣: 4}}
  - {编号: 二, 依据: 一, 数据: 问题台账, 计数: 月, 触发: {至少: 2}, 每次: -1, 后果: [{对象: 单位, 内容: 通报, 期限: 12个月}]}
"""


@settings(max_examples=25, deadline=None)
@given(st.lists(row, max_size=10), st.sampled_from(["之和", "平均", "加权, 权重: [10%, 20%, 30%, 40%]"]))
def test_a_year_is_made_of_its_quarters_as_each_is_by_itself(rows: list[Row], how: str) -> None:
    by = scheme(QUARTERS.replace("@", f"年度: {{依据: 六, 合成: {how}}}"))
    ledger = Office(UNITS).issues(*rows, columns=["单位", "发现日"]).ledger()
    whole, problems = score(ledger, by, year())
    assert by.yearly is not None
    spans = parts_of("季度", year())
    parts = [score(ledger, by, span) for span in spans]
    assert len(parts) == 4
    for unit, total in whole.unit_rows.rows("unit", "score"):
        own = [dict(scores.unit_rows.rows("unit", "score"))[unit] for scores, _ in parts]
        assert total == sum(
            points * factor for points, factor in zip(own, by.yearly.factors((0, 1, 2, 3)), strict=True)
        )
    rules = {rule.id for rule in by.rules}
    moved = [each for each in told(whole) if each[1] in rules and each[3]]
    assert moved == sorted(
        (each for scores, _ in parts for each in told(scores) if each[1] in rules and each[3]), key=str
    )
    stated = [each for each in whole.journal_rows.rows("unit", "rule", "date", "consequence") if each[3]]
    assert len(stated) == len(set(stated))
    assert set(problems) == {found for _, each in parts for found in each}
    listed = list(whole.left_out_rows.rows("unit", "rule", "reason", "origins"))
    assert len(listed) == len(set(listed))
    assert not [reason for _, _, reason, _ in listed if "不在考核期内：日期 2012" in reason]
