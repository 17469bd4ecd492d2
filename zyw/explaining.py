"""Why a score is what it is: every movement with cell, rule and clause, what did not count and why, and the sum.

An explanation that leaves something out misleads, so the sum is made anew from the rows shown and must be the score.
Persons are (unit, name): the same name in two units is two persons and is told apart.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from zyw.ledger import Ledger
from zyw.naming.roster import Roster
from zyw.nearness import Idle, Near, idle_rules, near_misses
from zyw.origins import Origin, by_sheet
from zyw.points import to_text
from zyw.ruling.watch import Watch
from zyw.scores import Effect, Note, Scores

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True)
class Move:
    """One row of the journal: `points` in millionths, or a consequence with its days."""

    person: str
    rule: str
    clause: str
    day: date | None
    points: int
    consequence: str
    start: date | None
    end: date | None
    places: tuple[Origin, ...]


@dataclass(frozen=True, slots=True)
class Omitted:
    """One row that did not count, and the reason."""

    person: str
    rule: str
    clause: str
    reason: str
    places: tuple[Origin, ...]


@dataclass(frozen=True, slots=True)
class Explained:
    """A unit (`person` "") or a person of it; `base` and `score` are the unit's, in millionths."""

    unit: str
    kind: str
    person: str
    base: int
    score: int
    unused: int
    moves: tuple[Move, ...]
    effects: tuple[Effect, ...]
    omitted: tuple[Omitted, ...]
    notes: tuple[Note, ...]
    near: tuple[tuple[Near, tuple[Origin, ...]], ...] = ()
    """What lacked little, each with the cells it rests on."""
    idle: tuple[Idle, ...] = ()

    @property
    def points(self) -> int:
        """The sum of the movements shown, in millionths."""
        return sum(move.points for move in self.moves)


def known_names(ledger: Ledger, scores: Scores, watch: Watch | None = None) -> tuple[str, ...]:
    """Return every name that can be explained: units, then persons."""
    units = [*(unit.name for unit in ledger.units), *scores.units["unit"]]
    return tuple(dict.fromkeys([*units, *(person for _, person in _persons(ledger, scores, watch))]))


def explain(name: str, ledger: Ledger, scores: Scores, watch: Watch | None = None) -> tuple[Explained, ...]:
    """Return what there is to say of the unit or of each person called `name`; empty when there is nobody.

    Of a run that was watched also what lacked little, and for a unit the rules that did nothing.

    A unit is found by its official, short or former name or its code. Raises `ValueError` when the rows do not add
    up to the score, which is a bug and never shown as an explanation.
    """
    unit = Roster(ledger.units).match(name).unit or name
    if unit in set(scores.units["unit"]):
        found = _checked(_of_unit(unit, ledger, scores))
        if watch is None:
            return (found,)
        return (replace(_with_near(found, watch, ledger, scores), idle=idle_rules(watch, scores, unit)),)
    persons = (_of_person(unit, name, ledger, scores) for unit in _units_of(name, ledger, scores, watch))
    return tuple(each if watch is None else _with_near(each, watch, ledger, scores) for each in persons)


def _with_near(found: Explained, watch: Watch, ledger: Ledger, scores: Scores) -> Explained:
    """Add what lacked little: all of it to a unit, to a person what is that person's."""
    all_of_unit = near_misses(watch, scores, found.unit)
    own = (each for each in all_of_unit if not found.person or each.person == found.person)
    fields = scores.fields
    return replace(
        found,
        near=tuple(
            (each, tuple(ledger.origins.locate(at, fields.get(each.rule, ())) for at in each.origins if at >= 0))
            for each in own
        ),
    )


def _units_of(person: str, ledger: Ledger, scores: Scores, watch: Watch | None) -> list[str]:
    return list(dict.fromkeys(unit for unit, name in _persons(ledger, scores, watch) if name == person))


