"""`zyw check 报送 --return 退回` as a clerk uses it: who gets what, what is kept back, and the round after."""

import io
import shutil
import subprocess
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.errors.make_files import patched, workbook
from tests.marked_books import parts, rich
from tests.small_office import Run

HEAD = ["序号", "学校名称", "检查日期", "问题类别", "问题描述", "扣分", "整改时限"]
GOOD = ["1", "大垸中学", "2024-03-01", "纪律", "迟到", "0.5", "2024-04-01"]
BAD = ["2", "大垸中学", "24/3/1", "纪律", "早退被李四看见", "两分", "2024-04-01"]
OTHER = ["3", "黄歇中学", "2024-2-30", "安全", "通道堵着", "1", "2024-04-01"]
ROSTER = "单位名称,学段\n大垸中学,初中\n黄歇中学,初中\n大垸小学,小学\n"


@pytest.fixture
def sent(tmp_path: Path, run: Run) -> Path:
    """What came in: a school's own workbook, a county's ledger, a hotline export, a csv."""
    del run
    folder = tmp_path / "报送"
    (folder / "一学区").mkdir(parents=True)
    (folder / "名册.csv").write_text(ROSTER, encoding="utf-8")
    (folder / "一学区" / "大垸中学.xlsx").write_bytes(workbook([HEAD, GOOD, BAD], "台账"))
    (folder / "总台账.xlsx").write_bytes(workbook([HEAD, GOOD, BAD, OTHER], "台账"))
    hotline = [[*HEAD, "反映人", "联系电话"], [*OTHER, "王密告", "13912345678"]]
    (folder / "热线.xlsx").write_bytes(workbook(hotline, "工单"))
    (folder / "大垸小学.csv").write_text("学校名称,问题描述,检查日期\n大垸小学,漏水处,2024-2-31\n", encoding="utf-8")
    return folder


def texts(path: Path) -> str:
    """Return everything that a workbook holds, unpacked."""
    return "\n".join(content.decode("utf-8", "replace") for content in parts(path.read_bytes()).values())


def lines(path: Path, sheet: str = "核对结果") -> list[list[Any]]:
    return [list(row) for row in openpyxl.load_workbook(path)[sheet].iter_rows(values_only=True)]


def test_each_sender_gets_its_own_workbook_or_a_list_of_places(sent: Path, run: Run) -> None:
    ended = run("check", "报送", "--return", "退回", "--json")
    assert ended.code == 1
    found = {each["file"]: (each["unit"], each["marked"], each["inputs"]) for each in ended.json["returns"]}
    assert found == {
        "一学区/大垸中学.xlsx": ("大垸中学", True, ["一学区/大垸中学.xlsx"]),
        "大垸小学核对结果.xlsx": ("大垸小学", False, ["大垸小学.csv"]),
        "大垸中学核对结果.xlsx": ("大垸中学", False, ["总台账.xlsx"]),
        "黄歇中学核对结果.xlsx": ("黄歇中学", False, ["总台账.xlsx", "热线.xlsx"]),
    }
    written = {p.relative_to("退回").as_posix() for p in Path("退回").rglob("*.xlsx")}
    assert written == set(found)
    codes = [(p["code"], p["file"]) for p in ended.json["problems"] if p["code"].startswith("M")]
    assert codes == [("M002", "大垸小学.csv"), ("M002", "总台账.xlsx"), ("M002", "热线.xlsx")]


def test_the_own_workbook_is_marked_and_the_list_holds_no_cell(sent: Path, run: Run) -> None:
    run("check", "报送", "--return", "退回")
    sheet = openpyxl.load_workbook("退回/一学区/大垸中学.xlsx")["台账"]
    assert [sheet[cell].fill.fill_type for cell in ("C2", "C3", "F3")] == [None, "solid", "solid"]
    assert "读不懂日期“24/3/1”" in sheet["H3"].value
    listed = lines(Path("退回/黄歇中学核对结果.xlsx"))
    assert listed[3][1:8] == ["错误", "总台账.xlsx", "台账", "C4", "检查日期", "没有这一天", "改成正确的日期。"]
    assert listed[4][2] == "热线.xlsx"
    for path in Path("退回").glob("*核对结果.xlsx"):
        content = texts(path)
        for secret in ("24/3/1", "2024-2-3", "两分", "李四", "通道", "漏水", "王密告", "139"):
            assert secret not in content, (path.name, secret)


def test_no_complainant_leaves_the_desk(sent: Path, run: Run) -> None:
    (sent / "黄歇中学.xlsx").write_bytes(workbook([HEAD, OTHER], "台账"))
    with_notes = openpyxl.load_workbook(sent / "黄歇中学.xlsx")
    with_notes.create_sheet("来信").append(["编号", "信访人", "内容"])
    with_notes["来信"].append(["7", "王密告", "反映收费"])
    with_notes.save(sent / "黄歇中学.xlsx")
    ended = run("check", "报送", "--return", "退回")
    assert "黄歇中学.xlsx  没有在原表上标注（有识别举报人、答卷人的列）" in ended.out
    assert "王密告" not in ended.out + ended.err
    for path in Path("退回").rglob("*"):
        assert "王密告" not in path.name
        if path.suffix == ".xlsx":
            assert "王密告" not in texts(path)


