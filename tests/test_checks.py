"""核对: for each check a ledger that shows it, and its neighbours that must stay silent."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.grids import ROSTER, codes, grid, read
from zyw.assembly import read_ledger
from zyw.checks import apart_from, check_ledger
from zyw.checks.likeness import MOST
from zyw.checks.wording import is_nobody, places_in
from zyw.problems import Place, Problem, problem
from zyw.rules import Element
from zyw.sheets import Book, Grid, Merge, letter

DAY = date(2012, 5, 31)
SOUND = {
    "单位": "第一中学", "编号": "1", "问题描述": "食堂留样不规范", "来源": "督查暗访", "发现时间": "2012-05-03",
    "整改措施": "补登留样记录", "责任人": "王强", "整改时限": "2012-05-20", "完成情况": "已整改", "完成时间": "2012-05-10",
    "是否销号": "是", "销号时间": "2012-05-12", "复查人": "李明", "答复情况": "", "佐证材料": "照片", "备注": "",
}  # fmt: skip
OPEN = {
    "完成情况": "正在整改", "完成时间": "", "是否销号": "否", "销号时间": "", "复查人": "", "佐证材料": "",
    "整改时限": "2012-06-20",
}  # fmt: skip


def ledger_of(*rows: dict[str, str], file: str = "台账.xlsx") -> Grid:
    heads = list(dict.fromkeys(name for row in rows for name in row))
    lines = [heads, *([row.get(name, "") for name in heads] for row in rows)]
    return grid("\n".join(" | ".join(line) for line in lines), file=file)


def issue(**cells: str) -> dict[str, str]:
    return {**SOUND, **cells}


def found(*grids: Grid, roster: bool = True, today: date | None = None, own: Sequence[str] = ()) -> list[Problem]:
    ledger, _ = read(*grids, roster=roster)
    return list(check_ledger(ledger, DAY, today=today, own=own))


def told(*rows: dict[str, str], today: date | None = None) -> list[tuple[str, str]]:
    return [(p.code, (p.place.cell or "") if p.place else "") for p in found(ledger_of(*rows), today=today)]


def codes_of(*rows: dict[str, str]) -> list[str]:
    return [code for code, _ in told(*rows)]


def test_a_sound_row_is_passed() -> None:
    assert told(issue(), issue(编号="2", 问题描述="校门口车辆无人疏导", **OPEN), today=DAY) == []


@pytest.mark.parametrize(
    ("cells", "code", "cell"),
    [
        ({"问题描述": ""}, "K001", "C2"),
        ({"发现时间": ""}, "K001", "E2"),
        ({"责任人": "/"}, "K001", "G2"),
        ({**OPEN, "整改时限": ""}, "K001", "H2"),
        ({"发现时间": "2012-05-21"}, "K003", "H2"),
        ({"完成时间": "2012-05-02"}, "K003", "J2"),
        ({"销号时间": "2012-05-09"}, "K003", "L2"),
        ({"完成时间": "", "销号时间": "2012-05-02"}, "K003", "L2"),
        ({"完成时间": "", "销号时间": ""}, "K005", "I2"),
        ({"完成情况": "正在整改"}, "K006", "I2"),
        ({"是否销号": "否"}, "K006", "K2"),
        ({**OPEN, "整改时限": "2012-05-20"}, "K007", "I2"),
        ({"佐证材料": "无"}, "K008", "O2"),
        ({"来源": "群众举报"}, "K009", "N2"),
        ({"复查人": ""}, "K010", "M2"),
        ({"复查人": "王强"}, "K011", "M2"),
        ({"复查人": "王强", "责任人": "赵刚、王强"}, "K011", "M2"),
        ({"责任人": "全体教师"}, "K014", "G2"),
        ({"整改措施": "按××县要求整改"}, "K015", "F2"),
        ({"责任人": "某某"}, "K015", "G2"),
    ],
)
def test_a_row_that_contradicts_itself_is_told_at_the_cell(cells: dict[str, str], code: str, cell: str) -> None:
    sound = [issue(编号=str(n), 问题描述=f"第{n}间教室灯管损坏") for n in range(2, 6)]
    assert (code, cell) in told(issue(**cells), *sound)
    assert all(place.endswith("2") for _, place in told(issue(**cells), *sound))


@pytest.mark.parametrize(
    "cells",
    [
        {"整改时限": "立行立改"},
        {"整改时限": ""},
        {"完成时间": "2012-05-03", "销号时间": "2012-05-03", "整改时限": "2012-05-03"},
        {**OPEN, "整改时限": "2012-05-31"},
        {**OPEN, "整改时限": "2012-05-20", "备注": "逾期，等材料"},
        {**OPEN, "整改时限": "2012-05-20", "完成情况": "逾期未整改"},
        {**OPEN, "整改时限": "2012-05-20", "完成情况": "正在整改，申请延期至6月底"},
        {**OPEN, "完成情况": "基本完成"},
        {"完成时间": "", "销号时间": "", "完成情况": "5月10日已整改", "是否销号": ""},
        {"来源": "群众举报", "答复情况": "已当面答复"},
        {"复查人": "王强、李明", "责任人": "王强"},
        {"责任人": "教导主任"},
        {"整改措施": "全体教师会上通报"},
        {"备注": "联系138****8000"},
    ],
)
def test_what_only_looks_like_it_is_passed(cells: dict[str, str]) -> None:
    assert told(issue(**cells)) == []


def test_a_column_that_hardly_anybody_fills_is_told_once() -> None:
    rows = [issue(编号=str(n), 问题描述=f"第{n}间教室灯管损坏", 责任人="") for n in range(6)]
    assert told(*rows) == [("K002", "G2")]


def test_a_faulty_cell_is_not_called_blank() -> None:
    assert codes_of(issue(完成时间="2012-06-31", 销号时间="")) == []


def test_days_to_come_are_told_when_somebody_knows_the_day() -> None:
    row = issue(完成时间="2021-05-10", 销号时间="", 是否销号="")
    assert ("K004", "J2") in told(row, today=DAY)
    assert "K004" not in [code for code, _ in told(row)]


def test_a_closing_by_the_dozen_on_the_last_day_is_told_once() -> None:
    rows = [
        issue(
            编号=str(n),
            问题描述=f"第{n}间教室灯管损坏",
            完成时间="2012-05-31",
            整改时限="2012-05-31",
            销号时间="",
            是否销号="",
        )
        for n in range(1, 13)
    ]
    assert told(*rows) == [("K012", "J2")]
    assert told(*rows[:9]) == []
    spread = [{**row, "完成时间": f"2012-05-{10 + n}"} for n, row in enumerate(rows)]
    assert told(*spread) == []
    others = [{**row, "编号": f"2-{n}", "问题描述": f"第{n}间宿舍门锁损坏"} for n, row in enumerate(spread)]
    assert told(*rows, *others) == []


def copied(*problems: str, measure: str = "组织学习，提高认识，落实制度") -> list[dict[str, str]]:
    return [issue(编号=str(n), 问题描述=text, 整改措施=measure) for n, text in enumerate(problems)]


def test_a_measure_copied_word_for_word_is_told_with_its_rows() -> None:
    problems = found(ledger_of(*copied("教师上课迟到早退", "乱收资料费未退还", "食堂饭菜不洁净")))
    assert [(p.code, p.message) for p in problems] == [("K013", "3 件不同的问题写着一字不差的措施（这张表第2–4行）")]


def test_one_problem_or_a_set_phrase_may_have_one_measure() -> None:
    assert codes_of(*copied("教师上课迟到早退", "乱收资料费未退还")) == []
    assert codes_of(*copied("教师上课迟到早退", "乱收资料费未退还", "食堂饭菜不洁净", measure="立即整改")) == []


def test_a_long_measure_that_schools_copy_from_one_another_is_told_once() -> None:
    measure = "认真组织学习，切实提高认识，完善各项制度"
    problems = ("教师上课迟到早退", "乱收资料费未退还", "食堂饭菜不洁净", "校门口无人疏导", "门窗破损未修")
    sheets = [
        ledger_of(issue(单位=unit, 编号="", 问题描述=text, 整改措施=measure), file=f"{n}.xlsx")
        for n, (unit, text) in enumerate(
            zip(("第一中学", "第二中学", "实验小学", "一中", "二中"), problems, strict=True)
        )
    ]
    copied_ones = [p for p in found(*sheets) if p.code == "K013"]
    assert [(str(p.place), p.message) for p in copied_ones] == [
        ("0.xlsx ▸ Sheet1!F2", "5 件不同的问题写着一字不差的措施（3 个单位都这样写）")
    ]


@pytest.mark.parametrize("text", ["全体教师", "有关人员", "各班班主任", "相关责任人", "教师", "全校师生"])
def test_nobody_in_particular(text: str) -> None:
    assert is_nobody(text)


@pytest.mark.parametrize("text", ["", "王强", "教导主任", "张老师", "全建国", "各勇", "校长室", "党员活动室"])
def test_somebody(text: str) -> None:
    assert not is_nobody(text)


HOME = grid("单位名称 | 学段\n鹭垸县第一中学 | 初中\n鹭垸县青山镇小学 | 小学", file="名册.xlsx")


def at_home(*measures: str) -> list[str]:
    rows = [
        issue(单位="鹭垸县第一中学", 编号=str(n), 问题描述=f"第{n}间教室灯管损坏", 整改措施=m)
        for n, m in enumerate(measures)
    ]
    ledger, _ = read_ledger([Book("名册.xlsx", (HOME,)), Book("台账.xlsx", (ledger_of(*rows),))])
    return [p.message for p in check_ledger(ledger, DAY)]


def test_another_countys_name_that_recurs_is_told() -> None:
    expected = ["有 2 处写着“蓝田县”，名册和发文机关都不在那里"]
    assert at_home("按蓝田县教育局要求", "报蓝田县政府", "报鹭垸县政府") == expected


def test_a_name_told_once_our_own_and_common_words_are_passed() -> None:
    assert (
        at_home("参观蓝田县一校", "报鹭垸县政府", "报青山镇政府", "各乡镇统一", "全县通报", "送教下乡", "县城学校")
        == []
    )
    assert places_in(["文明县城创建", "贫困县", "家乡"]) == frozenset()


def test_without_a_roster_recurring_places_are_said_to_be_unjudged() -> None:
    rows = [issue(编号=str(n), 问题描述=f"第{n}间教室灯管损坏", 整改措施="按蓝田县要求") for n in range(2)]
    assert [p.code for p in found(ledger_of(*rows), roster=False)] == ["K025"]
    assert [p.code for p in found(ledger_of(*rows), roster=False, own=["蓝田县教育局"])] == []


def test_one_number_twice_in_one_unit_is_told_at_the_second_row() -> None:
    later = issue(问题描述="门窗破损多处")
    assert told(issue(), later) == [("K017", "B3")]
    assert told(issue(), {**later, "单位": "第二中学"}) == []


def twins(first: dict[str, str], second: dict[str, str]) -> list[str]:
    one = issue(问题描述="食堂饭菜不熟，学生拉肚子", 编号="", **first)
    two = issue(问题描述="食堂饭菜经常不熟，学生拉肚子", 编号="", **second)
    return [p.message for p in found(ledger_of(one, two))]


def test_one_matter_by_two_channels_is_told_with_the_reason() -> None:
    messages = twins({"来源": "督查暗访"}, {"来源": "上级通报", "发现时间": "2012-05-06"})
    assert messages == ["与 台账.xlsx ▸ Sheet1!C2 那一行很像（文字相同92%、相差3天、来源不同），可能是同一件事"]


@pytest.mark.parametrize(
    "second",
    [
        {
            "来源": "上级通报",
            "发现时间": "2012-05-19",
            "整改时限": "2012-05-30",
            "完成时间": "",
            "完成情况": "",
            "是否销号": "",
            "销号时间": "",
        },
        {"发现时间": "2012-05-04"},
        {"来源": "上级通报", "单位": "第二中学"},
        {"来源": "上级通报", "问题描述": "食堂饭菜不熟，学生3人拉肚子"},
        {"来源": "上级通报", "问题描述": "食堂饭菜不熟，女学生拉肚子"},
    ],
    ids=["weeks later", "one channel, another day", "another unit", "another figure", "another sex"],
)
def test_what_is_another_matter_is_passed(second: dict[str, str]) -> None:
    one = issue(问题描述="食堂饭菜不熟，学生拉肚子", 编号="")
    assert codes_of(one, issue(**{"问题描述": "食堂饭菜经常不熟，学生拉肚子", "编号": "", **second})) == []


def test_another_persons_doing_is_another_matter() -> None:
    first = issue(问题描述="教师张伟在第二节课上课期间玩手机被查", 编号="")
    assert codes_of(first, {**first, "问题描述": "教师李强在第二节课上课期间玩手机被查"}) == []


def test_a_matter_in_two_files_is_told_at_the_later() -> None:
    one = ledger_of(issue(编号="甲1"), file="学校.xlsx")
    two = ledger_of(issue(编号="乙7", 备注="已转学校"), file="股室.xlsx")
    problems = found(one, two)
    assert [(p.code, p.place and p.place.file) for p in problems] == [("K018", "股室.xlsx")]


def test_a_unit_with_very_many_problems_is_compared_among_neighbours_and_that_is_said() -> None:
    rows = [issue(编号="", 问题描述=f"第{n}间教室灯管损坏") for n in range(MOST + 1)]
    assert [code for code in codes_of(*rows) if code != "K013"] == ["K019"]


def test_one_problem_merged_over_lines_with_a_measure_each_is_one_problem() -> None:
    rows = [issue(整改措施="补登留样记录"), issue(整改措施="购置留样冰柜"), issue(整改措施="公示检查结果")]
    merges = tuple(Merge(2, column, 4, column) for column in (1, 2))
    sheet = replace(ledger_of(*rows), merges=merges)
    assert [p.code for p in found(sheet)] == []
    assert [p.code for p in found(ledger_of(*rows))] == ["K017", "K017"]


def test_a_row_of_two_units_or_two_people_is_looked_at_once() -> None:
    assert codes_of(issue(单位="一中、二中", 责任人="王强、李明", 复查人="赵刚")) == []
    assert told(issue(单位="一中、二中", 佐证材料="")) == [("K008", "O2")]


SANCTION = {"单位": "第一中学", "姓名": "王强", "处理方式": "通报批评", "处理时间": "2012-05-08"}


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({}, []),
        ({"姓名": ""}, [("K026", "B2")]),
        ({"处理方式": ""}, [("K026", "C2")]),
        ({"处理时间": ""}, [("K026", "D2")]),
        ({"撤销时间": "2012-03-01"}, [("K027", "E2")]),
        ({"撤销时间": "2012-07-01"}, []),
        ({"姓名": "全体教师"}, [("K014", "B2")]),
    ],
)
def test_a_sanction_lacks_nothing_and_ends_after_it_began(
    cells: dict[str, str], expected: list[tuple[str, str]]
) -> None:
    assert told({**SANCTION, **cells}) == expected


def returned(unit: str, text: str = "楼道堆放杂物", file: str = "") -> Grid:
    return ledger_of(issue(单位=unit, 编号="", 问题描述=text), file=file or f"{unit}.xlsx")


def test_who_sent_nothing_and_who_sent_twice() -> None:
    sent = [returned(unit) for unit in ("第一中学", "第二中学", "实验小学")]
    assert found(*sent) == []
    again = returned("第二中学", "门窗破损多处", "第二中学（改）.xlsx")
    assert [(p.code, str(p.place)) for p in found(*sent, again)] == [("K024", "第二中学（改）.xlsx")]
    more = grid("学校名称 | 学段\n第三小学 | 小学", file="名册二.xlsx")
    assert [(p.code, str(p.place)) for p in found(*sent, more)] == [("K023", "名册二.xlsx ▸ Sheet1!A2")]


def test_a_file_of_one_school_with_the_rows_of_another_is_told() -> None:
    wrong = returned("第二中学", file="报送/第一中学5月台账.xlsx")
    assert [(p.code, str(p.place)) for p in found(wrong)] == [("K028", "报送/第一中学5月台账.xlsx")]
    assert (
        found(returned("第二中学", file="报送/第二中学5月台账.xlsx"), returned("第一中学", "门窗破损", "2.xlsx")) == []
    )


def test_the_line_above_the_table_and_the_rows_name_one_school() -> None:
    head = "学校名称 | 问题描述 | 发现时间 | 责任人 | 整改时限\n"
    row = "第二中学 | 楼道堆放杂物 | 2012-05-03 | 王某 | 2012-05-20"
    (told,) = [p for p in found(grid("填报单位：第一中学\n" + head + row, file="台账.xlsx")) if p.code == "K028"]
    assert "填报单位写的是“第一中学”，里面的行全是“第二中学”的" in told.message
    assert "K028" not in codes(tuple(found(grid("填报单位：第二中学\n" + head + row, file="台账.xlsx"))))


def test_a_second_month_is_no_second_return() -> None:
    months = [
        returned(unit, f"{month}月楼道堆放杂物", f"{unit}{month}月.xlsx")
        for unit in ("第一中学", "第二中学", "实验小学")
        for month in (4, 5)
    ]
    assert [p for p in found(*months) if p.code == "K024"] == []


def test_a_unit_without_its_kind_is_told_where_others_have_one() -> None:
    units = grid("学校名称 | 学段\n第三小学 | 小学\n第四小学 | ", file="名册.xlsx")
    ledger, _ = read(units, roster=False)
    assert [(p.code, str(p.place)) for p in check_ledger(ledger, DAY)] == [("K001", "名册.xlsx ▸ Sheet1!B3")]


def test_an_empty_return_is_a_return() -> None:
    sent = [returned(unit) for unit in ("第一中学", "第二中学", "实验小学")]
    more = grid("学校名称 | 学段\n第三小学 | 小学", file="名册二.xlsx")
    assert found(*sent, more, grid("学校名称 | 问题描述", file="第三小学5月.xlsx")) == []


def test_a_countys_own_ledger_is_no_return() -> None:
    rows = [issue(单位=unit, 编号=str(n)) for n, unit in enumerate(("第一中学", "第二中学"))]
    assert found(ledger_of(*rows)) == []


def test_more_of_one_kind_than_anybody_reads_is_one_warning() -> None:
    rows = [{"单位": "第一中学", "问题": f"第{n}间教室灯管损坏", "责任人": "有关人员"} for n in range(205)]
    problems = found(ledger_of(*rows))
    assert [p.code for p in problems].count("K014") == 200
    assert [(p.code, p.severity.word) for p in problems if p.code in ("K030", "C015")] == [("K030", "warning")]


def test_one_cell_has_one_fault() -> None:
    at = Place("台账.xlsx", "追责", "B2")
    assert apart_from([problem("K026", at, 有="处理方式", 列="姓名")], [problem("C001", at)]) == ()
    assert len(apart_from([problem("K026", at, 有="处理方式", 列="姓名")], [problem("U008")])) == 1


WORDS = st.sampled_from(
    ["", "是", "否", "正在整改", "已整改", "王强", "全体教师", "xx", "2012-05-20", "2012-05-03", "食堂留样不规范"]
)


@given(st.lists(st.fixed_dictionaries(dict.fromkeys(SOUND, WORDS)), min_size=1, max_size=6))
def test_no_ledger_stops_the_checks_and_every_problem_has_a_place_in_it(rows: list[dict[str, str]]) -> None:
    for each in found(ledger_of(*rows), today=DAY):
        assert each.place is not None
        assert each.place.file == "台账.xlsx"


@given(
    st.permutations(
        [issue(编号="1"), issue(编号="2", 复查人="王强"), issue(编号="3", 问题描述="门窗破损多处", 佐证材料="")]
    )
)
def test_the_order_of_rows_changes_only_the_places(rows: list[dict[str, str]]) -> None:
    alone = sorted(p.code for p in found(ledger_of(*rows)) if p.code != "K018")
    assert alone == ["K008", "K011"]


def test_the_roster_of_these_tests_is_the_one_they_mean() -> None:
    assert "第二中学" in {row[0] for row in ROSTER.rows}


SEVEN = (
    Element("具体内容", "二", ("问题", "具体表现")),
    Element("目标要求", "二", ("目标",)),
    Element("评估标准", "二", ("标准",)),
)


def lacking(*rows: dict[str, str]) -> list[tuple[str, str, str]]:
    ledger, _ = read(ledger_of(*rows), roster=True)
    found = check_ledger(ledger, DAY, elements=SEVEN)
    return [(p.code, p.place.cell or "", p.message) for p in found if p.place and p.code in {"K036", "K037"}]


def test_elements_without_a_column_are_named_once_a_sheet() -> None:
    ((code, cell, message),) = lacking(issue(), issue(编号="2", 问题描述="校门口车辆无人疏导", **OPEN))
    assert (code, cell) == ("K036", "A2")
    assert "“目标要求、评估标准”" in message
    assert "（二）" in message


def test_an_element_that_a_row_leaves_blank_is_told_at_its_cell() -> None:
    full = issue(目标要求="不再发生", 评估标准="家长认可")
    blank = issue(编号="2", 问题描述="校门口车辆无人疏导", 目标要求="有人值守", 评估标准="", **OPEN)
    ((code, cell, message),) = lacking(full, blank)
    assert code == "K037"
    assert cell.endswith("3")
    assert "评估标准" in message


def test_one_of_the_columns_of_an_element_is_enough() -> None:
    assert lacking(issue(问题描述="", 具体表现="食堂", 目标要求="不再发生", 评估标准="家长认可")) == []


def test_a_scheme_that_asks_for_no_elements_gets_none_told() -> None:
    ledger, _ = read(ledger_of(issue()), roster=True)
    assert not {"K036", "K037"} & {p.code for p in check_ledger(ledger, DAY)}


def test_a_merged_cell_that_several_measures_share_is_told_once() -> None:
    sheet = ledger_of(
        issue(来源="群众举报", 核实="是"), issue(来源="群众举报", 核实="是"), issue(来源="群众举报", 核实="是")
    )
    at = sheet.rows[0].index("答复情况")
    merged = replace(sheet, merges=(Merge(2, at, 3, at),))
    assert [(p.code, p.place.cell) for p in found(merged) if p.code == "K009" and p.place] == [
        ("K009", f"{letter(at)}2"),
        ("K009", f"{letter(at)}4"),
    ]
