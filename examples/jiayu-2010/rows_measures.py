"""The bureau's rectification ledger: 10 areas, 12 problems, 50 measures; 8 problems are done, 4 under way.

A problem stands in a merged block, one row a measure. Problem 5 was closed without an answer to those who complained, so it
is wrongly closed; problem 9 is past its deadline.
"""

from __future__ import annotations

from dataclasses import dataclass

from sheetart import LEFT, UP, Row, Sheet


@dataclass(frozen=True, slots=True)
class Problem:
    """One problem with its measures; `closed` is the day it was struck off, `answer` what the complainants were told."""

    area: str
    text: str
    goal: str
    owner: str
    office: str
    due: str
    source: str
    measures: tuple[str, ...]
    done: str = ""
    closed: str = ""
    answer: str = ""
    proof: str = ""
    note: str = ""


FORMS, PHONE, OWN = "征求意见表", "举报电话", "对照检查"
# fmt: off
PROBLEMS: tuple[Problem, ...] = (
    Problem("办学行为", "部分学校随意增减课时，作业偏多", "开齐课程，作业总量达标", "古月明", "基教股", "2010.11.20", FORMS,
            ("公布各年级课表", "每周抽查两校课表", "限定书面作业时间", "取消周末统一补课", "家长可查作业记录"),
            "2010.11.18", "2010.11.25", "在网站公布并电话回访", "抽查记录"),
    Problem("办学行为", "招生和编班不够公开", "招生编班全程公开", "古月明", "招生办", "2010年11月20日", FORMS,
            ("公布招生范围", "电脑随机编班", "邀请监督员到场", "编班结果张榜"), "2010年11月15日", "2010年11月24日", "张榜公布", "编班名册"),
    Problem("教学管理", "教学常规检查流于形式", "检查有记录、有反馈", "左丘平", "教研室", "2010.12.31", OWN,
            ("每月集中视导一次", "推门听课不打招呼", "检查结果当月反馈", "备课作业两查")),
    Problem("德育教育", "家校沟通少，家访不经常", "每生每学年家访一次", "言若水", "基教股", "2010.11.30", FORMS,
            ("发放家访记载簿", "设学校开放周", "办家长学校", "公布班主任电话"), "2010.11.26", "2010.11.29", "家长会通报", "家访记载簿"),
    Problem("教育收费", "代收费项目不公示", "收费一律公示", "尚思齐", "计财股", "2010.11.10", PHONE,
            ("清理代收费项目", "收费标准上墙", "公布举报电话", "清退不合规收费", "每学期专项检查"),
            "2010.11.8", "2010.11.16", "", "公示照片", "还没有答复反映的家长"),
    Problem("教师管理", "在职教师私自补课", "无在职教师有偿补课", "尚思齐", "监察室", "2010年12月31日", PHONE,
            ("教师签订承诺书", "建立校长问责制", "暗访校外办班点", "查实的从重处分", "查实的调离岗位")),
    Problem("师德师风", "个别教师体罚学生、收受礼金", "零容忍，有报必查", "古月明", "人事股", "2010.11.20", "网站留言",
            ("开展师德建设月", "优秀教师巡回报告", "师德一票否决评优", "设师德信箱", "重申十条禁令"),
            "2010.11.19", "2010.11.26", "逐件书面答复", "处理决定"),
    Problem("学校后勤", "食堂价格偏高，冬季喝开水难", "饭菜明码标价，开水到班", "左丘平", "勤管站", "2010.11.25", FORMS,
            ("食堂按月公布账目", "饭菜明码标价", "添置开水器", "家长代表陪餐"), "2010.11.22", "2010.11.26", "家长代表会答复", "采购单"),
    Problem("办学条件", "城区大班额突出", "起始年级班额下降", "尚思齐", "计财股", "2010.11.20", FORMS,
            ("起始年级限额", "城北中学扩建立项", "分流部分学区")),
    Problem("学校安全", "校门口车辆拥堵，门卫登记不严", "上下学秩序良好", "言若水", "安全办", "2010.11.20", "走进社区",
            ("商请交警值守", "错时放学", "门卫实名登记", "护校队值班"), "2010.11.17", "2010.11.23", "社区通报", "值班记录"),
    Problem("机关管理", "办事环节多，答复慢", "一次告知，限时办结", "尚思齐", "办公室", "2010.11.15", FORMS,
            ("公布办事指南", "首问负责到底", "申报材料一次告知", "五个工作日办结"), "2010.11.12", "2010.11.19", "大厅公示", "办事指南"),
    Problem("机关管理", "上班纪律和会风不严", "无迟到早退，会议减少", "尚思齐", "监察室", "2010.12.20", OWN,
            ("指纹考勤", "会议审批", "每月通报考勤")),
)
# fmt: on
HEAD: tuple[Row, ...] = (
    (
        "序号",
        "问题编号",
        "整改内容",
        LEFT,
        "整改目标",
        "整改措施",
        "责任",
        LEFT,
        LEFT,
        "整改期限",
        "问题来源",
        "是否核实",
        "发现日期",
        "进度",
        LEFT,
        LEFT,
        LEFT,
        "答复情况",
        "佐证材料",
        "复查人",
        "备注",
    ),
    (
        UP,
        UP,
        "方面",
        "存在问题",
        UP,
        UP,
        "整改责任人",
        "责任部门",
        "责任单位",
        UP,
        UP,
        UP,
        UP,
        "整改情况",
        "完成时间",
        "是否销号",
        "销号时间",
        UP,
        UP,
        UP,
        UP,
    ),
)  # fmt: skip
DONE, WORKING = "整改基本到位", "正在整改"


def rows() -> list[Row]:
    """Return a row a measure; everything but the measure is merged down over the problem."""
    found: list[Row] = []
    for number, each in enumerate(PROBLEMS, 1):
        for at, measure in enumerate(each.measures):
            if at:
                found.append((UP, UP, UP, UP, UP, measure, *[UP] * 15))
                continue
            state = DONE if each.done else WORKING
            found.append(
                (
                    number, f"行评-{number:02}", each.area, each.text, each.goal, measure, each.owner, each.office, "局机关", each.due,
                    each.source, "" if each.source == OWN else "是", "2010.11.1", state, each.done, "是" if each.closed else "否",
                    each.closed, each.answer, each.proof, "温润玉" if each.closed else "", each.note,
                )
            )  # fmt: skip
    return found


def ledger() -> list[Sheet]:
    """Return the bureau's ledger."""
    above = (
        "沙渚县教育局民主评议政风行风整改台账",
        "填报单位（盖章）：沙渚县教育局行评办     填报人：温润玉     联系电话：0715-5550166     填报时间：2010年11月30日",
    )
    count = sum(len(each.measures) for each in PROBLEMS)
    foot: Row = (
        "合计",
        LEFT,
        f"{len({each.area for each in PROBLEMS})}个方面",
        f"{len(PROBLEMS)}个问题",
        "",
        f"{count}条措施",
        *[""] * 15,
    )
    widths = (5, 10, 12, 24, 20, 20, 9, 10, 10, 14, 11, 8, 11, 13, 13, 8, 13, 20, 12, 8, 18)
    below = (
        "注：完成和销号按问题记；一个问题的各条措施都落实了才算到位。",
        "主要负责人：尚思齐          审核人：古月明",
    )
    return [Sheet("整改台账", above, HEAD, (*rows(), foot), below, widths)]
