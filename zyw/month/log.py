"""What a run did, written down beside its lock: as text and as JSON, readable by their owner only.

Counts, codes, file names and hashes; never a value, a message or a person. Each period has its last run, and one text
has a line a run, of which the last 500 stay: a thousand runs leave no more than one.
"""

import contextlib
import json
import os
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from zyw import __version__
from zyw.clock import OFFICE_TIME
from zyw.problems import Problem
from zyw.writing import temporary_name

FOLDER: Final = Path(".zyw")
HISTORY: Final = "运行记录.txt"
KEPT: Final = 500


def moment() -> datetime:
    """Return the time at the office."""
    return datetime.now(OFFICE_TIME).replace(microsecond=0)


def counted(problems: Iterable[Problem]) -> dict[str, int]:
    """Return how many problems of each code there are."""
    return dict(sorted(Counter(p.code for p in problems).items()))


@dataclass(frozen=True, slots=True)
class Entry:
    """One run: its period, when it began and ended, how, what else is worth keeping, and its ten lines."""

    label: str
    began: datetime
    ended: datetime
    code: int
    facts: Mapping[str, Any]
    lines: Sequence[str]


def write_log(root: Path, run: Entry) -> None:
    """Write down one run; that it cannot be written, or that there is no such folder, stops nothing."""
    if not root.is_dir():
        return
    label, folder = run.label, root / FOLDER
    times = {"began": run.began.isoformat(), "ended": run.ended.isoformat()}
    whole = {"version": 1, "zyw": __version__, "period": label, **times, "exit_code": run.code, **run.facts}
    text = "\n".join([f"开始 {run.began}，结束 {run.ended}，zyw {__version__}", *run.lines]) + "\n"
    seconds = int((run.ended - run.began).total_seconds())
    counts = "，".join(f"{code} {n} 条" for code, n in run.facts.get("problems", {}).items())
    entry = f"{run.began}  {label}  退出码 {run.code}  {seconds} 秒  {counts}".rstrip()
    with contextlib.suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        _write(folder / f"运行-{label}.json", json.dumps(whole, ensure_ascii=False, indent=1) + "\n")
        _write(folder / f"运行-{label}.txt", text)
        _write(folder / HISTORY, "".join(f"{line}\n" for line in [*_history(folder), entry][-KEPT:]))


def _history(folder: Path) -> list[str]:
    try:
        return (folder / HISTORY).read_text("utf-8", errors="replace").splitlines()
    except OSError:
        return []


def _write(path: Path, text: str) -> None:
    """Write a file that only its owner may read, whole or not at all."""
    temporary = path.parent / f"{temporary_name()}.tmp"
    try:
        handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
        temporary.replace(path)
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)
