"""读法: what a person says about a sheet wins over what the reader would decide, save over complainants."""

from pathlib import Path

import pytest

from tests.grids import ROSTER, codes, grid
from zyw.assembly import read_ledger
from zyw.finding.guidance import Guidance, Pin
from zyw.ledger import Ledger
from zyw.problems import Place, Problem, ZywError
from zyw.sheets import Book, Grid
from zyw.workspace import load

SAID = Place("zyw.yaml", line=3, column=5)


def read(*pins: Pin, sheet: Grid) -> tuple[Ledger, tuple[Problem, ...]]:
    return read_ledger([Book(g.file, (g,)) for g in (ROSTER, sheet)], guidance=Guidance(pins))


def report(ledger: Ledger) -> tuple[str | None, tuple[int, ...], list[str | None]]:
    found = next(r for r in ledger.sheets if r.file == "台账.xlsx")
    return found.table, found.header_rows, [c.field for c in found.columns]


def test_a_sheet_said_not_to_be_read_is_not_and_that_is_told() -> None:
    ledger, problems = read(Pin("台账.xlsx", table="不读"), sheet=grid("单位 | 问题\n一中 | 迟到"))
    assert not ledger.rows
    assert codes(problems) == ["S013"]


def test_an_ambiguous_sheet_is_what_it_is_said_to_be() -> None:
    ledger, problems = read(Pin("*.xlsx", table="问题台账"), sheet=grid("单位 | 类别\n一中 | 作风"))
    assert ledger.rows["问题台账"]["类别"].tolist() == ["作风"]
    assert "S002" not in codes(problems)


def test_the_header_is_where_it_is_said_to_be() -> None:
    text = "单位 | 问题 | 期限\n某某 | 填表示例 | 2012-1-1\n单位 | 问题 | 期限\n一中 | 迟到 | 2012-3-1"
    ledger, _ = read(Pin("台账.xlsx", header_rows=(3,)), sheet=grid(text))
    assert report(ledger)[1] == (3,)
    assert ledger.rows["问题台账"]["问题"].tolist() == ["迟到"]


def test_columns_are_what_they_are_said_to_be_by_letter_or_by_label() -> None:
    sheet = grid("甲 | 乙 | 丙\n一中 | 迟到 | 2012-3-1")
    pin = Pin("台账.xlsx", table="问题台账", columns={"A": "单位", "乙": "问题", "C": "期限"})
    ledger, problems = read(pin, sheet=sheet)
    assert report(ledger) == ("问题台账", (1,), ["单位", "问题", "期限"])
    assert ledger.rows["问题台账"]["单位"].tolist() == ["第一中学"]
    assert not [p for p in problems if p.code.startswith("S")]


def test_a_pinned_column_takes_the_field_from_the_one_that_had_it() -> None:
    sheet = grid("学校 | 承办学校 | 问题\n某校 | 一中 | 迟到")
    ledger, _ = read(Pin("台账.xlsx", columns={"B": "单位"}), sheet=sheet)
    assert report(ledger)[2] == [None, "单位", "问题"]


def test_a_column_said_not_to_be_read_is_not() -> None:
    sheet = grid("单位 | 问题 | 扣分 | 扣分\n一中 | 迟到 | 1 | 2")
    ledger, problems = read(Pin("台账.xlsx", columns={"D": "不读"}), sheet=sheet)
    assert "S004" not in codes(problems)
    assert [str(v) for v in ledger.rows["问题台账"]["扣分"]] == ["1"]


def test_two_tables_of_a_sheet_may_each_be_said() -> None:
    text = "甲 | 乙 | 丙\n一中 | 迟到 | 作风\n丁 | 戊 | 己\n一中 | 王某 | 警告"
    pins = (
        Pin("台账.xlsx", table="问题台账", header_rows=(1,), columns={"甲": "单位", "乙": "问题", "丙": "类别"}),
        Pin("台账.xlsx", table="追责台账", header_rows=(3,), columns={"丁": "单位", "戊": "姓名", "己": "处理方式"}),
    )
    ledger, _ = read(*pins, sheet=grid(text))
    assert ledger.rows["问题台账"]["问题"].tolist() == ["迟到"]
    assert ledger.rows["追责台账"]["姓名"].tolist() == ["王某"]


def test_a_pinned_header_leaves_the_other_tables_of_the_sheet_to_the_reader() -> None:
    text = (
        "示例 | 某事 | 某类 | | 学校名称 | 校长\n甲 | 乙 | 丙 | | 一中 | 王某\n一中 | 迟到 | 作风 | | 二中 | 李某\n | | | | |\n"
        "单位 | 姓名 | 处理方式 | | |\n一中 | 王某 | 警告 | | |"
    )
    said = {"甲": "单位", "乙": "问题", "丙": "类别"}
    pin = Pin("台账.xlsx", table="问题台账", header_rows=(2,), columns=said)
    ledger, problems = read(pin, sheet=grid(text))
    assert ledger.rows["问题台账"]["问题"].tolist() == ["迟到"]
    assert ledger.rows["追责台账"]["姓名"].tolist() == ["王某"]
    assert not {"S003", "S004", "S019"} & set(codes(problems))


