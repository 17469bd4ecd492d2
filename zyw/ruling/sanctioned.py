"""Cases as events: a case is what 计数: 案件 counts once; its fields are those of its earliest standing row."""

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np

from zyw.cells import key
from zyw.ledger import Ledger
from zyw.rowset import Coded, Ints, RowSet, coded, objects
from zyw.rules import SANCTIONS
from zyw.rules.fields import CLASS
from zyw.ruling.events import COLUMNS, Events
from zyw.ruling.facts import Facts, Words
from zyw.ruling.run import Run
from zyw.sanctions.rows import SOURCES
from zyw.scheme import Scheme

_LEDGER_NAMES = {"姓名": "当事人", "处理方式": "处理结果", "是否核实": "核实"}
_TEXTS = {"类别": "category", "来源": "channel", "情节": "gravity"}


def case_events(run: Run, cases: RowSet, standing: RowSet) -> Events:
    """Return the cases of `standing` as events of 追责台账."""
    texts = standing.take(cases["first"], ("origin", *_TEXTS.values()))
    facts = sanction_facts(run, cases, texts)
    return Events(SANCTIONS, cases.take(np.arange(len(cases)), COLUMNS), facts, np.zeros(len(cases), dtype=np.int64))


def sanction_facts(run: Run, rows: RowSet, texts: RowSet) -> Facts:
    """Return the fields of cases (or rows): `rows` has level, severest and unit_at, `texts` the words and `origin`."""
    scheme = run.scheme
    names, tracks = [m.name for m in scheme.measures], [m.track for m in scheme.measures]
    derived: dict[str, Words] = {
        "职务层级": lambda: Coded(rows["level"], list(scheme.levels.order)),
        "处理方式": lambda: Coded(rows["severest"], names),
        "处理类型": lambda: Coded(rows["severest"], tracks),
        **unit_words(run, rows["unit_at"]),
    }
    for field, column in _TEXTS.items():
        derived[field] = _named(texts, column, official(scheme, field))
    for table in SOURCES:
        for name in run.ledger.rows[table.table].columns if table.table in run.ledger.rows else ():
            derived.setdefault(name, _written(run.ledger, texts["origin"], name))
    return Facts(rows, derived)


def official(scheme: Scheme, field: str) -> dict[str, str]:
    """Return how words of a ledger read as the scheme's: a behaviour as its class, an alias as its channel."""
    if field == "类别":
        return {key(word): each.name for each in scheme.categories for word in (*each.behaviours, each.name)}
    if field == "来源":
        return {key(word): each.name for each in scheme.channels for word in (*each.aliases, each.name)}
    return {}


def renamed(words: Coded, names: dict[str, str]) -> Coded:
    """Return a column with its words replaced by the scheme's where it knows them."""
    return Coded(words.codes, [names.get(key(text), text) for text in words.texts]) if names else words


def _named(rows: RowSet, column: str, names: dict[str, str]) -> Words:
    return lambda: renamed(rows.coded(column), names)


def unit_words(run: Run, unit_at: Ints) -> dict[str, Words]:
    """Return 学段, 在职人数 and 单位类别 of the unit of each row."""
    staff: list[Any] = [*(unit.staff if unit else None for unit in run.roster), None]
    return {
        "学段": lambda: Coded(unit_at, [*run.kinds, ""]),
        "在职人数": lambda: Coded(unit_at, staff),
        CLASS: lambda: Coded(unit_at, [*run.classes, ""]),
    }


def _written(ledger: Ledger, origins: Ints, name: str) -> Words:
    """Return a field of the ledgers' own rows by their origins; 姓名 is 当事人 in 问题台账."""
    return lambda: coded(_column(ledger, origins, (name, _LEDGER_NAMES.get(name, name))))


def _column(ledger: Ledger, origins: Ints, names: Sequence[str]) -> Any:
    found = objects([""] * len(origins)) if len(origins) else np.empty(0, dtype=object)
    for table, rows in _tables(ledger):
        name = next((name for name in names if name in rows), None)
        if name is None or not len(rows):
            continue
        del table
        order = np.argsort(rows["origin"], kind="stable")
        at = np.minimum(np.searchsorted(rows["origin"], origins, sorter=order), len(rows) - 1)
        here = rows["origin"][order[at]] == origins
        found[here] = rows[name][order[at[here]]]
    return found


def _tables(ledger: Ledger) -> Iterable[tuple[str, RowSet]]:
    return ((each.table, ledger.rows[each.table]) for each in SOURCES if each.table in ledger.rows)
