"""`zyw survey` from files to figures."""

import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.small_office import Run
from tests.survey_exports import QUESTIONS, START, SYSTEM, Sheet, export, office, plain, stamp, written

ONE = ("总体",)


def line(document: Any, unit: str, group: str | None = None) -> Any:
    return next(x for x in document["units"] if (x["unit"], x["group"]) == (unit, group))


def simple(folder: Path, **counts: int) -> Path:
    return office(folder, 测评__csv=export(plain("第一小学", counts), questions=ONE))


def test_rate_interval_and_score_of_a_plain_export(run: Run, tmp_path: Path) -> None:
    folder = simple(tmp_path / "测评", 满意=45, 基本满意=15, 不了解=7)
    ended = run("survey", str(folder), "--scale", "满意=100,基本满意=80,不满意=30", "--json")
    found = line(ended.json, "第一小学")
    assert ended.code == 0
    assert (found["n"], found["valid"], found["satisfied_rate"], found["score"]) == (67, 67, "0.75", "95")
    assert (found["low"], found["high"]) == ("0.6277", "0.8422")
    assert (found["satisfied"], found["knowing"], found["flagged"]) == (45, 60, 0)
    question = next(x for x in ended.json["questions"] if x["unit"] is None)
    assert question["answers"] == {"满意": 45, "基本满意": 15, "不了解": 7}


def test_a_folder_without_a_survey_is_told(run: Run, tmp_path: Path) -> None:
    folder = office(tmp_path / "台账", 台账__csv="学校名称,问题描述,整改情况\r\n第一小学,迟到,整改中\r\n")
    ended = run("survey", str(folder))
    assert (ended.code, "没有读到测评" in ended.err or "里没有测评" in ended.err) == (0, True)
    assert "V012" not in run("survey", str(simple(tmp_path / "测评", 满意=3))).err


def test_without_a_scale_there_is_no_score(run: Run, tmp_path: Path) -> None:
    found = line(run("survey", str(simple(tmp_path / "测评", 满意=3, 不满意=1)), "--json").json, "第一小学")
    assert (found["satisfied_rate"], found["score"]) == ("0.75", None)


def test_a_stated_scale_may_have_words_or_marks_of_its_own(run: Run, tmp_path: Path) -> None:
    words = simple(tmp_path / "词", 优秀=3, 合格=1)
    found = line(run("survey", str(words), "--scale", "优秀=100,合格=60", "--json").json, "第一小学")
    assert (found["n"], found["valid"], found["score"]) == (4, 4, "90")
    marks = office(tmp_path / "分", 测评__csv=export(plain("第一小学", {"5": 3, "1": 1}), questions=ONE))
    assert line(run("survey", str(marks), "--scale", "5=100,1=0", "--json").json, "第一小学")["score"] == "75"


def test_groups_have_lines_of_their_own_and_weights(run: Run, tmp_path: Path) -> None:
    sheets = [Sheet("第一小学", ("满意",), at=i * 900, group="学生家长") for i in range(6)]
    sheets += [Sheet("第一小学", ("不满意",), at=9_000 + i * 900, group="本校教师") for i in range(6)]
    folder = office(tmp_path / "测评", 测评__csv=export(sheets, questions=ONE, grouped=True))
    document = run("survey", str(folder), "--scale", "满意=100,不满意=0", "--weights", "家长=3,教师=1", "--json").json
    assert line(document, "第一小学")["score"] == "75"
    assert line(document, "第一小学")["satisfied_rate"] == "0.75"
    assert line(document, "第一小学", "家长")["score"] == "100"
    assert line(document, "第一小学", "教师")["satisfied_rate"] == "0"


def test_a_paper_tally_with_sheets_handed_out(run: Run, tmp_path: Path) -> None:
    rows = [
        ["单位名称", "发放", "回收", "有效", "满意", "基本满意", "不满意"],
        ["第一小学", "60", "55", "50", "40", "8", "2"],
    ]
    found = line(run("survey", str(office(tmp_path / "票", 测评票汇总__csv=written(rows))), "--json").json, "第一小学")
    assert (found["issued"], found["returned"], found["n"], found["valid"]) == (60, 55, 55, 50)
    assert found["satisfied_rate"] == "0.8"