def test_what_belongs_to_nobody_is_said_and_not_sent(sent: Path, run: Run) -> None:
    (sent / "总台账.xlsx").write_bytes(workbook([HEAD, GOOD, [*OTHER[:1], "某中学", *OTHER[2:]]], "台账"))
    ended = run("check", "报送", "--return", "退回")
    assert "M001  总台账.xlsx  有2条问题认不出是哪个单位的，没有退回" in ended.out
    assert not Path("退回/某中学核对结果.xlsx").exists()


def test_two_runs_give_the_same_bytes_and_replace_only_what_zyw_wrote(sent: Path, run: Run) -> None:
    run("check", "报送", "--return", "退回")
    first = {p: p.read_bytes() for p in Path("退回").rglob("*.xlsx")}
    assert run("check", "报送", "--return", "退回").code == 1
    assert {p: p.read_bytes() for p in Path("退回").rglob("*.xlsx")} == first
    own = Path("退回/一学区/大垸中学.xlsx")
    worked_on = patched(own.read_bytes(), {"xl/note.bin": b"x"})
    own.write_bytes(worked_on)
    refused = run("check", "报送", "--return", "退回")
    assert refused.code == 4
    assert "W002" in refused.err
    assert own.read_bytes() == worked_on
    assert run("check", "报送", "--return", "退回", "--overwrite").code == 1
    assert own.read_bytes() == first[own]


@pytest.mark.parametrize("folder", ["报送", "报送/一学区", "报送/发回"])
def test_a_folder_that_would_be_read_again_is_refused_before_anything_is_done(
    folder: str, sent: Path, run: Run
) -> None:
    before = sorted(p.name for p in sent.rglob("*"))
    ended = run("check", "报送", "--return", folder)
    assert ended.code == 2
    assert "M004" in ended.err
    assert sorted(p.name for p in sent.rglob("*")) == before


def test_the_folder_of_a_named_file_is_refused_and_one_that_is_skipped_is_not(sent: Path, run: Run) -> None:
    assert run("check", "报送/总台账.xlsx", "--return", "报送").code == 2
    assert run("check", "报送", "--return", "报送/退回").code == 1
    assert "退回" not in run("check", "报送", "--json").out


def test_macros_xls_and_locked_files_get_a_list_instead(sent: Path, run: Run) -> None:
    macro = patched(workbook([HEAD, BAD], "台账"), {"xl/vbaProject.bin": b"\xd0\xcf\x11\xe0"})
    (sent / "一学区" / "大垸中学.xlsm").write_bytes(macro)
    (sent / "黄歇中学.xlsx").write_bytes(
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + "EncryptedPackage".encode("utf-16-le")
    )
    ended = run("check", "报送", "--return", "退回")
    assert "大垸中学.xlsm  没有在原表上标注（文件带宏）" in ended.out
    assert "黄歇中学.xlsx  没有在原表上标注（文件加密了）" in ended.out
    for path in Path("退回").rglob("*.xls*"):
        assert path.suffix == ".xlsx"
        assert not any("vba" in name.lower() for name in zipfile.ZipFile(path).namelist())


def test_odd_names_are_made_safe_and_stay_apart(tmp_path: Path, run: Run) -> None:
    folder = tmp_path / "报送"
    folder.mkdir()
    for number, name in enumerate(("台账.xlsx", "台账.xls", "-rf.xlsx", "电话13912345678.xlsx")):
        row = [*BAD[:4], f"早退{number}", *BAD[5:]]
        (folder / name).write_bytes(workbook([HEAD, row], "台账"))
    run("check", "报送", "--return", "退回")
    names = sorted(p.name for p in Path("退回").glob("*.xlsx"))
    assert names == ["_rf.xlsx", "台账.xlsx", "台账（2）.xlsx", "电话139____5678.xlsx"]


def test_sound_returns_are_not_given_back(tmp_path: Path, run: Run) -> None:
    folder = tmp_path / "报送"
    folder.mkdir()
    (folder / "大垸中学.xlsx").write_bytes(workbook([HEAD, GOOD], "台账"))
    ended = run("check", "报送", "--return", "退回")
    assert "没有要退回的" in ended.out
    assert list(Path("退回").glob("*.xlsx")) == []


# --- the round after -----------------------------------------------------------------------------------------------


def mended(path: Path, **cells: str) -> None:
    """Change cells of a marked workbook as another program would save them."""
    book = openpyxl.load_workbook(path)
    for cell, text in cells.items():
        book["台账"][cell] = text
    book.save(path)


