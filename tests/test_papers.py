"""The filled papers, read back: every number in the prose equals the tables and the facts."""

import re
from dataclasses import replace
from typing import Any

import pytest

from tests.paper_office import (
    CLAUSE,
    MAY,
    YEAR,
    empty_facts,
    ledger,
    scheme,
    scores,
    small_facts,
    small_standings,
    template,
)
from tests.word_files import opened, part, tables, texts
from zyw.facts import Facts, compute
from zyw.office import Office, chinese_day, period_name
from zyw.papers.bulletin import COUNTY_NAMES, chinese_number, county, percent
from zyw.papers.filling import check_template, monthly, units
from zyw.papers.slips import UNIT_NAMES, Notices
from zyw.points import to_text
from zyw.privacy import Level
from zyw.problems import ZywError
from zyw.records import Line
from zyw.rules import Note
from zyw.scores import Effect
from zyw.templating.names import Names

FACTS = small_facts()
PLACEHOLDER = re.compile(r"\{\{|\{%|None|nan|NaT|Undefined")


def bulletin(facts: Facts = FACTS, **options: Any) -> bytes:
    content, problems = monthly(facts, template("督查通报"), **options)
    assert problems == ()
    return content


def notice(unit: str, facts: Facts = FACTS, **options: Any) -> bytes:
    return dict(units(facts, template("得分告知单"), [unit], **options))[unit]


def prose(content: bytes) -> str:
    return "\n".join(texts(content))


def numbers(pattern: str, content: bytes) -> tuple[int, ...]:
    found = re.search(pattern, prose(content))
    assert found, pattern
    return tuple(int(group) for group in found.groups())


def table_of(content: bytes, *header: str) -> list[list[str]]:
    """Return the rows of the first table with this header."""
    return next(table[1:] for table in tables(content) if tuple(table[0]) == header)


COUNTS = ("分类", "名称", "本期（件）", "累计（件）")
FORMS = ("处理方式", "依据", "本期（次）", "累计（次）")
RULES = ("规则", "依据", "本期（次）", "累计（次）", "本期加扣分", "累计加扣分")


def test_found_done_and_overdue_in_the_prose_are_the_facts() -> None:
    content, issues = bulletin(), FACTS.issues
    assert numbers(r"本期新发现问题(\d+)件，累计发现(\d+)件", content) == (issues.found.month, issues.found.total)
    assert numbers(r"台账在列(\d+)件", content) == (issues.recorded,)
    assert numbers(r"考核期以前发现(\d+)件，未注明发现日期(\d+)件", content) == (issues.carried, issues.undated)
    stated = numbers(r"整改完成(\d+)件（其中已销号(\d+)件），正在整改(\d+)件，逾期未完成(\d+)件", content)
    assert stated == (issues.done, issues.closed, issues.working, len(issues.overdue))
    assert stated[0] + stated[2] + stated[3] == issues.recorded


def test_the_classes_in_the_prose_are_those_of_the_table_and_both_add_up() -> None:
    content = bulletin()
    rows = table_of(content, *COUNTS)
    assert rows[-1] == ["合计", "发现问题", str(FACTS.issues.found.month), str(FACTS.issues.found.total)]
    for kind in ("按类别", "按来源", "按学段"):
        of_kind = [row for row in rows if row[0] == kind]
        assert sum(int(row[2]) for row in of_kind) == FACTS.issues.found.month
        assert sum(int(row[3]) for row in of_kind) == FACTS.issues.found.total
        sentence = re.search(rf"{kind}分，(.*?)。", prose(content))
        assert sentence
        said = dict(re.findall(r"([^、，]+?)(\d+)件", sentence[1]))
        assert said == {row[1]: row[2] for row in of_kind if row[2] != "0"}