def _persons(ledger: Ledger, scores: Scores, watch: Watch | None) -> Iterator[tuple[str, str]]:
    """Give unit and name of everybody known; a head of whom no row tells has nothing against him, and can be asked."""
    for frame in (scores.journal, scores.not_counted):
        yield from ((unit, name) for unit, name in zip(frame["unit"], frame["person"], strict=True) if name)
    yield from ((effect.unit, effect.person) for effect in scores.effects)
    yield from ((unit.name, unit.head) for unit in ledger.units if unit.head)
    yield from watch.persons() if watch else ()


def _of_unit(unit: str, ledger: Ledger, scores: Scores) -> Explained:
    row = scores.units.loc[scores.units["unit"] == unit].iloc[0]
    return Explained(
        unit, str(row["kind"]), "", int(row["base"]), int(row["score"]), int(row["rows_not_used"]),
        tuple(_moves(scores.journal[scores.journal["unit"] == unit], ledger, scores)),
        tuple(effect for effect in scores.effects if effect.unit == unit),
        tuple(_omitted(scores.not_counted[scores.not_counted["unit"] == unit], ledger, scores)),
        scores.notes,
    )  # fmt: skip


def _of_person(unit: str, person: str, ledger: Ledger, scores: Scores) -> Explained:
    rows = scores.units.loc[scores.units["unit"] == unit]
    kind, base, score = ("", 0, 0) if rows.empty else (rows.iloc[0][name] for name in ("kind", "base", "score"))
    journal, left = scores.journal, scores.not_counted
    return Explained(
        unit, str(kind), person, int(base), int(score), 0,
        tuple(_moves(journal[(journal["unit"] == unit) & (journal["person"] == person)], ledger, scores)),
        tuple(effect for effect in scores.effects if (effect.unit, effect.person) == (unit, person)),
        tuple(_omitted(left[(left["unit"] == unit) & (left["person"] == person)], ledger, scores)),
        scores.notes,
    )  # fmt: skip


def _checked(found: Explained) -> Explained:
    if found.base + found.points != found.score:
        raise ValueError("the journal does not add up to the score")
    return found


def _moves(rows: "pd.DataFrame", ledger: Ledger, scores: Scores) -> Iterator[Move]:
    for row in rows.to_dict("records"):
        yield Move(
            row["person"], row["rule"], row["clause"], _day(row["date"]), int(row["points"]), row["consequence"],
            _day(row["start"]), _day(row["end"]), _places(row, ledger, scores),
        )  # fmt: skip


def _omitted(rows: "pd.DataFrame", ledger: Ledger, scores: Scores) -> Iterator[Omitted]:
    for row in rows.to_dict("records"):
        yield Omitted(row["person"], row["rule"], row["clause"], row["reason"], _places(row, ledger, scores))


def _places(row: Any, ledger: Ledger, scores: Scores) -> tuple[Origin, ...]:
    fields = scores.fields.get(row["rule"], ())
    return tuple(ledger.origins.locate(origin, fields) for origin in row["origins"])


def _day(value: Any) -> date | None:
    return None if value is None or value != value else value.date()  # noqa: PLR0124 - NaT differs from itself


def lines(found: Explained) -> list[str]:
    """Return the explanation as it is printed, with the sum: `得分：100 - 2 - 5 = 93`.

    Consequences for persons are the merged ones; each line is followed by the cells it rests on.
    """
    who = f"{found.unit}　{found.person}" if found.person else found.unit
    text = [f"{who}（{found.kind}）" if found.kind else who]
    text += _section("加减分", [_move_lines(m, found.person) for m in found.moves if not m.consequence])
    text.append(_sum_line(found))
    text += _section("单位的后果", [_consequence_lines(m) for m in found.moves if m.consequence and not m.person])
    text += _section("个人的后果", [_effect_lines(effect) for effect in found.effects])
    text += _section("未计入", [_omitted_lines(row) for row in found.omitted])
    text += _section("差多少", [_near_lines(*each, found.person) for each in found.near])
    text += _section("没有起作用的规则", [[_joined(_basis(i.rule, i.clause), i.text)] for i in found.idle])
    if found.unused:
        text.append(f"有 {found.unused} 行因内容有误未计入，用 zyw check 看是哪几行")
    return text


