"""The scores of a year's quarters or months → the year's, where a scheme says how (年度).

Each part is scored from its own 基础分, as it is by itself. The year's base is that of its parts by their factors, its
journal theirs with one row a part more that brings the points to the factor: base + Σ journal = score holds here too.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from fractions import Fraction
from typing import Any, Final

import numpy as np

from zyw.ledger import Ledger
from zyw.periods import CYCLES, Period, Span, assessed_period
from zyw.points import SCALE, whole_micro
from zyw.rowset import Ints, RowSet, objects, stacked
from zyw.rules import Note
from zyw.rules.yearly import Yearly
from zyw.ruling.effects import merge_effects
from zyw.ruling.items import ROUNDED, WEIGHED, scaled
from zyw.ruling.journal import sort_keys
from zyw.scores import Scores

YEAR: Final = "年度"
_LAST: Final = 1 << 30
"""Places of rows behind those of all rules."""
_KEPT: Final = (
    "unit_at", "name_at", "person_at", "place", "what", "date", "quantity", "points", "start", "end", "origins", "rule",
    "clause", "consequence", "unit", "person",
)  # fmt: skip


def parts_of(cycle: str, span: Span) -> list[Span]:
    """Return the 考核期 of a span that have begun on its day, one after the other; one when the span is one."""
    found: list[Span] = []
    start = span.period.start
    while start <= min(span.period.end, span.as_of):
        part = assessed_period(start, cycle)
        found.append(Span(Period(start, min(part.end, span.period.end)), None, span.as_of))
        start = part.end + timedelta(days=1)
    return found


def part_name(period: Period, cycle: str) -> str:
    """Return what a part is called: 2012年第2季度, 2012年5月."""
    months = CYCLES[cycle]
    at = (period.start.month - 1) // months + 1
    return f"{period.start.year}年第{at}季度" if months > 1 else f"{period.start.year}年{at}月"


def combined(ledger: Ledger, span: Span, parts: Sequence[Scores], unused: Ints) -> Scores:
    """Return the year's scores of those of its parts; `unused` counts the rows of each unit that nobody could use."""
    scheme = parts[0].scheme
    yearly = scheme.yearly
    assert yearly is not None
    months = CYCLES[scheme.cycle]
    factors = yearly.factors(tuple((part.span.period.start.month - 1) // months for part in parts))
    base, total, booked = _sums(ledger, yearly, parts, factors)
    journal = stacked([*(_columns(part.journal_rows) for part in parts), *booked])
    journal = journal.take(np.lexsort([journal[key] for key in sort_keys()]))
    journal = journal.take(_once(journal))
    units = parts[0].unit_rows
    rows = {"base": base, "score": total, "consequences": _stated(parts), "rows_not_used": unused}
    return replace(
        parts[0],
        span=span,
        unit_rows=RowSet({"unit": units["unit"], "kind": units["kind"], **rows}),
        journal_rows=journal,
        left_out_rows=_left_out(parts),
        effects=merge_effects(journal),
        notes=(*parts[0].notes, *_unfinished(yearly, span, parts)),
        unranked={unit: why for part in parts for unit, why in part.unranked.items()},
        item_values=_items(parts, factors),
    )


def _sums(
    ledger: Ledger, yearly: Yearly, parts: Sequence[Scores], factors: Sequence[Fraction]
) -> tuple[Ints, Ints, list[RowSet]]:
    """Return base and score of each unit, and the rows that bring each part's points to its factor."""
    size = len(parts[0].unit_rows)
    base, total = np.zeros(size, dtype=np.int64), np.zeros(size, dtype=np.int64)
    booked = []
    for at, (part, factor) in enumerate(zip(parts, factors, strict=True)):
        rows = part.unit_rows
        own, whole = (scaled(rows[name], [factor] * size) for name in ("base", "score"))
        name = f"{WEIGHED}{part_name(part.span.period, part.scheme.cycle)}"
        change = (whole - own) - (rows["score"] - rows["base"])
        booked.append(_booked(ledger, part, change, (name, yearly.clause, _LAST + at)))
        base, total = base + own, total + whole
    if yearly.places is not None:
        rounded = np.array([whole_micro(Fraction(each, SCALE), yearly.places) for each in total.tolist()], np.int64)
        named = (f"{ROUNDED}{YEAR}", yearly.clause, _LAST + len(parts))
        booked.append(_booked(ledger, parts[-1], rounded - total, named))
        total = rounded
    return base, total, booked


def _booked(ledger: Ledger, part: Scores, change: Ints, named: tuple[str, str, int]) -> RowSet:
    """Return a row of the journal for each unit whose sum changed, on the part's last day."""
    at = np.flatnonzero(change)
    rule, clause, place = named
    lines = {unit.name: (unit.origin,) for unit in ledger.units if unit.origin >= 0}
    names = part.unit_rows["unit"][at].tolist()
    day = np.datetime64(min(part.span.period.end, part.span.as_of), "s")
    size = len(at)
    whole: dict[str, Any] = {
        "unit_at": at.astype(np.int64), "name_at": -1, "person_at": -1, "place": place, "what": 0, "quantity": 0,
        "points": change[at],
    }  # fmt: skip
    columns = {name: np.broadcast_to(np.asarray(value, np.int64), (size,)) for name, value in whole.items()}
    nat = np.full(size, "NaT", dtype="datetime64[s]")
    texts = {"rule": [rule] * size, "clause": [clause] * size, "unit": names, "consequence": [""] * size}
    texts |= {"person": [""] * size, "origins": [lines.get(name, ()) for name in names]}
    words = {name: objects(values) for name, values in texts.items()}
    made = {**columns, **words, "date": np.full(size, day), "start": nat, "end": nat}
    return RowSet({name: made[name] for name in _KEPT}, size)


def _columns(rows: RowSet) -> RowSet:
    return RowSet({name: rows[name] for name in _KEPT}, len(rows))


def _once(journal: RowSet) -> Ints:
    """Return where the rows stand without the consequences that an earlier part stated too: their effect goes on."""
    names = ("unit_at", "name_at", "person_at", "what", "place", "date", "start", "end", "origins")
    seen: set[tuple[Any, ...]] = set()
    kept = journal["what"] == 0
    for at in np.flatnonzero(~kept).tolist():
        key = tuple(str(journal[name][at]) for name in names)
        kept[at] = key not in seen
        seen.add(key)
    return np.flatnonzero(kept)


def _stated(parts: Sequence[Scores]) -> Any:
    columns = [part.unit_rows["consequences"].tolist() for part in parts]
    return objects(
        [tuple(dict.fromkeys(text for texts in each for text in texts)) for each in zip(*columns, strict=True)]
    )


def _left_out(parts: Sequence[Scores]) -> RowSet:
    """Return what did not count in any part, each once."""
    rows = stacked([part.left_out_rows for part in parts])
    seen: dict[tuple[Any, ...], int] = {}
    names = ("unit", "person", "rule", "clause", "reason", "origins")
    for at, each in enumerate(rows.rows(*names)):
        seen.setdefault(each, at)
    kept = rows.take(np.array(list(seen.values()), dtype=np.int64))
    firsts = [origins[0] if origins else 1 << 62 for origins in kept["origins"].tolist()]
    return kept.take(np.argsort(np.array(firsts, dtype=np.int64), kind="stable"))


def _items(parts: Sequence[Scores], factors: Sequence[Fraction]) -> Mapping[str, Mapping[str, int]]:
    found: dict[str, dict[str, int]] = {}
    for part, factor in zip(parts, factors, strict=True):
        for name, values in part.item_values.items():
            own = found.setdefault(name, {})
            for unit, value in values.items():
                own[unit] = own.get(unit, 0) + whole_micro(Fraction(value, SCALE) * factor)
    return found


def _unfinished(yearly: Yearly, span: Span, parts: Sequence[Scores]) -> Iterable[Note]:
    """Say that not all of the year is in it, where its end has not come."""
    if span.as_of < span.period.end:
        told = f"{YEAR}得分只合成了已开始的 {len(parts)} 期，没有开始的不算在内"
        yield Note(yearly.clause, f"方案未定: {told}", everywhere=True)
