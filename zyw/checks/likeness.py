"""Rows that may be one matter: the same 编号 twice (K017), problems of one unit that read alike (K018).

Equal rows are told as they are read (L013, L015). Here are the near ones: the same matter from the hotline and from a
petition, or from the school and from the bureau. Two rows of one unit are alike when their 问题 agree in at least nine
parts of ten (rapidfuzz's indel ratio of the keys) and in every number, numeral and name of a person in it; they are
told when they may be one event: found within 15 days of one another through two channels (来源 or file), or on one day.
Only pairs inside a unit are compared. A unit with n different texts costs n²/2 comparisons, 0.2 µs each or so (2 000
texts: 0.5 s); beyond `MOST` texts only neighbours in alphabetical order are, and K019 says so.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Final

import numpy as np

from zyw.cells import key, keys
from zyw.checks.view import View
from zyw.problems import Verbatim
from zyw.rowset import Ints

ALIKE: Final = 90
"""Percent."""
SHORTEST: Final = 6
"""Texts of fewer characters (迟到, 早退) are alike by nature."""
APART: Final = ("当事人", "类别", "具体表现")
"""Rows that differ in one of these are two matters."""
DAYS_APART: Final = 15
MOST: Final = 2000
NEIGHBOURS: Final = 50
ROWS_OF_ONE_TEXT: Final = 20
"""So many rows of one text are held against those of another: set phrases that fill a ledger are no likeness."""
LONGEST_NAME: Final = 3
PAIRS: Final = 5000
"""So many pairs of alike texts of one unit are looked into."""
_TITLE: Final = "教师|老师|同学|学生|主任|校长|园长|书记|干部|职工|家长|班主任"
_NAMED: Final = re.compile(rf"(?:{_TITLE})$"), re.compile(rf"^(?:{_TITLE})")
_FIGURES: Final = re.compile(
    r"[0-9.]+|[一二三四五六七八九十百两]+|[甲乙丙丁ABCDabcd]|[东南西北前后左右男女早晚]|[\u4e00-\u9fff]某{1,2}"
)


def check_likeness(view: View) -> None:
    """Tell rows of the issue ledger that may be one matter."""
    if view.table == "问题台账" and len(view):
        _numbers(view)
        _alike(view)


def _numbers(view: View) -> None:
    """Tell rows of one unit with one 编号: a joint issue has a row a unit, but one unit has it once."""
    if "编号" not in view.rows:
        return
    numbers, units = view.texts("编号"), view.texts("单位")
    seen: dict[tuple[int, int], int] = {}
    merged = view.continued("编号")
    for at, pair in enumerate(zip(numbers.codes.tolist(), units.codes.tolist(), strict=True)):
        if not numbers.texts[pair[0]] or merged[at]:
            continue
        first = seen.setdefault(pair, at)
        if first != at:
            facts = {"列": view.label(at, "编号"), "值": numbers.texts[pair[0]], "另一处": view.place(first, "编号")}
            view.tell("K017", np.array([at]), "编号", **facts)


def _alike(view: View) -> None:
    if "问题" not in view.rows:
        return
    told: dict[int, tuple[int, int]] = {}
    units, worded = view.texts("单位"), keys(view.texts("问题").texts)
    kept = np.flatnonzero(~view.continued("问题"))
    order = kept[np.argsort(units.codes[kept], kind="stable")]
    starts = np.searchsorted(units.codes[order], np.arange(len(units.texts) + 1))
    for unit, name in enumerate(units.texts):
        rows = order[starts[unit] : starts[unit + 1]]
        if name and len(rows) > 1:
            for one, two, percent in _pairs(view, name, rows, worded):
                first, later = min(one, two), max(one, two)
                told.setdefault(later, (first, percent))
    for later, (first, percent) in sorted(told.items()):
        reason = _reason(view, first, later, percent)
        view.tell("K018", np.array([later]), "问题", 另一处=view.place(first, "问题"), 理由=Verbatim(reason))


def _pairs(view: View, unit: str, rows: Ints, worded: list[str]) -> Iterator[tuple[int, int, int]]:
    """Yield pairs of rows of one unit that may be one event, with the likeness of their problems in percent."""
    codes = view.texts("问题").codes
    groups: dict[str, list[int]] = defaultdict(list)
    for at in rows.tolist():
        text = worded[codes[at]]
        if len(text) >= SHORTEST:
            groups[text].append(at)
    texts = sorted(groups)
    for text in texts:
        for one, two in _near(view, groups[text], groups[text]):
            yield one, two, 100
    if len(texts) > MOST:
        at = groups[texts[0]][0]
        view.tell("K019", np.array([at]), "问题", 单位=unit, 条数=len(texts), 上限=MOST)
    for i, j, percent in _like_texts(texts):
        for one, two in _near(view, groups[texts[i]], groups[texts[j]]):
            yield one, two, percent


def _like_texts(texts: list[str]) -> Iterator[tuple[int, int, int]]:
    """Yield pairs of places in `texts` (sorted, distinct) that are alike in words and equal in every figure."""
    from rapidfuzz import fuzz, process

    if len(texts) < 2:
        return
    step = len(texts) if len(texts) <= MOST else NEIGHBOURS
    figures: dict[int, list[str]] = {}
    for start in range(0, len(texts), step):
        part = texts[start : start + step]
        against = texts[start : start + 2 * step] if step < len(texts) else part
        likeness = process.cdist(part, against, scorer=fuzz.ratio, score_cutoff=ALIKE, dtype=np.uint8)
        for i, j in np.argwhere(np.triu(likeness, 1))[:PAIRS].tolist():
            one, two = start + i, start + j
            same = _figures(figures, texts, one) == _figures(figures, texts, two)
            if same and not other_person(texts[one], texts[two]):
                yield one, two, int(likeness[i, j])


def other_person(one: str, two: str) -> bool:
    """Say whether two texts differ in a name: a few characters beside 教师, 同学 and the like.

    >>> other_person("教师张伟上课玩手机", "教师李强上课玩手机"), other_person("饭菜不熟", "饭菜经常不熟")
    (True, False)
    """
    from rapidfuzz.distance import Levenshtein

    before, after = _NAMED
    return any(
        step.tag == "replace"
        and max(step.src_end - step.src_start, step.dest_end - step.dest_start) <= LONGEST_NAME
        and bool(before.search(one[: step.src_start]) or after.match(one[step.src_end :]))
        for step in Levenshtein.opcodes(one, two)
    )


def _figures(known: dict[int, list[str]], texts: list[str], at: int) -> list[str]:
    if at not in known:
        known[at] = _FIGURES.findall(texts[at])
    return known[at]


def _near(view: View, one: list[int], two: list[int]) -> Iterator[tuple[int, int]]:
    """Yield pairs of rows that may be one event; of a text's many rows only the first are looked at."""
    same = one is two
    for place, first in enumerate(one[:ROWS_OF_ONE_TEXT]):
        for second in two[place + 1 if same else 0 : ROWS_OF_ONE_TEXT]:
            if _one_event(view, first, second):
                yield first, second


