"""How near something was: what is said to lack is what is lacking, no more and no less."""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.builders import Office, Row, scheme, year
from zyw import explaining, payload
from zyw.ledger import Ledger
from zyw.naming.units import Unit
from zyw.nearness import idle_rules, near_misses
from zyw.nearness.measured import lines_of
from zyw.nearness.record import Near
from zyw.ruling.watch import Watch
from zyw.scheme import Scheme
from zyw.scores import Scores
from zyw.scoring import score

UNITS = [Unit("甲小学", "小学", staff=60), Unit("乙小学", "小学", staff=40)]
HEAD = """
方案: {编号: 甲, 名称: 甲, 发文机关: 甲, 发文日期: 2012-01-01, 考核期: 自然年, 基础分: 50, 总分: {舍入位数: 2}}
职务层级: {教师: ["*师"], 其他: 教师}
处理方式: [{名称: 诫勉教育, 依据: 一}, {名称: 效能告诫, 依据: 一}]
"""
THRICE = "数据: 追责台账, 计数: 案件, 累计: {对象: 个人, 至少: 3, 期限: 12个月}, 每次: -4, 后果: [{对象: 个人, 内容: 年度工作一票否决, 期限: 当年}]"


def by(*rules: str, more: str = "") -> Scheme:
    lines = [f"  - {{编号: 规则{at}, 依据: 一{at}, {rule}}}\n" for at, rule in enumerate(rules, start=1)]
    return scheme(f"{HEAD}规则:\n{''.join(lines)}{more}")


def watched(ledger: Ledger, scheme: Scheme, as_of: str | None = None) -> tuple[Scores, Watch]:
    watch = Watch()
    return score(ledger, scheme, year(as_of=as_of), watch)[0], watch


def near(ledger: Ledger, scheme: Scheme, unit: str = "甲小学", as_of: str | None = None) -> tuple[Near, ...]:
    scores, watch = watched(ledger, scheme, as_of)
    return near_misses(watch, scores, unit)


def cases(days: Sequence[str], name: str = "张三", unit: str = "甲小学") -> list[Row]:
    return [
        {"单位": unit, "案号": f"{name}{at}", "姓名": name, "职务": "教师", "处理方式": "诫勉教育", "处理时间": day}
        for at, day in enumerate(days)
    ]


def issues(*rows: Row) -> Ledger:
    return Office(UNITS).issues(*rows, columns=["单位", "发现日", "类别", "状态"]).ledger()


def test_a_count_that_lacks_one_names_the_person_the_days_and_what_would_follow() -> None:
    book = Office(UNITS).sanctions(*cases(["2012-02-03", "2012-08-09"])).ledger()
    (found,) = near(book, by(THRICE), as_of="2012-09-30")
    assert (found.person, found.kind, str(found.have), str(found.need), str(found.lack)) == (
        "张三",
        "累计",
        "2",
        "3",
        "1",
    )
    assert found.text == (
        "差 1 次未触发：同一人12个月内累计 3 次，已有 2 次（2012-02-03、2012-08-09）；"
        "2013-02-03 以前再有 1 次即触发：-4 分，个人年度工作一票否决"
    )
    assert found.origins == (0, 1)


def test_a_count_that_fired_or_lies_in_no_open_window_is_no_near_miss() -> None:
    full = Office(UNITS).sanctions(*cases(["2012-02-03", "2012-08-09", "2012-09-01"])).ledger()
    assert near(full, by(THRICE)) == ()
    old = Office(UNITS).sanctions(*cases(["2010-02-03", "2010-08-09"])).ledger()
    assert near(old, by(THRICE)) == ()
    closed = Office(UNITS).sanctions(*cases(["2011-03-01", "2012-02-01"])).ledger()
    assert "到 2012-03-01 为止没有凑满" in near(closed, by(THRICE))[0].text


