"""One run at a time in one folder: a kernel lock, which ends with the process, and a note of who holds it.

A lock file left behind never blocks, however the process ended; on a shared drive the kernel's lock may not reach
other machines, and what protects the results there is that they are put in place whole (`zyw.month.placing`).
"""

import contextlib
import getpass
import json
import os
import platform
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Final

from zyw.clock import OFFICE_TIME
from zyw.problems import Place, Verbatim, ZywError, problem, show

LOCK: Final = Path(".zyw") / "运行.lock"
HOLDER: Final = Path(".zyw") / "正在运行.json"


@contextmanager
def locked(root: Path, wait: float = 0) -> Iterator[None]:
    """Hold the lock of the folder that is written to; wait for it up to `wait` seconds.

    Raises `ZywError`: G040 (exit 5) when another run still holds it, with who and since when; W003 (exit 4) when
    nothing can be written there.
    """
    from filelock import FileLock, Timeout

    from zyw.writing import fail

    path = root / LOCK
    lock = FileLock(path, timeout=wait)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        lock.acquire()
    except Timeout:
        raise ZywError(problem("G040", Place(str(root)), 锁=Verbatim(_told(root)))) from None
    except (OSError, NotImplementedError) as caught:  # the latter: a file system without locks
        fail(root, caught if isinstance(caught, OSError) else OSError())
    try:
        _sign(root)
        yield
    finally:
        with contextlib.suppress(OSError):
            (root / HOLDER).unlink(missing_ok=True)
        lock.release()


def holder(root: Path) -> str:
    """Return who holds the lock, on which machine and since when; "" when nobody has signed."""
    try:
        known = json.loads((root / HOLDER).read_text("utf-8"))
        where = f"{show(known['machine'])}，进程 {int(known['process'])}"
        return f"{show(known['who'])}（{where}）从 {show(known['since'])} 起"
    except (OSError, ValueError, TypeError, KeyError):
        return ""


def _told(root: Path) -> str:
    who = holder(root)
    return f"锁在 {root / LOCK}" + (f"，{who}在用" if who else "")


def _sign(root: Path) -> None:
    """Write down who holds the lock; that it cannot be written stops nothing."""
    try:
        who = getpass.getuser()
    except (OSError, KeyError, ImportError):
        who = "不知道是谁"
    since = f"{datetime.now(OFFICE_TIME):%Y-%m-%d %H:%M:%S}"
    signed = {"who": who, "machine": platform.node(), "process": os.getpid(), "since": since}
    with contextlib.suppress(OSError):
        (root / HOLDER).write_text(json.dumps(signed, ensure_ascii=False), encoding="utf-8")
