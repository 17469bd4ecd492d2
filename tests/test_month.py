"""The month of a workspace: what is written, what is left alone, what is told, and what a kill leaves behind."""

import json
import multiprocessing
import os
import re
import signal
import time
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.small_office import SANCTIONS, Run, broken
from zyw import writing
from zyw.agenda.rule import RULES, last_period
from zyw.agenda.steps import NAMES, STEPS
from zyw.evidence.deciding import Fate, Lying, beside, decide, gone
from zyw.evidence.manifest import Ingredients, Manifest, NotOneError, Output, digest, parse_manifest
from zyw.month import placing
from zyw.month.lock import HOLDER, locked
from zyw.month.summary import LINES
from zyw.options import Asked, period
from zyw.problems import ZywError

MONTH = ("--month", "2012-05")
PEOPLE = ("周全", "吴用", "李明", "郑和")


@pytest.fixture
def place(office: Path) -> Path:
    """The small office as a workspace; returns the folder of its month."""
    (office / "zyw.yaml").write_text("方案: dayuan-2011\n", encoding="utf-8")
    return office / "输出" / "2012-05"


def tree(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def manifest(place: Path) -> Manifest:
    return parse_manifest((place / "清单.json").read_bytes())


# --- the table of steps --------------------------------------------------------------------------------------------


def test_each_step_is_made_by_a_function_that_is_there() -> None:
    from zyw.month import results

    for step in STEPS:
        assert callable(getattr(results, step.maker)), step.name


def test_only_some_steps_leave_the_rest_as_it_was(place: Path, office: Path, run: Run) -> None:
    run("run", "台账", *MONTH)
    before, made = tree(place), manifest(place)
    (office / "追责台账.csv").write_text(SANCTIONS.replace("2,黄歇中学", "2,大垸小学"), encoding="utf-8")
    assert run("run", "台账", *MONTH, "--only", "排名").code == 0
    after = tree(place)
    assert after["排名.xlsx"] != before["排名.xlsx"]
    assert after["督查通报.docx"] == before["督查通报.docx"]
    now = manifest(place)
    assert {o.file for o in now.outputs} == {o.file for o in made.outputs}
    assert {o.file for o in now.outputs if o.of == now.made_from.fingerprint} == {"排名.xlsx"}


def test_a_step_that_there_is_not_is_refused_with_those_there_are(place: Path, run: Run) -> None:
    ended = run("run", "台账", *MONTH, "--only", "排明")
    assert (ended.code, "最接近的：排名" in ended.err) == (2, True)
    assert not place.exists()


def test_a_workspace_may_say_what_is_made_and_for_whom(place: Path, office: Path, run: Run) -> None:
    import docx

    (office / "zyw.yaml").write_text("方案: dayuan-2011\n产出: [督查通报]\n密级: {督查通报: 内部}\n", encoding="utf-8")
    assert run("run", "台账", *MONTH).code == 0
    assert set(tree(place)) == {"督查通报.docx", "清单.json"}
    document = docx.Document(str(place / "督查通报.docx"))
    assert "吴用" in "".join(cell.text for table in document.tables for row in table.rows for cell in row.cells)


def test_a_survey_among_the_inputs_gives_its_workbook(run: Run, tmp_path: Path) -> None:
    run("demo")
    assert (tmp_path / "zyw-demo" / "输出" / "2012-05" / "测评.xlsx").is_file()


# --- which period, which workspace ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rule", "day", "asked"),
    [
        ("上月", date(2026, 11, 1), Asked(month="2026-10")),
        ("上月", date(2024, 2, 29), Asked(month="2024-01")),
        ("上月", date(2026, 1, 31), Asked(month="2025-12")),
        ("上季度", date(2026, 3, 31), Asked(quarter="2025Q4")),
        ("上季度", date(2026, 4, 1), Asked(quarter="2026Q1")),
        ("上年", date(2026, 12, 31), Asked(year="2025")),
        ("上学年", date(2026, 8, 31), Asked(school_year="2024")),
        ("上学年", date(2026, 9, 1), Asked(school_year="2025")),
    ],
)
def test_without_a_period_it_is_the_last_one_that_is_over(rule: str, day: date, asked: Asked) -> None:
    assert last_period(rule, day) == asked