def _one_event(view: View, one: int, two: int) -> bool:
    if any(_differ(view, one, two, field) for field in APART) or _same_number(view, one, two) or _equal(view, one, two):
        return False
    found = view.days("发现日")
    apart = abs(found[one] - found[two]) if not (np.isnat(found[one]) or np.isnat(found[two])) else None
    if _channels(view, one, two):
        return apart is None or bool(apart <= np.timedelta64(DAYS_APART, "D"))
    return apart is not None and bool(apart == np.timedelta64(0, "D"))


def _equal(view: View, one: int, two: int) -> bool:
    """Say whether two rows are equal in all columns: the reader has told them."""
    return all(view.value(one, name) == view.value(two, name) for name in view.rows.columns if name != "origin")


def _differ(view: View, one: int, two: int, field: str) -> bool:
    first, second = view.value(one, field), view.value(two, field)
    return bool(first and second) and key(first) != key(second)


def _same_number(view: View, one: int, two: int) -> bool:
    """Say whether two rows have one 编号: K017 tells them."""
    return bool(view.value(one, "编号")) and view.value(one, "编号") == view.value(two, "编号")


def _channels(view: View, one: int, two: int) -> list[str]:
    """Return by what two rows came different ways: 来源, 文件."""
    first, second = (view.ledger.origins.block(int(view.rows["origin"][at])).file for at in (one, two))
    ways = (("来源不同", _differ(view, one, two, "来源")), ("文件不同", first != second))
    return [name for name, different in ways if different]


def _reason(view: View, one: int, two: int, percent: int) -> str:
    found = view.days("发现日")
    words = "一字不差" if percent == 100 else f"文字相同{percent}%"
    if np.isnat(found[one]) or np.isnat(found[two]):
        return "、".join([words, *_channels(view, one, two)])
    apart = int(abs(found[one] - found[two]) / np.timedelta64(1, "D"))
    return "、".join([words, f"相差{apart}天" if apart else "同一天", *_channels(view, one, two)])
