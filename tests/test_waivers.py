"""豁免: what is let pass, what stays open, and what is said of waivers that serve nothing."""

from datetime import date
from pathlib import Path

import openpyxl
import pytest

from tests.grids import grid, read
from tests.small_office import SANCTIONS, Run
from zyw.problems import Place, Problem, problem
from zyw.subjects import Subject, Subjects
from zyw.waivers import Waiver, load_waivers, stale, waive

DAY = date(2012, 5, 31)
TEXT = """
豁免:
  - 代码: K001
    单位: 第一中学
    编号: "0012"
    理由: 已当面说明
    批准人: 周某
    有效期至: 2012-06-30
"""
LEDGER = "编号 | 单位 | 问题 | 责任人\n0011 | 一中 | 迟到 | 王某\n0012 | 第一中学 | 早退 |\n0012 | 第二中学 | 早退 |\n"


def load(text: str) -> tuple[tuple[Waiver, ...], list[str]]:
    found, problems = load_waivers(text, "豁免.yaml")
    return found, [f"{p.code} {p.place}" for p in problems]


def only(**cells: str) -> Waiver:
    fixed = {"代码": "K001", "理由": "说明", "批准人": "周某", "有效期至": "2012-06-30", **cells}
    found, problems = load("豁免:\n  -" + "\n".join(f"    {name}: {text}" for name, text in fixed.items())[3:])
    assert problems == []
    return found[0]


def blank(cell: str, sheet: str = "Sheet1", file: str = "台账.xlsx") -> Problem:
    return problem("K001", Place(file, sheet, cell), excerpt=("3", "第一中学", ""), 列="责任人")


def subjects(text: str = LEDGER) -> Subjects:
    ledger, _ = read(grid(text))
    return Subjects(ledger)


def open_cells(waiver: Waiver, *problems: Problem, text: str = LEDGER, day: date = DAY) -> list[str | None]:
    opened, waived = waive(problems, (waiver,), subjects(text), day)
    assert len(opened) + len(waived) == len(problems)
    return [each.place.cell if each.place else None for each in opened]


def test_a_waiver_is_read_with_its_place() -> None:
    found, problems = load(TEXT)
    assert problems == []
    expected = Waiver(
        "K001", "已当面说明", "周某", date(2012, 6, 30), Place("豁免.yaml", line=3, column=9), "第一中学", "0012"
    )
    assert found == (expected,)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ("", []),
        ("理由: 已当面说明", ["P006 豁免.yaml:3:5"]),
        ("批准人: 周某", ["P006 豁免.yaml:3:5"]),
        ("有效期至: 2012-06-30", ["P006 豁免.yaml:3:5"]),
        ("代码: K001", ["P006 豁免.yaml:4:5"]),
    ],
)
def test_a_waiver_says_what_why_who_and_until_when(change: str, expected: list[str]) -> None:
    text = TEXT.replace(f"    {change}\n", "").replace(f"- {change}\n    ", "- ") if change else TEXT
    assert [each[:4] for each in load(text)[1]] == [each[:4] for each in expected]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (TEXT.replace('    单位: 第一中学\n    编号: "0012"\n', ""), "K042"),
        (TEXT.replace("K001", "K099"), "K043"),
        (TEXT.replace("单位: 第一中学", "位置: 台账.xlsx ▸ 台账!C7"), "K044"),
        (TEXT.replace("单位: 第一中学", "位置: 台账.csv ▸ C7"), "K044"),
        (TEXT.replace("单位: 第一中学", "位置: 台账.csv ▸ 7"), "K044"),
        (TEXT.replace("理由", "缘由"), "P005"),
        (TEXT.replace("2012-06-30", "2012-06-31"), "P007"),
        ("豁免: []\n其他: 1", "P005"),
        ("", "P001"),
        ("豁免: &a [*a]", "P004"),
    ],
)
def test_a_waiver_that_says_too_little_or_something_else_is_refused_with_its_line(text: str, code: str) -> None:
    found, problems = load(text)
    assert found == ()
    assert code in [each[:4] for each in problems]
    assert all("豁免.yaml" in each for each in problems)


def test_a_unit_and_a_number_name_one_row() -> None:
    waiver = only(单位="第一中学", 编号="0012")
    assert open_cells(waiver, blank("D2"), blank("D3"), blank("D4")) == ["D2", "D4"]


def test_they_still_name_it_when_rows_were_put_in_above() -> None:
    moved = LEDGER.replace("0011 |", "0009 | 第一中学 | 拖拉 |\n0010 | 第一中学 | 推诿 |\n0011 |")
    assert open_cells(only(单位="第一中学", 编号="0012"), blank("D3"), blank("D5"), text=moved) == ["D3"]


