from datetime import date
from fractions import Fraction

import pytest

from tests.builders import SCHEMES, dayuan
from zyw import grammar
from zyw.problems import Severity
from zyw.rules import Dated, Fixed, Term
from zyw.scheme import Scheme, load_scheme

HEAD = """
方案: {编号: 甲, 名称: 甲方案, 发文机关: 甲局, 发文日期: 2012-01-01, 考核期: 自然年, 基础分: 100}
职务层级: {领导: [校长], 教师: ["*师"], 其他: 教师}
处理方式: [{名称: 记过, 依据: 一, 类型: 政纪}, {名称: 免职, 依据: 一, 类型: 组织处理}]
"""
RULE = "规则: [{编号: 一, 依据: 一, 数据: 追责台账, 计数: 案件, 每次: -2}]\n"


def faults(text: str) -> list[tuple[str, int | None]]:
    return [(found.code, found.place.line if found.place else None) for found in load_scheme(text, "方案.yaml")[1]]


def rules(text: str) -> list[tuple[str, int | None]]:
    return faults(HEAD + "规则:\n" + text)


def loaded(text: str) -> Scheme:
    found, problems = load_scheme(text, "方案.yaml")
    assert found is not None, problems
    return found


def test_a_small_scheme_loads() -> None:
    found = loaded(HEAD + RULE)
    assert found.base == 100_000_000
    assert found.levels.order == ("领导", "教师")
    assert [measure.order for measure in found.measures] == [0, 1]
    assert found.rules[0].value == Dated((None,), (Fixed(Fraction(-2)),))


def test_the_built_in_scheme_is_without_any_fault_or_warning() -> None:
    text = (SCHEMES / "dayuan-2011.yaml").read_text(encoding="utf-8")
    assert load_scheme(text, "dayuan-2011.yaml")[1] == ()


def test_every_rule_and_measure_of_the_built_in_scheme_has_its_clause() -> None:
    found = dayuan()
    clauses = [rule.clause for rule in found.rules] + [measure.clause for measure in found.measures]
    clauses += [category.clause for category in found.categories] + [channel.clause for channel in found.channels]
    assert all(clauses)
    assert len(found.categories) == 5
    assert len(found.situations) == 9
    assert found.situations[-1].needs_reason
    assert [channel.name for channel in found.channels if channel.stands] == ["上级通报", "督查暗访"]
    assert len(found.phases) == 5


def test_what_the_document_leaves_open_is_noted_once_each() -> None:
    notes = dayuan().notes
    assert len(set(notes)) == len(notes)
    said = "".join(note.text for note in notes)
    for word in (
        "基础分",
        "自然年",
        "每被追责一次都扣 5 分",
        "一案有几种处理方式",
        "不再按干部教师另扣",
        "岗位调整",
        "书面告诫",
        "停职检查",
        "申诉",
        "先后两名主要领导",
    ):
        assert word in said, word
    assert all(note.text.startswith("方案未定: ") for note in notes)


def test_a_rule_says_itself_in_one_line() -> None:
    assert (
        dayuan().rules[1].summary()
        == "追责台账中职务层级为主要领导的，每案计一次；每次 -5 分；单位取消评先资格（当年）"
    )
    assert "同一人12个月内累计 2 次" in dayuan().rules[2].summary()


def test_an_unknown_key_is_refused_with_the_nearest() -> None:
    _, problems = load_scheme(HEAD.replace("基础分", "基础份") + RULE, "方案.yaml")
    assert [found.code for found in problems] == ["P005", "P006"]
    assert "基础分" in problems[0].hint
    assert str(problems[0].place).startswith("方案.yaml:2:")


