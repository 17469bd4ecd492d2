"""追责台账 and 问题台账 → one frame of measures taken, each row with what keeps it from counting.

An issue ledger's 当事人 + 处理结果 is a sanction too, unless a row of 追责台账 is the same one (design §7): the same
案号, unit and person; else, where one of the two has no 案号, the same unit, person and measure within 31 days.
Then the row of 追责台账 stands. What depends on the day of the run is decided in `zyw.standing`.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from zyw.ledger import Ledger
from zyw.measures import MeasureReader, Said
from zyw.problems import Problem, Verbatim
from zyw.rowfaults import Faults
from zyw.scheme import Scheme

Mask = npt.NDArray[np.bool_]

MATCH_DAYS: Final = 31
_SEVERAL: Final = re.compile("[、，,；;]")
WHOLE_UNIT: Final = frozenset(
    (
        "全校", "全园", "学校", "幼儿园", "本校", "单位", "本单位", "班子", "班子集体", "领导班子", "学校班子",
        "领导班子集体", "学校领导班子", "集体", "全体教职工", "全体教师", "全体班子成员",
    )
)  # fmt: skip
"""What stands in the person's cell when the measure is against the unit itself."""


class Coded(NamedTuple):
    """A column of texts as numbers into its distinct contents."""

    codes: npt.NDArray[np.intp]
    texts: list[str]


def coded(values: npt.NDArray[Any]) -> Coded:
    """Number the distinct texts of a column."""
    codes, uniques = pd.factorize(values)
    return Coded(codes, [str(text) for text in uniques])


@dataclass(frozen=True, slots=True)
class Source:
    """Which fields of a table carry a sanction; the key is our name, the value the table's."""

    table: str
    person: str
    measure: str
    verified: str


SOURCES: Final = (
    Source("追责台账", "姓名", "处理方式", "是否核实"),
    Source("问题台账", "当事人", "处理结果", "核实"),
)
_SAME: Final = {
    "unit": "单位", "staff": "工号", "title": "职务", "level": "职务层级", "case_no": "案号", "channel": "来源",
    "category": "类别", "gravity": "情节", "review": "复核结果",
}  # fmt: skip
_DAYS: Final = {"day": "处理时间", "revoked": "撤销时间"}
_FAULTY: Final = ("单位", "处理时间", "撤销时间", "案号", "工号", "职务", "来源")
TEXTS: Final = ("unit", "person", "staff", "title", "level", "case_no", "channel", "category", "gravity", "review", "verified")


def gather(ledger: Ledger, scheme: Scheme) -> tuple[pd.DataFrame, tuple[Problem, ...]]:
    """Return one row a measure taken: the texts `TEXTS`, `day` and `revoked` (datetime64[s]), `measure` (severity).

    Further columns: `origin`, `table` (index into `SOURCES`), `asked` (the sheet has a column 核实), `reason` (why the
    row cannot count whatever the day, "" when it can) and `fault` (the reason is an 错误).
    """
    reader = MeasureReader(scheme.measures)
    faults = Faults(ledger.origins)
    frames = [
        _read(ledger, source, index, reader, faults)
        for index, source in enumerate(SOURCES)
        if source.table in ledger.tables and len(ledger.tables[source.table])
    ]
    if not frames:
        return _empty(), ()
    rows = pd.concat(frames, ignore_index=True) if len(frames) > 1 else frames[0]
    if len(frames) > 1:
        _match(rows, ledger)
    return rows, faults.problems()


def _empty() -> pd.DataFrame:
    columns: dict[str, Any] = {name: np.empty(0, dtype=object) for name in (*TEXTS, "reason")}
    columns |= {name: np.empty(0, dtype="datetime64[s]") for name in _DAYS}
    columns |= {name: np.empty(0, dtype=np.int64) for name in ("origin", "measure", "table")}
    columns |= {name: np.empty(0, dtype=np.bool_) for name in ("asked", "fault")}
    return pd.DataFrame(columns)


def _read(ledger: Ledger, source: Source, index: int, reader: MeasureReader, faults: Faults) -> pd.DataFrame:
    frame = ledger.tables[source.table]
    rows = _columns(frame, source)
    rows["origin"] = frame["origin"].to_numpy(np.int64)
    rows["table"] = np.full(len(frame), index, dtype=np.int64)
    rows["asked"] = faults.sheets_have(rows["origin"], source.verified)
    texts = _text(frame, source.measure)
    codes, uniques = pd.factorize(texts)
    said = [reader.read(str(text)) for text in uniques]
    if index:
        _missing_person_column(rows, source, said, codes, faults)
        kept = _sanctions_only(rows, source, said, codes, texts, faults)
        rows = {name: values[kept] for name, values in rows.items()}
        texts, codes = texts[kept], codes[kept]
    _judge(ledger, rows, source, said, codes, texts, reader, faults)
    return _one_row_a_measure(rows, said, codes)


