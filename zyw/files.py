"""Which files to read in what the clerk named, and what was left out.

Safe names and writing live in `zyw.filenames` and `zyw.writing` and are reached from here too: the shell's whole
dealing with files has one door.
"""

import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from zyw.filenames import safe_name, unique_names
from zyw.privacy import mask_file_name
from zyw.problems import Place, Problem, Verbatim, problem, show
from zyw.sheets import Book
from zyw.workdays.table import NAME as HOLIDAYS
from zyw.writing import staging, write_bytes

__all__ = ["Found", "find_inputs", "is_temporary", "left_out", "safe_name", "staging", "unique_names", "write_bytes"]

TABLES: Final = frozenset({".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".et", ".csv", ".txt", ".tsv"})
SKIPPED_FOLDERS: Final = frozenset({"输出", "退回", "存档", "__MACOSX", "$RECYCLE.BIN"})
_SYSTEM_FILES: Final = frozenset({"thumbs.db", "desktop.ini", ".ds_store"})
_OWN_FILES: Final = frozenset({"zyw.yaml", "zyw.yml", "别名.yaml", "豁免.yaml", HOLIDAYS})
_LISTED: Final = 10


class Found(NamedTuple):
    """A file to read: where it is, how it is named to the clerk, and whether the clerk named it (not its folder).

    `shown` is relative to the INPUT it came from, with `/`; for an INPUT that is a file, its name. Telephone and
    identity numbers in it are starred: what is shown goes into papers.
    """

    path: Path
    shown: str
    named: bool = False


def find_inputs(inputs: Sequence[Path]) -> tuple[tuple[Found, ...], tuple[Problem, ...]]:
    """Return the files to read in files and folders (with their subfolders), in name order, each once.

    In which order the INPUTs were typed changes nothing: neither the result nor the order of its rows.

    Hidden, lock and temporary files and the folders 输出, 退回, 存档 and .zyw are left out; one note names the
    temporary files, one the files that are no tables. A missing INPUT, a temporary file given by name and a folder
    without any table are errors (exit 3); the other inputs are still returned.
    """
    found: dict[Path, Found] = {}
    problems: list[Problem] = []
    for given in sorted(inputs, key=lambda path: _name_order(path.parts or ("",))):
        here, told = _one(given)
        problems += told
        for one in here:
            key = _identity(one.path)
            found[key] = found.get(key) or one
            if one.named:
                found[key] = one
    return tuple(found.values()), tuple(problems)


def _identity(path: Path) -> Path:
    """Return the path without links and detours, so that one file named twice is read once."""
    try:
        return path.resolve()
    except OSError:
        return path.absolute()


def _one(given: Path) -> tuple[list[Found], list[Problem]]:
    try:
        return _folder(given) if given.is_dir() else _file(given)
    except PermissionError:
        return [], [problem("F002", Place(mask_file_name(str(given))), 原因=Verbatim("没有读取权限"))]
    except (OSError, ValueError):  # a path too long, or with a NUL in it, is on no disk
        return [], [problem("F001", Place(mask_file_name(str(given))))]


def _file(given: Path) -> tuple[list[Found], list[Problem]]:
    shown = mask_file_name(given.name)
    place = Place(shown)
    if is_temporary(given.name):
        return [], [problem("F011", place)]
    if not given.exists():
        return [], [problem("F001", Place(mask_file_name(str(given))))]
    lock = next((name for name in _lock_names(given.name) if (given.parent / name).exists()), None)
    told = [problem("F012", place, 锁文件=lock)] if lock else []
    return [Found(given, shown, named=True)], told


def _folder(folder: Path) -> tuple[list[Found], list[Problem]]:
    """Return the tables of a folder and what to say about the rest."""
    tables: list[str] = []
    temporary: list[str] = []
    others: list[str] = []
    problems: list[Problem] = []
    for shown in _walk(folder, problems):
        name = shown.rpartition("/")[2]
        if is_temporary(name):
            temporary.append(shown)
        elif name.startswith(".") or name in _OWN_FILES:
            continue
        else:
            (tables if Path(name).suffix.lower() in TABLES else others).append(shown)
    problems += _open_elsewhere(tables, temporary)
    place = Place(folder.name or str(folder))
    if temporary:
        problems.append(problem("F013", place, 个数=len(temporary), 文件=_listed(temporary)))
    if others:
        problems.append(problem("F014", place, 个数=len(others), 文件=_listed(others)))
    if not tables:
        problems.append(problem("F023", place))
    return [Found(folder / name, mask_file_name(name)) for name in tables], problems


def _walk(folder: Path, problems: list[Problem]) -> Iterator[str]:
    """Yield the files below a folder in name order, relative and with `/`; a folder that cannot be listed is told."""

    def refused(caught: OSError) -> None:
        place = Place(Path(caught.filename or folder).name)
        problems.append(problem("F002", place, 原因=Verbatim("没有查看这个文件夹的权限")))

    files: list[tuple[str, ...]] = []
    for parent, subfolders, names in os.walk(folder, onerror=refused):
        subfolders[:] = [name for name in subfolders if not name.startswith((".", "~")) and name not in SKIPPED_FOLDERS]
        above = Path(parent).relative_to(folder).parts
        files += [(*above, name) for name in names]
    return ("/".join(parts) for parts in sorted(files, key=_name_order))


def _name_order(parts: tuple[str, ...]) -> tuple[str, ...]:
    """Sort by folder, then by the name without its suffix, so that 台账.xlsx comes before its copy 台账(1).xlsx."""
    stem, dot, suffix = parts[-1].rpartition(".")
    return (*parts[:-1], stem or suffix, suffix if dot else "")


def is_temporary(name: str) -> bool:
    """Tell whether a file name is that of a lock, owner or temporary file of Excel, WPS, LibreOffice or the system.

    >>> is_temporary("~$3月台账.xlsx"), is_temporary(".~lock.3月台账.xlsx#"), is_temporary("3月台账.xlsx")
    (True, True, False)
    """
    low = name.lower()
    return low.startswith(("~$", ".~", "~wr")) or low.endswith((".tmp", ".crdownload", ".part")) or low in _SYSTEM_FILES


def _lock_names(name: str) -> tuple[str, ...]:
    """Return the names of the files that Excel, LibreOffice and WPS lay beside an open `name`."""
    return f"~${name}", f".~lock.{name}#", f".~{name}"


def _open_elsewhere(tables: list[str], temporary: list[str]) -> Iterator[Problem]:
    """Yield a warning for each table beside which a lock file lies."""
    locks = set(temporary)
    for shown in tables:
        above, slash, name = shown.rpartition("/")
        lock = next((lock for lock in _lock_names(name) if above + slash + lock in locks), None)
        if lock is not None:
            yield problem("F012", Place(mask_file_name(shown)), 锁文件=lock)


def _listed(names: list[str]) -> Verbatim:
    """Return at most ten names, shortened and masked, and how many are left out."""
    text = "、".join(show(name.rpartition("/")[2]) for name in names[:_LISTED])
    return Verbatim(text + (" 等" if len(names) > _LISTED else ""))


def left_out(found: Found, book: Book, seen: Mapping[str, str]) -> Problem | None:
    """Say why a sound file does not count as input, None when it does; `seen` maps digests read so far to their files.

    Left out are results of zyw that were not named on the command line, and byte-identical copies after the first.
    """
    if (book.mark == "zyw-output" or _is_ranking(book)) and not found.named:
        return problem("S011", Place(book.file))
    if book.digest in seen:
        return problem("S012", Place(book.file), other=Verbatim(seen[book.digest]))
    return None


RANKINGS: Final = (
    ("序号", "学段", "单位", "基础分", "加减分", "得分", "名次", "参评数", "后果"),
    ("序号", "单位", "学段", "基础分", "加减分", "得分", "后果", "未计入行数"),
)
"""How the header of a ranked table and of scores begins: a csv has no room for a mark."""


def _is_ranking(book: Book) -> bool:
    heads = [tuple(grid.rows[0]) for grid in book.grids if not grid.sheet and grid.rows]
    return any(head[: len(known)] == known for head in heads for known in RANKINGS)