def test_a_unit_may_be_named_as_its_row_names_it() -> None:
    assert open_cells(only(单位="一中"), blank("D2"), blank("D3")) == ["D3"]
    assert open_cells(only(单位="第一中学"), blank("D2"), blank("D3")) == []


@pytest.mark.parametrize("where", ["台账.xlsx", "台账.xlsx ▸ Sheet1", "台*", "*.xlsx ▸ Sheet1"])
def test_a_place_may_be_a_file_or_a_sheet(where: str) -> None:
    assert open_cells(only(位置=f'"{where}"'), blank("D3"), blank("D3", file="别的.csv", sheet="")) == ["D3"]


def test_a_cell_is_waived_only_while_its_words_stand_there() -> None:
    waiver = only(位置="台账.xlsx ▸ Sheet1!D3", 原文="责任人")
    assert open_cells(waiver, blank("D3"), blank("D4")) == ["D4"]
    other = problem("K001", Place("台账.xlsx", "Sheet1", "D3"), 列="整改时限")
    assert open_cells(waiver, other) == ["D3"]


def test_another_code_at_the_same_cell_stays_open() -> None:
    other = problem("K014", Place("台账.xlsx", "Sheet1", "D3"), 列="责任人", 值="全体教师")
    assert open_cells(only(单位="第一中学"), other) == ["D3"]


def test_a_waiver_ends_with_its_last_day() -> None:
    waiver = only(单位="第一中学")
    assert open_cells(waiver, blank("D3"), day=date(2012, 6, 30)) == []
    assert open_cells(waiver, blank("D3"), day=date(2012, 7, 1)) == ["D3"]


def test_waivers_that_serve_nothing_are_told() -> None:
    used, unused, expired = only(单位="第一中学"), only(单位="第二中学"), only(单位="第一中学", 有效期至="2012-05-30")
    _, waived = waive([blank("D3")], (used, unused, expired), subjects(), DAY)
    assert [(p.code, p.severity.word) for p in stale((used, unused, expired), waived, DAY)] == [
        ("K040", "note"),
        ("K041", "warning"),
    ]


def test_the_subject_of_a_place() -> None:
    found = subjects()
    assert found.of(Place("台账.xlsx", "Sheet1", "D2")) == Subject(
        "第一中学", frozenset({"第一中学", "一中"}), ("0011",)
    )
    assert found.of(Place("台账.xlsx", "Sheet1", "3")) == Subject("第一中学", frozenset({"第一中学"}), ("0012",))
    assert found.of(Place("名册.xlsx", "Sheet1", "A3")).unit == "第二中学"
    assert found.of(Place("台账.xlsx", "Sheet1", "D99")) == found.of(Place("台账.xlsx")) == found.of(None) == Subject()


def test_a_row_of_two_units_is_either_ones() -> None:
    shared = "编号 | 单位 | 问题 | 责任人\n0011 | 一中、二中 | 迟到 |\n"
    for unit in ("第一中学", "第二中学"):
        assert open_cells(only(单位=unit), blank("D2"), text=shared) == []
    assert open_cells(only(单位="实验小学"), blank("D2"), text=shared) == ["D2"]


def test_the_subject_of_a_file_is_its_only_unit() -> None:
    assert subjects("单位 | 问题\n一中 | 迟到\n第一中学 | 早退").of(Place("台账.xlsx")).unit == "第一中学"


FAULTY = SANCTIONS + "4,大垸小学,王五,教师,通报批评,2012-06-31,督查暗访,\n"
WAIVED = """豁免:
  - {代码: L002, 单位: 大垸小学, 编号: 4, 理由: 已去函更正, 批准人: 周某, 有效期至: 2099-12-31}
"""


@pytest.fixture
def excused(office: Path) -> Path:
    (office / "追责台账.csv").write_text(FAULTY, encoding="utf-8")
    (office / "豁免.yaml").write_text(WAIVED, encoding="utf-8")
    return office


def test_a_waived_error_does_not_count_for_the_exit_code_and_is_listed(excused: Path, run: Run) -> None:
    ended = run("check", "台账")
    assert ended.code == 0
    assert "错误 L002" not in ended.out
    assert "已豁免 L002  追责台账.csv ▸ F5" in ended.out
    assert "理由：已去函更正。周某批准，至 2099-12-31" in ended.out
    assert "已豁免 1" in ended.err
    made = run("check", "台账", "--json").json
    assert "L002" not in {p["code"] for p in made["problems"]}
    assert [(w["code"], w["cell"], w["approved_by"], w["until"]) for w in made["waived"]] == [
        ("L002", "F5", "周某", "2099-12-31")
    ]
    (excused / "豁免.yaml").unlink()
    assert run("check", "台账").code == 1


