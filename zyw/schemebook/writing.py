"""A scheme's tree → a workbook: a sheet a part, a row a rule, a dropdown for every choice that the language closes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from math import ceil
from typing import TYPE_CHECKING, Any, Final

from zyw import grammar
from zyw.decoding import Key, Kind, Part
from zyw.located import Node, Table
from zyw.printed.styles import LINE_POINTS, Styles, line_count
from zyw.problems import Problem, Verbatim, problem
from zyw.schemebook.celltext import written
from zyw.schemebook.columns import Column, columns_of, items_of, taken_apart, value_at

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

GUIDE: Final = "说明"
ITEM, CONTENT, NAME, MEANING, WHOLE = "项", "内容", "名称", "含义", "全文"
"""Headings that no key of the language has: `全文` holds an item that is no set of keys."""
CELL: Final = 32_767
"""Characters that a cell of Excel holds."""
MARK: Final = "zyw-output"
SPARE: Final = 200
"""Rows below the last one that have dropdowns too."""
_RULED: Final = 10
PAGE_WIDTH: Final = 190.0
"""Half-width columns that a page of A4 lying across takes at seven points, the smallest type for a table."""
_MOST_LINES: Final = 12
_CREATED: Final = datetime(1980, 1, 1)
_OFFERED: Final = 255
"""Characters of a list of words that Excel takes, and of a hint."""
ADVICE: Final = (
    "这个工作簿是一份方案。改好以后用 zyw scheme import 读回来，再用 zyw scheme check、test 核对。",
    "一条规则一行；“依据”写条款，没有条款的规则不能用。表名、表头不要改动；行可以增删，次序就是规则的次序。",
    "“累计·至少”是“累计”里的“至少”；“后果2·内容”是第 2 项后果的“内容”，要第 3 项就加一列“后果3·内容”。",
    "没有用到的几列收起来了，点表头上方的“＋”展开。带箭头的格从下拉选项里选。",
    "几个词的格，一行写一个（Alt+回车换行）。条件一类的格一行写一项，如 职务层级: {不是: 主要领导}。",
    "分值按日期不同的，一行写一个，如 自 2012-01-01: -2。日期写成 2012-01-31。",
)


@dataclass(frozen=True, slots=True)
class _Line:
    """One column of a sheet of rows, or one row of a sheet of items, with the texts to be written."""

    column: Column
    texts: tuple[str, ...]

    @property
    def used(self) -> bool:
        return any(self.texts)


def scheme_workbook(node: Table, title: str) -> tuple[bytes, tuple[Problem, ...]]:
    """Return the workbook of a scheme (xlsx bytes; the same scheme gives the same bytes); P074 for too long texts."""
    from xlsxwriter import Workbook

    problems: list[Problem] = []
    target = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with Workbook(target, options) as workbook:
        workbook.set_properties({"title": title, "created": _CREATED})
        workbook.set_custom_property(MARK, title)
        styles = Styles(workbook)
        _guide(workbook.add_worksheet(GUIDE), styles)
        for key in sheets():
            sheet = workbook.add_worksheet(key.name)
            sheet.freeze_panes(1, 1)
            sheet.set_landscape()
            sheet.set_paper(9)
            sheet.fit_to_pages(1, 0)
            sheet.repeat_rows(0)
            _fill(sheet, key, node.get(key.name), styles, problems)
    return target.getvalue(), tuple(problems)


def sheets() -> tuple[Key, ...]:
    """Return the keys that have a sheet of their own: all of the file."""
    return grammar.SCHEME.keys


def _fill(sheet: "Worksheet", key: Key, node: Node | None, styles: Styles, problems: list[Problem]) -> None:
    kind = key.kind
    if kind.part is not None:
        lines = _lines(kind.part, [node] if node is not None else [], problems)
        _items_down(sheet, lines, styles)
    elif kind.element is not None and kind.element.part is not None:
        nodes = items_of(node) if node is not None else ()
        _rows(sheet, _row_lines(kind.element, nodes, problems), len(nodes), styles)
    elif kind.names is not None:
        entries = node.entries if isinstance(node, Table) else ()
        texts = [(name.text, _told(value, kind.names, name.text, problems)) for name, value in entries]
        _pairs(sheet, (NAME, CONTENT), texts, kind.label, styles)
    else:
        texts = [(key.name, _told(node, kind, key.name, problems))] if node is not None else []
        _pairs(sheet, (ITEM, CONTENT), texts, kind.label, styles)


def _row_lines(element: Kind, nodes: Sequence[Node], problems: list[Problem]) -> list[_Line]:
    assert element.part is not None
    whole = [taken_apart(node, element.part) for node in nodes]
    lines = _lines(element.part, nodes, problems)
    if all(whole):
        return lines
    texts = (
        "" if apart else _told(node, Kind("", element.read), WHOLE, problems)
        for node, apart in zip(nodes, whole, strict=True)
    )
    key = Key(WHOLE, element, "不分项、只写一句的")
    return [*lines, _Line(Column(((WHOLE, 0),), element, key), tuple(texts))]


def _lines(part: Part, nodes: Sequence[Node], problems: list[Problem]) -> list[_Line]:
    found = []
    for column in columns_of(part, nodes):
        values = [value_at(node, column.path) for node in nodes]
        apart = column.key.kind.part if not column.path[-1][1] else (column.key.kind.element or column.kind).part
        texts = tuple(
            ""
            if value is None or _elsewhere(value, column, apart)
            else _told(value, column.kind, column.heading, problems)
            for value in values
        )
        found.append(_Line(column, texts))
    return found


def _elsewhere(value: Node, column: Column, part: Part | None) -> bool:
    """Say whether a value stands in the columns of its keys, or its items, and not in its own."""
    if part is not None:
        return taken_apart(value, part)
    element = column.key.kind.element
    return element is not None and element.part is not None and bool(items_of(value))


def _told(value: Node, kind: Kind, heading: str, problems: list[Problem]) -> str:
    text = written(value, kind)
    if len(text) > CELL:
        problems.append(problem("P074", value.place, 项=Verbatim(heading), 字数=len(text), 上限=CELL))
    return text


def _rows(sheet: "Worksheet", lines: Sequence[_Line], count: int, styles: Styles) -> None:
    """Write a row an item, the headings above; columns of parts that nothing uses are folded away."""
    used = {line.column.path[0] for line in lines if line.used}
    shown = 0.0
    for at, line in enumerate(lines):
        column = line.column
        sheet.write_string(0, at, column.heading, styles("head"))
        folded = len(column.path) > 1 and column.path[0] not in used
        sheet.set_column(at, at, _width(line), None, {"level": 1, "hidden": True} if folded else {})
        shown += 0.0 if folded else _width(line)
        for row in range(1, count + _RULED + 1):
            _put(sheet, (row, at), line.texts[row - 1] if row <= count else "", styles)
        _offer(sheet, (1, at, count + SPARE, at), column)
    for row in range(1, count + 1):
        _raise(sheet, row, ((line.texts[row - 1], _width(line)) for line in lines))
    sheet.autofilter(0, 0, max(count, 1), max(len(lines) - 1, 0))
    sheet.fit_to_pages(ceil(shown / PAGE_WIDTH), 0)
    sheet.repeat_columns(0)


def _items_down(sheet: "Worksheet", lines: Sequence[_Line], styles: Styles) -> None:
    """Write a row a key: what it is called, what it says, what it means."""
    for at, (text, width) in enumerate(((ITEM, 16), (CONTENT, 50), (MEANING, 60))):
        sheet.write_string(0, at, text, styles("head"))
        sheet.set_column(at, at, width)
    for row, line in enumerate(lines, start=1):
        sheet.write_string(row, 0, line.column.heading, styles("head"))
        _put(sheet, (row, 1), line.texts[0] if line.texts else "", styles)
        sheet.write_string(row, 2, _hint(line.column), styles("text"))
        _offer(sheet, (row, 1, row, 1), line.column)
        _raise(sheet, row, [(line.texts[0] if line.texts else "", 50), (_hint(line.column), 60)])


def _pairs(
    sheet: "Worksheet", heads: tuple[str, str], texts: Sequence[tuple[str, str]], label: str, styles: Styles
) -> None:
    for at, (text, width) in enumerate(zip(heads, (20, 60), strict=True)):
        sheet.write_string(0, at, text, styles("head"))
        sheet.set_column(at, at, width)
        for row in range(1, len(texts) + _RULED + 1):
            _put(sheet, (row, at), texts[row - 1][at] if row <= len(texts) else "", styles)
    for row, (name, told) in enumerate(texts, start=1):
        _raise(sheet, row, [(name, 20), (told, 60)])
    hint = {"validate": "any", "input_title": heads[1], "input_message": label[:_OFFERED]}
    sheet.data_validation(1, 1, len(texts) + SPARE, 1, hint)


def _raise(sheet: "Worksheet", row: int, texts: Iterable[tuple[str, float]]) -> None:
    """Make a row as high as the texts in it need at the widths of their columns, within a third of a page."""
    lines = max((line_count(text, width) for text, width in texts), default=1)
    sheet.set_row(row, LINE_POINTS * min(lines, _MOST_LINES))


def _put(sheet: "Worksheet", cell: tuple[int, int], text: str, styles: Styles) -> None:
    if text:
        sheet.write_string(*cell, text, styles("written"))
    else:
        sheet.write_blank(*cell, None, styles("written"))


def _offer(sheet: "Worksheet", cells: tuple[int, int, int, int], column: Column) -> None:
    """Put the hint of a key on its cells, and a dropdown where the language closes the choice."""
    rule: dict[str, Any] = {
        "validate": "any", "input_title": column.path[-1][0][:32], "input_message": _hint(column)[:_OFFERED],
    }  # fmt: skip
    if column.kind.words and len(",".join(column.kind.words)) <= _OFFERED:
        rule |= {
            "validate": "list", "source": list(column.kind.words), "ignore_blank": True,
            "error_title": "不在可选之列", "error_message": "请从下拉选项里选。",
        }  # fmt: skip
    sheet.data_validation(*cells, rule)


def _hint(column: Column) -> str:
    return f"{'必填。' if column.needed else ''}{column.key.meaning}。写法：{column.kind.label}"


def _width(line: _Line) -> float:
    longest = max((len(each) for text in line.texts for each in text.split("\n")), default=0)
    return min(max(2 * longest + 2, 2 * len(line.column.heading) + 2, 10), 36)


def _guide(sheet: "Worksheet", styles: Styles) -> None:
    """Write the sheet that tells how to fill in the others, and every column of each."""
    for at, width in enumerate((14, 22, 46, 46)):
        sheet.set_column(at, at, width)
    for row, text in enumerate(ADVICE):
        sheet.merge_range(row, 0, row, 3, text, styles("line"))
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    row = len(ADVICE) + 1
    for at, text in enumerate(("表", "栏", "含义", "写法")):
        sheet.write_string(row, at, text, styles("head"))
    for name, heading, meaning, label in _explained():
        row += 1
        for at, text in enumerate((name, heading, meaning, label)):
            sheet.write_string(row, at, text, styles("text"))
        _raise(sheet, row, [(heading, 22), (meaning, 46), (label, 46)])


def _explained() -> list[tuple[str, str, str, str]]:
    found = []
    for key in sheets():
        part = key.kind.part or (key.kind.element.part if key.kind.element else None)
        found.append((key.name, "", key.meaning, key.kind.label))
        for column in columns_of(part, ()) if part is not None else ():
            meaning = f"{'必填。' if column.needed else ''}{column.key.meaning}"
            found.append((key.name, column.heading, meaning, column.kind.label))
    return found
