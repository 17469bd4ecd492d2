"""A county as large as wanted, the same for the same seed: roster, issue ledger and survey export as offices keep them.

`python -m benchmarks.county --rows 10000 --sheets 100000` writes them below `build/bench`; what is there already is not
written again. The ledger has 16 columns under a title, a 填报单位 line and a two-row merged header; 26 % of its rows
carry a sanction (case, person, title, measure, decision date), of which 7 % were decided late in 2011, 1 % revoked and
3 % are the second measure of a case. The export has the 23 columns of a 问卷星 download by text.
"""

import argparse
import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Final, TypeAlias

from benchmarks.names import School, county

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

Value: TypeAlias = str | int | date | None

CACHE: Final = Path("build/bench")
STAFF: Final = 400
SANCTIONED: Final = 0.26
"""So many of 100 000 rows give a journal of some 64 000: each case moves points and has two effects on the person."""
EARLIER: Final = 0.07
REVOKED: Final = 0.01
SECOND_MEASURE: Final = 0.03
HEADS: Final = 0.03
DONE_ONLY: Final = 0.04
TEXT_DATE: Final = 0.05
SHORT_NAME: Final = 0.05
SENTINEL: Final = datetime(2000, 1, 1)
"""Creation date of every workbook, so that the same seed gives the same bytes."""

MEASURES: Final = {"通报批评": 45, "诫勉谈话": 33, "书面告诫": 14, "停职检查": 3, "调离岗位": 4, "免职": 1}
TITLES: Final = {"教师": 60, "班主任": 20, "教导主任": 8, "总务主任": 5, "副校长": 5, "工会主席": 2}
CATEGORIES: Final = {
    "精神状态不佳": ("工作拖拉，{}未按期完成", "{}打折扣，标准不高"),
    "责任意识不强": ("推诿{}，不敢担当", "对{}行动迟缓，等待拖延"),
    "工作作风不实": ("{}流于形式", "{}浮于表面，掌握实情不够"),
    "履职能力不够": ("{}打不开局面", "{}业绩平淡，群众反映强烈"),
    "遵章守纪不严": ("{}期间上网聊天、玩游戏", "无故缺席{}，未请假"),
}
SUBJECTS: Final = (
    "课内比教学",
    "课外访万家",
    "校园安全检查",
    "接送车辆管理",
    "贫困生资助",
    "集体备课",
    "教师例会",
    "校舍维修",
)
CHANNELS: Final = ("督查暗访", "上级通报", "群众举报", "媒体曝光")
ANSWERS: Final = ("非常满意", "满意", "基本满意", "不满意", "不了解")
MOOD: Final = ((1, 8), (2, 8), (1, 4), (0, 3), (1, 1))
"""Least and greatest weight of each answer: a school draws its own."""
TOPICS: Final = (
    *("办学行为", "收费公示", "师德师风", "教学质量", "校园安全", "食堂卫生", "作业负担", "家校沟通"),
    *("班级管理", "体育活动", "图书借阅", "办事效率", "意见处理", "关爱学困生", "校园环境", "总体评价"),
)

LEDGER_HEAD: Final[tuple[tuple[str, tuple[str, ...]], ...]] = (
    ("序号", ()),
    ("责任单位", ()),
    ("问题类别", ()),
    ("存在问题", ()),
    ("问题来源", ()),
    ("发现时间", ()),
    ("整改情况", ("整改措施", "整改时限", "完成时间", "是否销号")),
    ("问责情况", ("案号", "当事人", "职务", "处理结果", "处理时间", "撤销时间")),
)
ROSTER_HEAD: Final = ("序号", "单位名称", "代码", "学段", "简称", "在职人数", "主要负责人")
SURVEY_HEAD: Final = (
    *("序号", "提交答卷时间", "所用时间", "来源", "来源详情", "来自IP"),
    "1、您孩子就读的学校",
    *(f"{number}、您对学校{topic}是否满意" for number, topic in enumerate(TOPICS, 2)),
)
SANCTIONS_HEAD: Final = ("序号", "案号", "单位", "姓名", "职务", "处理方式", "处理时间", "撤销时间")


