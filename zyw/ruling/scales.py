"""Counts → the score and the rate of a survey as the scheme reads it, and when a vote is void.

The arithmetic is that of `zyw survey` (`zyw.survey.weighing`): a scheme and a survey run never differ in it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from zyw.ledger import Ledger
from zyw.points import SCALE, whole_micro
from zyw.rules import Survey
from zyw.survey.rules import ZERO
from zyw.survey.weighing import Weighing, by_unit, weighed


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one survey gave one unit; `void` says why the vote does not count ("" it does)."""

    unit: str
    survey: str
    score: Fraction | None
    rate: Fraction | None
    sheets: int
    void: str = ""


def outcomes(ledger: Ledger, survey: Survey, surveys: Sequence[Survey]) -> list[Outcome]:
    """Return the outcome of each unit that has answers or sheets, sorted by name."""
    units, parts = by_unit(ledger.counts), {each.name: each for each in surveys}
    return [_outcome(survey, unit, units[unit], parts) for unit in sorted(units)]


def _outcome(survey: Survey, unit: str, counted: Weighing, parts: Mapping[str, Survey]) -> Outcome:
    found = counted.by(survey.rules)
    score, rate = _score(survey, unit, counted, parts), found.share().rate
    if found.nobody and survey.rules.empty == ZERO:
        score, rate = (Fraction(0) if survey.rules.scale else None), Fraction(0)
    return Outcome(unit, survey.name, score, rate, found.returned, _void(survey, unit, found))


def _void(survey: Survey, unit: str, found: Weighing) -> str:
    """Say why a vote does not count, "" when it does."""
    rules, sheets = survey.rules, found.returned
    if found.nobody and rules.empty != ZERO:
        return f"{'、'.join(rules.respondents)}一份也没有"
    if sheets < rules.least:
        return f"收回 {sheets} 份，少于 {rules.least} 份"
    issued = rules.issued.get(unit)
    if issued is None:
        return ""
    if sheets > issued:
        return f"收回 {sheets} 份，多于发出的 {issued} 份"
    if rules.turnout is not None and sheets < rules.turnout * issued:
        return f"收回 {sheets} 份、发出 {issued} 份，回收率不够"
    return ""


def _score(survey: Survey, unit: str, counted: Weighing, parts: Mapping[str, Survey]) -> Fraction | None:
    """Return the score of a unit: of the survey's own scale, or of its parts by their weights."""
    if survey.parts:
        scores = {name: _part(parts[name], unit, counted, parts) for name, _ in survey.parts}
        score = weighed(scores, dict(survey.parts), survey.rules.empty)
    else:
        score = counted.by(survey.rules).score()
    places = survey.rules.places
    return score if score is None or places is None else Fraction(whole_micro(score, places), SCALE)


def _part(survey: Survey, unit: str, counted: Weighing, parts: Mapping[str, Survey]) -> Fraction | None:
    """Return the score of a part, None where its vote is void."""
    outcome = _outcome(survey, unit, counted, parts)
    return None if outcome.void else outcome.score
