"""Writing results: whole or not at all, and never over a file that zyw did not write.

A result is written to a temporary file in the same folder, flushed to the disk and put in place by one rename. A kill
leaves at most one temporary (`.~zyw-…`), which no office program shows as a workbook and the next run clears away.

How zyw knows its own: workbooks and Word files by their custom property `zyw-output`; html by
`<meta name="generator" content="zyw">`; every other kind (csv, json, txt, pdf) by the record `.zyw/written.json` in its
folder, which keeps the name and sha256 of what was written: a csv that somebody edited since is no longer zyw's. So it
is with ledgers that zyw made to be filled in (`zyw-ledger`) and with workbooks that were given back marked
(`zyw-return`): they keep their property when a clerk has worked in them.
"""

import contextlib
import hashlib
import json
import os
import shutil
import stat
import sys
import time
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Final, NoReturn

from zyw.container import outline
from zyw.container.parts import open_container
from zyw.container.prescan import ForbiddenXml, OddXml
from zyw.limits import Limits
from zyw.problems import Place, Verbatim, ZywError, problem
from zyw.sheets import LEDGER_MARK

RECORD: Final = Path(".zyw") / "written.json"
GENERATOR: Final = b'<meta name="generator" content="zyw'
"""What an html result carries in its head so that zyw may replace it."""

_PREFIX: Final = ".~zyw-"
_STALE_SECONDS: Final = 6 * 3600
_TRIES: Final = 10
_FIRST_WAIT: Final = 0.05
"""Seconds; virus scanners and previews hold a file for moments, so ten tries in about 2.5 s (as others found)."""


def write_bytes(
    path: Path, data: bytes, *, overwrite: bool = False, recorded: bool = True, spared: Collection[Path] = ()
) -> None:
    """Put `data` at `path`: the old file stays whole until the new one is. Files `spared` (inputs) are never replaced.

    What is not `recorded` zyw does not know as its own later: the clerk's files, as those of the example office are.

    A new file gets the mode of the umask, a replaced one keeps its mode. Missing folders are made.
    Raises `ZywError` (exit 4): W001 the file is open elsewhere, W002 it is not zyw's (unless `overwrite`), W003 no room
    or no right, W004 a folder of that name, W005 it is spared. Then nothing has changed and no temporary is left.
    """
    _refuse(path, spared, overwrite=overwrite)
    make_folder(path.parent)
    clear_stale(path.parent)
    target = path.resolve() if path.is_symlink() else path
    place_bytes(target, data)
    if recorded:
        _record(target, data)


@contextlib.contextmanager
def staging(folder: Path, *, overwrite: bool = False, spared: Collection[Path] = ()) -> Iterator[Path]:
    """Give a folder to write many results into; at the end all are moved to `folder`.

    Every target is checked before the first is moved (W001, W002, W004, W005), so a locked or foreign file stops the
    whole set. An exception inside removes the staging folder and leaves `folder` as it was.
    """
    make_folder(folder)
    clear_stale(folder)
    stage = folder / f"{temporary_name()}.d"
    try:
        stage.mkdir()
    except OSError as caught:
        fail(folder, caught)
    try:
        yield stage
        _move(stage, folder, spared, overwrite=overwrite)
    except OSError as caught:  # a disk may be full before the first file is moved
        fail(folder, caught)
    finally:
        shutil.rmtree(stage, ignore_errors=True)


def _move(stage: Path, folder: Path, spared: Collection[Path], *, overwrite: bool) -> None:
    files = sorted(p.relative_to(stage) for p in stage.rglob("*") if p.is_file())
    files = [name for name in files if RECORD.parent.name not in name.parts]
    for name in files:
        _refuse(folder / name, spared, overwrite=overwrite)
        check_free(folder / name)
    for name in files:
        target = folder / name
        make_folder(target.parent)
        if target.exists():
            (stage / name).chmod(stat.S_IMODE(target.stat().st_mode))
        move_over(stage / name, target)
        _record(target, target.read_bytes())


def is_own(path: Path) -> bool:
    """Tell whether zyw wrote the file at `path`, and for unstamped kinds, wrote it as it now is."""
    try:
        data = path.read_bytes()
    except OSError:
        return False
    if path.suffix.lower() in {".html", ".htm"}:
        return GENERATOR in data[:4096]
    if _stamped(path, data):
        return _mark(path, data) != ""
    return _records(path.parent).get(path.name) == hashlib.sha256(data).hexdigest()


def _stamped(path: Path, data: bytes) -> bool:
    """Tell whether a file says of itself whose it is; one that a clerk works in (a form, a return) does not."""
    suffix = path.suffix.lower()
    if suffix not in {".xlsx", ".docx"}:
        return suffix in {".html", ".htm"}
    try:
        container = open_container(data, path.name, Limits())
        return outline.mark(container) != LEDGER_MARK and not outline.is_returned(container)
    except (ZywError, ForbiddenXml, OddXml):
        return True


