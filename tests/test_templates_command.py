"""`zyw template`: what templates there are, what they may say, what is wrong in one, a copy to change."""

import io
import json
from pathlib import Path

import openpyxl
import pytest

from tests.small_office import Run
from tests.word_files import word
from zyw.papers.forms import FORMS
from zyw.paperwork import built_in

EXAMPLE = Path(__file__).parent.parent / "examples" / "dayuan-2011"


def sheet(**cells: str) -> bytes:
    book = openpyxl.Workbook()
    for place, text in cells.items():
        book.active[place] = text  # type: ignore[index]
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_every_template_of_zyw_says_only_names_that_its_paper_has(form: object, run: Run) -> None:
    for ending in form.endings:  # type: ignore[attr-defined]
        ended = run("template", "check", str(built_in(f"{form.name}{ending}")))  # type: ignore[attr-defined]
        assert ended.code == 0, ended.out


def test_the_list_says_which_templates_are_the_offices_own(run: Run, tmp_path: Path) -> None:
    (tmp_path / "zyw.yaml").write_text("方案: dayuan-2011\n", encoding="utf-8")
    (tmp_path / "模板").mkdir()
    (tmp_path / "模板" / "督查通报.html").write_text("{{ 期.名称 }}", encoding="utf-8")
    found = json.loads(run("template", "list", "--json").out)["templates"]
    own = {each["file"]: each["own"] for each in found}
    assert own["督查通报.docx"] is False
    assert own["督查通报.html"] is True
    assert {each["form"] for each in found} == set(FORMS)


@pytest.mark.parametrize(
    ("file", "content", "where"),
    [
        ("督查通报.docx", word("甲", "{{ 期.名字 }}"), "第 2 段"),
        ("整改台账.xlsx", sheet(B3="{{ 整改.总件数 }}"), "单元格 B3"),
        ("督查通报.html", "<p>甲</p>\n<p>{{ 期.名字 }}</p>".encode(), "第 2 行"),
        ("督查通报.txt", "甲\n\n{{ 期.名字 }}".encode(), "第 3 行"),
    ],
    ids=["docx", "xlsx", "html", "txt"],
)
def test_an_unknown_name_is_told_with_its_place_and_the_nearest(
    file: str, content: bytes, where: str, run: Run, tmp_path: Path
) -> None:
    (tmp_path / file).write_bytes(content)
    ended = run("template", "check", file)
    assert ended.code == 2
    assert "R002" in ended.out
    assert where in ended.out
    assert "最接近的名称：" in ended.out


def test_a_template_with_another_name_is_known_by_the_names_that_it_uses(run: Run, tmp_path: Path) -> None:
    (tmp_path / "我的.docx").write_bytes(word("{{ 整改.总数 }}", "{{ 负责人 }}"))
    ended = run("template", "check", "我的.docx")
    assert ended.code == 0
    assert "认作“整改台账”" in ended.err


def test_what_a_template_never_uses_is_told(run: Run, tmp_path: Path) -> None:
    (tmp_path / "督查通报.docx").write_bytes(word("{{ 期.名称 }}"))
    found = json.loads(run("template", "check", "督查通报.docx", "--json").out)
    [each] = found["templates"]
    assert "排名" in each["unused"]
    assert "期.起" in each["unused"]
    assert "期.名称" not in each["unused"]


def test_names_are_listed_with_their_values_where_there_is_data(run: Run) -> None:
    found = json.loads(run("template", "vars", "整改报告", str(EXAMPLE), "--month", "2012-05", "--json").out)
    values = {each["name"]: each["value"] for each in found["names"]}
    assert values["期.名称"] == "2012年5月"
    assert values["整改.总数"] == values["整改.完成"] + values["整改.未完成"]
    assert values["清单[].单位"]
    assert all(each["value"] is None for each in json.loads(run("template", "vars", "整改报告", "--json").out)["names"])


def test_an_unknown_paper_is_refused_with_the_nearest(run: Run) -> None:
    ended = run("template", "vars", "整改报表")
    assert ended.code == 2
    assert "整改报告" in ended.err


