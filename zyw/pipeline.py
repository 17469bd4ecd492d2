"""From what was typed to ledger, scores and places: the one road that every command takes.

`wanted` → scheme → span → ledger → scores → standings; each step is taken only by the commands that need it, and
all problems come along in the order in which they were found.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

from zyw import console
from zyw.clock import today
from zyw.excusing import excused, waivers_of
from zyw.given import begun, check_line, place_of
from zyw.ledger import Ledger
from zyw.library import read_scheme
from zyw.options import Asked, line, span
from zyw.periods import Span
from zyw.problems import Problem, Severity, Verbatim, ZywError, problem

if TYPE_CHECKING:
    from zyw.changes.movements import Scored
    from zyw.reading import Source
    from zyw.ruling.watch import Watch
    from zyw.scheme import Scheme
    from zyw.scores import Scores, Standing
    from zyw.waivers import Waived


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a command line asks for: `command` as typed (`report monthly`), inputs, scheme, period, patience."""

    command: str
    inputs: tuple[str, ...]
    scheme: str | None
    asked: Asked
    skip_bad: bool = False
    quiet: bool = False
    limit: Sequence[str] = ()
    """What stands behind each `--limit`."""
    ahead: Callable[[], object] = lambda: None
    """Loads the modules that the command needs later, while the files are parsed."""
    watched: bool = False
    """Keep what the rules looked at, for whoever asks how near something was."""

    def typed(self, *, scheme: str | None = None) -> str:
        """Return the line so far, ready for what was missing to be put behind it."""
        named = self.scheme or scheme
        return line(["zyw", *self.command.split(), *self.inputs, *(["--scheme", named] if named else [])])


@dataclass(frozen=True, slots=True)
class Result:
    """What was read and what came of it; `standings` is empty until the units were ranked.

    `recheck` is the `zyw check …` that shows every problem of the run; `read` are the files that were read, which no
    result may replace.
    """

    ledger: Ledger
    scheme: "Scheme"
    span: Span
    scores: "Scores"
    standings: tuple["Standing", ...]
    problems: tuple[Problem, ...]
    recheck: str
    read: frozenset[Path] = frozenset()
    sources: "tuple[Source, ...]" = ()
    waived: "tuple[Waived, ...]" = ()
    watch: "Watch | None" = None


def refusal(missing: Sequence[str], *, skip_bad: bool) -> tuple[Problem, ...]:
    """Return why nothing is written when inputs are missing (G030, exit 3); nothing with `--skip-bad`."""
    if not missing or skip_bad:
        return ()
    return (problem("G030", 个数=len(missing), 文件=Verbatim("、".join(missing))),)


def scored(wanted: Wanted) -> Result:
    """Read, and score by the scheme over the span; raises `ZywError` (exit 2) where scheme or period is missing."""
    result = counted(wanted)
    opened, waived = excused(
        waivers_of(wanted.inputs), result.ledger, _lacking(result.ledger, result.scheme), result.span.as_of
    )
    return replace(result, problems=(*opened, *result.problems), waived=(*waived, *result.waived))


def counted(wanted: Wanted) -> Result:
    """Read and score whatever is there: a single ledger too, as `zyw check` is given.

    The scheme and all modules that the command will need are loaded while the first files are parsed.
    """
    waivers = waivers_of(wanted.inputs)  # a fault in them is told before anything is read
    with begun(wanted.inputs, quiet=wanted.quiet, limit=wanted.limit) as reading:
        scheme, doubts = _scheme(wanted)
        typed = wanted.typed(scheme=default_scheme(wanted))
        days = span(wanted.asked, scheme.cycle, typed, _last_month(), yearly=scheme.yearly is not None)
        reading.settle()
        from zyw.ruling.watch import Watch
        from zyw.scoring import score

        wanted.ahead()
        with console.progress("正在读台账", quiet=wanted.quiet):
            ledger, found = reading.finish(days.period)
    watch = Watch() if wanted.watched else None
    scores, told = score(ledger, scheme, days, watch)
    problems = (*doubts, *found, *told)
    opened, waived = excused(waivers, ledger, problems, days.as_of)
    used = frozenset(path.resolve() for path in reading.used)
    sources = tuple(reading.sources)
    return Result(ledger, scheme, days, scores, (), opened, recheck(wanted), used, sources, waived, watch)


