"""What a survey says of every unit: rates with intervals, scores, both without the suspect sheets, places as bands.

Only persons leave sheets out (`zyw.survey.verdicts`); the program shows what leaving them out would change.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from zyw.naming.units import Unit
from zyw.survey.intervals import Band, Interval, bands, difference, wilson
from zyw.survey.rules import SurveyRules
from zyw.survey.suspicion import Sign
from zyw.survey.tally import Counts
from zyw.survey.weighing import Share, Weighing, Words, by_unit, by_voter, pooled, share_of
from zyw.survey.words import STAFF


@dataclass(frozen=True, slots=True)
class Line:
    """One unit (`group` None: its total) or one respondent group of it; `band` only for totals that may be shown."""

    unit: str
    kind: str
    group: str | None
    n: int
    valid: int
    share: Share
    interval: Interval | None
    score: Fraction | None
    flagged: int = 0
    share_without: Share | None = None
    score_without: Fraction | None = None
    place: int | None = None
    place_without: int | None = None
    """The place if no suspect sheet of any unit counted."""
    band: Band | None = None
    issued: int | None = None
    returned: int | None = None
    response: Fraction | None = None
    """What part of those who were asked answered: returned ÷ issued, for 教师 sheets ÷ staff; None: nobody knows."""
    change: Interval | None = None
    """This rate − the last survey's; a change where 0 lies outside."""
    hidden: bool = False
    """Too few sheets, or so few of another group that the difference would tell them: not for 通报 or 公示."""

    @property
    def rate(self) -> Fraction | None:
        """The exact satisfied rate."""
        return self.share.rate


@dataclass(frozen=True, slots=True)
class QuestionLine:
    """One question of one unit (`unit` None: all units): its answers and, if it is a scale, its rate."""

    unit: str | None
    question: str
    words: Words
    share: Share
    interval: Interval | None


@dataclass(frozen=True, slots=True)
class Suspect:
    """One answer sheet with signs of two kinds: its origin, the unit, the signs."""

    origin: int
    unit: str
    signs: tuple[Sign, ...]


@dataclass(frozen=True, slots=True)
class Result:
    """All lines in roster order, all questions, the suspect sheets, and by which rules."""

    rules: SurveyRules
    lines: tuple[Line, ...] = ()
    questions: tuple[QuestionLine, ...] = ()
    suspects: tuple[Suspect, ...] = ()
    left_out: int = 0
    """Sheets that a person's decision leaves out."""

    def total(self, unit: str) -> Line | None:
        """Return the unit's own line."""
        return next((line for line in self.lines if line.unit == unit and line.group is None), None)


def conclude(
    counts: Counts, without: Counts, suspects: Sequence[Suspect], units: Iterable[Unit], rules: SurveyRules
) -> Result:
    """Return what the counts say of the units; `without` are the counts without suspect sheets."""
    plain, cleaned = _Of(counts, rules), _Of(without, rules)
    known = [unit for unit in units if plain.heard(unit.name) or (unit.name, "发放") in counts.issued]
    flagged: dict[str, int] = defaultdict(int)
    for each in suspects:
        flagged[each.unit] += 1
    lines: list[Line] = []
    for unit in known:
        total = _line(plain, cleaned, unit, None, flagged.get(unit.name, 0))
        groups = [_line(plain, cleaned, unit, group, 0) for group in plain.groups(unit.name)]
        lines += (
            [total, *_suppressed(groups, rules.few)] if len(groups) > 1 or any(g.group for g in groups) else [total]
        )
    return Result(rules, tuple(_placed(lines)), tuple(_questions(counts, known, rules)), tuple(suspects))


class _Of:
    """Counts seen a unit at a time."""

    def __init__(self, counts: Counts, rules: SurveyRules) -> None:
        self.counts = counts
        self.rules = rules
        self.by_unit = {unit: found.by(rules) for unit, found in by_unit(counts).items()}

    def heard(self, unit: str) -> bool:
        """Say whether anybody who counts answered about the unit."""
        return bool(self.by_unit[unit].returned) if unit in self.by_unit else False

    def groups(self, unit: str) -> list[str]:
        """Return the respondent groups of a unit, in the order of the words that tell them."""
        return sorted({voter.group for voter in self.by_unit[unit].sheets}) if unit in self.by_unit else []

    def weighing(self, unit: str, group: str | None) -> Weighing:
        """Return the unit's counts, those of one group where it is named."""
        all_of_it = self.by_unit.get(unit, Weighing(self.rules, {}))
        return all_of_it if group is None else all_of_it.by(replace(self.rules, groups={}, respondents=(group,)))


