"""Pins put to use: which of them are about a sheet, and which columns of it they name.

A column that identifies a complainant cannot be pinned open. Only where a label stands twice (12345 exports have
诉求号码 twice, and the second holds the department) may the later one be read, as a unit.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from zyw.columns import SURVEY, header_key, is_secret, table
from zyw.fields import Kind
from zyw.finding.guidance import NOT_READ, Pin
from zyw.finding.headers import PINNED, flattened, named
from zyw.finding.scored import Header, depths, headers_of, share, weigh
from zyw.problems import Place, Problem, Verbatim, problem
from zyw.sheets import Grid, letter

OPENED: Final = (Kind.UNIT,)


def pins_of(grid: Grid, pins: Iterable[Pin]) -> tuple[Pin, ...]:
    """Return the pins about this sheet."""
    return tuple(pin for pin in pins if pin.covers(grid.file, grid.sheet))


def headers_placed(pin: Pin, grid: Grid) -> list[Header]:
    """Return what stands at the header rows that `pin` gives: the table it names, else whatever is known there."""
    first, depth = pin.header_rows[0] - grid.top, len(pin.header_rows)
    if not 0 <= first <= first + depth <= len(grid.rows):
        return []
    if pin.table and pin.table != SURVEY:
        return [_said(pin, grid, first, depth)]
    found = list(headers_of(grid, first, depth, pin.table))
    if found or pin.table != SURVEY:
        return found
    labels = flattened(grid, first, depth)  # a form of one's own may number no question: a person says that it is one
    told = sum(map(bool, labels))
    return [Header(first, depth, labels, SURVEY, told)] if told > 1 else []


def misplaced(grid: Grid, pins: Sequence[Pin]) -> Iterator[Problem]:
    """Yield a problem for each pin whose header rows are not on the sheet, or hold no header that is known."""
    for pin in pins:
        if pin.header_rows and not headers_placed(pin, grid):
            rows = Verbatim("–".join(dict.fromkeys((str(pin.header_rows[0]), str(pin.header_rows[-1])))))
            yield problem("S019", Place(grid.file, grid.sheet), rows=rows)


def headers_said(pin: Pin, grid: Grid, start: int) -> Iterator[Header]:
    """Yield the header of the table that `pin` names, at `start`, weighed with the columns it gives."""
    for depth in depths(grid, start):
        header = _said(pin, grid, start, depth)
        labels = {header_key(label) for label in header.labels if label}
        told = sum(1 for f, _ in named(header.labels, table(pin.table)) if f)
        if header.score and (told or any(header_key(written) in labels for written in pin.columns)):
            yield header


def _said(pin: Pin, grid: Grid, start: int, depth: int) -> Header:
    labels, of = flattened(grid, start, depth), table(pin.table)
    said, _ = pinned_fields(pin, grid, Header(start, depth, labels, pin.table, 0))
    fields = [(f, how) for j, (f, how) in enumerate(named(labels, of)) if f and j not in said]
    fields += [(of.field(name), PINNED) for name in said.values() if name]
    score, complete = weigh(fields, of)
    return Header(start, depth, labels, pin.table, score, share(labels, len(fields)), complete)


def pinned_fields(pin: Pin, grid: Grid, header: Header) -> tuple[dict[int, str], list[Problem]]:
    """Return what `pin` says of columns: index → field ("" for 不读); and what it names that is not there."""
    letters = {letter(grid.left + j): j for j in range(len(header.labels))}
    said: dict[int, str] = {}
    problems: list[Problem] = []
    place = Place(grid.file, grid.sheet)
    for written, name in pin.columns.items():
        named = [letters[written]] if written in letters else _by_label(written, header)
        if len(named) != 1:
            problems.append(
                problem("S015" if not named else "S016", pin.place or place, column=written, sheet=str(place))
            )
        elif name == NOT_READ:
            said[named[0]] = ""
        elif header.table == SURVEY or name not in {f.name for f in table(header.table).fields}:
            problems.append(problem("S018", pin.place or place, field=name, table=header.table))
        elif _is_closed(named[0], name, header):
            problems.append(problem("S017", pin.place or place, column=written, sheet=Verbatim(place)))
        else:
            said[named[0]] = name
    return said, problems


def _by_label(written: str, header: Header) -> list[int]:
    wanted = header_key(written)
    return [j for j, label in enumerate(header.labels) if label and header_key(label) == wanted]


def _is_closed(j: int, name: str, header: Header) -> bool:
    """Say whether column `j` may not be read as `name`: it identifies a complainant."""
    label = header.labels[j]
    if not is_secret(label, header.table):
        return False
    again = label in header.labels[:j]
    return not (again and table(header.table).field(name).kind in OPENED)
