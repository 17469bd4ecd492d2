"""动态档案: each person's standing in a quarter beside the quarter before (tangping-2023 三(二)2).

For every person of the quarterly records, and everybody with an issue, a talk or a measure in one of the two quarters:
how many issues, talks and standing measures, what the record says (表现, 重点关注, 帮扶), and what changed. The quarter
is that of the as-of day. A person is (unit, name), or a staff number where there is one. It says what happened; it
scores nobody, and it never leaves the office.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from zyw.ledger import Ledger
from zyw.naming.several import split_people
from zyw.periods import Period, Span
from zyw.tallies.activities import TALK, kind_of
from zyw.tallies.people import column, days_of_quarter, quarter_before, quarter_label, read_quarter
from zyw.tallies.words import reading_order

if TYPE_CHECKING:
    from zyw.scheme import Scheme

RECORDS: Final = "动态档案"
GRADES: Final = (
    ("优秀", "优", "好", "突出"), ("良好", "良", "较好", "称职", "合格", "正常"),
    ("一般", "中", "基本称职", "基本合格"), ("差", "较差", "不称职", "不合格", "躺平", "浑水摸鱼"),
)  # fmt: skip
"""Words of 表现, the best first; words of one step are equal."""
BETTER, WORSE, SAME, NEW = "好转", "下滑", "持平", "新列入"


@dataclass(frozen=True, slots=True)
class Quarter:
    """What one quarter tells of a person."""

    issues: int = 0
    talks: int = 0
    measures: tuple[str, ...] = ()
    grade: str = ""
    watched: bool = False
    support: str = ""
    helper: str = ""


@dataclass(frozen=True, slots=True)
class Dossier:
    """One person in `quarter` (now) and the one before."""

    unit: str
    name: str
    post: str
    now: Quarter
    before: Quarter
    change: str
    origins: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Dossiers:
    """The dossiers of one quarter (2023Q2), by unit in the order of the roster."""

    quarter: str
    lines: tuple[Dossier, ...]


@dataclass(frozen=True, slots=True)
class _Said:
    """One thing that a row tells of a person on a day."""

    unit: str
    name: str
    number: str
    quarter: str
    what: str
    origin: int
    value: Any = None
    post: str = ""


def tally_dossiers(ledger: Ledger, scheme: "Scheme | None", span: Span) -> Dossiers | None:
    """Return the dossiers of the as-of day's quarter; None where no quarterly record is kept."""
    if RECORDS not in ledger.rows:
        return None
    quarter = quarter_label(span.as_of)
    two = (quarter, quarter_before(quarter))
    said = [
        one
        for one in (*_records(ledger, span), *_issues(ledger), *_talks(ledger), *_measures(ledger, scheme, span))
        if one.quarter in two
    ]
    numbers = {(one.unit, one.name): one.number for one in said if one.number}
    people: dict[tuple[str, str], list[_Said]] = {}
    for one in said:
        number = numbers.get((one.unit, one.name), "")
        people.setdefault(("", number) if number else (one.unit, one.name), []).append(one)
    place = {unit.name: at for at, unit in enumerate(ledger.units)}
    lines = [_dossier(told, two) for told in people.values()]
    return Dossiers(
        quarter,
        tuple(sorted(lines, key=lambda one: (place.get(one.unit, len(place)), reading_order(one.name), one.origins))),
    )


def _records(ledger: Ledger, span: Span) -> Iterator[_Said]:
    """Yield the quarterly records; a row says its quarter, else its day does. Records after the day are not there."""
    rows = ledger.rows[RECORDS]
    names = ("单位", "姓名", "工号", "职务", "季度", "表现", "关注", "帮扶", "帮扶人")
    columns = [column(rows, name) for name in names]
    for unit, name, number, post, told, grade, watched, support, helper, day, origin in zip(
        *columns, column(rows, "记录日", day=True), rows["origin"].tolist(), strict=True
    ):
        quarter = read_quarter(told, span.as_of.year) or (quarter_label(day) if day else "")
        if unit and name and (day is None or day <= span.as_of):
            record = Quarter(grade=grade, watched=watched == "是", support=support, helper=helper)
            yield _Said(unit, name, number, quarter, RECORDS, origin, record, post)


