import pytest

from tests.builders import dayuan
from zyw.sanctions.measures import MeasureReader

SCHEME = dayuan()
READER = MeasureReader(SCHEME.measures)


def names(text: str) -> list[str]:
    return [SCHEME.measures[order].name for order in READER.read(text).measures]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("通报批评", ["通报批评"]),
        ("给予通报批评", ["通报批评"]),
        ("予以警告处分", ["警告"]),
        ("行政记过", ["记过"]),
        ("岗位调整", ["调离岗位"]),
        ("就地免职", ["免职"]),
        ("党 内 警 告", ["党内警告"]),
        ("诫勉谈话、通报批评", ["诫勉谈话", "通报批评"]),
        ("通报批评和诫勉谈话", ["诫勉谈话", "通报批评"]),
        ("通报批评＋记过", ["通报批评", "记过"]),
        ("通报批评，通报批评", ["通报批评"]),
        ("给予党内警告、行政记过处分", ["党内警告", "记过"]),
        ("已整改", []),
        ("", []),
    ],
)
def test_a_cell_says_the_measures_in_it_lightest_first(text: str, expected: list[str]) -> None:
    assert names(text) == expected


def test_a_measure_inside_other_words_is_not_one_but_is_noticed() -> None:
    said = READER.read("拟给予记大过处理意见")
    assert said.measures == ()
    assert said.inside == "记大过"


def test_known_and_unknown_parts_are_told_apart() -> None:
    said = READER.read("记过、罚款")
    assert [SCHEME.measures[order].name for order in said.measures] == ["记过"]
    assert said.unknown == ("罚款",)


def test_the_order_of_measures_is_their_severity() -> None:
    order = {measure.name: measure.order for measure in SCHEME.measures}
    assert order["诫勉谈话"] < order["通报批评"] < order["停职检查"] < order["调离岗位"] < order["免职"]
    assert order["警告"] < order["记过"] < order["记大过"] < order["降级"] < order["撤职"] < order["开除"]
