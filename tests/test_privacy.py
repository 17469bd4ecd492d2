import re
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zyw.privacy import Level, Masker, mask_name, mask_numbers


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("张三", "张某"),
        ("张三丰", "张某某"),
        ("欧阳修文", "欧阳某某"),
        ("欧阳修", "欧阳某"),
        ("欧阳", "欧某"),
        ("张", "张某"),
        ("张王李赵", "张某某"),
        ("买买提·吐尔逊", "买某某"),
        ("王某", "王某"),
        ("王某某", "王某某"),
        ("", ""),
        ("张 三", "张某"),
        ("张三（副校长）", "张某"),
        ("张三、李四光", "张某、李某某"),
        ("司马光;诸葛孔明", "司马某;诸葛某某"),
    ],
)
def test_a_notice_names_people_by_surname(name: str, masked: str) -> None:
    assert mask_name(name, Level.NOTICE) == masked


def test_inside_the_office_names_stay_and_in_public_nobody_is_named() -> None:
    assert mask_name("张三", Level.INTERNAL) == "张三"
    assert mask_name("张三", Level.PUBLIC) == ""


def test_two_people_of_one_unit_with_the_same_mask_are_told_apart() -> None:
    masker = Masker.of(
        Level.NOTICE, [("一小", "张三"), ("二小", "张五"), ("一小", "张四"), ("一小", "张三"), ("一小", "张三丰")]
    )
    assert masker("一小", "张三") == "张某甲"
    assert masker("一小", "张四") == "张某乙"
    assert masker("二小", "张五") == "张某"
    assert masker("一小", "张三丰") == "张某某"


def test_the_eleventh_namesake_gets_a_number_and_a_stranger_a_plain_mask() -> None:
    masker = Masker.of(Level.NOTICE, [("一小", f"张{name}") for name in "一二三四五六七八九十百"])
    assert masker("一小", "张十") == "张某癸"
    assert masker("一小", "张百") == "张某11"
    assert masker("三小", "李四") == "李某"


def test_letters_are_for_notices_only() -> None:
    people = [("一小", "张三"), ("一小", "张四")]
    assert [Masker.of(Level.INTERNAL, people)(*one) for one in people] == ["张三", "张四"]
    assert [Masker.of(Level.PUBLIC, people)(*one) for one in people] == ["", ""]


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("13800138000", "138****8000"),
        ("+8613800138000", "+86138****8000"),
        ("+86 138 0013 8000", "+86 138 **** 8000"),
        ("0086-138-0013-8000", "0086-138-****-8000"),
        ("8613800138000", "86138****8000"),
        ("１３８００１３８０００", "１３８****８０００"),
        ("电话：13800138000，谢谢", "电话：138****8000，谢谢"),
        ("1.13800138000 2.13900139000", "1.138****8000 2.139****9000"),
        ("*13800138000*", "*138****8000*"),
        ("0716-3321234", "0716-*****34"),
        ("（0716）33212345", "（0716）******45"),
        ("02787654321", "027******21"),
        ("联系电话 3321234", "联系电话 33***34"),
        ("110101199003078515", "110101********8515"),
        ("身份证11010119900307851x号", "身份证110101********851x号"),
        ("11010119900307851Ｘ", "110101********851Ｘ"),
        ("110101 19900307 8515", "110101 ******** 8515"),
        ("110101900307851", "110101******851"),
        ("6222021234567890123", "6222***********0123"),
        ("6222 0212 3456 7890", "6222 **** **** 7890"),
    ],
)
def test_private_numbers_are_starred_inside(text: str, masked: str) -> None:
    assert mask_numbers(text) == masked
    assert mask_numbers(text, runs=True) == masked


@pytest.mark.parametrize(
    "text",
    [
        "",
        "学校代码 2142002345",
        "214200234567",
        "20240308",
        "2024-03-08 10:15:00",
        "20240308101500",
        "2012-01-02、2012-03-04、2012-05-06",
        "20120101-20120630",
        "12345.67元",
        "0.33333333333333333333",
        "序号 0000123456",
        "大教发〔2012〕15号",
        "13800",
    ],
)
def test_codes_dates_and_amounts_stay(text: str) -> None:
    assert mask_numbers(text) == text


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("2142002345", "21******45"),
        ("1234567", "12***67"),
        ("123456", "123456"),
        ("20240308", "20240308"),
        ("1234567.89", "1234567.89"),
        ("1234567元", "1234567元"),
        ("20249999", "20****99"),
    ],
)
def test_the_console_stars_every_long_run(text: str, masked: str) -> None:
    assert mask_numbers(text, runs=True) == masked


@given(st.text(st.characters(codec="utf-8")), st.text("0123456789０１- +xX()", max_size=30), st.booleans())
def test_masking_keeps_length_and_everything_that_is_no_digit(words: str, number: str, runs: bool) -> None:
    text = words + number
    masked = mask_numbers(text, runs=runs)
    assert len(masked) == len(text)
    assert all(new in (old, "*") and (new == old or old.isalnum()) for old, new in zip(text, masked, strict=True))


@given(st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True), st.text(string.ascii_letters + "张三，。 ", max_size=8))
def test_no_mobile_number_survives(number: str, around: str) -> None:
    assert number not in mask_numbers(around + number + around)


@given(st.from_regex(r"[1-9][0-9]{16}[0-9Xx]", fullmatch=True))
def test_no_identity_number_survives(number: str) -> None:
    assert max(len(run) for run in re.findall(r"[0-9Xx]+", mask_numbers(f"证号{number}。"))) <= 6
