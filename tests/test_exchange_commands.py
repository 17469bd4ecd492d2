"""The commands that pass ledgers on, compare them and begin with empty ones, as a clerk types them."""

import json
import shutil
from pathlib import Path

import pytest

from tests.docgen import run

HEAD = "学校名称,编号,问题描述,整改情况,举报人\n"
ONE = HEAD + "第一中学,A1,迟到两人,已销号,钱多多\n第一中学,A2,早退,整改中,\n"
TWO = HEAD + "第二中学,B1,通道堵塞,整改中,\n"
ROSTER = "学校名称,学段\n第一中学,初中\n第二中学,初中\n第三中学,初中\n"


@pytest.fixture
def office(tmp_path: Path) -> Path:
    (tmp_path / "报送").mkdir()
    for name, text in (("一中.csv", ONE), ("二中.csv", TWO), ("名册.csv", ROSTER)):
        (tmp_path / "报送" / name).write_text(text, encoding="utf-8")
    return tmp_path


def test_returns_become_one_ledger_that_is_read_again(office: Path) -> None:
    code, printed = run(["merge", "报送", "-o", "总台账.xlsx"], office)
    assert code == 0
    assert "问题台账     2         3     0     0           3" in printed
    assert "一行也没有（1）：第三中学" in printed
    assert "钱多多" not in printed
    code, printed = run(["check", "总台账.xlsx", "报送/名册.csv"], office)
    assert (code, "错误" in printed) == (0, False)


def test_a_merge_says_everything_as_json(office: Path) -> None:
    code, printed = run(["merge", "报送", "-o", "总台账.xlsx", "--json", "-q"], office)
    made = json.loads(printed.splitlines()[0])
    assert code == 0
    assert made["tables"][0]["sources"] == [{"file": "一中.csv", "rows": 2}, {"file": "二中.csv", "rows": 1}]
    assert made["missing_units"] == ["第三中学"]
    assert [each["code"] for each in made["problems"]].count("X007") == 1


def test_the_order_of_the_inputs_changes_no_byte(office: Path) -> None:
    names = ["报送/一中.csv", "报送/二中.csv", "报送/名册.csv"]
    run(["merge", *names, "-o", "甲.xlsx"], office)
    run(["merge", *reversed(names), "-o", "乙.xlsx"], office)
    assert (office / "甲.xlsx").read_bytes() == (office / "乙.xlsx").read_bytes()


def test_a_merge_that_lacks_a_file_writes_nothing_unless_told_to(office: Path) -> None:
    (office / "报送" / "坏.xlsx").write_bytes(b"%PDF-1.7\n")
    code, printed = run(["merge", "报送", "-o", "总台账.xlsx"], office)
    assert (code, (office / "总台账.xlsx").exists()) == (3, False)
    assert "G030" in printed
    code, printed = run(["merge", "报送", "-o", "总台账.xlsx", "--json"], office)
    assert code == 3
    assert json.loads(printed.splitlines()[0])["missing_inputs"] == ["坏.xlsx"]
    code, printed = run(["merge", "报送", "-o", "总台账.xlsx", "--skip-bad"], office)
    assert (code, (office / "总台账.xlsx").exists()) == (3, True)
    assert "缺：坏.xlsx" in printed


@pytest.mark.parametrize(
    "words",
    [["merge", "报送"], ["merge", "报送", "-o", "a.csv"], ["split", "报送"], ["form", "问题台账"],
     ["form", "问题帐", "-o", "a.xlsx"], ["init", "新"], ["init", "新", "--scheme", "没有"], ["merge", "报送/名册.csv", "-o", "a.xlsx"],
     ["reconcile", "报送"], ["form", "问题台账", "--roster", "报送/一中.csv", "-o", "a.xlsx"]],
)  # fmt: skip
def test_what_cannot_be_meant_is_refused(words: list[str], office: Path) -> None:
    code, printed = run(words, office)
    assert code == 2
    assert printed.startswith("错误 ")
    assert not (office / "新").exists()


