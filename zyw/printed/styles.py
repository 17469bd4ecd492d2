"""How a printed table looks: 宋体 body, 黑体 headings, thin rules; and how wide and high its text is.

A style is a name, with modifiers after `+`: `text`, `points+top` (a heavier rule above: a new 学段 begins).
Fonts are named, never embedded; the office's computer resolves them (domain/official-documents.md, Fonts).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook

BODY_FONT: Final = "宋体"
HEAD_FONT: Final = "黑体"
LINE_POINTS: Final = 15
"""Height of one line of 10.5-point (五号) text."""

_CELL: Final[Mapping[str, Any]] = {
    "font_name": BODY_FONT, "font_size": 10.5, "valign": "vcenter", "border": 1, "text_wrap": True,
}  # fmt: skip
_LINE: Final[Mapping[str, Any]] = {
    "font_name": BODY_FONT, "font_size": 10.5, "valign": "vcenter", "align": "left", "text_wrap": True,
}  # fmt: skip

STYLES: Final[Mapping[str, Mapping[str, Any]]] = {
    "title": {"font_name": HEAD_FONT, "font_size": 20, "align": "center", "valign": "vcenter", "text_wrap": True},
    "lefttitle": {"font_name": HEAD_FONT, "font_size": 20, "align": "left", "valign": "vcenter"},
    "line": _LINE,
    "alarm": {**_LINE, "font_color": "#C00000", "bold": True},
    "head": {**_CELL, "font_name": HEAD_FONT, "align": "center", "bg_color": "#E7E6E6"},
    "text": {**_CELL, "align": "left"},
    "written": {**_CELL, "align": "left", "num_format": "@"},
    "centre": {**_CELL, "align": "center"},
    "link": {**_CELL, "align": "center", "font_color": "#0563C1", "underline": 1},
    "strong": {**_CELL, "align": "center", "bold": True},
    "muted": {**_CELL, "align": "center", "font_color": "#7F7F7F"},
    "warn": {**_CELL, "align": "left", "font_color": "#C00000"},
    "fault": {**_CELL, "align": "center", "font_color": "#C00000"},
    "effect": {**_CELL, "align": "left", "font_color": "#9C0006", "bg_color": "#FFE1D6", "bold": True},
    "measure": {**_CELL, "align": "left", "font_color": "#9C0006", "bg_color": "#FFF2EC"},
    "date": {**_CELL, "align": "center", "num_format": "yyyy-mm-dd"},
    "moment": {**_CELL, "align": "center", "num_format": "yyyy-mm-dd hh:mm:ss"},
    "clock": {**_CELL, "align": "center", "num_format": "hh:mm:ss"},
    "span": {**_CELL, "align": "center", "num_format": "[h]:mm:ss"},
    "number": {**_CELL, "align": "center"},
    "code": {**_CELL, "align": "center", "num_format": "@"},
    "count": {**_CELL, "align": "center", "num_format": "0.######"},
    "green": {**_CELL, "align": "center", "bg_color": "#E2F0D9"},
    "yellow": {**_CELL, "align": "center", "bg_color": "#FFF2CC"},
    "red": {**_CELL, "align": "center", "bg_color": "#FFE1D6", "font_color": "#9C0006", "bold": True},
    "sum": {**_CELL, "align": "center", "num_format": "0.######", "bold": True, "bg_color": "#F2F2F2"},
    "sumrate": {**_CELL, "align": "center", "num_format": "0.0%", "bold": True, "bg_color": "#F2F2F2"},
    "share": {**_CELL, "align": "center", "num_format": "0.0%"},
    "rate": {**_CELL, "align": "center", "num_format": "0.00%", "italic": True},
    "points": {**_CELL, "align": "center", "num_format": "0.{0}"},
    "change": {**_CELL, "align": "center", "num_format": '+0.{0};-0.{0};"—"'},
    "score": {**_CELL, "align": "center", "num_format": "0.{0}", "bold": True},
    "openscore": {**_CELL, "align": "center", "num_format": "0.{0}", "font_color": "#7F7F7F"},
}
_MODIFIERS: Final[Mapping[str, Mapping[str, Any]]] = {
    "top": {"top": 2}, "last": {"bottom": 2},
    # Warnings and lamps: a pale ground and a dark word, so that it prints and is read without colour too.
    "green": {"bg_color": "#E2EFDA", "font_color": "#375623"}, "blue": {"bg_color": "#DDEBF7", "font_color": "#1F4E79"},
    "yellow": {"bg_color": "#FFF2CC", "font_color": "#7F6000"},
    "orange": {"bg_color": "#FCE4D6", "font_color": "#833C0B"}, "red": {"bg_color": "#F8CBCB", "font_color": "#9C0006"},
}  # fmt: skip


@dataclass
class Styles:
    """The formats of one workbook, each made once; `places` is the number of decimals points are shown with."""

    workbook: "Workbook"
    places: int = 2
    _made: dict[str, "Format"] = field(default_factory=dict)

    def __call__(self, name: str) -> "Format":
        """Return the format called `name`; raises `KeyError` for a name that is no style."""
        if name not in self._made:
            base, *modifiers = name.split("+")
            look = dict(STYLES[base])
            for modifier in modifiers:
                look |= _MODIFIERS[modifier]
            if "num_format" in look:
                look["num_format"] = look["num_format"].replace("{0}", "0" * self.places)
            self._made[name] = self.workbook.add_format(look)
        return self._made[name]


def text_width(text: str) -> int:
    """Return how many half-width columns `text` takes: its bytes in GB 18030 (rare characters count double).

    >>> text_width("一中A")
    5
    """
    return len(text.encode("gb18030", "replace"))


def fitting_width(texts: Iterable[str], least: float, most: float) -> float:
    """Return the width of a column that shows the longest of `texts` on one line, within bounds.

    >>> fitting_width(["并列", ""], 8, 24), fitting_width(["取消评先资格"], 8, 10)
    (8, 10)
    """
    return min(max(least, *(text_width(text) + 2 for text in ("", *texts))), most)


def line_count(text: str, width: float) -> int:
    """Return how many lines `text` takes in a cell `width` half-width columns wide, at least 1.

    >>> line_count("取消当年评先资格", 10)
    2
    """
    room = max(int(width), 3)
    if "\n" in text:
        return sum(line_count(line, width) for line in text.split("\n"))
    taken = text_width(text)
    # A line that breaks loses up to one full-width character to the break.
    return 1 if taken <= room else -(-taken // (room - 1))
