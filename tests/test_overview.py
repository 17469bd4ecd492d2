"""What `zyw check` says of each sheet, in short and in the long form, within 80 columns."""

from tests.grids import grid, read
from zyw import payload
from zyw.ledger import Ledger
from zyw.shown.overview import sheet_lines
from zyw.shown.widths import width

TEXT = (
    "2012年问题台账\n填报单位：第一中学 填报人：张三 电话：13800138000\n"
    "序号 | 学校 | 存在问题 | 责任部门 | 完成情况 | 举报人 | 为了看看很长的列名会不会把这张表撑得比屏幕还要宽所以写得很长\n"
    "1 | 一中 | 迟到 | 教务处 | 已整改 | 李四 |\n合计 | 1 | | | | |\n填表人：王五 | | | | | | "
)


def shown(long: bool) -> list[str]:
    ledger, _ = read(grid(TEXT), roster=False)
    return sheet_lines(ledger.sheets, long=long)


def read_one() -> Ledger:
    return read(grid(TEXT), roster=False)[0]


def test_in_short_a_sheet_is_its_table_its_rows_and_its_columns() -> None:
    head, columns = shown(long=False)
    assert head == "台账.xlsx ▸ Sheet1：问题台账，表头第 3 行，1 行；没算的：合计 1 行，说明或签名 1 行"
    assert columns.startswith(
        "      B 学校＝单位，C 存在问题＝问题，D 责任部门＝责任股室，E 完成情况＝状态；没有用的列：A 序号，F 举报人"
    )


def test_in_the_long_form_each_column_says_by_what_it_was_known() -> None:
    lines = shown(long=True)
    assert lines[1:3] == ["      认出 4 列，10 分", "      填报单位 第一中学，填报人 张三"]
    rows = [line.split() for line in lines[3:11]]
    assert rows[1:7] == [
        ["A", "序号", "没有用"],
        ["B", "学校", "单位", "别名"],
        ["C", "存在问题", "问题", "别名"],
        ["D", "责任部门", "责任股室", "次选"],
        ["E", "完成情况", "状态", "次选"],
        ["F", "举报人", "不读", "个人信息"],
    ]
    assert lines[11:] == ["      没算的：合计 第 5 行", "      没算的：说明或签名 第 6 行"]


def test_the_long_form_keeps_within_eighty_columns() -> None:
    assert max(map(width, shown(long=True)[1:])) <= 80


def test_a_survey_says_what_each_column_is_in_it() -> None:
    sheet = grid(
        "序号 | 提交答卷时间 | 1、您的学校 | 2、是否满意 | 3、还有什么想说的\n1 | 2012/5/1 9:00:00 | 一中 | 满意 | 无"
    )
    ledger, _ = read(sheet, roster=False)
    assert [c.how for c in ledger.sheets[0].columns] == ["", "", "单位", "题目", ""]


def test_a_sheet_that_is_no_table_says_so_and_one_that_lacks_something_says_what() -> None:
    ledger, _ = read(
        grid("填表说明\n一、按实填写"),
        grid("案号 | 单位 | 职务 | 处理方式\n1 | 一中 | 教师 | 警告", file="b.xlsx"),
        roster=False,
    )
    assert sheet_lines(ledger.sheets, long=True) == [
        "台账.xlsx ▸ Sheet1：不是台账，没有读入",
        "b.xlsx ▸ Sheet1：没有读入",
        "      这张表像追责台账，但缺少“姓名”列，没有读入",
    ]


def test_the_document_for_machines_says_the_same() -> None:
    (made,) = payload.checked(read_one(), ())["sheets"]
    assert made["columns"][1] == {"column": "B", "label": "学校", "field": "单位"}
    assert made["how"] == {"B": "别名", "C": "别名", "D": "次选", "E": "次选", "F": "个人信息"}
    assert made["left_out"] == [{"reason": "合计", "rows": [5]}, {"reason": "说明或签名", "rows": [6]}]
    assert made["filled_in"] == {"unit": "第一中学", "by": "张三", "when": None}
    assert (made["score"], made["reason"]) == (10, None)


def test_no_telephone_of_who_filled_it_in_is_shown() -> None:
    assert "138" not in "".join(shown(long=True)) + str(payload.checked(read_one(), ()))