def test_measures_in_the_prose_are_the_sum_of_their_table() -> None:
    content, measures = bulletin(), FACTS.measures
    stated = numbers(r"追责处理(\d+)次，涉及(\d+)案、(\d+)人；累计(\d+)次，涉及(\d+)案、(\d+)人", content)
    assert stated == (
        measures.taken.month, measures.cases.month, measures.persons.month,
        measures.taken.total, measures.cases.total, measures.persons.total,
    )  # fmt: skip
    *rows, total = table_of(content, *FORMS)
    assert [total[2], total[3]] == [str(sum(int(row[place]) for row in rows)) for place in (2, 3)]
    assert (int(total[2]), int(total[3])) == (stated[0], stated[3])
    by_level = re.search(r"本期按职务层级分，(.*?)。", prose(content))
    assert by_level
    assert sum(int(count) for count in re.findall(r"(\d+)次", by_level[1])) == stated[0]


def test_points_in_the_prose_are_the_sum_of_their_table() -> None:
    content = bulletin()
    units_month, points_month, units_total, points_total = numbers(
        r"本期(\d+)个单位共扣(\d+)分；累计(\d+)个单位共扣(\d+)分", content
    )
    rows = table_of(content, *RULES)
    assert [sum(int(row[place]) for row in rows) for place in (4, 5)] == [-points_month, -points_total]
    assert (units_month, units_total) == (FACTS.losers.month, FACTS.losers.total)
    assert to_text(FACTS.lost.total) == str(points_total)


def test_every_ranked_table_is_a_group_and_its_sentence_agrees() -> None:
    content = bulletin()
    ranked = [table for table in tables(content) if table[0][0] == "名次"]
    assert len(ranked) == len(FACTS.groups)
    for group, (_, *rows) in zip(FACTS.groups, ranked, strict=True):
        assert [(row[1], row[2]) for row in rows] == [(line.unit, to_text(line.score)) for line in group.lines]
        sentence = re.search(rf"{group.name}组。共(\d+)个单位(.*)", prose(content))
        assert sentence
        assert int(sentence[1]) == len(rows)
        in_places = [row for row in rows if row[0] != "—"]
        if not in_places:
            assert "没有单位参加排名" in sentence[2]
        else:
            assert f"参加排名{len(in_places)}个" in sentence[2]
            for extreme in (min, max):
                assert f"{extreme(int(row[2]) for row in in_places)}分" in sentence[2]


def test_overdue_units_and_papers_are_named_with_their_counts() -> None:
    content = bulletin()
    assert "2个单位有2件问题逾期未完成：一小1件、大垸中学1件。清单见附件2。" in prose(content)
    assert "迟报1份：一小《整改报告》（迟3天）。到期未报1份：中心小学《整改报告》。清单见附件3。" in prose(content)
    late = table_of(content, "序号", "单位", "编号", "类别", "期限", "逾期（天）")
    assert [(row[1], row[5]) for row in late] == [(each.unit, str(each.days)) for each in FACTS.issues.overdue]


def test_proposals_are_only_proposed_and_say_by_which_clause() -> None:
    content = bulletin()
    rows = table_of(content, "序号", "单位", "对象", "建议", "影响期", "依据")
    assert [row[2] for row in rows] == ["单位", "张某甲", "张某乙"]
    assert all(row[3].startswith("建议") and row[5] == "五(三)4办法2" for row in rows)
    assert rows[0][4] == "2012-01-01至2012-12-31"
    assert f"附件1所列{len(rows)}条均为依据《方案》提出的建议" in prose(content)
    assert "决定" not in "".join(row[3] for row in rows)


def test_the_county_s_paper_names_nobody_in_full_and_in_public_nobody_at_all() -> None:
    for level in (Level.NOTICE, Level.PUBLIC):
        document = part(bulletin(level=level), "word/document.xml")
        assert not any(name in document for name in ("张三", "张四", "李五", "欧阳修文"))
    assert "张某" not in part(bulletin(level=Level.PUBLIC), "word/document.xml")
    assert "张三" in part(bulletin(level=Level.INTERNAL), "word/document.xml")


