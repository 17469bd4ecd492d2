"""Grids written as people see them: one line a row, cells split by |, `=` for "merged with the cell above"."""

from datetime import datetime

from zyw.assembly import read_ledger
from zyw.ledger import Ledger
from zyw.periods import Period
from zyw.problems import Problem
from zyw.sheets import Book, Cell, Grid, Merge


def grid(
    text: str,
    *,
    file: str = "台账.xlsx",
    sheet: str = "Sheet1",
    merges: tuple[Merge, ...] = (),
    top: int = 1,
    left: int = 0,
) -> Grid:
    rows: list[list[Cell]] = [[cell(part) for part in line.split("|")] for line in text.strip("\n").split("\n")]
    width = max(map(len, rows))
    return Grid(file, sheet, [row + [""] * (width - len(row)) for row in rows], top, left, merges)


def cell(text: str) -> Cell:
    """`#41001` is a number, `@2012-04-02` a real date, anything else text as it stands."""
    part = text.strip()
    if part.startswith("#") and part[1:].replace(".", "", 1).isdigit():
        return float(part[1:])
    if part.startswith("@"):
        return datetime.fromisoformat(part[1:])
    return part.replace("\\n", "\n")


ROSTER = grid(
    """
    学校名称 | 学段 | 简称 | 曾用名 | 校长
    第一中学 | 初中 | 一中 | 城关中学 | 王某
    第二中学 | 初中 | 二中 | | 李某
    实验小学 | 小学 | 实小、实验 | | 赵某
    """.replace("\n    ", "\n"),
    file="名册.xlsx",
)


def read(*grids: Grid, roster: bool = True, period: Period | None = None) -> tuple[Ledger, tuple[Problem, ...]]:
    """Read grids, each as a file of its own, after the roster."""
    books = [Book(g.file, (g,)) for g in ((ROSTER, *grids) if roster else grids)]
    return read_ledger(books, period=period)


def codes(problems: tuple[Problem, ...]) -> list[str]:
    return sorted(p.code for p in problems)


def places(problems: tuple[Problem, ...], code: str) -> list[str]:
    return [str(p.place) for p in problems if p.code == code]
