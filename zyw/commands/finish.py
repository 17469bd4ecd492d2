"""What commands share at their beginning and end: small choices, saving, what to say, the exit code."""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import typer

from zyw import console
from zyw.commands.parameters import Clock, Output, Secrecy, Talk
from zyw.exits import Exit, verdict
from zyw.options import did_you_mean
from zyw.options import level as chosen_level
from zyw.privacy import Level
from zyw.problems import Problem, Verbatim, ZywError, problem

if TYPE_CHECKING:
    from zyw.agenda.schedule import Timing
    from zyw.pipeline import Result
    from zyw.waivers import Waived


def leave(problems: Sequence[Problem], missing: Sequence[str] = (), *, strict: bool = False) -> NoReturn:
    """Leave with the code that the problems and the missing inputs ask for."""
    raise typer.Exit(verdict(problems, missing, strict=strict))


def verdict_of(result: "Result", talk: Talk) -> Exit:
    """Return the code with which `talk_and_leave` leaves."""
    return verdict(result.problems, result.ledger.missing_inputs, strict=talk.strict)


def seconds(text: str | None) -> float:
    """Return the seconds behind `--wait`, none without it; raises `ZywError` G005 (exit 2) for anything else."""
    if text is None:
        return 0
    if not text.isdecimal():
        raise ZywError(problem("G005", 选项="--wait", 值=text, 可用=Verbatim("秒数，如 60")))
    return float(text)


def timing(clock: Clock) -> "Timing":
    """Return when the month is to be run; raises `ZywError` G005 (exit 2) for a day or time that not each month has."""
    from zyw.agenda.schedule import Timing

    day, time = clock.day or "1", clock.time or "06:00"
    if not day.isdecimal() or not 1 <= int(day) <= 28:
        raise ZywError(problem("G005", 选项="--day", 值=day, 可用=Verbatim("1 到 28")))
    found = re.fullmatch(r"([01]?\d|2[0-3])[:：]([0-5]\d)", time)
    if found is None:
        raise ZywError(problem("G005", 选项="--time", 值=time, 可用=Verbatim("00:00 到 23:59，如 06:00")))
    return Timing(int(day), int(found[1]), int(found[2]))


def count(option: str, text: str | None) -> int | None:
    """Return the number behind an option, None without it; raises `ZywError` G005 (exit 2) for anything else."""
    if text is None:
        return None
    if not text.isdecimal() or not 1 <= int(text) <= 64:
        raise ZywError(problem("G005", 选项=option, 值=text, 可用=Verbatim("1 到 64 的整数")))
    return int(text)


def talk_and_leave(result: "Result", talk: Talk) -> NoReturn:
    """Print the gravest problems on stderr, unless JSON carries them all, and leave."""
    missing = result.ledger.missing_inputs
    if not talk.json:
        console.some_problems(result.problems, result.recheck, quiet=talk.quiet)
    for file in missing:
        console.say(lacking(file), quiet=talk.json)
    leave(result.problems, missing, strict=talk.strict)


def lacking(file: str) -> str:
    """Return the line that names an input which was not read."""
    return f"缺：{file} 没有读到，结果里没有它"


def show_scored(heads: Sequence[str], rows: Sequence[Sequence[str]], result: "Result", numbers: Sequence[int]) -> None:
    """Print a table, and below it what it lacks: a table that is saved or printed must say so itself."""
    console.show_table(heads, rows, numbers=numbers)
    for file in result.ledger.missing_inputs:
        console.out(lacking(file))
    if result.scores.rows_of_no_unit:
        from zyw.ranked.placings import no_unit

        console.out(f"缺：{no_unit(result.scores.rows_of_no_unit)}")


@contextmanager
def incomplete_as_json(talk: Talk) -> Iterator[None]:
    """With `--json`, answer a ranking refused for missing inputs with all that could be computed, and no places."""
    from zyw import pipeline

    try:
        yield
    except pipeline.IncompleteError as error:
        if not talk.json:
            raise
        from zyw import payload

        result = error.result
        problems = (*error.problems[:1], *result.problems)
        console.document(payload.ranked(result.ledger, result.scores, (), problems, result.waived))
        console.some_problems(error.problems[:1], "")
        raise typer.Exit(error.exit_code) from None


def level(secrecy: Secrecy, default: Level) -> Level:
    """Return for whom a result is."""
    return chosen_level(secrecy.level, default)


