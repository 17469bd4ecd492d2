"""The one printer: problems in one layout everywhere, results on stdout, talk on stderr.

```
错误 L012  3月台账.xlsx ▸ 3月考勤!C3  “迟到次数”应为整数，读到“两次”
      3 │ 乙 │ 2021002 │ 两次 │ 1
提示：改成数字 2；没有记录就留空。说明：zyw rule L012
```

On a terminal lines are broken at its width and the severity is coloured (not under `NO_COLOR`); in a pipe or
a file each problem's first line stays one line, so that it can be searched.
"""

import io
import json
import os
import re
import shutil
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final, TextIO

from zyw.privacy import escaped
from zyw.problems import Problem, Severity, Verbatim, ZywError, problem
from zyw.shown.widths import table, wrap

if TYPE_CHECKING:
    from zyw.waivers import Waived

MOST_PROBLEMS: Final = 5
MOST_LINES: Final = 15
WIDTH: Final = 80
COLOURS: Final = {Severity.ERROR: "31", Severity.WARNING: "33", Severity.NOTE: "36"}
ORDER: Final = list(Severity)
_OBEYED: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""Characters that a terminal obeys: what stands in a cell must not clear the screen or turn the line round."""


def prepare() -> None:
    """Make stdout and stderr print a `?` for a character that the console's encoding lacks, instead of failing."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def out(text: str = "", *, end: str = "\n") -> None:
    """Write data to stdout; a reader that went away (`| head`) ends the printing, not the work."""
    _write(sys.stdout, _tame(text) + end)


def say(text: str = "", *, quiet: bool = False) -> None:
    """Write talk to stderr, nothing when `quiet`."""
    if not quiet:
        _write(sys.stderr, _tame(text) + "\n")


def _tame(text: str) -> str:
    return _OBEYED.sub(escaped, text)


def _write(stream: TextIO, text: str) -> None:
    try:
        stream.write(text)
        stream.flush()
    except BrokenPipeError:
        _silence(stream)
    except OSError as caught:  # `> file` on a full disk
        _silence(stream)
        raise ZywError(problem("W003", 原因=Verbatim("输出的内容没有写完，多半是磁盘空间不够"))) from caught


def _silence(stream: TextIO) -> None:
    """Send what else is written to `stream` nowhere, also what the interpreter flushes at its end."""
    with open(os.devnull, "w", encoding="utf-8") as nowhere:  # noqa: PTH123 - a device, not a path of ours
        os.dup2(nowhere.fileno(), stream.fileno())


def document(content: Mapping[str, Any]) -> None:
    """Write one JSON document to stdout."""
    _write(sys.stdout, json.dumps(content, ensure_ascii=False) + "\n")


def laid_out(problem: Problem, columns: int | None = None, *, colour: bool = False) -> list[str]:
    """Return the lines of one problem; `columns` breaks them, None leaves each of the three whole."""
    head = f"{problem.severity.value} {problem.code}  "
    place = f"{problem.place}  " if problem.place else ""
    lines = _broken(_tame(head + place + problem.message), columns, " " * 6)
    if colour:
        word = problem.severity.value
        lines[0] = f"\x1b[{COLOURS[problem.severity]}m{word}\x1b[0m" + lines[0][len(word) :]
    if problem.excerpt:
        lines.append(" │ ".join((f"{problem.excerpt[0]:>7}", *problem.excerpt[1:])))
    hint = f"提示：{_sentence(problem.hint)}" if problem.hint else ""
    return lines + _broken(f"{_tame(hint)}说明：zyw rule {problem.code}", columns, " " * 6)


def _broken(text: str, columns: int | None, indent: str) -> list[str]:
    return [text] if columns is None else wrap(text, columns, indent)


def _sentence(text: str) -> str:
    return text if text.endswith(("。", "！", "？", "…", "：")) else text + "。"


def paragraphs(lines: Sequence[str], indent: str) -> None:
    """Print lines to stdout, broken at the terminal's width; what goes on begins with `indent`."""
    columns, _ = _terminal(sys.stdout)
    out("\n".join(part for line in lines for part in _broken(_tame(line), columns, indent)))


def all_problems(problems: Sequence[Problem]) -> None:
    """Print every problem to stdout, in the order of the files: for `check` they are the data."""
    columns, colour = _terminal(sys.stdout)
    for each in problems:
        _write(sys.stdout, "\n".join(laid_out(each, columns, colour=colour)) + "\n")


