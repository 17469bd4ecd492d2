"""Complainants planted in every table leave by no command: not on a stream, not in a file, not in a log or a name.

The same run shows that no command reaches for the network.
"""

import socket
from pathlib import Path

import pytest

from tests.small_office import Run
from tests.test_examples import PLANTED, texts
from zyw import cli
from zyw.papers.forms import PAPERS

MONTH = ("--month", "2012-05")
WORKBOOK = "办/问题台账"
COMMANDS: dict[str, list[tuple[str, ...]]] = {
    "demo": [("demo", "办")],
    "check": [("check", "办"), ("check", "办", "--json"), ("check", "办", "--long"), ("check", "办", "--return", "退")],
    "score": [("score", "办", *MONTH, "--json"), ("score", "办", *MONTH, "-o", "果/得分.xlsx")],
    "rank": [("rank", "办", *MONTH, "-o", "果/排名.csv"), ("rank", "办", *MONTH, "--json")],
    "explain": [("explain", "三湖学校", "办", *MONTH), ("explain", "三湖学校", "办", *MONTH, "--json")],
    "report": [("report", name, "办", *MONTH, "-o", f"果/{name}", "--level", "内部") for name in (*PAPERS, "board")],
    "survey": [("survey", "办/测评", "--json"), ("survey", "办/测评", "-o", "果/测评.xlsx")],
    "overdue": [("overdue", "办", "--as-of", "2012-06-30"), ("overdue", "办", "--as-of", "2012-06-30", "--json")],
    "run": [("run", "办", *MONTH, "--summary", "果/小结.txt"), ("run", "办", *MONTH, "--json")],
    "init": [("init", "新", "--scheme", "dayuan-2011")],
    "form": [("form", "问题台账", "-o", "果/空.xlsx")],
    "merge": [("merge", "办", "-o", "果/总.xlsx", "--json")],
    "split": [("split", "办", "-o", "果/拆", "--json")],
    "reconcile": [("reconcile", WORKBOOK, WORKBOOK, "--json")],
    "diff": [("diff", WORKBOOK, WORKBOOK, "--json")],
    "batch": [("batch", "办", *MONTH, "--json")],
    "close": [("close", "2012-05", "办", "--json")],
    "verify": [("verify", "办/输出/2012-05", "--json")],
    "restate": [("restate", "2012-05", "办", "--json", "-o", "果/更正.xlsx")],
    "schedule": [("schedule", "办")],
    "doctor": [("doctor", "办")],
    "scheme": [("scheme", "list")],
    "rule": [("rule", "L002")],
    "template": [("template", "list")],
}
"""Each command as somebody may type it on the example office; those that write go into 果 and 退."""


def test_every_command_is_tried() -> None:
    assert set(cli.COMMANDS) == set(COMMANDS)


def refuse(*_: object, **__: object) -> None:
    raise AssertionError("the network was reached for")


def test_no_complainant_leaves_by_any_command(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("connect", "connect_ex", "sendto"):
        monkeypatch.setattr(socket.socket, name, refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    assert run("demo", "办").code == 1
    for lines in COMMANDS.values():
        for words in lines:
            ended = run(*words)
            assert ended.code in (0, 1, 4), (words, ended.err)  # 4: demo and run once more, or a month that is sealed
            said = ended.out + ended.err
            assert [value for value in PLANTED if value in said] == [], words
    made = [tmp_path / "果", tmp_path / "退", tmp_path / "办" / "输出", tmp_path / "办" / ".zyw", tmp_path / "state"]
    for folder in filter(Path.exists, made):
        for path in folder.rglob("*"):
            assert [value for value in PLANTED if value in path.name] == []
        for text in texts(folder):
            assert [value for value in PLANTED if value in text] == [], folder


def test_what_only_the_office_may_read_is_for_its_owner(run: Run, tmp_path: Path) -> None:
    run("demo", "办")
    run("run", "办", *MONTH)
    run("close", "2012-05", "办")
    logs = [path for path in (tmp_path / "办" / ".zyw").iterdir() if path.suffix in {".txt", ".json", ".log"}]
    bundle = [path for path in (tmp_path / "办" / "存档").rglob("*") if path.is_file()]
    assert logs
    assert bundle
    assert not [path for path in (*logs, *bundle) if path.stat().st_mode & 0o077]
