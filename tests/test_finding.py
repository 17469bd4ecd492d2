import pytest

from tests.grids import codes, grid, places, read
from zyw.finding.around import sheet_facts
from zyw.finding.headers import Found
from zyw.finding.tables import find_tables
from zyw.problems import Problem
from zyw.sheets import Grid, Merge

LEDGER = "序号 | 学校名称 | 检查日期 | 问题类别 | 问题描述 | 扣分 | 整改情况\n1 | 一中 | 2012-03-01 | 作风 | 迟到 | 1 | 已整改"


def find_table(sheet: Grid) -> tuple[Found | None, tuple[Problem, ...]]:
    tables, problems = find_tables(sheet)
    return (tables[0].found if tables else None), problems


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
    assert found.facts == {"unit": "第一中学", "when": "2012年5月", "year": "2012"}


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


def tables_on(sheet: Grid) -> list[tuple[str, tuple[int, ...], list[str]]]:
    """Return each table with its header rows and its columns' letters."""
    return [(found.table, found.header_rows, [c.letter for c in found.columns]) for _, found in find_tables(sheet)[0]]


ISSUES = "单位 | 问题 | 类别"
SANCTIONS = "单位 | 姓名 | 处理方式"


def test_tables_below_each_other_are_two() -> None:
    sheet = grid(
        f"一、问题台账\n{ISSUES}\n一中 | 迟到 | 作风\n二中 | 早退 | 作风\n合计 | 2 | \n\n二、追责台账\n{SANCTIONS}\n一中 | 王某 | 警告"
    )
    assert tables_on(sheet) == [("问题台账", (2,), ["A", "B", "C"]), ("追责台账", (8,), ["A", "B", "C"])]
    ledger, problems = read(sheet)
    assert ledger.rows["问题台账"]["问题"].tolist() == ["迟到", "早退"]
    assert ledger.rows["追责台账"]["姓名"].tolist() == ["王某"]
    assert [ledger.origins.locate(int(o), ("姓名",)).cells for o in ledger.rows["追责台账"]["origin"]] == [
        ("C9",)[:0] or ("B9",)
    ]
    assert not {"U001", "L001", "S003"} & set(codes(problems))


def test_tables_side_by_side_are_two_and_keep_their_letters() -> None:
    sheet = grid(f"{ISSUES} | | {SANCTIONS}\n一中 | 迟到 | 作风 | | 二中 | 王某 | 警告\n二中 | 早退 | 作风 | | | |")
    assert tables_on(sheet) == [("问题台账", (1,), ["A", "B", "C"]), ("追责台账", (1,), ["E", "F", "G"])]
    ledger, problems = read(sheet)
    assert len(ledger.rows["问题台账"]) == 2
    assert ledger.rows["追责台账"]["单位"].tolist() == ["第二中学"]
    assert codes(problems).count("U002") == 0


def test_two_strips_of_one_print_are_read_as_two_tables() -> None:
    assert tables_on(grid(f"{ISSUES} | | {ISSUES}\n一中 | 迟到 | 作风 | | 二中 | 早退 | 作风")) == [
        ("问题台账", (1,), ["A", "B", "C"]),
        ("问题台账", (1,), ["E", "F", "G"]),
    ]


def test_strips_that_touch_are_cut_where_the_header_begins_again() -> None:
    ledger, problems = read(grid(f"{ISSUES} | {ISSUES}\n一中 | 迟到 | 作风 | 二中 | 早退 | 作风"))
    assert ledger.rows["问题台账"]["问题"].tolist() == ["迟到", "早退"]
    assert "S004" not in codes(problems)


def test_a_blank_column_inside_a_table_does_not_cut_it() -> None:
    assert tables_on(grid("单位 | 问题 | | 类别 | 期限\n一中 | 迟到 | | 作风 | 2012-3-1")) == [
        ("问题台账", (1,), ["A", "B", "D", "E"])
    ]