@pytest.mark.parametrize(
    "text",
    [
        RULE.replace("依据: 一, ", ""),
        "处理方式: [{名称: 记过, 类型: 政纪}]\n" + RULE,
    ],
)
def test_a_rule_or_measure_without_a_clause_is_refused(text: str) -> None:
    head = HEAD if "处理方式" not in text else HEAD[: HEAD.index("处理方式")]
    assert "P009" in [code for code, _ in faults(head + text)]


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("考核期: 自然年", "考核期: 年度", "P008"),
        ("发文日期: 2012-01-01", "发文日期: 2012-02-30", "P007"),
        ("基础分: 100", "基础分: 一百", "P007"),
        ("基础分: 100", "基础分: 0.1234567", "P007"),
        ("基础分: 100", "基础分: NaN", "P007"),
        ("编号: 甲", "编号: [甲]", "P007"),
        ("其他: 教师", "其他: 老师", "P011"),
        ("校长]", "校长, 校长]", "P010"),
        ("名称: 免职", "名称: 记过", "P010"),
        ("发文日期: 2012-01-01", "发文日期: 未载明", "P022"),
    ],
)
def test_a_wrong_value_is_refused_at_its_place(old: str, new: str, code: str) -> None:
    assert old in HEAD
    found = faults(HEAD.replace(old, new) + RULE)
    assert [each for each, _ in found] == [code]
    assert found[0][1] is not None


def test_a_document_without_a_date_needs_a_day_of_the_users_own() -> None:
    found = loaded(HEAD.replace("发文日期: 2012-01-01", "发文日期: 未载明, 自: 2012-03-01") + RULE)
    assert found.issued is None
    assert found.starts == date(2012, 3, 1)


def test_all_faults_are_told_at_once() -> None:
    text = "  - {编号: 一, 依据: 一, 数据: 追责台账, 计数: 案件, 每次: 两分}\n  - {编号: 二, 数据: 问题, 计数: 案件, 每次: -2}\n"
    assert [code for code, _ in rules(text)] == ["P007", "P008", "P009"]


TWO = """\
  - {编号: 一, 依据: 一, 数据: 追责台账, 条件: %s, 计数: 案件, 每次: -2}
  - {编号: 二, 依据: 一, 数据: 追责台账, 条件: %s, 计数: 案件, 每次: -5%s}
"""


@pytest.mark.parametrize(
    ("one", "two", "overlap"),
    [
        ("{职务层级: 领导}", "{职务层级: 教师}", False),
        ("{职务层级: {不是: 领导}}", "{职务层级: 领导}", False),
        ("{职务层级: 领导}", "{职务层级: [领导, 教师]}", True),
        ("{职务层级: 领导}", "{处理方式: 记过}", True),
        ("{类别: 甲}", "{类别: 乙}", False),
        ("{类别: {不是: 甲}}", "{类别: {不是: 乙}}", True),
        ("{职务层级: {不是: 领导}}", "{职务层级: {不是: 教师}}", False),
        ("{职务层级: 领导, 类别: 甲}", "{职务层级: 领导, 类别: 乙}", False),
    ],
)
def test_two_rules_that_move_points_for_one_case_are_an_error(one: str, two: str, overlap: bool) -> None:
    assert [code for code, _ in rules(TWO % (one, two, ""))] == (["P013"] if overlap else [])


def test_the_overlap_is_shown_with_a_case_that_both_rules_count() -> None:
    text = HEAD + "规则:\n" + TWO % ("{职务层级: 领导}", "{处理方式: 免职}", "")
    _, problems = load_scheme(text, "方案.yaml")
    assert "职务层级=领导、处理方式=免职" in problems[0].message


@pytest.mark.parametrize("relation", ["叠加", "取高", "择一"])
def test_a_declared_relation_settles_the_overlap(relation: str) -> None:
    assert rules(TWO % ("{职务层级: 领导}", "{处理方式: 记过}", f", 关系: {{一: {relation}}}")) == []


def test_a_relation_to_an_unknown_rule_is_refused() -> None:
    assert [code for code, _ in rules(TWO % ("{职务层级: 领导}", "{职务层级: 教师}", ", 关系: {三: 叠加}"))] == ["P011"]


