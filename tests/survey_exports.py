"""Exports of form tools and paper tallies, built in the shape in which clerks get them."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

ROSTER = "单位名称,学段,在职人数,主要负责人\n第一小学,小学,40,甲一\n第二小学,小学,60,乙二\n第三小学,小学,,丙三\n第一中学,初中,90,丁四\n"
QUESTIONS = ("依法办学", "规范收费", "办事公开", "服务质量", "师德师风")
SYSTEM = ("序号", "提交答卷时间", "所用时间", "来源", "来源详情", "来自IP")
START = datetime(2024, 3, 8, 9, 0, 0)


@dataclass(frozen=True)
class Sheet:
    """One answer sheet; `at` in seconds after `START`, `took` in seconds."""

    unit: str
    answers: tuple[str, ...]
    at: int = 0
    took: int = 120
    network: str = "203.0.113.9(湖北-荆州)"
    group: str = ""
    remark: str = ""
    nickname: str = "湖边的风"


def stamp(seconds: int) -> str:
    moment = START + timedelta(seconds=seconds)
    return f"{moment:%Y/}{moment.month}/{moment.day} {moment.hour}:{moment:%M:%S}"


def export(
    sheets: Sequence[Sheet], *, first: int = 1, grouped: bool = False, questions: Sequence[str] = QUESTIONS
) -> str:
    """Return a 问卷星 export by text as csv."""
    asked = [f"{n}、您对{what}是否满意" for n, what in enumerate(questions, start=2)]
    group = ["90、您的身份是"] if grouped else []
    head = [*SYSTEM, "1、您的孩子所在学校", *asked, *group, "99、您的意见和建议"]
    rows = [
        [
            str(number), stamp(s.at), f"{s.took}秒", "微信", s.nickname, s.network, s.unit, *s.answers,
            *([s.group] if grouped else []), s.remark,
        ]
        for number, s in enumerate(sheets, start=first)
    ]  # fmt: skip
    return written([head, *rows])


def written(rows: Sequence[Sequence[str]]) -> str:
    target = io.StringIO()
    csv.writer(target, lineterminator="\n").writerows(rows)
    return target.getvalue()


def plain(unit: str, counts: dict[str, int], *, every: int = 700) -> list[Sheet]:
    """Return answer sheets of one question; times far apart, so that nothing looks made up."""
    words = [word for word, number in counts.items() for _ in range(number)]
    return [Sheet(unit, (word,), at=i * every, network=f"198.51.100.{i % 200}") for i, word in enumerate(words)]


def office(folder: Path, **files: str) -> Path:
    """Write a roster and the named files; `__` in a name stands for a dot."""
    folder.mkdir(exist_ok=True)
    (folder / "名册.csv").write_text(ROSTER, encoding="utf-8")
    for name, text in files.items():
        (folder / name.replace("__", ".")).write_text(text, encoding="utf-8")
    return folder
