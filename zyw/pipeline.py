"""From what was typed to ledger, scores and places: the one road that every command takes.

`wanted` → scheme → span → ledger → scores → standings; each step is taken only by the commands that need it, and
all problems come along in the order in which they were found.
"""

import os
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from zyw import console, workspace
from zyw.finding.guidance import Guidance
from zyw.ledger import Ledger
from zyw.library import read_scheme
from zyw.limits import Limits, parse_words, raised
from zyw.options import Asked, day, line, period, span
from zyw.periods import Period, Span
from zyw.problems import Problem, Severity, Verbatim, ZywError, problem

if TYPE_CHECKING:
    from zyw.changes.movements import Scored
    from zyw.reading import Reading, Source
    from zyw.ruling.watch import Watch
    from zyw.scheme import Scheme
    from zyw.scores import Scores, Standing
    from zyw.waivers import Waived, Waiver

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


@dataclass(frozen=True, slots=True)
class Checked:
    """What was read, the problems that are open, and those that people have waived."""

    ledger: Ledger
    problems: tuple[Problem, ...]
    waived: "tuple[Waived, ...]" = ()


def today() -> date:
    """Return the day at the office; the only clock that results may come from, read once by a command.

    `SOURCE_DATE_EPOCH` (seconds since 1970, as for reproducible builds) stands for the clock where it is set.
    """
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if re.fullmatch(r"\d{1,11}", epoch):
        return datetime.fromtimestamp(int(epoch), OFFICE_TIME).date()
    return datetime.now(OFFICE_TIME).date()


@contextmanager
def begun(
    inputs: Sequence[str],
    *,
    answer_sheets: bool = False,
    as_written: bool = False,
    quiet: bool = False,
    limit: Sequence[str] = (),
) -> Iterator["Reading"]:
    """Begin to read files and folders; a folder that is a workspace stands for the inputs its `zyw.yaml` names.

    Limits are those of the first workspace, changed by what `limit` names; raises `ZywError` F031 (exit 2). Unless
    `quiet`, a password that is missing is asked for on a terminal.
    """
    from zyw import reading

    paths, places = _named(inputs)
    deciding = _deciding(inputs)
    own = workspace.holidays(dict.fromkeys([*(Path(text) for text in inputs), *(place.root for place in deciding)]))
    guidance = replace(decided(deciding), answer_sheets=answer_sheets, as_written=as_written, holidays=own)
    limits = _raised(deciding, limit)
    under = tuple(place.root for place in places)
    ask = None if quiet else console.secret
    with reading.begun(paths, guidance=guidance, under=under, limits=limits, ask=ask) as begun_reading:
        yield begun_reading


def limits_of(inputs: Sequence[str], limit: Sequence[str] = ()) -> Limits:
    """Return what one file may cost, for whoever opens one of the files again that reading `inputs` opened."""
    return _raised(_deciding(inputs), limit)


def _raised(places: Sequence[workspace.Workspace], limit: Sequence[str]) -> Limits:
    return raised(parse_words(limit), places[0].limits if places else Limits())


def paths_of(inputs: Sequence[str]) -> list[Path]:
    """Return the files and folders that are read."""
    return _named(inputs)[0]


def files_of(inputs: Sequence[str]) -> dict[str, Path]:
    """Return the files that `read` reads, by the names by which problems call them."""
    from zyw.reading import find_shown

    paths, places = _named(inputs)
    found, _ = find_shown(paths, tuple(place.root for place in places))
    return {each.shown: each.path for each in found}


def inputs_of(*inputs: Sequence[str]) -> frozenset[Path]:
    """Return the files that reading `inputs` would read, which no result may replace."""
    return frozenset(path.resolve() for each in inputs for path in files_of(each).values())


def _named(inputs: Sequence[str]) -> tuple[list[Path], list[workspace.Workspace]]:
    """Return what is to be read, and the workspaces among the inputs: their files are shown relative to them."""
    given = [Path(text) for text in inputs]
    places = [place for path in given if (place := workspace.load(path))]
    named = {place.root: place.inputs for place in places}
    return [path for one in given for path in named.get(one, (one,))], places


