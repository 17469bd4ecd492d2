"""Handing a ledger out again: the dropdowns of the files it came in are looked up, the workbooks made and listed."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from zyw import given
from zyw.asread import AsRead
from zyw.columns import table
from zyw.container.parts import open_container
from zyw.container.prescan import ForbiddenXml, OddXml
from zyw.exchange.splitting import NOBODY, Split, share_workbook, split
from zyw.exchange.stack import named_columns
from zyw.exchange.validations import Offered, find_dropdowns
from zyw.exchange.words import Words, words_for
from zyw.ledger import Ledger
from zyw.library import read_scheme
from zyw.limits import Limits
from zyw.privacy import mask_file_name
from zyw.problems import Place, Problem, Verbatim, ZywError, problem
from zyw.sheets import Grid, column_index
from zyw.workbook import read_book

HEADS: Final = ("单位", "行", "文件")


def shared_out(
    ledger: Ledger, inputs: Sequence[str], scheme: str | None, limits: Limits | None = None
) -> tuple[Split, tuple[Problem, ...]]:
    """Split a ledger by its units, with the words of a scheme in the dropdowns, else those of its own files."""
    words, doubts = _words_of_scheme(ledger, scheme) if scheme else _words_of_files(ledger, inputs, limits or Limits())
    whole, told = split(ledger, words)
    return whole, (*doubts, *told)


def _words_of_scheme(ledger: Ledger, name: str) -> tuple[dict[int, Words], tuple[Problem, ...]]:
    scheme, doubts = read_scheme(name)
    units = tuple(unit.name for unit in ledger.units) if ledger.has_roster else ()
    parts = ledger.as_read
    return {part.block.first: words_for(table(part.block.table), scheme, units) for part in parts}, doubts


def _words_of_files(
    ledger: Ledger, inputs: Sequence[str], limits: Limits
) -> tuple[dict[int, Words], tuple[Problem, ...]]:
    """Return the dropdowns of each table as its file has them, and which could not be taken along."""
    words: dict[int, Words] = {}
    problems: list[Problem] = []
    paths = given.files_of(inputs)
    parts = [part for part in ledger.as_read if part.block.rows]
    for file in dict.fromkeys(part.block.file for part in parts):
        offered = _dropdowns(paths[file], file, limits)
        if offered is None:
            problems.append(problem("X012", Place(file), 原因=Verbatim("只读得到 xlsx、xlsm 里的，加了密码的读不到")))
            continue
        for part in (part for part in parts if part.block.file == file):
            words[part.block.first], lost = _of_sheet(part, offered.get(part.block.sheet, ()))
            if lost:
                columns = Verbatim(f"“{'、'.join(lost)}”列的选项是公式算出来的，或在别的工作簿里")
                problems.append(problem("X012", Place(file, part.block.sheet), 原因=columns))
    return words, tuple(problems)


def _dropdowns(path: Path, shown: str, limits: Limits) -> Mapping[str, tuple[Offered, ...]] | None:
    """Return the dropdowns of a workbook by the shown names of its sheets, None where they cannot be read."""
    grids: dict[str, Grid] = {}

    def grid(name: str) -> Grid | None:
        if not grids:
            book, _ = read_book(path, shown, limits)
            grids.update({each.sheet: each for each in book.grids} if book else {"": Grid(shown, "", ())})
        return grids.get(mask_file_name(name))

    try:
        found = find_dropdowns(open_container(path.read_bytes(), shown, limits), grid)
    except (ZywError, ForbiddenXml, OddXml, KeyError, OSError):
        return None
    return {mask_file_name(name): offered for name, offered in found.items()}


def _of_sheet(part: AsRead, offered: Sequence[Offered]) -> tuple[Words, list[str]]:
    """Return the words of a table's columns, and the labels of those whose words cannot be followed."""
    first, last = part.block.rows[0], part.block.rows[-1]
    words: dict[str, tuple[str, ...]] = {}
    lost = []
    for heading, column in named_columns(part):
        at = column_index(column.letter)
        found = [each for each in offered if each.covers(at, first, last)]
        kept = next((each.words for each in found if each.words), ())
        if kept:
            words[heading.name] = kept
        elif found:
            lost.append(column.label)
    return words, lost


def workbooks(whole: Split) -> dict[str, bytes]:
    """Return every unit's workbook by its file name."""
    return {share.file: share_workbook(whole, share) for share in whole.shares}


def rows(whole: Split) -> list[tuple[str, ...]]:
    """Return what the console shows, a row a file."""
    return [(share.unit or NOBODY, str(share.count), share.file) for share in whole.shares]


def document(whole: Split) -> dict[str, Any]:
    """Return what `zyw split --json` prints, problems and missing inputs apart; `unit` null: the rows of nobody."""
    return {
        "version": 1,
        "files": [
            {
                "unit": share.unit or None,
                "file": share.file,
                "sheets": [
                    {"sheet": whole.names[at], "table": whole.stacks[at].table.name, "rows": len(found)}
                    for at, found in share.rows
                ],
            }
            for share in whole.shares
        ],
    }
