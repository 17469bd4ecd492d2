"""Rules over events: which rows pass, what counts once, what it is worth, what limits and follows.

An event counts in the period that holds its day; what follows from it is stated in every period that its effect
touches. Cumulation looks back over the period's start and is dated by the event that completes the count. Rules on
名次 come last: they look at the places that all the others give.
"""

from collections.abc import Callable, Sequence
from typing import Any, Final

import numpy as np

from zyw.points import SCALE, whole_micro
from zyw.problems import Verbatim
from zyw.rowset import Days, Ints, Mask, Texts
from zyw.rules import SANCTIONS, AsWritten, Average, Change, Column, Dated, Fixed, Interval, Once, PerHead, Ratio, Rule
from zyw.rules.rule import CASE, PERSON_ONCE, table_order
from zyw.ruling.amounts import measured
from zyw.ruling.booking import book, give_way
from zyw.ruling.counting import counted
from zyw.ruling.decisions import awaiting, decided
from zyw.ruling.events import Counted, Events
from zyw.ruling.facts import Numbers
from zyw.ruling.items import Tree
from zyw.ruling.judgement import Judgement, Valued
from zyw.ruling.matching import passing
from zyw.ruling.otherwise import Acted, acted, left_rows, left_whole
from zyw.ruling.places import Bases, bases, figures_of, place_events
from zyw.ruling.relations import FactNumbers, Piece, keep_highest, settle_relations
from zyw.ruling.run import Run
from zyw.ruling.screening import WHOLE, Screen
from zyw.ruling.stating import follow_chain, state, state_higher
from zyw.ruling.tiers import completing, in_force_counts, places, raised
from zyw.ruling.watch import Seen, Watch
from zyw.ruling.worth import NOT_IN_FORCE, in_force, worth
from zyw.sanctions.standing import told_days

PLACES: Final = "名次"
_COUNTS: Final = Once | Column | Change | PerHead
NO_RATE, NO_NUMBER = "没有应计的，比率不计", "数量一格空白"
NOT_OVER: Final = "期还没有满，到期满再看够不够"
NOT_COMPARED: Final = "没有上一期可比"
Source = Callable[[str], Events]
"""Gives the events of a table."""


