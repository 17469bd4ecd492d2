from datetime import date

from tests.builders import Office, Row, dayuan
from zyw.naming.units import Unit
from zyw.sanctions.taken import COLUMNS, measures_taken

ROW: Row = {"单位": "甲小学", "姓名": "张三", "职务": "教师", "处理方式": "通报批评、记过", "处理时间": "2012-04-02"}


def test_each_measure_is_a_row_with_its_person_and_case() -> None:
    rows = (ROW, {**ROW, "处理方式": "记过", "撤销时间": "2012-05-01"}, {**ROW, "处理方式": "罚款"})
    frame = measures_taken(Office((Unit("甲小学"),)).sanctions(*rows).ledger(), dayuan(), date(2012, 12, 31))
    assert set(frame.columns) == {*COLUMNS, "measure"}
    names = [measure.name for measure in dayuan().measures]
    assert [names[at] if at >= 0 else "" for at in frame["measure"]] == ["通报批评", "记过", "记过", ""]
    assert frame["reason"].tolist()[:3] == ["", "", "已撤销 2012-05-01"]
    assert frame["person_at"].nunique() == 1
    assert frame["case_at"].nunique() == 1


def test_a_ledger_without_sanctions_has_none_taken() -> None:
    assert not len(measures_taken(Office((Unit("甲小学"),)).ledger(), dayuan(), date(2012, 12, 31)))
