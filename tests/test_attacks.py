"""Attacks on the whole program (docs of threats: what a hostile or careless input must not achieve)."""

import io
import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest

import zyw
from tests.small_office import SANCTIONS, Run

YEAR = ("--scheme", "dayuan-2011", "--year", "2012")
IDENTITY, PHONE, PETITIONER = "110101199003078515", "13800138000", "赵举报"
PRIVATE = (IDENTITY, PHONE, PETITIONER, "19900307", "1380013")


def workbook(path: Path, rows: Sequence[Sequence[object]], sheet: str = "Sheet1") -> None:
    """Write plain rows, text as text."""
    from xlsxwriter import Workbook

    with Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        page = book.add_worksheet(sheet)
        for i, row in enumerate(rows):
            for j, value in enumerate(row):
                page.write(i, j, value)


def inside(path: Path) -> str:
    """Return all that a written file holds, unpacked."""
    data = path.read_bytes()
    if not data.startswith(b"PK"):
        return data.decode("utf-8")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return "\n".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())


def written(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


ISSUE_COLUMNS = [
    "序号",
    "学校名称",
    "检查日期",
    "问题类别",
    "问题描述",
    "整改情况",
    "举报人",
    "联系电话",
    "责任人",
    "整改措施",
    "备注",
    "当事人",
    "职务",
    "处理结果",
    "处理时间",
    "协办单位",
    "责任领导",
    "来源",
    "编号",
    "佐证材料",
    "复查人",
    "回复内容",
    "整改时限",
    "严重程度",
    "具体表现",
    "处理机关",
    "文号",
    "办理方式",
]
MEASURE_COLUMNS = [
    "案号",
    "单位",
    "姓名",
    "职务",
    "处理方式",
    "处理时间",
    "来源",
    "是否核实",
    "事由",
    "备注",
    "决定机关",
    "文号",
    "工号",
    "问题类别",
    "情节",
]


def planted(columns: list[str], sound: dict[str, object]) -> list[list[object]]:
    """Return rows like `sound`; each in turn has a number of a person in one column, as text and as a number."""
    rows: list[list[object]] = [list(columns)]
    for column in columns:
        for value in (PHONE, f"张三（{PHONE}）", f"找{IDENTITY}", float(IDENTITY), float(PHONE)):
            row = {**sound, "举报人": PETITIONER, "联系电话": PHONE} | {column: value}
            rows.append([row.get(name, "") for name in columns])
    return rows


def test_no_number_of_a_person_gets_out_wherever_it_was_written(office: Path, run: Run, tmp_path: Path) -> None:
    issue: dict[str, object] = {
        "学校名称": "大垸中学", "检查日期": "2012-05-03", "问题类别": "工作纪律", "问题描述": "脱岗", "整改时限": "2012-05-04",
    }  # fmt: skip
    measure: dict[str, object] = {
        "单位": "大垸中学", "姓名": "吴用", "职务": "教师", "处理方式": "通报批评", "处理时间": "2012-05-04", "是否核实": "是",
    }  # fmt: skip
    workbook(office / "问题台账.xlsx", planted(ISSUE_COLUMNS, issue), f"{PHONE}来电")
    workbook(office / f"追责{PHONE}.xlsx", planted(MEASURE_COLUMNS, measure))
    (office / f"{IDENTITY}.csv").write_text(
        f"单位,问题,举报人\n大垸中学,{PHONE},{PETITIONER}\n大垸中学,x,y,z,{PHONE}\n"
    )
    (office / f"坏{PHONE}.xlsx").write_bytes(b"PK\x03\x04")
    lines = [
        ("check", "台账"), ("check", "台账", "--json"), ("score", "台账", *YEAR), ("score", "台账", *YEAR, "--json"),
        ("explain", "大垸中学", "台账", *YEAR), ("explain", "吴用", "台账", *YEAR, "--json"),
        ("rank", "台账", *YEAR, "--skip-bad", "-o", "果/排名.csv"), ("rank", "台账", *YEAR),
        ("rank", "台账", *YEAR, "--skip-bad", "-o", "果/内部.xlsx", "--level", "内部"),
        ("report", "unit", "台账", *YEAR, "--skip-bad", "-o", "果/单"), ("run", "台账", *YEAR, "--skip-bad", "-o", "果/月"),
    ]  # fmt: skip
    for words in lines:
        ended = run(*words)
        assert ended.code == 3, ended.err
        assert [secret for secret in PRIVATE if secret in ended.out + ended.err] == []
    assert len(written(tmp_path / "果")) > 8
    for path in written(tmp_path / "果"):
        assert [secret for secret in PRIVATE if secret in inside(path) + path.name] == [], path


def test_files_that_differ_only_in_a_starred_number_stay_two(office: Path, run: Run) -> None:
    for number in ("13800138000", "13899998000"):
        (office / f"来电{number}.csv").write_text(f"单位,问题\n大垸中学,{number[:5]}\n", encoding="utf-8")
    shown = [sheet["file"] for sheet in run("check", "台账", "--json").json["sheets"]]
    assert [name for name in shown if name.startswith("来电")] == ["来电138****8000.csv", "来电138****8000.csv（2）"]


HOSTILE = (
    "=1+1", "+1", "-1", "@SUM(1)", "{=1}", "http://x/", '=HYPERLINK("http://x","y")', "a/../../b", "CON",
    "A&B<C>", "{{ 7*7 }}", "一中:一*二?",
)  # fmt: skip


def test_hostile_names_stay_text_in_every_output(office: Path, run: Run, tmp_path: Path) -> None:
    units = [[name, "初中", name] for name in HOSTILE]
    (office / "名册.csv").unlink()
    workbook(office / "名册.xlsx", [["单位名称", "学段", "主要负责人"], *units])
    columns = SANCTIONS.splitlines()[0].split(",")
    rows = [[str(i), name, name, "教师", "通报批评", "2012-05-02", "督查暗访", ""] for i, name in enumerate(HOSTILE)]
    (office / "追责台账.csv").unlink()
    workbook(office / "=追责&台账.xlsx", [columns, *rows], "=1+1")
    assert run("run", "台账", *YEAR, "-o", "果").code == 0, run("check", "台账").out
    assert run("rank", "台账", *YEAR, "-o", "果/排名.csv").code == 0
    for path in written(tmp_path / "果"):
        assert path.resolve().is_relative_to(tmp_path / "果")
        text = inside(path)
        assert "<hyperlink" not in text
        assert "HYPERLINK(" not in text or f"<f>{HOSTILE[6]}" not in text
        assert "<C>" not in text or path.suffix in {".csv", ".json"}
    import csv

    import docx
    import openpyxl

    book = openpyxl.load_workbook(tmp_path / "果" / "排名.xlsx")
    texts = {cell.value for row in book["排名"].iter_rows() for cell in row if cell.data_type == "s"}
    assert set(HOSTILE) <= texts
    formulas = {cell.value for page in book for row in page.iter_rows() for cell in row if cell.data_type == "f"}
    assert all(str(value).startswith(("=ROUND", "=COUNTIF")) for value in formulas)
    with (tmp_path / "果" / "排名.csv").open(encoding="utf-8-sig", newline="") as file:
        named = {row["单位"] for row in csv.DictReader(file)}
    assert not any(name.startswith(("=", "+", "-", "@")) for name in named)
    notices = list((tmp_path / "果" / "得分告知单").glob("*.docx"))
    assert len(notices) == len(HOSTILE)
    words = "\n".join(p.text for path in notices for p in docx.Document(str(path)).paragraphs)
    assert all(name in words for name in HOSTILE)


FULL = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (3000, 3000)); from zyw.cli import main; main()"


