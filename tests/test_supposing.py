"""What if a row were otherwise: scores move by what the row costs, the ledger stays, and nothing is a result."""

import json
from pathlib import Path

import pytest

from tests.builders import dayuan, year
from tests.docgen import run
from zyw.changes.movements import movements, rows
from zyw.changes.supposing import suppose
from zyw.given import read
from zyw.pipeline import scored_again

ROSTER = "单位名称,学段,主要负责人\n甲小学,小学,王校长\n乙小学,小学,李校长\n丙小学,小学,赵校长\n"
HEAD = "案号,单位,姓名,职务,处理方式,处理时间,是否核实,撤销时间\n"
LEDGER = (
    HEAD
    + "A1,甲小学,王校长,校长,通报批评,2012-04-02,是,\n"
    + "A2,乙小学,张老师,教师,通报批评,2012-05-02,是,\n"
    + "A3,丙小学,周老师,教师,通报批评,2012-05-02,否,\n"
    + "A4,丙小学,吴老师,教师,通报批评,2012-05-02,是,2012-06-01\n"
)
ISSUES = "学校名称,编号,检查日期,问题描述\n甲小学,A1,2012-03-01,迟到两人\n"


@pytest.fixture
def office(tmp_path: Path) -> Path:
    (tmp_path / "名册.csv").write_text(ROSTER, encoding="utf-8")
    (tmp_path / "追责台账.csv").write_text(LEDGER, encoding="utf-8")
    (tmp_path / "问题台账.csv").write_text(ISSUES, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["追责台账!行2=撤销"], {"甲小学": ("95", "100", "+5", "3", "1")}),
        (["追责台账！第2行=不计"], {"甲小学": ("95", "100", "+5", "3", "1")}),
        (["追责台账.csv!3=撤销"], {"乙小学": ("98", "100", "+2", "2", "1")}),
        (["追责台账!行4=计入", "追责台账!行5=计入"], {"丙小学": ("100", "96", "-4", "1", "2")}),
        (["追责台账!行2=计入"], {}),
        (["问题台账!行2=不计"], {}),
    ],
)
def test_scores_and_places_move_by_what_the_rows_cost(
    office: Path, words: list[str], expected: dict[str, tuple[str, ...]]
) -> None:
    ledger, _ = read((str(office),), quiet=True)
    before = ledger.rows["追责台账"].frame()
    supposed, told = suppose(ledger, words, year().as_of)
    found = movements(scored_again(ledger, dayuan(), year()), scored_again(supposed, dayuan(), year()))
    moved = {unit: rest for unit, *rest in rows(found, placed=True)}
    assert {unit: tuple(moved[unit][:5]) for unit in expected} == expected
    assert {unit for unit, rest in moved.items() if rest[2] != "不变"} == set(expected)
    assert len(told) == len(words)
    assert ledger.rows["追责台账"].frame().equals(before)


@pytest.mark.parametrize("command", ["score", "rank"])
def test_what_is_printed_says_that_it_is_supposed(office: Path, command: str) -> None:
    words = [command, ".", "--scheme", "dayuan-2011", "--year", "2012", "--what-if", "追责台账!行2=撤销"]
    code, printed = run(words, office)
    assert code == 0, printed
    assert "假设：追责台账.csv 第 2 行 撤销" in printed
    assert "不是结果" in printed
    assert "不再有：取消评先资格" in printed
    _, told = run([*words, "--json", "-q"], office)
    document = json.loads(told[told.index("{") : told.rindex("}") + 1])
    assert document["supposed"] == ["追责台账.csv 第 2 行 撤销"]
    moved = {each["unit"]: each for each in document["units"]}
    assert moved["甲小学"]["after"] == {"score": "100", "rank": 1, "consequences": []}
    assert "score" not in moved["甲小学"]


def test_nothing_is_written_of_what_is_supposed(office: Path) -> None:
    words = ["rank", ".", "--scheme", "dayuan-2011", "--year", "2012", "--what-if", "追责台账!行2=撤销"]
    code, printed = run([*words, "-o", "排名.xlsx"], office)
    assert code == 2
    assert "C053" in printed
    assert not (office / "排名.xlsx").exists()