def test_open_readings_and_missing_files_are_told() -> None:
    content = bulletin(small_facts(missing=["坏.xlsx", "缺.xlsx"]))
    assert "缺：下列文件未能读取，本通报各项数字不含其内容：坏.xlsx、缺.xlsx。" in prose(content)
    assert "1.文件没有写年度综合考核的基础分" in prose(content)
    assert "缺：" not in prose(bulletin())


def test_an_empty_month_still_reads_as_prose() -> None:
    content = bulletin(empty_facts())
    text = prose(content)
    assert "问题台账没有在列问题。" in text
    assert "考核期内没有作出追责处理。" in text
    assert "考核期内没有单位被扣分。" in text
    assert "没有发现整改逾期、材料迟报漏报、反映未核实的情形。" in text
    assert "附件" not in text
    assert not re.search(r"[，：、]。|，，|。。|（）|0件、", text)


def test_submissions_that_could_not_be_used_are_counted_in_the_prose() -> None:
    assert "材料报送有2行" in prose(bulletin(replace(FACTS, submissions_left_out=2)))
    assert "没有计入以上数字" not in prose(bulletin(empty_facts()))


def test_of_a_ledger_that_was_not_given_nothing_is_said_but_that() -> None:
    text = prose(bulletin(empty_facts(given=())))
    assert "没有收到问题台账、追责台账、材料报送，有关情况不在本通报内。" in text
    assert "没有收到问题台账，问题的发现和整改情况不在本通报内。" in text
    assert "没有收到追责台账，得分里没有追责的扣分。" in text
    for claim in ("没有在列问题", "没有作出追责处理", "没有单位被扣分", "没有发现"):
        assert claim not in text


@pytest.mark.parametrize(
    ("given", "looked_for"),
    [(["问题台账"], "整改逾期"), (["材料报送"], "材料迟报漏报"), (["追责台账"], "反映未核实")],
)
def test_only_what_was_looked_for_was_not_found(given: list[str], looked_for: str) -> None:
    assert f"没有发现{looked_for}的情形。" in prose(bulletin(empty_facts(given=given)))


def test_the_tables_of_the_prose_are_numbered_from_one_without_a_gap() -> None:
    assert re.findall(r"^表(\d)　", prose(bulletin()), re.MULTILINE) == ["1", "2", "3"]
    sanctions_only = replace(FACTS, issues=empty_facts().issues, given=frozenset(["追责台账"]))
    text = prose(bulletin(sanctions_only))
    assert re.findall(r"^表(\d)　(..)", text, re.MULTILINE) == [("1", "追责"), ("2", "加扣")]
    assert "由轻到重见表1。" in text
    assert "各规则的扣分见表2。" in text


@pytest.mark.parametrize("facts", [FACTS, empty_facts(), empty_facts(given=()), small_facts(YEAR), empty_facts(YEAR)])
def test_no_tag_and_no_python_word_is_left(facts: Facts) -> None:
    for content in (bulletin(facts), *(made for _, made in units(facts, template("得分告知单")))):
        document = part(content, "word/document.xml")
        assert not PLACEHOLDER.search(re.sub(r"<[^>]*>", "", document))
        assert not re.search(r"[，：、]。|，，|。。|（）", prose(content))


def test_a_whole_year_does_not_say_everything_twice() -> None:
    text = prose(bulletin(small_facts(YEAR)))
    assert "累计发现" not in text
    assert "“本期”指" not in text
    assert "关于2012年治庸问责工作" in text


def test_a_notice_s_rows_add_up_to_its_score() -> None:
    content = notice("大垸中学")
    [summary] = table_of(content, "组别", "基础分", "加扣分", "得分", "名次")
    assert summary == ["初中", "100", "-7", "93", "第1名，共1个单位"]
    rows = table_of(content, "序号", "日期", "当事人", "规则", "依据", "分值", "出处")
    assert int(summary[1]) + sum(int(row[5]) for row in rows) == int(summary[3])
    assert "共2笔加扣分，合计-7分。" in prose(content)
    assert rows[1][2:] == ["张三", "主要领导追责", "五(三)4办法2", "-5", "追责台账.xlsx ▸ 追责台账!E3、F3"]


