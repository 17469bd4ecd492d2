"""The sentence bank: what a paper says in words follows from its facts by rules that anybody can read.

A slot has sentences with triggers, tried from the top; the first that applies is said, and where none does the slot is
empty. Every number in a sentence is a name of the paper, so that the checker finds it again. No sentence blames; none
speaks of a rate where fewer than `FEW` are counted; who falls in the same band is told the same.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

FEW: Final = 5
"""Below this many a share says nothing: 1 of 2 is no 50 %."""
Say = Callable[[str], Any]
"""Name of a fact (`整改.总数`) → its value in the paper at hand."""
_FACT: Final = re.compile(r"\{([^{}]+)\}")


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence: in which slot, when it is said (in words and as a test), and what it says."""

    slot: str
    when: str
    test: Callable[[Say], bool]
    text: str


def _known(name: str) -> Callable[[Say], bool]:
    return lambda say: say(f"{name}.前期") != ""


def _both(*tests: Callable[[Say], bool]) -> Callable[[Say], bool]:
    return lambda say: all(test(say) for test in tests)


def _compared(slot: str, name: str, what: str, unit: str) -> tuple[Sentence, ...]:
    """Return the sentences that compare a count with the period before: nothing is said without one to compare."""
    known = _known(name)
    return (
        Sentence(
            slot, "两期都是 0", _both(known, lambda say: say(f"{name}.本期") == say(f"{name}.前期") == 0),
            f"上期也没有{what}。"
        ),
        Sentence(
            slot, "与上期相同", _both(known, lambda say: say(f"{name}.本期") == say(f"{name}.前期")),
            f"{what}与上期持平。",
        ),
        Sentence(
            slot, "上期是 0、本期不是", _both(known, lambda say: say(f"{name}.前期") == 0), f"上期没有{what}。"
        ),
        Sentence(
            slot, "比上期多", _both(known, lambda say: say(f"{name}.本期") > say(f"{name}.前期")),
            f"{what}比上期增加{{{name}.增}}{unit}（上期{{{name}.前期}}{unit}）。",
        ),
        Sentence(
            slot, "比上期少", known, f"{what}比上期减少{{{name}.减}}{unit}（上期{{{name}.前期}}{unit}）。"
        ),
    )  # fmt: skip


def _a_year_ago(slot: str, name: str, what: str, unit: str) -> tuple[Sentence, ...]:
    """Return the sentence that names the same period a year before, where the ledger reaches back to it."""
    return (
        Sentence(
            slot,
            "台账有去年同期的数",
            lambda say: say(f"{name}.去年同期") != "",
            f"去年同期{what}{{{name}.去年同期}}{unit}。",
        ),
    )


BANK: Final[tuple[Sentence, ...]] = (
    *_compared("发现变化", "变化.发现", "新发现问题", "件"),
    *_a_year_ago("发现同比", "变化.发现", "新发现问题", "件"),
    *_compared("完成变化", "变化.完成", "整改完成的问题", "件"),
    *_compared("处理变化", "变化.处理", "追责处理", "次"),
    Sentence("整改进度", "台账没有问题", lambda say: say("整改.总数") == 0, "台账没有在列问题。"),
    Sentence(
        "整改进度", "只有 1 件、已完成", lambda say: say("整改.总数") == say("整改.完成") == 1,
        "台账所列的1件问题已整改完成。"
    ),
    Sentence(
        "整改进度", "全部完成", lambda say: say("整改.总数") == say("整改.完成"),
        "台账所列的{整改.总数}件问题已全部整改完成。"
    ),
    Sentence(
        "整改进度", "只有 1 件、未完成", lambda say: say("整改.总数") == 1, "台账所列的1件问题尚未整改完成。"
    ),
    Sentence(
        "整改进度", "一件也没有完成", lambda say: say("整改.完成") == 0, "台账所列的{整改.总数}件问题均未整改完成。"
    ),
    Sentence(
        "整改进度", f"不足 {FEW} 件：只说件数，不说比率", lambda say: say("整改.总数") < FEW,
        "台账所列的{整改.总数}件问题，已整改完成{整改.完成}件，尚有{整改.未完成}件。",
    ),
    Sentence(
        "整改进度", "完成过半", lambda say: 2 * say("整改.完成") >= say("整改.总数"),
        "台账所列的{整改.总数}件问题，已整改完成{整改.完成}件，过半数，整改率{整改.整改率}。",
    ),
    Sentence(
        "整改进度", "完成不到一半", lambda say: True,
        "台账所列的{整改.总数}件问题，已整改完成{整改.完成}件，不到半数，整改率{整改.整改率}。",
    ),
    Sentence("整改逾期", "没有逾期", lambda say: say("整改.逾期") == 0 < say("整改.未完成"), "未完成的均未到期。"),
    Sentence(
        "整改逾期", "只有 1 件未完成、已逾期", lambda say: say("整改.逾期") == say("整改.未完成") == 1,
        "未完成的1件已过整改期限。",
    ),
    Sentence("整改逾期", "1 件逾期", lambda say: say("整改.逾期") == 1, "未完成的问题中，有1件已过整改期限。"),
    Sentence(
        "整改逾期", "未完成的全部逾期", lambda say: say("整改.逾期") == say("整改.未完成") > 1,
        "未完成的{整改.逾期}件均已过整改期限。",
    ),
    Sentence("整改逾期", "几件逾期", lambda say: say("整改.逾期") > 1, "未完成的问题中，有{整改.逾期}件已过整改期限。"),
    Sentence("待销号", "没有", lambda say: say("整改.待销号") == 0, ""),
    Sentence("待销号", "有", lambda say: True, "已完成、尚未销号的有{整改.待销号}件。"),
    Sentence(
        "名次", f"组内不足 {FEW} 个单位、或不排名：不说", lambda say: say("参加数") < FEW or not say("名次"), ""
    ),
    Sentence("名次", "第 1 名、没有并列", lambda say: say("名次") == "1" and not say("并列"), "得分在本组最高。"),
    Sentence("名次", "第 1 名、有并列", lambda say: say("名次") == "1", "得分与其他单位并列本组最高。"),
)  # fmt: skip
SLOTS: Final = tuple(dict.fromkeys(sentence.slot for sentence in BANK))


def sentences(context: Mapping[str, Any], slots: Iterable[str]) -> dict[str, str]:
    """Return what each slot says of a paper's facts; an empty text where no sentence applies."""

    def say(name: str) -> Any:
        found: Any = context
        for step in name.split("."):
            found = found[step]
        return found

    return {slot: _said(slot, say) for slot in slots}


def _said(slot: str, say: Say) -> str:
    chosen = next((each for each in BANK if each.slot == slot and each.test(say)), None)
    return _FACT.sub(lambda found: str(say(found[1])), chosen.text) if chosen else ""
