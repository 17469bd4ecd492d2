"""Meetings, lessons, press and listening: each figure of the report is the sum of rows here."""

from __future__ import annotations

from datetime import date, timedelta

from rows_units import UNITS
from sheetart import UP, Row, Sheet

BUREAU = "局机关"
FILL_IN = "填报单位：沙渚县教育局行评办          填报时间：2010年11月30日"
SCHOOLS = tuple(str(row[1]) for row in UNITS if row[3] != "机关")
# fmt: off
STAFF = (6, 6, 7, 6, 5, 5, 5, 7, 6, 5, 4, 4, 4, 18)
"""Persons drawn for the work in each unit, in the order of the roster: 88."""
MEETING_HEAD: tuple[Row, ...] = (("序号", "单位", "活动类别", "活动名称", "活动时间", "次数", "参加人数", "备注"),)
STUDY: tuple[tuple[str, str, str, str, int, str], ...] = (
    (BUREAU, "专题学习", "观看电视片《新的历史起点》", "2010.9.17", 120, ""),
    (BUREAU, "专题学习", "省教育专家宣讲教育改革", "2010.9.28", 300, ""),
    (BUREAU, "专题学习", "心理健康专家巡回讲座", "2010年10月13日", 420, ""),
    (BUREAU, "主题活动", "师德师风建设月动员会", "2010.10.9", 260, ""),
    (BUREAU, "主题活动", "优秀教师事迹巡回报告", "2010.10.12至10.15", 2000, "巡回四场"),
    (BUREAU, "主题活动", "基层党建创先争优现场会", "2010年10月22日", 180, "县委组织部在城北中学召开"),
    (BUREAU, "主题活动", "校园集体舞展演", "2010.10.29", 900, "各校轮演"),
    (BUREAU, "主题活动", "中小学生合唱比赛", "2010.11.4", 760, ""),
)
PRESS_HEAD: tuple[Row, ...] = (("序号", "单位", "类型", "稿件标题", "刊发时间", "刊发媒体", "采用级别"),)
MEDIA: tuple[tuple[str, int], ...] = (("省教育信息网", 4), ("沙渚日报", 2), ("江城晚报", 3), ("中国沙渚网", 10), ("县电视台", 13))
ADOPTED = {2: "县行评简报", 4: "县行评简报", 5: "市教育局", 6: "县行评简报", 7: "市纠风简报", 9: "省教育厅", 10: "市教育局", 12: "县行评简报"}
LISTENING: tuple[tuple[str, str, str, int, str], ...] = (
    ("发放征求意见表", "征求意见", "2010.10.15", 15000, "份数见汇总表"),
    ("设立征求意见箱", "征求意见", "2010.10.18", 0, "局机关办公楼"),
    ("组织离退休老干部视察", "征求意见", "2010年10月19日", 20, ""),
    ("电视台发布举报公告", "征求意见", "2010.10.23", 0, "连续发布"),
    ("行风监督员座谈会", "征求意见", "2010年10月25日", 8, "人大、政协等机关"),
    ("开放领导信箱和公众留言", "征求意见", "2010.10.26", 0, ""),
    ("向市民发送手机短信", "征求意见", "2010.11.2", 6000, "移动平台"),
    ("邀请各界人士话教育", "征求意见", "2010年11月11日", 15, "两代表一委员、社区、企业、家长"),
    ("局长接访日", "征求意见", "2010年11月17日", 118, "电信广场"),
)
# fmt: on


def meetings() -> list[Sheet]:
    """Return meetings (5, 10, 4 and 32), lessons, events, and who was drawn for the work."""
    return [
        Sheet(
            "会议",
            ("行评工作会议登记表", FILL_IN),
            MEETING_HEAD,
            tuple(_meetings()),
            (),
            (5, 20, 16, 30, 18, 7, 10, 16),
        ),
        Sheet(
            "学习和主题活动",
            ("行评学习和主题活动登记表", FILL_IN),
            MEETING_HEAD,
            tuple(_study()),
            (),
            (5, 20, 12, 30, 18, 7, 10, 24),
        ),
        Sheet(
            "工作人员",
            ("行评工作人员抽调情况", FILL_IN),
            MEETING_HEAD,
            tuple(_staff()),
            (),
            (5, 20, 14, 22, 14, 7, 10, 12),
        ),
    ]


