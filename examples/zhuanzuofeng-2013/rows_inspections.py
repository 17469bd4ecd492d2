"""The monthly inspection of teaching routine, a sheet a month: school × item with full marks, what was found, was it mended.

What was open last month is looked at again: 松坪中心小学's homework stays open from March to May.
"""

from __future__ import annotations

import random

from rows_units import UNITS
from sheetart import Row, Sheet

# fmt: off
ITEMS: tuple[tuple[str, int], ...] = (("备课", 25), ("课堂教学", 30), ("作业批改", 25), ("教研活动", 20))
HEAD: tuple[Row, ...] = (
    ("序号", "学校", "检查日期", "检查方式", "检查项目", "满分", "得分", "存在问题", "整改期限", "整改情况", "整改时间", "检查人"),
)
LEVEL = {"一小": 93, "允峰中心小学": 88, "潇湘中心小学": 90, "上圩中心小学": 86, "松坪中心小学": 78, "冷水塘学校": 84,
         "潇湘中学": 91, "黄岭中学": 80, "二中": 89, "职专": 85, "一中": 92}
FOUND: dict[tuple[int, str, str], tuple[str, str, str, str]] = {
    # month, school, item: what was found, by when, mended?, when
    (3, "松坪中心小学", "作业批改"): ("作业批改不及时，缺评语", "2013.4.15", "未整改", ""),
    (3, "黄岭中学", "备课"): ("教案抄旧本，缺反思", "2013.4.15", "已整改", "2013.4.12"),
    (3, "冷水塘学校", "教研活动"): ("教研组活动缺记录", "2013.4.20", "已整改", "2013.4.19"),
    (4, "松坪中心小学", "作业批改"): ("三月的问题没有改，仍有两班积压", "2013.5.10", "未整改", ""),
    (4, "上圩中心小学", "课堂教学"): ("上课接打手机一人", "2013.5.10", "已整改", "2013.5.6"),
    (4, "黄岭中学", "课堂教学"): ("两节课无教案上课", "2013.5.12", "未整改", ""),
    (5, "松坪中心小学", "作业批改"): ("仍有一个班积压两周", "2013.6.10", "", ""),
    (5, "职专", "教研活动"): ("校本教研只有计划", "2013.6.10", "", ""),
    (5, "黄岭中学", "课堂教学"): ("四月问题已改，提问面窄", "2013.6.15", "", ""),
}
# fmt: on
KIND = {3: "全面督查", 4: "随机督查", 5: "跟踪督查"}


def months() -> list[Sheet]:
    """Return a sheet a month."""
    draw = random.Random(201305)
    names = {str(row[1]): (str(row[4]).split("、")[0] or str(row[1])) for row in UNITS}
    return [_month(month, draw, list(names.values())[:-1]) for month in (3, 4, 5)]


def _month(month: int, draw: random.Random, schools: list[str]) -> Sheet:
    rows: list[Row] = []
    for place, school in enumerate(schools):
        for item, full in ITEMS:
            text, due, state, day = FOUND.get((month, school, item), ("", "", "", ""))
            share = LEVEL[school] + draw.randint(-4, 5) - (12 if text else 0)
            score = min(full, round(full * share / 100 * 2) / 2)
            when = f"2013.{month}.{18 + place}"
            rows.append(
                (len(rows) + 1, school, when, KIND[month], item, full, score, text, due, state, day, "教研中心")
            )
    above = (
        f"2013年{month}月教学常规月查记录表",
        f"填报单位：永宁县教育局基教股          填报时间：2013年{month}月30日",
    )
    widths = (5, 16, 12, 11, 11, 7, 7, 26, 12, 10, 12, 10)
    return Sheet(f"{month}月", above, HEAD, rows, ("分管领导：夏侯敏",), widths)