def test_more_sheets_back_than_out_make_the_survey_void(run: Run, tmp_path: Path) -> None:
    rows = [["单位名称", "发放", "回收", "满意", "基本满意", "不满意"], ["第一小学", "50", "53", "40", "8", "5"],
            ["第二小学", "50", "50", "40", "8", "2"]]  # fmt: skip
    ended = run("survey", str(office(tmp_path / "票", 测评票汇总__csv=written(rows))), "--json")
    assert line(ended.json, "第一小学")["satisfied_rate"] is None
    assert line(ended.json, "第二小学")["satisfied_rate"] == "0.8"
    assert [p["code"] for p in ended.json["problems"] if p["severity"] == "error"] == ["V003"]
    assert ended.code == 1


def by_sequence(sheets: list[Sheet], order: tuple[str, ...]) -> str:
    head = [*SYSTEM, "1、您的孩子所在学校", "2、您对总体是否满意"]
    rows = [
        [str(n), stamp(s.at), f"{s.took}秒", "微信", "", "", s.unit, str(order.index(s.answers[0]) + 1)]
        for n, s in enumerate(sheets, start=1)
    ]
    return written([head, *rows])


ORDER = ("非常满意", "满意", "一般", "不满意")


def test_an_export_by_sequence_borrows_its_words_and_counts_no_sheet_twice(run: Run, tmp_path: Path) -> None:
    sheets = plain("第一小学", {"非常满意": 4, "一般": 2, "不满意": 2})
    more = [*sheets, *(Sheet("第一小学", ("一般",), at=90_000 + i * 900) for i in range(2))]
    files = {
        "1234567_按文本_测评__csv": export(sheets, questions=ONE),
        "1234567_按序号_测评__csv": by_sequence(more, ORDER),
    }
    document = run("survey", str(office(tmp_path / "测评", **files)), "--json").json
    found = line(document, "第一小学")
    assert (found["n"], found["satisfied_rate"]) == (10, "0.4")
    assert {p["code"] for p in document["problems"]} >= {"V002"}


def test_a_sheet_is_known_again_in_a_workbook_with_dates_and_numbers(run: Run, tmp_path: Path) -> None:
    sheets = plain("第一小学", {"非常满意": 4, "一般": 2, "不满意": 2})
    folder = office(tmp_path / "测评", **{"1234567_按文本_测评__csv": export(sheets, questions=ONE)})
    book = openpyxl.Workbook()
    table = book.active
    assert table is not None
    table.append([*SYSTEM, "1、您的孩子所在学校", "2、您对总体是否满意"])
    for number, s in enumerate(sheets, start=1):
        at = START + timedelta(seconds=s.at)
        table.append([number, at, f"{s.took}秒", "微信", "", "", s.unit, ORDER.index(s.answers[0]) + 1])
    book.save(folder / "1234567_按序号_测评.xlsx")
    document = run("survey", str(folder), "--json").json
    assert line(document, "第一小学")["n"] == 8
    assert "V002" in {p["code"] for p in document["problems"]}


def test_numbers_alone_are_an_error_until_the_options_are_named(run: Run, tmp_path: Path) -> None:
    text = by_sequence(plain("第一小学", {"非常满意": 3, "不满意": 1}), ORDER)
    folder = office(tmp_path / "测评", **{"1234567_按序号_测评__csv": text})
    refused = run("survey", str(folder), "--json")
    assert [p["code"] for p in refused.json["problems"] if p["severity"] == "error"] == ["V001"]
    named = run("survey", str(folder), "--options", "非常满意,满意,一般,不满意", "--json")
    assert (named.code, line(named.json, "第一小学")["satisfied_rate"]) == (0, "0.75")


def test_a_file_downloaded_twice_counts_once_also_in_a_ranking(run: Run, tmp_path: Path) -> None:
    sheets = plain("第一小学", {"满意": 5, "不满意": 5})
    files = {"甲__csv": export(sheets[:6], questions=ONE), "乙__csv": export(sheets, questions=ONE)}
    folder = office(tmp_path / "测评", **files)
    assert line(run("survey", str(folder), "--json").json, "第一小学")["n"] == 10
    ended = run("check", str(folder), "--json")
    assert [p["message"] for p in ended.json["problems"] if p["code"] == "V002"] == [
        "有 6 份答卷与 乙.csv 里的是同一份，只计一次"
    ]


