"""What `zyw survey` is made of: the options turned into rules, the result shown or turned into a file."""

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

from zyw import clock, console, given, outputs
from zyw.commands.parameters import Polling, Talk
from zyw.library import read_scheme
from zyw.options import Asked, period
from zyw.privacy import Level
from zyw.problems import Verbatim, ZywError, problem
from zyw.survey.declared import stated

if TYPE_CHECKING:
    from zyw.surveying import Poll, Surveyed

LEVEL: Final = Level.INTERNAL
PLAN_HEADS: Final = ("单位", "在职人数", "至少收几份")


def poll(inputs: Sequence[str], polling: Polling, scheme: str | None, asked: Asked) -> "Poll":
    """Return what the run asks for: the choices of the line; behind them those of the workspace, else of the scheme."""
    from zyw.surveying import Poll, rules_of

    place = given.place_of(inputs)
    own, named = (place.survey, scheme or place.scheme) if place else (None, scheme)
    typed = {
        "--scale": polling.scale, "--weights": polling.weights, "--channels": polling.channels,
        "--divisor": polling.divisor, "--empty": polling.empty,
    }  # fmt: skip
    options = tuple(part.strip() for part in (polling.answers or "").replace("，", ",").split(",") if part.strip())
    return Poll(
        rules=stated(own or rules_of(read_scheme(named)[0] if named else None), typed),
        options=options,
        period=period(asked),
        decisions=polling.decisions,
        against=polling.against,
        themes=place.themes if place else {},
    )


def file(done: "Surveyed", name: str, level: Level) -> bytes:
    """Return the result in the form that the ending of `name` asks for."""
    if outputs.checked_suffix(name, (".xlsx", ".json")) == ".json":
        return outputs.json_bytes(document(done))
    from zyw.surveying import workbook

    return workbook(done, clock.today(), level)


def document(done: "Surveyed") -> dict[str, Any]:
    """Return the JSON of a survey."""
    from zyw.survey.document import surveyed

    return surveyed(done.result, done.others, done.themes, done.ledger.missing_inputs, done.problems)


def show(done: "Surveyed", inputs: Sequence[str], talk: Talk, *, saved: bool) -> None:
    """Print the result, then the gravest problems and on which day it was looked at."""
    from zyw.survey.document import HEADS, rows

    if talk.json:
        console.document(document(done))
        return
    if not saved:
        console.show_table(HEADS, rows(done.result), numbers=(2, 3, 4, 6, 8))
    console.some_problems(done.problems, given.check_line(inputs), quiet=talk.quiet)
    console.say(f"今天是 {clock.today()}。", quiet=talk.quiet)


def plan(
    inputs: Sequence[str], margin: str, *, quiet: bool, limit: Sequence[str] = ()
) -> tuple[Sequence[str], list[tuple[str, ...]]]:
    """Return how many valid sheets each unit needs for ± `margin` percentage points, by the roster's head counts."""
    from zyw.survey.intervals import sheets_needed

    try:
        points = Decimal(margin.strip().removesuffix("%"))
    except InvalidOperation:
        points = Decimal(0)
    if not 0 < points <= 50:
        raise ZywError(problem("V010", option=Verbatim("--margin"), value=margin))
    ledger, _ = given.read(inputs, quiet=quiet, limit=limit)
    share = Fraction(points) / 100
    rows = [(u.name, str(u.staff) if u.staff else "", str(sheets_needed(share, u.staff or None))) for u in ledger.units]
    return PLAN_HEADS, [*rows, ("人数不清楚的群体", "", str(sheets_needed(share)))]
