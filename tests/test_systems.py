"""The founding systems beside dayuan-2011: each scheme, its cases and its example office, run as a clerk would."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tests.test_examples import ROOT, texts, zyw
from zyw.demo import TOURS
from zyw.library import cases_file, read_scheme, scheme_ids

NEW = tuple(name for name in TOURS if name != "dayuan-2011")
PLANTED = {
    "zhuanxiang-2020": ("郎有情", "13900000077"),
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
    assert read_scheme(name)[1] == ()


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
