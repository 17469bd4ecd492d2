"""任务台账 counted by hand: the rates of zhuanzuofeng-2013's own figures, lamps, and totals without double counting."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import Office
from tests.tally_office import JUNE, YEAR, ledger, office
from zyw.checks import check_ledger
from zyw.naming.units import Unit
from zyw.tallies.tasks import Tasks, disagreements, lamp, tally_tasks

TASKS = """
工作方面 | 重点任务 | 计量单位 | 目标值 | 完成值 | 完成时限 | 牵头领导 | 责任股室 | 责任单位 | 进展情况
项目建设 | 合格学校 | 所 | 2 | 1 | 2013-12-31 | 党委委员、副局长 | 基建股、计财股及相关学校 | 一小、二小 |
项目建设 | 公办幼儿园 | 所 | 4 | 4 | 2013-10-31 | 党委委员、副局长 | 基建股 | |
项目建设 | 新增学位 | 个 | 600 | 150 | 2013-12-31 | 党委委员、副局长 | 基建股 | 第一小学 |
教育保障 | 免教科书费 | 万元 | 305 | 152.5 | 2013-12-31 | 吴局长 | 计财股 | |
教育保障 | 寄宿生补助 | 万元 | 550 | 275 | 2013-12-31 | 吴局长 | 计财股 | |
维护稳定 | 重点信访事项 | 件 | 26 | 11 | 2013-12-31 | 周局长、吴局长 | 信访办、法制室 | |
维护稳定 | 两乡校车 | | | | 2013-06-15 | 周局长 | 校车办 | | 方案已下发
维护稳定 | 校车方案 | | | | 2013-05-31 | 周局长 | 校车办 | | 已印发，完成
维护稳定 | 零事故 | 起 | 0 | 0 | 2013-12-31 | 周局长 | 校车办 | | 推进中
"""


def tally(*sheets: str, span=JUNE) -> Tasks:  # type: ignore[no-untyped-def]
    found = tally_tasks(ledger(*sheets), None, span)
    assert found is not None
    return found


def named(groups: Sequence[object]) -> dict[str, tuple[int, int, int, int, int]]:
    return {g.name: (g.tasks, g.done, g.green, g.yellow, g.red) for g in groups}  # type: ignore[attr-defined]


def test_rates_are_exact_and_a_target_of_zero_has_none() -> None:
    lines = {task.text: task for task in tally(TASKS).lines}
    assert lines["合格学校"].rate == Fraction(1, 2)
    assert lines["免教科书费"].rate == Fraction(1, 2)
    assert lines["重点信访事项"].rate == Fraction(11, 26)
    assert lines["零事故"].rate is None and not lines["零事故"].done
    assert lines["两乡校车"].rate is None and not lines["两乡校车"].done
    assert lines["校车方案"].rate is None and lines["校车方案"].done


def test_a_lamp_is_green_on_the_way_yellow_behind_red_when_due() -> None:
    """On 2013-06-30 half of 2013 and one day in 181 of 365 have gone: 0.4959; the reporting period is not the year."""
    span = YEAR.period
    assert lamp(Fraction(1, 2), date(2013, 12, 31), span, date(2013, 6, 30), done=False) == "绿"
    assert lamp(Fraction(11, 26), date(2013, 12, 31), span, date(2013, 6, 30), done=False) == "黄"
    assert lamp(Fraction(181, 365), date(2013, 12, 31), span, date(2013, 6, 30), done=False) == "绿"
    assert lamp(Fraction(180, 365), date(2013, 12, 31), span, date(2013, 6, 30), done=False) == "黄"
    assert lamp(Fraction(99, 100), date(2013, 6, 29), span, date(2013, 6, 30), done=False) == "红"
    assert lamp(Fraction(99, 100), date(2013, 6, 30), span, date(2013, 6, 30), done=False) == "黄"
    assert lamp(None, date(2013, 7, 30), span, date(2013, 6, 30), done=False) == "黄"
    assert lamp(None, date(2013, 7, 31), span, date(2013, 6, 30), done=False) == "绿"
    assert lamp(Fraction(0), None, span, date(2013, 1, 1), done=False) == "黄"
    assert lamp(None, None, span, date(2013, 12, 31), done=False) == "绿"
    assert lamp(None, date(2012, 1, 1), span, date(2013, 6, 30), done=True) == "绿"


def test_a_task_of_several_owners_stands_with_each_and_once_in_the_total() -> None:
    found = tally(TASKS, span=YEAR)
    total = found.total
    assert (total.tasks, total.done) == (9, 2)
    assert named(found.by_area)["维护稳定"][:2] == (4, 1)
    assert {g.name: g.tasks for g in found.by_office} == {
        "信访办": 1, "法制室": 1, "校车办": 3, "基建股": 3, "计财股": 3,
    }  # fmt: skip
    assert {g.name: g.tasks for g in found.by_leader} == {"党委委员、副局长": 3, "吴局长": 3, "周局长": 4}
    assert {g.name: g.tasks for g in found.by_unit} == {"第一小学": 2, "第二小学": 1, "未注明": 7}
    assert {g.name: g.tasks for g in found.by_linked_leader} == {"周局长": 2, "未注明": 7}
    assert {g.name: g.tasks for g in found.by_linked_office} == {"基建股": 2, "计财股": 1, "未注明": 7}


def test_a_row_an_office_is_one_task_and_the_least_number_counts() -> None:
    sheet = """
    工作方面 | 任务 | 计量单位 | 目标 | 完成 | 期限 | 责任股室
    保障 | 新增学位 | 个 | 600 | 400 | 2013-12-31 | 基建股
    保障 | 新增学位 | 个 | 600 | 600 | 2013-12-31 | 计财股
    保障 | 新增学位 | 个 | 200 | 200 | 2013-12-31 | 计财股
    """
    found = tally(sheet)
    assert (found.total.tasks, found.total.done) == (2, 1)
    first = found.lines[0]
    assert (first.rate, first.offices, len(first.origins)) == (Fraction(2, 3), ("基建股", "计财股"), 2)
    assert [each.numbers for each in disagreements(ledger(sheet))] == [(Decimal(400), Decimal(600))]
    assert "K031" in [p.code for p in check_ledger(ledger(sheet), date(2013, 6, 30))]


def test_the_tasks_of_two_schools_are_two() -> None:
    sheet = """
    任务 | 目标 | 完成 | 责任单位
    公开承诺 | 1 | 1 | 一小
    公开承诺 | 1 | 0 | 二小
    """
    found = tally(sheet)
    assert (found.total.tasks, found.total.done) == (2, 1)


def test_what_cannot_be_read_is_left_out_and_said() -> None:
    found, problems = office(
        """
        任务 | 目标 | 完成 | 责任单位
        甲 | 两所 | 1 | 一小
        乙 | 1 | 1 | 没有这所学校
        丙 | 1 | 1 | 一小
        """
    )
    tasks = tally_tasks(found, None, JUNE)
    assert tasks is not None
    assert (tasks.total.tasks, tasks.left_out) == (1, 2)
    assert {p.code for p in problems if p.severity.word == "error"} == {"L006", "U001"} or tasks.left_out == 2


def test_a_task_without_a_unit_is_the_offices_own_and_no_fault() -> None:
    found, problems = office(
        """
        任务 | 目标 | 完成 | 责任股室
        甲 | 2 | 1 | 基建股
        """
    )
    assert not [p.code for p in problems if p.severity.word == "error"]
    tasks = tally_tasks(found, None, JUNE)
    assert tasks is not None
    assert (tasks.total.tasks, tasks.left_out, tasks.by_unit) == (1, 0, ())


def test_without_a_table_there_is_no_tally() -> None:
    assert tally_tasks(ledger("学校 | 问题\n一小 | 迟到\n"), None, JUNE) is None


OFFICES = ("基建股", "计财股", "法制室")
ROWS = st.lists(
    st.tuples(
        st.sampled_from(["甲", "乙", "丙", "丁"]),
        st.sampled_from(["建设", "保障"]),
        st.lists(st.sampled_from(OFFICES), min_size=0, max_size=3, unique=True),
        st.integers(0, 3),
        st.integers(0, 3),
    ),
    max_size=12,
)


@given(ROWS, st.randoms(use_true_random=False))
def test_totals_never_count_twice_and_the_order_of_rows_changes_nothing(
    rows: list[tuple[str, str, list[str], int, int]], shuffle: object
) -> None:
    def counted(each: list[tuple[str, str, list[str], int, int]]) -> Tasks:
        cells = [
            {"任务": text, "工作方面": area, "责任股室": "、".join(names), "目标": target, "完成": actual, "单位": ""}
            for text, area, names, target, actual in each
        ]
        fields = ("任务", "工作方面", "责任股室", "目标", "完成", "单位")
        found = tally_tasks(Office(units=[Unit("一小")]).table("任务台账", *cells, columns=fields).ledger(), None, YEAR)
        assert found is not None
        return found

    tasks = counted(rows)
    distinct = {(text, area, target) for text, area, _, target, _ in rows}
    assert tasks.total.tasks == len(distinct) == sum(group.tasks for group in tasks.by_area)
    assert len(tasks.total.origins) == len(rows) == len(set(tasks.total.origins))
    assert all(group.tasks <= tasks.total.tasks for group in tasks.by_office)
    assert tasks.total.green + tasks.total.yellow + tasks.total.red == tasks.total.tasks
    for group in tasks.by_office:
        assert group.tasks == len({(t, a, g) for t, a, n, g, _ in rows if _carries(rows, (t, a, g), group.name)})
    again = list(rows)
    shuffle.shuffle(again)  # type: ignore[attr-defined]
    other = counted(again)
    assert named(other.by_office) == named(tasks.by_office)
    assert named(other.by_area) == named(tasks.by_area)
    assert named([other.total]) == named([tasks.total])


def _carries(rows: list[tuple[str, str, list[str], int, int]], task: tuple[str, str, int], office_: str) -> bool:
    names = {name for text, area, each, target, _ in rows if (text, area, target) == task for name in each}
    return office_ in names or (office_ == "未注明" and not names)


@pytest.mark.parametrize("colour", ["绿", "黄", "红"])
def test_every_colour_is_named_in_the_rule(colour: str) -> None:
    from zyw.tallies.tasks import LAMP_RULE

    assert colour in LAMP_RULE
