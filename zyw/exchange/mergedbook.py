"""The merged ledger as a workbook that is read again, and as JSON."""

from collections.abc import Iterator, Sequence
from typing import Any, Final

from zyw.exchange.books import SHEET_ROWS, Book, ledger_listing, made_workbook, texts_column, told_listing
from zyw.exchange.cases import case_text, unit_text
from zyw.exchange.merging import Conflict, Merged, MergedTable
from zyw.exchange.stack import Heading, Stack, source_of
from zyw.printed.listing import Listing
from zyw.problems import Place, Verbatim, ZywError, problem
from zyw.sheets import LEDGER_MARK

TITLE: Final = "总台账"
TWICE, SENDING = "重复和矛盾", "报送情况"
_HEADS: Final = (
    ("情形", (6, 6)), ("表", (9, 9)), ("单位", (10, 18)), ("哪一件", (10, 24)), ("列", (8, 14)),
    ("一处", (10, 24)), ("一处的位置", (12, 24)), ("另一处", (10, 24)), ("另一处的位置", (12, 24)),
)  # fmt: skip


def merged_workbook(merged: Merged) -> bytes:
    """Return the merged ledger as xlsx: a sheet a table, then what stood twice and who sent what.

    Raises `ZywError` X009 (exit 4) when a table has more rows than a sheet.
    """
    for each in merged.tables:
        if len(each.kept) > SHEET_ROWS:
            raise ZywError(problem("X009", None, 表=each.name, 行数=len(each.kept)))
    listings = [_table_listing(each) for each in merged.tables]
    beside = (_twice_listing(merged), _sending_listing(merged))
    names = frozenset(listing.name for listing in (*listings, *beside))
    return made_workbook(Book(TITLE, LEDGER_MARK, (*listings, *beside), names))


def _table_listing(each: MergedTable) -> Listing:
    files = len({part.block.file for part in each.stack.parts})
    note = f"由 {files} 个文件合并，共 {len(each.kept)} 行。最后两列是每行原来在哪个文件、第几行。"
    return ledger_listing(each.stack, each.stack.headings, each.kept, each.name, (note,))


def _twice_listing(merged: Merged) -> Listing:
    rows = [row for each in merged.tables for row in (*_duplicate_rows(each), *_conflict_rows(each))]
    columns = [texts_column(label, bounds, [row[at] for row in rows]) for at, (label, bounds) in enumerate(_HEADS)]
    notes = (
        "重复：另一处说的，这一处全都有，只留这一处。矛盾：同一件（编号、单位相同）两处说法不同，两行都在，请改好一处。",
    )
    return told_listing(TWICE, TWICE, notes, columns)


def _duplicate_rows(each: MergedTable) -> Iterator[Sequence[str]]:
    stack = each.stack
    for found in each.duplicates:
        where = (str(stack.place(found.kept)), "", str(stack.place(found.dropped)))
        yield ("重复", each.name, unit_text(stack, found.kept), case_text(stack, found.kept), "", "留下", *where)


def _conflict_rows(each: MergedTable) -> Iterator[Sequence[str]]:
    stack = each.stack
    for found in each.conflicts:
        one = found.rows[0]
        for other in _others(found, stack):
            cells = [_cell(stack, found.heading, row) for row in (one, other)]
            head = ("矛盾", each.name, unit_text(stack, one), case_text(stack, one), found.heading.label)
            yield (*head, cells[0][0], cells[0][1], cells[1][0], cells[1][1])


def _others(found: Conflict, stack: Stack) -> list[int]:
    meanings = stack.filled(found.heading).meanings
    return [row for row in found.rows[1:] if meanings[row] != meanings[found.rows[0]]]


def _cell(stack: Stack, heading: Heading, row: int) -> tuple[str, str]:
    return stack.filled(heading).text(row) or "（空）", str(stack.place(row, heading))


def _sending_listing(merged: Merged) -> Listing:
    sent = merged.sent
    told = ["一行也没有" if not each.files else "报了不止一份" if each.again else "已报" for each in sent]
    rows = ["，".join(f"{name} {count} 行" for name, count in each.rows) for each in sent]
    columns = (
        texts_column("单位", (14, 24), [each.unit for each in sent]),
        texts_column("情况", (12, 14), told, "centre"),
        texts_column("行数", (16, 30), rows),
        texts_column("文件", (20, 44), ["、".join(each.files) for each in sent]),
    )
    note = "单位按名册列出。" if merged.has_roster else "没有名册，只列出台账里有的单位，看不出谁一行也没有。"
    return told_listing(SENDING, SENDING, (note,), columns)


def merged_document(merged: Merged) -> dict[str, Any]:
    """Return what `zyw merge --json` prints, problems and missing inputs apart."""
    return {
        "version": 1,
        "tables": [_table_document(each) for each in merged.tables],
        "duplicates": [found for each in merged.tables for found in _duplicates(each)],
        "conflicts": [found for each in merged.tables for found in _conflict_documents(each)],
        "missing_units": list(merged.missing) if merged.has_roster else None,
        "sent_twice": [{"unit": each.unit, "files": list(files)} for each in merged.sent for files in each.again],
    }


def _table_document(each: MergedTable) -> dict[str, Any]:
    return {
        "table": each.name,
        "rows": len(each.kept),
        "columns": [{"label": h.label, "field": h.field.name if h.field else None} for h in each.stack.headings],
        "sources": [{"file": source_of(part), "rows": len(part.block.rows)} for part in each.stack.parts],
    }


def _duplicates(each: MergedTable) -> Iterator[dict[str, Any]]:
    stack = each.stack
    for found in each.duplicates:
        yield {
            "table": each.name,
            "unit": unit_text(stack, found.kept) or None,
            "case": case_text(stack, found.kept) or None,
            "kept": place_document(stack.place(found.kept)),
            "dropped": place_document(stack.place(found.dropped)),
        }


def _conflict_documents(each: MergedTable) -> Iterator[dict[str, Any]]:
    stack = each.stack
    for found in each.conflicts:
        filled = stack.filled(found.heading)
        yield {
            "table": each.name,
            "unit": unit_text(stack, found.rows[0]) or None,
            "case": case_text(stack, found.rows[0]) or None,
            "column": found.heading.label,
            "values": [
                {"value": filled.text(row) or None, **place_document(stack.place(row, found.heading))}
                for row in found.rows
            ],
        }


def place_document(place: Place) -> dict[str, Any]:
    """Return a place as JSON: its row where it names no column."""
    return {"file": place.file, "sheet": place.sheet or None, "cell": place.cell}


def summary(merged: Merged) -> tuple[list[tuple[str, ...]], list[str]]:
    """Return what the console shows: a row a table, then who did not send and who sent twice."""
    rows: list[tuple[str, ...]] = [
        (
            each.name,
            str(len({part.block.file for part in each.stack.parts})),
            str(len(each.stack)),
            str(len(each.duplicates)),
            str(len(each.conflicts)),
            str(len(each.kept)),
        )
        for each in merged.tables
    ]
    lines = [f"一行也没有（{len(merged.missing)}）：{'、'.join(merged.missing)}"] if merged.missing else []
    lines += [
        f"报了不止一份：{each.unit}（{Verbatim('、'.join(files))}）" for each in merged.sent for files in each.again
    ]
    return rows, lines


SUMMARY_HEADS: Final = ("表", "文件", "读到的行", "重复", "矛盾", "合并后的行")
