"""Scheme text → `Scheme`: the rules of a published document as dated, cited data (design §5).

`load_scheme` reports every fault with line and column; with an error among them there is no scheme. What a document
leaves open stands as `方案未定` beside the reading chosen and becomes a `Note` that every result carries.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any, Final

from zyw import grammar, lints
from zyw.decoding import MISSING, Fields, nearest, read_part
from zyw.grammar import places
from zyw.grammar.basics import places_of
from zyw.grammar.handling import handling
from zyw.grammar.making import RuleMaker, together
from zyw.grammar.process import process
from zyw.located import Node, parse_located
from zyw.periods import CYCLES
from zyw.points import number_text
from zyw.problems import Place, Problem, Severity, Verbatim, problem
from zyw.rules import (
    Activity,
    Area,
    Category,
    Channel,
    Document,
    Element,
    Gravity,
    Item,
    Levels,
    Measure,
    Norm,
    Note,
    Phase,
    Ranking,
    Rule,
    Survey,
    Together,
    Word,
)
from zyw.rules.handling import USUAL, Handling
from zyw.rules.items import Total
from zyw.rules.process import PLAIN, Process
from zyw.rules.yearly import WEIGHTED, Yearly

OTHER: Final = "其他"
UNBOUND: Final = Total()
WORK: Final = "治庸问责工作"


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
    items: tuple[Item, ...] = ()
    together: tuple[Together, ...] = ()
    surveys: tuple[Survey, ...] = ()
    total: Total = UNBOUND
    norms: tuple[Norm, ...] = ()
    yearly: Yearly | None = None
    classes: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """(单位类别, units); one may be 其余."""
    handling: Handling = USUAL
    """How an issue is handled; its own readings stand there, for no score rests on them."""
    process: Process = PLAIN
    """The way of a sanction before it counts."""
    areas: tuple[Area, ...] = ()
    activities: tuple[Activity, ...] = ()
    elements: tuple[Element, ...] = ()
    work: str = WORK
    """What papers call the work that the scheme is for."""


def load_scheme(text: str, file: str) -> tuple[Scheme | None, tuple[Problem, ...]]:
    """Return the scheme written in `text` (YAML) and what is wrong or doubtful in it; no scheme when anything is wrong.

    `file` is the name that messages show. Codes P001–P049.
    """
    node, refused = parse_located(text, file)
    if node is None:
        return None, refused
    scheme, problems = read_scheme_node(node)
    return scheme, (*refused, *problems)


def read_scheme_node(node: Node) -> tuple[Scheme | None, tuple[Problem, ...]]:
    """Return the scheme that located values say, wherever they were written, and what is wrong or doubtful in it."""
    problems: list[Problem] = []
    fields = read_part(grammar.SCHEME, node, problems)
    if fields is None or _failed(problems):
        return None, tuple(problems)
    scheme = _Builder(problems).scheme(fields)
    if not _failed(problems):
        problems.extend(lints.check_scheme(fields, scheme, lambda field: vocabulary(scheme, field)))
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
        checked = head.get("最后核对")
        if checked and issued != MISSING and checked < issued:
            facts = {"核对": Verbatim(checked), "发文": Verbatim(issued)}
            self.problems.append(problem("P033", head.at("最后核对"), excerpt=(), **facts))
        maker = RuleMaker(head.get("考核期"), self.problems)
        return Scheme(
            id=head.get("编号"),
            name=head.get("名称"),
            work=head.get("工作", WORK),
            issuer=head.get("发文机关"),
            issued=None if issued == MISSING else issued,
            starts=head.get("自"),
            base=head.get("基础分"),
            cycle=head.get("考核期"),
            levels=self.levels(top.get("职务层级", ()), top.at("职务层级")),
            measures=tuple(_measure(maker, order, each) for order, each in enumerate(top.get("处理方式", ()))),
            rules=tuple(maker.rule(each) for each in top.get("规则")),
            ranking=_ranking(top.get("排名")),
            notes=_notes(top),
            checked=head.get("最后核对"),
            items=_made(places.item, top.get("项目", ()), self.problems),
            together=tuple(together(each) for each in top.get("限额", ())),
            surveys=_made(places.survey, top.get("测评", ()), self.problems),
            total=_total(head.get("总分")),
            yearly=_yearly(head, self.problems),
            classes=self.classes(top.get("单位类别", ())),
            handling=handling(top.get("办理")),
            process=process(top.get("程序", ()), top.get("复核"), top.get("免责", ())),
            **_vocabularies(top),
        )

    def classes(self, entries: Any) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Read 单位类别; a unit in two classes is a fault."""
        seen: set[str] = set()
        for _, units, where in entries:
            for unit in units:
                if unit in seen:
                    self.problems.append(problem("P010", where, 种类="单位类别里的单位", 名称=unit))
                seen.add(unit)
        return tuple((name, units) for name, units, _ in entries)

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
        if entries and other not in order:
            near = nearest(other, order)
            self.problems.append(problem("P011", place, 种类="“其他”所指的层级", 名称=other or "空白", 近似=near))
        return Levels(tuple(order), tuple(exact.items()), tuple(patterns), other)