def test_after_a_full_count_that_begins_anew_the_next_ones_are_counted() -> None:
    again = THRICE.replace("12个月}", "12个月, 满后重计: 是}")
    book = Office(UNITS).sanctions(*cases([f"2012-0{at}-01" for at in range(1, 6)])).ledger()
    (found,) = near(book, by(again))
    assert (str(found.have), str(found.need)) == ("2", "3")


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.dates(date(2011, 6, 1), date(2012, 12, 31)), min_size=1, max_size=4), st.integers(2, 5), st.booleans()
)
def test_as_many_more_events_as_are_said_to_lack_fire_the_rule_and_one_fewer_does_not(
    days: list[date], needed: int, restart: bool
) -> None:
    rule = THRICE.replace("至少: 3", f"至少: {needed}").replace(
        "12个月}", f"12个月, 满后重计: {'是' if restart else '否'}}}"
    )
    told = [str(day) for day in sorted(days)]
    book = Office(UNITS).sanctions(*cases(told)).ledger()
    last = date(2012, 12, 31)
    for found in near(book, by(rule)):
        if "即触发" not in found.text:
            continue
        before = fired(book, by(rule))
        for more, expected in ((int(found.lack), before + 1), (int(found.lack) - 1, before)):
            fuller = Office(UNITS).sanctions(*cases([*told, *[str(last)] * more])).ledger()
            assert fired(fuller, by(rule)) == expected


def fired(ledger: Ledger, scheme: Scheme) -> int:
    """How many rows moved points: events before the period are left out by themselves."""
    rows = score(ledger, scheme, year())[0].journal_rows
    return sum(1 for _, points in rows.rows("rule", "points") if points)


def test_the_next_step_of_a_ladder_is_said_with_its_worth_unless_it_is_worth_the_same() -> None:
    rule = "数据: 问题台账, 计数: 行, 次第: {对象: 单位, 期限: 当年, 分: [-1, -2]}"
    first = {"单位": "甲小学", "发现日": "2012-03-01"}
    (found,) = near(issues(first), by(rule))
    assert found.text == "当年内已有 1 次；再有 1 次（第 2 次）是 -2 分"
    assert near(issues(first, first), by(rule)) == ()


@pytest.mark.parametrize(
    ("rule", "rows", "texts"),
    [
        ("计数: 月, 触发: {至少: 3}, 每次: -1", 2, ["数量 2，再多 1：至少 3 就计"]),
        ("计数: 月, 触发: {高于: 3}, 每次: -1", 2, ["数量 2，再多 2：高于 3 就计"]),
        ("计数: 单位, 分档: {档: [{低于: 3, 分: 0}, {至少: 3, 分: -2}]}", 2, ["数量 2，再多 1：-2 分"]),
        ("计数: 单位, 斜率: {高于: 5, 每: 2, 分: -1}", 4, ["数量 4，再多 1：到线（高于 5 后每 2 计 -1 分）"]),
        ("计数: 单位, 斜率: {高于: 1, 每: 2, 分: -1}", 4, ["数量 4，再多 1：-2 分"]),
        ("计数: 单位, 按数量: {每: 3, 分: 1, 余数: 进一}", 3, ["数量 3，再多 1：2 分"]),
    ],
)
def test_an_amount_beside_a_line_is_told_with_what_holds_there(rule: str, rows: int, texts: list[str]) -> None:
    book = issues(*[{"单位": "甲小学", "发现日": "2012-05-01"}] * rows)
    assert [each.text for each in near(book, by(f"数据: 问题台账, {rule}"))] == texts


def test_a_rate_is_told_in_percent() -> None:
    rate = "数据: 问题台账, 计数: 单位, 数量: {比率: {分子: {状态: 已解决}, 分母为零: 不计}}"
    rows = [{"单位": "甲小学", "发现日": "2012-05-01", "状态": "已解决" if at else "未解决"} for at in range(5)]
    found = near(issues(*rows), by(f"{rate}, 分档: {{档: [{{至少: 90%, 分: 3}}, {{低于: 90%, 分: 0}}]}}"))
    assert [each.text for each in found] == ["数量 80%，再多 10 个百分点：3 分"]


WORTHS = (
    "分档: {档: [{低于: 3, 分: 0}, {至少: 3, 至多: 6, 分: -2}, {高于: 6, 分: -5}]}",
    "斜率: {高于: 4, 每: 3, 分: -1}",
    "斜率: {高于: 4, 每: 3, 分: -1, 余数: 进一}",
    "斜率: {低于: 9, 每: 2, 分: -1}",
    "按数量: {每: 4, 分: -1}",
    "按数量: {每: 4, 分: -1, 余数: 进一}",
)