def one_rule(**more: str) -> list[str]:
    keys = {"编号": "一", "依据": "一", "数据": "追责台账", "计数": "案件", "每次": "-2", **more}
    written = ", ".join(f"{key}: {value}" for key, value in keys.items() if value)
    return [code for code, _ in rules(f"  - {{{written}}}\n")]


@pytest.mark.parametrize(
    ("more", "codes"),
    [
        ({"累计": "{对象: 个人, 至少: 2}", "后果": "{对象: 个人, 内容: 甲}"}, ["P014"]),
        ({"累计": "{对象: 个人, 至少: 2, 期限: 12个月}"}, []),
        ({"累计": "{对象: 个人, 至少: 0, 期限: 12个月}"}, ["P007"]),
        ({"累计": "{对象: 信访人, 至少: 2, 期限: 12个月}"}, ["P008"]),
        ({"每次": ""}, ["P012"]),
        ({"每次": "", "后果": "{对象: 个人, 内容: 甲, 期限: 半年}"}, ["P007"]),
        ({"条件": "{职务层级: 领导们}"}, ["P011"]),
        ({"条件": "{职务级别: 领导}"}, ["P005"]),
        ({"条件": "{职务层级: {不在: 领导}}"}, ["P007"]),
        ({"编号": "升学率下降"}, ["P015"]),
        ({"说明": "期末考试排名靠后的扣分"}, ["P015"]),
        ({"说明": "每年问责不少于两人"}, ["P016"]),
        ({"说明": "每校每年至少问责2人"}, ["P016"]),
        ({"说明": "每季度查处三起"}, ["P016"]),
        ({"说明": "被问责一次扣2分，问责两次以上的另行处理"}, []),
        ({"编号": "信访人重复上访"}, ["P017"]),
        ({"编号": "举报加分", "每次": "1"}, ["P018"]),
        ({"编号": "举报不实", "每次": "-1"}, []),
        ({"说明": "群众满意率达到100%"}, ["P019"]),
        ({"按列取值": "扣分"}, ["P007"]),
        ({"每次": "{自 2012-01-01: -2, 自 2011-01-01: -3}"}, ["P021"]),
        ({"每次": "{自 2012年: -2}"}, ["P021"]),
        ({"每次": "{自 2012-01-01: -2, 自 2013-01-01: 废止}"}, []),
    ],
)
def test_what_a_rule_may_not_say(more: dict[str, str], codes: list[str]) -> None:
    assert one_rule(**more) == codes


def test_warnings_do_not_keep_a_scheme_from_loading() -> None:
    found, problems = load_scheme(HEAD + RULE.replace("编号: 一", "编号: 举报加分").replace("-2", "1"), "x")
    assert found is not None
    assert [each.severity for each in problems] == [Severity.WARNING]


@pytest.mark.parametrize(
    ("name", "warned"),
    [
        ("《中华人民共和国行政监察法》", True),
        ("中国共产党党内监督条例（试行）", True),
        ("中国共产党党内监督条例", False),
        ("信访工作条例", False),
    ],
)
def test_a_norm_known_to_be_repealed_is_told_until_the_scheme_says_that_it_knows(name: str, warned: bool) -> None:
    text = HEAD + RULE + f"引用文件: [{{名称: {name}, 依据: 一}}]\n"
    assert [code for code, _ in faults(text)] == (["P020"] if warned else [])
    assert faults(text.replace("依据: 一}]\n", "依据: 一, 现状: 已废止}]\n")) == []


def test_the_value_in_force_on_the_day_applies() -> None:
    values = Dated((date(2012, 1, 1), date(2013, 1, 1), date(2014, 1, 1)), (-2, -3, None))
    days = [date(2011, 12, 31), date(2012, 1, 1), date(2012, 12, 31), date(2013, 1, 1), date(2014, 1, 1)]
    assert [values.on(day) for day in days] == [None, -2, -2, -3, None]


