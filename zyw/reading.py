"""From inputs on disk to one ledger: files found, read two at a time, taken in by name order.

The native reader lets other threads run while it parses: one file is parsed while the one before is typed, and while
numpy is still being imported. The result does not depend on which is ready first.
"""

import sys
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import islice
from pathlib import Path
from typing import Final, TypeAlias

from zyw.files import Found, find_inputs, left_out
from zyw.guidance import Guidance
from zyw.ledger import Ledger
from zyw.limits import Limits
from zyw.periods import Period
from zyw.privacy import mask_file_name
from zyw.problems import Problem, Severity
from zyw.unlocking import Read, Reader

AT_ONCE: Final = 2
"""Files parsed at one time: more would only cost memory on an office machine."""

Begun: TypeAlias = tuple[Found, "Future[Read]"]


def read_inputs(
    inputs: Sequence[Path],
    *,
    period: Period | None = None,
    guidance: Guidance | None = None,
    under: Sequence[Path] = (),
    limits: Limits | None = None,
    ask: Callable[[str], str] | None = None,
    meanwhile: Callable[[], object] = lambda: None,
) -> tuple[Ledger, tuple[Problem, ...]]:
    """Read every file that `inputs` (files or folders) name into one ledger.

    `guidance` is what people have decided about reading.

    Files below a folder of `under` (a workspace, whose `zyw.yaml` named them) are shown relative to that folder.

    `limits` is what one file may cost. A workbook with a password is opened with that of `ZYW_PASSWORD` or with the
    answer of `ask` ("" for none), which is tried on those that follow.

    `meanwhile` is called while the first files are parsed: for modules that the caller will need.

    A file that cannot be read is one problem, and its name is in `missing_inputs`; the rest goes on. What zyw wrote
    itself is not read unless it is named, byte-identical files are read once.
    """
    files, problems = find_inputs(inputs)
    found = _told_apart(_shown_under(each, under) for each in files)
    said = list(problems)
    missing = [p.place.file for p in problems if p.place and p.severity is Severity.ERROR]
    seen: dict[str, str] = {}
    with ThreadPoolExecutor(AT_ONCE) as pool:
        reader = Reader(limits or Limits(), ask)
        books = _books(pool, found, reader)
        from zyw.assembly import Assembly  # only now: numpy is loaded while the first files are parsed

        meanwhile()
        assembly = Assembly(period, guidance or Guidance())
        for each, (book, faults) in books:
            said += faults
            if book is None:
                missing.append(each.shown)
            elif (told := left_out(each, book, seen)) is not None:
                said.append(told)
            else:
                seen[book.digest] = book.file
                assembly.add(book)
            del book  # its cells are let go before the next book is waited for
    ledger, others = assembly.finish(missing)
    _give_back()
    return ledger, (*said, *others)


def _shown_under(each: Found, folders: Sequence[Path]) -> Found:
    above = next((folder for folder in folders if each.path.is_relative_to(folder)), None)
    return each if above is None else each._replace(shown=mask_file_name(each.path.relative_to(above).as_posix()))


def _told_apart(files: Iterable[Found]) -> list[Found]:
    """Give files that are shown by one name, once their numbers are starred, names of their own: （2）, （3）."""
    times: Counter[str] = Counter()
    found = []
    for each in files:
        times[each.shown] += 1
        number = times[each.shown]
        found.append(each._replace(shown=f"{each.shown}（{number}）") if number > 1 and "*" in each.shown else each)
    return found


def _give_back() -> None:
    """Return what the parser's threads freed to the system, where the C library can: it was 70 MiB of 350."""
    if sys.platform == "linux":
        import ctypes

        trim = getattr(ctypes.CDLL(None), "malloc_trim", None)  # musl has none
        if trim is not None:
            trim(0)


def _books(pool: ThreadPoolExecutor, found: Sequence[Found], reader: Reader) -> Iterator[tuple[Found, Read]]:
    """Begin to read at once; give each file with what reading it gave, in order, at most `AT_ONCE` ahead."""
    begun = ((each, pool.submit(reader.read, each)) for each in found)
    return _in_turn(deque(islice(begun, AT_ONCE + 1)), begun, reader)


def _in_turn(waiting: deque[Begun], rest: Iterator[Begun], reader: Reader) -> Iterator[tuple[Found, Read]]:
    while waiting:
        first, future = waiting.popleft()
        yield first, reader.settled(first, future.result())
        del future  # a large file's cells are let go before the next one's are waited for
        waiting += islice(rest, 1)
