"""Fields read by the declarations → rules: what a rule's keys say together, and what they cannot say together."""

from typing import Any, Final

from zyw.decoding import Fields, nearest
from zyw.grammar.basics import one_of, places_of
from zyw.grammar.limits import ADDED_UP, check_effect
from zyw.grammar.rows import Located, bare
from zyw.grammar.values import VALUE_KEYS
from zyw.problems import Problem, Verbatim, problem
from zyw.rules import (
    PERSON,
    Column,
    Condition,
    Consequence,
    Cumulation,
    Dated,
    Ladder,
    Limit,
    Once,
    Rule,
    Step,
    Term,
    Together,
)
from zyw.rules.amounts import Amount, Average, Change, DaysLate, PerHead, Ratio
from zyw.rules.consequences import STATED
from zyw.rules.fields import DAY, NUMBER, TEXT, fields_of
from zyw.rules.rule import BATCH, MONTH, QUARTER, SANCTIONS, WHOLE_UNIT
from zyw.rules.terms import PERIOD
from zyw.rules.values import Worth

_CYCLES: Final = {"自然年": "当年", "学年": "当学年", "季度": "当季", "月": "当月"}
_NO_LIMIT: Final = Term(0)
_AGGREGATE: Final = (Ratio, PerHead, Change, Average)
_KINDS: Final = {TEXT: "文字", NUMBER: "数字", DAY: "日期"}


class RuleMaker:
    """Makes the rules of one scheme; `cycle` is its 考核期, for terms that say 考核期."""

    def __init__(self, cycle: str, problems: list[Problem]) -> None:
        self.problems = problems
        self._period = Term(0, _CYCLES[cycle])

    def rule(self, each: Fields) -> Rule:
        """Build one rule; what its keys cannot say together is a fault."""
        clause = each.get("依据")
        value, amount, ladder = self._worth(each)
        rule = Rule(
            id=each.get("编号"),
            clause=clause,
            place=each.place,
            table=each.get("数据"),
            counted=each.get("计数"),
            conditions=bare(each.get("条件")),
            value=value,
            cumulation=self._cumulation(each),
            consequences=self.consequences(each, clause),
            relations=tuple((name, kind) for name, kind, _ in each.get("关系", ())),
            text=each.get("说明", ""),
            item=each.get("项目", ""),
            kinds=each.get("适用学段", ()),
            excluded=bare(each.get("剔除")),
            batch=each.get("批次列", ""),
            day=each.get("日期", ""),
            amount=amount,
            window=self._window(ladder, each, "次第") if ladder else None,
            window_of=ladder.get("对象") if ladder else WHOLE_UNIT,
            times=each.get("倍数"),
            limits=each.get("封顶"),
            highest=each.get("取最高", ""),
            not_if=each.get("同案不重计", ()),
            higher=each.get("转为", ""),
            chain=tuple(self._step(step, clause) for step in each.get("连带", ())),
            places=places_of(each),
            trigger=each.get("触发"),
            otherwise=each.get("否则", ()),
            placed_by=each.get("名次按"),
        )
        self._check_fields(rule, each)
        self._check_amount(rule, each)
        return rule

    def _worth(self, each: Fields) -> tuple[Dated[Worth] | None, Amount, Fields | None]:
        """Return value, amount and, for 次第, its fields."""
        amount: Amount = each.get("数量", Once())
        name = one_of(each, [key.name for key in VALUE_KEYS], "分值", self.problems)
        if name is None:
            return None, amount, None
        found: Any = each.get(name)
        if name == "按列取值":
            column, worth = found
            if "数量" in each.values:
                told = Verbatim("数量、按列取值")
                self.problems.append(problem("P024", each.at("数量"), 什么=Verbatim("数量"), 写了=told))
            return Dated((None,), (worth,)), Column(column), None
        if name == "次第":
            steps: Dated[Any] = found.get("分")
            return Dated(steps.starts, tuple(None if v is None else Ladder(v) for v in steps.values)), amount, found
        return found, amount, None

    def _window(self, fields: Fields, each: Fields, part: str) -> Term | None:
        """Return 期限 of a count; one without it is a fault (P014)."""
        found: Term | None = fields.get("期限")
        if found is None:
            self.problems.append(problem("P014", fields.place, 规则=each.get("编号"), 部分=Verbatim(part)))
        return self.term(found)

    def term(self, term: Term | None) -> Term | None:
        """Return a term with 考核期 read as the scheme's own."""
        return self._period if term is not None and term.span == PERIOD and not term.months else term

    def _cumulation(self, each: Fields) -> Cumulation | None:
        counted: Fields | None = each.get("累计")
        if counted is None:
            return None
        window = self._window(counted, each, "累计")
        if window is None:
            return None
        return Cumulation(counted.get("对象"), counted.get("至少"), window, bool(counted.get("满后重计")))

    def _step(self, each: Fields, clause: str) -> Step:
        own = each.get("依据", clause)
        return Step(each.get("对象"), own, each.get("分"), self.consequences(each, own))

    def consequences(self, each: Fields, clause: str) -> tuple[Consequence, ...]:
        """Build the consequences of a rule, a measure or a step; they take its clause when they name none."""
        return tuple(
            Consequence(
                found.get("对象", PERSON), found.get("内容"), self.term(found.get("期限")), found.get("依据", clause),
                found.get("种类", STATED), found.get("等次", ""), found.get("重叠") == ADDED_UP,
                found.get("最长", _NO_LIMIT).months,
            )
            for found in each.get("后果", ())
            if check_effect(found, self.problems)
        )  # fmt: skip

    def _check_fields(self, rule: Rule, each: Fields) -> None:
        """Check that every field a rule names is one of its table and of the kind that is asked (P005, P025)."""
        known = fields_of(rule.table)
        written: Located = (*each.get("条件", ()), *each.get("剔除", ()))
        for condition, place in written:
            self._condition(condition, known, place)
        amount = rule.amount
        if isinstance(amount, Ratio):
            for condition in (*amount.numerator, *amount.denominator, *amount.excluded):
                self._condition(condition, known, each.at("数量"))
        for name, kind in _asked(rule):
            if name not in known or (kind and known[name] != kind):
                self._wrong_field(name, kind, known, each.place)

    def _condition(self, condition: Condition, known: dict[str, str], place: Any) -> None:
        wanted = NUMBER if condition.interval is not None else "" if condition.filled is not None else TEXT
        if condition.field not in known:
            near = nearest(condition.field, known)
            self.problems.append(problem("P005", place, 部分="条件", 键=condition.field, 近似=near))
        elif wanted and known[condition.field] != wanted:
            self._wrong_field(condition.field, wanted, known, place)

    def _wrong_field(self, name: str, kind: str, known: dict[str, str], place: Any) -> None:
        if name not in known:
            self.problems.append(problem("P011", place, 种类="这张表的列", 名称=name, 近似=nearest(name, known)))
            return
        have, wanted = Verbatim(_KINDS[known[name]]), Verbatim(_KINDS[kind])
        self.problems.append(problem("P025", place, 列=name, 是=have, 应为=wanted))

    def _check_amount(self, rule: Rule, each: Fields) -> None:
        """Refuse an amount that the way of counting cannot give (P028)."""
        why = _misfit(rule, each)
        if why:
            self.problems.append(problem("P028", each.at("数量"), 规则=rule.id, 原因=Verbatim(why)))


