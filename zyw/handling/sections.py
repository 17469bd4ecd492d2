"""A docket as tables for people: on the terminal at 80 columns, and as the sheets of a workbook."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from math import ceil, floor
from typing import Final, TypeAlias

from zyw.handling.records import LEADER, UNIT, Appeal, Docket, Matter, Move, Tally
from zyw.handling.tallying import NOBODY
from zyw.rules.handling import Handling
from zyw.rules.intervals import Interval
from zyw.shown.widths import width

Row: TypeAlias = tuple[str, ...]
Heads: TypeAlias = tuple[tuple[str, tuple[float, float]], ...]
"""Labels, each with the least and the greatest width of its column on paper."""


@dataclass(frozen=True, slots=True)
class Section:
    """One table: its name, what it lists, its heads and rows; `numbers` are the columns that stand to the right.

    `alert` is the column that holds the warning, −1 none; `colours` has one for each row.
    """

    name: str
    note: str
    heads: Heads
    rows: tuple[Row, ...]
    alert: int = -1
    colours: tuple[str, ...] = ()

    @property
    def labels(self) -> Row:
        """The heads' words."""
        return tuple(label for label, _ in self.heads)


def tally_section(docket: Docket, kind: str = UNIT) -> Section:
    """Return how many matters each owner of a kind has, and the total."""
    alerts = docket.handling.alerts
    heads: Heads = (
        (kind, (14, 26)), ("在办", (7, 8)), ("快到期", (8, 8)), ("逾期", (7, 8)),
        *((each.name, (9, 10)) for each in alerts), ("可销号", (8, 8)), ("不该销号", (9, 9)),
    )  # fmt: skip
    rows = tuple(_tally_row(each) for each in (*docket.by(kind), docket.totals))
    return Section(f"按{kind}", _legend(docket.handling), heads, rows)


def _tally_row(each: Tally) -> Row:
    numbers = (each.open, each.soon, each.overdue, *each.alerts, each.closable, each.wrongly_closed)
    return (each.name, *(str(n) if n else "" for n in numbers))


def _legend(handling: Handling) -> str:
    levels = "；".join(f"{each.name} {_days(each.days)}" for each in handling.alerts)
    return (
        f"天数按{handling.days_kind}数，快到期是期限前 {handling.soon} 天以内；逾期 {levels}。"
        "一件归几个单位、几个人的，各列一次，合计只算一次。"
    )


def _days(days: Interval) -> str:
    """Return an interval of whole days as people say it: 1—7 天, 31 天以上."""
    low = None if days.low is None else floor(days.low) + (not days.low_in or days.low.denominator > 1)
    high = None if days.high is None else ceil(days.high) - (not days.high_in or days.high.denominator > 1)
    if high is None:
        return f"{low} 天以上"
    return f"{low}—{high} 天" if low is not None else f"{high} 天以内"


_MATTER: Final[Heads] = (
    ("单位", (12, 22)), ("编号", (8, 14)), ("问题", (18, 40)), ("类别", (8, 16)), ("期限", (11, 11)), ("天数", (7, 8)),
    ("预警", (9, 10)), ("责任领导", (9, 12)), ("责任股室", (9, 14)), ("责任人", (9, 12)), ("说明", (10, 26)),
    ("位置", (14, 30)),
)  # fmt: skip
Place: TypeAlias = Callable[[int], str]
"""Origin → where the row stands."""
_ALERT: Final = 6


def _matter_row(each: Matter, place: Place, remark: str) -> Row:
    return (
        each.unit, each.number, each.text, each.category, str(each.due or ""),
        "" if each.days is None else str(each.days), each.alert.name if each.alert else "", each.owner.leader,
        each.owner.office, each.owner.person, remark, place(each.origin),
    )  # fmt: skip


def _matters(name: str, note: str, found: Sequence[Matter], place: Place) -> Section:
    rows = tuple(_matter_row(each, place, "；".join(filter(None, (lacking(each), each.remark)))) for each in found)
    return Section(name, note, _MATTER, rows, _ALERT, tuple(each.alert.colour if each.alert else "" for each in found))


