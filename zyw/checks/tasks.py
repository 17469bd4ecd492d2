"""Rows of one task that do not agree what is done (K031): an office a row, and one of them is not up to date."""

from collections.abc import Iterator

from zyw.ledger import Ledger
from zyw.problems import Place, Problem, Verbatim, problem
from zyw.tallies.tasks import disagreements


def check_tasks(ledger: Ledger) -> Iterator[Problem]:
    """Yield a warning a task, at the first of its rows; the least number counts."""
    for each in disagreements(ledger):
        at, *others = (ledger.origins.locate(origin, ("完成",)) for origin in each.origins)
        numbers = [f"{number:f}" for number in each.numbers]
        place = Place(at.file, at.sheet, at.cells[0] if at.cells else str(at.row))
        said, where = Verbatim("、".join(numbers)), Verbatim("、".join(map(str, others)))
        yield problem("K031", place, 任务=each.text, 各数=said, 另处=where, 取=Verbatim(numbers[0]))
