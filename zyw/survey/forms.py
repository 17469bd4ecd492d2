"""The part 问卷 of zyw.yaml: a form tool of one's own, told column by column.

问卷:
  - 文件: 小程序*.csv
    提交时间: 填报时刻
    单位: 所在校区
    题目: [食堂, 校车]
    代码: {3: 满意, 2: 基本满意, 1: 不满意, 0: 不了解, "--": 空白}
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from zyw.columns import SURVEY, header_key
from zyw.decoding import TEXT, TEXTS, Fields, Key, Part, words_by_name
from zyw.finding.guidance import Pin
from zyw.finding.said import ROWS
from zyw.survey.headings import SEPARATORS, Role, Tool
from zyw.survey.words import BLANK_WORD, NOT_ASKED_WORD

_ROLES: Final = {
    "序号": (Role.NUMBER, "答卷的编号；写了它和提交时间，同一份答卷在两个文件里只算一次"),
    "提交时间": (Role.SUBMITTED, "什么时候交的"),
    "用时": (Role.TAKEN, "答了多久"),
    "网络": (Role.NETWORK, "网络地址；只看哪些答卷来自同一网络，地址不留"),
    "不读": (Role.OTHER, "不是题目、也不用的列，如昵称、头像"),
}
FORM: Final = Part(
    "问卷",
    "一种程序不认识的问卷导出：哪一列是什么",
    (
        Key("文件", TEXT, "文件名，或连同文件夹的路径；* 代表任意几个字", required=True),
        Key("工作表", TEXT, "工作表名，* 代表任意几个字；不写就是文件里的每一张"),
        Key("表头", ROWS, "表头在第几行；不写是第 1 行"),
        *(Key(name, TEXTS, f"{meaning}。写列名，几个都可能时都写上") for name, (_, meaning) in _ROLES.items()),
        Key("单位", TEXTS, "哪一列是学校；不写就看工作表名和文件名"),
        Key("对象", TEXTS, "哪一列是答卷人的身份（家长、教师……）"),
        Key("题目", TEXTS, "哪些列是题目；不写就是其余的列"),
        Key("分隔", TEXT, "一格里几个答案之间的符号"),
        Key(
            "代码",
            words_by_name("代码: 答案", TEXT),
            f"表里的代码是哪个答案；没有问到的写 {NOT_ASKED_WORD}，没有答的写 {BLANK_WORD}",
        ),
        Key(
            "各题代码",
            words_by_name("题目: {代码: 答案}", words_by_name("代码: 答案", TEXT)),
            "只用于某一题的代码，先看它，再看“代码”",
        ),
    ),
    "一格里的 3 写成 代码: {3: 满意}，就按“满意”算；没有写到的代码按原样，不在量表里的报 V011。",
)


def forms_said(parts: Iterable[Fields]) -> Iterator[Pin]:
    """Yield the pins that 问卷 stands for: these files are surveys, and their columns are what is said."""
    for part in parts:
        if part.get("文件"):
            yield Pin(
                file=part.get("文件"),
                sheet=part.get("工作表", "*"),
                table=SURVEY,
                header_rows=part.get("表头", (1,)),
                place=part.place,
                form=_tool(part),
            )


def _tool(part: Fields) -> Tool:
    columns = {header_key(name): role for key, (role, _) in _ROLES.items() for name in part.get(key, ())}
    of_all = _codes(part.get("代码", ()))
    return Tool(
        name=part.get("文件"),
        columns=columns,
        marks=frozenset(),
        separators=part.get("分隔", SEPARATORS),
        units=_keys(part, "单位"),
        groups=_keys(part, "对象"),
        questions=_keys(part, "题目"),
        codes={
            "": of_all,
            **{header_key(name): {**of_all, **_codes(codes)} for name, codes, _ in part.get("各题代码", ())},
        },
        own=True,
    )


def _keys(part: Fields, name: str) -> frozenset[str]:
    return frozenset(map(header_key, part.get(name, ())))


def _codes(entries: Any) -> Mapping[str, str]:
    told = {NOT_ASKED_WORD: "(跳过)", BLANK_WORD: ""}
    return {code: told.get(answer, answer) for code, answer, _ in entries}
