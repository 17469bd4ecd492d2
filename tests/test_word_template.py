import io
import re
import zipfile
from datetime import date
from time import monotonic
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.paper_office import template
from tests.word_files import opened, part, tables, texts, word, zipped
from zyw.papers.filling import NAMES
from zyw.problems import Problem, ZywError
from zyw.templates.wordxml import p, package, run, table
from zyw.templating.names import Names, flatten
from zyw.templating.word import WordTemplate, compile_template

DAY = date(2012, 5, 31)
NAMES_HERE: dict[str, Names] = {
    "单位": "单位名称",
    "数": "一个数",
    "方案": {"名称": "名称"},
    "排名": [{"单位": "单位", "得分": "得分", "明细": [{"分": "分"}]}],
}
DATA: dict[str, Any] = {
    "单位": "大垸中学",
    "数": 3,
    "方案": {"名称": "实施方案"},
    "排名": [{"单位": f"第{n}小学", "得分": str(n), "明细": [{"分": "1"}]} for n in (1, 2)],
}


def ready(content: bytes) -> WordTemplate:
    found, problems = compile_template(content, NAMES_HERE, "模板.docx")
    assert found is not None, problems
    return found


def filled(*paragraphs: str, data: dict[str, Any] | None = None, raw: str = "") -> bytes:
    return ready(word(*paragraphs, raw=raw)).fill({**DATA, **(data or {})}, "试文", DAY)


def refused(*paragraphs: str, raw: str = "") -> list[Problem]:
    found, problems = compile_template(word(*paragraphs, raw=raw), NAMES_HERE, "模板.docx")
    assert found is None
    return list(problems)


def test_names_conditions_and_rows_are_filled() -> None:
    rows = table([("单位", 100, "文"), ("得分", 56, "中")], ("for 行 in 排名", ["{{ 行.单位 }}", "{{ 行.得分 }}"]))
    content = filled("{{ 单位 }}依据{{ 方案.名称 }}{% if 数 > 2 %}，共{{ 数 }}件{% endif %}。", raw=rows)
    assert texts(content) == ["大垸中学依据实施方案，共3件。"]
    assert tables(content) == [[["单位", "得分"], ["第1小学", "1"], ["第2小学", "2"]]]


def test_a_tag_that_word_has_split_over_runs_is_one_tag() -> None:
    split = p(run("由{") + run("{ 单") + "<w:proofErr w:type='spellStart'/>" + run("位 }") + run("}报送"))
    assert texts(filled(raw=split)) == ["由大垸中学报送"]


def test_a_quotation_mark_that_word_made_round_is_read_as_straight() -> None:
    assert texts(filled("{% if 单位 == “大垸中学” %}是{% endif %}")) == ["是"]


def test_a_name_that_no_paper_offers_is_refused_with_the_nearest() -> None:
    [problem] = refused("第一段", "{{ 单位名 }}")
    assert problem.code == "R002"
    assert (problem.place and problem.place.file, problem.place and problem.place.line) == ("模板.docx", 2)
    assert "单位名" in problem.message
    assert "单位" in problem.hint


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("{{ 方案.名字 }}", "名字"),
        ("{% for 行 in 排名 %}{{ 行.学校 }}{% endfor %}", "学校"),
        ("{{ 方案['名字'] }}", "名字"),
        ("{{ 排名[0].学校 }}", "学校"),
        ("{% for 行 in 排名 %}{{ loop.indx }}{% endfor %}", "indx"),
        ("{% if 数量 %}有{% endif %}", "数量"),
        ("{% for 行 in 排名 if 行.分数 %}{% endfor %}", "分数"),
        ("{{ 排名|map(attribute='学校')|join('、') }}", "学校"),
        ("{{ (排名|selectattr('学校')|list)|length }}", "学校"),
        ("{{ 单位 if 单独 else 数 }}", "单独"),
        ("{{ 单位|default(无) }}", "无"),
        ("{% for 行 in 排名 %}{% for 项 in 行.明细 %}{{ 项.元 }}{% endfor %}{% endfor %}", "元"),
        ("{% for 行 in 排名 %}{% endfor %}{{ 行.单位 }}", "行"),
    ],
)
def test_unknown_names_are_found_wherever_they_stand(text: str, name: str) -> None:
    found = refused(text)
    assert [problem.code for problem in found] == ["R002"]
    assert f"“{name}”" in found[0].message


def test_every_unknown_name_is_reported_at_once() -> None:
    assert [problem.place and problem.place.line for problem in refused("{{ 甲 }}", "{{ 单位 }}", "{{ 乙 }}")] == [1, 3]


