"""What each event is worth: the value in force on its day × its multipliers, for each distinct amount once."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Final

import numpy as np

from zyw.points import whole_micro
from zyw.rowset import Days, Ints, Mask, Texts
from zyw.rules import Dated, Multiplier, Rule
from zyw.ruling.events import Counted, Events
from zyw.ruling.facts import Numbers

NOT_IN_FORCE: Final = "当天没有有效的分值"
NO_AMOUNT: Final = "没有可用的数量"
FINEST: Final = 6
"""Points are whole millionths: what a scheme does not round is exact to there (P029 sees to the rest)."""


@dataclass(frozen=True, slots=True)
class Points:
    """The points of events in millionths, which of them are `known`, and why the others are not ("" known)."""

    points: Ints
    known: Mask
    why: Texts


def worth(rule: Rule, events: Events, counted: Counted, amounts: Numbers) -> Points:
    """Return the points of each event."""
    size = len(counted)
    if rule.value is None:
        return Points(np.zeros(size, np.int64), np.ones(size, np.bool_), np.full(size, "", dtype=object))
    segment = in_force(rule.value, counted.rows["day"])
    factor, factors = _factors(rule, events, counted)
    combined = (segment * len(amounts.values) + amounts.codes) * len(factors) + factor
    found = np.flatnonzero(np.bincount(combined, minlength=1)) if size else np.zeros(0, dtype=np.int64)
    place = np.zeros(int(found.max(initial=0)) + 1, dtype=np.int64)
    place[found] = np.arange(len(found))
    told = [_one(rule, int(code), amounts, factors) for code in found.tolist()]
    points = np.array([points for points, _ in told] or [0], dtype=np.int64)
    why = np.empty(max(len(told), 1), dtype=object)
    why[:] = [why for _, why in told] or [""]
    at = place[combined]
    reasons = why[at] if size else np.empty(0, dtype=object)
    return Points(points[at], np.asarray(reasons == "", dtype=np.bool_), reasons)


def in_force(value: Dated[Any], days: Days) -> Ints:
    """Return which of the dated values is in force on each day, from 1; 0 before the first."""
    starts = [np.datetime64(start) if start else np.datetime64("0001-01-01") for start in value.starts]
    bounds = np.array(starts, dtype="datetime64[D]")
    return np.asarray(np.searchsorted(bounds, days.astype("datetime64[D]"), side="right"), dtype=np.int64)


def _one(rule: Rule, code: int, amounts: Numbers, factors: list[Fraction]) -> tuple[int, str]:
    """Return the points of one combination of segment, amount and factor, or 0 and why there are none."""
    rest, factor = divmod(code, len(factors))
    segment, amount = divmod(rest, len(amounts.values))
    value = rule.value.values[segment - 1] if rule.value and segment else None
    measure = amounts.values[amount]
    if value is None:
        return 0, NOT_IN_FORCE
    if measure is None:
        return 0, NO_AMOUNT
    points = value.points(measure)
    if points is None:
        return 0, value.refusal(measure)
    return whole_micro(points * factors[factor], FINEST if rule.places is None else rule.places), ""


def _factors(rule: Rule, events: Events, counted: Counted) -> tuple[Ints, list[Fraction]]:
    """Return the product of the multipliers of each event, as codes into the distinct ones."""
    codes, factors = np.zeros(len(counted), dtype=np.int64), [Fraction(1)]
    if rule.times is None:
        return codes, factors
    segment = in_force(rule.times, counted.rows["day"])
    for at, multipliers in enumerate(rule.times.values, start=1):
        own, product = _product(multipliers or (), events, counted)
        codes = np.where(segment == at, own + len(factors), codes)
        factors = [*factors, *product]
    distinct = list(dict.fromkeys(factors))
    return np.array([distinct.index(value) for value in factors], dtype=np.int64)[codes], distinct


def _product(multipliers: Sequence[Multiplier], events: Events, counted: Counted) -> tuple[Ints, list[Fraction]]:
    codes, factors = np.zeros(len(counted), dtype=np.int64), [Fraction(1)]
    for each in multipliers:
        at, own = _factors_of(each, events, counted)
        product = [have * factor for have in factors for factor in own]
        codes = codes * len(own) + at
        distinct = list(dict.fromkeys(product))
        codes = np.array([distinct.index(value) for value in product], dtype=np.int64)[codes]
        factors = distinct
    return codes, factors


def _factors_of(each: Multiplier, events: Events, counted: Counted) -> tuple[Ints, list[Fraction]]:
    """Return the factor of one multiplier for each event, as codes into those of the words, or pairs, that occur."""
    words = events.facts.words(each.field)
    if not each.second:
        return words.codes[counted.first], [each.of(text) for text in words.texts]
    others = events.facts.words(each.second)
    width = max(len(others.texts), 1)
    pairs, codes = np.unique(words.codes[counted.first] * width + others.codes[counted.first], return_inverse=True)
    own = [each.of(words.texts[pair // width], others.texts[pair % width]) for pair in pairs.tolist()]
    return codes.astype(np.int64), own


def place_in_window(owners: Ints, days: Days, starts: Days, order: Ints) -> Ints:
    """Return for each event its place, from 1, among its owner's events since `starts` (its window's first day).

    `order` sorts the events by owner and day.
    """
    key = owners[order] * _FAR + days[order].astype("datetime64[D]").astype(np.int64) + _ORIGIN
    begin = owners[order] * _FAR + starts[order].astype("datetime64[D]").astype(np.int64) + _ORIGIN
    places = np.empty(len(order), dtype=np.int64)
    places[order] = np.arange(len(order)) - np.searchsorted(key, begin) + 1
    return places


_FAR: Final = 1 << 24
_ORIGIN: Final = 1 << 22
"""Days since 1970 lie between −719 162 and 2 932 896: owners lie further apart than any two days."""
