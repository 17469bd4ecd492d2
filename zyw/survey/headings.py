"""What the header of an export says: which question a column answers, and what the form tool added by itself.

The number before a question belongs to the questionnaire, not to the column: options of one question, rows of one
matrix and items of one scale block share or restart it (input-formats.md A1), so columns are told apart by their text.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Final

from zyw.columns import header_key


class Role(Enum):
    """What a column that is no question tells of an answer sheet."""

    NUMBER = "序号"
    SUBMITTED = "提交时间"
    STARTED = "开始时间"
    TAKEN = "用时"
    NETWORK = "网络地址"
    TOTAL = "总分"
    OTHER = "其他"


@dataclass(frozen=True, slots=True)
class Tool:
    """A form tool: the columns it adds, by header key; which of them only it has; how it joins several answers.

    `seen` says where its columns were held against something real, "" for nowhere. One that a person told (`own`) also
    says which columns are units, respondent groups and questions (none: all others), and what its codes mean: by
    question, "" for all.
    """

    name: str
    columns: Mapping[str, Role]
    marks: frozenset[str]
    separators: str
    seen: str = ""
    units: frozenset[str] = frozenset()
    groups: frozenset[str] = frozenset()
    questions: frozenset[str] = frozenset()
    codes: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    own: bool = False

    def codes_of(self, label: str) -> Mapping[str, str]:
        """Return what the codes of one question mean."""
        return self.codes.get(header_key(label), self.codes.get("", {}))

    def asks(self, label: str) -> bool:
        """Say whether a column that has no other role may be a question, a unit or a group."""
        named = self.questions | self.units | self.groups
        return not self.questions or header_key(label) in named


def _columns(text: str, role: Role) -> dict[str, Role]:
    return {header_key(name): role for name in text.split()}


_COMMON: Final = {
    **_columns("序号 编号 答卷编号 答题序号", Role.NUMBER),
    **_columns("总分 得分", Role.TOTAL),
    **_columns("来自IP IP ip地址", Role.NETWORK),
}
TOOLS: Final = (
    Tool(
        "问卷星",
        {
            **_columns("提交答卷时间", Role.SUBMITTED),
            **_columns("所用时间", Role.TAKEN),
            **_columns("来源 来源详情 用户ID 用户id 昵称 姓名", Role.OTHER),
        },
        frozenset(map(header_key, ("提交答卷时间", "所用时间", "来源详情", "来自IP"))),
        "┋",
        "公开代码里读导出文件的程序，多处一致",
    ),
    Tool(
        "腾讯问卷",
        {
            **_columns("开始答题时间", Role.STARTED),
            **_columns("结束答题时间", Role.SUBMITTED),
            **_columns("答题时长", Role.TAKEN),
            **_columns(
                "语言 清洗数据结果 智能清洗数据无效概率 地理位置国家和地区 地理位置省 地理位置市 用户类型 用户标识 "
                "昵称 自定义字段 UA Referrer",
                Role.OTHER,
            ),
        },
        frozenset(map(header_key, ("结束答题时间", "答题时长", "清洗数据结果", "Referrer"))),
        "┋;；|｜",
        "公开代码里读导出文件的程序，多处一致",
    ),
    Tool(
        "腾讯文档收集表",
        {
            **_columns("提交时间（自动） 提交时间", Role.SUBMITTED),
            **_columns("提交者（自动） 提交者", Role.OTHER),
        },
        frozenset(("提交者(自动)", "提交时间(自动)", "提交者")),
        "┋;；,，",
        "公开代码里读导出文件的程序，多处一致",
    ),
    Tool(
        "金数据",
        {
            **_columns("提交时间 修改时间", Role.SUBMITTED),
            **_columns("填写时长", Role.TAKEN),
            **_columns(
                "提交人 浏览器 操作系统 填写设备 openid 微信昵称 微信性别 微信国家 微信省市 微信头像", Role.OTHER
            ),
        },
        frozenset(map(header_key, ("填写时长", "修改时间", "操作系统", "浏览器", "填写设备"))),
        ",，",
    ),
    Tool(
        "钉钉或WPS表单",
        {
            **_columns("提交时间 填写时间", Role.SUBMITTED),
            **_columns("提交人工号 提交人部门 提交人工号/部门 答题人ID 实例ID 审批状态 填写人", Role.OTHER),
        },
        frozenset(map(header_key, ("答题人ID", "提交人工号", "提交人部门", "实例ID"))),
        ";；|｜,，",
    ),
)
"""`seen` is told on the page 测评: 金数据, 钉钉 and WPS are not verified against files of the vendors; some of 金数据's
columns stand in a public program that keeps its exports (input-formats.md A2)."""
SEPARATORS: Final = "┋;；|｜"
"""Between several answers in one cell, whatever the tool; the comma and 、 only where every part is a known option."""
_OLD_PART: Final = re.compile(r"第\s*(\d+)\s*题\s*[(（](.+)[)）]")
_PART: Final = re.compile(r"(\d+)\s*[、.．:：]\s*[(（](.+)[)）]")
_NUMBERED: Final = re.compile(r"(\d+)\s*[、.．:：]\s*(.+)")
_FIRST_ITEM: Final = re.compile(r".*[—–-]+\s*(\d+)\s*[、.．]\s*(.+)")
_FILLED_IN: Final = re.compile(r"_{2,}(?:\{[^}]*\})?(?:\[[^\]]*\])?")


@dataclass(frozen=True, slots=True)
class Heading:
    """The header of a question: its number (None: it has none), its text, and `part`: an option or a matrix's row."""

    number: int | None
    text: str
    part: str = ""

    @property
    def name(self) -> str:
        """What is asked, whichever way the tool writes it: 5、食堂 and 5、(食堂) are one row of a matrix."""
        return self.text or self.part


def parse_heading(label: str) -> Heading:
    """Return what a column's label says.

    >>> parse_heading("3、(作业)"), parse_heading("第3题(食堂)").part, parse_heading("5、校风—1.您对环境").text
    (Heading(number=3, text='', part='作业'), '食堂', '您对环境')
    """
    text = _FILLED_IN.sub("", " ".join(label.split())).removesuffix("（必填）").removesuffix("(必填)").strip()
    if found := _OLD_PART.fullmatch(text) or _PART.fullmatch(text):
        return Heading(int(found[1]), "", found[2].strip())
    if found := _NUMBERED.fullmatch(text):
        first = _FIRST_ITEM.fullmatch(found[2])
        stem, colon, option = found[2].rpartition(":")
        if colon and stem and option.strip():
            return Heading(int(found[1]), stem.strip(), option.strip())
        return Heading(int(found[1]), first[2].strip() if first else found[2].strip())
    return Heading(None, text)


def tool_of(labels: tuple[str, ...]) -> Tool | None:
    """Return the tool that made an export, by the columns only it adds; None for a table of one's own."""
    keys = {header_key(label) for label in labels} | {label.replace("（", "(").replace("）", ")") for label in labels}
    found = sorted(TOOLS, key=lambda tool: -len(tool.marks & keys))
    return found[0] if found[0].marks & keys else None


def role_of(label: str, tool: Tool | None) -> Role | None:
    """Return what a column tells of the answer sheet, None when it may be a question."""
    key = header_key(label)
    if tool and tool.own:
        said = key in tool.questions | tool.units | tool.groups
        return None if said else tool.columns.get(key, _COMMON.get(key))
    known = {**_COMMON, **(tool.columns if tool else {})}
    return known.get(key)


UNKNOWN_TOOL: Final = Tool("", {}, frozenset(), SEPARATORS)
"""A table of one's own, in whose header nothing tells a tool."""
