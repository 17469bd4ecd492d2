"""Who may see what: the three levels of a paper, names as 张某某, telephone and identity numbers starred.

Names follow the habit of published notices (domain/official-documents.md E3): the surname stays, each character
of the given name becomes 某, at most two; a compound surname is kept whole. Stars stand only inside numbers.
Masking is one way: nothing here keeps the original.
"""

import re
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, field
from enum import Enum
from typing import Final


class Level(Enum):
    """For whom a paper is: 内部 in full, 通报 with masked names, 公示 with units only."""

    INTERNAL = "内部"
    NOTICE = "通报"
    PUBLIC = "公示"


_COMPOUND: Final = (
    "欧阳太史端木上官司马东方独孤南宫万俟闻人夏侯诸葛尉迟公羊赫连澹台皇甫宗政濮阳公冶太叔申屠"
    "公孙慕容仲孙钟离长孙宇文司徒鲜于司空闾丘子车亓官司寇巫马公西颛孙壤驷公良漆雕乐正宰父谷梁"
    "拓跋夹谷轩辕令狐段干百里呼延东郭南门羊舌微生公户公玉公仪梁丘公仲公上公门公山公坚左丘公伯"
    "西门公祖第五公乘贯丘公皙南荣东里东宫仲长子书子桑即墨达奚褚师纳兰完颜叶赫"
)
COMPOUND_SURNAMES: Final = frozenset(_COMPOUND[place : place + 2] for place in range(0, len(_COMPOUND), 2))
_STEMS: Final = "甲乙丙丁戊己庚辛壬癸"
_SEVERAL: Final = re.compile(r"([、，,；;/\n]+)")
_ASIDE: Final = re.compile(r"[（(【\[].*?[)）】\]]|\s+")


def mask_name(name: str, level: Level) -> str:
    """Return a person's name as papers of `level` may show it; several names in one text are masked one by one.

    At 公示 a person is not named at all: "". Blanks and remarks in brackets are dropped, for they often name a post.

    >>> mask_name("张三", Level.NOTICE), mask_name("张三丰", Level.NOTICE), mask_name("欧阳修文", Level.NOTICE)
    ('张某', '张某某', '欧阳某某')
    """
    if level is Level.INTERNAL:
        return name
    if level is Level.PUBLIC:
        return ""
    if name.isalnum():  # one plain name, as nearly all are
        return _mask_one(name)
    parts = _SEVERAL.split(name)
    return "".join(part if index % 2 else _mask_one(part) for index, part in enumerate(parts))


def hide_names(text: str, persons: Set[str], level: Level) -> str:
    """Return the name of a file or sheet with the names of `persons` in it masked for `level`, the longest first.

    >>> hide_names("关于张三丰的处理决定.xlsx", {"张三丰", "李四"}, Level.NOTICE)
    '关于张某某的处理决定.xlsx'
    """
    pieces = {text[i : i + size] for size in (4, 3, 2) for i in range(len(text) - size + 1)}
    for name in sorted(persons & pieces, key=lambda name: (-len(name), name)):
        text = text.replace(name, mask_name(name, level))
    return text


def _mask_one(name: str) -> str:
    name = _ASIDE.sub("", name)
    if not name:
        return ""
    surname = name[:2] if len(name) > 2 and name[:2] in COMPOUND_SURNAMES else name[:1]
    return surname + "某" * min(max(len(name) - len(surname), 1), 2)


@dataclass(frozen=True)
class Masker:
    """The names of one document: two people of one unit who would both be 张某 become 张某甲 and 张某乙.

    Papers name the unit beside the person, so people of different units need no such letter. Build it with `of`.
    """

    level: Level
    names: Mapping[tuple[str, str], str] = field(default_factory=dict)

    @classmethod
    def of(cls, level: Level, people: Iterable[tuple[str, str]]) -> "Masker":
        """Return the masker for a document in which `people` (unit, name) occur, in the order of their letters.

        >>> Masker.of(Level.NOTICE, [("一小", "张三"), ("一小", "张四")])("一小", "张四")
        '张某乙'
        """
        shared: dict[tuple[str, str], list[str]] = {}
        for unit, name in dict.fromkeys(people):
            shared.setdefault((unit, mask_name(name, level)), []).append(name)
        names = {
            (unit, name): mask + (_letter(index) if len(same) > 1 and mask and level is Level.NOTICE else "")
            for (unit, mask), same in shared.items()
            for index, name in enumerate(same)
        }
        return cls(level, names)

    def __call__(self, unit: str, name: str) -> str:
        """Return how the document names the person `name` of `unit`."""
        return self.names.get((unit, name)) or mask_name(name, self.level)


def _letter(index: int) -> str:
    return _STEMS[index] if index < len(_STEMS) else str(index + 1)


