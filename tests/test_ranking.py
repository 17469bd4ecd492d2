from hypothesis import given
from hypothesis import strategies as st

from tests.builders import SCHEMES, Office, Row, dayuan, scheme, year
from zyw.naming.units import Unit
from zyw.ranking import UNGROUPED, competition_places, rank
from zyw.scores import Standing
from zyw.scoring import score

ROW: Row = {"姓名": "张三", "职务": "教师", "处理方式": "记过", "处理时间": "2012-04-02"}
NEEDS_SURVEY = (
    (SCHEMES / "dayuan-2011.yaml")
    .read_text(encoding="utf-8")
    .replace("并列: 并列占位}", "并列: 并列占位, 须有: [测评]}")
)


def standings(office: Office, text: str | None = None) -> list[Standing]:
    ledger = office.ledger()
    scores, _ = score(ledger, scheme(text) if text else dayuan(), year())
    return list(rank(ledger, scores)[0])


def cases(unit: str, count: int) -> list[Row]:
    return [{**ROW, "单位": unit, "姓名": f"{unit}{index}"} for index in range(count)]


def primary(*names: str) -> list[Unit]:
    return [Unit(name, "小学") for name in names]


def test_equal_scores_share_the_place_and_the_next_is_skipped() -> None:
    rows = [*cases("乙", 1), *cases("丙", 1), *cases("丁", 2)]
    found = standings(Office(primary("甲", "乙", "丙", "丁")).sanctions(*rows))
    assert [(each.unit, each.rank, each.tied) for each in found] == [
        ("甲", 1, False), ("乙", 2, True), ("丙", 2, True), ("丁", 4, False),
    ]  # fmt: skip
    assert {each.of for each in found} == {4}


def test_units_are_ranked_inside_their_kind_only() -> None:
    units = [Unit("甲", "小学"), Unit("乙", "初中"), Unit("丙", "小学"), Unit("丁")]
    found = standings(Office(units).sanctions(*cases("甲", 3), *cases("乙", 1)))
    assert [(each.group, each.unit, each.rank, each.of) for each in found] == [
        ("小学", "丙", 1, 2), ("小学", "甲", 2, 2), ("初中", "乙", 1, 1), (UNGROUPED, "丁", 1, 1),
    ]  # fmt: skip


def test_a_unit_that_lacks_what_the_scheme_asks_for_is_listed_without_a_place() -> None:
    office = Office(primary("甲", "乙", "丙")).sanctions(*cases("乙", 5)).survey("甲", 30, 满意=30).survey("乙", 10)
    found = standings(office, NEEDS_SURVEY)
    assert [(each.unit, each.rank, each.of) for each in found] == [("甲", 1, 2), ("乙", 2, 2), ("丙", None, 2)]
    assert found[-1].excluded == "没有测评数据，不参加排名"
    assert not found[-1].tied


def test_a_unit_without_an_answer_sheet_has_no_survey_data() -> None:
    found = standings(Office(primary("甲", "乙")).survey("甲", 0).survey("乙", 1), NEEDS_SURVEY)
    assert [(each.unit, each.rank) for each in found] == [("乙", 1), ("甲", None)]


def test_the_built_in_scheme_asks_for_no_survey() -> None:
    assert all(each.rank == 1 for each in standings(Office(primary("甲", "乙")).survey("甲", 3)))


def test_inside_a_tie_units_stand_in_the_order_of_the_roster() -> None:
    assert [each.unit for each in standings(Office(primary("丙", "甲", "乙")))] == ["丙", "甲", "乙"]


@given(st.lists(st.integers(-5, 5), max_size=30))
def test_places_are_competition_places(points: list[int]) -> None:
    ordered = sorted(points, reverse=True)
    places = competition_places(ordered)
    assert places == [1 + sum(other > value for other in ordered) for value in ordered]


def test_where_the_document_ranks_nobody_every_unit_is_listed_without_a_place() -> None:
    text = NEEDS_SURVEY.replace("须有: [测评]", "不排名: 方案没有排名办法")
    found = standings(Office(primary("甲", "乙")).sanctions(*cases("乙", 1)), text)
    assert [(each.unit, each.rank, each.excluded) for each in found] == [
        ("甲", None, "方案没有排名办法"), ("乙", None, "方案没有排名办法"),
    ]  # fmt: skip