def process(*words: str, code: str = "from zyw.cli import main; main()", out: str | None = None) -> tuple[int, str]:
    """Run zyw in a process of its own; return its exit code and what it said on stderr."""
    with Path(out or os.devnull).open("wb") as target:
        ended = subprocess.run(
            [sys.executable, "-c", code, *words],
            stdout=target,
            stderr=subprocess.PIPE,
            check=False,
            env={**os.environ, "PYTHONPATH": str(Path(zyw.__file__).parent.parent)},
        )
    return ended.returncode, ended.stderr.decode()


@pytest.mark.skipif(sys.platform == "win32", reason="no limit on file sizes")
def test_a_full_disk_gives_four_and_leaves_the_old_results_alone(office: Path, run: Run, tmp_path: Path) -> None:
    assert run("run", "台账", *YEAR, "-o", "果").code == 0
    before = {path: path.read_bytes() for path in written(tmp_path / "果")}
    (office / "追责台账.csv").write_text(SANCTIONS.replace("2,黄歇中学", "2,大垸小学"), encoding="utf-8")
    for words in (("run", "台账", *YEAR, "-o", "果"), ("report", "unit", "台账", *YEAR, "-o", "果/得分告知单")):
        code, said = process(*words, code=FULL)
        assert (code, "磁盘空间不够" in said) == (4, True), said
    assert {path: path.read_bytes() for path in written(tmp_path / "果")} == before


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no such device")
@pytest.mark.parametrize("words", [("score", "台账", *YEAR, "--json"), ("check", "台账")])
def test_an_output_that_cannot_be_written_down_is_told_in_words(words: tuple[str, ...], office: Path, run: Run) -> None:
    del office, run
    code, said = process(*words, out="/dev/full")
    assert (code, "W003" in said, "Traceback" in said) == (4, True, False)


