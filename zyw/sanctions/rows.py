"""追责台账 and 问题台账 → one set of rows with measures taken, each with what keeps it from counting.

An issue ledger's 当事人 + 处理结果 is a sanction too, unless a row of 追责台账 is the same one (design §7): the same
案号, unit and person; else, where one of the two has no 案号, the same unit, person and a measure in common within 31
days. Then the row of 追责台账 stands. What depends on the day of the run is decided in `zyw.sanctions.standing`.
"""

import re
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from zyw.columns import Kind, table
from zyw.decoding import nearest
from zyw.ledger import Ledger
from zyw.problems import Verbatim, show
from zyw.rowfaults import Faults
from zyw.rowset import Coded, Mask, RowSet, Texts, all_texts, coded, stacked
from zyw.sanctions.measures import MeasureReader, Said
from zyw.sanctions.steps import step_column
from zyw.scheme import Scheme

MATCH_DAYS: Final = 31
WHOLE_UNIT: Final = frozenset(
    (
        "全校", "全园", "学校", "幼儿园", "本校", "单位", "本单位", "班子", "班子集体", "领导班子", "学校班子",
        "领导班子集体", "学校领导班子", "集体", "全体教职工", "全体教师", "全体班子成员",
    )
)  # fmt: skip
"""What stands in the person's cell when the measure is against the unit itself."""
AGAINST_UNIT: Final = "对单位的处理，本方案不据此扣分"
_SEVERAL: Final = re.compile("[、，,；;]")
_SAME: Final = {
    "unit": "单位", "staff": "工号", "title": "职务", "level": "职务层级", "case_no": "案号", "channel": "来源",
    "category": "类别", "gravity": "情节", "review": "复核结果",
}  # fmt: skip
_DAYS: Final = {
    "day": "处理时间", "revoked": "撤销时间", "asked_on": "申请复核日", "answered_on": "复核决定日",
    "served": "送达时间",
}  # fmt: skip
_MUST_READ: Final = ("单位", "处理时间", "撤销时间", "案号", "工号", "职务", "来源")
"""A row in which one of these cells could not be used does not count (the reader has reported the cell)."""


@dataclass(frozen=True, slots=True)
class Source:
    """A table that tells of sanctions, and what it calls the person, the measure and the verification."""

    table: str
    person: str
    measure: str
    verified: str


SOURCES: Final = (
    Source("追责台账", "姓名", "处理方式", "是否核实"),
    Source("问题台账", "当事人", "处理结果", "核实"),
)


@dataclass(frozen=True, slots=True)
class Sanctions:
    """Rows that tell of measures, and what their cells say.

    Columns of `rows`: origin, table (index into `SOURCES`), said (index into `said`), severest (measure, -1 none), the
    texts unit, person, staff, title, level, case_no, channel, category, gravity, review, verified, the days day,
    revoked, asked_on and answered_on (复核), served, `step:…` for each step of the scheme's 程序, asked (the sheet has
    a column 核实), reason (why the row cannot count, whatever the day; "": it can), fault (the reason is an 错误).
    """

    rows: RowSet
    said: tuple[Said, ...]


def gather(ledger: Ledger, scheme: Scheme, faults: Faults) -> Sanctions:
    """Return the measures that the ledger's tables tell of; what is wrong with rows goes to `faults`.

    A scheme without 处理方式 or 职务层级 counts no measures: none are gathered.
    """
    if not scheme.measures or not scheme.levels.order:
        return Sanctions(_none(), ())
    reader = MeasureReader(scheme.measures, scheme.process.exemptions)
    steps = tuple(step.column for step in scheme.process.further)
    parts: list[RowSet] = []
    said: list[Said] = []
    for index, source in enumerate(SOURCES):
        if source.table in ledger.rows:
            table = _Table(ledger, index, reader, faults, steps)
            parts.append(table.read(len(said)))
            said.extend(table.said)
    if not parts:
        return Sanctions(_none(), ())
    rows = stacked(parts)
    if len(parts) > 1:
        _match(rows, said, ledger)
    _dateless(rows, faults)
    return Sanctions(rows, tuple(said))


def _dateless(rows: RowSet, faults: Faults) -> None:
    """Report rows without a decision date (C003), unless another row already stands for them."""
    where = np.isnat(rows["day"]) & (rows["reason"] == "")
    present = faults.sheets_have(rows["origin"], _DAYS["day"])
    faults.add_each("C003", rows["origin"][where & present], _DAYS["day"], 列=_DAYS["day"])
    faults.once_a_sheet("C009", rows["origin"][where & ~present], _DAYS["day"])
    rows["reason"][where] = "没有处理时间"
    rows["fault"][where] = True


