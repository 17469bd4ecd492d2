"""Questions of joint liability: who is asked about, and that no point moves."""

from dataclasses import replace

import pytest

from tests.paper_office import MAY, SANCTION_FIELDS, YEAR, ledger, scheme, small_facts
from tests.test_papers import bulletin, prose
from zyw.questions import Joint, joint_liability

HEAVY = ("大垸中学", "A1", "张四", "教师", "调离岗位", "2012-04-08", "督查暗访", "", "", "较重")
LIGHT = ("一小", "A2", "李五", "教师", "通报批评", "2012-04-08", "督查暗访", "", "", "较轻")
LEADER = ("大垸中学", "A3", "王六", "副校长", "诫勉谈话", "2012-05-09", "督查暗访", "", "", "较轻")


def asked(*rows: tuple[str, ...], issues: tuple[tuple[str, ...], ...] = ()) -> tuple[str, ...]:
    tables = {
        "追责台账": (f"{SANCTION_FIELDS} 情节", rows),
        **({"问题台账": ("单位 发现日 情节", issues)} if issues else {}),
    }
    return joint_liability(ledger(tables), scheme(), MAY).units


def test_a_heavy_matter_without_a_measure_on_a_leader_is_a_question() -> None:
    assert asked(HEAVY, LIGHT) == ("大垸中学",)
    found = joint_liability(ledger({"追责台账": (f"{SANCTION_FIELDS} 情节", [HEAVY])}), scheme(), MAY)
    assert (found.clause, found.gravity) == ("五(三)4办法3", "较重")


def test_a_measure_on_a_deputy_answers_it_and_one_that_was_revoked_or_comes_later_does_not() -> None:
    assert asked(HEAVY, LEADER) == ()
    revoked = (*LEADER[:8], "2012-05-20", LEADER[9])
    assert asked(HEAVY, revoked) == ("大垸中学",)
    later = (*LEADER[:5], "2012-06-09", *LEADER[6:])
    assert asked(HEAVY, later) == ("大垸中学",)


def test_a_teacher_does_not_answer_for_the_leaders() -> None:
    assert asked(HEAVY, (*LEADER[:3], "教师", *LEADER[4:])) == ("大垸中学",)


@pytest.mark.parametrize(("day", "units"), [("2012-05-03", ("一小",)), ("2011-12-03", ()), ("2012-06-03", ())])
def test_a_heavy_issue_asks_in_the_period_it_was_found_in(day: str, units: tuple[str, ...]) -> None:
    assert asked(LIGHT, issues=(("一小", day, "较重"), ("中心小学", day, "较轻"))) == units


def test_a_scheme_that_is_silent_on_joint_liability_asks_nothing() -> None:
    silent = replace(scheme(), notes=tuple(note for note in scheme().notes if "连带" not in note.text))
    assert joint_liability(ledger({"追责台账": (f"{SANCTION_FIELDS} 情节", [HEAVY])}), silent, MAY) == Joint()


def test_the_bulletin_asks_and_says_that_no_point_moves() -> None:
    text = prose(bulletin(replace(small_facts(YEAR), joint=Joint("五(三)4办法3", "较重", ("一小", "中心小学")))))
    assert "没有对领导班子成员作出处理：一小、中心小学。" in text
    assert "（五(三)4办法3）；此项不计分。" in text
    assert "连带责任待研究" not in prose(bulletin(small_facts(YEAR)))
