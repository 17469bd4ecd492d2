"""Worked cases of a scheme: a sentence, a few rows, what must come out. Run by pytest and by `zyw scheme test`.

A clerk reads and extends them; the arithmetic stands beside each case.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

from zyw.cases.expected import EXPECTED, differences, told
from zyw.cases.expected import PARTS as EXPECTED_PARTS
from zyw.cases.handled import docket_differences
from zyw.cases.written import ANSWERS, SCORED_TABLES, UNIT, Row, Tallies, ledger_of, rows_of, units
from zyw.decoding import DATE, TEXT, WHOLE, Fields, Key, Part, part_of, parts_of, read_part, words_by_name
from zyw.located import parse_located
from zyw.naming.units import Unit
from zyw.periods import Period, Span, assessed_period, month_of, quarter_of, school_year_of, year_of
from zyw.problems import Problem, Verbatim, problem
from zyw.scheme import Scheme


@dataclass(frozen=True, slots=True)
class Case:
    """One worked case; `expected` holds what its author wrote, by key; no `period`: the scheme's first whole one."""

    sentence: str
    period: Period | None
    as_of: date | None
    units: tuple[Unit, ...]
    rows: Mapping[str, tuple[Row, ...]]
    ballots: Mapping[str, int]
    expected: Fields
    file: str
    tallies: Tallies = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a case: `failures` say in a line each what differs; none: it holds.

    `fired` are the rules of the scheme that moved points or stated a consequence in it.
    """

    case: Case
    failures: tuple[str, ...]
    fired: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Report:
    """All cases of a file; `rules` are those of the scheme, in its order."""

    outcomes: tuple[Outcome, ...] = field(default=())
    rules: tuple[str, ...] = ()

    @property
    def failed(self) -> tuple[Outcome, ...]:
        """The cases that do not hold."""
        return tuple(outcome for outcome in self.outcomes if outcome.failures)

    @property
    def uses(self) -> dict[str, int]:
        """In how many cases each rule fired."""
        return {rule: sum(rule in outcome.fired for outcome in self.outcomes) for rule in self.rules}

    @property
    def never(self) -> tuple[str, ...]:
        """The rules that no case shows at work: nothing tells whether they say what was meant."""
        return tuple(rule for rule, times in self.uses.items() if not times)

    @property
    def always(self) -> tuple[str, ...]:
        """The rules that fired in every case, of two or more: no case shows when they do not apply."""
        count = len(self.outcomes)
        return tuple(rule for rule, times in self.uses.items() if times == count > 1)


def run_cases(text: str, file: str, scheme: Scheme) -> tuple[Report, tuple[Problem, ...]]:
    """Run the cases written in `text` by `scheme`; nothing is run when the text is at fault."""
    cases, problems = load_cases(text, file)
    if problems:
        return Report(), problems
    return Report(tuple(_tried(case, scheme) for case in cases), tuple(rule.id for rule in scheme.rules)), ()


def run_case(case: Case, scheme: Scheme) -> tuple[str, ...]:
    """Return what differs from the expectation."""
    return _tried(case, scheme).failures


def _tried(case: Case, scheme: Scheme) -> Outcome:
    from zyw.ranking import rank
    from zyw.scoring import score

    ledger = ledger_of(case.file, case.units, case.rows, case.ballots, case.tallies)
    period = case.period or first_period(scheme, case.as_of)
    scores, problems = score(ledger, scheme, Span(period, None, case.as_of or period.end))
    standings, _ = rank(ledger, scores)
    fired = {rule for (rule,) in scores.journal_rows.rows("rule")} & {rule.id for rule in scheme.rules}
    differing = tuple(differences(case.expected, scores, standings, problems))
    if case.expected.get("督办"):
        from zyw.handling.docket import docket

        found, _ = docket(ledger, scheme, scores.span.as_of)
        differing = (*differing, *docket_differences(case.expected.get("督办"), found))
    return Outcome(case, (*differing, *told(problems)) if differing else (), frozenset(fired))


def first_period(scheme: Scheme, as_of: date | None = None) -> Period:
    """Return the first whole 考核期 since the scheme's first day: issued 2011-12-24, the year 2012.

    Standing on a day before it, the one that holds that day.
    """
    # Without either day the file is refused (P022).
    day = scheme.starts or scheme.issued or date.min
    period = assessed_period(day, scheme.cycle)
    if period.start < day and not (as_of and as_of <= period.end):
        period = assessed_period(period.end + timedelta(days=1), scheme.cycle)
    return period


def load_cases(text: str, file: str) -> tuple[tuple[Case, ...], tuple[Problem, ...]]:
    """Return the cases written in `text` (YAML: 名册, 案例) and what is wrong with it."""
    node, refused = parse_located(text, file)
    problems = list(refused)
    top = read_part(_FILE, node, problems) if node is not None else None
    if top is None or problems:
        return (), tuple(problems)
    shared = units(top.get("名册", ()))
    cases = [_case(each, shared, file, problems) for each in top.get("案例")]
    return tuple(case for case in cases if case is not None), tuple(problems)


def _case(each: Fields, shared: tuple[Unit, ...], file: str, problems: list[Problem]) -> Case | None:
    written = each.get("考核期")
    period = _period(written) if written else None
    if written and period is None:
        problems.append(
            problem("P007", each.at("考核期"), 应为=Verbatim("2012、2012Q1、2012-05 或 2011学年"), 值=written)
        )
        return None
    rows = {name: each.get(name) for name in SCORED_TABLES if each.get(name)}
    own = units(each.get("名册", ()))
    ballots = {name: count for name, count, _ in each.get("测评", ())}
    answers = each.get("测评答案", {})
    as_of = each.get("截至")
    return Case(each.get("说明"), period, as_of, own or shared, rows, ballots, each.get("应得"), file, answers)


def _period(written: str) -> Period | None:
    years = year_of(written) or school_year_of(written.removesuffix("学年"))
    return years or quarter_of(written) or month_of(written)


CASE: Final = Part(
    "案例",
    "一个算例",
    (
        Key("说明", TEXT, "一句话说清这个算例", required=True),
        Key("考核期", TEXT, "如 2012、2012Q1、2012-05、2011学年；不写为方案适用以后第一个完整的考核期"),
        Key("截至", DATE, "截至日；不写为考核期最后一天"),
        Key("名册", parts_of(UNIT), "这个算例自己的名册；不写用各算例共用的"),
        *(Key(name, rows_of(name), f"{name}的行；列名见 docs/列名.md，日期写成 2012-01-31") for name in SCORED_TABLES),
        Key("测评", words_by_name("单位: 份数", WHOLE), "各单位的测评份数；分对象写成 甲小学/家长: 30"),
        Key("测评答案", ANSWERS, "各单位各题各答案的份数"),
        Key("应得", part_of(EXPECTED), "应当得出的结果", required=True),
    ),
    "说明: 一件扣 2 分；问题台账: [{单位: 甲小学, 发现日: 2012-03-01}]；应得: {得分: {甲小学: 98}}。",
)
_FILE: Final = Part(
    "案例文件",
    "一份方案的算例",
    (Key("名册", parts_of(UNIT), "各算例共用的名册"), Key("案例", parts_of(CASE), "算例", required=True)),
)
PARTS: Final = (_FILE, CASE, UNIT, *EXPECTED_PARTS)
"""Every part of a cases file, in the order of the reference."""
