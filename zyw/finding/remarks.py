"""What is told of a header that was understood, because a person might have meant it otherwise."""

from collections.abc import Iterator

from zyw.finding.headers import Found
from zyw.problems import Place, Problem, problem
from zyw.sheets import Grid

_FINISHED = ("完成时间", "完成日期")


def remarks(grid: Grid, found: Found) -> Iterator[Problem]:
    """Yield a 提示 for two deadlines on one row, and for a 完成时间 that may be a deadline."""
    place = Place(grid.file, grid.sheet)
    due, above, done = (found.column(name) for name in ("期限", "上级期限", "完成日"))
    if due and above:
        yield problem("S020", place, due=due.label, above=above.label)
    if done and not due and not above and found.table == "问题台账" and done.label.rpartition("/")[2] in _FINISHED:
        yield problem("S021", place, label=done.label)