def test_the_example_office_holds_no_record_among_the_clerks_own_files(run: Run, tmp_path: Path) -> None:
    run("demo", "样")
    records = [path.relative_to(tmp_path / "样").as_posix() for path in (tmp_path / "样").rglob("written.json")]
    assert records == []


def test_a_hidden_copy_of_a_sheet_counts_once_and_is_told(office: Path, run: Run) -> None:
    from xlsxwriter import Workbook

    rows = [line.split(",") for line in SANCTIONS.replace("案号", "序号").splitlines()]
    (office / "追责台账.csv").unlink()
    with Workbook(str(office / "追责台账.xlsx")) as book:
        for name in ("旧", "新"):
            page = book.add_worksheet(name)
            for i, row in enumerate(rows):
                page.write_row(i, 0, row)
        book.worksheets()[1].activate()
        book.worksheets()[0].hide()
    scored = run("score", "台账", *YEAR, "--json").json
    told = [(p["code"], p["sheet"]) for p in scored["problems"]]
    assert {unit["unit"]: unit["score"] for unit in scored["units"]}["大垸中学"] == "95"
    assert told.count(("L013", "旧")) == 3
    assert {origin["sheet"] for row in scored["journal"] for origin in row["origins"]} == {"新"}


def test_a_row_pasted_twice_is_kept_and_told_once_a_sheet(office: Path, run: Run) -> None:
    rows = "大垸小学,迟到,2012-05-03\n" * 3
    (office / "问题台账.csv").write_text("单位,问题,检查日期\n" + rows, encoding="utf-8")
    made = run("check", "台账", "--json").json
    assert [(p["code"], p["cell"]) for p in made["problems"] if p["file"] == "问题台账.csv"] == [("L015", "A3")]


def test_what_stands_in_a_name_or_cell_cannot_command_the_terminal(office: Path, run: Run) -> None:
    header = SANCTIONS.splitlines()[0]
    (office / "a\x1b[2Jb\n错误 伪造\u202e.csv").write_text(
        f"{header}\n9,大垸中学,周\x1b[31m全,校\x07长,通报\x1b]0;x\x07批评,2012-\x1b[2J,督查暗访,\n"
        "10,大\x1b[2J垸,李四,教师,通报批评,2012-05-02,督查暗访,\n",
        encoding="utf-8",
    )
    for words in (("check", "台账"), ("score", "台账", *YEAR), ("explain", "大垸中学", "台账", *YEAR)):
        ended = run(*words)
        assert ended.code == 1
        assert set("\x1b\x07\u202e").isdisjoint(ended.out + ended.err)
        assert not any(line.startswith("错误 伪造") for line in (ended.out + ended.err).splitlines())


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("check", "长" * 300), 3),
        (("check", "a/" * 3000), 3),
        (("score", "台账", "--year", "2012", "--scheme", "长" * 300), 2),
        (("report", "unit", "台账", *YEAR, "-o", "果", "--template", "长" * 300), 2),
        (("report", "unit", "台账", *YEAR, "-o", "果", "--template", "台账"), 2),
        (("rank", "台账", "--scheme", "dayuan-2011", "--year", "9999"), 2),
        (("rank", "台账", "--scheme", "dayuan-2011", "--month", "9999-12"), 2),
        (("rank", "台账", "--scheme", "dayuan-2011", "--from", "1900-01-01", "--to", "1900-02-01"), 2),
        (("report", "unit", "台账", *YEAR, "-o", ""), 2),
        (("run", "台账", *YEAR, "-o", "台账/名册.csv"), 4),
        (("rank", "台账", *YEAR, "-o", "长" * 90 + ".xlsx"), 4),
    ],
)
def test_what_cannot_be_is_refused_in_words(words: tuple[str, ...], code: int, office: Path, run: Run) -> None:
    ended = run(*words)
    assert ended.code == code, ended.err
    assert "没有写入权限" not in ended.err


def test_a_merge_over_the_whole_sheet_takes_no_row_away(office: Path, run: Run) -> None:
    rows = [line.split(",") for line in SANCTIONS.splitlines()]
    (office / "追责台账.csv").unlink()
    workbook(office / "追责台账.xlsx", rows)
    data = io.BytesIO()
    with zipfile.ZipFile(office / "追责台账.xlsx") as old, zipfile.ZipFile(data, "w") as new:
        for name in old.namelist():
            merge = b'</sheetData><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'
            new.writestr(name, old.read(name).replace(b"</sheetData>", merge))
    (office / "追责台账.xlsx").write_bytes(data.getvalue())
    assert [s["rows"] for s in run("check", "台账", "--json").json["sheets"] if s["table"] == "追责台账"] == [3]


