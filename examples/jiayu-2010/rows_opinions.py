"""The opinion forms, sent and returned, with what was ticked; and the opinions by channel and area: 2 300.

15 000 forms went out, 12 000 came back; the answers are drawn from a seeded generator.
"""

from __future__ import annotations

import random

from sheetart import LEFT, UP, Formula, Row, Sheet

QUESTIONS = ("依法办学", "规范收费", "师德师风", "服务质量")
ANSWERS = ("满意", "基本满意", "不满意", "不了解")
# fmt: off
FORMS: tuple[tuple[str, int, int, tuple[int, int, int, int]], ...] = (
    # unit, sent, back, how the four answers weigh
    ("县一中", 1800, 1450, (62, 26, 7, 5)), ("沙渚高中", 1500, 1180, (56, 29, 9, 6)), ("实验中学", 1600, 1290, (58, 27, 10, 5)),
    ("城北中学", 1400, 1100, (52, 29, 13, 6)), ("环城中学", 1100, 880, (64, 25, 5, 6)), ("官塘中学", 900, 720, (55, 30, 8, 7)),
    ("江畔中学", 800, 640, (44, 31, 17, 8)), ("实验小学", 1700, 1400, (70, 22, 4, 4)), ("沙洲中心学校", 1300, 1050, (66, 24, 5, 5)),
    ("三小", 1000, 810, (59, 27, 8, 6)), ("渡口小学", 700, 560, (63, 24, 5, 8)), ("铁山小学", 600, 470, (60, 26, 6, 8)),
    ("县幼", 600, 450, (72, 20, 3, 5)),
)
CHANNELS: tuple[tuple[str, int, str], ...] = (
    ("发放征求意见表", 1210, "10月15日至11月10日"), ("征求意见箱", 86, "局机关办公楼"), ("电视公告举报电话", 74, "10月23日起"),
    ("网站领导信箱、公众留言", 193, ""), ("离退休老干部视察", 41, "10月19日"), ("行风监督员座谈会", 37, "10月25日"),
    ("走进社区", 268, "班子成员分头走访"), ("手机短信", 215, ""), ("邀请各界人士话教育", 58, "11月11日"), ("局长接访日", 118, "11月17日"),
)
AREAS = ("办学行为", "教学管理", "德育教育", "教育收费", "教师管理", "师德师风", "学校后勤", "办学条件", "学校安全", "机关管理")
SHARES = (14, 9, 8, 16, 12, 10, 13, 7, 6, 5)
# fmt: on


def survey() -> list[Sheet]:
    """Return the forms by school: sent, returned, and the answers to four questions."""
    draw = random.Random(20101110)
    head: tuple[Row, ...] = (
        (
            "序号",
            "学校名称",
            "发放份数",
            "收回份数",
            *(part for name in QUESTIONS for part in (name, LEFT, LEFT, LEFT)),
        ),
        (UP, UP, UP, UP, *ANSWERS * len(QUESTIONS)),
    )
    rows: list[Row] = []
    for number, (unit, sent, back, weights) in enumerate(FORMS, 1):
        answers: list[int] = []
        for _ in QUESTIONS:
            given = draw.choices(range(len(ANSWERS)), weights, k=back - draw.randint(0, back // 50))
            answers += [given.count(each) for each in range(len(ANSWERS))]
        rows.append((number, unit, sent, back, *answers))
    sums = [sum(int(str(row[at])) for row in rows) for at in range(2, 4 + len(QUESTIONS) * len(ANSWERS))]
    last = 4 + len(rows)
    foot: Row = (
        "合计",
        LEFT,
        *(Formula(f"=SUM({letter(at)}5:{letter(at)}{last})", value) for at, value in enumerate(sums, 2)),
    )
    above = ("征求意见表发放回收和测评情况汇总表", "填报单位：沙渚县教育局行评办          填报时间：2010年11月12日")
    return [Sheet("汇总", above, head, (*rows, foot), ("注：没有作答的不计。",), (6, 18, 10, 10, *[9] * 16))]


def letter(column: int) -> str:
    """Return the letter of a column below 26, counted from 0."""
    return "ABCDEFGHIJKLMNOPQRSTUVWXYZ"[column]


def opinions() -> list[Sheet]:
    """Return the opinions, a row a channel and area; the channel is merged down over its areas."""
    rows: list[Row] = []
    for name, total, remark in CHANNELS:
        counts = shared_out(total)
        for at, (area, count) in enumerate(zip(AREAS, counts, strict=True)):
            first = not at
            rows.append(
                (
                    CHANNELS.index((name, total, remark)) + 1 if first else UP,
                    name if first else UP,
                    area,
                    count,
                    remark if first else UP,
                )
            )
    foot: Row = ("合计", LEFT, LEFT, Formula(f"=SUM(D4:D{3 + len(rows)})", sum(total for _, total, _ in CHANNELS)), "")
    above = ("征求意见汇总表（按渠道、方面）", "填报单位：沙渚县教育局机关          填报时间：2010年11月18日")
    head: tuple[Row, ...] = (("序号", "征求意见渠道", "涉及方面", "意见条数", "备注"),)
    return [Sheet("意见汇总", above, head, (*rows, foot), (), (6, 26, 16, 10, 24), portrait=True)]


def shared_out(total: int) -> list[int]:
    """Share a number of opinions out over the areas, the largest remainders first."""
    whole = sum(SHARES)
    counts = [total * share // whole for share in SHARES]
    rest = sorted(range(len(SHARES)), key=lambda at: (-(total * SHARES[at] % whole), at))
    for at in rest[: total - sum(counts)]:
        counts[at] += 1
    return counts