def lacking(matter: Matter) -> str:
    """Return what a matter lacks to be closed, each with its clause."""
    return "；".join(f"没有做到：{gap.name}（{gap.clause}）" for gap in matter.gaps)


_APPEAL: Final[Heads] = (
    ("单位", (12, 22)), ("姓名", (8, 10)), ("处理方式", (10, 16)), ("处理时间", (11, 11)), ("可申请至", (11, 11)),
    ("申请日", (11, 11)), ("应答复至", (11, 11)), ("答复日", (11, 11)), ("结果", (8, 16)), ("说明", (10, 20)),
    ("位置", (14, 30)),
)  # fmt: skip


def appeal_row(each: Appeal, place: Place) -> Row:
    """Return one sanction's clocks."""
    days = (each.decided_on, each.ask_by, each.asked, each.answer_by, each.answered)
    late = f"已超过 {each.late} 天" if each.late else "正在复核" if each.pending else ""
    return (
        each.unit,
        each.person,
        each.measure,
        *(str(day or "") for day in days),
        each.result,
        late,
        place(each.origin),
    )


_MOVE: Final[Heads] = (
    ("单位", (12, 22)), ("哪一件", (12, 30)), ("上一次", (10, 16)), ("这一次", (10, 16)), ("可以到", (12, 26)),
    ("依据", (8, 14)), ("上一次的位置", (14, 28)), ("位置", (14, 28)),
)  # fmt: skip


def move_row(each: Move) -> Row:
    """Return one issue whose state went out of order."""
    allowed = "、".join(each.state.moves)
    return (each.unit, each.case, each.before, each.after, allowed, each.state.clause, each.earlier, each.place)


def move_rows(docket: Docket) -> tuple[Row, tuple[Row, ...]]:
    """Return heads and rows of the moves for the terminal."""
    most = (16, 24, 12, 12)
    rows = tuple(tuple(cut(row[i], most[i]) for i in range(4)) for row in map(move_row, docket.moves))
    return tuple(label for label, _ in _MOVE[:4]), rows


def sections(docket: Docket, place: Place) -> tuple[Section, ...]:
    """Return every table of a docket that has rows, the counts first."""
    kinds = tuple(dict.fromkeys(each.kind for each in docket.tallies))
    lists = (
        ("逾期", "没有完成、过了期限的，期限早的在前。", docket.overdue),
        ("快到期", "没有完成、快到期限的；天数是负数，还有几天。", docket.due_soon),
        ("可以销号", "已经完成、销号条件都做到了的。", docket.closable),
        ("还不能销号", "已经完成、还有销号条件没有做到的。", docket.lacking),
        ("不该销号", "已经销号、销号条件没有做到的：请补做，或者重新打开。", docket.wrongly_closed),
        ("重新打开", "销过号或完成过、又重新打开的。", docket.reopened),
        ("复发", "同样的问题又发生的；只列出，不计分。", docket.recurring),
        ("延期", "延期算数的，期限是延到的日子。", docket.extended),
    )
    made = [tally_section(docket, kind) for kind in kinds] or [tally_section(docket)]
    made += [_matters(name, note, found, place) for name, note, found in lists if found]
    if docket.moves:
        note = "与上一次的台账比较，状态没有按方案的次序变的。"
        made.append(Section("没有按次序", note, _MOVE, tuple(map(move_row, docket.moves))))
    if docket.appeals:
        note = "到哪天可以申请复核（申诉），到哪天应当答复；复核期间处理照常有效。"
        made.append(Section("复核", note, _APPEAL, tuple(appeal_row(each, place) for each in docket.appeals)))
    return tuple(made)


LEFT: Final = "还有天数"
_ON_SCREEN: Final = ("单位", "编号", "问题", "期限", "天数", "预警")
_UNIT_WIDTH, _NUMBER_WIDTH, _WHOLE, _BETWEEN = 16, 14, 78, 3
"""Columns of the terminal: at most so many for unit and number, so many in all and between two of them (a ruled table
has one more at each edge); the text of the problem has what the others leave."""


