"""The measures taken against people, 2011 and 2012, in three workbooks that name their columns differently.

Which worked case of the scheme each row plays (A to J) stands at the right; tests/data/example-2012.yaml does the arithmetic.
"""

from __future__ import annotations

from datetime import date

from sheetart import LEFT, UP, Row, Sheet

OFFICE = "鹭垸教育分局"
FILL_IN = "填报单位（盖章）：鹭垸教育分局治庸问责办          单位：件          填报时间：{}"
SIGNED = "单位负责人：戴鹤年          审核人：童继贤          填表人：梅一清"

# fmt: off
HEAD: tuple[Row, ...] = (
    ("序号", "追责编号", "单位", "被追责人", LEFT, "事由", "追责方式", "决定时间", "决定机关", "来源", "是否查实",
     "撤销日期", "备注"),
    (UP, UP, UP, "姓名", "职务", UP, UP, UP, UP, UP, UP, UP, UP),
)
WIDTHS = (5, 13, 19, 9, 13, 34, 10, 14, 14, 11, 7, 12, 20)

FIRST_HALF: tuple[Row, ...] = (
    # I: 2011-11-10 and 2012-03-05, the same head
    (1, "问2012-001", "区幼", "纪晓棠", "园长", "接送幼儿车辆管理松懈，整改拖延", "通报批评", date(2012, 3, 5), OFFICE,
     "督查暗访", "是", "", ""),
    # C, first of two
    (2, "问2012-002", "柳港中学", "魏长河", "校长", "违规编设快慢班，被县局通报", "通报批评", "2012.4.2", OFFICE,
     "上级通报", "", "", "据县局通报直接认定"),
    # E: revoked on 2012-08-01
    (3, "问2012-003", "柳港小学", "孟雨声", "教师", "被反映上课接打手机", "通报批评", "2012年5月1日", OFFICE, "群众举报",
     "是", "2012年8月1日", "经复查反映不实，予以撤销"),
    # B, F, J: one case, two measures
    (4, "问2012-004", "鹭垸中学", "王春林", "校长", "滥编滥印教辅资料，主要领导负领导责任", "通报批评", "2012.5.10",
     OFFICE, "督查暗访", "是", "", ""),
    (UP, UP, UP, UP, UP, UP, "诫勉谈话", UP, UP, UP, UP, "", ""),
    # A, first teacher
    (5, "问2012-005", " 新洲小学", "苏　望", "教师", "工作时间上网炒股", "书面告诫", "20120518", OFFICE, "督查暗访", "是",
     "", ""),
    # G, first of two
    (6, "问2012-006", "新洲中学", "樊启明", "副校长", "对学生伤害事故不及时报告", "诫勉谈话", date(2012, 5, 25), OFFICE,
     "群众举报", "是", "", ""),
    # a measure that the scheme does not know
    (7, "问2012-007", "北闸中学", "程立夏", "教师", "开会睡觉", "口头提醒", "2012-5-22", "北闸中学", "督查暗访", "是", "",
     ""),
    (8, "问2012-008", "分局机关", "项文渊", "计财股股长", "对学校报账推诿拖延", "通报批评", "２０１２．６．４", OFFICE,
     "上级通报", "是", "", ""),
    (9, "问2012-009", "北闸中学", "洪树人", "教务处主任", "教学检查弄虚作假", "通报批评", "2012年6月15日", OFFICE,
     "督查暗访", "是", "", ""),
    # no such day
    (10, "问2012-010", "三湖学校", "章小满", "教师", "无故缺席会议", "通报批评", "2012年6月31日", OFFICE, "督查暗访",
     "是", "", ""),
)

