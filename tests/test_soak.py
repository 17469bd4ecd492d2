"""A few of each fault of `tests.soak`, which `make soak` does at full size; and what needs no number."""

import sys
from pathlib import Path

import pytest

from tests.small_office import ROSTER, SANCTIONS, Run
from tests.test_month import tree
from zyw import clock

if sys.platform == "win32":
    pytest.skip("signals and limits of Unix", allow_module_level=True)

from tests import soak


def test_a_run_killed_at_any_moment_leaves_whole_files_and_the_next_makes_it_good() -> None:
    soak.kills(2, seed=7)


def test_a_disk_that_fills_at_any_point_leaves_whole_files_and_the_next_run_makes_it_good() -> None:
    soak.full_disks(2, seed=7)


def test_runs_in_a_row_leave_no_file_or_handle_behind() -> None:
    _, handles = soak.in_a_row(6)
    assert handles <= 0


def test_twelve_inputs_of_which_the_fifth_is_damaged(run: Run, tmp_path: Path) -> None:
    office = tmp_path / "台账"
    office.mkdir()
    (office / "名册.csv").write_text(ROSTER, encoding="utf-8")
    head, *rows = SANCTIONS.splitlines()
    for number in range(1, 12):
        (office / f"{number:02}.csv").write_text(
            f"{head}\n{rows[0].replace('1,', f'{number},', 1)}\n", encoding="utf-8"
        )
    good = (office / "05.csv").read_bytes()
    (office / "05.csv").write_bytes(b"\xff\xfe\xff")
    words = ("run", "台账", "--scheme", "dayuan-2011", "--month", "2012-05")
    ended = run(*words)
    assert (ended.code, "05.csv" in ended.err) == (3, True)
    assert not (office / "输出").exists()
    skipped = run(*words, "--skip-bad", "-o", "缺一份", "--json")
    assert (skipped.code, skipped.json["missing_inputs"]) == (3, ["05.csv"])
    (office / "05.csv").write_bytes(good)
    assert run(*words).code == 0
    made = tree(office / "输出" / "2012-05")
    assert run(*words, "--overwrite").code == 0
    assert tree(office / "输出" / "2012-05") == made


@pytest.mark.parametrize(
    ("epoch", "folder"), [("1735660740", "2024-11"), ("1735660800", "2024-12"), ("1709164740", "2024-01")]
)
def test_at_the_end_of_a_year_and_on_a_leap_day_it_is_still_the_month_before(
    epoch: str, folder: str, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """1735660740 is 2024-12-31 23:59 in Shanghai, sixty seconds later it is January; 1709164740 is a leap day 07:59."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    place = soak.lay(tmp_path)
    assert clock.today().year in (2024, 2025)
    assert run("run", "台账").code == 0
    assert [path.name for path in place.parent.iterdir()] == [folder]