def _none() -> RowSet:
    columns: dict[str, Any] = {name: all_texts(0) for name in (*_SAME, "person", "verified", "reason")}
    columns |= {name: np.empty(0, dtype="datetime64[s]") for name in _DAYS}
    columns |= {name: np.empty(0, dtype=np.int64) for name in ("origin", "table", "said", "severest")}
    columns |= {name: np.empty(0, dtype=np.bool_) for name in ("asked", "fault")}
    return RowSet(columns, 0)


class _Table:
    """One table on its way to rows of sanctions."""

    def __init__(
        self, ledger: Ledger, index: int, reader: MeasureReader, faults: Faults, steps: tuple[str, ...]
    ) -> None:
        self.ledger, self.index, self.reader, self.faults, self.steps = ledger, index, reader, faults, steps
        self.source = SOURCES[index]
        self.rows = self._columns(ledger.rows[self.source.table])
        cells = coded(self.rows["measure"])
        self.said = [reader.read(text) for text in cells.texts]
        self.cells = cells

    def read(self, offset: int) -> RowSet:
        """Return the rows; `said` counts from `offset`."""
        if self.source.table == "问题台账":
            self._keep_measures()
        self._judge()
        self.rows["said"] = self.cells.codes + offset
        self.rows["severest"] = self.cells.mapped((max(each.measures, default=-1) for each in self.said), np.int64)
        del self.rows.columns["measure"]
        return self.rows

    def _columns(self, table: RowSet) -> RowSet:
        size = len(table)
        source = self.source
        wanted = {**_SAME, "person": source.person, "verified": source.verified, "measure": source.measure}
        columns: dict[str, Any] = {
            name: table[field].copy() if field in table else all_texts(size) for name, field in wanted.items()
        }
        for name, field in _DAYS.items():
            columns[name] = table[field] if field in table else np.full(size, "NaT", "datetime64[s]")
        for name in self.steps:
            columns[step_column(name)] = table[name] if name in table else _blanks(name, size)
        columns["origin"] = table["origin"]
        columns["table"] = np.full(size, self.index, dtype=np.int64)
        columns["asked"] = self.faults.sheets_have(columns["origin"], self.source.verified)
        return RowSet(columns, size)

    def _keep_measures(self) -> None:
        """Keep the issues whose 处理结果 is a measure, or holds one among other words (C007); 已整改 yields nothing."""
        measured = self.cells.mapped((bool(each.measures or each.exempt) for each in self.said), np.bool_)
        inside = self.cells.mapped((bool(each.inside) and not each.measures for each in self.said), np.bool_)
        personal = self.faults.sheets_have(self.rows["origin"], self.source.person)
        self.faults.once_a_sheet("C014", self.rows["origin"][measured & ~personal], self.source.measure)
        for at in np.flatnonzero(inside & personal).tolist():
            code = self.cells.codes[at]
            facts = {"列": self.source.measure, "值": self.cells.texts[code], "方式": Verbatim(self.said[code].inside)}
            self.faults.add("C007", self.rows["origin"][at], self.source.measure, **facts)
        kept = np.flatnonzero((measured | inside) & personal)
        self.rows = self.rows.take(kept)
        self.cells = Coded(self.cells.codes[kept], self.cells.texts)

    def _judge(self) -> None:
        """Give each row its `reason` and `fault`: the first that applies."""
        rows, source = self.rows, self.source
        rows["reason"], rows["fault"] = all_texts(len(rows)), np.zeros(len(rows), dtype=np.bool_)
        self._mark(rows["unit"] == "", "单位不在名册里，或没有写单位")
        for name in (*_MUST_READ, *self.steps, source.person, source.measure, source.verified):
            unread = self._unread(name)
            if unread is not None:
                self._mark(unread, f"“{name}”一格无法识别")
        self._persons()
        self._measures()

    def _mark(self, where: Mask, why: str | Texts, fault: bool | Mask = True) -> None:
        free = np.flatnonzero(where & (self.rows["reason"] == ""))
        self.rows["reason"][free] = why if isinstance(why, str) else why[free]
        self.rows["fault"][free] = fault if isinstance(fault, bool) else fault[free]

    def _unread(self, field: str) -> Mask | None:
        bad = [origin for origin, name in self.ledger.faults if name == field]
        return np.isin(self.rows["origin"], np.array(bad, dtype=np.int64)) if bad else None

    def _persons(self) -> None:
        """Set apart measures against the unit itself; a row without a person is an 错误 (C001)."""
        rows, field = self.rows, self.source.person
        names = rows.coded("person")
        collective = names.mapped((text in WHOLE_UNIT for text in names.texts), np.bool_)
        self._mark(collective | ((rows["person"] == rows["unit"]) & (rows["person"] != "")), AGAINST_UNIT, False)
        blank = (rows["person"] == "") & (rows["reason"] == "")
        present = self.faults.sheets_have(rows["origin"], field)
        self.faults.add_each("C001", rows["origin"][blank & present], field)
        self.faults.once_a_sheet("C009", rows["origin"][blank & ~present], field)
        self._mark(blank, "没有当事人姓名")
        if _SEVERAL.search("".join(names.texts)):
            counts = names.mapped((len([p for p in _SEVERAL.split(text) if p]) for text in names.texts), np.int64)
            for at in np.flatnonzero(counts > 1).tolist():
                self.faults.add("C011", rows["origin"][at], field, 列=field, 人数=counts[at])

    def _measures(self) -> None:
        """Report what the scheme does not know as a measure (C002); words of an issue ledger are no 错误."""
        field, strict = self.source.measure, self.source.table == "追责台账"
        for code, each in enumerate(self.said) if strict else ():
            if each.unknown or not (each.measures or each.exempt):
                where = self.cells.codes == code
                near = nearest(each.unknown[0] if each.unknown else "", self.reader.names)
                value = each.unknown or "空白"
                self.faults.add_each("C002", self.rows["origin"][where], field, 列=field, 值=value, 近似=near)
        none = self.cells.mapped((not each.measures for each in self.said), np.bool_)
        told = [f"{field}“{show(text)}”不是方案里的处理方式" if text else f"没有写{field}" for text in self.cells.texts]
        self._mark(none & ~self._exempt(none), self.cells.mapped(told), strict)

    def _exempt(self, none: Mask) -> Mask:
        """Set apart the rows whose only outcome is an exemption; one without the reason it needs is told (C044)."""
        freed: Mask = none & self.cells.mapped((each.exempt is not None for each in self.said), np.bool_)
        if not freed.any():
            return freed
        self._mark(freed, self.cells.mapped([_freed(each) for each in self.said]), False)
        needs = self.cells.mapped((bool(each.exempt and each.exempt.needs_reason) for each in self.said), np.bool_)
        for at in np.flatnonzero(freed & needs & ~self._explained()).tolist():
            self.faults.add(
                "C044", int(self.rows["origin"][at]), self.source.measure, 结论=self.cells.texts[self.cells.codes[at]]
            )
        return freed

    def _explained(self) -> Mask:
        """Say which rows write why: 事由 (问题 in an issue ledger) or 备注."""
        table = self.ledger.rows[self.source.table]
        told: Mask = np.zeros(len(table), dtype=np.bool_)
        for name in ("事由", "备注"):
            if name in table:
                told |= table[name] != ""
        known = dict(zip(table["origin"].tolist(), told.tolist(), strict=True))
        return np.array([known[origin] for origin in self.rows["origin"].tolist()], dtype=np.bool_)