def _deciding(inputs: Sequence[str]) -> list[workspace.Workspace]:
    """Return the workspaces whose decisions hold: those among the inputs, else the one that they all lie in.

    The latter is looked for from the present folder upwards: `cd 工作区` and `zyw rank 台账` needs no `--scheme`.
    """
    _, places = _named(inputs)
    around = None if places else workspace.above(Path())
    if around is None or not all(Path(text).resolve().is_relative_to(around) for text in inputs):
        return places
    found = workspace.load(around)
    return [found] if found else []


def decided(places: Sequence[workspace.Workspace]) -> Guidance:
    """Return what people decided about reading, in all workspaces among the inputs."""
    return Guidance(
        tuple(pin for place in places for pin in place.pins),
        {alias.written: alias.unit for place in places for alias in place.aliases},
    )


def read(
    inputs: Sequence[str],
    *,
    quiet: bool = False,
    answer_sheets: bool = False,
    as_written: bool = False,
    limit: Sequence[str] = (),
) -> tuple[Ledger, tuple[Problem, ...]]:
    """Read files and folders for no period in particular; `answer_sheets` keeps those of a survey one by one.

    With `as_written` the ledger holds the tables as written besides (for passing them on and comparing them).
    """
    begins = begun(inputs, answer_sheets=answer_sheets, as_written=as_written, quiet=quiet, limit=limit)
    with begins as reading, console.progress("正在读台账", quiet=quiet):
        return reading.finish()


def passed_on(
    inputs: Sequence[str], purpose: str, *, quiet: bool = False, limit: Sequence[str] = (), shared: bool = False
) -> Checked:
    """Read tables as written, the files in name order whatever order they were named in.

    Rows that two files share (L013) are told only with `shared`: whoever passes them on says what becomes of each.
    Problems that people have waived are set apart, as `zyw check` does. Raises `ZywError` X011 (exit 2) when there is
    no table to do something with; a file that could not be read is exit 3 before that.
    """
    waivers = _waivers(inputs)
    ledger, problems = read(sorted(dict.fromkeys(inputs)), quiet=quiet, as_written=True, limit=limit)
    told = tuple(p for p in problems if shared or p.code != SHARED)
    if not ledger.as_read:
        nothing = problem("X011", 做什么=Verbatim(purpose))
        raise ZywError((nothing, *_errors(told)), 3 if ledger.missing_inputs else None, check_line(inputs))
    opened, waived = _excused(waivers, ledger, told, today())
    return Checked(ledger, opened, waived)


def check_line(inputs: Sequence[str]) -> str:
    """Return the command that shows every problem of these inputs."""
    return line(["zyw", "check", *inputs])


SHARED: Final = "L013"


def refusal(missing: Sequence[str], *, skip_bad: bool) -> tuple[Problem, ...]:
    """Return why nothing is written when inputs are missing (G030, exit 3); nothing with `--skip-bad`."""
    if not missing or skip_bad:
        return ()
    return (problem("G030", 个数=len(missing), 文件=Verbatim("、".join(missing))),)


def of_both(one: Checked, two: Checked) -> tuple[Problem, ...]:
    """Return the problems of two ledgers that are compared: without "no roster" where the other one has it."""
    told = (
        (problem for problem in each.problems if problem.code != NO_ROSTER or not other.ledger.has_roster)
        for each, other in ((one, two), (two, one))
    )
    return tuple(dict.fromkeys(each for problems in told for each in problems))


NO_ROSTER: Final = "U005"


def scored(wanted: Wanted) -> Result:
    """Read, and score by the scheme over the span; raises `ZywError` (exit 2) where scheme or period is missing."""
    result = _counted(wanted)
    opened, waived = _excused(
        _waivers(wanted.inputs), result.ledger, _lacking(result.ledger, result.scheme), result.span.as_of
    )
    return replace(result, problems=(*opened, *result.problems), waived=(*waived, *result.waived))


