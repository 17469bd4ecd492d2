"""Putting a month in place: a new folder by one rename, results over old ones file by file behind a written plan.

Where files are moved over older ones, 清单.json goes first and says `complete: false` with the hashes of both; a kill
in between leaves every file whole, old or new, and the next run knows all of them for zyw's own.
"""

import contextlib
import os
import shutil
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from typing import Final

from zyw.evidence.deciding import Fate, Lying, Placed
from zyw.evidence.manifest import NAME, Manifest, NotOneError, digest, parse_manifest
from zyw.problems import Place, ZywError, problem
from zyw.writing import (
    check_free,
    clear_stale,
    fail,
    is_own,
    make_folder,
    move_over,
    place_bytes,
    sync_folder,
    temporary_name,
)

SEALED: Final = "已封存.json"


def former_manifest(folder: Path) -> Manifest | None:
    """Return the manifest of the last run in `folder`; raises `ZywError` W002 (exit 4) where another file is there."""
    try:
        return parse_manifest((folder / NAME).read_bytes())
    except FileNotFoundError:
        return None
    except NotOneError:
        raise ZywError(problem("W002", Place(NAME))) from None
    except OSError as caught:
        fail(folder, caught)


def lying(folder: Path) -> Lying:
    """Return what lies in `folder`, as far as is asked; hashes are remembered."""
    known: dict[str, str | None] = {}

    def of(name: str) -> str | None:
        if name not in known:
            try:
                known[name] = digest((folder / name).read_bytes())
            except FileNotFoundError:
                known[name] = None
            except IsADirectoryError:
                raise ZywError(problem("W004", Place(name))) from None
            except OSError as caught:
                fail(folder / name, caught)
        return known[name]

    return Lying(of, lambda name: is_own(folder / name))


def check_open(folder: Path) -> None:
    """Refuse a month that was sealed (W007, exit 4)."""
    if (folder / SEALED).exists():
        raise ZywError(problem("W007", Place(folder.name)))


def check_placed(folder: Path, placed: Iterable[Placed], spared: Collection[Path]) -> None:
    """Refuse, before anything is moved, what is not zyw's (W002), what was read (W005), what is open or read-only."""
    for each in placed:
        target = folder / each.file
        if each.fate is Fate.FOREIGN:
            raise ZywError(problem("W002", Place(each.file)))
        if target.exists() and target.resolve() in spared:
            raise ZywError(problem("W005", Place(each.file)))
        if each.fate is not Fate.SAME:
            check_free(target)


def put(
    folder: Path, files: Mapping[str, bytes], placed: Iterable[Placed], gone: Iterable[str], manifest: Manifest
) -> None:
    """Put the files of a month in place, and away those that it no longer has.

    Raises `ZywError` (exit 4) where that cannot be done; a folder that was not there is then not there either.
    """
    contents = {each.file: files[each.name] for each in placed}
    if _is_new(folder):
        _put_new(folder, contents, manifest)
        return
    changed = {each.file: contents[each.file] for each in placed if each.fate is not Fate.SAME}
    away = tuple(gone)
    if changed or away:
        _put_over(folder, changed, away, manifest)
    if _read(folder / NAME) != manifest.dumped():
        place_bytes(folder / NAME, manifest.dumped())


def _is_new(folder: Path) -> bool:
    return not folder.exists() or (folder.is_dir() and not any(folder.iterdir()))


def _put_new(folder: Path, contents: Mapping[str, bytes], manifest: Manifest) -> None:
    make_folder(folder.parent)
    clear_stale(folder.parent)
    stage = folder.parent / f"{temporary_name()}.d"
    try:
        _write_into(stage, {**contents, NAME: manifest.dumped()})
        if folder.exists():
            folder.rmdir()  # Windows renames onto nothing only
        move_over(stage, folder)
        sync_folder(folder.parent)
    except OSError as caught:
        fail(folder, caught)
    finally:
        shutil.rmtree(stage, ignore_errors=True)


def _put_over(folder: Path, contents: Mapping[str, bytes], gone: Iterable[str], manifest: Manifest) -> None:
    clear_stale(folder)
    stage = folder / f"{temporary_name()}.d"
    try:
        _write_into(stage, contents)
        place_bytes(folder / NAME, manifest.interim(former_manifest(folder)).dumped())
        for name in contents:
            make_folder((folder / name).parent)
            move_over(stage / name, folder / name)
        for name in gone:
            (folder / name).unlink(missing_ok=True)
        for above in {(folder / name).parent for name in (*contents, *gone)}:
            _settle(above, folder)
    except OSError as caught:
        fail(folder, caught)
    finally:
        shutil.rmtree(stage, ignore_errors=True)


def _write_into(stage: Path, contents: Mapping[str, bytes]) -> None:
    """Write files into a new folder, each flushed to the disk: after the rename they must be there."""
    stage.mkdir()
    for name, content in contents.items():
        path = stage / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())


def _settle(above: Path, folder: Path) -> None:
    """Flush the renames in one folder; one that nothing is left in goes."""
    if above != folder and not any(above.iterdir()):
        with contextlib.suppress(OSError):
            above.rmdir()
        return
    sync_folder(above)


def _read(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError:
        return None
