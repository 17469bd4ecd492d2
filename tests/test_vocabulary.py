"""类别 of the ledgers against the scheme's: told once a word, counted all the same."""

import pytest

from tests.builders import Office, dayuan, year
from zyw.naming.units import Unit
from zyw.scoring import score


@pytest.mark.parametrize(
    ("written", "told"),
    [("作风问题", ["C017"]), ("工作作风不实", []), ("工作 作风不实", []), ("乱收费", []), ("", [])],
)
def test_a_class_that_the_scheme_does_not_have_is_a_warning(written: str, told: list[str]) -> None:
    office = Office([Unit("甲小学", "小学")]).issues(*[{"单位": "甲小学", "问题": "迟到", "类别": written}] * 3)
    _, problems = score(office.ledger(), dayuan(), year())
    assert [each.code for each in problems] == told
    assert all("3 行" in each.message for each in problems)
