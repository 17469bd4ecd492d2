"""The finished papers of a run are read back: a number changed by hand is found in each kind of file."""

import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace

import pytest

from tests.paper_office import MAY, YEAR, empty_facts, small_facts
from zyw import paperwork
from zyw.facts import Facts
from zyw.office import Office
from zyw.papers.forms import PAPERS
from zyw.privacy import Level
from zyw.proof.marks import MARKED, MarkedNumber, MarkedText, bare, marked
from zyw.proof.proving import Mismatch, Printed, ProofError, prove, read_back
from zyw.proof.ranking import ranked_values
from zyw.proof.reading import blocks

PAGE = (
    "<p>在列{{ 问题.在列 }}件，完成{{ 问题.完成 }}件，在办{{ 问题.在办 }}件，逾期{{ 问题.逾期 }}件。</p>"
    "{% for 组 in 排名 %}{% for 行 in 组.行 %}<td>{{ 行.单位 }}</td><td>{{ 行.得分 }}</td>{% endfor %}{% endfor %}"
)


def run(facts: Facts, level: Level | None = None) -> list[Printed]:
    desk = paperwork.stationery(None)
    desk = replace(desk, templates={**desk.templates, "督查通报.html": PAGE.encode(), "督查通报.txt": PAGE.encode()})
    return [each for key in PAPERS for each in paperwork.printed(key, facts, desk, level)[0]]


FACTS = small_facts()
PAPERS_OF_MAY = run(FACTS)


def found(papers: list[Printed]) -> tuple[Mismatch, ...]:
    return prove(papers, FACTS.span.as_of)


@pytest.mark.parametrize("level", [None, *Level])
@pytest.mark.parametrize("facts", [FACTS, small_facts(YEAR), empty_facts(), empty_facts(given=())])
def test_what_zyw_prints_is_proven(facts: Facts, level: Level | None) -> None:
    assert prove(run(facts, level), facts.span.as_of) == ()


def test_every_kind_of_file_gives_its_facts_back() -> None:
    for ending in (".docx", ".xlsx", ".html", ".txt"):
        paper = next(each for each in PAPERS_OF_MAY if each.ending == ending and "排名附件" not in each.file)
        values, wrong = read_back(paper, FACTS.span.as_of)
        assert wrong == []
        assert len(values) > 5, paper.file


def changed(paper: Printed, part: str, edit: Callable[[str], str]) -> Printed:
    """Return the paper with one of its parts edited as a hand would."""
    if not part:
        return replace(paper, content=edit(paper.content.decode()).encode())
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(paper.content)) as source, zipfile.ZipFile(made, "w") as target:
        for name in source.namelist():
            text = source.read(name)
            target.writestr(name, edit(text.decode()).encode() if name == part else text)
    assert made.getvalue() != paper.content
    return replace(paper, content=made.getvalue())


def once(pattern: str, new: str) -> Callable[[str], str]:
    def edit(text: str) -> str:
        edited, count = re.subn(pattern, new, text, count=1)
        assert count == 1, pattern
        return edited

    return edit


@pytest.mark.parametrize(
    ("file", "part", "pattern", "new", "name"),
    [
        ("督查通报.docx", "word/document.xml", r"台账在列\d+件", "台账在列99件", "问题.在列"),
        ("整改台账.xlsx", "xl/worksheets/sheet2.xml", r"<v>3</v>", "<v>4</v>", "按单位[1].总数"),
        ("督查通报.html", "", r"在列\d+件", "在列99件", "问题.在列"),
        ("督查通报.txt", "", r"在列\d+件", "在列99件", "问题.在列"),
    ],
)
def test_a_number_changed_by_hand_is_found_where_it_stands(
    file: str, part: str, pattern: str, new: str, name: str
) -> None:
    paper = next(each for each in PAPERS_OF_MAY if each.file == file)
    told = found([changed(paper, part, once(pattern, new))])
    assert any(each.file == file and each.where for each in told)
    assert any(each.name.startswith(name.split("[", maxsplit=1)[0]) and each.read != each.expected for each in told), (
        told
    )


