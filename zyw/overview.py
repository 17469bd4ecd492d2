"""Results as short rows for a terminal: what each sheet is, who has which score, who stands where."""

from collections.abc import Iterable, Sequence
from typing import Final

from zyw.ledger import SheetReport
from zyw.points import to_text
from zyw.scores import Scores, Standing

SCORE_HEADS: Final = ("单位", "学段", "基础分", "得分", "后果", "未计入行数")
RANK_HEADS: Final = ("学段", "名次", "单位", "得分", "后果", "备注")


def sheet_lines(sheets: Sequence[SheetReport]) -> list[str]:
    """Return two lines a sheet: what it was taken for and where its header is, then its columns."""
    text = []
    for sheet in sheets:
        where = f"{sheet.file} ▸ {sheet.sheet}" if sheet.sheet else sheet.file
        if sheet.table is None:
            text.append(f"{where}：不是台账，没有读入")
            continue
        text.append(f"{where}：{sheet.table}，表头第 {_rows(sheet.header_rows)} 行，{sheet.rows} 行")
        columns = [f"{c.letter} {c.label}＝{c.field}" for c in sheet.columns if c.field]
        unknown = [f"{c.letter} {c.label}" for c in sheet.columns if not c.field and c.label]
        if columns:
            text.append("      " + "，".join(columns) + (f"；没有用的列：{'，'.join(unknown)}" if unknown else ""))
    return text


def _rows(numbers: Sequence[int]) -> str:
    return str(numbers[0]) if len(numbers) == 1 else f"{numbers[0]}–{numbers[-1]}"


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
        remark = [standing.grade or "", standing.excluded or "", f"有 {unused} 行未计入" if unused else ""]
        place = f"{standing.rank}{'（并列）' if standing.tied else ''}" if standing.rank else "不排名"
        shown = (to_text(score), "、".join(consequences), "；".join(text for text in remark if text))
        rows.append((standing.group, place, standing.unit, *shown))
    return rows
