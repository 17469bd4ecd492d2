"""What cells say in words: copied measures (K013), nobody in particular (K014), placeholders (K015), places (K016).

Each distinct text is looked at once; a column is searched as one long text first, since most hold nothing of the kind.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

import numpy as np

from zyw.cells import key, keys
from zyw.checks.view import View
from zyw.columns import Kind, table
from zyw.problems import Verbatim
from zyw.rowset import Ints

COPIED: Final = 3
"""A measure is copied that stands word for word at so many different problems of one unit on a sheet …"""
COPIED_ACROSS: Final = 5
"""… or, when it is long, at so many different problems of several units."""
LONG: Final = 10
"""Shorter measures (批评教育，限期整改) are set phrases and may be alike."""
LONG_ACROSS: Final = 15
SEVERAL: Final = 3
_PERSONS: Final = {
    "问题台账": ("责任人", "当事人", "复查人"),
    "追责台账": ("姓名",),
    "任务台账": ("责任人", "牵头领导"),
}
_NOBODY: Final = re.compile(
    r"(?:全体|全校|全园|全员|所有|各位|有关|相关|部分|个别|涉事)?"
    r"(?:教师|老师|教职工|教职员工|职工|员工|干部|领导|班主任|任课教师|科任教师|中层干部|人员|责任人|责任人员|同志|党员|学生)们?"
)
_EVERYBODY: Final = re.compile(
    r"(?:全体|全校|全园|全员|所有|各位|有关|相关|部分|个别).{0,8}"
    r"|各(?:班|科|年级|处室|室|组|校).{0,6}|大家|多人"
)
_SEVERAL: Final = re.compile("[全所各有相部个涉教老职员干领班任中人责同党学大多]")
"""What the texts of nobody in particular begin with: most columns of names hold none of them."""
_PLACEHOLDER: Final = re.compile(
    r"(?<![A-Za-z0-9])[xXｘＸ×]{2,}(?![A-Za-z0-9])"
    r"|某{2}(?:省|市|县|区|镇|乡|街道|学校|中学|小学|幼儿园|单位|局|老师|同志|校长)"
    r"|[_＿]{3,}|[…]{3,}|请(?:在此)?(?:填写|输入|填报)|在?此处(?:填写|输入|填)|点击(?:此处|输入)"
)
_WHOLE: Final = re.compile(r"某{2,3}|待填写?|待补充?|待完善|示例.{0,4}|样例|例[:：].*|测试\d*|[.。·]{3,}|同上")
_PLACE: Final = re.compile(r"([\u4e00-\u9fff]{2})(县(?![城级域区里内外直乡市中])|[镇乡](?![村镇]))")
_NO_NAME: Final = frozenset(
    "全本我各该外邻某两几多个在对和与及的到于由经向从往至是为等区属级省州城市县乡镇村下上里内中有无其他她它这那此每被把将让使给跨"
    "出入回返驻赴去来家故老同思集重困范进文强民族贫"
)
"""Characters that end or begin other words before 县, 镇, 乡: 各乡镇, 下乡, 贫困县, 示范县."""
_TOLD_PLACES: Final = ("问题", "措施", "答复", "任务", "进展", "事由")


def check_wording(view: View, own: Iterable[str]) -> bool:
    """Tell what the words of one table give away; `own` are names that hold the places of this office.

    Say whether names of places were judged: False where some recur and nobody knows which are ours.
    """
    _copied(view)
    _nobody(view)
    _placeholders(view)
    return _places(view, own)


def _copied(view: View) -> None:
    """Tell measures that stand word for word at different problems, once a measure on each sheet."""
    if "措施" not in view.rows or "问题" not in view.rows:
        return
    measures, problems, units = view.texts("措施"), view.texts("问题"), view.texts("单位")
    worded = keys(problems.texts)
    sizes = np.array([len(text) for text in measures.texts], dtype=np.int64)
    counts = np.bincount(measures.codes, minlength=len(measures.texts))
    order = np.argsort(measures.codes, kind="stable")
    starts = np.cumsum(counts) - counts
    for code in np.flatnonzero((sizes >= LONG) & (counts >= COPIED)).tolist():
        rows = order[starts[code] : starts[code] + counts[code]]
        cases = [(int(units.codes[at]), worded[problems.codes[at]]) for at in rows.tolist()]
        _tell_copied(view, rows, cases, across=bool(sizes[code] >= LONG_ACROSS))


def _tell_copied(view: View, rows: Ints, cases: Sequence[tuple[int, str]], *, across: bool) -> None:
    """Tell one measure on each sheet that copies it; when none does by itself, but several units do, once."""
    told, start = False, 0
    for here in view.sheets(rows):
        part = cases[start : start + len(here)]
        start += len(here)
        most = max(Counter(unit for unit, _ in set(part)).values())
        different = len({text for _, text in part})
        if most >= COPIED or (across and different >= COPIED_ACROSS):
            where = Verbatim(f"这张表第{view.numbers(here)}行")
            view.tell("K013", here[:1], "措施", 件数=different, 哪里=where)
            told = True
    different, owners = len({text for _, text in cases}), len({unit for unit, _ in cases})
    if not told and across and different >= COPIED_ACROSS and owners >= SEVERAL:
        view.tell("K013", rows[:1], "措施", 件数=different, 哪里=Verbatim(f"{owners} 个单位都这样写"))


def _nobody(view: View) -> None:
    """Tell persons' cells that name nobody in particular."""
    for field in _PERSONS.get(view.table, ()):
        if _SEVERAL.search(view.whole(field)):
            told = view.each(field, is_nobody)
            view.tell("K014", told, field, 列=view.labels(field), 值=view.values(field))