def test_json_stays_json_with_any_character_in_it(office: Path, run: Run) -> None:
    odd = "周\x7f\x9b\u202e\x1b全"
    (office / "追责台账.csv").write_text(SANCTIONS.replace("周全", odd), encoding="utf-8")
    persons = {row["person"] for row in run("score", "台账", *YEAR, "--json").json["journal"]}
    assert "周\x7f\x9b\x1b全" in persons


@pytest.mark.parametrize("text", ["方案: dayuan-2011\n模板: 没有\n", f"方案: {'长' * 300}\n"])
def test_a_workspace_that_names_what_is_not_there_is_refused(text: str, office: Path, run: Run) -> None:
    (office / "zyw.yaml").write_text(text, encoding="utf-8")
    assert run("run", "台账", "--year", "2012").code == 2
    assert not (office / "输出").exists()


def filled(template: Path, *paragraphs: str) -> str:
    """Write a template of these paragraphs beside the office; return its name for the command line."""
    import docx

    document = docx.Document()
    for text in paragraphs:
        document.add_paragraph(text)
    document.save(str(template))
    return str(template)


@pytest.mark.parametrize(
    "tag",
    [
        "{{ cycler.__init__.__globals__.os.popen('touch PWNED').read() }}",
        "{{ ''|attr('__class__') }}",
        "{{ '{0.__class__}'.format(单位) }}",
        "{% include '/etc/passwd' %}",
        "{{ 9**9**9**9 }}",
        "{{ 'a'*3000000000 }}",
        "{{ '机'|center(99999999) }}",
        "{% for i in range(10**9) %}x{% endfor %}",
        "{{ 学校名 }}",
        "{{ " + "(" * 400 + "1" + ")" * 400 + " }}",
    ],
)
def test_a_hostile_or_misspelt_template_writes_nothing(tag: str, office: Path, run: Run, tmp_path: Path) -> None:
    ended = run("report", "unit", "台账", *YEAR, "-o", "果", "--template", filled(tmp_path / "我的.docx", "甲", tag))
    assert ended.code == 2
    assert "R00" in ended.err
    assert not re.search(r"Error|Traceback|jinja|<class", ended.err)
    assert not (tmp_path / "果").exists()
    assert not (tmp_path / "PWNED").exists()


def test_no_word_of_python_stands_in_a_paper(office: Path, run: Run, tmp_path: Path) -> None:
    import docx

    template = filled(tmp_path / "我的.docx", "{{ 有满意率 }}")
    assert run("report", "monthly", "台账", *YEAR, "-o", "果", "--template", template).code == 0
    assert docx.Document(str(tmp_path / "果" / "督查通报.docx")).paragraphs[0].text == "否"


@pytest.mark.parametrize("name", ["5", "", "1A", "ZZZZ1", "A-1", "$A$1", "A99999999"])
def test_a_cell_with_an_impossible_name_is_refused_and_never_waited_for(name: str) -> None:
    from zyw.container.prescan import OddXml, scan_sheet

    xml = (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="2"><c r="A2" '
        't="e"><f>1/0</f><v>#REF!</v></c></row></sheetData><mergeCells><mergeCell ref="A2:B2"/></mergeCells></worksheet>'
    )
    assert scan_sheet(xml.encode()).errors == {"A2": "#REF!"}
    with pytest.raises(OddXml):
        scan_sheet(xml.replace('r="A2"', f'r="{name}"').encode())
    with pytest.raises(OddXml):
        scan_sheet(xml.replace('"A2:B2"', '"A2:B0"').encode())


@pytest.mark.parametrize("level", ["通报", "公示"])
def test_a_person_named_in_a_file_or_sheet_is_hidden_in_papers(
    level: str, office: Path, run: Run, tmp_path: Path
) -> None:
    rows = [line.split(",") for line in SANCTIONS.replace("周全", "欧阳修文").splitlines()]
    (office / "追责台账.csv").unlink()
    workbook(office / "关于欧阳修文的处理.xlsx", rows, "吴用")
    for words in (("report", "unit"), ("report", "monthly")):
        assert run(*words, "台账", *YEAR, "-o", "果", "--level", level).code == 0
    assert run("rank", "台账", *YEAR, "-o", "果/排名.xlsx", "--level", level).code == 0
    for path in written(tmp_path / "果"):
        assert [name for name in ("欧阳修文", "吴用", "李明") if name in inside(path)] == [], path.name


@pytest.mark.parametrize("content", [b"PK", b"404 Not Found\n", "下载失败，请重新登录\n".encode(), b"<?php\n"])
def test_what_is_left_of_a_workbook_is_not_taken_for_a_text_without_tables(
    content: bytes, office: Path, run: Run
) -> None:
    (office / "大垸小学.xlsx").write_bytes(content)
    ended = run("rank", "台账", *YEAR)
    assert (ended.code, "大垸小学.xlsx" in ended.err) == (3, True)