def _counted(wanted: Wanted) -> Result:
    """Read and score whatever is there: a single ledger too, as `zyw check` is given.

    The scheme and all modules that the command will need are loaded while the first files are parsed.
    """
    waivers = _waivers(wanted.inputs)  # a fault in them is told before anything is read
    with begun(wanted.inputs, quiet=wanted.quiet, limit=wanted.limit) as reading:
        scheme, doubts = _scheme(wanted)
        typed = wanted.typed(scheme=_default_scheme(wanted))
        days = span(wanted.asked, scheme.cycle, typed, _last_month(), yearly=scheme.yearly is not None)
        reading.settle()
        from zyw.ruling.watch import Watch
        from zyw.scoring import score

        wanted.ahead()
        with console.progress("正在读台账", quiet=wanted.quiet):
            ledger, found = reading.finish(days.period)
    watch = Watch() if wanted.watched else None
    scores, counted = score(ledger, scheme, days, watch)
    problems = (*doubts, *found, *counted)
    opened, waived = _excused(waivers, ledger, problems, days.as_of)
    used = frozenset(path.resolve() for path in reading.used)
    sources = tuple(reading.sources)
    return Result(ledger, scheme, days, scores, (), opened, _recheck(wanted), used, sources, waived, watch)


def _lacking(ledger: Ledger, scheme: "Scheme") -> tuple[Problem, ...]:
    """Tell that a table which the rules count from was not given (G035): all keep their base, and it looks sound."""
    lacking = lacking_tables(ledger, scheme)
    return (problem("G035", 台账=lacking),) if lacking else ()


def lacking_tables(ledger: Ledger, scheme: "Scheme") -> tuple[str, ...]:
    """Return the tables that the rules of `scheme` count from and that no input held."""
    from zyw.rules.fields import MADE

    tables = dict.fromkeys(rule.table for rule in scheme.rules)
    return tuple(name for name in tables if name not in ledger.given and name not in MADE)


def checked(wanted: Wanted) -> Checked:
    """Read, hold the cells against one another, and where there is a scheme look for what counting would stumble over.

    Without a period it is this year up to today.
    """
    now = today()
    if wanted.scheme is None and _default_scheme(wanted) is None:
        _waivers(wanted.inputs)
        ledger, problems = read(wanted.inputs, quiet=wanted.quiet, limit=wanted.limit)
        unchecked = (problem("U008"),) if ledger.rows.keys() & {"问题台账", "追责台账"} else ()
        read_so_far = Checked(ledger, (*problems, *unchecked))
        return _held_together(wanted, read_so_far, now, now)
    result = _counted(
        wanted if period(wanted.asked) else replace(wanted, asked=Asked(year=str(now.year), as_of=str(now)))
    )
    found = Checked(result.ledger, result.problems, result.waived)
    return _held_together(wanted, found, result.span.as_of, now, result.scheme)


def with_checks(wanted: Wanted, result: Result) -> Checked:
    """Return the problems of a run, and what the cells show when they are held against one another.

    They are the same on whatever day the month is done again: what lies after today is not asked.
    """
    found = Checked(result.ledger, result.problems, result.waived)
    return _held_together(wanted, found, result.span.as_of, None, result.scheme)


@dataclass(frozen=True, slots=True)
class Looked:
    """What was read to see where things stand on the day `as_of`; `today`: no day was asked for."""

    ledger: Ledger
    scheme: "Scheme | None"
    as_of: date
    today: bool
    problems: tuple[Problem, ...]
    recheck: str
    read: frozenset[Path] = frozenset()
    waived: "tuple[Waived, ...]" = ()


