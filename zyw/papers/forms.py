"""Which papers there are: for each its templates, the names they may use, for whom it is, how it is filled.

`zyw report KEY` makes the forms of one paper; a form has one file, or one for each unit. A template in the workspace
named like a form wins over zyw's own; with an ending that zyw has none for (`督查通报.html`) it adds a file.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final, TypeAlias

from zyw.facts import Facts
from zyw.office import Office
from zyw.papers.bulletin import COUNTY_NAMES, county
from zyw.papers.pressing import NOTICE_NAMES, URGE_NAMES, Pressing
from zyw.papers.rectifying import RECTIFICATION_NAMES, Rectifying
from zyw.papers.slips import UNIT_NAMES, Notices
from zyw.privacy import Level, hide_names
from zyw.templating.names import Names


@dataclass(frozen=True, slots=True)
class Document:
    """What fills one file: the unit it is for ("" for the county's), its title, its context."""

    unit: str
    title: str
    context: Mapping[str, Any]


Documents: TypeAlias = Callable[[Facts, Level, Office], Iterator[Document]]


@dataclass(frozen=True, slots=True)
class Form:
    """One kind of paper. `name` is the stem of its templates and files, `endings` those of zyw's own templates."""

    name: str
    meaning: str
    names: Mapping[str, Names]
    level: Level
    documents: Documents
    endings: tuple[str, ...] = (".docx",)
    by_unit: bool = False


@dataclass(frozen=True, slots=True)
class Paper:
    """What one `zyw report KEY` makes."""

    key: str
    meaning: str
    forms: tuple[Form, ...]


def _bulletin(facts: Facts, level: Level, office: Office) -> Iterator[Document]:
    context = county(facts, level, office)
    yield Document("", f"督查通报 {context['期']['名称']}", context)


def _slips(facts: Facts, level: Level, office: Office) -> Iterator[Document]:
    notices = Notices(facts, level, office)
    for line in facts.lines:
        yield Document(line.unit, f"得分告知单 {line.unit}", notices.context(line.unit))


def _whole_county(name: str) -> Documents:
    def documents(facts: Facts, level: Level, office: Office) -> Iterator[Document]:
        context = Rectifying(facts, level, office).county()
        yield Document("", f"{name} {context['期']['名称']}", context)

    return documents


def _each_unit(name: str) -> Documents:
    def documents(facts: Facts, level: Level, office: Office) -> Iterator[Document]:
        for unit, context in Rectifying(facts, level, office).units():
            yield Document(unit, f"{name} {unit}", context)

    return documents


def _notices(facts: Facts, level: Level, office: Office) -> Iterator[Document]:
    for unit, context in Pressing(facts, level, office).units():
        yield Document(unit, f"督办通知单 {unit}", context)


def _urged(facts: Facts, level: Level, office: Office) -> Iterator[Document]:
    context = Pressing(facts, level, office).county()
    yield Document("", f"催办清单 {context['期']['名称']}", context)


MONTHLY: Final = Form("督查通报", "全县一份的督查通报", COUNTY_NAMES, Level.NOTICE, _bulletin)
UNIT: Final = Form("得分告知单", "每个单位一份的得分告知单", UNIT_NAMES, Level.INTERNAL, _slips, by_unit=True)
_RANKED: Final = Form("排名附件", "得分排名表，通报的附件，横排", COUNTY_NAMES, Level.NOTICE, _bulletin)
_NOTICE: Final = Form(
    "督办通知单", "每个有逾期或快到期事项的单位一份", NOTICE_NAMES, Level.INTERNAL, _notices, by_unit=True
)  # fmt: skip
_URGE: Final = Form("催办清单", "全县逾期、快到期事项和未报材料", URGE_NAMES, Level.NOTICE, _urged, (".docx", ".xlsx"))
_LEDGER: Final = Form(
    "整改台账", "全部问题的整改台账", RECTIFICATION_NAMES, Level.INTERNAL, _whole_county("整改台账"), (".xlsx", ".docx")
)
_CLOSED: Final = Form(
    "销号清单",
    "已销号和待销号的问题",
    RECTIFICATION_NAMES,
    Level.INTERNAL,
    _whole_county("销号清单"),
    (".xlsx", ".docx"),
)
_REPORT: Final = Form("整改报告", "全县的整改报告", RECTIFICATION_NAMES, Level.NOTICE, _whole_county("整改报告"))
_OWN_REPORT: Final = Form(
    "单位整改报告", "每个有问题的单位一份", RECTIFICATION_NAMES, Level.INTERNAL, _each_unit("整改报告"), by_unit=True
)  # fmt: skip

PAPERS: Final[Mapping[str, Paper]] = {
    paper.key: paper
    for paper in (
        Paper("monthly", "督查通报", (MONTHLY,)),
        Paper("annex", "排名附件：横排的得分排名表", (_RANKED,)),
        Paper("unit", "得分告知单，每个单位一份", (UNIT,)),
        Paper("notice", "督办通知单，有逾期或快到期事项的单位每个一份", (_NOTICE,)),
        Paper("urge", "催办清单：逾期、快到期的事项和未报的材料", (_URGE,)),
        Paper("rectification", "整改台账、销号清单和整改报告", (_LEDGER, _CLOSED, _REPORT, _OWN_REPORT)),
    )
}
FORMS: Final[Mapping[str, Form]] = {form.name: form for paper in PAPERS.values() for form in paper.forms}


def named_for(facts: Facts, level: Level) -> Facts:
    """Return the facts with no person named in a file or sheet (`张三处理决定.xlsx`), unless the paper is 内部."""
    if level is Level.INTERNAL:
        return facts
    from zyw.origins import Origins
    from zyw.ranked.details import persons_of

    persons, ledger = persons_of(facts.scores), facts.ledger

    def hide(text: str) -> str:
        return hide_names(text, persons, level)

    blocks = tuple(replace(each, file=hide(each.file), sheet=hide(each.sheet)) for each in ledger.origins.blocks)
    missing = tuple(map(hide, facts.missing))
    return replace(facts, ledger=replace(ledger, origins=Origins(blocks)), missing=missing)
