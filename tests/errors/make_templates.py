"""Write the faulty templates of the R codes: `python -m tests.errors.make_templates`; the files are committed.

Each is the smallest Word file that shows the code; times inside the zip are fixed, so that the bytes are stable.
"""

import io
import zipfile
from pathlib import Path
from typing import Final

HERE: Final = Path(__file__).parent
ROSTER: Final = "单位名称,学段,主要负责人\n大垸中学,初中,周全\n大垸小学,小学,郑和\n"
COMMAND: Final = "zyw report monthly . --scheme dayuan-2011 --year 2012 -o 文书 --template 模板.docx\n"
TEXTS: Final = {
    "R002": ["{{ 学校名 }}督查通报"],
    "R003": ["{% if 逾期 %}有逾期未改的。"],
    "R004": ["{% include '督查通报.docx' %}"],
    "R005": ["排名：{{ 排名 }}"],
    "R006": ["│{% for 行 in 排名 %}甲", "{% endfor %}"],
    "R007": ["上个月的通报，一个名称也没有。"],
}


def docx(paragraphs: list[str]) -> bytes:
    """Return a Word file of plain paragraphs; a text that begins with │ stands in a table."""
    import docx as word

    document = word.Document()
    for text in paragraphs:
        if text.startswith("│"):
            document.add_table(1, 1).cell(0, 0).text = text[1:]
        else:
            document.add_paragraph(text)
    made, fixed = io.BytesIO(), io.BytesIO()
    document.save(made)
    with zipfile.ZipFile(made) as source, zipfile.ZipFile(fixed, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(zipfile.ZipInfo(name), source.read(name), zipfile.ZIP_DEFLATED)
    return fixed.getvalue()


def _with_script() -> None:
    """Write R008: a page that would run a script in whoever's browser opens it."""
    folder = HERE / "R008"
    folder.mkdir(exist_ok=True)
    page = "<!DOCTYPE html>\n<title>{{ 期.名称 }}</title>\n<script>alert(1)</script>\n"
    (folder / "督查通报.html").write_text(page, encoding="utf-8")
    (folder / "command.txt").write_text("zyw template check 督查通报.html\n", encoding="utf-8")


def main() -> None:
    """Write the folders."""
    _with_script()
    for code, content in {
        "R001": b"a text, no Word file",
        **{code: docx(texts) for code, texts in TEXTS.items()},
    }.items():
        folder = HERE / code
        folder.mkdir(exist_ok=True)
        (folder / "模板.docx").write_bytes(content)
        (folder / "名册.csv").write_text(ROSTER, encoding="utf-8")
        (folder / "command.txt").write_text(COMMAND, encoding="utf-8")


if __name__ == "__main__":
    main()