def known_paper(name: str, known: Sequence[str]) -> None:
    """Refuse a paper that does not exist (G024, exit 2) with the nearest names."""
    if name not in known:
        raise ZywError(problem("G024", 名称=name, 相近=did_you_mean(name, known), 可用=known))


def unknown_name(name: str, known: Sequence[str]) -> ZywError:
    """Return the refusal of a unit or person that nobody is (G023, exit 2), with the three nearest."""
    return ZywError(problem("G023", 名称=name, 相近=did_you_mean(name, known)))


def folder(out: Output, command: str = "report") -> Path:
    """Return the folder that `-o` names; raises `ZywError` G004 (exit 2) without one."""
    if not out.output:
        raise ZywError(problem("G004", 名称=Verbatim("“-o 文件夹”"), 命令=Verbatim(f"zyw {command}")))
    return Path(out.output)


def needs_target(out: Output, command: str, example: str, suffixes: tuple[str, ...] = (".xlsx",)) -> str:
    """Return the file that `-o` names; raises `ZywError` G004 (exit 2) without one, G026 for another kind."""
    from zyw.outputs import checked_suffix

    if not out.output:
        raise ZywError(problem("G004", 名称=Verbatim(f"“-o {example}”"), 命令=Verbatim(f"zyw {command}")))
    checked_suffix(out.output, suffixes)
    return out.output


def tell_and_leave(
    problems: Sequence[Problem], missing: Sequence[str], recheck: str, talk: Talk, waived: "Sequence[Waived]" = ()
) -> NoReturn:
    """Print the gravest problems on stderr, unless JSON carries them all, and leave.

    `recheck` says how to see the others, and where those are that `zyw check` does not show.
    """
    if not talk.json:
        console.some_problems(problems, recheck, quiet=talk.quiet)
    if waived:
        console.say(f"已豁免 {len(waived)} 条，不再列出；看是哪几条：zyw check", quiet=talk.quiet or talk.json)
    for file in missing:
        console.say(lacking(file), quiet=talk.json)
    leave(problems, missing, strict=talk.strict)


def show_summary(
    heads: Sequence[str], rows: Sequence[Sequence[str]], lines: Sequence[str], missing: Sequence[str]
) -> None:
    """Print a table of counts on stdout and the lines below it, broken at 80 columns."""
    from zyw.shown.widths import wrap

    counts = [i for i in range(len(heads)) if all(row[i].isdecimal() for row in rows)]
    console.show_table(heads, rows, numbers=counts)
    for text in lines:
        console.out("\n".join(wrap(text, console.WIDTH, "    ")))
    for file in missing:
        console.out(lacking(file))


def save(content: bytes, out: Output, read: Collection[Path] = ()) -> None:
    """Write one result to the file that `-o` names, and say where it is; a file that was `read` is never replaced."""
    from zyw.writing import write_bytes

    if out.output is not None:
        write_bytes(Path(out.output), content, overwrite=out.overwrite, spared=read)
        console.say(f"已写出 {out.output}")


def written(place: Path, files: Sequence[str]) -> list[str]:
    """Return what was written where; papers of one folder are counted, not listed."""
    lines = []
    for name in files:
        above, slash, _ = name.rpartition("/")
        text = f"  {above}/（{sum(f.startswith(above + slash) for f in files)} 份）" if slash else f"  {name}"
        if text not in lines:
            lines.append(text)
    return [f"结果在 {place}：", *lines]


def show_written(result: "Result", place: Path, files: Iterable[str], talk: Talk) -> NoReturn:
    """Say what was written where, or give the ranking as JSON, and leave."""
    from zyw import payload

    if talk.json:
        console.document(payload.ranked(result.ledger, result.scores, result.standings, result.problems, result.waived))
    else:
        console.out("\n".join(written(place, tuple(files))))
    talk_and_leave(result, talk)


def explanation(result: "Result", found: Sequence[Any]) -> list[str]:
    """Return what `zyw explain` prints: on what it rests, then each unit or person, then the open readings."""
    from zyw import explaining

    span = result.span
    head = f"方案 {result.scheme.id}，{span.period.start} 至 {span.period.end}，截至 {span.as_of}"
    bodies = [line for one in found for line in ("", *explaining.lines(one))]
    notes = explaining.notes(found)
    return [head, *bodies, *([""] if notes else []), *notes]