def some_problems(problems: Sequence[Problem], command: str, *, quiet: bool = False) -> None:
    """Print the gravest problems to stderr: at most five, in at most fifteen lines, then how to see the rest.

    `command` is the `zyw check …` that shows them all ("": there is none, the fault lies in a text file or in what was
    typed); notes are left to it when there is anything graver.
    """
    columns, colour = _terminal(sys.stderr)
    ranked = sorted(problems, key=lambda p: ORDER.index(p.severity))
    shown: list[str] = []
    count = 0
    for each in ranked[:MOST_PROBLEMS]:
        lines = laid_out(each, columns, colour=colour)
        if count and len(shown) + len(lines) > MOST_LINES:
            break
        shown += lines[:MOST_LINES]
        count += 1
    if count < len(ranked):
        rest = f"另有 {len(ranked) - count} 条"
        shown.append(f"{rest}：{command}" if command else f"{rest}，改好这些再运行就会列出")
    if shown and not quiet:
        _write(sys.stderr, "\n".join(shown) + "\n")


def waived_problems(waived: "Sequence[Waived]") -> None:
    """Print the problems that people have let pass to stdout: each with its reason, who and until when."""
    columns, _ = _terminal(sys.stdout)
    for each in waived:
        problem, waiver = each.problem, each.waiver
        place = f"{problem.place}  " if problem.place else ""
        head = _broken(_tame(f"已豁免 {problem.code}  {place}{problem.message}"), columns, " " * 6)
        by = _broken(_tame(f"理由：{waiver.reason}。{waiver.who}批准，至 {waiver.until}"), columns, " " * 6)
        _write(sys.stdout, "\n".join([*head, *by]) + "\n")


def tally(problems: Sequence[Problem], waived: "Sequence[Waived]" = ()) -> str:
    """Return how many problems of each severity there are: `错误 2，警告 1，提示 3，已豁免 1`."""
    counts = [(s.value, sum(p.severity is s for p in problems)) for s in Severity] + [("已豁免", len(waived))]
    return "，".join(f"{name} {count}" for name, count in counts if count) or "没有发现问题"


def _terminal(stream: TextIO) -> tuple[int | None, bool]:
    """Return the columns of the terminal behind `stream` (None: it is none) and whether it takes colours."""
    if not stream.isatty():
        return None, False
    plain = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    return shutil.get_terminal_size((WIDTH, 24)).columns, not plain


def show_table(heads: Sequence[str], rows: Sequence[Sequence[str]], numbers: Sequence[int] = ()) -> None:
    """Print a table to stdout: ruled on a terminal, in plain straight columns elsewhere."""
    columns, colour = _terminal(sys.stdout)
    if columns is None:
        out("\n".join(table(heads, rows, numbers)))
        return
    from rich.box import SIMPLE
    from rich.console import Console
    from rich.table import Table

    ruled = Table(box=SIMPLE, pad_edge=False)
    for index, head in enumerate(heads):
        ruled.add_column(head, justify="right" if index in numbers else "left")
    for row in rows:
        ruled.add_row(*map(_tame, row))
    Console(no_color=not colour, highlight=False, markup=False).print(ruled)


def can_ask() -> bool:
    """Tell whether somebody sits before a terminal to answer."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def ask(question: str) -> bool | None:
    """Put a question to the terminal: True for y or 是, None when whoever is asked wants to stop (q, end of input)."""
    _write(sys.stderr, _tame(f"{question} [y 是 / n 不是 / q 不问了] "))
    answer = sys.stdin.readline().strip().casefold()
    return None if answer in ("", "q") else answer in ("y", "yes", "是")


def secret(question: str) -> str:
    """Ask for a password, unseen, on a terminal; "" where there is none, or when nothing was typed."""
    if not can_ask():
        return ""
    from getpass import getpass

    try:
        return getpass(f"\n{_tame(question)}")
    except EOFError:
        return ""


def at_work(text: str, *, quiet: bool = False) -> None:
    """Show on a terminal what is being done, in the place of what was shown before; nothing in a pipe."""
    if not quiet and sys.stderr.isatty():
        _write(sys.stderr, f"\r\x1b[K{text}…" if text else "\r\x1b[K")


@contextmanager
def progress(text: str, *, quiet: bool = False) -> Iterator[None]:
    """Show `text` on a terminal while the work inside goes on, and wipe it afterwards; nothing in a pipe."""
    shown = not quiet and sys.stderr.isatty()
    if shown:
        _write(sys.stderr, f"{text}…")
    try:
        yield
    finally:
        if shown:
            _write(sys.stderr, "\r\x1b[K")
