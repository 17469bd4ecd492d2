"""别名.yaml: how ledgers write a unit, by whom and when it was confirmed; zyw owns the file and writes it whole."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from zyw.decoding import DATE, TEXT, Key, Part, parts_of, read_part
from zyw.located import parse_located
from zyw.problems import Problem

FILE: Final = "别名.yaml"
_HEAD: Final = (
    "# 台账里的写法认作名册上的哪个单位，由 zyw check --learn 记下。\n"
    "# 认错了，把那一条删去（连同下面三行），以后就不这样认。\n"
)
_ALIAS: Final = Part(
    "别名",
    "一种写法认作哪个单位",
    (
        Key("写法", TEXT, "台账里的写法", required=True),
        Key("单位", TEXT, "名册上的名称", required=True),
        Key("确认人", TEXT, "谁确认的", required=True),
        Key("日期", DATE, "哪天确认的", required=True),
    ),
)
ALIASES: Final = Part("别名文件", "已确认的写法", (Key("别名", parts_of(_ALIAS), "各种写法", required=True),))


@dataclass(frozen=True, slots=True)
class Alias:
    """`written` means `unit`, says `who` on `day`."""

    written: str
    unit: str
    who: str
    day: date


def parse_aliases(text: str) -> tuple[tuple[Alias, ...], tuple[Problem, ...]]:
    """Return the aliases of a file's text and what is wrong with it (line and column)."""
    node, refused = parse_located(text, FILE)
    problems = list(refused)
    fields = read_part(ALIASES, node, problems) if node is not None else None
    if fields is None or problems:
        return (), tuple(problems)
    entries = fields.get("别名", ())
    return tuple(Alias(e.get("写法"), e.get("单位"), e.get("确认人"), e.get("日期")) for e in entries), ()


def aliases_text(aliases: Iterable[Alias]) -> str:
    """Return the file's text, by spelling; the same aliases give the same text."""
    lines = [
        line
        for alias in sorted(aliases, key=lambda each: (each.written, each.unit))
        for line in (
            f"  - 写法: {_quoted(alias.written)}",
            f"    单位: {_quoted(alias.unit)}",
            f"    确认人: {_quoted(alias.who)}",
            f"    日期: {alias.day.isoformat()}",
        )
    ]
    return _HEAD + ("别名:\n" + "\n".join(lines) if lines else "别名: []") + "\n"


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t") + '"'
