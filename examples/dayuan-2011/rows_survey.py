"""Satisfaction surveys: an online export, one row an answer sheet, and a tally on paper from a meeting.

The answers are drawn from a seeded generator: the same program writes the same file.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import datetime, timedelta

from sheetart import LEFT, UP, Row, Sheet

ASKED = ("依法办学", "规范收费", "校（园）务公开", "服务质量", "师德师风")
SCALE = ("非常满意", "满意", "一般", "不满意", "非常不满意", "不了解")
# fmt: off
HEAD = (
    "序号",
    "提交答卷时间",
    "所用时间",
    "来源",
    "来源详情",
    "来自IP",
    "1、您的孩子所在学校（园）是",
    *(f"{number}、您对学校（园）{what}是否满意？" for number, what in enumerate(ASKED, 2)),
    "7、您认为最需要改进的是（可多选）",
    "8、您的意见和建议",
)
SCHOOLS: tuple[tuple[str, int, tuple[int, ...]], ...] = (
    # name as the form offers it, answer sheets, weights of the six answers
    ("鹭垸管理区中心小学", 34, (14, 12, 4, 1, 0, 3)),
    ("鹭垸管理区第二小学", 26, (8, 10, 5, 2, 1, 2)),
    ("新洲小学", 14, (5, 6, 3, 1, 0, 1)),
    ("柳港小学", 17, (6, 7, 3, 1, 0, 2)),
    ("鹭垸中学", 36, (6, 12, 8, 6, 3, 2)),
    ("新洲中学", 21, (5, 8, 5, 3, 1, 1)),
    ("柳港初级中学", 24, (4, 8, 7, 4, 2, 1)),
    ("北闸中学", 9, (4, 4, 2, 1, 0, 1)),
    ("三湖学校", 19, (6, 7, 4, 2, 1, 1)),
)
WISHES = ("收费公开", "作业负担", "食堂伙食", "接送安全", "其他〖{}〗")
REMARKS = (
    "",
    "",
    "",
    "",
    "(空)",
    "希望学校多和家长联系",
    "食堂菜有点凉",
    "校门口放学时太挤",
    "老师很负责，谢谢",
    "请少订资料",
    "我家住得远，能不能安排校车，电话13900000066",
    "身份证420000190001010023，请给我回电话",
    "没有",
)
NICKNAMES = ("湖边的风", "芦花荡里", "小渔船")
# fmt: on


def answers(seed: int = 2012) -> list[list[str]]:
    """Return header and answer sheets in the order in which they came in."""
    draw = random.Random(seed)
    schools = [school for school in SCHOOLS for _ in range(school[1])]
    draw.shuffle(schools)
    moment = datetime(2012, 5, 14, 18, 2, 11)
    rows = [list(HEAD)]
    for number, (name, _, weights) in enumerate(schools, 1):
        moment += timedelta(seconds=draw.randint(40, 3900))
        rows.append(answer_sheet(draw, number, moment, name, weights))
    return rows


def answer_sheet(draw: random.Random, number: int, moment: datetime, name: str, weights: Sequence[int]) -> list[str]:
    """Return one row; every fifteenth is ticked straight down in a few seconds."""
    hasty = number % 15 == 0
    ticks = [draw.choices(SCALE, weights)[0] for _ in ASKED]
    if hasty:
        ticks = ["非常满意"] * len(ASKED)
    elif number % 11 == 0:
        ticks[draw.randrange(len(ticks))] = "(空)"
    seconds = draw.randint(6, 12) if hasty else draw.randint(45, 260)
    source = draw.choice(("微信", "微信", "手机提交", "链接"))
    detail = draw.choice(NICKNAMES) if source == "微信" else ""
    return [
        str(number),
        f"{moment:%Y/}{moment.month}/{moment.day} {moment.hour}:{moment:%M:%S}",
        f"{seconds}秒",
        source,
        detail,
        f"203.0.113.{draw.randint(2, 250)}(湖北-荆州)",
        name,
        *ticks,
        wishes(draw),
        draw.choice(REMARKS),
    ]


def wishes(draw: random.Random) -> str:
    """Return the answer to the question with several ticks, joined as the web form joins them."""
    ticked = sorted(draw.sample(range(len(WISHES)), draw.randint(0, 3)))
    if not ticked:
        return "(跳过)"
    return "┋".join(WISHES[index].format(draw.choice(("操场太小", "厕所"))) for index in ticked)


MARKS = ("满意", "比较满意", "一般", "不满意")
TALLIES: tuple[Row, ...] = (
    (1, "区幼", 21, 8, 3, 1, 18, 9, 4, 2, 20, 8, 4, 1, 17, 10, 4, 2, 23, 8, 2, 0),
    (2, "新洲幼儿园", 9, 4, 2, 0, 7, 4, 3, 1, 8, 5, 2, 0, 9, 4, 2, 0, 10, 4, 1, 0),
    (3, "小太阳幼儿园", 12, 5, 1, 0, 11, 5, 2, 0, 12, 4, 2, 0, 13, 4, 1, 0, 13, 5, 0, 0),
)


def tally() -> list[Sheet]:
    """Return the paper tally of the kindergartens: question over answer, two header rows."""
    top: list[object] = ["序号", "单位名称"]
    under: list[object] = [UP, UP]
    for what in ("依法办事", "规范收费", "办事公开", "服务质量", "清正廉洁"):
        top += [what, LEFT, LEFT, LEFT]
        under += MARKS
    head: tuple[Row, ...] = (tuple(top), tuple(under))  # type: ignore[arg-type]
    foot: Row = ("意见建议问题", LEFT, "1.接送车辆太少；2.伙食费公示不及时。", *[LEFT] * 19)
    above = ("2012年上半年幼儿园行风测评汇总表", "测评时间：2012年5月17日          发出表格66份，收回66份")
    return [
        Sheet(
            "测评汇总", above, head, (*TALLIES, foot), ("监票人：阮达生          计票人：梅一清",), (5, 15, *[6.5] * 20)
        )
    ]
