"""What if a row were otherwise: the same ledger with rows revoked, left out or let count, to be scored once more.

A supposition never is a result: it changes no file, and whoever shows its scores says so.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

import numpy as np

from zyw.ledger import Ledger
from zyw.origins import Block
from zyw.problems import Verbatim, ZywError, problem
from zyw.rowset import RowSet
from zyw.sanctions.rows import SOURCES

REVOKED, LEFT_OUT, COUNTED = "撤销", "不计", "计入"
WAYS: Final = (REVOKED, LEFT_OUT, COUNTED)
"""撤销: revoked on the day of the run; 不计: as if the row were not there; 计入: verified and not revoked."""
_WRITTEN: Final = re.compile(r"(?P<where>.+)[!！]\s*第?\s*行?\s*(?P<row>\d{1,7})\s*行?\s*[=＝]\s*(?P<way>\S+)")
_SANCTIONS: Final = "追责台账"
_VERIFIED: Final = {source.table: source.verified for source in SOURCES}
_REVOKED_ON: Final = "撤销时间"


@dataclass(frozen=True, slots=True)
class Supposition:
    """One row, and what is supposed of it; `told` names the row by file, sheet and number."""

    table: str
    origin: int
    way: str
    told: str


def suppose(ledger: Ledger, words: Iterable[str], as_of: date) -> tuple[Ledger, tuple[Supposition, ...]]:
    """Return the ledger as supposed by `words` (`追责台账!行5=撤销`) and what each of them was understood as.

    Raises `ZywError` (exit 2): C050 when one is not written so, C051 for no such row or several, C052 when its table
    does not know that way.
    """
    found = tuple(_understood(ledger, text) for text in words)
    tables = dict(ledger.rows)
    for each in found:
        tables[each.table] = _changed(tables[each.table], each, as_of)
    return replace(ledger, rows=tables), found


def _understood(ledger: Ledger, text: str) -> Supposition:
    written = _WRITTEN.fullmatch(text.strip())
    if written is None or written["way"] not in WAYS:
        raise ZywError(problem("C050", 写法=text, 可选=Verbatim("、".join(WAYS))))
    where, row, way = written["where"].strip(), int(written["row"]), written["way"]
    named = [block for block in ledger.origins.blocks if _bare(where) in _names(block)]
    blocks = [block for block in named if _holds(ledger, block, row)]
    if len(blocks) != 1:
        raise ZywError(problem("C051", 位置=Verbatim(f"{where}!行{row}"), 原因=Verbatim(_why(ledger, blocks, named))))
    block = blocks[0]
    if (way == REVOKED and block.table != _SANCTIONS) or (way == COUNTED and block.table not in _VERIFIED):
        raise ZywError(problem("C052", 表=block.table, 办法=way))
    return Supposition(block.table, _origin(block, row), way, f"{_place(block)} 第 {row} 行 {way}")


def _names(block: Block) -> frozenset[str]:
    """Return what a table may be called: 追责台账, its sheet, its file (folder and ending may lack), file ▸ sheet."""
    file = block.file.rsplit("/", 1)[-1]
    files = {block.file, file, file.rsplit(".", 1)[0]}
    return frozenset(_bare(name) for name in {block.table, block.sheet, *files, *(f"{f}▸{block.sheet}" for f in files)})


def _bare(name: str) -> str:
    return "".join(name.split())


def _place(block: Block) -> str:
    return f"{block.file} ▸ {block.sheet}" if block.sheet else block.file


def _origin(block: Block, row: int) -> int:
    return block.first + [int(each) for each in block.rows].index(row)


def _holds(ledger: Ledger, block: Block, row: int) -> bool:
    rows = ledger.rows.get(block.table)
    if rows is None or row not in block.rows:
        return False
    return bool((rows["origin"] == _origin(block, row)).any())


def _why(ledger: Ledger, blocks: Sequence[Block], named: Sequence[Block]) -> str:
    if blocks:
        return f"不止一处有这一行：{'、'.join(map(_place, blocks))}"
    known = named or [block for block in ledger.origins.blocks if block.table in ledger.rows]
    return f"没有读到这一行；读到的表有：{'、'.join(dict.fromkeys(map(_place, known))) or '无'}"


def _changed(rows: RowSet, supposed: Supposition, as_of: date) -> RowSet:
    """Return the rows of a table, that of `supposed` changed; columns that are not there need no change to count."""
    where = rows["origin"] == supposed.origin
    if supposed.way == LEFT_OUT:
        return rows.take(~where)
    made = RowSet(rows.columns, len(rows))
    if supposed.way == REVOKED or _REVOKED_ON in rows:
        days = rows.columns.get(_REVOKED_ON, np.full(len(rows), "NaT", dtype="datetime64[s]"))
        day = np.datetime64(as_of, "s") if supposed.way == REVOKED else np.datetime64("NaT")
        made[_REVOKED_ON] = np.where(where, day, days).astype("datetime64[s]")
    if supposed.way == COUNTED:
        for name, value in (("复核结果", ""), (_VERIFIED[supposed.table], "是")):
            if name in rows:
                made[name] = np.where(where, np.array(value, dtype=object), rows[name])
    return made
