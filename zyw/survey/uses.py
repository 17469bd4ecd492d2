"""What each column of a sheet of 测评 is in it, for whoever shows how the sheet was read."""

from collections.abc import Sequence
from typing import Final

from zyw.headers import Column
from zyw.survey.answers import Answers
from zyw.survey.words import SCALE, word

UNIT: Final = "单位"
QUESTION: Final = "题目"
COUNT: Final = "份数"
USES: Final = (UNIT, QUESTION, COUNT)


def uses_of(columns: Sequence[Column], answers: Answers) -> dict[int, str]:
    """Return by index what a column is: one that may name the unit, a question that is counted, a count of answers."""
    units = {column.index for column, _ in answers.units}
    asked = {item.column.index for item in (*answers.items, *answers.others)}
    uses = {}
    for column in columns:
        if column.index in units:
            uses[column.index] = UNIT
        elif column.index in asked:
            uses[column.index] = QUESTION
        elif answers.counts and word(column.label.rpartition("/")[2]) in SCALE:
            uses[column.index] = COUNT
    return uses
