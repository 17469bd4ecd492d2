from zyw.headers import Column, Found
from zyw.survey.answers import read_answers


def columns(*labels: str) -> tuple[Column, ...]:
    return tuple(Column(i, "ABCDEFG"[i], label) for i, label in enumerate(labels))


def test_a_question_that_speaks_of_the_school_is_a_question_and_not_the_unit() -> None:
    found = Found("测评", (1,), 1, columns("1、您孩子就读的学校", "2、您对学校食堂是否满意", "3、您的意见"))
    rows = [["一小", "满意", "很好"], ["二小", "(空)", ""], ["一小", "不满意", "没有"]]
    answers = read_answers(rows, found)
    assert [column.label for column, _ in answers.units] == ["1、您孩子就读的学校"]
    assert [item.label for item in answers.items] == ["2、您对学校食堂是否满意"]
