"""What the scheme language costs: scoring by so many rules over so many rows and units, beside the bare read.

`python -m benchmarks.language` prints a table (CPU seconds, medians; run by hand, no test looks at the clock). The
rules are of every kind and take disjoint rows, so that each row is scored by one of them and looked at by all. The
bare read is python-calamine putting the cells of the same ledger (16 columns) into Python lists.
"""

import argparse
import time
from collections.abc import Callable, Sequence
from decimal import Decimal
from pathlib import Path
from random import Random
from statistics import median
from typing import Any, Final

import numpy as np
from python_calamine import CalamineWorkbook

from benchmarks import county
from zyw.ledger import Ledger
from zyw.naming.units import Unit
from zyw.origins import Block, Origins
from zyw.periods import Span, year_of
from zyw.rowset import RowSet, objects
from zyw.scheme import Scheme, load_scheme
from zyw.scoring import score

HEAD: Final = """
方案: {编号: bench, 名称: 测速, 发文机关: 测速, 发文日期: 2012-01-01, 考核期: 自然年, 基础分: 100, 总分: {舍入位数: 2}}
项目:
  - {名称: 日常, 依据: 一, 满分: 100, 基础分: 100, 权重: 60%}
  - {名称: 办理, 依据: 二, 满分: 100, 基础分: 100, 权重: 40%}
规则:
"""
KINDS: Final = (
    "计数: 行, 每次: -0.01",
    "计数: 行, 每次: {自 2012-01-01: -0.01, 自 2012-07-01: -0.02}, 倍数: [{列: 职责, 取: {主办: 1, 协办: 0.5}}]",
    "计数: 行, 按列取值: {列: 扣分, 方向: 扣分, 最高: 5}, 封顶: {每: 单位, 最多扣: 3}",
    "计数: 日, 每次: -0.01",
    "计数: 行, 次第: {对象: 单位, 期限: 当年, 分: [-0.01, -0.02, -0.03]}",
    "计数: 行, 数量: {天数: {自: 期限, 至: 完成日, 历: 自然日}}, 分档: {档: [{低于: 4, 分: 0}, {至少: 4, 分: -0.01}]}",
    "计数: 单位, 数量: {比率: {分子: {办结情况: 按期}, 分母为零: 不计}}, 斜率: {低于: 90%, 每: 1%, 分: -0.01}",
    "计数: 月, 斜率: {高于: 50, 每: 10, 分: -0.01}",
)
"""Each kind of counting and of value once, over and over until there are as many rules as wanted."""
SIZES: Final = (
    (10_000, 40, 300),
    (30_000, 40, 300),
    (100_000, 10, 300),
    (100_000, 20, 300),
    (100_000, 40, 300),
    (100_000, 40, 5_000),
)
ROUNDS: Final = 3


def scheme(rules: int) -> Scheme:
    """Return a scheme of so many rules, each for a 类别 of its own."""
    lines = [
        f"  - {{编号: 规则{at}, 依据: 一, 项目: {'日常' if at % 2 else '办理'}, 数据: 问题台账, "
        f"条件: {{类别: 类{at}}}, {KINDS[at % len(KINDS)]}}}\n"
        for at in range(rules)
    ]
    found, problems = load_scheme(HEAD + "".join(lines), "测速.yaml")
    assert found is not None, problems
    return found


def ledger(rows: int, rules: int, units: int) -> Ledger:
    """Return an issue ledger as reading gives it: so many rows over so many classes and units."""
    random = Random(rows + rules)
    days = np.datetime64("2012-01-02") + np.arange(360)
    found = np.array([days[random.randrange(350)] for _ in range(rows)], dtype="datetime64[s]")
    names = [f"第{at}小学" for at in range(units)]
    columns: dict[str, Any] = {
        "单位": objects([names[random.randrange(units)] for _ in range(rows)]),
        "编号": objects([f"W{at}" for at in range(rows)]),
        "类别": objects([f"类{random.randrange(rules)}" for _ in range(rows)]),
        "职责": objects([random.choice(("主办", "协办")) for _ in range(rows)]),
        "扣分": objects([random.choice(SCORES) for _ in range(rows)]),
        "发现日": found,
        "期限": found + np.timedelta64(10, "D"),
        "完成日": found + np.array([random.randrange(20) for _ in range(rows)], dtype="timedelta64[D]"),
        "origin": np.arange(rows, dtype=np.int64),
    }
    letters = {name: chr(65 + at) for at, name in enumerate(columns)}
    block = Block("台账.xlsx", "台账", "问题台账", (1,), 0, range(2, rows + 2), letters)
    roster = tuple(Unit(name, "小学", staff=60) for name in names)
    return Ledger(units=roster, has_roster=True, rows={"问题台账": RowSet(columns)}, origins=Origins((block,)))


SCORES: Final = tuple(Decimal(at) / 4 for at in range(1, 9))


def cpu(job: Callable[[], object], rounds: int = ROUNDS) -> float:
    """Return the median of the CPU seconds of a job."""
    costs = []
    for _ in range(rounds):
        start = time.process_time()
        job()
        costs.append(time.process_time() - start)
    return median(costs)


def bare_read(path: Path) -> object:
    """Put every cell of a workbook into lists."""
    with path.open("rb") as stream:
        book = CalamineWorkbook.from_filelike(stream)
        return [book.get_sheet_by_name(name).to_python() for name in book.sheet_names]


def table(sizes: Sequence[tuple[int, int, int]], cache: Path) -> list[str]:
    """Return the lines of the table."""
    period = year_of("2012")
    assert period is not None
    span = Span(period, None, period.end)
    bare: dict[int, float] = {}
    lines = [
        "| rows | rules | units | journal rows | score, CPU s | bare read, CPU s | ratio |",
        "|---|---|---|---|---|---|---|",
    ]
    for rows, rules, units in sizes:
        if rows not in bare:
            path = county.build(cache, seed=1, rows=rows, sheets=10_000).ledger
            bare[rows] = cpu(lambda path=path: bare_read(path))  # type: ignore[misc]
        book, by = ledger(rows, rules, units), scheme(rules)
        cost = cpu(lambda book=book, by=by: score(_fresh(book), by, span))  # type: ignore[misc]
        journal = len(score(_fresh(book), by, span)[0].journal_rows)
        lines.append(
            f"| {rows:,} | {rules} | {units:,} | {journal:,} | {cost:.2f} "
            f"| {bare[rows]:.2f} | {cost / bare[rows]:.2f} |"
        )
    return lines


def _fresh(book: Ledger) -> Ledger:
    """Return the ledger without anything that an earlier scoring remembered."""
    rows = {name: RowSet(each.columns) for name, each in book.rows.items()}
    return Ledger(units=book.units, has_roster=True, rows=rows, origins=book.origins)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description="the scheme language's cost")
    parser.add_argument("--cache", type=Path, default=county.CACHE)
    parser.add_argument("--rows", type=int, default=0, help="only this many rows")
    options = parser.parse_args()
    sizes = [size for size in SIZES if options.rows in (0, size[0])]
    print("\n".join(table(sizes, options.cache)))


if __name__ == "__main__":
    main()
