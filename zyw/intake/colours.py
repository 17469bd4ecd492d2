"""State that lives in the colour of rows only: red for overdue, green for done, and no column that says so.

A colour means what whoever chose it meant, so none is read. Told is a ledger in which rows are coloured apart while
nothing is written of their state (input-formats.md A4, L13); bands, and one colour for all, are only looks.
"""

import colorsys
from collections import Counter
from collections.abc import Mapping
from typing import Any, Final

import numpy as np

from zyw.origins import Block
from zyw.problems import Place, Problem, Verbatim, problem
from zyw.sheets import Grid

STATES: Final[Mapping[str, tuple[str, ...]]] = {
    "问题台账": ("状态", "是否销号", "完成日", "销号日"),
    "任务台账": ("完成", "进展"),
}
"""The columns that say how far a row is."""
_HUES: Final = ((15, "红"), (50, "橙"), (70, "黄"), (170, "绿"), (200, "青"), (260, "蓝"), (330, "紫"), (360, "红"))
"""Upper ends of hues in degrees."""
FEWEST: Final = 4
"""Rows from which colours that turn and turn about are bands and not two states."""
_GREY: Final = 0.12
"""Below this saturation a colour is grey."""


def told_by_colour(grid: Grid, block: Block, arrays: Mapping[str, Any]) -> tuple[Problem, ...]:
    """Return one problem (L023) where the colour of rows tells what no column does, else none."""
    states = STATES.get(block.table)
    if states is None or not grid.fills:
        return ()
    place = {number: i for i, number in enumerate(block.rows)}
    colours: dict[int, set[str]] = {}
    for fill in grid.fills:
        if fill.row in place:
            colours.setdefault(place[fill.row], set()).add(fill.colour)
    silent = ~_stated(states, arrays, len(block.rows))
    told = {i: "、".join(sorted(map(colour_name, found))) for i, found in colours.items() if silent[i]}
    if not told or _is_look(colours, len(block.rows)):
        return ()
    counts = Counter(told.values())
    texts = "，".join(f"{name} {count} 行" for name, count in sorted(counts.items(), key=lambda pair: (-pair[1], pair)))
    first = Place(block.file, block.sheet, str(block.rows[min(told)]))
    return (problem("L023", first, count=len(told), texts=Verbatim(texts)),)


def _stated(states: tuple[str, ...], arrays: Mapping[str, Any], size: int) -> "np.ndarray[Any, np.dtype[np.bool_]]":
    """Say which rows have something written of their state."""
    stated = np.zeros(size, dtype=np.bool_)
    for name in states:
        if name in arrays:
            values = arrays[name]
            stated |= ~np.isnat(values) if values.dtype.kind == "M" else _written(values)
    return stated


def _written(values: "np.ndarray[Any, np.dtype[Any]]") -> "np.ndarray[Any, np.dtype[np.bool_]]":
    return np.array([value not in ("", None) for value in values.tolist()], dtype=np.bool_)


def _is_look(colours: Mapping[int, set[str]], size: int) -> bool:
    """Say whether colours are only looks: every row alike, every second row, or two colours turn and turn about."""
    by_parity = [{frozenset(found) for i, found in colours.items() if i % 2 == parity} for parity in (0, 1)]
    if any(len(kinds) > 1 for kinds in by_parity):
        return False
    if len(colours) == size:
        return size >= FEWEST or by_parity[0] == by_parity[1]
    halves = sorted(len([i for i in colours if i % 2 == parity]) for parity in (0, 1))
    return size >= FEWEST and halves[0] == 0 and halves[1] >= size // 2


def colour_name(colour: str) -> str:
    """Return a colour's name as people say it.

    >>> colour_name("FF0000"), colour_name("FFFF00"), colour_name("92D050"), colour_name("D9D9D9")
    ('红', '黄', '绿', '灰')
    """
    red, green, blue = (int(colour[i : i + 2], 16) / 255 for i in (0, 2, 4))
    hue, saturation, _ = colorsys.rgb_to_hsv(red, green, blue)
    return "灰" if saturation < _GREY else next(name for end, name in _HUES if hue * 360 <= end)
