"""Persons and lists: rotations, training, dossiers, three lists and praise; and that nobody leaves the office."""

import io
import json
from pathlib import Path

import openpyxl
import pytest

from tests.builders import dayuan
from tests.small_office import Run, office, run  # noqa: F401 - fixtures
from tests.tally_office import JUNE, ledger
from zyw.privacy import Level
from zyw.tallies.all import tables_of, tally_all
from zyw.tallies.book import TallyBook, tally_workbook
from zyw.tallies.document import tallied
from zyw.tallies.dossiers import tally_dossiers
from zyw.tallies.lists import tally_lists
from zyw.tallies.people import read_quarter, tally_rotations, tally_training

ROTATIONS = """
姓名 | 原单位 | 原职务 | 现单位 | 现职务 | 交流时间
赵晓明 | 一小 | 教师 | 第一中学 | 教师 | 2013-06-01
钱多多 | 二小 | 主任 | 青山镇 | 副镇长 | 2013-04-01
孙立人 | 二小 | 教师 | 一小 | 教师 | 2013-09-01
"""
TRAINING = """
姓名 | 单位 | 职务 | 名单类别 | 标签 | 派驻岗位 | 选派时间 | 出库时间 | 一季度 | 二季度
李好学 | 一小 | 教师 | 后备干部 | 教学教研、招生就业 | | 2013-01-01 | | 好 | 继续跟班
周勤奋 | 一中 | 教师 | 一线、后备干部 | 项目建设 | 驻村第一书记 | 2013-03-01 | | |
吴已去 | 一中 | 教师 | 一线 | | 驻村队员 | 2012-03-01 | 2013-05-01 | 好 |
"""
RECORDS = """
姓名 | 单位 | 职务 | 季度 | 综合表现 | 重点关注 | 帮扶措施 | 帮扶责任人
赵晓明 | 一小 | 教师 | 2013年第一季度 | 较差 | 是 | 结对帮扶 | 李好学
赵晓明 | 一小 | 教师 | 2013年第二季度 | 合格 | | |
周勤奋 | 一中 | 教师 | 二季度 | 优秀 | | |
"""
TALKS = """
单位 | 活动名称 | 活动时间 | 参加人员
一小 | 谈心谈话 | 2013-02-08 | 赵晓明
一小 | 谈心谈话 | 2013-05-08 | 赵晓明、郑新人
一小 | 警示教育大会 | 2013-06-08 |
"""
SANCTIONS = """
案号 | 单位 | 姓名 | 职务 | 处理方式 | 处理时间 | 来源 | 撤销时间
1 | 一小 | 赵晓明 | 教师 | 通报批评 | 2013-03-02 | 督查暗访 |
2 | 一中 | 周勤奋 | 教师 | 诫勉谈话 | 2013-06-02 | 督查暗访 | 2013-06-20
"""
ISSUES = """
单位 | 存在问题 | 类别 | 当事人 | 举报人 | 发现时间 | 完成情况 | 整改完成时间
一小 | 敷衍 | 精神状态不佳 | 赵晓明 | 佘暖阳 | 2013-05-03 | 已整改 | 2013-06-03
一中 | 拖拉 | 精神状态不佳 | | 靳听澜 | 2013-05-03 | 正在整改 |
"""
PRAISE = """
单位 | 姓名 | 荣誉称号 | 表彰日期 | 级别
一小 | 李好学 | 优秀教师 | 2013-06-10 | 县
"""
ALL = (ROTATIONS, TRAINING, RECORDS, TALKS, SANCTIONS, ISSUES, PRAISE)
NAMES = ("赵晓明", "钱多多", "孙立人", "李好学", "周勤奋", "吴已去", "郑新人")


def test_moves_are_counted_by_direction_and_not_before_they_happen() -> None:
    found = tally_rotations(ledger(ROTATIONS), None, JUNE)
    assert found is not None
    assert [(one.name, one.month, one.total) for one in found.by_direction] == [
        ("小学→初中", 1, 1),
        ("小学→名册外", 0, 1),
    ]
    assert (found.total.month, found.total.total, len(found.lines)) == (1, 2, 2)
    assert [(one.start, one.end) for one in found.lines] == [("第二小学", "青山镇"), ("第一小学", "第一中学")]


def test_a_person_on_two_lists_is_one_in_all_and_who_has_left_is_not_asked_for() -> None:
    found = tally_training(ledger(TRAINING), None, JUNE)
    assert found is not None
    assert (found.total.persons, found.total.followed, found.quarter) == (2, 1, "2013Q2")
    assert {one.name: (one.persons, one.followed) for one in found.by_list} == {"后备干部": (2, 1), "一线": (1, 0)}
    assert {one.name: one.persons for one in found.by_tag} == {"教学教研": 1, "招生就业": 1, "项目建设": 1}
    assert [one.name for one in found.lines] == ["李好学", "吴已去", "周勤奋"]


