"""What was given on a command line: which workspaces, files and limits that means, and the reading of them."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from zyw import console, workspace
from zyw.finding.guidance import Guidance
from zyw.ledger import Ledger
from zyw.limits import Limits, parse_words, raised
from zyw.options import line
from zyw.problems import Problem

if TYPE_CHECKING:
    from zyw.reading import Reading


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
    there = deciding(inputs)
    own = workspace.holidays(dict.fromkeys([*(Path(text) for text in inputs), *(place.root for place in there)]))
    guidance = replace(decided(there), answer_sheets=answer_sheets, as_written=as_written, holidays=own)
    limits = _raised(there, limit)
    under = tuple(place.root for place in places)
    ask = None if quiet else console.secret
    with reading.begun(paths, guidance=guidance, under=under, limits=limits, ask=ask) as begun_reading:
        yield begun_reading


def limits_of(inputs: Sequence[str], limit: Sequence[str] = ()) -> Limits:
    """Return what one file may cost, for whoever opens one of the files again that reading `inputs` opened."""
    return _raised(deciding(inputs), limit)


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


def deciding(inputs: Sequence[str]) -> list[workspace.Workspace]:
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


def check_line(inputs: Sequence[str]) -> str:
    """Return the command that shows every problem of these inputs."""
    return line(["zyw", "check", *inputs])


def place_of(inputs: Sequence[str]) -> workspace.Workspace | None:
    """Return the first workspace among the inputs, else the one that they all lie in."""
    return next(iter(deciding(inputs)), None)
