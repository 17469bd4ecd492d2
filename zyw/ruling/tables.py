"""Rows of the other tables as events: 问题台账, 材料报送, 任务台账, 活动台账, 认定.

A row that no unit of the roster owns is never an event. A row of 问题台账 whose 核实 is 否, or blank where its source
asks for it, does not count (design §7); a sheet without the column counts, with a 提示. What else keeps a row from
counting depends on the rule: its day, its fields.
"""

from collections.abc import Callable
from typing import Any, Final

import numpy as np

from zyw.columns import UNITLESS
from zyw.exact import rate_of
from zyw.handed import handed_in, with_absent
from zyw.lifecycle import each, says_done, stages
from zyw.rowset import Coded, Days, Ints, Mask, RowSet, all_texts, coded, numbered, objects, paired
from zyw.rules.fields import DONE_IN_TIME, DONE_LATE, NOT_DUE, OWN_DAY, STILL_LATE
from zyw.ruling.events import Events
from zyw.ruling.facts import Facts, Words
from zyw.ruling.issues import issue_words
from zyw.ruling.run import Run
from zyw.ruling.sanctioned import official, renamed, unit_words
from zyw.sanctions.standing import judge_sources

_PERSON: Final = {"问题台账": "当事人", "活动台账": "人员", "任务台账": "责任人", "认定": "姓名"}
_NAT: Final = np.datetime64("NaT", "D")
UNKNOWN_UNIT: Final = "单位不在名册里，或没有写单位"


def person_field(table: str) -> str:
    """Return the field that names the person a row is about, "" where the table has none."""
    return _PERSON.get(table, "")


def table_events(run: Run, table: str) -> Events:
    """Return the rows of one table that may count; the others go to what did not count. Empty without the table."""
    rows = run.ledger.rows.get(table)
    rows = RowSet({"origin": np.empty(0, dtype=np.int64)}, 0) if rows is None else rows.take(np.arange(len(rows)))
    if "单位" not in rows:
        rows["单位"] = all_texts(len(rows))
    rows = with_absent(rows, run.ledger, run.scheme.documents) if table == "材料报送" else rows
    rows["unit_at"] = _units(run, rows)
    rows["name_at"] = _names(run, rows, table)
    rows["person_at"] = run.people.number(rows["unit_at"], np.maximum(rows["name_at"], 0))
    rows["origins"] = _origins(rows["stands"] if "stands" in rows else rows["origin"])
    rows["day"] = _days(rows, OWN_DAY[table])
    rows = _able(run, rows, table)
    facts = Facts(rows, _derived(run, rows, table))
    return Events(table, rows, facts, np.zeros(len(rows), dtype=np.int64), _written(rows))


def _written(rows: RowSet) -> Ints | None:
    """Return numbers of the ledger's rows, where some stand several times in one unit; those of no sheet are many."""
    made = rows["origin"] < 0
    key = np.where(made, -1 - np.arange(len(rows)), rows["origin"])
    pairs = paired(rows["unit_at"], numbered(key))
    return None if len(np.unique(pairs)) == len(rows) else numbered(key)


def _units(run: Run, rows: RowSet) -> Ints:
    texts = rows.coded("单位")
    return texts.mapped((run.place.get(text, len(run.units)) for text in texts.texts), np.int64)


def _names(run: Run, rows: RowSet, table: str) -> Ints:
    """Return the person of each row as a place in the sorted names, -1 where none is named."""
    field = person_field(table)
    if field not in rows:
        return np.full(len(rows), -1, dtype=np.int64)
    rank = {text: at for at, text in enumerate(run.people.names)}
    texts = rows.coded(field)
    return texts.mapped((rank[text] if text else -1 for text in texts.texts), np.int64)


def _origins(origins: Ints) -> Any:
    return objects([(origin,) if origin >= 0 else () for origin in origins.tolist()])


