"""Finding inputs, naming files, and writing them whole."""

import json
import os
import resource
import signal
import stat
import subprocess
import sys
import time
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.errors.make_files import HERE, files, workbook
from zyw import writing
from zyw.catalogue.files import CODES as FILE_CODES
from zyw.files import find_inputs, is_temporary, safe_name, staging, unique_names, write_bytes
from zyw.problems import Problem, ZywError
from zyw.workbook import read_book


def lay(folder: Path, *names: str) -> Path:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x")
    return folder


def codes_of(problems: tuple[Problem, ...]) -> list[str]:
    return [p.code for p in problems]


# --- finding -------------------------------------------------------------------------------------------------------


def test_a_folder_is_read_with_its_subfolders_in_name_order(tmp_path: Path) -> None:
    lay(tmp_path, "乙.xlsx", "甲.csv", "3月/台账.xlsx", "3月/台账(1).xlsx", "B.XLSX", "a.txt", "3月/更深/x.tsv")
    found, problems = find_inputs([tmp_path])
    shown = [one.shown for one in found]
    assert shown == ["3月/台账.xlsx", "3月/台账(1).xlsx", "3月/更深/x.tsv", "B.XLSX", "a.txt", "乙.xlsx", "甲.csv"]
    assert problems == ()
    assert [one.named for one in found] == [False] * 7


def test_results_returns_and_hidden_things_are_left_out(tmp_path: Path) -> None:
    lay(
        tmp_path,
        "台账.csv",
        "输出/2012-05/排名.xlsx",
        "3月/退回/a.xlsx",
        ".zyw/log.txt",
        ".hidden.csv",
        "__MACOSX/a.csv",
        "zyw.yaml",
    )
    found, problems = find_inputs([tmp_path])
    assert [one.shown for one in found] == ["台账.csv"]
    assert problems == ()


def test_temporary_files_are_skipped_with_one_note_and_an_open_workbook_is_a_warning(tmp_path: Path) -> None:
    lay(
        tmp_path, "台账.xlsx", "~$台账.xlsx", ".~lock.别的.xlsx#", ".~甲.xlsx", "Thumbs.db", ".DS_Store", "~WRL0001.tmp"
    )
    found, problems = find_inputs([tmp_path])
    assert [one.shown for one in found] == ["台账.xlsx"]
    assert codes_of(problems) == ["F012", "F013"]
    assert str(problems[0].place) == "台账.xlsx"
    assert "6 个" in problems[1].message
    assert "~$台账.xlsx" in problems[1].message


def test_files_that_are_no_tables_are_named_in_one_note(tmp_path: Path) -> None:
    lay(tmp_path, "台账.csv", "通知.docx", "照片.jpg", "方案.yaml")
    _, problems = find_inputs([tmp_path])
    assert codes_of(problems) == ["F014"]
    assert all(name in problems[0].message for name in ("通知.docx", "照片.jpg", "方案.yaml"))


def test_a_long_list_of_skipped_files_is_cut_but_counted(tmp_path: Path) -> None:
    lay(tmp_path, "台账.csv", *(f"{n}.jpg" for n in range(30)))
    _, problems = find_inputs([tmp_path])
    assert "30 个" in problems[0].message
    assert problems[0].message.count(".jpg") == 10


def test_a_file_given_by_name_is_shown_by_its_name_and_known_to_be_named(tmp_path: Path) -> None:
    lay(tmp_path, "3月/台账.xlsx", "3月/~$台账.xlsx")
    found, problems = find_inputs([tmp_path / "3月/台账.xlsx"])
    assert [(one.shown, one.named) for one in found] == [("台账.xlsx", True)]
    assert codes_of(problems) == ["F012"]


def test_one_file_reached_twice_is_read_once(tmp_path: Path) -> None:
    lay(tmp_path, "台账.csv")
    (tmp_path / "link").symlink_to(tmp_path)
    found, _ = find_inputs([tmp_path, tmp_path / "台账.csv", tmp_path / "link" / "台账.csv"])
    assert [(one.shown, one.named) for one in found] == [("台账.csv", True)]