def test_the_order_of_rows_changes_nothing(run: Run, tmp_path: Path) -> None:
    sheets = [*plain("第一小学", {"满意": 7, "一般": 4}), *plain("第二小学", {"满意": 2, "不满意": 5})]
    text = export(sheets, questions=ONE).splitlines()
    documents = [
        run("survey", str(office(tmp_path / name, 测评__csv="\n".join([text[0], *body]) + "\n")), "--json").json
        for name, body in (("顺", text[1:]), ("倒", text[:0:-1]))
    ]
    assert documents[0]["units"] == documents[1]["units"]


def honest_school() -> list[Sheet]:
    """A parents' evening: one network, all at once, most of them content, each in the time it takes."""
    degrees = ("非常满意", "满意", "一般")
    sheets = []
    for i in range(60):
        content = i % 3 != 0
        answers = ("非常满意",) * 5 if content else tuple(degrees[(i + j * (i % 4 + 1)) % 3] for j in range(5))
        sheets.append(Sheet("第一小学", answers, at=36_000 + i * 7, took=90 + i % 50, network="198.51.100.1"))
    return sheets


def faked_batch() -> list[Sheet]:
    """One hand, one device: a sheet every fifteen seconds, ten seconds each, all alike."""
    answers = ("非常满意", "非常满意", "满意", "非常满意", "满意")
    return [Sheet("第二小学", answers, at=50_000 + i * 15, took=10, network="203.0.113.77") for i in range(25)]


def test_a_faked_batch_is_found_and_an_honest_school_behind_one_network_is_not(run: Run, tmp_path: Path) -> None:
    quiet = [
        Sheet("第二小学", tuple("满意" if (i * 7 + j) % 4 else "不满意" for j in range(5)), at=i * 1300, took=100 + i,
              network=f"192.0.2.{i}")
        for i in range(20)
    ]  # fmt: skip
    folder = office(tmp_path / "测评", 测评__csv=export([*honest_school(), *quiet, *faked_batch()]))
    document = run("survey", str(folder), "--json").json
    assert line(document, "第一小学")["flagged"] == 0
    faked = line(document, "第二小学")
    assert faked["flagged"] == 25
    assert faked["n"] == 45, "nothing is left out by the program"
    assert faked["satisfied_rate"] == "0.888889"
    assert faked["satisfied_rate_without_flagged"] == "0.75"
    assert "V006" in {p["code"] for p in document["problems"]}


def at_their_own_pace() -> list[Sheet]:
    return [
        Sheet("第三小学", tuple("满意" if (i * 7 + j) % 4 else "不满意" for j in range(5)), at=i * 1300, took=100,
              network=f"192.0.2.{i}")
        for i in range(25)
    ]  # fmt: skip


def test_signs_of_two_kinds_make_a_sheet_suspect_and_of_one_kind_do_not(run: Run, tmp_path: Path) -> None:
    straight = ("满意",) * 5
    hasty = Sheet("第三小学", straight, at=60_000, took=8, network="192.0.2.200")
    content = Sheet("第三小学", straight, at=70_000, took=100, network="192.0.2.201")
    quick = Sheet("第三小学", ("满意", "一般", "满意", "一般", "满意"), at=80_000, took=8, network="192.0.2.202")
    folder = office(tmp_path / "测评", 测评__csv=export([*at_their_own_pace(), hasty, content, quick]))
    assert line(run("survey", str(folder), "--json").json, "第三小学")["flagged"] == 1


