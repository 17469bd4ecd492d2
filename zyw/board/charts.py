"""Small charts as svg: text stays text, the viewer's font is used, and what colour says a pattern or a number says too.

Values are whole numbers or exact text; nothing is drawn that is not also written beside its mark, so a chart printed
in black and white loses nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Final

from zyw.privacy import mask_numbers
from zyw.shown.widths import width

ROW: Final = 24
"""Height of one bar with its label, px."""
NARROW: Final = 64
"""Least room for what stands right of a bar, px."""
MOST_BARS: Final = 24
LABEL: Final = 16
"""A label longer than this many Chinese characters is cut; the whole stands in the bar's title."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: what it is of, how long (any unit, ≥ 0), and how its number is written."""

    label: str
    value: int
    shown: str


@dataclass(frozen=True, slots=True)
class Curve:
    """One line over the months: values in any unit, and how each is written."""

    name: str
    values: Sequence[int]
    shown: Sequence[str]


def bars(title: str, items: Sequence[Bar], *, rest: str = "") -> str:
    """Return a chart of horizontal bars in the given order; at most `MOST_BARS`, and `rest` says what the others are.

    Without items it says that there is nothing. A value of 0 has its label and number and no bar.
    """
    shown = items[:MOST_BARS]
    if not shown:
        return _empty(title)
    note = rest or f"另有 {len(items) - len(shown)} 项，见表" if len(items) > len(shown) else ""
    room = max(width(_cut(each.label)) for each in shown) * 7 + 12
    wide = 640
    longest = max(*(each.value for each in shown), 1)
    unit = (wide - room - NARROW) / longest
    height = ROW * len(shown) + (ROW if note else 0) + 4
    lines = [_open(title, wide, height)]
    for place, each in enumerate(shown):
        top = place * ROW + 4
        length = round(each.value * unit, 1)
        lines.append(f"<g><title>{escape(mask_numbers(each.label))}：{escape(each.shown)}</title>")
        lines.append(_text(room - 6, top + 13, _cut(each.label), "end"))
        if each.value:
            lines.append(f'<rect class="bar" x="{room}" y="{top}" width="{length}" height="{ROW - 8}"/>')
        lines.append(f"{_text(room + length + 5, top + 13, each.shown)}</g>")
    if note:
        lines.append(_text(room, height - 8, note, style="note"))
    return "".join((*lines, "</svg>"))


_DASHES: Final = ("", "6 3", "2 3")
_MARKS: Final = ("●", "▲", "■")


def curves(title: str, labels: Sequence[str], lines: Sequence[Curve]) -> str:
    """Return a line chart over `labels`; the lines differ by dash and mark, every point has its number in the title.

    Without any value above zero it says that there is nothing.
    """
    if not labels or not any(value for line in lines for value in line.values):
        return _empty(title)
    wide, high, left, top = 640, 220, 16, 48
    step = (wide - 2 * left - 30) / max(len(labels) - 1, 1)
    most = max(value for line in lines for value in line.values)
    drawn = [_open(title, wide, high)]
    for place, line in enumerate(lines):
        mark = _MARKS[place % len(_MARKS)]
        drawn.append(_text(left + place * 150, 14, f"{mark} {line.name}", style=f"line{place % 3}"))
        points = [
            (round(left + 15 + i * step, 1), round(top + (high - top - 28) * (1 - value / most), 1))
            for i, value in enumerate(line.values)
        ]
        dash = f' stroke-dasharray="{_DASHES[place % 3]}"' if _DASHES[place % 3] else ""
        path = " ".join(f"{x},{y}" for x, y in points)
        drawn.append(f'<polyline class="line{place % 3}" fill="none"{dash} points="{path}"/>')
        for (x, y), label, number in zip(points, labels, line.shown, strict=True):
            told = f"<title>{escape(label)} {escape(line.name)}：{escape(number)}</title>"
            drawn.append(
                f'<text class="mark line{place % 3}" x="{x}" y="{y + 4}" text-anchor="middle">{mark}{told}</text>'
            )
            drawn.append(_text(x, y - 8, number, "middle", "number"))
    every = -(-len(labels) // 12)
    for i, label in enumerate(labels):
        if i % every == 0:
            drawn.append(_text(left + 15 + i * step, high - 6, label[2:], "middle", "note"))
    return "".join((*drawn, "</svg>"))


def sparkline(values: Sequence[int]) -> str:
    """Return a unit's scores as a line as high as a word; nothing for fewer than two values."""
    if len(values) < 2:
        return ""
    low, high = min(values), max(values)
    step = 76 / (len(values) - 1)
    points = " ".join(
        f"{2 + i * step:.0f},{9 if low == high else 16 - 12 * (value - low) / (high - low):.0f}"
        for i, value in enumerate(values)
    )
    return f'<svg class="spark" viewBox="0 0 80 18" aria-hidden="true"><polyline fill="none" points="{points}"/></svg>'


def _open(title: str, wide: int, high: int) -> str:
    return f'<svg class="chart" viewBox="0 0 {wide} {high}" role="img" aria-label="{escape(title)}">'


def _empty(title: str) -> str:
    return f'<p class="none">{escape(title)}：没有数据</p>'


def _text(x: float, y: float, text: str, anchor: str = "", style: str = "") -> str:
    how = (f' text-anchor="{anchor}"' if anchor else "") + (f' class="{style}"' if style else "")
    return f'<text x="{x:g}" y="{y:g}"{how}>{escape(text)}</text>'


def _cut(label: str) -> str:
    label = mask_numbers(label)
    return label if len(label) <= LABEL else f"{label[: LABEL - 1]}…"