@given(st.sampled_from(RULES), st.dates(date(2003, 1, 1), date(2099, 12, 31)))
def test_the_last_period_ends_before_the_day_and_nothing_lies_between(rule: str, day: date) -> None:
    found = period(last_period(rule, day))
    assert found is not None
    assert found.end < day
    assert last_period(rule, date.fromordinal(found.end.toordinal() + 1)) == last_period(rule, day)
    before = period(last_period(rule, found.end))
    assert before is not None
    assert before.end < found.start


def test_the_month_is_the_one_before_the_day_on_which_one_stands(place: Path, run: Run) -> None:
    assert run("run", "台账", "--as-of", "2012-06-03").code == 0
    assert place.is_dir()
    assert manifest(place).made_from.as_of == "2012-06-03"


@pytest.mark.parametrize("day", ["2011-12-31", "2012-02-29", "2012-12-31", "2013-03-01"])
def test_an_empty_month_and_one_before_any_data_are_written_like_any_other(day: str, place: Path, run: Run) -> None:
    assert run("run", "台账", "--as-of", day).code == 0


def test_a_workspace_is_found_from_a_folder_inside_it(
    place: Path, office: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    (office / "深" / "处").mkdir(parents=True)
    monkeypatch.chdir(office / "深" / "处")
    assert run("run", *MONTH).code == 0
    assert place.is_dir()


def test_inside_a_workspace_a_command_needs_no_scheme_and_keeps_its_decisions(
    place: Path, office: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run("score", "台账/追责台账.csv", "--year", "2012").code == 2
    monkeypatch.chdir(office)
    (office / "别名.yaml").write_text(
        "别名:\n  - {写法: 大中, 单位: 大垸中学, 确认人: 收表人, 日期: 2012-06-01}\n", encoding="utf-8"
    )
    (office / "追责台账.csv").write_text(SANCTIONS.replace("1,大垸中学", "1,大中"), encoding="utf-8")
    found = run("score", "追责台账.csv", "名册.csv", "--year", "2012")
    assert (found.code, "95" in found.out) == (0, True)
    assert run("score", "..", "--year", "2012").code == 2


def test_without_a_workspace_a_folder_must_be_named(run: Run) -> None:
    ended = run("run", *MONTH)
    assert (ended.code, "G041" in ended.err) == (2, True)


def test_inputs_may_be_named_by_pattern(place: Path, office: Path, run: Run) -> None:
    (office / "旧.csv").write_text(SANCTIONS.replace("1,大垸中学", "9,大垸中学"), encoding="utf-8")
    (office / "zyw.yaml").write_text("方案: dayuan-2011\n输入: [名册.*, '追责*.csv']\n", encoding="utf-8")
    assert run("run", "台账", *MONTH).code == 0
    assert [each.file for each in manifest(place).made_from.inputs] == ["名册.csv", "追责台账.csv"]


def test_a_pattern_that_nothing_matches_is_a_missing_input(place: Path, office: Path, run: Run) -> None:
    (office / "zyw.yaml").write_text("方案: dayuan-2011\n输入: [名册.csv, '*月.xlsx']\n", encoding="utf-8")
    assert run("run", "台账", *MONTH).code == 3
    assert not place.exists()


# --- the clerk's edits ---------------------------------------------------------------------------------------------


def edited(path: Path) -> bytes:
    """Change a result as WPS does: a part more, all marks kept."""
    import zipfile

    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("docProps/anmerkung.xml", "<a/>")
    return path.read_bytes()


def test_an_edited_result_is_never_replaced_and_the_new_one_lies_beside_it(place: Path, run: Run) -> None:
    run("run", "台账", *MONTH)
    made = (place / "督查通报.docx").read_bytes()
    mine = edited(place / "督查通报.docx")
    ended = run("run", "台账", *MONTH)
    assert (ended.code, "督查通报（新）.docx" in ended.err) == (0, True)
    assert (place / "督查通报.docx").read_bytes() == mine
    assert (place / "督查通报（新）.docx").read_bytes() == made
    before = tree(place)
    assert run("run", "台账", *MONTH).code == 0
    assert tree(place) == before


def test_what_was_laid_beside_and_edited_stays_too(place: Path, run: Run) -> None:
    run("run", "台账", *MONTH)
    edited(place / "督查通报.docx")
    run("run", "台账", *MONTH)
    mine = edited(place / "督查通报（新）.docx")
    run("run", "台账", *MONTH)
    assert (place / "督查通报（新）.docx").read_bytes() == mine
    assert (place / "督查通报（新2）.docx").is_file()


def test_overwrite_replaces_an_edited_result_and_clears_what_lay_beside(place: Path, run: Run) -> None:
    run("run", "台账", *MONTH)
    before = tree(place)
    edited(place / "排名.xlsx")
    run("run", "台账", *MONTH)
    assert (place / "排名（新）.xlsx").is_file()
    assert run("run", "台账", *MONTH, "--overwrite").code == 0
    assert tree(place) == before


def test_the_notice_of_a_unit_that_left_goes_unless_somebody_worked_in_it(place: Path, office: Path, run: Run) -> None:
    run("run", "台账", *MONTH)
    roster = (office / "名册.csv").read_text(encoding="utf-8")
    (office / "名册.csv").write_text(roster.replace("大垸小学,小学,郑和\n", ""), encoding="utf-8")
    ended = run("run", "台账", *MONTH)
    assert not (place / "得分告知单" / "大垸小学得分告知单.docx").exists()
    assert "已删去：得分告知单/大垸小学得分告知单.docx" in ended.err
    edited(place / "得分告知单" / "黄歇中学得分告知单.docx")
    (office / "名册.csv").write_text("单位名称,学段,主要负责人\n大垸中学,初中,周全\n", encoding="utf-8")
    run("run", "台账", *MONTH)
    assert (place / "得分告知单" / "黄歇中学得分告知单.docx").exists()


HASHES = st.sampled_from(["a", "b", "c", "d"])
FILES = st.sampled_from(["排名.xlsx", "督查通报.docx", "排名（新）.xlsx"])


@given(
    made=st.dictionaries(FILES, HASHES, min_size=1),
    there=st.dictionaries(
        st.sampled_from(["排名.xlsx", "督查通报.docx", "排名（新）.xlsx", "排名（新2）.xlsx"]), HASHES
    ),
    known=st.dictionaries(FILES, HASHES),
    own=st.sets(FILES),
    overwrite=st.booleans(),
)
def test_nothing_that_zyw_did_not_put_there_is_ever_replaced(
    made: dict[str, str], there: dict[str, str], known: dict[str, str], own: set[str], overwrite: bool
) -> None:
    former = Manifest(EMPTY, tuple(Output(file, sha, "排名", "x") for file, sha in known.items()))
    lying = Lying(there.get, lambda name: name in own)
    placed = decide(made, former, lying, overwrite=overwrite)
    assert [each.name for each in placed] == list(made)
    for each in placed:
        old = there.get(each.file)
        replaced = old is not None and each.fate is not Fate.FOREIGN and old != made[each.name]
        assert not replaced or overwrite or old == known.get(each.file) or (each.file not in known and each.file in own)
    for name in gone(former, placed, ["排名"], lying):
        assert there[name] == known[name]


EMPTY = Ingredients("0", {}, {}, {}, "2012-05-31", {}, (), (), (), {})


# --- the manifest --------------------------------------------------------------------------------------------------


def test_the_manifest_names_everything_by_its_hash(place: Path, office: Path, run: Run) -> None:
    run("run", "台账", *MONTH)
    found = manifest(place)
    files = {name: digest(content) for name, content in tree(place).items() if name != "清单.json"}
    assert {output.file: output.sha256 for output in found.outputs} == files
    assert {each.file: each.sha256 for each in found.made_from.inputs} == {
        name: digest((office / name).read_bytes()) for name in ("名册.csv", "追责台账.csv")
    }
    assert [each.file for each in found.made_from.settings] == ["zyw.yaml"]
    assert found.made_from.scheme["id"] == "dayuan-2011"
    assert found.complete
    assert parse_manifest(found.dumped()) == found


def test_the_manifest_holds_what_people_decided_and_who(place: Path, office: Path, run: Run) -> None:
    (office / "zyw.yaml").write_text(
        "方案: dayuan-2011\n读法:\n  - {文件: 追责台账.csv, 表: 追责台账}\n", encoding="utf-8"
    )
    (office / "豁免.yaml").write_text(
        "豁免:\n  - {代码: K003, 单位: 大垸中学, 理由: 看过, 批准人: 局办, 有效期至: 2012-12-31}\n", encoding="utf-8"
    )
    (office / "别名.yaml").write_text(
        "别名:\n  - {写法: 大中, 单位: 大垸中学, 确认人: 收表人, 日期: 2012-06-01}\n", encoding="utf-8"
    )
    (office / "认定.csv").write_text(
        "单位,规则,分值,认定人,认定日\n大垸中学,某项,1,张局,2012-05-02\n", encoding="utf-8"
    )
    run("run", "台账", *MONTH)
    decided = manifest(place).made_from.decisions
    assert [each["文件"] for each in decided["读法"]] == ["追责台账.csv"]
    assert [(each["代码"], each["批准人"]) for each in decided["豁免"]] == [("K003", "局办")]
    assert [(each["写法"], each["确认人"]) for each in decided["别名"]] == [("大中", "收表人")]
    assert [each["认定人"] for each in decided["认定"]] == ["张局"]
    assert [each.file for each in manifest(place).made_from.settings] == ["zyw.yaml", "别名.yaml", "豁免.yaml"]


def test_a_changed_cell_changes_the_fingerprint(place: Path, office: Path, run: Run) -> None:
    run("run", "台账", *MONTH)
    before = manifest(place).made_from.fingerprint
    (office / "追责台账.csv").write_text(SANCTIONS.replace("2012-04-02", "2012-04-03"), encoding="utf-8")
    run("run", "台账", *MONTH)
    assert manifest(place).made_from.fingerprint != before


@pytest.mark.parametrize(
    "text", [b"", b"{}", b"[]", b"null", b'{"version": 2}', b"\xff", b'{"version": 1, "inputs": 3}']
)
def test_what_is_no_manifest_is_told_apart(text: bytes) -> None:
    with pytest.raises(NotOneError):
        parse_manifest(text)


def test_a_foreign_file_named_like_the_manifest_stops_the_month(place: Path, run: Run) -> None:
    place.mkdir(parents=True)
    (place / "清单.json").write_text("my list", encoding="utf-8")
    assert run("run", "台账", *MONTH).code == 4
    assert set(tree(place)) == {"清单.json"}


# --- nothing written, nothing half written -------------------------------------------------------------------------


def test_a_dry_run_says_what_would_be_written_and_writes_nothing(place: Path, office: Path, run: Run) -> None:
    before = tree(office)
    ended = run("run", "台账", *MONTH, "--dry-run")
    assert (ended.code, "新写" in ended.out, "排名.xlsx" in ended.out) == (0, True, True)
    assert tree(office) == before
    run("run", "台账", *MONTH)
    edited(place / "排名.xlsx")
    before = tree(office)
    told = run("run", "台账", *MONTH, "--dry-run", "--json").json["run"]
    fates = {each["file"]: each["fate"] for each in told["files"]}
    assert (fates["排名（新）.xlsx"], fates["督查通报.docx"], told["dry_run"]) == ("放在旁边", "不变", True)
    assert tree(office) == before


def test_a_damaged_input_leaves_the_last_month_as_it_was(place: Path, office: Path, run: Run) -> None:
    run("run", "台账", *MONTH)
    before = tree(place)
    broken(office)
    ended = run("run", "台账", *MONTH)
    assert (ended.code, "大垸小学.xlsx" in ended.err) == (3, True)
    assert tree(place) == before
    (office / "大垸小学.xlsx").unlink()
    assert run("run", "台账", *MONTH).code == 0
    assert tree(place) == before


@pytest.mark.parametrize("after", [0, 1, 3, 4])
def test_a_run_broken_off_between_two_files_is_made_good_by_the_next(
    after: int, place: Path, office: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("run", "台账", *MONTH)
    (office / "追责台账.csv").write_text(SANCTIONS.replace("2,黄歇中学", "2,大垸小学"), encoding="utf-8")
    whole = _undisturbed(office, run)
    moved: list[Path] = []
    really = writing.move_over

    def move(source: Path, target: Path) -> None:
        if len(moved) == after:
            raise KeyboardInterrupt
        moved.append(target)
        really(source, target)

    monkeypatch.setattr(placing, "move_over", move)
    assert run("run", "台账", *MONTH).code == 130
    assert not manifest(place).complete
    assert not [name for name in tree(place) if name.startswith(".~")]
    monkeypatch.setattr(placing, "move_over", really)
    assert run("run", "台账", *MONTH).code == 0
    assert tree(place) == whole


def _undisturbed(office: Path, run: Run) -> dict[str, bytes]:
    import shutil

    copy = office.parent / "另一处" / "台账"
    shutil.copytree(office, copy, ignore=shutil.ignore_patterns("输出", ".zyw"))
    run("run", str(copy), *MONTH)
    return tree(copy / "输出" / "2012-05")


# --- what is told --------------------------------------------------------------------------------------------------


def test_the_summary_says_in_ten_lines_how_it_went_and_names_nobody(place: Path, office: Path, run: Run) -> None:
    (office / "追责台账.csv").write_text(
        SANCTIONS + "4,大垸小学,郑和,校长,没有这种处理,2012-05-03,督查暗访,\n", encoding="utf-8"
    )
    assert run("run", "台账", *MONTH, "--summary", "小结.txt").code == 1
    text = (office.parent / "小结.txt").read_text(encoding="utf-8")
    assert text.startswith("2012-05：完成，但数据里至少有一个错误")
    assert len(text.splitlines()) <= LINES
    assert "C002 追责台账.csv ▸ E5" in text
    assert not [name for name in (*PEOPLE, "没有这种处理") if name in text]


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [((), 3, "大垸小学.xlsx"), (("--only", "排明"), 2, "没有做成"), (("--scheme", "没有"), 2, "G021")],
)
@pytest.mark.usefixtures("place")
def test_a_run_that_was_not_done_says_so_in_its_summary(
    words: tuple[str, ...], code: int, said: str, office: Path, run: Run
) -> None:
    broken(office)
    assert run("run", "台账", *MONTH, *words, "--summary", "小结.txt").code == code
    text = (office.parent / "小结.txt").read_text(encoding="utf-8")
    assert said in text
    assert f"退出码 {code}" in text
    assert len(text.splitlines()) <= LINES


def test_the_lines_of_a_refusal_quote_no_cell_and_a_torn_setting_is_told_there_too(office: Path, run: Run) -> None:
    (office / "追责台账.csv").write_text(
        SANCTIONS + "4,大垸小学,郑和,校长,没有这种处理,2012-05-03,督查暗访,\n", "utf-8"
    )
    next(iter(office.glob("名册*"))).unlink()
    assert run("run", "台账", "--scheme", "dayuan-2011", *MONTH, "--summary", "小结.txt").code == 2
    text = (office.parent / "小结.txt").read_text(encoding="utf-8")
    assert "C002  追责台账.csv ▸ E5" in text
    assert "没有这种处理" not in text
    (office / "zyw.yaml").write_text("方案: [\n", encoding="utf-8")
    assert run("run", "台账", *MONTH, "--summary", "小结.txt").code == 2
    assert "zyw.yaml" in (office.parent / "小结.txt").read_text(encoding="utf-8")


def test_a_folder_that_is_not_there_is_not_made(office: Path, run: Run) -> None:
    assert run("run", "没有", "--scheme", "dayuan-2011", *MONTH).code == 3
    assert not (office.parent / "没有").exists()


def test_a_month_that_stands_is_not_called_undone_for_its_ten_lines(place: Path, office: Path, run: Run) -> None:
    (office.parent / "小结").mkdir()
    assert run("run", "台账", *MONTH, "--summary", "小结").code == 4
    assert (office / "输出" / "2012-05" / "排名.xlsx").is_file()
    assert "退出码 0" in (office / ".zyw" / "运行-2012-05.txt").read_text(encoding="utf-8")


def test_quietly_a_month_is_one_line(place: Path, run: Run) -> None:
    ended = run("run", "台账", *MONTH, "--quiet")
    assert ended.out == "2012-05：完成（退出码 0）\n"
    assert ended.err == ""


def test_the_log_is_for_its_owner_and_names_nobody(place: Path, office: Path, run: Run) -> None:
    (office / "追责台账.csv").write_text(
        SANCTIONS + "4,不在册小学,郑和,校长,没有这种处理,2012-05-03,督查暗访,\n", encoding="utf-8"
    )
    run("run", "台账", *MONTH)
    broken(office)
    run("run", "台账", "--month", "2012-04")
    logs = [path for path in (office / ".zyw").iterdir() if path.name.startswith("运行") and path.suffix != ".lock"]
    assert {path.name for path in logs} == {
        "运行-2012-05.json", "运行-2012-05.txt", "运行-2012-04.json", "运行-2012-04.txt", "运行记录.txt",
    }  # fmt: skip
    for path in logs:
        text = path.read_text(encoding="utf-8")
        assert path.stat().st_mode & 0o777 == 0o600
        assert not [name for name in (*PEOPLE, "没有这种处理", "不在册小学") if name in text], path
    told = json.loads((office / ".zyw" / "运行-2012-05.json").read_text(encoding="utf-8"))
    assert (told["exit_code"], told["files"]["排名.xlsx"], told["problems"]["C002"]) == (1, "新写", 1)
    assert len((office / ".zyw" / "运行记录.txt").read_text(encoding="utf-8").splitlines()) == 2


# --- two runs ------------------------------------------------------------------------------------------------------


def test_the_second_run_is_told_who_works_and_since_when(place: Path, office: Path, run: Run) -> None:
    with locked(office):
        ended = run("run", "台账", *MONTH, "--wait", "0")
    assert ended.code == 5
    assert re.search(r"进程 \d+）从 \d{4}-\d\d-\d\d \d\d:\d\d:\d\d 起", ended.err)
    assert not (office / HOLDER).exists()


def test_another_workspace_is_not_in_the_way(place: Path, office: Path, run: Run) -> None:
    with locked(office.parent / "别处"):
        assert run("run", "台账", *MONTH).code == 0


def _hold(root: str, ready: str) -> None:
    with locked(Path(root)):
        Path(ready).touch()
        time.sleep(60)


def test_a_killed_holder_never_blocks(place: Path, office: Path, run: Run) -> None:
    ready = office.parent / "好了"
    holder = multiprocessing.get_context("spawn").Process(target=_hold, args=(str(office), str(ready)))
    holder.start()
    try:
        for _ in range(600):
            if ready.exists():
                break
            time.sleep(0.05)
        assert run("run", "台账", *MONTH).code == 5
        assert holder.pid is not None
        os.kill(holder.pid, signal.SIGKILL)
        holder.join(20)
        assert (office / HOLDER).exists()
        assert run("run", "台账", *MONTH).code == 0
    finally:
        holder.kill()


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"who": 1}', "\x00"])
def test_a_torn_note_of_the_holder_hides_nothing(text: str, place: Path, office: Path, run: Run) -> None:
    with locked(office):
        (office / HOLDER).write_text(text, encoding="utf-8")
        assert run("run", "台账", *MONTH).code == 5


@pytest.mark.parametrize("wait", ["两秒", "-1", "1.5"])
def test_how_long_to_wait_is_a_number_of_seconds(wait: str, place: Path, run: Run) -> None:
    assert run("run", "台账", *MONTH, "--wait", wait).code == 2


def test_names_beside_keep_folder_and_ending() -> None:
    assert beside("得分告知单/甲.docx", 3) == "得分告知单/甲（新3）.docx"


def test_a_faulty_step_of_the_file_is_named_by_its_line(office: Path, run: Run) -> None:
    faults: Mapping[str, str] = {
        "产出: [排明]": "zyw.yaml:2:6",
        "密级: {排名: 公开}": "zyw.yaml:2:10",
        "密级: {得分数据: 内部}": "zyw.yaml:2:6",
        "时段: 下月": "zyw.yaml:2:5",
    }
    for text, where in faults.items():
        (office / "zyw.yaml").write_text(f"方案: dayuan-2011\n{text}\n", encoding="utf-8")
        ended = run("run", "台账", *MONTH)
        assert (ended.code, where in ended.err) == (2, True), (text, ended.err)


def test_what_went_wrong_in_placing_is_told_and_the_new_folder_is_not_there(
    place: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "x")

    monkeypatch.setattr("os.fsync", full)
    ended = run("run", "台账", *MONTH)
    assert (ended.code, "磁盘空间不够" in ended.err) == (4, True)
    assert not place.exists()
    assert not list(place.parent.iterdir())
    with pytest.raises(ZywError):
        placing.put(place, {}, (), (), Manifest(EMPTY, ()))


def test_every_step_has_a_name_of_its_own() -> None:
    assert len(set(NAMES)) == len(STEPS)