def test_a_title_over_two_tables_tells_both_who_filled_them_in() -> None:
    head = "填报单位：第一中学 | | |\n问题 | 类别 | 期限 | 措施\n迟到 | 作风 | 2012-3-1 | 谈话\n\n"
    sheet = grid(head + "姓名 | 事由 | 处理方式 | 处理时间\n王某 | 迟到 | 警告 | 2012-3-1")
    ledger, _ = read(sheet)
    assert [rows["单位"].tolist() for rows in ledger.rows.values()] == [["第一中学"], ["第一中学"]]


def test_sections_that_each_name_their_school_are_tables_of_their_own() -> None:
    one = "填报单位：{}\n问题 | 类别 | 期限 | 措施\n迟到 | 作风 | 2012-3-1 | 谈话\n"
    ledger, _ = read(grid(one.format("第一中学") + "\n" + one.format("第二中学")))
    assert ledger.rows["问题台账"]["单位"].tolist() == ["第一中学", "第二中学"]


def test_a_header_printed_again_on_each_page_is_no_record() -> None:
    page = "一中 | 迟到 | 作风\n二中 | 早退 | 作风\n"
    ledger, problems = read(grid(f"{ISSUES}\n{page}{ISSUES}\n{page}"))
    assert len(ledger.rows["问题台账"]) == 4
    assert "U001" not in codes(problems)
    assert [(r.table, r.rows, r.left_out) for r in ledger.sheets if r.file == "台账.xlsx"] == [
        ("问题台账", 4, (("重复的表头", (4,)),))
    ]


def test_a_second_table_far_down_is_found() -> None:
    rows = "\n".join(f"一中 | 迟到{i} | 作风" for i in range(200))
    sheet = grid(f"{ISSUES}\n{rows}\n填表人：张三\n\n{SANCTIONS}\n一中 | 王某 | 警告")
    assert [(name, rows) for name, rows, _ in tables_on(sheet)] == [("问题台账", (1,)), ("追责台账", (204,))]


def test_what_was_left_out_is_reported_with_the_reason() -> None:
    body = "一、作风 | |\n一中 | 迟到 | 作风\n小计 | 1 |\n二中 | 早退 | 作风\n合计 | 2 |\n填表人：张三 | 审核人：李四 |"
    ledger, _ = read(grid(f"问题台账\n{ISSUES}\n{body}"))
    report = next(r for r in ledger.sheets if r.file == "台账.xlsx")
    assert report.left_out == (("小标题", (3,)), ("合计", (5, 7)), ("说明或签名", (8,)))
    assert report.facts == {"by": "张三"}


def test_the_signature_below_tells_who_and_when() -> None:
    ledger, _ = read(grid(f"{ISSUES}\n一中 | 迟到 | 作风\n填表人： | 张三 | 填表日期：2012年5月30日"))
    report = next(r for r in ledger.sheets if r.file == "台账.xlsx")
    assert report.facts == {"by": "张三", "when": "2012年5月30日", "year": "2012"}


def test_an_ambiguous_sheet_lists_what_it_could_be_with_the_weight() -> None:
    _, problems = read(grid("单位 | 类别\n一中 | 初中"), roster=False)
    told = next(p.message for p in problems if p.code == "S002")
    assert told == "这张表同时像名册（认出单位名称、学段，5 分）、问题台账（认出单位、类别，5 分），无法确定"


@pytest.mark.parametrize("row", ["学校: 一中 | 初中 | 王某", "备注：见附件 | 初中 | 李某"])
def test_a_record_that_begins_like_a_signature_is_a_record(row: str) -> None:
    ledger, _ = read(grid("单位名称 | 学段 | 校长\n二中 | 初中 | 赵某\n" + row), roster=False)
    assert len(ledger.units) == 2


def test_a_telephone_number_is_not_the_year_of_the_sheet() -> None:
    line = ["填报人：张三     联系电话：0730-5550144     填报时间：2020年5月31日"]
    assert sheet_facts([line])["year"] == "2020"
    assert "year" not in sheet_facts([["联系电话：0730-5550144"]])
