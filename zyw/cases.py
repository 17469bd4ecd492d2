"""Worked cases of a scheme: a sentence, a few rows, what must come out. Run by pytest and by `zyw scheme test`.

A clerk reads and extends them; the arithmetic stands beside each case. A row's place is its line in the cases file.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from zyw.columns import TABLES, Kind
from zyw.decoding import (
    DATE,
    TEXT,
    TEXTS,
    WHOLE,
    Fields,
    Key,
    Part,
    nearest,
    parse_day,
    part_of,
    parts_of,
    read_part,
    words_by_name,
)
from zyw.decoding import Kind as ValueKind
from zyw.ledger import Ledger, Unit
from zyw.located import Items, Node, Scalar, Table, parse_located
from zyw.origins import Block, Origins
from zyw.periods import Span, quarter_of, school_year_of, year_of
from zyw.points import to_text
from zyw.problems import Problem, Severity, Verbatim, problem
from zyw.rowset import RowSet, objects
from zyw.scheme import Scheme
from zyw.scores import Scores, Standing
from zyw.sheets import letter

SCORED_TABLES: Final = ("追责台账", "问题台账")
_KINDS: Final = {table.name: {each.name: each.kind for each in table.fields} for table in TABLES}
Row = tuple[dict[str, str], int]
"""The cells by field, and the line."""


@dataclass(frozen=True, slots=True)
class Case:
    """One worked case; `expected` holds what its author wrote, by key."""

    sentence: str
    span: Span
    units: tuple[Unit, ...]
    rows: Mapping[str, tuple[Row, ...]]
    ballots: Mapping[str, int]
    expected: Fields
    file: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a case: `failures` say in a line each what differs; none: it holds."""

    case: Case
    failures: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """All cases of a file."""

    outcomes: tuple[Outcome, ...] = field(default=())

    @property
    def failed(self) -> tuple[Outcome, ...]:
        """The cases that do not hold."""
        return tuple(outcome for outcome in self.outcomes if outcome.failures)


def run_cases(text: str, file: str, scheme: Scheme) -> tuple[Report, tuple[Problem, ...]]:
    """Run the cases written in `text` by `scheme`; nothing is run when the text is at fault."""
    cases, problems = load_cases(text, file)
    if problems:
        return Report(), problems
    return Report(tuple(Outcome(case, run_case(case, scheme)) for case in cases)), ()


def run_case(case: Case, scheme: Scheme) -> tuple[str, ...]:
    """Return what differs from the expectation."""
    from zyw.ranking import rank
    from zyw.scoring import score

    ledger = ledger_of(case)
    scores, problems = score(ledger, scheme, case.span)
    standings, _ = rank(ledger, scores)
    return tuple(_differences(case.expected, scores, standings, problems))


def load_cases(text: str, file: str) -> tuple[tuple[Case, ...], tuple[Problem, ...]]:
    """Return the cases written in `text` (YAML: 名册, 案例) and what is wrong with it."""
    node, refused = parse_located(text, file)
    problems = list(refused)
    top = read_part(_FILE, node, problems) if node is not None else None
    if top is None or problems:
        return (), tuple(problems)
    units = _units(top.get("名册", ()))
    cases = [_case(each, units, file, problems) for each in top.get("案例")]
    return tuple(case for case in cases if case is not None), tuple(problems)


def _case(each: Fields, units: tuple[Unit, ...], file: str, problems: list[Problem]) -> Case | None:
    written = each.get("考核期", "2012")
    period = year_of(written) or quarter_of(written) or school_year_of(written.removesuffix("学年"))
    if period is None:
        problems.append(problem("P007", each.at("考核期"), 应为=Verbatim("2012、2012Q1 或 2011学年"), 值=written))
        return None
    rows = {name: each.get(name) for name in SCORED_TABLES if each.get(name)}
    own = _units(each.get("名册", ()))
    ballots = {name: count for name, count, _ in each.get("测评", ())}
    span = Span(period, None, each.get("截至", period.end))
    return Case(each.get("说明"), span, own or units, rows, ballots, each.get("应得"), file)


def _units(entries: Iterable[Fields]) -> tuple[Unit, ...]:
    return tuple(Unit(each.get("单位"), kind=each.get("学段", ""), head=each.get("主要负责人", "")) for each in entries)


def _rows_of(table: str) -> ValueKind:
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


