"""The header rows that are out there (domain notes: exports of 12345 and 信访, ledgers L1–L16), each with its reading.

`header` is as the source has it; `fields` what each column must be read as, in the order of the sheet: a field's name,
`-` for a column that is not used, `*` for one that identifies a complainant and is dropped.
"""

from dataclasses import dataclass

import pytest

from tests.grids import codes, grid, read
from zyw.finding.headers import Found
from zyw.finding.tables import find_tables
from zyw.sheets import Cell, Grid, Merge


@dataclass(frozen=True)
class Wild:
    header: str
    fields: str
    table: str = "问题台账"
    above: str = ""
    merges: tuple[Merge, ...] = ()


EXPORTS = {
    "district platform": Wild(
        "工单编号 | 工单标题 | 诉求内容 | 诉求类型 | 区交办时间 | 区交办办结期限 | 诉求渠道 | 诉求归口 | 紧急程度 | 工单状态 | "
        "求助人员 | 求助号码 | 性别 | 事件发生地 | 诉求详细地址 | 是否疑难 | 是否协办 | 市交办主办单位 | 市交办协办单位 | 市交办时间 | 市交办办结期限",
        "编号 事项标题 问题 类别 发现日 期限 来源 单位 等级 状态 * * * - * - - - 协办 上级交办日 上级期限",
    ),
    "supervised orders": Wild(
        "标题 | 转办单工单编号 | 联系号码 | 诉求号码 | 诉求号码 | 诉求内容 | 转办单回复内容 | 诉求类型 | 转办单满意度 | "
        "转办单不满意回访内容 | 线上督办单编号 | 督办单回访时间 | 督办单办结时间 | 督办单回复内容 | 督办单短信评价满意度 | 督办单回访内容 | "
        "督办单研判（一级） | 督办单研判（二级） | | 是否为最终办理结果 | 计划完成时间（非最终办理结果填写此列） | 分类调整 | 承办单位 | ",
        "事项标题 编号 * * * 问题 答复 类别 群众评价 - 督办编号 - 完成日 - - - - - - 期限 - 单位",
    ),
    "timeliness": Wild(
        "市级工单号 | 承办单位 | 交办时间 | 签收时间 | 处理时限 | 回复市级时间 | 是否退单",
        "编号 单位 发现日 - 期限 完成日 -",
    ),
    "three identifiers": Wild(
        "序号 | 省信访件编号 | 市受理编号 | 区县受理编号 | 反映日期 | 姓名 | 来电号码 | 联系电话 | 发生地 | 反映内容 | 内容分类 | "
        "紧急程度 | 处理人 | 上导区县",
        "- 上级编号 编号 本级编号 发现日 * * * - 问题 类别 等级 责任人 -",
        above="热线交办件\n日期：2024年3月5日\n",
    ),
    "buried in one column": Wild("序号 | 工单编号 | 标题 | 内容", "- 编号 事项标题 问题"),
    "link object": Wild(
        "热线单号 | 平台单号 | 诉求类型 | 事发区域 | 诉求内容 | 联系人姓名 | 联系人电话 | 热线来源 | 处置状态 | 受理部门 | 处置结果 | "
        "同步时间 | 办结时间",
        "编号 本级编号 类别 - 问题 * * 来源 状态 单位 答复 - 完成日",
    ),
    "petition": Wild(
        "信访编号 | 信访日期 | 信访人 | 身份证号 | 住址 | 信访方式 | 内容分类 | 信访目的 | 信访人数 | 是否公开 | 是否重复 | "
        "办理期限天数 | 到期时间 | 是否办结 | 登记单位 | 问题属地",
        "编号 发现日 * * * 来源 类别 - - - - - 期限 状态 - -",
    ),
    "clues": Wild(
        "序号 | 信访件编号 | 被反映人 | 工作单位 | 职务 | 导入时间 | 线索编号 | 线索来源 | 反映人 | 办理状态",
        "- 编号 当事人 单位 职务 - 线索号 来源 * 状态",
    ),
    "clue register": Wild(
        "序号 | 线索编号 | 被反映人 | 工作单位 | 职务 | 登记时间 | 线索类型 | 线索来源 | 反映人 | 办理状态",
        "- 编号 当事人 单位 职务 发现日 类别 来源 * 状态",
    ),
}
LEDGERS = {
    "L1": Wild(
        "整治问题 | 具体内容 | 目标要求 | 工作措施 | 进度安排 | 责任部门 | 牵头人 | 责任人 | 评估标准",
        "类别 问题 目标 措施 期限 单位 领导 责任人 标准",
    ),
    "L2": Wild(
        "整改内容 | 问题 | 整改措施 | 整改目标 | 整改责任人 | 责任部门 | 整改期限 | 进度",
        "类别 问题 措施 目标 责任人 单位 期限 状态",
    ),
    "L3": Wild(
        "检查日期 | 被检查单位 | 存在的安全隐患 | 整改措施 | 整改时限 | 备注 | 责任人 | 整改到位时间 | 销号时间",
        "发现日 单位 问题 措施 期限 备注 责任人 完成日 销号日",
    ),
    "L4": Wild(
        "会议名称 | 会议时间 | 议定事项 | 牵头区领导 | 责任单位 | 完成时间 | 有关要求 | 落实情况 | 状态 | 亮度标记 | 销号人 | 销号时间 | 日常管理",
        "来源 发现日 问题 领导 单位 完成日 措施 进展 状态 - 复查人 销号日 -",
    ),
    "L5": Wild(
        "隐患名称 | 受检单位 | 检查单位 | 排查人 | 排查时间 | 下发时间 | 整改时限 | 最近整改时间 | 完成/作废时间 | 状态",
        "问题 单位 - - 发现日 - 期限 - 完成日 状态",
    ),
    "L6": Wild("整改责任单位 | 整改时限 | 整改情况（月）", "单位 期限 状态"),
    "L7": Wild(
        "诉求方 | 来源 | 诉求类别 | 事务类别 | 诉求内容 | 责任领导 | 责任部门 | 责任人 | 解决措施 | 完成时限 | 状态 | 备注时间 | 备注",
        "* 来源 类别 - 问题 领导 单位 责任人 措施 期限 状态 - 备注",
    ),
    "L8": Wild(
        "序号 | 存在的问题 | 整改措施 | 责任单位 | 责任人 | 整改时限 | 整改情况",
        "- 问题 措施 单位 责任人 期限 状态",
        above="督导评估学校幼儿园问题整改情况台账\n延安市  宝塔县(区)  第一小学  学校(幼儿园)   2024年 3月 5日\n",
    ),
    "L9": Wild("审计发现的问题 | 审计整改要求和建议 | 审计整改期限", "问题 措施 期限"),
    "L10": Wild(
        "序号 | 单位名称 | 依法办事 | | | | 规范收费 | | | \n | | 满意 | 比较满意 | 一般 | 不满意 | 满意 | 比较满意 | 一般 | 不满意",
        "- - - - - - - - - -",
        "测评",
        merges=(Merge(1, 0, 2, 0), Merge(1, 1, 2, 1), Merge(1, 2, 1, 5), Merge(1, 6, 1, 9)),
    ),
    "L13": Wild("督查地点 | 脏乱差类型 | 脏乱差程度 | 责任单位 | 责任人", "- 类别 等级 单位 责任人"),
    "L16": Wild(
        "序号 | 问题类别 | 问题表现 | 发现时间 | 问题来源 | 整改措施 | 责任领导 | 责任科室 | 责任人 | 整改时限 | 完成情况 | 完成时间 | 是否销号 | "
        "佐证材料 | 备注",
        "- 类别 问题 发现日 来源 措施 领导 责任股室 责任人 期限 状态 完成日 是否销号 佐证 备注",
        above="2024年问题台账\n填报单位（盖章）：第一中学  填报人：张三  联系电话：13800138000  填报时间：2024年3月\n",
    ),
}
WILD = {**EXPORTS, **LEDGERS}
NO_TABLE = {
    "L5 without what is wrong": (
        "检查单位 | 排查人 | 排查时间 | 下发时间 | 整改时限 | 最近整改时间 | 完成/作废时间 | 状态",
        "S003",
    ),
    "L11": ("序号 | 考核内容 | 满分 | 评分标准 | 考核实绩 | 自评分 | 考核分", "S001"),
    "L12": (
        "县区 | 工单总数 | 数据完整得分 | 内容完整得分 | 扣分项 | 工单抽检得分 | 数据及时得分 | 接口稳定性得分 | 数据质量总分",
        "S001",
    ),
    "L15": ("考核项目 | 考核内容 | 基础分值 | 考核标准 | 件数 | 加分 | 扣分 | 得分", "S001"),
}


