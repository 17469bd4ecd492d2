"""督办通知单, 催办清单, 整改台账, 销号清单 and 整改报告: full, empty and overfull; who is named at which level."""

from dataclasses import replace

import pytest

from tests.paper_office import (
    ISSUE_FIELDS,
    ISSUES,
    MAY,
    SANCTION_FIELDS,
    SANCTIONS,
    UNITS_OF,
    empty_facts,
    ledger,
    scheme,
    small_facts,
    small_scores,
    small_standings,
)
from zyw import paperwork
from zyw.facts import Facts, compute
from zyw.issue_lines import Change, Stage, change, issue_lines, lives_of
from zyw.office import Office
from zyw.papers.filling import documents
from zyw.papers.forms import FORMS, PAPERS
from zyw.papers.sentences import BANK, FEW, SLOTS, sentences
from zyw.privacy import Level
from zyw.proof.proving import prove
from zyw.proof.reading import blocks

NEW = ("notice", "urge", "rectification", "annex")
PEOPLE = ("王守信", "赵立", "钱进步", "张三")
NAMED = [
    (*row, f"{row[0]}的王守信迟到，经张三核实", "由王守信负责", "王守信", "赵立", "教务处", "钱进步") for row in ISSUES
]
FIELDS = f"{ISSUE_FIELDS} 问题 措施 责任人 领导 责任股室 复查人"


def named_facts() -> Facts:
    tables = {"问题台账": (FIELDS, NAMED), "追责台账": (SANCTION_FIELDS, SANCTIONS)}
    made = ledger(tables)
    return compute(made, scheme(), small_scores(MAY), small_standings(), {})


def overfull_facts() -> Facts:
    """Return the facts of 200 issues in units with names of forty characters."""
    long = "某某管理区" + "教育中心学校" * 6
    units = tuple((f"{long}{n:02d}"[-40:], "小学") for n in range(20))
    rows = [
        (
            units[n % 20][0],
            f"问题-{n:03}",
            "遵章守纪不严",
            "督查暗访",
            "2012-04-03",
            f"2012-05-{n % 28 + 1:02d}",
            "",
            "",
            "",
        )
        for n in range(200)
    ]
    made = ledger({"问题台账": (ISSUE_FIELDS, rows)}, units=(*UNITS_OF, *units))
    return compute(made, scheme(), small_scores(MAY), small_standings(), {})


def text(facts: Facts, level: Level | None = None) -> str:
    desk = paperwork.stationery(None)
    made = [each for key in NEW for each in paperwork.printed(key, facts, desk, level)[0]]
    assert prove(made, facts.span.as_of) == ()
    return "\n".join(block.text for each in made for block in blocks(each.content, each.ending))


@pytest.mark.parametrize("level", [Level.NOTICE, Level.PUBLIC])
def test_no_person_is_named_outside_the_office(level: Level) -> None:
    said = text(named_facts(), level)
    assert [name for name in PEOPLE if name in said] == []


def test_inside_the_office_everybody_is_named() -> None:
    said = text(named_facts(), Level.INTERNAL)
    assert [name for name in PEOPLE if name not in said] == []


def test_a_notice_masks_the_names_in_the_ledgers_own_words_and_a_public_paper_leaves_these_out() -> None:
    assert "一小的王某某迟到，经张某核实" in text(named_facts(), Level.NOTICE)
    assert "迟到" not in text(named_facts(), Level.PUBLIC).replace("迟到早退", "")


def test_an_office_that_answers_is_no_person() -> None:
    assert "教务处" in text(named_facts(), Level.NOTICE)


@pytest.mark.parametrize("given", [("问题台账", "追责台账", "材料报送"), ()])
def test_a_paper_without_anything_to_say_says_so(given: tuple[str, ...]) -> None:
    said = text(empty_facts(given=given))
    assert "{{" not in said
    assert "None" not in said
    assert ("没有收到问题台账" in said) is ("问题台账" not in given)
    assert "没有逾期和快到期的事项" in said


def test_two_hundred_rows_and_long_names_are_all_there() -> None:
    facts = overfull_facts()
    said = text(facts)
    assert [name for name in {line.unit for line in facts.items} if name not in said] == []
    assert [number for n in range(200) if (number := f"问题-{n:03}") not in said] == []


def test_a_unit_without_anything_pressing_gets_no_notice() -> None:
    units = [each.unit for each in documents(FORMS["督办通知单"], small_facts(), Level.INTERNAL, Office())]
    assert units == ["大垸中学", "中心小学", "一小"]  # and not 幼儿园


