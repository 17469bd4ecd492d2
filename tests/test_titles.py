import pytest

from tests.builders import dayuan
from zyw.rules import Levels
from zyw.sanctions.titles import TitleReader

READER = TitleReader(dayuan().levels)
NAMES = dayuan().levels.order


def level(title: str, *unit_names: str) -> str | None:
    index = READER.read(title, unit_names)
    return None if index is None else NAMES[index]


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("校长", "主要领导"),
        ("园 长", "主要领导"),
        ("党支部书记", "主要领导"),
        ("副校长", "班子成员"),
        ("常务副校长", "班子成员"),
        ("党支部副书记", "班子成员"),
        ("工会主席", "班子成员"),
        ("教导主任", "干部"),
        ("教导处副主任", "干部"),
        ("副主任", "干部"),
        ("人事股股长", "干部"),
        ("班主任", "教师"),
        ("副班主任", "教师"),
        ("语文教师", "教师"),
        ("体育老师", "教师"),
        ("督学", None),
        ("原校长", None),
    ],
)
def test_a_title_has_the_level_that_the_scheme_gives_it(title: str, expected: str | None) -> None:
    assert level(title) == expected


def test_an_exact_title_wins_over_a_pattern() -> None:
    assert level("班主任") == "教师"
    assert level("主任") == "干部"


def test_the_units_name_comes_off_first() -> None:
    assert level("大垸中学校长", "大垸中学") == "主要领导"
    assert level("大垸中学校长") is None
    assert level("中心小学 副校长", "大垸中心小学", "中心小学") == "班子成员"


@pytest.mark.parametrize("title", ["书记兼教师", "教师、书记", "班主任，校长", "校长/书记", "书记兼校长、语文教师"])
def test_of_several_parts_the_highest_level_counts(title: str) -> None:
    assert level(title) == "主要领导"


def test_an_unlisted_part_does_not_hide_a_listed_one() -> None:
    assert level("督学兼副校长") == "班子成员"


def test_patterns_are_tried_from_the_top() -> None:
    levels = Levels(("高", "低"), (), (("*长", "低"), ("校*", "高")), "低")
    assert TitleReader(levels).read("校长") == 1
