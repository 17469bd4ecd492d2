"""What a clerk typed → what it means: the period and the day of a run, and names that are nearly right.

Pure functions; the shell hands over the words and, where a period is missing, the line as typed.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from zyw.cells import FIRST_YEAR, LAST_YEAR
from zyw.periods import CYCLES, Period, Span, add_months, assessed_period, month_of, quarter_of, school_year_of, year_of
from zyw.privacy import Level
from zyw.problems import Problem, Verbatim, ZywError, problem

ASK: Final = "问"
ALONE: Final = {"--learn": ASK}
"""Options that may stand alone, with the value that they then have."""


@dataclass(frozen=True, slots=True)
class Asked:
    """The period options as typed; None where one was not given."""

    month: str | None = None
    quarter: str | None = None
    year: str | None = None
    school_year: str | None = None
    from_: str | None = None
    to: str | None = None
    as_of: str | None = None


_FORMS: Final[dict[str, tuple[str, Callable[[str], Period | None], str, str]]] = {
    "month": ("--month", month_of, "月份", "2012-03"),
    "quarter": ("--quarter", quarter_of, "季度", "2012Q1"),
    "year": ("--year", year_of, "年份", "2012"),
    "school_year": ("--school-year", school_year_of, "学年（起始年份）", "2011"),
}


def period(asked: Asked) -> Period | None:
    """Return the one period that was asked for, None when there is none.

    Raises `ZywError` (exit 2): more than one (G011), not such a form (G012), half of from–to or turned round (G014).
    """
    given = [name for name in _FORMS if getattr(asked, name) is not None]
    between = asked.from_ is not None or asked.to is not None
    names = [_FORMS[name][0] for name in given] + (["--from/--to"] if between else [])
    if len(names) > 1:
        raise ZywError(problem("G011", 选项=Verbatim(" 和 ".join(names))))
    if between:
        return _between(asked.from_, asked.to)
    return _single(given[0], getattr(asked, given[0])) if given else None


def _single(name: str, text: str) -> Period:
    option, parse, what, example = _FORMS[name]
    found = parse(text)
    if found is None or not _known(found):
        raise ZywError(problem("G012", 选项=option, 值=text, 应为=what, 例=f"{option} {example}"))
    return found


def _between(start: str | None, end: str | None) -> Period:
    if start is None or end is None:
        raise ZywError(problem("G014", 说明=Verbatim("只写了 --from 和 --to 里的一个")))
    first, last = day("--from", start), day("--to", end)
    if first > last:
        raise ZywError(problem("G014", 说明=Verbatim(f"--from {first} 晚于 --to {last}")))
    if not _known(Period(first, last)):
        raise ZywError(problem("G014", 说明=Verbatim(f"时段不在 {FIRST_YEAR}—{LAST_YEAR} 年之间")))
    return Period(first, last)


def _known(found: Period) -> bool:
    """Tell whether cells can have dates in the period: those of other years are read as typing errors."""
    return found.start.year >= FIRST_YEAR and found.end.year <= LAST_YEAR


def day(option: str, text: str) -> date:
    """Return the day written `2012-05-31`; raises `ZywError` G012 (exit 2) for anything else.

    >>> day("--as-of", "2012-5-31")
    datetime.date(2012, 5, 31)
    """
    found = re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", text)
    try:
        if found:
            return date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        pass
    raise ZywError(problem("G012", 选项=option, 值=text, 应为="有这一天的日期", 例=f"{option} 2012-05-31"))


def span(asked: Asked, cycle: str, typed: str, example: str = "--month 2012-05", *, yearly: bool = False) -> Span:
    """Return the days that are scored and reported, and the day on which one stands.

    A period shorter than the scheme's 考核期 (`cycle`) is a reporting period: `--month 2012-05` under 自然年 scores
    2012-01-01 to 05-31 and reports May. Without `--as-of` one stands on the last day. `typed` is the command line so
    far: with `example` it is the line to copy when no period was given (G010). Crossing two 考核期 with a shorter
    period is a fault (G013), as is more than one where they are quarters or months: each starts from its own 基础分
    (unless the scheme says how they make a year, and the period is whole ones of one year: `yearly`).
    So is a day before everything (G015).
    """
    asked_period = period(asked)
    if asked_period is None:
        raise ZywError(problem("G010", 照抄=Verbatim(f"{typed} {example}")))
    first, last = assessed_period(asked_period.start, cycle), assessed_period(asked_period.end, cycle)
    shorter = asked_period.end < add_months(asked_period.start, CYCLES[cycle]) - timedelta(days=1)
    whole = yearly and (asked_period.start, asked_period.end, last.end.year) == (
        first.start,
        last.end,
        first.start.year,
    )
    if first != last and (shorter or CYCLES[cycle] < 12) and not whole:
        raise ZywError(_crossing(asked_period, first, cycle))
    inside = shorter and asked_period != first
    scored = Period(first.start, asked_period.end) if inside else asked_period
    as_of = day("--as-of", asked.as_of) if asked.as_of is not None else asked_period.end
    if as_of < scored.start:
        raise ZywError(problem("G015", 截至日=as_of, 起=scored.start))
    return Span(scored, asked_period if inside else None, as_of)


def _crossing(asked: Period, first: Period, cycle: str) -> Problem:
    before = Verbatim(f"--from {asked.start} --to {first.end}")
    next_day = first.end + timedelta(days=1)
    after = Verbatim(f"--from {next_day} --to {min(asked.end, assessed_period(next_day, cycle).end)}")
    return problem("G013", 起=asked.start, 止=asked.end, 考核期=cycle, 前=before, 后=after)


def nearest(name: str, known: Iterable[str], limit: int = 3) -> tuple[str, ...]:
    """Return the names most like `name`, best first: for a suggestion, never for a match.

    >>> nearest("montly", ["unit", "monthly"])
    ('monthly', 'unit')
    """
    from rapidfuzz import fuzz, process

    found = process.extract(name, sorted(set(known)), scorer=fuzz.ratio, limit=limit)
    return tuple(choice for choice, _, _ in found)


def did_you_mean(name: str, known: Iterable[str]) -> Verbatim:
    """Return `最接近的：甲、乙、丙。` for a hint, "" when nothing is known."""
    found = nearest(name, known)
    return Verbatim(f"最接近的：{'、'.join(found)}。" if found else "")


def level(text: str | None, default: Level) -> Level:
    """Return for whom a paper is, 内部, 通报 or 公示; raises `ZywError` G005 (exit 2) for another word."""
    if text is None:
        return default
    if text not in (known := [one.value for one in Level]):
        raise ZywError(problem("G005", 选项="--level", 值=text, 可用=known))
    return Level(text)


def line(words: Iterable[str]) -> str:
    """Return a command line that can be copied into a shell or the Windows prompt.

    >>> line(["zyw", "rank", "3月 台账.xlsx"])
    'zyw rank "3月 台账.xlsx"'
    """
    return " ".join(f'"{word}"' if re.search(r"[\s&|<>^();'*?]", word) or not word else word for word in words)