def _able(run: Run, rows: RowSet, table: str) -> RowSet:
    """Leave out rows without a unit and, of 问题台账, those that are not verified."""
    lost = rows["unit_at"] == len(run.units)
    run.leave_out(rows, lost & ~_of_the_office(rows, table), None, UNKNOWN_UNIT)
    rows = rows.take(~lost)
    if table != "问题台账" or not len(rows):
        return rows
    judged = RowSet(
        {
            "origin": rows["origin"],
            "asked": run.faults.sheets_have(rows["origin"], "核实"),
            "verified": rows["核实"] if "核实" in rows else all_texts(len(rows)),
            "channel": rows["来源"] if "来源" in rows else all_texts(len(rows)),
            "reason": all_texts(len(rows)),
        }
    )
    judge_sources(judged, run.scheme, run.faults)
    out = judged["reason"] != ""
    run.leave_out(rows, out, None, judged["reason"][out])
    return rows.take(~out)


def _of_the_office(rows: RowSet, table: str) -> Mask:
    """Say which rows are nobody's but the office's own: they are no unit's events, and nothing is wrong with them."""
    if table not in UNITLESS:
        return np.zeros(len(rows), dtype=np.bool_)
    written = rows["单位原文"] if "单位原文" in rows else rows["单位"]
    return np.array((rows["单位"] == "") & (written == ""), dtype=np.bool_)


def _derived(run: Run, rows: RowSet, table: str) -> dict[str, Words]:
    derived = unit_words(run, rows["unit_at"])
    for field in ("类别", "来源"):
        names = official(run.scheme, field)
        if field in rows and names:
            derived[field] = _official(rows, field, names)
    makers: dict[str, Callable[[Run, RowSet], dict[str, Words]]] = {
        "问题台账": _issue_words, "材料报送": _paper_words, "任务台账": _task_words,
    }  # fmt: skip
    return derived | (makers[table](run, rows) if table in makers else {})


def _official(rows: RowSet, field: str, names: dict[str, str]) -> Words:
    return lambda: renamed(rows.coded(field), names)


def _issue_words(run: Run, rows: RowSet) -> dict[str, Words]:
    return {"办结情况": lambda: _progress(run, rows), **issue_words(run.ledger, rows, run.span.as_of)}


def _progress(run: Run, rows: RowSet) -> Coded:
    """Compare 完成日 (else 销号日) with 期限; done without a day counts as in time, as nothing says otherwise."""
    stand = stages(rows, run.span.as_of)
    finished, closed = _days(rows, "完成日"), _days(rows, "销号日")
    late = np.where(np.isnat(finished), closed, finished) > stand.due
    codes = np.where(stand.done, np.where(late, 1, 0), np.where(stand.overdue, 2, 3))
    return Coded(codes.astype(np.int64), [DONE_IN_TIME, DONE_LATE, STILL_LATE, NOT_DUE])


def _days(rows: RowSet, field: str) -> Days:
    if field not in rows:
        return np.full(len(rows), _NAT)
    return rows[field].astype("datetime64[D]")


def _paper_words(run: Run, rows: RowSet) -> dict[str, Words]:
    return {"报送情况": lambda: handed_in(rows, run.span.as_of)}


def _task_words(run: Run, rows: RowSet) -> dict[str, Words]:
    def rate() -> Coded:
        pairs = [
            rate_of(target, actual) for target, actual in zip(_cells(rows, "目标"), _cells(rows, "完成"), strict=True)
        ]
        return coded(objects(pairs))

    def done() -> Coded:
        shares = rate()
        values: list[Any] = shares.texts
        reached = shares.mapped((value is not None and value >= 1 for value in values), np.bool_)
        stated = shares.mapped((value is not None for value in values), np.bool_)
        told = each(rows, "进展", says_done)
        return Coded(np.where(np.where(stated, reached, told), 0, 1).astype(np.int64), ["完成", "未完成"])

    return {"完成率": rate, "完成情况": done}


def _cells(rows: RowSet, field: str) -> list[Any]:
    return rows[field].tolist() if field in rows else [None] * len(rows)