def test_people_leave_sheets_out_by_name_and_it_is_told(run: Run, tmp_path: Path) -> None:
    folder = office(tmp_path / "测评", 测评__csv=export([*honest_school(), *faked_batch()]))
    assert run("survey", str(folder), "-o", "结果.xlsx").code == 0
    book = openpyxl.load_workbook(tmp_path / "结果.xlsx")
    sheet = book["可疑答卷"]
    head = next(row for row in sheet.iter_rows() if row[0].value == "文件")
    at = {cell.value: place for place, cell in enumerate(head)}
    body = list(sheet.iter_rows(min_row=(head[0].row or 0) + 1))
    for number, cells in enumerate(body):
        cells[at["处置"]].value = "剔除"
        if number:
            cells[at["决定人"]].value = "钱主任"
    book.save(tmp_path / "处置.xlsx")
    ended = run("survey", str(folder), "--decisions", "处置.xlsx", "--json")
    assert line(ended.json, "第二小学")["n"] == 1, "the first row has no name and is no decision"
    assert ended.json["left_out"] == 24
    assert [p["code"] for p in ended.json["problems"] if p["severity"] == "error"] == ["V008"]
    assert run("survey", str(folder), "--decisions", "处置.xlsx", "-o", "再.xlsx").code == 1
    method = {row[0].value: row[1].value for row in openpyxl.load_workbook(tmp_path / "再.xlsx")["方法"].iter_rows()}
    assert method["剔除"] == "钱主任决定剔除 24 份"


def texts(path: Path) -> str:
    book = openpyxl.load_workbook(path)
    return "\n".join(
        str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None
    )


def test_no_network_nickname_or_number_of_a_person_leaves(run: Run, tmp_path: Path) -> None:
    sheets = [Sheet("第一小学", ("满意",) * 5, at=i * 800, remark="食堂的菜有点凉，电话13900000066") for i in range(8)]
    sheets.append(Sheet("第一小学", ("满意",) * 5, at=9_999, remark="食堂排队太长了"))
    folder = office(tmp_path / "测评", 测评__csv=export(sheets))
    (folder / "zyw.yaml").write_text("方案: dayuan-2011\n意见主题: {食堂: [食堂, 饭菜]}\n", encoding="utf-8")
    ended = run("survey", str(folder), "--json")
    run("survey", str(folder), "-o", "结果.xlsx")
    assert ended.json["themes"] == [{"theme": "食堂", "n": 9, "examples": ["食堂排队太长了"]}]
    everything = ended.out + ended.err + texts(tmp_path / "结果.xlsx")
    for secret in ("203.0.113", "湖边的风", "13900000066", "139****0066"):
        assert secret not in everything


def test_a_published_workbook_hides_few_sheets_and_the_second_smallest_group(run: Run, tmp_path: Path) -> None:
    sizes = {"学生家长": 20, "本校教师": 6, "人大代表": 3}
    sheets = [
        Sheet("第一小学", ("满意" if i % 2 else "一般",), at=(k * 100 + i) * 900, group=group)
        for k, (group, size) in enumerate(sizes.items())
        for i in range(size)
    ]
    folder = office(tmp_path / "测评", 测评__csv=export(sheets, questions=ONE, grouped=True))
    run("survey", str(folder), "-o", "通报.xlsx", "--level", "通报")
    rows = openpyxl.load_workbook(tmp_path / "通报.xlsx")["分对象"].iter_rows(values_only=True)
    shown = {row[1]: row[4] for row in rows if row[0] == "第一小学"}
    assert shown == {"家长": "10/20", "教师": "份数太少", "代表": "份数太少"}


@pytest.mark.parametrize(("sheets", "shown"), [(5, "5/5"), (4, "份数太少")])
def test_five_sheets_are_published_and_four_are_not(run: Run, tmp_path: Path, sheets: int, shown: str) -> None:
    folder = simple(tmp_path / "测评", 满意=sheets)
    run("survey", str(folder), "-o", "通报.xlsx", "--level", "通报")
    rows = openpyxl.load_workbook(tmp_path / "通报.xlsx")["测评结果"].iter_rows(values_only=True)
    assert next(row[7] for row in rows if row[2] == "第一小学") == shown


def test_the_last_survey_is_compared_with_its_interval(run: Run, tmp_path: Path) -> None:
    now = simple(tmp_path / "今年", 满意=56, 不满意=14)
    last = simple(tmp_path / "去年", 满意=48, 不满意=32)
    found = line(run("survey", str(now), "--against", str(last), "--json").json, "第一小学")
    assert found["change"] == {"low": "0.0524", "high": "0.3339"}


def test_the_planner_says_how_many_sheets_a_school_needs(run: Run, tmp_path: Path) -> None:
    ended = run("survey", str(office(tmp_path / "册")), "--margin", "5")
    assert re.search(r"第一小学\s+40\s+37", ended.out)
    assert re.search(r"人数不清楚的群体\s+385", ended.out)


