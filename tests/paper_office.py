"""A small office by hand: ledger, scores and standings as scoring documents them, for the tests of papers."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

import zyw
from zyw.facts import Facts, compute
from zyw.ledger import Ledger, SheetReport
from zyw.naming.units import Unit
from zyw.origins import Block, Origins
from zyw.periods import Period, Span
from zyw.rowset import RowSet
from zyw.scheme import Scheme, load_scheme
from zyw.scores import JOURNAL, NOT_COUNTED, UNITS, Effect, Note, Scores, Standing
from zyw.survey.rates import Rate

HOME = Path(zyw.__file__).parent
MAY = Span(Period(date(2012, 1, 1), date(2012, 5, 31)), Period(date(2012, 5, 1), date(2012, 5, 31)), date(2012, 5, 31))
YEAR = Span(Period(date(2012, 1, 1), date(2012, 12, 31)), None, date(2012, 12, 31))
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"

ISSUES = (
    # 单位, 编号, 类别, 来源, 发现日, 期限, 完成日, 销号日, 状态
    ("大垸中学", "1", "遵章守纪不严", "督查暗访", "2012-05-03", "2012-05-20", "2012-05-18", "2012-05-25", "已销号"),
    ("大垸中学", "2", "迟到早退", "暗访", "2012-05-04", "2012-05-20", "", "", "整改中"),
    ("中心小学", "3", "责任意识不强", "上级通报", "2012-05-10", "2012-06-20", "", "", "整改中"),
    ("中心小学", "4", "", "", "2012-05-11", "2012-05-31", "", "", ""),
    ("一小", "5", "工作作风不实", "群众举报", "2012-02-01", "2012-03-01", "", "", "已整改完成"),
    ("一小", "6", "工作作风不实", "督查暗访", "2011-12-01", "2012-01-31", "", "", "基本完成"),
    ("一小", "7", "履职能力不够", "督查暗访", "", "", "", "", "整改中"),
    ("一小", "8", "履职能力不够", "督查暗访", "2012-06-02", "2012-06-09", "", "", ""),
    ("", "9", "履职能力不够", "督查暗访", "2012-05-02", "2012-05-09", "", "", ""),
)
SANCTIONS = (
    # 单位, 案号, 姓名, 职务, 处理方式, 处理时间, 来源, 是否核实, 撤销时间
    ("大垸中学", "A1", "张三", "校长", "通报批评、诫勉谈话", "2012-05-08", "督查暗访", "", ""),
    ("大垸中学", "A2", "张四", "教师", "通报批评", "2012-02-08", "督查暗访", "", ""),
    ("中心小学", "A3", "欧阳修文", "教师", "诫勉谈话", "2012-05-09", "群众举报", "", ""),
    ("一小", "A4", "李五", "教师", "诫勉谈话", "2012-03-09", "上级通报", "", "2012-05-01"),
)
PAPERS = (
    # 单位, 材料名称, 应报日, 报送日
    ("一小", "整改报告", "2012-03-12", "2012-03-15"),
    ("中心小学", "整改报告", "2012-03-12", ""),
    ("大垸中学", "整改报告", "2012-03-12", "2012-03-12"),
)
UNITS_OF = (("大垸中学", "初中"), ("中心小学", "小学"), ("一小", "小学"), ("幼儿园", "幼儿园"))


def scheme() -> Scheme:
    found, _ = load_scheme((HOME / "schemes" / "dayuan-2011.yaml").read_text(encoding="utf-8"), "dayuan-2011.yaml")
    assert found is not None
    return found


def template(name: str) -> bytes:
    return (HOME / "templates" / f"{name}.docx").read_bytes()


def frame(fields: Sequence[str], rows: Sequence[Sequence[str]], first: int) -> pd.DataFrame:
    columns: dict[str, Any] = {}
    for place, name in enumerate(fields):
        values = [row[place] for row in rows]
        dated = name.endswith(("日", "时间")) or name == "期限"
        columns[name] = (
            np.array([value or "NaT" for value in values], dtype="datetime64[s]")
            if dated
            else np.array(values, dtype=object)
        )
    columns["origin"] = np.arange(first, first + len(rows), dtype=np.int64)
    return pd.DataFrame(columns)


def ledger(
    tables: Mapping[str, tuple[str, Sequence[Sequence[str]]]],
    units: Sequence[tuple[str, str]] = UNITS_OF,
    faults: frozenset[tuple[int, str]] = frozenset(),
) -> Ledger:
    frames, blocks, first = {}, [], 0
    for name, (fields, rows) in tables.items():
        names = fields.split()
        frames[name] = frame(names, rows, first)
        letters = {field: LETTERS[place] for place, field in enumerate(names)}
        blocks.append(Block(f"{name}.xlsx", name, name, (2,), first, range(3, 3 + len(rows)), letters))
        first += len(rows)
    return Ledger(
        units=tuple(Unit(unit, kind) for unit, kind in units),
        has_roster=True,
        rows={name: RowSet.of(table) for name, table in frames.items()},
        origins=Origins(tuple(blocks)),
        faults=faults,
    )


ISSUE_FIELDS = "单位 编号 类别 来源 发现日 期限 完成日 销号日 状态"
SANCTION_FIELDS = "单位 案号 姓名 职务 处理方式 处理时间 来源 是否核实 撤销时间"
PAPER_FIELDS = "单位 材料名称 应报日 报送日"


def small_ledger(faults: frozenset[tuple[int, str]] = frozenset()) -> Ledger:
    return ledger(
        {
            "问题台账": (ISSUE_FIELDS, ISSUES),
            "追责台账": (SANCTION_FIELDS, SANCTIONS),
            "材料报送": (PAPER_FIELDS, PAPERS),
        },
        faults=faults,
    )


def scores(  # noqa: PLR0917 - a table of a result, part by part
    span: Span,
    units: Sequence[tuple[str, str]],
    journal: Sequence[tuple[Any, ...]] = (),
    not_counted: Sequence[tuple[Any, ...]] = (),
    effects: Sequence[Effect] = (),
    notes: Sequence[Note] = (),
) -> Scores:
    moved = pd.DataFrame(list(journal), columns=list(JOURNAL))
    for name in ("date", "start", "end"):
        moved[name] = np.array([value or "NaT" for value in moved[name]], dtype="datetime64[s]")
    moved = moved.astype({"points": "int64", "quantity": "int64"})
    lost = moved.groupby("unit")["points"].sum().to_dict() if len(moved) else {}
    said = {unit: tuple(moved[(moved["unit"] == unit) & (moved["person"] == "")]["consequence"]) for unit, _ in units}
    rows = [
        (unit, kind, 100_000_000, 100_000_000 + int(lost.get(unit, 0)), tuple(text for text in said[unit] if text), 0)
        for unit, kind in units
    ]
    return Scores(
        scheme=scheme(),
        span=span,
        unit_rows=RowSet.of(pd.DataFrame(rows, columns=list(UNITS))),
        journal_rows=RowSet.of(moved),
        left_out_rows=RowSet.of(pd.DataFrame(list(not_counted), columns=list(NOT_COUNTED))),
        effects=tuple(effects),
        notes=tuple(notes),
        fields={"主要领导追责": ("处理方式", "处理时间"), "干部教师追责": ("处理方式", "处理时间")},
    )


CLAUSE = "五(三)4办法2"
MILLION = 1_000_000


def small_scores(span: Span = MAY) -> Scores:
    first = len(ISSUES)
    return scores(
        span,
        UNITS_OF,
        (
            ("大垸中学", "张三", "主要领导追责", CLAUSE, "2012-05-08", MILLION, -5 * MILLION, "", "", "", (first,)),
            (
                "大垸中学",
                "",
                "主要领导追责",
                CLAUSE,
                "2012-05-08",
                0,
                0,
                "取消评先资格",
                "2012-01-01",
                "2012-12-31",
                (first,),
            ),
            ("大垸中学", "张四", "干部教师追责", CLAUSE, "2012-02-08", MILLION, -2 * MILLION, "", "", "", (first + 1,)),
        ),
        (
            ("中心小学", "欧阳修文", "干部教师追责", CLAUSE, "来源“群众举报”须经核实，没有写核实", (first + 2,)),
            ("一小", "李五", "干部教师追责", CLAUSE, "已撤销 2012-05-01", (first + 3,)),
        ),
        (
            Effect("大垸中学", "张三", "不得晋职晋级", date(2012, 5, 8), date(2013, 5, 7), CLAUSE, (first,)),
            Effect("大垸中学", "张四", "不得评优评先", date(2012, 1, 1), date(2012, 12, 31), CLAUSE, (first + 1,)),
        ),
        (Note("方案", "文件没有写年度综合考核的基础分，这里按 100 分起算"),),
    )


def small_standings() -> tuple[Standing, ...]:
    return (
        Standing("大垸中学", "初中", 1, 1, False, None),
        Standing("中心小学", "小学", 1, 2, True, None),
        Standing("一小", "小学", 1, 2, True, None),
        Standing("幼儿园", "幼儿园", None, 0, False, "没有测评数据"),
    )


def small_facts(span: Span = MAY, missing: Sequence[str] = ()) -> Facts:
    rates = {"中心小学": Rate(60, 40, 60), "一小": Rate(3, 3, 3)}
    return compute(small_ledger(), scheme(), small_scores(span), small_standings(), rates, missing)


def empty_facts(span: Span = MAY, given: Sequence[str] = ("问题台账", "追责台账", "材料报送")) -> Facts:
    """Return the facts of ledgers that hold a header and no row; those not `given` are not there at all."""
    standings = tuple(Standing(unit, kind, 1, 1, False, None) for unit, kind in UNITS_OF)
    heads = tuple(SheetReport(f"{name}.xlsx", name, name) for name in given)
    return compute(replace(ledger({}), sheets=heads), scheme(), scores(span, UNITS_OF), standings, {})
