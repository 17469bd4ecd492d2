"""Facts + a Word template → filled papers: the county's bulletin, and one notice for each unit."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from zyw.facts import Facts
from zyw.notices import UNIT_NAMES, Notices
from zyw.office import Office
from zyw.origins import Origins
from zyw.papers import COUNTY_NAMES, county
from zyw.privacy import Level, hide_names
from zyw.problems import Problem, ZywError
from zyw.template_names import Names
from zyw.word_template import WordTemplate, compile_template

MONTHLY: "str" = "督查通报"
UNIT: "str" = "得分告知单"
NAMES: dict[str, Names] = {MONTHLY: COUNTY_NAMES, UNIT: UNIT_NAMES}
"""The names that the template of each paper may use."""


def check_template(template: bytes, names: Names, file: str = "模板.docx") -> tuple[Problem, ...]:
    """Return what is wrong with a template, without filling it (codes R001–R005, R007)."""
    return compile_template(template, names, file)[1]


def monthly(
    facts: Facts,
    template: bytes,
    *,
    level: Level = Level.NOTICE,
    office: Office | None = None,
    file: str = "督查通报.docx",
) -> tuple[bytes, tuple[Problem, ...]]:
    """Return the county's 督查通报 as docx; raises `ZywError` (exit 2) when the template is at fault.

    `file` is the template's name in messages. At 通报 people are named 张某某, at 公示 not at all.
    """
    ready, problems = _ready(template, COUNTY_NAMES, file)
    context = county(named_for(facts, level), level, office or Office())
    return ready.fill(context, f"{MONTHLY} {context['期']['名称']}", facts.span.as_of), problems


def units(
    facts: Facts,
    template: bytes,
    units: Iterable[str] | None = None,
    *,
    level: Level = Level.INTERNAL,
    office: Office | None = None,
    file: str = "得分告知单.docx",
) -> Iterator[tuple[str, bytes]]:
    """Yield (unit, docx) for each of `units`, all units when None; a notice holds its own unit's line only.

    The template is checked before the first is filled: `ZywError` (exit 2) when it is at fault. Raises `KeyError` for
    a unit without a score.
    """
    ready, _ = _ready(template, UNIT_NAMES, file)
    notices = Notices(named_for(facts, level), level, office or Office())
    wanted = [line.unit for line in facts.lines] if units is None else list(units)

    def filled() -> Iterator[tuple[str, bytes]]:
        for unit in wanted:
            yield unit, ready.fill(notices.context(unit), f"{UNIT} {unit}", facts.span.as_of)

    return filled()


def _ready(template: bytes, names: Names, file: str) -> tuple[WordTemplate, tuple[Problem, ...]]:
    ready, problems = compile_template(template, names, file)
    if ready is None:
        raise ZywError(problems)
    return ready, problems


def named_for(facts: Facts, level: Level) -> Facts:
    """Return the facts with no person named in a file or sheet (`张三处理决定.xlsx`), unless the paper is 内部."""
    if level is Level.INTERNAL:
        return facts
    from zyw.ranked.details import persons_of

    persons, ledger = persons_of(facts.scores), facts.ledger

    def hide(text: str) -> str:
        return hide_names(text, persons, level)

    blocks = tuple(replace(each, file=hide(each.file), sheet=hide(each.sheet)) for each in ledger.origins.blocks)
    missing = tuple(map(hide, facts.missing))
    return replace(facts, ledger=replace(ledger, origins=Origins(blocks)), missing=missing)