@pytest.mark.parametrize(
    "words",
    [("--scale", "满意100"), ("--scale", "满意=-1"), ("--divisor", "人数"), ("--margin", "零"), ("--empty", "不管")],
)
def test_a_choice_written_wrong_is_refused(run: Run, tmp_path: Path, words: tuple[str, str]) -> None:
    ended = run("survey", str(simple(tmp_path / "测评", 满意=1)), *words)
    assert (ended.code, "V010" in ended.err) == (2, True)


def test_only_sheets_of_the_period_count_when_one_is_named(run: Run, tmp_path: Path) -> None:
    sheets = [Sheet("第一小学", ("满意",), at=0), Sheet("第一小学", ("不满意",), at=40 * 86_400)]
    folder = office(tmp_path / "测评", 测评__csv=export(sheets, questions=ONE))
    found = line(run("survey", str(folder), "--month", "2024-03", "--json").json, "第一小学")
    assert (found["n"], found["satisfied_rate"]) == (1, "1")


@pytest.mark.parametrize(("past", "counted"), [(-1, 1), (0, 0)])
def test_a_month_ends_at_midnight(run: Run, tmp_path: Path, past: int, counted: int) -> None:
    april = (24 - 9) * 3600 + 23 * 86_400  # seconds from `START` to 2024-04-01 00:00:00
    sheets = [Sheet("第一小学", ("满意",), at=0), Sheet("第一小学", ("不满意",), at=april + past)]
    folder = office(tmp_path / "测评", 测评__csv=export(sheets, questions=ONE))
    found = line(run("survey", str(folder), "--month", "2024-03", "--json").json, "第一小学")
    assert found["n"] == 1 + counted


def test_all_questions_are_listed_in_the_workbook(run: Run, tmp_path: Path) -> None:
    folder = office(tmp_path / "测评", 测评__csv=export(honest_school()))
    run("survey", str(folder), "-o", "结果.xlsx")
    written_out = texts(tmp_path / "结果.xlsx")
    assert all(f"您对{what}是否满意" in written_out for what in QUESTIONS)
    first = (tmp_path / "结果.xlsx").read_bytes()
    run("survey", str(folder), "-o", "又.xlsx")
    assert (tmp_path / "又.xlsx").read_bytes() == first


def test_questions_that_are_no_scale_are_counted_too(run: Run, tmp_path: Path) -> None:
    head = ["序号", "提交答卷时间", "所用时间", "1、您的孩子所在学校", "2、您对总体是否满意", "3、最需要改进的是（可多选）",
            "4、(校车)", "4、(饮水)", "5、请给食堂打分", "6、您愿意推荐本校吗（0-10）", "7、请按重要排序"]  # fmt: skip
    rows = [
        ["食堂┋作业", "1", "0", "5", "10", "安全→卫生"],
        ["作业", "1", "1", "4", "6", "卫生→安全"],
        ["食堂┋其他〖王老师太凶〗", "0", "-2", "2", "9", "安全→卫生"],
    ]
    body = [[str(n), stamp(n * 900), "90秒", "第一小学", "满意", *row] for n, row in enumerate(rows, start=1)]
    document = run("survey", str(office(tmp_path / "测评", 测评__csv=written([head, *body]))), "--json").json
    found = {line["question"]: line for line in document["others"]}
    assert found["3、最需要改进的是（可多选）"]["answers"] == {"食堂": 2, "作业": 2, "其他": 1}
    assert found["第4题（多选）"]["answers"] == {"校车": 2, "饮水": 1}
    marks = found["5、请给食堂打分"]
    assert (marks["mean"], marks["top_two"], marks["nps"]) == ("3.67", "0.666667", None)
    assert found["6、您愿意推荐本校吗（0-10）"]["nps"] == "33.3"
    assert found["7、请按重要排序"]["answers"] == {"安全": 2, "卫生": 1}
    assert "王老师" not in str(document), "what people typed beside an option may name somebody"


def problems(document: Any) -> set[str]:
    return {p["code"] for p in document["problems"]}


