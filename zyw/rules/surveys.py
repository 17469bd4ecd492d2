"""测评 as a scheme reads it: its name and clause, how it is counted, or the surveys that it is made of."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction

from zyw.points import number_text
from zyw.survey.rules import VOID, SurveyRules
from zyw.survey.words import SATISFIED


@dataclass(frozen=True, slots=True)
class Survey:
    """测评得分 = Σ value × answers ÷ answers without 不了解; several questions, groups or parts by their weights.

    满意 100、基本满意 80、不满意 30: 45、10、5 张 → 5450 ÷ 60 = 90.833…. `rules` say all of it, also when a vote is
    void. `parts` makes a survey of surveys (name → weight); `rules.empty` says what happens where one has no score.
    """

    name: str
    clause: str
    rules: SurveyRules = field(default_factory=lambda: SurveyRules(empty=VOID))
    parts: tuple[tuple[str, Fraction], ...] = ()

    def __str__(self) -> str:
        return "，".join(_told(self))


def _told(survey: Survey) -> Iterator[str]:
    rules = survey.rules
    if rules.respondents:
        yield f"只算{'、'.join(rules.respondents)}"
    yield from (f"{word} {number_text(value)}" for word, value in rules.scale.items())
    shares = (*survey.parts, *rules.items.items(), *rules.groups.items(), *rules.channels.items())
    for name, weight in shares:
        yield f"{name} 占 {number_text(weight * 100)}%" if weight <= 1 else f"{name} 占 {number_text(weight)} 份"
    if shares:
        yield f"缺少的{rules.empty}"
    if rules.satisfied != SATISFIED:
        yield f"{'、'.join(rules.satisfied)}算满意"
    if rules.unknown and not survey.parts:
        yield f"{'、'.join(rules.unknown)}不计"
    if rules.least:
        yield f"至少 {rules.least} 份"