def is_nobody(text: str) -> bool:
    """Say whether a person's cell names nobody in particular; a post (教导主任) is somebody.

    >>> is_nobody("全体教师"), is_nobody("各班班主任"), is_nobody("教导主任"), is_nobody("全老师")
    (True, True, False, False)
    """
    bare = key(text)
    return bool(bare) and bool(_EVERYBODY.fullmatch(bare) or _NOBODY.fullmatch(bare))


class Hit(NamedTuple):
    """What was found in a text, and the rows that hold the text."""

    words: str
    rows: Ints


def _placeholders(view: View) -> None:
    for each in table(view.table).fields:
        if each.kind in (Kind.TEXT, Kind.FREE, Kind.PERSON) and each.name in view.rows:
            for hit in _hits(view, each.name, _PLACEHOLDER, _WHOLE):
                label = view.label(int(hit.rows[0]), each.name)
                view.tell("K015", hit.rows, each.name, 列=label, 值=hit.words)


def _hits(view: View, field: str, inside: re.Pattern[str], whole: re.Pattern[str] | None = None) -> Iterator[Hit]:
    """Yield what `inside` finds in, or `whole` says of, the distinct texts of a column."""
    text = view.whole(field)
    if not inside.search(text) and not (whole and whole.search(text)):
        return
    cells = view.texts(field)
    for code, text in enumerate(cells.texts):
        found = inside.search(text) or (whole.fullmatch(text.strip("（）() ")) if whole else None)
        if found is not None:
            yield Hit(found[0], np.flatnonzero(cells.codes == code))


def _places(view: View, own: Iterable[str]) -> bool:
    """Tell names of counties and towns that recur and are none of ours, once a name on each sheet.

    Only levels that our own names show are compared: a roster of 鱼岳镇第三小学 says nothing about counties.
    """
    ours = places_in(own)
    levels = {_is_county(name) for name in ours}
    found: dict[str, dict[int, str]] = defaultdict(dict)
    for field in _TOLD_PLACES:
        if _PLACE.search(view.whole(field)):
            cells = view.texts(field)
            for code, text in enumerate(cells.texts):
                for name in places_in((text,)) - ours:
                    found[name].update(dict.fromkeys(np.flatnonzero(cells.codes == code).tolist(), field))
    recurring = {name: rows for name, rows in found.items() if len(rows) > 1}
    for name, rows in sorted(recurring.items()):
        if _is_county(name) in levels:
            _tell_place(view, name, rows)
    return bool(levels) or not recurring


def _is_county(name: str) -> bool:
    return name.endswith("县")


def _tell_place(view: View, name: str, rows: dict[int, str]) -> None:
    for here in view.sheets(np.array(sorted(rows), dtype=np.int64)):
        view.tell("K016", here[:1], rows[int(here[0])], 行数=len(here), 地名=name)


def places_in(texts: Iterable[str]) -> frozenset[str]:
    """Return the names of counties and towns in texts: two characters and 县, 镇 or 乡.

    >>> sorted(places_in(["在嵩明县教育局", "各乡镇送教下乡", "鱼岳镇第三小学"]))
    ['嵩明县', '鱼岳镇']
    """
    return frozenset(
        found[1] + found[2]
        for text in texts
        if "县" in text or "镇" in text or "乡" in text
        for found in _PLACE.finditer(text)
        if _NO_NAME.isdisjoint(found[1])
    )