def _freed(said: Said) -> str:
    if said.exempt is None:
        return ""
    clause = f"（{said.exempt.clause}）" if said.exempt.clause else ""
    return f"{said.exempt.name}{clause}，不追责，不计分"


def _blanks(name: str, size: int) -> Any:
    dated = table("追责台账").field(name).kind is Kind.DATE
    return np.full(size, "NaT", "datetime64[s]") if dated else all_texts(size)


def _match(rows: RowSet, said: list[Said], ledger: Ledger) -> None:
    """Let rows of 追责台账 stand for the issues that tell of the same sanction (marked in place)."""
    units, persons = rows["unit"].tolist(), rows["person"].tolist()
    known: dict[tuple[str, str], list[int]] = {}
    for at in np.flatnonzero((rows["table"] == 0) & (rows["unit"] != "")).tolist():
        known.setdefault((units[at], persons[at]), []).append(at)
    for at in np.flatnonzero((rows["table"] == 1) & (rows["unit"] != "")).tolist() if known else ():
        others = known.get((units[at], persons[at]), ())
        twin = next((other for other in others if _is_twin(rows, said, at, other)), None)
        if twin is not None:
            where = ledger.origins.locate(int(rows["origin"][twin]))
            rows["reason"][at] = f"与追责台账同一处理（{where}），以追责台账为准"
            rows["fault"][at] = False


def _is_twin(rows: RowSet, said: list[Said], issue: int, other: int) -> bool:
    """Say whether two rows of one person tell of one sanction: by 案号, or where one has none by measure and day."""
    one, two = rows["case_no"][issue], rows["case_no"][other]
    if one and two:
        return bool(one == two)
    shared = set(said[rows["said"][issue]].measures).intersection(said[rows["said"][other]].measures)
    apart = abs(rows["day"][issue] - rows["day"][other])
    return bool(shared) and not np.isnat(apart) and bool(apart <= np.timedelta64(MATCH_DAYS, "D"))
