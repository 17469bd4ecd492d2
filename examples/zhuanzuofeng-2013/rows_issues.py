"""What inspections found, the 26 matters of petition with who handles them, and who was criticised."""

from __future__ import annotations

from datetime import date

from rows_units import FILL_IN, OFFICE, SIGNED
from sheetart import LEFT, UP, Row, Sheet

# fmt: off
HEAD: tuple[Row, ...] = (
    ("序号", "台账编号", "单位", "问题类别", "存在问题", "问题来源", "发现日期", "责任", LEFT, LEFT, "整改措施", "整改时限", "完成情况", "完成时间"),
    (UP, UP, UP, UP, UP, UP, UP, "牵头领导", "责任股室", "责任人", UP, UP, UP, UP),
)
FOUND: tuple[Row, ...] = (
    (1, "督-01", "黄岭中学", "人员不到位", "上班时间校领导无人带班", "随机督查", "2013.4.9", "上官云", "纪检监察室", "柏舟", "排定带班表，每日签到", "2013.4.20", "已整改", "2013.4.18"),
    (2, "督-02", "松坪中心小学", "工作不认真", "食堂综合楼前期手续拖延", "全面督查", "2013.4.16", "司空朗", "基建股", "石涛", "倒排工期，逐日报进度", "2013.5.15", "正在整改", ""),
    (3, "督-03", "职专", "作风不扎实", "招生宣传册内容不实", "随机督查", date(2013, 5, 7), "司空朗", "招生办", "苗禾", "收回重印", "2013年5月20日", "已整改", "2013.5.17"),
    (4, "督-04", "局机关", "作风不扎实", "计财股办理报账推诿", "随机督查", "2013.5.14", "欧阳靖", "纪检监察室、计财股", "夏侯敏", "首问负责，限时办结", "2013.5.31", "已整改", "2013.5.24"),
    (5, "查-01", "松坪中心小学", "工作不认真", "三至五月作业批改积压未改", "教学常规月查", "2013.3.22", "夏侯敏", "教研中心", "石涛", "每周抽查，周五清零", "2013.4.15", "正在整改", ""),
    (6, "查-02", "黄岭中学", "工作不认真", "教案抄旧本", "教学常规月查", "2013.3.25", "夏侯敏", "教研中心", "柏舟", "手写教案，集体备课", "2013.4.15", "已整改", "2013.4.12"),
    (7, "查-03", "上圩中心小学", "工作不认真", "上课接打手机", "教学常规月查", "2013.4.21", "夏侯敏", "基教股", "端木青", "手机入袋，巡课登记", "2013.5.10", "已整改", "2013.5.6"),
    (8, "查-04", "黄岭中学", "工作不认真", "无教案上课两节", "教学常规月查", "2013.4.25", "夏侯敏", "基教股", "柏舟", "约谈本人，补写教案", "2013.5.12", "正在整改", ""),
)
MATTER_HEAD: tuple[Row, ...] = (("序号", "事项编号", "信访事项", "信访人", "事项类别", "问题来源", "受理日期", "承办单位", "承办股室", "包案领导", "办理时限", "办理情况", "办结时间"),)
PETITIONER = "冉陈情"
"""Stands in the workbook as a real one would, and nowhere in what is made from it."""
KINDS = ("原民办教师待遇", "代课教师补助", "精简离职人员补助", "学校征地边界", "教师职称申报", "寄宿收费")
PLACES = ("局机关", "黄岭中学", "松坪中心小学", "上圩中心小学", "冷水塘学校", "局机关", "允峰中心小学")
LEADERS = ("上官云", "欧阳靖", "司空朗", "夏侯敏")
SOURCES = ("省交办", "市交办", "县交办", "县交办")
CRITICISED_HEAD: tuple[Row, ...] = (("序号", "案件编号", "单位", "姓名", "职务", "事由", "处理方式", "处理时间", "决定机关", "来源"),)
CRITICISED: tuple[Row, ...] = (
    (1, "批2013-01", "黄岭中学", "柏舟", "校长", "带班制度不落实，领导不在岗", "通报批评", "2013年4月26日", OFFICE, "随机督查"),
    (2, "批2013-02", "职专", "钟离", "招生办主任", "宣传内容不实", "诫勉谈话", "2013.5.20", OFFICE, "随机督查"),
    (3, "批2013-03", "松坪中心小学", "石涛", "校长", "工程手续拖延，作业问题三次未改", "通报批评", date(2013, 5, 28), OFFICE, "跟踪督查"),
    (4, "批2013-04", "局机关", "乌有先", "计财股股长", "报账推诿", "通报批评", "2013.5.24", OFFICE, "随机督查"),
)
# fmt: on


def found() -> list[Sheet]:
    """Return what was found."""
    above = ("督查和教学常规月查问题台账", FILL_IN)
    return [Sheet("问题台账", above, HEAD, FOUND, (SIGNED,), (5, 9, 14, 11, 26, 12, 12, 10, 18, 9, 22, 13, 10, 12))]


def matters() -> list[Sheet]:
    """Return the 26 matters: what each is about, who petitions, as the office wrote it, and who handles it."""
    rows: list[Row] = []
    for number in range(1, 27):
        done = number <= 15
        rows.append(
            (
                number, f"信-{number:02}", KINDS[number % len(KINDS)], PETITIONER if number % 3 == 0 else "", "信访事项", SOURCES[number % len(SOURCES)],
                f"2013.{1 + number % 3}.{5 + number % 20}", PLACES[number % len(PLACES)], "信访办", LEADERS[number % len(LEADERS)],
                f"2013.{'5' if done else '9'}.{10 + number % 15}", "已办结" if done else "正在办理", f"2013.5.{1 + number % 9}" if done else "",
            )
        )  # fmt: skip
    above = ("重点信访事项化解台账", "填报单位：永宁县教育局信访办          填报时间：2013年5月31日")
    return [Sheet("信访事项", above, MATTER_HEAD, rows, (), (5, 10, 20, 10, 11, 11, 12, 16, 10, 10, 12, 11, 12))]


def criticised() -> list[Sheet]:
    """Return who was criticised after an inspection."""
    above = ("督查通报批评登记表", FILL_IN)
    return [Sheet("通报批评", above, CRITICISED_HEAD, CRITICISED, (SIGNED,), (5, 12, 14, 9, 12, 28, 11, 15, 14, 11))]
