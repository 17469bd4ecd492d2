"""The example office and a second office that nobody tuned for, end to end, against results worked out by hand."""

from __future__ import annotations

import csv
import dataclasses
import importlib
import importlib.util
import io
import json
import random
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from docx import Document

from zyw.reading import read_inputs
from zyw.survey.rates import rates

ROOT = Path(__file__).resolve().parent.parent
OFFICE = ROOT / "examples" / "dayuan-2011"
MESSY = ROOT / "tests" / "data" / "messy"
EXPECTED: dict[str, Any] = yaml.safe_load((ROOT / "tests" / "data" / "example-2012.yaml").read_text(encoding="utf-8"))
MESSY_EXPECTED: dict[str, Any] = yaml.safe_load((MESSY / "expected.yaml").read_text(encoding="utf-8"))
PLANTED = (ROOT / "tests" / "planted.txt").read_text(encoding="utf-8").split()


def zyw(*words: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-X", "utf8", "-m", "zyw", *map(str, words)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False)


@cache
def ranked(office: Path, *period: str) -> dict[str, Any]:
    done = zyw("rank", office, "--scheme", "dayuan-2011", *period, "--json")
    assert done.returncode in {0, 1}, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def unit_of(found: dict[str, Any], name: str) -> dict[str, Any]:
    return next(unit for unit in found["units"] if unit["unit"] == name)


def year() -> dict[str, Any]:
    return ranked(OFFICE, "--year", "2012")


def test_committed_workbooks_are_what_the_generator_writes() -> None:
    done = subprocess.run(
        [sys.executable, str(OFFICE / "make.py"), "--check"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def test_every_unit_of_the_roster_is_ranked() -> None:
    assert {unit["unit"] for unit in year()["units"]} == set(EXPECTED["单位"])


@pytest.mark.parametrize("name", EXPECTED["单位"])
def test_year_gives_each_school_the_score_and_place_worked_out_by_hand(name: str) -> None:
    wanted = EXPECTED["单位"][name]
    unit = unit_of(year(), name)
    assert (unit["score"], unit["rank"], unit["group"]) == (str(wanted["得分"]), wanted["名次"], wanted["组"])
    assert unit["tied"] is wanted.get("并列", False)
    assert [text for text in unit["consequences"] if "评先" in text] == wanted["后果"]
    assert unit["rows_not_used"] == wanted.get("未计入行数", 0)


@pytest.mark.parametrize("name", EXPECTED["单位"])
def test_base_and_journal_add_up_to_the_score(name: str) -> None:
    unit = unit_of(year(), name)
    moved = sum(int(row["points"]) for row in year()["journal"] if row["unit"] == name)
    assert int(unit["base"]) + moved == int(unit["score"])


def test_year_gives_each_person_the_effects_worked_out_by_hand() -> None:
    found: dict[str, dict[str, date | None]] = {}
    for row in year()["persons"]:
        until = date.fromisoformat(row["to"]) if row["to"] else None
        effects = found.setdefault(f"{row['unit']} {row['person']}", {})
        known = effects.get(row["consequence"])
        effects[row["consequence"]] = max(known, until) if known and until else until
    assert found == EXPECTED["个人"]


@pytest.mark.parametrize("wanted", EXPECTED["未计入"], ids=lambda wanted: wanted["姓名"])
def test_what_did_not_count_is_listed_with_its_reason(wanted: dict[str, str]) -> None:
    rows = [row for row in year()["not_counted"] if (row["unit"], row["person"]) == (wanted["单位"], wanted["姓名"])]
    assert rows
    assert all(wanted["原因含"] in row["reason"] and row["reason"] for row in rows)
    assert all(row["origins"] for row in rows)


def test_a_revocation_works_from_its_own_day() -> None:
    july = ranked(OFFICE, "--year", "2012", "--as-of", "2012-07-31")
    for name, score in EXPECTED["七月底"].items():
        assert unit_of(july, name)["score"] == str(score)


@pytest.mark.parametrize("name", EXPECTED["五月底"])
def test_may_runs_from_the_start_of_the_year(name: str) -> None:
    wanted = EXPECTED["五月底"][name]
    unit = unit_of(ranked(OFFICE, "--month", "2012-05"), name)
    assert (unit["score"], unit["rank"]) == (str(wanted["得分"]), wanted["名次"])


def test_the_errors_are_the_three_left_in_on_purpose() -> None:
    found = {(row["file"], row["sheet"], row["cell"]) for row in year()["problems"] if row["severity"] == "error"}
    assert found == {(row["文件"], row["表"], row["格"]) for row in EXPECTED["错误"]}


def test_errors_in_the_data_end_with_exit_code_1() -> None:
    assert zyw("rank", OFFICE, "--scheme", "dayuan-2011", "--year", "2012", "--json").returncode == 1


@pytest.mark.parametrize("name", MESSY_EXPECTED["单位"])
def test_the_untuned_office_comes_out_as_worked_by_hand(name: str) -> None:
    wanted = MESSY_EXPECTED["单位"][name]
    unit = unit_of(ranked(MESSY, "--year", "2013"), name)
    assert (unit["score"], unit["rank"], unit["group"]) == (str(wanted["得分"]), wanted["名次"], wanted["组"])
    assert [text for text in unit["consequences"] if "评先" in text] == wanted["后果"]


def test_the_untuned_office_says_what_did_not_count() -> None:
    found = {(row["unit"], row["person"]) for row in ranked(MESSY, "--year", "2013")["not_counted"]}
    assert {tuple(pair) for pair in MESSY_EXPECTED["未计入"]} <= found


def test_satisfied_rates_are_those_of_a_plain_count() -> None:
    ledger, _ = read_inputs([OFFICE])
    found = {
        unit: (rate.n, rate.satisfied, rate.answered) for unit, rate in rates(ledger.tallies, ledger.ballots).items()
    }
    by_hand = {
        "鹭垸管理区中心幼儿园": (33, 21 + 18 + 20 + 17 + 23, 5 * 33),
        "新洲幼儿园": (15, 9 + 7 + 8 + 9 + 10, 5 * 15),
        "小太阳幼儿园": (18, 12 + 11 + 12 + 13 + 13, 5 * 18),
    }
    assert found == by_hand | plain_count()


def plain_count() -> dict[str, tuple[int, int, int]]:
    """Count the online export without zyw: sheets, satisfied answers, answers but 不了解, by school."""
    export = next((OFFICE / "测评").glob("*.csv")).read_text(encoding="gb18030")
    counted: dict[str, tuple[int, int, int]] = {}
    for row in list(csv.reader(io.StringIO(export)))[1:]:
        sheets, satisfied, answered = counted.get(row[6], (0, 0, 0))
        given = [answer for answer in row[7:12] if answer not in {"(空)", "不了解"}]
        satisfied += sum(answer in {"非常满意", "满意"} for answer in given)
        counted[row[6]] = (sheets + 1, satisfied, answered + len(given))
    return counted


@cache
def bulletin() -> str:
    """Return the text of May's bulletin without blanks."""
    with tempfile.TemporaryDirectory() as folder:
        done = zyw("report", "monthly", OFFICE, "--scheme", "dayuan-2011", "--month", "2012-05", "-o", folder)
        assert done.returncode == 1, done.stderr
        paper = Document(str(next(Path(folder).glob("*.docx"))))
        return re.sub(r"\s", "", "".join(paragraph.text for paragraph in paper.paragraphs))


@pytest.mark.parametrize("sentence", EXPECTED["五月通报"])
def test_the_bulletin_states_what_was_counted_by_hand(sentence: str) -> None:
    assert sentence in bulletin()


@pytest.mark.parametrize("seed", [1, 2])
def test_the_order_of_rows_and_files_does_not_matter(seed: int, tmp_path: Path) -> None:
    write_shuffled(tmp_path, random.Random(seed))
    shuffled = ranked(tmp_path, "--year", "2012")
    assert outcome(shuffled) == outcome(year())


def outcome(found: dict[str, Any]) -> tuple[object, ...]:
    units = sorted(
        (unit["unit"], unit["score"], unit["rank"], *sorted(unit["consequences"])) for unit in found["units"]
    )
    moves = sorted(
        (row["unit"], str(row["person"]), row["rule"], row["date"], row["points"]) for row in found["journal"]
    )
    effects = sorted((row["unit"], row["person"], row["consequence"], str(row["to"])) for row in found["persons"])
    return units, moves, effects


def write_shuffled(folder: Path, draw: random.Random) -> None:
    """Write the example office with the rows of each body in another order and the files under other names."""
    make, art = generator()
    for name, sheets in make.OFFICE.books.items():
        books = [dataclasses.replace(sheet, body=shuffle(sheet.body, draw, art.UP)) for sheet in sheets()]
        art.write_book((folder / name).with_name(f"{draw.randint(100, 999)}{Path(name).name}"), books, "")
    for name in make.OFFICE.tables:
        (folder / name).parent.mkdir(exist_ok=True)
        shutil.copy(OFFICE / name, folder / name)


@cache
def generator() -> tuple[Any, Any]:
    """Load make.py of the example under a name of its own (other folders have a make.py too), and what draws sheets."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(OFFICE.parent))
        patch.syspath_prepend(str(OFFICE))
        spec = importlib.util.spec_from_file_location("example_make", OFFICE / "make.py")
        assert spec and spec.loader
        make = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(make)
        return make, importlib.import_module("sheetart")


def shuffle(body: Sequence[Sequence[object]], draw: random.Random, up: object) -> list[Sequence[object]]:
    """Shuffle whole merged blocks; the 合计 or 意见 row stays last."""
    blocks: list[list[Sequence[object]]] = []
    for row in body:
        if up in row:
            blocks[-1].append(row)
        else:
            blocks.append([row])
    last = blocks[-1:] if body and not isinstance(body[-1][0], int) else []
    rest = blocks[: len(blocks) - len(last)]
    draw.shuffle(rest)
    return [row for block in (*rest, *last) for row in block]


def test_every_planted_value_stands_in_the_inputs() -> None:
    """Else the next tests could not fail."""
    text = "\n".join(texts(OFFICE)) + "\n".join(texts(MESSY))
    assert [value for value in PLANTED if value not in text] == []


def test_no_complainant_is_in_any_output_of_a_run(tmp_path: Path) -> None:
    office = tmp_path / "office"
    shutil.copytree(OFFICE, office, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    done = zyw("run", office, "--month", "2012-05")
    assert done.returncode == 1, done.stderr
    made = [path for path in (office / "输出").rglob("*") if path.is_file()]
    assert {path.suffix for path in made} >= {".xlsx", ".docx"}
    for text in [done.stdout, done.stderr, *texts(office / "输出"), *texts(office / ".zyw")]:
        assert [value for value in PLANTED if value in text] == []


@pytest.mark.parametrize(
    "words",
    [
        ("check", OFFICE),
        ("check", OFFICE, "--json"),
        ("score", OFFICE, "--scheme", "dayuan-2011", "--year", "2012", "--json"),
        ("rank", OFFICE, "--scheme", "dayuan-2011", "--year", "2012"),
        ("explain", "三湖学校", OFFICE, "--scheme", "dayuan-2011", "--year", "2012"),
        ("check", MESSY, "--json"),
        ("explain", "河口镇初级中学", MESSY, "--scheme", "dayuan-2011", "--year", "2013", "--json"),
    ],
    ids=lambda words: " ".join(str(word) for word in words[:1]),
)
def test_no_complainant_is_printed(words: tuple[str | Path, ...]) -> None:
    done = zyw(*words)
    assert done.returncode in {0, 1}, done.stderr
    assert [value for value in PLANTED if value in done.stdout + done.stderr] == []


def texts(folder: Path) -> Iterator[str]:
    """Give the text of every file but programs, the parts of a zip unpacked; GB18030 where it is no UTF-8."""
    for path in sorted(each for each in folder.rglob("*") if each.is_file() and each.suffix not in {".py", ".pyc"}):
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as parts:
                yield from (decoded(parts.read(name)) for name in parts.namelist())
        else:
            yield decoded(path.read_bytes())


def decoded(raw: bytes) -> str:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("gb18030", errors="replace")