def _text(frame: pd.DataFrame, name: str) -> npt.NDArray[Any]:
    return frame[name].to_numpy(object) if name in frame.columns else np.full(len(frame), "", dtype=object)


def _columns(frame: pd.DataFrame, source: Source) -> dict[str, npt.NDArray[Any]]:
    rows = {name: _text(frame, wanted) for name, wanted in _SAME.items()}
    rows["person"] = _text(frame, source.person)
    rows["verified"] = _text(frame, source.verified)
    for name, wanted in _DAYS.items():
        known = wanted in frame.columns
        blank = np.full(len(frame), "NaT", dtype="datetime64[s]")
        rows[name] = frame[wanted].to_numpy("datetime64[s]") if known else blank
    return rows


def _per_text(said: Sequence[Said], codes: npt.NDArray[Any], test: Sequence[bool]) -> Mask:
    return np.array(test, dtype=np.bool_)[codes] if len(said) else np.zeros(len(codes), dtype=np.bool_)


def _missing_person_column(
    rows: dict[str, npt.NDArray[Any]], source: Source, said: list[Said], codes: npt.NDArray[Any], faults: Faults
) -> None:
    """Tell once a sheet that its measures are not read, for want of a person's column."""
    measured = _per_text(said, codes, [bool(each.measures) for each in said])
    alone = measured & ~faults.sheets_have(rows["origin"], source.person)
    faults.once_a_sheet("C014", rows["origin"][alone], source.measure)


def _sanctions_only(
    rows: dict[str, npt.NDArray[Any]],
    source: Source,
    said: list[Said],
    codes: npt.NDArray[Any],
    texts: npt.NDArray[Any],
    faults: Faults,
) -> Mask:
    """Keep the issues whose 处理结果 is a measure or holds one among other words; 已整改 yields nothing."""
    person = faults.sheets_have(rows["origin"], source.person)
    measured = _per_text(said, codes, [bool(each.measures) for each in said])
    inside = _per_text(said, codes, [bool(each.inside) and not each.measures for each in said]) & person
    for position in np.flatnonzero(inside):
        name = Verbatim(said[codes[position]].inside)
        faults.add("C007", rows["origin"][position], source.measure, 列=source.measure, 值=texts[position], 方式=name)
    return (measured & person) | inside


def _judge(
    ledger: Ledger,
    rows: dict[str, npt.NDArray[Any]],
    source: Source,
    said: list[Said],
    codes: npt.NDArray[Any],
    texts: npt.NDArray[Any],
    reader: MeasureReader,
    faults: Faults,
) -> None:
    """Give each row its `reason` and `fault`: the first that applies, in this order, while every fault is reported."""
    size = len(codes)
    reason = np.full(size, "", dtype=object)
    fault = np.zeros(size, dtype=np.bool_)

    def mark(where: Mask, why: object, is_fault: bool) -> None:
        free = where & (reason == "")
        reason[free] = why[free] if isinstance(why, np.ndarray) else why
        fault[free] = is_fault

    mark(rows["unit"] == "", "单位不在名册里，或没有写单位", True)
    for name in (*_FAULTY, source.person, source.measure, source.verified):
        mark(_faulty(ledger, rows["origin"], name), f"“{name}”无法识别", True)
    names = coded(rows["person"])
    mark(_of_unit(rows, names), "对单位的处理，本方案不据此扣分", False)
    _persons(rows, source, names, mark, faults)
    known = _per_text(said, codes, [bool(each.measures) for each in said])
    _unknown_measures(rows, source, said, codes, reader, faults)
    mark(~known & (texts == ""), f"没有写{source.measure}", True)
    mark(~known, _quoted(source.measure, texts, ~known), not rows["table"].any())
    dateless = np.isnat(rows["day"]) & known
    _dateless(rows, source, dateless & ~_faulty(ledger, rows["origin"], "处理时间") & (reason == ""), faults)
    mark(dateless, "没有处理时间", True)
    rows["reason"], rows["fault"] = reason, fault


def _quoted(name: str, texts: npt.NDArray[Any], where: Mask) -> npt.NDArray[Any]:
    from zyw.problems import show

    why = np.full(len(texts), "", dtype=object)
    why[where] = [f"{name}“{show(text)}”不是方案规定的处理方式" for text in texts[where]]
    return why


def _faulty(ledger: Ledger, origins: npt.NDArray[Any], name: str) -> Mask:
    bad = [origin for origin, field in ledger.faults if field == name]
    return np.isin(origins, np.array(bad, dtype=np.int64)) if bad else np.zeros(len(origins), dtype=np.bool_)


def _of_unit(rows: dict[str, npt.NDArray[Any]], names: Coded) -> Mask:
    """Find measures against the unit itself: its own name, 全校, 领导班子 and the like in the person's cell."""
    collective = np.array([text in WHOLE_UNIT for text in names.texts], dtype=np.bool_)
    return collective[names.codes] | ((rows["person"] == rows["unit"]) & (rows["person"] != ""))


