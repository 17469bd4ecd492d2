"""Where a program error is written down: its type and the places in the code, never a value, a message or a file name.

An exception's text repeats what stood in a cell, and a source line may too; neither leaves the process
(failures.md T18). The file is readable by its owner only.
"""

import os
import secrets
import sys
import traceback
from datetime import datetime
from pathlib import Path

from zyw import __version__


def folder(workspace: Path | None) -> Path:
    """Return the folder of the logs: `.zyw/` of a workspace, else the user's own state folder."""
    if workspace is not None:
        return workspace / ".zyw"
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local") / "zyw"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Logs" / "zyw"
    return Path(os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state") / "zyw"


def record(error: BaseException, workspace: Path | None) -> tuple[str, Path | None]:
    """Write `error` down; return its number, and the file (None when not even that could be written)."""
    number = f"{datetime.now():%Y%m%d-%H%M%S}-{secrets.token_hex(2)}"
    target = folder(workspace) / f"错误-{number}.log"
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with open(handle, "w", encoding="utf-8") as file:  # noqa: PTH123 - an open handle, made 0600 at once
            file.write(described(error, number))
    except (OSError, ValueError):  # ValueError: a file system whose encoding lacks Chinese
        return number, None
    return number, target


def described(error: BaseException, number: str) -> str:
    """Return the log's text: number, version, and for each error of the chain its type and code places."""
    lines = [f"编号 {number}", f"zyw {__version__}，Python {sys.version.split()[0]}，{sys.platform}"]
    link: BaseException | None = error
    while link is not None:
        lines.append(f"{type(link).__module__}.{type(link).__qualname__}")
        for frame in traceback.extract_tb(link.__traceback__):
            lines.append(f"  {_place(frame.filename)}:{frame.lineno} {frame.name}")
        link = link.__cause__ or (None if link.__suppress_context__ else link.__context__)
    return "\n".join(lines) + "\n"


def _place(filename: str) -> str:
    """Keep the package and module of a source file: the folders above may carry a user's name."""
    return "/".join(Path(filename).parts[-2:])
