"""What an Excel template may not hold, named as Excel's menus name it: what is not understood is refused, not dropped.

A sheet without tags keeps its bytes, so nothing in it is refused. In a sheet with tags everything that knows rows has
to move with them.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Final

_ALWAYS: Final = {
    "oleObjects": "嵌入的对象", "controls": "控件", "customSheetViews": "自定义视图", "scenarios": "方案管理器",
    "dataConsolidate": "合并计算", "cellWatches": "监视窗口", "smartTags": "智能标记", "webPublishItems": "网页发布",
    "customProperties": "工作表的自定义属性", "protectedRanges": "允许编辑的区域", "sheetCalcPr": "工作表的计算设置",
}  # fmt: skip
_ROWS_MOVE: Final = {
    "tableParts": "套用了“表格”的区域（请“转换为区域”）", "legacyDrawing": "批注", "drawing": "图片或图表",
    "picture": "背景图片",
    "legacyDrawingHF": "页眉里的图片", "extLst": "新式的条件格式、数据验证或迷你图", "hyperlinks": "超链接",
}  # fmt: skip
_KNOWN: Final = frozenset((
    "sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "sheetProtection", "autoFilter",
    "sortState", "mergeCells", "phoneticPr", "conditionalFormatting", "dataValidations", "printOptions", "pageMargins",
    "pageSetup", "headerFooter", "rowBreaks", "colBreaks", "ignoredErrors",
))  # fmt: skip
_BOOK: Final = {
    "externalReferences": "对别的工作簿的引用",
    "pivotCaches": "数据透视表",
    "webPublishing": "网页发布",
    "oleSize": "嵌入的对象",
}
_CHILD: Final = re.compile(r"<(?:\w+:)?(\w+)\b[^>]*?(/?)>")


def children(xml: str) -> Iterator[str]:
    """Yield the names of the elements directly under the root, wherever it begins."""
    depth = 0
    for tag in re.finditer(r"<(/?)(?:\w+:)?([A-Za-z]\w*)\b[^>]*?(/?)>", xml):
        if tag[1]:
            depth -= 1
            continue
        if depth == 1:
            yield tag[2]
        depth += not tag[3]


def refused_in_book(xml: str, names: Mapping[str, object]) -> Iterator[str]:
    """Yield what the workbook as a whole holds that a template may not: links to other books, pivots, macros."""
    for name in children(xml):
        if name in _BOOK:
            yield _BOOK[name]
    if any(name.endswith("vbaProject.bin") for name in names):
        yield "宏（请另存为不带宏的 .xlsx）"


def refused_in_sheet(head: str, tail: str, *, rows_move: bool) -> Iterator[str]:
    """Yield what a sheet with tags holds that would not survive; `head` and `tail` stand around its rows."""
    for name in dict.fromkeys((*children(f"{head}</sheetData>"), *children(f"<worksheet><sheetData>{tail}"))):
        if name in _ALWAYS:
            yield _ALWAYS[name]
        elif name in _ROWS_MOVE:
            if rows_move:
                yield _ROWS_MOVE[name]
        elif name not in _KNOWN:
            yield f"不认识的内容（{name}）"