def test_the_level_of_a_notice_is_the_gravest_of_its_matters_in_the_schemes_words() -> None:
    made = {each.unit: each.context for each in documents(FORMS["督办通知单"], small_facts(), Level.INTERNAL, Office())}
    assert made["一小"]["预警"] == {"名称": "红色预警", "颜色": "红"}  # 121 days
    assert made["大垸中学"]["预警"] == {"名称": "黄色预警", "颜色": "黄"}  # 11 days
    assert made["中心小学"]["预警"] == {"名称": "快到期", "颜色": ""}  # due on the as-of day


def test_the_bulletin_the_docket_and_the_ledger_count_the_same_issues() -> None:
    facts = small_facts()
    late = [line for line in facts.items if line.stage is Stage.LATE]
    assert len(late) == facts.issues.late == len(facts.docket.overdue)
    assert len(facts.items) == facts.issues.recorded == facts.docket.recorded


def test_stages_of_lines_add_up_and_order_is_that_of_the_roster() -> None:
    facts = small_facts()
    assert [line.number for line in facts.items] == ["1", "2", "3", "4", "6", "5", "7"]
    lines = issue_lines(facts.ledger, facts.scheme, lives_of(facts.ledger, facts.scheme, MAY))
    assert lines == facts.items


def test_a_change_is_told_only_where_the_ledger_reaches_back() -> None:
    from datetime import date

    days = [date(2012, 4, 3), date(2012, 5, 1), date(2012, 5, 31)]
    assert change(days, MAY) == Change(2, 1, None)
    assert change(days[1:], MAY) == Change(2, None, None)
    assert change([date(2011, 5, 2), *days], MAY) == Change(2, 1, 1)
    assert change([], MAY) == Change(0)


@pytest.mark.parametrize(
    ("now", "before", "said"),
    [
        (3, "", ""),
        (0, 0, "上期也没有新发现问题。"),
        (2, 2, "新发现问题与上期持平。"),
        (2, 0, "上期没有新发现问题。"),
        (5, 2, "新发现问题比上期增加3件（上期2件）。"),
        (1, 2, "新发现问题比上期减少1件（上期2件）。"),
    ],
)
def test_rise_fall_and_none_have_their_sentences(now: int, before: int | str, said: str) -> None:
    more = now - before if isinstance(before, int) else 0
    counts = {"本期": now, "前期": before, "增": max(more, 0), "减": max(-more, 0)}
    assert sentences({"变化": {"发现": counts}}, ["发现变化"]) == {"发现变化": said}


@pytest.mark.parametrize(
    ("total", "done", "said"),
    [
        (0, 0, "台账没有在列问题。"),
        (1, 1, "台账所列的1件问题已整改完成。"),
        (1, 0, "台账所列的1件问题尚未整改完成。"),
        (4, 4, "台账所列的4件问题已全部整改完成。"),
        (4, 0, "台账所列的4件问题均未整改完成。"),
        (4, 3, "台账所列的4件问题，已整改完成3件，尚有1件。"),
        (5, 3, "台账所列的5件问题，已整改完成3件，过半数，整改率60.0%。"),
        (6, 3, "台账所列的6件问题，已整改完成3件，占一半，整改率50.0%。"),
        (9, 4, "台账所列的9件问题，已整改完成4件，不到半数，整改率44.4%。"),
    ],
)
def test_the_state_of_rectification_is_told_for_none_one_few_and_many(total: int, done: int, said: str) -> None:
    rate = f"{int(done / total * 1000 + 0.5) / 10}%" if total else ""
    context = {"整改": {"总数": total, "完成": done, "未完成": total - done, "整改率": rate}}
    assert sentences(context, ["整改进度"])["整改进度"] == said


def test_no_rate_is_told_of_a_group_too_small() -> None:
    assert FEW == 5
    for total in range(1, FEW):
        context = {"整改": {"总数": total, "完成": 1, "未完成": total - 1, "整改率": "RATE"}}
        assert "RATE" not in sentences(context, ["整改进度"])["整改进度"]


def test_the_bank_blames_nobody_and_every_sentence_has_its_trigger_in_words() -> None:
    blaming = ("不力", "严重", "恶劣", "敷衍", "懒", "差", "消极", "落后", "优秀", "突出")
    for sentence in BANK:
        assert sentence.when
        assert not any(word in sentence.text for word in blaming), sentence.text
    assert set(SLOTS) >= {"发现变化", "整改进度", "整改逾期", "名次"}


def test_every_paper_is_made_at_every_level_and_proven() -> None:
    facts = replace(small_facts(), missing=("坏.xlsx",))
    desk = paperwork.stationery(None)
    for level in Level:
        made = [each for key in PAPERS for each in paperwork.printed(key, facts, desk, level)[0]]
        assert prove(made, MAY.as_of) == ()
        assert any("坏.xlsx" in block.text for block in blocks(made[0].content, made[0].ending))
