"""An online survey of six schools: an honest parents' evening behind one address, and a batch that one hand made up.

The answers are drawn from a seeded generator: the same program writes the same file. Names and numbers are invented.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sheetart import Row, Sheet

OFFICE = "芦溪县教育局"
ASKED = ("依法办学", "规范收费", "校务公开", "服务质量", "师德师风", "食堂伙食", "作业负担")
SCALE = ("非常满意", "满意", "一般", "不满意", "不了解")
HEAD = (
    "序号", "提交答卷时间", "所用时间", "来源", "来源详情", "来自IP", "1、您的孩子所在学校", "2、您的身份",
    *(f"{number}、您对学校{what}是否满意" for number, what in enumerate(ASKED, 3)), "10、您的意见和建议",
)  # fmt: skip
HONEST = "芦溪镇中心小学"
"""Its parents filled in the form together, one evening, over the school's network."""
FAKED = "石桥小学"
"""Twenty-four of its sheets were made by one hand after midnight."""
FAKES = 24
SCHOOLS: tuple[tuple[str, str, int, tuple[int, ...]], ...] = (
    # name, kind, sheets that came in one by one, weights of the five answers
    (HONEST, "小学", 12, (6, 7, 3, 1, 1)),
    (FAKED, "小学", 26, (3, 7, 7, 6, 2)),
    ("双河小学", "小学", 31, (6, 9, 4, 2, 1)),
    ("竹林小学", "小学", 18, (5, 8, 4, 2, 2)),
    ("芦溪第一中学", "初中", 40, (5, 9, 6, 4, 2)),
    ("双河中学", "初中", 29, (4, 8, 6, 4, 2)),
)
REMARKS = (
    "",
    "",
    "",
    "",
    "食堂的菜有点凉",
    "作业可以少一点",
    "放学时校门口太挤",
    "老师认真负责",
    "无",
    "希望多开家长会",
)
OPENED = datetime(2024, 5, 13, 8, 0, 0)
EVENING = datetime(2024, 5, 16, 19, 12, 0)
NIGHT = datetime(2024, 5, 18, 0, 21, 0)


@dataclass(frozen=True, slots=True)
class Filled:
    """One answer sheet: when it was handed in, how many seconds it took, from which address, of which school."""

    at: datetime
    took: int
    address: str
    school: str
    who: str
    ticks: Sequence[str]
    remark: str = ""


def one_by_one(draw: random.Random) -> Iterator[Filled]:
    """Yield the sheets that came in over five days, from home, by day and in the evening."""
    for name, _, sheets, weights in SCHOOLS:
        for _ in range(sheets):
            at = OPENED + timedelta(days=draw.randint(0, 4), seconds=draw.randint(0, 14 * 3600))
            ticks = [draw.choices(SCALE, weights)[0] for _ in ASKED]
            if draw.random() < 0.05:
                ticks[draw.randrange(len(ticks))] = "(空)"
            who = draw.choices(("学生家长", "本校教师"), (8, 1))[0]
            address = f"198.51.100.{draw.randint(2, 250)}"
            yield Filled(at, draw.randint(50, 280), address, name, who, ticks, draw.choice(REMARKS))


def parents_evening(draw: random.Random) -> Iterator[Filled]:
    """Yield the sheets of an evening: 46 parents in eight minutes, one network, most of them content."""
    for _ in range(46):
        content = draw.random() < 0.6
        ticks = ["非常满意"] * len(ASKED) if content else [draw.choices(SCALE, (6, 6, 3, 1, 1))[0] for _ in ASKED]
        at = EVENING + timedelta(seconds=draw.randint(0, 480))
        yield Filled(at, draw.randint(55, 240), "203.0.113.20", HONEST, "学生家长", ticks, draw.choice(REMARKS))


def made_up(draw: random.Random) -> Iterator[Filled]:
    """Yield the batch of one hand: a sheet as soon as the one before is in, ten seconds each, all alike."""
    ticks = ("非常满意", "非常满意", "满意", "非常满意", "非常满意", "满意", "非常满意")
    at = NIGHT
    for _ in range(FAKES):
        took = draw.randint(8, 12)
        at += timedelta(seconds=took + draw.randint(2, 6))
        yield Filled(at, took, "203.0.113.77", FAKED, "学生家长", ticks)


def answers(seed: int = 2024) -> list[list[str]]:
    """Return header and answer sheets in the order in which they came in."""
    draw = random.Random(seed)
    sheets = [*one_by_one(draw), *parents_evening(draw), *made_up(draw)]
    return [list(HEAD), *(_row(n, sheet) for n, sheet in enumerate(sorted(sheets, key=lambda each: each.at), 1))]


def _row(number: int, sheet: Filled) -> list[str]:
    at = sheet.at
    return [
        str(number), f"{at:%Y/}{at.month}/{at.day} {at.hour}:{at:%M:%S}", f"{sheet.took}秒", "微信", "N/A",
        f"{sheet.address}(江西-萍乡)", sheet.school, sheet.who, *sheet.ticks, sheet.remark,
    ]  # fmt: skip


def roster() -> list[Sheet]:
    """Return the list of schools."""
    staff = (62, 31, 44, 26, 95, 58)
    rows: tuple[Row, ...] = tuple(
        (number, name, kind, count)
        for number, ((name, kind, *_), count) in enumerate(zip(SCHOOLS, staff, strict=True), 1)
    )
    return [Sheet("名册", ("芦溪县学校名册",), (("序号", "单位名称", "学段", "在职人数"),), rows, (), (6, 22, 10, 10))]