@dataclass(frozen=True, slots=True)
class Files:
    """The workbooks of a county; `survey_csv` holds the cells of `survey`."""

    roster: Path
    ledger: Path
    survey: Path
    survey_csv: Path
    sanctions: Path


def build(cache: Path, *, seed: int, rows: int, sheets: int) -> Files:
    """Return the files of a county of `rows` ledger rows and `sheets` answer sheets, writing those that are missing."""
    folder = cache / f"seed-{seed}"
    folder.mkdir(parents=True, exist_ok=True)
    schools = county(Random(seed), STAFF)
    files = Files(
        folder / "名册.xlsx",
        folder / f"问题台账-{rows}.xlsx",
        folder / f"386540716_按文本_群众满意度测评_{sheets}_{sheets}.xlsx",
        folder / f"386540716_按文本_群众满意度测评_{sheets}_{sheets}.csv",
        folder / f"追责台账-{rows}.xlsx",
    )
    if not files.roster.exists():
        _write_book(files.roster, "名册", "全县学校（单位）名册", ROSTER_HEAD, _roster(schools))
    if not (files.ledger.exists() and files.sanctions.exists()):
        table = list(_ledger(Random(seed + rows), schools, rows))
        _write_ledger(files.ledger, table)
        _write_book(files.sanctions, "追责", "责任追究台账", SANCTIONS_HEAD, _sanctions(table))
    if not (files.survey.exists() and files.survey_csv.exists()):
        answers = list(_survey(Random(seed + sheets + 1), schools, sheets))
        _write_book(files.survey, "Sheet1", "", SURVEY_HEAD, answers)
        _write_csv(files.survey_csv, answers)
    return files


def _roster(schools: Sequence[School]) -> Iterator[list[Value]]:
    for number, school in enumerate(schools, 1):
        staff = len(school.staff) + 1
        yield [number, school.name, f"42{number:04d}", school.kind, school.short, staff, school.head]


def _ledger(random: Random, schools: Sequence[School], rows: int) -> Iterator[list[Value]]:
    """Yield `rows` rows; a second measure of a case follows its first."""
    previous: list[Value] | None = None
    for number in range(1, rows + 1):
        sanctioned = previous is not None and previous[10] is not None
        if sanctioned and random.random() < SECOND_MEASURE / SANCTIONED:
            assert previous is not None
            row = [number, *previous[1:13], _pick(random, MEASURES), previous[14], None]
        else:
            row = _row(random, random.choice(schools), number)
        yield row
        previous = row


def _row(random: Random, school: School, number: int) -> list[Value]:
    category = random.choice(list(CATEGORIES))
    subject = random.choice(SUBJECTS)
    text = f"第{random.randint(1, 40)}次督查：{random.choice(CATEGORIES[category]).format(subject)}"
    decided = _decided(random)
    found = decided - timedelta(days=random.randint(5, 60))
    due = found + timedelta(days=30)
    done = found + timedelta(days=random.randint(3, 40)) if random.random() < 0.9 else None
    unit = school.short if random.random() < SHORT_NAME else school.name
    return [
        number, unit, category, text, random.choice(CHANNELS), found,
        f"限期整改{subject}，完善制度", due, done, "是" if done else "否",
        *_sanction(random, school, number, decided),
    ]  # fmt: skip


def _sanction(random: Random, school: School, number: int, decided: date) -> list[Value]:
    """Return case, person, title, measure, decision and revocation, all blank where nobody was sanctioned."""
    draw = random.random()
    if draw >= SANCTIONED + DONE_ONLY:
        return [None] * 6
    if draw >= SANCTIONED:
        return [None, random.choice(school.staff), "教师", "已整改", None, None]
    head = random.random() < HEADS
    person = school.head if head else random.choice(school.staff)
    title = school.head_title if head else _pick(random, TITLES)
    revoked = decided + timedelta(days=random.randint(20, 90)) if random.random() < REVOKED else None
    written: Value = decided
    if random.random() < TEXT_DATE:
        written = random.choice(("{0.year}.{0.month}.{0.day}", "{0.year}年{0.month}月{0.day}日")).format(decided)
    return [f"ZZ{decided:%Y}-{number:06d}", person, title, _pick(random, MEASURES), written, revoked]


