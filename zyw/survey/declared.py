"""The part 测评 of a scheme and of zyw.yaml, and the same choices typed on a command line → `SurveyRules`.

Each choice is declared once, in `CHOICES`. A scheme adds a name, a clause and parts to them (`zyw.grammar.places`);
what differs is only what holds where 缺少的 is not written: points rest on a scheme, so there nothing is made up.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Any, Final

from zyw.decoding import COUNT, NUMBER, TEXTS, WHOLE, Fields, Key, Kind, Part, choice, list_of, nearest, words_by_name
from zyw.located import Node
from zyw.points import to_micro
from zyw.problems import Problem, Verbatim, ZywError, problem
from zyw.survey.rules import (
    ALL,
    ANSWERED,
    DENOMINATORS,
    EMPTY_PARTS,
    FEW,
    KNOWING,
    PLACES,
    SHARED,
    VOID,
    ZERO,
    SurveyRules,
)
from zyw.survey.words import CHANNELS, GROUPS, OTHERS, SATISFIED, UNKNOWN

RESPONDENTS: Final = (*GROUPS, OTHERS)


def _weights(label: str, names: Iterable[str]) -> Kind:
    """Return the kind “these names, each with a weight”; a name that is none of them is refused (P008)."""
    known = tuple(names)
    plain = words_by_name(f"{label}: 权重", NUMBER)

    def read(node: Node, problems: list[Problem]) -> Any:
        found = plain.read(node, problems)
        for name, _, place in found or ():
            if name not in known:
                offered = Verbatim("、".join(known))
                problems.append(problem("P008", place, 值=name, 可选=offered, 近似=nearest(name, known, 1)))
        return found

    return replace(plain, read=read)


CHOICES: Final = (
    Key("分值", words_by_name("答案: 分值", NUMBER), "每种答案值几分；不写就没有测评得分，只有满意率"),
    Key("除以", choice(*DENOMINATORS), f"测评得分除以什么：{ALL}、{ANSWERED}的，或{KNOWING}的；不写是{KNOWING}"),
    Key("满意的", TEXTS, f"哪些答案算满意；不写是{'、'.join(SATISFIED)}"),
    Key("不了解的", TEXTS, f"哪些答案是不了解，不算在满意率里；不写是{'、'.join(UNKNOWN)}"),
    Key("对象", list_of(choice(*RESPONDENTS)), "只算哪些对象的答卷，如只算家长；不写为全部"),
    Key("对象权重", _weights("对象", RESPONDENTS), "各类对象各占多少；不写，各类对象的答卷一样对待"),
    Key("渠道权重", _weights("渠道", CHANNELS), "电话、纸质、网络各占多少"),
    Key("题目", TEXTS, "只用哪些题；不写为全部"),
    Key("题目权重", words_by_name("题目: 权重", NUMBER), "各题的权重；不写为各题一样"),
    Key(
        "缺少的",
        choice(*EMPTY_PARTS),
        f"写了权重的对象、渠道、题目，一份也没有时：{SHARED}、{ZERO}，或整个{VOID}；不写，方案里是{VOID}，别处是{SHARED}",
    ),
    Key("有效份数", COUNT, "少于几份，测评无效"),
    Key("发出份数", words_by_name("单位: 份数", WHOLE), "发出多少份；收回多于发出的，测评无效"),
    Key("最低回收率", NUMBER, "收回 ÷ 发出，如 80%，低于它的无效"),
    Key("有效比例", NUMBER, "有效份数至少占发放的多少，如 50%；不够的要说明"),
    Key("最少份数", COUNT, f"少于几份不单独公布；不写是 {FEW}"),
    Key("小数", WHOLE, f"测评得分四舍五入到几位小数；不写，方案计分时不舍入，印出来是 {PLACES} 位"),
)
"""NUMBER reads weights too: any numbers will do, only their proportions count."""
SURVEY: Final = Part("测评", "问卷和测评票怎样折算", CHOICES)


def survey_rules(fields: Fields | None, missing: str = SHARED) -> SurveyRules:
    """Return the rules that the part states; `missing` holds where 缺少的 is not written."""
    if fields is None:
        return SurveyRules(empty=missing)
    return SurveyRules(
        scale=_values(fields.get("分值", ())),
        satisfied=fields.get("满意的", SATISFIED),
        unknown=fields.get("不了解的", UNKNOWN),
        divisor=fields.get("除以", KNOWING),
        respondents=fields.get("对象", ()),
        questions=fields.get("题目", ()),
        groups=_values(fields.get("对象权重", ())),
        channels=_values(fields.get("渠道权重", ())),
        items=_values(fields.get("题目权重", ())),
        empty=fields.get("缺少的", missing),
        least=fields.get("有效份数", 0),
        issued=_values(fields.get("发出份数", ())),
        turnout=_share(fields.get("最低回收率")),
        quorum=_share(fields.get("有效比例")),
        few=fields.get("最少份数", FEW),
        places=fields.get("小数"),
    )


def _values(entries: Any) -> dict[str, Any]:
    return {name: value for name, value, _ in entries}


def _share(value: Fraction | None) -> Fraction | None:
    """Return a share of 1: 50%, 0.5 and 50 are one and the same, for no share is more than the whole."""
    return value / 100 if value is not None and value > 1 else value


def typed_values(option: str, text: str) -> Mapping[str, Fraction]:
    """Return `满意=100,基本满意=80` as answer → number; raises `ZywError` V010 (exit 2) for anything else."""
    found: dict[str, Fraction] = {}
    for part in text.replace("，", ",").replace("；", ",").replace(";", ",").split(","):
        name, sign, value = part.replace("＝", "=").partition("=")
        number = _number(value) if sign else None
        if number is None or not name.strip() or name.strip() in found or number < 0:
            raise ZywError(problem("V010", option=Verbatim(option), value=part or "空白"))
        found[name.strip()] = number
    return found


def _number(text: str) -> Fraction | None:
    """Return a number of at most six decimals, None for what is none."""
    try:
        return Fraction(to_micro(Decimal(text.strip())), 1_000_000)
    except (InvalidOperation, ValueError):
        return None


def stated(base: SurveyRules, typed: Mapping[str, str | None]) -> SurveyRules:
    """Return `base` with what was typed on the command line in place of it, by option (`--scale` …)."""
    changes: dict[str, Any] = {}
    for option, text in typed.items():
        name, known = OPTIONS[option]
        if text and known and text not in known:
            raise ZywError(problem("V010", option=Verbatim(option), value=text))
        if text:
            changes[name] = text if known else typed_values(option, text)
    return replace(base, **changes)


OPTIONS: Final[Mapping[str, tuple[str, tuple[str, ...]]]] = {
    "--scale": ("scale", ()),
    "--weights": ("groups", ()),
    "--channels": ("channels", ()),
    "--divisor": ("divisor", DENOMINATORS),
    "--empty": ("empty", EMPTY_PARTS),
}
"""Option → the choice it states, and the words it may be; where there are none it takes 名称=数 pairs."""