def notes(found: Iterable[Explained]) -> list[str]:
    """Return the readings that the document leaves open and what is shown rests on, each once."""
    all_found = list(found)
    clauses = {clause for one in all_found for clause in _clauses(one)} | {""}
    every = dict.fromkeys(
        (note.clause, note.text.removeprefix("方案未定: "), note.everywhere) for one in all_found for note in one.notes
    )
    shown = [(clause, text) for clause, text, everywhere in every if everywhere or clause in clauses]
    items = [[_joined(text, f"（{clause}）" if clause else "")] for clause, text in shown]
    if len(every) > len(shown):
        items.append([f"另有 {len(every) - len(shown)} 条与此无关，见 zyw scheme show"])
    return _section("方案没有写明、按这样理解的", items)


def _clauses(found: Explained) -> set[str]:
    counted = {move.clause for move in found.moves} | {effect.clause for effect in found.effects}
    return counted | {row.clause for row in found.omitted}


def _section(title: str, items: list[list[str]]) -> list[str]:
    return [f"{title}：", *(f"  {line}" for item in items for line in item)] if items else []


def _move_lines(move: Move, person: str) -> list[str]:
    name = "" if person else move.person
    return [
        _joined(f"{_signed(move.points):>5}", _date(move.day), name, _basis(move.rule, move.clause)),
        *_at(move.places),
    ]


def _consequence_lines(move: Move) -> list[str]:
    return [_joined(move.consequence, _days(move.start, move.end), _basis(move.rule, move.clause)), *_at(move.places)]


def _effect_lines(effect: Effect) -> list[str]:
    days = _days(effect.start, effect.end)
    return [_joined(effect.person, effect.consequence, days, f"依据 {effect.clause}")]


def _omitted_lines(row: Omitted) -> list[str]:
    return [_joined(row.person, row.reason, _basis(row.rule, row.clause) if row.rule else ""), *_at(row.places)]


def _near_lines(near: Near, places: tuple[Origin, ...], person: str) -> list[str]:
    """Return rule and amount, what would follow on a line of its own, the cells."""
    said, semicolon, rest = near.text.partition("；")
    head = _joined("" if person else near.person, _basis(near.rule, near.clause) if near.clause else near.rule)
    return [head, f"     {said}{semicolon}", *([f"     {rest}"] if rest else []), *_at(places)]


def _joined(*parts: str) -> str:
    return "  ".join(part for part in parts if part)


def _basis(rule: str, clause: str) -> str:
    return f"规则 {rule}（依据 {clause}）"


def _at(places: tuple[Origin, ...]) -> list[str]:
    """Return a line a sheet: `← 追责台账.xlsx ▸ 追责!F5、G5、F6、G6`."""
    return [f"       ← {where}" for where in by_sheet(places)]


def _date(day: date | None) -> str:
    return day.isoformat() if day else ""


def _days(start: date | None, end: date | None) -> str:
    if start is None:
        return ""
    return f"{start} 至 {end}" if end else f"{start} 起"


def _signed(points: int) -> str:
    return f"+{to_text(points)}" if points > 0 else to_text(points)


def _sum_line(found: Explained) -> str:
    terms = "".join(f" {'+' if m.points > 0 else '-'} {to_text(abs(m.points))}" for m in found.moves if m.points)
    if found.person:
        return f"合计：{_signed(found.points)}（{found.unit}得分 {to_text(found.score)}）"
    ending = f" = {to_text(found.score)}" if terms else "（基础分，没有加减）"
    return f"得分：{to_text(found.base)}{terms}{ending}"
