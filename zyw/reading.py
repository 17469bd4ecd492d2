"""From inputs on disk to one ledger: files found, read two at a time, taken in by name order.

The native reader lets other threads run while it parses: one file is parsed while the one before is typed, and while
the scheme is read and numpy is still being imported. The result does not depend on which is ready first.
"""

import sys
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from threading import Event
from typing import Final, NamedTuple, TypeAlias

from zyw.files import Found, find_inputs, left_out
from zyw.finding.guidance import Guidance
from zyw.ledger import Ledger
from zyw.limits import Limits
from zyw.periods import Period
from zyw.privacy import mask_file_name
from zyw.problems import Problem, Severity
from zyw.unlocking import Read, Reader

AT_ONCE: Final = 2
"""Files parsed at one time: more would only cost memory on an office machine."""


class Source(NamedTuple):
    """A file that was found: its sha256 where it could be read, and whether its cells went into the ledger."""

    path: Path
    shown: str
    digest: str
    used: bool


Begun: TypeAlias = tuple[Found, "Future[Read]"]


@dataclass
class Reading:
    """Files that are being parsed: `found` are all of them, `problems` what was said of the inputs.

    After `finish`, `used` are those whose cells went into the ledger.
    """

    found: Sequence[Found]
    problems: Sequence[Problem]
    books: Iterator[tuple[Found, Read]]
    parsing: Sequence[Event]
    """One a file of the first few: set when the native reader has it, or nothing is left to be read."""
    guidance: Guidance = field(default_factory=Guidance)
    used: list[Path] = field(default_factory=list)
    sources: list[Source] = field(default_factory=list)
    """All files, as they were read, in their order."""

    def settle(self) -> None:
        """Wait until the native reader has the first files.

        What comes before it needs the interpreter, as importing does: side by side each waits for the other, while the
        native reader needs none (10 000 + 100 000 rows: 4.0 s instead of 4.25).
        """
        for each in self.parsing:
            each.wait()

    def finish(self, period: Period | None = None) -> tuple[Ledger, tuple[Problem, ...]]:
        """Wait for the files, in order, and put them into one ledger; see `read_inputs`."""
        from zyw.assembly import Assembly  # only now: numpy is loaded while the first files are parsed

        said = list(self.problems)
        missing = [p.place.file for p in said if p.place and p.severity is Severity.ERROR]
        seen: dict[str, str] = {}
        assembly = Assembly(period, self.guidance)
        for each, (book, faults) in self.books:
            said += faults
            if book is None:
                missing.append(each.shown)
            elif (told := left_out(each, book, seen)) is not None:
                said.append(told)
            else:
                seen[book.digest] = book.file
                assembly.add(book)
                self.used.append(each.path)
            used = bool(self.used) and self.used[-1] is each.path
            self.sources.append(Source(each.path, each.shown, book.digest if book else "", used))
            del book  # its cells are let go before the next book is waited for
        ledger, others = assembly.finish(missing)
        _give_back()
        return ledger, (*said, *others)


@contextmanager
def begun(
    inputs: Sequence[Path],
    *,
    guidance: Guidance | None = None,
    under: Sequence[Path] = (),
    limits: Limits | None = None,
    ask: Callable[[str], str] | None = None,
) -> Iterator[Reading]:
    """Begin to parse the files that `inputs` name; what the body does before `finish` costs no time of its own.

    `limits` is what one file may cost. A workbook with a password is opened with that of `ZYW_PASSWORD` or with the
    answer of `ask` ("" for none), which is tried on those that follow. A body that fails does not wait for the files.
    """
    found, problems = find_shown(inputs, under)
    pool = ThreadPoolExecutor(AT_ONCE)
    parsing = [Event() for _ in found]
    try:
        books = _books(pool, found, parsing, Reader(limits or Limits(), ask))
        yield Reading(found, problems, books, parsing[: AT_ONCE + 1], guidance or Guidance())
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def read_inputs(
    inputs: Sequence[Path],
    *,
    period: Period | None = None,
    guidance: Guidance | None = None,
    under: Sequence[Path] = (),
) -> tuple[Ledger, tuple[Problem, ...]]:
    """Read every file that `inputs` (files or folders) name into one ledger.

    `guidance` is what people have decided about reading.

    Files below a folder of `under` (a workspace, whose `zyw.yaml` named them) are shown relative to that folder.

    A file that cannot be read is one problem, and its name is in `missing_inputs`; the rest goes on. What zyw wrote
    itself is not read unless it is named, byte-identical files are read once.
    """
    with begun(inputs, guidance=guidance, under=under) as reading:
        return reading.finish(period)


def find_shown(inputs: Sequence[Path], under: Sequence[Path] = ()) -> tuple[list[Found], tuple[Problem, ...]]:
    """Return the files that `inputs` name, under the names by which problems call them, and what is left out."""
    files, problems = find_inputs(inputs)
    return _told_apart(_shown_under(each, under) for each in files), problems


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


def _books(
    pool: ThreadPoolExecutor, found: Sequence[Found], parsing: Sequence[Event], reader: Reader
) -> Iterator[tuple[Found, Read]]:
    """Begin to read at once; give each file with what reading it gave, in order, at most `AT_ONCE` ahead."""
    begun = ((each, pool.submit(_read, each, ready, reader)) for each, ready in zip(found, parsing, strict=True))
    return _in_turn(deque(islice(begun, AT_ONCE + 1)), begun, reader)


def _read(each: Found, parsing: Event, reader: Reader) -> Read:
    try:
        return reader.read(each, parsing.set)
    finally:
        parsing.set()


def _in_turn(waiting: deque[Begun], rest: Iterator[Begun], reader: Reader) -> Iterator[tuple[Found, Read]]:
    while waiting:
        first, future = waiting.popleft()
        yield first, reader.settled(first, future.result())
        del future  # a large file's cells are let go before the next one's are waited for
        waiting += islice(rest, 1)