def test_two_questions_of_one_text_are_two_questions(run: Run, tmp_path: Path) -> None:
    head = [*SYSTEM, "1、您的孩子所在学校", "2、您对食堂是否满意", "2、您对食堂是否满意"]
    rows = [[str(n), stamp(n * 900), "90秒", "微信", "", "", "第一小学", "满意", "不满意"] for n in range(6)]
    document = run("survey", str(office(tmp_path / "测评", 测评__csv=written([head, *rows]))), "--json").json
    rates = {q["question"]: q["satisfied_rate"] for q in document["questions"] if q["unit"] is None}
    assert rates == {"2、您对食堂是否满意（H 列）": "1", "2、您对食堂是否满意（I 列）": "0"}
    assert "V013" in problems(document)


def test_two_waves_of_one_survey_are_told_until_one_of_them_is_named(run: Run, tmp_path: Path) -> None:
    spring = plain("第一小学", {"满意": 6, "一般": 2})
    autumn = [replace(s, at=s.at + 86_400 * 45) for s in plain("第一小学", {"满意": 2, "一般": 6})]
    files = {"春__csv": export(spring, questions=ONE), "秋__csv": export(autumn, questions=ONE)}
    folder = office(tmp_path / "测评", **files)
    both, one = (
        run("survey", str(folder), "--json").json,
        run("survey", str(folder), "--month", "2024-03", "--json").json,
    )
    assert ("V014" in problems(both), line(both, "第一小学")["n"]) == (True, 16)
    assert ("V014" in problems(one), line(one, "第一小学")["n"]) == (False, 8)


def test_an_export_downloaded_in_two_parts_is_no_second_wave(run: Run, tmp_path: Path) -> None:
    sheets = plain("第一小学", {"满意": 6, "一般": 2})
    files = {"一__csv": export(sheets[:4], questions=ONE), "二__csv": export(sheets[4:], first=5, questions=ONE)}
    document = run("survey", str(office(tmp_path / "测评", **files)), "--json").json
    assert ("V014" in problems(document), line(document, "第一小学")["n"]) == (False, 8)


def test_a_form_that_is_no_survey_is_no_error(run: Run, tmp_path: Path) -> None:
    head = [*SYSTEM, "1、班级", "2、几点到校"]
    rows = [[str(n), stamp(n * 900), "90秒", "微信", "", "", f"三{n}班", f"{n}点"] for n in range(9)]
    ended = run("survey", str(office(tmp_path / "报名", 报名__csv=written([head, *rows]))), "--json")
    assert ended.code == 0
    assert "V009" in problems(ended.json)


def test_a_count_that_cannot_be_used_takes_its_question_away_and_makes_no_rate(run: Run, tmp_path: Path) -> None:
    rows = [["单位名称", "满意", "基本满意", "不满意"], ["第一小学", "-3", "20", "8"], ["第二小学", "3.5", "20", "4"],
            ["第三小学", "9", "1", "0"]]  # fmt: skip
    document = run("survey", str(office(tmp_path / "票", 测评票汇总__csv=written(rows))), "--json").json
    told = {p["cell"]: p["code"] for p in document["problems"] if p["severity"] == "error"}
    assert told == {"B2": "L021", "B3": "V015"}
    assert {u["unit"]: u["satisfied_rate"] for u in document["units"]} == {"第三小学": "0.9"}


def test_a_response_rate_needs_to_know_how_many_were_asked(run: Run, tmp_path: Path) -> None:
    rows = [["单位名称", "发放", "回收", "满意", "一般", "不满意"], ["第一小学", "60", "45", "40", "0", "5"]]
    paper = run("survey", str(office(tmp_path / "票", 测评票汇总__csv=written(rows))), "--json").json
    assert line(paper, "第一小学")["response_rate"] == "0.75"
    sheets = [Sheet("第一小学", ("满意",), at=i * 900, group="本校教师" if i < 10 else "学生家长") for i in range(16)]
    folder = office(tmp_path / "测评", 测评__csv=export(sheets, questions=ONE, grouped=True))
    document = run("survey", str(folder), "--json").json
    assert line(document, "第一小学", "教师")["response_rate"] == "0.25", "10 of a staff of 40"
    assert line(document, "第一小学", "家长")["response_rate"] is None
    assert line(document, "第一小学")["response_rate"] is None
