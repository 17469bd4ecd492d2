"""版式.yaml: an office's own layout on zyw's own templates."""

from pathlib import Path

import pytest

from tests.small_office import Run
from tests.word_files import part, word
from zyw.papers.house import House, dressed, parse_house
from zyw.paperwork import built_in

SAID = "行距: 30\n上边距: 35\n下边距: 30\n左边距: 27\n右边距: 27\n标题字体: 方正小标宋_GBK\n红头: 某县教育局文件\n发文字号: 某教发〔2012〕　　号\n"


def test_the_layout_is_put_on_margins_lines_and_fonts() -> None:
    house, problems = parse_house(SAID)
    assert problems == ()
    assert house is not None
    made = dressed(built_in("督查通报.docx").read_bytes(), house)
    assert 'w:top="1984"' in part(made, "word/document.xml")
    assert 'w:line="600" w:lineRule="exact"' in part(made, "word/styles.xml")
    assert "方正小标宋_GBK" in part(made, "word/styles.xml")
    assert "方正小标宋简体" not in part(made, "word/styles.xml") + part(made, "word/document.xml")
    assert made == dressed(built_in("督查通报.docx").read_bytes(), house)


def test_a_page_on_its_side_has_the_margins_turned() -> None:
    house, _ = parse_house("上边距: 40\n")
    assert house is not None
    made = part(dressed(built_in("催办清单.docx").read_bytes(), house), "word/document.xml")
    assert 'w:right="2268"' in made  # 40 mm


def test_the_standard_leaves_a_template_as_it_is() -> None:
    content = built_in("得分告知单.docx").read_bytes()
    assert dressed(content, House()) is content


@pytest.mark.parametrize(
    "text", ["行距: 289\n", "行距: 三十\n", "左边距: 40\n右边距: 30\n", "行间距: 30\n", "上边距: -3\n"]
)
def test_what_cannot_be_is_refused(text: str) -> None:
    house, problems = parse_house(text)
    assert house is None
    assert problems


def test_a_run_uses_it_for_zyws_own_templates_only(run: Run, tmp_path: Path) -> None:
    (tmp_path / "zyw.yaml").write_text("方案: dayuan-2011\n", encoding="utf-8")
    (tmp_path / "版式.yaml").write_text(SAID, encoding="utf-8")
    (tmp_path / "名册.csv").write_text("单位名称,学段\n大垸中学,初中\n", encoding="utf-8")
    assert run("report", "monthly", ".", "--month", "2012-05", "-o", "文书").code in (0, 1)
    made = (tmp_path / "文书" / "督查通报.docx").read_bytes()
    assert "某县教育局文件" in part(made, "word/document.xml")
    assert "某教发〔2012〕" in part(made, "word/document.xml")
    assert 'w:line="600"' in part(made, "word/styles.xml")
    (tmp_path / "模板").mkdir()
    (tmp_path / "模板" / "督查通报.docx").write_bytes(word("{{ 机关.标志 }}"))
    assert run("report", "monthly", ".", "--month", "2012-05", "-o", "文书").code in (0, 1)
    assert 'w:line="600"' not in part((tmp_path / "文书" / "督查通报.docx").read_bytes(), "word/styles.xml")
