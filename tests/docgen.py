"""The generated pages of docs/: `python -m tests.docgen` writes them anew, test_docs.py says when they are stale.

docs/命令.md is the help of the app itself; docs/问题代码.md is the catalogue, each code with what its folder under
tests/errors/ really prints.
"""

import contextlib
import io
import os
import re
import shlex
import shutil
import tempfile
from pathlib import Path
from typing import Final

from zyw import cli
from zyw.catalogue import CODES
from zyw.commands.scheme import COMMANDS as SCHEME_COMMANDS
from zyw.exits import Exit
from zyw.problems import Code
from zyw.rulepage import blanks

ROOT: Final = Path(__file__).resolve().parent.parent
ERRORS: Final = ROOT / "tests" / "errors"
GENERATED: Final = "<!-- 由 make docs 写出，改这里没有用 -->"
FAMILIES: Final = {
    "F": "文件", "S": "工作表和表头", "L": "单元格和行", "U": "单位名称", "P": "方案文件", "C": "计分", "R": "文书和模板",
    "G": "命令和选项", "W": "写结果",
}  # fmt: skip
LINES: Final = 12


def pages() -> dict[str, str]:
    """Return each generated page by its path."""
    return {"docs/命令.md": commands_page(), "docs/问题代码.md": codes_page()}


def run(words: list[str], folder: Path) -> tuple[int, str]:
    """Run one command line in `folder`; return its exit code and what it printed, stdout first."""
    out, err = io.StringIO(), io.StringIO()
    before = Path.cwd()
    os.chdir(folder)
    try:
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            code = cli.run(words)
    finally:
        os.chdir(before)
    return code, out.getvalue() + err.getvalue()


def commands_page() -> str:
    """Return the reference of the commands."""
    lines = ["# 命令", "", GENERATED, "", "每个命令后面加 `--help` 也能看到同样的内容。", ""]
    lines += ["## 退出码", "", "| 退出码 | 意思 |", "|---|---|"]
    lines += [f"| {int(code)} | {code.meaning} |" for code in Exit]
    names = [[], *([name] for name in cli.COMMANDS), *(["scheme", name] for name in SCHEME_COMMANDS)]
    for words in names:
        _, text = run([*words, "--help"], ROOT)
        lines += ["", f"## zyw {' '.join(words)}".rstrip(), "", "```text", text.rstrip(), "```"]
    return "\n".join(lines) + "\n"


def codes_page() -> str:
    """Return the catalogue, family by family."""
    lines = ["# 问题代码", "", GENERATED, ""]
    lines += ["屏幕上每个问题都有一个代码，`zyw rule 代码` 显示同样的说明。错误要改；警告要看一眼；提示不用改。", ""]
    for letter, title in FAMILIES.items():
        family = [code for code in CODES if code.code.startswith(letter)]
        if family:
            lines += [f"## {letter}　{title}", ""]
            lines += [line for code in sorted(family, key=lambda c: c.code) for line in code_lines(code)]
    return "\n".join(lines).rstrip() + "\n"


def code_lines(code: Code) -> list[str]:
    """Return the entry of one code."""
    lines = [f"### {code.code}　{code.title}（{code.severity.value}）", ""]
    lines += [f"{blanks(code.message)}。", "", f"- 怎么改：{blanks(code.hint)}", f"- 为什么要查：{code.why}"]
    lines += [f"- 例子：{code.example}", ""]
    printed = reproduced(code.code)
    return [*lines, "```text", *printed, "```", ""] if printed else lines


def command_of(code: str) -> list[str]:
    """Return the words of the command that shows `code`: its command.txt, else a check of the folder."""
    stated = ERRORS / code / "command.txt"
    if not stated.is_file():
        return ["check", "."]
    return shlex.split(stated.read_text(encoding="utf-8"))[1:]


@contextlib.contextmanager
def copied(code: str):  # type: ignore[no-untyped-def]
    """Give a copy of the folder of `code`: a command may write beside what it reads."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / code
        shutil.copytree(ERRORS / code, folder, ignore=shutil.ignore_patterns("command.txt"))
        yield folder


def reproduced(code: str) -> list[str]:
    """Return what the folder of `code` prints of that code, the command first; empty when there is no folder."""
    if not (ERRORS / code).is_dir():
        return []
    words = command_of(code)
    with copied(code) as folder:
        _, text = run(words, folder)
    found = re.search(rf"^(错误|警告|提示) {code}  .*?说明：zyw rule {code}$", text, re.MULTILINE | re.DOTALL)
    shown = found[0].splitlines() if found else []
    return [f"$ zyw {' '.join(words)}", *shown[:LINES]]


def main() -> None:
    """Write the pages."""
    for name, text in pages().items():
        path = ROOT / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