def test_missing_temporary_and_empty_inputs_are_errors_and_the_rest_is_found(tmp_path: Path) -> None:
    lay(tmp_path, "台账.csv", "~$台账.xlsx")
    (tmp_path / "空").mkdir()
    inputs = ["无.xlsx", "~$台账.xlsx", "空", "台账.csv", "长" * 200, "a\x00b"]
    found, problems = find_inputs([tmp_path / name for name in inputs])
    assert [one.shown for one in found] == ["台账.csv"]
    assert sorted(codes_of(problems)) == ["F001", "F001", "F001", "F011", "F023"]
    assert all(ZywError(p).exit_code == 3 for p in problems)


@given(st.text(max_size=20))
def test_a_workbook_of_any_plain_name_is_never_taken_for_temporary(name: str) -> None:
    assert not is_temporary(f"台账{name}.xlsx")


# --- codes ---------------------------------------------------------------------------------------------------------

SKIPPED = {line.split()[0] for line in (HERE / "skipped.txt").read_text("utf-8").splitlines()}


ASKED_FOR = {path.parent.name for path in HERE.glob("F*/command.txt")} | {"F032", "F033"}
"""Codes that need more on the command line than the folder, and those of the table, not of the file."""


@pytest.mark.parametrize("code", [c.code for c in FILE_CODES if c.code not in SKIPPED | ASKED_FOR])
def test_each_code_has_a_folder_that_gives_it(code: str) -> None:
    found, problems = find_inputs([HERE / code])
    told = list(problems)
    for one in found:
        told += read_book(one.path, one.shown)[1]
    assert code in {p.code for p in told}


def test_the_reproducing_files_are_what_their_script_writes() -> None:
    for name, data in files().items():
        assert (HERE / name).read_bytes() == data, name


# --- names ---------------------------------------------------------------------------------------------------------

NASTY = [
    "a/b", "..", "../../x", "C:\\x", "CON", "con.docx", "COM1.报告", "COM¹", "第一中学.", "第一中学 ", "学校:一*二?",
    "\x00", "a\x00b", "\u202ecod.exe", "长" * 120, "~$x", "-rf", "", "一中\n二中", "一中A", "一中a", "é", "e\u0301",
    ".hidden", "nul", "\u3000", "a\u200bb", "\ud800", "lpt9", "...", "=1+1", "第一中学/A", "第一中学A", "|", "长" * 119,
]  # fmt: skip


def test_nasty_names_give_one_file_each_inside_the_folder(tmp_path: Path) -> None:
    names = unique_names(NASTY)
    assert set(names) == set(NASTY)
    for safe in names.values():
        path = tmp_path / f"{safe}.docx"
        assert path.resolve().parent == tmp_path
        assert not path.exists()
        write_bytes(path, b"x")
    assert len([p for p in tmp_path.iterdir() if p.suffix == ".docx"]) == len(NASTY)
    assert len({unicodedata.normalize("NFKC", safe).casefold() for safe in names.values()}) == len(NASTY)


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("大垸中学", "大垸中学"),
        ("大垸中学（东校区）", "大垸中学（东校区）"),
        ("..", "未命名"),
        ("../../x", "_.._x"),
        ("C:\\x", "C__x"),
        ("CON", "_CON"),
        ("COM1.报告", "_COM1.报告"),
        ("COM¹", "_COM¹"),
        ("~$x", "_$x"),
        ("-rf", "_rf"),
        ("一中\r\n二中", "一中_二中"),
        ("\u202e倒", "倒"),
        ("第一中学. ", "第一中学"),
    ],
)
def test_safe_names_keep_chinese_and_defuse_the_rest(text: str, safe: str) -> None:
    assert safe_name(text) == safe


@given(st.text())
def test_a_safe_name_is_short_single_and_stable(text: str) -> None:
    name = safe_name(text)
    assert name
    assert len(name.encode("utf-8")) <= 200
    assert not set(name) & set('/\\:*?"<>|\n\r\t\x00')
    assert not name.startswith((".", "-", "~", " "))
    assert not name.endswith((".", " "))
    assert safe_name(name) == name


@given(st.lists(st.text(max_size=4)))
def test_unique_names_never_meet(names: list[str]) -> None:
    safe = unique_names(names)
    assert len({unicodedata.normalize("NFKC", name).casefold() for name in safe.values()}) == len(set(names))


