"""The same job as a competent clerk who programs would write it: pandas and openpyxl, no checks, no origins.

Reads roster, issue ledger and survey export with `read_excel(engine="openpyxl")`, counts each case once, leaves out
what was revoked by the as-of day or decided outside 2012, takes 2 points a case from the unit (5 for its head), finds
heads with two cases within twelve months, computes satisfied rates, ranks within kinds, and writes a styled workbook
(排名, 得分明细, 一票否决). It knows this layout and no other, and would not notice a bad cell.
`plain.py ROSTER LEDGER SURVEY -o OUT [--scores JSON]`.
"""

import argparse
import json
from pathlib import Path
from typing import Any, Final

import pandas as pd
from openpyxl.styles import Border, Font, Side

HEADS: Final = ("校长", "园长", "书记")
MEASURES: Final = ("通报批评", "诫勉谈话", "书面告诫", "停职检查", "调离岗位", "免职")
START: Final = pd.Timestamp(2012, 1, 1)
AS_OF: Final = pd.Timestamp(2012, 12, 31)


def read_roster(path: Path) -> pd.DataFrame:
    """Return the 300 units."""
    return pd.read_excel(path, engine="openpyxl", header=1)


def read_ledger(path: Path, names: dict[str, str]) -> pd.DataFrame:
    """Return the rows of the issue ledger with one-line headings and official unit names."""
    frame = pd.read_excel(path, engine="openpyxl", header=[2, 3])
    high, low = frame.columns.get_level_values(0), frame.columns.get_level_values(1)
    frame.columns = low.where(~low.str.startswith("Unnamed"), high)
    frame["行"] = frame.index + 5
    frame = frame[frame["责任单位"].notna()].copy()
    frame["单位"] = frame["责任单位"].str.strip().map(names)
    for column in ("处理时间", "撤销时间"):
        frame[column] = to_days(frame[column])
    return frame


def to_days(column: "pd.Series[Any]") -> "pd.Series[Any]":
    """Return the days of a column of date cells, some written `2012.3.5` or `2012年3月5日`."""
    text = (
        column.astype("object").fillna("").astype("str").str.replace(r"[年月./]", "-", regex=True).str.replace("日", "")
    )
    return pd.to_datetime(text.str.split(" ").str[0], format="%Y-%m-%d", errors="coerce")


def cases(ledger: pd.DataFrame) -> pd.DataFrame:
    """Return one row a case that stands: sanctioned, not revoked by the as-of day, decided by then."""
    rows = ledger[ledger["当事人"].notna() & ledger["处理结果"].isin(MEASURES) & ledger["处理时间"].notna()]
    rows = rows[~(rows["撤销时间"] <= AS_OF) & (rows["处理时间"] <= AS_OF)]
    rows = rows.drop_duplicates(["案号", "单位", "当事人"]).copy()
    rows["主要领导"] = rows["职务"].isin(HEADS)
    return rows


def journal(standing: pd.DataFrame) -> pd.DataFrame:
    """Return what each case of 2012 costs."""
    rows = standing[standing["处理时间"] >= START].copy()
    rows["规则"] = rows["主要领导"].map({True: "主要领导追责", False: "干部教师追责"})
    rows["分值"] = rows["主要领导"].map({True: -5, False: -2})
    rows["处理时间"] = rows["处理时间"].dt.date
    return rows[["单位", "当事人", "职务", "规则", "案号", "处理结果", "处理时间", "分值", "行"]]


def vetoed(standing: pd.DataFrame) -> pd.DataFrame:
    """Return the heads with a case of 2012 and another at most twelve months before it."""
    heads = standing[standing["主要领导"]].sort_values(["单位", "当事人", "处理时间"]).copy()
    heads["上次"] = heads.groupby(["单位", "当事人"])["处理时间"].shift()
    near = heads["处理时间"] <= heads["上次"] + pd.DateOffset(months=12)
    found = heads[near & (heads["处理时间"] >= START)]
    return found[["单位", "当事人", "上次", "处理时间"]]


def satisfied(path: Path, names: dict[str, str]) -> "pd.Series[Any]":
    """Return (非常满意 + 满意) ÷ (all but 不了解) over all questions, by unit."""
    frame = pd.read_excel(path, engine="openpyxl")
    unit = frame["1、您孩子就读的学校"].str.strip().map(names)
    answers = frame[[column for column in frame.columns if "满意" in column]]
    good = answers.isin(["非常满意", "满意"]).sum(axis=1).groupby(unit).sum()
    known = (answers.notna() & (answers != "不了解")).sum(axis=1).groupby(unit).sum()
    return good / known


def ranked(roster: pd.DataFrame, detail: pd.DataFrame, rates: "pd.Series[Any]") -> pd.DataFrame:
    """Return the units with score and place within their kind; equal scores share a place."""
    table = roster[["单位名称", "学段"]].rename(columns={"单位名称": "单位"})
    table["基础分"] = 100
    table["扣分"] = table["单位"].map(detail.groupby("单位")["分值"].sum()).fillna(0).astype(int)
    table["得分"] = table["基础分"] + table["扣分"]
    hit = detail.loc[detail["规则"] == "主要领导追责", "单位"]
    table["结果"] = table["单位"].isin(hit).map({True: "取消评先资格", False: ""})
    table["满意率"] = table["单位"].map(rates).round(4)
    table["名次"] = table.groupby("学段")["得分"].rank(method="min", ascending=False).astype(int)
    return table.sort_values(["学段", "名次", "单位"])


def write(path: Path, sheets: dict[str, pd.DataFrame]) -> None:
    """Write the frames; borders and fonts for the ranked table and the headings."""
    thin = Side(style="thin")
    border, font = Border(left=thin, right=thin, top=thin, bottom=thin), Font(name="宋体", size=11)
    with pd.ExcelWriter(path, engine="openpyxl") as writer:
        for name, frame in sheets.items():
            frame.to_excel(writer, sheet_name=name, index=False)
            sheet = writer.sheets[name]
            sheet.freeze_panes = "C2"
            for row in sheet.iter_rows(max_row=None if name == "排名" else 1):
                for cell in row:
                    cell.border = border
                    cell.font = font


def main() -> None:
    """Read three files, write one."""
    parser = argparse.ArgumentParser(description="the same job in plain pandas + openpyxl")
    parser.add_argument("files", nargs=3, type=Path, help="roster, ledger, survey")
    parser.add_argument("-o", dest="output", type=Path, required=True)
    parser.add_argument("--scores", type=Path)
    options = parser.parse_args()
    roster_path, ledger_path, survey_path = options.files
    roster = read_roster(roster_path)
    names = dict(zip(roster["单位名称"], roster["单位名称"], strict=True)) | dict(
        zip(roster["简称"], roster["单位名称"], strict=True)
    )
    standing = cases(read_ledger(ledger_path, names))
    detail = journal(standing)
    table = ranked(roster, detail, satisfied(survey_path, names))
    write(options.output, {"排名": table, "得分明细": detail, "一票否决": vetoed(standing)})
    if options.scores:
        scores = {unit: str(score) for unit, score in zip(table["单位"], table["得分"], strict=True)}
        options.scores.write_text(json.dumps(scores, ensure_ascii=False, indent=0), encoding="utf-8")


if __name__ == "__main__":
    main()
