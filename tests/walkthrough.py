"""Run the command blocks of the clerk's pages, and write their output anew: `python -m tests.walkthrough`.

A block is fenced as `console`. Its lines that start with `$ ` are commands; `$ zyw …` is run, the commands of a page in
order, in one folder that is empty at the start. The lines after a command are its standard output; what it says
beside, on standard error, is left out. `console 12` shows the first twelve lines of each command, `console 末5` the last
five, `console 错误` the problems of that severity, with `…` for the rest; `console 0` shows none. A command may end with exit code 0 or 1;
`# 退出码 2` after it says which other one it must end with.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGES = ("README.md", "docs/教程.md", "docs/测评.md", "docs/合并和对账.md", "docs/退回.md", "docs/督办.md")
BLOCK = re.compile(r"^```console(?: (?P<keep>末?\d+|错误|警告))?\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL)
HEAD = re.compile(r"(?:错误|警告|提示) [A-Z]")
CODE = re.compile(r"#\s*退出码\s*(\d+)\s*$")


class WrongExitError(Exception):
    """A command of a page ended otherwise than the page says."""


def commands(page: str) -> Iterator[str]:
    """Give the commands of a page in order."""
    for block in BLOCK.finditer(page):
        yield from (line[2:] for line in block["body"].splitlines() if line.startswith("$ "))


def run(command: str, folder: Path) -> str:
    """Run one command in `folder`; return what it printed. Raises `WrongExitError` on another exit code."""
    if not command.startswith("zyw "):
        return ""
    words = shlex.split(command, comments=True)[1:]
    settings = {"PYTHONPATH": str(ROOT), "COLUMNS": "100", "NO_COLOR": "1", "PYTHONUTF8": "1"}
    done = subprocess.run(
        [sys.executable, "-m", "zyw", *words],
        cwd=folder, env=os.environ | settings, capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip
    said = CODE.search(command)
    if done.returncode not in ({int(said[1])} if said else {0, 1}):
        raise WrongExitError(f"{command}: exit code {done.returncode}\n{done.stderr}")
    return done.stdout


def fresh(page: str) -> str:
    """Return the page with the output of its commands written anew."""
    with tempfile.TemporaryDirectory() as folder:
        return BLOCK.sub(lambda block: fresh_block(block, Path(folder)), page)


def fresh_block(block: re.Match[str], folder: Path) -> str:
    """Return one block with its output written anew."""
    lines = []
    for command in (line for line in block["body"].splitlines() if line.startswith("$ ")):
        lines.append(command)
        printed = [line.rstrip() for line in run(command[2:], folder).splitlines()]
        lines += shown(printed, block["keep"])
    head = block[0].partition("\n")[0]
    return "\n".join([head, *lines, "```"])


def shown(printed: list[str], keep: str | None) -> list[str]:
    """Return the lines that the page shows.

    >>> shown(["a", "b"], "1"), shown(["a"], "0"), shown(["提示 S1", "错误 L2", "why", "提示 S3"], "错误")
    (['a', '…'], [], ['…', '错误 L2', 'why', '…'])
    """
    if keep is None or keep == "0":
        return printed if keep is None else []
    if keep.isdigit():
        return [*printed[: int(keep)], *["…"][: int(keep) < len(printed)]]
    if keep.startswith("末"):
        return [*["…"][: int(keep[1:]) < len(printed)], *printed[-int(keep[1:]) :]]
    lines: list[str] = []
    wanted = False
    for line in printed:
        wanted = line.startswith(f"{keep} ") if HEAD.match(line) else wanted
        lines += [line] if wanted else ["…"] if lines[-1:] != ["…"] else []
    return lines


def main() -> int:
    """Write every page anew."""
    for name in PAGES:
        path = ROOT / name
        path.write_text(fresh(path.read_text(encoding="utf-8")), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
