"""Many workspaces, a process each: what one of them runs into, or takes of memory, the others never notice."""

import os
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from zyw.exits import MEANINGS, Exit
from zyw.problems import Place, ZywError, problem
from zyw.workspace import NAME

HEADS: Final = ("工作文件夹", "退出码", "结果")


@dataclass(frozen=True, slots=True)
class Ended:
    """How the month of one workspace ended: its exit code and the one line that it said."""

    folder: str
    code: int
    said: str

    def row(self) -> tuple[str, ...]:
        """Return the line of the summary table."""
        known = Exit(self.code) if self.code in set(Exit) else Exit.BUG
        return self.folder, str(self.code), MEANINGS[known]

    def entry(self) -> dict[str, Any]:
        """Return the same for JSON."""
        return {"folder": self.folder, "exit_code": self.code, "said": self.said}


def workspaces(named: Sequence[str]) -> list[str]:
    """Return the workspaces named, each once: a folder without `zyw.yaml` stands for those right below that have one.

    Raises `ZywError` G033 (exit 3) for a folder that is not there or has none.
    """
    found: dict[str, None] = {}
    for text in named:
        folder = Path(text)
        inside = [folder] if (folder / NAME).is_file() else sorted(path.parent for path in folder.glob(f"*/{NAME}"))
        if not inside:
            raise ZywError(problem("G033", Place(text), 名称=folder.name or text))
        found |= dict.fromkeys(path.as_posix() for path in inside)
    return list(found)


def run_all(folders: Sequence[str], words: Sequence[str], jobs: int | None = None) -> list[Ended]:
    """Run the month of each folder, `jobs` at one time; in the order of the folders, whichever is ready first."""
    at_once = jobs or os.cpu_count() or 1
    with ThreadPoolExecutor(max(1, min(at_once, len(folders)))) as pool:
        return list(pool.map(lambda folder: _run(folder, words), folders))


def _run(folder: str, words: Sequence[str]) -> Ended:
    """Run one month in a process of its own; one that dies of a signal counts as a program error."""
    command = [sys.executable, "-m", "zyw", "run", folder, "--quiet", *words]
    ended = subprocess.run(
        command, capture_output=True, stdin=subprocess.DEVNULL, env=os.environ | {"PYTHONUTF8": "1"}, check=False
    )
    code = ended.returncode if ended.returncode >= 0 else int(Exit.BUG)
    said = (ended.stdout or ended.stderr).decode("utf-8", "replace").splitlines()
    return Ended(folder, code, said[0] if said else "没有说明")


def verdict(ended: Sequence[Ended]) -> Exit:
    """Return 0 when all were done, 1 when all were and some have errors in their data, 3 when one was not.

    Interrupted is interrupted.
    """
    codes = {each.code for each in ended}
    if Exit.INTERRUPTED in codes:
        return Exit.INTERRUPTED
    return Exit.INPUT if max(codes) > 1 else Exit(max(codes))