def _line(plain: _Of, cleaned: _Of, unit: Unit, group: str | None, flagged: int) -> Line:
    seen, other = plain.weighing(unit.name, group), cleaned.weighing(unit.name, group)
    share = seen.share()
    valid = sum(seen.valid.values())
    return Line(
        unit=unit.name,
        kind=unit.kind,
        group=group,
        n=sum(seen.sheets.values()),
        valid=valid,
        share=share,
        interval=_interval(share),
        score=seen.score(),
        flagged=flagged,
        share_without=other.share() if flagged else share,
        score_without=other.score() if flagged else seen.score(),
        issued=plain.counts.issued.get((unit.name, "发放")) if group is None else None,
        returned=plain.counts.issued.get((unit.name, "回收")) if group is None else None,
        response=_response(plain.counts.issued, unit, group, sum(seen.sheets.values())),
        hidden=valid < plain.rules.few,
    )


def _response(issued: Mapping[tuple[str, str], int], unit: Unit, group: str | None, sheets: int) -> Fraction | None:
    """Return the response rate where it is known how many were asked: 55 back of 60 handed out, 12 of 31 teachers."""
    asked = issued.get((unit.name, "发放")) if group is None else unit.staff if group == STAFF else None
    answered = issued.get((unit.name, "回收"), sheets) if group is None else sheets
    return Fraction(answered, asked) if asked else None


def compared(now: Result, before: Result) -> Result:
    """Return `now` with the change of each unit's rate against the last survey."""
    return replace(now, lines=tuple(_changed(line, before.total(line.unit)) for line in now.lines))


def _changed(line: Line, last: Line | None) -> Line:
    if line.group is not None or last is None or line.rate is None or last.rate is None:
        return line
    return replace(line, change=difference(line.rate, line.share.effective, last.rate, last.share.effective))


def _interval(share: Share) -> Interval | None:
    return None if share.rate is None else wilson(share.rate, share.effective)


def _suppressed(groups: Sequence[Line], few: int) -> list[Line]:
    """Hide a second group where only one is hidden: total minus the others would tell it."""
    hidden = [line for line in groups if line.hidden]
    if len(hidden) != 1 or len(groups) == 1:
        return list(groups)
    second = min((line for line in groups if not line.hidden), key=lambda line: (line.valid, line.group or ""))
    return [replace(line, hidden=True) if line is second else line for line in groups]


def _placed(lines: Sequence[Line]) -> list[Line]:
    """Give the totals of each 学段 their places by rate (shared places, then a gap) and their bands."""
    found = list(lines)
    kinds: dict[str, list[int]] = defaultdict(list)
    for at, line in enumerate(found):
        if line.group is None and line.rate is not None and not line.hidden:
            kinds[line.kind].append(at)
    for members in kinds.values():
        rates = [found[at].rate or Fraction(0) for at in members]
        open_to = bands([(rate, found[at].share.effective) for rate, at in zip(rates, members, strict=True)])
        without = [(line.share_without or line.share).rate for line in (found[at] for at in members)]
        rows = zip(members, _places(rates), _places(without), open_to, strict=True)
        for at, place, other, band in rows:
            found[at] = replace(found[at], place=place, place_without=other, band=band)
    return found


def _places(rates: Sequence[Fraction | None]) -> list[int | None]:
    """Return the place of each rate, the highest first; equal ones share it, None has none."""
    known = sorted(rate for rate in rates if rate is not None)
    return [None if rate is None else 1 + len(known) - bisect_right(known, rate) for rate in rates]


def _questions(counts: Counts, units: Sequence[Unit], rules: SurveyRules) -> Iterable[QuestionLine]:
    """Yield each question over all units, then unit by unit, in the order of the questionnaire."""
    by_unit: dict[str, dict[str, list[Words]]] = defaultdict(lambda: defaultdict(list))
    for voter, items in by_voter(counts).items():
        for question, words in items.items():
            by_unit[voter.unit][question].append(words)
    asked = list(dict.fromkeys(question for _, question, _ in counts.answers))
    for question in asked:
        words = pooled(each for items in by_unit.values() for each in items.get(question, ()))
        yield _question(None, question, words, rules)
    for unit in units:
        for question in asked:
            if question in by_unit[unit.name]:
                yield _question(unit.name, question, pooled(by_unit[unit.name][question]), rules)


def _question(unit: str | None, question: str, words: Words, rules: SurveyRules) -> QuestionLine:
    share = share_of(words, rules, sum(words.values()))
    return QuestionLine(unit, question, words, share, _interval(share))
