"""What one file may cost, and how a clerk raises it: `--limit 行数=2000000`, or `上限` in zyw.yaml.

The figures are above everything that sound workbooks reach (3,916 of them were measured) and below what hurts an office
machine: with them no file takes more than about 2 GB, whatever is in it (docs/读法.md has the measurements).
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final, NamedTuple

from zyw.problems import Place, Verbatim, ZywError, problem

MIB: Final = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may cost. Sizes in bytes."""

    file: int = 300 * MIB
    text: int = 100 * MIB
    total: int = 300 * MIB
    entry: int = 200 * MIB
    ratio: int = 200
    ratio_from: int = MIB
    """The ratio of inflated to packed counts only for parts larger than this."""
    parts: int = 2000
    rows: int = 1_048_576
    columns: int = 4096
    cells: int = 10_000_000
    """Cells in the rectangle from A1 to the furthest value of one sheet."""
    field: int = 131_072
    """Characters in one field of a csv."""
    memory: int = 2048 * MIB
    """What the process of its own may use that reads old and odd formats; Windows has no such limit."""
    seconds: int = 60
    """How long that process may take for one file."""


class Cap(NamedTuple):
    """A limit that can be raised: its name for clerks, the field of `Limits`, its unit, what one unit is, meaning."""

    name: str
    field: str
    unit: str
    size: int
    meaning: str


CAPS: Final = (
    Cap("文件", "file", " MB", MIB, "一个文件的大小"),
    Cap("文本", "text", " MB", MIB, "csv、网页、XML 一类文本表格的大小"),
    Cap("解压", "total", " MB", MIB, "工作簿解压后的总大小"),
    Cap("部件", "entry", " MB", MIB, "工作簿解压后，其中一个部件（如一张工作表）的大小"),
    Cap("压缩比", "ratio", " 倍", 1, "一个部件解压后是解压前的几倍"),
    Cap("部件数", "parts", " 个", 1, "工作簿里部件的个数"),
    Cap("行数", "rows", " 行", 1, "一张表的行数"),
    Cap("列数", "columns", " 列", 1, "一张表的列数"),
    Cap("格数", "cells", " 格", 1, "一张表从 A1 到最远的一格，行数乘列数"),
    Cap("字数", "field", " 字", 1, "csv 里一格的字数"),
    Cap("内存", "memory", " MB", MIB, "另开的读取进程能用的内存（Windows 上不限）"),
    Cap("秒数", "seconds", " 秒", 1, "另开的读取进程读一个文件的时间"),
)
_NAMED: Final = {cap.name: cap for cap in CAPS}


def raised(words: Iterable[tuple[str, str, Place | None]], base: Limits) -> Limits:
    """Return the limits with those set anew that `words` name: (name, figure, where it is written).

    Raises `ZywError` F031 (exit 2) for an unknown name or a figure that is no whole number above 0.
    """
    changes = {}
    for name, figure, place in words:
        cap = _NAMED.get(name.strip())
        if cap is None or not re.fullmatch(r"[1-9]\d{0,11}", figure.strip(), re.ASCII):
            raise ZywError(problem("F031", place, 写的=f"{name}={figure}", 可用=Verbatim("、".join(_NAMED))))
        changes[cap.field] = int(figure) * cap.size
    return replace(base, **changes)


def parse_words(words: Iterable[str]) -> list[tuple[str, str, Place | None]]:
    """Split what stands behind `--limit`: `行数=2000000`."""
    pairs = (word.replace("＝", "=").partition("=") for word in words)
    return [(name, figure, None) for name, _, figure in pairs]


def too_large(place: Place, name: str, actual: int, limit: int) -> ZywError:
    """Return the refusal of what exceeds the cap `name` (F007), with both figures and the option that raises it."""
    cap = _NAMED[name]
    shown = [f"{name} {-(-number // cap.size):,}{cap.unit}" for number in (actual, limit)]
    option = Verbatim(f"--limit {name}={-(-actual // cap.size)}")
    return ZywError(
        problem("F007", place, 实际=Verbatim(shown[0]), 上限=Verbatim(shown[1].removeprefix(f"{name} ")), 选项=option)
    )
