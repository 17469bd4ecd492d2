"""The shorter ways to write the name of a school, by rules that are listed here; never by likeness.

鱼岳镇第三小学 is written 鱼岳第三小学, 鱼岳镇三小, 鱼岳三小. A name is taken apart once: place of the county (only
where most of the roster carries it) · town · stem · 第几 · 实验/附属 … · kind of school · branch in brackets. Each part
has its closed list of shorter forms; every combination is a form, with the steps that led to it. What is not listed
is no form: 第一中 is none, for it may be a slip of 第一中学 as well as of 第一中心小学.
"""

import itertools
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Final, NamedTuple

from zyw.cells import key

_DIGITS: Final = "零一二三四五六七八九"
_BRANCH: Final = re.compile(r"(?P<base>.+?)\((?P<branch>[^()]+)\)")
_PLACE: Final = re.compile("[\u4e00-\u9fff]{2,6}?[省市州县区旗]")
_COUNTY: Final = re.compile("[省市州县区旗](?=第|实验|特殊|职业|中等|教师|机关|中心|外国语|高级|初级)")
_TOWN: Final = re.compile("(?P<town>[\u4e00-\u9fff]{2,4}?)(?P<level>镇|乡|街道办事处|街道|办事处)(?=.{2})")
_OFFICE: Final = re.compile("(?P<level>[省市州县区旗])直?(?:属)?机关")

WORDS: Final[Mapping[str, tuple[str, ...]]] = {
    "初级中学": ("初中",),
    "高级中学": ("高中",),
    "完全小学": ("完小",),
    "完全中学": ("完中",),
    "职业高级中学": ("职业高中", "职高"),
    "九年一贯制学校": ("九年制学校",),
    "特殊教育学校": ("特教学校", "特校"),
    "职业技术学校": ("职校",),
    "职业技术教育中心": ("职教中心",),
    "职业教育中心": ("职教中心",),
    "中心学校": ("中心校",),
    "教师进修学校": ("进修学校",),
    "外国语学校": ("外校",),
    "技工学校": ("技校",),
    "幼儿园": ("幼",),
    "中学": (),
    "小学": (),
}
"""Kinds of school that may be shortened wherever they stand: 大垸初级中学 is 大垸初中."""
LETTERS: Final[Mapping[str, str]] = {"中学": "中", "小学": "小", "幼儿园": "幼", "初级中学": "初", "高级中学": "高"}
"""One character stands for these behind a bare number (三小) or a shortened feature (实小, 附中)."""
FEATURES: Final[Mapping[str, str]] = {"实验": "实", "附属": "附", "民族": "民"}

_NUMBER: Final = r"第(?:[一二三四五六七八九十]{1,3}|\d{1,2})"
_BODY: Final = re.compile(
    rf"(?P<stem>.*?)(?P<number>{_NUMBER})?(?P<feature>{'|'.join(FEATURES)})?(?P<behind>{_NUMBER})?"
    rf"(?P<kind>{'|'.join(sorted(WORDS, key=lambda word: (-len(word), word)))})"
)


class Part(NamedTuple):
    """One way to write a part of a name, and the step that led there ("" when it is written in full)."""

    text: str
    step: str = ""


def shared_places(names: Iterable[str]) -> tuple[str, ...]:
    """Return the names of province, city and county that more than half of the units begin with, longest first.

    >>> shared_places(["嘉鱼县第一中学", "嘉鱼县鱼岳镇第三小学", "实验小学"])
    ('嘉鱼县',)
    """
    keys = [key(name) for name in names]
    begins = Counter(place for name in keys for place in _places(name))
    return tuple(sorted((p for p, count in begins.items() if count * 2 > len(keys)), key=lambda p: (-len(p), p)))


def _places(name: str) -> Iterator[str]:
    """Give 湖北省, 湖北省嘉鱼县 of a name that begins so."""
    end = 0
    while found := _PLACE.match(name, end):
        end = found.end()
        yield name[:end]


def short_forms(name: str, places: Iterable[str] = (), *, county: bool = True) -> dict[str, str]:
    """Return every shorter way to write `name` (as `zyw.cells.key` gives it) with the steps that led there.

    `places` are names of the county that may be left out; with `county` 县第一中学 is 第一中学 too. The name itself is
    not among them.

    >>> short_forms("鱼岳镇第三小学")["鱼岳三小"]
    '省“镇”，“第三小学”写作“三小”'
    """
    text = key(name)
    branch = _BRANCH.fullmatch(text)
    base = branch["base"] if branch else text
    tails = [Part(f"({branch['branch']})"), Part(branch["branch"], "省括号")] if branch else [Part("")]
    forms: dict[str, str] = {}
    for head, rest in _heads(base, tuple(places), county=county):
        for parts in itertools.product([head], *_town_and_body(rest), tails):
            form = "".join(part.text for part in parts)
            if form != text:
                forms.setdefault(form, "，".join(part.step for part in parts if part.step))
    return forms


