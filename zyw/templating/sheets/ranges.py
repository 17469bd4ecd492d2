"""References to cells, moved with their rows: in formulas, merges, validations, formats, print areas.

`SUM(F5:F5)` below a loop over row 5 that had three rounds becomes `SUM(F5:F7)`; a merge inside a loop is made in each
round; a range that lost all its rows goes, and a formula that needs one is refused.
"""

import re
from collections.abc import Mapping
from typing import Final

from zyw.problems import Verbatim
from zyw.templating.sheets.moves import NOWHERE, Instance, Moves

_CELLS: Final = re.compile(r"(\$?[A-Z]{1,3})(\$?)(\d+)(?::(\$?[A-Z]{1,3})(\$?)(\d+))?")
_ROWS: Final = re.compile(r"(\$?)(\d+):(\$?)(\d+)")


class LostRowsError(Exception):
    """A formula refers to rows that this paper does not have; the text is the reference."""


def moved_range(text: str, moves: Moves) -> list[str]:
    """Return a range of cells (`A5:H5`) as it stands after filling, in runs; nothing when its rows are gone."""
    found = _CELLS.fullmatch(text)
    if not found:
        return [text]
    left, _, first, right, _, last = found.groups()
    runs = moves.runs(int(first), int(last or first))
    return [_range(left, top, right or left, bottom) for top, bottom in runs]


def moved_merges(text: str, moves: Moves) -> list[str]:
    """Return a merge as the merges that it became, one in each round; a merge of a single cell is none."""
    found = _CELLS.fullmatch(text)
    if not found:
        return [text]
    left, _, first, right, _, last = found.groups()
    made = []
    for instance in moves.instances(int(first), int(last or first)):
        rows = moves.rows(int(first), int(last or first), instance)
        if rows and (rows[0] != rows[-1] or left != (right or left)):
            made.append(_range(left, rows[0], right or left, rows[-1]))
    return list(dict.fromkeys(made))


def _range(left: str, top: int, right: str, bottom: int) -> str:
    return f"{left}{top}" if (left, top) == (right, bottom) else f"{left}{top}:{right}{bottom}"


def moved_formula(formula: str, sheet: str, moves: Mapping[str, Moves], seen_from: Instance = NOWHERE) -> str:
    """Return a formula of `sheet` with its references moved; raises `LostRowsError`.

    Sheets that are not in `moves` were not filled, and what refers to them stays.
    """
    from openpyxl.formula import Tokenizer

    tokens = Tokenizer(f"={formula}").items
    return "".join(
        _moved(token.value, sheet, moves, seen_from)
        if token.type == "OPERAND" and token.subtype == "RANGE"
        else token.value
        for token in tokens
    )


def _moved(text: str, sheet: str, moves: Mapping[str, Moves], seen_from: Instance) -> str:
    where, mark, cells = text.rpartition("!")
    named = where.strip("'").replace("''", "'") if mark else sheet
    if named not in moves:
        return text
    own = seen_from if named == sheet else NOWHERE
    parts = [f"{where}{mark}{part}" for part in _moved_cells(cells, moves[named], own)]
    if not parts:
        raise LostRowsError(Verbatim(text))
    return ",".join(parts)


def _moved_cells(text: str, moves: Moves, seen_from: Instance) -> list[str]:
    if cells := _CELLS.fullmatch(text):
        left, fixed, first, right, fixed_too, last = cells.groups()
        runs = moves.runs(int(first), int(last or first), seen_from)
        return [
            f"{left}{fixed}{top}"
            + (f":{right or left}{fixed_too if last else fixed}{bottom}" if right or bottom != top else "")
            for top, bottom in runs
        ]
    if rows := _ROWS.fullmatch(text):
        fixed, first, fixed_too, last = rows.groups()
        runs = moves.runs(int(first), int(last), seen_from)
        return [f"{fixed}{top}:{fixed_too}{bottom}" for top, bottom in runs]
    return [text]


def rows_named(formula: str, sheet: str, own: str) -> set[int]:
    """Return the rows of the sheet `own` that a formula standing in `sheet` names, by their ends."""
    from openpyxl.formula import Tokenizer

    found: set[int] = set()
    for token in Tokenizer(f"={formula}").items:
        where, mark, cells = token.value.rpartition("!")
        if token.type != "OPERAND" or (where.strip("'").replace("''", "'") if mark else sheet) != own:
            continue
        if match := _CELLS.fullmatch(cells):
            found |= set(range(int(match[3]), min(int(match[6] or match[3]), int(match[3]) + 10_000) + 1))
    return found
