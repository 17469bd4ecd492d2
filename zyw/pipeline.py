"""From what was typed to ledger, scores and places: the one road that every command takes.

`wanted` → scheme → span → ledger → scores → standings; each step is taken only by the commands that need it, and
all problems come along in the order in which they were found.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from zyw import console, workspace
from zyw.guidance import Guidance
from zyw.ledger import Ledger
from zyw.library import read_scheme
from zyw.options import Asked, line, period, span
from zyw.periods import Span
from zyw.problems import Problem, Severity, Verbatim, ZywError, problem

if TYPE_CHECKING:
    from zyw.scheme import Scheme
    from zyw.scores import Scores, Standing

OFFICE_TIME: Final = ZoneInfo("Asia/Shanghai")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a command line asks for: `command` as typed (`report monthly`), inputs, scheme, period, patience."""

    command: str
    inputs: tuple[str, ...]
    scheme: str | None
    asked: Asked
    skip_bad: bool = False
    quiet: bool = False

    def typed(self, *, scheme: str | None = None) -> str:
        """Return the line so far, ready for what was missing to be put behind it."""
        named = self.scheme or scheme
        return line(["zyw", *self.command.split(), *self.inputs, *(["--scheme", named] if named else [])])


@dataclass(frozen=True, slots=True)
class Result:
    """What was read and what came of it; `standings` is empty until the units were ranked.

    `recheck` is the `zyw check …` that shows every problem of the run.
    """

    ledger: Ledger
    scheme: "Scheme"
    span: Span
    scores: "Scores"
    standings: tuple["Standing", ...]
    problems: tuple[Problem, ...]
    recheck: str


def today() -> date:
    """Return the day at the office; the only clock that results may come from, read once by a command."""
    return datetime.now(OFFICE_TIME).date()


def read(
    inputs: Sequence[str], days: Span | None = None, *, quiet: bool = False, answer_sheets: bool = False
) -> tuple[Ledger, tuple[Problem, ...]]:
    """Read files and folders; a folder that is a workspace stands for the inputs its `zyw.yaml` names."""
    from zyw.reading import read_inputs

    given = [Path(text) for text in inputs]
    places = [place for path in given if (place := workspace.load(path))]
    named = {place.root: place.inputs for place in places}
    paths = [path for one in given for path in named.get(one, (one,))]
    with console.progress("正在读台账", quiet=quiet):
        guidance = replace(decided(places), answer_sheets=answer_sheets)
        if days is None:
            return read_inputs(paths, guidance=guidance, under=tuple(named))
        return read_inputs(paths, period=days.period, guidance=guidance, under=tuple(named), meanwhile=_load_ahead)


def decided(places: Sequence[workspace.Workspace]) -> Guidance:
    """Return what people decided about reading, in all workspaces among the inputs."""
    return Guidance(
        tuple(pin for place in places for pin in place.pins),
        {alias.written: alias.unit for place in places for alias in place.aliases},
    )


def _load_ahead() -> None:
    """Load what scoring and its workbook need, while the native reader parses."""
    import zyw.scoring
    import zyw.tables  # noqa: F401 - for whoever writes the ranking


def scored(wanted: Wanted) -> Result:
    """Read, and score by the scheme over the span; raises `ZywError` (exit 2) where scheme or period is missing."""
    scheme, doubts = _scheme(wanted)
    days = span(wanted.asked, scheme.cycle, wanted.typed(scheme=_default_scheme(wanted)), _last_month())
    ledger, found = read(wanted.inputs, days, quiet=wanted.quiet)
    from zyw.scoring import score  # only now: numpy is loaded while the files are parsed

    scores, counted = score(ledger, scheme, days)
    return Result(ledger, scheme, days, scores, (), (*doubts, *found, *counted), _recheck(wanted))


def checked(wanted: Wanted) -> tuple[Ledger, tuple[Problem, ...]]:
    """Read, and where there is a scheme also look for what counting by it would stumble over.

    Without a period it is this year up to today.
    """
    if wanted.scheme is None and _default_scheme(wanted) is None:
        ledger, problems = read(wanted.inputs, quiet=wanted.quiet)
        unchecked = (problem("U008"),) if ledger.rows.keys() & {"问题台账", "追责台账"} else ()
        return ledger, (*problems, *unchecked)
    now = today()
    result = scored(
        wanted if period(wanted.asked) else replace(wanted, asked=Asked(year=str(now.year), as_of=str(now)))
    )
    return result.ledger, result.problems


def ranked(wanted: Wanted, purpose: str = "排名") -> Result:
    """Score and rank; needs a roster (exit 2).

    Raises `ZywError` G030 (exit 3) when an input could not be read and `--skip-bad` was not given: a ranking that
    lacks one school's ledger would put that school first. It comes first: the roster may be what was not read.
    """
    from zyw.ranking import rank

    result = scored(wanted)
    missing = result.ledger.missing_inputs
    if missing and not wanted.skip_bad:
        refusal = problem("G030", 个数=len(missing), 文件=Verbatim("、".join(missing)))
        raise IncompleteError(result, (refusal, *_errors(result.problems)))
    if not result.ledger.has_roster:
        raise ZywError((problem("G022", 做什么=purpose, 办法=ROSTER), *_errors(result.problems)))
    standings, found = rank(result.ledger, result.scores)
    return replace(result, standings=standings, problems=(*result.problems, *found))


ROSTER: Final = Verbatim("新建一个工作簿，表头写“单位名称、学段、单位负责人”，每个单位一行，存为 名册.xlsx")


class IncompleteError(ZywError):
    """Inputs are missing and nothing was ranked; `result` is what the rest gave, without places."""

    def __init__(self, result: Result, problems: Sequence[Problem]) -> None:
        super().__init__(problems, 3)
        self.result = result


def _errors(problems: Sequence[Problem]) -> tuple[Problem, ...]:
    return tuple(p for p in problems if p.severity is Severity.ERROR)


def _default_scheme(wanted: Wanted) -> str | None:
    place = place_of(wanted.inputs)
    return place.scheme if place else None


def _scheme(wanted: Wanted) -> tuple["Scheme", tuple[Problem, ...]]:
    name = wanted.scheme or _default_scheme(wanted)
    if name is None:
        from zyw.library import EXAMPLE

        raise ZywError(problem("G020", 照抄=Verbatim(f"{wanted.typed()} --scheme {EXAMPLE}{_period_typed(wanted)}")))
    return read_scheme(name)


def _period_typed(wanted: Wanted) -> str:
    asked = wanted.asked
    options = {
        "--month": asked.month, "--quarter": asked.quarter, "--year": asked.year, "--school-year": asked.school_year,
        "--from": asked.from_, "--to": asked.to,
    }  # fmt: skip
    given = "".join(f" {name} {value}" for name, value in options.items() if value is not None)
    return given or f" {_last_month()}"


def _recheck(wanted: Wanted) -> str:
    scheme = f" --scheme {wanted.scheme}{_period_typed(wanted)}" if wanted.scheme else _period_typed(wanted)
    return line(["zyw", "check", *wanted.inputs]) + scheme


def _last_month() -> str:
    last = today().replace(day=1) - timedelta(days=1)
    return f"--month {last:%Y-%m}"


def place_of(inputs: Sequence[str]) -> workspace.Workspace | None:
    """Return the first workspace among the inputs."""
    return next((found for text in inputs if (found := workspace.load(Path(text)))), None)