def sheet(wild: Wild) -> Grid:
    """Return the header with one row of data below, in which every cell says where it stands."""
    head = wild.above + wild.header
    width = max(line.count("|") for line in head.split("\n")) + 1
    return grid(head + "\n" + "|".join(f"甲{j}" for j in range(width)), merges=wild.merges)


def found_on(wild: Wild) -> Found:
    tables, problems = find_tables(sheet(wild))
    assert len(tables) == 1, problems
    assert not {"S002", "S003", "S004"} & set(codes(problems)), problems
    return tables[0].found


@pytest.mark.parametrize("name", WILD)
def test_a_header_in_the_wild_is_read_as_a_person_would(name: str) -> None:
    wild = WILD[name]
    found = found_on(wild)
    assert found.table == wild.table
    named = ["*" if c.secret else c.field.name if c.field else "-" for c in found.columns]
    assert named == wild.fields.split()


@pytest.mark.parametrize("name", NO_TABLE)
def test_a_header_of_something_else_is_said_to_be_none(name: str) -> None:
    header, code = NO_TABLE[name]
    tables, problems = find_tables(sheet(Wild(header, "")))
    assert not tables
    assert codes(problems) == [code]


def test_no_cell_of_a_complainant_is_kept_from_any_export() -> None:
    for wild in EXPORTS.values():
        secret = {c.index for c in found_on(wild).columns if c.secret}
        ledger, problems = read(sheet(wild), roster=False)
        kept: list[Cell] = [v for rows in ledger.rows.values() for name in rows.columns for v in rows[name].tolist()]
        planted = {f"甲{j}" for j in secret}
        assert not planted.intersection(map(str, kept))
        assert not [text for text in planted for p in problems if f"“{text}”" in p.message]