@pytest.mark.parametrize(
    "text", ["{{ 排名 }}", "{{ 方案 }}", "{% for 字 in 单位 %}{% endfor %}", "{{ 排名.单位 }}", "{{ 单位.名 }}"]
)
def test_a_table_is_no_value_and_a_value_no_table(text: str) -> None:
    assert {problem.code for problem in refused(text)} == {"R005"}


@pytest.mark.parametrize(
    "text",
    [
        "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
        "{{ lipsum.__globals__ }}",
        "{{ ''|attr('__class__') }}",
        "{{ '{0.__class__}'.format(单位) }}",
        "{{ 单位.__class__.__mro__ }}",
        "{{ 单位['__class__'] }}",
        "{% include '/etc/passwd' %}",
        "{% import 'x' as y %}",
        "{% extends 'x' %}",
        "{% set x = 1 %}",
        "{% set x %}{{ 单位 }}{% endset %}",
        "{% macro m() %}{% endmacro %}",
        "{% for x in range(1000000000) %}{% endfor %}",
        "{{ 9**9**9**9 }}",
        "{{ 单位 ~ 单位 }}",
        "{{ '%999999999d'|format(1) }}",
        "{{ 单位|center(999999999) }}",
        "{{ '<w:p/>'|safe }}",
        "{{ 排名|map('upper')|list }}",
        "{{ 排名|selectattr('单位', 'callable')|list }}",
        "{{ namespace() }}",
        "{{ self }}",
        "{% for x in 排名 recursive %}{{ loop(x) }}{% endfor %}",
        "{% filter upper %}a{% endfilter %}",
        "{{ 单位[数:] }}",
    ],
)
def test_whatever_could_run_code_is_refused_before_anything_runs(text: str) -> None:
    started = monotonic()
    found = refused("第一段", text)
    assert monotonic() - started < 20
    assert {problem.code for problem in found} <= {"R002", "R004", "R005", "R003"}
    assert all(problem.place and problem.place.file == "模板.docx" and problem.place.line == 2 for problem in found)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{% set 甲 = 1 %}", "给名称赋值（set）"),
        ("{% include 'x' %}", "插入别的文件（include）"),
        ("{% with 甲 = 1 %}{% endwith %}", "临时名称（with）"),
        ("{{ 9**9 }}", "乘方（**）"),
        ("{{ {'甲': 1} }}", "花括号里的对照表"),
        ("{{ 单位[数:] }}", "[ ] 里只能写文字或数字"),
        ("{{ 排名[0] }}", "排名[0]"),
        ("{{ [数] }}", "方括号里的几个值"),
        ("{{ 排名|map(attribute='单位')|list }}", "排名|map|list"),
    ],
)
def test_what_is_refused_is_said_as_it_was_written_or_in_words(text: str, said: str) -> None:
    messages = [found.message for found in refused(text)]
    assert any(said in message for message in messages), messages
    assert not re.search("getitem|getattr|assign|const|compare|slice|dict", "".join(messages))


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("甲{{ none }}乙", "甲乙"),
        ("{{ true }}{{ 1 > 2 }}", "是否"),
        ("{{ [true, none, 数]|join('、') }}", "是、、3"),
        ("{{ true|string }}{{ false|lower }}", "是否"),
        ("{{ 数 / 1 }}", "3"),
        ("{{ 排名|join('、', attribute='单位') }}", "第1小学、第2小学"),
    ],
)
def test_no_word_of_python_is_printed(text: str, printed: str) -> None:
    assert texts(filled(text)) == [printed]


@pytest.mark.parametrize(
    "text", ["{{ 'a' * 3000000000 }}", "{{ [单位] * 99999999 }}", "{{ 单位 * 99999999 }}", "{{ '%99999999d' % 数 }}"]
)
def test_no_text_grows_by_arithmetic(text: str) -> None:
    with pytest.raises(ZywError):
        found, problems = compile_template(word(text), NAMES_HERE, "模板.docx")
        if found is None:
            raise ZywError(problems)
        found.fill(DATA, "试文", DAY)


def test_loops_within_loops_end() -> None:
    depth, rows = 8, [{"单位": "", "得分": "", "明细": []}] * 10
    text = "{% for 行 in 排名 %}" * depth + "甲" + "{% endfor %}" * depth
    started = monotonic()
    with pytest.raises(ZywError) as caught:
        filled(text, data={"排名": rows})
    assert caught.value.problems[0].code == "R006"
    assert "循环次数过多" in caught.value.problems[0].message
    assert caught.value.exit_code == 2
    assert monotonic() - started < 20


