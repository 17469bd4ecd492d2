"""docs/五个方案.md tells the truth: every clause has a line, every command runs, every output is written."""

import json
import re
import shutil
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path

import pytest

from tests.systempage import OFFICE, SCREEN, Line, lines, words
from tests.test_examples import ROOT
from zyw.library import scheme_ids

CLAUSES = {
    "dayuan-2011": ["三", "四", "五(一)", "五(二)", "五(三)1", "五(三)3", "五(三)4(1)", "五(三)4方式", "五(三)4办法1", "五(三)4办法2",
                    "五(三)4办法3", "五(三)4办法4", "六(一)", "五(四)"],
    "zhuanxiang-2020": ["三1", "三(工作安排)第一阶段", "三(工作安排)第二阶段", "三(工作安排)第三阶段", "三3", "四2"],
    "jiayu-2010": ["一(一)", "一(三)", "一(五)", "一(六)", "一(七)", "一(八)", "一(八)二", "二"],
    "zhuanzuofeng-2013": ["三1", "三3(1)", "三1(3)", "三5(3)", "四", "五1", "五2"],
    "tangping-2023": ["二", "三(一)1", "三(一)2", "三(二)1", "三(二)2", "三(三)1", "三(三)2", "三(四)", "三(五)", "三(六)"],
}  # fmt: skip
"""The clauses that each document is known by; a line's clause begins with one of them."""
ALL = [(scheme, line) for scheme in scheme_ids() for line in lines(scheme)]
RESULTS = re.compile("^结果在 (.+)：", re.MULTILINE)


@cache
def copied(scheme: str) -> Path:
    folder = Path(tempfile.mkdtemp())
    shutil.copytree(
        ROOT / "examples" / scheme,
        folder / OFFICE,
        ignore=shutil.ignore_patterns("*.py", "__pycache__", "输出", ".zyw"),
    )
    return folder


@cache
def done(scheme: str, command: str) -> "subprocess.CompletedProcess[str]":
    typed = words(Line("", "", command, ""))
    run = [sys.executable, "-X", "utf8", "-m", "zyw", *typed]
    return subprocess.run(run, cwd=copied(scheme), capture_output=True, text=True, encoding="utf-8", check=False)


@pytest.mark.parametrize("scheme", scheme_ids())
def test_every_clause_has_a_line(scheme: str) -> None:
    told = [line.clause for line in lines(scheme)]
    assert [clause for clause in CLAUSES[scheme] if not any(each.startswith(clause) for each in told)] == []


@pytest.mark.parametrize(("scheme", "line"), ALL, ids=[f"{scheme} {line.clause}" for scheme, line in ALL])
def test_a_command_of_the_page_writes_what_the_page_says(scheme: str, line: Line) -> None:
    found = done(scheme, line.command)
    assert found.returncode in {0, 1}, found.stderr
    if line.output == SCREEN:
        assert found.stdout.strip()
        return
    place = RESULTS.search(found.stdout)
    assert place
    results = copied(scheme) / place[1]
    assert (results / line.output).exists()
    if line.sheet:
        tables = json.loads((results / "统计.json").read_text(encoding="utf-8"))["tables"]
        assert line.sheet in {table["table"] for table in tables if table["rows"]}
