"""A survey's result as JSON (design §6) and as rows for a terminal."""

from collections import Counter
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any, Final

from zyw.payload import entry
from zyw.problems import Problem
from zyw.survey.intervals import Interval
from zyw.survey.others import OtherLine
from zyw.survey.result import Line, QuestionLine, Result
from zyw.survey.themes import Theme

RATE_PLACES: Final = 6
"""A rate that does not end is written with so many decimals of a fraction of 1."""
HEADS: Final = ("单位", "对象", "份数", "满意/作答", "满意率", "95%区间", "得分", "名次可在", "可疑")


def rounded(value: Fraction | None, places: int) -> str | None:
    """Return a fraction as decimal text, half up, without trailing zeros; None stays None.

    >>> rounded(Fraction(13, 16), 6), rounded(Fraction(2, 3), 2), rounded(Fraction(95), 2)
    ('0.8125', '0.67', '95')
    """
    if value is None:
        return None
    scaled = Fraction(value) * 10**places
    whole = (scaled.numerator * 2 + scaled.denominator) // (scaled.denominator * 2)
    text = format(Decimal(whole).scaleb(-places).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def percent(value: Fraction | Decimal | None) -> str:
    """Return a fraction of 1 as a percentage with one decimal, half up; — where there is none.

    >>> percent(Fraction(2, 3)), percent(None)
    ('66.7%', '—')
    """
    if value is None:
        return "—"
    tenths = int(Fraction(value) * 1000 + Fraction(1, 2))
    return f"{tenths // 10}.{tenths % 10}%"


def surveyed(
    result: Result,
    others: Sequence[OtherLine],
    themes: Sequence[Theme],
    missing: Sequence[str],
    problems: Sequence[Problem],
) -> dict[str, Any]:
    """Return what `zyw survey --json` prints."""
    return {
        "version": 1,
        "units": [_unit(line, result.rules.shown_places) for line in result.lines],
        "questions": [_question(line) for line in result.questions],
        "others": [_other(line, result.rules.shown_places) for line in others],
        "themes": [{"theme": theme.name, "n": theme.count, "examples": list(theme.examples)} for theme in themes],
        "flagged": len(result.suspects),
        "left_out": result.left_out,
        "missing_inputs": list(missing),
        "problems": [entry(p) for p in problems],
    }


def _unit(line: Line, places: int) -> dict[str, Any]:
    without = line.share_without.rate if line.share_without else None
    return {
        "unit": line.unit,
        "kind": line.kind or None,
        "group": line.group,
        "n": line.n,
        "valid": line.valid,
        "issued": line.issued,
        "returned": line.returned,
        "response_rate": rounded(line.response, RATE_PLACES),
        "satisfied": line.share.satisfied,
        "answered": line.share.answered,
        "knowing": line.share.knowing,
        "satisfied_rate": rounded(line.rate, RATE_PLACES),
        **_bounds(line.interval),
        "score": rounded(line.score, places),
        "flagged": line.flagged,
        "satisfied_rate_without_flagged": rounded(without, RATE_PLACES),
        "score_without_flagged": rounded(line.score_without, places),
        "place": line.place,
        "place_without_flagged": line.place_without,
        "band": [line.band.first, line.band.last] if line.band else None,
        "change": _bounds(line.change) if line.change else None,
    }


def _question(line: QuestionLine) -> dict[str, Any]:
    return {
        "unit": line.unit,
        "question": line.question,
        "n": line.share.answered,
        "satisfied_rate": rounded(line.share.rate, RATE_PLACES),
        **_bounds(line.interval),
        "answers": dict(sorted(line.words.items())),
    }


def _other(line: OtherLine, places: int) -> dict[str, Any]:
    return {
        "question": line.question,
        "kind": line.asked.value,
        "n": line.n,
        "answers": dict(line.words),
        "mean": rounded(line.mean, places),
        "top_two": rounded(line.top_two, RATE_PLACES),
        "nps": None if line.net is None else signed(line.net),
    }


def signed(value: Fraction) -> str:
    """Return a share that may be negative in percentage points, one decimal, half away from zero.

    >>> signed(Fraction(1, 3)), signed(Fraction(-1, 8))
    ('33.3', '-12.5')
    """
    text = rounded(abs(value) * 100, 1) or "0"
    return f"-{text}" if value < 0 and text != "0" else text


def _bounds(interval: Interval | None) -> dict[str, str | None]:
    if interval is None:
        return {"low": None, "high": None}
    return {"low": format(interval.low, "f"), "high": format(interval.high, "f")}


def rows(result: Result) -> list[tuple[str, ...]]:
    """Return a row a line under `HEADS`; a unit's only group is its total and is not shown again."""
    groups = Counter(line.unit for line in result.lines if line.group is not None)
    shown = (line for line in result.lines if line.group is None or groups[line.unit] > 1)
    return [_row(line, result.rules.shown_places) for line in shown]


def _row(line: Line, places: int) -> tuple[str, ...]:
    interval = f"{percent(line.interval.low)}–{percent(line.interval.high)}" if line.interval else "—"
    return (
        line.unit if line.group is None else "",
        "全部" if line.group is None else line.group or "未说明",
        str(line.n),
        f"{line.share.satisfied}/{line.share.knowing}",
        percent(line.rate),
        interval,
        rounded(line.score, places) or "—",
        place_text(line),
        str(line.flagged) if line.flagged else "",
    )


def place_text(line: Line) -> str:
    """Return which places of its 学段 a unit may hold: 3–9; one number where only one is left; "" for groups."""
    if line.band is None:
        return "份数太少" if line.group is None and line.hidden and line.n else ""
    return str(line.band.first) if line.band.first == line.band.last else f"{line.band.first}–{line.band.last}"
