"""Which numbers of a paper must add up to which, and which names of two papers are one number."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Final

Values = Mapping[str, str]
"""Name with its places (`问题.类别[2].本期`) → value, as one finished paper prints it."""


@dataclass(frozen=True, slots=True)
class Sum:
    """`total` is the sum of `parts`; a part with `[]` stands for that column of every row that the paper prints."""

    total: str
    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rows:
    """`count` is the number of rows of `table` in the paper; `column` is one that every row prints."""

    count: str
    table: str
    column: str


_PARTED: Final = tuple(
    Sum(f"问题.{span}发现", (f"问题.{kind}[].{span}",))
    for kind in ("类别", "来源", "学段")
    for span in ("本期", "累计")
)
_STAGES: Final = ("整改.完成", "整改.在办", "整改.逾期")
SUMS: Final[tuple[Sum, ...]] = (
    *_PARTED,
    Sum("问题.在列", ("问题.完成", "问题.在办", "问题.逾期")),
    Sum("追责.本期处理", ("追责.方式[].本期",)),
    Sum("追责.累计处理", ("追责.方式[].累计",)),
    Sum("整改.总数", _STAGES),
    Sum("整改.总数", ("按类别[].总数",)),
    *(Sum(f"整改.{stage}", (f"按类别[].{stage}",)) for stage in ("完成", "销号", "在办", "逾期")),
)
ROWS: Final[tuple[Rows, ...]] = (
    Rows("整改.总数", "清单", "单位"),
    Rows("整改.销号", "已销号", "单位"),
    Rows("整改.待销号", "待销号", "单位"),
    Rows("逾期数", "逾期", "期限"),
    Rows("快到期数", "将到期", "期限"),
    Rows("未报数", "未报", "单位"),
)
_ASKED: Final = frozenset((
    *(name for each in SUMS for name in (each.total, *each.parts)), *(each.count for each in ROWS),
))  # fmt: skip
_INDEX: Final = re.compile(r"\[\d+\]")


def unbalanced(values: Values) -> Iterator[tuple[str, str, str]]:
    """Yield (what, read, expected) of each sum that does not close; one of which a term is not printed is left."""
    grouped: dict[str, list[Decimal]] = {}
    printed: Counter[str] = Counter()
    for name, text in values.items():
        column = _INDEX.sub("[]", name)
        printed[column] += 1
        if column in _ASKED and (number := _number(text)) is not None:
            grouped.setdefault(column, []).append(number)
    for each in SUMS:
        parts = [grouped.get(part) for part in each.parts]
        if each.total in grouped and all(parts):
            found = sum((number for part in parts for number in part or ()), Decimal(0))
            if found != grouped[each.total][0]:
                yield f"{each.total} = {' + '.join(each.parts)}", str(grouped[each.total][0]), str(found)
    for rows in ROWS:
        count = printed[f"{rows.table}[].{rows.column}"]
        if rows.count in grouped and count and grouped[rows.count][0] != count:
            yield f"{rows.count} = {rows.table} 的行数", str(grouped[rows.count][0]), str(count)


def _number(text: str) -> Decimal | None:
    try:
        return Decimal(text)
    except InvalidOperation:
        return None


_SAME: Final = {
    "问题.在列": "整改.总数", "问题.完成": "整改.完成", "问题.销号": "整改.销号", "问题.在办": "整改.在办",
    "问题.逾期": "整改.逾期", "追责.累计处理": "追责.累计处理",
    "追责.累计案件": "追责.累计案件", "追责.累计人数": "追责.累计人数",
}  # fmt: skip
"""Names of the county's papers that are one number."""
_SCORED: Final = ("名次", "得分", "加扣分", "满意率")
_STAGED: Final = ("总数", "完成", "销号", "在办", "逾期")
_RANKED: Final = re.compile(r"(排名\[\d+\]\.行\[\d+\])\.(\w+)")
_BY_UNIT: Final = re.compile(r"(按单位\[\d+\])\.(\w+)")


def known_as(values: Values, context_unit: str) -> Iterator[tuple[str, str, str]]:
    """Yield (common name, value, own name) of what other papers of the run may print too.

    `context_unit` is the unit that the paper is for, "" for the county's: a unit's 得分 is that of its line in the
    ranked table, whichever paper prints it.
    """
    named = _units_of_rows(values)
    for name, text in values.items():
        common = _common(name, context_unit, named)
        if common and text not in ("", "—"):
            yield common, text, name


def _common(name: str, unit: str, named: Mapping[str, str]) -> str:
    if match := _RANKED.fullmatch(name):
        return f"{named.get(match[1], match[1])}的{match[2]}" if match[2] in _SCORED else ""
    if match := _BY_UNIT.fullmatch(name):
        return f"{named.get(match[1], match[1])}的问题{match[2]}" if match[2] in _STAGED else ""
    if unit:
        head, _, rest = name.rpartition(".")
        if not head and rest in _SCORED:
            return f"{unit}的{rest}"
        return f"{unit}的问题{rest}" if head == "整改" and rest in _STAGED else ""
    return _SAME.get(name, name if name.startswith(("整改.", "期.")) else "")


def _units_of_rows(values: Values) -> dict[str, str]:
    rows: dict[str, str] = {}
    for name, text in values.items():
        if name.endswith((".单位", ".名称")):
            rows[name.rpartition(".")[0]] = text
    return rows