@settings(max_examples=80, deadline=None)
@given(st.sampled_from(WORTHS), st.integers(0, 30))
def test_at_the_line_other_points_hold_and_up_to_it_the_same(worth: str, amount: int) -> None:
    rule = by(f"数据: 问题台账, 计数: 单位, {worth}").rules[0]
    value = rule.value.every[0] if rule.value else None
    assert value is not None
    for line in lines_of(rule, Fraction(amount), date(2012, 5, 1)):
        step = 1 if line.up else -1
        assert (line.at - amount) * step > 0
        between = range(amount, int(line.at), step)
        assert {value.points(Fraction(each)) for each in between} == {value.points(Fraction(amount))}
        if not line.then.startswith("到线"):
            assert value.points(line.at) != value.points(Fraction(amount))


def test_what_a_cap_took_back_is_told_with_what_would_have_been() -> None:
    rule = "数据: 问题台账, 计数: 行, 每次: -2, 封顶: {每: 单位, 最多扣: 5}"
    (found,) = near(issues(*[{"单位": "甲小学", "发现日": "2012-05-01"}] * 3), by(rule))
    assert (found.kind, found.text) == ("封顶", "本应 -6 分，只计 -5 分，退回 1 分")


def test_the_points_to_the_next_grade_are_told() -> None:
    more = (
        "排名: {等次: [{名称: 优秀, 依据: 七, 至少: 60}, {名称: 合格, 依据: 七, 至少: 52}, {名称: 其余, 依据: 七}]}\n"
    )
    rule = "数据: 问题台账, 计数: 行, 每次: -2"
    found = near(issues({"单位": "甲小学", "发现日": "2012-05-01"}), by(rule, more=more))
    assert [each.text for each in found] == ["得分 48，差 4 分到“合格”（至少 52 分）"]


def test_a_rule_that_did_nothing_says_which_condition_lacked_and_in_which_rows() -> None:
    rule = "数据: 问题台账, 条件: {类别: 收费, 状态: 属实}, 计数: 行, 每次: -2"
    rows = (
        {"单位": "甲小学", "发现日": "2012-05-01", "类别": "收费", "状态": "不实"},
        {"单位": "甲小学", "发现日": "2012-05-01", "类别": "师德", "状态": "不实"},
    )
    scores, watch = watched(issues(*rows), by(rule, "数据: 任务台账, 计数: 行, 每次: -1"))
    first, second = idle_rules(watch, scores, "甲小学")
    assert (first.text, first.origins) == ("本单位 2 行，其中 1 行只差一项：状态为属实", (0,))
    assert second.text == "没有收到任务台账"
    assert idle_rules(watch, scores, "乙小学")[0].text == "问题台账里没有本单位的行"


def test_a_person_is_shown_only_what_is_that_persons_and_the_json_has_all_of_it() -> None:
    rows = [*cases(["2012-02-03"]), *cases(["2012-03-03", "2012-04-03"], "李四")]
    book = Office(UNITS).sanctions(*rows).ledger()
    scores, watch = watched(book, by(THRICE))
    (person,) = explaining.explain("李四", book, scores, watch)
    assert [each.person for each, _ in person.near] == ["李四"]
    text = "\n".join(explaining.lines(person))
    assert "差多少：\n  规则 规则1（依据 一1）\n       差 1 次未触发：" in text
    assert "← 追责台账.xlsx ▸ Sheet1!C3、" in text
    (unit,) = explaining.explain("甲小学", book, scores, watch)
    made = payload.explained(book, scores, (unit,), ())
    assert [(each["person"], each["have"], each["lack"]) for each in made["near"]] == [
        ("张三", "1", "2"),
        ("李四", "2", "1"),
    ]
    assert made["near"][1]["origins"][0]["file"] == "追责台账.xlsx"
    assert [each["rule"] for each in made["idle"]] == ["规则1"]


def test_nothing_is_kept_of_a_run_that_nobody_watches() -> None:
    book = Office(UNITS).sanctions(*cases(["2012-02-03"])).ledger()
    scores, _ = score(book, by(THRICE), year())
    assert explaining.explain("甲小学", book, scores)[0].near == ()
    assert near_misses(Watch(), scores, "甲小学") == ()
