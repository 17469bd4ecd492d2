"""Scheme text → `Scheme`: the rules of a published document as dated, cited data (design §5).

`load_scheme` reports every fault with line and column; with an error among them there is no scheme. What a document
leaves open stands as `方案未定` beside the reading chosen and becomes a `Note` that every result carries.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from zyw import grammar, lints
from zyw.decoding import MISSING, Fields, nearest, read_part
from zyw.located import parse_located
from zyw.problems import Place, Problem, Severity, problem
from zyw.rules import (
    CONDITION_FIELDS,
    PERSON,
    Category,
    Channel,
    Consequence,
    Cumulation,
    Document,
    Gravity,
    Levels,
    Measure,
    Note,
    Phase,
    Ranking,
    Rule,
    Word,
)

OTHER: Final = "其他"


@dataclass(frozen=True, slots=True)
class Scheme:
    """One scheme; `base` in millionths, `measures` lightest first, `starts` the first day it applies (None: always)."""

    id: str
    name: str
    issuer: str
    issued: date | None
    starts: date | None
    base: int
    cycle: str
    levels: Levels
    measures: tuple[Measure, ...]
    categories: tuple[Category, ...]
    channels: tuple[Channel, ...]
    situations: tuple[Word, ...]
    gravities: tuple[Gravity, ...]
    handlings: tuple[Word, ...]
    authorities: tuple[Word, ...]
    phases: tuple[Phase, ...]
    documents: tuple[Document, ...]
    rules: tuple[Rule, ...]
    ranking: Ranking
    notes: tuple[Note, ...]
    checked: date | None = None


def load_scheme(text: str, file: str) -> tuple[Scheme | None, tuple[Problem, ...]]:
    """Return the scheme written in `text` (YAML) and what is wrong or doubtful in it; no scheme when anything is wrong.

    `file` is the name that messages show. Codes P001–P023.
    """
    node, refused = parse_located(text, file)
    problems = list(refused)
    if node is None:
        return None, tuple(problems)
    fields = read_part(grammar.SCHEME, node, problems)
    if fields is None or _failed(problems):
        return None, tuple(problems)
    scheme = _Builder(problems).scheme(fields)
    words = {name: vocabulary(scheme, name) for name in CONDITION_FIELDS}
    problems.extend(_references(scheme, words))
    problems.extend(lints.check_scheme(fields, scheme.rules, words))
    return (None if _failed(problems) else scheme), tuple(problems)


def _failed(problems: list[Problem]) -> bool:
    return any(found.severity is Severity.ERROR for found in problems)


@dataclass(slots=True)
class _Builder:
    """Turns fields that were read without a fault into records, gathering notes on the way."""

    problems: list[Problem]

    def scheme(self, top: Fields) -> Scheme:
        head: Fields = top.get("方案")
        issued = head.get("发文日期")
        if issued == MISSING and not head.get("自"):
            self.problems.append(problem("P022", head.at("发文日期")))
        ranking: Fields | None = top.get("排名")
        return Scheme(
            id=head.get("编号"),
            name=head.get("名称"),
            issuer=head.get("发文机关"),
            issued=None if issued == MISSING else issued,
            starts=head.get("自"),
            base=head.get("基础分"),
            cycle=head.get("考核期"),
            levels=self.levels(top.get("职务层级"), top.at("职务层级")),
            measures=tuple(self.measure(order, each) for order, each in enumerate(top.get("处理方式"))),
            categories=tuple(
                Category(each.get("名称"), each.get("依据"), each.get("具体表现", ())) for each in top.get("类别", ())
            ),
            channels=tuple(
                Channel(each.get("名称"), each.get("依据"), each.get("须核实") == "否", each.get("别名", ()))
                for each in top.get("来源", ())
            ),
            situations=_words(top, "情形"),
            gravities=tuple(
                Gravity(each.get("名称"), each.get("依据"), each.get("处理方式", ())) for each in top.get("情节", ())
            ),
            handlings=_words(top, "办理方式"),
            authorities=_words(top, "处理权限"),
            phases=tuple(
                Phase(each.get("名称"), each.get("依据"), each.get("自"), each.get("至"))
                for each in top.get("阶段", ())
            ),
            documents=tuple(
                Document(each.get("名称"), each.get("依据"), each.get("应报日"), each.get("别名", ()))
                for each in top.get("材料", ())
            ),
            rules=tuple(self.rule(each) for each in top.get("规则")),
            ranking=Ranking(needed=ranking.get("须有", ()) if ranking else ()),
            notes=_notes(top),
            checked=head.get("最后核对"),
        )

    def levels(self, entries: Any, place: Place) -> Levels:
        """Read 职务层级; a title under two levels, or no 其他, is a fault."""
        exact: dict[str, str] = {}
        patterns: list[tuple[str, str]] = []
        order: list[str] = []
        other = ""
        for name, titles, where in entries:
            if name == OTHER:
                other = titles[0] if titles else ""
                continue
            order.append(name)
            for title in titles:
                if "*" in title:
                    patterns.append((title, name))
                elif title in exact:
                    self.problems.append(problem("P010", where, 种类="职务", 名称=title))
                else:
                    exact[title] = name
        if other not in order:
            near = nearest(other, order)
            self.problems.append(problem("P011", place, 种类="“其他”所指的层级", 名称=other or "空白", 近似=near))
        return Levels(tuple(order), tuple(exact.items()), tuple(patterns), other)

    def measure(self, order: int, each: Fields) -> Measure:
        """Build one measure; its consequences take its clause when they name none."""
        clause = each.get("依据")
        return Measure(
            name=each.get("名称"),
            clause=clause,
            track=each.get("类型", ""),
            aliases=each.get("别名", ()),
            order=order,
            consequences=_consequences(each, clause),
            place=each.place,
        )

    def rule(self, each: Fields) -> Rule:
        """Build one rule; a cumulation without a window is a fault (P014)."""
        clause = each.get("依据")
        counted: Fields | None = each.get("累计")
        cumulation = None
        if counted is not None:
            if counted.get("期限") is None:
                self.problems.append(problem("P014", counted.place, 规则=each.get("编号")))
            else:
                cumulation = Cumulation(counted.get("对象"), counted.get("至少"), counted.get("期限"))
        return Rule(
            id=each.get("编号"),
            clause=clause,
            place=each.place,
            table=each.get("数据"),
            counted=each.get("计数"),
            conditions=each.get("条件", ()),
            points=each.get("每次"),
            cumulation=cumulation,
            consequences=_consequences(each, clause),
            relations=tuple((name, kind) for name, kind, _ in each.get("关系", ())),
            text=each.get("说明", ""),
        )


def _consequences(each: Fields, clause: str) -> tuple[Consequence, ...]:
    return tuple(
        Consequence(found.get("对象", PERSON), found.get("内容"), found.get("期限"), found.get("依据", clause))
        for found in each.get("后果", ())
    )


def _words(top: Fields, part: str) -> tuple[Word, ...]:
    return tuple(
        Word(each.get("名称"), each.get("依据"), each.get("说明", ""), each.get("须说明理由") == "是")
        for each in top.get(part, ())
    )


def _notes(top: Fields) -> tuple[Note, ...]:
    """Gather every 方案未定, the scheme's own first, then in the order of the parts."""
    head: Fields = top.get("方案")
    notes = [Note("", f"方案未定: {text}") for text in head.get("方案未定", ())]
    for entry in top.get("方案未定", ()):
        if isinstance(entry, Fields):
            notes.append(Note(entry.get("依据"), f"方案未定: {entry.get('说明')}"))
        else:
            notes.append(Note("", f"方案未定: {entry}"))
    for key in grammar.SCHEME.keys:
        for each in top.get(key.name, ()) if key.name not in ("方案", "方案未定", "职务层级", "排名") else ():
            about = each.get("编号" if key.name == "规则" else "名称") if key.name in ("规则", "处理方式") else ""
            notes.extend(Note(each.get("依据"), f"方案未定: {text}", about) for text in each.get("方案未定", ()))
    return tuple(dict.fromkeys(notes))


