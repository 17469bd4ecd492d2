"""The generated pages of docs/: `python -m tests.docgen` writes them anew, test_docs.py says when they are stale.

docs/命令.md is the help of the app itself; docs/问题代码.md is the catalogue, each code with what its folder under
tests/errors/ really prints; 列名, 方案语言 and 文书字段 are the declarations that the reader, the scheme loader and the papers
work by.
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
from zyw.columns import TABLES
from zyw.commands.scheme import COMMANDS as SCHEME_COMMANDS
from zyw.exits import Exit
from zyw.grammar import PARTS
from zyw.problems import Code
from zyw.report import NAMES as PAPER_NAMES
from zyw.rulepage import blanks
from zyw.template_names import Names

ROOT: Final = Path(__file__).resolve().parent.parent
ERRORS: Final = ROOT / "tests" / "errors"
GENERATED: Final = "<!-- 由 make docs 写出，改这里没有用 -->"
FAMILIES: Final = {
    "F": "文件", "S": "工作表和表头", "L": "单元格和行", "U": "单位名称", "P": "方案文件", "V": "测评", "C": "计分", "R": "文书和模板",
    "G": "命令和选项", "W": "写结果",
}  # fmt: skip
LINES: Final = 12


def pages() -> dict[str, str]:
    """Return each generated page by its path."""
    return {
        "docs/命令.md": commands_page(),
        "docs/问题代码.md": codes_page(),
        "docs/列名.md": columns_page(),
        "docs/方案语言.md": language_page(),
        "docs/文书字段.md": names_page(),
    }


def columns_page() -> str:
    """Return every table with its columns and their other names."""
    lines = ["# 列名", "", GENERATED, ""]
    lines += [
        "表头写哪个叫法都认。“次选”只在没有更好的列时才算，写在前面的先算；同一个叫法是几列的次选时，归还空着的第一列。"
        "比较时不管空格、换行、括号里的说明、全角半角和繁体。",
        "",
    ]
    for table in TABLES:
        needed = "；".join("、".join(group[:4]) + (" 之一" if len(group) > 1 else "") for group in table.required)
        instead = "；".join("、".join(group) + (" 之一" if len(group) > 1 else "") for group in table.otherwise)
        lines += [
            f"## {table.name}",
            "",
            f"至少要有：{needed}。" + (f"或者认得三列以上，其中有：{instead}。" if instead else ""),
            "",
            "| 列 | 内容 | 其他叫法 | 次选 |",
            "|---|---|---|---|",
        ]
        lines += [f"| {f.name} | {f.kind.value} | {'、'.join(f.names)} | {'、'.join(f.weak)} |" for f in table.fields]
        lines.append("")
    return "\n".join(lines)


def language_page() -> str:
    """Return the reference of the scheme language: every part, every key."""
    lines = ["# 方案语言", "", GENERATED, ""]
    lines += [
        "方案是一个 YAML 文件，键用中文。没有列在这里的键不收；`zyw scheme check 文件` 指出哪一行哪一列有误。",
        "",
    ]
    lines += ["完整的例子：`zyw scheme show dayuan-2011`，以及程序里的 `schemes/dayuan-2011.yaml`。", ""]
    for part in PARTS:
        lines += [f"## {part.name}", "", f"{part.meaning}。", "", "| 键 | 必填 | 写什么 | 意思 |", "|---|---|---|---|"]
        for key in part.keys:
            lines.append(f"| {key.name} | {'是' if key.required else ''} | {key.kind.label} | {key.meaning} |")
        lines.append("")
    return "\n".join(lines)


def names_page() -> str:
    """Return the names that Word templates may use."""
    lines = ["# 文书字段", "", GENERATED, ""]
    lines += [
        "Word 模板里用 `{{ 名称 }}` 写值，用 `{% for 行 in 表 %}` 逐行写表。写了这里没有的名称，不出文书，并给出最接近的。",
        "",
    ]
    for paper, names in PAPER_NAMES.items():
        lines += [f"## {paper}", "", "| 名称 | 意思 |", "|---|---|"]
        lines += [f"| {name} | {meaning} |" for name, meaning in flat(names)]
        lines.append("")
    return "\n".join(lines)


def flat(names: Names, path: str = "") -> list[tuple[str, str]]:
    """Return (dotted name, meaning) of a tree of names; a table's columns follow it with `[]`."""
    if isinstance(names, str):
        return [(path, names)]
    if isinstance(names, list):
        return [pair for each in names for pair in flat(each, f"{path}[]")]
    return [pair for key, each in names.items() for pair in flat(each, f"{path}.{key}" if path else key)]


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
