"""One answer sheet in two exports counts once; an export by numbers borrows its words from one by text.

A clerk downloads a questionnaire twice, or by text and by sequence: the same sheets lie in both files. Two exports are
of one questionnaire when they share most of their questions; a sheet is the same when its 序号 and its time are.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from itertools import combinations
from typing import TYPE_CHECKING, Final

import numpy as np

from zyw.coded import Coded
from zyw.problems import Place, Problem, Verbatim, problem
from zyw.survey.answers import Answers, Asked, Item
from zyw.survey.tally import Batch
from zyw.survey.words import SCALE, SKIPPED, mostly, word

if TYPE_CHECKING:
    from zyw.rowset import Mask

ALIKE: Final = 0.8
"""Two exports share so much of the smaller one's questions when they are of one questionnaire."""
APART: Final = 30 * 86_400
"""So many seconds between the last sheet of one export and the first of another: two surveys, not two downloads."""


def of_one_form(one: Batch, two: Batch) -> bool:
    """Say whether two exports are of one questionnaire."""
    fewer = min(len(one.answers.headings), len(two.answers.headings))
    return fewer > 0 and len(one.answers.headings & two.answers.headings) >= ALIKE * fewer


def once(batches: Sequence[Batch]) -> "tuple[tuple[Mask, ...], tuple[Problem, ...]]":
    """Return for each batch which of its rows count: not those that an earlier export of the form has."""
    kept = [np.ones(batch.answers.rows, dtype=np.bool_) for batch in batches]
    problems = []
    for (i, one), (j, two) in combinations(enumerate(batches), 2):
        if one.answers.sheets is None or two.answers.sheets is None or not of_one_form(one, two):
            continue
        loser, winner, rows = (two, one, kept[j]) if _by_text(one) or not _by_text(two) else (one, two, kept[i])
        assert loser.answers.sheets is not None and winner.answers.sheets is not None, "both were looked at above"
        again = np.isin(loser.answers.sheets, winner.answers.sheets) & rows
        if again.any():
            rows &= ~again
            place = Place(loser.block.file, loser.block.sheet)
            other = Verbatim(str(Place(winner.block.file, winner.block.sheet)))
            problems.append(problem("V002", place, count=int(again.sum()), other=other))
    return tuple(kept), tuple(problems)


def _by_text(batch: Batch) -> bool:
    return bool(batch.answers.items)


def scaled(batches: Sequence[Batch], words: Collection[str]) -> tuple[Batch, ...]:
    """Take questions whose answers are the stated scale's for scale questions, whatever its words (优秀, 合格, 5)."""
    known = SCALE.union(words)
    if known == SCALE:
        return tuple(batches)
    return tuple(replace(batch, answers=_scaled(batch.answers, known)) for batch in batches)


def _scaled(answers: Answers, known: frozenset[str]) -> Answers:
    taken = [item for item in answers.others if mostly(map(str, item.data.values), known)]
    items = (*answers.items, *(replace(item, asked=Asked.SCALE) for item in taken))
    ordered = sorted(items, key=lambda item: item.column.index)
    rest = tuple(item for item in answers.others if item not in taken)
    return replace(answers, items=tuple(replace(item, scale=known) for item in ordered), others=rest)


def worded(batches: Sequence[Batch], options: Sequence[str] = ()) -> tuple[Batch, ...]:
    """Give the scale questions of exports by numbers their words: from an export by text, else from `options`.

    `options` are the form's answers in their order: number 1 is the first. What stays without words `wordless` tells.
    """
    made = []
    for batch in batches:
        numbers = [item for item in batch.answers.others if item.asked is Asked.NUMBER]
        if batch.answers.items or batch.answers.counts or not numbers:
            made.append(batch)
            continue
        twins = [other for other in batches if other is not batch and _by_text(other) and of_one_form(batch, other)]
        known = [(item, _learnt(item, batch, twins) or _listed(item, options)) for item in numbers]
        items = [_with_words(item, words) for item, words in known if words]
        scales = tuple(item for item in items if mostly(map(str, item.data.values), SCALE))
        rest = tuple(item for item in batch.answers.others if item.heading not in {each.heading for each in scales})
        made.append(replace(batch, answers=replace(batch.answers, items=scales, others=rest)))
    return tuple(made)


def wordless(batches: Sequence[Batch]) -> tuple[Problem, ...]:
    """Tell the sheets of which nothing counts: their answers are numbers (V001), or no question is a scale (V009)."""
    problems = []
    for batch in batches:
        if batch.answers.items or batch.answers.counts or batch.answers.issued or not batch.answers.rows:
            continue
        numbered = any(item.asked is Asked.NUMBER for item in batch.answers.others)
        problems.append(problem("V001" if numbered else "V009", Place(batch.block.file, batch.block.sheet)))
    return tuple(problems)


def doubtful(batches: Sequence[Batch], kept: "Sequence[Mask]") -> tuple[Problem, ...]:
    """Tell questions of one text (V013), and exports of one form that are two surveys, counted together (V014)."""
    told = [
        problem("V013", Place(batch.block.file, batch.block.sheet), labels=batch.answers.doubled)
        for batch in batches
        if batch.answers.doubled and batch.answers.speaks
    ]
    spans = [_span(batch, mask) for batch, mask in zip(batches, kept, strict=True)]
    for (i, one), (j, two) in combinations(enumerate(batches), 2):
        first, second = spans[i], spans[j]
        if first and second and of_one_form(one, two) and max(second[0] - first[1], first[0] - second[1]) >= APART:
            other = Verbatim(str(Place(one.block.file, one.block.sheet)))
            told.append(problem("V014", Place(two.block.file, two.block.sheet), other=other))
    return tuple(told)


def _span(batch: Batch, mask: "Mask") -> tuple[int, int] | None:
    """Return when the first and the last sheet that counts were handed in; None where nobody knows."""
    noted = batch.answers.noted
    if noted is None or noted.submitted is None or not batch.answers.items:
        return None
    known = noted.submitted[mask & (noted.submitted >= 0)]
    return (int(known.min()), int(known.max())) if len(known) else None


def _learnt(item: Item, batch: Batch, twins: Sequence[Batch]) -> Mapping[str, str]:
    """Return number → word as sheets that stand in both exports show them; {} where they disagree or there are none."""
    for twin in twins:
        other = next((each for each in twin.answers.items if each.heading.name == item.heading.name), None)
        if other is None or batch.answers.sheets is None or twin.answers.sheets is None:
            continue
        _, here, there = np.intersect1d(batch.answers.sheets, twin.answers.sheets, return_indices=True)
        pairs = set(zip(item.data.codes[here].tolist(), other.data.codes[there].tolist(), strict=True))
        words: dict[str, set[str]] = {}
        for mine, theirs in pairs:
            words.setdefault(str(item.data.values[mine]), set()).add(str(other.data.values[theirs]))
        if words and all(len(found) == 1 for found in words.values()):
            return {number: found.pop() for number, found in words.items()}
    return {}


def _listed(item: Item, options: Sequence[str]) -> Mapping[str, str]:
    """Return number → word by the order of the form's options; {} where a number is none of them."""
    known = {str(number): word(text) for number, text in enumerate(options, start=1)}
    asked = {str(value).removesuffix(".0") for value in item.data.values if value not in SKIPPED}
    return known if asked <= known.keys() else {}


def _with_words(item: Item, words: Mapping[str, str]) -> Item:
    values = [
        words.get(str(value).removesuffix(".0"), "" if value in SKIPPED else str(value)) for value in item.data.values
    ]
    return replace(item, asked=Asked.SCALE, data=Coded(item.data.codes, values))
