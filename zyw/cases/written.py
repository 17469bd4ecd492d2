"""The rows of a worked case as its author wrote them → the ledger that reading them would give.

A row's place is its line in the cases file; each table is one sheet of it.
"""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from zyw.columns import TABLES, Kind
from zyw.decoding import TEXT, WHOLE, Fields, Key, Part, nearest, parse_day, wrong
from zyw.decoding import Kind as ValueKind
from zyw.ledger import Ledger
from zyw.located import Items, Node, Scalar, Table
from zyw.naming.units import Unit
from zyw.origins import Block, Origins
from zyw.problems import Problem, Verbatim, problem
from zyw.rowset import RowSet, objects
from zyw.sheets import letter

SCORED_TABLES: Final = ("追责台账", "问题台账", "材料报送", "任务台账", "活动台账", "认定", "巡查记录")
_KINDS: Final = {table.name: {each.name: each.kind for each in table.fields} for table in TABLES}
Row = tuple[dict[str, str], int]
"""The cells by field, and the line."""
Tallies = Mapping[tuple[str, str, str], int]


def rows_of(table: str) -> ValueKind:
    """Return the kind “rows of that table”: cells by field, dates and numbers checked, unknown fields refused."""

    def read(node: Node, problems: list[Problem]) -> tuple[Row, ...]:
        items = node.items if isinstance(node, Items) else (node,)
        return tuple(row for row in (_row(item, table, problems) for item in items) if row is not None)

    return ValueKind(f"{table}的若干行", read)


def _row(node: Node, table: str, problems: list[Problem]) -> Row | None:
    if not isinstance(node, Table):
        problems.append(problem("P007", node.place, 应为=Verbatim(f"{table}的一行（列名: 内容）"), 值="一段文字"))
        return None
    cells: dict[str, str] = {}
    for name, value in node.entries:
        kind = _KINDS[table].get(name.text)
        if kind is None:
            near = nearest(name.text, _KINDS[table])
            problems.append(problem("P005", name.place, 部分=table, 键=name.text, 近似=near))
        elif not isinstance(value, Scalar) or not _fits(value.text, kind):
            problems.append(
                problem("P007", value.place, 应为=Verbatim(kind.value), 值=getattr(value, "text", "一组内容"))
            )
        else:
            cells[name.text] = value.text
    return cells, node.place.line or 0


def _fits(text: str, kind: Kind) -> bool:
    if not text:
        return True
    if kind in (Kind.DATE, Kind.DEADLINE):
        return parse_day(text) is not None
    if kind is Kind.NUMBER:
        try:
            Decimal(text)
        except InvalidOperation:
            return False
    return kind is not Kind.YES_NO or text in ("是", "否")


def ledger_of(
    file: str,
    units: tuple[Unit, ...],
    written: Mapping[str, tuple[Row, ...]],
    ballots: Mapping[str, int],
    tallies: Tallies,
) -> Ledger:
    """Return the ledger that reading the case's rows would give; each table is one sheet of the cases file."""
    tables: dict[str, RowSet] = {}
    blocks: list[Block] = []
    first = 0
    for name, rows in written.items():
        fields = list(dict.fromkeys(key for cells, _ in rows for key in cells))
        lines = [line for _, line in rows]
        letters = {each: letter(index) for index, each in enumerate(fields)}
        blocks.append(Block(file, name, name, (1,), first, lines, letters))
        tables[name] = _frame(name, fields, [cells for cells, _ in rows], first)
        first += len(rows)
    return Ledger(
        units=units,
        has_roster=bool(units),
        rows=tables,
        ballots=ballots,
        tallies=tallies,
        origins=Origins(tuple(blocks)),
    )


def _frame(table: str, fields: Sequence[str], rows: Sequence[Mapping[str, str]], first: int) -> RowSet:
    import numpy as np

    columns: dict[str, Any] = {}
    for name in fields:
        texts = [row.get(name, "") for row in rows]
        if _KINDS[table][name] in (Kind.DATE, Kind.DEADLINE):
            columns[name] = np.array([text or "NaT" for text in texts], dtype="datetime64[s]")
        elif _KINDS[table][name] is Kind.NUMBER:
            columns[name] = objects([Decimal(text) if text else None for text in texts])
        else:
            columns[name] = objects(texts)
    columns["origin"] = np.arange(first, first + len(rows), dtype=np.int64)
    return RowSet(columns, len(rows))


def units(entries: Iterable[Fields]) -> tuple[Unit, ...]:
    """Return the roster of a case."""
    return tuple(
        Unit(
            each.get("单位"), kind=each.get("学段", ""), head=each.get("主要负责人", ""), staff=each.get("在职人数"),
            linked_leader=each.get("联系领导", ""), linked_office=each.get("包保股室", ""),
            parent=each.get("主管单位", ""),
        )
        for each in entries
    )  # fmt: skip


UNIT: Final = Part(
    "名册",
    "一个单位",
    (
        Key("单位", TEXT, "名称", required=True),
        Key("学段", TEXT, "学段"),
        Key("主要负责人", TEXT, "主要负责人"),
        Key("在职人数", WHOLE, "在职人数"),
        Key("联系领导", TEXT, "联系领导"),
        Key("包保股室", TEXT, "包保股室"),
        Key("主管单位", TEXT, "主管单位"),
    ),
)


def _answers(node: Node, problems: list[Problem]) -> dict[tuple[str, str, str], int]:
    """Read 单位: {题目: {答案: 份数}}."""
    found: dict[tuple[str, str, str], int] = {}
    for unit, questions in _entries(node, problems):
        for question, answers in _entries(questions, problems):
            for answer, count in _entries(answers, problems):
                number = WHOLE.read(count, problems)
                found[unit, question, answer] = 0 if number is None else number
    return found


def _entries(node: Node, problems: list[Problem]) -> list[tuple[str, Node]]:
    if isinstance(node, Table):
        return [(key.text.strip(), value) for key, value in node.entries]
    wrong(node, ANSWERS.label, problems)
    return []


ANSWERS: Final = ValueKind("单位: {题目: {答案: 份数}}", _answers)
