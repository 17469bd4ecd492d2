"""The invented 沙渚县: units with who is linked to them, papers and rules handed in, who was dealt with for 三乱."""

from __future__ import annotations

from datetime import date

from sheetart import LEFT, UP, Formula, Row, Sheet

OFFICE = "沙渚县教育局"
BUREAU = "沙渚县教育局机关"
SIGNED = "单位负责人：尚思齐          审核人：古月明          填表人：温润玉"

# fmt: off
UNITS: tuple[Row, ...] = (
    (1, "沙渚县第一中学", "0301", "高中", "县一中、一中", 186, "齐鲁生", "尚思齐", "人事股"),
    (2, "沙渚高级中学", "0302", "高中", "沙渚高中", 152, "燕南飞", "古月明", "计财股"),
    (3, "沙渚县实验中学", "0201", "初中", "实验中学", 141, "闻人杰", "古月明", "基教股"),
    (4, "城北中学", "0202", "初中", "", 118, "高见", "尚思齐", "教研室"),
    (5, "环城中学", "0203", "初中", "", 96, "水清浅", "言若水", "招生办"),
    (6, "官塘中学", "0204", "初中", "", 84, "官鸿", "言若水", "安全办"),
    (7, "江畔中学", "0205", "初中", "", 72, "江流", "左丘平", "电教馆"),
    (8, "沙渚县实验小学", "0101", "小学", "实验小学、实小", 128, "万紫", "尚思齐", "基教股"),
    (9, "沙洲镇中心学校", "0102", "小学", "沙洲中心学校", 104, "千帆", "古月明", "教研室"),
    (10, "沙洲第三小学", "0103", "小学", "三小", 76, "燕归来", "言若水", "计财股"),
    (11, "渡口小学", "0104", "小学", "", 51, "陆行舟", "左丘平", "人事股"),
    (12, "铁山小学", "0105", "小学", "", 44, "石坚", "左丘平", "勤管站"),
    (13, "沙渚县幼儿园", "0401", "幼儿园", "县幼", 39, "花解语", "言若水", "幼教办"),
    (14, BUREAU, "0001", "机关", "局机关、教育局、县教育局", 62, "尚思齐", "尚思齐", "办公室"),
)
ROSTER_HEAD: tuple[Row, ...] = (
    ("序号", "单位全称", "代码", "学段", "简称", "在职人数", "主要负责人", "双联双包", LEFT),
    (UP, UP, UP, UP, UP, UP, UP, "联系领导", "包保股室"),
)
RULES: tuple[tuple[str, int], ...] = (
    ("局机关", 12), ("县一中", 11), ("沙渚高中", 9), ("实验中学", 10), ("城北中学", 9), ("环城中学", 8), ("官塘中学", 8),
    ("江畔中学", 7), ("实小", 11), ("沙洲中心学校", 9), ("三小", 8), ("渡口小学", 6), ("铁山小学", 6), ("县幼", 6),
)
PAPER_HEAD: tuple[Row, ...] = (("序号", "单位", "材料名称", "份数", "报送时间", "备注"),)
PUNISHED_HEAD: tuple[Row, ...] = (
    ("序号", "案件编号", "单位", "当事人", LEFT, "问题类别", "事由", "处理方式", "决定时间", "决定机关", "来源", "是否查实"),
    (UP, UP, UP, "姓名", "职务", UP, UP, UP, UP, UP, UP, UP),
)
PUNISHED: tuple[Row, ...] = (
    (1, "乱2010-01", "江畔中学", "江流", "校长", "三乱", "违规组织全年级补课收费", "通报批评", "2010年10月29日", OFFICE, "举报电话", "是"),
    (2, "乱2010-02", "城北中学", "苗正青", "教师", "三乱", "在家办班补课", "记过", "2010.11.5", OFFICE, "举报电话", "是"),
    (UP, UP, UP, UP, UP, UP, UP, "调离岗位", UP, UP, UP, UP),
    (3, "乱2010-03", "沙洲第三小学", "田甜", "班主任", "三乱", "向学生推销教辅资料", "警告", date(2010, 11, 12), OFFICE, "征求意见箱", "是"),
    (4, "乱2010-04", "官塘中学", "古道西", "教师", "三乱", "被反映有偿家教", "通报批评", "2010年11月19日", OFFICE, "网站留言", "否"),
)
# fmt: on


def roster() -> list[Sheet]:
    """Return the roster with the linked leaders and offices."""
    total = sum(int(str(row[5])) for row in UNITS)
    foot: Row = (
        "合计",
        f"{len(UNITS)}个单位",
        LEFT,
        LEFT,
        LEFT,
        Formula(f"=SUM(F5:F{4 + len(UNITS)})", total),
        "",
        "",
        "",
    )
    above = ("沙渚县教育系统单位名册", "填报单位（盖章）：沙渚县教育局          填报时间：2010年9月6日")
    widths = (6, 24, 8, 10, 22, 10, 12, 11, 11)
    return [Sheet("名册", above, ROSTER_HEAD, (*UNITS, foot), (SIGNED,), widths)]


def papers() -> list[Sheet]:
    """Return plans, promises and rules; the rules sum up to 120."""
    days = ("2010.9.20", "2010年9月21日", date(2010, 9, 22), "2010-9-24")
    rows: list[Row] = []
    for place, (unit, rules) in enumerate(RULES):
        day = days[place % len(days)]
        rows.append((3 * place + 1, unit, "行评工作方案", 1, day, ""))
        rows.append((3 * place + 2, unit, "公开承诺书", 1, "2010年10月8日", "电视台、校门口公布" if not place else ""))
        rows.append((3 * place + 3, unit, "规章制度", rules, "2010.11.26", "新订和修订"))
    plans: list[Row] = [
        (3 * len(RULES) + at, unit, "整改方案", 1, "2010年11月8日", "经局行评办审定")
        for at, (unit, _) in enumerate(RULES, 1)
    ]
    total: Row = (
        "合计",
        LEFT,
        LEFT,
        Formula("=SUM(D4:D59)", sum(count for _, count in RULES) + 3 * len(RULES)),
        "",
        "",
    )
    above = ("行评材料和制度报送登记表", "填报单位：沙渚县教育局行评办          填报时间：2010年11月30日")
    return [
        Sheet("报送登记", above, PAPER_HEAD, (*rows, *plans, total), (SIGNED,), (6, 18, 18, 8, 16, 24), portrait=True)
    ]


def punished() -> list[Sheet]:
    """Return who was dealt with for 三乱; nobody who told of it stands here."""
    above = ("治理教育“三乱”查处情况登记表", "填报单位：沙渚县教育局监察室          填报时间：2010年11月30日")
    widths = (5, 12, 16, 9, 9, 9, 26, 11, 15, 14, 12, 9)
    return [Sheet("三乱查处", above, PUNISHED_HEAD, PUNISHED, (SIGNED,), widths)]
