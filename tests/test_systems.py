"""The founding systems beside dayuan-2011: each scheme, its cases and its example office, run as a clerk would."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from docx import Document

from tests.test_examples import ROOT, texts, zyw
from zyw.demo import TOURS
from zyw.ledger import Ledger
from zyw.library import cases_file, read_scheme, scheme_ids
from zyw.lifecycle import stages
from zyw.reading import read_inputs

NEW = tuple(name for name in TOURS if name != "dayuan-2011")
PLANTED = {
    "zhuanxiang-2020": ("郎有情", "13900000077"),
    "zhuanzuofeng-2013": ("冉陈情",),
    "tangping-2023": ("乔装者",),
}
"""Complainants and telephone numbers in the workbooks of each office."""


def office(name: str) -> Path:
    return ROOT / "examples" / name


def as_json(*words: str | Path) -> dict[str, Any]:
    done = zyw(*words, "--json")
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


@cache
def ran(name: str) -> tuple[Path, str]:
    """Run an office's month in a copy; return where the results lie and what was said."""
    folder = Path(tempfile.mkdtemp()) / name
    shutil.copytree(office(name), folder, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    done = zyw("run", folder, "--month", TOURS[name].month)
    assert done.returncode == 0, done.stderr
    return folder / "输出" / TOURS[name].month, done.stdout + done.stderr


def test_every_scheme_has_an_example_office_and_cases() -> None:
    assert set(TOURS) == set(scheme_ids())
    for name in scheme_ids():
        assert office(name).is_dir()
        assert cases_file(name).is_file()


@pytest.mark.parametrize("name", scheme_ids())
def test_a_built_in_scheme_is_without_any_fault_or_warning(name: str) -> None:
    told = [found.code for found in read_scheme(name)[1]]
    assert told == (["P018"] if name == "tangping-2023" else [])  # its document gives points for naming people


@pytest.mark.parametrize("name", NEW)
def test_every_rule_fires_in_one_case_and_rests_in_another(name: str) -> None:
    coverage = as_json("scheme", "test", name)["coverage"]
    assert {each["rule"] for each in coverage} == {rule.id for rule in read_scheme(name)[0].rules}
    assert [each["rule"] for each in coverage if not 0 < each["fired"] < each["of"]] == []


@pytest.mark.parametrize("name", NEW)
def test_committed_workbooks_are_what_the_generator_writes(name: str) -> None:
    command = [sys.executable, str(office(name) / "make.py"), "--check"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("name", NEW)
def test_a_run_ends_well_with_tables_and_papers(name: str) -> None:
    folder, _ = ran(name)
    assert {"排名.xlsx", "督查通报.docx", "得分.json", "问题清单.xlsx"} <= {path.name for path in folder.iterdir()}
    found = json.loads((folder / "得分.json").read_text(encoding="utf-8"))
    assert (found["scheme"], found["missing_inputs"]) == (name, [])
    assert [each for each in found["problems"] if each["severity"] == "error"] == []


@pytest.mark.parametrize("name", PLANTED)
def test_no_complainant_is_in_any_output_of_a_run(name: str) -> None:
    folder, said = ran(name)
    assert [value for value in PLANTED[name] if value not in "\n".join(texts(office(name)))] == []
    for text in (said, *texts(folder)):
        assert [value for value in PLANTED[name] if value in text] == []


# ---- zhuanxiang-2020 ----

ZHUANXIANG = office("zhuanxiang-2020")


def test_the_school_s_list_is_reconciled_with_the_bureau_s_ledger() -> None:
    found = as_json("reconcile", ZHUANXIANG / "学校报来", ZHUANXIANG / "监察室" / "专项整治问题台账.xlsx")
    (issues,) = found["tables"]
    assert (issues["a_rows"], issues["b_rows"], issues["paired"]) == (6, 5, 5)
    assert [each["case"] for each in issues["only_in_a"]] == ["云麓-06"]
    assert issues["only_in_b"] == []
    assert {(each["case"], each["column"]) for each in issues["different"]} >= {
        ("云麓-04", "状态"),
        ("云麓-05", "期限"),
    }
    assert "云麓-04" in json.dumps(issues["closed_on_one_side"], ensure_ascii=False)
    assert len(issues["closed_on_one_side"]) == 1


def test_what_an_issue_lacks_of_the_seven_elements_is_told() -> None:
    found = as_json("check", ZHUANXIANG, "--scheme", "zhuanxiang-2020", "--year", "2020")["problems"]
    assert {(p["code"], p["sheet"], p["cell"]) for p in found if p["code"] in {"K036", "K037"}} == {
        ("K037", "整治台账", "K13"),  # no 评估标准
        ("K036", "举报登记", "C4"),
    }


def test_sections_of_a_school_own_one_row_together() -> None:
    folder, _ = ran("zhuanxiang-2020")
    consequences = {each["unit"]: set(each["consequences"]) for each in scored(folder)["units"]}
    assert consequences == {
        "云麓学校": {"限期整改并答复群众", "列入督办", "开展警示教育"},
        "石桥小学": {"列入督办"},
        "云麓镇中心小学": {"限期整改并答复群众"},
        "河湾中学": {"限期整改并答复群众", "列入督办", "开展警示教育"},
        "南岸中学": {"限期整改并答复群众"},
        "云麓县幼儿园": set(),
    }


def scored(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder / "得分.json").read_text(encoding="utf-8"))
    return found


def test_nobody_is_ranked_where_the_plan_ranks_nobody() -> None:
    folder, _ = ran("zhuanxiang-2020")
    assert {(each["rank"], each["excluded"]) for each in scored(folder)["units"]} == {(None, "方案没有排名办法")}


def test_satisfaction_after_the_campaign_is_held_against_that_before() -> None:
    after = as_json(
        "survey", ZHUANXIANG / "测评" / "整治后", ZHUANXIANG / "名册.xlsx", "--against", ZHUANXIANG / "测评" / "整治前"
    )
    own = next(each for each in after["units"] if each["unit"] == "云麓学校")
    assert own["satisfied_rate"] == f"{(281 + 285 + 290) / (1140 - 14 - 13 - 18):.6f}"
    assert float(own["change"]["low"]) > 0  # from 629 of 1058 before: more than chance


# ---- jiayu-2010: each figure of the report, from the workbooks ----

JIAYU = office("jiayu-2010")


@cache
def jiayu() -> Ledger:
    return read_inputs([JIAYU])[0]


@cache
def printed(name: str) -> dict[str, list[list[Any]]]:
    """Return the tables of 统计.json of an office's month, by name."""
    found = json.loads((ran(name)[0] / "统计.json").read_text(encoding="utf-8"))
    return {table["table"]: [row["cells"] for row in table["rows"]] for table in found["tables"]}


def line(name: str, table: str, first: str) -> list[Any]:
    return next(row for row in printed(name)[table] if row[0] == first)


def times(kind: str) -> int:
    """Return how often something was done since the year began."""
    return int(line("jiayu-2010", "活动-分类", kind)[2])


def people(kind: str) -> int:
    return int(line("jiayu-2010", "活动-分类", kind)[4])


def test_15000_forms_were_sent_and_12000_came_back() -> None:
    units = as_json("survey", JIAYU, "--scheme", "jiayu-2010")["units"]
    assert sum(each["issued"] for each in units if each["issued"]) == 15_000
    assert sum(each["returned"] for each in units if each["returned"]) == 12_000


def test_2300_opinions_came_through_ten_channels_on_ten_areas() -> None:
    rows = jiayu().rows["意见汇总"]
    assert sum(rows["条数"].tolist()) == 2300
    assert len(set(rows["渠道"].tolist())) == 10
    assert len(set(rows["方面"].tolist())) == 10
    table = printed("jiayu-2010")["意见-分渠道"]
    assert (len(table), table[-1][:2]) == (11, ["合计", "2300"])
    assert sum(int(row[1]) for row in table[:-1]) == 2300
    assert all(int(row[1]) == sum(map(int, row[2:])) for row in table)


def test_ten_areas_twelve_problems_fifty_measures_eight_done_four_under_way() -> None:
    issues = jiayu().rows["问题台账"]
    own = issues.take(issues["单位"] == "沙渚县教育局机关")
    assert (len(set(own["类别"].tolist())), len(own)) == (10, 12)
    assert sum(text.count("；") + 1 for text in own["措施"].tolist()) == 50
    stand = stages(own, date(2010, 11, 30))
    assert (int(stand.done.sum()), int((~stand.done).sum())) == (8, 4)


def test_with_the_schools_140_measures_and_120_rules_were_set_out() -> None:
    ledger = jiayu()
    assert ledger.measures is not None
    assert len(ledger.measures) == 140
    papers = ledger.rows["材料报送"]
    assert sum(papers.take(papers["材料名称"] == "规章制度")["份数"].tolist()) == 120


def test_thirteen_bulletins_of_which_four_levels_took_over_eight() -> None:
    assert times("简报") == 13
    taken = {row[0]: int(row[2]) for row in printed("jiayu-2010")["宣传-采用级别"]}
    assert taken == {"县": 4, "市": 1, "市局": 2, "省": 1, "合计": 8}


def test_pieces_by_medium() -> None:
    pieces = {row[0]: int(row[2]) for row in printed("jiayu-2010")["宣传-分媒体"]}
    assert pieces == {"省教育信息网": 4, "沙渚日报": 2, "江城晚报": 3, "中国沙渚网": 10, "县电视台": 13, "合计": 32}


@pytest.mark.parametrize(
    ("kind", "count"),
    [
        ("领导小组会议", 5),
        ("行评办会议", 10),
        ("全系统会议", 4),
        ("学校动员会", 32),
        ("宣传栏", 30),
        ("网站栏目", 8),
        ("公开信", 15_000),
    ],
)
def test_meetings_boards_columns_and_letters(kind: str, count: int) -> None:
    assert times(kind) == count


def test_88_persons_were_drawn_for_the_work_and_2000_heard_the_reports() -> None:
    assert people("抽调人员") == 88
    rows = jiayu().rows["活动台账"]
    heard = {name: int(count) for name, count in rows.rows("活动", "人次") if count is not None}
    assert heard["优秀教师事迹巡回报告"] == 2000
    assert (heard["组织离退休老干部视察"], heard["行风监督员座谈会"], heard["邀请各界人士话教育"]) == (20, 8, 15)
    assert heard["向市民发送手机短信"] == 6000


def test_what_was_closed_against_the_four_conditions_is_listed() -> None:
    found = as_json("overdue", JIAYU, "--as-of", "2010-11-30")
    assert "行评-05" in json.dumps(found, ensure_ascii=False)


# ---- zhuanzuofeng-2013 and tangping-2023 ----


def test_tasks_stand_by_area_and_add_up_once() -> None:
    rows = printed("zhuanzuofeng-2013")["任务-工作方面"]
    assert [row[0] for row in rows[:-1]] == [
        "项目建设",
        "强化管理",
        "课堂改革",
        "教育保障",
        "维护稳定",
        "转变作风",
        "舆论宣传",
    ]
    assert rows[-1][:2] == ["合计", 31]
    by_unit = printed("zhuanzuofeng-2013")["任务-责任单位"]
    assert by_unit[-1][1] == 31
    assert sum(row[1] for row in by_unit[:-1]) > 31  # five canteens, one task


@pytest.mark.parametrize(
    ("task", "target"),
    [("建设合格学校", "2"), ("建设公办幼儿园", "4"), ("新增城区学位", "600"), ("免除教科书费", "305"), ("发放寄宿生生活补助", "550"),
     ("义务教育杂费免除率", "100"), ("学生意外伤害保险普及率", "100"), ("化解重点信访事项", "26"), ("建食堂综合楼", "5"), ("校车管理先行两乡", "2")],
)  # fmt: skip
def test_the_document_s_own_targets_stand_in_the_table_of_tasks(task: str, target: str) -> None:
    (row,) = (row for row in printed("zhuanzuofeng-2013")["任务进展"] if row[1] == task)
    assert Decimal(row[3]) == Decimal(target)


def test_the_monthly_inspection_gives_the_score() -> None:
    folder, _ = ran("zhuanzuofeng-2013")
    scores = {each["unit"]: each["score"] for each in scored(folder)["units"]}
    rows = read_inputs([office("zhuanzuofeng-2013")])[0].rows["巡查记录"]
    own = rows.take(rows["单位"] == "松坪中心小学")
    share = sum(own["得分"].tolist()) / sum(own["满分"].tolist()) * 100
    assert scores["松坪中心小学"] == f"{share.quantize(Decimal('0.01'), ROUND_HALF_UP)}"


def test_the_26_matters_name_no_petitioner() -> None:
    rows = read_inputs([office("zhuanzuofeng-2013")])[0].rows["问题台账"]
    matters = rows.take(rows["类别"] == "信访事项")
    assert len(matters) == 26
    assert not [name for name in matters.columns if "冉陈情" in matters[name].tolist()]


def test_units_that_report_themselves_gain_and_units_found_out_lose() -> None:
    folder, _ = ran("tangping-2023")
    scores = {each["unit"]: each["score"] for each in scored(folder)["units"]}
    assert scores["岚山县第一中学"] == "102"  # 线-02, 线-03
    assert scores["岚山县第三中学"] == "98"  # 线-05, 线-06
    assert scores["岚山县职业高级中学"] == "100"  # 线-08 was not borne out


def test_a_punishment_without_a_reminder_is_listed() -> None:
    folder, _ = ran("tangping-2023")
    found = {each["unit"]: each["consequences"] for each in scored(folder)["units"] if each["consequences"]}
    assert found == {"青溪中学": ["补核处分程序"], "岚山县第三中学": ["跟踪帮扶受处分人员"]}


def test_a_typical_case_needs_a_decision_number_and_hides_the_name() -> None:
    folder, _ = ran("tangping-2023")
    told = [each["person"] for each in scored(folder)["persons"] if each["consequence"] == "列入典型案例"]
    assert told == ["病树"]
    paper = Document(str(folder / "督查通报.docx"))
    cells = [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    assert "病某" in cells
    assert not any("病树" in text for text in (*cells, *(paragraph.text for paragraph in paper.paragraphs)))
