"""Rates and scores, worked by hand (domain/scoring-arithmetic.md B2)."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zyw.points import SCALE as MILLION
from zyw.survey.rules import ALL, ANSWERED, KNOWING, SHARED, ZERO, SurveyRules
from zyw.survey.tally import Counts, Voter
from zyw.survey.weighing import Weighing, by_voter, score_of, share_of, weighed


def scale(**values: int) -> dict[str, int]:
    return {word: value * MILLION for word, value in values.items()}


V1 = scale(满意=100, 基本满意=80, 不满意=30)


@pytest.mark.parametrize(
    ("rules", "words", "sheets", "score"),
    [
        # V1: 不了解 is in neither numerator nor denominator: (6×100 + 3×80 + 1×30) ÷ 10
        (SurveyRules(V1), {"满意": 6, "基本满意": 3, "不满意": 1, "不了解": 5}, 15, Fraction(87)),
        # V2 with every answer in the denominator: the same points ÷ 15
        (SurveyRules(V1, divisor=ANSWERED), {"满意": 6, "基本满意": 3, "不满意": 1, "不了解": 5}, 15, Fraction(58)),
        # V3: divided by all sheets, five of them blank: ÷ 20
        (SurveyRules(V1, divisor=ALL), {"满意": 6, "基本满意": 3, "不满意": 1, "不了解": 5}, 20, Fraction(87, 2)),
        # an answer without a value earns nothing and is divided by: (100 + 0) ÷ 2
        (SurveyRules(V1), {"满意": 1, "一般": 1}, 2, Fraction(50)),
        (SurveyRules(V1, divisor=KNOWING), {"不了解": 4}, 4, None),
    ],
)
def test_a_score_is_what_the_divisor_says(
    rules: SurveyRules, words: dict[str, int], sheets: int, score: Fraction | None
) -> None:
    assert score_of(words, rules, sheets) == score


def test_a_rate_leaves_the_undecided_out() -> None:
    share = share_of({"非常满意": 20, "满意": 25, "一般": 15, "不了解": 7}, SurveyRules(), 67)
    assert (share.satisfied, share.answered, share.knowing, share.rate) == (45, 67, 60, Fraction(3, 4))


@pytest.mark.parametrize(("empty", "expected"), [(SHARED, Fraction(90)), (ZERO, Fraction(54))])
def test_an_empty_group_is_shared_out_or_zero_as_stated(empty: str, expected: Fraction) -> None:
    parts = {"家长": Fraction(90), "教师": None}
    assert weighed(parts, {"家长": 600_000, "教师": 400_000}, empty) == expected


def test_a_group_that_nobody_of_answered_counts_as_zero_too() -> None:
    assert weighed({"家长": Fraction(90)}, {"家长": 600_000, "教师": 400_000}, ZERO) == Fraction(54)


def counts(*entries: tuple[str, str, str, str, int]) -> Counts:
    """(channel, group, question, answer, number) of one unit; a sheet an answer to the first question."""
    answers = {(Voter("甲", c, g), q, a): n for c, g, q, a, n in entries}
    sheets: dict[Voter, int] = {}
    for c, g, q, _, n in entries:
        if q == "一":
            sheets[Voter("甲", c, g)] = sheets.get(Voter("甲", c, g), 0) + n
    return Counts(answers, sheets, sheets)


def weighing(rules: SurveyRules, found: Counts) -> Weighing:
    return Weighing(rules, by_voter(found), found.sheets, found.valid)


def test_phone_and_paper_are_weighed_six_to_four() -> None:
    rules = SurveyRules(V1, channels=scale(电话=6, 纸质=4))
    found = counts(("电话", "", "一", "满意", 3), ("电话", "", "一", "基本满意", 1), ("纸质", "", "一", "不满意", 9))
    assert weighing(rules, found).score() == Fraction(95) * 6 / 10 + Fraction(30) * 4 / 10


def test_questions_have_weights_of_their_own() -> None:
    rules = SurveyRules(V1, items=scale(一=3, 二=1))
    found = counts(("", "", "一", "满意", 2), ("", "", "二", "不满意", 2))
    assert weighing(rules, found).score() == Fraction(100 * 3 + 30, 4)


def test_the_effective_number_is_kishs() -> None:
    rules = SurveyRules(groups=scale(家长=9, 教师=1))
    found = counts(("", "家长", "一", "满意", 50), ("", "教师", "一", "满意", 25), ("", "教师", "一", "不满意", 25))
    share = weighing(rules, found).share()
    assert share.rate == Fraction(95, 100)
    assert share.effective == 1 / (Fraction(81, 100) / 50 + Fraction(1, 100) / 50)


def test_five_answers_of_one_person_are_not_five_persons() -> None:
    found = counts(*(("", "", question, "满意", 8) for question in "一二三四五"))
    assert weighing(SurveyRules(), found).share().effective == 8


WORDS = st.dictionaries(st.sampled_from(["满意", "基本满意", "不满意"]), st.integers(1, 50), min_size=1)


@given(WORDS)
def test_a_score_lies_between_the_scales_ends(words: dict[str, int]) -> None:
    score = score_of(words, SurveyRules(V1), sum(words.values()))
    assert score is not None
    assert 30 <= score <= 100


@given(WORDS, st.integers(2, 9))
def test_as_many_sheets_again_of_the_same_kind_change_no_score(words: dict[str, int], times: int) -> None:
    more = {word: number * times for word, number in words.items()}
    rules = SurveyRules(V1)
    assert score_of(words, rules, sum(words.values())) == score_of(more, rules, sum(more.values()))
