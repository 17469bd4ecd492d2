"""Counts → satisfied rates and survey scores, exact until they are printed; a rate and a score never share a name.

The rate of a unit is (非常满意 + 满意) ÷ (answers − 不了解) over all its scale questions. The score maps each answer to
the value that the scale states and divides as `SurveyRules.divisor` says. 45 满意 at 100 and 15 基本满意 at 80 of 60
answers: rate 45/60 = 0.75, score (4500 + 1200)/60 = 95.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TypeAlias

from zyw.survey.headings import parse_heading
from zyw.survey.rules import ALL, ANSWERED, KNOWING, SHARED, VOID, SurveyRules
from zyw.survey.tally import Counts, Voter

Words: TypeAlias = Mapping[str, int]
"""Counts by answer."""


@dataclass(frozen=True, slots=True)
class Share:
    """A satisfied rate: `satisfied` of `knowing` answers; `weighted` replaces their quotient where groups are weighed.

    `effective` is how many independent respondents the rate is worth: the valid sheets, under weights
    1 ÷ Σ(w² ÷ n) of the groups (Kish), for several answers of one person are not several persons.
    """

    satisfied: int
    answered: int
    knowing: int
    weighted: Fraction | None = None
    effective: Fraction = Fraction(0)

    @property
    def rate(self) -> Fraction | None:
        """The exact rate, None without an answer."""
        if self.weighted is not None:
            return self.weighted
        return Fraction(self.satisfied, self.knowing) if self.knowing else None


def by_voter(counts: Counts) -> dict[Voter, dict[str, dict[str, int]]]:
    """Return the counts by voter, question and answer."""
    found: dict[Voter, dict[str, dict[str, int]]] = defaultdict(lambda: defaultdict(dict))
    for (voter, question, answer), number in counts.answers.items():
        found[voter][question][answer] = number
    return found


def by_unit(counts: Counts) -> "dict[str, Weighing]":
    """Return the counts by unit, ready to be weighed by any rules: those of units with sheets, if only none of them."""
    counted: dict[str, dict[Voter, Mapping[str, Words]]] = defaultdict(dict)
    sheets: dict[str, dict[Voter, int]] = defaultdict(dict)
    for voter, items in by_voter(counts).items():
        counted[voter.unit][voter] = items
    for voter, number in counts.sheets.items():
        sheets[voter.unit][voter] = number
    return {
        unit: Weighing(
            SurveyRules(),
            counted.get(unit, {}),
            sheets.get(unit, {}),
            {voter: counts.valid.get(voter, 0) for voter in sheets.get(unit, {})},
        )
        for unit in {**counted, **sheets}
    }


def pooled(words: Iterable[Words]) -> dict[str, int]:
    """Return several counts added up."""
    total: dict[str, int] = defaultdict(int)
    for each in words:
        for answer, number in each.items():
            total[answer] += number
    return dict(total)


def share_of(words: Words, rules: SurveyRules, valid: int) -> Share:
    """Return the satisfied rate of one pile of answers given on `valid` sheets."""
    answered = sum(words.values())
    knowing = answered - sum(words.get(word, 0) for word in rules.unknown)
    satisfied = sum(words.get(word, 0) for word in rules.satisfied)
    return Share(satisfied, answered, knowing, effective=Fraction(min(valid, knowing) if knowing else 0))


def score_of(words: Words, rules: SurveyRules, sheets: int) -> Fraction | None:
    """Return the score of one question: Σ number × value ÷ divisor; None where the divisor is zero.

    An answer without a value earns nothing and is divided by all the same, save 不了解 where the divisor leaves it out.
    """
    answered = sum(words.values())
    unknown = sum(words.get(word, 0) for word in rules.unknown)
    divisor = {ALL: sheets, ANSWERED: answered, KNOWING: answered - unknown}[rules.divisor]
    left_out = rules.unknown if rules.divisor == KNOWING else ()
    earned = sum(
        (number * rules.scale.get(word, Fraction(0)) for word, number in words.items() if word not in left_out),
        Fraction(0),
    )
    return earned / divisor if divisor else None


def weighed(parts: Mapping[str, Fraction | None], weights: Mapping[str, Fraction], empty: str) -> Fraction | None:
    """Return the weighted mean of `parts`; what holds for one without a value `empty` says.

    Parts that the weights do not name are left out; without weights those that have a value count alike.
    家长 90 at 0.6 and 教师 80 at 0.4: 86; without 教师: 90 (其余分摊), 54 (计零), no mean (不计).
    """
    if not weights:
        there = [value for value in parts.values() if value is not None]
        return sum(there, Fraction(0)) / len(there) if there else None
    shares = {name: weight for name, weight in weights.items() if weight}
    known = {name: value for name in shares if (value := parts.get(name)) is not None}
    if not known or (empty == VOID and len(known) < len(shares)):
        return None
    total = sum(shares[name] for name in (known if empty == SHARED else shares))
    return sum((value * shares[name] for name, value in known.items()), Fraction(0)) / total


@dataclass(frozen=True, slots=True)
class Weighing:
    """Rates and scores of one unit: `counted` are its voters' counts, `sheets` and `valid` their answer sheets."""

    rules: SurveyRules
    counted: Mapping[Voter, Mapping[str, Words]]
    sheets: Mapping[Voter, int] = field(default_factory=dict)
    valid: Mapping[Voter, int] = field(default_factory=dict)

    def by(self, rules: SurveyRules) -> "Weighing":
        """Return what `rules` count of it: the answers of their respondents to their questions."""
        heard = [
            v for v in self.sheets.keys() | self.counted.keys() if v.group in rules.respondents or not rules.respondents
        ]
        return Weighing(
            rules,
            {v: _asked(self.counted[v], rules) for v in heard if v in self.counted},
            {v: self.sheets[v] for v in heard if v in self.sheets},
            {v: self.valid[v] for v in heard if v in self.valid},
        )

    @property
    def returned(self) -> int:
        """How many answer sheets came back."""
        return sum(self.sheets.values())

    @property
    def nobody(self) -> bool:
        """Whether rules that name respondents find none of them."""
        return bool(self.rules.respondents) and not self.returned

    def share(self) -> Share:
        """Return the unit's satisfied rate; weighed by group and channel where weights are stated."""
        plain = share_of(pooled(words for items in self.counted.values() for words in items.values()),
                         self.rules, sum(self.valid.values()))  # fmt: skip
        if not (self.rules.groups or self.rules.channels):
            return plain
        rates = {voter: self._rate(voter) for voter in self.counted}
        rate = self._over_voters(rates)
        return Share(plain.satisfied, plain.answered, plain.knowing, rate, self._effective(rates))

    def score(self) -> Fraction | None:
        """Return the unit's survey score, None where no scale is stated or nobody answered."""
        if not self.rules.scale:
            return None
        if not (self.rules.groups or self.rules.channels):
            items: dict[str, list[Words]] = defaultdict(list)
            for voted in self.counted.values():
                for question, words in voted.items():
                    items[question].append(words)
            together = {question: pooled(words) for question, words in items.items()}
            return self._over_items(together, sum(self.sheets.values()), self.rules.empty)
        # each group has a questionnaire of its own: what it was not asked, it does not lack
        scores = {
            voter: self._over_items(items, self.sheets.get(voter, 0), SHARED) for voter, items in self.counted.items()
        }
        return self._over_voters(scores)

    def _over_items(self, items: Mapping[str, Words], sheets: int, empty: str) -> Fraction | None:
        scores = {question: score_of(words, self.rules, sheets) for question, words in items.items()}
        return weighed(scores, self.rules.items, empty)

    def _rate(self, voter: Voter) -> Fraction | None:
        words = pooled(self.counted[voter].values())
        return share_of(words, self.rules, self.valid.get(voter, 0)).rate

    def _over_voters(self, values: Mapping[Voter, Fraction | None]) -> Fraction | None:
        """Weigh groups inside each channel, then the channels."""
        channels: dict[str, dict[str, Fraction | None]] = defaultdict(dict)
        for voter, value in values.items():
            channels[voter.channel][voter.group] = value
        inside = {name: weighed(groups, self.rules.groups, self.rules.empty) for name, groups in channels.items()}
        return weighed(inside, self.rules.channels, self.rules.empty)

    def _effective(self, rates: Mapping[Voter, Fraction | None]) -> Fraction:
        """Return 1 ÷ Σ(w² ÷ n), weights renormalised: two groups of 50 weighed 0.9 and 0.1 are worth 60.98."""
        known = {v: self.valid[v] for v, rate in rates.items() if rate is not None and self.valid.get(v)}
        weights = {
            v: Fraction(self.rules.groups.get(v.group, 0) if self.rules.groups else 1)
            * (self.rules.channels.get(v.channel, 0) if self.rules.channels else 1)
            for v in known
        }
        total = sum(weights.values(), Fraction(0))
        if not total:
            return Fraction(0)
        return 1 / sum(((weights[v] / total) ** 2 / n for v, n in known.items()), Fraction(0))


def _asked(items: Mapping[str, Words], rules: SurveyRules) -> dict[str, Words]:
    """Return the questions that the rules count, by the names they use: 依法办学 is “2、依法办学” of the export."""
    named = dict.fromkeys((*rules.questions, *rules.items))
    if not named:
        return dict(items)
    found: dict[str, list[Words]] = defaultdict(list)
    for label, words in items.items():
        name = label if label in named else parse_heading(label).name
        if name in named and (not rules.questions or name in rules.questions):
            found[name].append(words)
    return {name: pooled(words) for name, words in found.items()}
