"""The part 读法 of zyw.yaml: what a person says about sheets, typed into pins.

读法:
  - {文件: 热线*.xlsx, 表: 问题台账, 表头: 3, 列: {F: 单位, G: 不读}}
  - {文件: 旧台账.xlsx, 表: 不读}
"""

import re
from collections.abc import Iterable, Iterator
from typing import Any, Final

from zyw.columns import SURVEY, TABLES, table
from zyw.decoding import TEXT, Fields, Key, Kind, Part, choice, nearest, words_by_name
from zyw.finding.guidance import NOT_READ, Pin
from zyw.finding.scored import DEEPEST
from zyw.located import Items, Node, Scalar
from zyw.problems import Place, Problem, Verbatim, problem

NAMES: Final = tuple(each.name for each in TABLES)
_ROWS: Final = re.compile(r"([1-9]\d{0,6})(?:[-–—~至到]([1-9]\d{0,6}))?")


def _rows(node: Node, problems: list[Problem]) -> tuple[int, ...] | None:
    """Read 3, 3-4 or [3, 4]: one to three rows below each other."""
    texts = [
        item.text.strip() for item in (node.items if isinstance(node, Items) else (node,)) if isinstance(item, Scalar)
    ]
    found = [_ROWS.fullmatch(text) for text in texts]
    rows: list[int] = []
    for match in found:
        if match:
            rows += range(int(match[1]), min(int(match[2] or match[1]), int(match[1]) + DEEPEST) + 1)
    if all(found) and 0 < len(rows) <= DEEPEST and rows == list(range(rows[0], rows[0] + len(rows))):
        return tuple(rows)
    problems.append(problem("P007", node.place, 应为=Verbatim(ROWS.label), 值="、".join(texts) or "一组内容"))
    return None


ROWS: Final = Kind("表头所在的行，如 3，或连着的两三行，如 3-4", _rows)
PIN: Final = Part(
    "读法",
    "一张表怎么读；没有写到的由程序认",
    (
        Key("文件", TEXT, "文件名，或连同文件夹的路径；* 代表任意几个字", required=True),
        Key("工作表", TEXT, "工作表名，* 代表任意几个字；不写就是文件里的每一张"),
        Key("表", choice(*NAMES, SURVEY, NOT_READ), "认作哪种台账；写 不读 就跳过"),
        Key("表头", ROWS, "表头在第几行"),
        Key(
            "列", words_by_name("列: 认作什么", TEXT), "列的字母或表头上的列名，认作哪一列（见 docs/列名.md），或 不读"
        ),
    ),
)


def pins_said(parts: Iterable[Fields], problems: list[Problem]) -> tuple[Pin, ...]:
    """Return the pins that 读法 lists; a field that its table does not have is refused with its place (P008)."""
    return tuple(pin for part in parts for pin in _pin(part, problems))


def _pin(part: Fields, problems: list[Problem]) -> Iterator[Pin]:
    if not part.get("文件"):
        return
    of = part.get("表", "")
    known = _fields_of(of)
    columns = {}
    for written, name, place in part.get("列", ()):
        if name in known:
            columns[written.upper() if re.fullmatch("[A-Za-z]{1,3}", written) else written] = name
        else:
            problems.append(_no_field(name, known, place))
    yield Pin(
        file=part.get("文件"),
        sheet=part.get("工作表", "*"),
        table=of,
        header_rows=part.get("表头", ()),
        columns=columns,
        place=part.place,
    )


def _fields_of(name: str) -> dict[str, Any]:
    """Return the fields a column may be pinned to: those of the table that is named, else of any."""
    tables = [table(name)] if name in NAMES else [] if name == SURVEY else TABLES
    return dict.fromkeys([*(f.name for each in tables for f in each.fields), NOT_READ])


def _no_field(name: str, known: Iterable[str], place: Place) -> Problem:
    offered = nearest(name, known)
    return problem("P008", place, 值=name, 可选=Verbatim("见 docs/列名.md"), 近似=offered)