def _mark(path: Path, data: bytes) -> str:
    try:
        return outline.mark(open_container(data, path.name, Limits()))
    except (ZywError, ForbiddenXml, OddXml):
        return ""


def clear_stale(folder: Path) -> None:
    """Remove a killed run's temporaries from `folder`: of a process of this machine that is gone, or of hours ago."""
    with contextlib.suppress(OSError):
        for path in folder.glob(f"{_PREFIX}*"):
            if _is_stale(path):
                with contextlib.suppress(OSError):
                    shutil.rmtree(path) if path.is_dir() else path.unlink()


def _is_stale(path: Path) -> bool:
    machine, _, rest = path.name.removeprefix(_PREFIX).partition("-")
    process = rest.partition("-")[0]
    if sys.platform != "win32" and machine == _machine() and process.isdecimal():
        return not _alive(int(process))
    return time.time() - path.stat().st_mtime > _STALE_SECONDS


def _alive(process: int) -> bool:
    try:
        os.kill(process, 0)  # on Windows this would end the process; `_is_stale` does not come here
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def _machine() -> str:
    import socket

    return hashlib.sha256(socket.gethostname().encode()).hexdigest()[:6]


def temporary_name() -> str:
    """Return a name, without suffix, that says which process of which machine it belongs to."""
    import secrets

    return f"{_PREFIX}{_machine()}-{os.getpid()}-{secrets.token_hex(4)}"


def _refuse(path: Path, spared: Collection[Path], *, overwrite: bool) -> None:
    """Raise for a target that must not be replaced."""
    try:
        folder, file = path.is_dir(), path.exists()
        if file and path.resolve() in spared:
            raise ZywError(problem("W005", Place(path.name)))
    except OSError as caught:
        fail(path, caught)
    if folder:
        raise ZywError(problem("W004", Place(path.name)))
    if file and not overwrite and not is_own(path):
        raise ZywError(problem("W002", Place(path.name)))


def check_free(path: Path) -> None:
    """Raise W001 when another program holds the target (Windows), W003 when it is read-only."""
    if path.exists():
        try:
            with path.open("r+b"):
                pass
        except PermissionError as caught:
            if sys.platform == "win32":
                raise ZywError(problem("W001", Place(path.name))) from caught
            fail(path, caught)


def make_folder(folder: Path) -> None:
    """Make a folder and those above it; raises `ZywError` W003 (exit 4)."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as caught:
        fail(folder, caught)


def place_bytes(path: Path, data: bytes) -> None:
    """Write beside the target, flush, rename over it."""
    temporary = path.parent / f"{temporary_name()}.tmp"
    try:
        mode = stat.S_IMODE(path.stat().st_mode) if path.exists() else None
        # O_CREAT with 0666 lets the umask decide, unlike mkstemp, whose 0600 shuts colleagues out
        handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if mode is not None:
            temporary.chmod(mode)
        move_over(temporary, path)
        sync_folder(path.parent)
    except OSError as caught:
        fail(path, caught)
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)


def move_over(source: Path, target: Path) -> None:
    """Rename over the target, trying again while another program holds it. Raises `ZywError` W001 in the end."""
    for attempt in range(_TRIES):
        try:
            source.replace(target)
        except PermissionError as caught:
            if attempt == _TRIES - 1:
                raise ZywError(problem("W001", Place(target.name))) from caught
            time.sleep(_FIRST_WAIT * (attempt + 1))
        else:
            return


def sync_folder(folder: Path) -> None:
    """Flush the rename itself; not possible on Windows, where the file system does it."""
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def fail(path: Path, caught: OSError) -> NoReturn:
    """Raise W003 with the reason in words."""
    words = {
        "EFBIG": "磁盘空间不够",
        "ENOSPC": "磁盘空间不够",
        "EDQUOT": "磁盘空间不够",
        "EACCES": "没有写入权限",
        "EPERM": "没有写入权限",
        "EROFS": "这个位置是只读的",
        "ENAMETOOLONG": "文件名或路径太长",
        "ENOTDIR": "路径里有一段是文件，不是文件夹",
        "EEXIST": "路径里有一段是文件，不是文件夹",
    }
    import errno

    reason = words.get(errno.errorcode.get(caught.errno or 0, ""), "写入出错")
    raise ZywError(problem("W003", Place(path.name or str(path)), 原因=Verbatim(reason))) from caught


def _records(folder: Path) -> dict[str, str]:
    """Return {file name: sha256} of what zyw wrote into `folder`, empty when there is no record."""
    try:
        known = json.loads((folder / RECORD).read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return known if isinstance(known, dict) else {}


def _record(path: Path, data: bytes) -> None:
    """Remember a written file of a kind that carries no stamp; without the record it is not replaced later."""
    if _stamped(path, data):
        return
    known = _records(path.parent) | {path.name: hashlib.sha256(data).hexdigest()}
    text = json.dumps(dict(sorted(known.items())), ensure_ascii=False, indent=1)
    with contextlib.suppress(ZywError):
        make_folder((path.parent / RECORD).parent)
        place_bytes(path.parent / RECORD, text.encode("utf-8"))