def test_what_is_nested_beyond_reason_is_refused() -> None:
    assert [problem.code for problem in refused("{% for 行 in 排名 %}" * 30 + "{% endfor %}" * 30)] == ["R003"]
    assert [problem.code for problem in refused("{{ " + "(" * 3000 + "1" + ")" * 3000 + " }}")] == ["R003"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{% if 数 %}一", "少了 endif"),
        ("一{% endif %}", "多了一个 end"),
        ("{% 如果 数 %}一", "只能写"),
        ("{{ 单位，数 }}", "半角"),
        ("{{ 单位|大写 }}", "没有这个过滤器"),
        ("{{ 单位 数 }}", "不合语法"),
    ],
)
def test_a_mistake_in_a_tag_is_told_in_chinese(text: str, said: str) -> None:
    [problem] = refused(text)
    assert problem.code == "R003" or "过滤器" in said
    assert said in problem.message or problem.code == "R004"
    assert not any(word in problem.message for word in ("Jinja", "Traceback", "expected"))


def test_a_condition_across_the_border_of_a_table_makes_no_broken_file() -> None:
    rows = table([("单位", 156, "文")], ("", ["{% if 数 > 5 %}甲"]))
    with pytest.raises(ZywError) as caught:
        filled(raw=rows + p("{% endif %}"))
    assert caught.value.problems[0].code == "R006"


LITERAL = ['A&B<C>"D"中学', "{{ 7*7 }}", "{% if %}", "</w:t>", "{_{ 甲 }_}", "'单'", "&amp;", "a\\b", "𠮷䶮"]


@pytest.mark.parametrize("value", LITERAL)
def test_data_appear_literally_and_nothing_after_them_is_lost(value: str) -> None:
    content = filled("前{{ 单位 }}后", data={"单位": value})
    assert texts(content) == [f"前{value}后"]


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("一\n二\r\n三", "一\n二\n三"),
        ("一\t二", "一\t二"),
        ("一\x0b二\x00三\x0c四", "一␋二␀三␌四"),
        ("半\ud800个", "半\ufffd个"),
        ("尾\uffff", "尾\ufffd"),
        ("<一>\n&二", "<一>\n&二"),
    ],
)
def test_line_breaks_tabs_and_control_characters_are_kept_visible(value: str, shown: str) -> None:
    assert texts(filled("前{{ 单位 }}后", data={"单位": value})) == [f"前{shown}后"]


@settings(max_examples=60)
@given(st.text(max_size=30))
def test_any_text_gives_a_file_that_opens_with_all_of_it(value: str) -> None:
    content = READY.fill({**DATA, "单位": value}, value, DAY)
    shown = opened(content).paragraphs[0].text
    assert shown.startswith("前")
    assert shown.endswith("后")
    assert len(shown) == len(value.replace("\r\n", "\n")) + 2


def test_equal_data_give_equal_bytes_with_the_as_of_day_as_every_time() -> None:
    first, second = filled("{{ 单位 }}"), filled("{{ 单位 }}")
    assert first == second
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        assert archive.testzip() is None
        assert {info.date_time for info in archive.infolist()} == {(2012, 5, 31, 0, 0, 0)}
    core = opened(first).core_properties
    assert (core.created.date(), core.modified.date(), core.author, core.title) == (DAY, DAY, "", "试文")


def test_outputs_carry_the_mark_and_nothing_of_the_template_s_maker() -> None:
    maker = {
        "docProps/core.xml": '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/'
        'core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator>李科长</dc:creator></cp:coreProperties>',
        "docProps/app.xml": '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
        "<Company>某某公司</Company></Properties>",
    }
    content = ready(word("{{ 单位 }}", more=maker)).fill(DATA, "试文", DAY)
    assert 'name="zyw-output"' in part(content, "docProps/custom.xml")
    assert "/docProps/custom.xml" in part(content, "[Content_Types].xml")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        everything = b"".join(archive.read(name) for name in archive.namelist()).decode()
    assert "李科长" not in everything
    assert "某某公司" not in everything


def test_parts_without_tags_keep_their_compressed_bytes() -> None:
    source = word("{{ 单位 }}", more={"word/media/logo.bin": b"\x00\x01" * 5000})
    before, after = ready(source).parts, ready(ready(source).fill(DATA, "试文", DAY)).parts
    for name in ("word/styles.xml", "word/media/logo.bin", "word/footer1.xml"):
        assert before[name].data == after[name].data


def test_a_header_and_a_footer_may_hold_names_too() -> None:
    footer = package("")["word/footer1.xml"].replace("— ", "{{ 单位 }} — ")
    content = ready(word("一", more={"word/footer1.xml": footer})).fill(DATA, "试文", DAY)
    assert "大垸中学" in part(content, "word/footer1.xml")


