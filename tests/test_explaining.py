"""An explanation is complete: it adds up, names cell, rule and clause, and tells apart who is called alike."""

from dataclasses import replace
from datetime import date

import pytest

from tests.builders import Office
from zyw import explaining
from zyw.library import read_scheme
from zyw.naming.units import Unit
from zyw.periods import Period, Span
from zyw.rowset import RowSet
from zyw.scores import Scores
from zyw.scoring import score

YEAR = Span(Period(date(2012, 1, 1), date(2012, 12, 31)), None, date(2012, 12, 31))
SCHEME = read_scheme("dayuan-2011")[0]
UNITS = [
    Unit("大垸中学", "初中", short=("大中",), former=("大垸农中",)),
    Unit("黄歇中学", "初中"),
    Unit("双桥小学", "小学"),
]
OFFICE = Office(units=UNITS).sanctions(
    {"单位": "大垸中学", "案号": "1", "姓名": "王某", "职务": "校长", "处理方式": "通报批评", "处理时间": "2012-04-02"},
    {"单位": "大垸中学", "案号": "2", "姓名": "李某", "职务": "教师", "处理方式": "通报批评", "处理时间": "2012-05-02"},
    {"单位": "大垸中学", "案号": "3", "姓名": "李某", "职务": "教师", "处理方式": "通报批评", "处理时间": "2011-05-02"},
    {"单位": "黄歇中学", "案号": "4", "姓名": "王某", "职务": "校长", "处理方式": "通报批评", "处理时间": "2012-06-02"},
)
LEDGER = OFFICE.ledger()
SCORES = score(LEDGER, SCHEME, YEAR)[0]


def said(name: str, scores: Scores = SCORES) -> str:
    return "\n".join(line for one in explaining.explain(name, LEDGER, scores) for line in explaining.lines(one))


def test_the_sum_is_made_from_the_rows_shown() -> None:
    assert "得分：100 - 5 - 2 = 93" in said("大垸中学")


def test_every_point_names_its_cells_its_rule_and_its_clause() -> None:
    text = said("大垸中学")
    assert "规则 主要领导追责（依据 五(三)4办法2）" in text
    assert "← 追责台账.xlsx ▸ Sheet1!" in text


def test_a_unit_with_nothing_against_it_keeps_its_base() -> None:
    assert said("双桥小学").splitlines() == ["双桥小学（小学）", "得分：100（基础分，没有加减）"]


@pytest.mark.parametrize("name", ["大垸中学", "大中", "大垸农中", " 大垸中学 "])
def test_a_unit_answers_to_all_its_names(name: str) -> None:
    assert [one.unit for one in explaining.explain(name, LEDGER, SCORES)] == ["大垸中学"]


def test_persons_of_one_name_are_told_apart_by_their_unit() -> None:
    found = explaining.explain("王某", LEDGER, SCORES)
    assert [(one.unit, one.person, one.points) for one in found] == [
        ("大垸中学", "王某", -5_000_000),
        ("黄歇中学", "王某", -5_000_000),
    ]
    assert "合计：-5（黄歇中学得分 95）" in said("王某")


def test_a_persons_consequences_have_their_days() -> None:
    assert "王某  不得晋职晋级  2012-04-02 至 2013-04-01" in said("大垸中学")


def test_what_did_not_count_is_there_with_the_reason() -> None:
    omitted = explaining.explain("大垸中学", LEDGER, SCORES)[0].omitted
    assert [row.person for row in omitted] == ["李某"]
    assert "未计入：" in said("李某")


def test_nobody_gives_nothing() -> None:
    assert explaining.explain("赵某", LEDGER, SCORES) == ()
    assert set(explaining.known_names(LEDGER, SCORES)) >= {"大垸中学", "王某", "李某"}


def test_an_explanation_that_does_not_add_up_is_never_shown() -> None:
    short = replace(SCORES, journal_rows=RowSet.of(SCORES.journal[SCORES.journal["points"] == 0]))
    with pytest.raises(ValueError, match="does not add up"):
        explaining.explain("大垸中学", LEDGER, short)


def test_only_readings_that_bear_on_what_is_shown_are_listed() -> None:
    notes = explaining.notes(explaining.explain("大垸中学", LEDGER, SCORES))
    assert notes[0].startswith("方案没有写明")
    assert any("主要领导" in note for note in notes)
    assert notes[-1].strip().startswith("另有")


def test_a_head_whom_no_row_names_is_known_and_has_nothing_against_him() -> None:
    office = Office(units=[Unit("甲小学", "小学", head="周全"), Unit("乙小学", "小学")]).ledger()
    scores = score(office, SCHEME, YEAR)[0]
    (found,) = explaining.explain("周全", office, scores)
    assert (found.unit, found.person, found.points, found.moves) == ("甲小学", "周全", 0, ())
    assert "周全" in explaining.known_names(office, scores)