def _asked(rule: Rule) -> list[tuple[str, str]]:
    """Return the fields that a rule names outside its conditions, with the kind each must have ("": any)."""
    amount = rule.amount
    asked = [(rule.day, DAY)] if rule.day else []
    asked += [(rule.batch, "")] if rule.batch else []
    asked += [(name, TEXT) for each in rule.multipliers for name in each.fields]
    if isinstance(amount, Column | PerHead | Change | Average) and amount.field:
        asked.append((amount.field, NUMBER))
    if isinstance(amount, Ratio):
        asked += [(name, NUMBER) for name in (amount.over, amount.under) if name]
    if isinstance(amount, DaysLate):
        asked += [(amount.start, DAY), (amount.end, DAY)]
        asked += [(amount.default.start, DAY)] if amount.default else []
    return asked


def _misfit(rule: Rule, each: Fields) -> str:
    amount = rule.amount
    reasons = (
        (isinstance(amount, _AGGREGATE) and not rule.summed, "比率、人均、环比、平均要按单位、月或季度计数"),
        (isinstance(amount, Change) and rule.counted not in (MONTH, QUARTER), "环比要按月或季度计数"),
        (isinstance(amount, DaysLate) and rule.summed, "天数是一行一行的，不能按单位、月、季度计数"),
        ((rule.counted == BATCH) != bool(rule.batch), "计数写“批”时写批次列，也只有这时写"),
        (rule.counted == "案件" and rule.table != SANCTIONS, "只有追责台账按案件计数，别的表按行、批等计数"),
        (rule.table == SANCTIONS and rule.counted == "行", "追责台账一案可能有几行，按案件计数"),
        (rule.summed and rule.cumulation is not None, "按单位、月、季度计数的没有“累计”，用分档或斜率"),
        (rule.summed and rule.ladder, "按单位、月、季度计数的没有“次第”，用分档"),
        (rule.ladder and "数量" in each.values, "“次第”看的是第几次，不写数量"),
        (rule.table == "名次" and rule.counted != WHOLE_UNIT, "名次每单位只有一个，按单位计数"),
        (rule.placed_by is not None and rule.table != "名次", "“名次按”只用于数据为名次的规则"),
        (bool(rule.higher) and rule.cumulation is None, "“转为”与“累计”同写：凑满次数的才转为更高一级"),
        (rule.cumulation is not None and rule.table != SANCTIONS and bool(rule.higher), "只有追责台账的事件可以“转为”"),
        (_restarts(rule), "“至少”按日期写的，不写“满后重计”：换了次数，凑过的算不算，说不清"),
        (rule.cumulation is not None and rule.value is not None and rule.ladder, "“累计”与“次第”不能同写"),
    )
    return next((why for wrong, why in reasons if wrong), "")


def _restarts(rule: Rule) -> bool:
    counted = rule.cumulation
    return counted is not None and counted.restart and len(counted.at_least.values) > 1


def together(each: Fields) -> Together:
    """Build one 限额."""
    limits: Dated[tuple[Limit, ...]] | None = each.get("封顶")
    return Together(each.get("名称"), each.get("依据"), each.get("规则", ()), limits, each.get("取最高", ""))
