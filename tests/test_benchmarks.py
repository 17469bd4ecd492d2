import json
import subprocess
import sys
from pathlib import Path

import pytest
from docx import Document
from openpyxl import load_workbook

from benchmarks import county, returns
from benchmarks.measure import Cost, medians, paired, ratio

ROOT = Path(__file__).parent.parent
ROWS = 200


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> county.Files:
    return county.build(tmp_path_factory.mktemp("county"), seed=7, rows=ROWS, sheets=ROWS)


def run(module: str, *arguments: str | Path) -> str:
    command = [sys.executable, "-m", module, *map(str, arguments)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, check=True, encoding="utf-8").stdout


def test_the_same_seed_gives_the_same_bytes(files: county.Files, tmp_path: Path) -> None:
    again = county.build(tmp_path, seed=7, rows=ROWS, sheets=ROWS)
    other = county.build(tmp_path, seed=8, rows=ROWS, sheets=ROWS)
    assert again.ledger.read_bytes() == files.ledger.read_bytes()
    assert again.survey.read_bytes() == files.survey.read_bytes()
    assert other.ledger.read_bytes() != files.ledger.read_bytes()


def test_the_ledger_has_the_shape_it_promises(files: county.Files) -> None:
    sheet = load_workbook(files.ledger).active
    assert sheet is not None
    rows = list(sheet.iter_rows(min_row=5, values_only=True))
    assert sheet.max_column == 16
    assert len(rows) == ROWS + 1  # the signature line
    sanctioned = sum(row[10] is not None for row in rows) / ROWS
    assert 0.18 < sanctioned < 0.36
    survey = load_workbook(files.survey).active
    assert survey is not None
    assert (survey.max_row, survey.max_column) == (ROWS + 1, 23)


def test_the_bare_yardstick_reads_every_row_and_writes_one_row_a_unit(files: county.Files, tmp_path: Path) -> None:
    told = run("benchmarks.bare", files.roster, files.ledger, files.survey, "-o", tmp_path / "bare.xlsx")
    sheet = load_workbook(tmp_path / "bare.xlsx")["排名"]
    assert int(told) == (300 + 2) + (ROWS + 5) + (ROWS + 1)
    assert sheet.max_row == 300 + 2


def test_the_plain_script_gives_every_unit_a_score(files: county.Files, tmp_path: Path) -> None:
    scores = plain_scores(files, tmp_path)
    assert len(scores) == 300
    assert min(map(int, scores.values())) < 100 == max(map(int, scores.values()))


def plain_scores(files: county.Files, folder: Path) -> dict[str, str]:
    told = folder / "plain.json"
    run("benchmarks.plain", files.roster, files.ledger, files.survey, "-o", folder / "plain.xlsx", "--scores", told)
    found: dict[str, str] = json.loads(told.read_text(encoding="utf-8"))
    return found


def test_zyw_and_docxtpl_fill_the_same_notices(files: county.Files, tmp_path: Path) -> None:
    for engine in ("zyw", "docxtpl"):
        run("benchmarks.notices", engine, files.roster, files.ledger, tmp_path / engine, "--first", "3")
    made = sorted((tmp_path / "zyw").glob("*.docx"))
    assert len(made) == 3
    assert [words(path) for path in made] == [words(tmp_path / "docxtpl" / path.name) for path in made]


def words(path: Path) -> list[str]:
    document = Document(str(path))
    cells = [cell.text for table in document.tables for line in table.rows for cell in line.cells]
    return [paragraph.text for paragraph in document.paragraphs] + cells


def test_paired_runs_take_turns_and_ratios_compare_neighbours(tmp_path: Path) -> None:
    note = tmp_path / "order"
    work = "import time; open({!r}, 'a').write({!r}); time.sleep(0.3)"  # long enough to be looked at once
    commands = {name: [sys.executable, "-c", work.format(str(note), name)] for name in ("a", "b")}
    costs = paired(commands, {"a": 2, "b": 3}, tmp_path)
    assert note.read_text() == "abbab"
    assert [len(found) for found in costs.values()] == [2, 3]
    assert all(cost.exit_code == 0 and cost.peak > 1 for found in costs.values() for cost in found)


def test_a_ratio_is_the_median_of_the_pairs() -> None:
    ours, base = [Cost(2, 1, 1), Cost(9, 1, 1), Cost(4, 1, 1, 1)], [Cost(1, 1, 1), Cost(3, 1, 1), Cost(4, 1, 1)]
    assert ratio(ours, base, "wall") == 2
    assert medians(ours) == Cost(4, 1, 1, 1)


def test_zyw_gives_the_scores_of_the_plain_script(files: county.Files, tmp_path: Path) -> None:
    inputs = (files.roster, files.ledger, files.survey)
    told = json.loads(run("zyw", "rank", *inputs, "--scheme", "dayuan-2011", "--year", "2012", "--json"))
    assert {unit["unit"]: unit["score"] for unit in told["units"]} == plain_scores(files, tmp_path)
    assert {problem["severity"] for problem in told["problems"]} <= {"warning", "note"}


def test_a_second_ledger_of_the_same_cases_changes_no_score(files: county.Files, tmp_path: Path) -> None:
    inputs = (files.roster, files.ledger, files.sanctions, files.survey_csv)
    told = json.loads(run("zyw", "rank", *inputs, "--scheme", "dayuan-2011", "--year", "2012", "--json"))
    assert {unit["unit"]: unit["score"] for unit in told["units"]} == plain_scores(files, tmp_path)


def test_every_way_of_reading_the_returns_reads_every_row(tmp_path: Path) -> None:
    folder = returns.build(tmp_path, 3)
    told = {way: int(run("benchmarks.returns", way, folder)) for way in returns.WAYS}
    assert told == {"bare": 3 * 33, "read": 3 * 33, "taken": 3 * 30}