def vocabulary(scheme: Scheme, field: str) -> tuple[str, ...] | None:
    """Return the values a case's `field` may have, None when the scheme does not close the list."""
    closed = {
        "职务层级": scheme.levels.order,
        "处理方式": tuple(measure.name for measure in scheme.measures),
        "处理类型": tuple(dict.fromkeys(measure.track for measure in scheme.measures)),
        "类别": tuple(category.name for category in scheme.categories),
        "来源": tuple(channel.name for channel in scheme.channels),
        "情节": tuple(gravity.name for gravity in scheme.gravities),
    }
    return closed[field] or None


def _references(scheme: Scheme, words: lints.Words) -> list[Problem]:
    """Check that what rules and gravities name exists (P011) and that no name is given twice (P010)."""
    problems: list[Problem] = []
    ids = tuple(rule.id for rule in scheme.rules)
    for rule in scheme.rules:
        for condition in rule.conditions:
            known = words[condition.field]
            strangers = sorted(condition.values.difference(known)) if known else []
            problems += [_unknown(rule.place, condition.field, value, known or ()) for value in strangers]
        for name, _ in rule.relations:
            if name not in ids or name == rule.id:
                problems.append(_unknown(rule.place, "关系里的规则", name, tuple(i for i in ids if i != rule.id)))
    measures = words["处理方式"] or ()
    for gravity in scheme.gravities:
        for name in gravity.measures:
            if name not in measures:
                problems.append(_unknown(scheme.measures[0].place, f"情节“{gravity.name}”的处理方式", name, measures))
    return problems + _doubles(scheme)


def _unknown(place: Place, kind: str, name: str, known: tuple[str, ...]) -> Problem:
    return problem("P011", place, 种类=kind, 名称=name, 近似=nearest(name, known))


def _doubles(scheme: Scheme) -> list[Problem]:
    problems: list[Problem] = []
    named: list[tuple[str, str, Place]] = [("规则", rule.id, rule.place) for rule in scheme.rules]
    named += [("处理方式", name, m.place) for m in scheme.measures for name in (m.name, *m.aliases)]
    seen: set[tuple[str, str]] = set()
    for kind, name, place in named:
        if (kind, name) in seen:
            problems.append(problem("P010", place, 种类=kind, 名称=name))
        seen.add((kind, name))
    return problems
