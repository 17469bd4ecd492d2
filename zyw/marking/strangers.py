"""Complainants on sheets that are no table: a workbook that names them is not given back, however little was read."""

import re
from collections.abc import Iterable
from typing import Final

from zyw.columns import header_key
from zyw.container import outline
from zyw.container.parts import Container
from zyw.container.prescan import ForbiddenXml, OddXml
from zyw.marking.cellgrid import SheetXml
from zyw.marking.package import Package
from zyw.marking.surgery import ODD, Unmarkable
from zyw.marking.workbookxml import shared_strings, text_of
from zyw.privacy import mask_file_name

ROWS: Final = 40
HEADS: Final = 3
"""A row of so many short texts may be a header."""
_WIDEST: Final = 12
_NAMED: Final = re.compile(
    "举报人|反映人|投诉人|信访人|求助人|求助号码|来电人|来电号码|诉求人|诉求方|诉求号码|答题人|您的姓名"
)
_ACCUSED: Final = re.compile("被(举报|反映|投诉|信访)人")


def names_complainants(container: Container, sheets: Iterable[str]) -> bool:
    """Say whether one of `sheets` (as shown) has a row that looks like a header with a column of complainants."""
    wanted = set(sheets)
    if not wanted:
        return False
    try:
        package = Package(container)
        parts = [s.part for s in outline.sheets(container) if mask_file_name(s.name) in wanted and s.part in package]
        shared = shared_strings(package)
        return any(_has_one(SheetXml.of(package.read(part)), shared) for part in parts)
    except (KeyError, OddXml, ForbiddenXml) as caught:
        raise Unmarkable(ODD) from caught


def _has_one(sheet: SheetXml, shared: list[str]) -> bool:
    for row in sorted(sheet.rows.values())[:ROWS]:
        cells = (text_of(sheet.xml[cell.start : cell.end], shared) for cell in sheet.cells(row))
        heads = [head for text in cells if text and len(head := header_key(text)) <= _WIDEST]
        if len(heads) >= HEADS and any(_NAMED.search(_ACCUSED.sub("", head)) for head in heads):
            return True
    return False
