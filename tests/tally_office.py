"""An office whose tables were counted by hand, for the tests of tallies: reading and counting in one step."""

from datetime import date
from textwrap import dedent

from tests.grids import grid
from zyw.assembly import read_ledger
from zyw.ledger import Ledger
from zyw.periods import Period, Span
from zyw.problems import Problem
from zyw.sheets import Book, Merge

ROSTER = """
单位名称 | 学段 | 主要负责人 | 联系领导 | 包保股室
第一小学 | 小学 | 张大山 | 周局长 | 基建股
第二小学 | 小学 | 李大海 | 周局长 | 计财股
第一中学 | 初中 | 王长河 | 吴局长 | 基建股
"""
JUNE = Span(Period(date(2013, 1, 1), date(2013, 6, 30)), Period(date(2013, 6, 1), date(2013, 6, 30)), date(2013, 6, 30))
YEAR = Span(Period(date(2013, 1, 1), date(2013, 12, 31)), None, date(2013, 12, 31))


def office(
    *sheets: str, file: str = "表.xlsx", roster: str = ROSTER, merges: tuple[Merge, ...] = ()
) -> tuple[Ledger, tuple[Problem, ...]]:
    """Read the roster and sheets of one file, written as `tests.grids` has them."""
    told = [Book("名册.xlsx", (grid(dedent(roster), file="名册.xlsx"),))] if roster else []
    grids = tuple(
        grid(dedent(text), file=file, sheet=f"表{number}", merges=merges) for number, text in enumerate(sheets, start=1)
    )
    return read_ledger([*told, Book(file, grids)], period=YEAR.period)


def ledger(*sheets: str, roster: str = ROSTER, merges: tuple[Merge, ...] = ()) -> Ledger:
    """Read sheets that have no error in them."""
    found, problems = office(*sheets, roster=roster, merges=merges)
    assert not [p.message for p in problems if p.severity.word == "error"]
    return found
