"""A blank form: one table to be filled in, with dropdowns, dated cells, instructions above, a header that stays.

The sheet is protected without a password: it keeps a slip of the hand off the header, and is no secret. Every cell
below the header is open. The workbook carries `zyw-ledger` and reads back without a single problem, empty or filled.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from zyw.columns import Field, Kind, Table
from zyw.exchange.books import ROW_NUMBER, Book, made_workbook, texts_column, told_listing
from zyw.exchange.dropdowns import SHEET, Dropdowns, offer
from zyw.exchange.words import Words
from zyw.printed.listing import Column, Listing, Value
from zyw.printed.styles import STYLES
from zyw.sheets import LEDGER_MARK

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

GUIDE: Final = "填表说明"
FILLED_BY: Final = "填报单位："
RULED_ROWS: Final = 40
"""Rows drawn on the page; the rows below are open and checked too."""
OPEN_ROWS: Final = 5000
"""Rows that dropdowns and checks of dates reach."""
FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2100, 12, 31)
CHOSEN: Final[Mapping[str, tuple[str, ...]]] = {
    "问题台账": (
        "单位", "编号", "发现日", "来源", "发现方式", "类别", "具体表现", "问题", "情节", "当事人", "职务", "办理方式",
        "措施", "领导", "责任人", "期限", "状态", "完成日", "是否销号", "销号日", "复查人", "核实", "答复", "佐证",
        "扣分", "备注",
    ),
    "追责台账": (
        "案号", "单位", "姓名", "工号", "职务", "职务层级", "事由", "类别", "情节", "来源", "是否核实", "提醒日期",
        "处理方式", "处理时间", "决定机关", "文号", "撤销时间", "解除时间", "复核结果", "备注",
    ),
}  # fmt: skip
"""Columns of the forms that would be too wide with all of them; measures are asked for in 追责台账 alone."""
_HINTS: Final[Mapping[Kind, str]] = {
    Kind.UNIT: "写名册上的单位名称。",
    Kind.PERSON: "写姓名，几个人用顿号隔开。",
    Kind.CODE: "按原样写，前面的零不会丢。",
    Kind.DATE: "写年、月、日，如 2024-3-8。",
    Kind.DEADLINE: "写年、月、日；没有日子的写“立行立改”“长期坚持”。",
    Kind.NUMBER: "只写数字。",
    Kind.YES_NO: "是或否。",
    Kind.FREE: "写清事实；不要写举报人、反映人的姓名、电话、住址。",
    Kind.TEXT: "",
}
_WIDTHS: Final[Mapping[Kind, float]] = {
    Kind.FREE: 30, Kind.DATE: 12, Kind.DEADLINE: 13, Kind.UNIT: 18, Kind.NUMBER: 9, Kind.YES_NO: 9, Kind.CODE: 14,
}  # fmt: skip
_FORMATS: Final[Mapping[Kind, str]] = {
    Kind.DATE: "yyyy-mm-dd", Kind.DEADLINE: "yyyy-mm-dd", Kind.NUMBER: "General", Kind.FREE: "General",
}  # fmt: skip
"""Others are text: 0021, 1/2 and 3-1 stay. Long text is not, for Excel shows more than 255 signs of it as ####."""
NOTES: Final = (
    "从灰色表头下面一行填起，一件事一行；表头不要改动。带箭头的格从下拉选项里选，日期写年、月、日。",
    "不要写举报人、反映人、家长的姓名、电话和住址。没有内容时填上填报单位，交空表。",
)


def form_fields(table: Table) -> tuple[Field, ...]:
    """Return the columns of a table's form, in their order."""
    known = {field.name: field for field in table.fields}
    return tuple(known[name] for name in CHOSEN.get(table.name, tuple(known)) if name in known)


def needed(table: Table) -> frozenset[str]:
    """Return the columns that must be filled in: those that the table is recognised by alone."""
    return frozenset(group[0] for group in table.required if len(group) == 1)


def blank_form(table: Table, words: Words) -> bytes:
    """Return the blank form of a table as xlsx; the same table and words give the same bytes."""
    menu = Dropdowns()
    fields = form_fields(table)
    sources = {field.name: menu.formula(field.name, words[field.name]) for field in fields if field.name in words}
    form = _form_listing(table, fields)

    def finish(workbook: "Workbook", sheet: "Worksheet", listing: Listing) -> None:
        if listing is form:
            _open_for_filling(workbook, sheet, form, fields, sources)
        elif listing.name == SHEET:
            sheet.hide()

    listings = [form, _guide_listing(table, fields, words), *([menu.listing()] if menu.lists else [])]
    return made_workbook(Book(table.name, LEDGER_MARK, listings, finish=finish))


