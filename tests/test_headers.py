import pytest

from tests.grids import codes, grid, places, read
from zyw.headers import find_table
from zyw.sheets import Grid, Merge

LEDGER = "序号 | 学校名称 | 检查日期 | 问题类别 | 问题描述 | 扣分 | 整改情况\n1 | 一中 | 2012-03-01 | 作风 | 迟到 | 1 | 已整改"


@pytest.mark.parametrize(
    ("header", "table"),
    [
        ("学校名称 | 学段 | 校长", "名册"),
        ("序号 | 学校名称 | 检查日期 | 问题类别 | 问题描述 | 扣分 | 整改情况", "问题台账"),
        ("整治问题 | 具体内容 | 目标要求 | 工作措施 | 进度安排 | 责任部门 | 牵头人 | 责任人 | 评估标准", "问题台账"),
        ("工单编号 | 工单标题 | 诉求内容 | 诉求类型 | 诉求渠道 | 承办单位 | 办结期限", "问题台账"),
        ("案件编号 | 单位 | 当事人 | 职务 | 处分种类 | 决定日期", "追责台账"),
        ("单位 | 材料名称 | 份数 | 应报日 | 报送日", "材料报送"),
        ("任务 | 目标 | 完成 | 责任单位", "任务台账"),
        ("单位 | 活动名称 | 活动日期 | 人次", "活动台账"),
        ("姓名 | 工号 | 单位 | 职务", "人员"),
        ("序号 | 提交答卷时间 | 所用时间 | 来自IP | 1、您的学校 | 2、是否满意", "测评"),
    ],
)
def test_a_sheet_is_known_by_its_header(header: str, table: str) -> None:
    found, _ = find_table(grid(header + "\n" + "|".join(["甲"] * header.count("|"))))
    assert found is not None
    assert found.table == table


def test_titles_and_a_filling_line_above_the_header_are_facts_not_rows() -> None:
    found, _ = find_table(grid("2012年治庸问责问题台账\n填报单位（盖章）：第一中学 填报时间：2012年5月\n\n" + LEDGER))
    assert found is not None
    assert found.header_rows == (4,)
    assert found.facts == {"unit": "第一中学", "year": "2012"}


def test_a_title_merged_over_the_header_is_no_part_of_it() -> None:
    sheet = grid("问题台账\n" + LEDGER, merges=(Merge(1, 0, 1, 6),))
    found, _ = find_table(sheet)
    assert found is not None
    assert [c.label for c in found.columns][:2] == ["序号", "学校名称"]


def test_a_merged_header_of_two_rows_is_flattened() -> None:
    merges = (Merge(1, 0, 2, 0), Merge(1, 1, 1, 2), Merge(1, 3, 1, 4))
    found, _ = find_table(
        grid(
            "单位 | 责任人员 | | 处理 |\n | 姓名 | 职务 | 方式 | 时间\n一中 | 王某 | 教师 | 警告 | 2012-1-1",
            merges=merges,
        )
    )
    assert found is not None
    assert found.header_rows == (1, 2)
    names = [(c.label, c.field.name if c.field else None) for c in found.columns]
    assert names == [
        ("单位", "单位"), ("责任人员/姓名", "姓名"), ("责任人员/职务", "职务"), ("处理/方式", "处理方式"), ("处理/时间", "处理时间"),
    ]  # fmt: skip


def test_columns_keep_their_letters_where_the_table_starts_at_d7() -> None:
    found, _ = find_table(grid("单位 | 姓名 | 处理方式\n一中 | 王某 | 警告", top=7, left=3))
    assert found is not None
    assert (found.header_rows, [c.letter for c in found.columns]) == ((7,), ["D", "E", "F"])


def test_a_sheet_that_could_be_two_tables_names_both_and_is_not_read() -> None:
    ledger, problems = read(grid("单位 | 类别\n一中 | 初中"), roster=False)
    assert "S002" in codes(problems)
    assert ledger.rows == {}


def test_two_columns_of_one_meaning_are_both_refused() -> None:
    ledger, problems = read(grid("单位 | 问题 | 扣分 | 扣分\n一中 | 迟到 | 1 | 2"))
    assert places(problems, "S004") == ["台账.xlsx ▸ Sheet1!D1"]
    assert "扣分" not in ledger.rows["问题台账"]


def test_a_missing_column_is_named() -> None:
    _, problems = read(grid("案号 | 单位 | 职务 | 处理方式 | 处理时间\n1 | 一中 | 教师 | 警告 | 2012-1-1"))
    assert next(p.message for p in problems if p.code == "S003") == "这张表像追责台账，但缺少“姓名”列，没有读入"


def test_a_sheet_of_text_is_no_table_and_no_fault() -> None:
    _, problems = read(Grid("说明.xlsx", "Sheet1", [["填表说明"], ["一、按实填写"]]))
    assert codes(problems) == ["S001", "S008"]


def test_an_empty_sheet_is_no_table() -> None:
    assert find_table(Grid("空.xlsx", "Sheet1", []))[0] is None