def test_a_waiver_does_not_make_a_row_count(excused: Path, run: Run) -> None:
    ended = run("rank", "台账", "--scheme", "dayuan-2011", "--year", "2012", "--json")
    assert ended.code == 0
    units = {u["unit"]: (u["score"], u["rows_not_used"]) for u in ended.json["units"]}
    assert units["大垸小学"] == ("100", 1)
    assert [w["code"] for w in ended.json["waived"]] == ["L002"]


def test_only_a_check_and_a_run_say_that_a_waiver_was_of_no_use(excused: Path, run: Run) -> None:
    (excused / "追责台账.csv").write_text(SANCTIONS, encoding="utf-8")
    year = ("--scheme", "dayuan-2011", "--year", "2012", "--json")
    assert "K040" in {p["code"] for p in run("check", "台账", "--json").json["problems"]}
    assert "K040" in {p["code"] for p in run("run", "台账", *year).json["problems"]}
    assert "K040" not in {p["code"] for p in run("rank", "台账", *year).json["problems"]}


def test_the_file_may_have_another_name_in_a_workspace(excused: Path, run: Run) -> None:
    (excused / "zyw.yaml").write_text("方案: dayuan-2011\n豁免: 放过.yaml\n", encoding="utf-8")
    missing = run("check", "台账")
    assert missing.code == 2
    (excused / "豁免.yaml").rename(excused / "放过.yaml")
    assert run("check", "台账").code == 0


@pytest.mark.parametrize("words", [("check",), ("rank", "--year", "2012"), ("run", "--year", "2012")])
def test_a_faulty_waiver_file_stops_everything(words: tuple[str, ...], excused: Path, run: Run) -> None:
    (excused / "豁免.yaml").write_text(WAIVED.replace("理由: 已去函更正, ", ""), encoding="utf-8")
    ended = run(words[0], "台账", "--scheme", "dayuan-2011", *words[1:])
    assert ended.code == 2
    assert "豁免.yaml:2:5" in ended.out + ended.err
    assert not (excused / "输出").exists()


def test_the_list_of_findings_is_written_by_unit_with_links(excused: Path, run: Run, tmp_path: Path) -> None:
    (excused / "问题台账.csv").write_text(
        "单位,问题,责任人\n黄歇中学,迟到,全体教师\n大垸中学,早退,有关人员\n", encoding="utf-8"
    )
    assert run("check", "台账").code == 0
    assert list(tmp_path.glob("*.xlsx")) == []
    assert run("check", "台账", "-o", "问题清单.xlsx").code == 0
    book = openpyxl.load_workbook(tmp_path / "问题清单.xlsx")
    assert book.sheetnames == ["问题清单", "分单位", "已豁免"]
    rows = [[cell.value for cell in row] for row in book["问题清单"].iter_rows(min_row=4)]
    assert [row[2] for row in rows[:2]] == ["大垸中学", "黄歇中学"]
    link = book["问题清单"]["F4"].hyperlink
    assert link is not None
    assert link.target is not None
    assert link.target.replace("\\", "/") == "台账/问题台账.csv"
    assert book["已豁免"]["H4"].value == "已去函更正"


def test_the_list_replaces_only_what_zyw_wrote(office: Path, run: Run, tmp_path: Path) -> None:
    (tmp_path / "问题清单.xlsx").write_bytes(b"mine")
    assert run("check", "台账", "-o", "问题清单.xlsx").code == 4
    assert run("check", "台账", "-o", "问题清单.docx").code == 2
    assert run("check", "台账", "-o", "问题清单.xlsx", "--overwrite").code == 0
    first = (tmp_path / "问题清单.xlsx").read_bytes()
    assert run("check", "台账", "-o", "问题清单.xlsx").code == 0
    assert (tmp_path / "问题清单.xlsx").read_bytes() == first


def test_the_waivers_in_the_clerks_page_are_sound() -> None:
    page = (Path(__file__).parent.parent / "docs" / "核对.md").read_text(encoding="utf-8")
    found, problems = load(page.partition("```yaml\n")[2].partition("```")[0])
    assert problems == []
    assert [waiver.key for waiver in found] == ["大垸中学 2012-017", "报送/大垸小学.xlsx ▸ 台账!D20"]
