"""Kinds that many parts share: terms, values by date, intervals, yes and no."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from zyw.decoding import NUMBER, TEXT, TEXTS, Fields, Key, Kind, choice, parse_day, wrong
from zyw.located import Items, Node, Scalar, Table
from zyw.problems import Problem, Verbatim, problem
from zyw.rules.intervals import Interval
from zyw.rules.terms import CALENDAR_YEAR, MONTH, PERIOD, QUARTER, REPEALED, SCHOOL_YEAR, Dated, Term

_SPANS: Final = (CALENDAR_YEAR, SCHOOL_YEAR, QUARTER, MONTH, PERIOD)
_DATED_KEY: Final = re.compile(r"自\s*(\S+)")


def _term(node: Node, problems: list[Problem]) -> Term | None:
    text = node.text.strip() if isinstance(node, Scalar) else ""
    found = re.fullmatch(r"([1-9]\d{0,2})\s*(个月|年)", text)
    if found:
        return Term(int(found[1]) * (12 if found[2] == "年" else 1))
    if text in _SPANS:
        return Term(0, text)
    problems.append(problem("P007", node.place, 应为=Verbatim(TERM.label), 值=text or "一组内容"))
    return None


TERM: Final = Kind("“当年”“当学年”“当季”“当月”“考核期”，或若干个月（如 12个月）", _term, plain=True)


def dated(value: Kind) -> Kind:
    """Return the kind “such a value, or several by date” (自 2012-01-01: …, 自 2014-01-01: 废止), read as `Dated`."""

    def read(node: Node, problems: list[Problem]) -> Dated[Any] | None:
        if isinstance(node, Items) and len(node.items) == 1 and _by_date(node.items[0]):
            return read(node.items[0], problems)
        if not isinstance(node, Table) or not _by_date(node):
            found = value.read(node, problems)
            return None if found is None else Dated((None,), (found,))
        entries: list[tuple[date, Any]] = []
        for key, each in node.entries:
            matched = _DATED_KEY.fullmatch(key.text.strip())
            start = parse_day(matched[1]) if matched else None
            if start is None or (entries and entries[-1][0] >= start):
                problems.append(problem("P021", key.place, 值=key.text))
                continue
            repealed = isinstance(each, Scalar) and each.text.strip() == REPEALED
            entries.append((start, None if repealed else value.read(each, problems)))
        return Dated(tuple(start for start, _ in entries), tuple(found for _, found in entries)) if entries else None

    return Kind(
        f"{value.label}；也可按日期写（自 2012-01-01: …），不再适用写“废止”",
        read,
        part=value.part,
        element=value.element,
    )


def _by_date(node: Node) -> bool:
    return isinstance(node, Table) and any(_DATED_KEY.fullmatch(key.text.strip()) for key, _ in node.entries)


def _yes(node: Node, problems: list[Problem]) -> bool | None:
    found = choice("是", "否").read(node, problems)
    return None if found is None else found == "是"


YES: Final = Kind("是、否之一", _yes, plain=True, words=("是", "否"))

INTERVAL_KEYS: Final = (
    Key("至少", NUMBER, "≥，含这个数"),
    Key("高于", NUMBER, ">，不含这个数"),
    Key("低于", NUMBER, "<，不含这个数"),
    Key("至多", NUMBER, "≤，含这个数"),
)


def interval(fields: Fields, problems: list[Problem]) -> Interval | None:
    """Build an interval from 至少 or 高于 and 低于 or 至多; one that holds no number is a fault (P007)."""
    low, high = fields.get("至少"), fields.get("至多")
    made = Interval(
        low if low is not None else fields.get("高于"), high if high is not None else fields.get("低于"),
        low is not None, high is not None,
    )  # fmt: skip
    double = {"至少", "高于"} <= fields.values.keys() or {"低于", "至多"} <= fields.values.keys()
    if double or made.empty:
        problems.append(problem("P007", fields.place, 应为=Verbatim("由小到大、每头只写一个的范围"), 值=str(made)))
        return None
    return made


def one_of(fields: Fields, names: Sequence[str], what: str, problems: list[Problem]) -> str | None:
    """Return the one key among `names` that is written; more than one is a fault (P024), none gives None."""
    written = [name for name in names if name in fields.values]
    if len(written) > 1:
        told = Verbatim("、".join(written))
        problems.append(problem("P024", fields.at(written[1]), 什么=Verbatim(what), 写了=told))
    return written[0] if len(written) == 1 else None


CLAUSE: Final = Key("依据", TEXT, "条款，即它在文件里的位置", required=True)
NAME: Final = Key("名称", TEXT, "名称", required=True)
OPEN: Final = Key("方案未定", TEXTS, "文件没有写明的地方，以及这里采用的理解；凡用到它的结果都带上这句话")
ALIASES: Final = Key("别名", TEXTS, "台账里的其他写法")
KINDS: Final = Key("适用学段", TEXTS, "只用于哪些学段的单位；不写为全部")
PLACES: Final = Key("舍入位数", choice("0", "1", "2", "3", "4", "5", "6"), "四舍五入到几位小数；舍入的差另记一行")


def places_of(fields: Fields) -> int | None:
    """Return 舍入位数 as a number, None where it is not written."""
    found = fields.get("舍入位数")
    return None if found is None else int(found)


__all__ = [
    "ALIASES", "CLAUSE", "INTERVAL_KEYS", "KINDS", "NAME", "OPEN", "PLACES", "TERM", "YES", "dated", "interval",
    "one_of", "places_of", "wrong",
]  # fmt: skip
