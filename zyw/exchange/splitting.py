"""One ledger → one workbook a unit (`zyw split`): each gets its rows, under the headers it knows, with the dropdowns.

The rows of one unit stand on the sheets they came from. Rows whose unit the roster does not know, or that name none,
go into a file of their own: nobody is sent another's row.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from zyw.asread import AsRead
from zyw.columns import SOURCE_FILE, header_key
from zyw.exchange.books import SHEET_ROWS, Book, ledger_listing, made_workbook
from zyw.exchange.dropdowns import SHEET, Dropdowns, offer
from zyw.exchange.merging import changes
from zyw.exchange.stack import Heading, Stack
from zyw.exchange.words import Words
from zyw.filenames import safe_name, unique_names
from zyw.ledger import Ledger
from zyw.printed.listing import Listing
from zyw.problems import Problem
from zyw.rowset import Ints
from zyw.sheets import LEDGER_MARK

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

NOBODY: Final = "没有单位的行"
SPARE_ROWS: Final = 500
"""Dropdowns reach so many rows below the last one."""
_SHEET_NAME: Final = 31
_FORBIDDEN: Final = str.maketrans(dict.fromkeys("[]:*?/\\", "_"))


@dataclass(frozen=True, slots=True)
class Share:
    """What one unit gets ("" : the rows of nobody): its file, and for each sheet the rows, by their place in it."""

    unit: str
    file: str
    rows: tuple[tuple[int, Ints], ...]

    @property
    def count(self) -> int:
        """How many rows it gets."""
        return sum(len(rows) for _, rows in self.rows)


@dataclass(frozen=True, slots=True)
class Split:
    """All shares, by the order of the roster, and the sheets they come from; `words` are the dropdowns of a sheet."""

    stacks: tuple[Stack, ...]
    names: tuple[str, ...]
    shares: tuple[Share, ...]
    words: tuple[Words, ...]


def split(ledger: Ledger, words: Mapping[int, Words]) -> tuple[Split, tuple[Problem, ...]]:
    """Split all tables that were read; `words` are the dropdowns of each, by the first origin of its block."""
    parts = [part for part in ledger.as_read if part.block.rows]
    stacks = tuple(Stack(group[0].block.table, group) for group in _by_table(parts))
    order = [unit.name for unit in ledger.units]
    found = dict.fromkeys(name for part in parts for name in part.found_units())
    units = [*(name for name in order if name in found), *(name for name in found if name and name not in order)]
    files = unique_names([*units, NOBODY])
    shares = [
        _share(unit, f"{files[unit or NOBODY]}.xlsx", stacks) for unit in (*units, *([""] if "" in found else []))
    ]
    offered = tuple(words.get(stack.parts[0].block.first, {}) for stack in stacks)
    problems = tuple(told for stack in stacks for told in changes(stack))
    return Split(stacks, tuple(_sheet_names([stack.parts[0] for stack in stacks])), tuple(shares), offered), problems


def _by_table(parts: Sequence[AsRead]) -> list[tuple[AsRead, ...]]:
    """Put the parts of one table on a sheet together: a wide sheet was read document by document."""
    tables: dict[tuple[str, str, str, tuple[int, ...]], list[AsRead]] = {}
    for part in parts:
        block = part.block
        tables.setdefault((block.file, block.sheet, block.table, tuple(block.header_rows)), []).append(part)
    return [tuple(found) for found in tables.values()]


def _share(unit: str, file: str, stacks: Sequence[Stack]) -> Share:
    rows = ((at, _rows_of(stack, unit)) for at, stack in enumerate(stacks))
    return Share(unit, file, tuple((at, found) for at, found in rows if len(found)))


def _rows_of(stack: Stack, unit: str) -> Ints:
    """Return the rows of a stack that are a unit's; a row that names several units is each one's."""
    starts = stack.starts.tolist()
    return np.concatenate([start + part.rows_of(unit) for start, part in zip(starts, stack.parts, strict=False)])


def _sheet_names(parts: Sequence[AsRead]) -> list[str]:
    """Return a name for each sheet: its own, made fit, and told apart where two files have the same."""
    names: list[str] = []
    taken = {SHEET.casefold()}
    for part in parts:
        base = safe_name(part.block.sheet or part.block.table).translate(_FORBIDDEN).strip("'") or part.block.table
        name, number = base[:_SHEET_NAME], 1
        while name.casefold() in taken:
            number += 1
            end = f"（{number}）"
            name = base[: _SHEET_NAME - len(end)] + end
        taken.add(name.casefold())
        names.append(name)
    return names


def share_workbook(whole: Split, share: Share) -> bytes:
    """Return the workbook of one unit."""
    menu = Dropdowns()
    tables: list[tuple[Listing, Mapping[int, tuple[str, str]]]] = []
    for at, rows in share.rows:
        stack = whole.stacks[at]
        headings = stack.headings_as_written() if len(stack.parts) == 1 else stack.headings
        listing = _listing(stack, headings, rows, whole.names[at], share.unit)
        offers = {
            j: (menu.formula(heading.label, words), heading.label)
            for j, heading in enumerate(headings, start=1)
            if (words := whole.words[at].get(heading.name))
        }
        tables.append((listing, offers))

    def finish(_workbook: "Workbook", sheet: "Worksheet", listing: Listing) -> None:
        if listing.name == SHEET:
            sheet.hide()
        for made, offers in tables:
            for column, (formula, label) in offers.items() if made is listing else ():
                offer(sheet, (listing.body, listing.last + SPARE_ROWS, column), formula, label)

    listings = [listing for listing, _ in tables]
    names = frozenset(listing.name for listing in listings)
    sheets = [*listings, *([menu.listing()] if menu.lists else [])]
    return made_workbook(Book(share.unit or NOBODY, LEDGER_MARK, sheets, names, finish))


def _listing(stack: Stack, headings: Sequence[Heading], rows: Ints, name: str, unit: str) -> Listing:
    one_word = bool(unit) and not any(c.isspace() or c in ":：" for c in unit)
    notes = (f"填报单位：{unit}",) if one_word else (f"这些行没有写单位，或名册里没有这个单位：{len(rows)} 行",)
    passed_on = any(header_key(column.label) == SOURCE_FILE for column in stack.parts[0].columns)
    return ledger_listing(stack, headings, rows[:SHEET_ROWS], name, notes, sources=passed_on)