def test_the_deadline_of_ones_own_level_counts_and_it_is_said() -> None:
    head = "工单编号 | 诉求内容 | 承办单位 | 区交办办结期限 | 市交办办结期限"
    ledger, problems = read(grid(head + "\n1 | 迟到 | 一中 | 2024-03-05 | 2024-03-09"))
    rows = ledger.rows["问题台账"]
    assert [str(rows[name][0])[:10] for name in ("期限", "上级期限")] == ["2024-03-05", "2024-03-09"]
    told = next(p.message for p in problems if p.code == "S020")
    assert told == "按“区交办办结期限”判断是否逾期，“市交办办结期限”另存为上级期限"
    alone, said = read(grid("工单编号 | 诉求内容 | 承办单位 | 市交办办结期限\n1 | 迟到 | 一中 | 2024-03-09"))
    assert str(alone.rows["问题台账"]["期限"][0])[:10] == "2024-03-09"
    assert "S020" not in codes(said)


def test_a_schools_own_ledger_names_its_sections_not_schools() -> None:
    head = WILD["L1"].header
    row = "收费 | 多收资料费 | 退清 | 公示 | 5月底 | 教务处、财务部门 | 张校长 | 王主任 | 家长满意"
    ledger, problems = read(grid(f"填报单位：第一中学\n{head}\n{row}"))
    rows = ledger.rows["问题台账"]
    assert (rows["单位"].tolist(), rows["责任股室"].tolist()) == (["第一中学"], ["教务处、财务部门"])
    assert "U001" not in codes(problems)
    named, told = read(grid(f"填报单位：县教育局\n{head}\n{row.replace('教务处、财务部门', '二中')}"))
    assert named.rows["问题台账"]["单位"].tolist() == ["第二中学"]
    unsaid, missed = read(grid(f"{head}\n{row}"))
    assert unsaid.rows["问题台账"]["单位"].tolist() == [""]
    assert "U001" in codes(missed)
    assert "U001" not in codes(told)


def test_the_lines_above_say_who_and_when() -> None:
    assert found_on(WILD["L16"]).facts == {"unit": "第一中学", "by": "张三", "when": "2024年3月", "year": "2024"}
    assert found_on(WILD["L8"]).facts == {"unit": "第一小学", "year": "2024"}
    assert found_on(WILD["three identifiers"]).facts == {"when": "2024年3月5日", "year": "2024"}