def ledger_of(case: Case) -> Ledger:
    """Return the ledger that reading the case's rows would give; each table is one sheet of the cases file."""
    tables: dict[str, RowSet] = {}
    blocks: list[Block] = []
    first = 0
    for name, rows in case.rows.items():
        fields = list(dict.fromkeys(key for cells, _ in rows for key in cells))
        lines = [line for _, line in rows]
        letters = {each: letter(index) for index, each in enumerate(fields)}
        blocks.append(Block(case.file, name, name, (1,), first, lines, letters))
        tables[name] = _frame(name, fields, [cells for cells, _ in rows], first)
        first += len(rows)
    return Ledger(
        units=case.units,
        has_roster=bool(case.units),
        rows=tables,
        ballots=case.ballots,
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


def _differences(
    expected: Fields, scores: Scores, standings: Sequence[Standing], problems: Sequence[Problem]
) -> Iterable[str]:
    columns = scores.unit_rows.rows("unit", "score", "consequences", "rows_not_used")
    units = {unit: (to_text(points), texts, unused) for unit, points, texts, unused in columns}
    none = ("没有这个单位", (), 0)
    for unit, wanted, _ in expected.get("得分", ()):
        yield from _differs(f"{unit}得分", wanted, units.get(unit, none)[0])
    for unit, wanted, _ in expected.get("单位后果", ()):
        yield from _differs(f"{unit}的后果", sorted(wanted), sorted(units.get(unit, none)[1]))
    for unit, wanted, _ in expected.get("未用行", ()):
        yield from _differs(f"{unit}未计入的行", wanted, units.get(unit, none)[2])
    places = {each.unit: "不排名" if each.rank is None else str(each.rank) for each in standings}
    for unit, wanted, _ in expected.get("名次", ()):
        yield from _differs(f"{unit}名次", wanted, places.get(unit, "没有这个单位"))
    if "个人后果" in expected.values:
        told = [_effect(each) for each in expected.get("个人后果")]
        found = [f"{e.unit} {e.person} {e.consequence} {_days(e.start, e.end)}" for e in scores.effects]
        yield from _differs("个人后果", sorted(told), sorted(found))
    if "未计入" in expected.values:
        yield from _left_out(expected.get("未计入"), scores)
    if "问题" in expected.values:
        codes = {found.code for found in problems if found.severity is not Severity.NOTE}
        yield from _differs("问题编号", sorted(set(expected.get("问题"))), sorted(codes))


def _effect(each: Fields) -> str:
    days = _days(each.get("自"), each.get("至"))
    return f"{each.get('单位')} {each.get('姓名')} {each.get('后果')} {days}"


def _days(start: date, end: date | None) -> str:
    return f"{start}～{end}" if end else f"{start}起"


def _left_out(wanted: Sequence[Fields], scores: Scores) -> Iterable[str]:
    """Compare with what did not count: as many rows, each with the person and the words of the reason."""
    found = list(scores.left_out_rows.rows("person", "reason"))
    yield from _differs("未计入的条数", len(wanted), len(found))
    for each in wanted:
        person, words = each.get("姓名", ""), each.get("原因")
        if not any(person == name and words in reason for name, reason in found):
            told = "；".join(f"{name}：{reason}" for name, reason in found) or "没有"
            yield f"未计入应有“{person}：{words}”，算出的是：{told}"


def _differs(what: str, wanted: object, got: object) -> Iterable[str]:
    if wanted != got:
        yield f"{what}应为 {_shown(wanted)}，算出 {_shown(got)}"


def _shown(value: object) -> str:
    return ("、".join(str(each) for each in value) or "无") if isinstance(value, list | tuple) else str(value)


_UNIT: Final = Part(
    "名册",
    "一个单位",
    (
        Key("单位", TEXT, "名称", required=True),
        Key("学段", TEXT, "学段"),
        Key("主要负责人", TEXT, "主要负责人"),
    ),
)
_EFFECT: Final = Part(
    "个人后果",
    "一项个人后果",
    (
        Key("单位", TEXT, "单位", required=True),
        Key("姓名", TEXT, "姓名", required=True),
        Key("后果", TEXT, "内容", required=True),
        Key("自", DATE, "第一天", required=True),
        Key("至", DATE, "最后一天；没有就不写"),
    ),
)
_REASON: Final = Part(
    "未计入", "没有计入的一行或一案", (Key("姓名", TEXT, "姓名"), Key("原因", TEXT, "原因中的几个字", required=True))
)
_EXPECTED: Final = Part(
    "应得",
    "应当得出的结果；没有写的不比较",
    (
        Key("得分", words_by_name("单位: 得分", TEXT), "单位得分", required=True),
        Key("单位后果", words_by_name("单位: 后果的列表", TEXTS), "单位的后果，全部列出"),
        Key("个人后果", parts_of(_EFFECT), "个人的后果，全部列出；没有写 []"),
        Key("未计入", parts_of(_REASON), "没有计入的，全部列出；没有写 []"),
        Key("未用行", words_by_name("单位: 行数", WHOLE), "因错误没有计入的行数"),
        Key("名次", words_by_name("单位: 名次", TEXT), "名次，或“不排名”"),
        Key("问题", TEXTS, "错误和警告的编号，全部列出；没有写 []"),
    ),
)
CASE: Final = Part(
    "案例",
    "一个算例",
    (
        Key("说明", TEXT, "一句话说清这个算例", required=True),
        Key("考核期", TEXT, "如 2012、2012Q1、2011学年；不写为 2012"),
        Key("截至", DATE, "截至日；不写为考核期最后一天"),
        Key("名册", parts_of(_UNIT), "这个算例自己的名册"),
        *(Key(name, _rows_of(name), f"{name}的行") for name in SCORED_TABLES),
        Key("测评", words_by_name("单位: 份数", WHOLE), "各单位的测评份数"),
        Key("应得", part_of(_EXPECTED), "应当得出的结果", required=True),
    ),
)
_FILE: Final = Part(
    "案例文件",
    "一份方案的算例",
    (Key("名册", parts_of(_UNIT), "各算例共用的名册"), Key("案例", parts_of(CASE), "算例", required=True)),
)