def _form_listing(table: Table, fields: Sequence[Field]) -> Listing:
    must = needed(table)
    nothing = np.empty(0, dtype=np.int64)
    columns = [Column(ROW_NUMBER, 6.5, (Value(None),), nothing)]
    for field in fields:
        label = f"{field.name}\n（必填）" if field.name in must else field.name
        columns.append(Column(label, _WIDTHS.get(field.kind, 12), (Value(None),), nothing))
    notes = [*NOTES] if table.name == "名册" else [*NOTES, FILLED_BY]
    if table.name == "名册":
        notes[1] = "每个单位一行，名称写全称；简称、曾用名有几个的用顿号隔开。"
    return Listing(table.name, table.name, tuple(Value(note, "line") for note in notes), tuple(columns), frozen=2)


def _guide_listing(table: Table, fields: Sequence[Field], words: Words) -> Listing:
    must = needed(table)
    columns = (
        texts_column("列", (10, 16), [field.name for field in fields], "centre"),
        texts_column("必填", (6, 6), ["必填" if field.name in must else "" for field in fields], "centre"),
        texts_column("怎么填", (20, 44), [_HINTS[field.kind] for field in fields]),
        texts_column("下拉选项", (20, 50), ["、".join(words.get(field.name, ())[:30]) for field in fields]),
    )
    groups = "；".join("、".join(group[:4]) + " 至少填一列" for group in table.required if len(group) > 1)
    notes = ("这张表只是说明，读台账时不读。", *([f"{groups}。"] if groups else []))
    return told_listing(GUIDE, f"{table.name}怎么填", notes, columns)


def _open_for_filling(
    workbook: "Workbook",
    sheet: "Worksheet",
    form: Listing,
    fields: Sequence[Field],
    sources: Mapping[str, str],
) -> None:
    """Unlock the cells below the header, draw some rows, check dates and offer words; then protect the sheet."""
    if form.notes[-1].content == FILLED_BY:
        look = {**STYLES["line"], "locked": False, "bold": True}
        sheet.write_string(len(form.notes), 0, FILLED_BY, workbook.add_format(look))
    sheet.set_column(0, 16_383, None, workbook.add_format({"locked": False}))
    first, last = form.body, form.body + OPEN_ROWS - 1
    for j, column in enumerate(form.columns):
        field = fields[j - 1] if j else None
        look = {**STYLES["text" if field and field.kind is Kind.FREE else "centre"], "locked": False}
        look["num_format"] = _FORMATS.get(field.kind, "@") if field else "General"
        open_cell = workbook.add_format(look)
        plain = workbook.add_format({k: v for k, v in look.items() if k != "border"})
        sheet.set_column(j, j, column.width, plain)
        for i in range(first, first + RULED_ROWS):
            sheet.write_blank(i, j, None, open_cell)
        if field is not None:
            _check(sheet, (first, last), j, field, sources.get(field.name))
    for i in range(first, first + RULED_ROWS):
        sheet.set_row(i, 24)
    sheet.print_area(0, 0, first + RULED_ROWS - 1, len(form.columns) - 1)
    allowed = ("format_cells", "format_columns", "format_rows", "insert_rows", "delete_rows", "sort", "autofilter")
    sheet.protect("", dict.fromkeys(allowed, True))


def _check(sheet: "Worksheet", rows: tuple[int, int], column: int, field: Field, source: str | None) -> None:
    """Offer a column's words, or check that it holds days or numbers; say what to write where it is selected."""
    hint = _HINTS[field.kind]
    if source:
        offer(sheet, (*rows, column), source, field.name, hint)
        return
    rule: dict[str, Any] = {"validate": "any"}
    if field.kind is Kind.DATE:
        rule = {
            "validate": "date", "criteria": "between", "minimum": FIRST_DAY, "maximum": LAST_DAY,
            "error_title": field.name, "error_message": "这里要写一个日期，年、月、日都写全。",
        }  # fmt: skip
    elif field.kind is Kind.NUMBER:
        rule = {
            "validate": "decimal", "criteria": ">=", "value": 0,
            "error_title": field.name, "error_message": "这里要写一个数字，不带单位。",
        }  # fmt: skip
    if hint:
        rule |= {"input_title": field.name, "input_message": hint}
    if len(rule) > 1:
        sheet.data_validation(rows[0], column, rows[1], column, rule)