def test_a_notice_tells_what_did_not_count_and_how_to_object() -> None:
    content = notice("一小")
    rows = table_of(content, "序号", "当事人", "规则", "没有计入的原因", "出处")
    assert [row[3] for row in rows] == ["已撤销 2012-05-01"]
    assert "请于2012年6月15日前向大垸教育分局治庸问责工作领导小组办公室书面提出" in prose(content)
    assert "没有加扣分，得分为基础分100分。" in prose(content)
    assert "没有后果建议。" in prose(content)
    assert "第1名（并列），共2个单位" in str(tables(content))


def test_a_notice_carries_only_the_readings_that_its_rows_rest_on() -> None:
    readings = (Note("", "通例"), Note(CLAUSE, "主要领导每次都扣", "主要领导追责"), Note(CLAUSE, "只关免职", "免职"))
    notices = Notices(replace(FACTS, notes=readings), Level.INTERNAL, Office())
    without_rows = next(line.unit for line in FACTS.lines if line.score == line.base)
    told = {unit: [each["内容"] for each in notices.context(unit)["说明"]] for unit in ("大垸中学", without_rows)}
    assert told["大垸中学"] == ["通例", "主要领导每次都扣"]
    assert "主要领导每次都扣" not in told[without_rows]


def test_a_notice_holds_nobody_else_s_rows() -> None:
    for unit, others in (("一小", ("大垸中学", "中心小学", "张三", "欧阳修文")), ("大垸中学", ("一小", "李五"))):
        document = part(notice(unit), "word/document.xml")
        assert not any(other in document for other in others)


def test_an_unranked_unit_is_told_why() -> None:
    assert "不排名：没有测评数据" in str(tables(notice("幼儿园")))


def test_the_office_s_own_fields_replace_the_defaults() -> None:
    office = Office(
        "监利县教育局", number="监教发〔2012〕15号", copy="县纪委、县监察局", contact="李科长，0716-3321234"
    )
    content = bulletin(office=office)
    text = part(content, "word/document.xml")
    for said in ("监利县教育局文件", "监教发〔2012〕15号", "抄送：县纪委、县监察局。", "监利县教育局办公室"):
        assert said in text
    assert "0716-3321234" in prose(notice("一小", office=office))
    assert "〔2012〕　　号" in prose(bulletin())


def test_equal_facts_give_equal_papers() -> None:
    assert bulletin() == bulletin(small_facts())
    assert notice("一小") == notice("一小", small_facts())


def test_layout_is_that_of_an_official_document() -> None:
    document = opened(bulletin())
    section = document.sections[0]
    millimetres = [
        round(side / 36000)
        for side in (section.top_margin, section.left_margin, section.bottom_margin, section.right_margin)
    ]
    assert millimetres == [37, 28, 35, 26]
    assert (round(section.page_width / 36000), round(section.page_height / 36000)) == (210, 297)
    body = document.styles["正文一"]
    assert body.font.size.pt == 16
    assert float(body.paragraph_format.line_spacing.pt) * 22 <= 225 / 25.4 * 72
    assert (body.font.size.pt - 0.25) * 28 <= 156 / 25.4 * 72
    for table in document.tables:
        widths = [
            int(column.get(next(key for key in column.attrib if key.endswith("}w")))) for column in table._tbl.tblGrid
        ]
        assert abs(sum(widths) - 156 * 56.6929) < 8
        assert all(len(row._tr.tc_lst) == len(widths) for row in table.rows)
        assert "w:tblHeader" in table.rows[0]._tr.xml


def shape(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: shape(each) for name, each in value.items()}
    return [shape(value[0])] if isinstance(value, list) and value else "值" if not isinstance(value, list) else []