def _decided(random: Random) -> date:
    if random.random() < EARLIER:
        return date(2011, 10, 8) + timedelta(days=random.randrange(80))
    return date(2012, 1, 4) + timedelta(days=random.randrange(360))


def _pick(random: Random, weights: dict[str, int]) -> str:
    return random.choices(list(weights), list(weights.values()))[0]


def _sanctions(table: Sequence[list[Value]]) -> Iterator[list[Value]]:
    """Yield a 追责台账 that repeats one case in ten of the issue ledger: it changes no score."""
    cases = [row for row in table if row[10] is not None and isinstance(row[0], int) and row[0] % 10 == 0]
    for number, row in enumerate(cases, 1):
        yield [number, row[10], row[1], row[11], row[12], row[13], row[14], row[15]]


def _survey(random: Random, schools: Sequence[School], sheets: int) -> Iterator[list[Value]]:
    moods = {school: [random.uniform(low, high) for low, high in MOOD] for school in schools}
    start = datetime(2012, 12, 1, 8)
    for number in range(1, sheets + 1):
        school = random.choice(schools)
        when = start + timedelta(seconds=number * 7)
        yield [
            number,
            f"{when.year}/{when.month}/{when.day} {when.hour}:{when:%M:%S}",
            f"{random.randint(40, 400)}秒",
            "手机提交",
            "直接访问",
            f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}(未知)",
            school.short if random.random() < SHORT_NAME else school.name,
            *random.choices(ANSWERS, moods[school], k=len(TOPICS)),
        ]


def _new(path: Path) -> "Workbook":
    import xlsxwriter

    book = xlsxwriter.Workbook(path, {"strings_to_numbers": False, "strings_to_formulas": False})
    book.set_properties({"created": SENTINEL})
    return book


def _write_rows(sheet: "Worksheet", first: int, rows: Iterable[list[Value]], day: "Format") -> int:
    at = first
    for at, row in enumerate(rows, first):
        for column, value in enumerate(row):
            if isinstance(value, str):
                sheet.write_string(at, column, value)
            elif isinstance(value, date):
                sheet.write_datetime(at, column, value, day)
            elif value is not None:
                sheet.write_number(at, column, value)
    return at


def _write_book(path: Path, name: str, title: str, head: Sequence[str], rows: Iterable[list[Value]]) -> None:
    with _new(path) as book:
        sheet = book.add_worksheet(name)
        first = 0
        if title:
            sheet.merge_range(0, 0, 0, len(head) - 1, title, book.add_format({"bold": True, "align": "center"}))
            first = 1
        sheet.write_row(first, 0, head)
        _write_rows(sheet, first + 1, rows, book.add_format({"num_format": "yyyy-mm-dd"}))


def _write_ledger(path: Path, rows: Sequence[list[Value]]) -> None:
    """Write title, 填报单位 line, header in rows 3 and 4, the rows, and the signature line below."""
    with _new(path) as book:
        bold = book.add_format({"bold": True, "align": "center", "valign": "vcenter"})
        sheet = book.add_worksheet("问题台账")
        sheet.merge_range(0, 0, 0, 15, "全县教育系统治庸问责问题台账", bold)
        sheet.write_string(1, 0, "填报单位：县教育局治庸办          填报时间：2012年12月31日")
        column = 0
        for label, parts in LEDGER_HEAD:
            if not parts:
                sheet.merge_range(2, column, 3, column, label, bold)
                column += 1
                continue
            sheet.merge_range(2, column, 2, column + len(parts) - 1, label, bold)
            sheet.write_row(3, column, parts, bold)
            column += len(parts)
        last = _write_rows(sheet, 4, rows, book.add_format({"num_format": "yyyy-mm-dd"}))
        sheet.write_string(last + 1, 0, "单位负责人：          审核人：          填表人：")


def _write_csv(path: Path, rows: Sequence[list[Value]]) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(SURVEY_HEAD)
        writer.writerows(rows)


def main() -> None:
    """Write one county from the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--rows", type=int, default=10_000)
    parser.add_argument("--sheets", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--cache", type=Path, default=CACHE)
    options = parser.parse_args()
    print(build(options.cache, seed=options.seed, rows=options.rows, sheets=options.sheets))


if __name__ == "__main__":
    main()