def on_screen(docket: Docket) -> tuple[str, ...]:
    """Return the kinds of owners that the terminal counts by: units, and leaders where any is named."""
    named = any(each.kind == LEADER and each.name != NOBODY for each in docket.tallies)
    return (UNIT, LEADER) if named else (UNIT,)


def tally_rows(docket: Docket, kind: str) -> tuple[Row, tuple[Row, ...], tuple[int, ...]]:
    """Return heads, rows and the columns of numbers of one kind of owner for the terminal, only those that have any."""
    section = tally_section(docket, kind)
    heads = tuple(label.removesuffix("预警") for label in section.labels)
    kept = [0, *(i for i in range(1, len(heads)) if any(row[i] for row in section.rows))]
    room = _WHOLE - sum(_width(heads[i], section.rows, i) + _BETWEEN for i in kept[1:])
    rows = tuple((cut(row[0], room), *(row[i] for i in kept[1:])) for row in section.rows)
    return tuple(heads[i] for i in kept), rows, tuple(range(1, len(kept)))


def _width(head: str, rows: Iterable[Row], i: int) -> int:
    return max(width(head), *(width(row[i]) for row in rows), 0)


def screen_rows(found: Sequence[Matter], *, gaps: bool = False) -> tuple[Row, tuple[Row, ...]]:
    """Return heads and rows of a list for the terminal, 80 columns; with `gaps` what is lacking stands behind the text.

    Only columns that a row fills are there: without any number the text has its room.
    """
    cells = [_gap_cells(each) if gaps else _due_cells(each) for each in found]
    heads = (*_ON_SCREEN[:3], "没有做到") if gaps else _ON_SCREEN
    if not gaps and found and all(each.days is not None and each.days <= 0 for each in found):
        heads = (*heads[:4], LEFT, *heads[5:])
        cells = [(*row[:4], row[4].removeprefix("-"), *row[5:]) for row in cells]
    kept = [i for i in range(len(heads)) if i == 2 or any(row[i] for row in cells)]
    most = [_UNIT_WIDTH, _NUMBER_WIDTH, _WHOLE, *(22 if gaps else 10 for _ in heads[3:])]
    widths = [min(most[i], _width(heads[i], cells, i)) for i in range(len(heads))]
    widths[2] = _WHOLE - sum(widths[i] + _BETWEEN for i in kept if i != 2)
    rows = tuple(tuple(cut(row[i], widths[i]) for i in kept) for row in cells)
    return tuple(heads[i] for i in kept), rows


def _due_cells(each: Matter) -> Row:
    days = "" if each.days is None else str(each.days)
    text = each.text or each.category
    return (each.unit, each.number, text, str(each.due or ""), days, each.alert.name if each.alert else "")


def _gap_cells(each: Matter) -> Row:
    return (each.unit, each.number, each.text or each.category, "、".join(gap.name for gap in each.gaps))


def cut(text: str, columns: int) -> str:
    """Return a text in at most so many columns of a terminal, `…` where it was cut."""
    if width(text) <= columns:
        return text
    kept = ""
    for character in text:
        if width(kept + character) > columns - 1:
            break
        kept += character
    return kept + "…"


def headline(docket: Docket) -> str:
    """Return the docket in one line."""
    parts = [f"在办 {docket.open}", f"已完成未销号 {docket.done}", f"已销号 {docket.closed}"]
    late = "、".join(
        f"{alert.name} {n}" for alert, n in zip(docket.handling.alerts, docket.totals.alerts, strict=True) if n
    )
    parts.append(f"逾期 {len(docket.overdue)}{f'（{late}）' if late else ''}")
    parts += [f"快到期 {len(docket.due_soon)}", f"没有期限 {docket.no_deadline}"]
    left = f"；有 {docket.left_out} 行因内容有误没有算" if docket.left_out else ""
    return f"截至 {docket.as_of}，共 {docket.recorded} 件：{'，'.join(parts)}{left}。"
