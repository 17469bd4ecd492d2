"""What must come out of a worked case, and what differs from it."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final

from zyw.cases.handled import HANDLED
from zyw.decoding import DATE, TEXT, TEXTS, WHOLE, Fields, Key, Part, built, list_of, part_of, parts_of, words_by_name
from zyw.points import to_text
from zyw.problems import Problem, Severity
from zyw.scores import Scores, Standing


def differences(
    expected: Fields, scores: Scores, standings: Sequence[Standing], problems: Sequence[Problem]
) -> Iterable[str]:
    """Yield a line for each thing that is not as expected; what was not written is not compared."""
    columns = scores.unit_rows.rows("unit", "score", "consequences", "rows_not_used")
    units = {unit: (to_text(points), texts, unused) for unit, points, texts, unused in columns}
    none = ("没有这个单位", (), 0)
    for unit, wanted, _ in expected.get("得分", ()):
        yield from _differs(f"{unit}得分", wanted, units.get(unit, none)[0])
    for unit, wanted, _ in expected.get("单位后果", ()):
        yield from _differs(f"{unit}的后果", sorted(wanted), sorted(units.get(unit, none)[1]))
    for unit, wanted, _ in expected.get("未用行", ()):
        yield from _differs(f"{unit}未计入的行", wanted, units.get(unit, none)[2])
    yield from _items(expected, scores)
    grades = {each.unit: each.grade or "没有等次" for each in standings}
    for unit, wanted, _ in expected.get("等次", ()):
        yield from _differs(f"{unit}等次", wanted, grades.get(unit, "没有这个单位"))
    places = {each.unit: "不排名" if each.rank is None else str(each.rank) for each in standings}
    for unit, wanted, _ in expected.get("名次", ()):
        yield from _differs(f"{unit}名次", wanted, places.get(unit, "没有这个单位"))
    if "个人后果" in expected.values:
        wanted_effects = [_effect(each) for each in expected.get("个人后果")]
        found = [f"{e.unit} {e.person} {e.consequence} {_days(e.start, e.end)}" for e in scores.effects]
        yield from _differs("个人后果", sorted(wanted_effects), sorted(found))
    if "未计入" in expected.values:
        yield from _left_out(expected.get("未计入"), scores)
    if "问题" in expected.values:
        codes = {found.code for found in problems if found.severity is not Severity.NOTE}
        yield from _differs("问题编号", sorted(set(expected.get("问题"))), sorted(codes))


def told(problems: Sequence[Problem]) -> Iterable[str]:
    """Yield one line with what the run found wrong or doubtful: often the reason of a difference."""
    found = Counter(each.code for each in problems if each.severity is not Severity.NOTE)
    if found:
        counts = "、".join(f"{code}（{count} 处）" for code, count in sorted(found.items()))
        yield f"试算时的错误和警告：{counts}；说明：zyw rule 编号"


def _items(expected: Fields, scores: Scores) -> Iterable[str]:
    """Compare what each named rule (or limit) moved for a unit in all."""
    moved: dict[tuple[str, str], int] = {}
    for unit, rule, points, consequence in scores.journal_rows.rows("unit", "rule", "points", "consequence"):
        if not consequence:
            moved[unit, rule] = moved.get((unit, rule), 0) + points
    for each in expected.get("分项", ()):
        unit, rule = each.get("单位"), each.get("规则")
        got = to_text(moved[unit, rule]) if (unit, rule) in moved else "没有"
        yield from _differs(f"{unit}的“{rule}”", each.get("分"), got)


def _effect(each: Fields) -> str:
    days = _days(each.get("自"), each.get("至"))
    return f"{each.get('单位')} {each.get('姓名')} {each.get('后果')} {days}"


def _days(start: date, end: date | None) -> str:
    return f"{start}～{end}" if end else f"{start}起"


def _left_out(wanted: Sequence[Fields], scores: Scores) -> Iterable[str]:
    """Compare with what did not count: as many rows, each with the person and the words of the reason."""
    found = list(scores.left_out_rows.rows("person", "reason"))
    yield from _differs("未计入的条数", len(wanted), len(found))
    for each in wanted:
        person, words = each.get("姓名", ""), each.get("原因")
        if not any(person == name and words in reason for name, reason in found):
            shown = "；".join(f"{name}：{reason}" for name, reason in found) or "没有"
            yield f"未计入应有“{person}：{words}”，算出的是：{shown}"


def _differs(what: str, wanted: object, got: object) -> Iterable[str]:
    if wanted != got:
        yield f"{what}应为 {_shown(wanted)}，算出 {_shown(got)}"


def _shown(value: object) -> str:
    return ("、".join(str(each) for each in value) or "无") if isinstance(value, list | tuple) else str(value)


_EFFECT: Final = Part(
    "个人后果",
    "一项个人后果",
    (
        Key("单位", TEXT, "单位", required=True),
        Key("姓名", TEXT, "姓名", required=True),
        Key("后果", TEXT, "内容", required=True),
        Key("自", DATE, "第一天", required=True),
        Key("至", DATE, "最后一天；没有就不写"),
    ),
)
_REASON: Final = Part(
    "未计入", "没有计入的一行或一案", (Key("姓名", TEXT, "姓名"), Key("原因", TEXT, "原因中的几个字", required=True))
)
_SUM: Final = Part(
    "分项",
    "一个单位的一条规则",
    (
        Key("单位", TEXT, "单位", required=True),
        Key("规则", TEXT, "规则、限额在得分明细里的名字", required=True),
        Key("分", TEXT, "一共几分，或“没有”", required=True),
    ),
)
EXPECTED: Final = Part(
    "应得",
    "应当得出的结果；没有写的不比较",
    (
        Key("得分", words_by_name("单位: 得分", TEXT), "单位得分", required=True),
        Key("单位后果", words_by_name("单位: 后果的列表", TEXTS), "单位的后果，全部列出"),
        Key("个人后果", parts_of(_EFFECT), "个人的后果，全部列出；没有写 []"),
        Key("未计入", parts_of(_REASON), "没有计入的，全部列出；没有写 []"),
        Key("未用行", words_by_name("单位: 行数", WHOLE), "因错误没有计入的行数"),
        Key("分项", list_of(built(_SUM, lambda fields, _: fields)), "某条规则、某个限额一共动了几分；不全部列出也可以"),
        Key("等次", words_by_name("单位: 等次", TEXT), "等次，或“没有等次”"),
        Key("名次", words_by_name("单位: 名次", TEXT), "名次，或“不排名”"),
        Key("问题", TEXTS, "错误和警告的编号，全部列出；没有写 []"),
        Key("督办", part_of(HANDLED), "截至日那天的督办清单"),
    ),
)
PARTS: Final = (EXPECTED, _EFFECT, _REASON, _SUM, HANDLED)
"""The parts of what must come out, in the order of the reference."""