def test_a_ledger_is_split_and_the_files_are_listed(office: Path) -> None:
    run(["merge", "报送", "-o", "总台账.xlsx"], office)
    code, printed = run(["split", "总台账.xlsx", "报送/名册.csv", "-o", "分发"], office)
    assert code == 0
    assert sorted(path.name for path in (office / "分发").glob("*.xlsx")) == ["第一中学.xlsx", "第二中学.xlsx"]
    assert "第一中学   2  第一中学.xlsx" in printed
    code, _ = run(["split", "总台账.xlsx", "报送/名册.csv", "-o", "分发"], office)
    assert code == 0
    code, printed = run(["split", "总台账.xlsx", "-o", "分发2", "--json"], office)
    assert json.loads(printed.splitlines()[0])["files"][1] == {
        "unit": "第一中学", "file": "第一中学.xlsx", "sheets": [{"sheet": "问题台账", "table": "问题台账", "rows": 2}],
    }  # fmt: skip


def test_a_share_that_a_school_filled_in_is_not_replaced(office: Path) -> None:
    import openpyxl

    run(["split", "报送", "-o", "分发"], office)
    path = office / "分发" / "第一中学.xlsx"
    book = openpyxl.load_workbook(path)
    book.worksheets[0]["C9"] = "学校写的"
    book.save(path)
    before = path.read_bytes()
    code, printed = run(["split", "报送", "-o", "分发"], office)
    assert code == 4
    assert "W002" in printed
    assert path.read_bytes() == before


def test_two_ledgers_are_reconciled(office: Path) -> None:
    county = ONE.replace("已销号", "整改中") + TWO.removeprefix(HEAD) + "第二中学,C9,没有的事,,\n"
    (office / "局.csv").write_text(county, encoding="utf-8")
    code, printed = run(["reconcile", "报送", "局.csv", "-o", "对账.xlsx"], office)
    assert code == 0
    assert "问题台账       3       4     3       1         0         1     0         1" in printed
    assert "只比" not in printed
    code, printed = run(["reconcile", "报送", "局.csv", "--json"], office)
    table = json.loads(printed.splitlines()[0])["tables"][0]
    assert [each["case"] for each in table["only_in_b"]] == ["C9"]
    assert "S011  对账.xlsx" in run(["check", "."], office)[1]


def test_tables_that_one_side_does_not_keep_are_named_and_not_compared(office: Path) -> None:
    (office / "追责.csv").write_text("单位,姓名,处理方式\n第一中学,王某,通报批评\n", encoding="utf-8")
    _, printed = run(["reconcile", "报送/一中.csv", "报送/一中.csv", "--json"], office)
    assert json.loads(printed.splitlines()[0])["tables_of_one_side"] == []
    (office / "两种").mkdir()
    (office / "两种" / "a.csv").write_text(ONE, encoding="utf-8")
    (office / "追责.csv").rename(office / "两种" / "追责.csv")
    _, printed = run(["reconcile", "报送/一中.csv", "两种"], office)
    assert "追责台账只有一方有，没有比" in printed
    code, printed = run(["reconcile", "报送/一中.csv", "两种/追责.csv"], office)
    assert (code, "X021" in printed) == (2, True)


def test_the_ledger_of_one_school_is_held_against_its_own_rows_alone(office: Path) -> None:
    (office / "局.csv").write_text(ONE + "第二中学,C9,没有的事,,\n第三中学,C8,别校的事,,\n", encoding="utf-8")
    _, printed = run(["reconcile", "报送/一中.csv", "局.csv"], office)
    assert "问题台账       2       2     2       0         0         0     0         0" in printed
    assert "只比“第一中学”的行" in printed


def test_a_ledger_reconciled_with_its_copy_has_nothing_to_tell(office: Path) -> None:
    shutil.copy(office / "报送" / "一中.csv", office / "副本.csv")
    for other in ("副本.csv", "报送/一中.csv"):
        _, printed = run(["reconcile", "报送/一中.csv", other], office)
        assert "问题台账       2       2     2       0         0         0     0         0" in printed


def test_two_months_are_compared(office: Path) -> None:
    (office / "4月.csv").write_text(ONE.replace("已销号", "整改中").replace("早退", "早退三次"), encoding="utf-8")
    code, printed = run(["diff", "报送/一中.csv", "4月.csv", "-o", "变化.xlsx"], office)
    assert code == 0
    numbers = next(line for line in printed.splitlines() if line.startswith("问题台账")).split()[1:]
    assert numbers == ["2", "2", "0", "0", "1", "0", "1", "1", "0", "0", "0"]
    assert max(len(line.encode("gb18030")) for line in printed.splitlines()[:3]) <= 80