def _made(make: Callable[[Fields, list[Problem]], Any], parts: Iterable[Fields], problems: list[Problem]) -> Any:
    return tuple(found for found in (make(each, problems) for each in parts) if found is not None)


def _vocabularies(top: Fields) -> dict[str, Any]:
    """Return the words of the scheme that need nothing but their fields."""
    return {
        "categories": tuple(
            Category(each.get("名称"), each.get("依据"), each.get("具体表现", ())) for each in top.get("类别", ())
        ),
        "channels": tuple(
            Channel(each.get("名称"), each.get("依据"), each.get("须核实") == "否", each.get("别名", ()))
            for each in top.get("来源", ())
        ),
        "situations": _words(top, "情形"),
        "gravities": tuple(
            Gravity(each.get("名称"), each.get("依据"), each.get("处理方式", ())) for each in top.get("情节", ())
        ),
        "handlings": _words(top, "办理方式"),
        "authorities": _words(top, "处理权限"),
        "phases": tuple(
            Phase(each.get("名称"), each.get("依据"), each.get("自"), each.get("至")) for each in top.get("阶段", ())
        ),
        "documents": tuple(
            Document(each.get("名称"), each.get("依据"), each.get("应报日"), each.get("别名", ()), each.get("说明", ""))
            for each in top.get("材料", ())
        ),
        "areas": tuple(
            Area(
                each.get("名称"),
                each.get("依据"),
                each.get("牵头领导", ()),
                each.get("责任股室", ()),
                each.get("说明", ""),
                each.get("别名", ()),
            )
            for each in top.get("工作方面", ())
        ),
        "activities": tuple(
            Activity(each.get("名称"), each.get("依据"), each.get("说明", ""), each.get("别名", ()))
            for each in top.get("活动", ())
        ),
        "elements": tuple(
            Element(each.get("名称"), each.get("依据"), each.get("列")) for each in top.get("台账要素", ())
        ),
        "norms": tuple(
            Norm(each.get("名称"), each.get("依据"), each.get("现状", "")) for each in top.get("引用文件", ())
        ),
    }


def _measure(maker: RuleMaker, order: int, each: Fields) -> Measure:
    """Build one measure; its consequences take its clause when they name none."""
    clause = each.get("依据")
    return Measure(
        name=each.get("名称"),
        clause=clause,
        track=each.get("类型", ""),
        aliases=each.get("别名", ()),
        order=order,
        consequences=maker.consequences(each, clause),
        place=each.place,
    )


def _ranking(fields: Fields | None) -> Ranking:
    if fields is None:
        return Ranking()
    own = Ranking()
    return Ranking(
        group=fields.get("分组", own.group),
        ties=fields.get("并列", own.ties),
        needed=fields.get("须有", ()),
        order=fields.get("同分先后", ()),
        pools=tuple((name, kinds) for name, kinds, _ in fields.get("合组", ())),
        single=fields.get("单个成组", own.single),
        grades=fields.get("等次", ()),
        none=fields.get("不排名", ""),
    )


def _total(fields: Fields | None) -> Total:
    return Total() if fields is None else Total(fields.get("保底"), fields.get("封顶"), places_of(fields))


def _yearly(head: Fields, problems: list[Problem]) -> Yearly | None:
    """Build 年度: only where quarters or months are scored (P044), a weight for each of them, 100 % together (P036)."""
    fields: Fields | None = head.get("年度")
    if fields is None:
        return None
    weights, how = fields.get("权重", ()), fields.get("合成")
    parts = 12 // CYCLES[head.get("考核期")]
    why = "考核期是自然年、学年的，年度就是它自己，不写“年度”" if parts == 1 else ""
    if not why and (how == WEIGHTED) != bool(weights):
        why = "“权重”与“合成: 加权”同写"
    if not why and weights and len(weights) != parts:
        why = f"一年有 {parts} 期，权重写了 {len(weights)} 个"
    if why:
        problems.append(problem("P044", fields.place, 原因=Verbatim(why)))
        return None
    total = sum(weights, Fraction(0))
    if weights and total != 1:
        problems.append(problem("P036", fields.at("权重"), 上级="年度", 合计=f"{number_text(total * 100)}%"))
    return Yearly(fields.get("依据"), how, weights, places_of(fields))


def _words(top: Fields, part: str) -> tuple[Word, ...]:
    return tuple(
        Word(each.get("名称"), each.get("依据"), each.get("说明", ""), each.get("须说明理由") == "是")
        for each in top.get(part, ())
    )


_NAMED: Final = {"规则": "编号", "处理方式": "名称"}
"""Parts whose notes go only with the results that rest on them, and the key of their name."""


_OF_ALL: Final = frozenset({"项目", "限额", "测评", "排名"})
"""Parts whose notes go with every result."""


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
        if key.name in ("方案", "方案未定", "职务层级", "单位类别", "办理"):
            continue
        found = top.get(key.name, ())
        for each in (found,) if isinstance(found, Fields) else found:
            about = each.get(_NAMED[key.name]) if key.name in _NAMED else ""
            sums = key.name in _OF_ALL
            notes.extend(
                Note(each.get("依据", ""), f"方案未定: {text}", about, sums) for text in each.get("方案未定", ())
            )
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
    return closed.get(field) or None
