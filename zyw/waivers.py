"""豁免: a problem that people have looked at and let pass, with who, why and until when.

A waiver says which problem (代码) and where: by 单位 and 编号 (the row's 编号, 案号 or 文号), which stay with the row
when others are inserted, or by 位置 as the screen prints it: `3月台账.xlsx`, `3月台账.xlsx ▸ 台账` or
`3月台账.xlsx ▸ 台账!C7`; `*` stands for anything. A place that names a cell also needs 原文, words that the message
shows: when the cell has moved, the waiver does not let another problem pass. A waived problem is listed as such and
does not count for the exit code; a row that cannot be used stays unused.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from zyw.cells import key
from zyw.decoding import DATE, TEXT, Fields, Key, Part, parts_of, read_part
from zyw.located import parse_located
from zyw.problems import Place, Problem, Verbatim, codes, problem

if TYPE_CHECKING:
    from zyw.subjects import Subject, Subjects

NAME: Final = "豁免.yaml"
WAIVER: Final = Part(
    "豁免",
    "放过一个看过的问题",
    (
        Key("代码", TEXT, "问题代码，如 K018", required=True),
        Key("单位", TEXT, "哪个单位的"),
        Key("编号", TEXT, "那一行的编号、案号或文号"),
        Key("位置", TEXT, "屏幕上的位置，如 3月台账.xlsx ▸ 台账!C7；可以只写文件；* 代表任意文字"),
        Key("原文", TEXT, "提示里的几个字；位置写到单元格时要写"),
        Key("理由", TEXT, "为什么放过", required=True),
        Key("批准人", TEXT, "谁同意的", required=True),
        Key("有效期至", DATE, "到哪一天为止", required=True),
    ),
)
WAIVERS: Final = Part("豁免文件", "看过、放过的问题", (Key("豁免", parts_of(WAIVER), "一条一条写", required=True),))
_CELL: Final = re.compile(r"(?:!|▸\s*)[A-Z]{0,3}\d+$")


@dataclass(frozen=True, slots=True)
class Waiver:
    """One waiver; "" where a key was not written. `place` is where it stands in its file."""

    code: str
    reason: str
    who: str
    until: date
    place: Place
    unit: str = ""
    number: str = ""
    where: str = ""
    words: str = ""

    @property
    def key(self) -> str:
        """What it waives, as messages name it."""
        return " ".join(part for part in (self.unit, self.number, self.where) if part)

    def covers(self, each: Problem, subject: "Subject") -> bool:
        """Say whether `each`, which stands on a row of `subject`, is the problem that is waived."""
        return (
            each.code == self.code
            and (not self.unit or key(self.unit) in map(key, subject.names))
            and (not self.number or key(self.number) in map(key, subject.numbers))
            and (not self.where or self._stands(each.place))
            and (not self.words or any(key(self.words) in key(text) for text in (each.message, *each.excerpt)))
        )

    def _stands(self, place: Place | None) -> bool:
        if place is None:
            return False
        sheet = f"{place.file} ▸ {place.sheet}" if place.sheet else place.file
        wanted = ".*".join(re.escape(key(part)) for part in self.where.split("*"))
        return any(re.fullmatch(wanted, key(text)) for text in (place.file, sheet, str(place)))


@dataclass(frozen=True, slots=True)
class Waived:
    """A problem and the waiver that lets it pass."""

    problem: Problem
    waiver: Waiver


def load_waivers(text: str, file: str) -> tuple[tuple[Waiver, ...], tuple[Problem, ...]]:
    """Return the waivers written in `text`; none when anything is at fault (P001–P008, K042–K044)."""
    problems: list[Problem] = []
    node, refused = parse_located(text, file)
    fields = None if node is None else read_part(WAIVERS, node, problems)
    written: Sequence[Fields] = fields.get("豁免", ()) if fields else ()
    problems += [found for each in written for found in _faults(each)]
    if refused or problems:
        return (), (*refused, *problems)
    return tuple(_waiver(each) for each in written), ()


def _faults(fields: Fields) -> Iterable[Problem]:
    code = fields.get("代码", "")
    if code and code not in codes():
        yield problem("K043", fields.at("代码"), 值=code)
    if not any(fields.get(name) for name in ("单位", "编号", "位置")):
        yield problem("K042", fields.place)
    if _CELL.search(fields.get("位置", "")) and not fields.get("原文"):
        yield problem("K044", fields.at("位置"))


def _waiver(fields: Fields) -> Waiver:
    return Waiver(
        code=fields.get("代码"),
        reason=fields.get("理由"),
        who=fields.get("批准人"),
        until=fields.get("有效期至"),
        place=fields.at("代码"),
        unit=fields.get("单位", ""),
        number=fields.get("编号", ""),
        where=fields.get("位置", ""),
        words=fields.get("原文", ""),
    )


def waive(
    problems: Sequence[Problem], waivers: Sequence[Waiver], subjects: "Subjects", as_of: date
) -> tuple[tuple[Problem, ...], tuple[Waived, ...]]:
    """Return the problems that stay open on `as_of`, and those that are waived, each by its first waiver in force."""
    by_code: dict[str, list[Waiver]] = {}
    for waiver in waivers:
        if as_of <= waiver.until:
            by_code.setdefault(waiver.code, []).append(waiver)
    opened: list[Problem] = []
    waived: list[Waived] = []
    for each in problems:
        rivals = by_code.get(each.code)
        subject = subjects.of(each.place) if rivals else None
        found = next((w for w in rivals or () if subject and w.covers(each, subject)), None)
        if found is None:
            opened.append(each)
        else:
            waived.append(Waived(each, found))
    return tuple(opened), tuple(waived)


def stale(waivers: Iterable[Waiver], waived: Iterable[Waived], as_of: date) -> tuple[Problem, ...]:
    """Return a problem for each waiver that has expired (K041) or that let nothing pass (K040)."""
    used = {each.waiver for each in waived}
    told = []
    for waiver in waivers:
        facts = {"编号": waiver.code, "哪里": waiver.key}
        if as_of > waiver.until:
            told.append(problem("K041", waiver.place, excerpt=(), 日期=Verbatim(waiver.until.isoformat()), **facts))
        elif waiver not in used:
            told.append(problem("K040", waiver.place, excerpt=(), **facts))
    return tuple(told)
