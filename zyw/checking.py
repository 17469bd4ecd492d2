"""Ledgers looked at: every problem of what was given, with a scheme or without; tables passed on as written."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

from zyw import console
from zyw.clock import today
from zyw.excusing import excused, waivers_of
from zyw.given import begun, check_line, place_of, read
from zyw.ledger import Ledger
from zyw.library import read_scheme
from zyw.options import Asked, day, period
from zyw.periods import Period
from zyw.pipeline import Result, Wanted, counted, default_scheme, errors
from zyw.problems import Problem, Verbatim, ZywError, problem

if TYPE_CHECKING:
    from zyw.scheme import Scheme
    from zyw.waivers import Waived


@dataclass(frozen=True, slots=True)
class Checked:
    """What was read, the problems that are open, and those that people have waived."""

    ledger: Ledger
    problems: tuple[Problem, ...]
    waived: "tuple[Waived, ...]" = ()


def passed_on(
    inputs: Sequence[str], purpose: str, *, quiet: bool = False, limit: Sequence[str] = (), shared: bool = False
) -> Checked:
    """Read tables as written, the files in name order whatever order they were named in.

    Rows that two files share (L013) are told only with `shared`: whoever passes them on says what becomes of each.
    Problems that people have waived are set apart, as `zyw check` does. Raises `ZywError` X011 (exit 2) when there is
    no table to do something with; a file that could not be read is exit 3 before that.
    """
    waivers = waivers_of(inputs)
    ledger, problems = read(sorted(dict.fromkeys(inputs)), quiet=quiet, as_written=True, limit=limit)
    told = tuple(p for p in problems if shared or p.code != SHARED)
    if not ledger.as_read:
        nothing = problem("X011", 做什么=Verbatim(purpose))
        raise ZywError((nothing, *errors(told)), 3 if ledger.missing_inputs else None, check_line(inputs))
    opened, waived = excused(waivers, ledger, told, today())
    return Checked(ledger, opened, waived)


SHARED: Final = "L013"


def of_both(one: Checked, two: Checked) -> tuple[Problem, ...]:
    """Return the problems of two ledgers that are compared: without "no roster" where the other one has it."""
    told = (
        (problem for problem in each.problems if problem.code != NO_ROSTER or not other.ledger.has_roster)
        for each, other in ((one, two), (two, one))
    )
    return tuple(dict.fromkeys(each for problems in told for each in problems))


NO_ROSTER: Final = "U005"


def checked(wanted: Wanted) -> Checked:
    """Read, hold the cells against one another, and where there is a scheme look for what counting would stumble over.

    Without a period it is this year up to today.
    """
    now = today()
    if wanted.scheme is None and default_scheme(wanted) is None:
        waivers_of(wanted.inputs)
        ledger, problems = read(wanted.inputs, quiet=wanted.quiet, limit=wanted.limit)
        unchecked = (problem("U008"),) if ledger.rows.keys() & {"问题台账", "追责台账"} else ()
        read_so_far = Checked(ledger, (*problems, *unchecked))
        return _held_together(wanted, read_so_far, now, now)
    result = counted(
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
    waivers = waivers_of(wanted.inputs)
    named = wanted.scheme or default_scheme(wanted)
    with begun(wanted.inputs, as_written=as_written, quiet=wanted.quiet, limit=wanted.limit) as reading:
        scheme, doubts = read_scheme(named) if named else (None, ())
        with console.progress("正在读台账", quiet=wanted.quiet):
            ledger, found = reading.finish(asked or Period(as_of.replace(month=1, day=1), as_of))
    opened, waived = excused(waivers, ledger, (*doubts, *found), as_of)
    used = frozenset(path.resolve() for path in reading.used)
    recheck = f"{wanted.typed()} --as-of {as_of} --json"
    return Looked(ledger, scheme, as_of, now, opened, recheck, used, waived)


def _held_together(
    wanted: Wanted, found: Checked, as_of: date, now: date | None, scheme: "Scheme | None" = None
) -> Checked:
    from zyw.checks import apart_from, check_ledger
    from zyw.handling.docket import doubts

    own, waivers = _own_places(wanted, scheme), waivers_of(wanted.inputs)
    elements = scheme.elements if scheme else ()
    more = check_ledger(found.ledger, as_of, today=now, own=own, elements=elements)
    more = (*more, *doubts(found.ledger, scheme, as_of))
    told = (*found.problems, *(each.problem for each in found.waived))
    opened, waived = excused(waivers, found.ledger, (*found.problems, *apart_from(more, told)), as_of)
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
