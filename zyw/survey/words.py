"""The words of surveys: degrees of satisfaction, what is no answer, who answered, through which channel.

Other scales than these are named by a scheme or with `--scale`. Tools put letters before options (`A. 满意`) and leave
marks where nothing was answered (input-formats.md A1, A2).
"""

import re
from collections.abc import Iterable
from typing import Final

from zyw.cells import clean
from zyw.sheets import Cell

SATISFIED: Final = ("非常满意", "很满意", "十分满意", "满意")
UNKNOWN: Final = ("不了解", "不清楚", "不知道", "弃权")
DEGREES: Final = (
    *SATISFIED, "比较满意", "较满意", "基本满意", "一般", "不太满意", "不满意", "很不满意", "非常不满意",
)  # fmt: skip
"""Most satisfied first."""
SCALE: Final = frozenset((*DEGREES, *UNKNOWN))
NOT_ASKED: Final = frozenset(("(跳过)", "（跳过）", "-3"))
"""A question that the form did not put to this respondent."""
BLANK: Final = frozenset(("", "(空)", "（空）", "-2"))
"""A question that was put and not answered."""
SKIPPED: Final = NOT_ASKED | BLANK
NOT_ASKED_WORD, BLANK_WORD = "没有问到", "空白"
"""What zyw.yaml calls the two."""
GROUPS: Final = {
    "家长": ("家长", "父母", "监护人"),
    "学生": ("学生",),
    "教师": ("教师", "教职工", "老师", "教职员"),
    "代表": ("代表", "委员", "评议员", "监督员"),
    "社会": ("社会", "群众", "居民", "公众", "服务对象"),
}
"""Respondent groups, with the words that tell them."""
STAFF: Final = "教师"
"""The group of which the roster knows how many there are."""
OTHERS: Final = "其他"
"""Respondents whose answer to who they are is none of the groups."""
CHANNELS: Final = {"电话": ("电话",), "纸质": ("纸质", "书面", "问卷调查表", "纸面"), "网络": ("网络", "线上", "扫码")}
_LETTERED: Final = re.compile(r"^[A-Za-z][.．、:：)）]\s*(?=\S)")


def word(cell: Cell) -> str:
    """Return an answer as the form offered it, the letter of the option off.

    >>> word("A. 满意"), word(4.0), word(" 不满意 ")
    ('满意', '4', '不满意')
    """
    text = clean(cell)
    return _LETTERED.sub("", text) if text[:1].isascii() else text


def told_by(text: str, words: dict[str, tuple[str, ...]]) -> str:
    """Return the name whose words occur in `text`, "" when none does or two do.

    A pupil's parent is a parent.

    >>> told_by("2024年学生家长问卷", GROUPS), told_by("家长和学生", GROUPS)
    ('家长', '')
    """
    text = text.replace("学生家长", "家长")
    found = [name for name, signs in words.items() if any(sign in text for sign in signs)]
    return found[0] if len(found) == 1 else ""


def mostly(words: Iterable[str], known: frozenset[str]) -> bool:
    """Say whether all words that are answers are `known`, and there is one."""
    asked = [each for each in words if each not in SKIPPED]
    return bool(asked) and known.issuperset(asked)