# --- writing -------------------------------------------------------------------------------------------------------


def exit_of(path: Path, data: bytes = b"new", *, overwrite: bool = False) -> tuple[str, int]:
    with pytest.raises(ZywError) as caught:
        write_bytes(path, data, overwrite=overwrite)
    return caught.value.problems[0].code, caught.value.exit_code


def leftovers(folder: Path) -> list[str]:
    return sorted(p.name for p in folder.iterdir() if p.name.startswith(".~"))


def test_a_new_file_gets_the_mode_of_the_umask_and_an_old_one_keeps_its_own(tmp_path: Path) -> None:
    path = tmp_path / "子" / "排名.csv"
    old = os.umask(0o027)
    try:
        write_bytes(path, b"1")
        assert stat.S_IMODE(path.stat().st_mode) == 0o640
        path.chmod(0o604)
        write_bytes(path, b"2")
    finally:
        os.umask(old)
    assert path.read_bytes() == b"2"
    assert stat.S_IMODE(path.stat().st_mode) == 0o604
    assert leftovers(path.parent) == []


def test_a_file_that_zyw_did_not_write_is_kept_unless_asked(tmp_path: Path) -> None:
    for name, foreign in (("名册.xlsx", workbook()), ("名册.csv", b"a,b"), ("a.html", b"<html>"), ("a.docx", b"PK")):
        path = tmp_path / name
        path.write_bytes(foreign)
        assert exit_of(path) == ("W002", 4)
        assert path.read_bytes() == foreign
        write_bytes(path, b"new", overwrite=True)
        assert path.read_bytes() == b"new"


def test_what_zyw_wrote_is_replaced_but_a_csv_edited_since_is_not(tmp_path: Path) -> None:
    page = b'<!doctype html><html><head><meta name="generator" content="zyw 0.1">'
    own = {"排名.xlsx": workbook(properties=["zyw-output"]), "排名.csv": b"a,b", "排名.json": b"{}", "a.html": page}
    for name, data in own.items():
        write_bytes(tmp_path / name, data)
        write_bytes(tmp_path / name, data)
    (tmp_path / "排名.csv").write_bytes(b"a,b,c")
    assert exit_of(tmp_path / "排名.csv") == ("W002", 4)
    assert set(json.loads((tmp_path / ".zyw/written.json").read_text("utf-8"))) == {"排名.csv", "排名.json"}


def test_an_open_file_is_tried_again_and_then_given_up_with_the_old_one_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "排名.xlsx"
    write_bytes(path, workbook(properties=["zyw-output"]))
    before = path.read_bytes()
    real, calls = os.replace, [0]
    monkeypatch.setattr(time, "sleep", lambda _: None)

    def refuse(times: int) -> None:
        calls[0] = 0

        def replace(source: Path, target: Path) -> None:
            calls[0] += 1
            if calls[0] <= times:
                raise PermissionError(13, "sharing violation")
            real(source, target)

        monkeypatch.setattr(os, "replace", replace)

    refuse(1000)
    assert exit_of(path) == ("W001", 4)
    assert path.read_bytes() == before
    assert leftovers(tmp_path) == []
    refuse(2)
    write_bytes(path, b"new")
    assert path.read_bytes() == b"new"


def test_a_folder_and_a_file_in_the_way_and_a_long_name_are_told(tmp_path: Path) -> None:
    (tmp_path / "输出").mkdir()
    (tmp_path / "文件").write_bytes(b"")
    assert exit_of(tmp_path / "输出") == ("W004", 4)
    assert exit_of(tmp_path / "文件" / "a.csv") == ("W003", 4)
    assert exit_of(tmp_path / ("长" * 120 + ".csv")) == ("W003", 4)


def test_a_full_disk_leaves_the_old_file_and_no_temporary(tmp_path: Path) -> None:
    path = tmp_path / "排名.csv"
    write_bytes(path, b"old")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (3000, hard))
    try:
        assert exit_of(path, b"x" * 10_000) == ("W003", 4)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert path.read_bytes() == b"old"
    assert leftovers(tmp_path) == []


KILLED = """
import sys, pathlib
from zyw.files import write_bytes
path = pathlib.Path(sys.argv[1])
print("ready", flush=True)
n = 0
while True:
    n += 1
    write_bytes(path, bytes([65 + n % 26]) * 2_000_000, overwrite=True)
"""