class Judge:
    """Applies the rules of one run to the events that `source` gives; `before` gives the last 考核期's scores."""

    def __init__(
        self,
        run: Run,
        source: Source,
        before: Callable[[], Bases] | None = None,
        watch: Watch | None = None,
    ) -> None:
        self.run, self.source, self.before, self.watch = run, source, before, watch
        self.rules: Sequence[Rule] = run.scheme.rules
        facts = any(rule.not_if or rule.highest == CASE or _by_case(rule) for rule in self.rules)
        facts |= any(each.highest == CASE for each in run.scheme.together)
        self.awaited = {name for rule in self.rules for name in rule.otherwise}
        self.acted: dict[str, Acted] = {}
        self.figured = {rule.placed_by.rule for rule in self.rules if rule.placed_by}
        self.facts = FactNumbers(facts)
        self.found = Judgement()
        self.screen = Screen(run, self.found)

    def judge(self) -> tuple[Judgement, Tree]:
        """Apply every rule, book what they moved, and make the tree that adds the items up."""
        early = [rule for rule in self.rules if rule.table != PLACES and self.run.has(rule.table)]
        for table in table_order(early) or ():
            self._table(self.source(table), [rule for rule in early if rule.table == table])
        give_way(self.run, self.found.pieces)
        late = [rule for rule in self.rules if rule.table == PLACES]
        if late:
            self._places(late)
        book(self.run, self.found)
        steps = len(self.rules) + 1 + len(self.run.scheme.together)
        return self.found, Tree(self.run, self.found.points(self.run), steps)

    def _places(self, late: list[Rule]) -> None:
        """Apply the rules on 名次: those that place by the same thing see the same places."""
        now, before = self._provisional(), self.before() if self.before else None
        for by in dict.fromkeys(rule.placed_by for rule in late):
            self._table(place_events(self.run, by, now, before), [rule for rule in late if rule.placed_by == by])

    def _provisional(self) -> Bases:
        """Return the scores as they stand before any rule on 名次, on books that nobody keeps."""
        quiet = self.run.quiet()
        sofar = Judgement(list(self.found.pieces), list(self.found.extra), figures=self.found.figures)
        book(quiet, sofar)
        return bases(quiet, sofar, Tree(quiet, sofar.points(quiet), 0))

    def _table(self, events: Events, rules: list[Rule]) -> None:
        """Apply the rules of one table to its events."""
        if any(rule.higher for rule in rules):
            events = self._with_higher(events, rules)
        masks = [self._mask(events, rule) for rule in rules]
        self._list_untaken(events, masks)
        settle_relations(self.run, events, rules, masks)
        for rule, mask in zip(rules, masks, strict=True):
            self._apply(rule, events, mask)

    def _mask(self, events: Events, rule: Rule) -> Mask:
        """Say which events a rule takes: its conditions, its 学段, and from when the scheme applies."""
        mask = passing(events.facts, rule.conditions) & (events.since <= self.rules.index(rule))
        if rule.kinds:
            mask &= np.append(self.run.applies(rule.kinds), False)[events.rows["unit_at"]]
        return np.asarray(mask & ~self._too_early(events), dtype=np.bool_)

    def _too_early(self, events: Events) -> Mask:
        """Say which cases were decided before the scheme applies; of other tables each rule's own day decides."""
        starts = self.run.scheme.starts
        if not starts or events.table != SANCTIONS:
            return np.zeros(len(events), dtype=np.bool_)
        return np.asarray(events.rows["day"] < np.datetime64(starts), dtype=np.bool_)

    def _list_untaken(self, events: Events, masks: Sequence[Mask]) -> None:
        """List the cases that no rule takes; rows of other tables are not meant to be all taken."""
        if events.table != SANCTIONS:
            return
        early = self._too_early(events)
        inside = self.run.inside(events.rows["day"])
        if early.any():
            self.run.leave_out(events.rows, early & inside, None, f"方案自 {self.run.scheme.starts} 起适用")
        taken = np.logical_or.reduce([*masks, early], axis=0)
        self.run.leave_out(events.rows, ~taken & inside, None, "方案没有适用的规则")

    def _with_higher(self, events: Events, rules: Sequence[Rule]) -> Events:
        """Add the events of a higher tier that completed counts make, rule by rule from the top."""
        measures = [measure.name for measure in self.run.scheme.measures]
        for rule in rules:
            if not rule.higher or rule.cumulation is None:
                continue
            units = counted(self.run, rule, events, self._mask(events, rule), events.rows["day"])
            done = completing(units, rule.cumulation)
            state_higher(self.run, rule, done.rows)
            events = raised(events, done, measures.index(rule.higher), self.rules.index(rule) + 1)
        return events

    def _apply(self, rule: Rule, events: Events, mask: Mask) -> None:
        """Count what a rule takes once, value it, and keep what it moves and states."""
        run = self.run
        days = self.screen.days(rule, events)
        mask = self.screen.dated(rule, events, self.screen.usable(rule, events, mask), days)
        if rule.summed or rule.counted == PERSON_ONCE:
            mask = mask & run.inside(days, run.counting_period(rule))
        above = [self.acted[name] for name in rule.otherwise if name in self.acted]
        if above and not rule.whole_scope:
            mask = left_rows(mask, above)
        single = units = counted(run, rule, events, mask, days)
        if above and rule.whole_scope:
            single = units = left_whole(rule, units, above)
        if rule.cumulation:
            units = completing(units, rule.cumulation)
        valued, amounts = self._valued(rule, events, units)
        if rule.id in self.awaited:
            self.acted[rule.id] = acted(run, rule, valued)
        if rule.id in self.figured:
            self.found.figures |= figures_of(run, rule, valued, amounts)
        if self.watch is not None:
            self.watch.seen.append(Seen(rule, events, mask, days, single, amounts, valued))
        if rule.moves:
            self._keep(rule, events, valued)
        self._follow(rule, valued)

    def _valued(self, rule: Rule, events: Events, units: Counted) -> tuple[Valued, Numbers]:
        """Value what was counted; what is outside the period, unknown or not triggered moves nothing."""
        run = self.run
        amounts, why = self._amounts(rule, events, units)
        inside = run.inside(units.rows["day"], run.period_of(rule))
        if rule.cumulation or isinstance(rule.amount, Change):
            units, amounts, why = units.take(inside), amounts.take(np.flatnonzero(inside)), why[inside]
            inside = np.ones(len(units), dtype=np.bool_)
        fires = _fires(rule, units, amounts)
        if rule.asks_for_enough:
            over = run.ended(rule, units.rows["day"])
            run.leave_out(units.rows, inside & fires & ~over, rule, NOT_OVER)
            fires &= over
        points = worth(rule, events, units, amounts)
        known = points.known & (why == "") & fires
        if rule.moves:
            word = "决定日" if events.table == SANCTIONS else "日期"
            told = told_days(units.rows["day"][~inside], f"不在考核期内：{word} " + "{}")
            run.leave_out(units.rows, ~inside, rule, told)
            self._tell_unknown(rule, units, inside & fires & ~known, (why, points.why))
        return Valued(units, fires, known, points.points, quantities(rule, amounts, units.rows["day"])), amounts

    def _keep(self, rule: Rule, events: Events, valued: Valued) -> None:
        """Keep what a rule moved in its period; a count that comes to nothing moves nothing, a rate of 0 is shown."""
        units = valued.units
        where = valued.known & self.run.inside(units.rows["day"], self.run.period_of(rule))
        if rule.summed and isinstance(rule.amount, _COUNTS) and events.table not in WHOLE:
            where = where & (valued.points != 0)
        at = np.flatnonzero(where)
        rows = units.rows.take(at)
        rows["points"], rows["quantity"] = valued.points[at], valued.quantity_at(at)
        piece = Piece(self.rules.index(rule), rule, rows, self.facts.of(events, units)[at])
        if rule.highest:
            piece = keep_highest(self.run, [piece], rule.highest, f"同一{rule.highest}只计分值最大的一次")[0]
        self.found.pieces.append(piece)

    def _follow(self, rule: Rule, valued: Valued) -> None:
        """State the consequences and the steps of liability of a rule.

        Consequences follow from every event that fires; where a whole unit is valued, from those whose points moved.
        Liability follows from what has points (or, in a rule without, from what fires).
        """
        run, place, rows = self.run, self.rules.index(rule), valued.units.rows
        whole = rule.summed and rule.moves
        at = np.flatnonzero(valued.known & (valued.points != 0) if whole else valued.fires)
        for consequence in rule.consequences:
            state(run, rows.take(at), consequence, (rule.id, place, valued.quantity_at(at)))
        liable = rows.take(np.flatnonzero(valued.known)) if rule.moves else rows.take(at)
        for found, named, clause, points in follow_chain(run, rule, liable):
            found["points"] = points
            found["quantity"] = np.full(len(found), SCALE, dtype=np.int64)
            run.book(found, (named, clause, place))
            self.found.extra.append((rule.item, found))

    def _amounts(self, rule: Rule, events: Events, units: Counted) -> tuple[Numbers, Texts]:
        """Return the amount of each event and why it has none that may be used ("" it has)."""
        if rule.ladder:
            return places(rule, units), np.full(len(units), "", dtype=object)
        if rule.ranged:
            amounts, why = decided(self.run, rule, events, units)
            for at in np.flatnonzero((why != "") & ~awaiting(why)).tolist():
                self.found.spoil(int(units.rows["unit_at"][at]), units.rows["origins"][at])
            return amounts, why
        amounts = measured(self.run, rule, events, units)
        return amounts, self._blank(rule, units, amounts)

    def _blank(self, rule: Rule, units: Counted, amounts: Numbers) -> Texts:
        """Say which events lack their amount: a blank cell is an 错误 (C022), no head count a 警告 (C023)."""
        run = self.run
        why = np.full(len(units), "", dtype=object)
        lacking = np.array([value is None for value in amounts.values], dtype=np.bool_)[amounts.codes]
        why[lacking] = no_amount(rule)
        for at in np.flatnonzero(lacking).tolist():
            origins, unit = units.rows["origins"][at], int(units.rows["unit_at"][at])
            if isinstance(rule.amount, Column) and not rule.summed:
                self._tell("C022", origins, rule.amount.field, {"列": rule.amount.field, "规则": rule.id})
                self.found.spoil(unit, origins)
            elif isinstance(rule.amount, PerHead):
                self._tell("C023", origins, "在职人数", {"单位": run.units[unit], "规则": rule.id})
        return why

    def _tell_unknown(self, rule: Rule, units: Counted, where: Mask, reasons: tuple[Texts, Texts]) -> None:
        """List events without points; what no band holds, or a figure beyond its bounds, is a problem too.

        `reasons` are those of the amounts, which have been told, and those of the values.
        """
        run = self.run
        why = np.where(reasons[0] != "", reasons[0], reasons[1])
        listed = where & (why != NOT_COMPARED)
        run.leave_out(units.rows, listed, rule, why[listed])
        refused = where & (reasons[0] == "") & (reasons[1] != NOT_IN_FORCE)
        for at in np.flatnonzero(refused).tolist():
            origins, unit = units.rows["origins"][at], int(units.rows["unit_at"][at])
            field = rule.amount.field if isinstance(rule.amount, Column) else ""
            facts: dict[str, Any] = {"规则": rule.id, "原因": Verbatim(why[at])}
            if _written(rule):
                self.found.spoil(unit, origins)
                self._tell("C020", origins, field, facts)
            else:
                self._tell("C025", origins, "", {**facts, "单位": run.units[unit]})

    def _tell(self, code: str, origins: tuple[int, ...], field: str, facts: dict[str, Any]) -> None:
        """Report a problem at the first row behind an event; without any row, of the run as a whole."""
        if origins:
            self.run.faults.add(code, origins[0], field, **facts)
        else:
            self.run.faults.once(code, **facts)