def test_a_month_without_zyw_yaml_can_be_begun_with_init(office: Path) -> None:
    code, printed = run(["init", "新", "--scheme", "dayuan-2011", "--roster", "报送/名册.csv"], office)
    assert code == 0
    assert "台账/名册.xlsx" in printed
    code, printed = run(["check", "新"], office)
    assert (code, "错误" in printed) == (0, False)
    code, printed = run(["rank", "新", "--month", "2012-05"], office)
    assert code == 2
    assert "zyw form 名册" in printed
    code, _ = run(["init", "新", "--scheme", "dayuan-2011"], office)
    assert code == 4


PASSING_ON = [
    ["merge", "报送", "-o", "总.xlsx"],
    ["split", "报送", "-o", "分发"],
    ["reconcile", "报送/一中.csv", "报送", "-o", "对账.xlsx"],
    ["diff", "报送", "报送", "-o", "变化.xlsx"],
]


@pytest.mark.parametrize("words", PASSING_ON, ids=lambda words: words[0])
def test_what_a_file_may_cost_is_said_to_every_command(words: list[str], office: Path) -> None:
    code, printed = run([*words, "--limit", "行数=2"], office)
    assert code == 3
    assert "--limit 行数=" in printed
    assert run([*words, "--limit", "行数=4"], office)[0] == 0
    assert run([*words, "--limit", "行=4"], office)[0] == 2


def test_the_limit_of_a_workspace_holds_for_its_dropdowns_and_returns(office: Path) -> None:
    from zyw import given

    (office / "zyw.yaml").write_text("方案: dayuan-2011\n上限: {列数: 5000}\n", encoding="utf-8")
    assert given.limits_of((str(office),)).columns == 5000
    assert given.limits_of((str(office),), ("列数=6000",)).columns == 6000


@pytest.mark.parametrize("words", PASSING_ON, ids=lambda words: words[0])
def test_what_people_let_pass_is_let_pass_by_every_command(words: list[str], office: Path) -> None:
    (office / "报送" / "三中.csv").write_text(HEAD + "县外学校,C1,迟到,整改中,\n", encoding="utf-8")
    assert run([*words, "-q"], office)[0] == 1
    (office / "报送" / "豁免.yaml").write_text(
        "豁免:\n- {代码: U001, 单位: 县外学校, 理由: 外县, 批准人: 周主任, 有效期至: 2100-01-01}\n", encoding="utf-8"
    )
    code, printed = run([*words, "--overwrite"], office)
    assert (code, "U001" in printed) == (0, False)
    assert "已豁免" in printed
    code, printed = run([*words, "--overwrite", "--json"], office)
    assert {each["code"] for each in json.loads(printed.splitlines()[0])["waived"]} == {"U001"}


def test_a_row_in_two_files_is_no_difference_to_the_ledger_that_has_it_once(office: Path) -> None:
    (office / "报送" / "股室.csv").write_text(HEAD + "第一中学,A1,迟到两人,已销号,\n", encoding="utf-8")
    run(["merge", "报送", "-o", "总台账.xlsx"], office)
    _, printed = run(["diff", "总台账.xlsx", "报送", "--json"], office)
    (table,) = json.loads(printed.splitlines()[0])["tables"]
    assert (table["before_rows"], table["after_rows"], table["new"], table["gone"]) == (3, 4, [], [])
    assert "L013" in printed
    _, printed = run(["reconcile", "报送", "总台账.xlsx", "--json"], office)
    (table,) = json.loads(printed.splitlines()[0])["tables"]
    assert (table["only_in_a"], table["only_in_b"]) == ([], [])


def test_a_row_in_two_files_is_missed_once_where_the_other_side_lacks_it(office: Path) -> None:
    (office / "旧.csv").write_text(TWO, encoding="utf-8")
    (office / "报送" / "股室.csv").write_text(HEAD + "第一中学,A2,早退,整改中,\n", encoding="utf-8")
    _, printed = run(["diff", "旧.csv", "报送", "--json"], office)
    (table,) = json.loads(printed.splitlines()[0])["tables"]
    assert len(table["new"]) == 2


def test_the_other_problems_of_two_inputs_are_shown_by_a_check_of_each(office: Path) -> None:
    rows = "".join(f"第{n}校,{n},迟到,整改中,\n" for n in range(9))
    (office / "报送" / "三中.csv").write_text(HEAD + rows, encoding="utf-8")
    _, printed = run(["reconcile", "报送", "报送/三中.csv"], office)
    assert "：zyw check 报送；zyw check 报送/三中.csv" in printed
