"""Due process in a scheme: steps that can be seen, one sense a word, and no score that becomes a sanction by itself."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from zyw.cells import key
from zyw.decoding import Fields
from zyw.grammar.process import DAYS
from zyw.problems import Problem, Verbatim, problem
from zyw.rules import PERSON, SANCTIONS
from zyw.rules.process import BY_SOURCE, VERIFIED, Step

if TYPE_CHECKING:
    from zyw.scheme import Scheme


def check_process(fields: Fields, scheme: "Scheme") -> Iterator[Problem]:
    """Check 程序, 免责, and what rules let follow for a person."""
    tracks = {measure.track for measure in scheme.measures}
    seen: set[str] = set()
    for step, read in zip(scheme.process.steps, fields.get("程序", ()), strict=True):
        why = "这一列已经是另一步" if step.column in seen else _misfit(step, tracks)
        if why:
            yield problem("P039", read.place, 步骤=step.name, 原因=Verbatim(why))
        seen.add(step.column)
    names = {key(name) for each in scheme.measures for name in (each.name, *each.aliases)}
    for each, read in zip(scheme.process.exemptions, fields.get("免责", ()), strict=False):
        for name in (each.name, *each.aliases):
            if key(name) in names:
                yield problem("P010", read.place, 种类="处理方式和免责", 名称=name)
    yield from _scores(scheme, names)


def _misfit(step: Step, tracks: set[str]) -> str:
    if step.blank == BY_SOURCE and step.column != VERIFIED:
        return "的“空白: 看来源”只用于是否核实"
    if step.order and step.column not in DAYS:
        return f"的列“{step.column}”不是日期，没有次序可看"
    strange = sorted(set(step.tracks) - tracks)
    return f"的适用类型“{strange[0]}”不在处理方式的类型里" if strange else ""


def _scores(scheme: "Scheme", names: set[str]) -> Iterator[Problem]:
    """Refuse a rule that lets a measure follow for a person from anything but a decided sanction (P043)."""
    for rule in scheme.rules:
        stated = (*rule.consequences, *(each for step in rule.chain for each in step.consequences))
        for each in stated if rule.table != SANCTIONS else ():
            if each.target == PERSON and key(each.text) in names:
                yield problem("P043", rule.place, 规则=rule.id, 数据=rule.table, 内容=each.text)
