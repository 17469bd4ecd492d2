"""The Excel templates, made with XlsxWriter: a title, a head that repeats on each page, one row that loops."""

import io
from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

import xlsxwriter

_FONT: Final = "仿宋_GB2312"
_LEDGER: Final = (
    ("序号", 5, "序号"), ("单位", 15, "单位"), ("编号", 13, "编号"), ("问题", 26, "问题"), ("类别", 12, "类别"),
    ("发现日", 11, "发现日"), ("责任领导", 9, "领导"), ("责任股室", 9, "股室"), ("责任人", 8, "责任人"), ("整改措施", 24, "措施"),
    ("整改期限", 11, "期限"), ("状态", 9, "状态"), ("逾期（天）", 7, "天数"), ("整改进展", 15, "进展"),
    ("完成日", 11, "完成日"), ("销号日", 11, "销号日"),
)  # fmt: skip
_CLOSED: Final = (
    ("序号", 6, "序号"), ("单位", 22, "单位"), ("编号", 14, "编号"), ("问题", 44, "问题"), ("期限", 12, "期限"),
    ("完成日", 12, "完成日"), ("销号日", 12, "销号日"), ("复查人", 12, "复查人"),
)  # fmt: skip
_WAITING: Final = (*_CLOSED[:6], ("责任股室", 14, "股室"), ("责任人", 12, "责任人"))
_COUNTS: Final = (
    ("名称", 28, "名称"), ("件数", 10, "总数"), ("完成", 10, "完成"), ("其中销号", 10, "销号"), ("在办", 10, "在办"),
    ("逾期", 10, "逾期"), ("整改率", 12, "整改率"),
)  # fmt: skip
_NUMBERS: Final = frozenset(("序号", "天数", "剩余", "总数", "完成", "销号", "在办", "逾期", "整改率"))
_CENTRED: Final = frozenset(
    ("发现日", "期限", "完成日", "销号日", "状态", "预警", "应报日", "领导", "责任人", "复查人", "编号")
)
_TOTAL: Final = ("总数", "完成", "销号", "在办", "逾期", "整改率")


class _Book:
    """A template workbook; each sheet prints across one page on its side, its head on every page."""

    def __init__(self) -> None:
        self._buffer = io.BytesIO()
        self.book = xlsxwriter.Workbook(self._buffer, {"in_memory": True})
        self.book.set_properties({"created": datetime(2012, 1, 1), "author": "", "title": ""})

    def format(self, **more: Any) -> Any:
        """Return a format in the font of documents."""
        return self.book.add_format({"font_name": _FONT, "font_size": 11, "valign": "vcenter", **more})

    def listing(self, name: str, title: str, line: str, columns: Sequence[tuple[str, float, str]], loop: str) -> Any:
        """Return a sheet with one looping row; below it stands what `total` says."""
        sheet = self.book.add_worksheet(name)
        last = len(columns) - 1
        big = self.format(font_name="方正小标宋简体", font_size=20, align="center")
        sheet.merge_range(0, 0, 0, last, title, big)
        sheet.set_row(0, 36)
        sheet.merge_range(1, 0, 1, last, line, self.format(font_name="楷体_GB2312"))
        head = self.format(font_name="黑体", border=1, align="center", text_wrap=True)
        sheet.write_string(3, 0, f"{{%tr for 项 in {loop} %}}")
        for place, (label, width, field) in enumerate(columns):
            sheet.set_column(place, place, width)
            sheet.write_string(2, place, label, head)
            align = "center" if field in _NUMBERS | _CENTRED else "left"
            sheet.write_string(4, place, f"{{{{ 项.{field} }}}}", self.format(border=1, text_wrap=True, align=align))
        sheet.set_row(2, 30)
        sheet.write_string(5, 0, "{%tr endfor %}")
        _page(sheet, last, 7)
        return sheet

    def total(self, sheet: Any, row: int, texts: Sequence[str]) -> None:
        """Write a closing row."""
        for place, text in enumerate(texts):
            sheet.write_string(row, place, text, self.format(border=1, align="center", bold=True))

    def data(self) -> bytes:
        """Return the workbook."""
        self.book.close()
        return self._buffer.getvalue()


