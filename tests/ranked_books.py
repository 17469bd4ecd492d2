"""Ranked books made by hand for the tests of the workbook: twelve schools of three kinds, and as many as one likes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, cast

import numpy as np
import pandas as pd

from zyw.origins import Block, Origins
from zyw.periods import Period, Span
from zyw.privacy import Level
from zyw.ranked.book import RankedBook, Rated
from zyw.rowset import RowSet
from zyw.rules.handling import USUAL, Handling
from zyw.rules.process import PLAIN, Process
from zyw.scores import JOURNAL, NOT_COUNTED, UNITS, Note, Scores, Standing

if TYPE_CHECKING:
    from zyw.scheme import Scheme

CLAUSE = "五(三)4办法2"
SPAN = Span(Period(date(2012, 1, 1), date(2012, 12, 31)), None, date(2012, 12, 31))
NOTES = (
    Note("", "方案未定: 文件没有写基础分，这里按 100 分起算"),
    Note(CLAUSE, "方案未定: 一案有几种处理方式的，算一次追责"),
)


@dataclass(frozen=True)
class Rule:
    id: str
    clause: str
    text: str

    def summary(self) -> str:
        return self.text


@dataclass(frozen=True)
class Measure:
    name: str
    clause: str
    track: str = ""
    aliases: tuple[str, ...] = ()
    consequences: tuple[str, ...] = ()


@dataclass(frozen=True)
class Graded:
    grades: tuple[()] = ()


@dataclass(frozen=True)
class Paper:
    """What the workbook asks of a scheme."""

    id: str = "dayuan-2011"
    name: str = "大垸管理区教育系统推进治庸问责工作实施方案"
    issuer: str = "大垸教育分局"
    issued: date | None = date(2011, 12, 24)
    rules: tuple[Rule, ...] = (
        Rule("干部教师追责", CLAUSE, "干部、教师被追责，每案扣 2 分"),
        Rule("主要领导追责", CLAUSE, "主要领导被追责，每案扣 5 分，取消单位当年评先资格"),
        Rule("主要领导两次追责", CLAUSE, "主要领导十二个月内被追责满 2 次，本人一票否决"),
    )
    measures: tuple[Measure, ...] = (
        Measure("通报批评", CLAUSE, "组织处理", ("通报",), ("个人不得评优评先（当年）",)),
        Measure("诫勉谈话", CLAUSE, "组织处理"),
        Measure("调离岗位", CLAUSE),
    )
    items: tuple[()] = ()
    together: tuple[()] = ()
    surveys: tuple[()] = ()
    ranking: Graded = Graded()
    yearly: None = None
    handling: Handling = USUAL
    process: Process = PLAIN


@dataclass(frozen=True)
class Share:
    rate: Fraction | None


@dataclass(frozen=True)
class Entry:
    """One journal row; points in millionths."""

    unit: str
    person: str = ""
    points: int = 0
    day: str = "2012-04-02"
    rule: str = "干部教师追责"
    consequence: str = ""
    start: str | None = None
    end: str | None = None
    origins: tuple[int, ...] = (0,)


@dataclass(frozen=True)
class School:
    name: str
    kind: str = "初中"
    consequences: tuple[str, ...] = ()
    rows_not_used: int = 0
    excluded: str | None = None


def journal_of(entries: Sequence[Entry]) -> pd.DataFrame:
    rows = [
        (e.unit, e.person, e.rule, CLAUSE, e.day, 1_000_000, e.points, e.consequence, e.start, e.end, e.origins)
        for e in entries
    ]
    frame = pd.DataFrame(rows, columns=list(JOURNAL)).astype({"quantity": "int64", "points": "int64"})
    for name in ("date", "start", "end"):
        frame[name] = pd.to_datetime(frame[name]).astype("datetime64[s]")
    return frame


def ranked_book(
    schools: Sequence[School],
    entries: Sequence[Entry] = (),
    not_counted: Sequence[tuple[str, str, str, str, str, tuple[int, ...]]] = (),
    base: int = 100_000_000,
) -> RankedBook:
    """Return a book whose scores and places follow from the entries."""
    journal = journal_of(entries)
    moved = journal.groupby("unit")["points"].sum()
    scores = {school.name: base + int(moved.get(school.name, 0)) for school in schools}
    units = pd.DataFrame(
        [(s.name, s.kind, base, scores[s.name], s.consequences, s.rows_not_used) for s in schools], columns=list(UNITS)
    )
    omitted = pd.DataFrame(list(not_counted), columns=list(NOT_COUNTED))
    fields = {rule.id: ("当事人", "处理时间") for rule in Paper().rules}
    whole = Scores(
        cast("Scheme", Paper()), SPAN, RowSet.of(units), RowSet.of(journal), RowSet.of(omitted), (), NOTES, fields
    )
    return RankedBook(whole, standings_of(schools, scores), origins_of(entries), version="0.1.0")


def standings_of(schools: Sequence[School], scores: Mapping[str, int]) -> tuple[Standing, ...]:
    found = []
    for school in schools:
        mates = [scores[s.name] for s in schools if s.kind == school.kind and s.excluded is None]
        rank = None if school.excluded is not None else 1 + sum(score > scores[school.name] for score in mates)
        tied = rank is not None and mates.count(scores[school.name]) > 1
        found.append(Standing(school.name, school.kind, rank, len(mates), tied, school.excluded))
    return tuple(found)


def origins_of(entries: Sequence[Entry]) -> Origins:
    count = max([16, *(origin + 1 for entry in entries for origin in entry.origins)])
    half = count // 2
    columns = {"单位": "B", "当事人": "D", "处理时间": "G"}
    return Origins(
        (
            Block("追责台账.xlsx", "追责", "追责台账", (3,), 0, range(4, 4 + half), columns),
            Block("分校/一季度问题台账.xlsx", "Sheet1", "问题台账", (2, 3), half, range(4, 4 + count - half), columns),
        )
    )


def twelve_schools() -> RankedBook:
    """Return a plausible year: ties, a head twice, a school not ranked, rows that could not be used."""
    lost = ("取消2012年度评先资格",)
    schools = (
        School("大垸管理区第一初级中学", "初中", lost),
        School("大垸管理区第二初级中学", "初中"),
        School("大垸管理区第三初级中学", "初中", (*lost, "年度工作一票否决（主要领导）")),
        School("大垸管理区柳关初级中学", "初中", (), 2),
        School("大垸管理区中心小学", "小学"),
        School("大垸管理区实验小学", "小学"),
        School("大垸管理区黄歇小学", "小学", lost),
        School("大垸管理区沙洋小学", "小学"),
        School("大垸管理区新沟小学", "小学", (), 0, "没有测评数据，满意率规则无从计算"),
        School("大垸管理区中心幼儿园", "幼儿园"),
        School("大垸管理区红太阳幼儿园", "幼儿园", (), 1),
        School("大垸管理区小博士幼儿园", "幼儿园"),
    )
    book = ranked_book(schools, _twelve_entries(), _twelve_omitted())
    shares = {s.name: Share(Fraction(870 + 7 * i, 1000)) for i, s in enumerate(schools) if s.excluded is None}
    return replace(book, rates=cast("Mapping[str, Rated]", shares), title="大垸管理区2012年度治庸问责考核得分排名表")


def _twelve_entries() -> list[Entry]:
    first, third, yellow = "大垸管理区第一初级中学", "大垸管理区第三初级中学", "大垸管理区黄歇小学"
    head = "主要领导追责"
    return [
        Entry(first, "周建国", -5_000_000, "2012-03-14", head, origins=(0, 1)),
        Entry(first, "", 0, "2012-03-14", head, "取消2012年度评先资格", "2012-01-01", "2012-12-31", (0,)),
        Entry(first, "周建国", 0, "2012-03-14", head, "不得晋职晋级", "2012-03-14", "2013-03-13", (0, 1)),
        Entry(first, "李红", -2_000_000, "2012-05-08", origins=(2,)),
        Entry(third, "欧阳明", -5_000_000, "2012-04-02", head, origins=(3,)),
        Entry(third, "欧阳明", -5_000_000, "2012-11-20", head, origins=(4,)),
        Entry(third, "", 0, "2012-04-02", head, "取消2012年度评先资格", "2012-01-01", "2012-12-31", (3, 4)),
        Entry(third, "欧阳明", 0, "2012-11-20", "主要领导两次追责", "建议责令辞职或免职", "2012-11-20", None, (3, 9)),
        Entry("大垸管理区中心小学", "王芳", -2_000_000, "2012-06-01", origins=(5,)),
        Entry("大垸管理区实验小学", "赵敏", -2_000_000, "2012-09-17", origins=(6,)),
        Entry(yellow, "孙权", -5_000_000, "2012-10-10", head, origins=(7,)),
        Entry(yellow, "", 0, "2012-10-10", head, "取消2012年度评先资格", "2012-01-01", "2012-12-31", (7,)),
        Entry("大垸管理区红太阳幼儿园", "钱多多", -2_000_000, "2012-12-03", origins=(8,)),
    ]


def _twelve_omitted() -> list[tuple[str, str, str, str, str, tuple[int, ...]]]:
    return [
        ("大垸管理区第二初级中学", "吴用", "干部教师追责", CLAUSE, "已撤销 2012-08-01", (10,)),
        ("大垸管理区柳关初级中学", "郑智", "干部教师追责", CLAUSE, "未经核实（来源：群众举报）", (11,)),
        ("大垸管理区柳关初级中学", "冯唐", "干部教师追责", CLAUSE, "处理时间有误，冯唐一行不能使用", (12,)),
    ]


def county(units: int, rows: int, seed: int = 7) -> RankedBook:
    """Return a county of `units` schools and `rows` journal rows, a tenth of them consequences."""
    dice = np.random.default_rng(seed)
    names = [f"第{i}中心学校" for i in range(units)]
    kinds = ("幼儿园", "小学", "初中", "高中", "职校")
    schools = tuple(School(name, kinds[i % 5], rows_not_used=i % 7 == 0) for i, name in enumerate(names))
    book = ranked_book(schools, [Entry(names[0], origins=(rows - 1,))])
    picked = dice.integers(0, units, rows)
    days = pd.Series(np.datetime64("2012-01-01") + dice.integers(0, 366, rows)).astype("datetime64[s]")
    effect = dice.integers(0, 10, rows) == 0
    journal = pd.DataFrame(
        {
            "unit": np.array(names, dtype=object)[picked],
            "person": [f"张{chr(0x4E00 + n)}" for n in (picked * 40 + dice.integers(0, 40, rows)).tolist()],
            "rule": np.where(effect, "主要领导追责", "干部教师追责"),
            "clause": CLAUSE,
            "date": days,
            "quantity": 1_000_000,
            "points": np.where(effect, 0, -dice.integers(1, 50, rows) * 10_000),
            "consequence": np.where(effect, "不得评优评先", ""),
            "start": days.where(effect),
            "end": days.where(effect),
            "origins": [(n,) for n in range(rows)],
        }
    ).astype({"rule": object, "clause": object, "consequence": object, "person": object})
    moved = journal.groupby("unit")["points"].sum()
    table = book.scores.units.assign(score=[100_000_000 + int(moved.get(name, 0)) for name in names])
    scores = replace(book.scores, unit_rows=RowSet.of(table), journal_rows=RowSet.of(journal[list(JOURNAL)]))
    return replace(book, scores=scores, standings=standings_of(schools, dict(zip(names, table["score"], strict=True))))


LEVELS = tuple(Level)