def _meetings() -> list[Row]:
    held = (
        ("领导小组会议", "行评工作领导小组会议", 5, 14),
        ("行评办会议", "行评办工作会议", 10, 7),
        ("全系统会议", "全系统动员会、工作会", 4, 21),
    )
    rows: list[Row] = []
    for kind, name, times, apart in held:
        first = date(2010, 9, 10)
        for at in range(times):
            rows.append(
                (len(rows) + 1, BUREAU, kind, f"第{at + 1}次{name}", first + timedelta(days=apart * at), 1, 12, "")
            )
    for at, school in enumerate(SCHOOLS):
        times = 3 if at < 6 else 2
        rows.append(
            (len(rows) + 1, school, "学校动员会", "行评工作动员会", f"2010.9.{15 + at}", times, 40 + 5 * at, "")
        )
    return rows


def _study() -> list[Row]:
    rows: list[Row] = []
    for at, (unit, kind, name, day, people, remark) in enumerate(STUDY, 1):
        when = "2010.10.12" if "至" in day else day
        rows.append((at, unit if at == 1 else UP if unit == BUREAU else unit, kind, name, when, 1, people, remark))
    return rows


def _staff() -> list[Row]:
    names = [str(row[1]) for row in UNITS]
    return [
        (at + 1, names[at], "抽调人员", "抽调行评工作人员", "2010.9.8", 1, STAFF[at], "") for at in range(len(names))
    ]


def press() -> list[Sheet]:
    """Return articles by medium, bulletins with who took them over, boards, columns and letters."""
    widths = (5, 20, 12, 34, 14, 14, 14)
    articles: list[Row] = []
    for medium, count in MEDIA:
        for at in range(count):
            day = date(2010, 9, 20) + timedelta(days=5 * at)
            articles.append(
                (len(articles) + 1, BUREAU, "新闻稿件", f"行评工作报道之{at + 1}（{medium}）", day, medium, "")
            )
    bulletins: list[Row] = [
        (
            number,
            BUREAU,
            "简报",
            f"行评简报第{number}期",
            date(2010, 9, 15) + timedelta(days=5 * number),
            "",
            ADOPTED.get(number, ""),
        )
        for number in range(1, 14)
    ]
    boards = (4, 3, 3, 3, 2, 2, 2, 3, 2, 2, 1, 1, 1)
    others: list[Row] = [
        (at + 1, school, "宣传栏", "行评宣传栏", "2010.9.30", boards[at], 0, "") for at, school in enumerate(SCHOOLS)
    ]
    others.append((len(others) + 1, BUREAU, "宣传栏", "行评宣传栏", "2010.9.30", 1, 0, ""))
    others.append((len(others) + 1, BUREAU, "网站栏目", "行评专题网站栏目", "2010.9.28", 8, 0, "文件公告等8个栏目"))
    others.append(
        (len(others) + 1, BUREAU, "公开信", "致全县人民、致学生家长的一封信", "2010.10.8", 15000, 0, "份数合并登记")
    )
    return [
        Sheet("新闻稿件", ("行评宣传稿件登记表", FILL_IN), PRESS_HEAD, articles, (), widths),
        Sheet(
            "简报",
            ("行评简报印发和采用登记表", FILL_IN),
            PRESS_HEAD,
            bulletins,
            ("注：采用级别写采用的单位，没有采用的空着。",),
            widths,
        ),
        Sheet(
            "宣传栏和公开信",
            ("宣传栏、栏目、公开信登记表", FILL_IN),
            MEETING_HEAD,
            others,
            (),
            (5, 20, 12, 30, 12, 8, 10, 16),
        ),
    ]


def listening() -> list[Sheet]:
    """Return the ten ways in which opinions were asked for, with how many persons each reached."""
    rows: list[Row] = [
        (at, BUREAU, kind, name, day, 1, people or "", remark)
        for at, (name, kind, day, people, remark) in enumerate(LISTENING, 1)
    ]
    for at, school in enumerate(SCHOOLS[:6], len(rows) + 1):
        rows.append((at, school, "社区走访", "走进社区", f"2010.11.{at}", 1, 20 + at, "班子成员带队" if at % 2 else ""))
    return [Sheet("征求意见", ("征求意见活动登记表", FILL_IN), MEETING_HEAD, rows, (), (5, 18, 12, 26, 16, 7, 10, 28))]