def _persons(
    rows: dict[str, npt.NDArray[Any]], source: Source, names: Coded, mark: Callable[[Mask, object, bool], None], faults: Faults
) -> None:
    blank = rows["person"] == ""
    if blank.any():
        present = faults.sheets_have(rows["origin"], source.person)
        for position in np.flatnonzero(blank & present):
            faults.add("C001", rows["origin"][position], source.person)
        faults.once_a_sheet("C009", rows["origin"][blank & ~present], source.person)
        mark(blank, "没有当事人姓名", True)
    if not _SEVERAL.search("".join(names.texts)):
        return
    counts = np.array([len([part for part in _SEVERAL.split(text) if part]) for text in names.texts])[names.codes]
    for position in np.flatnonzero(counts > 1):
        faults.add("C011", rows["origin"][position], source.person, 列=source.person, 人数=counts[position])


def _unknown_measures(
    rows: dict[str, npt.NDArray[Any]],
    source: Source,
    said: list[Said],
    codes: npt.NDArray[Any],
    reader: MeasureReader,
    faults: Faults,
) -> None:
    """Report measures that 追责台账 names and the scheme does not know; in an issue ledger such words mean nothing."""
    if rows["table"].any():
        return
    from zyw.decoding import nearest

    strange = _per_text(said, codes, [bool(each.unknown) or not each.measures for each in said])
    offered = {
        code: nearest(said[code].unknown[0] if said[code].unknown else "", reader.names)
        for code in np.unique(codes[strange]).tolist()
    }
    for position in np.flatnonzero(strange):
        value = said[codes[position]].unknown or "空白"
        near = offered[int(codes[position])]
        faults.add("C002", rows["origin"][position], source.measure, 列=source.measure, 值=value, 近似=near)


def _dateless(rows: dict[str, npt.NDArray[Any]], source: Source, where: Mask, faults: Faults) -> None:
    present = faults.sheets_have(rows["origin"], "处理时间")
    for position in np.flatnonzero(where & present):
        faults.add("C003", rows["origin"][position], "处理时间", 列="处理时间")
    faults.once_a_sheet("C009", rows["origin"][where & ~present], "处理时间")


def _one_row_a_measure(rows: dict[str, npt.NDArray[Any]], said: list[Said], codes: npt.NDArray[Any]) -> pd.DataFrame:
    """Repeat a row for each measure in its cell; a row without any keeps one line with measure -1."""
    orders = [each.measures or (-1,) for each in said]
    if all(len(order) == 1 for order in orders):
        single = np.array([order[0] for order in orders], dtype=np.int64)
        return pd.DataFrame({**rows, "measure": single[codes] if len(orders) else np.empty(0, dtype=np.int64)})
    sizes = np.array([len(order) for order in orders], dtype=np.int64)[codes]
    taken = np.repeat(np.arange(len(codes)), sizes)
    starts = np.concatenate(([0], np.cumsum([len(order) for order in orders])[:-1]))[codes]
    within = np.arange(len(taken)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    flat = np.array([measure for order in orders for measure in order], dtype=np.int64)
    return pd.DataFrame(
        {**{name: values[taken] for name, values in rows.items()}, "measure": flat[np.repeat(starts, sizes) + within]}
    )


def _match(rows: pd.DataFrame, ledger: Ledger) -> None:
    """Let rows of 追责台账 stand for the issues that tell the same sanction (marked in place)."""
    issues = rows[(rows["table"] == 1) & (rows["unit"] != "")]
    ledger_rows = rows[(rows["table"] == 0) & (rows["unit"] != "")]
    if issues.empty or ledger_rows.empty:
        return
    who = ["unit", "person"]
    numbered = issues[issues["case_no"] != ""][[*who, "case_no"]].reset_index(names="at")
    same_case = numbered.merge(ledger_rows[[*who, "case_no", "origin"]], on=[*who, "case_no"])
    dated = issues[issues["day"].notna() & (issues["measure"] >= 0)]
    pairs = dated[[*who, "measure", "day", "case_no"]].reset_index(names="at")
    near = pairs.merge(ledger_rows[[*who, "measure", "day", "case_no", "origin"]], on=[*who, "measure"])
    close = (near["day_x"] - near["day_y"]).abs() <= pd.Timedelta(days=MATCH_DAYS)
    unnumbered = (near["case_no_x"] == "") | (near["case_no_y"] == "")
    twins = pd.concat([same_case[["at", "origin"]], near.loc[close & unnumbered, ["at", "origin"]]])
    first = twins.groupby("at")["origin"].min()
    rows.loc[first.index, "reason"] = [
        f"与追责台账同一处理（{ledger.origins.locate(int(origin))}），以追责台账为准" for origin in first
    ]
    rows.loc[first.index, "fault"] = False
