"""Rules that meet on one fact: 择一 and 取高 leave it to one of two, 取最高 to one of several, 同案不重计 to none."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

import numpy as np

from zyw.rowset import Ints, Mask, RowSet, numbered, paired, stacked
from zyw.rules import FIRST, HIGHEST, Rule
from zyw.ruling.effects import month_of_each, quarter_of_each
from zyw.ruling.events import Counted, Events
from zyw.ruling.facts import Numbers
from zyw.ruling.run import Run
from zyw.ruling.worth import worth

_ONE: Final = Fraction(1)


def settle_relations(run: Run, events: Events, rules: Sequence[Rule], masks: list[Mask]) -> None:
    """Where two rules take one event and are 择一 or 取高, leave it to one of them (in place)."""
    index = {rule.id: place for place, rule in enumerate(rules)}
    for place, rule in enumerate(rules):
        for name, kind in rule.relations:
            if name not in index:
                continue
            one, two = sorted((place, index[name]))
            both = masks[one] & masks[two]
            if kind not in (FIRST, HIGHEST) or not both.any():
                continue
            second = np.zeros(len(events), dtype=np.bool_)
            if kind == HIGHEST:
                sizes = [np.abs(_single(rules[at], events)) for at in (one, two)]
                second = sizes[1] > sizes[0]
            for loser, winner, lost in ((two, one, both & ~second), (one, two, both & second)):
                word = "同一案" if events.table == "追责台账" else "同一行"
                reason = f"{word}已按“{rules[winner].id}”计算（{kind}）"
                run.leave_out(events.rows, lost & run.inside(events.rows["day"]), rules[loser], reason)
                masks[loser] = masks[loser] & ~lost


def _single(rule: Rule, events: Events) -> Ints:
    """Return what each event by itself would be worth under a rule of fixed points."""
    every = np.arange(len(events))
    alone = Counted(events.rows, every, every)
    amounts = Numbers(np.zeros(len(events), dtype=np.int64), [_ONE])
    return worth(rule, events, alone, amounts).points


@dataclass(frozen=True, slots=True)
class Piece:
    """Points that one rule moved: `rows` has unit_at, name_at, person_at, day, origins, quantity and points.

    `fact` numbers the fact (单位 and 案号 or 编号) behind each row, the same for the same fact whatever the table.
    """

    place: int
    rule: Rule
    rows: RowSet
    fact: Ints


def keep_highest(run: Run, pieces: list[Piece], per: str, told: str) -> list[Piece]:
    """Keep, in each 案件 (个人, 日, 月, 季度, 单位), the row that moves most; of equal ones the first rule's."""
    if not pieces:
        return pieces
    rows, fact, place = together(pieces)
    key = groups_of(rows, fact, per)
    first = np.array([each[0] if each else -1 for each in rows["origins"].tolist()], dtype=np.int64)
    order = np.lexsort((first, rows["day"], place, -np.abs(rows["points"]), key))
    keep = np.zeros(len(key), dtype=np.bool_)
    keep[order] = np.append(True, key[order][1:] != key[order][:-1]) if len(key) else keep
    kept, start = [], 0
    for piece in pieces:
        mine = keep[start : start + len(piece.rows)]
        run.leave_out(piece.rows, ~mine, piece.rule, told)
        kept.append(Piece(piece.place, piece.rule, piece.rows.take(mine), piece.fact[mine]))
        start += len(piece.rows)
    return kept


def together(pieces: Sequence[Piece]) -> tuple[RowSet, Ints, Ints]:
    """Return the rows of several pieces under one another, with their facts and the places of their rules."""
    rows = stacked([piece.rows for piece in pieces])
    place = np.concatenate([np.full(len(piece.rows), piece.place, dtype=np.int64) for piece in pieces])
    return rows, np.concatenate([piece.fact for piece in pieces]), place


def groups_of(rows: RowSet, fact: Ints, per: str) -> Ints:
    """Return equal numbers for rows that a limit or 取最高 takes together."""
    units = rows["unit_at"]
    if per == "案件":
        return fact
    if per == "个人":
        return np.asarray(paired(units, rows["person_at"] + 1), dtype=np.int64)
    days = rows["day"].astype("datetime64[D]")
    if per == "单位":
        return np.asarray(units, dtype=np.int64)
    span = days.astype(np.int64) if per == "日" else month_of_each(days) if per == "月" else quarter_of_each(days)
    return np.asarray(paired(units, numbered(span)), dtype=np.int64)


def drop_known_facts(run: Run, piece: Piece, earlier: Sequence[Piece]) -> Piece:
    """Drop the rows whose fact rules that this one gives way to (同案不重计) have already counted."""
    known = np.concatenate([each.fact for each in earlier]) if earlier else np.zeros(0, dtype=np.int64)
    lost = np.isin(piece.fact, known)
    if not lost.any():
        return piece
    run.leave_out(piece.rows, lost, piece.rule, f"同案已按“{'、'.join(piece.rule.not_if)}”计算，不重计")
    return Piece(piece.place, piece.rule, piece.rows.take(~lost), piece.fact[~lost])


class FactNumbers:
    """Numbers facts: the same 单位 and 案号 (else 编号) is one fact in every table; without either each its own."""

    def __init__(self, wanted: bool) -> None:
        self._wanted = wanted
        self._known: dict[tuple[int, str], int] = {}
        self._next = 0

    def of(self, events: Events, counted: Counted) -> Ints:
        """Return the number of the fact behind each event."""
        size = len(counted)
        found = np.arange(self._next, self._next + size, dtype=np.int64)
        self._next += size
        if self._wanted and len(events):
            self._join(events, counted, found)
        return found

    def _join(self, events: Events, counted: Counted, found: Ints) -> None:
        at = counted.first
        cases, numbers = events.facts.words("案号"), events.facts.words("编号")
        units = counted.rows["unit_at"].tolist()
        for row, (unit, case, number) in enumerate(
            zip(units, cases.codes[at].tolist(), numbers.codes[at].tolist(), strict=True)
        ):
            text = cases.texts[case] or numbers.texts[number]
            if text:
                found[row] = self._known.setdefault((unit, text), int(found[row]))