DTD = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><w:document xmlns:w="w">&a;</w:document>'


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "不是 docx"),
        (b"PK\x03\x04 nonsense", "不是 docx"),
        (b"\xd0\xcf\x11\xe0" + bytes(600), "不是 docx"),
        (zipped({"a.txt": "a"}), "不是 docx"),
        (word("{{ 单位 }}", more={"word/vbaProject.bin": b"macro"}), "宏"),
        (word(more={"word/document.xml": DTD}), "无法解析"),
        (word(more={"word/document.xml": "<w:document>"}), "无法解析"),
        (word(more={"word/big.bin": bytes(51 * 1024 * 1024)}), "过大"),
        (word("{{ 单位 }}")[:-200], "不是 docx"),
    ],
)
def test_what_is_no_sound_docx_is_refused(content: bytes, said: str) -> None:
    found, [problem] = compile_template(content, NAMES_HERE, "模板.docx")
    assert found is None
    assert problem.code == "R001"
    assert said in problem.message


def test_a_flipped_byte_is_noticed() -> None:
    content = bytearray(word("{{ 单位 }}"))
    with zipfile.ZipFile(io.BytesIO(bytes(content))) as archive:
        info = archive.getinfo("word/document.xml")
    content[info.header_offset + 30 + len(info.filename) + 20] ^= 0xFF
    assert [problem.code for problem in compile_template(bytes(content), NAMES_HERE, "模板.docx")[1]] == ["R001"]


def test_a_template_without_a_name_is_a_warning() -> None:
    found, [problem] = compile_template(word("没有标记"), NAMES_HERE, "模板.docx")
    assert found is not None
    assert problem.code == "R007"


def test_columns_that_repeat_get_a_grid_that_fits() -> None:
    cells = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="3000" w:type="dxa"/></w:tcPr>{p(text)}</w:tc>'
        for text in ("{%tc for 行 in 排名 %}", "{{ 行.单位 }}", "{%tc endfor %}")
    )
    grid = '<w:tblGrid><w:gridCol w:w="3000"/></w:tblGrid>'
    content = filled(raw=f"<w:tbl><w:tblPr/>{grid}<w:tr>{cells}</w:tr></w:tbl>" + p("后"))
    assert tables(content) == [[["第1小学", "第2小学"]]]
    assert part(content, "word/document.xml").count("<w:gridCol ") == 2


@pytest.mark.parametrize("name", ["督查通报", "得分告知单"])
def test_the_built_in_templates_use_known_names_only(name: str) -> None:
    found, problems = compile_template(template(name), NAMES[name], f"{name}.docx")
    assert found is not None
    assert problems == ()


@pytest.mark.parametrize("name", ["督查通报", "得分告知单"])
def test_the_built_in_templates_are_what_their_generator_makes(name: str) -> None:
    from zyw.templates import make
    from zyw.templates.bulletin import monthly

    wanted = package({"督查通报": monthly, "得分告知单": make.unit}[name]())
    assert {part_name: part(template(name), part_name) for part_name in wanted} == wanted


def test_names_are_listed_flat_with_what_they_mean() -> None:
    assert dict(flatten(NAMES_HERE)) == {
        "单位": "单位名称",
        "数": "一个数",
        "方案.名称": "名称",
        "排名[].单位": "单位",
        "排名[].得分": "得分",
        "排名[].明细[].分": "分",
    }


READY = ready(word("前{{ 单位 }}后"))


RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def outside(kind: str, target: str) -> str:
    return (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId9" Type="{RELATIONS}/{kind}" Target="{target}" TargetMode="External"/></Relationships>'
    )


@pytest.mark.parametrize(
    "tag", ['<w:attachedTemplate r:id="rId9"/>', '<w:attachedTemplate r:id="rId9"></w:attachedTemplate>']
)
def test_the_template_behind_a_template_does_not_come_along(tag: str) -> None:
    settings_part = package(p("甲"))["word/settings.xml"].replace("</w:settings>", f"{tag}</w:settings>")
    more = {
        "word/settings.xml": settings_part,
        "word/_rels/settings.xml.rels": outside("attachedTemplate", "file:///C:/Users/wang/Normal.dotm"),
    }
    content = ready(word("{{ 单位 }}", more=more)).fill(DATA, "试文", DAY)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        whole = b"".join(archive.read(name) for name in archive.namelist())
    assert b"attachedTemplate" not in whole
    assert b"wang" not in whole
    assert texts(content) == ["大垸中学"]


def test_a_picture_that_lies_elsewhere_is_refused_and_a_link_is_kept() -> None:
    picture = {"word/_rels/footnotes.xml.rels": outside("image", "http://127.0.0.1/a.png")}
    _, problems = compile_template(word("{{ 单位 }}", more=picture), NAMES_HERE, "模板.docx")
    assert [found.code for found in problems] == ["R001"]
    assert "别处的图片" in problems[0].message
    link = {"word/_rels/footnotes.xml.rels": outside("hyperlink", "http://127.0.0.1/")}
    assert compile_template(word("{{ 单位 }}", more=link), NAMES_HERE, "模板.docx")[0] is not None