def test_a_term_ends_the_day_before_and_a_window_on_the_day() -> None:
    assert Term(12).effect(date(2012, 4, 2)) == (date(2012, 4, 2), date(2013, 4, 1))
    assert Term(12).window_end(date(2012, 4, 2)) == date(2013, 4, 2)
    assert Term().effect(date(2012, 4, 2)) == (date(2012, 1, 1), date(2012, 12, 31))
    assert Term().window_end(date(2012, 4, 2)) == date(2012, 12, 31)


def test_every_part_declares_each_key_once_with_a_meaning() -> None:
    for part in grammar.PARTS:
        names = [key.name for key in part.keys]
        assert len(names) == len(set(names)), part.name
        assert all(key.meaning and key.kind.label for key in part.keys), part.name


def test_notes_stand_beside_what_they_are_about() -> None:
    text = (
        HEAD.replace("类型: 政纪", "类型: 政纪, 方案未定: 期限未写") + RULE + "方案未定: [甲, {依据: 二, 说明: 乙}]\n"
    )
    assert [(note.clause, note.text) for note in loaded(text).notes] == [
        ("", "方案未定: 甲"),
        ("二", "方案未定: 乙"),
        ("一", "方案未定: 期限未写"),
    ]


SKETCH = """
方案: {编号: dayuan-2011, 名称: …, 发文机关: …, 发文日期: 2011-12-24, 考核期: 自然年, 基础分: 100}
职务层级:
  主要领导: [校长, 园长, 书记, 党支部书记, 党总支书记, 党委书记, 分局长, 局长]
  班子成员: ["副*", 纪检委员, 工会主席]
  干部: ["*主任", "*科长", "*股长"]
  教师: [班主任, "*教师", "*老师"]
  其他: 教师
处理方式:
  - {名称: 通报批评, 依据: 五(三)4办法2, 后果: [{对象: 个人, 内容: 不得评优评先, 期限: 当年}]}
规则:
  - 编号: 干部教师追责
    依据: 五(三)4办法2
    数据: 追责台账
    条件: {职务层级: {不是: 主要领导}}
    计数: 案件
    每次: -2
    方案未定: 一案只计一次
排名: {分组: 学段, 并列: 并列占位, 同分先后: []}
"""


def test_the_smallest_form_needs_no_type_of_measure_and_may_name_no_tie_break() -> None:
    found = loaded(SKETCH)
    assert [measure.track for measure in found.measures] == [""]
    assert faults(SKETCH.replace("同分先后: []", "同分先后: [在职人数]")) == [("P007", 19)]


def test_areas_activities_and_elements_are_read_with_their_clauses() -> None:
    found = loaded(
        HEAD
        + RULE
        + """
工作方面: [{名称: 项目建设, 依据: 四1, 牵头领导: [副局长], 责任股室: [基建股, 计财股]}]
活动: [{名称: 谈心谈话, 依据: 三, 别名: [谈话]}]
台账要素: [{名称: 评估标准, 依据: 三, 列: 标准}]
材料: [{名称: 总结, 依据: 三, 应报日: 2012-05-30, 说明: 校长审签}]
"""
    )
    (area,), (activity,), (element,), (paper,) = found.areas, found.activities, found.elements, found.documents
    assert (area.name, area.leaders, area.offices) == ("项目建设", ("副局长",), ("基建股", "计财股"))
    assert (activity.name, activity.aliases) == ("谈心谈话", ("谈话",))
    assert (element.fields, paper.text) == (("标准",), "校长审签")


def test_an_element_names_columns_of_the_issue_ledger() -> None:
    assert ("P011", 7) in faults(HEAD + RULE + "台账要素:\n  - {名称: 标准, 依据: 三, 列: 标淮}\n")


def test_a_scheme_says_what_papers_call_its_work() -> None:
    assert loaded(HEAD + RULE).work == "治庸问责工作"
    assert loaded(HEAD.replace("发文机关", "工作: 专项整治工作, 发文机关") + RULE).work == "专项整治工作"
