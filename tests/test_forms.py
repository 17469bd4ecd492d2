import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zyw.cells import key
from zyw.naming.forms import shared_places, short_forms
from zyw.naming.roster import Roster
from zyw.naming.units import Unit

TOWNS = ("鱼岳镇", "官桥镇", "新街乡", "簰洲湾镇", "")
KINDS = ("小学", "中学", "幼儿园", "初级中学", "高级中学", "实验小学", "中心小学", "附属小学")
NAMES = st.builds(
    lambda town, number, kind: f"{town}{number}{kind}",
    st.sampled_from(TOWNS),
    st.sampled_from(("", "第一", "第二", "第三", "第十二")),
    st.sampled_from(KINDS),
)


@pytest.mark.parametrize(
    ("written", "official"),
    [
        ("鱼岳三小", "鱼岳镇第三小学"),
        ("鱼岳镇三小", "鱼岳镇第三小学"),
        ("鱼岳第三小学", "鱼岳镇第三小学"),
        ("鱼岳3小", "鱼岳镇第三小学"),
        ("新街乡12小", "新街乡第十二小学"),
        ("实小", "实验小学"),
        ("一中", "第一中学"),
        ("一初", "第一初级中学"),
        ("大垸初中", "大垸初级中学"),
        ("县直幼", "县直机关幼儿园"),
        ("机关幼儿园", "县直属机关幼儿园"),
        ("二实小", "第二实验小学"),
        ("实验二小", "实验第二小学"),
        ("师范附小", "师范附属小学"),
        ("特校", "特殊教育学校"),
        ("鱼岳中心校", "鱼岳镇中心学校"),
        ("一中附属幼儿园", "第一中学附属幼儿园"),
        ("一中附幼", "第一中学附属幼儿园"),
        ("一中东校区", "第一中学(东校区)"),
        ("县一中", "县第一中学"),
        ("第一中学", "县第一中学"),
    ],
)
def test_a_shorter_way_to_write_a_name_is_known_with_its_reason(written: str, official: str) -> None:
    match = Roster((Unit(official), Unit("赤壁小学"))).match(written)
    assert match.unit == official
    assert match.how.startswith("简写：")


@pytest.mark.parametrize(
    ("written", "official"),
    [
        ("第一中", "第一中学"),
        ("一中", "第一高级中学"),
        ("大垸中", "大垸中学"),
        ("三小", "鱼岳镇第三小学"),
        ("第一中学(东校区)", "第一中学"),
        ("第一中学", "第一中学(东校区)"),
        ("市第一中学", "第一中学"),
        ("实验小学", "第二实验小学"),
        ("幼", "幼儿园"),
        ("鱼岳小学", "鱼岳镇中心小学"),
    ],
)
def test_what_is_not_listed_is_no_form_however_like_it_is(written: str, official: str) -> None:
    assert Roster((Unit(official), Unit("赤壁小学"))).match(written).unit == ""


def test_a_form_that_fits_two_units_is_neither_and_both_are_named() -> None:
    match = Roster((Unit("鱼岳镇第三小学"), Unit("鱼岳乡第三小学"))).match("鱼岳三小")
    assert match.unit == ""
    assert match.candidates == ("鱼岳镇第三小学", "鱼岳乡第三小学")


def test_a_stated_short_name_wins_over_a_form() -> None:
    roster = Roster((Unit("第一中学"), Unit("城关第一初级中学", short=("一中",))))
    assert roster.match("一中").unit == "城关第一初级中学"


def test_a_full_form_means_the_unit_whose_stated_name_is_the_short_one() -> None:
    roster = Roster((Unit("鱼岳三小"), Unit("第一中学", short=("官桥一中",))))
    assert roster.match("鱼岳镇第三小学").unit == "鱼岳三小"
    assert roster.match("官桥镇第一中学").unit == "第一中学"


def test_a_remark_in_brackets_is_no_part_of_a_name_and_a_branch_is() -> None:
    roster = Roster((Unit("第一中学", code="0101"), Unit("第二中学", code="0102")))
    assert [roster.match(text).unit for text in ("二中（牵头）", "第一中学（盖章）", "第一中学(0101)")] == [
        "第二中学", "第一中学", "第一中学",
    ]  # fmt: skip
    assert roster.match("二中（牵头）").how.endswith("略去“（牵头）”")
    assert [roster.match(text).unit for text in ("第一中学(0102)", "一中（初中部）", "二中（分校）")] == [""] * 3


def test_the_county_may_be_left_out_where_most_of_the_roster_carries_it() -> None:
    county = Roster((Unit("嘉鱼县第一中学"), Unit("嘉鱼县鱼岳镇第三小学"), Unit("赤壁市实验小学")))
    assert shared_places(unit.name for unit in county.units) == ("嘉鱼县",)
    assert [county.match(text).unit for text in ("一中", "县一中", "嘉鱼一中", "鱼岳三小")] == [
        "嘉鱼县第一中学", "嘉鱼县第一中学", "嘉鱼县第一中学", "嘉鱼县鱼岳镇第三小学",
    ]  # fmt: skip
    assert county.match("实验小学").unit == ""


@settings(deadline=None)
@given(st.lists(NAMES, min_size=1, max_size=6, unique=True), st.randoms(use_true_random=False))
def test_every_form_means_a_unit_that_has_it_and_the_order_of_the_roster_has_no_part(
    names: list[str], chance: object
) -> None:
    roster, turned = Roster(tuple(map(Unit, names))), Roster(tuple(map(Unit, reversed(names))))
    for name in names:
        assert roster.match(name).unit == name
        for form in short_forms(name):
            match = roster.match(form)
            owners = {each for each in names if key(each) == form or form in short_forms(each)}
            assert {match.unit} == owners or (not match.unit and set(match.candidates) <= owners) or form in names
            assert turned.match(form).unit == match.unit


@settings(deadline=None)
@given(NAMES)
def test_no_form_is_the_name_itself_and_every_form_is_no_longer(name: str) -> None:
    forms = short_forms(name)
    assert name not in forms
    assert all(len(form) <= len(name) for form in forms if not any(c.isdigit() for c in form))
    assert all(forms.values())