def test_a_kill_leaves_a_whole_file_and_at_most_one_temporary_which_the_next_run_clears(tmp_path: Path) -> None:
    path = tmp_path / "排名.xlsx"
    path.write_bytes(b"A" * 2_000_000)
    for turn in range(8):
        child = subprocess.Popen([sys.executable, "-c", KILLED, str(path)], stdout=subprocess.PIPE)
        assert child.stdout is not None
        child.stdout.readline()
        time.sleep(0.005 + 0.007 * turn)
        child.send_signal(signal.SIGKILL)
        child.wait()
        child.stdout.close()
        content = path.read_bytes()
        assert len(content) == 2_000_000
        assert len(set(content)) == 1
        assert len(leftovers(tmp_path)) <= 1
        assert all(name.endswith(".tmp") for name in leftovers(tmp_path))
        assert all(is_temporary(name) for name in leftovers(tmp_path))
    write_bytes(path, b"done", overwrite=True)
    assert leftovers(tmp_path) == []


def test_a_temporary_of_a_running_process_is_left_alone(tmp_path: Path) -> None:
    mine = tmp_path / f"{writing.temporary_name()}.tmp"
    mine.write_bytes(b"")
    foreign = tmp_path / ".~zyw-ffffff-1-00.tmp"
    foreign.write_bytes(b"")
    old = tmp_path / ".~zyw-ffffff-2-00.tmp"
    old.write_bytes(b"")
    os.utime(old, (0, 0))
    writing.clear_stale(tmp_path)
    assert leftovers(tmp_path) == sorted([mine.name, foreign.name])


# --- staging -------------------------------------------------------------------------------------------------------


def test_staged_results_appear_together_at_the_end(tmp_path: Path) -> None:
    target = tmp_path / "输出" / "2012-05"
    with staging(target) as stage:
        write_bytes(stage / "排名.csv", b"1")
        write_bytes(stage / "告知单" / "一中.docx", workbook(properties=["zyw-output"]))
        assert not (target / "排名.csv").exists()
    assert (target / "排名.csv").read_bytes() == b"1"
    assert (target / "告知单" / "一中.docx").exists()
    assert leftovers(target) == []
    with staging(target) as stage:
        write_bytes(stage / "排名.csv", b"2")
    assert (target / "排名.csv").read_bytes() == b"2"


def test_an_exception_among_the_reports_leaves_the_folder_as_it_was(tmp_path: Path) -> None:
    write_bytes(tmp_path / "0.csv", b"old")

    def write_ten() -> None:
        with staging(tmp_path) as stage:
            for n in range(10):
                if n == 7:
                    raise RuntimeError
                write_bytes(stage / f"{n}.csv", b"new")

    with pytest.raises(RuntimeError):
        write_ten()
    assert [p.name for p in tmp_path.iterdir() if p.name != ".zyw"] == ["0.csv"]
    assert (tmp_path / "0.csv").read_bytes() == b"old"


def test_one_foreign_target_stops_the_whole_set(tmp_path: Path) -> None:
    (tmp_path / "z.csv").write_bytes(b"by hand")
    with pytest.raises(ZywError) as caught, staging(tmp_path) as stage:
        write_bytes(stage / "a.csv", b"1")
        write_bytes(stage / "z.csv", b"2")
    assert caught.value.exit_code == 4
    assert [p.name for p in tmp_path.iterdir()] == ["z.csv"]
    with staging(tmp_path, overwrite=True) as stage:
        write_bytes(stage / "z.csv", b"2")
    assert (tmp_path / "z.csv").read_bytes() == b"2"


def test_a_staging_folder_left_by_a_kill_is_cleared_and_never_read(tmp_path: Path) -> None:
    lay(tmp_path, "台账.csv", ".~zyw-ffffff-2-00.d/排名.xlsx")
    os.utime(tmp_path / ".~zyw-ffffff-2-00.d", (0, 0))
    assert [one.shown for one in find_inputs([tmp_path])[0]] == ["台账.csv"]
    write_bytes(tmp_path / "a.csv", b"")
    assert leftovers(tmp_path) == []
