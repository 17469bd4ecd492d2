from tests.builders import dayuan
from tests.grids import codes, grid, places, read
from zyw.ledger import Ledger
from zyw.rowfaults import Faults
from zyw.sanctions.grouping import identify
from zyw.sanctions.rows import gather

STAFF = """
姓名 | 工号 | 单位 | 职务
王某 | 0021 | 第一中学 | 校长
王某 | 0021 | 第二中学 | 教师
李某 | 0030 | 第一中学 | 教师
李某 | 0031 | 第二中学 | 教师
赵某 | 0040 | 第一中学 | 教师
赵某 | 0041 | 第一中学 | 教师
"""
HEAD = "单位 | 姓名 | 处理方式 | 处理时间\n"


def people(ledger: Ledger) -> int:
    rows = gather(ledger, dayuan(), Faults(ledger.origins)).rows
    identify(rows, ())
    return len(set(rows["person_at"].tolist()))


def test_the_same_name_in_two_units_is_two_people() -> None:
    ledger, _ = read(grid(HEAD + "一中 | 李某 | 通报批评 | 2012-4-2\n二中 | 李某 | 通报批评 | 2012-4-3"))
    assert people(ledger) == 2


def test_a_number_from_the_staff_list_joins_who_has_moved_and_nobody_else() -> None:
    rows = "一中 | 王某 | 通报批评 | 2012-4-2\n二中 | 王某 | 通报批评 | 2012-4-3\n一中 | 李某 | 通报批评 | 2012-4-2\n二中 | 李某 | 通报批评 | 2012-4-3"
    ledger, problems = read(grid(STAFF, file="人员.xlsx"), grid(HEAD + rows))
    assert ledger.rows["追责台账"]["工号"].tolist() == ["0021", "0021", "0030", "0031"]
    assert people(ledger) == 3
    assert places(problems, "U021") == ["台账.xlsx ▸ Sheet1"]


def test_two_people_of_one_name_in_one_unit_need_their_number() -> None:
    ledger, problems = read(grid(STAFF, file="人员.xlsx"), grid(HEAD + "一中 | 赵某 | 通报批评 | 2012-4-2"))
    assert "工号" not in ledger.rows["追责台账"]
    assert places(problems, "U019") == ["台账.xlsx ▸ Sheet1!B2"]


def test_a_number_that_the_row_has_stands() -> None:
    head = HEAD.replace("姓名", "姓名 | 工号")
    ledger, problems = read(grid(STAFF, file="人员.xlsx"), grid(head + "一中 | 王某 | 0099 | 通报批评 | 2012-4-2"))
    assert ledger.rows["追责台账"]["工号"].tolist() == ["0099"]
    assert "U021" not in codes(problems)


def test_one_number_with_two_names_is_doubtful() -> None:
    _, problems = read(grid(STAFF + "钱某 | 0030 | 第一中学 | 教师", file="人员.xlsx"))
    assert places(problems, "U020") == ["人员.xlsx ▸ Sheet1!B8"]
