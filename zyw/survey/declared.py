"""The part 测评 of a scheme or of `zyw.yaml`, and the same choices typed on a command line → `SurveyRules`."""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from zyw.decoding import COUNT, POINTS, TEXTS, WHOLE, Fields, Key, Part, choice, words_by_name
from zyw.points import to_micro
from zyw.problems import Verbatim, ZywError, problem
from zyw.survey.rules import ALL, ANSWERED, DENOMINATORS, EMPTY_GROUPS, FEW, KNOWING, SHARED, ZERO, SurveyRules
from zyw.survey.words import SATISFIED, UNKNOWN

SURVEY: Final = Part(
    "测评",
    "问卷和测评票怎样折算",
    (
        Key("分值", words_by_name("答案: 分值", POINTS), "每种答案值几分；不写就没有测评得分，只有满意率"),
        Key("除以", choice(*DENOMINATORS), f"测评得分除以什么：{ALL}、{ANSWERED}的，或{KNOWING}的；不写是后者"),
        Key("对象权重", words_by_name("对象: 权重", POINTS), "家长、学生、教师、社会、代表各占多少"),
        Key("渠道权重", words_by_name("渠道: 权重", POINTS), "电话、纸质、网络各占多少"),
        Key("题目权重", words_by_name("题目: 权重", POINTS), "各题占多少；不写各题一样"),
        Key("缺少的", choice(*EMPTY_GROUPS), f"某类对象一份也没有时：{SHARED}，或{ZERO}；不写是前者"),
        Key("满意的", TEXTS, f"哪些答案算满意；不写是{'、'.join(SATISFIED)}"),
        Key("不了解的", TEXTS, f"哪些答案是不了解；不写是{'、'.join(UNKNOWN)}"),
        Key("有效比例", POINTS, "有效份数至少占发放的百分之几"),
        Key("最少份数", COUNT, f"少于几份不单独公布；不写是 {FEW}"),
        Key("小数", WHOLE, "测评得分四舍五入到几位小数；不写是 2"),
    ),
)
"""POINTS read weights too: any numbers will do, only their proportions count."""


def survey_rules(fields: Fields | None) -> SurveyRules:
    """Return the rules that the part states; without it the satisfied rate alone."""
    if fields is None:
        return SurveyRules()
    share = fields.get("有效比例")
    return SurveyRules(
        scale=_values(fields.get("分值", ())),
        satisfied=fields.get("满意的", SATISFIED),
        unknown=fields.get("不了解的", UNKNOWN),
        divisor=fields.get("除以", KNOWING),
        groups=_values(fields.get("对象权重", ())),
        channels=_values(fields.get("渠道权重", ())),
        items=_values(fields.get("题目权重", ())),
        empty=fields.get("缺少的", SHARED),
        quorum=None if share is None else share // 100,
        few=fields.get("最少份数", FEW),
        places=fields.get("小数", 2),
    )


def _values(entries: Any) -> dict[str, int]:
    return {name: value for name, value, _ in entries}


def typed_values(option: str, text: str) -> Mapping[str, int]:
    """Return `满意=100,基本满意=80` as answer → millionths; raises `ZywError` V010 (exit 2) for anything else."""
    found: dict[str, int] = {}
    for part in text.replace("，", ",").replace("；", ",").replace(";", ",").split(","):
        name, sign, value = part.replace("＝", "=").partition("=")
        try:
            number = to_micro(Decimal(value.strip())) if sign else None
        except (InvalidOperation, ValueError):
            number = None
        if number is None or not name.strip() or name.strip() in found or number < 0:
            raise ZywError(problem("V010", option=Verbatim(option), value=part or "空白"))
        found[name.strip()] = number
    return found