def test_the_second_of_two_equal_labels_may_be_opened_as_a_unit_only() -> None:
    sheet = grid("诉求内容 | 诉求号码 | 诉求号码 | 承办单位\n迟到 | 13800138000 | 一中 | 二中")
    opened, _ = read(Pin("台账.xlsx", table="问题台账", columns={"C": "单位"}), sheet=sheet)
    assert opened.rows["问题台账"]["单位"].tolist() == ["第一中学"]
    for columns in ({"B": "单位"}, {"C": "责任人"}):
        ledger, problems = read(Pin("台账.xlsx", table="问题台账", columns=columns), sheet=sheet)
        assert "13800138000" not in repr(ledger) + repr(problems)
        assert "S017" in codes(problems)


def test_a_complainant_is_never_opened() -> None:
    sheet = grid("单位 | 问题 | 举报人\n一中 | 迟到 | 张三丰")
    ledger, problems = read(Pin("台账.xlsx", columns={"举报人": "责任人"}, place=SAID), sheet=sheet)
    assert "责任人" not in ledger.rows["问题台账"].columns
    assert [p.place for p in problems if p.code == "S017"] == [SAID]
    assert "张三丰" not in repr(problems)


@pytest.mark.parametrize(
    ("pin", "code"),
    [
        (Pin("3月.xlsx", place=SAID), "S014"),
        (Pin("台账.xlsx", sheet="二月", place=SAID), "S014"),
        (Pin("台账.xlsx", columns={"Z": "问题"}, place=SAID), "S015"),
        (Pin("台账.xlsx", columns={"没有": "问题"}, place=SAID), "S015"),
        (Pin("台账.xlsx", columns={"备注栏": "备注"}, place=SAID), "S016"),
        (Pin("台账.xlsx", columns={"C": "份数"}, place=SAID), "S018"),
    ],
)
def test_what_a_pin_says_in_vain_is_told_at_its_place(pin: Pin, code: str) -> None:
    ledger, problems = read(pin, sheet=grid("单位 | 问题 | 备注栏 | 备注栏\n一中 | 迟到 | |"))
    assert [p.place for p in problems if p.code == code] == [SAID]
    assert len(ledger.rows["问题台账"]) == 1


@pytest.mark.parametrize("rows", [(2,), (9,), (1, 2, 3)])
def test_a_header_that_is_not_there_is_an_error_of_the_sheet(rows: tuple[int, ...]) -> None:
    ledger, problems = read(Pin("台账.xlsx", header_rows=rows), sheet=grid("单位 | 问题\n一中 | 迟到"))
    assert not ledger.rows
    assert "S019" in codes(problems)


def test_a_table_said_still_needs_its_columns() -> None:
    ledger, problems = read(
        Pin("台账.xlsx", table="追责台账", header_rows=(1,)), sheet=grid("单位 | 姓名\n一中 | 王某")
    )
    assert not ledger.rows
    assert next(p.message for p in problems if p.code == "S003") == "这张表像追责台账，但缺少“处理方式”列，没有读入"


WORKSPACE = "方案: dayuan-2011\n读法:\n"


def test_the_workspace_says_pins_with_their_place(tmp_path: Path) -> None:
    text = (
        WORKSPACE
        + "  - 文件: 热线*.xlsx\n    工作表: 工单\n    表: 问题台账\n    表头: 3-4\n    列: {f: 单位, 备注栏: 不读}\n"
    )
    (tmp_path / "zyw.yaml").write_text(text, encoding="utf-8")
    place = load(tmp_path)
    assert place
    (pin,) = place.pins
    assert (pin.file, pin.sheet, pin.table, pin.header_rows) == ("热线*.xlsx", "工单", "问题台账", (3, 4))
    assert pin.columns == {"F": "单位", "备注栏": "不读"}
    assert pin.place == Place("zyw.yaml", line=3, column=5)


@pytest.mark.parametrize(
    ("said", "code", "line", "column"),
    [
        ("{表: 问题台账}", "P006", 3, 5),
        ("{文件: a.xlsx, 表: 问题}", "P008", 3, 21),
        ("{文件: a.xlsx, 表头: 0}", "P007", 3, 22),
        ("{文件: a.xlsx, 表头: [3, 5]}", "P007", 3, 22),
        ("{文件: a.xlsx, 表头: 1-9}", "P007", 3, 22),
        ("{文件: a.xlsx, 列: {F: 学校单位}}", "P008", 3, 22),
        ("{文件: a.xlsx, 表: 材料报送, 列: {F: 问题}}", "P008", 3, 31),
        ("{文件: a.xlsx, 行: 3}", "P005", 3, 18),
    ],
)
def test_a_fault_of_a_pin_is_refused_with_its_line_and_column(
    said: str, code: str, line: int, column: int, tmp_path: Path
) -> None:
    (tmp_path / "zyw.yaml").write_text(f"{WORKSPACE}  - {said}\n", encoding="utf-8")
    with pytest.raises(ZywError) as caught:
        load(tmp_path)
    (fault,) = caught.value.problems
    assert fault.place
    assert (fault.code, fault.place.line, fault.place.column) == (code, line, column)


@pytest.mark.parametrize(
    ("pattern", "file", "covered"),
    [
        ("3月*.xlsx", "问题台账/3月台账.xlsx", True),
        ("问题台账/*.xlsx", "问题台账/3月台账.xlsx", True),
        ("问题台账/*.xlsx", "追责台账/3月台账.xlsx", False),
        ("*", "a.csv", True),
        ("3月.xlsx", "13月.xlsx", False),
    ],
)
def test_a_pattern_is_held_against_the_path_or_the_bare_name(pattern: str, file: str, covered: bool) -> None:
    assert Pin(pattern).covers(file, "") is covered