def _issues(ledger: Ledger) -> Iterator[_Said]:
    rows = ledger.rows.get("问题台账")
    if rows is None or "当事人" not in rows:
        return
    columns = [column(rows, name) for name in ("单位", "当事人", "工号", "职务")]
    for unit, name, number, post, day, origin in zip(
        *columns, column(rows, "发现日", day=True), rows["origin"].tolist(), strict=True
    ):
        if unit and name and day:
            yield _Said(unit, name, number, quarter_label(day), "问题", origin, post=post)


def _talks(ledger: Ledger) -> Iterator[_Said]:
    rows = ledger.rows.get("活动台账")
    if rows is None or "人员" not in rows:
        return
    columns = [column(rows, name) for name in ("单位", "人员", "类型", "活动")]
    for unit, names, kind, activity, day, origin in zip(
        *columns, column(rows, "日期", day=True), rows["origin"].tolist(), strict=True
    ):
        if unit and names and day and kind_of(kind or activity) == TALK:
            for name in split_people(names):
                yield _Said(unit, name, "", quarter_label(day), TALK, origin)


def _measures(ledger: Ledger, scheme: "Scheme | None", span: Span) -> Iterator[_Said]:
    """Yield the measures that stand on the as-of day: revoked and unverified ones tell nothing of a person."""
    if scheme is None or not {"追责台账", "问题台账"} & set(ledger.rows):
        return
    from zyw.sanctions.taken import measures_taken

    rows = measures_taken(ledger, scheme, span.as_of)
    stands = rows[(rows["reason"] == "") & (rows["measure"] >= 0)]
    for unit, name, day, measure, origin in zip(
        *(stands[each].tolist() for each in ("unit", "person", "day", "measure", "origin")), strict=True
    ):
        yield _Said(unit, name, "", quarter_label(day.date()), "处理", int(origin), scheme.measures[measure].name)


def _dossier(said: list[_Said], quarters: tuple[str, str]) -> Dossier:
    first = min(said, key=lambda one: (one.what != RECORDS, one.origin))
    now, before = (_quarter(one for one in said if one.quarter == quarter) for quarter in quarters)
    told_before = any(one.quarter == quarters[1] for one in said)
    return Dossier(
        first.unit,
        first.name,
        next((one.post for one in said if one.post), ""),
        now,
        before,
        _change(now, before, told=told_before),
        tuple(sorted({one.origin for one in said})),
    )


def _quarter(said: Iterable[_Said]) -> Quarter:
    """Put together what one quarter tells; of several records the last row stands, 帮扶 of all is kept."""
    told = sorted(said, key=lambda one: one.origin)
    records = [one.value for one in told if one.what == RECORDS]
    return Quarter(
        issues=len({one.origin for one in told if one.what == "问题"}),
        talks=len({one.origin for one in told if one.what == TALK}),
        measures=tuple(dict.fromkeys(one.value for one in told if one.what == "处理")),
        grade=next((record.grade for record in reversed(records) if record.grade), ""),
        watched=any(record.watched for record in records),
        support="；".join(dict.fromkeys(record.support for record in records if record.support)),
        helper="、".join(dict.fromkeys(record.helper for record in records if record.helper)),
    )


def grade_step(word: str) -> int | None:
    """Return how good a word of 表现 is, 0 the best; None when it is none of the words.

    >>> grade_step("良好"), grade_step("较差"), grade_step("在岗")
    (1, 3, None)
    """
    return next((step for step, words in enumerate(GRADES) if word in words), None)


def _change(now: Quarter, before: Quarter, *, told: bool) -> str:
    """Return how 表现 moved; without grades to compare, nothing is said."""
    if not told:
        return NEW
    one, other = grade_step(now.grade), grade_step(before.grade)
    if one is None or other is None:
        return f"{before.grade}→{now.grade}" if now.grade and before.grade and now.grade != before.grade else ""
    return SAME if one == other else BETTER if one < other else WORSE


def quarter_days(dossiers: Dossiers) -> Period:
    """Return the days of the quarter that the dossiers are of."""
    return days_of_quarter(dossiers.quarter)