def test_a_dossier_puts_the_quarter_beside_the_one_before() -> None:
    found = tally_dossiers(ledger(*ALL), dayuan(), JUNE)
    assert found is not None
    lines = {one.name: one for one in found.lines}
    assert set(lines) == {"赵晓明", "周勤奋", "郑新人"}
    zhao = lines["赵晓明"]
    assert (zhao.now.issues, zhao.now.talks, zhao.now.measures, zhao.now.grade) == (1, 1, (), "合格")
    assert (zhao.before.talks, zhao.before.measures, zhao.before.grade) == (1, ("通报批评",), "较差")
    assert (zhao.change, zhao.before.watched, zhao.now.watched) == ("好转", True, False)
    assert (lines["周勤奋"].now.measures, lines["周勤奋"].change) == ((), "新列入")
    assert lines["郑新人"].now.talks == 1


def test_the_three_lists_and_the_commended() -> None:
    found = tally_lists(ledger(*ALL), dayuan(), JUNE)
    assert [(one.name, one.month, one.total) for one in found.three] == [
        ("查纠整改", 1, 1), ("查处通报", 0, 1), ("警示教育", 1, 1),
    ]  # fmt: skip
    assert found.commended is not None
    assert [(one.unit, one.person, one.what) for one in found.commended.lines] == [("第一小学", "李好学", "优秀教师")]


@pytest.mark.parametrize(
    ("text", "quarter"),
    [("2023年第二季度", "2023Q2"), ("三季度", "2013Q3"), ("第4季度", "2013Q4"), ("2024Q1", "2024Q1"), ("春季", "")],
)
def test_quarters_as_people_write_them(text: str, quarter: str) -> None:
    assert read_quarter(text, 2013) == quarter


def shown(content: bytes) -> str:
    book = openpyxl.load_workbook(io.BytesIO(content))
    return "\n".join(
        str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None
    )


@pytest.mark.parametrize("level", [Level.NOTICE, Level.PUBLIC])
def test_outside_the_office_no_person_is_named(level: Level) -> None:
    found = ledger(*ALL)
    text = shown(tally_workbook(TallyBook(tally_all(found, dayuan(), JUNE), found, dayuan(), level)))
    assert not [name for name in (*NAMES, "张大山", "周局长") if name in text]
    assert "第一小学" in text
    assert ("出处" in text) == (level is Level.NOTICE)


def test_inside_the_office_persons_are_named_and_no_complainant_ever() -> None:
    found = ledger(*ALL)
    tallies = tally_all(found, dayuan(), JUNE)
    text = shown(tally_workbook(TallyBook(tallies, found, dayuan())))
    told = json.dumps(tallied(tallies, found, "dayuan-2011"), ensure_ascii=False)
    assert all(name in text and name in told for name in NAMES if name != "孙立人")
    assert not [name for name in ("佘暖阳", "靳听澜") if name in text + told]


def test_the_same_tallies_give_the_same_bytes_and_every_line_leads_back() -> None:
    found = ledger(*ALL)
    book = TallyBook(tally_all(found, dayuan(), JUNE), found, dayuan())
    assert tally_workbook(book) == tally_workbook(book)
    for table in tables_of(book.tallies):
        for row in table.rows:
            numbers = [cell for cell in row.cells if isinstance(cell, int) and cell]
            assert row.origins or not numbers or table.name in {"巡查-转接", "问题-升降"}, (table.name, row.cells)


def test_a_run_writes_the_tables_and_the_same_as_json(run: Run, office: Path) -> None:  # noqa: F811 - a fixture
    (office / "任务台账.csv").write_text("任务,目标,完成,责任股室\n新增学位,600,150,基建股\n", encoding="utf-8")
    done = run("run", str(office), "--scheme", "dayuan-2011", "--month", "2012-06", "-o", "结果")
    assert "统计表.xlsx" in done.out
    told = json.loads(Path("结果/统计.json").read_text(encoding="utf-8"))
    tasks = next(table for table in told["tables"] if table["table"] == "任务进展")
    assert tasks["rows"][0]["cells"][tasks["columns"].index("完成率")] == "0.25"
    assert tasks["rows"][0]["sources"] == [{"file": "任务台账.csv", "sheet": "", "rows": [[2, 2]]}]
    assert "0.25" in shown(Path("结果/统计表.xlsx").read_bytes())
