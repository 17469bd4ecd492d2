"""Rates and scores, worked by hand (domain/scoring-arithmetic.md B2)."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zyw.decoding import read_part
from zyw.grammar import places
from zyw.located import parse_located
from zyw.problems import Problem
from zyw.survey import declared
from zyw.survey.rules import ALL, ANSWERED, KNOWING, SHARED, VOID, ZERO, SurveyRules
from zyw.survey.tally import Counts, Voter
from zyw.survey.weighing import Weighing, by_voter, score_of, share_of, weighed


def scale(**values: int) -> dict[str, Fraction]:
    return {word: Fraction(value) for word, value in values.items()}


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


@pytest.mark.parametrize("parts", [{"家长": Fraction(90), "教师": None}, {"家长": Fraction(90)}])
@pytest.mark.parametrize(("empty", "expected"), [(SHARED, Fraction(90)), (ZERO, Fraction(54)), (VOID, None)])
def test_an_empty_group_is_shared_out_or_zero_or_ends_it_as_stated(
    parts: dict[str, Fraction | None], empty: str, expected: Fraction | None
) -> None:
    assert weighed(parts, {"家长": Fraction(3, 5), "教师": Fraction(2, 5)}, empty) == expected


def test_only_the_groups_and_questions_that_are_named_are_heard() -> None:
    found = counts(
        ("", "家长", "一", "满意", 3), ("", "家长", "一", "一般", 1),
        ("", "教师", "一", "不满意", 9), ("", "家长", "2、二", "不满意", 4),
    )  # fmt: skip
    only = SurveyRules(respondents=("家长",), questions=("一",))
    assert Weighing(SurveyRules(), by_voter(found), found.sheets, found.valid).by(only).share().rate == Fraction(3, 4)
    second = SurveyRules(respondents=("家长",), questions=("二",))
    assert Weighing(SurveyRules(), by_voter(found), found.sheets, found.valid).by(second).share().rate == 0


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


def test_a_scheme_a_workspace_and_a_line_state_their_choices_in_one_way() -> None:
    in_scheme = {key.name: key for key in places.SURVEY.keys}
    assert all(in_scheme[key.name] is key for key in declared.SURVEY.keys)
    text = "分值: {满意: 100}\n对象权重: {家长: 6, 教师: 4}\n有效比例: 50\n最低回收率: 80%\n缺少的: 计零\n除以: 已答\n"
    node, _ = parse_located(text, "zyw.yaml")
    assert node is not None
    problems: list[Problem] = []
    rules = declared.survey_rules(read_part(declared.SURVEY, node, problems))
    assert problems == []
    assert (rules.quorum, rules.turnout) == (Fraction(1, 2), Fraction(4, 5))
    typed = {"--scale": "满意=100", "--weights": "家长=6,教师=4", "--empty": "计零", "--divisor": "已答"}
    assert declared.stated(SurveyRules(quorum=rules.quorum, turnout=rules.turnout), typed) == rules


def test_a_group_that_there_is_not_is_refused_with_the_nearest() -> None:
    node, _ = parse_located("对象权重: {家張: 6}\n对象: [老师]\n", "zyw.yaml")
    assert node is not None
    problems: list[Problem] = []
    read_part(declared.SURVEY, node, problems)
    assert [p.code for p in problems] == ["P008", "P008"]