def _written(rule: Rule) -> bool:
    """Say whether the points are written in the ledger (按列取值): a wrong one is an 错误 of its cell."""
    return rule.value is not None and any(isinstance(value, AsWritten) for value in rule.value.values)


def _by_case(rule: Rule) -> bool:
    return rule.limits is not None and any(limit.per == CASE for found in rule.limits.every for limit in found)


def _fires(rule: Rule, units: Counted, amounts: Numbers) -> Mask:
    """Say which events make the rule work: those whose amount lies in its 触发.

    Without 触发 all do; but where a unit counts once for whatever it has, one that has no row does not count.
    """
    if rule.trigger is not None:
        return _triggered(rule.trigger, units, amounts)
    values = rule.value.values if rule.value else ()
    if rule.summed and (rule.table in WHOLE or all(value is None or isinstance(value, Fixed) for value in values)):
        return np.asarray(units.sizes > 0, dtype=np.bool_)
    return np.ones(len(amounts.codes), dtype=np.bool_)


def _triggered(trigger: Dated[Interval], units: Counted, amounts: Numbers) -> Mask:
    segment = in_force(trigger, units.rows["day"])
    fires = np.zeros(len(amounts.codes), dtype=np.bool_)
    for at, held in enumerate(trigger.values, start=1):
        inside = [value is not None and held is not None and value in held for value in amounts.values] or [False]
        fires |= (segment == at) & np.array(inside, dtype=np.bool_)[amounts.codes]
    return fires


def quantities(rule: Rule, amounts: Numbers, days: Days) -> Any:
    """Return what the journal gives as quantity: the amount in millionths; of a cumulation how many it took."""
    if rule.cumulation:
        return SCALE * in_force_counts(rule.cumulation, days)
    if rule.ranged or amounts.values == [1]:
        return SCALE
    told = np.array([0 if value is None else whole_micro(value) for value in amounts.values] or [0], dtype=np.int64)
    found: Ints = told[amounts.codes]
    return found


_LACKS: Final = ((Change, NOT_COMPARED), (PerHead, "没有在职人数"), (Average, "没有可平均的数"), (Ratio, NO_RATE))


def no_amount(rule: Rule) -> str:
    """Say why an event of the rule has no amount."""
    return next((told for kind, told in _LACKS if isinstance(rule.amount, kind)), NO_NUMBER)
