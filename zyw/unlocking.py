"""Files with a password: from `ZYW_PASSWORD`, else asked for on the terminal; never from the command line, never kept.

One password often opens all returns of a bureau, so an answer is tried on the files that follow.
"""

import os
from collections.abc import Callable
from typing import Final, TypeAlias

from zyw.files import Found
from zyw.formats.locked import ASK
from zyw.limits import Limits
from zyw.problems import Problem
from zyw.sheets import Book
from zyw.workbook import read_book

VARIABLE: Final = "ZYW_PASSWORD"
TRIES: Final = 3

Read: TypeAlias = tuple[Book | None, tuple[Problem, ...]]


class Reader:
    """Reads one file after the other with the passwords known so far."""

    def __init__(self, limits: Limits, ask: Callable[[str], str] | None) -> None:
        self._limits, self._ask = limits, ask
        given = os.environ.get(VARIABLE, "")
        self._passwords: tuple[str, ...] = (given,) if given else ()

    def read(self, found: Found, parsing: Callable[[], object] = lambda: None) -> Read:
        """Read one file; may be called from several threads. `parsing` is called when the native reader begins."""
        return read_book(found.path, found.shown, self._limits, self._passwords, parsing)

    def settled(self, found: Found, read: Read) -> Read:
        """Return what reading gave; for want of a password ask for it and read again, three times at most.

        To be called from one thread: it may wait for a person.
        """
        book, faults = read
        if self._passwords and _wants_password(faults):  # an answer that came after this file was begun
            book, faults = self.read(found)
        for _ in range(TRIES):
            if book is not None or self._ask is None or not _wants_password(faults):
                break
            word = self._ask(f"{found.shown} 有密码，请输入（不知道就直接回车）：")
            if not word:
                break
            self._passwords = (word, *self._passwords)
            book, faults = self.read(found)
        return book, faults


def _wants_password(faults: tuple[Problem, ...]) -> bool:
    return any(fault.code == "F028" or fault.hint == ASK for fault in faults)
