"""One rule: which rows × what is counted once × how much × times → limits → consequences and higher events."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from zyw.problems import Place
from zyw.rules.amounts import Amount, Column, Once, PerHead
from zyw.rules.conditions import Condition
from zyw.rules.consequences import Consequence, Cumulation, Step
from zyw.rules.intervals import Interval
from zyw.rules.limits import Limit
from zyw.rules.ranking import PlacedBy
from zyw.rules.terms import Dated, Term
from zyw.rules.values import Ladder, Multiplier, Range, Worth, wants_more

SANCTIONS: Final = "追责台账"
ROW, CASE, PERSON_ONCE, BATCH, DAY = "行", "案件", "人", "批", "日"
WHOLE_UNIT, MONTH, QUARTER = "单位", "月", "季度"
SUMMED: Final = (WHOLE_UNIT, MONTH, QUARTER)
"""One event a unit (a month, a quarter) whether it has rows or not."""
COUNTED: Final = (ROW, CASE, PERSON_ONCE, BATCH, DAY, *SUMMED)
_PLACED: Final = frozenset({"测评", "名次"})
"""Tables whose figures are what they are, not counts that grow."""
ADD, HIGHEST, FIRST = "叠加", "取高", "择一"
ONCE: Final = Once()
_TOLD: Final = {
    ROW: "每行计一次", CASE: "每案计一次", PERSON_ONCE: "每人计一次", DAY: "每日计一次",
    WHOLE_UNIT: "每单位计一次", MONTH: "每单位每月计一次", QUARTER: "每单位每季度计一次",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of a scheme; `relations` maps the id of another rule to how both stand on one fact.

    `counted` is a word of `COUNTED`; 批 names its column in `batch`. `day` is the field that dates a row ("": the
    table's own). `value` None: the rule moves no points.
    """

    id: str
    clause: str
    place: Place
    table: str
    counted: str
    conditions: tuple[Condition, ...] = ()
    value: Dated[Worth] | None = None
    cumulation: Cumulation | None = None
    consequences: tuple[Consequence, ...] = ()
    relations: tuple[tuple[str, str], ...] = ()
    text: str = ""
    item: str = ""
    kinds: tuple[str, ...] = ()
    excluded: tuple[Condition, ...] = ()
    batch: str = ""
    day: str = ""
    amount: Amount = ONCE
    window: Term | None = None
    window_of: str = WHOLE_UNIT
    times: Dated[tuple[Multiplier, ...]] | None = None
    limits: Dated[tuple[Limit, ...]] | None = None
    highest: str = ""
    not_if: tuple[str, ...] = ()
    higher: str = ""
    """转为: the 处理方式 as which a completed count is an event of its own, for the rules below."""
    chain: tuple[Step, ...] = ()
    places: int | None = None
    trigger: Dated[Interval] | None = None
    """触发: only amounts in it count at all."""
    otherwise: tuple[str, ...] = ()
    """否则: rules above; only what none of them acted on counts: the same row, else the same unit, month, person."""
    placed_by: PlacedBy | None = None

    @property
    def multipliers(self) -> tuple[Multiplier, ...]:
        """Every multiplier that is in force some day."""
        return tuple(each for found in (self.times.every if self.times else ()) for each in found)

    @property
    def whole_scope(self) -> bool:
        """Whether 否则 looks at a unit, month, quarter or person as a whole, not at one row."""
        return self.summed or self.counted == PERSON_ONCE

    @property
    def summed(self) -> bool:
        """Whether the rule looks at all rows of a unit at once, not at single happenings."""
        return self.counted in SUMMED

    @property
    def asks_for_enough(self) -> bool:
        """Whether a unit must reach a count by the end of a span: before that end, too few says nothing."""
        counts = isinstance(self.amount, Once | Column | PerHead)
        values = self.value.values if self.value else ()
        if self.summed and self.otherwise:
            return True
        few = self.trigger is not None and any(each.low is None for each in self.trigger.every)
        return self.summed and counts and self.table not in _PLACED and (few or any(map(wants_more, values)))

    @property
    def ladder(self) -> bool:
        """Whether an event is worth what its place in a row of events says (次第)."""
        return self.value is not None and any(isinstance(each, Ladder) for each in self.value.values)

    @property
    def ranged(self) -> bool:
        """Whether a named person decides the points (区间待定)."""
        return self.value is not None and any(isinstance(each, Range) for each in self.value.values)

    @property
    def moves(self) -> bool:
        """Whether the rule moves points."""
        return self.value is not None

    def summary(self) -> str:
        """Return the rule as one plain line: rows, what counts once, points, consequences."""
        rows = "，".join(str(condition) for condition in self.conditions)
        head = f"{self.table}中{rows}的，" if rows else f"{self.table}中，"
        head += str(self.cumulation) if self.cumulation else _TOLD.get(self.counted, f"每个“{self.batch}”计一次")
        parts = [head]
        if self.kinds:
            parts.append(f"只用于{'、'.join(self.kinds)}")
        if self.excluded:
            parts.append(f"{'，'.join(map(str, self.excluded))}的不计")
        parts += [f"{'、'.join(self.otherwise)}没有计的才计"] if self.otherwise else []
        parts += [str(self.placed_by)] if self.placed_by else []
        parts += [str(self.amount)] if str(self.amount) else []
        parts += [f"{self.trigger.told()}才计"] if self.trigger else []
        if self.value:
            window = f"（同一{self.window_of}{self.window}内）" if self.ladder else ""
            parts.append(self.value.told() + window)
        parts += [each.told(_joined) for each in (self.times, self.limits) if each and each.every != ((),)]
        if self.highest:
            parts.append(f"同一{self.highest}只计最高")
        if self.not_if:
            parts.append(f"同案已按{'、'.join(self.not_if)}计的不再计")
        parts += [str(each) for each in (*self.consequences, *self.chain)]
        return "；".join([*parts, *([f"转为“{self.higher}”"] if self.higher else [])])


def table_order(rules: Sequence[Rule]) -> tuple[str, ...] | None:
    """Return the tables in the order in which their rules can be applied; None where 否则 goes round in a circle.

    A table stands after those whose rules its own wait for.
    """
    tables = {rule.id: rule.table for rule in rules}
    waits: dict[str, set[str]] = {rule.table: set() for rule in rules}
    for rule in rules:
        waits[rule.table] |= {tables[name] for name in rule.otherwise if tables.get(name, rule.table) != rule.table}
    order: list[str] = []
    while waits:
        ready = next((table for table, others in waits.items() if others <= set(order)), None)
        if ready is None:
            return None
        order.append(ready)
        del waits[ready]
    return tuple(order)


def _joined(parts: Sequence[object]) -> str:
    return "；".join(map(str, parts))
