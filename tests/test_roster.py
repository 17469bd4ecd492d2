from datetime import date

import pytest

from tests.grids import codes, grid, places, read
from zyw.naming.formers import Former, names_in, parse_formers
from zyw.naming.roster import Roster
from zyw.naming.units import Unit
from zyw.periods import Period

ROSTER = """
学校名称 | 学段 | 曾用名
鱼岳镇第三小学 | 小学 | 老三小（2015-08前）、鱼岳镇四小（2015年8月并入）
实验小学 | 小学 | 城关小学（2010-2014）
第二小学 | 小学 | 城关小学（2015起）
"""
ISSUES = "单位 | 问题 | 发现日\n"


@pytest.mark.parametrize(
    ("text", "former"),
    [
        ("三小（2015-08前）", Former("三小", date(2015, 7, 31))),
        ("三小(至2015年8月)", Former("三小", date(2015, 8, 31))),
        ("三小（2015.8.31止）", Former("三小", date(2015, 8, 31))),
        ("三小（2015-08更名）", Former("三小", date(2015, 8, 31))),
        ("三小（2015年8月，并入）", Former("三小", date(2015, 8, 31), merged=True)),
        ("三小（2010-2015）", Former("三小", date(2015, 12, 31), date(2010, 1, 1))),
        ("三小（2010.9-2015.8）", Former("三小", date(2015, 8, 31), date(2010, 9, 1))),
        ("三小（2015年起）", Former("三小", None, date(2015, 1, 1))),
        ("三小（原名）", Former("三小")),
        ("三小（2015-13前）", Former("三小", unread=True)),
        ("三小（2015.2.30前）", Former("三小", unread=True)),
        ("第一中学（东校区）", Former("第一中学（东校区）")),
        ("三小", Former("三小")),
    ],
)
def test_a_former_name_may_say_when_it_was_right(text: str, former: Former) -> None:
    assert parse_formers(text) == (former,)
    assert [each.name for each in parse_formers(f"{text}、另一个")] == [former.name, "另一个"]


def test_remarks_are_no_part_of_a_short_name_and_branches_are() -> None:
    assert names_in("实小（常用）、一中（东校区）/甲") == ("实小", "一中（东校区）", "甲")


def of(text: str) -> tuple[list[str], list[str], list[str]]:
    """Return the units of the rows, the codes, and the cells whose former name was out of date."""
    ledger, problems = read(grid(ROSTER, file="名册.xlsx"), grid(ISSUES + text), roster=False)
    return ledger.rows["问题台账"]["单位"].tolist(), codes(problems), places(problems, "U009")


def test_a_former_name_is_right_up_to_its_day_and_later_rows_warn() -> None:
    units, found, late = of("老三小 | 迟到 | 2015-7-31\n老三小 | 早退 | 2015-8-1\n老三小 | 脱岗 |")
    assert units == ["鱼岳镇第三小学"] * 3
    assert late == ["台账.xlsx ▸ Sheet1!A3"]
    assert "U003" in found


def test_the_day_of_a_row_is_the_first_that_it_has() -> None:
    _, problems = read(
        grid(ROSTER, file="名册.xlsx"),
        grid("单位 | 问题 | 发现日 | 处理时间\n老三小 | 甲 | | 2016-1-1\n老三小 | 乙 | 2015-1-1 | 2016-1-1"),
        roster=False,
    )
    assert places(problems, "U009") == ["台账.xlsx ▸ Sheet1!A2"]


def test_rows_of_a_merged_school_after_the_day_warn() -> None:
    units, _, late = of("鱼岳镇四小 | 迟到 | 2015-8-31\n鱼岳镇四小 | 早退 | 2015-9-1\n鱼岳四小 | 早退 | 2016-9-1")
    assert units == ["鱼岳镇第三小学"] * 3
    assert late == ["台账.xlsx ▸ Sheet1!A3", "台账.xlsx ▸ Sheet1!A4"]


def test_a_name_two_schools_had_in_turn_is_the_one_that_had_it_on_the_day() -> None:
    units, found, _ = of("城关小学 | 迟到 | 2013-1-1\n城关小学 | 早退 | 2016-1-1\n城关小学 | 脱岗 |")
    assert units == ["实验小学", "第二小学", ""]
    assert found.count("U006") == 1


def test_an_official_name_that_was_another_schools_is_doubtful_on_the_days_when_it_was() -> None:
    former = Former("城关小学", date(2014, 12, 31))
    roster = Roster((Unit("实验小学", former=("城关小学",), formers=(former,)), Unit("城关小学")))
    assert roster.match("城关小学", date(2015, 1, 1)).unit == "城关小学"
    assert roster.match("城关小学", date(2014, 1, 1)).candidates == ("实验小学", "城关小学")
    assert roster.match("城关小学").unit == "城关小学"


def test_a_date_of_a_former_name_that_nobody_can_read_is_told_and_the_name_stands() -> None:
    ledger, problems = read(
        grid("学校名称 | 学段 | 曾用名\n甲小学 | 小学 | 老甲小（2015-13前）", file="名册.xlsx"),
        grid(ISSUES + "老甲小 | 迟到 | 2020-1-1"),
        roster=False,
    )
    assert places(problems, "U023") == ["名册.xlsx ▸ Sheet1!C2"]
    assert ledger.rows["问题台账"]["单位"].tolist() == ["甲小学"]


