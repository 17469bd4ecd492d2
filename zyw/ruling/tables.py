"""Rows of the other tables as events: 问题台账, 材料报送, 任务台账, 活动台账, 认定.

A row that no unit of the roster owns is never an event. A row of 问题台账 whose 核实 is 否, or blank where its source
asks for it, does not count (design §7); a sheet without the column counts, with a 提示. What else keeps a row from
counting depends on the rule: its day, its fields.
"""

from collections.abc import Callable
from decimal import Decimal
from typing import Any, Final

import numpy as np

from zyw.cells import key
from zyw.lifecycle import each, says_done, stages
from zyw.rowset import Coded, Days, Ints, RowSet, all_texts, coded, numbered, objects, paired
from zyw.rules import Document
from zyw.rules.fields import ABSENT, DONE_IN_TIME, DONE_LATE, IN_TIME, LATE, NOT_DUE, OWN_DAY, STILL_LATE
from zyw.ruling.events import Events
from zyw.ruling.facts import Facts, Words, fraction
from zyw.ruling.issues import issue_words
from zyw.ruling.run import Run
from zyw.ruling.sanctioned import official, renamed, unit_words
from zyw.sanctions.standing import judge_sources

_PERSON: Final = {"问题台账": "当事人", "活动台账": "人员", "任务台账": "责任人", "认定": "姓名"}
_NAT: Final = np.datetime64("NaT", "D")
FREED: Final = "免报"
"""Why a wide table has no row for a unit and a document (`zyw.intake.unpivot`)."""
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
    rows = _with_absent(run, rows) if table == "材料报送" else rows
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
    run.leave_out(rows, lost, None, UNKNOWN_UNIT)
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


def _with_absent(run: Run, rows: RowSet) -> RowSet:
    """Fill in the deadlines that the scheme states, and add a row for each unit that has none for a document owed.

    Only documents that the table tells of at all: for one nobody reported, the table may simply not be kept.
    Such a row stands on the unit's line of the roster.
    """
    found = rows.take(np.arange(len(rows)))
    found["报送日"], found["应报日"] = _days(rows, "报送日"), _days(rows, "应报日")
    if "材料名称" not in rows:
        return found
    names = found.coded("材料名称")
    owed = {key(word): each for each in run.scheme.documents for word in (each.name, *each.aliases)}
    due = names.mapped((_due(owed.get(key(text))) for text in names.texts), "datetime64[D]")
    found["应报日"] = np.where(np.isnat(found["应报日"]), due, found["应报日"])
    found["材料名称"] = names.mapped(owed[key(text)].name if key(text) in owed else text for text in names.texts)
    return _absent(run, found) if run.ledger.has_roster else found


def _due(document: Document | None) -> Any:
    return np.datetime64(document.due) if document and document.due else _NAT


def _absent(run: Run, rows: RowSet) -> RowSet:
    told = set(rows.coded("材料名称").texts) - _freed(run, rows)
    known = set(zip(rows["单位"].tolist(), rows["材料名称"].tolist(), strict=True))
    missing = [
        (unit.name, each, unit.origin)
        for each in run.scheme.documents
        if each.name in told and each.due
        for unit in run.ledger.units
        if (unit.name, each.name) not in known
    ]
    if not missing:
        return rows
    size = len(missing)
    added: dict[str, Any] = {name: _blank(column, size) for name, column in rows.columns.items()}
    added["单位"], added["材料名称"] = objects([m[0] for m in missing]), objects([m[1].name for m in missing])
    added["应报日"] = np.array([_due(m[1]) for m in missing], dtype="datetime64[D]")
    found = RowSet({name: np.concatenate([column, added[name]]) for name, column in rows.columns.items()})
    roster = np.array([m[2] for m in missing], dtype=np.int64)
    found["stands"] = np.concatenate([rows["origin"], roster])
    return found


def _freed(run: Run, rows: RowSet) -> set[str]:
    """Return the documents that a sheet frees some unit from (免报 is no row): there a missing row says nothing."""
    sheets = {(each.file, each.sheet) for each in run.ledger.sheets if any(why == FREED for why, _ in each.left_out)}
    if not sheets:
        return set()
    places = [run.ledger.origins.block(origin) for origin in rows["origin"].tolist()]
    names = rows["材料名称"].tolist()
    return {name for name, block in zip(names, places, strict=True) if (block.file, block.sheet) in sheets}


def _blank(column: Any, size: int) -> Any:
    if column.dtype.kind == "M":
        return np.full(size, "NaT", dtype=column.dtype)
    if column.dtype.kind == "i":
        return np.full(size, -1, dtype=np.int64)
    numeric = any(value is None or isinstance(value, Decimal) for value in column[:50].tolist())
    return np.full(size, None if numeric else "", dtype=object)


def _paper_words(run: Run, rows: RowSet) -> dict[str, Words]:
    def read() -> Coded:
        as_of = np.datetime64(run.span.as_of)
        handed, due = _days(rows, "报送日"), _days(rows, "应报日")
        handed = np.where(handed > as_of, _NAT, handed)
        counted = rows.coded("份数") if "份数" in rows else None
        given = counted.mapped((bool(fraction(n)) for n in counted.texts), np.bool_) if counted else None
        there = ~np.isnat(handed) | (given if given is not None else np.zeros(len(rows), dtype=np.bool_))
        there |= np.isnat(handed) & each(rows, "是否报送", lambda text: text == "是")
        late = ~np.isnat(due) & (handed > due)
        codes = np.where(there, np.where(late, 1, 0), np.where(due < as_of, 2, 3))
        return Coded(codes.astype(np.int64), [IN_TIME, LATE, ABSENT, NOT_DUE])

    return {"报送情况": read}


def _task_words(run: Run, rows: RowSet) -> dict[str, Words]:
    def rate() -> Coded:
        pairs = [
            _share(target, actual) for target, actual in zip(_cells(rows, "目标"), _cells(rows, "完成"), strict=True)
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


def _share(target: Any, actual: Any) -> Any:
    """Return 完成 ÷ 目标; without a target above 0 there is no rate."""
    wanted, got = fraction(target), fraction(actual)
    return None if wanted is None or got is None or wanted <= 0 else got / wanted
