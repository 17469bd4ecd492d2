"""What one file may cost: each cap has a name, a figure in the message, and the option that raises it."""

import random
from dataclasses import fields, replace
from pathlib import Path

import pytest

from tests import old_formats as old
from tests.errors.make_files import HEAD, SHEET, csv_text, patched, sheet_xml, workbook
from tests.small_office import Run
from zyw.limits import CAPS, MIB, Limits, parse_words, raised
from zyw.problems import Problem, ZywError
from zyw.workbook import read_book
from zyw.workspace import load


def told(folder: Path, data: bytes, limits: Limits, name: str = "a.xlsx") -> list[Problem]:
    path = folder / name
    path.write_bytes(data)
    return list(read_book(path, name, limits)[1])


def test_every_limit_has_a_name_and_every_name_a_limit() -> None:
    assert {cap.field for cap in CAPS} == {field.name for field in fields(Limits)} - {"ratio_from"}
    assert len({cap.name for cap in CAPS}) == len(CAPS)


def test_the_table_of_the_docs_is_the_table_of_the_program() -> None:
    text = (Path(__file__).parent.parent / "docs" / "读法.md").read_text(encoding="utf-8")
    for cap in CAPS:
        assert f"| {cap.name} | {getattr(Limits(), cap.field) // cap.size:,}{cap.unit} | {cap.meaning} |" in text


BIG = patched(workbook(), {"x.bin": random.Random(1).randbytes(1_300_000)})
LONG = workbook([["列"], *[[str(i)] for i in range(99)]])
CASES: dict[str, tuple[bytes, str, str]] = {
    "文件": (BIG, "a.xlsx", "文件=2"),
    "文本": (csv_text([HEAD] * 40_000).encode(), "a.csv", "文本=4"),
    "解压": (BIG, "a.xlsx", "解压=2"),
    "部件": (BIG, "a.xlsx", "部件=2"),
    "压缩比": (patched(workbook(), {SHEET: sheet_xml(" " * 1_500_000)}), "a.xlsx", "压缩比="),
    "部件数": (workbook(), "a.xlsx", "部件数="),
    "行数": (LONG, "a.xlsx", "行数=100"),
    "列数": (workbook([["一", "二", "三"]]), "a.xlsx", "列数=3"),
    "格数": (LONG, "a.xlsx", "格数=100"),
    "字数": (csv_text([["文" * 500, "二"]] * 2).encode(), "a.csv", "字数"),
}
LOWERED = Limits(MIB, MIB, MIB, MIB, 200, MIB, 3, 99, 2, 99, 400)


@pytest.mark.parametrize("name", CASES)
def test_what_exceeds_a_limit_is_refused_with_the_option_that_raises_it(name: str, tmp_path: Path) -> None:
    data, file, option = CASES[name]
    field = next(cap.field for cap in CAPS if cap.name == name)
    limits = replace(Limits(), **{field: getattr(LOWERED, field)})
    (problem,) = told(tmp_path, data, limits, file)
    assert problem.code in {"F007", "F008", "F019"}
    assert f"--limit {option}" in problem.hint
    asked = problem.hint.partition("--limit ")[2].split()[0].split("。")[0]
    if "…" in asked:
        asked = "字数=600"
    assert told(tmp_path, data, raised(parse_words([asked]), limits), file) == []


@pytest.mark.parametrize("rows", [csv_text([["一", "二"]] * 99), csv_text([[str(i)] for i in range(99)])])
def test_a_text_has_the_same_limits(tmp_path: Path, rows: str) -> None:
    assert [p.code for p in told(tmp_path, rows.encode(), Limits(rows=98), "a.csv")] == ["F007"]
    assert [p.code for p in told(tmp_path, rows.encode(), Limits(cells=98), "a.csv")] == ["F007"]
    assert told(tmp_path, rows.encode(), Limits(rows=99), "a.csv") == []


def test_a_text_of_nothing_but_delimiters_is_stopped_while_it_is_read(tmp_path: Path) -> None:
    (problem,) = told(tmp_path, b"x" + b"," * 3_000 + b"\n" + (b"," * 3_000 + b"\n") * 9_000, Limits(), "a.csv")
    assert problem.code == "F007"
    assert "10,000,000 格" in problem.message


def test_a_page_and_an_xml_are_stopped_while_they_are_read(tmp_path: Path) -> None:
    page = b"<table>" + b"<tr><td colspan=1000>x" * 11_000
    assert [p.code for p in told(tmp_path, page, Limits(), "a.html")] == ["F007"]
    assert [p.code for p in told(tmp_path, b"<table>" + b"<tr><td>x<td>y" * 99, Limits(cells=99), "a.html")] == ["F007"]


def test_limits_hold_in_the_process_of_its_own_too(tmp_path: Path) -> None:
    data = old.xls({"台账": old.table([["一"]] * 99)})
    assert [p.code for p in told(tmp_path, data, Limits(cells=98), "a.xls")] == ["F008"]


@pytest.mark.parametrize(
    "word", ["行数", "行数=", "行数=0", "行数=-1", "行数=1.5", "行数=１２", "行=5", "=5", "行数=1e9"]
)
def test_a_limit_that_is_none_is_refused_with_the_names_there_are(word: str) -> None:
    with pytest.raises(ZywError) as refused:
        raised(parse_words([word]), Limits())
    assert refused.value.exit_code == 2
    assert refused.value.problems[0].code == "F031"
    assert "压缩比" in refused.value.problems[0].hint


def test_limits_are_set_by_the_option_and_by_the_workspace_and_the_option_wins(
    run: Run, office: Path, tmp_path: Path
) -> None:
    (office / "长.csv").write_text("单位,问题\n" + "大垸小学,迟到\n" * 50, encoding="utf-8")
    refused = run("check", "台账", "--limit", "行数=20")
    assert refused.code == 3
    assert "F007" in refused.out
    (office / "zyw.yaml").write_text("方案: dayuan-2011\n上限: {行数: 20, 秒数: 9}\n", encoding="utf-8")
    place = load(office)
    assert place
    assert (place.limits.rows, place.limits.seconds, place.limits.columns) == (20, 9, Limits().columns)
    assert run("check", "台账").code == 3
    assert "F007" not in run("check", "台账", "--limit", "行数=2000", "--limit=秒数＝5").out


def test_a_wrong_limit_in_the_workspace_is_refused_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "zyw.yaml").write_text("方案: dayuan-2011\n上限:\n  行: 20\n", encoding="utf-8")
    with pytest.raises(ZywError) as refused:
        load(tmp_path)
    place = refused.value.problems[0].place
    assert place is not None
    assert (place.file, place.line) == ("zyw.yaml", 3)