def looked_at(wanted: Wanted, *, as_written: bool = False) -> Looked:
    """Read for one day: `--as-of`, else the last of the period, else today; a scheme where one is named."""
    asked = period(wanted.asked)
    now = asked is None and wanted.asked.as_of is None
    as_of = day("--as-of", wanted.asked.as_of) if wanted.asked.as_of else asked.end if asked else today()
    waivers = _waivers(wanted.inputs)
    named = wanted.scheme or _default_scheme(wanted)
    with begun(wanted.inputs, as_written=as_written, quiet=wanted.quiet, limit=wanted.limit) as reading:
        scheme, doubts = read_scheme(named) if named else (None, ())
        with console.progress("正在读台账", quiet=wanted.quiet):
            ledger, found = reading.finish(asked or Period(as_of.replace(month=1, day=1), as_of))
    opened, waived = _excused(waivers, ledger, (*doubts, *found), as_of)
    used = frozenset(path.resolve() for path in reading.used)
    recheck = f"{wanted.typed()} --as-of {as_of} --json"
    return Looked(ledger, scheme, as_of, now, opened, recheck, used, waived)


def _held_together(
    wanted: Wanted, found: Checked, as_of: date, now: date | None, scheme: "Scheme | None" = None
) -> Checked:
    from zyw.checks import apart_from, check_ledger
    from zyw.handling.docket import doubts

    own, waivers = _own_places(wanted, scheme), _waivers(wanted.inputs)
    elements = scheme.elements if scheme else ()
    more = check_ledger(found.ledger, as_of, today=now, own=own, elements=elements)
    more = (*more, *doubts(found.ledger, scheme, as_of))
    told = (*found.problems, *(each.problem for each in found.waived))
    opened, waived = _excused(waivers, found.ledger, (*found.problems, *apart_from(more, told)), as_of)
    everything = (*found.waived, *waived)
    if waivers:
        from zyw.waivers import stale

        opened = (*opened, *stale(waivers, everything, as_of))
    return Checked(found.ledger, opened, everything)


def _own_places(wanted: Wanted, scheme: "Scheme | None") -> tuple[str, ...]:
    """Return texts that hold the names of this office's county and towns."""
    place = place_of(wanted.inputs)
    issuers = (scheme.issuer, scheme.name) if scheme else ()
    return (*issuers, *((place.office.issuer, place.office.to) if place else ()))


def _excused(
    waivers: "Sequence[Waiver]", ledger: Ledger, problems: tuple[Problem, ...], as_of: date
) -> "tuple[tuple[Problem, ...], tuple[Waived, ...]]":
    """Set apart the problems that people have waived."""
    if not waivers:
        return problems, ()
    from zyw.subjects import Subjects
    from zyw.waivers import waive

    return waive(problems, waivers, Subjects(ledger), as_of)


def _waivers(inputs: Sequence[str]) -> "tuple[Waiver, ...]":
    """Return the waivers beside the folders that are read, and of the workspace that they lie in."""
    folders = dict.fromkeys([*(Path(text) for text in inputs), *(place.root for place in _deciding(inputs))])
    return tuple(waiver for folder in folders for waiver in workspace.waivers(folder))


def ranked(wanted: Wanted, purpose: str = "排名") -> Result:
    """Score and rank; needs a roster (exit 2).

    Raises `ZywError` G030 (exit 3) when an input could not be read and `--skip-bad` was not given: a ranking that
    lacks one school's ledger would put that school first. It comes first: the roster may be what was not read.
    """
    from zyw.ranking import rank

    result = scored(wanted)
    missing = result.ledger.missing_inputs
    if refused := refusal(missing, skip_bad=wanted.skip_bad):
        raise IncompleteError(result, (*refused, *_errors(result.problems)))
    if not result.ledger.has_roster:
        refused = (problem("G022", 做什么=purpose, 办法=ROSTER), *_errors(result.problems))
        raise ZywError(refused, recheck=result.recheck)
    standings, found = rank(result.ledger, result.scores)
    opened, waived = _excused(_waivers(wanted.inputs), result.ledger, found, result.span.as_of)
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
    return check_line(wanted.inputs) + scheme


def _last_month() -> str:
    last = today().replace(day=1) - timedelta(days=1)
    return f"--month {last:%Y-%m}"


def place_of(inputs: Sequence[str]) -> workspace.Workspace | None:
    """Return the first workspace among the inputs, else the one that they all lie in."""
    return next(iter(_deciding(inputs)), None)
