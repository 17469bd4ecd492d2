"""What can be wrong, where, and what to do about it: the one class every stage reports with.

A fault in somebody's data is a value (`Problem`), returned beside the result: the clerk sees all forty
bad cells in one run. An exception (`ZywError`) is for when going on is meaningless. The texts live in
`zyw.catalogue`, once; `problem("L012", place, 列="迟到次数", 值="两次")` fills them with facts.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache
from typing import Final

from zyw.codes import Code, Severity

__all__ = ["Code", "Place", "Problem", "Severity", "Verbatim", "ZywError", "codes", "problem", "show", "worst"]


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where something stands: a file, in it a sheet and a cell (`C7`, or a row `7`), or a line of a text.

    `file` is the path relative to the input it came from, with `/`. For a text file (scheme, csv the
    reader refuses) `line` and `column` are counted from 1 and `sheet`/`cell` stay empty.
    """

    file: str
    sheet: str | None = None
    cell: str | None = None
    line: int | None = None
    column: int | None = None

    def __str__(self) -> str:
        """Return the place as it is printed: `3月台账.xlsx ▸ 3月考勤!C3` or `方案.yaml:12:5`."""
        if self.line is not None:
            return f"{self.file}:{self.line}" + (f":{self.column}" if self.column else "")
        if not self.sheet:
            return f"{self.file} ▸ {self.cell}" if self.cell else self.file
        return f"{self.file} ▸ {self.sheet}" + (f"!{self.cell}" if self.cell else "")


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong or doubtful, with its place and its remedy.

    `excerpt` is the row as far as it may be shown (序号, unit and the faulty cell, already masked).
    """

    code: str
    severity: Severity
    place: Place | None
    message: str
    hint: str
    excerpt: tuple[str, ...] = ()

    def at(self, place: Place) -> "Problem":
        """Return the same problem standing at `place`."""
        return replace(self, place=place)


class ZywError(Exception):
    """Going on is meaningless: carries the problems to print, the exit code (design §6) and what shows all problems."""

    def __init__(
        self,
        problems: Problem | Iterable[Problem],
        exit_code: int | None = None,
        recheck: str = "",
    ) -> None:
        self.recheck = recheck
        self.problems = (problems,) if isinstance(problems, Problem) else tuple(problems)
        self.exit_code = codes()[self.problems[0].code].exit if exit_code is None else exit_code
        super().__init__("; ".join(p.message for p in self.problems))


VALUE_WIDTH: Final = 20
"""How many characters of a cell's content a message may show (design §6)."""


@cache
def codes() -> dict[str, Code]:
    """Return the catalogue by code."""
    from zyw.catalogue import CODES

    return {code.code: code for code in CODES}


def problem(code: str, place: Place | None = None, /, *, excerpt: tuple[str, ...] = (), **facts: object) -> Problem:
    """Build the problem `code` at `place` from facts; values are shortened, masked and escaped.

    Raises `KeyError` for a code or a fact that the catalogue does not know: that is a bug, and a test finds it.
    """
    kind = codes()[code]
    shown = {name: show(value) for name, value in facts.items()}
    return Problem(code, kind.severity, place, kind.message.format(**shown), kind.hint.format(**shown), excerpt)


def show(value: object) -> str:
    r"""Return a value as a message may show it: at most 20 characters, long numbers masked, control characters escaped.

    A tuple or list is joined with 、 and each part is treated by itself.

    >>> show("电话13800138000"), show("a\nb")
    ('电话138****8000', 'a\\nb')
    """
    if isinstance(value, tuple | list):
        return "、".join(show(part) for part in value)
    if isinstance(value, Verbatim):
        return value
    from zyw.privacy import mask_numbers

    text = mask_numbers(str(value), runs=True)
    text = "".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in text)
    return text if len(text) <= VALUE_WIDTH else text[:VALUE_WIDTH] + "…"


class Verbatim(str):
    """A fact that is zyw's own wording (a list of names, a command line): shown whole."""

    __slots__ = ()


def worst(problems: Iterable[Problem]) -> Severity | None:
    """Return the gravest severity among `problems`, None when there are none."""
    found = {p.severity for p in problems}
    return next((s for s in Severity if s in found), None)
