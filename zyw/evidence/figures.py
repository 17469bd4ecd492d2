"""The figures of a month, and what differs between two of them: scores, places, and the rows of the journal behind.

Figures are the JSON of a ranking without its problems: units, journal, persons, not_counted. A journal row is known by
unit, person, rule, clause, day and consequence; its points and its place in the ledgers may change.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final, TypeAlias

Figures: TypeAlias = Mapping[str, Any]
KEPT: Final = ("scheme", "period", "reporting", "as_of", "units", "journal", "persons", "not_counted", "missing_inputs")
_ROW: Final = ("unit", "person", "rule", "clause", "date", "quantity", "points", "consequence")


@dataclass(frozen=True, slots=True)
class UnitChange:
    """What changed for a unit: None where it was, or is, not scored or not ranked; `why` is a line a journal row."""

    unit: str
    old_score: str | None
    new_score: str | None
    old_rank: int | None
    new_rank: int | None
    old_consequences: tuple[str, ...]
    new_consequences: tuple[str, ...]
    why: tuple[str, ...]


def figures(payload: Mapping[str, Any]) -> dict[str, Any]:
    """Return what of a ranking's JSON is figures."""
    return {name: payload[name] for name in KEPT}


def unequal(old: Figures, new: Figures) -> tuple[str, ...]:
    """Return in words where two figures differ, nothing when all are equal: for the proof of a sealed month."""
    told = [f"{_NAMES[name]}不同" for name in _WHOLE if old.get(name) != new.get(name)]
    for change in changes(old, new):
        told.append(f"{change.unit}：{_score(change)}")
        told += [f"{change.unit}：{line}" for line in change.why]
    before, after, said = _by_unit(old), _by_unit(new), {change.unit for change in changes(old, new)}
    told += [
        f"{unit}：组别、参加数或别的数不同"
        for unit in sorted(before.keys() & after.keys() - said)
        if before[unit] != after[unit]
    ]
    for name in ("persons", "not_counted"):
        lost, gained = _difference(old[name], new[name])
        if lost or gained:
            told.append(f"{_NAMES[name]}：少了 {len(lost)} 条，多了 {len(gained)} 条")
    return tuple(told)


_WHOLE: Final = ("scheme", "period", "reporting", "as_of", "missing_inputs")
_NAMES: Final = {
    "scheme": "方案", "period": "考核期", "reporting": "报告期", "as_of": "截至日", "missing_inputs": "缺的文件",
    "persons": "对个人的后果",     "not_counted": "未计入",
}  # fmt: skip


def changes(old: Figures, new: Figures) -> tuple[UnitChange, ...]:
    """Return the units whose score, place, consequences or journal changed, in name order."""
    before, after = _by_unit(old), _by_unit(new)
    lost, gained = _difference(old["journal"], new["journal"])
    found = []
    for unit in sorted({*before, *after}):
        was, now = before.get(unit, {}), after.get(unit, {})
        why = _reasons(unit, lost, gained, new["not_counted"])
        change = UnitChange(
            unit,
            was.get("score"),
            now.get("score"),
            was.get("rank"),
            now.get("rank"),
            tuple(was.get("consequences", ())),
            tuple(now.get("consequences", ())),
            why,
        )
        if why or (change.old_score, change.old_rank, change.old_consequences) != (
            change.new_score,
            change.new_rank,
            change.new_consequences,
        ):
            found.append(change)
    return tuple(found)


def _by_unit(of: Figures) -> dict[str, Mapping[str, Any]]:
    return {entry["unit"]: entry for entry in of["units"]}


def _difference(
    old: Sequence[Mapping[str, Any]], new: Sequence[Mapping[str, Any]]
) -> tuple[list[Mapping[str, Any]], list[Mapping[str, Any]]]:
    """Return the rows that only one of two lists has, each as often as it has more of them."""
    return _only(old, Counter(map(_key, new))), _only(new, Counter(map(_key, old)))


def _only(rows: Iterable[Mapping[str, Any]], others: "Counter[tuple[Any, ...]]") -> list[Mapping[str, Any]]:
    left = Counter(others)
    found = []
    for row in rows:
        if left[_key(row)] > 0:
            left[_key(row)] -= 1
        else:
            found.append(row)
    return found


def _key(row: Mapping[str, Any]) -> tuple[Any, ...]:
    """Return what a row is known by; where it stands may change when rows are inserted above it."""
    names = [name for name in (*_ROW, "reason", "from", "to") if name in row]
    return tuple((name, row[name]) for name in names)


def _reasons(
    unit: str,
    lost: Iterable[Mapping[str, Any]],
    gained: Iterable[Mapping[str, Any]],
    left_out: Iterable[Mapping[str, Any]],
) -> tuple[str, ...]:
    reasons = {(row["unit"], row["rule"], _first(row)): row["reason"] for row in left_out}
    told = []
    for row in lost:
        if row["unit"] == unit:
            reason = reasons.get((unit, row["rule"], _first(row)), "")
            told.append(f"少了 {_shown(row)}" + (f"（{reason}）" if reason else ""))
    told += [f"多了 {_shown(row)}" for row in gained if row["unit"] == unit]
    return tuple(told)


def _first(row: Mapping[str, Any]) -> tuple[Any, ...] | None:
    """Return the file, sheet and row that a journal row leads back to first."""
    origins = row.get("origins") or [None]
    return tuple(origins[0][name] for name in ("file", "sheet", "row")) if origins[0] else None


def _shown(row: Mapping[str, Any]) -> str:
    """Return a journal row in words: rule, clause, day, points or consequence, and its cell; nobody is named."""
    what = row["consequence"] or f"{_signed(row['points'])} 分"
    at = _first(row)
    place = f"，{at[0]}{f' ▸ {at[1]}' if at[1] else ''} 第 {at[2]} 行" if at else ""
    day = f"，{row['date']}" if row["date"] else ""
    return f"{row['rule']} {what}（{row['clause']}{day}{place}）"


def _signed(points: str) -> str:
    return f"+{points}" if Decimal(points) > 0 else points


def _score(change: UnitChange) -> str:
    old, new = change.old_score or "没有", change.new_score or "没有"
    places = f"，名次 {change.old_rank or '没有'} → {change.new_rank or '没有'}"
    return f"得分 {old} → {new}" + (places if change.old_rank != change.new_rank else "")