def _lacking(ledger: Ledger, scheme: "Scheme") -> tuple[Problem, ...]:
    """Tell that a table which the rules count from was not given (G035): all keep their base, and it looks sound."""
    lacking = lacking_tables(ledger, scheme)
    return (problem("G035", 台账=lacking),) if lacking else ()


def lacking_tables(ledger: Ledger, scheme: "Scheme") -> tuple[str, ...]:
    """Return the tables that the rules of `scheme` count from and that no input held."""
    from zyw.rules.fields import MADE

    tables = dict.fromkeys(rule.table for rule in scheme.rules)
    return tuple(name for name in tables if name not in ledger.given and name not in MADE)


def ranked(wanted: Wanted, purpose: str = "排名") -> Result:
    """Score and rank; needs a roster (exit 2).

    Raises `ZywError` G030 (exit 3) when an input could not be read and `--skip-bad` was not given: a ranking that
    lacks one school's ledger would put that school first. It comes first: the roster may be what was not read.
    """
    from zyw.ranking import rank

    result = scored(wanted)
    missing = result.ledger.missing_inputs
    if refused := refusal(missing, skip_bad=wanted.skip_bad):
        raise IncompleteError(result, (*refused, *errors(result.problems)))
    if not result.ledger.has_roster:
        refused = (problem("G022", 做什么=purpose, 办法=ROSTER), *errors(result.problems))
        raise ZywError(refused, recheck=result.recheck)
    standings, found = rank(result.ledger, result.scores)
    opened, waived = excused(waivers_of(wanted.inputs), result.ledger, found, result.span.as_of)
    return replace(result, standings=standings, problems=(*result.problems, *opened), waived=(*result.waived, *waived))


def scored_again(ledger: Ledger, scheme: "Scheme", span: Span) -> "Scored":
    """Score a ledger that was read before, and rank where there is a roster; its problems were told the first time."""
    from zyw.changes.movements import Scored
    from zyw.ranking import rank
    from zyw.scoring import score

    scores, _ = score(ledger, scheme, span)
    return Scored(scores, rank(ledger, scores)[0] if ledger.has_roster else ())


ROSTER: Final = Verbatim("zyw form 名册 -o 名册.xlsx，打开后每个单位填一行")


class IncompleteError(ZywError):
    """Inputs are missing and nothing was ranked; `result` is what the rest gave, without places."""

    def __init__(self, result: Result, problems: Sequence[Problem]) -> None:
        super().__init__(problems, 3, result.recheck)
        self.result = result


def errors(problems: Sequence[Problem]) -> tuple[Problem, ...]:
    """Return those that are 错误."""
    return tuple(p for p in problems if p.severity is Severity.ERROR)


def default_scheme(wanted: Wanted) -> str | None:
    """Return the scheme of the workspace among the inputs."""
    place = place_of(wanted.inputs)
    return place.scheme if place else None


def _scheme(wanted: Wanted) -> tuple["Scheme", tuple[Problem, ...]]:
    name = wanted.scheme or default_scheme(wanted)
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


def recheck(wanted: Wanted) -> str:
    """Return the `zyw check …` that shows every problem of a run."""
    scheme = f" --scheme {wanted.scheme}{_period_typed(wanted)}" if wanted.scheme else _period_typed(wanted)
    return check_line(wanted.inputs) + scheme


def _last_month() -> str:
    last = today().replace(day=1) - timedelta(days=1)
    return f"--month {last:%Y-%m}"