def misfits(names: Names, filled: Any, path: str = "") -> list[str]:
    """Return where the declared names and a filled context differ; an empty list fits any table."""
    if isinstance(names, dict):
        keys = set(names) ^ set(filled)
        found = [f"{path}.{key}" for key in keys]
        return found + [
            each for key in names if key in filled for each in misfits(names[key], filled[key], f"{path}.{key}")
        ]
    if isinstance(names, list):
        return [] if not filled else misfits(names[0], filled[0], f"{path}[]")
    return [] if isinstance(filled, str) else [path]


def test_the_names_offered_are_exactly_those_filled() -> None:
    assert misfits(COUNTY_NAMES, shape(county(FACTS, Level.NOTICE, Office()))) == []
    context = Notices(FACTS, Level.INTERNAL, Office())
    assert misfits(UNIT_NAMES, shape(context.context("大垸中学"))) == []
    assert misfits(UNIT_NAMES, shape(context.context("一小"))) == []


def test_a_unit_without_a_score_is_no_unit() -> None:
    with pytest.raises(KeyError):
        notice("没有这所学校")


def test_a_bad_template_stops_before_the_first_notice() -> None:
    with pytest.raises(ZywError) as caught:
        units(FACTS, b"no docx")
    assert caught.value.exit_code == 2
    assert [problem.code for problem in check_template(b"no docx", UNIT_NAMES)] == ["R001"]


HOSTILE = 'A&B<C>"D"{{ 7*7 }}中学'


def test_a_hostile_name_stands_in_every_paper_as_it_is() -> None:
    people = [Effect(HOSTILE, "张三", "不得晋职晋级", MAY.as_of, None, "三", ())]
    of = [(HOSTILE, "初中")]
    facts = compute(ledger({}, of), scheme(), scores(MAY, of, effects=people), small_standings()[:0], {})
    assert HOSTILE in str(tables(bulletin(facts)))
    assert f"{HOSTILE}：" in texts(notice(HOSTILE, facts))
    assert opened(notice(HOSTILE, facts)).core_properties.title == f"得分告知单 {HOSTILE}"


@pytest.mark.parametrize(
    ("span", "name"),
    [(MAY.shown, "2012年5月"), (YEAR.period, "2012年"), (MAY.period, "2012年1月1日至2012年5月31日")],
)
def test_periods_have_the_names_papers_use(span: Any, name: str) -> None:
    assert period_name(span) == name


def test_days_have_no_leading_zeros() -> None:
    assert chinese_day(MAY.period.start) == "2012年1月1日"


@pytest.mark.parametrize(
    ("number", "text"), [(1, "一"), (10, "十"), (12, "十二"), (20, "二十"), (35, "三十五"), (100, "100")]
)
def test_groups_are_numbered_in_chinese(number: int, text: str) -> None:
    assert chinese_number(number) == text


def test_a_rate_is_rounded_half_up_and_few_ballots_are_not_shown() -> None:
    from fractions import Fraction

    def line(rate: Fraction | None, ballots: int) -> Line:
        return Line("一小", 1, 1, False, 0, 0, rate=rate, ballots=ballots)

    assert percent(line(Fraction(2, 3), 60)) == "66.7%"
    assert percent(line(Fraction(8125, 10000), 60)) == "81.3%"
    assert percent(line(Fraction(1), 4)) == "少于5份"
    assert percent(line(None, 0)) == ""


@pytest.mark.parametrize("facts", [FACTS, empty_facts()])
def test_the_compiled_template_says_what_docxtpl_says(facts: Facts) -> None:
    import io

    from docxtpl import DocxTemplate
    from jinja2 import StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    slow = DocxTemplate(io.BytesIO(template("督查通报")))
    environment = ImmutableSandboxedEnvironment(autoescape=True, undefined=StrictUndefined)
    slow.render(county(facts, Level.NOTICE, Office()), environment)
    out = io.BytesIO()
    slow.save(out)
    assert texts(out.getvalue()) == texts(bulletin(facts))
    assert tables(out.getvalue()) == tables(bulletin(facts))