def test_five_spellings_are_one_school_and_its_branch_is_another() -> None:
    spellings = [
        "第一中学",
        "第一 中学",
        "第一中学\u200b",
        "第一\u00a0中学",
        "\ufeff第一\u3000中学",
        "第一中学(东校区)",
    ]
    rows = "\n".join(f"{text} | 事{i}" for i, text in enumerate(spellings))
    roster = grid("学校名称 | 学段\n第一中学 | 初中\n第一中学（东校区） | 初中", file="名册.xlsx")
    with_roster, told = read(roster, grid("单位 | 问题\n" + rows), roster=False)
    without, said = read(grid("单位 | 问题\n" + rows), roster=False)
    assert with_roster.rows["问题台账"]["单位"].tolist() == ["第一中学"] * 5 + ["第一中学（东校区）"]
    assert without.rows["问题台账"]["单位"].tolist() == ["第一中学"] * 5 + ["第一中学(东校区)"]
    assert "空格、全半角或大小写不同" in " ".join(p.message for p in (*told, *said) if p.code == "U003")


def test_without_a_roster_the_plainest_spelling_stands_whatever_the_order_of_files() -> None:
    one, two = grid("单位 | 问题\n第一 中学 | 迟到", file="a.xlsx"), grid("单位 | 问题\n第一中学 | 早退", file="b.xlsx")
    assert {unit for g in ((one, two), (two, one)) for unit in read(*g, roster=False)[0].rows["问题台账"]["单位"]} == {
        "第一中学"
    }


@pytest.mark.parametrize(
    ("file", "unit"),
    [
        ("第一中学5月问题台账.xlsx", "第一中学"),
        ("3.报送/实验小学（盖章）.xlsx", "实验小学"),
        ("第一中学东校区台账.xlsx", ""),
        ("第一中学、第二中学台账.xlsx", ""),
        ("台账.xlsx", ""),
    ],
)
def test_the_name_of_a_file_tells_the_unit_when_one_stands_in_it(file: str, unit: str) -> None:
    body = "问题类别 | 问题描述 | 整改措施 | 整改时限\n作风 | 迟到 | 批评 | 2012-6-1"
    ledger, problems = read(grid(body, file=file))
    assert ledger.rows["问题台账"]["单位"].tolist() == [unit]
    assert ("U007" in codes(problems)) == bool(unit)


def test_the_three_nearest_do_not_depend_on_the_order_of_the_roster() -> None:
    names = ["甲小学", "乙小学", "丙小学", "丁小学", "戊小学"]
    assert Roster(tuple(map(Unit, names))).nearest("己小学") == Roster(tuple(map(Unit, names[::-1]))).nearest("己小学")


def test_a_thousand_unknown_names_are_listed_the_rest_is_counted() -> None:
    rows = "\n".join(f"某校{i} | 迟到" for i in range(1100))
    _, problems = read(grid("单位 | 问题\n" + rows))
    assert codes(problems).count("U001") == 1000
    assert places(problems, "L018") == ["台账.xlsx ▸ Sheet1!A1002"]


MERGED = """
学校名称 | 学段 | 简称 | 曾用名 | 更名日期 | 并入单位 | 并入日期
第三小学 | 小学 | | 城东小学 | 2014-9-1 | |
第四小学 | 小学 | 四小 | 城西小学 | | 第三小学 | 2015-8-31
第五小学 | 小学 | | | | 第四小学 | 2013-8-31
第六小学 | 小学 | | | | 没有的小学 | 2013-8-31
第七小学 | 小学 | | | | 第八小学 | 2013-8-31
第八小学 | 小学 | | | | 第七小学 | 2013-8-31
"""


def test_a_merged_school_is_no_unit_and_its_rows_are_those_of_the_one_that_took_it_in() -> None:
    rows = "第四小学 | 甲 | 2015-8-1\n四小 | 乙 | 2016-1-1\n城西小学 | 丙 | 2010-1-1\n第五小学 | 丁 | 2013-1-1\n第六小学 | 戊 | 2013-1-1"
    ledger, problems = read(grid(MERGED, file="名册.xlsx"), grid(ISSUES + rows), roster=False)
    assert [unit.name for unit in ledger.units] == ["第三小学", "第六小学", "第七小学", "第八小学"]
    assert ledger.rows["问题台账"]["单位"].tolist() == ["第三小学"] * 4 + ["第六小学"]
    assert places(problems, "U009") == ["台账.xlsx ▸ Sheet1!A3"]
    assert places(problems, "U024") == ["名册.xlsx ▸ Sheet1!F5"]
    assert "名册.xlsx ▸ Sheet1!F3" in places(problems, "U025")


def test_a_merger_after_the_period_has_not_happened_yet() -> None:
    year = Period(date(2012, 1, 1), date(2012, 12, 31))
    ledger, _ = read(
        grid(MERGED, file="名册.xlsx"), grid(ISSUES + "第四小学 | 甲 | 2012-8-1"), roster=False, period=year
    )
    assert ledger.rows["问题台账"]["单位"].tolist() == ["第四小学"]
    assert "第四小学" in {unit.name for unit in ledger.units}


def test_the_day_of_the_new_name_ends_the_old_one() -> None:
    ledger, problems = read(
        grid(MERGED, file="名册.xlsx"),
        grid(ISSUES + "城东小学 | 甲 | 2014-8-31\n城东小学 | 乙 | 2014-9-1"),
        roster=False,
    )
    assert ledger.rows["问题台账"]["单位"].tolist() == ["第三小学"] * 2
    assert places(problems, "U009") == ["台账.xlsx ▸ Sheet1!A3"]