def _page(sheet: Any, last: int, rows: int) -> None:
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.6, right=0.6, top=0.8, bottom=0.8)
    sheet.repeat_rows(2)
    sheet.freeze_panes(3, 2)
    sheet.set_footer("&C— &P —")
    sheet.print_area(0, 0, rows, last)


def _note(sheet: Any, row: int, test: str, text: str, form: Any) -> None:
    """Write a line that stands only where `test` holds."""
    sheet.write_string(row, 0, f"{{%tr if {test} %}}")
    sheet.write_string(row + 1, 0, text, form)
    sheet.write_string(row + 2, 0, "{%tr endif %}")


_LINE: Final = "填报单位：{{ 机关.名称 }}　　截至{{ 期.截至日 }}"
_SUMMARY: Final = "　　共{{ 整改.总数 }}件：完成{{ 整改.完成 }}件（其中销号{{ 整改.销号 }}件），在办{{ 整改.在办 }}件，逾期{{ 整改.逾期 }}件"
_MISSING: Final = (
    "缺：{% for 件 in 缺 %}{{ 件 }}{% if not loop.last %}、{% endif %}{% endfor %} 没有读到，本表不含其内容"
)


def _ledger() -> bytes:
    made = _Book()
    sheet = made.listing("整改台账", "{{ 工作 }}问题整改台账", _LINE + _SUMMARY, _LEDGER, "清单")
    _note(sheet, 6, "缺", _MISSING, made.format())
    for name, loop in (("按单位", "按单位"), ("按类别", "按类别")):
        counts = made.listing(name, f"{{{{ 工作 }}}}问题整改情况（{name}）", _LINE, _COUNTS, loop)
        made.total(counts, 6, ["合计", *(f"{{{{ 整改.{field} }}}}" for field in _TOTAL)])
    return made.data()


def _closing() -> bytes:
    made = _Book()
    title = "{{ 工作 }}问题销号清单"
    for name, columns, loop in (("已销号", _CLOSED, "已销号"), ("待销号", _WAITING, "待销号")):
        field = "销号" if loop == "已销号" else "待销号"
        sheet = made.listing(name, f"{title}（{name}）", f"{_LINE}　　共{{{{ 整改.{field} }}}}件", columns, loop)
        _note(sheet, 6, "缺", _MISSING, made.format())
    return made.data()


_URGED: Final = (
    ("序号", 6, "序号"), ("单位", 20, "单位"), ("编号", 14, "编号"), ("事项", 36, "事项"), ("类别", 14, "类别"),
    ("期限", 12, "期限"), ("预警", 12, "预警"), ("逾期（天）", 8, "天数"), ("还剩（天）", 8, "剩余"), ("责任股室", 14, "股室"),
    ("期限依据", 14, "期限依据"),
)  # fmt: skip
_UNHANDED: Final = (
    ("序号", 6, "序号"), ("单位", 28, "单位"), ("材料", 30, "材料"), ("应报日", 14, "应报日"), ("超过（天）", 12, "天数"),
)  # fmt: skip


def _urging() -> bytes:
    made = _Book()
    for name, loop, count in (("逾期", "逾期", "逾期数"), ("快到期", "将到期", "快到期数")):
        line = f"{_LINE}　　共{{{{ {count} }}}}件"
        sheet = made.listing(name, f"{{{{ 工作 }}}}催办清单（{name}）", line, _URGED, loop)
        _note(sheet, 6, "缺", _MISSING, made.format())
    made.listing("未报材料", "{{ 工作 }}未报材料清单", f"{_LINE}　　共{{{{ 未报数 }}}}份", _UNHANDED, "未报")
    return made.data()


def books() -> dict[str, bytes]:
    """Return the Excel templates by name."""
    return {"整改台账": _ledger(), "销号清单": _closing(), "催办清单": _urging()}
