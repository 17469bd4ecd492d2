"""A survey from files to result: what is read, which sheets count, what people decided, what it is compared with."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np

from zyw import console, given
from zyw.ledger import Ledger
from zyw.limits import Limits
from zyw.periods import Period
from zyw.points import number_text
from zyw.privacy import Level
from zyw.problems import Place, Problem, Verbatim, ZywError, problem
from zyw.survey.others import OtherLine, other_lines
from zyw.survey.result import Result, Suspect, compared, conclude
from zyw.survey.rules import SurveyRules
from zyw.survey.sameness import doubtful, once, scaled, worded, wordless
from zyw.survey.suspicion import Sign, moments, suspect_sheets
from zyw.survey.tally import Batch, Counts, count
from zyw.survey.themes import Theme, count_themes
from zyw.survey.verdicts import Verdict, read_verdicts
from zyw.workbook import read_book

if TYPE_CHECKING:
    from zyw.rowset import Mask
    from zyw.scheme import Scheme
    from zyw.workspace import Workspace

_DAY: Final = 86_400


@dataclass(frozen=True, slots=True)
class Poll:
    """What a survey run asks for; `options` are a form's answers in order, `period` bounds the day of submission."""

    rules: SurveyRules
    options: tuple[str, ...] = ()
    period: Period | None = None
    decisions: str | None = None
    against: str | None = None
    themes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Surveyed:
    """A survey's result with all that its outputs need."""

    result: Result
    ledger: Ledger
    problems: tuple[Problem, ...]
    read: frozenset[Path] = frozenset()
    """The files that were read, which no result may replace."""
    others: tuple[OtherLine, ...] = ()
    themes: tuple[Theme, ...] = ()
    unthemed: int = 0
    decisions: tuple[str, ...] = ()


def surveyed(inputs: Sequence[str], poll: Poll, *, quiet: bool = False, limit: Sequence[str] = ()) -> Surveyed:
    """Read and conclude; raises `ZywError` where the decisions or the last survey cannot be read."""
    begun = given.begun(inputs, answer_sheets=True, quiet=quiet, limit=limit)
    with begun as reading, console.progress("正在读测评", quiet=quiet):
        ledger, problems = reading.finish()
    batches = scaled(worded(ledger.surveys, poll.options), poll.rules.scale)
    verdicts, doubts = _verdicts(poll.decisions, ledger, given.limits_of(inputs, limit))
    kept, _ = once(batches)
    kept = _within(batches, kept, poll.period)
    suspects = [suspect_sheets(batch) for batch in batches]
    dropped = _left_out(batches, verdicts)
    decided = {verdict.origin for verdict in verdicts}
    voting = [k & ~d for k, d in zip(kept, dropped, strict=True)]
    counts = count(batches, voting)
    standing = [v & ~s.suspect for v, s in zip(voting, suspects, strict=True)]
    without = count(batches, standing) if any(s.suspect.any() for s in suspects) else counts
    found = [
        Suspect(origin, str(batch.units[i]), signs.of(i))
        for batch, signs, mask in zip(batches, suspects, voting, strict=True)
        for i in np.flatnonzero(signs.suspect & mask).tolist()
        if (origin := batch.block.first + i) not in decided
    ]
    result = replace(
        conclude(counts, without, found, ledger.units, poll.rules),
        left_out=sum(int((d & k).sum()) for d, k in zip(dropped, kept, strict=True)),
    )
    if poll.against:
        before = surveyed(
            [poll.against], replace(poll, against=None, decisions=None, period=None), quiet=quiet, limit=limit
        )
        result = compared(result, before.result)
    themes, other = count_themes(batches, poll.themes, poll.rules.few)
    none = () if batches or ledger.missing_inputs else (problem("V012"),)
    found_out = (*wordless(batches), *doubtful(batches, kept), *_without_units(batches, problems), *_networks(batches))
    said = (*none, *problems, *found_out, *doubts, *_findings(result, counts, poll.rules))
    used = frozenset(path.resolve() for path in reading.used)
    return Surveyed(result, ledger, said, used, other_lines(batches, voting), themes, other, _signed(verdicts))


def month_poll(place: "Workspace | None", scheme: "Scheme") -> Poll:
    """Return what a month asks of its survey: the workspace's choices, else what the scheme states.

    All sheets that were handed in count, as they do in the rates beside the ranking.
    """
    rules = (place.survey if place else None) or rules_of(scheme)
    return Poll(rules=rules, themes=place.themes if place else {})