def _heads(base: str, places: tuple[str, ...], *, county: bool) -> Iterator[tuple[Part, str]]:
    """Give the ways to begin: 嘉鱼县, 嘉鱼, 县 or nothing; each with what follows."""
    yield Part(""), base
    for place in places:
        if base.startswith(place) and len(base) > len(place) + 1:
            rest = base[len(place) :]
            yield Part("", f"省“{place}”"), rest
            yield Part(place[:-1], f"省“{place[-1]}”"), rest
            yield Part(place[-1], f"“{place}”写作“{place[-1]}”"), rest
    if county and (found := _COUNTY.match(base)):
        yield Part("", f"省“{found[0]}”"), base[found.end() :]


def _town_and_body(text: str) -> tuple[list[Part], list[Part]]:
    found = _TOWN.match(text)
    if not found:
        return [Part("")], _bodies(text)
    towns = [Part(found[0]), Part(found["town"], f"省“{found['level']}”")]
    return towns, _bodies(text[found.end() :])


def _bodies(text: str) -> list[Part]:
    """Return the ways to write what follows place and town."""
    found = _BODY.fullmatch(text)
    if not found:
        return [Part(text)]
    stem, kind = found["stem"], found["kind"]
    ends = [
        Part(text[len(stem) :]),
        *_endings(found["number"] or "", found["feature"] or "", found["behind"] or "", kind),
    ]
    if not (stem or found["number"] or found["feature"] or found["behind"]):
        ends = [end for end in ends if len(end.text) > 1]  # 幼 alone is nobody's name
    return [
        Part(begin.text + end.text, "，".join(step for step in (begin.step, end.step) if step))
        for begin in _stems(stem)
        for end in ends
    ]


def _stems(stem: str) -> list[Part]:
    """Return 县直机关, 县直 and 机关 for what belongs to the county's offices; 一中 for what belongs to 第一中学."""
    if found := _OFFICE.fullmatch(stem):
        short = (f"{found['level']}直机关", f"{found['level']}直", "机关")
        return [Part(stem), *(Part(text, f"“{stem}”写作“{text}”") for text in short if text != stem)]
    inner = _BODY.fullmatch(stem)
    if not inner:
        return [Part(stem)]
    parts = (inner[name] or "" for name in ("number", "feature", "behind", "kind"))
    return [Part(stem), *(Part(inner["stem"] + end.text, end.step) for end in _endings(*parts))]


def _endings(number: str, feature: str, behind: str, kind: str) -> Iterator[Part]:
    """Give the shorter ways to write 第三小学, 第二实验小学, 实验第二小学, 高级中学."""
    full = number + feature + behind + kind
    letter = LETTERS.get(kind, "")
    short = FEATURES.get(feature, "")
    made: list[str] = []
    for count in _numbers(number):
        for after in _numbers(behind):
            bare_count, bare_after = count.removeprefix("第"), after.removeprefix("第")
            made.append(count + feature + after + kind)
            made += [count + feature + after + word for word in WORDS[kind] if word != letter or not (count or after)]
            if letter and (after or (count and not feature)):
                made.append((count if after else bare_count) + feature + bare_after + letter)
            if letter and short:
                made += [begin + short + bare_after + letter for begin in (count, bare_count)]
            if number and not behind:
                made += [bare_count + feature + word for word in WORDS[kind] if len(word) > 1]
                made += [bare_count + feature + kind] if feature else []
    yield from (Part(text, f"“{full}”写作“{text}”") for text in dict.fromkeys(made) if text != full)


def _numbers(written: str) -> tuple[str, ...]:
    """Return 第三 and 第3 for either; "" for none."""
    if not written:
        return ("",)
    text = written[1:]
    value = int(text) if text.isdigit() else _value(text)
    return (f"第{_chinese(value)}", f"第{value}")


def _value(text: str) -> int:
    tens, ten, units = text.rpartition("十")
    if not ten:
        return _DIGITS.index(text[0])
    return (_DIGITS.index(tens[0]) if tens else 1) * 10 + (_DIGITS.index(units[0]) if units else 0)


def _chinese(value: int) -> str:
    tens, units = divmod(value, 10)
    head = "" if not tens else "十" if tens == 1 else f"{_DIGITS[tens]}十"
    return head + (_DIGITS[units] if units or not tens else "")