def test_the_next_round_tells_what_was_mended_and_takes_old_marks_off(tmp_path: Path, run: Run) -> None:
    folder = tmp_path / "报送"
    folder.mkdir()
    (folder / "大垸中学.xlsx").write_bytes(workbook([HEAD, GOOD, BAD], "台账"))
    run("check", "报送", "--return", "退回")
    shutil.copy("退回/大垸中学.xlsx", "报送/大垸中学.xlsx")
    assert "读不懂日期" in run("check", "报送").out
    mended(folder / "大垸中学.xlsx", C3="2024-03-01", C2="上周")
    ended = run("check", "报送", "--return", "下一轮")
    assert "已改 1 条，仍在 1 条，新增 1 条" in ended.out
    book = openpyxl.load_workbook("下一轮/大垸中学.xlsx")
    sheet = book["台账"]
    assert [sheet[cell].fill.fill_type for cell in ("C2", "C3", "F3")] == ["solid", None, "solid"]
    assert [cell.value for cell in sheet[1]].count("核对问题") == 1
    assert book.sheetnames == ["台账", "核对结果"]
    assert [row[1] for row in lines(Path("下一轮/大垸中学.xlsx"))[3:]] == ["新增", "仍在", "已改"]


def test_marks_are_found_again_where_rows_were_put_in(tmp_path: Path, run: Run) -> None:
    folder = tmp_path / "报送"
    folder.mkdir()
    (folder / "大垸中学.xlsx").write_bytes(workbook([HEAD, GOOD, BAD], "台账"))
    run("check", "报送", "--return", "退回")
    book = openpyxl.load_workbook("退回/大垸中学.xlsx")
    book["台账"].insert_rows(2, 2)
    for column, text in enumerate(["9", *GOOD[1:4], "另一件", *GOOD[5:]], start=1):
        book["台账"].cell(2, column, text)
    book.save(folder / "大垸中学.xlsx")
    ended = run("check", "报送", "--return", "下一轮")
    assert "已改 0 条，仍在 2 条，新增 0 条" in ended.out
    sheet = openpyxl.load_workbook("下一轮/大垸中学.xlsx")["台账"]
    assert [cell.coordinate for row in sheet["A1:G5"] for cell in row if cell.fill.fill_type] == ["C5", "F5"]


def test_a_return_that_is_all_mended_comes_back_without_marks(tmp_path: Path, run: Run) -> None:
    folder = tmp_path / "报送"
    folder.mkdir()
    (folder / "大垸中学.xlsx").write_bytes(workbook([HEAD, GOOD, BAD], "台账"))
    run("check", "报送", "--return", "退回")
    shutil.copy("退回/大垸中学.xlsx", "报送/大垸中学.xlsx")
    mended(folder / "大垸中学.xlsx", C3="2024-03-01", F3="2")
    ended = run("check", "报送", "--return", "下一轮")
    assert "已改 2 条，仍在 0 条，新增 0 条" in ended.out
    sheet = openpyxl.load_workbook("下一轮/大垸中学.xlsx")["台账"]
    assert {cell.fill.fill_type for row in sheet.iter_rows() for cell in row} == {None}
    assert sheet.max_column == len(HEAD)


def test_a_return_reads_as_the_ledger_that_it_is(tmp_path: Path, run: Run) -> None:
    for name in ("报送", "回来"):
        (tmp_path / name).mkdir()
    Path("报送/大垸中学.xlsx").write_bytes(workbook([HEAD, GOOD, BAD], "台账"))
    before = run("check", "报送", "--return", "退回", "--json").json
    shutil.copy("退回/大垸中学.xlsx", "回来/大垸中学.xlsx")
    after = run("check", "回来", "--json").json
    assert after["sheets"] == before["sheets"]
    assert after["problems"] == before["problems"]


@pytest.mark.skipif(shutil.which("soffice") is None, reason="needs LibreOffice")
def test_marks_come_off_when_libreoffice_has_saved_the_workbook(tmp_path: Path, run: Run) -> None:
    folder = tmp_path / "报送"
    folder.mkdir()
    before = rich()
    (folder / "大垸中学.xlsx").write_bytes(before)
    run("check", "报送", "--return", "退回")
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    words = ["soffice", profile, "--headless", "--convert-to", "xlsx", "--outdir", str(folder), "退回/大垸中学.xlsx"]
    subprocess.run(words, check=True, capture_output=True, timeout=120)
    ended = run("check", "报送", "--return", "下一轮")
    told = "已改 0 条，仍在 "
    assert told in ended.out
    assert "新增 0 条" in ended.out
    sheet = openpyxl.load_workbook("下一轮/大垸中学.xlsx")["台账"]
    assert [cell.value for cell in sheet[2]].count("核对问题") == 1
    original = openpyxl.load_workbook(io.BytesIO(before))["台账"]
    fills = {c.coordinate: c.fill.fgColor.rgb for row in original["A1:E10"] for c in row if c.fill.fill_type}
    kept = {c.coordinate: c.fill.fgColor.rgb for row in sheet["A1:E10"] for c in row if c.fill.fill_type}
    ours = {cell: rgb for cell, rgb in kept.items() if rgb != fills.get(cell)}
    assert all(rgb.startswith(("FFFFB", "FFFFE")) for rgb in ours.values())
    assert ours
