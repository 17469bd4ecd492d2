import pytest

from zyw.columns import TABLES, header_key, is_secret, lexicon


@pytest.mark.parametrize(
    "label", ["学校名称", "學校名稱", "学校\n名称", "学 校 名 称（必填）", "学校名称：", "*学校名称", "学校名称(全称)"]
)
def test_a_header_is_the_same_however_it_is_dressed(label: str) -> None:
    assert header_key(label) == "学校名称"


@pytest.mark.parametrize(
    "label",
    ["举报人", "反映人身份证号", "投诉人电话", "信访人", "求助人员", "求助号码", "来电号码", "联系电话", "诉求详细地址", "家庭住址", "来自IP", "昵称",
     "来源详情", "用户标识", "您的姓名", "手机号", "舉報人", "IP", "用户IP", "提交IP地址", "IP属地"],
)  # fmt: skip
def test_what_names_a_complainant_is_secret_in_every_table(label: str) -> None:
    assert all(is_secret(label, table.name) for table in TABLES)


def test_the_accused_is_not_the_complainant() -> None:
    assert not any(
        is_secret(label, "问题台账") for label in ("被反映人", "被举报人姓名", "当事人姓名", "责任人姓名", "举报方式")
    )
    assert is_secret("姓名", "问题台账")
    assert not is_secret("姓名", "追责台账")


def test_no_name_of_a_column_stands_for_two_fields() -> None:
    for table in TABLES:
        claimed: dict[str, str] = {}
        for field in table.fields:
            for name in (field.name, *field.names):
                assert claimed.setdefault(header_key(name), field.name) == field.name, (table.name, name)


def test_every_required_column_exists() -> None:
    for table in TABLES:
        names = {f.name for f in table.fields}
        assert {name for group in table.required for name in group} <= names
        assert set(table.marks) <= names
        assert lexicon(table).strong