# Full width, exotic dashes and blanks are read as their plain forms; each stands for one character, so places agree.
_PLAIN: Final = str.maketrans(
    "０１２３４５６７８９＋Ｘｘ－–—‐‑−\u3000\u00a0\u200b\u2009\ufeff（）", "0123456789+XX------     ()"
)
_MAYBE: Final = re.compile(r"[0-9０-９](?:[^0-9０-９\n]?[0-9０-９]){6}")
_PRIVATE: Final = re.compile(
    r"""
    (?<!\d)(?P<id>\d{17}[\dXx]|\d{6}[ -]\d{8}[ -]\d{3}[\dXx]|\d{6}[ -]\d{4}[ -]\d{4}[ -]\d{3}[\dXx])(?!\d)
  | (?<!\d)(?P<old>\d{8}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3})(?!\d)
  | (?<!\d)(?:(?:\+|00)?86[ -]?)?(?P<mobile>1[3-9]\d(?:\d{8}|[ -]\d{4}[ -]\d{4}|[ -]\d{8}|\d[ -]\d{3}[ -]\d{4}))(?!\d)
  | (?<!\d)\(?0(?:10|2\d|[3-9]\d\d)[ )-]{0,2}(?P<line>[2-8]\d{6,7}|[2-8]\d{2,3}[ -]\d{4})(?!\d)
  | (?:电话|手机|座机|传真|[Tt][Ee][Ll])\D{0,4}?(?P<named>(?!1[3-9]\d{9}(?!\d))\d{7,12})(?!\d)
  | (?<!\d)(?!(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?:[01]\d|2[0-3])[0-5]\d[0-5]\d(?!\d))
    (?<!\d\.)(?P<card>\d{13,}|(?:\d{4}\ ){3}\d{4}(?:\ \d{1,3})?)(?!\d)
    """,
    re.VERBOSE,
)
CONTROLS: Final = re.compile("[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]")
"""Characters that a terminal or a line of a log obeys, or that nobody sees."""
_RUN: Final = re.compile(
    r"(?<!\d)(?<!\d\.)(?!(?:19|20)\d\d(?:0\d|1[0-2])[0-3]\d(?!\d))(?P<run>\d{7,})(?!\d|\.\d|\ ?[元万亿])"
)
_KEPT: Final = {
    "id": (6, 4),
    "old": (6, 3),
    "mobile": (3, 4),
    "line": (0, 2),
    "named": (2, 2),
    "card": (4, 4),
    "run": (2, 2),
}


def escaped(found: re.Match[str]) -> str:
    r"""Return a control character as `\x1b`."""
    return found[0].encode("unicode_escape").decode("ascii")


def mask_file_name(text: str) -> str:
    r"""Return the name of a file or sheet as it may be shown: telephone and identity numbers starred, controls escaped.

    Long serial numbers stay. A line break, an escape sequence or a turn of direction would forge lines on a terminal.

    >>> mask_file_name("13800138000来电.xlsx"), mask_file_name("导出1335000000000.xlsx"), mask_file_name("a\nb")
    ('138****8000来电.xlsx', '导出1335000000000.xlsx', 'a\\nb')
    """
    if CONTROLS.search(text):
        text = CONTROLS.sub(escaped, text)
    return _starred(text, _PRIVATE, frozenset(("card",))) if _MAYBE.search(text) else text


def mask_numbers(text: str, *, runs: bool = False) -> str:
    """Return `text` with the digits inside private numbers starred; its length and everything else stay.

    Starred are: mobile numbers (also +86, blanks, hyphens, full width), landlines with an area code, 7–12 digits
    after 电话/手机/传真, identity numbers of 18 (x too) and 15 digits, and any number of 13 or more digits
    (bank cards). Left alone are: codes of 10–12 digits (学校代码), serial numbers, amounts, dates such as
    20240308 and times such as 20240308101500 (failures.md T19). With `runs`, as on the console (design §6), every
    run of 7 or more digits is starred as well, save dates written yyyymmdd and amounts (a decimal part, 元, 万, 亿).
    A text without seven near digits costs one search.

    >>> mask_numbers("电话13800138000"), mask_numbers("２０１２年 110101199003078515")
    ('电话138****8000', '２０１２年 110101********8515')
    """
    if not _MAYBE.search(text):
        return text
    text = _starred(text, _PRIVATE)
    return _starred(text, _RUN) if runs else text


def _starred(text: str, pattern: re.Pattern[str], kept: frozenset[str] = frozenset()) -> str:
    characters: list[str] | None = None
    for found in pattern.finditer(text.translate(_PLAIN)):
        kind = found.lastgroup or ""
        if kind in kept:
            continue
        characters = characters or list(text)
        start, end = found.span(kind)
        digits = [place for place in range(start, end) if characters[place].isalnum()]
        head, tail = _KEPT[kind]
        for place in digits[head : len(digits) - tail]:
            characters[place] = "*"
    return text if characters is None else "".join(characters)