def test_other_words_than_the_templates_are_found() -> None:
    paper = next(each for each in PAPERS_OF_MAY if each.file == "督查通报.docx")
    told = found([changed(paper, "word/document.xml", once("总体情况", "总体良好"))])
    assert [each.name for each in told] == ["文字"]


def test_a_line_that_was_taken_out_is_found() -> None:
    paper = next(each for each in PAPERS_OF_MAY if each.file == "督查通报.docx")
    cut = changed(paper, "word/document.xml", lambda text: re.sub(r"<w:p><w:pPr>.*?</w:p>", "", text, count=1))
    assert [each.name for each in found([cut])] == ["段数"]


def test_numbers_that_do_not_add_up_are_found_though_the_paper_prints_its_facts() -> None:
    wrong = replace(FACTS, issues=replace(FACTS.issues, done=FACTS.issues.done + 1))
    told = prove([each for each in run(wrong) if each.file == "督查通报.docx"], wrong.span.as_of)
    assert any("问题.在列" in each.name and each.where == "合计" for each in told)


def test_papers_that_contradict_one_another_are_found() -> None:
    lines = FACTS.groups[0].lines
    wrong = replace(FACTS, groups=(replace(FACTS.groups[0], lines=(replace(lines[0], score=1), *lines[1:])),))
    bulletin = [each for each in PAPERS_OF_MAY if each.file == "督查通报.docx"]
    slips = [each for each in run(wrong) if each.unit == lines[0].unit and "得分告知单" in each.file]
    told = found([*bulletin, *slips])
    assert any(each.name == f"{lines[0].unit}的得分" and each.where.startswith("与 ") for each in told)


def test_a_ranked_workbook_that_says_something_else_is_found() -> None:
    import xlsxwriter

    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
        sheet = book.add_worksheet("排名")
        sheet.write_row(1, 0, ["序号", "单位", "得分", "名次"])
        sheet.write_row(2, 0, [1, "大垸中学", 12.5, 1])
        sheet.write_row(3, 0, [2, "中心小学", 100, 1])
    content = made.getvalue()
    assert ranked_values(content) == {
        "大垸中学的得分": "12.5", "大垸中学的名次": "1", "中心小学的得分": "100", "中心小学的名次": "1",
    }  # fmt: skip
    told = prove(PAPERS_OF_MAY, MAY.as_of, content)
    assert {each.name for each in told} == {"大垸中学的得分"}


def test_a_mismatch_stops_a_run_as_a_fault_of_the_program() -> None:
    paper = next(each for each in PAPERS_OF_MAY if each.file == "督查通报.html")
    with pytest.raises(ProofError, match=r"问题\.在列"):
        paperwork.proven([changed(paper, "", once(r"在列\d+件", "在列99件"))], FACTS)


def test_a_marked_value_is_the_same_value_and_prints_with_its_name() -> None:
    made = marked({"数": 3, "词": "甲", "表": [{"分": "1"}], "真": True, "无": None, "空": ""})
    assert (made["数"], made["词"], made["真"], made["无"], made["空"]) == (3, "甲", True, None, "")
    assert isinstance(made["数"], MarkedNumber)
    assert isinstance(made["词"], MarkedText)
    assert MARKED.findall(str(made["表"][0]["分"])) == [("表[1].分", "1")]
    assert bare(f"共{made['数']}件") == "共3件"


def test_marks_are_in_no_finished_file() -> None:
    for paper in PAPERS_OF_MAY:
        assert not any("\ue0f0" in block.text for block in blocks(paper.content, paper.ending))


def test_the_office_is_named_in_each_paper() -> None:
    desk = replace(paperwork.stationery(None), office=Office(issuer="某某教育局"))
    [paper] = paperwork.printed("monthly", FACTS, desk)[0]
    values, _ = read_back(paper, FACTS.span.as_of)
    assert values["机关.名称"] == "某某教育局"
