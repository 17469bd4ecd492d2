"""What a worked case expects of the docket: issues by their 编号; a list that is not written is not compared."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Final

from zyw.decoding import DATE, TEXT, TEXTS, Fields, Key, Part, words_by_name

if TYPE_CHECKING:
    from zyw.handling.records import Docket, Matter

_NONE: Final = "没有列出"
HANDLED: Final = Part(
    "督办",
    "截至日那天的督办清单，用编号写；写了一项就要写全，没有写 [] 或 {}",
    (
        Key("逾期", words_by_name("编号: 预警的名称", TEXT), "逾期的各件和它的预警"),
        Key("期限", words_by_name("编号: 日期", DATE), "逾期、快到期的各件按哪一天算；不必写全"),
        Key("快到期", TEXTS, "快到期的各件"),
        Key("可以销号", TEXTS, "可以销号的各件"),
        Key("不该销号", words_by_name("编号: 没有做到的条件", TEXTS), "不该销号的各件和没有做到的条件"),
        Key("重新打开", TEXTS, "重新打开的各件"),
        Key("复发", TEXTS, "复发的各件"),
        Key("复核", words_by_name("姓名: 日期", DATE), "还可以申请复核的到哪天为止，已经申请的到哪天应当答复"),
    ),
    "督办: {逾期: {甲1: 黄色预警}, 快到期: [甲2], 不该销号: {甲3: [反映人得到答复]}}。",
)


def docket_differences(expected: Fields, docket: "Docket") -> Iterable[str]:
    """Yield a line for each list of the docket that is not as expected."""
    overdue = {each.number: each.alert.name if each.alert else "没有预警" for each in docket.overdue}
    wrong = {each.number: tuple(gap.name for gap in each.gaps) for each in docket.wrongly_closed}
    clocks = {each.person: each.answer_by if each.asked else each.ask_by for each in docket.appeals}
    lists = {
        "快到期": docket.due_soon, "可以销号": docket.closable, "重新打开": docket.reopened, "复发": docket.recurring,
    }  # fmt: skip
    for name, found in (("逾期", overdue), ("不该销号", wrong), ("复核", clocks)):
        if name in expected.values:
            wanted = {number: value for number, value, _ in expected.get(name, ())}
            yield from _differs(name, _told(wanted), _told(found))
    for name, matters in lists.items():
        if name in expected.values:
            yield from _differs(name, sorted(expected.get(name, ())), sorted(_numbers(matters)))
    dues = {each.number: each.due for each in (*docket.overdue, *docket.due_soon)}
    for number, day, _ in expected.get("期限", ()):
        yield from _differs(f"{number}的期限", [str(day)], [str(dues.get(number, _NONE))])


def _numbers(matters: "Iterable[Matter]") -> list[str]:
    return [each.number for each in matters]


def _told(found: Mapping[str, object]) -> list[str]:
    return sorted(f"{name}：{'、'.join(value) if isinstance(value, tuple) else value}" for name, value in found.items())


def _differs(what: str, wanted: list[str], got: list[str]) -> Iterable[str]:
    if wanted != got:
        yield f"督办：{what}应为 {'；'.join(wanted) or '无'}，算出 {'；'.join(got) or '无'}"
