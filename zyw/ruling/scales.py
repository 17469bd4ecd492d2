"""Tallies → the score of a survey as the scheme reads it: its scale, weights, missing parts, and when a vote is void.

测评得分 = Σ value × answers ÷ answers, 不了解 left out of both. An answer without a value earns nothing and is
divided by all the same, as `zyw survey` has it. 满意 100, 基本满意 80, 不满意 30: 45, 10, 5 → 5450 ÷ 60.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from zyw.ledger import Ledger
from zyw.rules import Survey
from zyw.rules.surveys import NOTHING, SHARE_OUT
from zyw.survey.rates import rates


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
    return _Counter(ledger, surveys).outcomes(survey)


class _Counter:
    """Holds one run's tallies by unit."""

    def __init__(self, ledger: Ledger, surveys: Sequence[Survey]) -> None:
        self.ballots = ledger.ballots
        self.rates = rates(ledger.tallies, ledger.ballots)
        self.surveys = {each.name: each for each in surveys}
        self.answers: dict[str, dict[str, dict[str, int]]] = {}
        for (unit, question, answer), count in sorted(ledger.tallies.items()):
            self.answers.setdefault(unit, {}).setdefault(question, {})[answer] = count

    def outcomes(self, survey: Survey) -> list[Outcome]:
        found = []
        for unit in sorted(self.answers.keys() | self.ballots.keys()):
            rate = self.rates[unit].rate if unit in self.rates else None
            sheets = self.ballots.get(unit, 0)
            found.append(Outcome(unit, survey.name, self.whole(survey, unit), rate, sheets, self.void(survey, unit)))
        return found

    def void(self, survey: Survey, unit: str) -> str:
        """Say why a vote does not count, "" when it does."""
        sheets, issued = self.ballots.get(unit, 0), dict(survey.issued).get(unit)
        if sheets < survey.least:
            return f"收回 {sheets} 份，少于 {survey.least} 份"
        if issued is None:
            return ""
        if sheets > issued:
            return f"收回 {sheets} 份，多于发出的 {issued} 份"
        if survey.turnout is not None and sheets < survey.turnout * issued:
            return f"收回 {sheets} 份、发出 {issued} 份，回收率不够"
        return ""

    def whole(self, survey: Survey, unit: str) -> Fraction | None:
        """Return the score of a unit: of the survey's own scale, or of its parts by their weights."""
        if survey.parts:
            return combined([(self.part(name, unit), weight) for name, weight in survey.parts], survey.missing)
        asked = self.answers.get(unit, {})
        if survey.weights:
            weighed = [(_score(asked.get(name, {}), survey), weight) for name, weight in survey.weights]
            return combined(weighed, survey.missing)
        used = (each for name, each in asked.items() if not survey.questions or name in survey.questions)
        scores = [score for score in (_score(each, survey) for each in used) if score is not None]
        return sum(scores, Fraction(0)) / len(scores) if scores else None

    def part(self, name: str, unit: str) -> Fraction | None:
        """Return the score of a part, None where its vote is void."""
        survey = self.surveys[name]
        return None if self.void(survey, unit) else self.whole(survey, unit)


def combined(parts: Sequence[tuple[Fraction | None, Fraction]], missing: str) -> Fraction | None:
    """Return the weighted sum of parts; those that are missing give their weight away, count 0, or void the whole.

    90 at 60 % and nothing at 40 %: 其余分摊 → 90, 计零 → 54, 不计 → no score.
    """
    there = [(score, weight) for score, weight in parts if score is not None]
    if not there or (len(there) < len(parts) and missing not in (SHARE_OUT, NOTHING)):
        return None
    total = sum((score * weight for score, weight in there), Fraction(0))
    share = sum((weight for _, weight in (there if missing == SHARE_OUT else parts)), Fraction(0))
    return total / share


def _score(answers: Mapping[str, int], survey: Survey) -> Fraction | None:
    scale = dict(survey.scale)
    counted = {word: count for word, count in answers.items() if word not in survey.left_out}
    total = sum(counted.values())
    if not total:
        return None
    return sum((scale.get(word, Fraction(0)) * count for word, count in counted.items()), Fraction(0)) / total
