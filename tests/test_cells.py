from datetime import date, datetime, time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zyw.cells import Day, Unread, clean, key, parse_date, parse_identifier, parse_number, parse_person, parse_yes_no
from zyw.sheets import Cell

GOOD_DATES: list[tuple[Cell, date]] = [
    ("2024-03-01", date(2024, 3, 1)),
    ("2024/3/1", date(2024, 3, 1)),
    ("2024.3.1", date(2024, 3, 1)),
    ("2024年3月1日", date(2024, 3, 1)),
    ("2024年3月1号", date(2024, 3, 1)),
    ("2024 年 3 月 1 日", date(2024, 3, 1)),
    ("20240301", date(2024, 3, 1)),
    (20240301.0, date(2024, 3, 1)),
    ("２０２４．３．１", date(2024, 3, 1)),
    ("2024-3-1 09:05", date(2024, 3, 1)),
    ("2024/3/1 9:05:03", date(2024, 3, 1)),
    ("2024-03-01T16:05:00Z", date(2024, 3, 2)),
    ("2024-03-01T15:05:00Z", date(2024, 3, 1)),
    ("2024-03-01T23:05:00+08:00", date(2024, 3, 1)),
    ("二〇二四年三月八日", date(2024, 3, 8)),
    ("二○一二年十二月三十一日", date(2012, 12, 31)),
    ("二零一二年十月二十日", date(2012, 10, 20)),
    (datetime(2024, 3, 31, 23, 59, 59), date(2024, 3, 31)),
    (date(2024, 3, 1), date(2024, 3, 1)),
    (" 2024-02-29 ", date(2024, 2, 29)),
]
BAD_DATES: list[tuple[Cell, str]] = [
    ("24/3/1", "L001"),
    ("民国一百年元月一日", "L001"),
    ("2024", "L001"),
    ("2024.3", "L001"),
    ("上周五", "L001"),
    ("2024-3-1-5", "L001"),
    ("2024.2.30", "L002"),
    ("2024-13-01", "L002"),
    ("1899-12-31", "L002"),
    ("2124年1月1日", "L002"),
    ("二〇一二年十三月一日", "L002"),
    (datetime(1900, 2, 28), "L002"),
    (45352.0, "L003"),
    (60.0, "L003"),
    (-1.0, "L003"),
    (True, "L003"),
    (time(9, 5), "L003"),
    ("3月5日", "L004"),
]


@pytest.mark.parametrize(("cell", "day"), GOOD_DATES)
def test_a_date_is_read_in_every_listed_spelling(cell: Cell, day: date) -> None:
    assert parse_date(cell) == Day(day)


@pytest.mark.parametrize(("cell", "code"), BAD_DATES)
def test_a_date_off_the_list_is_refused_with_its_reason(cell: Cell, code: str) -> None:
    read = parse_date(cell)
    assert isinstance(read, Unread)
    assert read.code == code


def test_a_day_without_year_takes_the_given_one_and_says_so() -> None:
    assert parse_date("3月5日", 2012) == Day(date(2012, 3, 5), assumed_year=True)


@pytest.mark.parametrize("cell", ["", " ", "/", "—", "无"])
def test_a_blank_is_no_date_and_no_fault(cell: str) -> None:
    assert parse_date(cell) is None
    assert parse_number(cell) is None


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("1.5 ", "1.5"), ("１．５", "1.5"), ("1,000", "1000"), ("－2", "-2"), ("2分", "2"), ("12.5万元", "125000"),
        ("85%", "0.85"), (0.1, "0.1"), (5.0, "5"), (".5", "0.5"), ("85.00", "85.00"), (" 1 000 ", "1000"), ("3 000元", "3000"),
        ("1.2亿元", "120000000"), ("5千元", "5000"), ("3‰", "0.003"), ("＋3", "3"), ("−2", "-2"), ("10人次", "10"),
    ],
)  # fmt: skip
def test_a_number_is_exact(cell: Cell, number: str) -> None:
    assert parse_number(cell) == Decimal(number)


@pytest.mark.parametrize("cell", ["1.2.3", "abc", "两次", "1,00", 1e308, True, "1e5", "①", "5²", "½", "1/2"])
def test_what_is_no_number_is_refused(cell: Cell) -> None:
    assert isinstance(parse_number(cell), Unread)


def test_a_verification_under_way_is_not_yet_one() -> None:
    assert [parse_yes_no(word) for word in ("是", "已查实", "√", "核实中", "不属实", True, "")] == [
        "是", "是", "是", "否", "否", "是", "",
    ]  # fmt: skip
    assert parse_yes_no("部分") == Unread("L007", "部分")


def test_an_identifier_stays_as_it_was_typed() -> None:
    assert [parse_identifier(cell) for cell in ("0021", "1E5", "3-1", 21.0, "110101199003078515")] == [
        "0021", "1E5", "3-1", "21", "110101199003078515",
    ]  # fmt: skip
    lost = parse_identifier(110101199003078515.0)
    assert isinstance(lost, Unread)
    assert lost.code == "L008"


@pytest.mark.parametrize("text", ["1.23457E+17", "1.10101E+17", "4E+11", "1.1e+17"])
def test_what_excel_showed_of_a_number_is_no_identifier(text: str) -> None:
    read = parse_identifier(text)
    assert isinstance(read, Unread)
    assert read.code == "L016"


@pytest.mark.parametrize("text", ["1E5", "2E10", "E+17", "1.5E", "A1.2E+3", "鄂教2E+1号"])
def test_a_code_with_an_e_in_it_is_a_code(text: str) -> None:
    assert parse_identifier(text) == text


@pytest.mark.parametrize(
    ("text", "name"),
    [("谭 笑", "谭笑"), ("王 小明", "王小明"), ("欧阳 修文", "欧阳修文"), ("欧阳 修", "欧阳修"), ("王 小 明", "王小明"),
     ("王某 李某", "王某 李某"), ("王某某 李某", "王某某 李某"), ("王　小明", "王小明")],
)  # fmt: skip
def test_a_blank_inside_a_name_is_no_part_of_it(text: str, name: str) -> None:
    assert parse_person(text) == name


def test_names_that_look_like_nothing_stay_names() -> None:
    assert [clean(name) for name in ("NA", "None", "null", "NaN", "TRUE")] == ["NA", "None", "null", "NaN", "TRUE"]


def test_invisible_characters_do_not_make_another_school() -> None:
    spellings = ["第一中学", "第一 中学", "第一中学\u200b", "\ufeff第一中学", "第一\u00a0中学", "第一\u3000中学"]
    assert {key(text) for text in spellings} == {"第一中学"}
    assert key("第一中学(东校区)") == key("第一中学（东校区）") != key("第一中学")
    assert key("第一中學") != key("第一中学")


@given(st.dates(date(2000, 1, 1), date(2100, 12, 31)))
def test_every_day_survives_each_of_our_spellings(day: date) -> None:
    spellings = (
        day.isoformat(),
        f"{day.year}.{day.month}.{day.day}",
        f"{day.year}年{day.month}月{day.day}日",
        f"{day:%Y%m%d}",
    )
    assert {parse_date(text) for text in spellings} == {Day(day)}


@given(st.text())
def test_no_text_makes_a_parser_fail(text: str) -> None:
    for parse in (parse_date, parse_number, parse_yes_no, parse_identifier):
        parse(text)