def rules_of(scheme: "Scheme | None") -> SurveyRules:
    """Return the rules of a scheme's first 测评 with a scale of its own; without one nothing is stated."""
    surveys = scheme.surveys if scheme else ()
    return next((each.rules for each in surveys if each.rules.scale), SurveyRules())


def workbook(done: Surveyed, as_of: date, level: Level) -> bytes:
    """Return the result as a workbook, as looked at on the day `as_of`."""
    from zyw.survey.book import SurveyBook, survey_workbook

    return survey_workbook(
        SurveyBook(
            done.result, done.ledger.origins, done.others, done.themes, done.unthemed, done.ledger.missing_inputs,
            done.decisions, as_of, level,
        )
    )  # fmt: skip


def _without_units(batches: Sequence[Batch], told: Sequence[Problem]) -> list[Problem]:
    """Tell the sheets that only the stated scale makes a survey, and on which nothing names a unit (S006)."""
    lost = [b.block for b in batches if b.answers.items and b.answers.rows and not any(b.units)]
    found = [problem("S006", Place(block.file, block.sheet), table=block.table) for block in lost]
    return [each for each in found if each not in told and not any(_of_units(p, each) for p in told)]


def _of_units(told: Problem, lost: Problem) -> bool:
    """Say whether the units of a sheet were told as unknown already, one by one."""
    return told.code.startswith("U0") and bool(told.place and lost.place and told.place.file == lost.place.file)


def _networks(batches: Sequence[Batch]) -> list[Problem]:
    """Say that network addresses were compared and not kept."""
    return [
        problem("V007", Place(batch.block.file, batch.block.sheet))
        for batch in batches
        if batch.answers.noted is not None and batch.answers.noted.network is not None
    ]


def _within(batches: Sequence[Batch], kept: "Sequence[Mask]", period: Period | None) -> "tuple[Mask, ...]":
    """Keep the sheets handed in within the period; those without a time, and paper tallies, are kept."""
    if period is None:
        return tuple(kept)
    first = (period.start.toordinal() - 719_163) * _DAY
    end = (period.end.toordinal() - 719_163 + 1) * _DAY
    masks = []
    for batch, mask in zip(batches, kept, strict=True):
        at = moments(batch.answers)
        masks.append(mask & ((at < 0) | ((at >= first) & (at < end))))
    return tuple(masks)


def _verdicts(file: str | None, ledger: Ledger, limits: Limits) -> tuple[tuple[Verdict, ...], tuple[Problem, ...]]:
    if file is None:
        return (), ()
    book, problems = read_book(Path(file), Path(file).name, limits)
    if book is None:
        raise ZywError(problems, 3)
    return read_verdicts(book.grids, ledger.origins)


def _left_out(batches: Sequence[Batch], verdicts: Sequence[Verdict]) -> "list[Mask]":
    gone = np.array([v.origin for v in verdicts if v.left_out], dtype=np.int64)
    return [np.isin(np.arange(b.answers.rows) + b.block.first, gone) for b in batches]


def _signed(verdicts: Sequence[Verdict]) -> tuple[str, ...]:
    """Say who left out how many sheets, a line a person."""
    by_person: dict[tuple[str, bool], int] = {}
    for verdict in verdicts:
        key = (verdict.who, verdict.left_out)
        by_person[key] = by_person.get(key, 0) + 1
    return tuple(f"{who}决定{'剔除' if out else '采用'} {n} 份" for (who, out), n in by_person.items())


def _findings(result: Result, counts: Counts, rules: SurveyRules) -> list[Problem]:
    """Return what a reader of the result must know: void surveys, too few sheets, answers without a value, suspects."""
    found = []
    for line in result.lines:
        if line.group is None and line.unit in counts.void:
            returned = max(line.returned or 0, line.n)
            found.append(problem("V003", unit=line.unit, issued=line.issued, returned=returned))
        elif line.group is None and rules.quorum and line.issued and line.valid < line.issued * rules.quorum:
            share = Verbatim(f"{number_text(rules.quorum * 100)}%")
            found.append(problem("V004", unit=line.unit, valid=line.valid, issued=line.issued, share=share))
    valueless: dict[str, int] = {}
    for (_, _, answer), number in counts.answers.items():
        if rules.scale and answer not in rules.scale and answer not in rules.unknown:
            valueless[answer] = valueless.get(answer, 0) + number
    found += [problem("V005", answer=answer, count=number) for answer, number in sorted(valueless.items())]
    if result.suspects:
        signs = dict.fromkeys(sign for each in result.suspects for sign in each.signs)
        named = Verbatim("、".join(sign.value for sign in Sign if sign in signs))
        found.append(problem("V006", count=len(result.suspects), signs=named))
    return found
