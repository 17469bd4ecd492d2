"""The month: one lock, everything computed, everything written aside, and only then put in place."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from zyw import outputs, pipeline, workspace
from zyw.exits import Exit
from zyw.periods import Period
from zyw.problems import Place, Verbatim, ZywError, problem

LOCK: Final = Path(".zyw") / "运行.lock"
"""A kernel lock: it ends with the process, so a file left behind never blocks."""


@dataclass(frozen=True, slots=True)
class Done:
    """What a run gave and where it lies: file names relative to `folder`, in the order of reading."""

    result: pipeline.Result
    folder: Path
    files: tuple[str, ...]


def run_month(wanted: pipeline.Wanted, target: str | None, *, overwrite: bool = False) -> Done:
    """Do the whole month of one folder.

    Results stand in `target`, else in the folder's 输出/2012-05. Raises `ZywError`: no such folder (G033), no scheme,
    period or roster (exit 2), an input that could not be read (G030, exit 3), another run (G040, exit 5), a result
    that cannot be put in place (exit 4); then nothing has changed.
    """
    root = Path(wanted.inputs[0])
    if not root.is_dir():
        raise ZywError(problem("G033", Place(str(root)), 名称=root.name or str(root)), Exit.INPUT)
    place = workspace.load(root)
    with locked(Path(target) if target else root):
        result = pipeline.ranked(replace(wanted, ahead=outputs.load_month), "排名和写通报")
        results = place.results if place else root / workspace.RESULTS
        base = Path(target) if target else results / label(result.span.shown)
        checks = pipeline.with_checks(wanted, result)
        files, problems = outputs.whole_month(result, checks, outputs.stationery(place))
        write_all(base, files, overwrite=overwrite, spared=result.ledger.read_from)
    return Done(replace(result, problems=problems, waived=checks.waived), base, tuple(files))


def write_all(folder: Path, files: dict[str, bytes], *, overwrite: bool = False, spared: Collection[str] = ()) -> None:
    """Write many results: all are made first, then all are moved; nothing is left half done."""
    from zyw.writing import staging

    with staging(folder, overwrite=overwrite, spared=spared) as stage:
        for name, content in files.items():
            path = stage / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)


@contextmanager
def locked(root: Path) -> Iterator[None]:
    """Hold the lock of the folder that is written to.

    Raises `ZywError`: G040 (exit 5) when another run holds it, W003 (exit 4) when nothing can be written there.
    """
    from filelock import FileLock, Timeout

    from zyw.writing import fail

    path = root / LOCK
    lock = FileLock(path, timeout=0)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        lock.acquire()
    except Timeout:
        raise ZywError(problem("G040", Place(str(root)), 锁=Verbatim(f"锁在 {path}"))) from None
    except OSError as caught:
        fail(root, caught)
    try:
        yield
    finally:
        lock.release()


def label(period: Period) -> str:
    """Return the name of a period's folder: `2012-05`, `2012Q1`, `2012`, else both days.

    >>> from datetime import date
    >>> label(Period(date(2012, 5, 1), date(2012, 5, 31))), label(Period(date(2012, 1, 1), date(2012, 3, 31)))
    ('2012-05', '2012Q1')
    """
    from zyw.periods import month_of, quarter_of, school_year_of, year_of

    start = period.start
    quarter = f"{start.year}Q{(start.month + 2) // 3}"
    forms = (
        (f"{start:%Y-%m}", month_of(f"{start:%Y-%m}")),
        (quarter, quarter_of(quarter)),
        (str(start.year), year_of(str(start.year))),
        (f"{start.year}学年", school_year_of(str(start.year))),
    )
    named = (name for name, found in forms if found == period)
    return next(named, f"{start}至{period.end}")
