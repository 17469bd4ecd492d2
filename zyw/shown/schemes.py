"""A scheme as plain lines: what an official checks against the document, clause by clause."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, Final

from zyw.points import to_text

if TYPE_CHECKING:
    from zyw.cases import Report
    from zyw.rules import Note
    from zyw.scheme import Scheme

HEADS: Final = ("编号", "名称", "发文机关", "发文日期", "考核期", "规则")


def row(scheme: "Scheme") -> tuple[str, ...]:
    """Return one line of the list under `HEADS`."""
    issued = scheme.issued.isoformat() if scheme.issued else "未载明"
    return scheme.id, scheme.name, scheme.issuer or "未载明", issued, scheme.cycle, f"{len(scheme.rules)} 条"


def lines(scheme: "Scheme") -> list[str]:
    """Return the whole scheme: head, rules, measures from the lightest, open readings."""
    issued = scheme.issued.isoformat() if scheme.issued else "发文日期未载明"
    text = [
        f"{scheme.id}　{scheme.name}",
        f"{scheme.issuer or '发文机关未载明'}，{issued}；考核期：{scheme.cycle}；基础分：{to_text(scheme.base)}",
        "",
        "规则：",
    ]
    text += [f"  {rule.id}（依据 {rule.clause}）：{rule.summary()}" for rule in scheme.rules]
    for title, parts in frame(scheme):
        text += ["", f"{title}：", *(f"  {name}（依据 {clause}）：{told}" for name, clause, told in parts)]
    if scheme.measures:
        text += ["", "处理方式（由轻到重）："]
    text += [
        f"  {measure.name}（依据 {measure.clause}）{_effects(measure.consequences)}" for measure in scheme.measures
    ]
    notes = open_readings(scheme)
    if notes:
        text += ["", "方案没有写明、按这样理解的："]
        text += [f"  {note.text.removeprefix('方案未定: ')}{_clause(note.clause)}" for note in notes]
    return text


def open_readings(scheme: "Scheme") -> "tuple[Note, ...]":
    """Return every reading that the document leaves open, those of the scores first."""
    return (*scheme.notes, *scheme.handling.notes)


def frame(scheme: "Scheme") -> list[tuple[str, list[tuple[str, str, str]]]]:
    """Return what stands round the rules, as (title, [(name, clause, text)]): items, limits, surveys, grades."""
    handling = scheme.handling
    alerts, closing = (handling.alerts, handling.closing) if handling.stated else ((), ())
    parts = [
        ("项目", [(each.name, each.clause, str(each)) for each in scheme.items]),
        ("限额", [(each.name, each.clause, str(each)) for each in scheme.together]),
        ("测评", [(each.name, each.clause, str(each)) for each in scheme.surveys]),
        ("等次", [(each.name, each.clause, str(each)) for each in scheme.ranking.grades]),
        ("程序", [(each.name, each.clause, str(each)) for each in scheme.process.steps]),
        ("时限", [(each.start, each.clause, str(each)) for each in scheme.handling.limits]),
        ("预警", [(each.name, each.clause, str(each)) for each in alerts]),
        ("销号条件", [(each.name, each.clause, str(each)) for each in closing]),
    ]
    return [(title, found) for title, found in parts if found]


def _effects(consequences: tuple[object, ...]) -> str:
    return f"：{'；'.join(map(str, consequences))}" if consequences else ""


def _clause(clause: str) -> str:
    return f"（依据 {clause}）" if clause else ""


def list_payload(schemes: "Iterable[Scheme]") -> dict[str, Any]:
    """Return the JSON of the list."""
    return {"version": 1, "schemes": [_heading(scheme) for scheme in schemes], "problems": []}


_KEYS: Final = {
    "项目": "items", "限额": "limits", "测评": "surveys", "等次": "grades", "程序": "steps", "时限": "deadlines",
    "预警": "alerts", "销号条件": "closing",
}  # fmt: skip


def scheme_payload(scheme: "Scheme") -> dict[str, Any]:
    """Return the JSON of one scheme: what `lines` says; points are texts, what the document does not say is null.

    Items, limits, surveys and grades stand there where the scheme has any.
    """
    round_them = {
        _KEYS[title]: [{"name": name, "clause": clause, "text": told} for name, clause, told in parts]
        for title, parts in frame(scheme)
    }
    return {
        "version": 1,
        **_heading(scheme),
        "rules": [{"rule": rule.id, "clause": rule.clause, "text": rule.summary()} for rule in scheme.rules],
        **round_them,
        "measures": [
            {"measure": one.name, "clause": one.clause, "consequences": [str(each) for each in one.consequences]}
            for one in scheme.measures
        ],
        "notes": [
            {"clause": note.clause or None, "text": note.text} for note in (*scheme.notes, *scheme.handling.notes)
        ],
        "problems": [],
    }


def _heading(scheme: "Scheme") -> dict[str, Any]:
    return {
        "scheme": scheme.id,
        "name": scheme.name,
        "issuer": scheme.issuer or None,
        "issued": scheme.issued.isoformat() if scheme.issued else None,
        "cycle": scheme.cycle,
        "base": to_text(scheme.base),
    }


def case_lines(report: "Report", *, quiet: bool = False) -> list[str]:
    """Return a line a case, what differs below it, and the count; when `quiet` only the cases that do not hold."""
    text = []
    for outcome in report.outcomes:
        if outcome.failures or not quiet:
            text.append(f"{'不符' if outcome.failures else '相符'}　{outcome.case.sentence}")
        text += [f"      {failure}" for failure in outcome.failures]
    count, failed = len(report.outcomes), len(report.failed)
    return [*text, f"{count} 个例子，{f'{failed} 个不符' if failed else '全部相符'}"]


def coverage_lines(scheme: str, report: "Report") -> list[str]:
    """Return which rules no case uses, and which every case uses; nothing when each has both kinds of cases."""
    told = (("没有例子用到", report.never), ("每个例子都用到", report.always))
    return [f"{scheme}：{what}的规则：{'、'.join(rules)}" for what, rules in told if rules]


def cases_payload(reports: "Sequence[tuple[str, Report]]") -> dict[str, Any]:
    """Return the JSON of the cases of schemes, and in how many of them each rule fired."""
    cases = [
        {"case": one.case.sentence, "failures": list(one.failures)} for _, each in reports for one in each.outcomes
    ]
    coverage = [
        {"scheme": name, "rule": rule, "fired": times, "of": len(each.outcomes)}
        for name, each in reports
        for rule, times in each.uses.items()
    ]
    return {"version": 1, "cases": cases, "coverage": coverage, "problems": []}
