"""The one printer: layout, limits, streams, colours, a reader that goes away."""

import io
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from zyw import console
from zyw.problems import Place, Problem, Severity
from zyw.shown.widths import width

LATE = Problem(
    "L012",
    Severity.ERROR,
    Place("3月台账.xlsx", "3月考勤", "C3"),
    "“迟到次数”应为整数，读到“两次”",
    "改成数字 2；没有记录就留空",
    ("3", "乙", "2021002", "两次", "1"),
)


def many(count: int, severity: Severity = Severity.ERROR) -> list[Problem]:
    return [
        Problem("L012", severity, Place("a.xlsx", "s", f"C{i}"), f"第 {i} 个", "改", ("1", "甲")) for i in range(count)
    ]


def test_a_problem_is_laid_out_as_the_contract_shows_it() -> None:
    assert console.laid_out(LATE) == [
        "错误 L012  3月台账.xlsx ▸ 3月考勤!C3  “迟到次数”应为整数，读到“两次”",
        "      3 │ 乙 │ 2021002 │ 两次 │ 1",
        "提示：改成数字 2；没有记录就留空。说明：zyw rule L012",
    ]


def test_a_place_in_a_scheme_is_a_line_and_a_column() -> None:
    fault = Problem("P005", Severity.ERROR, Place("方案.yaml", line=12, column=5), "不认识的键", "改")
    assert console.laid_out(fault)[0] == "错误 P005  方案.yaml:12:5  不认识的键"


def test_without_a_hint_the_last_line_only_says_where_to_read_on() -> None:
    assert console.laid_out(Problem("L012", Severity.NOTE, None, "说明", ""))[-1] == "说明：zyw rule L012"


def test_on_a_terminal_no_line_is_wider_than_it() -> None:
    long = Problem("L012", Severity.ERROR, LATE.place, "很长的话，" * 30, "改" * 90)
    assert all(width(line) <= 80 for line in console.laid_out(long, 80))
    assert len(console.laid_out(long)) == 2


def test_only_the_severity_is_coloured() -> None:
    assert console.laid_out(LATE, colour=True)[0].startswith("\x1b[31m错误\x1b[0m L012  3月台账.xlsx")


def test_check_prints_every_problem_on_stdout(capsys: pytest.CaptureFixture[str]) -> None:
    console.all_problems(many(40))
    captured = capsys.readouterr()
    assert captured.out.count("错误 L012") == 40
    assert captured.err == ""


@pytest.mark.parametrize("count", [1, 5, 6, 100])
def test_others_print_at_most_five_in_fifteen_lines_on_stderr(count: int, capsys: pytest.CaptureFixture[str]) -> None:
    console.some_problems(many(count), "zyw check 台账")
    captured = capsys.readouterr()
    lines = captured.err.splitlines()
    assert captured.out == ""
    assert captured.err.count("错误 L012") == min(count, 5)
    rest = [line for line in lines if line.startswith("另有")]
    assert rest == ([f"另有 {count - 5} 条：zyw check 台账"] if count > 5 else [])
    assert len(lines) - len(rest) <= 15


def test_the_gravest_come_first(capsys: pytest.CaptureFixture[str]) -> None:
    console.some_problems([*many(9, Severity.NOTE), *many(1, Severity.WARNING), *many(1)], "zyw check 台账")
    shown = [
        line[:2]
        for line in capsys.readouterr().err.splitlines()
        if line[:2] in ("错误", "警告", "提示") and "L012" in line[:8]
    ]
    assert shown == ["错误", "警告", "提示", "提示", "提示"]


def test_quiet_says_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    console.some_problems(many(3), "zyw check", quiet=True)
    console.say("说", quiet=True)
    with console.progress("读", quiet=True):
        pass
    assert capsys.readouterr() == ("", "")


def test_progress_is_silent_where_there_is_no_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    with console.progress("正在读"):
        pass
    assert capsys.readouterr().err == ""


def test_a_table_off_the_terminal_is_plain_and_straight(capsys: pytest.CaptureFixture[str]) -> None:
    console.show_table(["单位", "得分"], [["大垸中学", "93"]], numbers=[1])
    assert capsys.readouterr().out == "单位      得分\n大垸中学    93\n"


def test_a_character_that_the_console_lacks_becomes_a_mark(monkeypatch: pytest.MonkeyPatch) -> None:
    raw = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(raw, encoding="gbk", errors="strict"))
    console.prepare()
    console.out("一✓二")
    sys.stdout.flush()
    assert raw.getvalue().decode("gbk") == "一?二\n"


def run_python(code: str, **environment: str) -> "subprocess.CompletedProcess[bytes]":
    clean = {k: v for k, v in os.environ.items() if k not in ("NO_COLOR", "TERM", "COLUMNS")}
    return subprocess.run([sys.executable, "-c", code], capture_output=True, env=clean | environment, check=False)


def test_a_reader_that_went_away_leaves_no_traceback_and_the_work_goes_on(tmp_path: Path) -> None:
    mark = tmp_path / "done"
    code = (
        "from zyw import console\nimport pathlib\n"
        "for i in range(20000): console.out('行' * 40)\n"
        f"pathlib.Path({str(mark)!r}).write_text('x')\n"
    )
    ended = subprocess.run(
        ["bash", "-c", f"{sys.executable} -c \"$CODE\" | head -1"],
        capture_output=True, env=os.environ | {"CODE": code}, check=False, text=True,
    )  # fmt: skip
    assert ended.stderr == ""
    assert len(ended.stdout.splitlines()) == 1
    assert mark.exists()


@pytest.mark.parametrize(
    ("environment", "coloured"),
    [({"TERM": "xterm"}, True), ({"TERM": "xterm", "NO_COLOR": "1"}, False), ({"TERM": "dumb"}, False)],
)
def test_colours_are_for_terminals_that_want_them(environment: dict[str, str], coloured: bool) -> None:
    code = (
        "from zyw import console\nfrom zyw.problems import *\n"
        "console.all_problems([Problem('L012', Severity.ERROR, None, 'm', 'h')])\n"
    )
    main, terminal = pty.openpty()
    clean = {k: v for k, v in os.environ.items() if k not in ("NO_COLOR", "TERM", "COLUMNS")}
    subprocess.run([sys.executable, "-c", code], stdout=terminal, env=clean | environment, check=True)
    os.close(terminal)
    text = os.read(main, 10_000).decode()
    os.close(main)
    assert ("\x1b[31m" in text) is coloured
    assert "错误" in text


def test_in_a_pipe_there_are_no_colours() -> None:
    code = (
        "from zyw import console\nfrom zyw.problems import *\n"
        "console.all_problems([Problem('L012', Severity.ERROR, None, 'm', 'h')])\n"
    )
    assert b"\x1b" not in run_python(code, TERM="xterm", PYTHONUTF8="1").stdout


def test_a_c_locale_prints_instead_of_failing() -> None:
    code = "from zyw import console\nconsole.prepare()\nconsole.out('\\u4e00\\u2713')\n"
    ended = run_python(code, LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0", PYTHONIOENCODING="ascii")
    assert (ended.returncode, ended.stderr) == (0, b"")


def test_how_many_of_each_is_said_in_one_line() -> None:
    assert console.tally([*many(2), *many(1, Severity.NOTE)]) == "错误 2，提示 1"
    assert console.tally([]) == "没有发现问题"