def test_a_copy_lies_in_the_workspace_and_wins_over_zyws_own(run: Run, tmp_path: Path) -> None:
    (tmp_path / "zyw.yaml").write_text("方案: dayuan-2011\n", encoding="utf-8")
    (tmp_path / "名册.csv").write_text("单位名称,学段\n大垸中学,初中\n", encoding="utf-8")
    assert run("template", "new", "督查通报").code == 0
    copy = tmp_path / "模板" / "督查通报.docx"
    assert copy.read_bytes() == built_in("督查通报.docx").read_bytes()
    copy.write_bytes(word("本单位的{{ 期.名称 }}"))
    assert run("report", "monthly", ".", "--month", "2012-05", "-o", "文书").code in (0, 1)
    from tests.word_files import texts

    assert texts((tmp_path / "文书" / "督查通报.docx").read_bytes()) == ["本单位的2012年5月"]
    ended = run("template", "new", "督查通报")
    assert ended.code == 4, "a template that somebody changed is not replaced"


def test_an_added_ending_adds_a_file(run: Run, tmp_path: Path) -> None:
    (tmp_path / "zyw.yaml").write_text("方案: dayuan-2011\n", encoding="utf-8")
    (tmp_path / "名册.csv").write_text("单位名称,学段\nA&B<C>中学,初中\n", encoding="utf-8")
    (tmp_path / "模板").mkdir()
    page = "{% for 组 in 排名 %}{% for 行 in 组.行 %}<p>{{ 行.单位 }}</p>{% endfor %}{% endfor %}"
    (tmp_path / "模板" / "督查通报.html").write_text(page, encoding="utf-8")
    run("report", "monthly", ".", "--month", "2012-05", "-o", "文书")
    made = (tmp_path / "文书" / "督查通报.html").read_text(encoding="utf-8")
    assert made == "<p>A&amp;B&lt;C&gt;中学</p>"
    assert (tmp_path / "文书" / "督查通报.docx").exists()


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<p onclick='x()'>",
        "<img src='http://a/b.png'>",
        "<img src='//a/b.png'>",
        "<a href='{{ 期.名称 }}'>x</a>",
        "<style>@import 'x';</style>",
        "<link rel=stylesheet href=x.css>",
        "<iframe src=x></iframe>",
        "<a href='javascript:x()'>x</a>",
        "<!DOCTYPE x [<!ENTITY a SYSTEM '/etc/passwd'>]>",
        "<meta http-equiv=refresh content='0;url=x'>",
    ],
)
def test_a_page_that_runs_or_fetches_is_refused(text: str, run: Run, tmp_path: Path) -> None:
    (tmp_path / "督查通报.html").write_text(f"<p>{{{{ 期.名称 }}}}</p>\n{text}", encoding="utf-8")
    ended = run("template", "check", "督查通报.html")
    assert ended.code == 2
    assert "R008" in ended.out


@pytest.mark.parametrize("suffix", ["docx", "xlsx", "html", "txt"])
@pytest.mark.parametrize(
    "text",
    [
        "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
        "{{ ''|attr('__class__') }}",
        "{{ '{0.__class__}'.format(工作) }}",
        "{% include '/etc/passwd' %}",
        "{{ 9**9**9**9 }}",
        "{{ 工作 * 1000000000 }}",
        "{% set 甲 = 1 %}",
    ],
)
def test_what_could_run_read_or_eat_memory_is_refused_in_each_format(
    text: str, suffix: str, run: Run, tmp_path: Path
) -> None:
    file = f"督查通报.{suffix}"
    made = word(text) if suffix == "docx" else sheet(A1=text) if suffix == "xlsx" else text.encode()
    (tmp_path / file).write_bytes(made)
    (tmp_path / "名册.csv").write_text("单位名称,学段\n大垸中学,初中\n", encoding="utf-8")
    (tmp_path / "模板").mkdir()
    (tmp_path / "模板" / file).write_bytes(made)
    (tmp_path / "zyw.yaml").write_text("方案: dayuan-2011\n", encoding="utf-8")
    ended = run("report", "monthly", ".", "--month", "2012-05", "-o", "文书")
    assert ended.code == 2, ended.err
    assert "root:" not in ended.err
    assert not (tmp_path / "文书").exists()