SECOND_HALF: tuple[Row, ...] = (
    # H: moved to another post
    (1, "问2012-011", "中心小学", "汪季同", "教师", "变相体罚学生，造成不良影响", "调离岗位", "2012年7月6日", OFFICE,
     "群众举报", "是", "", ""),
    # A, second teacher; the school's former name
    (2, "问2012-012", "新洲村小学", "邱月圆", "教师", "私招寄宿生", "通报批评", "2012/9/7", OFFICE, "群众举报", "是", "",
     ""),
    # J: the other 王春林
    (3, "问2012-013", "新洲幼儿园", "王春林", "园长", "超标准收费", "诫勉谈话", "2012年9月18日", OFFICE, "群众举报", "是",
     "", ""),
    # not verified
    (4, "问2012-014", "三湖学校", "温如海", "教师", "被反映从事有偿家教", "通报批评", date(2012, 10, 12), OFFICE,
     "群众举报", "否", "", "反映问题查无实据"),
    # blank, and the source does not stand by itself
    (5, "问2012-015", "小太阳幼儿园", "岳小荷", "保教主任", "被反映索要礼品", "诫勉谈话", date(2012, 10, 22), OFFICE,
     "群众举报", "", "", "正在核实"),
    # G, second of two
    (6, "问2012-016", "新洲中学", "樊启明", "副校长", "分管工作未按期完成", "通报批评", "2012.10.30", OFFICE, "督查暗访",
     "是", "", ""),
    # C, second of two
    (7, "问2012-017", "柳港初级中学", "魏长河", "校长", "信访件逾期不办", "诫勉谈话", date(2012, 11, 20), OFFICE,
     "督查暗访", "是", "", ""),
    # D, the one that falls in 2012
    (8, "问2012-018", "红旗小学", "郭子安", "校长", "年度总结逾期未报，被县局点名", "通报批评", "2012.12.25", OFFICE,
     "上级通报", "是", "", ""),
)

OLD_HEAD: tuple[Row, ...] = (("序号", "文号", "单位名称", "当事人", "岗位", "事由", "处分种类", "决定日期", "备注"),)
OLD: tuple[Row, ...] = (
    # I, before the year
    (1, "鹭教〔2011〕31号", "中心幼儿园", "纪晓棠", "园长", "食堂管理混乱", "诫勉谈话", "二〇一一年十一月十日", ""),
    # D, more than twelve months before the second
    (2, "鹭教〔2011〕36号", "鹭垸二小", "郭子安", "校长", "动员会议未按期召开", "通报批评", "2011年12月20日", ""),
    (3, "鹭教〔2011〕38号", "北闸中学", "程立夏", "教师", "无故旷课", "书面告诫", "2011.12.28", ""),
)

OWN_HEAD: tuple[Row, ...] = (
    ("案件编号", "单位名称", "受处理人", "身份", "事由", "追责方式", "处理日期", "决定机关", "核实情况"),
)
OWN: tuple[Row, ...] = (
    # the school reports the measure that the office has registered already
    ("问2012-004", "鹭垸中学", "王春林", "校长", "教辅资料问题", "通报批评", date(2012, 5, 10), OFFICE, "属实"),
)
# fmt: on


def total(count: str) -> Row:
    """Return the 合计 row of a half year."""
    return ("合计", LEFT, LEFT, count, LEFT, LEFT, LEFT, LEFT, LEFT, LEFT, LEFT, LEFT, LEFT)


def year_2012() -> list[Sheet]:
    """Return the office's register of 2012, a sheet a half year."""
    title = "鹭垸管理区教育系统责任追究登记台账（2012年{}）"
    return [
        Sheet(
            "上半年",
            (title.format("上半年"), FILL_IN.format("2012年7月2日")),
            HEAD,
            (*FIRST_HALF, total("10件11次")),
            (SIGNED,),
            WIDTHS,
        ),
        Sheet(
            "下半年",
            (title.format("下半年"), FILL_IN.format("2012年12月31日")),
            HEAD,
            (*SECOND_HALF, total("8件8次")),
            (SIGNED, "备注：群众举报的，须经核查认定后方可追责。"),
            WIDTHS,
            date_format='yyyy"年"m"月"d"日"',
        ),
    ]


def year_2011() -> list[Sheet]:
    """Return the register of 2011: other headings, no column for verification or case number."""
    return [
        Sheet(
            "2011",
            ("2011年问责情况登记表", "鹭垸教育分局纪检科"),
            OLD_HEAD,
            OLD,
            (),
            (6, 18, 18, 10, 10, 26, 12, 24, 14),
        ),
    ]


def own_return() -> list[Sheet]:
    """Return one school's own file, which repeats a case of the register."""
    above = (
        "鹭垸中学追责情况备案表",
        "填报单位：鹭垸中学（公章）",
        "填报人：裘安                填报时间：2012年5月14日",
    )
    return [Sheet("Sheet1", above, OWN_HEAD, OWN, ("校长签字：",), (14, 14, 10, 9, 22, 12, 13, 15, 10))]
