import numpy as np

from zyw.finding.headers import Column, Found
from zyw.origins import Block
from zyw.survey.answers import read_answers
from zyw.survey.tally import Batch, count


def columns(*labels: str) -> tuple[Column, ...]:
    return tuple(Column(i, "ABCDEFG"[i], label) for i, label in enumerate(labels))


def test_a_question_that_speaks_of_the_school_is_a_question_and_not_the_unit() -> None:
    found = Found("测评", (1,), 1, columns("1、您孩子就读的学校", "2、您对学校食堂是否满意", "3、您的意见"))
    rows = [["一小", "满意", "很好"], ["二小", "(空)", ""], ["一小", "不满意", "没有"]]
    answers = read_answers(rows, found)
    assert [column.label for column, _ in answers.units] == ["1、您孩子就读的学校"]
    assert [item.label for item in answers.items] == ["2、您对学校食堂是否满意"]


def test_a_few_answers_beside_the_scale_are_told_and_the_question_still_counts() -> None:
    found = Found("测评", (1,), 1, columns("1、您孩子就读的学校", "2、您对学校满意吗", "3、您的意见"))
    rows: list[list[str]] = [["一小", "满意", "好"]] * 45 + [["一小", "还可以吧", "无"], ["一小", "(空)", "无"]] * 5
    answers = read_answers(rows, found)
    assert [item.label for item in answers.items] == ["2、您对学校满意吗"]
    assert [(i, c.letter, why.code, why.value) for i, c, why in answers.faults] == [(45, "B", "V011", "5")]
    block = Block("a.csv", "", "测评", (1,), 0, range(len(rows)), {})
    counts = count([Batch(block, answers, np.array(["一小"] * len(rows), dtype=object))]).tally()
    assert counts == {("一小", "2、您对学校满意吗", "满意"): 45}


def test_a_question_mostly_answered_in_own_words_is_no_scale() -> None:
    found = Found("测评", (1,), 1, columns("1、您孩子就读的学校", "2、您对学校满意吗，为什么"))
    rows = [["一小", "满意"], ["一小", "老师认真"], ["一小", "食堂贵"]]
    answers = read_answers(rows, found)
    assert answers.items == ()
    assert answers.faults == ()
