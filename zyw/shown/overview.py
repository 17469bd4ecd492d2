"""Results as short rows for a terminal: what each sheet is, who has which score, who stands where."""

from collections.abc import Iterable, Sequence
from typing import Final

from zyw.finding.around import LABELS
from zyw.intake.body import runs
from zyw.ledger import BLANK_SHEET, ColumnReport, SheetReport
from zyw.points import to_text
from zyw.scores import Scores, Standing
from zyw.shown.widths import table, width
from zyw.survey.answers import ROLES

SCORE_HEADS: Final = ("单位", "学段", "基础分", "得分", "后果", "未计入行数")
INDENT: Final = " " * 6
LABEL_WIDTH: Final = 40
"""Columns of a terminal for a label in the long form."""
RANK_HEADS: Final = ("学段", "名次", "单位", "得分", "后果", "备注")


def sheet_lines(sheets: Sequence[SheetReport], *, long: bool = False) -> list[str]:
    """Return what each sheet was taken for: in short, or (`long`) with all that it rests on, within 80 columns."""
    return [line for sheet in sheets for line in (_long(sheet) if long else _short(sheet))]


def _head(sheet: SheetReport) -> str:
    where = f"{sheet.file} ▸ {sheet.sheet}" if sheet.sheet else sheet.file
    if sheet.table is None:
        blank = BLANK_SHEET if sheet.reason == BLANK_SHEET else ""
        return f"{where}：{blank or ('没有读入' if sheet.reason else '不是台账，没有读入')}"
    left = "，".join(f"{reason} {len(rows)} 行" for reason, rows in sheet.left_out)
    rows = f"{where}：{sheet.table}，表头第 {runs(sheet.header_rows)} 行，{sheet.rows} 行"
    return f"{rows}；没算的：{left}" if left else rows


def _short(sheet: SheetReport) -> list[str]:
    columns = [f"{c.letter} {c.label}＝{c.field}" for c in sheet.columns if c.field]
    unknown = [f"{c.letter} {c.label}" for c in sheet.columns if not c.field and c.label]
    said = "，".join(columns) + (f"；没有用的列：{'，'.join(unknown)}" if unknown else "")
    return [_head(sheet), f"{INDENT}{said}"] if columns else [_head(sheet)]


def _long(sheet: SheetReport) -> list[str]:
    """Return the head, the weight of the header, the lines around the table, its columns and the rows left out."""
    if sheet.table is None:
        return [_head(sheet), *(INDENT + line for line in sheet.reason.split("\n") if line not in ("", BLANK_SHEET))]
    others = "，".join(f"{name} {score} 分" for name, score in sheet.rivals)
    known = sum(1 for c in sheet.columns if c.field)
    weight = f"认出 {known} 列，{sheet.score} 分" if known else f"{sheet.score} 分"
    lines = [_head(sheet), f"{INDENT}{weight}；也像 {others}" if others else f"{INDENT}{weight}"]
    facts = [f"{LABELS[name]} {sheet.facts[name]}" for name in LABELS if name in sheet.facts]
    if facts:
        lines.append(INDENT + "，".join(facts))
    cells = [(c.letter, _fitted(c.label), *_taken(c)) for c in sheet.columns]
    lines += [INDENT + line for line in table(("列", "表头", "读作", "凭什么"), cells)]
    return lines + [f"{INDENT}没算的：{reason} 第 {runs(rows)} 行" for reason, rows in sheet.left_out]


def _taken(column: ColumnReport) -> tuple[str, str]:
    """Return as what a column was read, and by what."""
    if column.field:
        return column.field, column.how
    if column.how in ROLES:
        return column.how, ""
    return ("不读", column.how) if column.how else ("没有用", "")


def _fitted(label: str) -> str:
    """Return a label cut so that the table keeps within 80 columns."""
    shown = label
    while width(shown) > LABEL_WIDTH:
        shown = shown[:-1]
    return shown if shown == label else f"{shown}…"


def score_rows(scores: Scores) -> list[tuple[str, ...]]:
    """Return a row a unit in roster order, under `SCORE_HEADS`."""
    names = ("unit", "kind", "base", "score", "consequences", "rows_not_used")
    return [
        (unit, kind, to_text(base), to_text(score), "、".join(consequences), str(unused) if unused else "")
        for unit, kind, base, score, consequences, unused in scores.unit_rows.rows(*names)
    ]


def rank_rows(scores: Scores, standings: Iterable[Standing]) -> list[tuple[str, ...]]:
    """Return a row a unit under `RANK_HEADS`, in the order of the ranking; why a unit has no place is its remark."""
    names = ("unit", "score", "consequences", "rows_not_used")
    known = {unit: rest for unit, *rest in scores.unit_rows.rows(*names)}
    rows: list[tuple[str, ...]] = []
    for standing in standings:
        score, consequences, unused = known[standing.unit]
        remark = [
            f"等次：{standing.grade}" if standing.grade else "",
            standing.excluded or "",
            f"有 {unused} 行未计入" if unused else "",
        ]
        place = f"{standing.rank}{'（并列）' if standing.tied else ''}" if standing.rank else "不排名"
        shown = (to_text(score), "、".join(consequences), "；".join(text for text in remark if text))
        rows.append((standing.group, place, standing.unit, *shown))
    return rows
