"""Ten lines that say how a month went: for the clerk at eight o'clock, for the mail that cron sends.

They hold counts, files and codes; nothing from a cell.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from zyw.exits import MEANINGS, Exit
from zyw.problems import Problem, Severity

LINES: Final = 10
_LISTED: Final = 5


@dataclass(frozen=True, slots=True)
class Told:
    """What is told of a month that went to its end."""

    title: str
    code: Exit
    scheme: str
    days: str
    files: int
    units: str
    tally: str
    problems: Sequence[Problem]
    folder: str
    written: Sequence[str]
    beside: Sequence[str]
    gone: Sequence[str]
    missing: Sequence[str]
    then: str


def summary(told: Told) -> list[str]:
    """Return at most ten lines, the first of which says all that matters."""
    worst = [p for p in told.problems if p.severity is Severity.ERROR][:_LISTED]
    lines = [
        f"{told.title}：{MEANINGS[told.code]}（退出码 {int(told.code)}）",
        f"方案 {told.scheme}，{told.days}",
        f"读到 {told.files} 个文件；{told.units}",
        f"台账里的问题：{told.tally}",
    ]
    if worst:
        lines.append(f"最要紧的：{'；'.join(dict.fromkeys(f'{p.code} {p.place or str()}'.strip() for p in worst))}")
    if told.missing:
        lines.append(f"缺：{listed(told.missing)} 没有读到，结果里没有它")
    lines.append(f"写出 {len(told.written)} 个文件，在 {told.folder}")
    if told.beside:
        lines.append(f"改过的没有替换，新的放在旁边：{listed(told.beside)}")
    if told.gone:
        lines.append(f"这次没有了，已删去：{listed(told.gone)}")
    return [*lines, f"下一步：{told.then}"][:LINES]


def refused(title: str, code: int, problems: Sequence[Problem], then: str) -> list[str]:
    """Return the lines of a month that was not done: what is missing, and what to do."""
    known = Exit(code) if code in set(Exit) else Exit.BUG
    lines = [f"{title}：没有做成，{MEANINGS[known]}（退出码 {code}）"]
    lines += [_refusal(p) for p in problems]
    return [*lines[: LINES - 1], f"下一步：{then}"]


def _refusal(problem: Problem) -> str:
    """Return a problem in one line; of one that stands in a cell only where, for its message quotes the cell."""
    place = problem.place
    told = problem.message if place is None or not place.cell else "说明见屏幕，或 zyw check"
    return f"{problem.severity.value} {problem.code}  {f'{place}  ' if place else ''}{told}"


def listed(names: Sequence[str]) -> str:
    """Return at most five names and how many there are.

    >>> listed(["甲", "乙"]), listed(list("甲乙丙丁戊己"))
    ('甲、乙', '甲、乙、丙、丁、戊 等 6 个')
    """
    return "、".join(names[:_LISTED]) + (f" 等 {len(names)} 个" if len(names) > _LISTED else "")
