"""The month of a folder: what is written, where, under which lock, and that nothing is left half done."""

import json
from datetime import date
from pathlib import Path

import pytest

from tests.small_office import Run, broken
from zyw.month.doing import label
from zyw.periods import Period
from zyw.run import write_all

MONTH = ("--scheme", "dayuan-2011", "--month", "2012-05")
FILES = ["看板.html", "问题清单.xlsx", "得分.json", "排名.xlsx", "督查通报.docx", "清单.json"]
NOTICES = ["大垸中学得分告知单.docx", "大垸小学得分告知单.docx", "黄歇中学得分告知单.docx"]


def names(folder: Path) -> list[str]:
    return sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file() and ".zyw" not in p.parts)


def test_a_month_is_written_whole_beside_the_ledgers(office: Path, run: Run) -> None:
    ended = run("run", "台账", *MONTH)
    assert ended.code == 0, ended.err
    assert names(office / "输出" / "2012-05") == sorted([*FILES, *(f"得分告知单/{name}" for name in NOTICES)])
    assert "得分告知单/（3 份）" in ended.out


def test_the_written_json_is_that_of_the_ranking(office: Path, run: Run) -> None:
    run("run", "台账", *MONTH)
    written = json.loads((office / "输出" / "2012-05" / "得分.json").read_text(encoding="utf-8"))
    assert written == run("rank", "台账", *MONTH, "--json").json


def test_a_second_run_replaces_its_own_results_with_the_same_bytes(office: Path, run: Run) -> None:
    run("run", "台账", *MONTH)
    folder = office / "输出" / "2012-05"
    before = {name: (folder / name).read_bytes() for name in names(folder)}
    assert run("run", "台账", *MONTH).code == 0
    assert {name: (folder / name).read_bytes() for name in names(folder)} == before


def test_a_foreign_file_in_the_way_stops_the_whole_month(office: Path, run: Run) -> None:
    folder = office / "输出" / "2012-05"
    folder.mkdir(parents=True)
    (folder / "督查通报.docx").write_bytes(b"mine")
    assert run("run", "台账", *MONTH).code == 4
    assert names(folder) == ["督查通报.docx"]
    assert (folder / "督查通报.docx").read_bytes() == b"mine"
    assert run("run", "台账", *MONTH, "--overwrite").code == 0


def test_results_may_go_elsewhere(office: Path, run: Run, tmp_path: Path) -> None:
    assert run("run", "台账", *MONTH, "-o", "结果").code == 0
    assert "排名.xlsx" in names(tmp_path / "结果")
    assert not (office / "输出").exists()


def test_a_workspace_says_where_and_who(office: Path, run: Run) -> None:
    (office / "zyw.yaml").write_text("方案: dayuan-2011\n输出: 结果\n发文机关: 试验教育局\n", encoding="utf-8")
    assert run("run", "台账", "--month", "2012-05").code == 0
    import docx

    paragraphs = docx.Document(str(office / "结果" / "2012-05" / "督查通报.docx")).paragraphs
    assert any("试验教育局" in paragraph.text for paragraph in paragraphs)


def test_with_skip_bad_the_month_is_written_and_still_three(office: Path, run: Run) -> None:
    broken(office)
    ended = run("run", "台账", *MONTH, "--skip-bad")
    assert ended.code == 3
    written = json.loads((office / "输出" / "2012-05" / "得分.json").read_text(encoding="utf-8"))
    assert written["missing_inputs"] == ["大垸小学.xlsx"]


@pytest.mark.parametrize(("name", "files"), [("monthly", ["督查通报.docx"]), ("unit", sorted(NOTICES))])
def test_a_paper_is_written_into_the_folder(
    name: str,
    files: list[str],
    office: Path,
    run: Run,
    tmp_path: Path,
) -> None:
    ended = run("report", name, "台账", *MONTH, "-o", "文书")
    assert ended.code == 0, ended.err
    assert names(tmp_path / "文书") == files


def test_the_bulletin_hides_names_unless_it_is_for_the_office(office: Path, run: Run, tmp_path: Path) -> None:
    import docx

    def text(folder: str) -> str:
        document = docx.Document(str(tmp_path / folder / "督查通报.docx"))
        cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
        return "\n".join([*(p.text for p in document.paragraphs), *cells])

    run("report", "monthly", "台账", *MONTH, "-o", "通报")
    run("report", "monthly", "台账", *MONTH, "-o", "内部", "--level", "内部")
    assert "吴用" not in text("通报")
    assert "吴用" in text("内部")


def test_nothing_is_moved_when_one_of_many_cannot_be_made(tmp_path: Path) -> None:
    class Full(dict[str, bytes]):
        def items(self):  # type: ignore[no-untyped-def]
            yield "甲.json", b"{}"
            raise MemoryError

    with pytest.raises(MemoryError):
        write_all(tmp_path / "文书", Full())
    assert names(tmp_path) == []


def test_the_example_office_runs_and_a_second_demo_changes_nothing(run: Run, tmp_path: Path) -> None:
    first = run("demo")
    before = {p: p.read_bytes() for p in (tmp_path / "zyw-demo").rglob("*.xlsx")}
    second = run("demo")
    assert (first.code, second.code) == (1, 1)
    assert "zyw check zyw-demo" in first.err
    assert {p: p.read_bytes() for p in (tmp_path / "zyw-demo").rglob("*.xlsx")} == before
    assert not list((tmp_path / "zyw-demo").rglob("*.py"))


def test_a_demo_does_not_touch_what_somebody_changed(run: Run, tmp_path: Path) -> None:
    (tmp_path / "zyw-demo").mkdir()
    (tmp_path / "zyw-demo" / "名册.xlsx").write_bytes(b"mine")
    assert run("demo").code == 4
    assert (tmp_path / "zyw-demo" / "名册.xlsx").read_bytes() == b"mine"


@pytest.mark.parametrize(
    ("start", "end", "name"),
    [
        (date(2012, 5, 1), date(2012, 5, 31), "2012-05"),
        (date(2012, 10, 1), date(2012, 12, 31), "2012Q4"),
        (date(2012, 1, 1), date(2012, 12, 31), "2012"),
        (date(2011, 9, 1), date(2012, 8, 31), "2011学年"),
        (date(2012, 3, 2), date(2012, 4, 9), "2012-03-02至2012-04-09"),
    ],
)
def test_a_period_names_its_folder(start: date, end: date, name: str) -> None:
    assert label(Period(start, end)) == name


def test_where_nothing_can_be_written_the_month_ends_with_four(office: Path, run: Run, tmp_path: Path) -> None:
    (tmp_path / "结果").write_text("a file, no folder", encoding="utf-8")
    ended = run("run", "台账", *MONTH, "-o", "结果")
    assert (ended.code, "W003" in ended.err) == (4, True)
